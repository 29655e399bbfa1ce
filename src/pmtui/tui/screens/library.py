"""The postmortems of a folder: open one, or start a new one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from pmtui.core.times import day_label
from pmtui.errors import PmtuiError
from pmtui.storage.library import Item, list_postmortems
from pmtui.tui.guards import visible
from pmtui.tui.session import Session
from pmtui.tui.widgets.bars import Bar
from pmtui.tui.widgets.message_bar import MessageBar
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.wrapping import pad


class ItemRow:
    """A postmortem of the folder as a row."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.key = item.path.name


class LibraryList(RowList):
    """The postmortems, newest first."""

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
        base = self.rich_style
        styles = {
            name: base + self.get_component_rich_style(f"list--{name}", partial=True)
            for name in ("muted", "text", "time", "overdue")
        }
        day = day_label(item.started, item.timezone) if item.started and not item.undated else ""
        facts = [
            item.path.name,
            item.reference,
            item.severity,
            item.status,
            _count(item.timeline, "event"),
            _count(len(item.open_tasks), "open task"),
            f"read-only: {item.read_only}" if item.read_only else "",
        ]
        shown = _reason(item) or " · ".join(fact for fact in facts if fact)
        if item.unsaved:
            shown = f"{item.path.name} · not all of it was saved; Enter brings it back"
        width = look.width - 18
        lines = [
            [Segment(f" {pad(item.title or item.path.name, width)} ", styles["text"])],
            [
                Segment(
                    f"   {pad(shown, look.width - 4)}",
                    styles["overdue" if item.error or item.unsaved else "muted"],
                )
            ],
        ]
        lines[0].append(Segment(day.rjust(15), styles["time"]))
        if look.cursor:
            back = self.get_component_rich_style("list--cursor", partial=True)
            lines = [
                list(Segment.apply_style([*line, Segment(" " * look.width)], None, back))
                for line in lines
            ]
        return lines


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}" if number else ""


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
        Binding("q,escape,ctrl+q", "leave", "leave"),
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

    def compose(self) -> ComposeResult:
        """One pane between two bars."""
        yield Bar("head")
        with Vertical(id="library", classes="pane -active"):
            yield LibraryList("library-list")
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
        self.query_one("#library").border_title = Content(f"Postmortems {len(items)}")
        rows = self.query_one(LibraryList)
        rows.empty_text = "  No postmortems here yet: n starts one, in a file of this folder"
        rows.set_rows([ItemRow(item) for item in items])
        self.query_one(MessageBar).say_each(self._notes, "warning")
        head = Content.styled(f" {visible(str(self.folder.resolve()))}", "bold $text")
        self.query_one("#head", Bar).show(head, Content(""))
        keys = (("Enter", "open"), ("n", "new"), ("q", "leave"))
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
