"""What the columns of a table hold, by their headings and, for times, by their cells."""

import re
from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import folded

_NAMES = (
    ("until", r"^(?:end(?: time)?|until|to|fin|ende|bis)$"),
    (
        "time",
        r"\b(?:times?|when|timestamp|clock|hora|horario"
        r"|heure|horaire|uhrzeit|zeit|zeitpunkt|start(?: time)?"
        r"|from"
        r"|offset|elapsed|t)\b",
    ),
    ("date", r"^(?:date|day|fecha|dia|jour|data|datum|tag)$"),
    ("zone", r"^(?:tz|zone|time zone|timezone)$"),
    (
        "who",
        r"\b(?:who|actor|owner|person|author|by|team|responder|engineer|quien|responsable|qui|responsavel|quem|wer"
        r"|verantwortlich\w*|assignee|assigned(?: to)?|dri|lead)\b",
    ),
    ("source", r"^(?:source|channel|system|via|fuente|quelle|fonte)$"),
    ("kind", r"^(?:(?:event |entry )?(?:kind|type)|type of event|phase|category|milestone)$"),
    (
        "text",
        r"\b(?:events?|descriptions?|what|details?|actions?|activity|happened|notes?|summary|entry|message|update"
        r"|evento|descripcion|que paso|evenement|ereignis|beschreibung|acontecimento"
        r"|descricao|accion|acao"
        r"|incident|occurrence|vorgang|was)\b",
    ),
)
_ACTION_NAMES = (
    ("done", r"^(?:done|complete(?:d)?|x)$"),
    (
        "owner",
        r"\b(?:owner|assignee|assigned(?: to)?|who"
        r"|responsible|dri|lead|team|responsable|responsavel|quien|qui"
        r"|quem"
        r"|verantwortlich\w*|zustandig)\b",
    ),
    (
        "due",
        r"\b(?:due|deadline|eta|target(?: date)?|by when|when|fecha(?: limite)?|echeance"
        r"|prazo|frist|termin|bis|date)\b",
    ),
    ("priority", r"^(?:priority|prio|p|prioridad|priorite|prioridade|prioritat|severity|urgency)$"),
    ("ticket", r"\b(?:ticket|issue|jira|bug|link|tracking|reference|id)\b"),
    ("state", r"^(?:status|state|progress|estado|statut|etat)$"),
    ("kind", r"^(?:type|kind|category|tipo|art|categorie)$"),
    (
        "text",
        r"\b(?:action|actions|action items?|task|tasks|what|items?|description|todo|measure|fix"
        r"|improvement|details?"
        r"|accion|tarea|tache|acao|tarefa|aufgabe|massnahme|step|recommendation)\b",
    ),
)
_NUMBER = re.compile(r"^(?:#|no|nr|n|number|id|s no|sr no|sl no)?$")


def columns_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """For each column of a timeline what it holds: time, date, until, who, source, kind, text."""
    names = _named(rows[0], _NAMES)
    if "time" not in names and "date" not in names:
        width = max(map(len, rows))
        best = max(range(width), key=lambda at: _timed(rows, at))
        if not _timed(rows, best):
            return names if "text" in names else []
        names += [""] * (width - len(names))
        names[best] = "time"
    if "time" not in names:
        names[names.index("date")] = "time"
    if "text" not in names:
        free = [at for at, name in enumerate(names) if name in ("", "kind")]
        if free:
            longest = max(free, key=lambda at: sum(len(row[at]) for row in rows if at < len(row)))
            names[longest] = "text"
    return names


def heads_events(header: Sequence[str]) -> bool:
    """Whether the heads of the columns name a time and what happened then."""
    return {"time", "text"} <= set(_named(header, _NAMES))


def action_columns_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """For each column of a table of tasks what it holds; [] where it is no such table."""
    names = _named(rows[0], _ACTION_NAMES)
    if "text" not in names:
        free = [
            at
            for at, name in enumerate(names)
            if not name and not _NUMBER.match(folded(rows[0][at]))
        ]
        if not free or len(rows) < 2:
            return []
        longest = max(free, key=lambda at: sum(len(row[at]) for row in rows if at < len(row)))
        names[longest] = "text"
    return names


def _named(header: Sequence[str], table: Sequence[tuple[str, str]]) -> list[str]:
    names: list[str] = []
    for cell in header:
        plain = folded(inline.words(cell))
        found = next((name for name, pattern in table if re.search(pattern, plain)), "")
        once = found in ("text", "time", "owner", "due", "until", "date")
        names.append("" if once and found in names else found)
    return names


def _timed(rows: Sequence[Sequence[str]], at: int) -> int:
    cells = [row[at] for row in rows if at < len(row)]
    return sum(1 for cell in cells if leading_when(inline.words(cell), loose=True))
