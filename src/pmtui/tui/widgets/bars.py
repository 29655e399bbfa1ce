"""The lines at the top and the bottom of the screen."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from pmtui.core.lazy_dataclass import dataclass
from pmtui.tui.command import Command
from pmtui.tui.commands import key_label, keys_of
from pmtui.tui.wrapping import cut


class Bar(Widget):
    """One line with something at its left and something at its right."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="bar")
        self._left = Content()
        self._right = Content()
        self._shorter: tuple[Content, ...] = ()

    def show(self, left: Content, right: Content, *shorter: Content) -> None:
        """Draw these; where there is no room for both, the left as the first of `shorter` forms.

        The last of them is cut where even that does not fit.
        """
        if (left, right, shorter) != (self._left, self._right, self._shorter):
            self._left, self._right, self._shorter = left, right, shorter
            self.refresh()

    def render(self) -> Content:
        """The line."""
        width = self.size.width
        room = width - self._right.cell_length - 1
        forms = (self._left, *self._shorter)
        left = next((form for form in forms if form.cell_length <= room), forms[-1])
        if left.cell_length > room:
            left = left.truncate(max(0, room), ellipsis=True)
        space = " " * max(1, width - left.cell_length - self._right.cell_length)
        return Content.assemble(left, space, self._right)


@dataclass
class CommandClicked(Message):
    """A command in the key bar was clicked."""

    command_id: str


class KeyBar(Widget):
    """The commands that matter here, the last one always at the right; a click runs one."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        super().__init__(id="keys", classes="bar")
        self._overrides = overrides
        self._offered: Sequence[tuple[Command, bool]] = ()
        self._spans: list[tuple[int, int, str]] = []

    def show(self, offered: Sequence[tuple[Command, bool]]) -> None:
        """Offer these commands, as many as there is room for; those not available now muted."""
        if list(offered) != list(self._offered):
            self._offered = list(offered)
            self.refresh()

    def render(self) -> Content:
        """The keys and labels."""
        if not self._offered:
            return Content()
        *others, last = ((each[0], self._shown(*each)) for each in self._offered)
        room = self.size.width - last[1].cell_length
        parts: list[Content] = []
        self._spans = []
        at = 0
        for command, shown in others:
            width = shown.cell_length
            if at + width > room:
                break
            self._spans.append((at, at + width, command.id))
            parts.append(shown)
            at += width
        self._spans.append((room, self.size.width, last[0].id))
        return Content.assemble(*parts, " " * (room - at), last[1])

    def _shown(self, command: Command, available: bool) -> Content:
        key = key_label(keys_of(command, self._overrides).split(",")[0])
        return Content.assemble(
            Content.styled(f" {key} ", "bold $text-primary" if available else "$hint"),
            Content.styled(f"{command.label} ", "$text-muted" if available else "$hint"),
        )

    def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        for start, end, command_id in self._spans:
            if start <= event.x < end:
                self.post_message(CommandClicked(command_id))


class Tabs(Widget):
    """The panes by name, where only one of them fits the screen."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, pane: str) -> None:
            self.pane = pane
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="tabs", classes="bar")
        self._names: list[tuple[str, str]] = []
        self._active = ""
        self._spans: list[tuple[int, int, str]] = []

    def show(self, names: Sequence[tuple[str, str]], active: str) -> None:
        """Name the panes anew and mark the present one."""
        if (list(names), active) != (self._names, self._active):
            self._names, self._active = list(names), active
            self.refresh()

    def render(self) -> Content:
        """The names, the present one standing out; the first ones give way to it."""
        parts: list[Content] = []
        self._spans = []
        at = 0
        for pane, name in self._names[self._first() :]:
            label = f" {cut(name, 20)} "
            style = (
                "bold $text-primary on $primary-muted" if pane == self._active else "$text-muted"
            )
            parts += [Content.styled(label, style), Content(" ")]
            self._spans.append((at, at + cell_len(label), pane))
            at += cell_len(label) + 1
        return Content.assemble(*parts)

    def _first(self) -> int:
        """The first tab that is shown: as far left as the present one can be read whole."""
        ends = list(accumulate(cell_len(cut(name, 20)) + 3 for _, name in self._names))
        active = next((at for at, (pane, _) in enumerate(self._names) if pane == self._active), 0)
        room = self.size.width + 1
        fits = (at for at in range(active) if ends[active] - (ends[at - 1] if at else 0) <= room)
        return next(fits, active)

    def on_click(self, event: events.Click) -> None:
        """Go to the pane under the mouse."""
        for start, end, pane in self._spans:
            if start <= event.x < end:
                self.post_message(self.Chosen(pane))
