"""The written times of a timeline put on days and into the incident's zone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pmtui.core.clock.dates import WrittenDay
from pmtui.core.clock.forms import range_times
from pmtui.core.clock.frame import Frame, place, settle
from pmtui.core.clock.zones import in_zone, own_offset, zone_of
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.vocabulary import UNDATED
from pmtui.errors import TimeError
from pmtui.formats.reading.facts import NOW, zone_named
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row


@dataclass(slots=True)
class Calendar:
    """The incident's zone and day, as far as they are known, and the start that T+ counts from.

    `usual` is the day of all entries that name none, where the timeline says so; `in_order` that no
    entry is earlier than the one before it, however far from it; `has_bare_times` that a time which
    names no zone has none.
    """

    zone: str
    day: date | None
    report: Report
    start: datetime | None = None
    end: datetime | None = None
    usual: date | None = None
    in_order: bool = False
    has_bare_times: bool = False

    @property
    def undated(self) -> bool:
        """Whether nobody knows the date."""
        return self.day is None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's moments and what of its written time has to stay in its text."""

    at: datetime | None
    until: datetime | None
    about: bool
    extra: str


def first_date(rows: Sequence[Row]) -> date | None:
    """The first whole date among the rows."""
    return next(_dates(rows), None)


def earliest_date(rows: Sequence[Row]) -> date | None:
    """The earliest whole date among the rows."""
    return min(_dates(rows), default=None)


def _dates(rows: Sequence[Row]) -> Iterator[date]:
    for row in rows:
        day = row.when.day if row.when else None
        if day and day.year and day.month:
            yield date(day.year, day.month, day.day)


def place_rows(rows: Sequence[Row], calendar: Calendar) -> list[tuple[Row, Placed]]:
    """Every entry among the rows with its moments, days and midnights followed from row to row."""
    placer = _Placer(calendar)
    placer.read_spans([row.when for row in rows if row.when and row.when.since])
    placed = []
    for row in rows:
        if row.kind == "day" and row.when:
            placer.enter_day(row)
        elif row.kind == "entry":
            placed.append((row, placer.entry(row)))
    return placed


