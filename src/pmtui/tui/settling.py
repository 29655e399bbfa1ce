"""Waiting until everything that a key set off has been done.

Textual hands a key to the focused widget and takes the next one without waiting, so that keys typed
ahead over a slow line can overtake what the ones before them set off: a menu that opens, a focus
that moves, an edit on its way to the document. Whoever waits here keeps them in order.
"""

import asyncio

from textual.message_pump import MessagePump

_ROUNDS = 2
"""A message may post one more to the same queue (the field its change, to itself)."""

LIMIT = 0.5
"""Seconds after which waiting is given up: a handler that itself waits must not hold the keys."""


async def settle(node: MessagePump | None) -> None:
    """Return when `node` and all above it, up to its screen, have worked off their messages.

    A screen that the key opened is waited for until it is there, and so takes the next key.
    """
    try:
        async with asyncio.timeout(LIMIT):
            if node is not None:
                await node._mounted_event.wait()
            while node is not None and node.is_running and node is not node.app:
                for _ in range(_ROUNDS):
                    done = asyncio.Event()
                    if not node.call_later(done.set):
                        break
                    await done.wait()
                node = node._parent
    except TimeoutError:
        return
