"""The phases of the incident drawn to scale on one line."""

from collections.abc import Mapping

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from pmtui.core.document import Postmortem
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import Phase, marks, phases
from pmtui.core.zones import in_zone
from pmtui.tui.commands import BY_ID, key_label, keys_of

_TINTS = {
    "detect": "$text-error",
    "diagnose": "$text-warning",
    "mitigate": "$text-accent",
    "resolve": "$text-success",
}


_BORDERS = {"started", "detected", "diagnosed", "mitigated", "resolved"}


def shares(lengths: list[float], least: list[int], room: int) -> list[int]:
    """`room` cells divided to scale, none below its `least`; the sum is `room` if that can be."""
    if sum(least) >= room:
        return least
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


class PhaseBar(Widget):
    """`14:00 ├─ detect 5m ─┼──── diagnose 40m ────┤ 16:00  2h 00m`."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        super().__init__(id="phases", classes="bar")
        self._entry = key_label(keys_of(BY_ID["entry"], overrides))
        self._mark = key_label(keys_of(BY_ID["timeline.mark"], overrides))
        self._phases: tuple[Phase, ...] = ()
        self._zone = ""
        self._hint = ""

    def show(self, document: Postmortem, read_only: bool = False) -> None:
        """Draw the phases of this document, or what to do to see some."""
        found, zone = phases(document), document.timezone
        if found or (read_only and not len(_BORDERS & marks(document).keys()) > 1):
            hint = ""
        elif len(_BORDERS & marks(document).keys()) > 1:
            hint = "The milestones contradict each other; put their times in order"
        elif document.timeline:
            hint = f"Mark the milestones ({self._mark} in the timeline) to see the phases to scale"
        else:
            hint = f"{self._entry} adds an event: type what happened, Enter stamps it"
        if (found, zone, hint) != (self._phases, self._zone, self._hint):
            self._phases, self._zone, self._hint = found, zone, hint
            self.refresh()

    def render(self) -> Content:
        """The bar."""
        if not self._phases:
            return Content.styled(f" {self._hint}", "$text-muted")
        first, last = self._phases[0].begin, self._phases[-1].end
        total = sum((phase.length for phase in self._phases[1:]), self._phases[0].length)
        start, end = clock(first.at, self._zone), clock(last.at, self._zone)
        days = (in_zone(last.at, self._zone).date() - in_zone(first.at, self._zone).date()).days
        about = "~" if first.about or last.about else ""
        tail = f" {end}{f' +{days}d' if days else ''}  {about}{elapsed(total)} "
        head = f" {start} "
        room = self.size.width - cell_len(head) - cell_len(tail) - 1
        labels = [self._label(phase) for phase in self._phases]
        least = [cell_len(label) + 3 for label in labels]
        if sum(least) > room:
            labels = [elapsed(phase.length) for phase in self._phases]
            least = [cell_len(label) + 1 for label in labels]
        if sum(least) > room:
            labels = ["" for _ in self._phases]
            least = [1 for _ in self._phases]
        seconds = [phase.length.total_seconds() for phase in self._phases]
        parts = [Content.styled(head, "$text"), Content.styled("├", "$text-muted")]
        for at, width in enumerate(shares(seconds, least, room)):
            tint = _TINTS.get(self._phases[at].name, "$text-muted")
            label = (
                f" {labels[at]} "
                if labels[at] and width >= cell_len(labels[at]) + 3
                else labels[at]
            )
            inner = width - 1
            left = max(0, (inner - cell_len(label)) // 2)
            right = max(0, inner - cell_len(label) - left)
            closing = "┤" if at + 1 == len(self._phases) else "┼"
            parts += [
                Content.styled("─" * left, tint),
                Content.styled(label, f"bold {tint}"),
                Content.styled("─" * right, tint),
                Content.styled(closing, "$text-muted"),
            ]
        return Content.assemble(*parts, Content.styled(tail, "bold $text"))

    def _label(self, phase: Phase) -> str:
        return f"{phase.name} {'~' if phase.about else ''}{elapsed(phase.length)}"