class _Placer:
    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._after: datetime | None = None
        self._day: date | None = None
        self._base: date | None = None
        self._minutes = False
        self._known_span = False
        self._dated_alone = False
        self._last_day: date | None = None
        self._unsaid = ""

    def read_spans(self, whens: Sequence[When]) -> None:
        """Decides whether `T+1:30` counts hours or minutes, by the window where one is stated."""
        start, end = self._calendar.start, self._calendar.end
        pairs = [_span_of(when.since) for when in whens]
        if start is None or not pairs:
            return
        ambiguous = [pair for pair in pairs if pair[1] is not None]
        self._known_span = True
        if ambiguous and end is not None:
            longest = max(pair[0] for pair in ambiguous if pair[0] is not None)
            self._minutes = longest > 1.5 * (end - start)

    def enter_day(self, row: Row) -> None:
        """Takes the day of a heading for the rows below it."""
        when = row.when
        if when is None or when.day is None:
            return
        try:
            self._day = self._date(when.day, row.line)
        except (TimeError, ValueError, OverflowError):
            self._day = None
        self._after = None
        # No moment of an undated document says the day: its first entry keeps the words.
        is_unsaid = self._calendar.undated and not when.day.count
        self._unsaid = when.day_words if is_unsaid else ""

    def entry(self, row: Row) -> Placed:
        """The moments of one entry."""
        words, self._unsaid = self._unsaid, ""
        placed = self._entry(row)
        if not words:
            return placed
        return replace(placed, extra=" ".join(filter(None, (words, placed.extra))))

    def _entry(self, row: Row) -> Placed:
        when = row.when
        if when is None:
            return Placed(None, None, False, "")
        if when.since:
            return self._since(when, row.line)
        if when.clock is None:
            words = when.day_words if when.day or when.unread else ""
            return Placed(None, None, False, words)
        try:
            placed = self._clock(when, row.line)
            return _bare(placed) if self._calendar.has_bare_times and not when.zone else placed
        except (TimeError, ValueError, OverflowError) as error:
            what = error.what if isinstance(error, TimeError) else "the time is beyond the calendar"
            self._calendar.report.add(row.line + 1, f"{what}; the entry has no time")
            return Placed(None, None, False, _words(when))

    def _since(self, when: When, line: int) -> Placed:
        start = self._calendar.start
        first, second = _span_of(when.since)
        delta = second if self._minutes and second is not None else first
        if start is None or delta is None or not self._known_span:
            return Placed(None, None, when.about, when.since)
        at = start + delta
        unit = "minutes" if self._minutes else "hours"
        self._calendar.report.add(
            line + 1,
            f"{when.since} was counted from the stated start, in {unit}"
            if second is not None
            else f"{when.since} was counted from the stated start",
        )
        self._after = at
        return Placed(at, None, when.about, when.since)

    def _clock(self, when: When, line: int) -> Placed:
        calendar = self._calendar
        zone, extra = self._zone(when, line)
        start, stop = when.clock, when.until
        assert start is not None
        begin, finish = range_times(start, stop) if stop else (start.since_midnight(), None)
        unread = self._unread(when, begin, zone)
        if when.unread.isalpha() and (odd := zone_named(when.unread).problem):
            calendar.report.add(line + 1, odd, "timezone")
        if when.problem and when.unread:
            calendar.report.add(line + 1, f"{when.problem}; only the clock time was taken")
        day, kept = self._own_day(when, line)
        at = self._at(begin, day, zone, line)
        if when.day is None or when.day.step is None:
            self._last_day = at.date()
        until = None
        if finish is not None:
            own = self._date(when.until_day, line) if when.until_day else None
            until = self._until(at, finish, zone, own)
        self._after = at
        extra = " ".join(part for part in (kept, extra, unread) if part)
        return Placed(at, until, when.about, extra)

    def _at(self, clock: timedelta, day: date | None, zone: str, line: int) -> datetime:
        calendar = self._calendar
        own = calendar.zone
        if day is not None:
            wall = datetime.combine(day, time()) + clock
            return in_zone(settle(wall, zone, self._after)[0], own)
        if calendar.in_order and self._after is not None:
            last = in_zone(self._after, own) if self._after.tzinfo else self._after
            same = in_zone(
                settle(datetime.combine(last.date(), time()) + clock, zone, last)[0], own
            )
            if same >= last:
                return same
        frame = Frame(NOW, zone=own, after=self._after, day=calendar.day, undated=calendar.undated)
        at, note = place(clock, None, zone, frame)
        if "next day" in note or "the day before" in note:
            calendar.report.add(line + 1, f"taken as {note}, because of the time before it")
        return at

    def _until(self, at: datetime, clock: timedelta, zone: str, day: date | None) -> datetime:
        own = self._calendar.zone
        first = day or (in_zone(at, zone) if at.tzinfo else at).date()
        until = in_zone(settle(datetime.combine(first, time()) + clock, zone, at)[0], own)
        if until < at and day is None:
            later = datetime.combine(first, time()) + clock + timedelta(days=1)
            until = in_zone(settle(later, zone, at)[0], own)
        return until

    def _zone(self, when: When, line: int) -> tuple[str, str]:
        """The zone to read a clock time in, and the words of one that cannot be used."""
        own = self._calendar.zone
        if not when.zone:
            return own, ""
        try:
            zone_of(when.zone) if own_offset(own, when.zone) is None else None
        except TimeError as error:
            self._calendar.report.add(line + 1, error.what)
            return own, when.zone
        if not own:
            return "", when.zone
        return (
            own_offset(own, when.zone) or when.zone
        ) if not self._calendar.undated else self._season(when), ""

    def _season(self, when: When) -> str:
        own = self._calendar.zone
        return own if own_offset(own, when.zone) else when.zone

    def _unread(self, when: When, begin: timedelta, zone: str) -> str:
        """The words of the written time that say more than the moment does."""
        if not when.unread or not zone:
            return when.unread
        other = re.fullmatch(
            r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})\s*(?P<zone>\S+)", when.unread
        )
        if other is None:
            return when.unread
        try:
            noon = datetime(2024, 1, 1) + begin
            first = settle(noon, when.zone or zone, None)[0]
            second = settle(
                datetime(2024, 1, 1, int(other["hour"]), int(other["minute"])), other["zone"], None
            )[0]
        except (TimeError, ValueError):
            return when.unread
        same = (first - second) % timedelta(days=1) == timedelta()
        return "" if same else when.unread

    def _own_day(self, when: When, line: int) -> tuple[date | None, str]:
        """The day of an entry where it is known, and the words of one that is not."""
        if when.day is None and self._dated_alone and self._calendar.usual:
            self._dated_alone = False
            return self._calendar.usual, ""
        if when.day is None:
            day, self._day = self._day, None
            if day is not None and self._after is None:
                return day, ""
            return None, ""
        day = self._date(when.day, line)
        self._day = None
        self._dated_alone = True
        unsaid = self._calendar.undated and not when.day.count
        # The words of a day that is only counted from another are those of no moment.
        kept = when.day_words if unsaid or when.day.step is not None else ""
        return day, kept

    def _date(self, day: WrittenDay, line: int) -> date | None:
        """The date of a written day; without a date of the incident counted from 2000-01-01."""
        calendar = self._calendar
        if day.count:
            return (calendar.day or UNDATED) + timedelta(days=day.count - 1)
        if day.month:
            if calendar.day is not None:
                near = self._after.date() if self._after else calendar.day
                return day.near(near)
            written = day.near(self._base or date(2024, 6, 30))
            if self._base is None:
                self._base = written
            calendar.report.add(
                line + 1, "the year is not stated, so the document is undated", "date"
            )
            return UNDATED + max(written - self._base, timedelta())
        if day.step is not None and self._last_day is not None:
            return self._last_day + timedelta(days=day.step)
        if day.weekday is not None:
            before = self._after.date() if self._after else calendar.day
            if before is None or calendar.day is None:
                return None
            return before + timedelta(days=(day.weekday - before.weekday()) % 7)
        return None


