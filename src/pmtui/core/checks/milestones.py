"""Milestones that the words of the timeline suggest; they are offered, never set."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from pmtui.core.checks import languages
from pmtui.core.checks.finding import SUGGESTED, Fix, Hit, Rule, Subject
from pmtui.core.checks.words import Span, asserted
from pmtui.core.document import Entry, Milestone, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.remembering import from_parts
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import elapsed_since

_SUBJECT = r"(?:service|services|site|website|system|systems|platform|application|app|database|api"
_SUBJECT += r"|traffic|functionality|access|checkout|server|servers|everything)"

_REPORTERS = (
    r"(?:customers?|users?|clients?|drivers?|riders?|people|members?|tenants?|merchants?|players?"
    r"|visitors?|employees?|staff|agents?|stores?|managers?|doctors?|nurses?|partners?|subscribers?)"
)
_IN_FRONT = r"^(?:(?!(?:no|not|without|kein\w*|sin|sans|sem)\b)(?:[\w-]+|[^\w\s,.;:])\s+){0,4}?"
"""Up to four words at the beginning of an event, none of which denies what follows."""

_SIGNS: tuple[tuple[Milestone, str], ...] = (
    (
        "started",
        r"\b(?:(?:outage|impact|disruption|degradation) (?:begins|began|starts|started))\b",
    ),
    (
        "detected",
        r"\b(?:alert(?:s|ed)?\b(?:(?!\b(?:not|never|fail\w*|should|would|could)\b|n['’]t\b)[^.;])"
        r"{0,30}\b(?:fire[sd]?|firing|trigger\w*|went off|raised)"
        r"|(?:fire[sd]?|trigger\w*|raised) (?:an? )?(?:\w+ )?alerts?"
        r"|alerts? (?:fire[sd]?|on|indicat\w+|show\w*|trigger\w*)"
        r"|(?:issue|problem|incident|outage|anomaly|failure)s? (?:was |were |is |has been )?"
        r"(?:first |initially )?(?:detected|noticed|discovered|reported|identified by)"
        r"|monitoring (?:\w+ ){0,3}?(?:detect\w*|alert\w*|notic\w*|report\w*)"
        r"|(?:customers|users|clients)(?: \w+)? (?:report(?:ed|s)?|complain(?:ed)?"
        r"|writ(?:e|ing) in)"
        r"|first (?:\w+ )?(?:reports?|complaints?|alerts?|calls?|tickets?|tweets?|chats?)"
        rf"|{_REPORTERS} complain(?:s|ed)?"
        r"|report(?:s|ed)? (?:the|an?) (?:issue|problem|outage|errors?|failures?|bug)"
        rf"|{_REPORTERS}(?: \w+){{0,2}} (?:(?:notified|informed|contacted|told) us|reached out)"
        r"|first noticed"
        r"|first (?:recorded )?(?:instance|signs?|symptoms?)|rings? the alarm"
        r"|(?:received|recieved|got) (?:an? )?(?:\w+ )?(?:complaints?|alerts?)"
        r"|alerts? (?:(?:came|comes) in|(?:was |were )?sent)|alerting us|phase: detection"
        r"|(?:teams?|engineers?|on-?call|developers?) (?:is|was|are|were|got) alerted"
        r"|(?:opened|raised|filed) (?:an? )?(?:support )?(?:ticket|issue)"
        r" (?:that|about|because|saying)"
        r"|notic(?:es|ed) (?:it|that|the (?:outage|problem|issue|errors?|failures?))"
        rf"|{_REPORTERS}(?! to)(?: [\w']+){{0,2}} report(?:s|ed)?(?! (?:to|from|by|for|on)\b)"
        r"|(?:people|customers|users) (?:began|begin|started|start) to (?:write|call|complain)"
        r"|on-?call (?:\([^()\n]{1,40}\) )?(?:\w+ )?(?:is |was )?paged)\b"
        rf"|{_IN_FRONT}(?:alert|alarm|alerte|alerta)(?=\s*(?:$|[,;:(#]|(?:of|from|for|de)\b"
        r"|[\w-]+-[\w-]+))"
        r"|^[^\w\n]*page[rd]?(?=\s*(?:$|[,;:.(]|(?:to|goes|sent|fires|from)\b))",
    ),
    (
        "acknowledged",
        r"\b(?:acknowledged?(?: the)? (?:alert|page|incident)|(?:alert|page|incident) acknowledged"
        r"|ack(?:'d|ed)? by|(?:alert|page|incident) (?:\w+ )?ack(?:'d|ed)|acks? the (?:alert|page)"
        r"|on-?call (?:\w+ )?(?:picked up|joined|responded|looks into it))\b",
    ),
    (
        "escalated",
        r"\b(?:escalat(?:ed|es|ing) (?:\w+ ){0,3}?to|(?:was|is|been) escalated"
        r"|paged (?:\w+ ){0,3}?(?:team|lead|manager|second(?:ary)?|vendor|experts?|dbas?)"
        r"|forwarded to the|notified through pager"
        r"|team (?:was |were )?(?:paged|called in))\b",
    ),
    (
        "diagnosed",
        r"\b(?:root cause (?:was |is |has been )?(?:found|identified|confirmed|clear)"
        r"|(?:found|identified|confirmed) the (?:root )?cause"
        r"|revealing (?:a |the )?\w*(?: \w+)?(?:configur|error|cause|leak|bug)\w*)",
    ),
    (
        "mitigated",
        r"\b(?:rolled back|roll-?back (?:was |is )?(?:complete\w*|done|finished)|reverted"
        r"|failed over"
        r"|(?:work-?around|hot-?fix|fix|mitigation|patch) (?:was |is |has been )?"
        r"(?:applied|deployed|rolled out|in place|released)"
        r"|(?:applied|deployed|implemented|released|rolled out) (?:a |the )?(?:\w+ )?"
        r"(?:fix|hot-?fix|patch"
        r"|work-?around|mitigation)"
        r"|configuration corrected"
        r"|(?:which|that|this) (?:fix(?:ed|es)|solve[sd]) (?:it|the (?:issue|problem|errors?)))\b",
    ),
    (
        "resolved",
        r"\b(?:fully (?:restored|recovered|operational|functional|resolved)"
        r"|(?:issue|incident|outage|problem) (?:was |is |has been |officially )*resolved"
        r"|officially resolved|all clear|back to normal|full(?:y)? (?:service )?"
        r"(?:restored|recovery|functionality (?:confirmed|restored))"
        rf"|{_SUBJECT} (?:was |were |is |are |has been |have been )(?:fully |completely )?"
        r"(?:restored|recovered|back (?:up|online))"
        r"|(?:services?|site|website|platform|everything|access|functionality) (?:fully )?"
        r"(?:restored|recovered)(?! (?:from|on|for some|in one))"
        r"|(?:restored|returned) to normal(?: operation\w*)?"
        r"|resumed normal operations?"
        r"|resolution (?:is |was )?(?:confirmed|complete)|(?:declared|marked) resolved"
        r"|(?:outage|impact|disruption) (?:ends|ended|over|is over|was over)"
        r"|(?:sites?|services?|systems?|websites?|everything) (?:is|are) back(?=[.!\s]*$))\b"
        r"|^(?:back )?up(?: again)?(?=[.!\s]*$)",
    ),
    (
        "closed",
        r"\b(?:(?:incident|event|ticket|bridge|call|sev-?\d) (?:was |is |has been )?closed"
        r"|stand(?:ing)? down)\b",
    ),
    (
        "public",
        r"\b(?:status ?page (?:was |is )?(?:updated|posted|set)"
        r"|(?:posted|published|updated) (?:\w+ ){0,3}?(?:status ?page|publicly|twitter)"
        r"|public (?:statement|notice|announcement))\b",
    ),
)
_LABELS = {
    "detected": "detected|detection",
    "acknowledged": "acknowledged|investigating",
    "escalated": "escalation|escalated",
    "diagnosed": "identified|diagnosed",
    "mitigated": "mitigated|mitigation|monitoring",
    "resolved": "resolved|resolution",
}
"""Labels before a colon, those of status pages among them."""

SIGNS = tuple(
    (
        kind,
        re.compile(
            rf"{pattern}|\b(?:{languages.SIGNS.get(kind, '(?!)')})\b"
            rf"|^(?:{_LABELS.get(kind, '(?!)')})(?=:)",
            re.IGNORECASE,
        ),
    )
    for kind, pattern in _SIGNS
)
"""What people write when a milestone is reached."""

_RESTORED = re.compile(
    rf"\b(?:{_SUBJECT}(?: was| were| is| are| has been| have been)? (?:\w+ly )?"
    r"(?:restored|recovered|back (?:up|online|to normal)|fully (?:operational|functional))"
    r"|(?:fully|gradually|completely) (?:restored|recovered|operational)"
    r"|back to normal|(?:restored|returned) to normal)\b",
    re.IGNORECASE,
)
_NO_EFFECT = re.compile(
    r"\b(?:errors? (?:go|went|keep|kept) on|(?:errors?|issues?|problems?|failures?) (?:persist\w*"
    r"|remain\w*|continue\w*)|(?:did|does) not (?:help|work|change|resolve|fix)|didn['’]t (?:help"
    r"|work|resolve|fix)|no (?:effect|change|improvement)|in vain|to no avail|still (?:failing|down"
    r"|broken|high|slow))\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"\b(?:(?:nobody|no one) (?:hears?|heard|sees|saw|looks?|looked|reads?|notice[sd]?"
    r"|was watching)"
    r"|muted|unnoticed|unread|ignored|silenced|not (?:paged|seen|noticed))\b",
    re.IGNORECASE,
)
"""What says that an alert reached nobody."""

_PLANNED = re.compile(
    r"\b(?:will|would|should|must|can|could|may|might|shall|to)\s+(?:\w+\s+)?be\s+\Z",
    re.IGNORECASE,
)
"""What comes before something that has not happened yet."""

_LAST = frozenset({"mitigated", "resolved", "closed"})
_PLAIN = frozenset({"note", "action", "message", "finding"})
_IMPRECISE = timedelta(minutes=5)
_SLACK = timedelta(minutes=30)
_SHARE = 4


def _suggested(subject: Subject) -> Iterator[Hit]:
    for kind, entry, (begin, end) in suggestions(subject.document):
        yield Hit(
            f"timeline.{entry.id}.text",
            f"“{entry.text[begin:end]}” sounds like the milestone “{kind}”, which the timeline"
            " lacks",
            begin,
            end,
            _marking(entry, kind),
        )


@from_parts("timeline", "times")
def suggestions(document: Postmortem) -> tuple[tuple[Milestone, Entry, Span], ...]:
    """The first entry that sounds like a milestone which the timeline lacks; of ends the last."""
    return tuple(_suggestions(document))


def _suggestions(document: Postmortem) -> Iterator[tuple[Milestone, Entry, Span]]:
    entries = document.timeline
    have = {entry.kind for entry in entries}
    taken: set[str] = set()
    for kind, pattern in SIGNS:
        if kind in have:
            continue
        matching = [
            (entry, spans[0])
            for entry in entries
            if entry.kind in _PLAIN and entry.id not in taken and entry.at is not None
            if not entry.text.rstrip().endswith("?")
            if not (kind in _LAST and _NO_EFFECT.search(entry.text))
            if not (kind == "detected" and _UNSEEN.search(entry.text))
            if (spans := asserted(entry.text, pattern))
            if not _PLANNED.search(entry.text, 0, spans[0][0])
            if not _is_stated_otherwise(document, kind, entry)
        ]
        if matching:
            entry, span = matching[-1 if kind in _LAST else 0]
            taken.add(entry.id)
            yield kind, entry, span


def _is_stated_otherwise(document: Postmortem, kind: Milestone, entry: Entry) -> bool:
    """Whether the writer states another time for this milestone."""
    stated = getattr(document.times, kind, None)
    apart = elapsed_since(stated, entry.at) if stated and entry.at else None
    return apart is not None and abs(apart) > _IMPRECISE


def _marking(entry: Entry, kind: Milestone) -> Fix:
    return Fix(
        f"mark an event as {kind}",
        partial(timeline.set_kind, entry_ids=frozenset({entry.id}), kind=kind),
    )


def _restored_earlier(subject: Subject) -> Iterator[Hit]:
    """An event that tells of the recovery long before the end that is counted."""
    end = subject.marks.get("resolved")
    if end is None:
        return
    begin = subject.marks.get("started") or subject.marks.get("detected")
    whole = elapsed_since(begin.at, end.at) if begin else None
    least = max(_SLACK, whole / _SHARE) if whole else _SLACK
    zone = subject.document.timezone
    for entry in subject.document.timeline:
        early = elapsed_since(entry.at, end.at) if entry.at is not None else None
        if entry.kind == "resolved" or early is None or early <= least:
            continue
        for first, last in asserted(entry.text, _RESTORED)[:1]:
            yield Hit(
                f"timeline.{entry.id}.text",
                f"“{entry.text[first:last]}” at {clock(entry.at, zone)}, but the outage is counted"
                f" until {clock(end.at, zone)}, {elapsed(early)} later",
                first,
                last,
            )
            return


RULES = (
    Rule(
        SUGGESTED,
        "hint",
        "an event that sounds like a milestone which the timeline lacks",
        "Durations are taken from milestones. One key marks the event; nothing is marked unasked.",
        _suggested,
        waits=False,
    ),
    Rule(
        "milestones.restored-earlier",
        "warning",
        "a recovery long before the end that is counted",
        "If it worked again for users, that is the end of the impact; what follows is watching."
        " Mark the recovery, or say what still did not work.",
        _restored_earlier,
    ),
)
