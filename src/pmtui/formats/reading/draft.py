"""What is known of a document while it is being read, and where what is left over belongs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any

from pmtui.core.document import Link, Person, Place, Section
from pmtui.core.ids import DerivedIds
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line, replace_controls
from pmtui.formats.reading import inline
from pmtui.formats.reading.action_details import Action
from pmtui.formats.reading.blocks import Block, Source
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row

PLACE_OF: dict[str, Place] = {
    "preamble": "",
    "summary": "summary",
    "timeline": "timeline",
    "cause": "root-cause",
    "cause+resolution": "root-cause",
    "resolution": "root-cause",
    "trigger": "root-cause",
    "detection": "root-cause",
    "factors": "root-cause",
    "whys": "root-cause",
    "measures": "measures",
    "corrective": "measures",
    "preventive": "measures",
    "improvements": "measures",
    "tasks": "measures",
    "lessons": "lessons",
    "went_well": "lessons",
    "went_wrong": "lessons",
    "got_lucky": "lessons",
    "conclusion": "conclusion",
    "people": "conclusion",
    "links": "conclusion",
}
"""The place that a section takes which follows the part of that name; others are in the summary."""

_BEFORE: dict[Place, Place] = {
    "": "",
    "summary": "",
    "timeline": "summary",
    "root-cause": "timeline",
    "measures": "root-cause",
    "lessons": "measures",
    "conclusion": "lessons",
}


@dataclass(slots=True)
class Draft:
    """The fields of the document as they are found."""

    source: Source
    report: Report
    zone: str = ""
    zone_from: str = ""
    place: Place = ""
    house: bool = False
    has_bare_times: bool = False
    taken: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    impact: dict[str, Any] = field(default_factory=dict)
    times: dict[str, tuple[str, int]] = field(default_factory=dict)
    durations: list[tuple[str, int]] = field(default_factory=list)
    lengths: set[str] = field(default_factory=set)
    prose: dict[str, list[str]] = field(default_factory=dict)
    causes: list[tuple[str, str, bool]] = field(default_factory=list)
    lessons: dict[str, list[str]] = field(default_factory=dict)
    factors: list[str] = field(default_factory=list)
    whys: list[tuple[str, list[str]]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    sections: list[tuple[str, int, Place, str]] = field(default_factory=list)
    texts: list[tuple[str, int]] = field(default_factory=list)
    others: list[tuple[str, int]] = field(default_factory=list)

    def add_prose(self, name: str, text: str) -> None:
        """Adds `text` to the prose field of that name."""
        if text.strip():
            self.prose.setdefault(name, []).append(text.strip("\n"))

    def keep(
        self,
        blocks: Sequence[Block],
        *,
        heading: str = "",
        level: int = 2,
        before: bool = False,
        alone: bool = False,
    ) -> None:
        """Keeps `blocks` word for word as a section at, or before, the present place.

        It may go on with the section before it, unless it stands `alone`.
        """
        body = self.source.cut(blocks)
        place = _BEFORE[self.place] if before else self.place
        self.keep_text(body, heading, level, place, alone=alone)

    def keep_text(
        self, body: str, heading: str, level: int, place: Place, *, alone: bool = False
    ) -> None:
        """Keeps a text as a section; one without a heading goes on with the one before it."""
        if not body.strip() and not heading:
            return
        if self.sections and not heading and not alone:
            last_heading, last_level, last_place, last_body = self.sections[-1]
            if last_place == place and not last_heading:
                self.sections[-1] = ("", last_level, place, f"{last_body}\n\n{body}")
                return
        self.sections.append((heading, level, place, body))

    def without_images(self, blocks: Iterable[Block]) -> list[Block]:
        """The blocks without those that are nothing but images, which are taken."""
        kept = []
        for block in blocks:
            if block.kind == "text" and ("![" in block.text or "<img" in block.text):
                found = inline.plain(block.text)
                if found.images and not found.text and not block.depth:
                    self.images += found.images
                    continue
            kept.append(block)
        return kept

    def made_sections(self) -> tuple[Section, ...]:
        """The kept sections with their ids."""
        ids = DerivedIds()
        made = []
        for heading, level, place, body in self.sections:
            fresh = ids.of(f"{heading}\0{body}")
            made.append(
                Section(
                    id=fresh,
                    heading=one_line(heading),
                    level=level,
                    after=place,
                    body=replace_controls(body),
                )
            )
        return tuple(made)

    def made_links(self, pairs: Sequence[tuple[str, str]]) -> tuple[Link, ...]:
        """Links or images, each only once."""
        unique = dict.fromkeys((one_line(title), one_line(target)) for title, target in pairs)
        return tuple(
            Link(title=title, target=target) for title, target in unique if target or title
        )


def tidy(text: str) -> str:
    """Words of a label's value on one line, without the marks around them."""
    return re.sub(r"\s+", " ", inline.words(text)).strip()
