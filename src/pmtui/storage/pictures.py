"""The first frame of a file as it was drawn last time, to be seen while the editor still loads.

Loading what draws is most of a start. A picture is found by all that it depends on, the content of
the file above all, so that none is ever shown for another content; it lies where the journals do.
"""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pmtui
from pmtui.core.digests import blake2b
from pmtui.storage.paths import config_dir, private_dir

MOST = 24
"""Pictures that are kept; the oldest make room."""

_LARGEST = 8_000_000
"""Bytes of a file that is read twice for the sake of its picture."""

_TO_BE_MADE = b"\0"

_LOOKS = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "TZ", "LANG", "LC_ALL", "LC_CTYPE")
"""Variables on which a frame may depend, beside those that begin with `TEXTUAL`."""

_SUFFIX = ".frame"

SCREEN = 2
"""The stream that the editor draws on."""


class Picture:
    """The lines of a frame, each as the sequence that draws it; empty where none is known yet.

    `attributes` are the settings that the terminal had before the picture was shown, None while it
    is not. `drawing` writes it; the editor, which says by `taken_over` that it came, waits for that
    before it draws where the picture stands.
    """

    def __init__(self, path: Path, size: os.terminal_size, rows: tuple[str, ...]) -> None:
        self.path = path
        self.size = size
        self.rows = rows
        self.attributes: list[Any] | None = None
        self.drawing: Thread | None = None
        self.taken_over = False

    def standing(self) -> frozenset[str]:
        """The lines that stand on the terminal, where it still has the size that it had."""
        with contextlib.suppress(OSError):
            if self.attributes is not None and os.get_terminal_size(SCREEN) == self.size:
                return frozenset(self.rows)
        return frozenset()

    def keep(self, rows: Iterable[str]) -> None:
        """Keep the lines of the frame for the next time, if they are not those that are kept.

        A disk that is full keeps none, which harms nobody.
        """
        if (kept := tuple(rows)) == self.rows:
            return
        with contextlib.suppress(OSError):
            fresh = self.path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with open(descriptor, "w", encoding="utf-8", newline="") as file:
                    file.write("\n".join(kept))
                fresh.replace(self.path)
            except OSError:
                fresh.unlink(missing_ok=True)
                raise
            _make_room(self.path.parent)


def picture_of(file: Path, size: os.terminal_size) -> Picture | None:
    """The picture of `file` on a terminal of this size; None where none can be kept of it."""
    with contextlib.suppress(OSError, ValueError):
        content = _content(file)
        if content is None:
            return None
        path = private_dir("frames") / f"{_name(content, file.suffix, size)}{_SUFFIX}"
        return Picture(path, size, _rows(path))
    return None


def _rows(path: Path) -> tuple[str, ...]:
    """The lines that are kept; none where they are damaged, so that others take their place."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        rows = path.read_bytes().decode().split("\n")
        os.utime(path)
        return tuple(rows)
    return ()


def _content(file: Path) -> bytes | None:
    """What is in a file; something of its own for one that is to be made, None for no plain one."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return _TO_BE_MADE
    plain = stat.S_ISREG(state.st_mode) and state.st_size <= _LARGEST
    return file.read_bytes() if plain else None


def _name(content: bytes, suffix: str, size: os.terminal_size) -> str:
    """A digest of all that a first frame depends on, except for the clock."""
    digest = blake2b(content, digest_size=20)
    for each in (suffix, f"{size.columns}x{size.lines}", pmtui.__version__, *_surroundings()):
        digest.update(f"\0{each}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _surroundings() -> Iterator[str]:
    for name in sorted(os.environ):
        if name in _LOOKS or name.startswith("TEXTUAL"):
            yield f"{name}={os.environ[name]}"
    for place in (config_dir() / "config.toml", Path("/etc/localtime")):
        with contextlib.suppress(OSError):
            found = os.stat(place)
            yield f"{place} {found.st_ino} {found.st_size} {found.st_mtime_ns}"


def _make_room(folder: Path) -> None:
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[MOST:]:
        path.unlink(missing_ok=True)