def _bare(placed: Placed) -> Placed:
    """The same clock times without a zone."""
    at, until = (each and each.replace(tzinfo=None) for each in (placed.at, placed.until))
    return Placed(at, until, placed.about, placed.extra)


def _words(when: When) -> str:
    clock = ""
    if when.clock is not None:
        clock = f"{datetime.min + when.clock.since_midnight():%H:%M}"
    return " ".join(part for part in (when.day_words, clock, when.zone, when.unread) if part)


def _span_of(since: str) -> tuple[timedelta | None, timedelta | None]:
    """The time after T0 that `T+1:30` means: as hours and minutes, and as minutes and seconds."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", since)]
    units = re.findall(r"[0-9]+\s?(h|m|s)", since, re.IGNORECASE)
    sign = -1 if re.search(r"[-−]", since) else 1
    if units:
        names = {"h": "hours", "m": "minutes", "s": "seconds"}
        pairs = zip(numbers, units, strict=False)
        total = sum(
            (timedelta(**{names[unit.lower()]: count}) for count, unit in pairs), timedelta()
        )
        return sign * total, None
    match numbers:
        case [hours, minutes, seconds]:
            return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds), None
        case [first, second]:
            in_hours = timedelta(hours=first, minutes=second)
            return sign * in_hours, sign * timedelta(minutes=first, seconds=second)
        case [minutes]:
            return sign * timedelta(minutes=minutes), None
    return timedelta(), None
