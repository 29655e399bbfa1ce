"""The phases of the incident as one line drawn to scale, for Markdown and for the screen.

`14:00 ├━ detect 5m ━┤14:05├━━━━ diagnose 40m ━━━━┤ 14:45  45m`. Where room is short, the shortest
phases lose their names first, then their lengths.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from pmtui.core.accounts import Contradiction, contradictions
from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.times import clock, elapsed, estimated
from pmtui.core.timing import Mark, Phase, phases
from pmtui.formats.wording import ends

LINE = "━"
_USUAL = 72
"""Cells that a drawing of its own takes where all phases have their names in it."""

_FRAME = 2
"""Cells of line that every phase that took time keeps around its label."""


_ALIKE = 1.25
"""How many times as long a phase may be that looks as long as another."""


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
    began, ended = _ends(document, found)
    head = f"{began} "
    tail = f" {ended}  {_whole(found)}"
    room = width - len(head) - len(tail) - 1
    if room < 2 * len(found):
        return None
    joints = [f"┤{_told(phase.end, clock(phase.end.at, zone))}├" for phase in found[:-1]] + ["┤"]
    labels = [_forms(phase)[0] for phase in found]
    if _least(found, labels, joints) > room:
        joints = ["┼"] * (len(found) - 1) + ["┤"]
        labels = list(_fitting(found, joints, room))
    lines = shares(
        [phase.length.total_seconds() for phase in found],
        [_needed(*each) for each in zip(found, labels, strict=True)],
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
    begin, end = _ends(document, found)
    return f"{begin}-{end} {_whole(found)}"


def _ends(document: Postmortem, found: Sequence[Phase]) -> tuple[str, str]:
    first, last = found[0].begin, found[-1].end
    began, ended = ends(document, first.at, last.at)
    return _told(first, began), _told(last, ended)


def _told(mark: Mark, time: str) -> str:
    """The time of a mark, with a sign where it is an estimate."""
    return estimated(time, mark.about)


def _whole(found: Sequence[Phase]) -> str:
    """How long all phases are together."""
    length = sum((phase.length for phase in found), timedelta())
    return estimated(elapsed(length), found[0].begin.about or found[-1].end.about)


def contradiction(document: Postmortem) -> str:
    """The first contradiction of the milestones in a sentence, "" where there is none."""
    return next((described(document, found) for found in contradictions(document)), "")


def described(document: Postmortem, found: Contradiction) -> str:
    """A contradiction in a sentence: "resolved 13:00 lies 1h 00m before started 14:00"."""
    zone = document.timezone
    first, second = (
        f"{mark.milestone} {_told(mark, clock(mark.at, zone))}"
        for mark in (found.first, found.second)
    )
    if found.by is None:
        return f"{first} and {second} cannot be compared: one of them has no zone"
    return f"{second} lies {elapsed(found.by)} before {first}"


def shares(lengths: Sequence[float], least: Sequence[int], room: int) -> list[int]:
    """`room` cells divided to scale, none below its `least`; the sum is `room` if that can be.

    What needs more than its share gets its `least`; all others have one scale, to the cell.
    """
    if sum(least) >= room:
        return list(least)
    weights = lengths if any(lengths) else [1.0] * len(lengths)
    free = list(range(len(least)))
    while True:
        total = sum(weights[i] for i in free)
        left = room - sum(least[i] for i in range(len(least)) if i not in free)
        wanted = {i: weights[i] / total * left for i in free}
        fitting = [i for i in free if wanted[i] >= least[i]]
        if len(fitting) in (0, len(free)):
            break
        free = fitting
    cells = [max(low, int(wanted.get(i, 0))) for i, low in enumerate(least)]
    over = sorted(free, key=lambda i: wanted[i] - cells[i], reverse=True)
    for i in over[: room - sum(cells)]:
        cells[i] += 1
    return cells


def _forms(phase: Phase) -> tuple[str, str, str]:
    """The labels of a phase, the longest first."""
    length = estimated(elapsed(phase.length), phase.about)
    return f" {phase.name} {length} ", length, ""


def _fitting(found: Sequence[Phase], joints: Sequence[str], room: int) -> Iterator[str]:
    """A label for each phase so that all fit; the shortest phases give way first.

    Phases about as long as one another lose their names together: a name alone would make its phase
    look longer than the other.
    """
    forms = [_forms(phase) for phase in found]
    chosen = [0] * len(found)
    order = sorted(range(len(found)), key=lambda at: found[at].length)
    for form in (1, 2):
        for at in order:
            labels = [forms[n][chosen[n]] for n in range(len(found))]
            if _least(found, labels, joints) > room:
                alike = found[at].length * (_ALIKE if form == 1 else 1)
                for n in order:
                    if found[n].length <= alike:
                        chosen[n] = max(chosen[n], form)
    return (forms[at][chosen[at]] for at in range(len(found)))


def _least(found: Sequence[Phase], labels: Sequence[str], joints: Sequence[str]) -> int:
    return sum(map(_needed, found, labels)) + sum(map(len, joints))


def _needed(phase: Phase, label: str) -> int:
    """The fewest cells of a phase; around a label there is no line where no time passed."""
    framed = label.startswith(" ") and phase.length
    return len(label) + (_FRAME if framed else 0) if label else 1


def _stretch(phase: Phase, label: str, cells: int, joint: str) -> Stretch:
    if label and not label.startswith(" ") and cells >= len(label) + 2 + _FRAME:
        label = f" {label} "
    before = max(0, (cells - len(label)) // 2)
    after = max(0, cells - len(label) - before)
    return Stretch(phase, LINE * before, label, LINE * after, joint)
