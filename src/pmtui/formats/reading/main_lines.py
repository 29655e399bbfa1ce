"""The main sections of a document that marks hardly any heading: bold, bare and labelled lines."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from pmtui.formats.reading.heading_style import FEWEST_LOUD_LABELS
from pmtui.formats.reading.line_units import is_capitals
from pmtui.formats.reading.part_openers import (
    BARE,
    NEVER_LESSER,
    ends_with_colon,
    is_indented,
    opener_kind,
    under_measures,
)
from pmtui.formats.reading.parts import ACTIONS, Part

_LISTED = 4
"""The bold items of a list that are the headings of a document which has no others."""


def among_lines(
    parts: Sequence[Part], opened: Sequence[Part], halves: frozenset[int]
) -> list[Part]:
    """The lines and items that are headings where hardly anything is marked as one."""
    around = BARE - {"cause+resolution"}
    short_fixes = under_measures(parts)
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
        and not (part.name in ACTIONS - {"measures"} and id(part) in short_fixes)
        and id(part) not in doubled
    }
    known = [part for part in opened if id(part) in chosen]
    labelled = len(known) >= _LISTED - 1 and all(map(ends_with_colon, known))
    if labelled and "summary" not in {part.name for part in known}:
        chosen |= {id(part) for part in opened[:2] if part.is_label and part.name == "summary"}
    among = _above_labels([part for part in opened if id(part) in chosen])
    chosen = {id(part) for part in among}
    loud = [part for part in opened if _is_loud_label(part)]
    if len({part.name for part in loud} & BARE) >= FEWEST_LOUD_LABELS:
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
    for is_lower in (is_indented, ends_with_colon, _is_in_small_letters):
        higher = [part for part in chosen if opener_kind(part) == "text" and not is_lower(part)]
        if len({part.name for part in higher} & (BARE | ACTIONS)) >= _LISTED - 1:
            kept = {id(part) for part in higher}
            lone = NEVER_LESSER - {part.name for part in higher} | {"timeline"}
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


def _is_in_small_letters(part: Part) -> bool:
    return not is_capitals(part.heading)


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


def _is_loud_label(part: Part) -> bool:
    """Whether a part begins with its name in capitals on the line of its text."""
    fits = part.is_label and (part.name in BARE or not part.name) and is_capitals(part.heading)
    return fits and part.opener is not None and not part.opener.depth


def _is_bold_label(part: Part) -> bool:
    block = part.opener
    return (
        block is not None
        and part.is_label
        and block.text.startswith("**")
        and not block.depth
        and part.name in BARE
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
