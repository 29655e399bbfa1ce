"""Work that nobody waits for when the program ends, unlike that of `asyncio.to_thread`."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
A = TypeVarTuple("A")


async def in_background(function: Callable[[Unpack[A]], T], *arguments: *A) -> T:
    """What `function` returns or raises; it runs in a thread that ends with the program."""
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(function(*arguments))
        except Exception as error:
            outcome.set_exception(error)

    Thread(target=run, name="pmtui-background", daemon=True).start()
    return await asyncio.wrap_future(outcome)
