"""Beginning and end of the outage where an entry, or a sentence, states them outright."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pmtui.formats.reading import facts
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.moments_placed import Calendar, Placed, place_rows
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row
from pmtui.formats.reading.sentences import sentences
from pmtui.formats.reading.translation import MONTH_AND_DAY

_TROUBLE = r"(?:outage|incident|downtime|disruption|degradation|interruption|impact)"
_BEGINS = re.compile(
    rf"\b{_TROUBLE}\s+(?:has\s+)?(?:begins?|began|begun|starts?|started|occurr?ed\s+at)\b"
    rf"|\b(?:start|beginning|onset) of (?:the )?(?:\w+ )?{_TROUBLE}\b"
    r"|\b(?:site|website|service|server|system|cluster|database|everything)\s+"
    r"(?:(?:went|goes)\s+(?:hard\s+|completely\s+|fully\s+)?|is\s+hard\s+)down\b"
    r"|\b(?:began|begins?|started|starts?)\s+(?:(?:impact|affect)ing|to\s+(?:impact|affect))\s+"
    r"(?:\w+\s+){0,2}(?:users?|customers?|clients?|services?|traffic|production|availability)\b",
    re.IGNORECASE,
)
_FIRST_BEGINS = re.compile(
    r"^(?:the )?(?:issue|problem|error|failure)s? (?:has |have )?"
    r"(?:begins?|began|begun|starts?|started)\b"
    r"|^[^;\n]{0,80}\b(?:drop(?:s|ped)?|f[ae]ll(?:s|en)?) to (?:zero|0)\b(?![.,%]?[0-9])"
    r"|^[^;\n]{0,80}\bstop(?:s|ped)? (?:work|respond)ing\b(?! on\b)",
    re.IGNORECASE,
)
"""What states the beginning in the first entry only, as further down it may be but one step."""

_ENDS = re.compile(
    rf"\b{_TROUBLE}\s+(?:(?:is|was|has been|now|officially|fully|finally)\s+)*(?:declared\s+)?"
    r"(?:as\s+)?(?:ends?|ended|over|resolved|closed)\b"
    rf"|\bend of (?:the )?(?:\w+ )?{_TROUBLE}\b"
    rf"|\bdeclared (?:the )?{_TROUBLE} (?:as )?(?:resolved|over|closed)\b"
    r"|\b(?:fully|completely) (?:restored|recovered|operational|resolved|functional|back)\b"
    r"|(?:^|[.,;:–—-]\s+|\band\s+)(?:(?:all|the|full|normal)\s+)*(?:services?|site|website)\s+"
    r"(?:(?:was|were|is|are|has been|have been|now)\s+)*restored"
    r"(?:\s+(?:for all \w+|(?:after|by|via|through|following)\s[^.;,\n0-9]{3,60}))?[.!]?\s*$"
    r"|\bback (?:online|to normal)\b|\breturn(?:s|ed)? to normal\b"
    r"|(?<!sure )(?<!sure that )(?<!ensuring )\beverything (?:is|was) working\b"
    r"|\b(?:issue|problem|error)s? (?:goes|go|went) away\b"
    r"|\b(?:site|website|services?|servers?|systems?|everything|operations?)\b[^.;]{0,40}?"
    r"\b(?:operat|work|runn|function)ing normally\b",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"(?:^|[.!\n]\s*)(?:the )?(?:incident|outage) (?:(?:is|was) )?"
    r"(?:over|resolved|closed)[.!]?\s*$|^(?:the )?outage (?:over|resolved)[,;]\s",
    re.IGNORECASE,
)
"""What states the end also where nothing states the beginning."""

_NOT_YET = re.compile(r"\b(?:not|never|until|before|once|if|when|should|will|believ\w+)\b", re.I)
_STEP = r"(?:[^.;]|\.(?=\w)|(?<=[ap]\.m)\.)"
"""A letter of a sentence; a full stop within a name or a time does not end it."""

_ABOUT = r"(?:about |around |approximately |roughly )?(?=[0-9])"
_WORKS = (
    r"available|reachable|accessible|operational|online|up|running|ran|working|worked|functional"
    r"|answering|answered|accepted|served|possible|processed|delivered|healthy"
)
"""What something does again that had stopped."""

_TROUBLED = r"fail|error|down\b|slow|unavail|degrad|crash|appear|occur|happen|broke|alert|spik|stop"
"""Words of trouble that comes again."""

_ENDED_BY = re.compile(
    r"\b(?:(?:by|at|until|around)\s+(?=(?:about |around |approximately |roughly )?[0-9])"
    r"|on\s+(?=[0-9]{1,2}:[0-9]))"
    rf"{_STEP}{{4,40}}?\b(?:returned to normal|back to normal|(?:was|were|had been|been|fully|is)\s"
    r"(?:\w+\s)?(?:restored|recovered|resolved|fixed|back)|had returned|recovered)\b"
    r"|\b(?:was|were|been)\s(?:\w+\s)?(?:restored|recovered|resolved|fixed)\s(?:at|by|around)\s+(?=[0-9])"
    r"|\b(?:came|was|were|went) back (?:up |online )?(?:at|by|around)\s+(?=[0-9])"
    # What is worked off, or begins anew, is no longer waited for.
    rf"|\b(?:all|backlog|queues?|pending|delayed|remaining)\b{_STEP}{{0,60}}?\b(?:processed|delivered"
    rf"|cleared|drained|worked off|caught up|sent)\s+(?:again\s+)?(?:at|by|as of|around)\s+{_ABOUT}"
    rf"|\b(?:by|as of)\s+{_ABOUT}(?!{_STEP}{{0,60}}?\b(?:{_TROUBLED})){_STEP}{{4,60}}?"
    r"\bagain(?=\s*(?:$|[.,;:]))"
    rf"|\b(?:resumed|(?:{_WORKS})\s+again)\s+(?:at|by|from|since|as of|around)\s+{_ABOUT}",
    re.IGNORECASE,
)
_BEGAN_AT = re.compile(
    r"\b(?:at|around|from)\s+(?=(?:about |around |approximately |roughly )?[0-9])"
    rf"{_STEP}{{4,160}}?\b(?:experienced|became|went down|stopped|suffered|degrad\w+|unavailable"
    r"|unresponsive|unreachable|inaccessible|offline|fail\w+|halted|crashed|froze|deployed|slow)\b"
    rf"|\bat\s+(?=[0-9]|{MONTH_AND_DAY}){_STEP}{{4,80}}?"
    r"\b(?:error|failure|incident|issue|outage|problem)s? occurr?ed\b"
    rf"|\b(?:at|around)\s+(?=[0-9]){_STEP}{{4,30}}?"
    r"\bwe (?:released|rolled out|shipped|pushed|merged)\b"
    rf"|(?:^|[,;(]\s*)(?:starting|beginning)\s+(?:(?:at|around|from)\s+)+{_ABOUT}"
    rf"|\b{_TROUBLE}\s+(?:began|started)\b{_STEP}{{0,90}}?\b(?:at|around)\s+{_ABOUT}",
    re.IGNORECASE,
)

_DOWN_AT = re.compile(
    r"\b(?:took|brought|knocked) (?:\w+ ){1,4}(?:down|offline)(?: at| around)? "
    rf"{_ABOUT}|\b(?:went|going) (?:down|offline|dark)(?: at| around) {_ABOUT}",
    re.IGNORECASE,
)
_BACK_AT = re.compile(
    r"\b(?:came|was|were|is|are|went) (?:\w+ )?back(?: up| online| to normal(?: \w+)?)?"
    rf"(?: at| by| around) {_ABOUT}"
    rf"|\breturned to normal(?: \w+)? (?:at|by|around) {_ABOUT}"
    r"|\b(?:revert\w*|roll(?:ed|ing)? back|rollback|fix|repair|restor\w+|recover\w*)\b"
    rf"{_STEP}{{0,60}}?"
    rf"\b(?:complete|completed|done|finished|in place) (?:at|by|around) {_ABOUT}",
    re.IGNORECASE,
)
"""Words right before the moment at which the outage began, or ended."""


ONCE_MORE = re.compile(
    r"\b(?:went|goes|going|was|were) (?:down|offline|unavailable) (?:once )?(?:again|more)\b"
    r"|\b(?:began|started|begun|crashed|suffered|failed) (?:once )?again\b",
    re.IGNORECASE,
)
"""What tells of a second outage after the one that began it all."""


def told_times(draft: Draft, times: dict[str, datetime], calendar: Calendar) -> dict[str, datetime]:
    """The beginning and the end that sentences of the summary state, if `times` lack them."""
    told: dict[str, datetime] = {}
    if draft.house:
        return told
    for name in ("started", "resolved"):
        if name in times:
            continue
        for said, line in _moments_said(draft.texts, name, dated=calendar.day is not None):
            when = facts.find_when(said, calendar.zone)
            at = _placed_alone(when, line, calendar) if when else None
            if at is not None and _follows(at, {**times, **told}):
                told[name] = at
                draft.report.add(line + 1, f"{at:%H:%M} was taken as when the outage {_VERB[name]}")
                break
    return told


def _moments_said(
    texts: Sequence[tuple[str, int]], name: str, *, dated: bool
) -> Iterator[tuple[str, int]]:
    """What begins with the moment of that name, in each sentence that tells one, and its line.

    Only of an incident on a known day is taken what tells it less than outright.
    """
    outright, loosely = (_DOWN_AT, _BEGAN_AT) if name == "started" else (_BACK_AT, _ENDED_BY)
    for sentence, line in _said(texts):
        if name == "started" and ONCE_MORE.search(sentence):
            continue
        if found := outright.search(sentence):
            yield sentence[found.end() :], line
        elif dated and (found := loosely.search(sentence)):
            yield sentence[found.start() :], line


def entry_times(
    placed: Sequence[tuple[Row, Placed]], times: dict[str, datetime], report: Report
) -> dict[str, datetime]:
    """The beginning and the end that entries state outright, if `times` lack them."""
    told: dict[str, datetime] = {}
    first = next((row for row, moment in placed if moment.at is not None), None)
    for name, pattern, rows in (
        ("started", _BEGINS, placed),
        ("resolved", _ENDS, list(reversed(placed))),
    ):
        if name in times:
            continue
        dangling = name == "resolved" and not {"started"} & {*times, *told}
        for row, moment in rows:
            said = row.text if len(row.text) <= _REACH else f"{row.text[:_REACH]}\0{row.text[-99:]}"
            sought = _OUTRIGHT if dangling else pattern
            found = sought.search(said) if _may_state(said, sought) else None
            if name == "started" and row is first:
                found = found or _FIRST_BEGINS.search(said)
            if moment.at is None or found is None or _NOT_YET.search(said[: found.start()]):
                continue
            if _follows(moment.at, {**times, **told}):
                told[name] = moment.at
                report.add(row.line + 1, f"this entry states when the outage {_VERB[name]}")
                break
    return told


_REACH = 400
"""The characters of an entry in which it states that it is the beginning or the end."""

_TROUBLES = tuple("outage incident downtime disruption degradation interruption impact".split())
_WORDS = {
    _BEGINS: (*_TROUBLES, "down", "affect"),
    _ENDS: (
        *_TROUBLES,
        *("restored", "recovered", "operational", "resolved", "functional", "back", "return"),
        *("normally", "everything", "away"),
    ),
    _OUTRIGHT: ("incident", "outage"),
}
"""Words of which one stands in all that a pattern finds."""


def _may_state(text: str, sought: re.Pattern[str]) -> bool:
    """Whether a text holds a word without which that pattern cannot be found; far faster."""
    lower = text.lower()
    return any(map(lower.__contains__, _WORDS[sought]))


_VERB = {"started": "began", "resolved": "ended"}


def _said(texts: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    for text, line in list(texts)[:20]:
        for sentence in sentences(text[:2000])[:20]:
            yield sentence, line


def _placed_alone(when: When, line: int, calendar: Calendar) -> datetime | None:
    quiet = Calendar(calendar.zone, calendar.day, Report())
    return place_rows([Row("entry", line, "", when)], quiet)[0][1].at


def _follows(at: datetime, times: dict[str, datetime]) -> bool:
    start = times.get("started")
    if start is None:
        return True
    return (start.tzinfo is None) == (at.tzinfo is None) and at > start
