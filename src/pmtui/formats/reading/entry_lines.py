"""Lines of a timeline without a time: labels of entries, names of groups, and what goes on."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pmtui.formats.reading import inline
from pmtui.formats.reading.around_entries import are_joined
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.rows import is_timed
from pmtui.formats.reading.sentences import clauses_of
from pmtui.formats.reading.timeline_forms import told

_LABEL = re.compile(r"\W*[A-ZÀ-Ý][\w /'-]{1,40}:(?:\s|$)")
_FEWEST_LABELS = 3
_FEWEST_GROUPS = 2
_MOST_WORDS = 4
"""The words of a line that only names a group of entries."""

_FEWEST_DOUBTFUL = 3
_DOUBTFUL = re.compile(
    r"\W*(?:[01]?[0-9]|2[0-3])(?:\.[0-5][0-9](?![0-9.%])|(?<=[0-9]{2})[0-5][0-9](?![\w.%]))"
)


def are_labelled(blocks: Sequence[Block]) -> bool:
    """Whether a timeline is nothing but lines that each begin with a label: "Detection: ...".

    What a label has below it instead of words may be a list.
    """
    lines = 0
    label = ""
    for block in blocks:
        if block.kind == "item" and label.endswith(":"):
            continue
        label = inline.words(block.text[:120]) if block.kind == "text" else ""
        if not _LABEL.match(label):
            return False
        lines += 1
    return lines >= _FEWEST_LABELS


def are_paragraphs(blocks: Sequence[Block], timed: Sequence[Block]) -> bool:
    """Whether each entry is a paragraph, so that the lines right below its first are its own."""
    entries = frozenset(map(id, timed[1:]))
    apart = (
        block.kind == "text" and not block.depth and not are_joined(blocks[at - 1], block)
        for at, block in enumerate(blocks)
        if id(block) in entries
    )
    return bool(entries) and all(apart)


def group_lines(blocks: Sequence[Block], whens: Mapping[int, When | None]) -> frozenset[int]:
    """The lines, by identity, that are only the names of groups of entries: "Investigation:".

    A single such line may be an event of its own.
    """
    named = [
        id(block)
        for block, below in pairwise(blocks)
        if block.kind == "text"
        and block.text.rstrip("*_ ").endswith(":")
        and len(block.text.split()) <= _MOST_WORDS
        and whens[id(block)] is None
        and is_timed(whens[id(below)])
    ]
    return frozenset(named if len(named) >= _FEWEST_GROUPS else ())


def are_doubtful(blocks: Sequence[Block], timed: int) -> bool:
    """Whether more lines begin with what only others show to be a time ("15.26") than are timed."""
    said = (block for block in blocks if block.kind in ("text", "item"))
    doubtful = sum(1 for block in said if _DOUBTFUL.match(block.text))
    return doubtful > timed and doubtful >= _FEWEST_DOUBTFUL


def is_link(block: Block) -> bool:
    """Whether a block is nothing but a link, as those to graphs before the entries are."""
    found = inline.plain(block.text)
    return len(found.links) == 1 and found.text.strip() == found.links[0][0]


def next_when(blocks: Sequence[Block], whens: Mapping[int, When | None], at: int) -> When | None:
    """What the block behind that one begins with as its time."""
    return whens[id(blocks[at + 1])] if at + 1 < len(blocks) else None


def tells_one_time(block: Block, own: str, *, dated: bool = False) -> bool:
    """Whether a line names the moment of one event, although it does not begin with it.

    `dated` asks for the day of the month as well.
    """
    said = inline.words(block.text)
    whens = list(filter(None, (next(told(own, part), None) for part in clauses_of(said))))
    if len(whens) != 1 or whens[0].until is not None or said.endswith(":"):
        return False
    day = whens[0].day
    return not dated or (day is not None and day.month > 0)
