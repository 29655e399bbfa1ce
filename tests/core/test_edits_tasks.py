"""Edits of tasks and measures, as a table of short documents."""

from collections.abc import Callable
from functools import partial

import pytest

from pmtui.core.document import Measure, Postmortem, Task
from pmtui.core.edits import tasks
from pmtui.errors import EditError

_STATES = {"": "open", "+": "done", "-": "dropped"}
_SIGNS = {state: sign for sign, state in _STATES.items()}


def written(text: str) -> Postmortem:
    """`a b+ c- | m`: task a is open, b done, c dropped; m is a measure."""
    left, _, right = text.partition("|")
    return Postmortem(
        tasks=tuple(Task(id=w[0], text=w[0], state=_STATES[w[1:]]) for w in left.split()),
        measures=tuple(Measure(id=w, text=w) for w in right.split()),
    )


def shown(document: Postmortem) -> str:
    """The document as `written` reads it."""
    left = " ".join(task.id + _SIGNS[task.state] for task in document.tasks)
    return f"{left} | {' '.join(measure.id for measure in document.measures)}".strip()


Edit = Callable[[Postmortem], Postmortem]


def each(edit: Callable[..., Postmortem], id: str, *args: int) -> Edit:
    """`edit` on the item with this id."""
    return lambda document: edit(document, id, *args)


START = "a b+ c- | m n"


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (partial(tasks.add, item=Task(id="x")), "a b+ c- x | m n"),
        (partial(tasks.add, item=Measure(id="x")), "a b+ c- | m n x"),
        (each(tasks.toggle, "a"), "a+ b+ c- | m n"),
        (each(tasks.toggle, "b"), "a b c- | m n"),
        (each(tasks.toggle, "c"), "a b+ c | m n"),
        (each(tasks.drop, "a"), "a- b+ c- | m n"),
        (each(tasks.drop, "b"), "a b- c- | m n"),
        (each(tasks.drop, "c"), "a b+ c | m n"),
        (each(tasks.remove, "b"), "a c- | m n"),
        (each(tasks.remove, "m"), "a b+ c- | n"),
        (each(tasks.move, "a", 1), "b+ a c- | m n"),
        (each(tasks.move, "c", -1), "a c- b+ | m n"),
        (each(tasks.move, "n", -1), "a b+ c- | n m"),
        (each(tasks.measure_to_task, "m"), "a b+ c- m | n"),
    ],
)
def test_an_edit_changes_just_its_item(edit: Edit, after: str) -> None:
    assert shown(edit(written(START))) == after


@pytest.mark.parametrize(
    "edit",
    [
        each(tasks.move, "a", -1),
        each(tasks.move, "c", 1),
        each(tasks.move, "m", -1),
        each(tasks.move, "n", 1),
        lambda document: tasks.revise(document, "a", text="a"),
        lambda document: tasks.revise(document, "m", text="m"),
    ],
)
def test_an_edit_without_effect_gives_the_same_document(edit: Edit) -> None:
    document = written(START)
    assert edit(document) is document


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (each(tasks.toggle, "m"), "a measure cannot be done"),
        (each(tasks.drop, "m"), "only a task can be dropped"),
        (each(tasks.measure_to_task, "a"), "a task already"),
        (each(tasks.remove, "x"), "no such task"),
        (lambda document: tasks.revise(document, "a", state="lost"), "state"),
        (
            lambda document: tasks.revise(document, "a", owner="two\nlines"),
            "owner: must be one line",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(edit: Edit, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        edit(written(START))


@pytest.mark.parametrize(
    ("kind", "expected"), [("preventive", "prevent"), ("corrective", ""), ("", "")]
)
def test_a_measure_keeps_id_words_and_unknown_keys_as_a_task(kind: str, expected: str) -> None:
    measure = Measure(id="m", text="Drill", kind=kind, unknown=(("x", 1),))  # type: ignore[arg-type]
    after = tasks.measure_to_task(Postmortem(measures=(measure,)), "m")
    assert after.tasks == (Task(id="m", text="Drill", kind=expected, unknown=(("x", 1),)),)  # type: ignore[arg-type]
