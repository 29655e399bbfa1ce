"""How the time that something takes grows with its size: a ratio in one run, on any machine."""

from collections.abc import Callable
from time import thread_time

TIMES = 4
"""How many times as much is done for the second figure."""

LINEAR = TIMES / 2
"""What a growth stays below unless each part of the work looks at all others (`TIMES` then)."""


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times more processor time a part takes when there are `TIMES` as many as `size`.

    1 where time is in proportion to size, `TIMES` where it goes with its square. The better of
    several runs counts, so that other work on the machine does not.
    """
    few, many = (
        min(_seconds(work, number) for _ in range(runs))
        for number, runs in ((size, 4), (size * TIMES, 2))
    )
    return many / few / TIMES


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = thread_time()
    work(size)
    return thread_time() - begin
