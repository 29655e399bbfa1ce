"""What is exported, as it will be copied, live."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmtui.tui.wrapping import wrap


class Preview(ScrollView, can_focus=True):
    """The source of an export, line by line, with the marks of Markdown made out."""

    class Closed(Message):
        """Esc: the person has seen enough."""

    COMPONENT_CLASSES = {"preview--heading", "preview--mark", "preview--text"}

    def __init__(
        self, id: str = "preview", title: str = "Preview", hint: str = "F6 closes"
    ) -> None:
        super().__init__(id=id, classes="pane")
        self.border_title = Content(title)
        self.border_subtitle = Content(hint)
        self._text = ""
        self._lines: list[tuple[str, str]] = []
        self._width = -1

    def on_key(self, event: events.Key) -> None:
        """Esc closes; the keys that scroll are the container's own."""
        if event.key == "escape":
            event.stop()
            self.post_message(self.Closed())

    def show(self, text: str) -> None:
        """Show this text; the scroll position stays."""
        if text != self._text:
            self._text = text
            self._width = -1
            self._arrange()
            self.refresh()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.scrollable_content_region.width
        if width in (self._width, 0):
            return
        self._width = width
        self._lines = [
            (_role(line), part) for line in self._text.split("\n") for part in wrap(line, width)
        ]
        self.virtual_size = Size(width, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        role, text = self._lines[at]
        style: Style = base + self.get_component_rich_style(f"preview--{role}", partial=True)
        return Strip([Segment(text, style)]).adjust_cell_length(width, base)


def _role(line: str) -> str:
    if line.startswith("#"):
        return "heading"
    if line.startswith(("|", "---", "```", "<", ">")):
        return "mark"
    return "text"
