"""The headings that a reader would call the sections of a document."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise, takewhile

from pmtui.formats.reading.blocks import INDENTED, Block
from pmtui.formats.reading.heading_style import FEWEST_LOUD_LABELS
from pmtui.formats.reading.labels import tells_fact
from pmtui.formats.reading.line_units import is_capitals
from pmtui.formats.reading.parts import ACTIONS, LESSONS, Part
from pmtui.formats.reading.status_updates import STAMPED

_LISTED = 4
"""The bold items of a list that are the headings of a document which has no others."""

_FEWEST_BOLD = 2
"""The bold lines with a known name that show those of any name to be headings as well."""

_NEVER_LESSER = frozenset(("timeline", "measures", "cause+resolution"))
"""What is a heading of the document however it looks, unless another part has the name."""

_CAUSE_OR_FIX = frozenset(("cause", "resolution"))
_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:\s*")
_BARE = frozenset(
    """
    summary impact timeline cause cause+resolution trigger detection resolution measures tasks
    lessons conclusion factors
    """.split()
)


def main_headings(parts: Sequence[Part], written: Sequence[Block] = ()) -> list[str]:
    """The main headings in their order, as plain text without a colon at their end.

    `written` are the blocks as they stood, with the headings of what became updates.
    """
    opened = [part for part in parts if part.heading and part.opener is not None]
    opened = [part for part in opened if not (_kind(part) == "heading" and tells_fact(part.heading))]
    marked = [part for part in opened if _kind(part) == "heading"]
    halves = _halves_of_causes(opened)
    updates = _updates(parts, {block.line: block for block in written if block.kind == "heading"})
    headed = [heading for headings in updates.values() for heading in headings]
    level = 0
    if len(marked) + len(headed) > 1:
        level = _main_level(marked, headed)
        lesser = halves | _under_measures(parts)
        chosen = _among_marked(opened, marked, lesser, level, _steps_of_causes(parts, level))
    else:
        chosen = _among_lines(parts, opened, halves)
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
        above = part.level if _kind(part) == "heading" else above
        stamped = [block.line for block in part.blocks if block.mark == STAMPED]
        own = [headings[line] for line in stamped if line in headings]
        found[id(part)] = [heading for heading in own if heading.level <= (above or heading.level)]
    return found


def _main_level(marked: Sequence[Part], updates: Sequence[Block]) -> int:
    """The level of the headings with a known name, or of those below where one stands alone."""
    levels = [*(part.level for part in marked), *(update.level for update in updates)]
    named = sorted((part for part in marked if part.name), key=lambda part: part.name not in _BARE)
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
    bold = {part.name for part in opened if not part.is_label and _is_bold_line(part)}
    beside = len(bold & _BARE) >= _FEWEST_BOLD
    return [
        part
        for part in opened
        if (
            _kind(part) == "heading"
            and (part.level <= level or part.name == "timeline")
            and id(part) not in titles | inner
        )
        or (
            _kind(part) == "text"
            and not part.is_label
            and (part.name in _BARE or (beside and not part.name and _is_bold_line(part)))
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
    listed = [part for part in marked if _is_indented(part)]
    return frozenset(map(id, listed if len(marked) - len(listed) > 1 else ()))


def _steps_of_causes(parts: Sequence[Part], level: int) -> frozenset[int]:
    """The headings of timelines that stand among others as deep below a heading of the cause."""
    found: set[int] = set()
    below: list[Part] = []
    depths: list[int] = []
    is_cause = False
    for part in (*parts, Part("", level=0, opener=Block("heading", "", 0, 0))):
        if _kind(part) == "heading" and part.level <= level:
            alike = Counter(depths)
            found |= {id(each) for each in below if is_cause and alike[each.level] > 1}
            is_cause, below, depths = part.name == "cause", [], []
        elif _kind(part) == "heading" and part.heading:
            below += [part] if part.name == "timeline" else []
            depths.append(part.level)
        depths += [block.level for block in part.blocks if block.kind == "heading"]
    return frozenset(found)


def _repeated(opened: Sequence[Part]) -> frozenset[int]:
    """The bare lines with the same name each: what several sections have is none itself.

    Where the summary is told twice, two documents stand in one.
    """
    bare = [part for part in opened if _kind(part) == "text" and _ends_with_colon(part)]
    bare = [part for part in bare if part.name != "summary"]
    names = Counter(part.heading for part in bare)
    return frozenset(id(part) for part in bare if names[part.heading] > 1)


def _leads_on(part: Part, named: Container[str]) -> bool:
    """Whether a line only announces the list below it, where headings `named` the like already."""
    lists = bool(part.blocks) and part.blocks[0].kind == "item"
    announces = not _is_bold_line(part) and _ends_with_colon(part) and lists
    return announces and (part.name not in _NEVER_LESSER or part.name in named)


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
    bare = not _is_bold_line(part) and not _ends_with_colon(part)
    return part.name == "timeline" and "timeline" not in named and bare


def _below_deeper(opened: Sequence[Part], level: int) -> frozenset[int]:
    """The lines that stand under a heading which is itself below the main ones."""
    found: set[int] = set()
    deeper = False
    for part in opened:
        if _kind(part) == "heading":
            deeper = part.level > level
        elif deeper:
            found.add(id(part))
    return frozenset(found)


def _among_lines(
    parts: Sequence[Part], opened: Sequence[Part], halves: frozenset[int]
) -> list[Part]:
    """The lines and items that are headings where hardly anything is marked as one."""
    around = _BARE - {"cause+resolution"}
    under_measures = _under_measures(parts)
    # "Improvements needed" right below "Preventative measures".
    doubled = {
        id(part)
        for above, part in pairwise(parts)
        if above.name == part.name == "measures" and not above.blocks
    }
    below_summary = _below_summary(parts)
    chosen = {
        id(part)
        for part in opened
        if not part.is_label
        and part.inside in ("", "preamble", *around)
        and id(part) not in halves
        and id(part) not in below_summary
        and not (part.name in ACTIONS - {"measures"} and id(part) in under_measures)
        and id(part) not in doubled
    }
    known = [part for part in opened if id(part) in chosen]
    labelled = len(known) >= _LISTED - 1 and all(map(_ends_with_colon, known))
    if labelled and "summary" not in {part.name for part in known}:
        chosen |= {id(part) for part in opened[:2] if part.is_label and part.name == "summary"}
    among = _above_labels([part for part in opened if id(part) in chosen])
    chosen = {id(part) for part in among}
    loud = [part for part in opened if _is_loud_label(part)]
    if len({part.name for part in loud} & _BARE) >= FEWEST_LOUD_LABELS:
        chosen |= set(map(id, loud))
        return [part for part in opened if id(part) in chosen]
    if sum(map(_is_bold_item, opened)) >= _LISTED and (
        sum(map(_is_bold_item, among)) * 2 >= len(among)
    ):
        return [part for part in opened if id(part) in chosen or _is_bold_item(part)]
    if any(part.opener and part.opener.text.startswith("**") for part in among):
        facts = _facts_first(opened)
        return [
            part
            for part in opened
            if id(part) in chosen
            or (
                _is_bold_label(part) and part.inside != "summary" and id(part) not in halves | facts
            )
        ]
    return among


def _facts_first(opened: Sequence[Part]) -> frozenset[int]:
    """The labels before the first heading where facts, as how long it was, stand among them."""
    labels = list(takewhile(lambda part: part.is_label, opened))
    return frozenset(map(id, labels)) if _FACTS & {part.name for part in labels} else frozenset()


_FACTS = frozenset(("duration", "date", "started", "resolved", "severity"))


def _above_labels(among: Sequence[Part]) -> list[Part]:
    """`among` without what looks lesser, where the others do not.

    Lesser is what is indented, is an item, ends with a colon or is not in capitals.

    Who writes "Timeline" without a colon writes "Impact:" with one for what stands under a heading.
    """
    chosen = list(among)
    for is_lower in (_is_indented, _ends_with_colon, _is_in_small_letters):
        higher = [part for part in chosen if _kind(part) == "text" and not is_lower(part)]
        if len({part.name for part in higher} & (_BARE | ACTIONS)) >= _LISTED - 1:
            kept = {id(part) for part in higher}
            lone = _NEVER_LESSER - {part.name for part in higher} | {"timeline"}
            chosen = [
                part
                for part in chosen
                if id(part) in kept or part.name in lone or _begins_all(part, chosen)
            ]
    return chosen


def _begins_all(part: Part, among: Sequence[Part]) -> bool:
    """Whether a part is the first of several, and the only summary: it stands under no other."""
    names = [other.name for other in among]
    return part is among[0] and part.name == "summary" and names.count("summary") == 1


def _is_indented(part: Part) -> bool:
    return part.opener is not None and (part.opener.mark == INDENTED or part.opener.depth > 0)


def _ends_with_colon(part: Part) -> bool:
    return part.opener is not None and part.opener.text.rstrip("*_ ").endswith(":")


def _is_in_small_letters(part: Part) -> bool:
    return not is_capitals(part.heading)


def _under_measures(parts: Sequence[Part]) -> frozenset[int]:
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


def _below_summary(parts: Sequence[Part]) -> frozenset[int]:
    """The lines about times, impact and cause that a heading of the summary has instead of text."""
    begin = next((at for at, part in enumerate(parts) if part.name == "summary"), len(parts))
    if begin == len(parts) or any(block.text.strip() for block in parts[begin].blocks):
        return frozenset()
    below = takewhile(
        lambda part: part.name in (_ENDS if part.is_label else _OF_SUMMARY), parts[begin + 1 :]
    )
    return frozenset(map(id, below))


_ENDS = frozenset(("started", "resolved"))
_OF_SUMMARY = frozenset(("duration", "times", "impact", "cause"))


def _kind(part: Part) -> str:
    return part.opener.kind if part.opener else ""


def _is_loud_label(part: Part) -> bool:
    """Whether a part begins with its name in capitals on the line of its text."""
    fits = part.is_label and (part.name in _BARE or not part.name) and is_capitals(part.heading)
    return fits and part.opener is not None and not part.opener.depth


def _is_bold_line(part: Part) -> bool:
    return part.opener is not None and part.opener.text.startswith("**")


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
