"""What stands somewhere in the texts although the field that is meant for it is empty."""

import re

from pmtui.core.checks.places import Passage, passages
from pmtui.core.checks.words import MONTH, asserted
from pmtui.core.document import Postmortem

_SEVERITY = re.compile(
    r"\bSEV[- ]?[0-5]\b|\bseverity (?:was |is )?(?:(?:re)?set to|raised to) [*_]*\w+", re.IGNORECASE
)
_ZONE = re.compile(
    r"\b(?:time[ -]?)?zone\b[*_]*:[*_ \t]*[A-Z][\w/ +()-]{1,30}"
    r"|\b(?:IST|BST|CST|AST|SST|PT|ET|CT)\b",
)
_DAY = re.compile(
    rf"\b20\d\d-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of)? {MONTH},? 20\d\d\b"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.]20\d\d\b"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? 20\d\d\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:the (?:root )?cause was|(?:was|were) caused by|caused by|die ursache war"
    r"|la causa fue|la cause était|a causa foi)\b",
    re.IGNORECASE,
)
PATTERNS = {"severity": _SEVERITY, "timezone": _ZONE, "undated": _DAY, "root_cause": _CAUSE}
"""What the texts say of a field, by the field."""

_NOT_THE_CAUSE = ("tasks.", "measures.", "whys.", "lessons.")


def told(document: Postmortem, field: str) -> tuple[Passage, int, int] | None:
    """The first words in the texts that say what `field` lacks: their passage, begin and end."""
    for passage in passages(document):
        if field == "root_cause" and passage.place.startswith(_NOT_THE_CAUSE):
            continue
        for begin, end in asserted(passage.text, PATTERNS[field]):
            return passage, begin, end
    return None
