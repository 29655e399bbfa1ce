"""The headings that a reader would call the sections of a document."""

import re
from collections.abc import Sequence

from pmtui.formats.reading.outline import Part

_LISTED = 4
"""The bold items of a list that are the headings of a document which has no others."""

_CAUSE_OR_FIX = frozenset(("cause", "resolution"))
_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:\s*")
_ACTIONS = frozenset(("measures", "improvements", "corrective", "preventive", "tasks"))
_BARE = frozenset(
    """
    summary impact timeline cause cause+resolution trigger detection resolution measures tasks
    lessons conclusion factors
    """.split()
)


def main_headings(parts: Sequence[Part]) -> list[str]:
    """The main headings in their order, as plain text without a colon at their end."""
    opened = [part for part in parts if part.heading and part.opener is not None]
    marked = [part for part in opened if _kind(part) == "heading"]
    halves = _halves_of_causes(opened)
    if len(marked) > 1:
        chosen = _among_marked(opened, marked, halves)
    else:
        chosen = _among_lines(parts, opened, halves)
    return [_SHORTCODE.sub("", part.heading).rstrip(":： ") for part in chosen]


def _among_marked(
    opened: Sequence[Part], marked: Sequence[Part], halves: frozenset[int]
) -> list[Part]:
    """Headings of the level that the known ones have, and bare lines that are as good."""
    known = [part for part in marked if part.name] or marked
    level = known[0].level
    if sum(1 for part in marked if part.level <= level) == 1:
        level = min((part.level for part in marked if part.level > level), default=level)
    return [
        part
        for part in opened
        if (_kind(part) == "heading" and (part.level <= level or part.name == "timeline"))
        or (
            _kind(part) == "text"
            and not part.is_label
            and part.name in _BARE
            and part.inside not in ("summary", "measures")
            and id(part) not in halves
        )
    ]


def _among_lines(
    parts: Sequence[Part], opened: Sequence[Part], halves: frozenset[int]
) -> list[Part]:
    """The lines and items that are headings where hardly anything is marked as one."""
    around = _BARE - {"cause+resolution"}
    before = {id(part): parts[at - 1].name if at else "" for at, part in enumerate(parts)}
    chosen = {
        id(part)
        for part in opened
        if not part.is_label
        and part.inside in ("", "preamble", *around)
        and id(part) not in halves
        and not (part.name in _ACTIONS - {"measures"} and before[id(part)] in _ACTIONS)
    }
    among = [part for part in opened if id(part) in chosen]
    if sum(map(_is_bold_item, opened)) >= _LISTED and (
        sum(map(_is_bold_item, among)) * 2 >= len(among)
    ):
        return [part for part in opened if id(part) in chosen or _is_bold_item(part)]
    if any(part.opener and part.opener.text.startswith("**") for part in among):
        return [part for part in opened if id(part) in chosen or _is_bold_label(part)]
    return among


def _kind(part: Part) -> str:
    return part.opener.kind if part.opener else ""


def _is_bold_label(part: Part) -> bool:
    block = part.opener
    return (
        block is not None
        and part.is_label
        and block.text.startswith("**")
        and not block.depth
        and part.name in _BARE
    )


def _is_bold_item(part: Part) -> bool:
    block = part.opener
    return (
        block is not None
        and block.kind == "item"
        and block.depth == 1
        and block.text.startswith(("**", "__"))
        and part.inside in ("", "preamble")
    )


def _halves_of_causes(opened: Sequence[Part]) -> frozenset[int]:
    """The lines that name one of the two things that the heading before them names together."""
    found: set[int] = set()
    follows = False
    for part in opened:
        if part.name == "cause+resolution":
            follows = True
        elif part.name not in _CAUSE_OR_FIX or _kind(part) == "heading":
            follows = False
        elif follows:
            found.add(id(part))
    return frozenset(found)
