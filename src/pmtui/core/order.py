"""The time order of a timeline: stable, and entries without a time stay with their neighbour."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from operator import itemgetter

from pmtui.core.clock.zones import zone_of
from pmtui.core.document import Entry
from pmtui.core.moments import moments
from pmtui.errors import TimeError


def instant(at: datetime, zone: str = "") -> datetime:
    """The moment of `at` in UTC; a local one is taken in `zone`, or as UTC where that is unknown.

    Never raises: a clock time that a zone skips counts as if the clocks had not moved yet, one that
    it repeats as the first, and a moment beyond the calendar as the calendar's end.
    """
    return _instant(at, _zone(zone) or UTC)


def sort_timeline(entries: Sequence[Entry], zone: str = "") -> tuple[Entry, ...]:
    """`entries` in time order; the same tuple where they are in order already.

    Equal times keep their order. An entry without a time moves along with the entry that it
    follows; those at the very beginning stay there.
    """
    entries = tuple(entries)
    _, times, _, in_order = moments(entries)
    keys = [] if in_order else list(map(measure(times, zone), times))
    if in_order or keys == sorted(keys):
        return entries
    heads = [place for place, entry in enumerate(entries) if entry.at is not None]
    groups = zip(keys, heads, [*heads[1:], len(entries)], strict=True)
    ordered = list(entries[: heads[0]])
    for _, begin, end in sorted(groups, key=itemgetter(0)):
        ordered.extend(entries[begin:end])
    return tuple(ordered)


def insertion_index(entries: tuple[Entry, ...], at: datetime, zone: str = "") -> int:
    """Where an event at `at` belongs in the ordered `entries`.

    That is after every entry that is not later, and after those without a time that follow it.
    """
    timed, times, _, _ = moments(entries)
    if _is_like(entries, at):
        after = bisect_right(times, at)
    else:
        moment = measure([*times, at], zone)
        after = bisect_right(times, moment(at), key=moment)
    if after == len(times):
        return len(entries)
    if len(timed) == len(entries):
        return after
    return next(place for place, entry in enumerate(entries) if entry is timed[after])


def placed(entries: tuple[Entry, ...], new: Sequence[Entry], zone: str = "") -> tuple[Entry, ...]:
    """The ordered `entries` and those that are new, in time order.

    One new event, and those without a time that follow it, cost no sorting.
    """
    times = [entry.at for entry in new if entry.at is not None]
    if len(times) == 1 and new[0].at is times[0] and _is_like(entries, times[0]):
        at = insertion_index(entries, times[0], zone)
        return (*entries[:at], *new, *entries[at:])
    return sort_timeline((*entries, *new), zone)


def _is_like(entries: tuple[Entry, ...], at: datetime) -> bool:
    """Whether the entries are in order by their times alone, and so they are with one at `at`."""
    _, times, _, ordered = moments(entries)
    return ordered and (not times or (times[0].tzinfo is None) == (at.tzinfo is None))


def measure(times: Sequence[datetime], zone: str) -> Callable[[datetime], datetime]:
    """What to compare these times by: themselves, as long as all or none have an offset.

    Local times among others are in the document's zone; where nobody said which that is, all are
    compared by what a clock on the wall showed.
    """
    kinds = {at.tzinfo for at in times}
    if None not in kinds or len(kinds) == 1:
        return _itself
    home = _zone(zone)
    return partial(_instant, home=home) if home else _on_the_wall


def _itself(at: datetime) -> datetime:
    return at


def _on_the_wall(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _instant(at: datetime, home: tzinfo) -> datetime:
    try:
        return (at if at.tzinfo else at.replace(tzinfo=home)).astimezone(UTC)
    except OverflowError:
        return (datetime.min if at.year == 1 else datetime.max).replace(tzinfo=UTC)


def _zone(name: str) -> tzinfo | None:
    try:
        return zone_of(name) if name else None
    except TimeError:
        return None
