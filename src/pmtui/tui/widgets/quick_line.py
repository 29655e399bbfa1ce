"""The line for quick entry, and the pane that has one below its list."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from pmtui.core.document import Postmortem
from pmtui.core.fields import Writing
from pmtui.core.history import Place
from pmtui.core.quickline import complete
from pmtui.errors import PmtuiError
from pmtui.tui.commands import Command, Situation
from pmtui.tui.messages import PaneLeft, Said
from pmtui.tui.widgets.row_list import RowList
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
        self.mode = Mode.ADD
        self.item = ""

    def compose(self) -> ComposeResult:
        """The sign and the field."""
        yield Static(self.mode.value, classes="sign", markup=False)
        yield TextField(one_line=True)

    @property
    def field(self) -> TextField:
        """Where the text is typed."""
        return self.query_one(TextField)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.field.text

    def begin(self, mode: Mode, text: str | None = None, item: str = "") -> None:
        """Turn to another mode; None keeps the text that stands there."""
        self.mode = mode
        self.item = item
        self.query_one(".sign", Static).update(Content(mode.value))
        if text is not None:
            self.field.open(text)

    def clear(self) -> None:
        """Empty the line."""
        self.field.open("")


class LinedPane(Vertical):
    """A pane with a list, a quick line below it, and a second line that opens over a row.

    A subclass says what the lines mean, and has a method for each command of its scope.
    """

    def __init__(self, name: str, writing: Callable[[], Writing]) -> None:
        super().__init__(id=name, classes="pane lined")
        self.pane = name
        self.read_only = ""
        self.keymap: Mapping[str, Command] = {}
        self._writing = writing
        self._document = Postmortem()
        self._draft = ""
        self._cycle: tuple[str, int, int, tuple[str, ...]] | None = None

    def compose_lines(self) -> ComposeResult:
        """The two lines; the second is hidden until a row is edited in its place."""
        yield QuickLine("line")
        overlay = QuickLine("overlay")
        overlay.display = False
        yield overlay

    @property
    def rows(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def line(self) -> QuickLine:
        """The line below the list."""
        return self.query_one("#line", QuickLine)

    @property
    def overlay(self) -> QuickLine:
        """The line that edits a row in its place."""
        return self.query_one("#overlay", QuickLine)

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        return Place(self.pane, self.rows.cursor)

    @property
    def focused_line(self) -> QuickLine | None:
        """The line that has the cursor, None when the list has it."""
        for line in (self.overlay, self.line):
            if line.field is self.screen.focused:
                return line
        return None

    def preview(self, text: str, tone: str = "") -> None:
        """Show below the pane what the line would do."""
        style = {"error": "$text-error", "warning": "$text-warning"}.get(tone, "")
        self.border_subtitle = Content.styled(text, style) if style else Content(text)
        self.set_class(tone == "error", "-refused")

    def hint(self, mode: Mode) -> str:
        """What the empty line is for."""
        raise NotImplementedError

    def finish(self) -> None:
        """Take what is being edited in place, as when the cursor goes elsewhere."""
        raise NotImplementedError

    def names(self) -> Sequence[str]:
        """What can follow an @."""
        return everybody(self._document)

    def kinds(self) -> Sequence[str]:
        """What can follow a #."""
        raise NotImplementedError

    # -- opening and closing the lines ---------------------------------------------------------

    def focus_list(self) -> None:
        """Put the cursor into the list."""
        self.preview("")
        self.screen.set_focus(self.rows, scroll_visible=False)

    def open_line(self, mode: Mode, text: str | None = None) -> None:
        """Put the cursor into the line below; an unfinished event waits there while filtering."""
        line = self.line
        if mode is Mode.FILTER and line.mode is not Mode.FILTER:
            self._draft = line.text
        elif mode is not Mode.FILTER and line.mode is Mode.FILTER:
            text, self._draft = self._draft, ""
        line.begin(mode, text)
        line.field.read_only = bool(self.read_only)
        self.screen.set_focus(line.field, scroll_visible=False)
        if not line.text:
            self.preview(self.hint(mode))

    def open_overlay(self, mode: Mode, text: str, item: str) -> None:
        """Edit `item` in the place of its row."""
        self.rows.move_to(item)
        region = self.rows.row_region(item)
        overlay = self.overlay
        overlay.styles.offset = (0, max(0, region.y))
        overlay.begin(mode, text, item)
        overlay.display = True
        self.screen.set_focus(overlay.field, scroll_visible=False)
        self.preview(self.hint(mode))

    def close_overlay(self) -> None:
        """Back from editing in place."""
        had_focus = self.overlay.field is self.screen.focused
        self.overlay.display = False
        if had_focus:
            self.focus_list()
        self.preview("")

    # -- keys ----------------------------------------------------------------------------------

    def run(self, command: Command) -> None:
        """Carry out a command of this pane, or say why not."""
        situation = Situation(read_only=self.read_only, items=int(bool(self.rows.cursor)))
        if reason := command.when(situation):
            self.post_message(Said(reason, "warning"))
            return
        try:
            getattr(self, command.method)()
        except PmtuiError as error:
            self.post_message(Said(str(error), "error"))

    def on_key(self, event: events.Key) -> None:
        """Keys of the list that the list itself had no use for."""
        if self.screen.focused is not self.rows:
            return
        command = self.keymap.get(event.key) or self.keymap.get(event.character or "")
        if command is not None:
            self.run(command)
        elif event.key == "escape":
            self._escape_list()
        elif event.key == "down":
            if not self.read_only:
                self.open_line(self.line.mode if self.line.mode is not Mode.ADD else Mode.STAY)
        elif event.key == "up":
            self.post_message(PaneLeft(self.pane, -1))
        else:
            return
        event.stop()
        event.prevent_default()

    def _escape_list(self) -> None:
        """Esc in the list: first the selection goes, then the filter."""
        if not self.rows.clear_selected() and self.line.mode is Mode.FILTER:
            self.line.clear()

    @on(TextField.Leaving)
    def _leaving(self, event: TextField.Leaving) -> None:
        event.stop()
        if event.field is self.line.field:
            if event.step < 0:
                self.focus_list()
            else:
                self.post_message(PaneLeft(self.pane, 1))

    def on_descendant_blur(self) -> None:
        """What was edited in place is taken when something else is clicked."""
        if self.overlay.display and self.overlay.field is not self.screen.focused:
            self.finish()

    def take_draft(self, force: bool = False) -> bool:
        """Take what stands unfinished in the line, as Enter would; True when nothing is left.

        With `force` what is not understood is kept as plain words.
        """
        line = self.line
        text = self._draft if line.mode is Mode.FILTER else line.text
        if not text.strip() or self.read_only:
            return True
        if line.mode is Mode.FILTER:
            line.begin(Mode.STAY, text)
        try:
            self.carry_out(text, line)
        except PmtuiError:
            if not force:
                return False
            self.carry_out(self.as_words(text), line)
        line.clear()
        return True

    def carry_out(self, text: str, line: QuickLine) -> bool:
        """Do what `line` says with `text`; False if there is nothing to do.

        Raises:
            TimeError, EditError: The text is not understood.
        """
        raise NotImplementedError

    def as_words(self, text: str) -> str:
        """A line that keeps `text` whole whatever it looks like."""
        raise NotImplementedError

    # -- completion ----------------------------------------------------------------------------

    def choices(self, line: QuickLine) -> tuple[str, ...]:
        """What Tab would offer for the word under the cursor."""
        found = complete(
            line.text, line.field.cursor_location[1], kinds=self.kinds(), names=self.names()
        )
        return found.choices if found else ()

    def complete(self) -> bool:
        """Complete the word under the cursor; again, the next choice. False if there is none."""
        line = self.focused_line
        if line is None:
            return False
        text, cursor = line.text, line.field.cursor_location[1]
        if self._cycle and self._cycle[0] == text:
            _, start, at, choices = self._cycle
            at, end = (at + 1) % len(choices), start + len(choices[at])
        else:
            found = complete(text, cursor, kinds=self.kinds(), names=self.names())
            if found is None or not found.choices:
                return False
            start, end, at, choices = found.start, found.end, 0, found.choices
            if text[start:end] == choices[0] and len(choices) == 1:
                return False
        line.field.replace(choices[at], (0, start), (0, end))
        line.field.move_cursor((0, start + len(choices[at])))
        self._cycle = (line.text, start, at, choices)
        return True


def everybody(document: Postmortem) -> list[str]:
    """Everybody named in the document, by name."""
    found = [entry.who for entry in document.timeline]
    found += [person.name for person in document.people]
    found += [task.owner for task in document.tasks]
    return sorted({name for name in found if name}, key=str.casefold)
