"""What differs between two documents, as a list for a person to read."""

from typing import Any

from pmtui.core.changes.differences import Difference, differences, label, spoken
from pmtui.core.document import Part, Postmortem
from pmtui.core.text import one_line

_QUOTED = 60
"""Characters of a text that are quoted."""


def listed_changes(before: Postmortem, after: Postmortem) -> list[str]:
    """A line for each field and item of `after` that `before` has not, or has otherwise.

    It begins with `+` for what is new, `-` for what is gone, `~` for what is changed.
    """
    return [_line(each, before, after) for each in differences(before, after)]


def _line(found: Difference, before: Postmortem, after: Postmortem) -> str:
    if isinstance(found.new, Part):
        return f"+ {label(found.steps, after)}"
    name = label(found.steps, before if found.kind != "added" else after)
    if isinstance(found.old, Part):
        return f"- {name}"
    if found.is_order:
        return f"~ {name}: in another order"
    old, new = spoken(found.old, before), spoken(found.new, after)
    if not old:
        return f"+ {name}: {_quoted(new)}"
    if not new:
        return f"- {name}: {_quoted(old)}"
    if isinstance(found.old, str):
        old, new = _around(old, new)
    return f"~ {name}: {_quoted(old)} → {_quoted(new)}"


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
