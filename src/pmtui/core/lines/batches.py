"""Several quick lines at once, as from a paste: each is read like a typed one, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from textwrap import dedent
from typing import Generic, TypeVar

from pmtui.core.document import Entry, Measure, Postmortem, Task
from pmtui.core.fields import Writing
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.core.lines.entries import fields_of, frame_for, somebody
from pmtui.core.lines.quickline import read_entry
from pmtui.core.lines.taskline import read_task
from pmtui.core.passages import inset, item_indent
from pmtui.core.people import everybody, recognised
from pmtui.core.text import one_line
from pmtui.errors import TimeError

Item = TypeVar("Item")

_BULLET = pattern(r"\s*(?:[-*+•‣◦·](?:\s+|$))?")
_LINE_END = pattern(r"(?<!\\)(\\*)(?<![\t ])[\t ]*\n[\t\n ]*")
_BOX = pattern(r"\[(?P<mark>[ xX])\]\s+")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be taken as it is, and why."""

    line: str
    error: TimeError


@dataclass(frozen=True, slots=True)
class Batch(Generic[Item]):
    """What became of several lines: the items in their order, and the lines that were refused."""

    items: tuple[Item, ...]
    refused: tuple[Refused, ...]


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` that are not blank."""
    return tuple(line for line in text.split("\n") if line.strip())


def split_items(text: str) -> tuple[str, ...]:
    """The lines of `text` that are not blank, an item of a list with what is nested in it."""
    found: list[str] = []
    base: int | None = None
    for line in split_lines(text):
        indent = item_indent(line)
        if base is not None and inset(line) > (base if indent is not None else base + 1):
            found[-1] += f"\n{line.rstrip()}"
        else:
            found.append(line)
            base = indent
    return tuple(found)


def as_one_line(text: str) -> str:
    """`text` as the line of one event, which keeps its line ends as signs."""
    return _LINE_END.sub(lambda end: f"{end[1] * 2}⏎", text.strip())


def read_entries(
    document: Postmortem, lines: Sequence[str], writing: Writing, follows: str = ""
) -> Batch[Entry]:
    """The events that `lines` describe; each time follows the one before it, the first `follows`.

    The mark of a list (`-`, `*`, `•`) before a line is left out where there are several.
    """
    frame = frame_for(document, writing.now, follows)
    taken = set(map(attrgetter("id"), document.timeline))
    names = everybody(document)

    def entry(line: str) -> Entry:
        nonlocal frame
        read = read_entry(line, frame)
        read = replace(read, who=recognised(read.who, names))
        made = Entry(id=writing.new_id(taken), **fields_of(read, writing.me))
        taken.add(made.id)
        frame = replace(frame, after=made.at or frame.after)
        return made

    return _batch(lines, entry)


def read_tasks(
    document: Postmortem, lines: Sequence[str], writing: Writing, today: date
) -> Batch[Task]:
    """The tasks that `lines` describe; among several, `- [x] text` is one that is done.

    What `split_items` nested in a line is text of its task.
    """
    taken = {*(task.id for task in document.tasks), *(m.id for m in document.measures)}
    names = everybody(document)

    def task(line: str) -> Task:
        line, nested = _parted(line)
        box = _BOX.match(line) if len(lines) > 1 or nested else None
        read = read_task(line[box.end() :] if box else line, today)
        made = Task(
            id=writing.new_id(taken),
            text=f"{read.text}{nested}",
            owner=somebody(recognised(read.owner, names), writing.me),
            due=read.due,
            priority=read.priority,
            kind=read.kind,
            ticket=read.ticket,
            state="done" if box and box["mark"] != " " else "open",
        )
        taken.add(made.id)
        return made

    return _batch(lines, task)


def read_measures(document: Postmortem, lines: Sequence[str], writing: Writing) -> Batch[Measure]:
    """A measure of each line."""
    taken = {*(task.id for task in document.tasks), *(m.id for m in document.measures)}

    def measure(line: str) -> Measure:
        line, nested = _parted(line)
        if not (text := one_line(line)):
            raise TimeError("there is no text", remedy="say what the measure is")
        made = Measure(id=writing.new_id(taken), text=f"{text}{nested}")
        taken.add(made.id)
        return made

    return _batch(lines, measure)


def _batch(lines: Sequence[str], read: Callable[[str], Item]) -> Batch[Item]:
    items: list[Item] = []
    refused: list[Refused] = []
    for line in lines:
        try:
            is_listed = len(lines) > 1 or "\n" in line
            items.append(read(without_bullet(line) if is_listed else line))
        except TimeError as error:
            refused.append(Refused(line, error))
    return Batch(tuple(items), tuple(refused))


def _parted(line: str) -> tuple[str, str]:
    """The line of an item, and what is nested below it, the line end before that included."""
    first, end, nested = line.partition("\n")
    return first, f"{end}{dedent(nested)}"


def without_bullet(line: str) -> str:
    """The line behind the mark of a list that it begins with."""
    found = _BULLET.match(line)
    return line[found.end() :] if found else line
