"""Single facts in running text: a zone, a day, the window, a share of users."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from pmtui.core.clock_forms import scan_zone
from pmtui.core.dates import scan_day
from pmtui.core.frame import Frame
from pmtui.core.windows import Window, read_window
from pmtui.core.zones import canonical_zone, is_abbreviation, is_zone_name
from pmtui.errors import TimeError
from pmtui.formats.reading.moments import When, scan_when, translate

NOW = datetime(2199, 12, 31, tzinfo=UTC)
"""Later than any incident, so that no time is taken for one that is yet to come."""

_WORD = re.compile(r"(?<![\w.:/-])(?=[0-9A-Za-z])")
_ZONE_WORD = re.compile(
    r"(?<![\w/])(?:(?:UTC|GMT)\s?[+\-−–]\s?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:])|[A-Z]{2,5}(?![\w/-])"
    r"|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|US)/[A-Za-z_+-]+"
    r"(?:/[A-Za-z_]+)?|(?<=[\s(])[+-][0-9]{2}:[0-9]{2}(?![0-9:]))"
)
_SHARE = re.compile(r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:[.,][0-9]+)?)\s?(?:%|percent\b|per cent\b|por ciento|por cento|pour cent|Prozent)", re.I)
_AUDIENCE = (
    r"users?|customers?|subscribers?|visitors?|clients?|people|population|audience|members|accounts|traffic|requests"
    r"|usuarios?|clientes|utilisateurs|nutzern?|kunden|usuários|benutzern?|anfragen|sessions|transactions|orders|calls"
)
_AFFECTS = re.compile(
    rf"{_AUDIENCE}|affect\w*|impact\w*|unable|degrad\w*|afect\w*|touch\w*|betroffen\w*|afetad\w*|outage|unavailab\w*|fail\w*",
    re.IGNORECASE,
)
_OF_AUDIENCE = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?(?:of|de|des|der|dos|das|los|aller)?\s*(?:the |our |all |total |los |las |les |nos |our total |of )*"
    rf"(?:[\w-]+ ){{0,3}}?(?:{_AUDIENCE})\b",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"\b(?:cpu|memory|disk|capacity|utili[sz]ation|uptime|slo|sla|target|availability during|usage|full|of (?:the )?(?:codebase|code))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a document stores it, what was written, and why it cannot be used."""

    name: str = ""
    written: str = ""
    problem: str = ""


def find_zone(text: str, on: date | None = None) -> Zone:
    """The first zone that `text` names."""
    problem = Zone()
    for found in _ZONE_WORD.finditer(translate(text)):
        word = found.group().strip()
        if word.isalpha() and not is_abbreviation(word):
            continue
        if "/" in word and not is_zone_name(word):
            continue
        zone = zone_named(word, on)
        if zone.name:
            return zone
        problem = problem if problem.written else zone
    return problem


def zone_named(word: str, on: date | None = None) -> Zone:
    """The zone of that name as a document stores it."""
    try:
        return Zone(canonical_zone(word.replace("−", "-").replace("–", "-"), on), word)
    except TimeError as error:
        return Zone("", word, error.what)


def find_day(text: str) -> date | None:
    """The first whole date, with its year, that `text` names."""
    return next(_days(translate(text)), None)


def _days(text: str) -> Iterator[date]:
    for word in _WORD.finditer(text):
        try:
            day = scan_day(text, word.start())
        except TimeError:
            continue
        if day and day.month and day.year:
            yield date(day.year, day.month, day.day)


def find_when(text: str, own: str = "") -> When | None:
    """The first clock time in `text`, with the day and zone that stand with it."""
    translated = translate(text)
    for word in _WORD.finditer(translated):
        rest = translated[word.start() :]
        if not (rest[0].isdigit() or rest[:3].isalpha()):
            continue
        when = scan_when(rest, own)
        if when is not None and when.clock is not None:
            return when
    return None


def window_of(text: str, zone: str, day: date | None) -> Window:
    """The window that `text` states, read as of an incident without a date where none is known."""
    translated = translate(text)
    frame = Frame(NOW, zone=zone, day=day, undated=day is None)
    found = read_window(translated, frame)
    if found.day is None and day is None and found.started is None and found.resolved is None:
        return found
    if found.day is not None and day is None:
        frame = Frame(NOW, zone=zone, day=found.day)
        return read_window(translated, frame)
    return found


def find_share(text: str) -> tuple[float, int] | None:
    """The share of users in percent that `text` states, and how plainly it does so (3 is best)."""
    best: tuple[float, int] | None = None
    for sentence in re.split(r"(?<=[.!?;])\s+|\n", text):
        for found in _SHARE.finditer(sentence):
            number = float(found["number"].replace(",", "."))
            after = sentence[found.end() :]
            around = sentence[max(0, found.start() - 40) : found.end() + 40]
            if number > 100:
                continue
            if _OF_AUDIENCE.match(after):
                plain = 3
            elif _AFFECTS.search(sentence) and not _NO_SHARE.search(around):
                plain = 2
            elif not _NO_SHARE.search(around):
                plain = 1
            else:
                continue
            if best is None or plain > best[1]:
                best = (number, plain)
    return best


def stated_length(texts: Iterable[str]) -> timedelta | None:
    """The first length of time that the texts state in words."""
    for text in texts:
        if found := window_of(text, "", None).duration:
            return found
    return None


def zone_of_clock(when: When, text: str, own: str) -> str:
    """The zone written with a clock time, "" where there is none."""
    if when.zone or when.clock is None:
        return when.zone
    try:
        return scan_zone(text, when.clock.end, own)[0]
    except TimeError:
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
