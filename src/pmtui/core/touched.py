"""Where two versions of a timeline differ, found at the cost of a glance."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from pmtui.core.document import Entry

_answers: list[tuple[Sequence[Any], Sequence[Any], tuple[int, int, int]]] = []
_aside_from_words = attrgetter("id", "at", "until", "about", "kind", "who")


def touched(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, int, int]:
    """Begin, end in `before` and end in `after` of what is not the same at the begin and the end.

    Slices are compared, which goes by the identity of their items first. Several ask for the same
    two versions one after another: the last answers about tuples are remembered.
    """
    known = _answers[:]
    for one, other, answer in known:
        if one is before and other is after:
            return answer
    most = min(len(before), len(after))
    begin = _common(before, after, most)
    end = _common(before[::-1], after[::-1], most - begin) if begin < most else 0
    answer = begin, len(before) - end, len(after) - end
    if isinstance(before, tuple) and isinstance(after, tuple):
        _answers[:] = [(before, after, answer), *known[:1]]
    return answer


def _common(one: Sequence[Any], other: Sequence[Any], most: int) -> int:
    """How many items are the same from the first on, `most` at the most."""
    same, step = 0, most
    while step:
        if one[same : same + step] == other[same : same + step]:
            same += step
            step = min(step, most - same)
        else:
            step //= 2
    return same


def same_times(before: Sequence[Entry], after: Sequence[Entry]) -> bool:
    """Whether nothing but words of the entries differs: the same happened, at the same times."""
    if before is after:
        return True
    begin, end, new_end = touched(before, after)
    return end == new_end and all(
        _aside_from_words(old) == _aside_from_words(new)
        for old, new in zip(before[begin:end], after[begin:end], strict=True)
    )
