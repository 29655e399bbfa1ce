"""Timelines that tell the newest event first, turned round."""

from collections.abc import Sequence
from itertools import pairwise

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
