"""The phases of the incident drawn to scale on one line."""

from collections.abc import Mapping

from textual import events
from textual.content import Content
from textual.widget import Widget

from pmtui.core.document import Postmortem
from pmtui.core.timing import marks
from pmtui.formats.phase_text import brief, contradiction, draw
from pmtui.tui.commands import BY_ID, key_label, keys_of
from pmtui.tui.widgets.bars import CommandClicked
from pmtui.tui.wrapping import cut

_TINTS = {
    "detect": "$text-error",
    "diagnose": "$text-warning",
    "mitigate": "$text-accent",
    "resolve": "$text-success",
}

_LONGEST_WARNING = 60

_ENDS = {"started": "the start", "resolved": "the end"}
"""The milestones without which there are no phases, in words."""


class PhaseBar(Widget):
    """`14:00 ├━ detect 5m ━┤14:05├━━━━ diagnose 40m ━━━━┤ 14:45  45m`; a click shows durations."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        super().__init__(id="phases", classes="bar")
        self._entry = key_label(keys_of(BY_ID["entry"], overrides))
        self._mark = key_label(keys_of(BY_ID["timeline.mark"], overrides))
        self._read_only = False
        self._document = Postmortem()
        self._shown: object = None

    def show(self, document: Postmortem, read_only: bool = False) -> None:
        """Draw the phases of this document, or what to do to see some."""
        self._read_only = read_only
        shown = (marks(document), document.timezone, bool(document.timeline))
        self._document = document
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Show the durations in full."""
        event.stop()
        self.post_message(CommandClicked("review.durations"))

    def render(self) -> Content:
        """The bar, and what contradicts it."""
        width = self.size.width - 2
        wrong = contradiction(self._document)
        warning = f"⚠ {wrong}" if wrong else ""
        room = width - (min(len(warning), _LONGEST_WARNING, width // 2) + 2 if warning else 0)
        picture = draw(self._document, room)
        if picture is None:
            if warning:
                return Content.styled(f" {cut(warning, width)}", "$text-warning")
            return Content.styled(f" {brief(self._document) or self._hint()}", "$text-muted")
        parts = [Content.styled(f" {picture.head}", "$text"), Content.styled("├", "$text-muted")]
        for each in picture.stretches:
            tint = _TINTS.get(each.phase.name, "$text-muted")
            parts += [
                Content.styled(each.before, tint),
                Content.styled(each.label, f"bold {tint}"),
                Content.styled(each.after, tint),
                Content.styled(each.joint, "$text-muted"),
            ]
        parts.append(Content.styled(picture.tail, "bold $text"))
        if warning:
            parts.append(Content.styled(f"  {cut(warning, width - room - 2)}", "$text-warning"))
        return Content.assemble(*parts)

    def _hint(self) -> str:
        if self._read_only:
            return ""
        if self._document.timeline:
            known = marks(self._document).keys()
            missing = [words for name, words in _ENDS.items() if name not in known]
            what = " and ".join(missing) or "the milestones"
            return f"Mark {what} ({self._mark} in the timeline) to see the phases to scale"
        return f"{self._entry} adds an event: type what happened, Enter stamps it"
