"""Times and days of five languages in the forms that the core reads, at the same positions.

Month names become English ones, `14 h 05` becomes `14:05`, "Eastern Time" becomes `ET`.
"""

import re
from collections.abc import Callable

from pmtui.core.clock.dates import MONTHS
from pmtui.core.clock.forms import fold
from pmtui.core.clock.zones import is_abbreviation
from pmtui.formats.reading.day_order import with_hyphens

_MONTHS = {
    "jan": "janvier januar enero janeiro jänner",
    "feb": "février fevrier februar febrero fevereiro",
    "mar": "mars märz maerz marzo março",
    "apr": "avril abril",
    "may": "mai mayo maio",
    "jun": "juin juni junio junho",
    "jul": "juillet juli julio julho",
    "aug": "août aout agosto",
    "sep": "septembre septiembre setiembre setembro",
    "oct": "octobre oktober octubre outubro",
    "nov": "novembre noviembre novembro",
    "dec": "décembre decembre dezember diciembre dezembro",
}
ENGLISH_MONTHS = {name: short for short, names in _MONTHS.items() for name in names.split()}
ENGLISH_MONTHS |= {name.lower(): name[:3].lower() for name in MONTHS}
"""The names of the months in five languages, each with what the core reads."""
MONTH_AND_DAY = (
    rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})\.? [0-9]{{1,2}}\b"
)
"""A pattern of the day of a month in English, as `translate` gives it."""

_FOREIGN_DAY = re.compile(
    r"(?P<day>\b[0-9]{1,2})(?P<ord>(?:er|º|°|\.)?)(?P<of>\s+(?:de\s+)?)"
    rf"(?P<month>{'|'.join(sorted(ENGLISH_MONTHS, key=len, reverse=True))})\b"
    r"(?P<year>(?:\.?\s+|\s+del?\s+)(?=[0-9]{4}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b(?P<month>janvier|septembre|setembro|septiembre|octobre|outubro|octubre|novembre|novembro"
    r"|noviembre|decembre|décembre|dezembro|diciembre)(?=\s[0-9]{1,2}(?:st|nd|rd|th)?,?\s[0-9]{4}\b)",
    re.IGNORECASE,
)
"""A month that somebody who speaks another language writes in an English date."""
_MAY_BE_MONTH = re.compile(r"[eorEOR]\s[0-9](?<=(?i:re|ro|er)..)")
"""How such a month ends; looked for first, as it is found fast."""

