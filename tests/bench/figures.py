"""What a run of a bench gives: figures by name, and their statistics."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value in the unit of its row, the processor time of it in ms, and a remark."""

    value: float
    cpu: float | None = None
    remark: str = ""


Figures = dict[str, Figure]
"""The figures of one bench in one round, by name."""


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie, between two of them where need be.

    Raises:
        ValueError: There is none.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    position = (len(ordered) - 1) * share
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def median_figure(figures: Sequence[Figure]) -> Figure:
    """The median of values and of processor times; the last remark."""
    times = [each.cpu for each in figures if each.cpu is not None]
    return Figure(
        statistics.median(each.value for each in figures),
        statistics.median(times) if times else None,
        figures[-1].remark,
    )
