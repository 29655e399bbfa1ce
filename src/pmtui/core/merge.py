"""Three-way merge by id: what two sides made of one base, with nothing lost.

Fields are merged one by one and items by their ids, so that two people who each added an entry, or
changed different fields of one, do not conflict. Where both changed the same field to different
values, ours stands in the document and the conflict holds both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pmtui.core.document import Part, Postmortem
from pmtui.core.order import sort_timeline


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed: its path (`impact.text`, `timeline.k3f9qz.text`)."""

    path: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The document with both sides' changes, and what could not be settled."""

    document: Postmortem
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Postmortem, ours: Postmortem, theirs: Postmortem) -> Merged:
    """Both sides' changes since `base` in one document.

    An item that one side deleted and the other changed stays, as changed.
    """
    conflicts: list[Conflict] = []
    merged = _part("", base, ours, theirs, conflicts)
    timeline = sort_timeline(merged.timeline, merged.timezone)
    if timeline is not merged.timeline:
        merged = merged.model_copy(update={"timeline": timeline})
    return Merged(merged, tuple(conflicts))


def _part(path: str, base: Part, ours: Part, theirs: Part, conflicts: list[Conflict]) -> Any:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    changes = {}
    for name in type(ours).model_fields:
        mine = getattr(ours, name)
        merged = _value(
            f"{path}{name}", getattr(base, name), mine, getattr(theirs, name), conflicts
        )
        if merged is not mine:
            changes[name] = merged
    return ours.model_copy(update=changes)


def _value(path: str, base: Any, ours: Any, theirs: Any, conflicts: list[Conflict]) -> Any:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, Part):
        return _part(f"{path}.", base, ours, theirs, conflicts)
    if isinstance(ours, tuple):
        return _items(path, base, ours, theirs, conflicts)
    conflicts.append(Conflict(path, base, ours, theirs))
    return ours


def _keyed(items: Sequence[Any]) -> dict[Any, Any]:
    """Items by what tells them apart: id, key of an unknown pair, else themselves and a count."""
    keyed: dict[Any, Any] = {}
    for item in items:
        if isinstance(item, Part) and hasattr(item, "id"):
            key: Any = item.id
        elif isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
            key = item[0]
        else:
            key = repr(item)
        count = 0
        while (key, count) in keyed:
            count += 1
        keyed[(key, count)] = item
    return keyed


def _items(
    path: str, base: Any, ours: Any, theirs: Any, conflicts: list[Conflict]
) -> tuple[Any, ...]:
    old, mine, other = _keyed(base), _keyed(ours), _keyed(theirs)
    kept: dict[Any, Any] = {}
    for key in mine | other:
        if key in mine and key in other:
            if key in old:
                kept[key] = _value(f"{path}.{key[0]}", old[key], mine[key], other[key], conflicts)
            elif mine[key] == other[key]:
                kept[key] = mine[key]
            else:
                kept[key] = _both_added(f"{path}.{key[0]}", mine[key], other[key], conflicts)
        else:
            item = mine.get(key, other.get(key))
            if key not in old or old[key] != item:
                kept[key] = item
    return tuple(kept[key] for key in _in_order(list(old), list(mine), list(other)) if key in kept)


def _both_added(path: str, ours: Any, theirs: Any, conflicts: list[Conflict]) -> Any:
    if isinstance(ours, Part):
        return _part(f"{path}.", type(ours).model_construct(**_bare(ours)), ours, theirs, conflicts)
    conflicts.append(Conflict(path, None, ours, theirs))
    return ours


def _bare(part: Part) -> dict[str, Any]:
    """The fields of a part as if nothing had been filled in."""
    return {
        name: getattr(part, name) if field.is_required() else field.get_default()
        for name, field in type(part).model_fields.items()
    }


def _spine(old: list[Any], mine: list[Any], other: list[Any]) -> list[Any]:
    """The keys of the base in the order of the side that moved some, ours before theirs."""
    known = set(old)
    for side in (mine, other):
        present = set(side)
        kept = [key for key in side if key in known]
        if kept != [key for key in old if key in present]:
            for at, key in enumerate(old):
                if key not in present:
                    kept.insert(kept.index(old[at - 1]) + 1 if at else 0, key)
            return kept
    return old


def _in_order(old: list[Any], mine: list[Any], other: list[Any]) -> list[Any]:
    """All keys: in the order of the side that moved items, new ones behind what they followed.

    Where both sides added after the same item the smaller key goes first, so that the order does
    not depend on who merges.
    """
    spine = _spine(old, mine, other)
    following: dict[Any, list[list[Any]]] = {}
    placed = set(spine)
    runs = []
    for side in (mine, other):
        anchor: Any = None
        run: list[Any] = []
        for key in side:
            if key in placed:
                if run:
                    runs.append((anchor, run))
                anchor, run = key, []
            else:
                run.append(key)
        if run:
            runs.append((anchor, run))
    seen: set[Any] = set()
    for anchor, run in sorted(runs, key=lambda each: [str(key) for key in each[1]]):
        fresh = [key for key in run if key not in seen]
        seen.update(fresh)
        following.setdefault(anchor, []).append(fresh)
    result = [key for run in following.get(None, []) for key in run]
    for key in spine:
        result.append(key)
        result += [each for run in following.get(key, []) for each in run]
    return result
