"""Lengths of time as people write them: "about two hours", "1h30", "1:30 h", "PT1H30M"."""

import re
from datetime import timedelta

from pmtui.core.clock.forms import fold
from pmtui.core.lazy_pattern import pattern

_UNITS = {
    "weeks": (r"weeks?|wochen?|semanas?|semaines?", timedelta(weeks=1)),
    "days": (r"days?|tage?n?|d[ií]as?|jours?", timedelta(days=1)),
    "hours": (r"hours?|hrs?|h|stunden?|std\.?|horas?|heures?", timedelta(hours=1)),
    "minutes": (r"minutes?|mins?\.?|minuten?|minutos?", timedelta(minutes=1)),
    "seconds": (r"seconds?|secs?\.?|sekunden?|segundos?|secondes?", timedelta(seconds=1)),
}
"""What each unit is called, in the languages whose words the review knows."""

_LETTERS = {"d": "days", "m": "minutes", "s": "seconds"}
"""What means a unit only right behind its number."""

_ONES = "one two three four five six seven eight nine ten eleven twelve".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)}|fifteen)\b"
)
_UNIT = "|".join(f"(?P<{name}>{words})" for name, (words, _) in _UNITS.items())
_PART = (
    rf"(?:(?P<digits>(?!0[0-9]{{3}}\b)[0-9]{{1,6}}(?:[.,][0-9]{{1,2}})?)|(?P<words>{_NUMBER}))"
    r"(?P<half>\s+and\s+(?:a\s+)?half)?"
    rf"(?:[\s-]*(?:{_UNIT})|(?P<letter>[dms]))(?![^\W\d_])"
)
_NEXT = pattern(_PART, re.IGNORECASE)
_FIRST = pattern(
    r"\b(?:(?P<share>half|(?:a\s+|three\s+)?quarters?)\s+(?:(?:of\s+)?an?|of\s+the)\s+"
    r"(?P<of>hour|day)|(?P<an>an\s+hour|a\s+day(?=\s+and\s+a\s+half))"
    r"|(?P<couple>a\s+couple\s+of\s+)(?=hours|days|minutes))\b"
    rf"|(?<![\w.:,-])(?={_PART})",
    re.IGNORECASE,
)
_AND_A_HALF = pattern(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_BARE_MINUTES = pattern(r"[ ]?([0-5][0-9])(?![0-9:.,%]|\s*[^\W\d_])")
"""The minutes of "1h30" and "3 h 05"."""

_JOINT = pattern(r"[\s,]*(?:(?:and|und|y|et|e)\s+)?", re.IGNORECASE)
_CLOCKS = pattern(
    r"\b[0-9]{1,2}\s?h\s?(?:[0-5][0-9])?\s*(?:[-–—]|to|until|till|bis|à|a|às)\s*"
    r"[0-9]{1,2}\s?h\s?(?:[0-5][0-9])?\b",
    re.IGNORECASE,
)
"""From when to when, which is no length: "14h30 - 16h00"."""

_ISO = pattern(
    r"(?<![\w.-])P(?=[0-9]|T[0-9])(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,5}(?:[.,][0-9]{1,2})?)H)?"
    r"(?:(?P<minutes>[0-9]{1,6}(?:[.,][0-9]{1,2})?)M)?(?:(?P<seconds>[0-9]{1,6})(?:\.[0-9]+)?S)?)?"
    r"(?<=[WDHMS])(?![\w-])"
)
"""A duration by ISO 8601, without months and years, whose length nobody knows: "PT1H30M"."""

_COLONS = pattern(
    r"(?P<led>(?:\A|[(=]|(?<!\d):|\b(?:for|lasted|lasting|took|takes|duration|length|total|dauer|of|was|is"
    r"|within|after|durante|pendant|während)\b)\s*"
    r"(?:(?:about|around|approximately|approx\.|roughly|nearly|almost|circa|ca\.|~)\s*)*)"
    r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?"
    r"\s?(?:hours?|hrs?|h|stunden|std|horas|heures)\b\.?(?!\s*(?:[-–—]|to\b|until\b|till\b|bis\b"
    r"|on\b|am\b|[0-9]))",
    re.IGNORECASE,
)
"""Hours and minutes where a length is told, not when something was: "lasted 1:30 h"."""


def read_duration(text: str) -> timedelta | None:
    """The length that a sentence states first, as in "about two hours"; None where it has none."""
    plain = _CLOCKS.sub(lambda found: " " * len(found.group()), fold(text))
    plain = _COLONS.sub(_spelled, _ISO.sub(_spelled, plain))
    first = _FIRST.search(plain)
    if first is None:
        return None
    if first["share"]:
        return _share(first["share"].lower()) * _unit(f"{first['of'].lower()}s")
    if first["couple"]:
        part = _NEXT.match(f"2 {plain[first.end() :]}")
        return _length(part) if part else None
    if first["an"]:
        one = _unit("hours" if first["an"].lower().endswith("hour") else "days")
        return one * (1.5 if _AND_A_HALF.match(plain, first.end()) else 1)
    return _sum(plain, first.start())


def _spelled(found: re.Match[str]) -> str:
    """What a form of numbers alone says, with the names of the units."""
    said = found.groupdict()
    parts = (f"{said[name]} {name}" for name in _UNITS if said.get(name))
    return f"{said.get('led') or ''}{' '.join(parts)} "


def _sum(text: str, at: int) -> timedelta:
    """The parts of a length that follow one another from `at` on."""
    total = timedelta()
    while part := _NEXT.match(text, at):
        length = _length(part)
        end = part.end()
        if half := _AND_A_HALF.match(text, end):
            length, end = length + _unit(_name(part)) / 2, half.end()
        elif part["hours"] and (bare := _BARE_MINUTES.match(text, end)):
            return total + length + timedelta(minutes=int(bare[1]))
        total += length
        joint = _JOINT.match(text, end)
        at = joint.end() if joint else end
    return total


def _length(part: re.Match[str]) -> timedelta:
    count = float(part["digits"].replace(",", ".")) if part["digits"] else _count(part["words"])
    return (count + (0.5 if part["half"] else 0)) * _unit(_name(part))


def _name(part: re.Match[str]) -> str:
    if part["letter"]:
        return _LETTERS[part["letter"].lower()]
    return next(name for name in _UNITS if part[name])


def _unit(name: str) -> timedelta:
    return _UNITS[name][1]


def _share(words: str) -> float:
    if words.startswith("half"):
        return 0.5
    return 0.75 if words.startswith("three") else 0.25


def _count(words: str) -> float:
    """The number that words name: 25 for "twenty-five"."""
    tens, *ones = re.split(r"[-\s]", words.lower())
    if tens == "fifteen":
        return 15
    if tens in _ONES:
        return _ONES.index(tens) + 1
    return 10 * (_TENS.index(tens) + 2) + (_ONES.index(ones[0]) + 1 if ones else 0)
