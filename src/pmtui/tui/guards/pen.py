"""Text in colours for the terminal, which is told of a style only what is another than before.

Textual tells the whole of it for each piece of text and takes it back behind each: that is half of
the bytes of a first frame, and over a slow link a second or more.
"""

import re
from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Codes = tuple[str, str, str]
"""What SGR calls the attributes, the colour and the background; `""` for none."""

_ATTRIBUTES = re.compile("\x1b\\[([0-9;]*)m")

_UNSURE = re.compile("[^ -ʯ‐-‧‰-⁞←-⇿─-◿☐-☒✓✗⠀-⣿]")
"""Characters about whose width terminals disagree with one another, or with Textual."""

_PLAIN: Codes = ("", "", "")
_PLAIN_AGAIN = ("0", "39", "49")


def is_of_sure_width(text: str) -> bool:
    """Whether every terminal gives each character of `text` one cell."""
    return text.isascii() or not _UNSURE.search(text)


class Pen:
    """A terminal's way of writing, from plain to plain."""

    def __init__(self, system: ColorSystem | None) -> None:
        self._system = system or ColorSystem.TRUECOLOR
        self._now = _PLAIN

    def write(self, segment: Segment) -> str:
        """The sequences for a piece of text, behind those that were written so far."""
        text, style, _ = segment
        if not text:
            return ""
        if style is not None and style.link:
            return self.lift() + Strip.render_style(style, text, color_system=self._system)
        return self._turn(_codes(style, self._system) if style else _PLAIN) + text

    def lift(self) -> str:
        """The sequence for plain again."""
        return self._turn(_PLAIN)

    def _turn(self, wanted: Codes) -> str:
        now, self._now = self._now, wanted
        if wanted == now:
            return ""
        if (now[0] and wanted[0] != now[0]) or wanted == _PLAIN:
            told = ["0", *filter(None, wanted)]  # attributes cannot be taken back one by one
        else:
            pairs = zip(now, wanted, _PLAIN_AGAIN, strict=True)
            told = [new or plain for old, new, plain in pairs if new != old]
        return f"\x1b[{';'.join(told)}m"


@lru_cache(1024)
def _codes(style: Style, system: ColorSystem) -> Codes:
    plain = _ATTRIBUTES.match(style.without_color.render("x", color_system=system))
    attributes = plain.group(1) if plain else ""
    return attributes, _colour(style.color, system), _colour(style.bgcolor, system, front=False)


def _colour(colour: Color | None, system: ColorSystem, front: bool = True) -> str:
    return ";".join(colour.downgrade(system).get_ansi_codes(front)) if colour else ""
