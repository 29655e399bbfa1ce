"""Edits of tasks and of the broad measures that they come from."""

from collections.abc import Sequence
from typing import Any

from pmtui.core.document import Measure, Postmortem, Task
from pmtui.errors import EditError


def find(document: Postmortem, item_id: str) -> Task | Measure:
    """The task or measure with this id.

    Raises:
        EditError: There is none.
    """
    items: tuple[Task | Measure, ...] = (*document.tasks, *document.measures)
    for item in items:
        if item.id == item_id:
            return item
    raise EditError("there is no such task or measure", where=item_id)


def add(document: Postmortem, item: Task | Measure) -> Postmortem:
    """`item` after the last of its sort."""
    if isinstance(item, Task):
        return document.revise(tasks=(*document.tasks, item))
    return document.revise(measures=(*document.measures, item))


def add_all(document: Postmortem, items: Sequence[Task | Measure]) -> Postmortem:
    """`items` in their order, each after the last of its sort."""
    tasks = tuple(item for item in items if isinstance(item, Task))
    measures = tuple(item for item in items if isinstance(item, Measure))
    return document.revise(
        tasks=(*document.tasks, *tasks), measures=(*document.measures, *measures)
    )


def revise(document: Postmortem, item_id: str, **changes: Any) -> Postmortem:
    """The task or measure with its fields changed."""
    old = find(document, item_id)
    new = old.revise(**changes)
    if new == old:
        return document
    if isinstance(old, Task):
        return document.revise(tasks=tuple(new if t is old else t for t in document.tasks))
    return document.revise(measures=tuple(new if m is old else m for m in document.measures))


def remove(document: Postmortem, item_id: str) -> Postmortem:
    """The document without this task or measure."""
    old = find(document, item_id)
    return document.revise(
        tasks=tuple(task for task in document.tasks if task is not old),
        measures=tuple(measure for measure in document.measures if measure is not old),
    )


def toggle(document: Postmortem, task_id: str) -> Postmortem:
    """The task done if it was open, open if it was done or dropped."""
    task = find(document, task_id)
    if not isinstance(task, Task):
        raise EditError("a measure cannot be done; make it a task first", where=task_id)
    return revise(document, task_id, state="done" if task.state == "open" else "open")


def drop(document: Postmortem, task_id: str) -> Postmortem:
    """The task dropped (will not be done, stays on record), or open again."""
    task = find(document, task_id)
    if not isinstance(task, Task):
        raise EditError("only a task can be dropped", where=task_id)
    return revise(document, task_id, state="open" if task.state == "dropped" else "dropped")


def move(document: Postmortem, item_id: str, step: int) -> Postmortem:
    """The task or measure one place up (-1) or down (1) among its sort."""
    item = find(document, item_id)
    name = "tasks" if isinstance(item, Task) else "measures"
    items = list(getattr(document, name))
    at = items.index(item)
    to = at + step
    if not 0 <= to < len(items):
        return document
    items[at], items[to] = items[to], items[at]
    return document.revise(**{name: tuple(items)})


def measure_to_task(document: Postmortem, measure_id: str) -> Postmortem:
    """The measure as an open task of the same id, at the end of the tasks."""
    measure = find(document, measure_id)
    if not isinstance(measure, Measure):
        raise EditError("this is a task already", where=measure_id)
    kind = "prevent" if measure.kind == "preventive" else ""
    without = document.revise(measures=tuple(m for m in document.measures if m is not measure))
    return add(without, Task(id=measure.id, text=measure.text, kind=kind, unknown=measure.unknown))
