"""What the reader of another form assumed, and what contradicts in it, each with its line."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.formats.reading.report import Finding

_SHOWN = 500
"""Findings that are listed; the others are counted."""


class AssumedScreen(ModalScreen[None]):
    """Lists the findings of a reader; any of its keys closes it."""

    AUTO_FOCUS = "#assumed-list"
    BINDINGS = [Binding("enter,escape,q,i,f5", "dismiss", "close")]

    def __init__(self, heading: str, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._heading = heading
        self._findings = findings

    def compose(self) -> ComposeResult:
        """The heading and the list."""
        with Vertical(id="assumed") as box:
            box.border_title = Content("Assumed, or contradictory")
            box.border_subtitle = Content("↑ ↓ scroll · Enter closes · F5 i shows it again")
            yield Static(Content(self._heading), id="assumed-heading", markup=False)
            with VerticalScroll(id="assumed-list"):
                yield Static(Content("\n").join(self._lines()), markup=False)

    def _lines(self) -> Iterator[Content]:
        shown = self._findings[:_SHOWN]
        digits = max((len(str(finding.line)) for finding in shown if finding.line), default=0)
        indent = len("line  ") + digits + 1 if digits else 0
        for finding in shown:
            where = f"line {finding.line:>{digits}}" if finding.line else ""
            yield Content.assemble(
                Content.styled(f"{where:<{indent}}", "$text-muted"), Content(finding.text)
            )
        if more := len(self._findings) - len(shown):
            yield Content.styled(f"… and {more} more", "$text-muted")
