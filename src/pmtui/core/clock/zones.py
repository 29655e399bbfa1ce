"""Time zones as people write them: IANA names, offsets and abbreviations.

An abbreviation is a fixed offset (14:05 PST is UTC-8 in summer too). One that several countries use
is refused with its readings. "GMT+2" is two hours ahead of Greenwich, as everybody means it.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pkgutil import get_data
from zoneinfo import ZoneInfo

from pmtui.core.lazy_pattern import pattern
from pmtui.errors import TimeError

_ALL_YEAR: dict[str, tuple[str, str]] = {
    "EAT": ("+03:00", "Africa/Nairobi"),
    "CAT": ("+02:00", "Africa/Maputo"),
    "WAT": ("+01:00", "Africa/Lagos"),
    "SAST": ("+02:00", "Africa/Johannesburg"),
    "MSK": ("+03:00", "Europe/Moscow"),
    "TRT": ("+03:00", "Europe/Istanbul"),
    "IRST": ("+03:30", "Asia/Tehran"),
    "GST": ("+04:00", "Asia/Dubai"),
    "PKT": ("+05:00", "Asia/Karachi"),
    "NPT": ("+05:45", "Asia/Kathmandu"),
    "ICT": ("+07:00", "Asia/Bangkok"),
    "WIB": ("+07:00", "Asia/Jakarta"),
    "HKT": ("+08:00", "Asia/Hong_Kong"),
    "MYT": ("+08:00", "Asia/Kuala_Lumpur"),
    "PHT": ("+08:00", "Asia/Manila"),
    "SGT": ("+08:00", "Asia/Singapore"),
    "AWST": ("+08:00", "Australia/Perth"),
    "JST": ("+09:00", "Asia/Tokyo"),
    "KST": ("+09:00", "Asia/Seoul"),
    "BRT": ("-03:00", "America/Sao_Paulo"),
    "HST": ("-10:00", "Pacific/Honolulu"),
}
"""Abbreviations of regions that keep one offset all the year."""

_SEASONAL: dict[str, tuple[str, str]] = {
    "WET": ("+00:00", "Europe/Lisbon"),
    "WEST": ("+01:00", "Europe/Lisbon"),
    "CET": ("+01:00", "Europe/Berlin"),
    "CEST": ("+02:00", "Europe/Berlin"),
    "EET": ("+02:00", "Europe/Helsinki"),
    "EEST": ("+03:00", "Europe/Helsinki"),
    "EEDT": ("+03:00", "Europe/Helsinki"),
    "WEDT": ("+01:00", "Europe/Lisbon"),
    "IDT": ("+03:00", "Asia/Jerusalem"),
    "NST": ("-03:30", "America/St_Johns"),
    "NDT": ("-02:30", "America/St_Johns"),
    "ADT": ("-03:00", "America/Halifax"),
    "EST": ("-05:00", "America/New_York"),
    "EDT": ("-04:00", "America/New_York"),
    "CDT": ("-05:00", "America/Chicago"),
    "MST": ("-07:00", "America/Denver"),
    "MDT": ("-06:00", "America/Denver"),
    "PST": ("-08:00", "America/Los_Angeles"),
    "PDT": ("-07:00", "America/Los_Angeles"),
    "AKST": ("-09:00", "America/Anchorage"),
    "AKDT": ("-08:00", "America/Anchorage"),
    "ACST": ("+09:30", "Australia/Adelaide"),
    "ACDT": ("+10:30", "Australia/Adelaide"),
    "AEST": ("+10:00", "Australia/Sydney"),
    "AEDT": ("+11:00", "Australia/Sydney"),
    "NZST": ("+12:00", "Pacific/Auckland"),
    "NZDT": ("+13:00", "Pacific/Auckland"),
}
"""Abbreviations that name one season of a region."""

_REGIONS: dict[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Abbreviations that name a region whatever the season."""

_AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "IST": ("India (+05:30)", "Ireland (+01:00)", "Israel (+02:00)"),
    "CST": ("US Central (-06:00)", "China (+08:00)", "Cuba (-05:00)"),
    "BST": ("British summer (+01:00)", "Bangladesh (+06:00)"),
    "AST": ("Atlantic (-04:00)", "Arabia (+03:00)"),
    "SST": ("Singapore (+08:00)", "Samoa (-11:00)"),
    "AMT": ("Amazon (-04:00)", "Armenia (+04:00)"),
    "CEDT": ("Central Europe (+02:00)", "Central Australia (+10:30)"),
    "ECT": ("Ecuador (-05:00)", "Eastern Caribbean (-04:00)"),
}

_UNIVERSAL = {"UTC": "UTC", "GMT": "GMT", "Z": "UTC", "ZULU": "UTC", "UCT": "UTC"}
_OFFSET = pattern(r"(?:UTC|GMT)?\s*([+-])\s?([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_FURTHEST = (timedelta(hours=-12), timedelta(hours=14))
_REMEDY = "write an offset like +02:00 or a name like Europe/Berlin"


def zone_of(name: str) -> tzinfo:
    """The zone that `name` names: an IANA name, an offset, or an abbreviation, in any case.

    Raises:
        TimeError: The name is unknown, or several places use it.
    """
    return _zone_of(name.strip())


@lru_cache(maxsize=256)
def _zone_of(name: str) -> tzinfo:
    upper = name.upper()
    if upper in _UNIVERSAL:
        return UTC
    if (offset := _offset_of(name)) is not None:
        return timezone(offset)
    if stated := _ALL_YEAR.get(upper) or _SEASONAL.get(upper):
        return timezone(_offset_of(stated[0]) or timedelta())
    if upper in _AMBIGUOUS:
        readings = ", ".join(_AMBIGUOUS[upper])
        raise TimeError(f"{upper} may be {readings}", remedy="write the offset instead")
    if region := _REGIONS.get(upper) or _iana_names().get(name.lower()):
        return ZoneInfo(region)
    raise TimeError(f"{name or 'an empty name'} is not a time zone", remedy=_REMEDY)


def canonical_zone(name: str, on: date | None = None) -> str:
    """What a document stores for `name`: an IANA name in its right case, or an offset `+02:00`.

    An abbreviation becomes its region where clock times keep their meaning by that: in regions
    without summer time, and where the region uses that abbreviation on day `on`.

    Raises:
        TimeError: The name is unknown, or several places use it.
    """
    name = name.strip()
    upper = name.upper()
    zone = zone_of(name)
    if upper in _UNIVERSAL:
        return _UNIVERSAL[upper]
    if upper in _ALL_YEAR:
        return _ALL_YEAR[upper][1]
    if upper in _SEASONAL:
        region = _SEASONAL[upper][1]
        if on and all(_tzname(region, datetime.combine(on, time(h))) == upper for h in (0, 23)):
            return region
    if isinstance(zone, ZoneInfo):
        return zone.key
    offset = zone.utcoffset(None) or timedelta()
    return _offset_text(offset) if offset else "UTC"


def zone_label(name: str, at: datetime | None) -> str:
    """What a reader is shown for zone `name` at that moment: "UTC", "CEST", "UTC+5:30"; "" for "".

    Without a moment a zone with summer time is shown by its name.
    """
    if not name:
        return ""
    upper = name.upper()
    if upper in _UNIVERSAL:
        return _UNIVERSAL[upper]
    zone = zone_of(name)
    if upper in _ALL_YEAR or upper in _SEASONAL:
        return upper
    if not isinstance(zone, ZoneInfo):
        return _utc_label(zone.utcoffset(None) or timedelta())
    if at is None:
        names = {_tzname(name, datetime(2024, month, 1)) for month in (1, 7)}
        if len(names) > 1:
            return zone.key
        at = datetime(2024, 1, 1)
    local = _shift(at, zone) if at.tzinfo else at.replace(tzinfo=zone)
    label = local.tzname() or ""
    return label if label.isalpha() else _utc_label(local.utcoffset() or timedelta())


def localise(wall: datetime, zone: str) -> datetime:
    """The naive `wall` time in `zone`, aware with a fixed offset; `fold` picks of a repeated hour.

    Raises:
        TimeError: The clocks skip this time in spring, or the zone is unknown.
    """
    info = zone_of(zone)
    first, second = (wall.replace(tzinfo=info, fold=fold).utcoffset() for fold in (0, 1))
    first, second = first or timedelta(), second or timedelta()
    if second > first:
        skipped = second - first
        before, after = (f"{wall + step:%H:%M}" for step in (-skipped, skipped))
        raise TimeError(
            f"{wall:%H:%M} does not exist on {wall:%Y-%m-%d} in {zone}: the clocks go forward",
            remedy=f"write {before} or {after}",
        )
    return wall.replace(tzinfo=_fixed(second if wall.fold else first), fold=0)


def in_zone(at: datetime, zone: str) -> datetime:
    """The same instant with the fixed offset of `zone`; unchanged if naive or `zone` is "".

    Raises:
        TimeError: The zone is unknown.
    """
    if not zone or at.tzinfo is None:
        return at
    info = zone_of(zone)
    if at.tzinfo is info and info is UTC:
        return at
    return _shift(at, _fixed(_shift(at, info).utcoffset() or timedelta()))


def is_repeated(wall: datetime, zone: str) -> bool:
    """Whether the clocks of `zone` show this naive time twice."""
    info = zone_of(zone)
    first, second = (wall.replace(tzinfo=info, fold=fold).utcoffset() for fold in (0, 1))
    return (first or timedelta()) > (second or timedelta())


def own_offset(zone: str, abbreviation: str) -> str | None:
    """The offset that the clocks of `zone` have while they are called `abbreviation`, or None."""
    info = zone_of(zone) if zone else UTC
    for month in (1, 7) if isinstance(info, ZoneInfo) else ():
        at = datetime(2024, month, 1, tzinfo=info)
        if at.tzname() == abbreviation.upper():
            return _offset_text(at.utcoffset() or timedelta())
    return None


def is_abbreviation(word: str) -> bool:
    """Whether `word`, in any case, is an abbreviation known here, the ambiguous ones included."""
    upper = word.upper()
    return any(upper in known for known in (_UNIVERSAL, _ALL_YEAR, _SEASONAL, _REGIONS, _AMBIGUOUS))


def is_zone_name(word: str) -> bool:
    """Whether `word`, in any case, is an IANA name of the form Area/Place."""
    return "/" in word and word.lower() in _iana_names()


@cache
def zone_names() -> tuple[str, ...]:
    """The IANA names of the form Area/Place with UTC and GMT, for completion."""
    places = (name for name in _iana_names().values() if "/" in name)
    return ("UTC", "GMT", *(name for name in places if not name.startswith("Etc/")))


@cache
def _iana_names() -> dict[str, str]:
    # The list in tzdata is one small file; asking zoneinfo opens every zone on the machine.
    names = (get_data("tzdata", "zones") or b"").decode("ascii").split()
    return {name.lower(): name for name in sorted(names)}


def _tzname(zone: str, wall: datetime) -> str:
    return wall.replace(tzinfo=zone_of(zone)).tzname() or ""


@lru_cache(maxsize=256)
def _fixed(offset: timedelta) -> timezone:
    # Local mean times have seconds, which an offset date-time cannot hold.
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60)))


def _shift(at: datetime, zone: tzinfo) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError:  # within a day of the years 1 and 9999
        return at


def _offset_of(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.replace("\u2212", "-").replace("\u2013", "-"))
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    offset = -offset if sign == "-" else offset
    if int(minutes or 0) > 59 or not _FURTHEST[0] <= offset <= _FURTHEST[1]:
        raise TimeError(f"{text} is no offset: they go from -12:00 to +14:00", remedy=_REMEDY)
    return offset


def _offset_text(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _utc_label(offset: timedelta) -> str:
    if not offset:
        return "UTC"
    sign, hours, minutes = (text := _offset_text(offset))[0], int(text[1:3]), text[4:]
    return f"UTC{sign}{hours}" + (f":{minutes}" if minutes != "00" else "")
