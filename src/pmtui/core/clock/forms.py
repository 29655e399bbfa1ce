"""The forms in which people write clock times, zones and spans of time, as they stand in a text.

Nothing here knows the day or the incident. All positions are those of the text that was given.

A number without a colon is a clock time only when that is beyond doubt. Four digits count when they
are a valid HHMM and are a whole text, begin with 0, carry `h`, `hrs` or a zone, or stand before a
mark (`1405: text`). Before plain text they also count (`1405 logs show`) unless they are round
(1500), could be a year (2000 to 2039), or one of the next two words is a thing that is counted
(`1405 failed requests`). `14h` counts only alone or before a mark, `2pm` always, `14.05` never.
"""

import re
from datetime import timedelta

from pmtui.core.clock.zones import is_abbreviation, is_zone_name, own_offset, zone_of
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.errors import TimeError

_PLAIN = {0xFF01 + step: chr(0x21 + step) for step in range(94)}
_PLAIN |= dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x3000), " ")
_PLAIN |= dict.fromkeys((0x2010, 0x2011, 0x2212), "-")
_PLAIN |= {0x2236: ":"}

_MERIDIEM = r"(?P<meridiem>[ap]\.m\.|[ap]\.?m\b|(?<=:[0-9]{2})[ap]\b)"
_COLON = pattern(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?(?![0-9]|:[0-9])"
    rf"(?:\s?{_MERIDIEM}|\s?h(?:rs?)?\b)?",
    re.IGNORECASE,
)
_NOON_BASED = pattern(
    rf"(?P<hour>[0-9]{{1,2}})(?:\.(?P<minute>[0-9]{{2}}))?\s?{_MERIDIEM}", re.IGNORECASE
)
_HOURS = pattern(r"(?P<hour>[0-9]{1,2})h(?P<minute>[0-9]{2})?(?!\w|\.[0-9])", re.IGNORECASE)
_MILITARY = pattern(
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2}(?=Z|[+-][0-9]))?"
    r"(?![\d.,%]|-[0-9]{1,2}-[0-9])"
    r"(?P<mark>\s?h(?:rs?)?\b|hours\b)?",
    re.IGNORECASE,
)
_BARE_HOUR = pattern(r"(?P<hour>[0-9]{1,2})(?=\s?(?:-|–|—|to\b|and\b))")

EDGE = pattern(r"(?=$|[\s:,;|)\]–—-]|\.(?:\s|$))")
"""What must follow a time for it to be one."""

_MARK = pattern(r"\s*(?:$|[:|]|[–—](?![0-9])|-(?=\s|$))|\t")
_MILITARY_RANGE = pattern(r"\s*[-–—]\s*(?P<hour>[01][0-9]|2[0-3])[0-5][0-9](?![0-9])")
_ZONE_START = pattern(r"[Zz]\b|[+][0-9]|[A-Z]{3,4}\b")
_ZONE = pattern(
    r"(?P<glued>Z)(?!\w)"
    r"|\s*[(\[]\s*(?P<inside>[^()\[\]\s]{1,40}(?:\s[+-]?[0-9:]{1,5})?)\s*[)\]]"
    r"|(?P<offset>\s?[+][0-9]{2}:?[0-9]{2}|\s-[0-9]{2}:?[0-9]{2}|[+][0-9]{2}"
    r"|(?:\s[+-]|[+])[0-9]{1,2}(?=\s*$))(?![\w:.])"
    r"|\s?(?P<relative>(?:UTC|GMT)(?:\s?[+][0-9]{1,2}(?::?[0-9]{2})?|–[0-9]{1,2}"
    r"|-[0-9]{1,2}(?::?(?:00|15|30|45))?))(?![\w:.]|\s?(?:UTC|GMT))"
    r"|\s?(?P<word>[A-Za-z]{1,5})(?![\w/'@]|-(?![0-9]{1,2}[:h0-9]|\s))"
    r"|\s?(?P<place>[A-Za-z_]+(?:/[A-Za-z_+-]+[0-9]*){1,2})(?!\w)",
    re.IGNORECASE,
)
_MINUS_OFFSET = pattern(r"-[0-9]{2}(?::?[0-9]{2})?(?![\w:.])")
_SPAN_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_SPAN_PART = pattern(
    r"(?P<count>[0-9]{1,6})\s?"
    r"(?P<unit>d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|weeks?)(?![^\W\d])",
    re.IGNORECASE,
)
_SPAN_JOINT = pattern(r"(?:,?\s+and\s+|,?\s*)(?=[0-9])")
_TRAILING_MINUTES = pattern(r"[0-9]{1,2}(?![\w:.])")

