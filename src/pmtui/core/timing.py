"""What the milestones say: phases, durations, gaps and T+, each naming the marks it is taken from.

A milestone comes from the timeline, or, where the timeline has none, from the time that the writer
stated. Lengths are elapsed time. Times with and times without a zone cannot be compared: where both
occur the answer is that there is none.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from pmtui.core.document import MILESTONES, Entry, Postmortem, Times
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.moments import moments
from pmtui.core.remembering import from_times

STATED = "stated"
"""The source of a mark that the writer stated, rather than an entry's id."""

FIRST = "first"
"""The milestone of a mark that only is the first entry with a time, for want of a start."""


@dataclass(frozen=True)
class Mark:
    """When a milestone was reached; `source` is `STATED` or the id of the entry that says so."""

    milestone: str
    at: datetime
    source: str
    about: bool = False


@dataclass(frozen=True)
class Span:
    """The time between two marks; `about` when one of them is an estimate."""

    name: str
    begin: Mark
    end: Mark
    length: timedelta

    @property
    def about(self) -> bool:
        """Whether the length is an estimate."""
        return self.begin.about or self.end.about


class Phase(Span):
    """A stretch of the incident, named by what it led to: detect, diagnose, mitigate, resolve."""


class Duration(Span):
    """A measure that teams report: "time to detect", "total impact"."""


_PHASES = {
    "started": "",
    "detected": "detect",
    "diagnosed": "diagnose",
    "mitigated": "mitigate",
    "resolved": "resolve",
}
"""The borders of the phases, and the name of the phase that each ends."""

Pair = tuple[str, str, str]
"""A duration to measure: its name, the milestone it begins at, and the one it ends at."""

DURATIONS: tuple[Pair, ...] = (
    ("time to detect", "started", "detected"),
    ("time to acknowledge", "detected", "acknowledged"),
    ("time to diagnose", "detected", "diagnosed"),
    ("time to mitigate", "detected", "mitigated"),
    ("time to resolve", "detected", "resolved"),
    ("total impact", "started", "resolved"),
    ("time to first public word", "started", "public"),
)

_NOTICED = ("acknowledged", "escalated", "diagnosed", "mitigated", "public")
"""Milestones that cannot be reached by people who know of nothing."""

ORDERED = ("started", "detected", "acknowledged", "mitigated", "resolved", "closed")
"""The milestones that follow one another in every incident."""


def elapsed_since(begin: datetime, end: datetime) -> timedelta | None:
    """The time that passed from `begin` to `end`; None when only one of them has a zone."""
    if isinstance(begin.tzinfo, timezone) and isinstance(end.tzinfo, timezone):
        return end - begin
    if _is_aware(begin) != _is_aware(end):
        return None
    return _instant(end) - _instant(begin)


def stated(document: Postmortem) -> dict[str, Mark]:
    """The milestones whose times the writer stated."""
    times = ((name, getattr(document.times, name)) for name in MILESTONES if name in _STATABLE)
    return {name: Mark(name, at, STATED) for name, at in times if at is not None}


@from_times
def derived(document: Postmortem) -> dict[str, Mark]:
    """The milestones of the timeline, each by its earliest entry."""
    found: dict[str, list[Mark]] = {}
    timed = moments(document.timeline)
    for entry, at in zip(timed.entries, timed.times, strict=True):
        if entry.kind in _MILESTONES:
            found.setdefault(entry.kind, []).append(_mark(entry, at))
    earliest = {name: _earliest(found[name]) for name in MILESTONES if name in found}
    return {name: mark for name, mark in earliest.items() if mark is not None}


def marks(document: Postmortem) -> dict[str, Mark]:
    """Each milestone that is known, from the timeline where it says so, else as stated."""
    known = stated(document) | derived(document)
    return {name: known[name] for name in MILESTONES if name in known}


