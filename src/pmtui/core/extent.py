"""How far the incident reaches: when it began, and up to which moment it is told.

A timeline also holds what lies apart: a change made weeks before, a meeting a month after. A clock
time typed without a day belongs to the incident, not to those.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from pmtui.core.clock.frame import Frame
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import MILESTONES, Entry, Postmortem, Times
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.moments import moments, stretches
from pmtui.core.order import measure
from pmtui.core.remembering import from_parts, from_times
from pmtui.core.timing import derived

_APART = timedelta(days=1)
"""A silence of more than this parts what belongs to the incident from what does not."""

STATED_TIMES = tuple(name for name in Times.FIELDS if name != "unknown")
"""The times that a writer can state, in the order of an incident."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The incident from its beginning to its end, or to its last event while it has none."""

    begin: datetime
    end: datetime
    last: Entry | None = None
    """The latest event in it."""


def all_times(document: Postmortem) -> tuple[datetime, ...]:
    """Every time in the document, stated ones first."""
    stated = [getattr(document.times, name) for name in STATED_TIMES]
    events = [at for entry in document.timeline for at in (entry.at, entry.until)]
    return tuple(at for at in (*stated, *events) if at is not None)


def telling_another_time(
    document: Postmortem, zones: Iterable[str], now: datetime
) -> tuple[str, ...]:
    """Those of `zones` whose clocks differ from the incident's at one of its times, else at `now`.

    Only times with a zone count; `now` is aware.
    """
    times = [at for at in all_times(document) if at.tzinfo] or [now]
    return tuple(
        zone
        for zone in dict.fromkeys(zones)
        if any(
            in_zone(at, zone).utcoffset() != in_zone(at, document.timezone).utcoffset()
            for at in times
        )
    )


@from_times
def began(document: Postmortem) -> datetime | None:
    """When the incident began; None where the document has no time.

    That is the stated start, else the `started` event, else the first time of its longest stretch.
    """
    if document.times.started is not None:
        return document.times.started
    if found := derived(document).get("started"):
        return found.at
    return _begin_of_longest(document)


def incident_day(document: Postmortem) -> date | None:
    """The day on which the incident began; None where that is unknown."""
    begin = None if document.undated else began(document)
    return in_zone(begin, document.timezone).date() if begin else None


@from_parts("timeline", "times", "timezone")
def extent(document: Postmortem) -> Extent | None:
    """From where the incident began to where it was resolved; None where the document has no time.

    While nobody has said that it is over it reaches to its last event, a day's silence ending it.
    """
    begin = began(document)
    if begin is None:
        return None
    order = measure([begin, *all_times(document)], document.timezone)
    found = derived(document).get("resolved")
    end = document.times.resolved or (found.at if found else None)
    if end is None or order(end) < order(begin):
        reached = sorted(_reached(document), key=order)
        told = [begin, *reached[bisect_left(reached, order(begin), key=order) :]]
        end = told[next(stretches([order(at) for at in told], _APART))[1] - 1]
    inside = (
        entry
        for entry in reversed(document.timeline)
        if entry.at is not None and order(begin) <= order(entry.at) <= order(end)
    )
    return Extent(begin, end, next(inside, None))


def _reached(document: Postmortem) -> list[datetime]:
    """The moments at which something happened: those that are stated, then the events."""
    stated = [getattr(document.times, name) for name in STATED_TIMES]
    return [*(at for at in stated if at), *moments(document.timeline).times]


def _milestones(document: Postmortem) -> list[datetime]:
    """The moments at which a milestone was reached."""
    stated = [getattr(document.times, name) for name in STATED_TIMES]
    events = (entry.at for entry in document.timeline if entry.kind in _MILESTONES)
    return [at for at in (*stated, *events) if at]


def _begin_of_longest(document: Postmortem) -> datetime | None:
    """Where the stretch begins that has the most milestones, then the most moments, in it."""
    reached, known = _reached(document), moments(document.timeline)
    order = measure(reached, document.timezone)
    alone = known.ordered and len(reached) == len(known.times)
    ordered = known.times if alone else sorted(map(order, reached))
    found = list(stretches(ordered, _APART))
    if len(found) > 1:
        milestones = sorted(map(order, _milestones(document)))

        def weight(stretch: tuple[int, int]) -> tuple[int, int]:
            first, last = ordered[stretch[0]], ordered[stretch[1] - 1]
            told = bisect_right(milestones, last) - bisect_left(milestones, first)
            return told, stretch[1] - stretch[0]

        found = [max(found, key=weight)]
    begin = ordered[found[0][0]] if found else None
    return next((at for at in reached if order(at) == begin), None)


_MILESTONES: frozenset[str] = frozenset(MILESTONES)


def frame_of(document: Postmortem, now: datetime) -> Frame:
    """What a time typed into this document is read against: the incident as far as it is told."""
    known = extent(document)
    last = (known.last.at if known.last else known.begin) if known else None
    return Frame(
        now=now,
        zone=document.timezone,
        after=last,
        day=incident_day(document),
        undated=document.undated,
        within=(known.begin, known.end) if known else None,
    )
