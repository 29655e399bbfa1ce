"""Single facts in running text: a zone, a day, the window, a share of users."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

from pmtui.core.clock.dates import MONTHS, WrittenDay, scan_day
from pmtui.core.clock.frame import Frame
from pmtui.core.clock.windows import Window, read_window
from pmtui.core.clock.zones import canonical_zone, is_abbreviation, is_zone_name
from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import TimeError
from pmtui.formats.reading import city_time
from pmtui.formats.reading.day_order import figured_day, with_iso_days
from pmtui.formats.reading.moments import When, scan_when
from pmtui.formats.reading.translation import translate

_REACH = 2000
"""The characters of a text in which a fact is looked for."""

NOW = datetime(2199, 12, 31, tzinfo=UTC)
"""Later than any incident, so that no time is taken for one that is yet to come."""

_WORD = re.compile(r"(?<![\w.:/-])(?=[0-9A-Za-z])")
_ZONE_WORD = re.compile(
    r"(?<![\w/])(?:(?P<seasons>[A-Z]{1,3}[SD]?T/[A-Z]{1,3}[SD]?T)(?![\w/])"
    r"|(?:UTC|GMT)\s?[+\-−–]\s?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:])|[A-Z]{2,5}(?![\w/-])"
    r"|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|US)/[A-Za-z_+-]+"
    r"(?:/[A-Za-z_]+)?|(?<=[\s(])[+-][0-9]{2}:[0-9]{2}(?![0-9:]))"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a document stores it, what was written, and why it cannot be used."""

    name: str = ""
    written: str = ""
    problem: str = ""


def find_zone(text: str, on: date | None = None) -> Zone:
    """The first zone that `text` names."""
    text = text[:_REACH]
    problem = Zone()
    if place := city_time.search(text):
        return Zone(place.zone, place.written)
    for found in _ZONE_WORD.finditer(translate(text)):
        word = found.group().strip()
        if found["seasons"]:
            if region := _region_of(word):
                return Zone(region, word)
            continue
        if word.isalpha() and not is_abbreviation(word):
            continue
        if "/" in word and not is_zone_name(word):
            continue
        zone = zone_named(word, on)
        if zone.name:
            return zone
        problem = problem if problem.written else zone
    return problem


def _region_of(names: str) -> str:
    """The region that uses both abbreviations, one in summer and one in winter: "PST/PDT"."""
    seasons = [date(2024, 1, 15), date(2024, 7, 15)]
    regions = [{zone_named(name, day).name for day in seasons} for name in names.split("/")]
    return next((name for name in set.intersection(*regions) if "/" in name), "")


def zone_named(word: str, on: date | None = None) -> Zone:
    """The zone of that name as a document stores it."""
    try:
        return Zone(canonical_zone(word.replace("−", "-").replace("–", "-"), on), word)
    except TimeError as error:
        return Zone("", word, error.what)


def find_day(text: str) -> date | None:
    """The first whole date, with its year, that `text` names."""
    translated = translate(text[:_REACH])
    found = next(_days(translated), None)
    if (span := _DAYS.search(translated)) and (found is None or not _names(translated, span)):
        try:
            names = ("day", "month", "year") if span["day"] else ("first", "of", "in")
            first = scan_day(" ".join(span[name] for name in names))
        except TimeError:
            return found
        if first and first.year:
            return date(first.year, first.month, first.day)
    return found


def find_days(text: str) -> tuple[date, date] | None:
    """The first and the last day of the first range of days that `text` states, as whole dates."""
    translated = translate(text[:_REACH])
    if span := _DAYS.search(translated):
        names = ("day", "last", "month", "year") if span["day"] else ("first", "until", "of", "in")
        first, last, month, year = (span[name] for name in names)
        translated = f"{first} {month} {year} - {last} {month} {year}"
    days = list(_written_days(translated))
    for (_, one), (at, other) in pairwise(days):
        if other.year and _UNTIL.fullmatch(translated, one.end, at):
            end = date(other.year, other.month, other.day)
            begin = one.until(end)
            return (begin, end) if begin <= end else None
    return None


_UNTIL = re.compile(r",?\s*(?:-|–|—|to|until|till|through)\s*", re.IGNORECASE)
"""What stands between two days that are the ends of a range."""


def _names(text: str, span: re.Match[str]) -> bool:
    """Whether a whole date stands before the range of days."""
    return next(_days(text[: span.start()]), None) is not None


_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)})\b"
_DAY_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_UP_TO = rf"(?:,\s{_DAY_NUMBER}){{0,3}}\s?(?:-|–|—|/|to|and|&)\s?"
_DAYS = re.compile(
    rf"\b(?P<month>{_MONTH})\s+(?P<day>{_DAY_NUMBER}){_UP_TO}(?P<last>{_DAY_NUMBER})"
    rf",?\s+(?P<year>[0-9]{{4}})\b"
    rf"|(?<![\w.:/-])(?P<first>{_DAY_NUMBER}){_UP_TO}(?P<until>{_DAY_NUMBER})\s+(?:of\s+)?"
    rf"(?P<of>{_MONTH}),?\s+(?P<in>[0-9]{{4}})\b",
    re.IGNORECASE,
)
"""Several days of one month: "January 14-19, 2026", "14 & 15 January 2026"."""


