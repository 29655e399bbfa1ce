"""Entries that follow each other in one line: "12:00pm: Alert. 12:06pm: Restart."."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pmtui.formats.reading.blocks import Block

_CLOCK = r"[0-9]{1,2}:[0-9]{2}\s?(?:[AaPp]\.?[Mm]\.?)?(?:\s?\(?[A-Z]{2,5}\)?)?"
_CLOCKS = re.compile(r"[0-9]:[0-9]{2}")
_FIRST = re.compile(rf"\W*{_CLOCK}\W*\s?[:–—-]\W*\s")
_NEXT = re.compile(
    rf"(?<=[.!?;])\s+(?=(?:\*\*|__|[-•]\s)?{_CLOCK}\s?(?:\*\*|__)?\s?[:–—-](?:\*\*|__)?\s)"
    rf"|(?<=\w)\s+(?={_CLOCK}:\s[A-Z])"
)


def taken_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a timeline, with a line that tells several entries cut before each time."""
    result: list[Block] = []
    first: Block | None = None
    for block in blocks:
        head, *more = _entries(block, begun=first is not None)
        if more and first is None:
            first = head
        # Where a line goes on in the items below it, so do its entries.
        place = first or head
        result += [head, *(replace(part, kind=place.kind, depth=place.depth) for part in more)]
    return result


def _entries(block: Block, *, begun: bool) -> list[Block]:
    """The entries in `block`; where others were `begun` in this manner it need not begin so."""
    text = block.text
    if block.kind not in ("text", "item") or len(_CLOCKS.findall(text)) < 1 + (not begun):
        return [block]
    if not (begun or _FIRST.match(text)):
        return [block]
    cuts = [(joint.start(), joint.end()) for joint in _NEXT.finditer(text)]
    ends = [*(start for start, _ in cuts), len(text)]
    begins = [0, *(end for _, end in cuts)]
    if not cuts:
        return [block]
    pieces = (text[begin:end] for begin, end in zip(begins, ends, strict=True))
    return [replace(block, text=piece, source=piece) for piece in pieces]
