"""Git's conflict markers in a file: both sides read from between them, and written between them."""

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import chain, groupby
from typing import Any

from pmtui.core.changes.keyed import with_value, without
from pmtui.core.changes.text_merge import merge_texts, regions
from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import Conflict, Merged, merge
from pmtui.errors import FormatError
from pmtui.formats import toml

_OPENING = re.compile(r"^(<{7,})(?: (.*))?$", re.MULTILINE)

_UNKNOWN = "#"
"""Stands for what a place held before, where git did not tell."""

SIZE = 7
"""How many signs a marker has, as git writes it by default."""

_BLANKS = ("", "\n", "\n\n")


@dataclass
class Sides:
    """The text as each side has it; `base` is whole only if git was asked for that (diff3).

    Otherwise each place has a line there that is a comment in TOML, and in prose one that both
    sides changed. `line` is that of the first marker, `count` how many places there are.
    """

    line: int
    ours_name: str
    theirs_name: str = ""
    ours: list[str] = field(default_factory=list)
    base: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """Both sides of a file merged by id; `theirs` is the other side's document."""

    merged: Merged
    theirs: Postmortem
    sides: Sides


def find_sides(text: str) -> Sides | None:
    """The sides of a text with conflict markers; None where it has none, or incomplete ones.

    None also where a line that stands in the text may be a marker as well: nobody can tell then
    where a side ends.
    """
    opening = _OPENING.search(text)
    if opening is None:
        return None
    size = len(opening[1])
    marks = {sign: re.compile(rf"{re.escape(sign)}{{{size}}}(?: .*)?") for sign in "<|=>"}
    sides = Sides(text.count("\n", 0, opening.start()) + 1, opening[2] or "")
    into: list[list[str]] = [sides.ours, sides.base, sides.theirs]
    state = ""
    for line in text.split("\n"):
        sign = line[:1]
        if sign in marks and marks[sign].fullmatch(line) and sign not in _PROSE[state]:
            if sign not in _EXPECTED[state]:
                return None
            if sign == "=" and state == "<":
                sides.base.append(_UNKNOWN)
            if sign == ">":
                sides.theirs_name = sides.theirs_name or line[size + 1 :]
                sides.count += 1
            state = "" if sign == ">" else sign
            into = {
                "": [sides.ours, sides.base, sides.theirs],
                "<": [sides.ours],
                "|": [sides.base],
                "=": [sides.theirs],
            }[state]
            continue
        for lines in into:
            lines.append(line)
    return sides if sides.count and not state else None


_EXPECTED = {"": "<", "<": "|=", "|": "=", "=": ">"}
"""What may come after each mark."""

_PROSE = {"": "=|", "<": "", "|": "", "=": ""}
"""What is a line of text there; Markdown underlines headings with signs that git uses too."""


def read(data: bytes, name: str = "") -> Settled | None:
    """Both sides of the file `data`, merged; None where it has no conflict markers.

    Without the base, what both sides have outside of the markers is taken for it.

    Raises:
        FormatError: A side is no postmortem, or the file is not text.
    """
    sides = find_sides(data.decode("utf-8", "replace").replace("\r\n", "\n"))
    if sides is None:
        return None
    ours, theirs = (
        _side(lines, name, label, sides)
        for lines, label in ((sides.ours, sides.ours_name), (sides.theirs, sides.theirs_name))
    )
    return Settled(merge(_base(sides), ours, theirs), theirs, sides)


def _side(lines: list[str], name: str, label: str, sides: Sides) -> Postmortem:
    try:
        return toml.read("\n".join(lines).encode("utf-8", "replace"), "")
    except FormatError as error:
        where = f"{name}:{sides.line}:1" if name else ""
        side = f"the side of {label}" if label else "one side"
        raise FormatError(
            f"holds git conflict markers, and {side} is no postmortem: {error.what}",
            where=where,
            remedy="settle them in git or by hand",
        ) from None


def _base(sides: Sides) -> Postmortem:
    try:
        return toml.read("\n".join(sides.base).encode("utf-8", "replace"), "")
    except FormatError:
        return Postmortem()


def refusal(data: bytes, name: str) -> FormatError | None:
    """Why a file with conflict markers is not shown or exported; None for one without."""
    sides = find_sides(data.decode("utf-8", "replace").replace("\r\n", "\n"))
    if sides is None:
        return None
    names = " and ".join(each for each in (sides.ours_name, sides.theirs_name) if each)
    return FormatError(
        f"holds git conflict markers{f' ({names})' if names else ''}",
        where=f"{name}:{sides.line}:1" if name else "",
        remedy="open it with pmtui, which merges both sides, or settle them in git",
    )


def write(
    merged: Merged, names: tuple[str, str, str] = ("ours", "base", "theirs"), size: int = SIZE
) -> bytes:
    """The merged document as a file, with markers around each field in conflict.

    Each side of it is a whole postmortem. `names` are those of ours, the base and theirs.
    """
    if not merged.conflicts:
        return toml.write(merged.document)
    sides = []
    for which in ("base", "ours", "theirs"):
        document = merged.document
        for conflict in merged.conflicts:
            value = _base_told(conflict) if which == "base" else getattr(conflict, which)
            if value is None and "unknown" in conflict.steps:
                document = without(document, conflict.steps)
            else:
                document = with_value(document, conflict.steps, value, document)
        sides.append(_unmarked(toml.write(document).decode(), size).split("\n"))
    return "\n".join(_marked(*sides, names=names, size=size)).encode()


def _base_told(conflict: Conflict) -> Any:
    """The base, or no words where with it the two sides would not conflict any more.

    Both sides of a prose field hold what could be settled, which may have repeated lines line up
    in another way.
    """
    base, ours, theirs = conflict.base, conflict.ours, conflict.theirs
    texts = all(isinstance(side, str) for side in (base, ours, theirs))
    if not texts or "\n" not in base + ours + theirs:
        return base
    again = merge_texts(base, ours, theirs)
    if (again.ours, again.theirs) == (ours, theirs):
        return base
    return next(blank for blank in _BLANKS if blank not in (ours, theirs))


def _unmarked(text: str, size: int) -> str:
    """A file in which no line of prose is taken for a marker of `size` signs."""
    return re.sub(
        rf"^(?=([<|=>])\1{{{size - 1}}}(?:\s|$))(.)",
        lambda found: f"\\u{ord(found[2]):04X}",
        text,
        flags=re.MULTILINE,
    )


def _marked(
    base: list[str], ours: list[str], theirs: list[str], *, names: tuple[str, str, str], size: int
) -> Iterator[str]:
    """The lines of all three, each of which can be read from them whole."""
    for agreed, together in groupby(
        regions(base, ours, theirs), lambda region: region.base == region.ours == region.theirs
    ):
        old, mine, other = (list(chain(*side)) for side in zip(*together, strict=True))
        if agreed:
            yield from mine
            continue
        yield f"{'<' * size} {names[0]}"
        yield from mine
        yield f"{'|' * size} {names[1]}"
        yield from old
        yield "=" * size
        yield from other
        yield f"{'>' * size} {names[2]}"
