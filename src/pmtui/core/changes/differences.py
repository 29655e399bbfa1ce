"""What one document has that another has not, field by field and item by item."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from pmtui.core.changes.keyed import Steps, is_pair, keyed, value_at
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Part, Postmortem, Table
from pmtui.core.fields import FIELDS
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line
from pmtui.core.times import clock

Kind = Literal["added", "removed", "changed"]

_ITEMS = {
    "timeline": "event",
    "tasks": "task",
    "measures": "measure",
    "factors": "contributing factor",
    "whys": "chain of whys",
    "sections": "section",
    "people": "person",
    "links": "link",
    "images": "image",
    "silenced": "finding let stand",
}
"""The lists of items, and what one item of each is called."""

_PLURALS = {
    "person": "people",
    "chain of whys": "chains of whys",
    "finding let stand": "findings let stand",
}

_LABELS = {field.id: field.label for field in FIELDS}
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with another value, or an item that is new or gone; None stands for what is not."""

    kind: Kind
    steps: Steps
    old: Any
    new: Any

    @property
    def is_order(self) -> bool:
        """Whether a list has the same items in another order; it stands for itself then."""
        return self.kind == "changed" and isinstance(self.new, tuple) and _is_list(self.new)


def differences(old: Postmortem, new: Postmortem) -> tuple[Difference, ...]:
    """Everything in which `new` is another document than `old`, in the order of its parts."""
    return tuple(_between((), old, new))


def _between(steps: Steps, old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Part) and isinstance(new, Part):
        for name in new.FIELDS:
            yield from _between((*steps, name), getattr(old, name), getattr(new, name))
    elif _is_list(old) and _is_list(new):
        yield from _between_items(steps, keyed(old), keyed(new))
    else:
        yield Difference("changed", steps, old, new)


def _is_list(value: Any) -> bool:
    """Whether it has items that are compared one by one."""
    return isinstance(value, tuple) and all(
        isinstance(item, Part | str) or is_pair(item) for item in value
    )


def _between_items(steps: Steps, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for key in [*new, *(key for key in old if key not in new)]:
        here = (*steps, key)
        if key not in old:
            yield Difference("added", here, None, _plain(new[key]))
        elif key not in new:
            yield Difference("removed", here, _plain(old[key]), None)
        else:
            yield from _between(here, _plain(old[key]), _plain(new[key]))
    if _is_moved(steps, list(old), list(new)) and not any(map(is_pair, new.values())):
        yield Difference("changed", steps, tuple(old.values()), tuple(new.values()))


def _is_moved(steps: Steps, old: list[str], new: list[str]) -> bool:
    """Whether the same items stand in an order that somebody chose: events have that of time."""
    return steps != ("timeline",) and old != new and set(old) == set(new)


def _plain(item: Any) -> Any:
    return item[1] if is_pair(item) else item


def label(steps: Steps, document: Postmortem) -> str:
    """What a person calls that place: “Impact”, “event 14:05 Alert fired, who”, “tag db”."""
    if (known := _LABELS.get(".".join(steps))) is not None:
        return known
    if len(steps) > 1 and steps[0] in _ITEMS:
        title = item_title(document, steps[:2])
        name = f"{_ITEMS[steps[0]]} {title}".rstrip()
        return ", ".join([name, *(step.replace("_", " ") for step in steps[2:])])
    if (known := _LABELS.get(".".join(steps[:-1]))) is not None:
        return known
    return " ".join(step.replace("_", " ") for step in steps if step != "unknown")


def item_noun(steps: Steps) -> str:
    """What an item of that list is called: "event", "task"."""
    return _ITEMS.get(steps[0], steps[0])


def item_title(document: Postmortem, steps: Steps) -> str:
    """An item in a few words: its time, and the beginning of its text."""
    try:
        item = value_at(document, steps)
    except KeyError:
        return ""
    time = ""
    if isinstance(item, Entry) and item.at is not None:
        time = clock(item.at, document.timezone)
    names = ("text", "heading", "question", "name", "title", "target", "words", "check")
    text = next((found for name in names if (found := getattr(item, name, ""))), "")
    return f"{time} {shortened(text)}".strip()


def shortened(text: str) -> str:
    """`text` on one line of a few words."""
    line = one_line(text)
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


def spoken(value: Any, document: Postmortem) -> str:
    """A value as a person reads it; "" where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            shown = clock(value, document.timezone)
            if document.undated:
                return shown
            return f"{in_zone(value, document.timezone):%Y-%m-%d} {shown}"
        case float():
            return f"{value:g}"
        case Table():
            pairs = (f"{name} = {spoken(item, document)}" for name, item in value)
            return f"{{{', '.join(pairs)}}}"
        case tuple():
            return "\n".join(spoken(item, document) for item in value)
        case Part():
            parts = value.items()
            shown_parts = (spoken(item, document) for name, item in parts if name != "id")
            return " ".join(part for part in shown_parts if part)
        case _:
            return str(value)


def counted(found: Sequence[Difference], document: Postmortem) -> str:
    """Differences in one clause: “2 events added, Summary and 1 task changed”."""
    clauses = []
    for kind in ("added", "removed", "changed"):
        names: dict[str, set[Steps]] = {}
        for each in found:
            if _effect(each) == kind:
                names.setdefault(_counted_as(each, document), set()).add(each.steps[:2])
        shown = [_many(name, len(steps)) for name, steps in names.items()]
        if len(shown) > 3:
            shown = [*shown[:2], f"{len(shown) - 2} other parts"]
        if shown:
            last = f" and {shown[-1]}" if len(shown) > 1 else shown[-1]
            clauses.append(f"{', '.join(shown[:-1])}{last} {kind}")
    return ", ".join(clauses)


def _effect(difference: Difference) -> Kind:
    """What became of the item or field that a person knows: a tag more has its tags changed."""
    is_item = difference.steps[0] in _ITEMS and len(difference.steps) == 2
    return difference.kind if is_item else "changed"


def _counted_as(difference: Difference, document: Postmortem) -> str:
    if difference.steps[0] in _ITEMS:
        noun = _ITEMS[difference.steps[0]]
        return f"the order of the {_plural(noun)}" if difference.is_order else noun
    return label(difference.steps, document)


def _many(name: str, count: int) -> str:
    if name not in _ITEMS.values():
        return name
    if count == 1:
        return f"1 {name}"
    return f"{count} {_plural(name)}"


def _plural(noun: str) -> str:
    return _PLURALS.get(noun, f"{noun}s")
