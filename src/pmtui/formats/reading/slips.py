"""Days of entries that can only be slips of the pen: a wrong month or year amid a list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from pmtui.formats.reading.moments import When
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row

_BEFORE_LAST = 3
"""The entries of one day that have to come before a slip at the end of a list."""

_FAR = 2
"""The days that a slip is away at least: the day before or after may be meant."""


def without_slips(rows: Sequence[Row], report: Report) -> list[Row]:
    """The rows, with the day of those around it for an entry that only its day puts out of order.

    Those around it are of one day, and the clock times rise from one to the next. The day as it is
    written stays in the text.
    """
    result = list(rows)
    dated = [at for at, row in enumerate(rows) if row.kind == "entry" and _day(row.when)]
    for place, at in enumerate(dated):
        _mend_year(result, dated, place, report)
        row, beside = result[at], _beside(dated, place)
        days = {_day(result[other].when): result[other].when for other in beside}
        if len(days) != 1 or not _rise([result[other] for other in sorted([*beside, at])]):
            continue
        day, other = days.popitem()
        if row.when is None or other is None or abs(_day(row.when) - day) < _FAR:
            continue
        kept = " ".join(filter(None, (row.when.day_words, row.when.unread)))
        result[at] = replace(row, when=replace(row.when, day=other.day, unread=kept))
        told = f"{row.when.day_words} stands among entries of another day, which was taken"
        report.add(row.line + 1, told)
    return result


def _mend_year(rows: list[Row], dated: Sequence[int], place: int, report: Report) -> None:
    """Takes the year of the entries before and behind where only with it their order is right."""
    if not 0 < place < len(dated) - 1:
        return
    row, before, behind = (rows[dated[at]] for at in (place, place - 1, place + 1))
    if not (row.when and row.when.day and before.when and before.when.day):
        return
    first, last = _moment(before.when), _moment(behind.when)
    year = before.when.day.year
    mended = replace(row.when, day=replace(row.when.day, year=year))
    if first <= _moment(row.when) <= last or not first <= _moment(mended) <= last:
        return
    kept = " ".join(filter(None, (row.when.day_words, row.when.unread)))
    rows[dated[place]] = replace(row, when=replace(mended, unread=kept))
    told = f"{row.when.day_words} stands among entries of {year}, which was taken"
    report.add(row.line + 1, told)


def _moment(when: When | None) -> tuple[int, timedelta]:
    clock = when.clock.since_midnight() if when and when.clock else timedelta()
    return _day(when), clock


def _beside(places: Sequence[int], place: int) -> Sequence[int]:
    """The entries that tell which day one has to be of: its neighbours, all others for the last."""
    if 0 < place < len(places) - 1:
        return places[place - 1], places[place + 1]
    is_last = place == len(places) - 1
    return places[:place] if is_last and place >= _BEFORE_LAST else ()


def _day(when: When | None) -> int:
    """The number of the day as written, 0 where its year is not."""
    day = when.day if when is not None and when.clock is not None else None
    if day is None or not (day.year and day.month and day.day):
        return 0
    try:
        return date(day.year, day.month, day.day).toordinal()
    except ValueError:
        return 0


def _rise(rows: Sequence[Row]) -> bool:
    clocks = [row.when.clock.since_midnight() for row in rows if row.when and row.when.clock]
    return all(first <= second for first, second in pairwise(clocks))
