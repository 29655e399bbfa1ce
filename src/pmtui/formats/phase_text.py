"""The phases of the incident as one line drawn to scale, for Markdown and for the screen.

`14:00 ├━ detect 5m ━┤14:05├━━━━ diagnose 40m ━━━━┤ 14:45  45m`. Where room is short, the shortest
phases lose their names first, then their lengths.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from pmtui.core.accounts import Contradiction, contradictions
from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import Phase, phases
from pmtui.formats.wording import ends

LINE = "━"
_USUAL = 72
"""Cells that a drawing of its own takes where all phases have their names in it."""

_FRAME = 2
"""Cells of line that every phase keeps around its label."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase as drawn: the line before its label, the label, the line after, and its end."""

    phase: Phase
    before: str
    label: str
    after: str
    joint: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole line: what stands in front, the stretches, what stands behind."""

    head: str
    stretches: tuple[Stretch, ...]
    tail: str

    def __str__(self) -> str:
        drawn = (f"{each.before}{each.label}{each.after}{each.joint}" for each in self.stretches)
        return f"{self.head}├{''.join(drawn)}{self.tail}"


def draw(document: Postmortem, width: int) -> Picture | None:
    """The phases in `width` cells; None where the milestones give none, or there is no room."""
    found = phases(document)
    if not found:
        return None
    zone = document.timezone
    first, last = found[0].begin, found[-1].end
    about = "~" if first.about or last.about else ""
    total = elapsed(_whole(found))
    began, ended = ends(document, first.at, last.at)
    head = f"{began} "
    tail = f" {ended}  {about}{total}"
    room = width - len(head) - len(tail) - 1
    if room < 2 * len(found):
        return None
    joints = [f"┤{clock(phase.end.at, zone)}├" for phase in found[:-1]] + ["┤"]
    labels = [_forms(phase)[0] for phase in found]
    if _least(labels, joints) > room:
        joints = ["┼"] * (len(found) - 1) + ["┤"]
        labels = list(_fitting(found, joints, room))
    lines = shares(
        [phase.length.total_seconds() for phase in found],
        [_needed(label) for label in labels],
        room - sum(map(len, joints)),
    )
    stretches = (_stretch(*each) for each in zip(found, labels, lines, joints, strict=True))
    return Picture(head, tuple(stretches), tail)


def named(document: Postmortem, width: int) -> Picture | None:
    """The phases in 72 cells, in `width` where that leaves one its name; None as for `draw`."""
    usual = draw(document, min(_USUAL, width))
    if usual and all(each.phase.name in each.label for each in usual.stretches):
        return usual
    return draw(document, width)


def brief(document: Postmortem) -> str:
    """The phases in the fewest cells: "14:00-14:45 45m"; "" where the milestones give none."""
    found = phases(document)
    if not found:
        return ""
    begin, end = ends(document, found[0].begin.at, found[-1].end.at)
    about = "~" if found[0].begin.about or found[-1].end.about else ""
    return f"{begin}-{end} {about}{elapsed(_whole(found))}"


def _whole(found: Sequence[Phase]) -> timedelta:
    return sum((phase.length for phase in found), timedelta())


def contradiction(document: Postmortem) -> str:
    """The first contradiction of the milestones in a sentence, "" where there is none."""
    return next((described(document, found) for found in contradictions(document)), "")


def described(document: Postmortem, found: Contradiction) -> str:
    """A contradiction in a sentence: "resolved 13:00 lies 1h 00m before started 14:00"."""
    zone = document.timezone
    first, second = (f"{m.milestone} {clock(m.at, zone)}" for m in (found.first, found.second))
    if found.by is None:
        return f"{first} and {second} cannot be compared: one of them has no zone"
    return f"{second} lies {elapsed(found.by)} before {first}"


def shares(lengths: Sequence[float], least: Sequence[int], room: int) -> list[int]:
    """`room` cells divided to scale, none below its `least`; the sum is `room` if that can be."""
    if sum(least) >= room:
        return list(least)
    total = sum(lengths) or 1.0
    wanted = [max(low, length / total * room) for low, length in zip(least, lengths, strict=True)]
    cells = [int(width) for width in wanted]
    while sum(cells) > room:
        widest = max(range(len(cells)), key=lambda i: cells[i] - least[i])
        cells[widest] -= 1
    while sum(cells) < room:
        shortest = max(range(len(cells)), key=lambda i: wanted[i] - cells[i])
        cells[shortest] += 1
    return cells


def _forms(phase: Phase) -> tuple[str, str, str]:
    """The labels of a phase, the longest first."""
    length = f"{'~' if phase.about else ''}{elapsed(phase.length)}"
    return f" {phase.name} {length} ", length, ""


def _fitting(found: Sequence[Phase], joints: Sequence[str], room: int) -> Iterator[str]:
    """A label for each phase so that all fit; the shortest phases give way first."""
    forms = [_forms(phase) for phase in found]
    chosen = [0] * len(found)
    order = sorted(range(len(found)), key=lambda at: found[at].length)
    for form in (1, 2):
        for at in order:
            labels = [forms[n][chosen[n]] for n in range(len(found))]
            if _least(labels, joints) > room:
                chosen[at] = form
    return (forms[at][chosen[at]] for at in range(len(found)))


def _least(labels: Sequence[str], joints: Sequence[str]) -> int:
    return sum(map(_needed, labels)) + sum(map(len, joints))


def _needed(label: str) -> int:
    return len(label) + (_FRAME if label.startswith(" ") else 0) if label else 1


def _stretch(phase: Phase, label: str, cells: int, joint: str) -> Stretch:
    if label and not label.startswith(" ") and cells >= len(label) + 2 + _FRAME:
        label = f" {label} "
    before = max(0, (cells - len(label)) // 2)
    after = max(0, cells - len(label) - before)
    return Stretch(phase, LINE * before, label, LINE * after, joint)
