"""Tasks from outside the editor: read, put into a document, and told in one line."""

from collections.abc import Sequence
from datetime import date, datetime

from pmtui.cli.adding import Line, add, typed
from pmtui.cli.documents import settings
from pmtui.cli.streams import say
from pmtui.core.document import Postmortem, Task
from pmtui.core.edits import tasks
from pmtui.core.fields import Writing
from pmtui.core.ids import random_id
from pmtui.core.lines.batches import read_tasks
from pmtui.core.text import one_line
from pmtui.core.vocabulary import BOXES


def add_tasks(file: str, words: Sequence[str], create: bool = False) -> None:
    """Add the task in `words` to `file`, or those on standard input, and print each as understood.

    With `create` a file that is not there is started.

    Raises:
        TimeError: A line is refused; the file stays as it was.
        StorageError: The file cannot be read or written.
    """
    lines, (preferences, _) = typed(words, "task"), settings()
    today = date.today()
    _, added = add(
        file, preferences, create, lambda held: with_tasks(held, lines, today, preferences.name)
    )
    for each in added:
        say(described(each))


def with_tasks(
    document: Postmortem, lines: Sequence[Line], today: date, me: str = ""
) -> tuple[Postmortem, tuple[Task, ...]]:
    """The document with a task for each line; `today` is what due dates count from, `me` is @me.

    Raises:
        TimeError: A line is refused.
    """
    writing = Writing(datetime.combine(today, datetime.min.time()), random_id, me=me)
    read = read_tasks(document, [line.text for line in lines], writing, today)
    if read.refused:
        first = read.refused[0]
        where = next(line.where for line in lines if line.text == first.line)
        first.error.where = first.error.where or where
        raise first.error
    return tasks.add_all(document, read.items), read.items


def described(task: Task) -> str:
    """The task as understood: `[ ] Alert on disk usage  P1  @ana  due 2024-06-12`."""
    parts = (one_line(task.text), *facts(task))
    return f"{BOXES[task.state]} {'  '.join(parts)}"


def facts(task: Task) -> tuple[str, ...]:
    """What a task says besides its text: priority, kind, owner, due date, ticket."""
    found = (
        task.priority,
        task.kind,
        f"@{task.owner}" if task.owner else "",
        f"due {task.due}" if task.due else "",
        task.ticket,
    )
    return tuple(fact for fact in found if fact)
