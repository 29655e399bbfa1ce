"""All keys on one page, made from the commands themselves."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.tui.commands import grouped, key_label, keys_of

_FORMS = (
    ("An event", "[time] what happened [#kind] [@who] [https://...]"),
    ("A time", "14:05   1405   2pm   14:05-14:20   ~14:05   -5m   +5m   14:05 UTC"),
    ("Another day", "yesterday 23:50   mon 14:05   22 May 14:05   2024-05-22 14:05"),
    ("No time", "-- nobody knows when"),
    ("A task", "what to do [@owner] [due:fri] [!P1] [#prevent] [OPS-12]"),
    ("Literally", r"\#   \@   keep a sign as text;  Tab completes # and @"),
)


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
            yield Static(self._page(), markup=False)

    def _page(self) -> Content:
        parts: list[Content] = []

        def heading(text: str) -> None:
            gap = "\n" if parts else ""
            parts.append(Content.styled(f"{gap}{text}\n", "bold $text-primary"))

        def line(left: str, right: str) -> None:
            parts.append(Content.styled(f"  {left:<12} ", "bold $text"))
            parts.append(Content.styled(f"{right}\n", "$text-muted"))

        heading("What you can type")
        for name, form in _FORMS:
            line(name, form)
        for group, commands in grouped():
            heading(group)
            for command in commands:
                line(key_label(keys_of(command, self._overrides)), command.help)
        return Content.assemble(*parts)

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one("#help").focus()
