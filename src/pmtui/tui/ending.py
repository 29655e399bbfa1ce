"""Ending within a fixed time whatever hangs, with the terminal as it was before."""

import contextlib
import fcntl
import os
import select
import struct
import termios
import threading
from typing import Any

GRACE = 2.0
"""Seconds to give the terminal back in good order, before ending without that."""

_OFF = "".join(f"\x1b[?{mode}l" for mode in (1000, 1003, 1015, 1006, 1004, 2004, 2048, 1049))
_RESTORED = f"\x18\x1b[<u{_OFF}\x1b[?7h\x1b[?25h".encode()
"""CAN, for a sequence that was cut off; then all that the editor turned on is turned off."""


def end_in_time(code: int, attributes: list[Any] | None) -> None:
    """End the process with `code` after `GRACE`, unless it ended by itself before.

    `attributes` are the settings that the terminal gets back then, None where it was not changed.
    """
    last = threading.Timer(GRACE, _end, (code, attributes))
    last.daemon = True
    last.start()


def _end(code: int, attributes: list[Any] | None) -> None:
    if attributes is not None:
        give_back(attributes)
    os._exit(code)


def give_back(attributes: list[Any]) -> None:
    """Give the terminal its settings back, without waiting for it: it may have stopped reading."""
    for stream in (0, 2):
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(stream, termios.TCOFLUSH)
            os.set_blocking(stream, False)
            if stream == 2:
                os.write(stream, _RESTORED)
            os.set_blocking(stream, True)
    with contextlib.suppress(OSError, termios.error):
        termios.tcsetattr(0, termios.TCSANOW, attributes)


def is_hung_up() -> bool:
    """Whether nobody holds the other end of the terminal any more."""
    poll = select.poll()
    with contextlib.suppress(OSError, ValueError):
        poll.register(0, 0)
        return any(event & (select.POLLHUP | select.POLLNVAL) for _, event in poll.poll(0))
    return True


def has_unread_keys() -> bool:
    """Whether something was typed that nobody read yet."""
    with contextlib.suppress(OSError):
        (count,) = struct.unpack("i", fcntl.ioctl(0, termios.FIONREAD, b"\0" * 4))
        return bool(count)
    return False
