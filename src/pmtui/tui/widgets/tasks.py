"""The tasks pane: the check list, its line, and what their keys do."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from pmtui.core.document import MEASURE_KINDS, TASK_KINDS, Measure, Postmortem, Task
from pmtui.core.edits import tasks
from pmtui.core.fields import Writing
from pmtui.core.lines.batches import Batch, read_measures, read_tasks, split_items
from pmtui.core.lines.entries import somebody
from pmtui.core.lines.quickline import TaskLine, read_task, write_task
from pmtui.core.lines.words import end_of_words
from pmtui.core.people import recognised
from pmtui.core.text import counted, one_line
from pmtui.errors import EditError
from pmtui.tui.commands import BY_ID
from pmtui.tui.messages import CopyRequested, MenuRequested
from pmtui.tui.widgets.kind_keys import TASK_KEYS
from pmtui.tui.widgets.lined_pane import LinedPane
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.tasks_list import TasksList, due_text, rows_of


class TasksPane(LinedPane):
    """Tasks and measures; the line takes `text [@owner] [due:fri] [!P1] [#kind] [OPS-12]`."""

    def __init__(self, writing: Callable[[], Writing]) -> None:
        super().__init__("tasks", writing)
        self._filter = ""
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The list above its line."""
        yield TasksList()
        yield QuickLine("line")

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
        kept = [task for task in document.tasks if task.state != "dropped"]
        done = sum(task.state == "done" for task in kept)
        return f"Tasks {done}/{len(kept)}" if kept else "Tasks"

    def _today(self) -> date:
        return self._writing().now.date()

    def _redraw(self) -> None:
        document = self._document
        self.border_title = Content(self.title(document))
        self.rows.empty_text = (
            "  Nothing matches; Esc shows all"
            if document.tasks or document.measures
            else "  No tasks."
            if self.read_only
            else "  No tasks yet. Type one below: what, @owner due:fri !P1"
        )
        self.rows.set_rows(rows_of(document, self._filter, self._today()))
        self.keep_overlay()

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
        return f"→ {said}" if said else self.hint(Mode.EDIT if self.overlay else Mode.STAY)

    def explain(self, text: str, line: QuickLine) -> tuple[str, str]:
        """The task or measure as it would be."""
        if self._measure(line):
            return "→ measure", ""
        return self._describe(read_task(text, self._today())), ""

    def _fields(self, text: str) -> dict[str, Any]:
        """The fields of a task as the line says them."""
        line = read_task(text, self._today())
        names = ("text", "due", "priority", "kind", "ticket")
        owner = somebody(recognised(line.owner, self.names()), self._writing().me)
        return {name: getattr(line, name) for name in names} | {"owner": owner}

    def filter_by(self, text: str) -> None:
        """Show only the tasks and measures that hold these words."""
        self._filter = text
        self._redraw()

    def as_words(self, text: str) -> str:
        """A task that keeps `text` whole."""
        return write_task(text=text, owner="", due=None, priority="", kind="", ticket="")

    def carry_out(self, text: str, line: QuickLine) -> None:
        """Edit the task or measure."""
        self._revise(line.item, text)

    def split(self, text: str) -> tuple[str, ...]:
        """The lines of several tasks, a list's with what is nested in them."""
        return split_items(text)

    def read_lines(self, lines: Sequence[str], mode: Mode) -> Batch[Any]:
        """A task, or a measure, for each line that is understood."""
        if mode is Mode.ADD_OTHER:
            return read_measures(self._document, lines, self._writing())
        return read_tasks(self._document, lines, self._writing(), self._today())

    def add_items(self, items: Sequence[Task | Measure], mode: Mode) -> None:
        """Add these tasks or measures as one edit."""
        change = partial(tasks.add_all, items=tuple(items))
        self.request(change, f"add {counted(len(items), self.noun(mode))}", items[-1].id)

    def added_told(self) -> str:
        """Where the last task or measure is."""
        return f"Added to the {self.noun(self.line.mode)}s"

    def keep_words(self, text: str, item: str) -> None:
        """Make `text` the words of the task or measure."""
        change = partial(tasks.revise, item_id=item, text=text)
        self.request(change, "keep the words of a task", item)

    def noun(self, mode: Mode) -> str:
        """What one line adds."""
        return "measure" if mode is Mode.ADD_OTHER else "task"

    def _revise(self, item_id: str, text: str) -> None:
        item = tasks.find(self._document, item_id)
        if isinstance(item, Measure):
            if not text.strip():
                raise EditError("a measure needs words", remedy="Esc, then d deletes it")
            changes: dict[str, Any] = {"text": one_line(text)}
        else:
            # What another program changed of the task meanwhile stays, unless it was changed here.
            begun = self._fields(self.begun)
            changes = {n: v for n, v in self._fields(text).items() if v != begun[n]}
        what = "measure" if isinstance(item, Measure) else "task"
        change = partial(tasks.revise, item_id=item_id, **changes)
        self.request(change, f"edit a {what}", item_id)

    # -- what the keys of the list do ----------------------------------------------------------

    def _item(self) -> Task | Measure:
        return tasks.find(self._document, self.rows.cursor)

    def _needed(self, sort: type[Task | Measure], otherwise: str) -> Task | Measure:
        """The item at the cursor, which has to be a task, or a measure.

        Raises:
            EditError: It is the other.
        """
        item = self._item()
        if not isinstance(item, sort):
            raise EditError(otherwise)
        return item

    def _what(self) -> str:
        return "task" if isinstance(self._item(), Task) else "measure"

    def run_tasks_add(self) -> None:
        """Open the line and stay in it."""
        self.open_line(Mode.STAY)

    def run_tasks_toggle(self) -> None:
        """Tick the task off, or open it again."""
        task = self._needed(Task, "Only a task can be ticked off; p makes one of a measure")
        done = isinstance(task, Task) and task.state == "open"
        tasks.toggle(self._document, task.id)
        label = "tick off a task" if done else "open a task again"
        self.request(partial(tasks.toggle, task_id=task.id), label)

    def run_tasks_drop(self) -> None:
        """Drop the task, or open it again."""
        task = self._needed(Task, "Only a task can be dropped; d deletes a measure")
        tasks.drop(self._document, task.id)
        self.request(partial(tasks.drop, task_id=task.id), "drop a task")

    def run_tasks_edit(self) -> None:
        """Edit the task or measure in its place."""
        item = self._item()
        column = None
        if isinstance(item, Task):
            text = write_task(
                text=item.text,
                owner=item.owner,
                due=item.due,
                priority=item.priority,
                kind=item.kind,
                ticket=item.ticket,
            )
            if item.text.strip():
                column = end_of_words(text, read_task(text, self._today()).spans)
        else:
            text = item.text
        self.open_overlay(Mode.EDIT, text, item.id, column)

    def run_tasks_delete(self) -> None:
        """Delete the task or measure."""
        self.request(partial(tasks.remove, item_id=self._item().id), f"delete a {self._what()}")

    def run_tasks_promote(self) -> None:
        """Turn the measure into a task."""
        item = self._needed(Measure, "This is a task already")
        tasks.measure_to_task(self._document, item.id)
        change = partial(tasks.measure_to_task, measure_id=item.id)
        self.request(change, "make a measure a task")

    def run_tasks_mark(self) -> None:
        """Offer the kinds of task, or of measure."""
        item = self._item()
        kinds = TASK_KINDS if isinstance(item, Task) else MEASURE_KINDS
        options = [Option(TASK_KEYS[kind], kind or "none", kind) for kind in kinds]

        def mark(kind: str) -> None:
            change = partial(tasks.revise, item_id=item.id, kind=kind)
            self.request(change, f"mark a {self._what()}")

        self.post_message(MenuRequested(f"What kind of {self._what()} is it?", options, mark))

    def run_tasks_filter(self) -> None:
        """Open the filter."""
        self.open_line(Mode.FILTER, self._filter)

    def run_tasks_up(self) -> None:
        """Move it up."""
        self.request(
            partial(tasks.move, item_id=self._item().id, step=-1), f"move a {self._what()}"
        )

    def run_tasks_down(self) -> None:
        """Move it down."""
        self.request(partial(tasks.move, item_id=self._item().id, step=1), f"move a {self._what()}")

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

    @on(TasksList.Ticked)
    def _ticked(self, event: TasksList.Ticked) -> None:
        event.stop()
        self.run(BY_ID["tasks.toggle"])
