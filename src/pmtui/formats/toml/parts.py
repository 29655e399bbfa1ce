"""From the tables that tomllib gives to the parts of a postmortem, with every fault in them."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pmtui.core.document import Part, Postmortem, Refused, Table
from pmtui.core.ids import derived_id
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import sort_timeline
from pmtui.formats.toml.faults import Fault, value_fault
from pmtui.formats.toml.places import Path
from pmtui.formats.toml.values import inline
from pmtui.formats.toml.writer import is_tabular

P = TypeVar("P", bound=Part)

_DEEPEST = 64
"""How many tables and lists may stand within one another."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_TABLE_WANTED = ("must be a table", "write [{}] and its keys below that")
_TABLES_WANTED = ("must be a list of tables", "write [[{}]] above each of them")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a key may hold: a table of class `part`, a list of `many` such, or else a value."""

    part: type[Part] | None
    many: bool
    is_moment: bool
    is_day: bool


def known_keys() -> set[str]:
    """The top-level keys of a postmortem, without `schema`."""
    return set(_shapes(Postmortem))


def understand(table: dict[str, Any]) -> tuple[Postmortem, list[Fault]]:
    """The document in `table`, and the faults in it, in no order.

    A value with a fault is kept in the `unknown` of its part, whose field then has its default.
    """
    faults: list[Fault] = []
    document = _part(Postmortem, table, (), faults)
    ordered = sort_timeline(document.timeline, document.timezone)
    return document.but(timeline=ordered), faults


def in_file_order(table: dict[str, Any]) -> Postmortem:
    """The document in `table` with every list as it stands there, its timeline too."""
    return _part(Postmortem, table, (), [])


def _part(model: type[P], table: dict[str, Any], path: Path, faults: list[Fault]) -> P:
    if "unknown" not in table and (part := model.surely(table)) is not None:
        return part
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    shapes = _shapes(model)
    for name, value in table.items():
        below = (*path, name)
        shape = shapes.get(name)
        if shape is None:
            unknown[name] = value
        elif shape.part is None:
            known[name] = _plain(value, shape)
        elif shape.many and _is_list_of_tables(value):
            known[name] = _parts(shape.part, value, below, faults)
        elif not shape.many and isinstance(value, dict):
            known[name] = _part(shape.part, value, below, faults)
        else:
            what, remedy = _TABLES_WANTED if shape.many else _TABLE_WANTED
            faults.append(Fault(below, what, remedy.format(name)))
            unknown[name] = value
    try:
        return model.read(known | _kept(unknown, path, faults))
    except Refused as refused:
        for error in refused.errors:
            faults.append(value_fault(path, error))
            name = str(error["loc"][0])
            known.pop(name, None)
            if name in table:
                unknown[name] = table[name]
            if name not in model.DEFAULTS:
                known[name] = derived_id(f"{path}", ()) if name == "id" else ""
        return model.read(known | _kept(unknown, path, []))


def _parts(
    model: type[P], tables: Sequence[dict[str, Any]], path: Path, faults: list[Fault]
) -> tuple[P, ...]:
    """The parts of a list; one without an id, or with that of an earlier one, gets its own."""
    has_id = "id" in model.FIELDS
    taken = {own for table in tables if isinstance(own := table.get("id"), str)}
    seen: set[str] = set()
    parts = []
    for place, table in enumerate(tables):
        own = table.get("id")
        if has_id and (own is None or (isinstance(own, str) and own in seen)):
            content = {name: value for name, value in sorted(table.items()) if name != "id"}
            own = derived_id(inline(_frozen(content)), taken)
            table = content | {"id": own}
        if isinstance(own, str):
            taken.add(own)
            seen.add(own)
        parts.append(_part(model, table, (*path, place), faults))
    return tuple(parts)


def _kept(unknown: dict[str, Any], path: Path, faults: list[Fault]) -> dict[str, Any]:
    for name in [name for name, value in unknown.items() if _is_deeper(value, _DEEPEST)]:
        faults.append(Fault((*path, name), "is nested too deeply", "flatten it"))
        del unknown[name]
    return {"unknown": tuple(_frozen(unknown))}


def _is_deeper(value: Any, limit: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return limit < 0 or any(_is_deeper(item, limit - 1) for item in inner)


def _frozen(value: Any) -> Any:
    """A value of tomllib as a document keeps it; tables come last, as they do in a file."""
    if isinstance(value, dict):
        pairs = [(name, _frozen(item)) for name, item in value.items()]
        return Table(sorted(pairs, key=lambda pair: is_tabular(pair[1])))
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _plain(value: Any, shape: _Shape) -> Any:
    """A value as its field wants it; a time in quotes is what many people type."""
    if isinstance(value, list):
        return tuple(value)
    try:
        if shape.is_moment and isinstance(value, str) and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        if shape.is_day and isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    return value


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


@cache
def _shapes(model: type[Part]) -> dict[str, _Shape]:
    shapes = {}
    for name, annotation in model.FIELDS.items():
        leaves = _leaves(annotation)
        parts = [leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Part)]
        shapes[name] = _Shape(
            part=parts[0] if parts else None,
            many=get_origin(annotation) is tuple,
            is_moment=datetime in leaves,
            is_day=date in leaves,
        )
    del shapes["unknown"]
    return shapes


def _leaves(annotation: Any) -> list[Any]:
    inner = get_args(annotation)
    return [leaf for one in inner for leaf in _leaves(one)] if inner else [annotation]
