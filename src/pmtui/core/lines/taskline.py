"""The line that a task is typed on: `text [@owner] [due:fri] [!P1] [#kind] [OPS-12]`."""

import re
from datetime import date

from pmtui.core.clock.dates import read_due
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lines.words import (
    Span,
    Tag,
    joined,
    name_tag,
    plain_words,
    quoted,
    read_name,
    read_words,
    unquoted,
)
from pmtui.core.vocabulary import TASK_KINDS, UNDATED
from pmtui.errors import TimeError

_TICKET = re.compile(r'(?P<bare>[A-Z][A-Z0-9]+-[0-9]+)|ticket:(?P<quoted>"(?:[^"\\]|\\.)*")')
_STANDARDS = frozenset("AES CP HTTP ISO RFC RSA SHA SSL TLS USB UTF".split())
"""What stands before a number without being a tracker: UTF-8, SHA-256."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What a typed line says about a task; "" and None where it says nothing."""

    text: str
    owner: str
    due: date | None
    priority: str
    kind: str
    ticket: str
    spans: tuple[Span, ...]


def read_task(line: str, today: date) -> TaskLine:
    """The task that `line` describes.

    Raises:
        TimeError: The due date is none or could be two, or there is no text.
    """
    words = read_words(line, 0, _task_tag, anywhere=("due", "priority", "kind"))
    if not words.text:
        raise TimeError("there is no text", remedy="say what is to be done")
    due = words.tags.get("due")
    return TaskLine(
        text=words.text,
        owner=words.tags.get("owner", ""),
        due=read_due(due, today) if due else None,
        priority=words.tags.get("priority", ""),
        kind=words.tags.get("kind", ""),
        ticket=words.tags.get("ticket", ""),
        spans=words.spans,
    )


def write_task(
    *, text: str, owner: str, due: date | None, priority: str, kind: str, ticket: str
) -> str:
    """The line that `read_task` reads back to the same fields."""
    tags = (
        name_tag(owner) if owner else "",
        f"due:{due.isoformat()}" if due else "",
        f"!{priority}" if priority else "",
        f"#{kind}" if kind else "",
        _ticket_tag(ticket) if ticket else "",
    )
    wanted = (text.strip(), owner, due, priority, kind, ticket)
    line = ""
    for protect in (False, True):
        line = joined((plain_words(text, protect=protect), *tags))
        if _fields(line, due or UNDATED) == wanted:
            break
    return line


def _fields(line: str, today: date) -> tuple[str, str, date | None, str, str, str] | None:
    try:
        read = read_task(line, today)
    except TimeError:
        return None
    return read.text, read.owner, read.due, read.priority, read.kind, read.ticket


def _task_tag(word: str) -> Tag | None:
    lower = word.lower()
    if lower.startswith("due:") and len(lower) > len("due:"):
        return "due", word[len("due:") :]
    if found := re.fullmatch(r"!p?([0-3])", lower):
        return "priority", f"P{found[1]}"
    if word.startswith("#"):
        return ("kind", lower[1:]) if lower[1:] and lower[1:] in TASK_KINDS else None
    if name := read_name(word):
        return "owner", name
    found = _TICKET.fullmatch(word)
    if found is None or (found["bare"] and word.split("-")[0] in _STANDARDS):
        return None
    return "ticket", found["bare"] or unquoted(found["quoted"])


def _ticket_tag(ticket: str) -> str:
    return ticket if _task_tag(ticket) == ("ticket", ticket) else f"ticket:{quoted(ticket)}"
