"""A pane with a list and lines for quick entry: what its keys do, and how a line is taken."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events, on
from textual.widgets import TextArea

from pmtui.core.lines.batches import Batch, as_one_line, split_lines
from pmtui.core.lines.quickline import Completion
from pmtui.core.text import counted
from pmtui.errors import PmtuiError
from pmtui.storage.journal import Draft
from pmtui.tui.command import Command, Situation, read_only_words
from pmtui.tui.messages import Change, LineDone, MenuRequested, PaneLeft, Said
from pmtui.tui.widgets.line_host import LineHost
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.text_field import TextField

_CHOICES = 6
"""How many completions are named at once."""

ASKED_FROM = 20
"""Pasted lines above which it is asked first what they are."""

_FRAME = 6
"""Cells of the lower border that its words cannot use."""

_ADDING = (Mode.ADD, Mode.STAY, Mode.ADD_OTHER)


class LinedPane(LineHost):
    """Takes what is typed or pasted into the lines; what is refused is never lost."""

    # -- what is typed into the lines ----------------------------------------------------------

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        line = self.line_of(event.text_area)
        if line.mode is Mode.FILTER:
            self.filter_by(line.text.strip())
            return
        if line is not self.focused_line:
            return  # what it says is told once the cursor is in it
        if line.mode is Mode.RETIME:
            self.place_overlay()
        text = line.row[0]
        if not line.text.strip():
            self.preview(self.hint(line.mode))
        elif found := self.completion(line):
            self.preview(*self._explain_unfinished(found, line))
        elif text.strip():
            try:
                self.preview(*self.explain(text, line))
            except PmtuiError as error:
                self.preview(str(error), "error")

    def _explain_unfinished(self, found: Completion, line: QuickLine) -> tuple[str, str]:
        """How the line would be taken without the word being typed, and what Tab makes of that."""
        text = line.row[0]
        understood, tone = "", ""
        with contextlib.suppress(PmtuiError):
            shown, tone = self.explain(text[: found.start] + text[found.end :], line)
            understood = f"{shown} · "
        offers = ["  ".join(found.choices[:count]) for count in range(_CHOICES, 0, -1)]
        told = [f"{understood}Tab: {offer}" for offer in offers]
        room = self.size.width - _FRAME
        return next(
            ((each, tone) for each in told if cell_len(each) <= room), (f"Tab: {offers[0]}", "")
        )

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self.take(self.line_of(event.field))

    def split(self, text: str) -> tuple[str, ...]:
        """What of several lines is an item each."""
        return split_lines(text)

    def take(self, line: QuickLine) -> None:
        """Do what the line says; what is refused stays in it as it is, with the reason."""
        if line.mode is Mode.FILTER:
            self.focus_list()
        elif line.mode in _ADDING:
            self._add(line, self.split(line.text))
        else:
            try:
                self.carry_out(line.text, line)
            except PmtuiError as error:
                self.refuse(error)
            else:
                self.close_overlay()

    def _add(self, line: QuickLine, lines: Sequence[str]) -> None:
        """Add what `lines` say; those that are refused stand in the line then, the first shown."""
        batch = self.read_lines(lines, line.mode)
        refused = batch.refused
        if batch.items:
            self.add_items(batch.items, line.mode)
        if refused:
            line.field.open(
                "\n".join(each.line for each in refused), cursor=(0, len(refused[0].line))
            )
            self.refuse(refused[0].error, len(lines) - len(refused), len(refused))
            return
        line.clear()
        self.preview(self.hint(line.mode))
        if line.mode is Mode.ADD:
            self.preview("")
            self.post_message(LineDone(self.pane, added=len(batch.items) == 1))

    def refuse(self, error: PmtuiError, added: int = 0, left: int = 1) -> None:
        """Show why a line was not taken, each thing once: below the pane what fits there."""
        room = self.size.width - _FRAME
        below, rest = str(error), ""
        if cell_len(below) > room:
            below, rest = error.what, error.remedy
        if cell_len(below) > room:
            below, rest = "not understood", str(error)
        self.preview(below, "error")
        words = ["Not taken yet"]
        if added or left > 1:
            words = [f"Added {counted(added, self.noun(self.line.mode))}"] if added else []
            stay = "1 line is not understood and stays"
            if left > 1:
                stay = f"{left} lines are not understood and stay"
            words.append(f"{stay} in the line")
        self.post_message(Said("; ".join((*words, rest) if rest else words), "error"))

    @on(TextField.Pasted)
    def _pasted(self, event: TextField.Pasted) -> None:
        """Take several pasted lines: as so many items, or as the one that the line stands for."""
        event.stop()
        line = self.line_of(event.field)
        lines = self.split(event.text)
        if line.mode is Mode.EDIT:
            line.field.open(as_one_line(event.text))
        elif line.mode not in _ADDING or len(lines) == 1:
            line.field.open(lines[0])
        elif event.asked or len(lines) <= ASKED_FROM:
            self._add(line, lines)
        else:
            self._ask(line, event.text, lines)

    def _ask(self, line: QuickLine, text: str, lines: Sequence[str]) -> None:
        noun = self.noun(line.mode)
        options = (
            Option("a", f"Add {counted(len(lines), noun)}", "all"),
            Option("o", f"As one {noun}, in the line to look at first", "one"),
            Option("c", "Neither: leave the line as it was", ""),
        )

        def chosen(value: str) -> None:
            if value == "all":
                self._add(line, lines)
            elif value == "one":
                line.field.open(as_one_line(text))

        self.post_message(MenuRequested(f"{len(lines)} lines were pasted", options, chosen))

    @on(TextField.Escaped)
    def _escaped(self, event: TextField.Escaped) -> None:
        event.stop()
        if self.has_class("-refused"):
            self.post_message(Said(""))
        if self.line_of(event.field) is not self.line:
            self.close_overlay()
        elif self.line.mode is Mode.FILTER:
            self.end_filter()
            self.focus_list()
        else:
            self.preview("")
            if self.line.mode is not Mode.ADD_OTHER or not self.line.text.strip():
                self.line.begin(Mode.ADD)  # half a measure stays one
            self.post_message(LineDone(self.pane))

    def finish(self) -> None:
        """Take what is being edited in place, as when the cursor goes elsewhere."""
        if overlay := self.overlay:
            self.take(overlay)
        elif not self.line.text.strip():
            self.preview("")

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
        if (overlay := self.overlay) and overlay.field is not self.screen.focused:
            self.finish()

    def take_draft(self, force: bool = False) -> str:
        """Take what stands unfinished in the lines, as Enter would; gives the reason if it cannot.

        Nothing is taken then, unless with `force`: what is not understood is kept as plain words.
        """
        if self.read_only:
            return ""
        if overlay := self.overlay:
            try:
                self.carry_out(overlay.text, overlay)
            except PmtuiError as error:
                if not force:
                    self.preview(str(error), "error")
                    return self._reason(overlay)
                self._keep_edited(overlay)
            self.close_overlay()
        line, lines, mode = self.line, self._unfinished_lines(), self._adding_mode()
        batch = self.read_lines(lines, mode)
        if batch.refused and not force:
            line.begin(mode, "\n".join(lines))
            self.preview(str(batch.refused[0].error), "error")
            first = f"“{batch.refused[0].line.strip()}” is not understood"
            return f"{first}; {self.leaving} again keeps its words as {counted(1, self.noun(mode))}"
        self._keep_all(batch, mode)
        line.clear()
        return ""

    def _reason(self, line: QuickLine) -> str:
        """Why the line over a row cannot be taken, and what becomes of it on leaving."""
        after = "leaves the time as it was"
        if line.mode is Mode.EDIT:
            after = "keeps it word for word" if line.text.strip() else "leaves it as it was"
        return f"What is edited here is not understood; {self.leaving} again {after}"

    def _keep_edited(self, overlay: QuickLine) -> None:
        if overlay.mode is Mode.EDIT and overlay.text.strip():
            self.keep_words(overlay.text, overlay.item)

    def _keep_all(self, batch: Batch[Any], mode: Mode) -> None:
        """Add what was understood, and the words of what was not."""
        if batch.items:
            self.add_items(batch.items, mode)
        words = [self.as_words(each.line) for each in batch.refused]
        if kept := self.read_lines(words, mode).items:
            self.add_items(kept, mode)

    def _unfinished_lines(self) -> tuple[str, ...]:
        return self.split(self._draft if self.line.mode is Mode.FILTER else self.line.text)

    def _adding_mode(self) -> Mode:
        return self.line.mode if self.line.mode in _ADDING else Mode.STAY

    def unfinished(self) -> list[Change]:
        """The edits that would take what stands in the lines; nothing is asked for or drawn."""
        if self.read_only:
            return []
        self._held = []
        if (overlay := self.overlay) and overlay.text != self.begun:
            try:
                self.carry_out(overlay.text, overlay)
            except PmtuiError:
                self._keep_edited(overlay)
        mode = self._adding_mode()
        self._keep_all(self.read_lines(self._unfinished_lines(), mode), mode)
        held, self._held = self._held, None
        return held

    # -- keys ----------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """What decides whether a command of this pane is available."""
        return Situation(read_only=self.read_only, items=int(bool(self.rows.cursor)))

    def run(self, command: Command) -> None:
        """Carry out a command of this pane, or say why not."""
        if reason := command.when(self.situation()):
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

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the list goes into the line below it, to be read before Enter."""
        event.stop()
        if self.read_only:
            self.post_message(Said(read_only_words(self.read_only), "warning"))
            return
        self.open_line(Mode.STAY)
        self.line.field.insert_pasted(event.text)

    def _escape_list(self) -> None:
        """Esc in the list: first the selection goes, then the filter."""
        if not self.rows.clear_selected() and self.line.mode is Mode.FILTER:
            self.end_filter()

    def drafts(self) -> Iterator[Draft]:
        """What stands in the lines and is in no document yet."""
        line, overlay = self.line, self.overlay
        filtering = line.mode is Mode.FILTER
        text = self._draft if filtering else line.text
        if text.strip():
            mode = Mode.STAY if filtering else line.mode
            yield Draft(f"{self.pane}/line", text, mode.name)
        if overlay and overlay.text != self.begun:
            items = (overlay.item, *(self.rows.chosen if overlay.mode is Mode.RETIME else ()))
            yield Draft(f"{self.pane}/overlay", overlay.text, overlay.mode.name, items)

    def put_back(self, draft: Draft) -> None:
        """Put a draft where it stood, or into the line below where its row is gone."""
        item, chosen = draft.items[:1], draft.items[1:]
        if item and self.rows.has(item[0]):
            if len(chosen) > 1:
                self.rows.selected = frozenset(chosen)
            self.open_overlay(Mode[draft.mode], draft.text, item[0])
            self.begun = ""
            return
        stands = self.line.text
        mode = Mode[draft.mode] if draft.mode and not item else Mode.STAY
        self.open_line(mode, f"{stands} {draft.text}" if stands.strip() else draft.text)
