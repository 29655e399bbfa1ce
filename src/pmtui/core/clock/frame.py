"""What a typed time is read against, and the day that a bare clock time belongs to.

The day rule. After another entry: the same day; the next day if that would be more than 8 hours
before it (midnight has passed); the day before if that is within 3 hours before it over midnight.
Without one: the incident's day, else the latest such time not after now. A line that follows no
other in particular stays within what is told of the incident, or comes as near to it as it can. A
time that would lie more than 10 minutes in the future goes back one day if that is not in the
future.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from pmtui.core.clock.dates import WrittenDay, day_text
from pmtui.core.clock.zones import in_zone, is_repeated, localise, zone_label
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.vocabulary import UNDATED
from pmtui.errors import TimeError

_DAY = timedelta(days=1)
_ROLLS_OVER = timedelta(hours=8)
_BACK_OVER_MIDNIGHT = timedelta(hours=3)
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a typed time is read against.

    `now` is aware, `zone` the incident's ("" = unknown), `after` the time of the entry that the new
    one follows, `day` the incident's date; in an `undated` one times lie on 2000-01-01 and after.
    `within` is the stretch that a bare clock time belongs to, None where it only follows `after`.
    """

    now: datetime
    zone: str = ""
    after: datetime | None = None
    day: date | None = None
    undated: bool = False
    within: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A time that was understood; `about` marks an estimate, `note` says what was assumed."""

    at: datetime
    until: datetime | None = None
    about: bool = False
    note: str = ""


def read_now(frame: Frame, back: timedelta = timedelta(), *, seconds: bool = False) -> Reading:
    """The current time less `back`, cut to the minute so that documents stay clean.

    Seconds stay where they were asked for or where they keep the order after the entry before.
    """
    try:
        at = _wall_or_zoned(frame.now - back, frame.zone)
    except OverflowError:
        raise TimeError("that is too long ago", remedy="write the date and the time") from None
    if frame.undated:
        clock = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second if seconds else 0)
        placed, note = place(clock, None, frame.zone, frame)
        return Reading(placed, note=note)
    whole = at.replace(microsecond=0)
    minute = whole.replace(second=0)
    before = frame.after
    in_order = before is None or (before.tzinfo is None) != (at.tzinfo is None) or before <= minute
    return Reading(whole if seconds or (before and not in_order and before <= at) else minute)


@contextmanager
def on_the_calendar() -> Iterator[None]:
    """Makes a refusal of what would lie before the year 1 or after the year 9999.

    Raises:
        TimeError: There is no such day.
    """
    try:
        yield
    except OverflowError:
        what = "the calendar has the years 1 to 9999"
        raise TimeError(what, remedy="write the date and the time") from None


@on_the_calendar()
def place(
    clock: timedelta, day: WrittenDay | None, zone: str, frame: Frame
) -> tuple[datetime, str]:
    """The moment of a time of day, in the incident's zone, and what was assumed about it.

    `zone` is the one it was written with, else the incident's; the day is chosen in it.

    Raises:
        TimeError: The clocks skip that time, a date is named where the incident has none, or the
            calendar ends there.
    """
    if day is None:
        wall, note = _nearest(clock, zone, frame)
    else:
        wall, note = _named(clock, day, zone, frame)
    at, twice = settle(wall, zone, frame.after)
    at = in_zone(at, frame.zone)
    if frame.undated and at.date() < UNDATED:
        at += _DAY
    return at, ", ".join(part for part in (note, twice) if part)


def settle(wall: datetime, zone: str, after: datetime | None) -> tuple[datetime, str]:
    """A wall time in `zone`; of a repeated hour the first, unless `after` lies between the two.

    Raises:
        TimeError: The clocks skip that time.
    """
    if not zone:
        return wall, ""
    at = localise(wall, zone)
    if not is_repeated(wall, zone):
        return at, ""
    second = localise(wall.replace(fold=1), zone)
    later = after is not None and after.tzinfo is not None and at < after <= second
    chosen = second if later else at
    which = "second" if later else "first"
    return chosen, f"the {which} of the two {wall:%H:%M}, {zone_label(zone, chosen)}"


def _nearest(clock: timedelta, zone: str, frame: Frame) -> tuple[datetime, str]:
    now = _wall(frame.now, zone)
    after = _wall(frame.after, zone) if frame.after else None
    base = _base_day(now, after, frame)
    same = wall = datetime.combine(base, time()) + clock
    if after:
        wall = _following(same, after)
    if frame.within:
        begin, end = (_wall(at, zone) for at in frame.within)
        wall = _close_to(wall, begin, end, None if frame.undated else now + _AHEAD)
    if frame.undated:
        wall = max(wall, same) if wall.date() < UNDATED else wall
    elif wall - now > _AHEAD >= wall - _DAY - now:
        wall -= _DAY
    if after is None and frame.day is None and wall < same:
        return wall, "yesterday"
    return wall, day_change(same, wall)


def day_change(before: datetime, after: datetime) -> str:
    """How the day of `after` differs from that of `before`, in words; "" where it does not."""
    days = (after.date() - before.date()).days
    if abs(days) > 1:
        return f"{abs(days)} days {'later' if days > 0 else 'earlier'}"
    return ("", "next day", "the day before")[days]


def _following(same: datetime, after: datetime) -> datetime:
    """`same`, which has the day of the entry before, over midnight where that makes sense of it."""
    if after - same > _ROLLS_OVER:
        return same + _DAY
    if timedelta() <= after - (same - _DAY) <= _BACK_OVER_MIDNIGHT:
        return same - _DAY
    return same


def _close_to(wall: datetime, begin: datetime, end: datetime, latest: datetime | None) -> datetime:
    """`wall` on the day that brings it into the stretch or nearest to it, not after `latest`."""

    def away(found: datetime) -> tuple[timedelta, timedelta]:
        return max(begin - found, found - end, timedelta()), abs(found - wall)

    clock = wall - datetime.combine(wall.date(), time())
    days = {at.date() + step * _DAY for at in (begin, end) for step in (-1, 0, 1)}
    found = {wall} | {datetime.combine(day, time()) + clock for day in days}
    return min([at for at in found if latest is None or at <= latest] or found, key=away)


def _base_day(now: datetime, after: datetime | None, frame: Frame) -> date:
    if after:
        return after.date()
    if frame.undated:
        return UNDATED
    return frame.day or now.date()


def _named(clock: timedelta, day: WrittenDay, zone: str, frame: Frame) -> tuple[datetime, str]:
    if day.count:
        return datetime.combine(UNDATED, time()) + (day.count - 1) * _DAY + clock, ""
    if frame.undated:
        raise TimeError(
            "this incident has no date", remedy="set its date first, or write the clock time alone"
        )
    now = _wall(frame.now, zone)
    if day.step is not None:
        return datetime.combine(now.date(), time()) + day.step * _DAY + clock, ""
    if day.weekday is not None:
        wall = datetime.combine(now.date(), time()) + clock
        wall -= (now.weekday() - day.weekday) % 7 * _DAY
        wall -= 7 * _DAY if wall > now else timedelta()
        return wall, day_text(wall.date())
    near = frame.day or (frame.after and _wall(frame.after, zone).date())
    found = day.near(near) if near else day.until(now.date())
    note = "" if day.year or found.year == now.year else day_text(found)
    return datetime.combine(found, time()) + clock, note


def _wall(at: datetime, zone: str) -> datetime:
    return in_zone(at, zone).replace(tzinfo=None)


def _wall_or_zoned(at: datetime, zone: str) -> datetime:
    return in_zone(at, zone) if zone else at.replace(tzinfo=None)
