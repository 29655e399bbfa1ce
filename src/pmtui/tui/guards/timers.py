"""Timers that go off once, also on a machine so busy that they are late before they begin to wait.

Textual leaves out the rounds of a timer that it is too late for; of one round that is all.
"""

from collections.abc import Callable
from typing import Any

from textual.message_pump import MessagePump
from textual.timer import Timer


def once(node: MessagePump, delay: float, callback: Callable[[], Any]) -> Timer:
    """Have `node` call this in `delay` seconds, or as soon after as it can."""
    timer = node.set_timer(delay, callback)
    timer._skip = False
    return timer
