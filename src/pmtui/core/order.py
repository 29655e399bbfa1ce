"""The time order of a timeline: stable, and entries without a time stay with their neighbour."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from itertools import pairwise
from operator import itemgetter

from pmtui.core.clock.zones import zone_of
from pmtui.core.document import Entry
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
    times = [entry.at for entry in entries if entry.at is not None]
    moments = list(map(measure(times, zone), times))
    if all(earlier <= later for earlier, later in pairwise(moments)):
        return entries if isinstance(entries, tuple) else tuple(entries)
    heads = [place for place, entry in enumerate(entries) if entry.at is not None]
    groups = zip(moments, heads, [*heads[1:], len(entries)], strict=True)
    ordered = list(entries[: heads[0]])
    for _, begin, end in sorted(groups, key=itemgetter(0)):
        ordered.extend(entries[begin:end])
    return tuple(ordered)


def insertion_index(entries: Sequence[Entry], at: datetime, zone: str = "") -> int:
    """Where an event at `at` belongs in the ordered `entries`.

    That is after every entry that is not later, and after those without a time that follow it.
    """
    times = [entry.at for entry in entries if entry.at is not None]
    moment = measure([*times, at], zone)
    after = bisect_right(times, moment(at), key=moment)
    if after == len(times):
        return len(entries)
    heads = (place for place, entry in enumerate(entries) if entry.at is times[after])
    return next(heads)


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
