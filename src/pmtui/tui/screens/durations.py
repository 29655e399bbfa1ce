"""All that the times of a document say: durations, what they are taken from, what contradicts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from pmtui.core.accounts import (
    Gap,
    contradictions,
    gaps,
    part_told,
    stated_length,
    stated_window,
    timeline_window,
    twice,
)
from pmtui.core.document import Postmortem
from pmtui.core.times import clock, elapsed, estimated
from pmtui.core.timing import STATED, Duration, Mark, Pair, durations
from pmtui.formats.phase_text import described
from pmtui.formats.wording import ends, length
from pmtui.tui.wrapping import pad, wrap


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table: what is measured, how long it is, and what that is taken from."""

    name: str
    length: str
    told: str
    style: str = "$text-muted"

    def drawn(self, name: int, length: int, width: int) -> Iterator[Content]:
        """The row with columns of these cells; its words go on below one another."""
        room = max(12, width - name - length - 3)
        for at, line in enumerate(wrap(self.told, room) or [""]):
            yield Content.assemble(
                Content.styled(pad(self.name if not at else "", name), "$text-muted"),
                Content.styled(f" {self.length if not at else '':>{length}}  ", "bold $text"),
                Content.styled(line, self.style),
            )


class _Table(Widget):
    """Lines that are made for a width, as high as they then are."""

    DEFAULT_CSS = "_Table { width: 1fr; height: auto; }"

    def __init__(self, lines: Callable[[int], Iterable[Content]]) -> None:
        super().__init__()
        self._lines = lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it has in `width` cells."""
        return len(list(self._lines(width)))

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(self._lines(self.size.width))


class DurationsScreen(ModalScreen[None]):
    """Each duration with its two events; any of its keys closes it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
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
            yield _Table(self._lines)

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#durations").focus()

    def _lines(self, width: int) -> Iterator[Content]:
        document = self._document
        wrong = contradictions(document)
        for each in wrong:
            for line in wrap(f"⚠ {described(document, each)}", width):
                yield Content.styled(line, "$text-warning")
        if wrong:
            yield Content("")
        measured = self._measured()
        parts = [part for part in (measured, self._compared(), self._gaps()) if part]
        rows = [row for part in parts for row in part if isinstance(row, _Row)]
        name = min(width // 2, max((cell_len(row.name) for row in rows), default=0))
        told = max((len(row.length) for row in rows), default=0)
        if not measured:
            words = "No two milestones give a duration yet; m in the timeline marks one."
            for line in wrap(words, width):
                yield Content.styled(line, "$text-muted")
        for number, part in enumerate(parts):
            if number:
                yield Content("")
            for row in part:
                if isinstance(row, _Row):
                    yield from row.drawn(name, told, width)
                else:
                    yield row

    def _measured(self) -> list[_Row | Content]:
        return [self._row(each.name, each) for each in durations(self._document, self._pairs)]

    def _row(self, name: str, duration: Duration) -> _Row:
        clocks = ends(self._document, duration.begin.at, duration.end.at)
        both = zip((duration.begin, duration.end), clocks, strict=True)
        return _Row(name, length(duration), " → ".join(_named(*each) for each in both))

    def _compared(self) -> list[_Row | Content]:
        """What was stated beside what the timeline says."""
        document = self._document
        said, window = stated_length(document), stated_window(document)
        timeline, both = timeline_window(document), twice(document)
        if not (said or window or both):
            return []
        windows = [each for each in (window, timeline) if each]
        found: list[_Row | Content] = [_title("Stated, and told by the timeline")]
        if said:
            about = "about " if said.about else ""
            others = [each for each in windows if not said.agrees(each.length)]
            row = _Row("in words", about + elapsed(said.length), "")
            if not others:
                row = replace(row, told="agrees" if windows else "", style="$text-success")
            elif part := part_told(document, said):
                told = f"from {part.begin.milestone} to {part.end.milestone}"
                row = replace(row, told=told, style="$text-success")
            else:
                told = " and ".join(f"not the {each.name}" for each in others)
                row = replace(row, told=told, style="$text-warning")
            found.append(row)
        found += [self._row(each.name, each) for each in windows]
        for pair in both:
            if pair.later:
                way = "later" if pair.later > timedelta() else "earlier"
                told = (
                    f"stated {self._clock(pair.stated)}, in the timeline"
                    f" {self._clock(pair.derived)}, {elapsed(abs(pair.later))} {way}"
                )
                tone = "$text-warning" if pair.differ else "$text-muted"
                found.append(_Row(pair.stated.milestone, "", told, tone))
        return found

    def _gaps(self) -> list[_Row | Content]:
        document = self._document
        rows = [
            _Row(
                " → ".join(_gap_ends(document, gap)),
                f"{'about ' if any(gap.abouts) else ''}{elapsed(gap.length)}",
                "",
            )
            for gap in gaps(document, self._gap)
        ]
        return [_title("Without an event"), *rows] if rows else []

    def _clock(self, mark: Mark) -> str:
        return estimated(clock(mark.at, self._document.timezone), mark.about)


def _gap_ends(document: Postmortem, gap: Gap) -> Iterator[str]:
    """When nothing began to be recorded and when it ended, with a sign at an estimate."""
    for about, told in zip(gap.abouts, ends(document, gap.since, gap.until), strict=True):
        yield estimated(told, about)


def _named(mark: Mark, told: str) -> str:
    source = " as stated" if mark.source == STATED else ""
    return f"{mark.milestone} {estimated(told, mark.about)}{source}"


def _title(words: str) -> Content:
    return Content.styled(words, "bold $text-primary")
