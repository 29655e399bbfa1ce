"""What the reader of another form assumed, and what contradicts in it, each with its line."""

from collections.abc import Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from pmtui.formats.reading.report import Finding
from pmtui.tui.key_order import KeysInOrder
from pmtui.tui.wrapping import wrap

_SHOWN = 500
"""Findings that are listed; the others are counted."""


class AssumedScreen(ModalScreen[None]):
    """Lists the findings of a reader; what is typed for the editor below closes it, goes there."""

    AUTO_FOCUS = "#assumed"
    BINDINGS = [
        Binding("enter,escape,q,i,f5", "dismiss", "close"),
        Binding("space", "page", "scroll"),
    ]

    def __init__(self, heading: str, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._heading = heading
        self._findings = findings

    def compose(self) -> ComposeResult:
        """The heading and the list."""
        with VerticalScroll(id="assumed") as box:
            box.border_title = Content("Assumed, or contradictory")
            box.border_subtitle = Content("↑ ↓ scroll · Enter closes · F5 i shows it again")
            yield Static(Content(self._heading), id="assumed-heading", markup=False)
            yield _Listed(self._findings)

    def action_page(self) -> None:
        """Scroll on."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def on_key(self, event: events.Key) -> None:
        """Give way to what is meant for the editor."""
        if event.key not in self.active_bindings and isinstance(self.app, KeysInOrder):
            event.stop()
            self.dismiss()
            self.app.again(event)


class _Listed(Widget):
    """The line of each finding at the left, and its words beside it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._shown = findings[:_SHOWN]
        self._more = len(findings) - len(self._shown)
        self._digits = max((len(str(each.line)) for each in self._shown if each.line), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        return len(list(self._lines(width)))

    def render(self) -> Content:
        """All of them."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> Iterator[Content]:
        indent = len("line  ") + self._digits + 1 if self._digits else 0
        for finding in self._shown:
            where = f"line {finding.line:>{self._digits}}" if finding.line else ""
            for words in wrap(finding.text, width - indent):
                yield Content.assemble(
                    Content.styled(f"{where:<{indent}}", "$text-muted"), Content(words)
                )
                where = ""
        if self._more:
            yield Content.styled(f"… and {self._more} more", "$text-muted")
