"""How the time that something takes grows with its size: a ratio in one run, on any machine."""

from collections.abc import Callable
from time import thread_time

TIMES = 4
"""How many times as much is done for the second figure."""

LINEAR = TIMES / 2
"""What a growth stays below unless each part of the work looks at all others (`TIMES` then)."""

_ROUNDS = 12
"""How often something is measured that looks worse: a busy machine slows many runs, not all."""


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times more processor time a part takes when there are `TIMES` as many as `size`.

    1 where time is in proportion to size, `TIMES` where it goes with its square. The best of
    several runs counts, so that other work on the machine does not; from `LINEAR` on there are
    more of them.
    """
    few = min(_seconds(work, size) for _ in range(3))
    many = _seconds(work, size * TIMES)
    for _ in range(_ROUNDS):
        if many / few / TIMES < LINEAR:
            break
        few = min(few, _seconds(work, size))
        many = min(many, _seconds(work, size * TIMES))
    return many / few / TIMES


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = thread_time()
    work(size)
    return thread_time() - begin
