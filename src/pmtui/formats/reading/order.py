"""Timelines that tell the newest event first, turned round, and days in them that are slips."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pmtui.formats.reading.moments import When
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row

_FEWEST = 3
"""The clock times that have to fall, one after the other, before a list counts as newest first."""


def oldest_first(rows: Sequence[Row], report: Report) -> list[Row]:
    """The rows, those between two days turned round where their clock times only fall."""
    result: list[Row] = []
    group: list[Row] = []
    for row in rows:
        if row.kind == "day":
            result += [*_turned(group, report), row]
            group = []
        else:
            group.append(row)
    return result + _turned(group, report)


def _turned(group: list[Row], report: Report) -> list[Row]:
    entries = [row for row in group if row.kind == "entry"]
    clocks = [row.when.clock for row in entries if row.when and row.when.clock]
    if len(clocks) < _FEWEST or len(clocks) < len(entries):
        return group
    if any(row.when and row.when.day for row in entries):
        return group
    times = [clock.since_midnight() for clock in clocks]
    if any(first < second for first, second in pairwise(times)) or times[0] == times[-1]:
        return group
    report.add(entries[0].line + 1, "the entries stand newest first and were turned round")
    turned = iter(reversed(entries))
    return [next(turned) if row.kind == "entry" else row for row in group]


def without_slips(rows: Sequence[Row], report: Report) -> list[Row]:
    """The rows, with the day of its neighbours for an entry that only its day puts out of order.

    Both neighbours are of one day, another than the days around it, and the clock times rise from
    the one over it to the other; at the end of a list all entries before it are of one day. The day
    as written stays in the text.
    """
    result = list(rows)
    dated = [at for at, row in enumerate(rows) if row.kind == "entry" and _day(row.when)]
    for place in range(1, len(dated)):
        at, before = dated[place], result[dated[place - 1]]
        following = result[dated[place + 1]] if place + 1 < len(dated) else None
        others = [result[other] for other in dated[:place]] if following is None else [following]
        if following is None and len(others) < _BEFORE_LAST:
            continue
        row, day = result[at], _day(before.when)
        apart = abs(_day(row.when) - day) if len({day, *(_day(o.when) for o in others)}) == 1 else 0
        around = [*others, row] if following is None else [before, row, following]
        if apart < _FAR or not _rise(around) or row.when is None or before.when is None:
            continue
        kept = " ".join(filter(None, (row.when.day_words, row.when.unread)))
        result[at] = replace(row, when=replace(row.when, day=before.when.day, unread=kept))
        report.add(
            row.line + 1,
            f"{row.when.day_words} stands among entries of another day, which was taken",
        )
    return result


_BEFORE_LAST = 3
"""The entries of one day that have to come before a slip at the end of a list."""

_FAR = 2
"""The days that a slip is away at least: the day before or after may be meant."""


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
