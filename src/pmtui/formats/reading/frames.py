"""Headings of an assignment that have a whole postmortem below them: "Tasks", "0. My first one"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import starts_with_digit_time
from pmtui.formats.reading.names import label_of, part_of

_PARTS = frozenset(("summary", "timeline", "cause", "cause+resolution", "resolution", "impact"))
"""What a list of tasks has no headings for."""

_FEWEST_PARTS = 2
_FEWEST_TIMED = 3


def without_frames(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such headings as text that begins no part."""
    return [
        replace(block, kind="quote")
        if block.kind == "heading" and label_of(block.text) == "tasks" and _frames(blocks, at)
        else block
        for at, block in enumerate(blocks)
    ]


def _frames(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading has no text of its own, but one below it that has parts or timed lines."""
    level = blocks[at].level
    below = list(
        takewhile(
            lambda block: block.kind != "heading" or block.level > level,
            (blocks[number] for number in range(at + 1, len(blocks))),
        )
    )
    first = next(dropwhile(_is_drawn, below), None)
    if first is None or first.kind != "heading":
        return False
    named = {part_of(block.text) for block in below if block.kind == "heading"}
    timed = sum(
        block.kind in ("item", "text") and starts_with_digit_time(block.text) for block in below
    )
    return len(named & _PARTS) >= _FEWEST_PARTS or timed >= _FEWEST_TIMED


def _is_drawn(block: Block) -> bool:
    """Whether a block is a rule or begins with an image."""
    image = block.kind == "text" and block.text.startswith(("<img", "!["))
    return image or block.kind in ("rule", "comment")
