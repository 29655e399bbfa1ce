"""Where a document tells its times twice: what was stated beside what the timeline says.

The two are never mixed: each comparison holds both, with the place that each is taken from.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter

from pmtui.core.clock.lengths import read_duration
from pmtui.core.document import Entry, Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.core.moments import Moments, moments, stretches
from pmtui.core.remembering import from_parts
from pmtui.core.timing import (
    ORDERED,
    Duration,
    Mark,
    derived,
    elapsed_since,
    marks,
    stated,
)

_ROUGHLY = pattern(
    r"~|\b(?:about|approx\w*|around|roughly|nearly|almost|circa|some|over|more than|less than|under"
    r"|at least|up to|half an?|an hour|a day|a few|a couple)\b",
    re.IGNORECASE,
)
_EXACT, _ROUGH = 0.1, 0.2
_LEAST = timedelta(minutes=5)

_NEAR = timedelta(minutes=15)
"""How far an estimate may lie from what was stated without contradicting it."""

GAP = timedelta(minutes=10)
"""The shortest time without an entry that is a gap, unless the person set another."""

_SCALE = 5
"""An incident may be silent for a fifth of its length before that counts as a gap."""


@dataclass(frozen=True, slots=True)
class Twice:
    """One milestone that was stated and that the timeline has, with how much later the latter is.

    `later` is None where only one of the two has a zone.
    """

    stated: Mark
    derived: Mark
    later: timedelta | None

    @property
    def differ(self) -> bool:
        """Whether one of the two is wrong; an estimate near to what was stated is not."""
        if not self.later:
            return False
        return not self.derived.about or abs(self.later) > _NEAR


@dataclass(frozen=True, slots=True)
class StatedLength:
    """The length that the writer put into words; `about` when the words say so."""

    words: str
    length: timedelta
    about: bool

    def agrees(self, length: timedelta) -> bool:
        """Whether `length` is what the words mean: within a tenth, a fifth where they are rough."""
        slack = self.length * (_ROUGH if self.about else _EXACT)
        return abs(length - self.length) <= max(slack, _LEAST)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two milestones that cannot both be right.

    `by` is how much too early the second lies; None where they cannot be compared, because only one
    has a zone.
    """

    first: Mark
    second: Mark
    by: timedelta | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing is recorded, from the end of one entry to the next.

    `since` is when it begins: at that end, or at the start of the incident where that is later;
    `until` is when the next entry is.
    """

    before: Entry
    after: Entry
    since: datetime
    until: datetime
    length: timedelta

    @property
    def abouts(self) -> tuple[bool, bool]:
        """Whether its begin and its end are estimates."""
        return self.before.about and self.since == self.before.at, self.after.about


def twice(document: Postmortem) -> tuple[Twice, ...]:
    """The milestones that the document tells twice, in the order of an incident."""
    said, found = stated(document), derived(document)
    return tuple(
        Twice(said[name], found[name], elapsed_since(said[name].at, found[name].at))
        for name in said
        if name in found
    )


def stated_length(document: Postmortem) -> StatedLength | None:
    """The length that the words of the duration state, None where they state none."""
    words = document.impact.duration
    length = read_duration(words)
    if length is None:
        return None
    return StatedLength(words, length, bool(_ROUGHLY.search(words)))


def stated_window(document: Postmortem) -> Duration | None:
    """From the stated start to the stated end, None where one is missing or they contradict."""
    said = stated(document)
    return _between("stated window", said.get("started"), said.get("resolved"))


def timeline_window(document: Postmortem) -> Duration | None:
    """The same of the timeline alone, from its detection where it does not say when it began."""
    found = derived(document)
    begin = found.get("started") or found.get("detected")
    return _between("timeline's window", begin, found.get("resolved"))


def part_told(document: Postmortem, said: StatedLength) -> Duration | None:
    """The part of the incident that the words are the length of, None where they are of none.

    Many count an outage from its detection, or until it was mitigated.
    """
    known = marks(document)
    parts = (("started", "mitigated"), ("detected", "mitigated"), ("detected", "resolved"))
    found = (_between("part", known.get(first), known.get(last)) for first, last in parts)
    return next((each for each in found if each and said.agrees(each.length)), None)


def _between(name: str, begin: Mark | None, end: Mark | None) -> Duration | None:
    length = elapsed_since(begin.at, end.at) if begin and end else None
    if begin is None or end is None or length is None or length < timedelta():
        return None
    return Duration(name, begin, end, length)


def contradictions(document: Postmortem) -> tuple[Contradiction, ...]:
    """The milestones that are known and not in the order in which an incident reaches them."""
    known = marks(document)
    ordered = [known[name] for name in ORDERED if name in known]
    found = []
    for first, second in pairwise(ordered):
        length = elapsed_since(first.at, second.at)
        if length is None:
            found.append(Contradiction(first, second, None))
        elif length < timedelta():
            found.append(Contradiction(first, second, -length))
    return tuple(found)


def gap_length(document: Postmortem, least: timedelta = GAP) -> timedelta:
    """From which length on a silence is a gap: `least`, more in a long incident."""
    times, known = _comparable(document).times, marks(document)
    begins = [known[name].at for name in ("started", "detected") if name in known]
    ends = [known[name].at for name in ("mitigated", "resolved") if name in known]
    begins += times[:1]
    ends += times[-1:]
    whole = elapsed_since(begins[0], ends[0]) if begins and ends else None
    return max(least, whole / _SCALE) if whole else least


def gaps(document: Postmortem, least: timedelta = GAP) -> tuple[Gap, ...]:
    """The silences from the start to the mitigation (the end, where that is not known).

    Entries without a time may lie anywhere and break no silence, and so may those without a zone
    among others with one; an entry with an end lasts until then.
    """
    timed = _comparable(document)
    if not timed.times:
        return ()
    zero, known, longest = timed.times[0], marks(document), gap_length(document, least)
    begin = known.get("started") or known.get("detected")
    began = _since(zero, begin)
    end = _since(zero, known.get("mitigated") or known.get("resolved"))
    found = []
    last, since, reached = timed.entries[0], zero, timedelta()
    for place, may_break in _around_silences(timed, longest):
        entry, moment = timed.entries[place], timed.times[place]
        at = moment - zero  # the times of a document have fixed offsets: this is what passed
        if may_break and at - reached > longest and (end is None or reached < end):
            silent, length = since, at - reached
            if begin is not None and began is not None and began > reached:
                silent, length = begin.at, at - began
            if length > longest:
                found.append(Gap(last, entry, silent, moment, length))
        if at >= reached:
            last, since, reached = entry, moment, at
        lasts = elapsed_since(zero, entry.until) if entry.until is not None else None
        if entry.until is not None and lasts is not None and lasts >= reached:
            last, since, reached = entry, entry.until, lasts
    return tuple(found)


@from_parts("timeline")
def _comparable(document: Postmortem) -> Moments:
    """The entries whose times can be compared: where some have a zone, those."""
    timed = moments(document.timeline)
    if not timed.mixed:
        return timed
    return moments(tuple(entry for entry in timed.entries if entry.at and entry.at.tzinfo))


def _around_silences(timed: Moments, longest: timedelta) -> Iterator[tuple[int, bool]]:
    """The places of the entries around the silences, and whether one may lie before each.

    Of entries in order these are the ends of the stretches without one, and all that last.
    """
    if not timed.ordered:
        yield from ((place, True) for place in range(len(timed.times)))
        return
    found = list(stretches(timed.times, longest))
    begins = {begin for begin, _ in found}
    ends = enumerate(map(attrgetter("until"), timed.entries))
    lasting = [place for place, until in ends if until is not None]
    for place in sorted({*begins, *(end - 1 for _, end in found), *lasting}):
        yield place, place in begins


def _since(zero: datetime, mark: Mark | None) -> timedelta | None:
    return elapsed_since(zero, mark.at) if mark else None
