"""The tasks that have a due date as to-dos of a calendar (RFC 5545).

The uid of a to-do is made of the task's id and of the reference of the document, else its title: a
later export replaces what an earlier one brought into the calendar, and nothing that another
postmortem did, though that may have a task with the same id. No clock is read: the same document
gives the same bytes.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from pmtui.core.digests import blake2s
from pmtui.core.document import Postmortem, Task
from pmtui.core.order import instant
from pmtui.core.text import one_line
from pmtui.errors import ExportError

_OCTETS = 75
"""The longest line of the file, by RFC 5545 3.1."""

_STATES = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}
_PRIORITIES = {"P0": 1, "P1": 3, "P2": 5, "P3": 7}
_MARKS = re.compile(r"[\\;,]")


def write(document: Postmortem) -> bytes:
    """The tasks with a due date as a calendar file.

    Raises:
        ExportError: No task has one.
    """
    due = [task for task in document.tasks if task.due is not None]
    if not due:
        raise ExportError("no task has a due date", remedy="give one a date, like due:fri")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pmtui//pmtui//EN",
        "CALSCALE:GREGORIAN",
    ]
    title, stamp = one_line(document.title) or "postmortem", _basic(_stamp(document))
    origin = _origin(document)
    for task in due:
        lines += _todo(task, title, stamp, origin)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _origin(document: Postmortem) -> str:
    """What tells the tasks of a document from those of others."""
    name = one_line(document.reference) or one_line(document.title)
    return blake2s(name.casefold().encode(), digest_size=6).hexdigest()


def _todo(task: Task, title: str, stamp: str, origin: str) -> Iterator[str]:
    said = (
        f"From the postmortem: {title}",
        f"Owner: {task.owner}" if task.owner.strip() else "",
        f"Ticket: {task.ticket}" if task.ticket.strip() else "",
    )
    yield "BEGIN:VTODO"
    yield f"UID:{task.id}-{origin}@pmtui"
    yield f"DTSTAMP:{stamp}Z"
    yield f"DUE;VALUE=DATE:{_basic(task.due or date.min)}"
    yield f"SUMMARY:{_escaped(one_line(task.text) or 'Task')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(filter(None, said)))}"
    yield f"STATUS:{_STATES[task.state]}"
    if task.state == "done":
        yield "PERCENT-COMPLETE:100"
    if task.priority:
        yield f"PRIORITY:{_PRIORITIES[task.priority]}"
    if task.kind:
        yield f"CATEGORIES:{task.kind}"
    yield "END:VTODO"


def _stamp(document: Postmortem) -> datetime:
    """The last moment that the timeline knows, else the first day that a task is due.

    It must be in UTC, which nobody knows of a time without a zone.
    """
    known = [entry.at for entry in document.timeline if entry.at and entry.at.tzinfo]
    if known and not document.undated:
        return max(map(instant, known))
    return datetime.combine(min(t.due for t in document.tasks if t.due), time(), UTC)


def _basic(at: date) -> str:
    """ISO 8601 without marks; four digits for the year, whatever the platform's C library."""
    text = at.strftime("%m%dT%H%M%S") if isinstance(at, datetime) else at.strftime("%m%d")
    return f"{at.year:04}{text}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """`line` broken so that no part exceeds the limit and no character is cut."""
    parts = [""]
    size = 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            parts.append("")
            size = 1  # the space that a continued line begins with
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
