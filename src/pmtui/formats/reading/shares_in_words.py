"""Shares of users that are told without a number of percent: "a third of our users", "1 in 5".

A percentage is plainer, so that these count only where there is none. What is a third of says in
the same clause that it was met by the outage; "all" and "most" are no numbers.
"""

import re
from collections.abc import Iterator

from pmtui.core.lazy_pattern import pattern
from pmtui.core.shares import AFFECTS, ANYBODY

_FRACTIONS = {
    r"half|one half|die hälfte|la mitad|la moitié|(?:a )?metade": 50,
    r"(?:a|one)[- ](?:third|3rd)|ein drittel|un tercio|un tiers|um terço": 33,
    r"two[- ]thirds|zwei drittel|dos tercios|deux tiers|dois terços": 67,
    r"(?:a|one)[- ](?:quarter|fourth)|ein viertel|un cuarto|un quart|um quarto": 25,
    r"three[- ](?:quarters|fourths)|drei viertel|tres cuartos|trois quarts|três quartos": 75,
    r"(?:a|one)[- ]fifth|ein fünftel|un quinto|un cinquième|um quinto": 20,
    r"two[- ]fifths": 40,
    r"three[- ]fifths": 60,
    r"four[- ]fifths": 80,
    r"(?:a|one)[- ]tenth|ein zehntel|un décimo|un dixième|um décimo": 10,
}
_EVERY = {"other": 50, "second": 50, "third": 33, "fourth": 25, "fifth": 20, "tenth": 10}
_NUMBERS = "one two three four five six seven eight nine ten".split()

_ONE_IN = rf"(?P<part>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:in|out\s+of)(?:\s+every)?\s+"
_WHOLE = rf"(?P<whole>[0-9]{{1,3}}|{'|'.join(_NUMBERS[1:])})"
_OF = (
    r"(?:of|de|des|der|von|do|dos|da|das|du|los|aller)\s+(?:(?:the|our|all|total|its|their|los|las|"
    r"les|nos|nossos|unserer|sus)\s+)*"
)
_OTHERS = r"cases?|times?|servers?|nodes?|regions?|pods?|hosts?|instances?|which|whom"
_AUDIENCE = rf"(?:(?!(?:{_OTHERS})\b)[\w'’-]+\s+){{0,2}}?(?:{ANYBODY})\b"
_TOLD = pattern(
    rf"\b(?:(?P<fraction>{'|'.join(_FRACTIONS)})\s+(?:{_OF})?{_AUDIENCE}"
    rf"|{_ONE_IN}{_WHOLE}\s+(?:of\s+(?:(?:the|our|all)\s+)*)?{_AUDIENCE}"
    rf"|every\s+(?P<nth>{'|'.join(_EVERY)})\s+{_AUDIENCE})",
    re.IGNORECASE,
)
_MAY_TELL = pattern(
    r"hal[fv]|third|quarter|fourth|fifth|tenth|\bin\b|out of|every|hälfte|mit|ti|drittel|viertel"
    r"|fünftel|zehntel|ter[cç]|quart|cuart|quint|d[ée]cim|dixi",
    re.IGNORECASE,
)

_BOUND = pattern(
    r"\b(?:(?:more|less|fewer|greater) than|over|under|up to|at (?:least|most)|to|or|other|another"
    r"|only after|between\b[^,.]{0,30}\band|mehr als|más de|plus de|mais de)\s+"
    r"(?:about\s+|around\s+)?$",
    re.IGNORECASE,
)
"""What makes a share a limit, or one end of a range."""

_STAGE = pattern(
    r"\b(?:roll(?:ed|ing|s)?[ -]?out|rollout|canary|ramp\w*|enabled|released|deployed|restored"
    r"|recovered|shift\w*|rout(?:ed|ing)|mov(?:ed|ing)|migrat\w+|drain\w*|tak(?:es|ing)|took|serv\w+"
    r"|back)\b[^,]{0,30}$",
    re.IGNORECASE,
)
_BACK = pattern(
    r"\s*(?:was|were|had|is|are)\s+(?:been\s+)?(?:not|un(?:affected|impacted)|restored|recovered"
    r"|back|migrated|moved|routed)\b",
    re.IGNORECASE,
)
_MET = pattern(
    r"\b(?:(?:saw|see|seeing|got|getting|experienced?|experiencing|met|received?|receiving)\s[^,]{0,40}?"
    r"(?:blank|empty|errors?|fail\w*|time-?outs?|slow\w*|delay\w*|stale|wrong|missing|outdated|no)"
    r"|(?<!no )\berrors?|could\s*n[o']t|couldn’t|timed out|crash\w*|dropped|refused|without|errored"
    r"|were down|konnten? (?:nicht|kein\w*|sich nicht)|no (?:pudo|pudieron|podían)|n.ont pas pu"
    r"|não (?:pôde|puderam|conseguiram))\b",
    re.IGNORECASE,
)
_CLAUSE_END = pattern(r"(?<=[.!?;])\s+|\n")
_AT_FIRST = pattern(r"\W*(?:(?:about|around|approximately|roughly|nearly|almost|some)\s+)?$", re.I)
_REACH, _MOST = 120, 40


def share_in_words(text: str, *, of_impact: bool = False) -> float | None:
    """The first share in percent that a sentence of `text` tells in words, None for none.

    Where `text` is `of_impact`, a sentence that begins with a share need not say of what.
    """
    return next(_told(text, of_impact=of_impact), None)


def _told(text: str, *, of_impact: bool) -> Iterator[float]:
    for sentence in _CLAUSE_END.split(text)[:_MOST]:
        if not _MAY_TELL.search(sentence):
            continue
        for found in _TOLD.finditer(sentence):
            before = sentence[max(0, found.start() - _REACH) : found.start()]
            after = sentence[found.end() : found.end() + _REACH]
            if _BOUND.search(before) or _STAGE.search(before) or _BACK.match(after):
                continue
            implied = of_impact and _AT_FIRST.fullmatch(sentence, 0, found.start())
            if implied or any(met.search(f"{before} {after}") for met in (AFFECTS, _MET)):
                percent = _percent(found)
                if percent is not None:
                    yield percent


def _percent(found: re.Match[str]) -> float | None:
    """The share, in whole percent where it has no end: nobody means more by a third."""
    if nth := found["nth"]:
        return _EVERY[nth.lower()]
    if fraction := found["fraction"]:
        return next(
            percent
            for names, percent in _FRACTIONS.items()
            if re.fullmatch(names, fraction, re.IGNORECASE)
        )
    part, whole = (_number(found[name]) for name in ("part", "whole"))
    if not 0 < part <= whole:
        return None
    return 100 * part / whole if 1000 * part % whole == 0 else round(100 * part / whole)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 1
