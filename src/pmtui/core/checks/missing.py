"""What a finished postmortem has to have."""

import re
from collections.abc import Callable, Iterator

from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.milestones import suggestions
from pmtui.core.checks.options import Level
from pmtui.core.checks.words import is_judged, phrases, spoken
from pmtui.core.document import Postmortem
from pmtui.core.extent import all_times

_LEAST_ENTRIES = 3

AUDIENCE = phrases(
    tuple(
        "user* customer* client* visitor* people person* account* tenant* merchant* partner*"
        " subscriber* employee* staff student* patient* shopper* reader* player* driver* citizen*"
        " everyone everybody nobody team* developer* engineer* internal caller* buyer* seller*"
        " consumer* guest* member* request* traffic site* website* region* order*".split()
    )
)
_HOW_MANY = re.compile(
    r"\d|%|\b(?:all|every\w*|none|nobody|half|most|third|quarter|majority|few|some|several|many"
    r"|dozens?|hundreds?|thousands?|millions?|one|two|three|single|no one|no users|no customers)\b",
    re.IGNORECASE,
)


def _empty(*names: str) -> Callable[[Postmortem], bool]:
    """Whether all of these texts are blank."""
    return lambda document: not any(getattr(document, name).strip() for name in names)


def _no_day(document: Postmortem) -> bool:
    return document.undated or (bool(document.timeline) and not all_times(document))


def _few_entries(document: Postmortem) -> bool:
    return len(document.timeline) < _LEAST_ENTRIES


def _nothing_to_do(document: Postmortem) -> bool:
    return not document.tasks and not document.measures


def _untimed(document: Postmortem) -> bool:
    return bool(all_times(document)) and not document.timezone


def _who(document: Postmortem) -> bool:
    impact = document.impact
    if impact.users or impact.percent is not None:
        return False
    texts = (impact.text, document.summary)
    return not any(spoken(text, AUDIENCE) for text in texts) and all(map(is_judged, texts))


def _how_many(document: Postmortem) -> bool:
    impact = document.impact
    if impact.percent is not None or impact.users or impact.requests or impact.revenue:
        return False
    return not _HOW_MANY.search(impact.text) and is_judged(impact.text)


def _milestone(name: str) -> Callable[[Subject], Iterator[Hit]]:
    def find(subject: Subject) -> Iterator[Hit]:
        # What the words suggest is offered by another rule; here nothing at all says when.
        suggested = {kind for kind, *_ in suggestions(subject.document)}
        if name not in subject.marks and name not in suggested:
            yield Hit("timeline", _MILESTONES[name])

    return find


_MILESTONES = {
    "started": "no event or stated time says when it started, so the impact has no length",
    "detected": "no event is marked as detected, so the time to detect is unknown",
    "resolved": "no event or stated time says when it was resolved, so its length is unknown",
}


def _rule(
    name: str, place: str, gone: Callable[[Postmortem], bool], message: str, why: str, level: Level
) -> Rule:
    def find(subject: Subject) -> Iterator[Hit]:
        if gone(subject.document):
            yield Hit(place, message)

    return Rule(f"missing.{name}", level, message.partition(",")[0], why, find)


def _milestone_rule(name: str, level: Level) -> Rule:
    what = _MILESTONES[name].partition(",")[0]
    why = (
        f"Durations are taken from milestones. Mark the event with m in the timeline, or state the"
        f" time of “{name}” in the summary."
    )
    return Rule(f"missing.{name}", level, what, why, _milestone(name))


def _unreviewed(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    if document.status not in ("reviewed", "published"):
        return
    for name, label in (("root_cause", "root cause"), ("resolution", "resolution")):
        if not getattr(document, name).strip():
            yield Hit("status", f"“{document.status}” without a {label}: there was no such review")
    unowned = sum(task.state == "open" and not task.owner for task in document.tasks)
    if unowned:
        tasks = "an open task" if unowned == 1 else f"{unowned} open tasks"
        yield Hit("status", f"“{document.status}” with {tasks} that nobody owns")


RULES = (
    _rule(
        "title",
        "title",
        _empty("title"),
        "there is no title, so nobody will find it again",
        "A title says what broke, for whom: “Checkout fails after a database failover”.",
        "error",
    ),
    _rule(
        "severity",
        "severity",
        _empty("severity"),
        "there is no severity, so it cannot be compared with others",
        "Severity decides who is told and how deep the review goes: SEV1 to SEV5, or P0 to P4.",
        "warning",
    ),
    _milestone_rule("started", "warning"),
    _milestone_rule("detected", "warning"),
    _milestone_rule("resolved", "warning"),
    _rule(
        "zone",
        "timezone",
        _untimed,
        "the times have no zone, so nobody elsewhere can read them against their logs",
        "Set the zone of the incident (ctrl+g z); its times are then read in it.",
        "warning",
    ),
    _rule(
        "day",
        "undated",
        _no_day,
        "nothing says on which day it happened, so it cannot be found in logs and graphs",
        "Set the date of the first time (ctrl+g d); all the others move along.",
        "warning",
    ),
    _rule(
        "impact-who",
        "impact.text",
        _who,
        "the impact does not say who was affected, which is what readers look for first",
        "Name the people: customers at the checkout, API clients in Europe, the support team.",
        "warning",
    ),
    _rule(
        "impact-how-many",
        "impact.text",
        _how_many,
        "the impact does not say how many were affected, so it cannot be weighed",
        "Give a number or a share, an estimate rather than none: “about 12,000”, “3 % of calls”.",
        "hint",
    ),
    _rule(
        "root-cause",
        "root_cause",
        _empty("root_cause", "cause_summary"),
        "there is no root cause, so it can happen again",
        "Say why it could happen, not only what set it off.",
        "warning",
    ),
    _rule(
        "resolution",
        "resolution",
        _empty("resolution"),
        "nothing says what ended it, so the next on-call starts from nothing",
        "Say what was done that ended the impact, and how that was seen.",
        "warning",
    ),
    _rule(
        "entries",
        "timeline",
        _few_entries,
        "the timeline has fewer than three events, so the course of it cannot be followed",
        "Fill in when it began, was noticed, understood and ended; logs and chat know the times.",
        "warning",
    ),
    _rule(
        "task",
        "tasks",
        _nothing_to_do,
        "there is nothing to do, so nothing will change",
        "Write at least one task that makes it less likely, sooner noticed or sooner over.",
        "warning",
    ),
    Rule(
        "missing.review",
        "error",
        "a reviewed document without root cause, resolution, or owners of its tasks",
        "“reviewed” tells readers that somebody looked at just these. Fill them in, or set the"
        " status back to in-review.",
        _unreviewed,
        waits=False,
    ),
)
