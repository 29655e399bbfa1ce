"""Tasks: actionable (a verb), specific (says what), bounded (says when it is done), owned."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from pmtui.core.checks import languages
from pmtui.core.checks.finding import Fix, Hit, Rule, Subject
from pmtui.core.checks.words import MONTH, phrases, spoken
from pmtui.core.document import Measure, Postmortem, Task
from pmtui.core.edits import tasks as edits
from pmtui.core.text import says_nothing

_BEGINNINGS = (
    *("improve", "enhance", "better", "ensure", "make sure", "consider", "look into", "look at"),
    *("investigate", "review", "explore", "think about", "try to", "strengthen", "optimise"),
    *(
        "optimize",
        "revisit",
        "discuss",
        "be more",
        "pay more",
        "pay attention",
        "strive",
        "promote",
    ),
    *("we need to improve", "we should improve", "we need to enhance", "we should enhance"),
)
"""Verbs with which a task says no more than a wish, unless it also says how far."""

_ANYWHERE = (
    *("better monitoring", "better test*", "better document*", "better communicat*", "more test*"),
    *("more monitoring", "more care*", "more attention", "be careful", "be more careful"),
    *("as needed", "if needed", "where appropriate", "as appropriate", "as necessary"),
    *("regular", "regularly", "periodic", "periodically", "thorough", "thoroughly", "robust"),
    *("strong", "additional monitoring", "necessary updates", "better"),
)
_BOUND = re.compile(
    r"\d|`[^`]+`|%|\b(?:daily|weekly|monthly|quarterly|yearly"
    r"|every \w+|until|so that"
    r"|(?:for|on|in) (?:all|every|each)|before (?:each|every))\b",
    re.IGNORECASE,
)
"""What tells when a task is done: a number, a name in code, a rhythm, an end."""

_NAMED = re.compile(
    r"(?<![\w@])@(?P<name>\w[\w.-]{0,30}\w)"
    r"|\b(?:owner|assignee|assigned to|responsable|responsável|verantwortlich|zuständig):?[ \t]+"
    r"(?P<said>[^\W\d_][\w.-]{0,30}(?: [A-Z][\w.-]{1,20})?)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\((?:[^\W\d_]{2,}[.-]?){1,2}(?: [^\W\d_]{2,}){0,2}(?:,[^()]*)?\)[.\s]*\Z"
    r"|\s[—–]\s[^\W\d_]{2,}(?: [^\W\d_]{2,})?[.\s]*\Z"
)
"""A name in brackets or behind a dash at the end, as lists of actions have it."""

_CLOSED = re.compile(
    r"^\s*[✅☑✔]|[(,;—–-]\s*(?:done|dropped\b[^()]*|cancell?ed|completed|not needed|erledigt|hecho"
    r"|fait|feito)\W*\Z|\bnot needed\W*\Z|\(dropped\b",
    re.IGNORECASE,
)
"""What says in the words of a task that there is nothing left to do."""

_PAST = re.compile(
    r"^(?:(?!\b(?:when|if|though|although|that|which|who|will|because|until)\b)[^.;])*?"
    r"\b(?:was|were|has been|have been|we (?:have )?(?:added|fixed|updated|changed|removed))\b",
    re.IGNORECASE,
)
"""How a measure is told that has been taken."""

_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_TIMED = re.compile(
    rf"\b\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d\b|\bQ[1-4]\b"
    rf"|\b(?:\d{{1,2}}\.? {MONTH}|{MONTH}\.? \d{{1,2}})\b"
    rf"|\b(?:by|until|before|in|,) {MONTH}\b"
    r"|\b(?:every|each|cada|jede[nrs]?|chaque) (?:\w+day|day|night|week|month|quarter|year|semestre"
    r"|mes|semana|día|tag|woche|monat|jour|semaine|mois)\b"
    r"|\b(?:daily|weekly|monthly|quarterly|yearly|annually)\b"
    r"|\b(?:due:?|within|in)(?: in)? (?:\d+|an?|one|two|three|four) (?:day|week|month)s?\b"
    r"|\b(?:once|twice|times|veces|vezes|mal|fois) (?:an?|per|each|every|por|al|im|pro|par)"
    r" (?:day|week|month|quarter|year|ano|año|mes|mês|semana|jahr|monat|woche|an|mois|semaine)\b"
    r"|\b(?:before|after|between) (?:each|every)\b|\b(?:vor|nach) jede[mr]\b"
    rf"|\b(?:en|em|im|bis|ab|a partir de) (?:{languages.MONTHS})\b",
    re.IGNORECASE,
)
"""A day in words, or a rhythm, which is never due for good."""

_SIGNS = re.compile(r"^(?:[\W_]|\d+[.)]\s)*")
_NO_VERB = re.compile(
    r"(?:the|an?|there|this|that|these|those|it|we|our|they|no|not|some|lack|need|more|less"
    r"|additional|new|insufficient|poor|bad|why|how|what|who|when|where)\b",
    re.IGNORECASE,
)
_WE = re.compile(
    r"we (?:need to|should|must|will|have to|are going to|ought to) (?:also )?(?P<verb>[a-z])",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:this|these|that|those|such)[ \t]+\Z", re.IGNORECASE)
"""What comes before words for something that was named already."""

_LAST_WISH = re.compile(
    rf"(?<!\w)(?P<wish>{'|'.join(languages.WISHES_AT_END)})[\s.!]*\Z", re.IGNORECASE
)
_WORDS = re.compile(r"\w+")
_RANKED = ("P0", "P1", "P2", "P3")


def _open(subject: Subject) -> list[Task]:
    tasks = (task for task in subject.document.tasks if task.state == "open")
    return [task for task in tasks if not _CLOSED.search(task.text) and not _is_done(task.ticket)]


def _is_done(words: str) -> bool:
    return words.upper().endswith("DONE")


def _no_owner(subject: Subject) -> Iterator[Hit]:
    for task in _open(subject):
        if task.owner or _OWNED.search(task.text):
            continue
        place = f"tasks.{task.id}.owner"
        if found := _NAMED.search(task.text):
            name = found["name"] or found["said"]
            fix = Fix("take the owner from the text", _revision(task, owner=name))
            yield Hit(place, f"“{found.group()}” is in its text alone, so no list has it", fix=fix)
        else:
            yield Hit(place, f"nobody owns “{_short(task)}”, so nobody will do it")


def _no_due(subject: Subject) -> Iterator[Hit]:
    for task in _open(subject):
        told = f"{task.text} {task.owner}"
        if task.due is not None or _TIMED.search(told):
            continue
        place = f"tasks.{task.id}.due"
        if day := _day_in(told):
            fix = Fix("take the due date from the text", _revision(task, due=day))
            yield Hit(place, f"“{day}” is in its text alone, so no list has it", fix=fix)
        else:
            yield Hit(place, f"“{_short(task)}” has no due date, so it can wait")


def _revision(task: Task, **changes: Any) -> Callable[[Postmortem], Postmortem]:
    return partial(edits.revise, item_id=task.id, **changes)


def _day_in(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def _no_ticket(subject: Subject) -> Iterator[Hit]:
    others = any(task.ticket for task in subject.document.tasks)
    for task in _open(subject):
        if not task.ticket and (others or task.priority in _RANKED[:2]):
            yield Hit(
                f"tasks.{task.id}.ticket",
                f"“{_short(task)}” has no ticket, so nobody will meet it in their work",
            )


def _written(subject: Subject) -> Iterator[tuple[str, str]]:
    """Place and text of every open task, and of every measure."""
    for task in _open(subject):
        yield f"tasks.{task.id}.text", task.text
    for measure in subject.document.measures:
        yield f"measures.{measure.id}.text", measure.text


def _vague(subject: Subject) -> Iterator[Hit]:
    own = subject.options.added("vague")
    beginnings = phrases(_BEGINNINGS + languages.WISHES + own)
    anywhere = phrases(_ANYWHERE + languages.VAGUE + own)
    bounds = phrases(languages.BOUNDS)
    for place, text in _written(subject):
        if says_nothing(text):
            yield Hit(place, "says nothing that anybody could do", 0, len(text))
            continue
        if _BOUND.search(text) or bounds.search(text):
            continue
        start = _SIGNS.match(text)
        first = beginnings.match(text, start.end() if start else 0)
        last = _LAST_WISH.search(text)
        spans = [each.span("wish") for each in (last,) if each]
        named = [
            each for each in spoken(text, anywhere) if not _POINTS_BACK.search(text, 0, each[0])
        ]
        spans = [first.span()] if first else spans or named[:1]
        for begin, end in spans:
            yield Hit(
                place,
                f"“{text[begin:end]}” does not say when it is done: say what will be different, or"
                " how far",
                begin,
                end,
            )


def _no_verb(subject: Subject) -> Iterator[Hit]:
    in_english = subject.language == "en"
    for task in _open(subject):
        place = f"tasks.{task.id}.text"
        start = _SIGNS.match(task.text)
        at = start.end() if start else 0
        message = "does not begin with what to do; begin with a verb"
        if (found := _WE.match(task.text, at)) and found.end() < len(task.text):
            bare = found["verb"].upper() + task.text[found.end() :]
            fix = Fix(
                "begin a task with its verb",
                partial(edits.revise, item_id=task.id, text=task.text[:at] + bare),
            )
            yield Hit(place, message, at, found.start("verb"), fix)
        elif in_english and (found := _NO_VERB.match(task.text, at)):
            yield Hit(place, message, at, found.end())
        elif len(_WORDS.findall(task.text)) == 1 and not says_nothing(task.text):
            yield Hit(place, message, at, len(task.text))


def _to_do(document: Postmortem) -> list[Measure]:
    return [measure for measure in document.measures if not _PAST.search(measure.text)]


def _only_measures(subject: Subject) -> Iterator[Hit]:
    measures = _to_do(subject.document)
    if measures and not subject.document.tasks:
        count = "a measure" if len(measures) == 1 else f"{len(measures)} measures"
        told = any(_is_assigned(measure.text) for measure in measures)
        yield Hit(
            "measures",
            f"{count}, but no task: who does it by when is in the text at best, so no list has it"
            if told
            else f"{count}, but no task: nobody owns them, and no day is set",
            fix=Fix("turn the measures into tasks", _promoted),
        )


def _is_assigned(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_OWNED, _NAMED, _DAY))


def _promoted(document: Postmortem) -> Postmortem:
    for measure in _to_do(document):
        document = edits.measure_to_task(document, measure.id)
    return document


def _top_heavy(subject: Subject) -> Iterator[Hit]:
    ranked = sorted(task.priority for task in _open(subject) if task.priority in _RANKED)
    for priority, group in groupby(ranked[:1] and ranked):
        count = len(list(group))
        if count > subject.options.top_priority:
            yield Hit("tasks", f"{count} tasks have {priority}, so none of them is first")
        return


def _overdue(subject: Subject) -> Iterator[Hit]:
    today = subject.now.date()
    for task in _open(subject):
        if task.due and task.due < today:
            late = (today - task.due).days
            days = "a day" if late == 1 else f"{late} days"
            yield Hit(
                f"tasks.{task.id}.due",
                f"“{_short(task)}” is {days} overdue: do it, move it, or drop it",
            )


def _repeated(subject: Subject) -> Iterator[Hit]:
    seen: dict[tuple[str, ...], Task] = {}
    for task in _open(subject):
        words = tuple(_WORDS.findall(task.text.lower()))
        if not words:
            continue
        if words in seen:
            bare = task.revise(id=seen[words].id, text=seen[words].text) == Task(
                id=seen[words].id, text=seen[words].text
            )
            fix = Fix("delete a repeated task", partial(_without, task_id=task.id))
            yield Hit(
                f"tasks.{task.id}.text",
                "says the same as a task above",
                0,
                len(task.text),
                fix if bare else None,
            )
        else:
            seen[words] = task


def _without(document: Postmortem, task_id: str) -> Postmortem:
    return edits.remove(document, task_id)


def _short(task: Task) -> str:
    text = " ".join(task.text.split())
    return text if len(text) <= 48 else f"{text[:47].rstrip()}…"


RULES = (
    Rule(
        "tasks.no-owner",
        "warning",
        "an open task without an owner",
        "A task that belongs to a team belongs to nobody. Name one person: @ana.",
        _no_owner,
    ),
    Rule(
        "tasks.no-due",
        "warning",
        "an open task without a due date",
        "Without a day it is done when all else is. Write due:fri or due:2024-06-12.",
        _no_due,
    ),
    Rule(
        "tasks.no-ticket",
        "hint",
        "an open task without a ticket, where others have one or it is P0 or P1",
        "People work from the tracker, not from postmortems. Write its number: OPS-12.",
        _no_ticket,
    ),
    Rule(
        "tasks.vague",
        "warning",
        "an open task or a measure in words that nobody can call done",
        "“Improve monitoring” is never done; “alert when replicas lag by 30 s” is. Say what, and"
        " how far. A number, a name in code or a rhythm such as “weekly” is taken as that.",
        _vague,
    ),
    Rule(
        "tasks.only-measures",
        "warning",
        "measures, but no task",
        "A measure is an intention. A task has an owner and a day: p in the tasks makes one of it.",
        _only_measures,
    ),
    Rule(
        "tasks.no-verb",
        "hint",
        "an open task that does not begin with a verb",
        "A task is something to do. “No alert on lag” is a finding, “add an alert on lag” a task.",
        _no_verb,
    ),
    Rule(
        "tasks.top-heavy",
        "hint",
        "many open tasks at the top priority",
        "More than three (`top_priority` in the settings) at the top tell nobody where to begin.",
        _top_heavy,
    ),
    Rule(
        "tasks.overdue",
        "warning",
        "an open task that is overdue",
        "Do it, give it another day, or drop it and say why.",
        _overdue,
        waits=False,
    ),
    Rule(
        "tasks.repeated",
        "warning",
        "two open tasks that say the same",
        "One of them will be forgotten open.",
        _repeated,
    ),
)
