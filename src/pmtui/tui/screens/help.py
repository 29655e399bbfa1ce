"""All keys on one page, made from the commands themselves."""

from collections.abc import Iterable, Iterator, Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from pmtui.tui.commands import grouped, key_label, keys_of
from pmtui.tui.wrapping import pad, wrap

_HARD = "\N{NO-BREAK SPACE}"


def _examples(*lines: str) -> str:
    """Examples side by side; their blanks are hard, so that none of them is broken."""
    return " ".join(f"{line.replace(' ', _HARD)}{_HARD}{_HARD}" for line in lines)


_FORMS = (
    ("An event", "[time] what happened [#kind] [@who] [https://...]"),
    (
        "A time",
        _examples("14:05", "1405", "2pm", "14:05-14:20", "~14:05", "-5m", "+5m", "14:05 UTC"),
    ),
    (
        "Another day",
        _examples("yesterday 23:50", "mon 14:05", "22 May 14:05", "2024-05-22 14:05"),
    ),
    ("No time", "-- nobody knows when"),
    ("A task", "what to do [@owner] [due:fri] [!P1] [#prevent] [OPS-12]"),
    ("Many", "several lines, pasted: an event or a task each"),
    ("Literally", r"\#   \@   keep a sign as text;  Tab completes # and @"),
)


Row = tuple[str, str]
"""What stands at the left and its explanation; a heading has nothing at the left."""

_LEFT = 15
"""Cells of the left column."""


class HelpPage(Widget):
    """Two columns under headings; a long explanation goes on below itself."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def _page(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for left, right in self._rows:
            if not left:
                lines += [Content()] if lines else []
                lines.append(Content.styled(right, "bold $text-primary"))
                continue
            for at, part in enumerate(wrap(right, max(8, width - _LEFT))):
                name = Content.styled(pad("" if at else f"  {left}", _LEFT), "bold $text")
                words = Content.styled(part.replace(_HARD, " "), "$text-muted")
                lines.append(Content.assemble(name, words))
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the page takes at `width` cells."""
        return len(self._page(width))

    def render(self) -> Content:
        """The page."""
        return Content("\n").join(self._page(self.size.width))


class HelpScreen(ModalScreen[None]):
    """Keys by group, and the forms of the quick lines; any of its keys closes it."""

    BINDINGS = [Binding("escape,q,f1,enter", "dismiss", "close")]

    def __init__(self, overrides: Mapping[str, str]) -> None:
        super().__init__()
        self._overrides = overrides

    def compose(self) -> ComposeResult:
        """One scrolling box."""
        with VerticalScroll(id="help") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("↑ ↓ scroll · Esc closes")
            yield HelpPage(self._rows())

    def _rows(self) -> Iterator[Row]:
        yield "", "What you can type"
        yield from _FORMS
        for group, commands in grouped():
            yield "", group
            for command in commands:
                yield key_label(keys_of(command, self._overrides)), command.help

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#help").focus()
