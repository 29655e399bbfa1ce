"""Work that nobody waits for when the program ends, unlike that of `asyncio.to_thread`."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
A = TypeVarTuple("A")

GIVING_WAY = 0.0005
"""Seconds after which Python lets a key interrupt such work; its own 5 ms would be felt."""


async def in_background(function: Callable[[Unpack[A]], T], *arguments: *A) -> T:
    """What `function` returns or raises; it runs in a thread that ends with the program."""
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(function(*arguments))
        except Exception as error:
            outcome.set_exception(error)

    sys.setswitchinterval(GIVING_WAY)
    Thread(target=run, name="pmtui-background", daemon=True).start()
    return await asyncio.wrap_future(outcome)
