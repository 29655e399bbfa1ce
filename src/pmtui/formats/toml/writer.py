"""A postmortem as TOML text: one table an entry, defaults left out, the same bytes every time.

The text of each part is kept for as long as the part lives, so that writing again after an edit
costs only what changed.
"""

import weakref
from collections.abc import Iterable, Iterator
from typing import Any

from pmtui.core.document import SCHEMA, Part, Postmortem, Table
from pmtui.core.order import sort_timeline
from pmtui.errors import NewerSchema
from pmtui.formats.toml.values import assignment, key

_SPREAD = {"services": False, "tags": False} | dict.fromkeys(
    ("went_well", "went_wrong", "got_lucky", "answers"), True
)
"""Whether a list has a line for each item: fixed, so that one more item moves no other."""

_kept: dict[tuple[str, int], tuple[weakref.ref[Part], str]] = {}
"""The text of the parts that live, by list and identity; equal parts may be written differently."""


def write(document: Postmortem) -> bytes:
    """`document` as a TOML file in UTF-8 with LF line ends, its timeline in time order.

    Raises:
        NewerSchema: It was read from a file of a later version, which this one must not rewrite.
    """
    if "schema" in (names := dict(document.unknown)):
        raise NewerSchema(
            f"schema {names['schema']} is not known", remedy="upgrade pmtui to write this file"
        )
    ordered = sort_timeline(document.timeline, document.timezone)
    if ordered is not document.timeline:
        document = document.but(timeline=ordered)
    pairs = [("schema", SCHEMA), *_pairs(document)]
    return "\n".join(_blocks("", "", pairs)).encode()


def _blocks(path: str, header: str, pairs: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """The text of a table, then that of each table below it; all end with a line end."""
    tables, lines = [], []
    for name, value in pairs:
        if is_tabular(value):
            tables.append((name, value))
        else:
            lines.append(assignment(name, value, spread=_SPREAD.get(name)))
    if lines or not tables or header.startswith("[["):
        yield header + "".join(lines)
    for name, value in tables:
        below = f"{path}.{key(name)}" if path else key(name)
        if _is_table(value):
            yield from _blocks(below, f"[{below}]\n", _pairs(value))
        else:
            yield from (_item(below, item) for item in value)


def _item(path: str, item: Part | Table) -> str:
    """One table of the list at `path`, with all below it."""
    slot = (path, id(item))
    if (kept := _kept.get(slot)) and kept[0]() is item:
        return kept[1]
    text = "\n".join(_blocks(path, f"[[{path}]]\n", _pairs(item)))
    if isinstance(item, Part):
        _kept[slot] = (weakref.ref(item, lambda _: _kept.pop(slot, None)), text)
    return text


def _pairs(table: Part | Table) -> Iterable[tuple[str, Any]]:
    """The keys and values of a table as the file has them."""
    if isinstance(table, Table):
        return table
    defaults = table.DEFAULTS
    known = {
        name: _whole(value)
        for name, value in table.items()
        if name != "unknown" and (name not in defaults or value != defaults[name])
    }
    return (known | {name: value for name, value in table.unknown if name not in known}).items()


def _whole(value: Any) -> Any:
    """A number of a known field without the ".0" that nobody types."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def is_tabular(value: Any) -> bool:
    """Whether `value` is written as tables with headers: a table, or a list of nothing else."""
    return _is_table(value) or (
        isinstance(value, tuple) and bool(value) and all(map(_is_table, value))
    )


def _is_table(value: Any) -> bool:
    return isinstance(value, Part | Table)