def _days(text: str) -> Iterator[date]:
    for _, day in _written_days(text):
        if day.year:
            yield date(day.year, day.month, day.day)


def _written_days(text: str) -> Iterator[tuple[int, WrittenDay]]:
    """Where each day with its month begins, and what is written there."""
    for word in _WORD.finditer(text):
        try:
            day = figured_day(text, word.start()) or scan_day(text, word.start())
        except TimeError:
            continue
        if day and day.month:
            yield word.start(), day


def find_when(text: str, own: str = "") -> When | None:
    """The first clock time in `text`, with the day and zone that stand with it."""
    text = text[:_REACH]
    translated = translate(text)
    for word in _WORD.finditer(translated):
        rest = translated[word.start() :]
        if not (rest[0].isdigit() or rest[:3].isalpha()):
            continue
        when = scan_when(rest, own)
        if when is not None and when.clock is not None:
            return when
    return None


def two_times(text: str, own: str = "") -> tuple[When, When] | None:
    """The first two clock times of a sentence that states a range with them."""
    text = text[:_REACH]
    translated = translate(text)
    begin = after_clock = 0
    before: When | None = None
    for word in _WORD.finditer(translated):
        if word.start() < begin:
            continue
        rest = translated[word.start() :]
        if not (rest[0].isdigit() or rest[:3].isalpha()):
            continue
        expected = bool(_BEFORE_TIME.search(translated, 0, word.start()))
        when = scan_when(rest, own, loose=expected and bool(_FOUR_DIGITS.match(rest)))
        if when is None or when.clock is None:
            continue
        if when.until is not None:
            first = replace(when, until=None, until_day=None)
            return first, replace(first, clock=when.until, day=when.until_day)
        between = translated[min(begin, after_clock) : word.start()]
        joint = _JOINT.search(between) if before is not None and len(between) < 60 else None
        if before is not None and joint and _is_range(joint.group(), translated[: word.start()]):
            return _of_one_year(before, when)
        before, begin = when, word.start() + when.end
        after_clock = word.start() + when.clock.end
    return None


def _of_one_year(first: When, second: When) -> tuple[When, When]:
    """A day without a year takes that of the other."""
    if first.day and second.day and first.day.year is None and second.day.year:
        first = replace(first, day=replace(first.day, year=second.day.year))
    elif first.day is None and second.day and not _has_own_day(second):
        first = replace(first, day=second.day)
    return replace(first, zone=first.zone or second.zone), replace(
        second, zone=second.zone or first.zone
    )


def _has_own_day(when: When) -> bool:
    return (
        when.day is not None
        and when.clock is not None
        and when.begin < when.clock.end - 8
        and bool(when.day_words and when.day.end <= when.clock.end)
    )


_BEFORE_TIME = re.compile(
    r"\b(?:from|between|and|to|until|at)\s+\Z"
    r"|[0-9]\s?[-–—]\s?\Z",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\band\b(?!\s+(?:conclud|end|finish|stop|resolv|restor|recover)\w*)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|from)\b", re.IGNORECASE)


def _is_range(joint: str, before: str) -> bool:
    """Whether two times are the ends of a range, and no two moments: "at 9:10, and at 9:19"."""
    return not _AND.search(joint) or bool(_BETWEEN.search(before))


_FOUR_DIGITS = re.compile(r"[0-2][0-9][0-5][0-9](?![0-9])")
_JOINT = re.compile(
    r"^(?:[^.!?]{0,30}(?:\b(?:to|until|till|and|an(?=\s*$)|through|bis|hasta|até|jusqu.[aà])\b"
    r"|[-–—→~])[\s\w]{0,12}?(?:(?:zum|on|the|at)\s)*(?:\w+\s)?)$|(?:^|\s)(?:ended|resolved"
    r"|until)\s+(?:at\s+)?$",
    re.IGNORECASE,
)


def window_of(text: str, zone: str, day: date | None) -> Window:
    """The window that `text` states, read as of an incident without a date where none is known."""
    text = text[:_REACH]
    translated = with_iso_days(translate(text))
    frame = Frame(NOW, zone=zone, day=day, undated=day is None)
    found = read_window(translated, frame)
    if found.day is None and day is None and found.started is None and found.resolved is None:
        return found
    if found.day is not None and day is None:
        frame = Frame(NOW, zone=zone, day=found.day)
        return read_window(translated, frame)
    return found


