"""The conflicts that wait to be settled, while the document goes on changing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pmtui.core.changes.keyed import Steps, value_at, with_value
from pmtui.core.changes.text_merge import merge_texts
from pmtui.core.document import Part, Postmortem, prose_fields
from pmtui.core.edits import head
from pmtui.core.extent import frame_of
from pmtui.core.fields import Writing
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import Conflict
from pmtui.core.text import one_line
from pmtui.core.times import read_time
from pmtui.errors import EditError

GONE = None
"""The value of a field whose item is not in the document any more."""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field that both sides changed. `source` is the other side's document, for its items."""

    steps: Steps
    base: Any
    ours: Any
    theirs: Any
    source: Postmortem


def opened(
    waiting: Sequence[OpenConflict],
    found: Sequence[Conflict],
    source: Postmortem,
    before: Postmortem,
    after: Postmortem,
) -> tuple[OpenConflict, ...]:
    """The conflicts that wait once a merge made `after` of `before`; `source` is the other side.

    A field that waited already and that the merge changed has the newer value of the other side;
    what stood in the document until then is ours.
    """
    fresh = {each.steps: each for each in found}
    kept = []
    for each in waiting:
        if each.steps in fresh:
            continue
        was, now = _found(before, each.steps), _found(after, each.steps)
        if was != now:
            ours = each.ours if was == each.theirs else was
            whole = each.source if now is GONE else source
            each = replace(each, ours=ours, theirs=now, source=whole)
        kept.append(each)
    new = (OpenConflict(f.steps, f.base, f.ours, f.theirs, source) for f in fresh.values())
    return (*kept, *new)


def present(conflict: OpenConflict, document: Postmortem) -> OpenConflict:
    """The conflict with what the document holds now as our side, unless theirs got there."""
    now = _found(document, conflict.steps)
    return conflict if now == conflict.theirs else replace(conflict, ours=now)


def both(conflict: OpenConflict) -> str | None:
    """Both texts, one after the other where they conflict; None for what is no longer text."""
    part = _found(conflict.source, conflict.steps[:-1])
    if not isinstance(part, Part) or conflict.steps[-1] not in prose_fields(type(part)):
        return None
    base, ours, theirs = (side or "" for side in (conflict.base, conflict.ours, conflict.theirs))
    return merge_texts(base, ours, theirs).both


def settled(document: Postmortem, conflict: OpenConflict, value: Any) -> Postmortem:
    """The document with `value` in the field; an item that is gone comes back for it.

    Raises:
        EditError: The field cannot hold that.
    """
    if value is GONE and _found(document, conflict.steps) is GONE:
        return document
    return with_value(document, conflict.steps, value, conflict.source)


def _found(document: Postmortem, steps: Steps) -> Any:
    try:
        return value_at(document, steps)
    except KeyError:
        return GONE


def parsed(text: str, conflict: OpenConflict, document: Postmortem, writing: Writing) -> Any:
    """The value that a person wrote by hand for the field in conflict.

    Raises:
        EditError, TimeError: It is no such value.
    """
    values = (conflict.base, conflict.ours, conflict.theirs)
    line = one_line(text)
    if any(isinstance(value, str) for value in values):
        return text if both(conflict) is not None else line
    if any(isinstance(value, datetime) for value in values):
        return read_time(line, frame_of(document, writing.now)).at if line else None
    if any(isinstance(value, date) for value in values):
        return _read_day(line)
    if any(isinstance(value, bool) for value in values):
        if line.lower() not in _SAID:
            raise EditError(f"“{line}” is neither yes nor no")
        return _SAID[line.lower()]
    if any(isinstance(value, float | int) for value in values):
        return head.parse_percent(line)
    raise EditError("this cannot be written by hand", remedy="take one of the two")


_SAID = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise EditError(f"“{text}” is no day", remedy="type one like 2024-06-12") from None
