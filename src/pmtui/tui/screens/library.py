"""The postmortems of a folder: open one, or start a new one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import TextArea

from pmtui.core.text import has_words, one_line, plural
from pmtui.core.times import day_label
from pmtui.errors import PmtuiError
from pmtui.storage.library import Item, list_postmortems
from pmtui.tui.guards import visible
from pmtui.tui.session import Session
from pmtui.tui.widgets.bars import Bar
from pmtui.tui.widgets.message_bar import MessageBar
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.widgets.text_field import TextField
from pmtui.tui.wrapping import pad


class ItemRow:
    """A postmortem of the folder as a row."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.key = item.path.name


class LibraryList(RowList):
    """The postmortems, newest first; the keys go to the filter above it."""

    BLURRED = "cursor"

    COMPONENT_CLASSES = {
        "list--muted",
        "list--text",
        "list--time",
        "list--overdue",
        "list--cursor",
        "list--cursor-blurred",
    }

    def measure(self, row: Row, width: int) -> int:
        """Two lines each: the title, then the facts."""
        return 2

    def draw(self, row: Row, look: Look) -> list[list[Segment]]:
        """Title and day; then file, severity, status and open tasks."""
        assert isinstance(row, ItemRow)
        item = row.item
        day = day_label(item.started, item.timezone) if item.started and not item.undated else ""
        facts = [
            item.path.name,
            item.reference,
            item.severity,
            item.status,
            plural(item.timeline, "event") if item.timeline else "",
            plural(len(item.open_tasks), "open task") if item.open_tasks else "",
            f"read-only: {item.read_only}" if item.read_only else "",
        ]
        shown = _reason(item) or " · ".join(fact for fact in facts if fact)
        if item.unsaved:
            shown = f"{item.path.name} · not all of it was saved; Enter brings it back"
        width = look.width - 18
        lines = [
            [Segment(f" {pad(item.title or item.path.name, width)} ", self.part("text"))],
            [
                Segment(
                    f"   {pad(shown, look.width - 4)}",
                    self.part("overdue" if item.error or item.unsaved else "muted"),
                )
            ],
        ]
        lines[0].append(Segment(day.rjust(15), self.part("time")))
        return lines


def _told(item: Item) -> str:
    """What a filter looks for words in."""
    facts = (item.title, item.path.name, item.reference, item.severity, item.status)
    return " ".join(facts)


def _reason(item: Item) -> str:
    """Why the file cannot be opened, without its name, which stands above."""
    reason = item.error.removeprefix(str(item.path)).lstrip(": ")
    found = re.match(r"(\d+):(\d+): ", reason)
    return f"line {found[1]}, column {found[2]}: {reason[found.end() :]}" if found else reason


class LibraryScreen(Screen[None]):
    """Choose a postmortem of the folder."""

    AUTO_FOCUS = "#library-list"
    BINDINGS = [
        Binding("enter", "open", "open"),
        Binding("n", "new", "new"),
        Binding("slash", "filter", "filter"),
        Binding("escape", "back", "back"),
        Binding("q,ctrl+q", "leave", "leave"),
    ]

    class Chosen(Message):
        """A postmortem was chosen: please open the editor on it."""

        def __init__(self, session: Session) -> None:
            self.session = session
            super().__init__()

    def __init__(
        self,
        folder: Path,
        open_session: Callable[[Path | None], Session],
        notes: Sequence[str] = (),
        *,
        unsaved: Sequence[str] = (),
    ) -> None:
        """`unsaved` names the files that something can be brought back into, opened or not yet."""
        super().__init__()
        self.folder = folder
        self._open_session = open_session
        self._unsaved = unsaved
        self._notes = notes
        self._items: list[Item] = []

    def compose(self) -> ComposeResult:
        """One pane between two bars."""
        yield Bar("head")
        with Vertical(id="library", classes="pane -active"):
            yield LibraryList("library-list")
            yield QuickLine("library-filter")
        yield MessageBar()
        yield Bar("keys")

    def on_mount(self) -> None:
        """List the folder."""
        items = list(list_postmortems(self.folder))
        known = {item.path.name for item in items}
        now = datetime.now(UTC)
        items[:0] = [
            Item(self.folder / name, now, unsaved=True)
            for name in self._unsaved
            if name not in known
        ]
        items = [
            replace(item, unsaved=True) if item.path.name in self._unsaved else item
            for item in items
        ]
        self._items = items
        self._show("")
        self.query_one(MessageBar).say_each(self._notes, "warning")
        head = Content.styled(f" {visible(str(self.folder.resolve()))}", "bold $text")
        self.query_one("#head", Bar).show(head, Content(""))
        keys = (("Enter", "open"), ("n", "new"), ("/", "filter"), ("q", "leave"))
        shown = [
            part
            for key, label in keys
            for part in (
                Content.styled(f" {key} ", "bold $text-primary"),
                Content.styled(f"{label} ", "$text-muted"),
            )
        ]
        self.query_one("#keys", Bar).show(Content.assemble(*shown), Content(""))

    def action_open(self) -> None:
        """Open the postmortem under the cursor."""
        name = self.query_one(LibraryList).cursor
        self._open(self.folder / name if name else None)

    def action_new(self) -> None:
        """Start a new one."""
        self._open(None)

    def _show(self, words: str) -> None:
        """List the postmortems that hold all these words."""
        wanted = words.strip()
        shown = [item for item in self._items if has_words(_told(item), wanted)]
        count = f"{len(shown)} of {len(self._items)}" if wanted else f"{len(self._items)}"
        self.query_one("#library").border_title = Content(f"Postmortems {count}")
        rows = self.query_one(LibraryList)
        rows.empty_text = (
            "  Nothing here has these words; Esc shows all"
            if wanted
            else "  No postmortems here yet: n starts one, in a file of this folder"
        )
        rows.set_rows([ItemRow(item) for item in shown])

    def action_filter(self) -> None:
        """Show only what holds the words that are typed."""
        line = self.query_one(QuickLine)
        line.add_class("-open")
        line.begin(Mode.FILTER)
        self.set_focus(line.field, scroll_visible=False)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self._show(event.text_area.text)

    @on(TextField.Submitted)
    @on(TextField.Leaving)
    def _filtered(self) -> None:
        self.set_focus(self.query_one(LibraryList))

    @on(TextField.Pasted)
    def _pasted(self, event: TextField.Pasted) -> None:
        event.field.open(one_line(event.text))

    @on(TextField.Escaped)
    def action_back(self) -> None:
        """Show all again; from there, leave the program."""
        line = self.query_one(QuickLine)
        if not line.has_class("-open"):
            self.action_leave()
            return
        line.clear()
        line.remove_class("-open")
        self.set_focus(self.query_one(LibraryList))

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit()

    def on_row_list_opened(self) -> None:
        """A double click opens."""
        self.action_open()

    def _open(self, path: Path | None) -> None:
        try:
            session = self._open_session(path)
        except PmtuiError as error:
            self.query_one(MessageBar).say(str(error), "error")
            return
        self.post_message(self.Chosen(session))