_ZONE_WORDS = {
    "Eastern Daylight Time": "EDT",
    "Eastern Standard Time": "EST",
    "Eastern Time": "ET",
    "Eastern": "ET",
    "Central Daylight Time": "CDT",
    "Central European Summer Time": "CEST",
    "Central European Time": "CET",
    "Eastern European Time": "EET",
    "Central Africa Time": "CAT",
    "Central Time": "CT",
    "Mountain Daylight Time": "MDT",
    "Mountain Standard Time": "MST",
    "Mountain Time": "MT",
    "Pacific Daylight Time": "PDT",
    "Pacific Standard Time": "PST",
    "Pacific Time": "PT",
    "Pacific": "PT",
    "Greenwich Mean Time": "GMT",
    "Coordinated Universal Time": "UTC",
    "Universal Time": "UTC",
    "West Africa Time": "WAT",
    "West African Time": "WAT",
    "East Africa Time": "EAT",
    "East African Time": "EAT",
    "South Africa Standard Time": "SAST",
    "Singapore Time": "SGT",
    "Japan Standard Time": "JST",
    "Brasília": "BRT",
    "horário de Brasília": "BRT",
    "MEZ": "CET",
    "MESZ": "CEST",
    "HNE": "EST",
    "HAE": "EDT",
}
_LOWER_ZONES = {name.lower(): short for name, short in _ZONE_WORDS.items()}
_ZONE_PHRASE = re.compile(
    r"(?<![\w/])(?:"
    + "|".join(re.escape(n) for n in sorted(_ZONE_WORDS, key=len, reverse=True) if " " in n)
    + r")(?![\w/])",
    re.IGNORECASE,
)
_ZONE_WORD = re.compile(
    r"(?<=[0-9mM.])(?P<gap>\s*\(?)(?P<name>Eastern|Pacific|MEZ|MESZ|HNE|HAE|Brasília)\b"
)
_SPLIT_HOURS = re.compile(
    r"(?<![\w.:])([01]?[0-9]|2[0-4])(\s?h\s|\sh)([0-5][0-9])(?!\w|\s?min)", re.I
)
_HOUR_MARK = re.compile(
    r"(?<=[0-9])(?:\s?(?:uhr|heures?|horas?|hs)\b(?:\s(?P<zone>MEZ|MESZ|[A-Z]{3,4})\b)?"
    r"|(?<=[0-9]{4})\s?hours\b)",
    re.IGNORECASE,
)
_FRENCH_CLOCK = re.compile(
    r"(?<=\b(?:de|vers|dès|et)\s)([01]?[0-9]|2[0-3])h([0-5][0-9])\b".replace(
        "(?:de|vers|dès|et)", "de"
    )
    + r"|(?<=[àa]\s)([01]?[0-9]|2[0-3])h([0-5][0-9])\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?<=[0-9mM)])\s(?:a(?: las?)?|à|bis|até(?: às)?|hasta(?: las?)?|jusqu.à|às|e|et|y|y las?"
    r"|e as|und|bis zum)\s(?=~?[0-9])",
    re.IGNORECASE,
)
_DOTTED_RANGE = re.compile(
    r"(?<![\w.:])([01]?[0-9]|2[0-3])\.([0-5][0-9])(?=\s*(?:to|-|–|—|until|and"
    r"|bis)\s*[0-9]{1,2}\.[0-5][0-9](?![\w.%]))"
    r"|(?<=[0-9]\sto\s)([01]?[0-9]|2[0-3])\.([0-5][0-9])(?![\w.%])"
    r"|(?<=[0-9]\s[–-]\s)([01]?[0-9]|2[0-3])\.([0-5][0-9])(?![\w.%])",
    re.IGNORECASE,
)
_DOTTED_ZONED = re.compile(
    r"(?<![\w.:,])([01]?[0-9]|2[0-3])\.([0-5][0-9])(?=\s?\(?(?P<zone>[A-Z]{2,5})\b)"
)
_COLON_HALF = re.compile(r"(?<![\w:.])(1[0-2]|0?[1-9]):(?=[ap]\.?m\b)", re.IGNORECASE)
"""An hour whose minutes are left out, but not the colon before them: "5:PM"."""

_HOURS_OF = re.compile(r"\bbetween the hours of\b", re.IGNORECASE)
_GERMAN_ZONE = re.compile(r"(?<![\w/])(?:MEZ|MESZ)\b")
_DOTTED_HOUR = re.compile(r"(?<![\w.:,])([01]?[0-9]|2[0-3])\.([0-5][0-9])(?=\s?(?:uhr|h)\b)", re.I)
_BARE_UHR = re.compile(r"(?<![\w.:,-])([01]?[0-9]|2[0-3])(\s+)uhr\b", re.IGNORECASE)
_SLASHED_DAY = re.compile(
    rf"(?<![\w/])(?P<day>[0-9]{{1,2}})/(?P<month>{'|'.join(ENGLISH_MONTHS)}|[A-Za-z]{{3}})/(?=[0-9]{{4}}\b)",
    re.IGNORECASE,
)
_TRANSLATED_FIGURES = re.compile(
    r"[0-9m)](?:\s(?:a|à|às|bis|até|hasta|jusqu|e|et|y|und)\b"
    r"|(?<=[0-9])(?:[/:][a-z]|\s?h\b|h[0-9]|er\b|[º°.]"
    rf"|\s+(?:de\s+)?(?:{'|'.join(ENGLISH_MONTHS)})\b))"
)
_TRANSLATED_LETTERS = tuple("uhr heure hora noon midnight brasilia brasília".split())
_TRANSLATED_WORDS = (
    re.compile(r"hours\b"),
    *(
        re.compile(rf"{word}\b(?<=\b{word})")
        for word in "hs time eastern pacific mez mesz hne hae".split()
    ),
)
"""What at least one of the rules below applies to, in small letters: figures by what follows them,
parts of words, and words. Most lines hold nothing of it, which each by itself tells far faster.
"""


