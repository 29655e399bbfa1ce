"""The rows of a timeline, whatever it is made of, with their times still as written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pmtui.formats.reading import inline
from pmtui.formats.reading.around_entries import labelled_when, with_labels_joined
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.entry_lines import are_doubtful, are_labelled
from pmtui.formats.reading.entry_walk import Walk
from pmtui.formats.reading.moments import When, leading_when
from pmtui.formats.reading.rows import Row, is_timed
from pmtui.formats.reading.rows_made import extend, untimed_row
from pmtui.formats.reading.run_together import taken_apart
from pmtui.formats.reading.sentences import clauses_of
from pmtui.formats.reading.timed_lines import CONVERSATION, loosened
from pmtui.formats.reading.timeline_forms import (
    answer_rows,
    chat_lines,
    chat_rows,
    is_timed_code,
    prose_rows,
    questions_among,
    told,
)

_FOUR_DIGITS = re.compile(r"\W*[0-9]{4}\W*")
_LIST = 3
"""The timed entries that make a list of entries."""


def rows_of(blocks: Sequence[Block], own: str = "") -> list[Row]:
    """The rows of a timeline made of `blocks`; `own` is the zone of the incident."""
    written = taken_apart(blocks)
    blocks = [replace(block, text=loosened(block.text)) for block in written]
    strict = _rows(blocks, own, loose=False)
    timed = sum(1 for row in strict if row.when and row.when.clock)
    entries = sum(1 for row in strict if row.kind == "entry")
    digits = any(row.kind == "entry" and _FOUR_DIGITS.fullmatch(row.lead) for row in strict)
    if timed * 2 <= entries or not entries or digits or are_doubtful(blocks, timed):
        blocks = [replace(block, text=loosened(block.text, loose=True)) for block in written]
        loose = _rows(blocks, own, loose=True)
        if sum(1 for row in loose if row.when and row.when.clock) > timed:
            return loose
    return strict


def _rows(blocks: Sequence[Block], own: str, *, loose: bool) -> list[Row]:
    """The rows of the form that the blocks have; `loose` tells what counts as a time."""
    whens = {id(block): _when(block, own, loose=loose) for block in blocks}
    timed = [block for block in blocks if is_timed(whens[id(block)])]
    tables = [block for block in blocks if block.kind == "table"]
    # Among entries that are timed themselves code is what they quote.
    codes = [
        block
        for block in blocks
        if block.kind == "code" and len(timed) < _LIST and is_timed_code(own, block, loose=loose)
    ]
    if not tables and not codes and _is_told(blocks, timed, own):
        return list(prose_rows(own, blocks))
    if not timed and len(chat_lines(blocks)) >= CONVERSATION:
        return list(chat_rows(own, blocks))
    questions = questions_among(blocks)
    if len(questions) > max(1, len(timed)) and not tables and not codes:
        return list(answer_rows(own, blocks))
    items = sum(block.kind == "item" for block in blocks)
    if not timed and are_labelled(said := [b for b in blocks if b.kind != "rule"]):
        return _labelled(said, own)
    if not timed and not tables and not codes and items < _LIST:
        prose = list(prose_rows(own, blocks))
        if any(row.kind == "entry" for row in prose):
            return prose
        if lines := _lines(blocks, own):
            return lines
    return Walk(blocks, whens, codes, own, loose=loose).rows()


def _when(block: Block, own: str, *, loose: bool) -> When | None:
    if block.kind not in ("item", "text", "heading") or not block.text:
        return None
    return leading_when(inline.words(block.text), own, loose=loose)


def _labelled(blocks: Sequence[Block], own: str) -> list[Row]:
    rows: list[Row] = []
    for block in blocks:
        if block.kind == "item":
            extend(rows[-1], block)
        else:
            rows.append(untimed_row(block, own))
    return with_labels_joined(rows)


def _is_told(blocks: Sequence[Block], timed: Sequence[Block], own: str) -> bool:
    """Whether the times stand within sentences: "At 10:00, ... By 10:15, ..."."""
    if not timed or any(block.kind != "text" or block.depth for block in timed):
        return False
    if any(inline.words(block.text)[:1].isdigit() for block in timed):
        return False
    texts = [inline.words(block.text) for block in blocks if block.kind == "text"]
    count = sum(1 for text in texts for part in clauses_of(text) if next(told(own, part), None))
    return count > 1.4 * len(timed)


def _lines(blocks: Sequence[Block], own: str) -> list[Row]:
    """Entries of lines of which one tells a time somewhere, none where they are prose."""
    lines = [block for block in blocks if block.kind == "text"]
    texts = [inline.words(line.text) for line in lines]
    tells = len(lines) >= _LIST and any(next(told(own, said), None) for said in texts)
    labelled = len(lines) > 1 and any(labelled_when(said, own) for said in texts)
    if len(lines) < len(blocks) or not (tells or labelled):
        return []
    return with_labels_joined([untimed_row(line, own) for line in lines])
