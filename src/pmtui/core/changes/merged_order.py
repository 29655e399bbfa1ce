"""The order of items after a merge: where one side moved or added some, they go there."""

from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import pairwise


def in_order(old: list[str], mine: list[str], other: list[str], untimed: Set[str]) -> list[str]:
    """The keys of all three lists once each; who merges does not matter.

    Events without a time (`untimed`) belong to the one that they follow, and stay with it.
    """
    sides = (old, mine, other)
    heads = _in_order(*([key for key in side if key not in untimed] for side in sides))
    if not untimed:
        return heads
    tails = [_heads_of_untimed(side, untimed) for side in sides]
    owners = {key: _owner(key, *tails) for key in {key for tail in tails for key in tail}}
    order = []
    for head in (None, *heads):
        if head is not None:
            order.append(head)
        order += _in_order(
            *([key for key in side if key in untimed and owners[key] == head] for side in sides)
        )
    return order


def _heads_of_untimed(side: Sequence[str], untimed: Set[str]) -> dict[str, str | None]:
    """The event with a time that each one without follows."""
    head = None
    found: dict[str, str | None] = {}
    for key in side:
        if key in untimed:
            found[key] = head
        else:
            head = key
    return found


def _owner(
    key: str,
    old: dict[str, str | None],
    mine: dict[str, str | None],
    other: dict[str, str | None],
) -> str | None:
    """The event that one without a time follows: where a side put it, if one did."""
    put = [
        side[key]
        for side in (mine, other)
        if key in side and (key not in old or side[key] != old[key])
    ]
    return min(put, key=lambda head: head or "") if put else old[key]


def _in_order(old: list[str], mine: list[str], other: list[str]) -> list[str]:
    """Each key that a side moved or added is behind the one that it follows there.

    Where both sides put some behind the same one, the smaller key goes first.
    """
    moved = _moved(old, mine), _moved(old, other)
    known = set(old)
    still = known - moved[0] - moved[1]
    while True:
        following: dict[str | None, set[str]] = {}
        for side, own in zip((mine, other), moved, strict=True):
            before: str | None = None
            for key in side:
                if key not in still and (key in own or key not in known):
                    following.setdefault(before, set()).add(key)
                before = key
        order = _walked([key for key in old if key in still], following)
        lost = [key for key in old if key not in order]
        if not lost:
            return order
        # Each side put one behind the other's: the first of them stays where it was.
        still.add(lost[0])


def _moved(old: Sequence[str], side: Sequence[str]) -> set[str]:
    """The keys that are not where they were among the others: as few as explain the order."""
    places = {key: at for at, key in enumerate(old)}
    known = [key for key in side if key in places]
    if all(places[one] < places[two] for one, two in pairwise(known)):
        return set()
    # The longest increasing run of places stays, the others moved: `ends` has the last of the best
    # run of each length, `before` leads back through it.
    ends: list[str] = []
    before: dict[str, str] = {}
    for key in known:
        at = bisect_left(ends, places[key], key=places.__getitem__)
        if at:
            before[key] = ends[at - 1]
        ends[at : at + 1] = [key]
    stayed, last = set(), ends[-1]
    while True:
        stayed.add(last)
        if last not in before:
            return set(known) - stayed
        last = before[last]


def _walked(still: Sequence[str], following: dict[str | None, set[str]]) -> list[str]:
    """The keys that stay, each followed by those behind it, by those behind these, and so on."""
    order: list[str] = []
    seen: set[str] = set(still)
    waiting: list[str | None] = [*reversed(still), None]
    while waiting:
        key = waiting.pop()
        if key is not None:
            order.append(key)
        fresh = following.get(key, set()) - seen
        seen |= fresh
        waiting += sorted(fresh, reverse=True)
    return order