_COUNT = (
    r"(?:[0-9]{1,5}(?:[.,][0-9]+)?|half an?|an?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|fifteen|(?:twenty|thirty|forty|fifty)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?(?=[\s-](?:hours?|minutes?)\b)"
    r"|dos|tres|deux|trois|zwei|drei|dois|duas)"
)
_UNIT = (
    r"(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|h|min|semanas?|d[ií]as?|horas?|minutos?"
    r"|segundos?|jours?|heures?|secondes?"
    r"|tagen?|stunden?|minuten|sekunden|dias?)"
)
_HALF = r"(?:\s+and\s+(?:a\s+)?half)?"
_QUARTERS = (
    r"(?:(?:an?|one|two|three)\s+)?(?:quarters?)(?:\s+of)?\s+an\s+hour"
    r"|half\s+of\s+an\s+hour"
)
_LENGTH = re.compile(
    rf"(?:(?:about|approximately|around|nearly|roughly|almost|~"
    rf"|approx\.?)\s*)?(?<![\w.:-])(?:{_QUARTERS}|[0-9]{{1,3}}\s?h\s?[0-5]?[0-9]\s?m(?:\s?[0-5]?[0-9]\s?s)?\b"
    rf"|{_COUNT}{_HALF}[\s-]?{_UNIT}\b{_HALF}"
    rf"(?:(?:,|\s+(?:and|y|et|und|e))?\s*{_COUNT}\s?{_UNIT}\b)*)",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:last(?:ed|ing)|down|outage|unavailab\w+|downtime|duration|degraded|disrupt\w+"
    r"|offline|slow|unable|could not|for a total"
    r"|in sev|failures?|degradation|experienced|only\W{1,3}took|durante|duró|pendant"
    r"|duré|dauerte|lang|durou|interrupt\w+|unreachable|failed"
    r"|incident|a period of|limited)\b",
    re.IGNORECASE,
)
_NOT_LASTED = re.compile(
    r"\b(?:after|every|within|later|detect\w*|respond|earlier|ago|before"
    r"|instead|wait\w*|by up to|up to|ahead|old|median|each|per|stable|healthy|normal|watch\w*"
    r"|monitor\w*|un(?:detected|noticed))\b",
    re.I,
)


_INSTANT = re.compile(r"0?[.,][0-9]+[\s-]?s", re.IGNORECASE)
"""Part of a second, which something takes and no outage lasts."""

_SECONDS = re.compile(r"(?!.*[0-9]\s?[hm]).*[0-9][\s-]?s(?:ec(?:ond)?s?)?", re.IGNORECASE)
"""What an outage lasts only where that is said of it outright."""

_CLOCK_BEFORE = re.compile(
    r"[0-9]\s?h[0-9]{0,2}\s*(?:[-–—]|to|until|till|bis|à|a|às)\s*\Z", re.IGNORECASE
)
"""The beginning of a window whose end is no length: "from 10h30 to 12h"."""

_WAS_FOR = re.compile(
    r"\b(?:down|offline|out|unavailable|inaccessible|unreachable|lasted)\s+"
    r"(?:for\s+)?(?:about |approximately |around )?\Z",
    re.IGNORECASE,
)
"""Words after which a length is that of the outage, whatever it is measured from."""

_DURING = re.compile(
    r"\b(?:during|lasted|recover(?:ed|y)?(?: itself)? (?:in|took)"
    r"|for (?:round |roughly |almost |nearly |some |over |more than )?"
    r"(?:about |approximately )?)\s*[~≈]?\Z",
    re.IGNORECASE,
)


def has_length(text: str) -> bool:
    """Whether `text` states a length of time at all."""
    return bool(_LENGTH.search(text))


def has_clock(text: str) -> bool:
    """Whether `text` tells a time of day, written so that it is nothing else."""
    return bool(_CLOCK.search(text))


_CLOCK = re.compile(r"[0-9]:[0-9]{2}|[0-9]\s?[ap]\.?m\b|[0-9]h[0-9]{2}", re.IGNORECASE)


def find_length(text: str) -> str:
    """The words that state how long the outage was, "" where none do."""
    text = text[:_REACH]
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        lasted = bool(_LASTED.search(sentence))
        for found in _LENGTH.finditer(sentence):
            if _CLOCK_BEFORE.search(sentence, 0, found.start()):
                continue
            brief = _INSTANT.match(found.group()) or _SECONDS.fullmatch(found.group())
            if brief and not _WAS_FOR.search(sentence, 0, found.start()):
                continue
            if not (lasted or _DURING.search(sentence, 0, found.start())):
                continue
            if _WAS_FOR.search(sentence, 0, found.start()):
                return found.group().strip()
            around = sentence[max(0, found.start() - 18) : found.end() + 12]
            if not _NOT_LASTED.search(around):
                return found.group().strip()
    return ""


def whole(window: Window) -> bool:
    """Whether a window states both ends."""
    return window.started is not None and window.resolved is not None


def merged(first: Window, second: Window) -> Window:
    """`first` with what only `second` states."""
    return replace(
        first,
        started=first.started or second.started,
        resolved=first.resolved or second.resolved,
        zone=first.zone or second.zone,
        day=first.day or second.day,
        duration=first.duration or second.duration,
    )
