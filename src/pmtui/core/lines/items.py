"""What an item of a list describes: a task as the task line reads it, an event as the entry line.

Unlike a line that is typed, one that cannot be understood is not refused, but taken word for word.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pmtui.core.document import Entry, Task
from pmtui.core.lines.entries import fields_of, somebody
from pmtui.core.lines.quickline import read_entry
from pmtui.core.lines.taskline import read_task
from pmtui.core.lines.words import plain_words
from pmtui.core.passages import Item
from pmtui.core.people import recognised
from pmtui.core.times import Frame, read_time
from pmtui.errors import TimeError

_MARKED_TIME = re.compile(r"(?P<mark>\*\*|__|\*|_|`)(?P<time>[^*_`]+)(?P=mark)(?P<rest>.*)", re.S)


def task_of(item: Item, fresh: str, today: date, names: Sequence[str], me: str) -> Task:
    """The task that an item describes as the task line reads it, word for word if it cannot.

    Owner, due date and so on stand on its first line; what is nested below is text.
    """
    task = Task(id=fresh, text=item.text, state="done" if item.box in ("[x]", "[X]") else "open")
    first, _, nested = item.text.partition("\n")
    try:
        read = read_task(plain_words(first, protect=False), today)
    except TimeError:
        return task
    return task.revise(
        text=_with_nested(read.text, nested),
        owner=somebody(recognised(read.owner, names), me),
        due=read.due,
        priority=read.priority,
        kind=read.kind,
        ticket=read.ticket,
    )


def entry_of(text: str, fresh: str, frame: Frame, names: Sequence[str], me: str) -> Entry:
    """The event that a line describes as the entry line reads it; no time is not the present one.

    A time that counts from now would be another one tomorrow: it stays among the words.
    """
    first, _, nested = text.partition("\n")
    line = plain_words(_with_bare_time(first, frame), protect=False)
    try:
        read = read_entry(line, frame)
        later = read_entry(line, replace(frame, now=frame.now + timedelta(minutes=1)))
    except (TimeError, OverflowError):
        return Entry(id=fresh, text=text)
    words = _with_nested(read.text, nested)
    read = replace(read, text=words, who=recognised(read.who, names))
    if read.live:
        read = replace(read, at=None)
    elif read.at != later.at or read.until != later.until:
        return Entry(id=fresh, text=text)
    return Entry(id=fresh, **fields_of(read, me))


def _with_nested(text: str, nested: str) -> str:
    return f"{text}\n{nested}" if nested else text


def _with_bare_time(text: str, frame: Frame) -> str:
    """`text` without the marks around the time that it begins with, as in `**14:05** down`."""
    found = _MARKED_TIME.match(text)
    if found is None:
        return text
    time = found["time"].rstrip(" \t:,-–—")
    try:
        read_time(time, frame)
    except TimeError:
        return text
    return f"{time} {found['rest'].lstrip()}"
