"""The timeline of our own Markdown, read back from its lines as they were written there."""

from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block, Source
from pmtui.formats.reading.drawn import is_drawing
from pmtui.formats.reading.house_entries import (
    HOUSE_TIME,
    apply_details,
    first_told,
    house_head,
    house_tail,
)
from pmtui.formats.reading.house_items import Piece, lines_of_items, pieces_of, text_of
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.rows import Row, is_timed


def house_rows(blocks: Sequence[Block], source: Source, own: str) -> list[Row]:
    """The entries and days of a timeline, and what stands around them.

    `own` is the zone of the incident.
    """
    blocks = [block for block in blocks if not is_drawing(block)]
    found = [
        _entry(line, list(pieces_of(lines)), own) for line, lines in lines_of_items(blocks, source)
    ]
    first = min((row.line for row in found), default=len(source.lines))
    for block in blocks:
        if not block.depth and block.kind != "rule":
            found.append(_around(block, own, is_before=block.line < first))
    return sorted(found, key=lambda row: row.line)


def _entry(line: int, pieces: list[Piece], own: str) -> Row:
    row = Row("entry", line)
    details = ""
    if pieces and not pieces[-1].is_code:
        text, details = house_tail(pieces[-1].markdown)
        pieces[-1] = pieces[-1]._replace(markdown=text)
    if pieces and not pieces[0].is_code:
        row.event, text = house_head(pieces[0].markdown)
        bold = HOUSE_TIME.match(text)
        told = inline.words(bold.group()) if bold else ""
        when = leading_when(first_told(told), own) if bold else None
        if bold and is_timed(when):
            row.when, row.lead = when, told
            text = text[bold.end() :]
        elif row.event:
            text = text.removeprefix(":").strip()
        pieces[0] = pieces[0]._replace(markdown=text)
    row.text = text_of(pieces)
    apply_details(row, details)
    return row


def _around(block: Block, own: str, *, is_before: bool) -> Row:
    """A day that the following entries belong to, or what is no entry."""
    said = inline.words(block.text)
    when = leading_when(said, own) if block.kind in ("text", "heading") else None
    if when is not None and when.is_day and not said[when.end :].strip(" .:*"):
        return Row("day", block.line, "", when, lead=said[: when.end])
    return Row("intro" if is_before else "outro", block.line, blocks=[block])
