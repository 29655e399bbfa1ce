"""The moments of a timeline, found in one pass over its entries."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pmtui.core.document import Entry
from pmtui.core.remembering import of_object


class Moments(NamedTuple):
    """The entries that have a time, in the order of the timeline, and how their times compare."""

    entries: Sequence[Entry]
    times: Sequence[datetime]
    mixed: bool
    """Whether some times have an offset and some have none."""
    ordered: bool
    """Whether none is earlier than the one before; False where they cannot be compared."""


@of_object
def moments(timeline: Sequence[Entry]) -> Moments:
    """The moments of these entries, which do not change."""
    entries = [entry for entry in timeline if entry.at is not None]
    times = [entry.at for entry in entries if entry.at is not None]
    zones = {at.tzinfo for at in times}
    mixed = None in zones and len(zones) > 1
    return Moments(entries, times, mixed, not mixed and times == sorted(times))


def stretches(times: Sequence[datetime], apart: timedelta) -> Iterator[tuple[int, int]]:
    """From where to where, in these ordered times, none lies more than `apart` behind another.

    What lies within that of a time is skipped at once: a long timeline costs a few looks.
    """
    begin = at = 0
    while at < len(times):
        last = _last_within(times, at, apart)
        if last > at:
            at = last
            continue
        yield begin, at + 1
        begin = at = at + 1


def _last_within(times: Sequence[datetime], at: int, apart: timedelta) -> int:
    try:
        return bisect_right(times, times[at] + apart, at) - 1
    except OverflowError:  # no calendar goes so far
        return len(times) - 1