_COUNTED = frozenset(
    """
    % ms s sec secs seconds m min mins minutes h hours days weeks months years gb mb kb tb gib mib
    kib bytes rps qps tps of out percent x times people alerts apps bookings builds calls cases
    clients complaints connections containers cores cpus customers deployments deploys devices
    emails entries errors events exceptions failures files hits hosts instances items jobs lines
    lookups machines merchants messages nodes objects orders packets pages partitions payments pods
    processes queries records replicas reports requests responses retries rows servers sessions
    sites stores subscribers tasks tenants threads tickets timeouts tokens transactions uploads
    users vms volumes workers writes reads error request user customer pod host node server
    budget roadmap release edition and or per
    """.split()
)


@dataclass(frozen=True, slots=True)
class WrittenClock:
    """A clock time as written; `hour` is 0 to 24, `meridiem` "a", "p" or "" where not said.

    `bare` is an hour without minutes or meridiem, which only a range completes ("2-3pm").
    """

    end: int
    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    meridiem: str = ""
    bare: bool = False
    has_seconds: bool = False

    def since_midnight(self, meridiem: str = "") -> timedelta:
        """The time of day; `meridiem` is taken where none was written and the hour allows it."""
        half = self.meridiem or (meridiem if 1 <= self.hour <= 12 else "")
        hour = self.hour
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return timedelta(
            hours=hour, minutes=self.minute, seconds=self.second, microseconds=self.microsecond
        )


def fold(text: str) -> str:
    """`text` with wide digits, odd blanks and odd hyphens as plain ones, at the same positions."""
    return text.translate(_PLAIN)


def scan_clock(text: str, start: int, *, dated: bool = False) -> WrittenClock | None:
    """The clock time at `start`, or None; `dated` says that a day stands before it.

    Raises:
        TimeError: It is written as a time but is none.
    """
    if found := _COLON.match(text, start):
        return _clock(found) if _ends_well(text, found) else None
    if found := _NOON_BASED.match(text, start):
        return _clock(found)
    if found := _HOURS.match(text, start):
        sure = dated or found["minute"] or _MARK.match(text, found.end())
        return _clock(found) if sure and _ends_well(text, found) else None
    found = _MILITARY.match(text, start)
    if found and _ends_well(text, found):
        return _military(text, found, dated)
    return None


def scan_bare_hour(text: str, start: int) -> WrittenClock | None:
    """An hour before a dash, which is a time only if what follows the dash is one ("2-3pm")."""
    found = _BARE_HOUR.match(text, start)
    if found and 1 <= int(found["hour"]) <= 12:
        return WrittenClock(found.end(), int(found["hour"]), bare=True)
    return None


def scan_zone(
    text: str, start: int, own: str = "", *, whole: bool = False, signed: bool = False
) -> tuple[str, int]:
    """The zone written at `start` and where it ends; ("", start) where there is none.

    Abbreviations other than UTC and GMT must be in capitals unless `text` is a time as a `whole`,
    for many are words. `own` is the incident's zone: an abbreviation that it uses is never
    ambiguous. `signed` takes a glued `-05:00` for an offset rather than for the end of a range.

    Raises:
        TimeError: The abbreviation is ambiguous.
    """
    if signed and (found := _MINUS_OFFSET.match(text, start)) and _is_offset(found.group()):
        return found.group(), found.end()
    found = _ZONE.match(text, start)
    if found is None or not EDGE.match(text, found.end()):
        return "", start
    name = next(part for part in found.groups() if part)
    match found.lastgroup:
        case "word":
            if not (whole or name.isupper() or name.lower() in ("utc", "gmt")):
                return "", start
            meant = is_abbreviation(name) or own_offset(own, name) is not None
        case "offset":
            name = name.strip()
            meant = _is_offset(name)
        case "relative" if not _is_offset(name):
            # "10:00 UTC-13:00" cannot be an offset, so it is a range.
            return name[:3], found.start("relative") + 3
        case "place":
            meant = is_zone_name(name)
        case "inside":
            meant = is_abbreviation(name) or is_zone_name(name) or _is_offset(name)
        case _:
            meant = True
    if not meant:
        return "", start
    if own_offset(own, name) is None:
        zone_of(name)
    return name, found.end()


