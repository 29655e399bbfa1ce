"""The standard streams: whole bytes for programs, and for people text that steers no terminal."""

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TextIO

from pmtui.errors import StorageError

STANDARD = "-"
"""The name that stands for a standard stream."""

_GONE = 141
"""The exit code when the reader of the output went away: what a shell gives for SIGPIPE."""

_PATIENCE = 1.0
"""Seconds that the last words wait for a terminal that stopped reading."""

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, those that change the direction of text, and halves of characters."""


def visible(text: str) -> str:
    """`text` on one line with a visible sign for each character that is none itself."""
    return _HIDDEN.sub(_sign, text)


def say(text: str) -> None:
    """Prints one line on standard output."""
    write_text(f"{visible(text)}\n")


def complain(text: str, *, named: bool = True) -> None:
    """Prints one line on standard error, under the program's name if `named`; never raises."""
    name = "pmtui: " if named else ""
    with contextlib.suppress(OSError, ValueError):
        print(f"{name}{visible(text)}", file=sys.stderr, flush=True)  # noqa: T201


def take_leave(text: str) -> None:
    """Prints one line like `complain`, but does not wait for a terminal that reads nothing."""
    if not is_terminal(sys.stderr):
        complain(text)
        return
    line = f"pmtui: {visible(text)}\n".encode(sys.stderr.encoding, "replace")
    from threading import Thread

    # Not by print: a thread that is stuck in it would hold a lock that Python's own end needs.
    thread = Thread(target=_put, args=(sys.stderr.fileno(), line), daemon=True)
    thread.start()
    thread.join(_PATIENCE)


def _put(descriptor: int, data: bytes) -> None:
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(descriptor, data) :]


def write_text(text: str) -> None:
    """Prints `text`, which holds nothing that steers a terminal but by intent."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write(text.encode(encoding, "replace"))


def write(data: bytes) -> None:
    """Writes `data` to standard output; where nobody reads any more the program ends quietly.

    Raises:
        StorageError: It cannot be written.
    """
    from pmtui.storage.refusals import refusal

    if sys.stdout is None:
        raise StorageError("standard output is closed", remedy="write to a file with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence()
        raise SystemExit(_GONE) from None
    except OSError as error:
        silence()
        raise refusal(error, Path("standard output")) from None


def read_input() -> bytes:
    """All of standard input.

    Raises:
        StorageError: It is closed, or more than a file may hold.
    """
    from pmtui.storage.reading import LIMIT

    if sys.stdin is None:
        raise StorageError("standard input is closed", remedy="name a file")
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        remedy = "is it the right input?"
        raise StorageError(
            f"is larger than {LIMIT >> 20} MB", where="standard input", remedy=remedy
        )
    return data


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is open, and a terminal."""
    with contextlib.suppress(ValueError):
        return stream is not None and stream.isatty()
    return False


def has_colour() -> bool:
    """Whether standard output is a terminal whose owner did not refuse colour (NO_COLOR)."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") in (None, "", "dumb")
    return is_terminal(sys.stdout) and not refused


def silence(*others: TextIO) -> None:
    """Sends what is still buffered for standard output nowhere, so that the end says no more.

    So too for `others`: Python ends with a code of its own where the last words cannot be written.
    """
    for stream in (sys.stdout, *others):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
