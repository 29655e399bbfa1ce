"""A document that stands within a fence of code, as chat programs hand it out."""

import re
from collections.abc import Sequence

from pmtui.formats.reading.names import label_of

_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})(?P<info>.*)")
_NAMES = ("md", "markdown")
"""What a fence around a document is named, where it is."""

_FEW = 5
"""The lines that may stand before the fence, or behind it."""

_HEADING = re.compile(r"#{1,6}\s+\S")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines without a fence around all of them that holds a document with headings.

    A few words may stand before a fence that is named, and its end may be missing or followed by
    a few words.
    """
    fences = {
        at: found["info"].strip().lower()
        for at, line in enumerate(lines)
        if (found := _FENCE.match(line))
    }
    filled = [at for at, line in enumerate(lines) if line.strip()]
    result = list(lines)
    begin = next((at for at in filled[1:_FEW] if fences.get(at) in _NAMES), None)
    if begin is not None:
        end = _end_of(fences, begin, len(lines))
        after = sum(1 for at in filled if at > end)
        if after < _FEW and _headings(lines[begin + 1 : end]) > 1:
            for at in {begin, end} & fences.keys():
                result[at] = ""
        return result
    if len(filled) < 3 or fences.get(filled[0]) not in ("", *_NAMES):
        return result
    first, last = filled[0], filled[-1]
    inner = [at for at in fences if first < at < last]
    # A bare fence is closed by the next bare one; only a named one may hold others.
    nested = not inner or (fences[first] and len(inner) % 2 == 0 and fences[inner[0]])
    if fences.get(last) == "" and nested and _headings(lines[first + 1 : last]) > 1:
        result[first] = result[last] = ""
    return result


def _headings(lines: Sequence[str]) -> int:
    return sum(bool(_HEADING.match(line)) or _is_name(line) for line in lines)


def _is_name(line: str) -> bool:
    """Whether a line is nothing but the name of a part and a colon."""
    return line.rstrip().endswith(":") and bool(label_of(line.strip(": \t")))


def _end_of(fences: dict[int, str], begin: int, past: int) -> int:
    """The line that closes the fence at `begin`, `past` where none does."""
    within = False
    for at in (at for at in fences if at > begin):
        bare = not fences[at]
        if bare and not within:
            return at
        within = not bare
    return past
