"""The tasks pane: the check list, its line, and what their keys do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import TextArea

from pmtui.core.document import MEASURE_KINDS, TASK_KINDS, Measure, Postmortem, Task
from pmtui.core.edits import tasks
from pmtui.core.fields import Writing
from pmtui.core.quickline import TaskLine, read_task, write_task
from pmtui.core.text import one_line
from pmtui.errors import EditError, PmtuiError
from pmtui.tui.messages import Change, CopyRequested, LineDone, MenuRequested, Requested, Said
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.quick_line import LinedPane, Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.tasks_list import TasksList, due_text, rows_of
from pmtui.tui.widgets.text_field import TextField

_ADDING = (Mode.ADD, Mode.STAY, Mode.ADD_OTHER)
_KIND_KEYS = {
    "prevent": "p",
    "detect": "d",
    "mitigate": "m",
    "repair": "r",
    "process": "c",
    "other": "o",
    "corrective": "c",
    "preventive": "p",
    "": "n",
}


class TasksPane(LinedPane):
    """Tasks and measures; the line takes `text [@owner] [due:fri] [!P1] [#kind] [OPS-12]`."""

    def __init__(self, writing: Callable[[], Writing]) -> None:
        super().__init__("tasks", writing)
        self._filter = ""
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The list above its lines."""
        yield TasksList()
        yield from self.compose_lines()

    def show(self, document: Postmortem) -> None:
        """Draw the document if its tasks or measures are others now."""
        same = bool(self._shown) and (
            document.tasks is self._shown[0] and document.measures is self._shown[1]
        )
        self._document = document
        if not same:
            self._shown = (document.tasks, document.measures)
            self._redraw()

    def title(self, document: Postmortem) -> str:
        """The name of the pane with its progress: `Tasks 2/5`, dropped ones not counted."""
        counted = [task for task in document.tasks if task.state != "dropped"]
        done = sum(task.state == "done" for task in counted)
        return f"Tasks {done}/{len(counted)}" if counted else "Tasks"

    def _today(self) -> date:
        return self._writing().now.date()

    def _redraw(self) -> None:
        document = self._document
        self.border_title = Content(self.title(document))
        self.rows.empty_text = (
            "  Nothing matches; Esc shows all"
            if document.tasks or document.measures
            else "  No tasks yet. Type one below: what, @owner due:fri !P1"
        )
        self.rows.set_rows(rows_of(document, self._filter, self._today()))

    # -- the lines -----------------------------------------------------------------------------

    def kinds(self) -> Sequence[str]:
        """The kinds of task."""
        return [kind for kind in TASK_KINDS if kind]

    def hint(self, mode: Mode) -> str:
        """What the empty line is for."""
        return {
            Mode.ADD: "what, @owner due:fri !P1 #prevent OPS-12 · Enter adds and goes back",
            Mode.STAY: "what, @owner due:fri !P1 #prevent OPS-12 · Enter adds, Esc goes back",
            Mode.ADD_OTHER: "a broad measure · Enter adds, Esc goes back",
            Mode.FILTER: "Enter keeps the filter, Esc clears it",
            Mode.EDIT: "Enter keeps, Esc leaves it as it was",
        }.get(mode, "")

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        quick = self.overlay if event.text_area is self.overlay.field else self.line
        text = quick.text
        if quick.mode is Mode.FILTER:
            self._filter = text.strip()
            self._redraw()
        elif not text.strip():
            self.preview(self.hint(quick.mode))
        elif self._measure(quick):
            self.preview("→ measure")
        elif choices := self.choices(quick):
            self.preview("Tab: " + "  ".join(choices[:6]))
        else:
            try:
                self.preview(self._describe(read_task(text, self._today())))
            except PmtuiError as error:
                self.preview(str(error), "error")

    def _measure(self, quick: QuickLine) -> bool:
        """Whether the line is about a measure."""
        if quick.mode is Mode.EDIT:
            return isinstance(tasks.find(self._document, quick.item), Measure)
        return quick.mode is Mode.ADD_OTHER

    def _describe(self, line: TaskLine) -> str:
        parts = [
            line.priority,
            f"#{line.kind}" if line.kind else "",
            f"@{line.owner}" if line.owner else "",
            f"due {line.due:%a} {due_text(line.due, self._today())}" if line.due else "",
            line.ticket,
        ]
        said = " · ".join(part for part in parts if part)
        return f"→ {said}" if said else self.hint(Mode.EDIT if self.overlay.display else Mode.STAY)

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self._take(self.overlay if event.field is self.overlay.field else self.line)

    def _take(self, line: QuickLine) -> None:
        try:
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

    def as_words(self, text: str) -> str:
        """A task that keeps `text` whole."""
        return write_task(text=text, owner="", due=None, priority="", kind="", ticket="")

    def carry_out(self, text: str, line: QuickLine) -> bool:
        """Add or edit, as the line's mode says."""
        if line.mode is Mode.EDIT:
            self._revise(line.item, text)
        elif line.mode in _ADDING and text.strip():
            taken = {task.id for task in self._document.tasks}
            taken |= {measure.id for measure in self._document.measures}
            fresh = self._writing().new_id(taken)
            if line.mode is Mode.ADD_OTHER:
                item: Task | Measure = Measure(id=fresh, text=one_line(text))
                label = "add a measure"
            else:
                item = Task(id=fresh, **_fields(read_task(text, self._today())))
                label = "add a task"
            self._request(partial(tasks.add, item=item), label, fresh)
        return True

    def _revise(self, item_id: str, text: str) -> None:
        item = tasks.find(self._document, item_id)
        if isinstance(item, Measure):
            if not text.strip():
                raise EditError("a measure needs words", remedy="Esc, then d deletes it")
            changes: dict[str, Any] = {"text": one_line(text)}
        else:
            changes = _fields(read_task(text, self._today()))
        what = "measure" if isinstance(item, Measure) else "task"
        change = partial(tasks.revise, item_id=item_id, **changes)
        self._request(change, f"edit a {what}", item_id)

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
            self._take(self.overlay)

    # -- what the keys of the list do ----------------------------------------------------------

    def _request(self, change: Change, label: str, item: str = "") -> None:
        after = replace(self.place, item=item or self.rows.cursor)
        self.post_message(Requested(change, label, self.place, after))

    def _item(self) -> Task | Measure:
        return tasks.find(self._document, self.rows.cursor)

    def _what(self) -> str:
        return "task" if isinstance(self._item(), Task) else "measure"

    def run_tasks_add(self) -> None:
        """Open the line and stay in it."""
        self.open_line(Mode.STAY)

    def run_tasks_toggle(self) -> None:
        """Tick the task off, or open it again."""
        task = self._item()
        done = isinstance(task, Task) and task.state == "open"
        tasks.toggle(self._document, task.id)
        label = "tick off a task" if done else "open a task again"
        self._request(partial(tasks.toggle, task_id=task.id), label)

    def run_tasks_drop(self) -> None:
        """Drop the task, or open it again."""
        task = self._item()
        tasks.drop(self._document, task.id)
        self._request(partial(tasks.drop, task_id=task.id), "drop a task")

    def run_tasks_edit(self) -> None:
        """Edit the task or measure in its place."""
        item = self._item()
        if isinstance(item, Task):
            text = write_task(
                text=item.text,
                owner=item.owner,
                due=item.due,
                priority=item.priority,
                kind=item.kind,
                ticket=item.ticket,
            )
        else:
            text = item.text
        self.open_overlay(Mode.EDIT, text, item.id)

    def run_tasks_delete(self) -> None:
        """Delete the task or measure."""
        self._request(partial(tasks.remove, item_id=self._item().id), f"delete a {self._what()}")

    def run_tasks_promote(self) -> None:
        """Turn the measure into a task."""
        item = self._item()
        tasks.measure_to_task(self._document, item.id)
        change = partial(tasks.measure_to_task, measure_id=item.id)
        self._request(change, "make a measure a task")

    def run_tasks_mark(self) -> None:
        """Offer the kinds of task, or of measure."""
        item = self._item()
        kinds = TASK_KINDS if isinstance(item, Task) else MEASURE_KINDS
        options = [Option(_KIND_KEYS[kind], kind or "none", kind) for kind in kinds]

        def mark(kind: str) -> None:
            change = partial(tasks.revise, item_id=item.id, kind=kind)
            self._request(change, f"mark a {self._what()}")

        self.post_message(MenuRequested(f"What kind of {self._what()} is it?", options, mark))

    def run_tasks_filter(self) -> None:
        """Open the filter."""
        self.open_line(Mode.FILTER, self._filter)

    def run_tasks_up(self) -> None:
        """Move it up."""
        self._request(
            partial(tasks.move, item_id=self._item().id, step=-1), f"move a {self._what()}"
        )

    def run_tasks_down(self) -> None:
        """Move it down."""
        self._request(
            partial(tasks.move, item_id=self._item().id, step=1), f"move a {self._what()}"
        )

    def run_tasks_copy(self) -> None:
        """Copy it as a Markdown item."""
        item = self._item()
        box = "" if isinstance(item, Measure) else f"[{'x' if item.state == 'done' else ' '}] "
        owner = f" @{item.owner}" if isinstance(item, Task) and item.owner else ""
        self.post_message(CopyRequested(f"- {box}{item.text}{owner}\n", f"a {self._what()}"))

    @on(RowList.Opened)
    def _opened(self, event: RowList.Opened) -> None:
        event.stop()
        if not self.read_only:
            self.run_tasks_edit()


def _fields(line: TaskLine) -> dict[str, Any]:
    """The fields of a task as the line says them."""
    names = ("text", "owner", "due", "priority", "kind", "ticket")
    return {name: getattr(line, name) for name in names}
