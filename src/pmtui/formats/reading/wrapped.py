"""A document that stands within a fence of code, as chat programs hand it out."""

import re
from collections.abc import Sequence

_OPENS = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*(?:md|markdown)?\s*", re.IGNORECASE)
_CLOSES = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})")
_NAMED = re.compile(r"\s{0,3}(?:`{3,}|~{3,})\s*(?:md|markdown)\s*", re.IGNORECASE)
_FEW = 5
"""The lines that may stand before the fence, or behind it."""

_HEADING = re.compile(r"#{1,6}\s+\S")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines without a fence around all of them that holds a document with headings.

    A few words may stand before a fence that is named, and its end may be missing or followed by
    a few words.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    result = list(lines)
    opened = [at for at in filled[1:_FEW] if _NAMED.fullmatch(lines[at])]
    if opened:
        end = _end_of(lines, opened[0])
        inner = lines[opened[0] + 1 : end]
        after = sum(1 for at in filled if at > end)
        if after < _FEW and sum(bool(_HEADING.match(line)) for line in inner) > 1:
            for at in (opened[0], end):
                if at < len(result):
                    result[at] = ""
        return result
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


def _end_of(lines: Sequence[str], begin: int) -> int:
    """The line that closes the fence at `begin`, past the last line where none does."""
    within = False
    for at in range(begin + 1, len(lines)):
        if not _FENCE.match(lines[at]):
            continue
        bare = bool(_CLOSES.fullmatch(lines[at]))
        if bare and not within:
            return at
        within = not bare
    return len(lines)
