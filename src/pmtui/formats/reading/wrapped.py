"""A document that stands as a whole within a fence of code, as chat programs hand it out."""

import re
from collections.abc import Sequence

_OPENS = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*(?:md|markdown)?\s*", re.IGNORECASE)
_CLOSES = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}\s+\S")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines without a fence around all of them that holds a document with headings."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    result = list(lines)
    if len(filled) < 3 or not _OPENS.fullmatch(lines[filled[0]]):
        return result
    inner = lines[filled[0] + 1 : filled[-1]]
    fences = [line for line in inner if _FENCE.match(line)]
    named = not _CLOSES.fullmatch(lines[filled[0]])
    # A bare fence is closed by the next bare one; only a named one may hold others.
    nested = named and len(fences) % 2 == 0 and not _CLOSES.fullmatch(fences[0]) if fences else True
    if (
        not _CLOSES.fullmatch(lines[filled[-1]])
        or not nested
        or sum(bool(_HEADING.match(line)) for line in inner) < 2
    ):
        return result
    result[filled[0]] = result[filled[-1]] = ""
    return result