def phases(document: Postmortem) -> tuple[Phase, ...]:
    """The stretches between the milestones, in the order in which these were reached.

    A milestone that lies before the start or after the resolution is a contradiction, not a border.
    """
    known = marks(document)
    borders = [known[name] for name in _PHASES if name in known]
    if not _comparable(borders):
        return ()
    borders.sort(key=_by_instant)
    names = [mark.milestone for mark in borders]
    begin = names.index("started") if "started" in names else 0
    end = names.index("resolved") + 1 if "resolved" in names else len(names)
    return tuple(
        Phase(_PHASES[right.milestone], left, right, _instant(right.at) - _instant(left.at))
        for left, right in pairwise(borders[begin:end])
    )


def durations(document: Postmortem, pairs: Iterable[Pair] = ()) -> tuple[Duration, ...]:
    """The measures whose two milestones are known, and in order; then those of `pairs`.

    A pair that has the name of another measure stands in its place.
    Where no detection is recorded "undetected" says how long, at most, nobody knew.
    """
    known = marks(document)
    found = []
    measures = {name: ends for name, *ends in (*DURATIONS, *_undetected(known), *pairs)}
    for name, (first, last) in measures.items():
        if first in known and last in known:
            length = elapsed_since(known[first].at, known[last].at)
            if length is not None and length >= timedelta():
                found.append(Duration(name, known[first], known[last], length))
    return tuple(found)


def origin(document: Postmortem, milestone: str = "started") -> Mark | None:
    """What T+ counts from: the start or another milestone, else the first entry with a time.

    The last is marked as `FIRST`.
    """
    return zero(document) if milestone == "started" else _origin(document, milestone)


@from_times
def zero(document: Postmortem) -> Mark | None:
    """What T+ counts from where no other milestone is asked for."""
    return _origin(document, "started")


def _origin(document: Postmortem, milestone: str) -> Mark | None:
    if start := marks(document).get(milestone):
        return start
    entries, times, mixed, ordered = moments(document.timeline)
    if mixed or not times:
        return None
    # The times of a document have fixed offsets, so that they compare by their instants.
    first = 0 if ordered else times.index(min(times))
    return _mark(entries[first], times[first], FIRST)


def offset(document: Postmortem, entry: Entry) -> timedelta | None:
    """T+ of `entry`, negative before the start; None when it or the start has no fitting time.

    For many entries take `origin` once and `elapsed_since` for each.
    """
    start = origin(document)
    return elapsed_since(start.at, entry.at) if start and entry.at is not None else None


def _undetected(known: dict[str, Mark]) -> Iterable[Pair]:
    if "detected" not in known:
        later = [known[name] for name in _NOTICED if name in known]
        if first := _earliest(later):
            yield "undetected", "started", first.milestone


_MILESTONES: frozenset[str] = frozenset(MILESTONES)
_STATABLE: frozenset[str] = frozenset(Times.FIELDS)
_RANK: dict[str, int] = {name: rank for rank, name in enumerate(MILESTONES)}


def _mark(entry: Entry, at: datetime, milestone: str = "") -> Mark:
    return Mark(milestone or entry.kind, at, entry.id, entry.about)


def _earliest(found: list[Mark]) -> Mark | None:
    return min(found, key=_by_instant) if found and _comparable(found) else None


def _comparable(found: Iterable[Mark]) -> bool:
    return len({_is_aware(mark.at) for mark in found}) <= 1


def _is_aware(at: datetime) -> bool:
    return at.utcoffset() is not None


def _instant(at: datetime) -> timedelta:
    """The time since an arbitrary moment, the same for every zone.

    Two times of one `tzinfo` would else be subtracted by their clocks, and an hour be lost or won
    where the clocks change; conversion to UTC would overflow at the ends of the calendar.
    """
    return at.replace(tzinfo=None) - datetime.min - (at.utcoffset() or timedelta())


def _by_instant(mark: Mark) -> tuple[timedelta, int]:
    return _instant(mark.at), _RANK.get(mark.milestone, 0)
