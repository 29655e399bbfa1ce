"""What a document states that cannot all be so: told in the report, and taken as written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from pmtui.core.times import elapsed
from pmtui.formats.reading import facts
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments_placed import Placed
from pmtui.formats.reading.rows import Row

_FAR = timedelta(days=150)
"""What no outage lasts, so that one of two days as far apart has a wrong year or month."""


def report_contradictions(
    draft: Draft, stated: timedelta | None, times: Mapping[str, datetime]
) -> None:
    """Tells of a window that is none, or is not as long as `stated`."""
    start, end = times.get("started"), times.get("resolved")
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return
    line = _line_of_window(draft)
    if end < start:
        draft.report.add(line, "the stated end lies before the stated start")
        return
    length = end - start
    allowed = max(timedelta(minutes=5), length / 8)
    if stated is not None and abs(stated - length) > allowed:
        draft.report.add(line, f"{elapsed(stated)} is stated, but the window is {elapsed(length)}")
    elif stated is None and length > _FAR:
        days = f"from {start.date()} to {end.date()}"
        draft.report.add(line, f"the window is {elapsed(length)}, {days}: one year may be wrong")


def report_far_days(
    draft: Draft,
    title: str,
    times: Mapping[str, datetime],
    placed: Sequence[tuple[Row, Placed]],
) -> None:
    """Tells of a stated day, and of entries, that are far from all the others."""
    timed = [(row, moment.at) for row, moment in placed if moment.at is not None]
    for (_, before), (row, at) in pairwise(timed):
        gap = abs(at.date() - before.date())
        if gap > _FAR:
            told = f"{at.date()} is {gap.days} days from the day of the entry before"
            draft.report.add(row.line + 1, told)
    days = {at.date() for at in (*times.values(), *(at for _, at in timed))}
    for day, line in _stated_days(draft, title):
        if days and all(abs(day - other) > _FAR for other in days):
            near = min(days, key=lambda other: abs(day - other))
            told = f"{day} is stated as the day of the incident, but its times are of {near}"
            draft.report.add(line, told)


def _stated_days(draft: Draft, title: str) -> Iterator[tuple[date, int]]:
    """The days that the title and a label state, each with its line in the source."""
    if day := facts.find_day(title):
        yield day, 1
    if (told := draft.fields.get("labelled_date")) and (day := facts.find_day(told[0])):
        yield day, told[1] + 1


def _line_of_window(draft: Draft) -> int:
    """The line that tells of the window, 0 where none does."""
    said = [*draft.durations[:1], *draft.texts[:1]]
    return said[0][1] + 1 if said else 0
