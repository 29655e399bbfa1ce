"""What a person sees of what a program sends: the frames, after the fact, with their times.

Replaying what was recorded keeps the work of drawing out of every figure.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyte

from tests.bench.watched import COLUMNS, ROWS, Chunk
from tests.e2e.terminal import drawable

_MARK = re.compile(rb"(\x1b\[\?2026[hl])")
_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"


class Frame(NamedTuple):
    """One state of the screen: since when, after how much CPU, how many bytes made it.

    `changed` tells whether any cell is another, `whole` that it came in the brackets of
    synchronised output, so that nothing half-drawn was seen before it.
    """

    at: float
    cpu: float
    size: int
    changed: bool
    whole: bool


class Film:
    """The screen, as chunk after chunk is drawn on it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._lines: dict[int, tuple[Any, ...]] = {}
        self._inside = False
        self._size = 0
        self._rest = b""
        self._changed()  # an empty screen is the first picture

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def play(self, chunk: Chunk) -> Iterator[Frame]:
        """Draw `chunk`; gives each state that a terminal would show, the screen then holding it."""
        data = self._rest + chunk.data
        kept = _cut(data)
        self._rest = data[len(data) - kept :]
        for piece in _MARK.split(data[: len(data) - kept]):
            self._size += len(piece)
            if piece == _BEGIN:
                self._inside = True
            elif piece:
                self._stream.feed(drawable(piece))
                if piece == _END or not self._inside:
                    yield Frame(chunk.at, chunk.cpu, self._size, self._changed(), piece == _END)
                    self._inside, self._size = False, 0

    def _changed(self) -> bool:
        """Whether a cell of the lines that were drawn on is another than before."""
        changed = False
        for y in self._screen.dirty:
            line = self._screen.buffer[y]
            cells = tuple(line[x] for x in range(COLUMNS))
            changed |= self._lines.get(y) != cells
            self._lines[y] = cells
        self._screen.dirty.clear()
        return changed


def _cut(data: bytes) -> int:
    """How many bytes at the end may be the begin of a mark."""
    return next((n for n in range(len(_END) - 1, 0, -1) if data.endswith(_END[:n])), 0)
