"""The headings that a reader would call the sections of a document."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import takewhile

from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import tells_fact
from pmtui.formats.reading.main_lines import among_lines
from pmtui.formats.reading.part_openers import (
    BARE,
    NEVER_LESSER,
    ends_with_colon,
    halves_of_causes,
    is_bold_line,
    is_indented,
    opener_kind,
    under_measures,
)
from pmtui.formats.reading.parts import ACTIONS, LESSONS, Part
from pmtui.formats.reading.status_updates import STAMPED

_FEWEST_BOLD = 2
"""The bold lines with a known name that show those of any name to be headings as well."""

_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:\s*")


def main_headings(parts: Sequence[Part], written: Sequence[Block] = ()) -> list[str]:
    """The main headings in their order, as plain text without a colon at their end.

    `written` are the blocks as they stood, with the headings of what became updates.
    """
    opened = [
        part
        for part in parts
        if part.heading
        and part.opener is not None
        and not (opener_kind(part) == "heading" and tells_fact(part.heading))
    ]
    marked = [part for part in opened if opener_kind(part) == "heading"]
    halves = halves_of_causes(opened)
    updates = _updates(parts, {block.line: block for block in written if block.kind == "heading"})
    headed = [heading for headings in updates.values() for heading in headings]
    level = 0
    if len(marked) + len(headed) > 1:
        level = _main_level(marked, headed)
        lesser = halves | under_measures(parts)
        chosen = _among_marked(opened, marked, lesser, level, _steps_of_causes(parts, level))
    else:
        chosen = among_lines(parts, opened, halves)
    own = {id(part) for part in chosen}
    names: list[str] = []
    for part in parts:
        if id(part) in own:
            names.append(part.heading)
        names += [each.text for each in updates.get(id(part), ()) if each.level <= level]
    return [_SHORTCODE.sub("", name).rstrip(":： ") for name in names]


def _updates(parts: Sequence[Part], headings: Mapping[int, Block]) -> dict[int, list[Block]]:
    """The headings of the updates in each part, by its identity, that stand below no other."""
    found: dict[int, list[Block]] = {}
    above = 0
    for part in parts:
        above = part.level if opener_kind(part) == "heading" else above
        stamped = [block.line for block in part.blocks if block.mark == STAMPED]
        own = [headings[line] for line in stamped if line in headings]
        found[id(part)] = [heading for heading in own if heading.level <= (above or heading.level)]
    return found


def _main_level(marked: Sequence[Part], updates: Sequence[Block]) -> int:
    """The level of the headings with a known name, or of those below where one stands alone."""
    levels = [*(part.level for part in marked), *(update.level for update in updates)]
    named = sorted((part for part in marked if part.name), key=lambda part: part.name not in BARE)
    level = named[0].level if named else levels[0]
    if sum(1 for each in levels if each <= level) == 1:
        level = min((each for each in levels if each > level), default=level)
    return level


def _among_marked(
    opened: Sequence[Part],
    marked: Sequence[Part],
    lesser: frozenset[int],
    level: int,
    inner: frozenset[int],
) -> list[Part]:
    """Headings down to `level`, that of the known ones, and bare lines that are as good."""
    named = {part.name for part in marked}
    below = _below_deeper(opened, level)
    titles = _titles_above(marked, level)
    repeated = _repeated(opened)
    inner |= _in_lists(marked) | _below_lessons(marked)
    bold = {part.name for part in opened if not part.is_label and is_bold_line(part)}
    beside = len(bold & BARE) >= _FEWEST_BOLD
    return [
        part
        for part in opened
        if (
            opener_kind(part) == "heading"
            and (part.level <= level or part.name == "timeline")
            and id(part) not in titles | inner
        )
        or (
            opener_kind(part) == "text"
            and not part.is_label
            and (part.name in BARE or (beside and not part.name and is_bold_line(part)))
            and (
                (part.inside not in {"summary", *ACTIONS} and id(part) not in below)
                or _is_only_timeline(part, named)
            )
            and not (part.name and part.name == part.inside)
            and not (part.name == "factors" and part.inside == "cause")
            and id(part) not in lesser | repeated
            and not _leads_on(part, named)
        )
    ]


def _below_lessons(marked: Sequence[Part]) -> frozenset[int]:
    """The headings below one of all lessons, from the first on that names what was learned."""
    found: set[int] = set()
    above = 0
    for part in marked:
        if part.name == "lessons":
            above = part.level
        elif part.level <= above or not (found or part.name in LESSONS):
            above = 0
        elif above:
            found.add(id(part))
    return frozenset(found)


def _in_lists(marked: Sequence[Part]) -> frozenset[int]:
    """The headings that are items of lists, where others stand at the margin."""
    listed = [part for part in marked if is_indented(part)]
    return frozenset(map(id, listed if len(marked) - len(listed) > 1 else ()))


def _steps_of_causes(parts: Sequence[Part], level: int) -> frozenset[int]:
    """The headings of timelines that stand among others as deep below a heading of the cause."""
    found: set[int] = set()
    below: list[Part] = []
    depths: list[int] = []
    is_cause = False
    for part in (*parts, Part("", level=0, opener=Block("heading", "", 0, 0))):
        if opener_kind(part) == "heading" and part.level <= level:
            alike = Counter(depths)
            found |= {id(each) for each in below if is_cause and alike[each.level] > 1}
            is_cause, below, depths = part.name == "cause", [], []
        elif opener_kind(part) == "heading" and part.heading:
            below += [part] if part.name == "timeline" else []
            depths.append(part.level)
        depths += [block.level for block in part.blocks if block.kind == "heading"]
    return frozenset(found)


def _repeated(opened: Sequence[Part]) -> frozenset[int]:
    """The bare lines with the same name each: what several sections have is none itself.

    Where the summary is told twice, two documents stand in one.
    """
    bare = [part for part in opened if opener_kind(part) == "text" and ends_with_colon(part)]
    bare = [part for part in bare if part.name != "summary"]
    names = Counter(part.heading for part in bare)
    return frozenset(id(part) for part in bare if names[part.heading] > 1)


def _leads_on(part: Part, named: Container[str]) -> bool:
    """Whether a line only announces the list below it, where headings `named` the like already."""
    lists = bool(part.blocks) and part.blocks[0].kind == "item"
    announces = not is_bold_line(part) and ends_with_colon(part) and lists
    return announces and (part.name not in NEVER_LESSER or part.name in named)


def _titles_above(marked: Sequence[Part], level: int) -> frozenset[int]:
    """The first headings, each alone on its level above the main one, that have no text below.

    One of the first level is as good as the title and no part of it.
    """
    levels = [part.level for part in marked]
    above = takewhile(
        lambda part: (
            1 < part.level < level
            and levels.count(part.level) == 1
            and not part.name
            and not part.blocks
        ),
        marked,
    )
    return frozenset(map(id, above))


def _is_only_timeline(part: Part, named: Container[str]) -> bool:
    """Whether a bare line, "Timeline" without a colon, begins what no heading is `named`."""
    bare = not is_bold_line(part) and not ends_with_colon(part)
    return part.name == "timeline" and "timeline" not in named and bare


def _below_deeper(opened: Sequence[Part], level: int) -> frozenset[int]:
    """The lines that stand under a heading which is itself below the main ones."""
    found: set[int] = set()
    deeper = False
    for part in opened:
        if opener_kind(part) == "heading":
            deeper = part.level > level
        elif deeper:
            found.add(id(part))
    return frozenset(found)
