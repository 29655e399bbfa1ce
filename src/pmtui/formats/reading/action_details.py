"""Owner, due day, priority, ticket and state of a thing to do, as they stand in its words."""

import re
from datetime import date

from pmtui.core.clock.dates import scan_day
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.vocabulary import PRIORITIES, TASK_KINDS
from pmtui.errors import TimeError
from pmtui.formats.reading import inline
from pmtui.formats.reading.names import folded
from pmtui.formats.reading.translation import translate

_TICKET = r"[A-Z][A-Z0-9]{1,9}-[0-9]{1,6}"
TICKET_AT_EDGE = re.compile(
    rf"^[\[(](?P<first>{_TICKET})[\])]\s*:?\s*"
    rf"|\s*[\[(](?P<last>{_TICKET})[\])]\s*$"
)
OWNER_AT_END = re.compile(r"\s+[(\[]?@(?P<who>[\w.-]+)[)\]]?\s*$")
DETAIL = re.compile(
    r"(?P<key>owner|assignee|assigned to|responsible|dri|due|due date|deadline|target date|eta"
    r"|priority"
    r"|status|ticket|jira|issue|responsable|responsavel|fecha limite|echeance|prazo"
    r"|verantwortlich|frist)"
    r"\s*[:=]\s*(?P<value>[^;|\n]+?)\s*(?=$|[;|]|,\s*(?:owner|assignee|assigned|due|deadline"
    r"|eta|priority|status|ticket)\b)",
    re.IGNORECASE,
)
DETAILS_AT_END = re.compile(
    r"\s*(?:[(\[]|[—–|-]\s|\.\s)\s*(?P<inner>(?:\*\*|_)?(?:owner|assignee|assigned to"
    r"|responsible|dri|due|due date"
    r"|deadline|eta|priority|status|ticket|jira)(?:\*\*"
    r"|_)?\s*[:=][^()\[\]\n]{1,160}?)[)\]]?\.?\s*$",
    re.IGNORECASE,
)
KEYS = {
    "owner": "owner",
    "assignee": "owner",
    "assigned to": "owner",
    "responsible": "owner",
    "dri": "owner",
    "responsable": "owner",
    "responsavel": "owner",
    "verantwortlich": "owner",
    "due": "due",
    "due date": "due",
    "deadline": "due",
    "target date": "due",
    "eta": "due",
    "fecha limite": "due",
    "echeance": "due",
    "prazo": "due",
    "frist": "due",
    "priority": "priority",
    "status": "state",
    "ticket": "ticket",
    "jira": "ticket",
    "issue": "ticket",
}
_DONE = frozenset(
    "done completed complete closed finished fixed yes hecho fait feito erledigt x ✓ ✔ ✅".split()
)
_DROPPED = frozenset(
    ("dropped", "cancelled", "canceled", "wontfix", "won't fix", "won't do", "wont do")
)
_OPEN = frozenset(
    ("open", "todo", "to do", "in progress", "pending", "planned", "not started", "new", "")
)


@dataclass(slots=True)
class Action:
    """One thing to do; `is_task` where it had a box, an owner, a ticket or stood among tasks."""

    line: int
    text: str
    category: str = ""
    is_task: bool = False
    state: str = "open"
    owner: str = ""
    due: date | None = None
    priority: str = ""
    kind: str = ""
    ticket: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told that could be done."""
        told = self.text.strip() or self.owner or self.due or self.priority or self.ticket
        return not (told or self.is_task)


def house_details(action: Action, details: str) -> None:
    """Takes the emphasised end of a task as the house Markdown writes it."""
    parts = [part.replace("\\,", ",") for part in re.split(r"(?<!\\), ", details)]
    at = 0
    if at < len(parts) and parts[at] in PRIORITIES:
        action.priority, at = parts[at], at + 1
    if at < len(parts) and parts[at] in TASK_KINDS:
        action.kind, at = parts[at], at + 1
    if at < len(parts) and parts[at].startswith("@"):
        action.owner, at = inline.words(parts[at][1:]), at + 1
    if at < len(parts) and (due := re.fullmatch(r"due ([0-9]{4}-[0-9]{2}-[0-9]{2})", parts[at])):
        action.due, at = date.fromisoformat(due[1]), at + 1
    if at < len(parts):
        action.ticket = inline.words(", ".join(parts[at:]))
    action.is_task = True


def take_details(action: Action, text: str) -> str | None:
    """Takes `Owner: Ana, due: 2024-06-12` into `action`; gives what is left in words."""
    left: list[str] = []
    pairs = list(DETAIL.finditer(text.replace("**", "").replace("_", " ")))
    if not pairs:
        return None
    for pair in pairs:
        if not take_value(action, KEYS[folded(pair["key"])], pair["value"].strip(" .,")):
            left.append(pair.group().strip(" ,;"))
    return f" ({', '.join(left)})" if left else ""


def take_value(action: Action, name: str, value: str) -> bool:
    """Sets a field of `action` from words; False where it cannot hold them."""
    if not value.strip(" -–—?"):
        return True
    plain = value.lower().strip(" .")
    if name == "owner" and not action.owner and len(value) < 80:
        action.owner = value.removeprefix("@")
    elif name == "ticket" and not action.ticket and len(value) < 200:
        action.ticket = value
    elif name == "due" and action.due is None and (due := _day(value)):
        action.due = due
    elif name == "priority" and value.upper() in PRIORITIES:
        action.priority = value.upper()
    elif name == "kind" and plain in TASK_KINDS:
        action.kind = plain
    elif name in ("state", "done") and (plain in _DONE or plain.strip("✅☑✓✔ ") in _DONE):
        action.state = "done"
    elif name in ("state", "done") and plain in _DROPPED:
        action.state = "dropped"
    elif name in ("state", "done") and plain in _OPEN:
        action.state = "open"
        return plain in ("open", "todo", "")
    else:
        return False
    return True


def _day(value: str) -> date | None:
    try:
        day = scan_day(translate(value.strip()))
    except TimeError:
        return None
    if day is None or day.year is None or value.strip()[day.end :].strip(" ."):
        return None
    return date(day.year, day.month, day.day)
