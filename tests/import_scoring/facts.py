"""What an imported document says, in the terms in which a careful reader labels the source."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Milestone, Postmortem
from pmtui.formats.markdown import render
from tests.formats.gfm import html_of

_BOX = re.compile(r"^[ \t>]*(?:[-+*•]|\d+[.)])[ \t]+\[([ xX~-])\][ \t]", re.MULTILINE)
_LINK = re.compile(r"<a\b[^>]*\bhref=")
_IMAGE = re.compile(r"<img\b[^>]*\bsrc=\"?([^\"\s>]+)")
_CODE = re.compile(r"<pre\b")
_LENGTH = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|half an?|(?:(?:a|three) )?quarters? of an|[a-zéê]+(?=[\s-]))"
    r"(?P<half>\s+and\s+(?:a\s+)?half)?\s*-?\s*"
    r"(?P<unit>weeks?|days?|d|jours?|d[ií]as?|tage?n?|hours?|hrs?|heures?|horas?|stunden?|h|minut\w*|mins?|m"
    r"|seconds?|secs?|segundos?|secondes?|sekunden?|s)(?![^\W\d_])"
    r"(?P<more>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_MINUTES = {
    "w": 10080.0,
    "st": 60.0,
    "d": 1440.0,
    "j": 1440.0,
    "t": 1440.0,
    "h": 60.0,
    "m": 1.0,
    "s": 1 / 60,
}
_JOINING = frozenset({"", "and", "y", "et", "e", "und"})
_NUMBERS = {
    **dict.fromkeys(("half", "half a", "half an"), 0.5),
    "quarter of an": 0.25,
    "a quarter of an": 0.25,
    "three quarters of an": 0.75,
    **dict.fromkeys("a an one un una une um uma ein eine einer".split(), 1.0),
    **dict.fromkeys("two dos deux dois duas zwei".split(), 2.0),
    **dict.fromkeys("three tres trois três drei".split(), 3.0),
    **dict.fromkeys("four cuatro quatre quatro vier".split(), 4.0),
    **dict.fromkeys("five cinco cinq fünf".split(), 5.0),
    **dict.fromkeys("six seis sechs".split(), 6.0),
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "eleven": 11.0,
    "twelve": 12.0,
}


@dataclass(frozen=True)
class Facts:
    """A document with the main headings of its source, where the import remembers them."""

    document: Postmortem
    headings: Sequence[str] | None = None

    @cached_property
    def markdown(self) -> str:
        """The document in the house form."""
        return render(self.document, columns=0)

    @cached_property
    def _html(self) -> tuple[str, str]:
        body, _, links = self.markdown.rpartition("\n## Links\n")
        return (html_of(body), html_of(links)) if body else (html_of(links), "")

    def walls(self, moment: datetime) -> frozenset[datetime]:
        """The clock times of `moment`: as it is stored, and in the zone of the document."""
        shown = in_zone(moment, self.document.timezone)
        return frozenset({moment.replace(tzinfo=None), shown.replace(tzinfo=None)})

    def clocks(self, entry: Entry) -> frozenset[str]:
        """The clock times of `entry` as HH:MM; "" where it has none."""
        if entry.at is None:
            return frozenset({""})
        return frozenset(f"{wall:%H:%M}" for wall in self.walls(entry.at))

    @cached_property
    def timed(self) -> tuple[Entry, ...]:
        """The entries with a clock time, in their order."""
        return tuple(entry for entry in self.document.timeline if entry.at is not None)

    @cached_property
    def started(self) -> datetime | None:
        """When the outage began: as stated, by an entry that says so, or when it was seen."""
        times = self.document.times
        return times.started or self._milestone("started") or times.detected

    @cached_property
    def ended(self) -> datetime | None:
        """When the outage ended: as stated, else by the last entry that says so."""
        times = self.document.times
        stated = times.resolved or times.mitigated or times.closed
        return stated or self._milestone("resolved") or self._milestone("closed")

    def _milestone(self, kind: Milestone) -> datetime | None:
        found = [entry.at for entry in self.timed if entry.kind == kind]
        return None if not found else found[0 if kind == "started" else -1]

    @cached_property
    def dates(self) -> frozenset[date]:
        """Every day that the document knows; none where it is undated."""
        if self.document.undated:
            return frozenset()
        stated = [getattr(self.document.times, name) for name in self.document.times.FIELDS]
        moments = [at for at in stated if isinstance(at, datetime)]
        moments += [entry.at for entry in self.timed if entry.at is not None]
        return frozenset(wall.date() for at in moments for wall in self.walls(at))

    @cached_property
    def boxes(self) -> tuple[range, range]:
        """How many boxes the document can stand for, and how many ticked ones.

        Prose keeps its boxes. A task may or may not have been one: the document does not say.
        """
        document = self.document
        prose = [section.body for section in document.sections]
        prose += [document.summary, document.root_cause, document.resolution, document.impact.text]
        found = [mark for text in prose for mark in _BOX.findall(f"{text}\n")]
        ticked = sum(mark in "xX" for mark in found)
        done = sum(task.state == "done" for task in document.tasks)
        return (
            range(len(found), len(found) + len(document.tasks) + 1),
            range(ticked, ticked + done + 1),
        )

    @cached_property
    def links(self) -> range:
        """How many links the document holds; its list of links may repeat those of the text."""
        text, extra = (len(_LINK.findall(part)) for part in self._html)
        return range(text, text + extra + 1)

    @cached_property
    def images(self) -> range:
        """How many pictures the document holds; its list of them may repeat those of the text."""
        found = _IMAGE.findall("".join(self._html))
        return range(len(set(found)), len(found) + 1)

    @cached_property
    def code_blocks(self) -> range:
        """How many blocks of code the document holds; one at its top may have been front matter."""
        found = len(_CODE.findall("".join(self._html)))
        tops = [part for part in self.document.sections if not part.after and not part.heading]
        front = sum(part.body.startswith(("```", "~~~")) for part in tops)
        return range(found - front, found + 1)

    @cached_property
    def section_names(self) -> tuple[str, ...]:
        """The main headings of the source, or those of the house form where nobody remembers."""
        if self.headings is not None:
            return tuple(self.headings)
        return tuple(re.findall(r"^## +(.+)$", self.markdown, re.MULTILINE))


def minutes(text: str) -> float | None:
    """The first length that `text` tells, in minutes: "2 hours and 5 minutes", "42 h 33 min"."""
    total: float | None = None
    end = 0
    last = math.inf
    for found in _LENGTH.finditer(text):
        between = text[end : found.start()].strip(" ,").casefold()
        unit = next(
            each for name, each in _MINUTES.items() if found["unit"].casefold().startswith(name)
        )
        if total is not None and (unit >= last or between not in _JOINING):
            break
        number = _number(found["number"])
        if number is None:
            continue
        number += 0.5 if found["half"] or found["more"] else 0
        total, last = (total or 0.0) + number * unit, unit
        end = found.end()
    return total


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return _NUMBERS.get(word.casefold())


def stands_for(label: str, walls: frozenset[datetime], *, undated: bool) -> bool:
    """Whether one of `walls` is what `label` says: a date-time, only a date, or only a time."""
    seconds = label.count(":") > 1
    shown = {wall if seconds else wall.replace(second=0, microsecond=0) for wall in walls}
    if "T" in label:
        return not undated and datetime.fromisoformat(label) in shown
    if ":" in label:
        return time.fromisoformat(label) in {wall.time() for wall in shown}
    return not undated and date.fromisoformat(label) in {wall.date() for wall in shown}
