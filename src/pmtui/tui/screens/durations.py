"""All that the times of a document say: durations, what they are taken from, what contradicts."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.core.accounts import (
    contradictions,
    gaps,
    stated_length,
    stated_window,
    timeline_window,
    twice,
)
from pmtui.core.document import Postmortem
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import STATED, Duration, Mark, Pair, durations
from pmtui.formats.phase_text import described
from pmtui.formats.wording import length


class DurationsScreen(ModalScreen[None]):
    """Each duration with its two events; any of its keys closes it."""

    BINDINGS = [Binding("escape,q,d,enter,f5", "dismiss", "close")]

    def __init__(self, document: Postmortem, pairs: Iterable[Pair], gap: int) -> None:
        super().__init__()
        self._document = document
        self._pairs = tuple(pairs)
        self._gap = timedelta(minutes=gap)

    def compose(self) -> ComposeResult:
        """One scrolling box."""
        with VerticalScroll(id="durations") as box:
            box.border_title = Content("Durations")
            box.border_subtitle = Content("↑ ↓ scroll · Esc closes")
            yield Static(Content("\n").join(self._lines()), markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#durations").focus()

    def _lines(self) -> Iterator[Content]:
        document = self._document
        measured = durations(document, self._pairs)
        wrong = contradictions(document)
        for contradiction in wrong:
            yield Content.styled(f"⚠ {described(document, contradiction)}", "$text-warning")
        if wrong:
            yield Content("")
        if not measured:
            yield Content.styled(
                "No two milestones give a duration yet; m in the timeline marks one.",
                "$text-muted",
            )
        for duration in measured:
            yield self._line(duration.name, duration)
        yield from self._compared()
        yield from self._gaps()

    def _line(self, name: str, duration: Duration) -> Content:
        return Content.assemble(
            Content.styled(f"{name:<26}", "$text-muted"),
            Content.styled(f"{length(duration):>14}  ", "bold $text"),
            Content.styled(
                f"{self._mark(duration.begin)} → {self._mark(duration.end)}", "$text-muted"
            ),
        )

    def _mark(self, mark: Mark) -> str:
        about = "~" if mark.about else ""
        source = " as stated" if mark.source == STATED else ""
        return f"{mark.milestone} {about}{clock(mark.at, self._document.timezone)}{source}"

    def _compared(self) -> Iterator[Content]:
        """What was stated beside what the timeline says."""
        document = self._document
        said, window = stated_length(document), stated_window(document)
        timeline, both = timeline_window(document), twice(document)
        if not (said or window or both):
            return
        yield Content("")
        yield Content.styled("Stated, and told by the timeline", "bold $text-primary")
        if said:
            agreed = [each for each in (window, timeline) if each and said.agrees(each.length)]
            others = [each for each in (window, timeline) if each and each not in agreed]
            about = "about " if said.about else ""
            yield Content.assemble(
                Content.styled(f"{'in words':<26}", "$text-muted"),
                Content.styled(f"{about + elapsed(said.length):>14}  ", "bold $text"),
                Content.styled("agrees" if agreed and not others else "", "$text-success"),
                Content.styled(
                    " and ".join(f"not the {each.name}" for each in others), "$text-warning"
                ),
            )
        for each in (window, timeline):
            if each:
                yield self._line(each.name, each)
        for pair in both:
            if pair.later:
                way = "later" if pair.later > timedelta() else "earlier"
                yield Content.styled(
                    f"{pair.stated.milestone}: stated {self._clock(pair.stated)}, in the timeline"
                    f" {self._clock(pair.derived)}, {elapsed(abs(pair.later))} {way}",
                    "$text-warning",
                )

    def _gaps(self) -> Iterator[Content]:
        found = gaps(self._document, self._gap)
        if found:
            yield Content("")
            yield Content.styled("Without an event", "bold $text-primary")
        for gap in found:
            zone = self._document.timezone
            yield Content.assemble(
                Content.styled(
                    f"{clock(gap.before.at, zone)} → {clock(gap.after.at, zone):<18}",
                    "$text-muted",
                ),
                Content.styled(f"{elapsed(gap.length):>14}", "bold $text"),
            )

    def _clock(self, mark: Mark) -> str:
        return clock(mark.at, self._document.timezone)
