"""The difference between two documents as a few small steps that fit into one line of JSON.

A step names a place by field names and indexes, and says what is put there: a whole value, or an
insertion in the place of a run of characters or items. So a key in a long text costs a few bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import compress, count
from operator import is_not
from typing import Any

from pmtui.core.document import Part, Postmortem
from pmtui.errors import EditError

Step = list[Any]
"""`[path, value]`, or `[path, start, stop, insertion]` for a run of a text or of a list."""


class _NotJSONError(Exception):
    """A value that JSON would give back as another one: keys that the program does not know."""


def steps(before: Postmortem, after: Postmortem) -> list[Step] | None:
    """What makes `after` of `before`; None where only a whole document can say it.

    Parts that both share are not looked into, so the cost is that of what changed.
    """
    try:
        return list(_part_steps([], before, after))
    except _NotJSONError:
        return None


def stepped(document: Postmortem, changes: Sequence[Step]) -> Postmortem:
    """`document` after the steps that `steps` gave for it.

    Raises:
        EditError: They are not steps of this document.
    """
    try:
        for path, *change in changes:
            document = _put(document, path, change)
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        raise EditError("these steps are of another document") from error
    return document


def splice(before: str, after: str) -> tuple[int, int, str]:
    """The run of `before` to replace, and by what, to get `after`: start, stop, insertion."""
    start = _common(before, after, min(len(before), len(after)))
    rest = min(len(before), len(after)) - start
    end = _common_end(before, after, rest)
    return start, len(before) - end, after[start : len(after) - end]


def spliced(text: str, start: int, stop: int, insertion: str) -> str:
    """`text` with `insertion` in the place of the characters from `start` to `stop`."""
    return text[:start] + insertion + text[stop:]


def _part_steps(path: list[str | int], before: Part, after: Part) -> Iterator[Step]:
    for name in after.FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if _equal(old, new):
            continue
        if name == "unknown":
            raise _NotJSONError
        yield from _value_steps([*path, name], old, new)


def _value_steps(path: list[str | int], old: Any, new: Any) -> Iterator[Step]:
    if isinstance(old, str) and isinstance(new, str):
        yield [path, *splice(old, new)]
    elif isinstance(old, Part) and isinstance(new, Part):
        yield from _part_steps(path, old, new)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _tuple_steps(path, old, new)
    else:
        yield [path, _json(new)]


def _tuple_steps(
    path: list[str | int], old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[Step]:
    shorter = min(len(old), len(new))
    start = _same(old, new, shorter)
    end = _same(old[::-1], new[::-1], shorter - start)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if len(before) == len(after) and all(map(_alike, before, after)):
        for at, (one, other) in enumerate(zip(before, after, strict=True), start):
            if one is not other:
                yield from _part_steps([*path, at], one, other)
    else:
        yield [path, start, len(old) - end, [_json(item) for item in after]]


def _equal(old: Any, new: Any) -> bool:
    """Whether both are written the same: one moment in two zones is not."""
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    if isinstance(old, Part):
        return all(_equal(getattr(old, name), getattr(new, name)) for name in old.FIELDS)
    if isinstance(old, tuple):
        return len(old) == len(new) and all(map(_equal, old, new))
    if isinstance(old, datetime) and old.utcoffset() != new.utcoffset():
        return False
    return bool(old == new)


def _alike(old: Any, new: Any) -> bool:
    """Whether two items are the same one at different moments."""
    return (
        isinstance(old, Part)
        and type(old) is type(new)
        and getattr(old, "id", None) == getattr(new, "id", "")
    )


def _json(value: Any) -> Any:
    """A value of a known field as JSON has it; of a part what is not as it is at first."""
    if isinstance(value, Part):
        if value.unknown:
            raise _NotJSONError
        told = value.items()
        return {name: _json(held) for name, held in told if held != value.DEFAULTS.get(name, ...)}
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _same(old: tuple[Any, ...], new: tuple[Any, ...], limit: int) -> int:
    """How many items the two begin with in common, at most `limit`."""
    for at in compress(count(), map(is_not, old[:limit], new[:limit])):
        if not _equal(old[at], new[at]):
            return at
    return limit


def _common(one: str, other: str, limit: int) -> int:
    """How many characters the two begin with in common, at most `limit`."""
    if one[:limit] == other[:limit]:
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_end(one: str, other: str, limit: int) -> int:
    """How many characters the two end with in common, at most `limit`."""

    def same(low: int, high: int) -> bool:
        end, begin = len(one) - low, len(other) - low
        return one[end + low - high : end] == other[begin + low - high : begin]

    if same(0, limit):
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle
    return low


def _put(value: Any, path: Sequence[str | int], change: Sequence[Any]) -> Any:
    if not path:
        if len(change) == 1:
            return change[0]
        start, stop, insertion = change
        run = insertion if isinstance(value, str) else tuple(insertion)
        return value[:start] + run + value[stop:]
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], _put(value[step], rest, change), *value[step + 1 :])
    return value.revise(**{step: _put(getattr(value, step), rest, change)})
