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

from pmtui.tui.guards.resting import at_rest

_ROUNDS = 20
"""How often it is looked again whether a message brought others, up or down."""

_TURNS = 30
"""Turns of the event loop that are given before a message is sent to come back from the queue."""

LIMIT = 2.0
"""Seconds after which waiting is given up: a handler that itself waits must not hold the keys."""

_GLANCE = 0.05
"""Seconds between looks whether the one that is waited for is still there."""


async def settle(node: MessagePump) -> None:
    """Return when `node` and all above it, up to its screen, have worked off their messages."""
    busy = _busy(node)
    if not busy:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(LIMIT):
            for _ in range(_ROUNDS):
                for each in busy:
                    await _worked_off(each)
                busy = _busy(node)
                if not busy:
                    return


def _busy(node: MessagePump) -> list[MessagePump]:
    """Those that have something to do, from `node` upwards."""
    found = []
    each: MessagePump | None = node
    while each is not None and each is not node.app:
        if not at_rest(each):
            found.append(each)
        each = each._parent
    return found


async def _worked_off(node: MessagePump) -> None:
    """Return when `node` has come to the end of its present messages, or is gone."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)
        if at_rest(node):
            return
    done = asyncio.Event()
    if not node.is_running or not node.call_later(done.set):
        return
    while not done.is_set() and node.is_running:
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _GLANCE)


async def arrived(screen: Screen[Any], limit: float = LIMIT) -> None:
    """Return when `screen` is there to take keys, as after it was pushed; or after `limit`."""
    if not screen.is_mounted:
        with suppress(TimeoutError):
            await asyncio.wait_for(screen._mounted_event.wait(), limit)
