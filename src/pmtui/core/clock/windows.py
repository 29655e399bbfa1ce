"""What a writer states about the whole incident: from when to when, in which zone, how long."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from pmtui.core.clock.dates import MONTHS, WrittenDay, past_late_year, scan_day
from pmtui.core.clock.forms import (
    WrittenClock,
    fold,
    range_times,
    scan_bare_hour,
    scan_clock,
    scan_zone,
)
from pmtui.core.clock.frame import Frame, place, settle
from pmtui.core.clock.lengths import read_duration
from pmtui.core.clock.zones import canonical_zone, in_zone
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.errors import TimeError


@dataclass(frozen=True, slots=True)
class Window:
    """What a sentence states; None and "" for what it does not.

    `zone` is canonical, `duration` the one that is written, never the difference of the times;
    `note` says what was found and could not be used.
    """

    started: datetime | None = None
    resolved: datetime | None = None
    zone: str = ""
    day: date | None = None
    duration: timedelta | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Clock:
    start: int
    end: int
    written: WrittenClock
    zone: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    written: WrittenDay


_WORD_START = pattern(r"(?<![\w.:/-])(?=\w)|(?<=[0-9][-–—])(?=[0-9])")
_FIGURES = pattern(
    r"(?:[0-9]{4}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2}"
    r"|[0-9]{1,2}(?P<sign>[-/.])[0-9]{1,2}(?P=sign)[0-9]{4})(?![0-9])"
)
"""A day in figures, also one that is none or may be two; no part of it is a clock time."""

_SPAN_LIKE = pattern(r"[0-9]{1,2}h(?![0-9])", re.IGNORECASE)
_BEFORE_NUMBER = pattern(r"\b(?:from|between|to|until|at|since)\s+\Z|[0-9]\s?[-–—]\s?\Z", re.I)
_NUMBER_RANGE = pattern(r"\s?[-–—]\s?[0-9]{4}(?![0-9])")
_MONTH_AND_YEAR = pattern(rf"\b(?:{'|'.join(MONTHS)})\b,?\s+[0-9]{{4}}", re.IGNORECASE)
_RANGE = pattern(
    r"[\s,.()]*(?:-|–|—|→|\bto\b|\buntil\b|\btill\b|(?P<both>\band\b))(?:[\s,.()]|\bon\b|\bat\b)*",
    re.IGNORECASE,
)
_BETWEEN = pattern(r"\bbetween\b", re.IGNORECASE)
_START = pattern(
    r"\b(?:start(?!\w*\s+to\b)\w*|began(?!\s+to\b)|begin\w*|since|from|detected"
    r"|stopped\s+\w+ing\b)\W[^.;]{0,40}$",
    re.I,
)
_END = pattern(
    r"\b(?:end\w*|until|till|resolved|restored|recovered|fixed"
    r"|(?:is|was|all|been)\s+over|finished|stopped(?!\s+\w+ing\b)"
    r"|again\s+(?:from|since|as\s+of|at|by))\W[^.;]{0,40}$",
    re.IGNORECASE,
)

_SINCE = pattern(r"\bsince\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
"""What stands right before a beginning, whatever it says before: "stopped working since 05:00"."""


def read_window(text: str, frame: Frame) -> Window:
    """The window that a sentence states; what it does not say or says unclearly is left out."""
    plain = fold(text)
    clocks, days, unclear = _search(plain)
    notes = unclear + [clock.problem for clock in clocks if clock.problem]
    start, end = _ends(_without_days(plain, days), clocks)
    days = _with_years(days)
    day = _date(days[0].written, frame) if days else None
    name = next((clock.zone for clock in (start, end) if clock and clock.zone), "")
    window = Window(day=day, duration=read_duration(plain))
    try:
        zone = canonical_zone(name, day or frame.day) if name else ""
        window = replace(window, zone=zone)
        if day or frame.day or frame.undated or not unclear:
            window = _placed(window, start, end, days, frame)
    except TimeError as error:
        notes.append(error.what)
    return replace(window, note="; ".join(dict.fromkeys(notes)))


def _search(text: str) -> tuple[list[_Clock], list[_Day], list[str]]:
    """The clock times and the days in `text`, in order, and what looks like one but is none."""
    clocks: list[_Clock] = []
    days: list[_Day] = []
    unclear: list[str] = []
    end = 0
    for word in _WORD_START.finditer(text):
        at, signed = word.start(), False
        if at < end:
            continue
        try:
            if (day := scan_day(text, at)) and day.month:
                days.append(_Day(at, day))
                end = day.end
                signed = text[end : end + 1] in ("T", "t")
                at = end + 1 if signed else len(text)
            if clock := _scan_clock(text, at):
                clocks.append(_with_zone(text, at, clock, signed, days[-1:]))
                end = clocks[-1].end
        except TimeError as error:
            unclear.append(error.what)
            if figures := _FIGURES.match(text, at):
                end = figures.end()
    return clocks, days, unclear


def _scan_clock(text: str, at: int) -> WrittenClock | None:
    if _SPAN_LIKE.match(text, at):
        return None
    expected = bool(_BEFORE_NUMBER.search(text, 0, at))
    clock = scan_clock(text, at, dated=expected) or scan_bare_hour(text, at)
    if clock is None or clock.bare or not text[at : clock.end].isdigit():
        return clock
    return clock if expected or _NUMBER_RANGE.match(text, clock.end) else None


def _with_zone(text: str, at: int, clock: WrittenClock, signed: bool, days: list[_Day]) -> _Clock:
    """The clock time at `at` with its zone; the year of the last of `days` may stand behind it."""
    day = days[-1].written if days else None
    past = past_late_year(text, clock.end, day)
    try:
        zone, end = scan_zone(text, past, signed=signed)
    except TimeError as error:
        return _Clock(at, past, clock, "", error.what)
    return _Clock(at, past_late_year(text, end, day), clock, zone)


def _without_days(text: str, days: list[_Day]) -> str:
    for day in days:
        end = day.written.end + (text[day.written.end : day.written.end + 1] in ("T", "t"))
        text = f"{text[: day.start]}{' ' * (end - day.start)}{text[end:]}"
    return _MONTH_AND_YEAR.sub(lambda found: " " * len(found.group()), text)


def _ends(text: str, clocks: list[_Clock]) -> tuple[_Clock | None, _Clock | None]:
    """The clock times of the beginning and the end: a written range, else by the words before."""
    for first, second in pairwise(clocks):
        joint = _RANGE.fullmatch(text, first.end, second.start)
        complete = not second.written.bare and (second.written.meridiem or not first.written.bare)
        if joint and complete and (not joint["both"] or _BETWEEN.search(text[: first.start])):
            return first, second
    clocks = [clock for clock in clocks if not clock.written.bare]
    since = [0, *(clock.end for clock in clocks)]
    before = [text[at : clock.start] for at, clock in zip(since, clocks, strict=False)]
    ends = [
        clock
        for clock, words in zip(clocks, before, strict=True)
        if _END.search(words) and not _SINCE.search(words)
    ]
    starts = [clock for clock, words in zip(clocks, before, strict=True) if _START.search(words)]
    # A clock time that nothing calls the beginning is none where the end was told before it.
    past = ends[0].start if ends else len(text)
    starts += [clock for clock in clocks if clock not in ends and clock.start < past]
    return next((c for c in starts if c not in ends[:1]), None), next(iter(ends), None)


def _placed(
    window: Window, start: _Clock | None, end: _Clock | None, days: list[_Day], frame: Frame
) -> Window:
    first, last = _times_of_day(start, end)
    day = window.day or (None if frame.undated else frame.day)
    if start:
        started = _moment(first, day, start, window, frame)
        day = (started if day is None else datetime.combine(day, time())).date()
        window = replace(window, started=started)
    if end is None:
        return window
    later = [found for found in days if start and start.end <= found.start < end.start]
    if later and days[0] in later:
        # "10:00, 3 May - 11:00, 4 May": each day stands behind its time.
        later = [found for found in days if found.start >= end.end and found is not days[0]]
    own = _date(later[0].written, frame) if later else None
    resolved = _moment(last, own or day, end, window, frame)
    if own is None and window.started and resolved < window.started:
        resolved = _moment(last + timedelta(days=1), day, end, window, frame)
    if window.started and resolved < window.started:
        raise TimeError("the end that is stated lies before the start")
    return replace(window, resolved=resolved)


def _moment(
    clock: timedelta, day: date | None, written: _Clock, window: Window, frame: Frame
) -> datetime:
    own = window.zone or frame.zone
    zone = written.zone if written.zone and window.zone else own
    if day is None:
        return place(clock, None, zone, replace(frame, zone=own))[0]
    return in_zone(settle(datetime.combine(day, time()) + clock, zone, window.started)[0], own)


def _with_years(days: list[_Day]) -> list[_Day]:
    """`days` with the year that only the last names for the first: "19 May to 21 May 2024"."""
    year = next((day.written.year for day in days if day.written.year), None)
    return [
        replace(day, written=replace(day.written, year=day.written.year or year))
        if day.written.month
        else day
        for day in days
    ]


def _times_of_day(start: _Clock | None, end: _Clock | None) -> tuple[timedelta, timedelta]:
    nothing = timedelta()
    if start and end:
        return range_times(start.written, end.written)
    return (
        start.written.since_midnight() if start else nothing,
        end.written.since_midnight() if end else nothing,
    )


def _date(day: WrittenDay, frame: Frame) -> date:
    return day.near(frame.day) if frame.day else day.until(frame.now.date())
