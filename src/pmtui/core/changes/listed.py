"""What differs between two documents, as a list for a person to read."""

from collections.abc import Iterator
from typing import Any

from pmtui.core.document import Entry, Part, Postmortem
from pmtui.core.text import one_line
from pmtui.core.times import clock

_NAMES = {
    "timeline": "event",
    "tasks": "task",
    "measures": "measure",
    "factors": "factor",
    "whys": "chain of whys",
    "people": "person",
    "links": "link",
    "images": "image",
    "sections": "section",
    "services": "service",
    "tags": "tag",
    "silenced": "finding let stand",
}
"""What one item of a list is called."""

_QUOTED = 60
"""Characters of a text that are quoted."""


def listed_changes(before: Postmortem, after: Postmortem) -> list[str]:
    """A line for each field and item of `after` that `before` has not, or has otherwise.

    It begins with `+` for what is new, `-` for what is gone, `~` for what is changed.
    """
    return list(_part("", before, after, after.timezone))


def _part(path: str, before: Part, after: Part, zone: str) -> Iterator[str]:
    for name in after.FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        label = f"{path}{name.replace('_', ' ')}"
        if isinstance(new, Part):
            yield from _part(f"{label}: ", old, new, zone)
        elif isinstance(new, tuple):
            yield from _items(_NAMES.get(name, label), old, new, zone)
        else:
            yield _value(label, old, new)


def _value(label: str, old: Any, new: Any) -> str:
    if old in ("", None):
        return f"+ {label}: {_quoted(new)}"
    if new in ("", None):
        return f"- {label}: {_quoted(old)}"
    if isinstance(old, str):
        old, new = _around(old, new)
    return f"~ {label}: {_quoted(old)} → {_quoted(new)}"


def _items(label: str, old: tuple[Any, ...], new: tuple[Any, ...], zone: str) -> Iterator[str]:
    known, present = _keyed(old), _keyed(new)
    for key, item in present.items():
        if key not in known:
            yield f"+ {label} {_named(item, zone)}"
        elif isinstance(item, Part) and item != known[key]:
            yield from _part(f"{label} {_named(known[key], zone)}: ", known[key], item, zone)
    for key, item in known.items():
        if key not in present:
            yield f"- {label} {_named(item, zone)}"
    if list(known) != list(present) and known.keys() == present.keys():
        yield f"~ {label}: in another order"


def _keyed(items: tuple[Any, ...]) -> dict[Any, Any]:
    return {getattr(item, "id", repr(item)): item for item in items}


def _named(item: Any, zone: str) -> str:
    """An item by its words, an event with its time before them."""
    if not isinstance(item, Part):
        return _quoted(item)
    names = ("text", "question", "heading", "title", "name", "words", "check")
    words = next((getattr(item, name) for name in names if getattr(item, name, "")), "")
    if isinstance(item, Entry) and item.at is not None:
        return f"{clock(item.at, zone)} {_quoted(words)}"
    return _quoted(words)


def _around(old: str, new: str) -> tuple[str, str]:
    """Both texts from a little before the place where they begin to differ."""
    shorter = min(len(old), len(new))
    at = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    begin = at - _QUOTED // 2 if at > _QUOTED * 2 // 3 else 0
    mark = "…" if begin else ""
    return mark + old[begin:], mark + new[begin:]


def _quoted(value: Any) -> str:
    text = one_line(str(value))
    return f"“{text[: _QUOTED - 1]}…”" if len(text) > _QUOTED else f"“{text}”"
