"""Three-way merge of prose: by lines, and within lines that both sides changed by words.

Two people who each added a paragraph, or corrected different words of one, do not conflict. Both
paragraphs stay where both were added at the same place; changes of the same words conflict.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern

_TOKEN = pattern(
    r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff]|\w(?:[\w'’.-]*\w)?[\u0300-\u036f]*|\s+|.", re.S
)
"""A word, a number or name with its points, a sign of a script without blanks, a blank."""

_WORD = pattern(r"\w")

_MOST = 4_000_000
"""Comparisons above which the matcher may overlook frequent lines, so that it stays quick."""


@dataclass(frozen=True, slots=True)
class TextMerge:
    """What both sides made of a text: all that does not conflict is in each of the three.

    They differ where both changed the same words: these are ours, theirs, or one after the other.
    """

    ours: str
    theirs: str
    both: str
    conflicts: int = 0


class _Edit(NamedTuple):
    """Items `start` to `end` of the base became `items`."""

    start: int
    end: int
    items: tuple[str, ...]


class Region(NamedTuple):
    """A stretch of the base that one side changed, or both, and what each made of it."""

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def merge_texts(base: str, ours: str, theirs: str) -> TextMerge:
    """Both sides' changes of `base` in one text, and the alternatives where they conflict."""
    if ours == theirs or theirs == base:
        return TextMerge(ours, ours, ours)
    if ours == base:
        return TextMerge(theirs, theirs, theirs)
    if not base.strip():
        return TextMerge(ours, theirs, f"{ours.rstrip()}\n\n{theirs.lstrip()}", 1)
    mine: list[str] = []
    other: list[str] = []
    both: list[str] = []
    conflicts = 0
    old, one, two = (text.split("\n") for text in (base, ours, theirs))
    for region in regions(old, one, two):
        settled = _settled(region)
        if settled is None:
            conflicts += 1
            mine += region.ours
            other += region.theirs
            both += _after_each_other(region)
        else:
            for side in (mine, other, both):
                side += settled
    ours, theirs = "\n".join(mine), "\n".join(other)
    if ours == theirs:  # such as no line, and one with nothing in it
        return TextMerge(ours, ours, ours)
    return TextMerge(ours, theirs, "\n".join(both), conflicts)


