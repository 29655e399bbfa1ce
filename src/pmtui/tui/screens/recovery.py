"""What an editor that was killed did not get into the file: one key brings it back."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

_SHOWN = 200
"""Lines of differences that are listed; the others are counted."""


class RecoveryScreen(ModalScreen[bool]):
    """Lists what would be brought back; gives True for bringing it back, False for leaving it."""

    AUTO_FOCUS = "#recovery-list"
    BINDINGS = [
        Binding("enter", "dismiss(True)", "bring it back"),
        Binding("escape", "dismiss(False)", "leave it"),
    ]

    def __init__(self, heading: str, lines: Sequence[str], undo: str) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._undo = undo

    def compose(self) -> ComposeResult:
        """The heading, the list, and the two keys."""
        shown = list(self._lines[:_SHOWN])
        if more := len(self._lines) - len(shown):
            shown.append(f"… and {more} more")
        with Vertical(id="recovery", classes="pane -active") as pane:
            pane.border_title = Content("Not in the file")
            yield Static(Content(self._heading), id="recovery-heading")
            with VerticalScroll(id="recovery-list"):
                yield Static(Content("\n".join(shown)))
            keys = Content.assemble(
                Content.styled(" Enter ", "bold $text-primary"),
                Content.styled(f"bring it back ({self._undo} undoes it)   ", "$text-muted"),
                Content.styled(" Esc ", "bold $text-primary"),
                Content.styled("leave it, in a file of its own", "$text-muted"),
            )
            yield Static(keys, id="recovery-keys")
