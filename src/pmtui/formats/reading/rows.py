"""A row of a timeline, its time still as written."""

from dataclasses import field
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


def is_timed(when: When | None) -> bool:
    return when is not None and not when.is_day
