"""What a finished postmortem has to have."""

import re
from collections.abc import Callable, Iterator

from pmtui.core.checks import elsewhere, languages
from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.milestones import suggestions
from pmtui.core.checks.options import Level
from pmtui.core.checks.words import MONTH, is_judged, phrases, spoken
from pmtui.core.document import Postmortem
from pmtui.core.extent import all_times
from pmtui.core.text import one_line, says_nothing

_LEAST_ENTRIES = 3

AUDIENCE = phrases(
    languages.AUDIENCE
    + tuple(
        "user* customer* client* visitor* people person* account* tenant* merchant* partner*"
        " subscriber* employee* staff student* patient* shopper* reader* player* driver* citizen*"
        " everyone everybody nobody team* developer* engineer* internal caller* buyer* seller*"
        " viewer* listener* passenger* rider* resident* operator* agent* admin* depot* branch*"
        " consumer* guest* member* request* traffic site* website* region* order*".split()
    )
)
_NUMBERS = (
    "all every half most third quarter majority dozen dozens hundred hundreds thousand thousands"
    " million millions one two three four five six seven eight nine ten single none nobody"
    " everyone everybody everything nothing"
)
_QUANTITY = phrases((*_NUMBERS.split(), "no one", *languages.HOW_MANY))
_NO_QUANTITY = re.compile(
    rf"\b\d{{1,2}}\.?(?:st|nd|rd|th)?(?: of)? {MONTH}\b|\b{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\b\d{1,2}(?:[:h.]\d\d){1,2}(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b|\b\d{4}-\d\d(?:-\d\d)?"
    r"|\b\d{4}\s?(?:hrs|hours|UTC|GMT|Z)\b|\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half an?)[\s-]+(?:and a half )?"
    r"(?:s|sec\w*|min\w*|hours?|hrs?|h|days?|weeks?|months?|ms|stunden?|tage?n?|horas?|d[ií]as?"
    r"|heures?|jours?)\b"
    r"|\b(?:HTTP[ /]*)?[45]\d\d[ \t]+(?:\w+[ \t]+)?(?:errors?|responses?|status\w*|codes?)\b"
    r"|\b[45]xx\b|\b(?:HTTP|SEV|P|error|status)[- ]?\d+\b|\b[A-Za-z_]+[-_]?\d[\w.-]*"
    r"|\bv?\d+\.\d+\.\d+\b",
    re.IGNORECASE,
)
"""Times, lengths, codes and names: figures that count nobody."""

_COUNTED = re.compile(
    r"\d[\d.,\u202f ]*\s?(?:%|per ?cent\b|k\b|million\b|[^\W\d_]{3,})|\b\d{1,3}(?:[., ]\d{3})+\b"
)
_SHARE_OF = re.compile(
    r"\d\s?(?:%|per ?cent\b)(?:\s+(?:of|des?|der|aller|dos?|das?)\b|\s*\))", re.IGNORECASE
)
"""A share of something, which names what was hit: "15 % of the parcels"."""

_ALL_OF_IT = re.compile(
    r"\b(?:all|every|half of)(?: of)?(?: the| our)? (?:cards?|streams?|pages?|messages?|calls?"
    r"|devices?|payments?|bookings?|packages?|builds?|downloads?|uploads?|mails?|e-mails?|searches"
    r"|queries|logins?|connections?|transactions?|sales?|displays?|printers?|terminals?|stores?"
    r"|jobs?|deploys?|deployments?)\b",
    re.IGNORECASE,
)
_NEAR = 30
"""Characters within which a quantity belongs to those whom it counts."""


def _empty(*names: str) -> Callable[[Postmortem], bool]:
    """Whether all of these texts are blank, or hold the place of what is to come."""
    return lambda document: all(says_nothing(getattr(document, name)) for name in names)


def _no_cause(document: Postmortem) -> bool:
    answers = (answer for chain in document.whys for answer in chain.answers)
    factors = (factor.text for factor in document.factors)
    texts = (document.root_cause, document.cause_summary, *answers, *factors)
    return all(map(says_nothing, texts))


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
    if any(_SHARE_OF.search(text) for text in texts):
        return False
    return not any(spoken(text, AUDIENCE) for text in texts) and all(map(is_judged, texts))


def _how_many(document: Postmortem) -> bool:
    impact = document.impact
    if impact.percent is not None or impact.users or impact.requests or impact.revenue:
        return False
    own = _without_times(impact.text)
    if re.search(r"\d|%", own) or spoken(own, _QUANTITY):
        return False
    return not _counts(document.summary) and is_judged(impact.text)


def _counts(text: str) -> bool:
    """Whether a text that tells more than the impact says somewhere how many were hit."""
    plain = _without_times(text)
    if _COUNTED.search(plain) or spoken(plain, _ALL_OF_IT):
        return True
    return any(AUDIENCE.search(plain, end, end + _NEAR) for _, end in spoken(plain, _QUANTITY))


def _without_times(text: str) -> str:
    return _NO_QUANTITY.sub(" ", text)


def _milestone(name: str) -> Callable[[Subject], Iterator[Hit]]:
    def find(subject: Subject) -> Iterator[Hit]:
        # What the words suggest is offered by another rule; here nothing at all says when.
        suggested = {kind for kind, *_ in suggestions(subject.document)}
        if not _ENOUGH.get(name, {name}) & (suggested | subject.marks.keys()):
            timeline = subject.document.timeline
            if any(entry.at for entry in timeline) or (not timeline and name != "detected"):
                yield Hit("timeline", _MILESTONES[name])

    return find


_ENOUGH: dict[str, set[str]] = {"resolved": {"resolved", "closed"}}
"""Milestones of which one is enough to say when another was reached, at the latest."""

_MILESTONES = {
    "started": "no event is marked and no time stated as its start, so the impact has no length",
    "detected": "no event is marked as detected, so the time to detect cannot be measured",
    "resolved": "no event is marked and no time stated as its end, so its length is unknown",
}


_UNREAD = {
    "severity": "set the severity, so that it can be compared with others",
    "timezone": "set the zone of the incident, so that its times can be converted",
    "undated": "set the day of the incident, so that durations and the order of days are known",
    "root_cause": "send it to the root cause, where readers look for it",
}
"""What to do with words that belong into a field of their own."""


def _rule(
    name: str, place: str, gone: Callable[[Postmortem], bool], message: str, why: str, level: Level
) -> Rule:
    def find(subject: Subject) -> Iterator[Hit]:
        document = subject.document
        if not gone(document):
            return
        if found := place in elsewhere.PATTERNS and elsewhere.told(document, place):
            passage, begin, end = found
            words = one_line(passage.text[begin:end]).strip()
            yield Hit(
                passage.place, f"“{words}” is in the text alone: {_UNREAD[place]}", begin, end
            )
        else:
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
        if says_nothing(getattr(document, name)):
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
        _no_cause,
        "there is no root cause, so it can happen again",
        "Say why it could happen, not only what set it off.",
        "warning",
    ),
    _rule(
        "resolution",
        "resolution",
        _empty("resolution"),
        "there is no resolution, so the next on-call has to search for what ended it",
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
