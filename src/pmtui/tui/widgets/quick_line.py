"""The line for quick entry: a sign for what Enter does, and the text."""

from enum import Enum

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from pmtui.tui.widgets.text_field import TextField


class Mode(Enum):
    """What Enter does with the line, and the sign that stands before it."""

    ADD = "›"
    STAY = "»"
    ADD_OTHER = "•"
    FILTER = "/"
    EDIT = "✎"
    RETIME = "◷"


class QuickLine(Container):
    """A sign and a single line of text; the pane around it knows what the text means."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="quick-line")
        self.field = TextField(one_line=True, hands_on=True)
        """Where the text is typed."""
        self.mode = Mode.ADD
        self.item = ""

    def compose(self) -> ComposeResult:
        """The field; the sign stands in its margin."""
        if not self.field.is_attached:  # who needs it at once has mounted it
            yield self.field

    def render(self) -> Content:
        """The sign."""
        return Content(self.mode.value)

    @property
    def text(self) -> str:
        """What stands in the line; several lines where a paste was refused in part."""
        return self.field.text

    @property
    def row(self) -> tuple[str, int, int]:
        """The line that the cursor is in, its number, and the column of the cursor."""
        number, column = self.field.cursor_location
        return self.field.document.get_line(number), number, column

    def begin(
        self, mode: Mode, text: str | None = None, item: str = "", column: int | None = None
    ) -> None:
        """Turn to another mode; None keeps the text that stands there, the cursor at its end."""
        if mode is not self.mode:
            self.mode = mode
            self.refresh()  # every sign has the same place, so nothing is laid out anew
        self.item = item
        if text is not None:
            self.field.open(text, cursor=None if column is None else (0, column))

    def clear(self) -> None:
        """Empty the line."""
        self.field.open("")
