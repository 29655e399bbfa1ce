"""The cause of an incident where no part of the document is about it, but a sentence tells it."""

import re
from collections.abc import Iterable

from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.sentences import sentences

_TELLS = re.compile(
    r"\b(?:root[- ]cause|(?:underlying|primary|main) cause|cause of (?:the|this))\b[^.;?]{0,60}?"
    r"\b(?:was|is|were|to be|came|boiled|lay)\b(?!\s+(?:not|un\w+|still|being))"
    r"|\b(?:(?:outage|incident|issue|problem|error|failure|disruption)s?|downtime|it|this)\b"
    r"[^.;,?]{0,40}?\b(?:(?:was|were|been|be|and) (?:\w+ )?caused by"
    r"|(?:arose|came about|happened|occurred|took place) (?:\w+ )?(?:because of|due to|owing to))\b"
    r"|\b(?:source|origin|root) of (?:the|this) (?:outage|incident|issue|problem|error|failure)\b"
    r"[^.;?]{0,40}?\b(?:was|is|were)\b(?!\s+(?:not|un\w+|still|being))"
    r"|\b(?:outage|incident|issue|problem|error|failure|disruption|it|this)\b"
    r"[^.;,?]{0,40}?\b(?:was|were|been) (?:\w+ )?traced (?:back )?to\b"
    r"|\b(?:commit|change|deploy\w*|release|update)\b[^.;,?]{0,40}?\bthat caused (?:the|this)\b"
    r"|^the reason (?:was|is)\b"
    r"|^(?:(?:after|around|at|between|during|early|from|in|on|since|today)\b[^;?]{0,90}, )?"
    r"an? (?:\w+ ){0,2}?"
    r"(?:bug|change|error|fault|regression|typo|misconfiguration|leak)\b"
    r"[^.;?]{0,160}?\b(?:caused|led to|resulted in|triggered)\b"
    r"|\b(?:identified|found|determined|pinpointed|recognised|recognized)\b"
    r"[^.;?]{2,160}?\bas (?:the|its) (?:root |underlying )?cause\b"
    r"|^(?:due to|because of|owing to) [^.;?]{5,120}?\b(?:was|were|became|could|went) "
    r"(?:not|un\w+|down|offline|slow|inaccessible|degraded|interrupted)\b",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(
    r"\b(?:investigat\w+|unknown|unclear|not (?:yet )?\w*|whether|if"
    r"|(?<!able to )(?<!able to fully )identify|determine"
    r"|looking|once|when|what)\b[^.]{0,40}\bcause|\bcause\b[^.]{0,30}"
    r"\b(?:unknown|unclear|not|under investigation|investigated)\b|\?",
    re.IGNORECASE,
)
_MARK = re.compile(r"^[-*+]\s+")
"""The mark of an item that a sentence begins."""

_LONGEST = 500


def add_cause_told_elsewhere(draft: Draft) -> None:
    """Takes the first sentence that states the cause, if no part does; it also stays in its place.

    The report names its line.
    """
    if any(text.strip() for text, _, _ in draft.causes) or draft.factors or draft.whys:
        return
    for text, line in _said(draft):
        for sentence in sentences(text):
            told = _TELLS.search(sentence) and not _NOT_TOLD.search(sentence)
            if told and len(sentence) <= _LONGEST:
                draft.causes.append((_MARK.sub("", sentence), "cause", True))
                draft.report.add(line + 1, "a sentence here was taken as the root cause")
                return


def _said(draft: Draft) -> Iterable[tuple[str, int]]:
    """What sections of their own kind, updates, the last first, summary and resolution say."""
    yield from draft.others
    for name in ("summary", "resolution"):
        for text in draft.prose.get(name, ()):
            yield from ((" ".join(part.split()), 0) for part in text.split("\n\n"))
    for heading, _, _, body in draft.sections:
        if heading and "```" not in body:
            yield " ".join(body.split()), 0
