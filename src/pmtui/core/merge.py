"""Three-way merge by id: what two sides made of one base, with nothing lost.

Fields are merged one by one, items by their ids and prose by its lines and words, so that two
people who each added an entry, changed different fields of one or wrote in different places of a
text do not conflict. Where both changed the same to different values, ours stands in the document
and the conflict holds both.
"""

from dataclasses import field
from typing import Any

from pmtui.core.changes.keyed import Steps, is_pair, keyed
from pmtui.core.changes.merged_order import in_order
from pmtui.core.changes.text_merge import merge_texts
from pmtui.core.document import Entry, Part, Postmortem, Table, prose_fields
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import sort_timeline


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, and what each made of it."""

    steps: Steps
    base: Any
    ours: Any
    theirs: Any

    @property
    def path(self) -> str:
        """The way to the field as one word: `impact.text`, `timeline.k3f9qz.text`."""
        return ".".join(self.steps)


@dataclass(frozen=True, slots=True)
class Merged:
    """The document with both sides' changes, and what could not be settled.

    `revived` are the items that one side deleted and that stay since the other changed them.
    """

    document: Postmortem
    conflicts: tuple[Conflict, ...] = ()
    revived: tuple[Steps, ...] = ()


@dataclass
class _Findings:
    conflicts: list[Conflict] = field(default_factory=list)
    revived: list[Steps] = field(default_factory=list)


def merge(base: Postmortem, ours: Postmortem, theirs: Postmortem) -> Merged:
    """Both sides' changes since `base` in one document, its timeline in order.

    An item that one side deleted and the other changed stays, as changed. Who merges does not
    matter, but for the fields in conflict.
    """
    found = _Findings()
    merged = _part((), base, ours, theirs, found)
    timeline = sort_timeline(merged.timeline, merged.timezone)
    if timeline is not merged.timeline:
        merged = merged.but(timeline=timeline)
    return Merged(merged, tuple(found.conflicts), tuple(found.revived))


def _same(one: Any, two: Any) -> bool:
    """Whether two values are the same in a file, also those that are not equal to themselves."""
    return bool(one == two) or (not isinstance(one, Part) and repr(one) == repr(two))


def _part(steps: Steps, base: Part, ours: Part, theirs: Part, found: _Findings) -> Any:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    changes = {}
    prose = prose_fields(type(ours))
    for name in ours.FIELDS:
        old, mine, other = (getattr(side, name) for side in (base, ours, theirs))
        here = (*steps, name)
        merged = (
            _prose(here, old, mine, other, found)
            if name in prose
            else _value(here, old, mine, other, found)
        )
        if merged is not mine:
            changes[name] = merged
    return ours.but(**changes)


def _prose(steps: Steps, base: str, ours: str, theirs: str, found: _Findings) -> str:
    merged = merge_texts(base, ours, theirs)
    if merged.conflicts:
        found.conflicts.append(Conflict(steps, base, merged.ours, merged.theirs))
    return merged.ours


def _value(steps: Steps, base: Any, ours: Any, theirs: Any, found: _Findings) -> Any:
    if _same(theirs, base) or _same(theirs, ours):
        return ours
    if _same(ours, base):
        return theirs
    if isinstance(ours, Part):
        return _part(steps, base, ours, theirs, found)
    if _are_mergeable(base, ours, theirs):
        return _items(steps, base, ours, theirs, found)
    found.conflicts.append(Conflict(steps, base, ours, theirs))
    return ours


def _are_mergeable(*sides: Any) -> bool:
    """Whether all are lists, or tables, whose items can be told apart by the same means."""
    if len({type(side) for side in sides}) > 1 or not isinstance(sides[0], tuple):
        return False
    kinds = {_kind(item) for side in sides for item in side}
    return len(kinds) <= 1 and None not in kinds


def _kind(item: Any) -> str | None:
    """By what an item is told apart: as a part, as a text, as a key with its value; None: not."""
    if is_pair(item):
        return "pair"
    return "part" if isinstance(item, Part) else "text" if isinstance(item, str) else None


def _items(steps: Steps, base: Any, ours: Any, theirs: Any, found: _Findings) -> Any:
    old, mine, other = keyed(base), keyed(ours), keyed(theirs)
    kept: dict[str, Any] = {}
    for key in mine | other:
        here = (*steps, key)
        if key in mine and key in other:
            kept[key] = _item(here, old.get(key), mine[key], other[key], found)
        elif key not in old:
            kept[key] = mine.get(key, other.get(key))
        elif not _same(item := mine.get(key, other.get(key)), old[key]):
            kept[key] = item
            found.revived.append(here)
    untimed = {key for key, item in kept.items() if isinstance(item, Entry) and item.at is None}
    # What is gone has no place that others could have been moved from or put behind.
    left, own, new = ([key for key in side if key in kept] for side in (old, mine, other))
    merged = [kept[key] for key in in_order(left, own, new, untimed)]
    if all(map(is_pair, merged)):
        # A file has its plain keys before its tables; in that order it is read back.
        merged.sort(key=lambda pair: _is_tabular(pair[1]))
    return type(ours)(merged)


def _is_tabular(value: Any) -> bool:
    if isinstance(value, Table):
        return True
    return isinstance(value, tuple) and bool(value) and all(isinstance(i, Table) for i in value)


def _item(steps: Steps, base: Any, ours: Any, theirs: Any, found: _Findings) -> Any:
    if is_pair(ours):
        old = base[1] if base is not None else None
        return ours[0], _value(steps, old, ours[1], theirs[1], found)
    if base is None and isinstance(ours, Part):
        base = _bare(ours)
    return _value(steps, base, ours, theirs, found)


def _bare(part: Part) -> Part:
    """The part as if nothing had been filled in."""
    required = (name for name in part.FIELDS if name not in part.DEFAULTS)
    return part.of({name: getattr(part, name) for name in required})
