"""Figures held against their budgets, and how they grow: the arithmetic, and the tables as text."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from tests.bench.figures import Figures, median_figure

FLAT, LINEAR = 10**0.5, 10**1.5
"""Up to which ratio of ten times as many entries a cost counts as flat, as linear.

They lie halfway between the orders: 1, 10 and 100 times the cost.
"""

Order = Literal["flat", "linear", "more than linear"]


@dataclass(frozen=True)
class Row:
    """One line of the table: which figure, against which other, and what it may be.

    `limit` is in the unit of the figure, `times` a ratio to the figure `base` of the same round.
    With `of_cpu` the limit is one of processor time.
    """

    figure: str
    label: str
    unit: str = "ms"
    base: str = ""
    limit: float | None = None
    times: float | None = None
    of_cpu: bool = False

    @property
    def budget(self) -> str:
        """The budget in words, "" where there is none."""
        parts = []
        if self.times is not None:
            parts.append(f"{self.times:g} x")
        if self.limit is not None:
            parts.append(f"{self.limit:g} {self.unit}{' CPU' if self.of_cpu else ''}")
        return " and ".join(f"<= {part}" for part in parts)


@dataclass(frozen=True)
class Result:
    """A row with what was found; None where something was not measured, or has no budget."""

    row: Row
    value: float
    cpu: float | None
    ratio: float | None
    cpu_ratio: float | None
    met: bool | None
    remark: str = ""

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self.row) | {
            name: value for name, value in asdict(self).items() if name != "row"
        }


def judged(rows: Iterable[Row], rounds: Sequence[Figures]) -> list[Result]:
    """The rows whose figures were measured: medians over all rounds, ratios within each round."""
    results = []
    for row in rows:
        found = [figures[row.figure] for figures in rounds if row.figure in figures]
        if not found:
            continue
        middle = median_figure(found)
        pairs = [
            (figures[row.figure], figures[row.base])
            for figures in rounds
            if row.figure in figures and row.base in figures
        ]
        ratio = _median_ratio([(each.value, base.value) for each, base in pairs])
        of_cpu = _median_ratio([(each.cpu, base.cpu) for each, base in pairs])
        met = is_met(row, middle.cpu if row.of_cpu else middle.value, ratio)
        results.append(Result(row, middle.value, middle.cpu, ratio, of_cpu, met, middle.remark))
    return results


def _median_ratio(pairs: Iterable[tuple[float | None, float | None]]) -> float | None:
    ratios = [value / base for value, base in pairs if value is not None and base]
    return statistics.median(ratios) if ratios else None


def is_met(row: Row, value: float | None, ratio: float | None) -> bool | None:
    """Whether a figure keeps its budget; None where it has none, or what it needs is missing."""
    held = [(row.limit, value), (row.times, ratio)]
    judgements = [(most, found) for most, found in held if most is not None]
    if not judgements or any(found is None for _, found in judgements):
        return None
    return all(found is not None and found <= most for most, found in judgements)


@dataclass(frozen=True)
class Growth:
    """What one cost is at each number of entries, and what ten times as many cost."""

    label: str
    expected: Order | None
    values: Mapping[int, float]

    @property
    def ratios(self) -> list[float]:
        """How many times as much it costs at each size as at the one before, per tenfold."""
        sizes = sorted(self.values)
        return [
            per_tenfold(small, self.values[small], large, self.values[large])
            for small, large in pairwise(sizes)
        ]

    @property
    def order(self) -> Order | None:
        """The order of growth, at the large end where fixed costs do not hide it."""
        return order(self.ratios[-1]) if self.ratios else None

    @property
    def met(self) -> bool | None:
        """Whether it grows as it should or less; None where nothing is expected or known."""
        if self.expected is None or self.order is None:
            return None
        ranks: tuple[Order, ...] = ("flat", "linear", "more than linear")
        return ranks.index(self.order) <= ranks.index(self.expected)

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self) | {"ratios": self.ratios, "order": self.order, "met": self.met}


def per_tenfold(small: int, before: float, large: int, after: float) -> float:
    """The factor of the costs `before` and `after`, as if `large` were ten times `small`."""
    tenfolds = math.log10(large / small)
    return float((max(after, 1e-9) / max(before, 1e-9)) ** (1 / tenfolds))


def order(ratio: float) -> Order:
    """The order of growth of what costs `ratio` times as much for ten times as many."""
    if ratio <= FLAT:
        return "flat"
    return "linear" if ratio <= LINEAR else "more than linear"


# -- as text -----------------------------------------------------------------------------------


def figure_table(results: Iterable[Result]) -> str:
    """The results in columns."""
    head = ("what", "figure", "CPU ms", "ratio", "of CPU", "to", "budget", "met", "")
    return columns(
        [
            head,
            *(
                (
                    each.row.label,
                    f"{short(each.value)} {each.row.unit}",
                    "" if each.cpu is None else short(each.cpu),
                    "" if each.ratio is None else f"{each.ratio:.2f} x",
                    "" if each.cpu_ratio is None else f"{each.cpu_ratio:.2f} x",
                    each.row.base,
                    each.row.budget,
                    yes_or_no(each.met),
                    each.remark,
                )
                for each in results
            ),
        ]
    )


def growth_table(growths: Sequence[Growth]) -> str:
    """The costs at each size, what ten times as many cost, and the order."""
    sizes = sorted({size for growth in growths for size in growth.values})
    head = ("ms", *(f"{size:,}" for size in sizes), "per tenfold", "order", "expected", "met")
    return columns(
        [
            head,
            *(
                (
                    each.label,
                    *(short(each.values[n]) if n in each.values else "" for n in sizes),
                    " ".join(f"{ratio:.1f}" for ratio in each.ratios),
                    each.order or "",
                    each.expected or "",
                    yes_or_no(each.met),
                )
                for each in growths
            ),
        ]
    )


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words, the first of each on the left and all others below one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def short(value: float) -> str:
    """A number with three digits that count, and no more."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def yes_or_no(met: bool | None) -> str:
    """The word for a judgement."""
    return {True: "yes", False: "NO", None: ""}[met]
