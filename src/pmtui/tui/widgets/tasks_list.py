"""Tasks and measures as rows: a check list with who, when and how urgent."""

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import has_words
from pmtui.core.vocabulary import BOXES
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.wrapping import pad, wrap

_META = ("priority", "kind", "owner", "due", "ticket")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task, or a measure (its box is a bullet), each column as text."""

    key: str
    box: str
    text: str
    priority: str = ""
    kind: str = ""
    owner: str = ""
    due: str = ""
    ticket: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """What the rows below are."""

    label: str
    key: str = ""


def due_text(due: date, today: date) -> str:
    """A due date as its row shows it: `12 Jun`, with the year where it is another one."""
    return f"{due.day} {due:%b}" + (f" {due.year}" if due.year != today.year else "")


def rows_of(document: Postmortem, wanted: str, today: date) -> list[Row]:
    """The rows of measures and tasks that hold the words in `wanted`."""
    tasks = [
        TaskRow(
            key=task.id,
            box=BOXES[task.state],
            text=task.text,
            priority=task.priority,
            kind=task.kind,
            owner=task.owner,
            due=due_text(task.due, today) if task.due else "",
            ticket=task.ticket,
            overdue=task.due is not None and task.due < today and task.state == "open",
        )
        for task in document.tasks
    ]
    measures = [
        TaskRow(key=measure.id, box=" • ", text=measure.text, kind=measure.kind)
        for measure in document.measures
    ]
    tasks = [row for row in tasks if _matches(row, wanted)]
    measures = [row for row in measures if _matches(row, wanted)]
    if not measures:
        return list(tasks)
    heading = [HeadingRow("Tasks")] if tasks else []
    return [*heading, *tasks, HeadingRow("Measures"), *measures]


def _matches(row: TaskRow, wanted: str) -> bool:
    return has_words(" ".join((row.text, *(getattr(row, name) for name in _META))), wanted)


class TasksList(RowList):
    """The rows of tasks and measures."""

    COMPONENT_CLASSES = {
        "list--day",
        "list--muted",
        "list--milestone",
        "list--text",
        "list--done",
        "list--overdue",
        "list--cursor",
        "list--cursor-blurred",
    }

    class Ticked(Message):
        """The box of the task at the cursor was clicked."""

    def __init__(self) -> None:
        super().__init__("tasks-list")
        self._meta: dict[str, int] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; only columns that somebody used take room."""
        tasks = [row for row in rows if isinstance(row, TaskRow)]
        widths = {
            name: max((cell_len(getattr(r, name)) for r in tasks), default=0) for name in _META
        }
        meta = {name: min(size, 14) for name, size in widths.items() if size}
        if meta != self._meta:
            self._meta = meta
            self.forget_drawn()
        super().set_rows(rows)

    def _meta_of(self, row: TaskRow) -> dict[str, int]:
        """The columns behind the text, none where the row has nothing for any of them."""
        return self._meta if any(getattr(row, name) for name in self._meta) else {}

    def _text_width(self, row: TaskRow, width: int) -> int:
        return max(12, width - 6 - sum(size + 2 for size in self._meta_of(row).values()))

    def measure(self, row: Row, width: int) -> int:
        """One line a heading; a task as many as its text takes."""
        if isinstance(row, HeadingRow):
            return 1
        assert isinstance(row, TaskRow)
        return len(wrap(row.text, self._text_width(row, width)))

    def draw(self, row: Row, look: Look) -> list[list[Segment]]:
        """A heading, or a task over as many lines as its text takes."""
        if isinstance(row, HeadingRow):
            rule = "─" * max(0, look.width - cell_len(row.label) - 5)
            return [[Segment(f"── {row.label} {rule}", self.part("day"))]]
        assert isinstance(row, TaskRow)
        width = self._text_width(row, look.width)
        words = self.part("text" if row.box in (BOXES["open"], " • ") else "done")
        result = []
        for at, line in enumerate(wrap(row.text, width)):
            segments = [
                Segment(f"{'' if at else row.box:<4} ", self.part("milestone")),
                Segment(line, words),
                Segment(" " * (width - cell_len(line)), self.part("")),
            ]
            for name, size in self._meta_of(row).items():
                style = self.part("overdue" if name == "due" and row.overdue else "muted")
                segments.append(Segment("  " + pad("" if at else getattr(row, name), size), style))
            result.append(segments)
        return result

    def on_click(self, event: events.Click) -> None:
        """Ask for the task to be ticked off, or opened again, whose box was clicked."""
        row = self._row_beginning_at(event.y)
        if isinstance(row, TaskRow) and row.box in BOXES.values() and event.x < len(row.box):
            event.prevent_default()  # twice does not edit it
            self.post_message(self.Ticked())

    def _row_beginning_at(self, y: int) -> Row | None:
        key = self.line_key(y)
        begins = key and self.row_region(key).y == y
        return next((row for row in self.rows if row.key == key), None) if begins else None
