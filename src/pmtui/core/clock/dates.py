"""Calendar days as people write them, read without guessing which number is the month."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.errors import TimeError

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBERS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_YEARS = range(1980, 2200)
_LEAP_YEAR = 2000

_MONTH = rf"(?P<month>{'|'.join(f'{m}|{m[:3]}' for m in MONTHS)}|Sept)(?![a-z])\.?"
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"

# Without a year "10/12" is more often a share than a date.
_CLOCK_FOLLOWS = r",?\s+(?:at\s+)?[0-9]{1,2}(?::[0-9]|h|\s?[ap]\.?m)"

_FORMS = tuple(
    pattern(form, re.IGNORECASE)
    for form in (
        r"(?P<year>[0-9]{4})(?P<s>[-/.])(?P<month>[0-9]{1,2})(?P=s)(?P<day>[0-9]{1,2})(?![0-9])",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?=T[0-9])",
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})(?![0-9])",
        rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?=$|{_CLOCK_FOLLOWS})",
        rf"(?P<a>[0-9]{{1,2}})(?P<s>[-/])(?P<b>[0-9]{{1,2}})(?P=s){_YEAR}",
        rf"(?P<a>[0-9]{{1,2}})/(?P<b>[0-9]{{1,2}})(?=$|{_CLOCK_FOLLOWS})",
        rf"{_DAY}(?:\s+of\b)?[\s-]*{_MONTH}(?:,?[\s-]+{_YEAR})?",
        rf"{_MONTH}[\s-]*{_DAY}(?![0-9]|:[0-9]|\s?[ap]\.?m\b)(?:,?[\s-]+{_YEAR})?",
    )
)
_CLOCK = pattern(r"[0-9]{1,2}:[0-9]")
_HALF = r"\s?[ap]\.?m\b\.?"
_WHOLE_CLOCK = rf"[0-9]{{1,2}}(?:(?::[0-9]{{2}}){{1,2}}(?:{_HALF})?|{_HALF})"
_YEAR_BEHIND = (
    r",?\s+(?P<year>(?:19[89]|20[0-9])[0-9])"
    r"(?=\s*(?:$|[,;|)\](–—→]|[:.-](?:\s|$)"
    r"|(?:to|until|till|and|the|our|we|when|while|for|UTC|GMT)\b))"
)
_LATE_YEAR = pattern(
    rf",?\s+(?:at\s+)?{_WHOLE_CLOCK}(?:\s?(?:-|–|to)\s?{_WHOLE_CLOCK})?"
    rf"(?:\s?\(?[A-Z]{{2,5}}(?:[+-][0-9:]{{1,5}})?\)?)?{_YEAR_BEHIND}",
    re.IGNORECASE,
)
"""A clock time between a day and its year, which ends as no count does: "15 Feb at 10:25 2022"."""

_AFTER_CLOCK = pattern(_YEAR_BEHIND)
_MAY_BE_DAY = pattern(
    rf"[0-9]|{'|'.join(name[:3] for name in (*MONTHS, *WEEKDAYS))}|last|day|{'|'.join(_STEPS)}",
    re.IGNORECASE,
)
"""What each day begins like, so that most texts are not held against all forms."""

_LEAD = pattern(rf"(?P<weekday>{_WEEKDAY}),?\s+", re.IGNORECASE)
_RELATIVE = pattern(
    rf"(?P<word>today|yesterday|tomorrow)\b|(?:last\s+)?(?P<weekday>{_WEEKDAY})", re.I
)
_COUNTED = pattern(r"day\s+(?P<count>[1-9][0-9]{0,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written: a date with or without year, a weekday, or a count of days.

    `step` counts days from today; `count` is the N of "day N" in an incident without a date.
    """

    end: int
    year: int | None = None
    month: int = 0
    day: int = 0
    weekday: int | None = None
    step: int | None = None
    count: int = 0

    def near(self, other: date) -> date:
        """The date meant, a missing year being the one that brings it nearest to `other`."""
        return min(self._dates(other), key=lambda found: abs(found - other))

    def until(self, last: date) -> date:
        """The date meant, a missing year being the latest one not after `last` if there is one."""
        found = (found for found in self._dates(last) if found <= last or self.year is not None)
        return max(found, default=self.near(last))

    def since(self, first: date) -> date:
        """The date meant, a missing year being the earliest not before `first` if there is one."""
        found = (found for found in self._dates(first) if found >= first or self.year is not None)
        return min(found, default=self.near(first))

    def _dates(self, around: date) -> Iterator[date]:
        # Eight years each way: a leap day may be that far away.
        years = [self.year] if self.year else range(around.year - 8, around.year + 9)
        for year in years:
            if 1 <= year <= 9999 and self.day <= days_in(self.month, year):
                yield date(year, self.month, self.day)


