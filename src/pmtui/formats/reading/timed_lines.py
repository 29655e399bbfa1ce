"""Lines that begin with a time: how many there are, and the marks that hide one."""

import re
from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.columns import columns_of
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.rows import is_timed
from pmtui.formats.reading.timeline_forms import chat_lines

_CODE_TIME = re.compile(r"(?P<day>~?\s?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}\s)?)`(?P<time>[^`\n]{1,40})`")
_SLASH_BEFORE_CLOCK = re.compile(r"^(\W{0,4}[0-9]{4}-[0-9]{2}-[0-9]{2})/(?=[0-9]{2}:[0-9]{2})")
_GLUED_BOLD = re.compile(r"^(\*\*|__)[^*_\n]{1,60}?\1(?=\w)")
CONVERSATION = 3
"""The lines with a speaker and a time that make a conversation."""


def count_timed(blocks: Sequence[Block]) -> tuple[int, int]:
    """How many of the lines and items begin with a time, and how many there are."""
    said = [block for block in blocks if block.kind in ("item", "text") and block.text.strip()]
    # What stands within an item is what the item tells.
    lines = [block for block in said if block.kind == "item" or not block.depth] or said
    timed = sum(1 for block in lines if is_timed(leading_when(inline.words(block.text))))
    if len(chats := chat_lines(blocks)) >= CONVERSATION:
        return len(chats), len(chats)
    for block in blocks:
        if block.kind == "table":
            kinds = columns_of(block.rows)
            timed += (len(block.rows) - 1) * ("time" in kinds)
            lines += [block] * (len(block.rows) - 1)
    return timed, len(lines)


_STRAY = " _*`~-–—:"
_LONGEST_DAY = 40
"""The letters of a line that is nothing but a day, with its marks."""


def _day_alone(text: str) -> str:
    """The day that is all of `text` but for marks around it; "" where there is more, or no mark."""
    if not 0 < len(text) <= _LONGEST_DAY or not (text[0] in _STRAY or text[-1] in _STRAY):
        return ""
    bare = text.strip(_STRAY)
    when = leading_when(bare)
    whole = when is not None and when.is_day and when.day is not None and when.end == len(bare)
    return bare if whole and any(map(str.isdigit, bare)) else ""


def loosened(text: str, *, loose: bool = False) -> str:
    """`text` without the code marks of a time that it begins with, and with a gap after bold.

    A day alone between marks that do not match is without them: "-4/25/23_".
    """
    if day := _day_alone(text):
        return day
    text = _SLASH_BEFORE_CLOCK.sub(r"\1 ", text)
    if code := _CODE_TIME.match(text):
        when = leading_when(code["time"], loose=loose)
        whole = when is not None and when.clock is not None and when.end == len(code["time"])
        if whole:
            return f"{code['day']}{code['time']} {text[code.end() :]}"
    return _GLUED_BOLD.sub(r"\g<0> ", text, count=1)
