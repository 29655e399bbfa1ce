"""The gate before the terminal, which no control character in a text passes."""

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSEEN = (
    *range(0x80, 0xA0),  # C1
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),  # line ends and directions
    *range(0x2066, 0x206A),
)
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_TABLE = _PICTURES | dict.fromkeys((*_UNSEEN, *range(0xD800, 0xE000)), "\ufffd")


@lru_cache(4096)
def visible(text: str) -> str:
    """`text` with a visible sign of the same width for each control and direction character.

    Halves of characters, which file names may hold, count among them.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


class VisibleControls(LineFilter):
    """The last gate before the terminal: no escape sequence inside text passes it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their text made visible; Textual's own control segments stay."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(visible(segment.text), segment.style)
            for segment in segments
        ]
