"""Where the rows of a list lie below one another, found at the cost of those that changed."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from pmtui.core.touched import touched

R = TypeVar("R")


class RowTops(Generic[R]):
    """The line at which each row begins, and the one behind the last, at a width of some cells.

    `measure` gives the lines that a row takes; of a row that is the same object as before it is
    asked again only for another width.
    """

    def __init__(self, measure: Callable[[R, int], int]) -> None:
        self.width = -1
        """The cells that were measured for, -1 while nothing is seen."""
        self._measure = measure
        self._rows: Sequence[R] = ()
        self._tops: list[int] = [0]
        self._known: dict[int, tuple[R, int]] = {}
        self._known_for = -1

    def __getitem__(self, index: int) -> int:
        return self._tops[index]

    def __len__(self) -> int:
        return len(self._tops)

    def forget(self) -> None:
        """Measure every row when they are next laid."""
        self._known.clear()
        self._known_for = -1

    def lay(self, rows: Sequence[R], width: int) -> None:
        """Have these rows lie below one another at so many cells; hidden ones take no lines."""
        if width <= 0:
            self._rows, self.width, self._tops = rows, -1, [0] * (len(rows) + 1)
            return
        if width != self._known_for:
            self.forget()
        elif rows is self._rows and width == self.width:
            return
        if not width == self.width == self._known_for:
            self._rows, self._tops = (), [0]
        begin, end, new_end = touched(self._rows, rows)
        heights = {}
        for row in rows[begin:new_end]:
            known = self._known.get(id(row))
            known = known if known and known[0] is row else (row, self._measure(row, width))
            heights[id(row)] = known
        for row in self._rows[begin:end]:
            self._known.pop(id(row), None)
        self._known |= heights
        self._known_for = width
        lines = (heights[id(row)][1] for row in rows[begin:new_end])
        tops = [*accumulate(lines, initial=self._tops[begin])]
        if moved := tops[-1] - self._tops[end]:
            tops += [top + moved for top in self._tops[end + 1 :]]
            self._tops[begin:] = tops
        else:
            self._tops[begin : end + 1] = tops
        self._rows, self.width = rows, width

    def at(self, line: int) -> int:
        """The index of the row on this line."""
        return bisect_right(self._tops, line) - 1