def scan_day(text: str, start: int = 0) -> WrittenDay | None:
    """The day that `text` names at `start`, or None where there is none.

    Raises:
        TimeError: It looks like a date but is impossible or ambiguous.
    """
    if begins_with_clock(text, start) or not _MAY_BE_DAY.match(text, start):
        return None
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    for form in _FORMS:
        if found := form.match(text, at):
            written = _with_late_year(_dated(found), text)
            if lead:
                _check_weekday(lead["weekday"], written)
            return written
    if found := _RELATIVE.match(text, start):
        if word := found["word"]:
            return WrittenDay(found.end(), step=_STEPS[word.lower()])
        return WrittenDay(found.end(), weekday=weekday_number(found["weekday"]))
    if found := _COUNTED.match(text, start):
        return WrittenDay(found.end(), count=int(found["count"]))
    return None


def past_late_year(text: str, at: int, day: WrittenDay | None) -> int:
    """Where the year of `day` ends that stands at `at`, behind a clock time; `at` if none does."""
    found = _AFTER_CLOCK.match(text, at) if day and day.year else None
    return found.end() if found and day and int(found["year"]) == day.year else at


def begins_with_clock(text: str, start: int = 0) -> bool:
    """Whether what stands at `start` begins as clock times do and no day does: "14:0"."""
    return bool(_CLOCK.match(text, start))


def weekday_number(word: str) -> int:
    """Monday is 0; `word` is an English name of a weekday or its beginning."""
    return _WEEKDAY_NUMBERS[word[:3].lower()]


def day_text(day: date) -> str:
    """The day in words: "Wed 22 May 2024"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def read_due(text: str, today: date) -> date:
    """The day that a due date names: `fri` is the next Friday after today, `12jun` the next one.

    Raises:
        TimeError: It is no day, or could be two.
    """
    text = text.strip()
    lower = text.lower()
    if lower in ("today", "tomorrow"):
        return today + timedelta(days=lower == "tomorrow")
    if found := re.fullmatch(r"\+([0-9]{1,4})([dw])", lower):
        return _later(today, int(found[1]) * {"d": 1, "w": 7}[found[2]])
    if re.fullmatch(_WEEKDAY, text, re.IGNORECASE):
        return _later(today, (weekday_number(text) - today.weekday() - 1) % 7 + 1)
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        return _real_date(*map(int, found.groups()))
    written = scan_day(text)
    if written and written.end == len(text) and written.month:
        return written.since(today)
    raise TimeError(
        f"{text or 'nothing'} is not a day", remedy="write fri, 12jun, +3d or 2024-06-12"
    )


def _dated(found: re.Match[str]) -> WrittenDay:
    parts = found.groupdict()
    if "a" in parts:
        month, day = _day_and_month(found)
    else:
        day = int(parts["day"])
        name = parts["month"]
        month = int(name) if name.isdigit() else _MONTH_NUMBERS[name[:3].lower()]
    end = found.end()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year not in _YEARS:
        if not found.re.pattern.endswith("?"):
            raise TimeError(f"the year {year} is out of range", remedy="write the year as 2024")
        # "22 May 1405" is a day and a clock time.
        year, end = None, len(found.string[: found.start("year")].rstrip(" ,-"))
    _real_date(year, month, day)
    return WrittenDay(end, year, month, day)


def _with_late_year(day: WrittenDay, text: str) -> WrittenDay:
    """`day` with the year that stands behind its clock time, if it names none itself."""
    found = _LATE_YEAR.match(text, day.end) if day.year is None else None
    if found is None:
        return day
    year = int(found["year"])
    _real_date(year, day.month, day.day)
    return replace(day, year=year)


def _day_and_month(found: re.Match[str]) -> tuple[int, int]:
    first, second = int(found["a"]), int(found["b"])
    if first != second and first <= 12 and second <= 12 and first and second:
        raise TimeError(
            f"{found.group()} may be {first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]}",
            remedy=f"write {first} {MONTHS[second - 1][:3]} or {second} {MONTHS[first - 1][:3]}",
        )
    return (second, first) if first > 12 else (first, second)


def _real_date(year: int | None, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise TimeError(f"there is no month {month}", remedy="write a date as 2024-05-22")
    if year == 0 or not 1 <= day <= days_in(month, year):
        name = f"{MONTHS[month - 1]} {year}" if year else MONTHS[month - 1]
        raise TimeError(f"{name} has no day {day}", remedy="write a date as 2024-05-22")
    return date(year or _LEAP_YEAR, month, day)


def _check_weekday(word: str, written: WrittenDay) -> None:
    if written.year is None:
        return
    real = date(written.year, written.month, written.day)
    if real.weekday() != weekday_number(word):
        meant = WEEKDAYS[weekday_number(word)]
        raise TimeError(
            f"{day_text(real)[4:]} is a {WEEKDAYS[real.weekday()]}, not a {meant}",
            remedy="write the date without the weekday",
        )


def _later(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise TimeError(
            f"{days} days from now is out of range", remedy="write +3d or +2w"
        ) from None


def days_in(month: int, year: int | None = None) -> int:
    """The days of a month: those of a leap year where no year is named."""
    # Loading it takes longer than all of this module: it asks for the names of the locale's days.
    from calendar import monthrange

    return monthrange(year or _LEAP_YEAR, month)[1]