_LONE_T = re.compile(r"T(?<![\w+-].)(?=[0-2][0-9]:[0-5][0-9])")
"""The mark of a time of ISO 8601 that is written without its date."""


_SLASHED_TIME = re.compile(r"([0-9](?<![\w/].)[0-9]?/[0-9]{1,2})/(?=[0-2]?[0-9]:[0-5][0-9](?!:))")
"""A clock time that a slash joins to its day: "15/09/20:00"."""


def translate(text: str) -> str:
    """`text` with its times and days in the forms that the core reads, at the same positions."""
    text = with_hyphens(fold(text))
    if "T" in text:
        text = _LONE_T.sub(" ", text)
    if "/" in text:
        text = _SLASHED_TIME.sub(r"\1 ", text)
    if _MAY_BE_MONTH.search(text):
        text = _MONTH_FIRST.sub(_same_length(_month_in_english), text)
    if not _needs_translation(text.casefold()):
        return text
    for pattern, written in _RULES:
        text = pattern.sub(_same_length(written), text)
    return text


def _needs_translation(folded: str) -> bool:
    return (
        bool(_TRANSLATED_FIGURES.search(folded))
        or any(map(folded.__contains__, _TRANSLATED_LETTERS))
        or any(word.search(folded) for word in _TRANSLATED_WORDS)
    )


def _month_in_english(found: re.Match[str]) -> str:
    return ENGLISH_MONTHS.get(found["month"].lower(), found["month"][:3])


def _same_length(written: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    def padded(found: re.Match[str]) -> str:
        new = written(found)
        whole = found.group()
        return new.ljust(len(whole)) if len(new) <= len(whole) else whole

    return padded


def _english_day(found: re.Match[str]) -> str:
    month = ENGLISH_MONTHS[found["month"].lower()]
    day = found["day"].ljust(found.end("of") - found.start("day"))
    year = found["year"] or ""
    return f"{day}{month.ljust(len(found['month']))}{' ' * len(year)}"


def _dotted_before_zone(found: re.Match[str]) -> str:
    """A number with a point, which only a zone behind it shows to be a clock time."""
    joint = ":" if is_abbreviation(found["zone"]) else "."
    return f"{found[1]}{joint}{found[2]}"


def _after_hour(zone: str | None) -> str:
    return f" {_LOWER_ZONES.get(zone.lower(), zone)}" if zone else ""


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_SLASHED_DAY, lambda found: f"{found['day']} {found['month']} "),
    (_FOREIGN_DAY, _english_day),
    (_ZONE_PHRASE, lambda found: _LOWER_ZONES[found.group().lower()]),
    (_GERMAN_ZONE, lambda found: _LOWER_ZONES[found.group().lower()]),
    (_ZONE_WORD, lambda found: f"{found['gap']}{_LOWER_ZONES[found['name'].lower()]}"),
    (_SPLIT_HOURS, lambda found: f"{found[1]}:{found[3]}"),
    (_DOTTED_HOUR, lambda found: f"{found[1]}:{found[2]}"),
    (_BARE_UHR, lambda found: f"{found[1]}:00"),
    (_HOUR_MARK, lambda found: _after_hour(found["zone"])),
    (_FRENCH_CLOCK, lambda found: f"{found[1] or found[3]}:{found[2] or found[4]}"),
    (_TO, lambda found: " - "),
    (_COLON_HALF, lambda found: found[1]),
    (_DOTTED_ZONED, _dotted_before_zone),
    (_DOTTED_RANGE, lambda found: ":".join(part for part in found.groups() if part)),
    (_HOURS_OF, lambda found: "between"),
    (re.compile(r"(?<![\w-])(?:12 )?noon\b", re.I), lambda found: "12pm"),
    (re.compile(r"(?<![\w-])(?:12 )?midnight\b", re.I), lambda found: "12am"),
)
