"""What a block of a timeline becomes: a row, more words of one, or text beside the entries."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pmtui.formats.reading import city_time, inline
from pmtui.formats.reading.around_entries import day_at_head, labelled_when
from pmtui.formats.reading.blocks import Block, fenced
from pmtui.formats.reading.house_entries import (
    apply_details,
    emphasised_kind,
    house_head,
    house_tail,
)
from pmtui.formats.reading.moments import When, scan_when
from pmtui.formats.reading.rows import Row, RowKind
from pmtui.formats.reading.translation import ENGLISH_MONTHS, MONTH_AND_DAY, translate

_INNER = re.compile(
    r"(?P<lead>\b(?:at|by|around|about|from|until|after|before|à|às|um|gegen|vers|a las?|hacia)\s+"
    r"(?:approximately |about |around |roughly )?|[(\[]\s*|,\s+)"
    rf"(?=[0-9]|{MONTH_AND_DAY}|(?<=[(\[])(?:{'|'.join(ENGLISH_MONTHS)})\b)",
    re.IGNORECASE,
)


def timed_rows(block: Block, when: When) -> Iterator[Row]:
    """The entry that begins with a time, or the day for those below, and what is said behind it."""
    house, text = house_head(block.text)
    text, details = house_tail(text)
    found = inline.plain(text)
    rest = found.text[when.end :].strip()
    if when.is_day:
        lead = found.text[: when.end]
        yield Row("day", block.line, "", when, links=found.links, images=found.images, lead=lead)
        if rest.strip(" .:"):
            yield Row(
                "outro",
                block.line,
                blocks=[replace(block, kind="text", text=rest, source=rest)],
            )
        return
    if not house:
        house, rest = emphasised_kind(text, rest)
    row = Row("entry", block.line, rest, when, house, links=found.links, images=found.images)
    # No moment says the name of a city in the writer's words.
    row.lead = f"{city_time.removed(found.text[: when.end])} {house}"
    apply_details(row, details)
    yield row


def untimed_row(block: Block, own: str) -> Row:
    """The entry of a block that does not begin with a time; its words may tell one."""
    house, text = house_head(block.text)
    text, details = house_tail(text)
    found = inline.plain(text)
    body = found.text.removeprefix(":").strip() if house else found.text
    row = Row("entry", block.line, body, None, house, links=found.links, images=found.images)
    row.when = inner_time(body, own)
    if headed := day_at_head(block.text, body):
        row.lead, row.text = headed.lead, headed.rest
        inner = inner_time(headed.rest, own)
        row.when = replace(inner, day=inner.day or headed.when.day) if inner else headed.when
    apply_details(row, details)
    return row


def inner_time(text: str, own: str) -> When | None:
    """The time that a sentence tells, "forwarded to the team at 3:17 PM", None if it tells none.

    `own` is the zone of the incident.
    """
    if labelled := labelled_when(text, own):
        return replace(labelled, begin=0, end=0, unread="", day_words="")
    translated = translate(text[:2000])
    for lead in _INNER.finditer(translated):
        if lead["lead"].startswith(","):
            continue
        when = scan_when(translated[lead.end() :], own)
        if when is not None and when.clock is not None:
            # Its words stay where they are.
            return replace(when, begin=0, end=0, unread="", day_words="")
    return None


def extend(entry: Row, block: Block) -> None:
    """Add what stands below an entry to its words."""
    if block.kind == "code":
        entry.text = f"{entry.text}\n{fenced(block)}".strip()
        return
    found = inline.plain(block.text)
    mark = "- " if block.kind == "item" and entry.text and found.text else ""
    joint = "\n" if entry.text else ""
    entry.text = f"{entry.text}{joint}{mark}{found.text}".strip()
    entry.links += found.links
    entry.images += found.images


def put_aside(rows: list[Row], block: Block, began: bool) -> None:
    """Keep a block as text before the entries, or between or below them once they `began`."""
    kind: RowKind = "outro" if began else "intro"
    if rows and rows[-1].kind == kind:
        rows[-1].blocks.append(block)
    else:
        rows.append(Row(kind, block.line, blocks=[block]))


def put_image(rows: list[Row], block: Block) -> None:
    """Keep an image with the row above it."""
    target = rows[-1] if rows else None
    if target is None:
        target = Row("intro", block.line)
        rows.append(target)
    target.images += inline.plain(block.text).images
