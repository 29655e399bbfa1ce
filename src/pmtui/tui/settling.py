"""Waiting until everything that a key set off has been done.

Textual hands a key to the focused widget and takes the next one without waiting, so that keys typed
ahead over a slow line can overtake what the ones before them set off: a menu that opens, a focus
that moves, an edit on its way to the document. Whoever waits here keeps them in order.
"""

import asyncio
from contextlib import suppress
from typing import Any

from textual.message_pump import MessagePump
from textual.screen import Screen

_ROUNDS = 2
"""A message may post one more to the same queue (the field its change, to itself)."""

LIMIT = 0.5
"""Seconds after which waiting is given up: a handler that itself waits must not hold the keys."""


async def settle(node: MessagePump | None) -> None:
    """Return when `node` and all above it, up to its screen, have worked off their messages."""
    try:
        async with asyncio.timeout(LIMIT):
            while node is not None and node.is_running and node is not node.app:
                for _ in range(_ROUNDS):
                    done = asyncio.Event()
                    if not node.call_later(done.set):
                        break
                    await done.wait()
                node = node._parent
    except TimeoutError:
        return


async def arrived(screen: Screen[Any]) -> None:
    """Return when `screen` is there to take keys, as after it was pushed."""
    if not screen.is_mounted:
        with suppress(TimeoutError):
            await asyncio.wait_for(screen._mounted_event.wait(), LIMIT)
