"""A pane with a list and lines for quick entry: opening, taking, leaving and completing them."""

from collections.abc import Callable, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from pmtui.core.document import Postmortem
from pmtui.core.fields import Writing
from pmtui.core.history import Place
from pmtui.core.quickline import complete
from pmtui.errors import PmtuiError
from pmtui.tui.commands import Command, Situation
from pmtui.tui.guards import set_subtitle
from pmtui.tui.messages import Change, LineDone, PaneLeft, Requested, Said
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.text_field import TextField

_CHOICES = 6
"""How many completions are named at once."""


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
        self._held: list[Change] | None = None
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
        set_subtitle(self, Content.styled(text, style) if style else Content(text))
        self.set_class(tone == "error", "-refused")

    def hint(self, mode: Mode) -> str:
        """What the empty line is for."""
        raise NotImplementedError

    def explain(self, text: str, line: QuickLine) -> tuple[str, str]:
        """How `text` would be taken, and the tone to say it in.

        Raises:
            TimeError, EditError: It would be refused.
        """
        raise NotImplementedError

    def carry_out(self, text: str, line: QuickLine) -> None:
        """Do what `line` says with `text`.

        Raises:
            TimeError, EditError: The text is not understood.
        """
        raise NotImplementedError

    def as_words(self, text: str) -> str:
        """A line that keeps `text` whole whatever it looks like."""
        raise NotImplementedError

    def filter_by(self, text: str) -> None:
        """Show only the rows that hold these words."""
        raise NotImplementedError

    def kinds(self) -> Sequence[str]:
        """What can follow a #."""
        raise NotImplementedError

    def names(self) -> Sequence[str]:
        """What can follow an @."""
        return everybody(self._document)

    def request(self, change: Change, label: str, item: str = "") -> None:
        """Ask for an edit; afterwards the cursor stands on `item`, or where it is."""
        if self._held is not None:
            self._held.append(change)
            return
        after = Place(self.pane, item or self.rows.cursor)
        self.post_message(Requested(change, label, self.place, after))

    # -- what is typed into the lines ----------------------------------------------------------

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        line = self.overlay if event.text_area is self.overlay.field else self.line
        if line.mode is Mode.FILTER:
            self.filter_by(line.text.strip())
        elif not line.text.strip():
            self.preview(self.hint(line.mode))
        elif choices := self.choices(line):
            self.preview("Tab: " + "  ".join(choices[:_CHOICES]))
        else:
            try:
                self.preview(*self.explain(line.text, line))
            except PmtuiError as error:
                self.preview(str(error), "error")

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self.take(self.overlay if event.field is self.overlay.field else self.line)

    def take(self, line: QuickLine) -> None:
        """Do what the line says; one that is refused stays as it is, with the reason."""
        adding = line.mode in (Mode.ADD, Mode.STAY, Mode.ADD_OTHER)
        try:
            if line.mode is not Mode.FILTER and not (adding and not line.text.strip()):
                self.carry_out(line.text, line)
        except PmtuiError as error:
            self.preview(str(error), "error")
            self.post_message(Said(str(error), "error"))
            return
        if line is self.overlay:
            self.close_overlay()
        elif line.mode is Mode.FILTER:
            self.focus_list()
        else:
            line.clear()
            self.preview(self.hint(line.mode))
            if line.mode is Mode.ADD:
                self.preview("")
                self.post_message(LineDone(self.pane))

    @on(TextField.Escaped)
    def _escaped(self, event: TextField.Escaped) -> None:
        event.stop()
        if event.field is self.overlay.field:
            self.close_overlay()
        elif self.line.mode is Mode.FILTER:
            self.line.clear()
            self.focus_list()
        else:
            self.preview("")
            self.post_message(LineDone(self.pane))

    def finish(self) -> None:
        """Take what is being edited in place, as when the cursor goes elsewhere."""
        if self.overlay.display:
            self.take(self.overlay)

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

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the list goes into the line below it, to be read before Enter."""
        event.stop()
        self.open_line(Mode.STAY)
        self.line.field.insert_pasted(event.text)

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

    def unfinished(self) -> list[Change]:
        """The edits that would take what stands in the lines; nothing is asked for or drawn."""
        lines = [(self._draft if self.line.mode is Mode.FILTER else self.line.text, self.line)]
        if self.overlay.display:
            lines.append((self.overlay.text, self.overlay))
        self._held = []
        for text, line in lines:
            if text.strip() and not self.read_only:
                try:
                    self.carry_out(text, line)
                except PmtuiError:
                    self.carry_out(self.as_words(text), self.line)
        held, self._held = self._held, None
        return held

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
