"""What tells the items of a list apart, and how a value deep in a document is found by that."""

from collections.abc import Sequence
from typing import Any

from pmtui.core.document import Link, Part, Person, Postmortem, Silenced, Table
from pmtui.core.order import sort_timeline

Steps = tuple[str, ...]
"""The way to a value: names of fields, and the keys of items: `("timeline", "k3f9qz", "text")`."""

_NAMES: dict[type[Part], tuple[str, ...]] = {
    Person: ("name",),
    Link: ("target",),
    Silenced: ("check", "place", "words"),
}


def keyed(items: Sequence[Any]) -> dict[str, Any]:
    """Items by what tells them apart: id, name, target, what was let stand, key of an unknown pair.

    Of those that nothing tells apart the second gets a number, and so on.
    """
    found: dict[str, Any] = {}
    for item in items:
        key = own = _key(item)
        count = 1
        while key in found:
            count += 1
            key = f"{own}\0{count}"
        found[key] = item
    return found


def _key(item: Any) -> str:
    if isinstance(item, Part):
        return " ".join(str(getattr(item, name)) for name in _NAMES.get(type(item), ("id",)))
    return str(item[0]) if is_pair(item) else str(item)


def is_pair(item: Any) -> bool:
    """Whether it is a key and a value of a table that the program does not know."""
    plain = isinstance(item, tuple) and not isinstance(item, Table)
    return plain and len(item) == 2 and isinstance(item[0], str)


def value_at(part: Any, steps: Steps) -> Any:
    """The value that `steps` lead to.

    Raises:
        KeyError: An item on the way is not there.
    """
    for step in steps:
        if isinstance(part, Part):
            part = getattr(part, step)
        else:
            part = keyed(part)[step]
            part = part[1] if is_pair(part) else part
    return part


def with_value(document: Postmortem, steps: Steps, value: Any, source: Postmortem) -> Postmortem:
    """The document with `value` there; an item that it does not have any more is taken of `source`.

    Raises:
        EditError: That field cannot hold the value.
    """
    changed: Postmortem = _with(document, steps, value, source)
    ordered = sort_timeline(changed.timeline, changed.timezone)
    return changed if ordered is changed.timeline else changed.revise(timeline=ordered)


def without(document: Postmortem, steps: Steps) -> Postmortem:
    """The document without the item, or the unknown key, that `steps` lead to.

    Raises:
        KeyError: It is not there.
    """
    items = value_at(document, steps[:-1])
    kept = keyed(items)
    del kept[steps[-1]]
    return with_value(document, steps[:-1], type(items)(kept.values()), document)


def _with(part: Any, steps: Steps, value: Any, source: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(part, Part):
        below = getattr(source, step) if source is not None else None
        return part.revise(**{step: _with(getattr(part, step), rest, value, below)})
    here, there = keyed(part), keyed(source or ())
    item = here[step] if step in here else there[step]
    if is_pair(item):
        pair = there.get(step)
        here[step] = (item[0], _with(item[1], rest, value, pair[1] if pair else None))
    else:
        here[step] = _with(item, rest, value, there.get(step))
    return type(part)(here.values())
