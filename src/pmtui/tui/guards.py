"""What keeps hostile text from reaching the terminal, and unusual keys from being lost."""

import unicodedata
from functools import lru_cache

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.filter import LineFilter

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_UNSEEN = dict.fromkeys((*range(128, 160), *range(8234, 8239), *range(8294, 8298), 8206, 8207), "�")
_TABLE = str.maketrans(_PICTURES | _UNSEEN)

# str.isprintable() is False for these, though people type them: wide and narrow spaces of other
# scripts, joiners, soft hyphens, private-use glyphs.
_TYPED = {"Zs", "Co", "Cf"}


@lru_cache(4096)
def visible(text: str) -> str:
    """`text` with every control and direction character as a visible sign of the same width."""
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


class TypedKey(events.Key):
    """A key whose character counts as printable though `str.isprintable` says otherwise."""

    @property
    def is_printable(self) -> bool:
        """Always true: it was made for such a character."""
        return True


# Textual names a handler after the class of the event; this one is a key for all of them.
TypedKey.handler_name = events.Key.handler_name


def typed(event: events.Key) -> events.Key:
    """`event`, or one that fields accept where it carries a character that people type."""
    character = event.character
    if character and not character.isprintable() and unicodedata.category(character) in _TYPED:
        return TypedKey(event.key, character)
    return event
