"""Showing a file's last first frame on the terminal before the editor is there to draw one."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmtui.storage.pictures import SCREEN, picture_of

if TYPE_CHECKING:
    from pmtui.storage.pictures import Picture

_KEYS = 0
"""The stream that the editor reads."""

_BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?2026h"
_END = "\x1b[?2026l"
_TAKEN_BACK = b"\x1b[?2004l\x1b[?1049l\x1b[?25h"

_PATIENCE = 1.0
"""Seconds to wait for a terminal that does not read, before it is left as it is."""

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextlib.contextmanager
def first_picture(file: Path) -> Iterator[Picture | None]:
    """The picture of `file`, on the screen if one is known; at the end the terminal is as before.

    What is typed while it stands there waits for the editor, unseen.
    """
    picture = None
    with contextlib.suppress(OSError, termios.error):
        picture = picture_of(file, os.get_terminal_size(SCREEN))
        if picture is not None and picture.rows:
            _show(picture)
    try:
        yield picture
    finally:
        if picture is not None and picture.attributes is not None:
            _take_back(picture)


def _show(picture: Picture) -> None:
    if _is_in_background():
        return
    before = termios.tcgetattr(_KEYS)
    picture.attributes = before
    for number in _ENDING:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, lambda number, _: _end(picture, number))
    termios.tcsetattr(_KEYS, termios.TCSANOW, _raw(before))
    data = f"{_BEGIN}{''.join(picture.rows)}{_END}".encode()
    picture.drawing = threading.Thread(target=_write, args=(data,), daemon=True)
    picture.drawing.start()


def _write(data: bytes) -> None:
    """A slow terminal takes its time; meanwhile the editor is loaded."""
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(SCREEN, data) :]


def _is_in_background() -> bool:
    """Whether the terminal belongs to another program for the time being."""
    try:
        return os.tcgetpgrp(_KEYS) != os.getpgrp()
    except OSError:  # a terminal that controls nobody
        return False


def _raw(attributes: list[Any]) -> list[Any]:
    """Settings with which keys come one by one, as they are and without being shown."""
    iflag, oflag, cflag, lflag, *speeds, characters = attributes
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    one_by_one = list(characters)
    one_by_one[termios.VMIN] = 1
    return [iflag, oflag, cflag, lflag, *speeds, one_by_one]


def _end(picture: Picture, number: int) -> None:
    """End by a signal that comes before the editor is ready to save first; nothing is unsaved."""
    if picture.taken_over:
        from pmtui.tui.ending import give_back

        give_back(picture.attributes or [])
    else:
        _take_back(picture)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _take_back(picture: Picture) -> None:
    """The terminal as it was; the editor, if it came, has left the other screen already."""
    with contextlib.suppress(OSError, termios.error):
        if not picture.taken_over and picture.drawing is not None:
            picture.drawing.join(_PATIENCE)
            if not picture.drawing.is_alive():
                os.write(SCREEN, _TAKEN_BACK)
        termios.tcsetattr(_KEYS, termios.TCSANOW, picture.attributes or [])
