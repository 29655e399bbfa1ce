"""The part of a pane that holds quick lines: opening them, what they mean, completing in them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from pmtui.core.document import Postmortem
from pmtui.core.fields import Writing
from pmtui.core.history import Place
from pmtui.core.lines.batches import Batch
from pmtui.core.lines.quickline import Completion, complete
from pmtui.core.people import everybody
from pmtui.tui.command import Command
from pmtui.tui.guards import set_subtitle, visible
from pmtui.tui.messages import Change, Requested, Said
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList

_SIGN_AND_CURSOR = 3
"""Cells of a line besides its text."""


class LineHost(Vertical):
    """A list, a quick line below it, and another that opens over a row.

    A subclass says what the lines mean, and has a method for each command of its scope.
    """

    def __init__(self, name: str, writing: Callable[[], Writing]) -> None:
        super().__init__(id=name, classes="pane lined")
        self.pane = name
        self.read_only = ""
        self.keymap: Mapping[str, Command] = {}
        self.leaving = "ctrl+q"
        self._writing = writing
        self._document = Postmortem()
        self._draft = ""
        self._held: list[Change] | None = None
        self.begun = ""
        self._over: QuickLine | None = None
        self._cycle: tuple[str, int, int, tuple[str, ...]] | None = None

    @property
    def rows(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def line(self) -> QuickLine:
        """The line below the list."""
        return self.query_one("#line", QuickLine)

    @property
    def overlay(self) -> QuickLine | None:
        """The line that edits a row in its place, while one is edited."""
        return self._over if self._over and self._over.display else None

    def _make_overlay(self) -> QuickLine:
        """The line for a row, made when one is edited for the first time."""
        if self._over is None:
            self._over = QuickLine("overlay")
            self.mount(self._over)
            self._over.mount(self._over.field)  # now: what is typed next is for it
        return self._over

    def line_of(self, field: TextArea) -> QuickLine:
        """The line that this field belongs to."""
        return self._over if self._over and field is self._over.field else self.line

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        return Place(self.pane, self.rows.cursor)

    @property
    def focused_line(self) -> QuickLine | None:
        """The line that has the cursor, None when the list has it."""
        for line in (self.overlay, self.line):
            if line and line.field is self.screen.focused:
                return line
        return None

    def preview(self, text: str, tone: str = "") -> None:
        """Show below the pane what the line would do."""
        style = {"error": "$text-error", "warning": "$text-warning"}.get(tone, "")
        text = visible(text)
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
        """Edit the item of `line` as `text` says.

        Raises:
            TimeError, EditError: The text is not understood.
        """
        raise NotImplementedError

    def read_lines(self, lines: Sequence[str], mode: Mode) -> Batch[Any]:
        """An item for each line that is understood, and the other lines with their reasons."""
        raise NotImplementedError

    def add_items(self, items: Sequence[Any], mode: Mode) -> None:
        """Add these items as one edit."""
        raise NotImplementedError

    def added_told(self) -> str:
        """What to say of the item that was added last, for a person who does not see the list."""
        raise NotImplementedError

    def keep_words(self, text: str, item: str) -> None:
        """Make `text`, which is not understood, the words of the item that it was typed for."""
        raise NotImplementedError

    def noun(self, mode: Mode) -> str:
        """What one line adds."""
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
        line.display = not self.read_only or mode is Mode.FILTER
        line.begin(mode, text)
        self.screen.set_focus(line.field, scroll_visible=False)
        if not line.text:
            self.preview(self.hint(mode))

    def end_filter(self) -> None:
        """Show all rows again; what was unfinished before the filter is back in the line."""
        self.filter_by("")
        draft, self._draft = self._draft, ""
        self.line.begin(Mode.ADD, draft)
        self.line.display = not self.read_only

    def open_overlay(
        self, mode: Mode, text: str, item: str, column: int | None = None
    ) -> QuickLine:
        """Edit `item` in the place of its row, with the cursor at `column` or at the end."""
        self.rows.move_to(item)
        overlay = self._make_overlay()
        overlay.begin(mode, text, item, column)
        self.begun = text
        overlay.display = True
        self.place_overlay()
        self.screen.set_focus(overlay.field, scroll_visible=False)
        self.preview(self.hint(mode))
        return overlay

    def place_overlay(self) -> None:
        """Lay the line over its row; one for another time over the time alone, if it fits there."""
        overlay = self.overlay
        if overlay is None:
            return
        self.rows.reveal()
        region = self.rows.row_region(overlay.item)
        overlay.styles.offset = (0, max(0, region.y))
        overlay.styles.width = "100%"
        if overlay.mode is Mode.RETIME:
            needed = cell_len(overlay.text) + _SIGN_AND_CURSOR
            overlay.styles.width = min(max(self.rows.time_width, needed), region.width)

    @property
    def cursor_height(self) -> int:
        """The line of the list that the row of its cursor is on; it may lie outside."""
        return self.rows.row_region(self.rows.cursor).y if self.rows.cursor else 0

    def keep_cursor_at(self, height: int) -> None:
        """Scroll so that the row of the cursor is on this line again, when rows came above it."""
        if self.rows.cursor and (moved := self.cursor_height - height):
            self.rows.scroll_relative(y=moved, animate=False)
            self.keep_overlay()

    def keep_overlay(self) -> None:
        """Leave what is edited in place beside its row, when rows came or went above it."""
        overlay = self.overlay
        if overlay and any(row.key == overlay.item for row in self.rows.rows):
            self.place_overlay()

    def on_resize(self) -> None:
        """Keep the line that is edited at its row, and in sight."""
        self.call_after_refresh(self.place_overlay)

    def close_overlay(self) -> None:
        """Back from editing in place."""
        if overlay := self.overlay:
            had_focus = overlay.field is self.screen.focused
            overlay.display = False
            if had_focus:
                self.focus_list()
        self.preview("")

    # -- completion ----------------------------------------------------------------------------

    def completion(self, line: QuickLine) -> Completion | None:
        """What Tab would make of the word under the cursor; None where it offers nothing."""
        text, _, column = line.row
        found = complete(text, column, kinds=self.kinds(), names=self.names())
        return found if found and found.choices else None

    def stays_in_word(self) -> bool:
        """Whether the cursor follows a letter; then it is said that Tab found nothing for it."""
        line = self.focused_line
        if line is None or line.mode is Mode.FILTER:
            return False
        text, _, column = line.row
        if not text[:column].strip() or text[column - 1].isspace():
            return False
        self.post_message(Said("Nothing to complete here; Esc leaves the line"))
        return True

    def complete(self) -> bool:
        """Complete the word under the cursor; again, the next choice. False if there is none."""
        line = self.focused_line
        if line is None:
            return False
        text, number, _ = line.row
        if self._cycle and self._cycle[0] == text:
            _, start, at, choices = self._cycle
            at, end = (at + 1) % len(choices), start + len(choices[at])
        else:
            found = self.completion(line)
            if found is None:
                return False
            start, end, at, choices = found.start, found.end, 0, found.choices
            if text[start:end] == choices[0] and len(choices) == 1:
                return False
        line.field.replace(choices[at], (number, start), (number, end))
        line.field.move_cursor((number, start + len(choices[at])))
        self._cycle = (line.row[0], start, at, choices)
        return True
