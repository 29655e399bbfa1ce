"""What an export draws of its own timeline, so that it is not taken for events once more."""

import re
from collections.abc import Sequence

from pmtui.formats.reading.blocks import Block

_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
_END = rf"~?{_CLOCK}(?: (?:[A-Z]{{2,5}}|UTC[+-][0-9:]+))?"
_PHASES = re.compile(rf"{_END} ├[^\n]*┤ {_END}(?: \+[0-9]+d)?  ~?[0-9dhms ]+")
_DIAGRAM = re.compile(
    r"timeline\n(?:[ \t]+(?:title|section) [^\n:]*\n)*[ \t]+(?:[^\n:]*∶[^\n:]*|no time) : "
)
"""Mermaid would end a time at its colon, so that of the exports is another sign."""


def is_drawing(block: Block) -> bool:
    """Whether a block of code draws the phases or the timeline as an export does."""
    if block.kind != "code" or block.depth:
        return False
    text = block.text.strip()
    return bool(_PHASES.fullmatch(text) or _DIAGRAM.match(text))


def repeated_drawings(blocks: Sequence[Block]) -> list[Block]:
    """The drawings of what the other blocks list; none where they are the only record of it."""
    if not any(block.kind in ("item", "table") for block in blocks):
        return []
    return [block for block in blocks if is_drawing(block)]
