"""A row of a timeline, its time still as written."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import zip_longest
from typing import Literal

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import When

RowKind = Literal["entry", "day", "intro", "outro"]


@dataclass(slots=True)
class Row:
    """A row: an entry, a day that the following ones belong to, or text around the entries.

    `text` is plain for an entry, `lead` the written time that was cut from it.
    `blocks` is what an intro or outro is made of.
    """

    kind: RowKind
    line: int
    text: str = ""
    when: When | None = None
    event: str = ""
    who: str = ""
    source: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    lead: str = ""


def leads_taken(rows: Sequence[Row]) -> Iterator[str]:
    """The written times that became moments: not those of a day on which nothing is told."""
    for row, following in zip_longest(rows, rows[1:]):
        is_empty_day = row.kind == "day" and (following is None or following.kind == "day")
        if row.lead and not is_empty_day:
            yield row.lead


def is_timed(when: When | None) -> bool:
    return when is not None and not when.is_day
