"""Whether the impact is told in terms of people, and as severe as its own words."""

import re
from collections.abc import Iterator

from pmtui.core.checks import languages
from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.missing import AUDIENCE
from pmtui.core.checks.words import asserted, phrases, spoken
from pmtui.core.document import Postmortem

_SEVERE = (
    *("all users", "all customers", "all our users", "all our customers", "every user"),
    *("every customer", "all clients", "all visitors", "all regions", "everybody", "everyone"),
    *("down for everyone", "completely down", "complete outage", "full outage", "total outage"),
    *("completely unavailable", "entirely unavailable", "data loss", "lost data", "data was lost"),
    *("data were lost", "loss of data", "data corruption", "corrupted data", "data breach"),
    *(
        "security breach",
        "leaked data",
        "data leak*",
        "leaked credentials",
        "entire site",
        "entire website",
        "100%",
        "100 %",
    ),
)
_LEVEL = re.compile(
    r"\b(?:SEV|S|P|Priority|Severity|Level)[\s:-]*(?P<level>[0-9])\b|\A\s*(?P<bare>[0-9])\s*\Z",
    re.IGNORECASE,
)
_MILD = re.compile(r"\A\s*(?:minor|low|trivial|cosmetic|moderate)\b", re.IGNORECASE)
_SHARE = 50
_CLAUSE_ENDS = re.compile(r"[,;.:\n]")
_NEAR = 30
"""Characters within which a share belongs to those whose it is."""

_SYMPTOM = re.compile(
    r"(?<![\w.,])(?:HTTP[ /]*)?[45]\d\d[ \t]+(?:\w+[ \t]+)?(?:errors?|responses?|status(?:es)?)\b"
    r"|\b[45]xx\b|\bHTTP[ \t]+[45]\d\ds?\b"
    r"|\b(?:\w*exceptions?|time-?outs?|timed out|stack ?traces?|segfault\w*|OOM\w*|crash\w*|latency"
    r"|error rates?|high load|CPU|restarts?|connection pool|deadlocks?)\b",
    re.IGNORECASE,
)


def _is_mild(severity: str) -> bool:
    if found := _LEVEL.search(severity):
        # SEV scales begin at 1 and P scales at 0: 3 is mild on both.
        return int(found["level"] or found["bare"]) >= 3
    return bool(_MILD.match(severity))


def _is_of_people(text: str, end: int) -> bool:
    """Whether the share that ends there is one of people, named in the same clause."""
    clause = _CLAUSE_ENDS.split(text[end : end + _NEAR], maxsplit=1)[0]
    return bool(AUDIENCE.search(clause))


def _is_of_things(document: Postmortem, percent: float) -> bool:
    """Whether the words tell this share, and of nobody: "100% of exports"."""
    share = re.compile(rf"(?<![\w.,]){percent:g}\s?%(?P<of>\s+(?:of|de|der|des|dos|das)\b)?", re.I)
    texts = (document.impact.text, document.summary)
    told = [(text, found) for text in texts for found in share.finditer(text)]
    of_people = (not found["of"] or _is_of_people(text, found.end()) for text, found in told)
    return bool(told) and not any(of_people)


def _too_low(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    if not _is_mild(document.severity):
        return
    pattern = phrases((*_SEVERE, *languages.SEVERE, *subject.options.added("severe")))
    for name in ("impact.text", "summary"):
        text = document.impact.text if name == "impact.text" else document.summary
        for begin, end in asserted(text, pattern):
            if text[begin].isdigit() and not _is_of_people(text, end):
                continue  # "100% CPU" hurts nobody yet
            yield Hit(
                name,
                f"“{text[begin:end]}” and {document.severity} do not go together: one of them is"
                " wrong",
                begin,
                end,
            )
            return
    percent = document.impact.percent
    if percent is not None and percent >= _SHARE and not _is_of_things(document, percent):
        yield Hit("severity", f"{percent:g} % of users and {document.severity} do not go together")


def _symptom(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    impact = document.impact
    if impact.percent is not None or impact.users or spoken(impact.text, AUDIENCE):
        return
    pattern = phrases(subject.options.added("symptom"))
    for begin, end in (*asserted(impact.text, _SYMPTOM), *asserted(impact.text, pattern))[:1]:
        yield Hit(
            "impact.text",
            f"“{impact.text[begin:end]}” is what the system did; say who could not do what",
            begin,
            end,
        )


RULES = (
    Rule(
        "impact.severity-low",
        "warning",
        "a severity lower than the words of the impact",
        "“All users”, “data loss”, or half of the users, are not SEV3 or below. Raise it, or say in"
        " the impact what limited it.",
        _too_low,
    ),
    Rule(
        "impact.symptom",
        "warning",
        "an impact told as a symptom of the system",
        "“500 errors” tells nobody who was hurt. “One in five customers could not pay” does.",
        _symptom,
    ),
)