def scan_span(text: str, start: int) -> tuple[timedelta, int, bool] | None:
    """A span like `1h30m` or `2 hours`, its end, and whether seconds were said; or None."""
    parts: dict[str, int] = {}
    at = start
    while found := _SPAN_PART.match(text, at):
        unit = _SPAN_UNITS[found["unit"][0].lower()]
        if unit in parts:
            break
        parts[unit] = int(found["count"])
        at = found.end()
        joint = _SPAN_JOINT.match(text, at)
        if joint is None:
            break
        if (rest := _TRAILING_MINUTES.match(text, at)) and list(parts) == ["hours"]:
            parts["minutes"], at = int(rest.group()), rest.end()
            break
        if not _SPAN_PART.match(text, joint.end()):
            break
        at = joint.end()
    return (timedelta(**parts), at, "seconds" in parts) if parts else None


def range_times(first: WrittenClock, second: WrittenClock) -> tuple[timedelta, timedelta]:
    """The times of day of a range; "2-3pm" and "2 PM to 4:30" say the half of the day once."""
    start, stop = first.since_midnight(), second.since_midnight()
    other = {"a": "p", "p": "a", "": ""}
    if not first.meridiem:
        start = first.since_midnight(second.meridiem)
        if start > stop:
            start = first.since_midnight(other[second.meridiem])
    elif not second.meridiem:
        stop = second.since_midnight(first.meridiem)
        if stop < start:
            stop = second.since_midnight(other[first.meridiem])
    return start, stop


def _clock(found: re.Match[str]) -> WrittenClock:
    parts = found.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    second = int(parts.get("second") or 0)
    half = (parts.get("meridiem") or "")[:1].lower()
    written = found.group().strip()
    if hour > 24 or (hour == 24 and (minute or second)):
        raise TimeError(f"{written} is not a time of day: hours go to 23", remedy="write 14:05")
    if minute > 59 or second > 59:
        raise TimeError(
            f"{written} is not a time of day: minutes and seconds go to 59", remedy="write 14:05"
        )
    if half and (hour == 24 or (half == "a" and hour > 12) or (half == "p" and hour == 0)):
        raise TimeError(f"{written} contradicts itself", remedy="write 14:05 or 2:05 PM")
    micro = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    has_seconds = bool(parts.get("second"))
    return WrittenClock(found.end(), hour, minute, second, micro, half, has_seconds=has_seconds)


def _military(text: str, found: re.Match[str], dated: bool) -> WrittenClock | None:
    hour, minute, end = int(found["hour"]), int(found["minute"]), found.end()
    alone = not text[: found.start()].strip(" [(~") and not text[end:].strip()
    if not (hour <= 23 and minute <= 59):
        return _clock(found) if found["mark"] or alone or dated else None
    sure = found["mark"] or found["hour"][0] == "0"
    if sure or _MARK.match(text, end) or scan_zone(text, end)[0]:
        return _clock(found)
    could_be_year = hour == 20 and minute < 40 and not dated
    if rest := _MILITARY_RANGE.match(text, end):
        return None if could_be_year and rest["hour"] == "20" else _clock(found)
    words = re.findall(r"\S+", text[end : end + 80])[:2]
    counted = any(word.lower().strip(".,;:") in _COUNTED for word in words)
    doubtful = counted or could_be_year or (minute == 0 and not dated) or words[0][0].isdigit()
    return None if doubtful else _clock(found)


def _ends_well(text: str, found: re.Match[str]) -> bool:
    return bool(EDGE.match(text, found.end())) or bool(_ZONE_START.match(text, found.end()))


def _is_offset(name: str) -> bool:
    try:
        zone_of(name)
    except TimeError:
        return False
    return name[-1].isdigit()
