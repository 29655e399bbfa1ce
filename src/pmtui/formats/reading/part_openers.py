"""How the parts of a document begin, as far as it tells which of them are main sections."""

from collections.abc import Sequence

from pmtui.formats.reading.blocks import INDENTED
from pmtui.formats.reading.parts import ACTIONS, Part

NEVER_LESSER = frozenset(("timeline", "measures", "cause+resolution"))
"""What is a heading of the document however it looks, unless another part has the name."""

BARE = frozenset(
    """
    summary impact timeline cause cause+resolution trigger detection resolution measures tasks
    lessons conclusion factors
    """.split()
)
"""The parts whose names are headings without any mark."""

_CAUSE_OR_FIX = frozenset(("cause", "resolution"))


def opener_kind(part: Part) -> str:
    """The kind of block that begins a part, "" for none."""
    return part.opener.kind if part.opener else ""


def is_bold_line(part: Part) -> bool:
    """Whether a part begins with a line that is bold, or begins so."""
    return part.opener is not None and part.opener.text.startswith("**")


def ends_with_colon(part: Part) -> bool:
    """Whether a part begins with a line that leads on to what stands below."""
    return part.opener is not None and part.opener.text.rstrip("*_ ").endswith(":")


def is_indented(part: Part) -> bool:
    """Whether a part begins away from the margin."""
    return part.opener is not None and (part.opener.mark == INDENTED or part.opener.depth > 0)


def under_measures(parts: Sequence[Part]) -> frozenset[int]:
    """The parts that follow upon measures of any kind with only parts of actions between.

    The short fix below a heading of the resolution is one of these as well.
    """
    found: set[int] = set()
    follows = False
    for part in parts:
        if part.name == part.inside == "resolution":
            follows = True
        elif part.name not in ACTIONS:
            follows = False
        elif follows:
            found.add(id(part))
        else:
            follows = part.name != "tasks"
    return frozenset(found)


def halves_of_causes(opened: Sequence[Part]) -> frozenset[int]:
    """The lines that name one of the two things that the heading before them names together."""
    found: set[int] = set()
    follows = False
    for part in opened:
        if part.name == "cause+resolution":
            follows = True
        elif part.name not in _CAUSE_OR_FIX or opener_kind(part) == "heading":
            follows = False
        elif follows:
            found.add(id(part))
    return frozenset(found)
