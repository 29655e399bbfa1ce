"""Work beside the keys: in a thread that nobody waits for at the end, or in turns with them."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar, TypeVarTuple, Unpack

from textual.dom import DOMNode
from textual.worker import Worker

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


def in_turns(
    node: DOMNode, work: Callable[[], Coroutine[None, None, T]], group: str, exclusive: bool = False
) -> Worker[T]:
    """Have `node` do its `work`, which is called only when it is its turn.

    A coroutine that was made before that would be left over where the program ends first.
    """
    return node.run_worker(work, group=group, exclusive=exclusive)
