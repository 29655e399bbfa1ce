"""Reading and writing times as people type them: understood, or refused with the reason."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pmtui.core.clock.dates import WrittenDay, day_text, scan_day
from pmtui.core.clock.forms import (
    EDGE,
    WrittenClock,
    fold,
    range_times,
    scan_bare_hour,
    scan_clock,
    scan_span,
    scan_zone,
)
from pmtui.core.clock.frame import Frame, Reading, on_the_calendar, place, read_now, settle
from pmtui.core.clock.zones import in_zone, own_offset, zone_label
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.core.vocabulary import UNDATED
from pmtui.errors import TimeError

__all__ = [
    "Frame",
    "Reading",
    "clock",
    "day_label",
    "elapsed",
    "read_time",
    "split_time",
    "write_time",
]

_LEAD = pattern(
    r"\s*(?P<about>~|(?:c\.|ca\b\.?|circa\b|approx\b\.?|approximately\b|around\b|about\b)(?=\s))?"
    r"\s*(?:at\s+)?(?P<open>[\[(])?\s*",
    re.IGNORECASE,
)
_CLOSE = pattern(r"\s*[\])]")
_NOW = pattern(r"now\b(?=\s*(?:$|[:|–—])|\s+-\s)", re.IGNORECASE)
_SIGNED = pattern(r"[+-](?=[0-9])")
_AGO = pattern(r"\s+ago\b", re.IGNORECASE)
_EPOCH = pattern(r"@([0-9]{13}|[0-9]{10})(?:\.([0-9]{1,6}))?(?![0-9])")
_DAY_TO_CLOCK = pattern(r"T(?=[0-9])|,?\s+(?:at\s+|-\s+)?|,", re.IGNORECASE)
_CLOCK_TO_DAY = pattern(r"\s*,?\s*(?:on\s+)?", re.IGNORECASE)
_RANGE = pattern(r"\s*[-–—]\s*|\s+(?:to|until|till)\s+", re.IGNORECASE)
_CLOCK_NEAR = pattern(r"[0-9]:[0-9]{2}|[0-9]\s?[ap]\.?m\b|[0-9]h", re.IGNORECASE)
_AFTER_TIME = pattern(
    r"\s*[|–—]\s*|\s*:(?=\s|$)\s*|:(?=\S)|\s+-(?=\s|$)\s*|-(?=[^\s0-9]|\s|$)\s*"
    r"|[,;.](?=\s|$)\s*|\s*"
)
_FULL_DATE = pattern(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?![\w.])")
_MODAL = pattern(r"may\b|[0-9]+ may\b")
_DAY_ENDS = pattern(r"(?=$|[\s,;:|])")
_LONGEST_NIGHT = timedelta(hours=16)
"""A range that would run longer over midnight has its two times in the wrong order."""
_EXAMPLES = "write 14:05, 2:05 PM, -5m or 2024-05-22 14:05"


@dataclass(frozen=True, slots=True)
class _Moment:
    day: WrittenDay | None
    clock: WrittenClock
    zone: str
    end: int
    day_last: bool = False


def read_time(text: str, frame: Frame) -> Reading:
    """The time that the whole of `text` names; nothing and `now` are the current minute.

    Raises:
        TimeError: It is not a time, is ambiguous, or does not exist.
    """
    plain = fold(text).strip()
    if not plain:
        return read_now(frame)
    found = _scan(plain, frame, whole=True)
    if found is None:
        raise _refusal(plain)
    reading, end = found
    if rest := plain[end:].strip(" ."):
        raise TimeError(f"“{_short(rest)}” is no part of a time", remedy=_EXAMPLES)
    return reading


def split_time(text: str, frame: Frame) -> tuple[Reading | None, str]:
    """The time that `text` begins with and the rest; (None, text) where it begins with plain text.

    Raises:
        TimeError: It begins with a time that is impossible or ambiguous, or with a day alone.
    """
    plain = fold(text)
    found = _scan(plain, frame)
    if found is None:
        _refuse_lone_day(plain)
        return None, text
    reading, end = found
    mark = _AFTER_TIME.match(plain, end)
    return reading, text[mark.end() if mark else end :]


def estimated(told: str, about: bool) -> str:
    """`told` as it is, or with the sign of an estimate: `~14:05`."""
    return f"~{told}" if about else told


def write_time(
    at: datetime, until: datetime | None = None, about: bool = False, *, frame: Frame
) -> str:
    """The shortest form that `read_time` reads back to the same instant in the same frame."""
    text = ""
    for start in _forms(at, frame):
        for end in _endings(until, frame):
            text = estimated(f"{start}{end}", about)
            if _reads_as(text, at, until, frame):
                return text
    return text


def clock(at: datetime | None, zone: str = "") -> str:
    """The clock time in `zone`: "14:05", with seconds where they are not 0; "" for None."""
    if at is None:
        return ""
    local = in_zone(at, zone)
    seconds = f":{local.second:02}" if local.second else ""
    return f"{local.hour:02}:{local.minute:02}{seconds}"


def day_label(at: datetime, zone: str = "") -> str:
    """The day in `zone` as "Wed 22 May 2024", in English whatever the locale."""
    return day_text(in_zone(at, zone).date())


def elapsed(delta: timedelta) -> str:
    """A span as "30s", "45m", "2h 05m" or "1d 3h 05m"; seconds only below a minute."""
    seconds = int(abs(delta).total_seconds())
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    sign = "-" if delta < timedelta() and seconds else ""
    if days:
        rest = f" {hours % 24}h" if hours % 24 or minutes % 60 else ""
        return f"{sign}{days}d{rest}" + (f" {minutes % 60:02}m" if minutes % 60 else "")
    if hours:
        return f"{sign}{hours}h {minutes % 60:02}m"
    return f"{sign}{seconds}s" if 0 < seconds < 60 else f"{sign}{minutes}m"


def _scan(text: str, frame: Frame, *, whole: bool = False) -> tuple[Reading, int] | None:
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    found = (
        _scan_now(text, at, frame)
        or _scan_relative(text, at, frame)
        or _scan_epoch(text, at, frame)
        or _scan_clocks(text, at, frame, whole)
    )
    if found is None or lead is None:
        return None
    reading, end = found
    if lead["open"]:
        close = _CLOSE.match(text, end)
        if close is None:
            return None
        end = close.end()
    return replace(reading, about=bool(lead["about"])), end


def _scan_now(text: str, at: int, frame: Frame) -> tuple[Reading, int] | None:
    found = _NOW.match(text, at)
    return (read_now(frame), found.end()) if found else None


def _scan_relative(text: str, at: int, frame: Frame) -> tuple[Reading, int] | None:
    sign = _SIGNED.match(text, at)
    span = scan_span(text, sign.end() if sign else at)
    if span is None:
        return None
    delta, end, seconds = span
    if sign is None:
        ago = _AGO.match(text, end)
        return (read_now(frame, delta, seconds=seconds), ago.end()) if ago else None
    if not EDGE.match(text, end):
        return None
    if sign.group() == "-":
        return read_now(frame, delta, seconds=seconds), end
    if frame.after is None:
        raise TimeError(
            f"{text[at:end]} counts from the entry before, and there is none with a time",
            remedy="write the clock time",
        )
    try:
        return Reading(in_zone(frame.after + delta, frame.zone)), end
    except OverflowError:
        raise TimeError(f"{text[at:end]} is too far", remedy="write the date and time") from None


def _scan_epoch(text: str, at: int, frame: Frame) -> tuple[Reading, int] | None:
    found = _EPOCH.match(text, at)
    if found is None or not EDGE.match(text, found.end()):
        return None
    if frame.undated:
        raise TimeError("this incident has no date", remedy="set its date first")
    number = int(found[1])
    seconds, thousandths = divmod(number, 1000) if len(found[1]) == 13 else (number, 0)
    fraction = int((found[2] or "").ljust(6, "0")) + thousandths * 1000
    instant = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=fraction)
    return Reading(in_zone(instant, frame.zone)), found.end()


def _scan_clocks(text: str, at: int, frame: Frame, whole: bool) -> tuple[Reading, int] | None:
    first = _scan_moment(text, at, frame, whole)
    if first is None:
        return None
    second = _scan_range_end(text, at, first, frame, whole)
    if first.clock.bare and not (second and second.clock.meridiem):
        return None
    return _resolve(first, second, frame), second.end if second else first.end


def _scan_moment(text: str, at: int, frame: Frame, whole: bool) -> _Moment | None:
    day = None
    start, signed = at, False
    if whole or _CLOCK_NEAR.search(text[at : at + 40]) or frame.undated:
        day = scan_day(text, at)
    if day and (frame.undated or not day.count):
        joint = _DAY_TO_CLOCK.match(text, day.end)
        if joint is None:
            return None
        start, signed = joint.end(), joint.group() in ("T", "t")
    found = scan_clock(text, start, dated=day is not None) or scan_bare_hour(text, start)
    if found is None:
        return None
    # "2024-05-22 14:05:30-05:00" is an offset: a range has seconds at both ends or at none.
    signed = signed or (day is not None and found.has_seconds)
    zone, end = scan_zone(text, found.end, frame.zone, whole=whole, signed=signed)
    if day is None and whole:
        joint = _CLOCK_TO_DAY.match(text, end)
        day = scan_day(text, joint.end()) if joint else None
        return _Moment(day, found, zone, day.end if day else end, day_last=day is not None)
    return _Moment(day, found, zone, end)


def _scan_range_end(
    text: str, at: int, first: _Moment, frame: Frame, whole: bool
) -> _Moment | None:
    joint = _RANGE.match(text, first.end)
    if joint is None:
        return None
    second = _scan_moment(text, joint.end(), frame, whole)
    if second is None or second.clock.bare or not EDGE.match(text, second.end):
        return None
    bare_number = text[joint.end() : second.clock.end].isdigit()
    return None if bare_number and ":" in text[at : first.clock.end] else second


def _resolve(first: _Moment, second: _Moment | None, frame: Frame) -> Reading:
    zone = _zone(first.zone or (second.zone if second else ""), frame)
    if second is None:
        at, note = place(first.clock.since_midnight(), first.day, zone, frame)
        return Reading(at, note=note)
    start, stop = range_times(first.clock, second.clock)
    if second.day_last and not first.day:
        first, second = replace(first, day=second.day), replace(second, day=None)
    at, note = place(start, first.day, zone, frame)
    return _until(at, note, stop, second, _zone(second.zone or first.zone, frame), frame)


@on_the_calendar()
def _until(
    at: datetime, note: str, stop: timedelta, second: _Moment, zone: str, frame: Frame
) -> Reading:
    then = replace(frame, after=at)
    if second.day:
        until, _ = place(stop, second.day, zone, then)
        if until < at:
            raise TimeError(
                "the range ends before it starts", remedy="write the earlier time first"
            )
        return Reading(at, until, note=note)
    wall = datetime.combine(in_zone(at, zone).date(), datetime.min.time()) + stop
    until = in_zone(settle(wall, zone, at)[0], frame.zone)
    if until < at:
        until = in_zone(settle(wall + timedelta(days=1), zone, at)[0], frame.zone)
        if until - at > _LONGEST_NIGHT:
            raise TimeError(
                "the range ends before it starts",
                remedy="write the earlier time first, or the day of the end",
            )
        note = ", ".join(part for part in (note, "ends the next day") if part)
    return Reading(at, until, note=note)


def _zone(written: str, frame: Frame) -> str:
    if written and (own := own_offset(frame.zone, written)):
        # Without a date nobody knows the season: the clock time is what was meant.
        return frame.zone if frame.undated else own
    return written or frame.zone


def _forms(at: datetime, frame: Frame) -> Iterator[str]:
    local = in_zone(at, frame.zone)
    time_text = clock(local)
    if local.microsecond:
        time_text = f"{local:%H:%M:%S.%f}".rstrip("0")
    zones = [""]
    if local.tzinfo:
        label = zone_label(frame.zone, local)
        offset = local.isoformat()[-6:]
        zones += [f" {label}"] * bool(label) + [f" {offset}"]
    day = f"day {(local.date() - UNDATED).days + 1} " if frame.undated else f"{local.date()} "
    for prefix in ("", day):
        for zone in zones:
            yield f"{prefix}{time_text}{zone}"


def _endings(until: datetime | None, frame: Frame) -> Iterator[str]:
    if until is None:
        yield ""
        return
    for form in _forms(until, frame):
        yield f" - {form}" if " " in form else f"-{form}"
        yield f" - {form}"


def _reads_as(text: str, at: datetime, until: datetime | None, frame: Frame) -> bool:
    try:
        reading = read_time(text, frame)
        return reading.at == at and reading.until == until
    except TimeError:
        return False


def _refuse_lone_day(text: str) -> None:
    """Refuses a text that begins with another day than today: it did not happen now.

    A weekday alone may be any word of a sentence, so it is text.
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    try:
        day = scan_day(text, start)
    except TimeError:
        if _FULL_DATE.match(text, start):
            raise
        return
    named = day and (day.month or day.step) and not _MODAL.match(text, start, day.end)
    if day and named and _DAY_ENDS.match(text, day.end):
        raise TimeError(
            f"“{text[start : day.end]}” has no clock time",
            remedy="add one, or \\ in front to keep the words",
        )


def _refusal(text: str) -> TimeError:
    """Why `text` is not a time."""
    if re.fullmatch(r"[+-]?[0-9]{1,3}", text):
        return TimeError(f"{text} has no unit", remedy="write -5m for minutes, 14:05 for a time")
    if re.fullmatch(r"[0-9]{1,2}\.[0-9]{2}", text):
        return TimeError(f"{text} may be a date or a version", remedy="write 14:05 with a colon")
    try:
        day = scan_day(text)
    except TimeError as error:
        return error
    if day and not text[day.end :].strip():
        return TimeError(f"{text} has no clock time", remedy="write it as 2024-05-22 14:05")
    return TimeError(f"“{_short(text)}” is not a time", remedy=_EXAMPLES)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
