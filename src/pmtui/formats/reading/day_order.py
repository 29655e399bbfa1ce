"""Days in figures of which either number may be the month: 9/11/18, 03/04 10:00.

What the document says elsewhere decides; where nothing does, such a day is not read.
"""

import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from datetime import date
from typing import Literal

from pmtui.core.clock.dates import WrittenDay, day_text, days_in, scan_day
from pmtui.errors import TimeError

Order = Literal["", "day", "month"]

DAY_ORDER: ContextVar[Order] = ContextVar("DAY_ORDER", default="")
"""What comes first in the days of the document that is being read, "" where nothing tells."""

_FIGURES = re.compile(
    r"(?P<first>[0-9](?<![\w/.:-].)[0-9]?)(?P<mark>[-/.])(?P<second>[0-9]{1,2})"
    r"(?:(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})(?![\w/-]|[.:][0-9])|(?<=/[0-9])(?=\s[0-9]{1,2}:[0-9]{2})"
    r"|(?<=/[0-9]{2})(?=\s[0-9]{1,2}:[0-9]{2}))"
)
"""What stands before the first digit is looked at after it: a search leaps from digit to digit."""

_WHOLE_DATE = re.compile(
    r"(?<![\w/-])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)?\s(?=[A-Z])|(?=[A-Z][a-z]{2}))"
)
_MONTH_FIRST_ZONES = re.compile(
    r"\b(?:[PECM][SD]T|[PE]T)\b|\b(?:Eastern|Pacific|Mountain) (?:\w+ )?[Tt]ime\b"
)
_DAY_FIRST_ZONES = re.compile(
    r"\b(?:CES?T|BST|WES?T|EES?T|WAT|EAT|CAT|SAST|AES?T|NZ[SD]T|BRT|ART)\b"
)
_ENGLISH = re.compile(r"\b(?:the|and|was|were|of|to)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:de|la|el|los|que|para|por|com|não|uma|foi|les?|des|une|pour|der|die|und|das|wurde|nicht)\b",
    re.IGNORECASE,
)
_DASHES = "–—−‑"
_DASHED = re.compile(
    rf"(?<![\w–—])([0-9]{{1,4}})[{_DASHES}]([0-9]{{1,2}})[{_DASHES}]([0-9]{{2,4}})(?![\w–—])"
)
"""A date in figures with dashes that an editor made of its hyphens."""

_MONTHS = 12
_ORDERS: tuple[Order, Order] = ("day", "month")
_FAR = 28
"""The days from one date to another that only the wrong order puts between the two of an outage."""

_NEAR = 14
"""The days within which another date of the document shows what is meant."""


def figured_day(text: str, at: int) -> WrittenDay | None:
    """The day in figures at `at` whose order its numbers or the document tell."""
    found = _FIGURES.match(text, at)
    if found is None or (found["mark"] == "." and not found["year"]):
        return None
    first, second = int(found["first"]), int(found["second"])
    order = _own_order(first, second) or DAY_ORDER.get()
    if not order:
        return None
    month, day = (second, first) if order == "day" else (first, second)
    year = int(found["year"]) if found["year"] else None
    year = year + 2000 if year and year < 100 else year
    if not (1 <= month <= _MONTHS and 1 <= day <= days_in(month, year)):
        return None
    return WrittenDay(found.end(), year, month, day)


def with_hyphens(text: str) -> str:
    """`text` with the hyphens of its dates in figures that an editor made dashes of."""
    return _DASHED.sub(r"\1-\2-\3", text) if any(map(text.__contains__, _DASHES)) else text


def with_iso_days(text: str) -> str:
    """`text` with its days in figures as in ISO 8601, at the same positions, where one can tell."""
    return _FIGURES.sub(_in_iso, text)


def _in_iso(found: re.Match[str]) -> str:
    day = figured_day(found.string, found.start())
    if day is None or len(found["year"] or "") != _YEAR_DIGITS:
        return found.group()
    first, second = found["first"], found["second"]
    month, number = (first, second) if day.month == int(first) else (second, first)
    return f"{found['year']}-{month}-{number}"


_YEAR_DIGITS = 4


def order_of(lines: Sequence[str]) -> tuple[Order, str, int]:
    """What comes first in the days in figures, a remark on the first such day, and its line.

    All are empty where no day in figures leaves it open.
    """
    lines = [with_hyphens(line) for line in lines]
    written = [(found, at) for at, line in enumerate(lines) for found in _FIGURES.finditer(line)]
    days = [(int(found["first"]), int(found["second"])) for found, _ in written]
    doubtful = [
        (found, at)
        for (found, at), (first, second) in zip(written, days, strict=True)
        if found["mark"] != "." and first != second and max(first, second) <= _MONTHS
    ]
    if not doubtful:
        return "", "", 0
    order, why = _evidence(lines, days, [found for found, _ in doubtful])
    found, at = doubtful[0]
    if not order:
        return "", f"{found.group()} may be two days, and nothing tells which; it was not read", at
    said = "day before month" if order == "day" else "month before day"
    return order, f"{found.group()} was read with the {said}, as {why} tells", at


def _evidence(
    lines: Sequence[str], days: Sequence[tuple[int, int]], doubtful: Sequence[re.Match[str]]
) -> tuple[Order, str]:
    own = {_own_order(first, second) for first, second in days} - {""}
    if len(own) == 1:
        return own.pop(), "another day in figures"
    known = list(_whole_dates(lines))
    near: set[Order] = {
        order for found in doubtful for order in _ORDERS if _is_near(found, order, known)
    }
    if len(near) == 1:
        return near.pop(), f"{day_text(known[0])}"
    apart = {order: _days_apart(lines, order) for order in _ORDERS}
    close = [order for order in _ORDERS if apart[order] <= _NEAR]
    if len(close) == 1 and max(apart.values()) > _FAR:
        return close[0], "the day beside it"
    text = "\n".join(lines)
    if len(_OTHER.findall(text)) > 2 * len(_ENGLISH.findall(text)):
        return "day", "the language"
    american, others = _MONTH_FIRST_ZONES.search(text), _DAY_FIRST_ZONES.search(text)
    if american and not others:
        return "month", american.group()
    if others and not american:
        return "day", others.group()
    return "", ""


def _days_apart(lines: Sequence[str], order: Order) -> int:
    """How many days the first and the last day in figures are apart if read in that order."""
    figures = (found for line in lines for found in _FIGURES.finditer(line) if found["year"])
    days = [day for found in figures if (day := _read(found, order, 0))]
    return (max(days) - min(days)).days if len(set(days)) > 1 else 0


def _read(found: re.Match[str], order: Order, year: int) -> date | None:
    """The date of figures in that order, in `year` where they name none; None if it is none."""
    first, second = int(found["first"]), int(found["second"])
    month, day = (second, first) if order == "day" else (first, second)
    year = int(found["year"] or year)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _own_order(first: int, second: int) -> Order:
    """The order that the numbers themselves allow, "" where both do."""
    if first > _MONTHS >= second:
        return "day"
    return "month" if second > _MONTHS >= first else ""


def _is_near(found: re.Match[str], order: Order, known: Sequence[date]) -> bool:
    return any(
        abs((meant - other).days) <= _NEAR
        for other in known
        if (meant := _read(found, order, other.year))
    )


def _whole_dates(lines: Sequence[str]) -> Iterator[date]:
    for line in lines:
        for begin in _WHOLE_DATE.finditer(line[:2000]):
            try:
                day = scan_day(line, begin.start())
                if day and day.year and day.month:
                    yield date(day.year, day.month, day.day)
            except (TimeError, ValueError):
                continue