def regions(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """The base cut into stretches of lines that nobody changed, and those that somebody did."""
    return _cut(base, ours, theirs, _lines_apart)


def follow(before: str, after: str, offset: int) -> int:
    """Where the cursor at `offset` of `before` belongs in `after`: beside the same letters."""
    for tag, start, end, at, to in _steps(_TOKEN.findall(before), _TOKEN.findall(after)):
        if tag == "equal" and start <= offset <= end:
            return at + offset - start
        if start <= offset < end:
            return min(at + offset - start, to)
    return len(after)


def compared(text: str, other: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it stands in `other` otherwise or not at all."""
    words = _TOKEN.findall(text)
    pieces = [
        ("".join(words[i:j]), tag != "equal")
        for tag, i, j, _, _ in _opcodes(words, _TOKEN.findall(other))
    ]
    return [piece for piece in pieces if piece[0]]


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps of difflib from one list of tokens to the other, in characters."""
    starts, ends = [0], [0]
    for tokens, offsets in ((before, starts), (after, ends)):
        for token in tokens:
            offsets.append(offsets[-1] + len(token))
    for tag, i, j, k, m in _opcodes(before, after):
        yield tag, starts[i], starts[j], ends[k], ends[m]


def _opcodes(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps of difflib; what both begin and end with is not searched."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    one, two = before[head : len(before) - tail], after[head : len(after) - tail]
    matcher = SequenceMatcher(None, one, two, autojunk=len(one) * len(two) > _MOST)
    if head:
        yield "equal", 0, head, 0, head
    for tag, i, j, k, m in matcher.get_opcodes():
        yield tag, i + head, j + head, k + head, m + head
    if tail:
        yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)


def _edits(base: Sequence[str], side: Sequence[str]) -> list[_Edit]:
    return [
        _Edit(i, j, tuple(side[k:m])) for tag, i, j, k, m in _opcodes(base, side) if tag != "equal"
    ]


_Apart = Callable[[Sequence[str], _Edit, _Edit], bool]
"""Whether two edits of different sides, the first one before the second, may both be done."""


def _cut(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], apart: _Apart
) -> Iterator[Region]:
    """The base cut into what nobody changed and what somebody did, in order."""
    mine, other = _edits(base, ours), _edits(base, theirs)
    agreed = set(mine) & set(other)
    ranked = sorted(
        [(edit, 2) for edit in agreed]
        + [(edit, 0) for edit in mine if edit not in agreed]
        + [(edit, 1) for edit in other if edit not in agreed]
    )
    groups: list[list[tuple[_Edit, int]]] = []
    for edit, side in ranked:
        group = groups[-1] if groups else []
        if any(
            _overlap(last, edit)
            or (2 not in (who, side) and who != side and not apart(base, last, edit))
            for last, who in group
        ):
            group.append((edit, side))
        else:
            groups.append([(edit, side)])
    at = 0
    for group in groups:
        start = group[0][0].start
        end = max(edit.end for edit, _ in group)
        if at < start:
            same = tuple(base[at:start])
            yield Region(same, same, same)
        sides = (
            _applied(base, start, end, [edit for edit, side in group if side in (which, 2)])
            for which in (0, 1)
        )
        yield Region(tuple(base[start:end]), *sides)
        at = end
    if at < len(base):
        same = tuple(base[at:])
        yield Region(same, same, same)


def _overlap(first: _Edit, second: _Edit) -> bool:
    if first.start == second.start and first.end == second.end:
        return True
    return second.start < first.end and first.start < second.end


def _lines_apart(_: Sequence[str], first: _Edit, second: _Edit) -> bool:
    """Changes of lines side by side are apart, but what is added beside one is looked at."""
    touching = second.start <= first.end
    added = first.start == first.end or second.start == second.end
    return not (touching and added)


def _words_apart(base: Sequence[str], first: _Edit, second: _Edit) -> bool:
    """At least one word that nobody changed stands between."""
    return any(_WORD.match(token) for token in base[first.end : second.start])


def _applied(base: Sequence[str], start: int, end: int, edits: list[_Edit]) -> tuple[str, ...]:
    result: list[str] = []
    for edit in edits:
        result += base[start : edit.start]
        result += edit.items
        start = edit.end
    return (*result, *base[start:end])


def _settled(region: Region) -> tuple[str, ...] | None:
    """What becomes of a region of lines; None where both sides changed the same words."""
    base, ours, theirs = region
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if not base:
        return _both_added(ours, theirs)
    for one, two in ((ours, theirs), (theirs, ours)):
        if one[: len(base)] == base:
            added = one[len(base) :]
            return two if two[-len(added) :] == added else two + added
        if one[-len(base) :] == base:
            added = one[: -len(base)]
            return two if two[: len(added)] == added else added + two
    return _words(region)


def _both_added(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Both sides' lines; what both have is there once, and who merges does not matter."""
    shorter = min(len(ours), len(theirs))
    head = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if ours[-1 - n] != theirs[-1 - n]), rest)
    if shorter in (head, head + tail):
        return max(ours, theirs, key=len)
    # Empty lines are what parts paragraphs: each side keeps its own.
    while head and not ours[head - 1].strip():
        head -= 1
    while tail and not ours[len(ours) - tail].strip():
        tail -= 1
    one, two = sorted((ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]))
    return (*ours[:head], *one, *two, *ours[len(ours) - tail :])


def _after_each_other(region: Region) -> list[str]:
    return [*region.ours, *region.theirs]


def _words(region: Region) -> tuple[str, ...] | None:
    """The lines with both sides' words; None where they conflict, or where little is as it was."""
    base, ours, theirs = (_TOKEN.findall("\n".join(lines)) for lines in region)
    if not (_is_alike(base, ours) and _is_alike(base, theirs)):
        return None
    merged: list[str] = []
    for part in _cut(base, ours, theirs, _words_apart):
        if part.ours not in (part.theirs, part.base) and part.theirs != part.base:
            return None
        merged += part.theirs if part.ours == part.base else part.ours
    return tuple("".join(merged).split("\n"))


def _is_alike(base: list[str], side: list[str]) -> bool:
    """Whether at least half of the base's words are still there."""
    kept = sum(
        sum(bool(_WORD.match(token)) for token in base[i:j])
        for tag, i, j, _, _ in _opcodes(base, side)
        if tag == "equal"
    )
    return 2 * kept >= sum(bool(_WORD.match(token)) for token in base)
