"""Abbreviations of several zones, settled by offsets and places that the same document names."""

import re
from collections.abc import Sequence
from datetime import timedelta

from pmtui.core.clock.zones import own_offset

_PLACES: dict[str, dict[str, str]] = {
    "IST": {
        "Asia/Kolkata": r"India\w*|Mumbai|Bangalore|Bengaluru|Kolkata|Delhi|Hyderabad|Chennai|Pune",
        "Europe/Dublin": r"Ireland|Irish|Dublin|Cork",
        "Asia/Jerusalem": r"Israel\w*|Tel[ -]Aviv|Jerusalem",
    },
    "CST": {
        "America/Chicago": r"US Central|Central Time|Central Standard|Chicago|Texas|Dallas|Houston",
        "Asia/Shanghai": r"China|Chinese|Beijing|Shanghai|Shenzhen",
        "Asia/Taipei": r"Taiwan\w*|Taipei",
        "America/Havana": r"Cuban?|Havana",
    },
    "BST": {
        "Europe/London": r"London|British|Britain|United Kingdom|UK|England",
        "Asia/Dhaka": r"Bangladesh\w*|Dhaka",
    },
    "AST": {
        "Asia/Riyadh": r"Saudi|Riyadh|Arabia\w*|Kuwait|Qatar",
        "America/Halifax": r"Atlantic|Halifax|Nova Scotia|Bermuda|Puerto Rico",
    },
}
"""The places that settle what an abbreviation means, by the zone that it then is."""


_CLOCK = (
    r"(?P<{0}_hour>[0-9]{{1,2}}):(?P<{0}_minute>[0-9]{{2}})(?:\s?(?P<{0}_half>[AaPp])\.?[Mm]\.?)?"
)
_GAP = r"\s*(?:[(\[/|,=–-]|or)\s*"


def hinted_zone(texts: Sequence[str]) -> tuple[str, str, str]:
    """The zone and the abbreviation in `texts` whose meaning they settle, and what does, or "".

    That is an offset stated for it, a time told in UTC as well, or the only place of one of them.
    """
    said = "\n".join(texts)
    for short, zones in _PLACES.items():
        if not re.search(rf"{short}(?<![\w/]{short})(?![\w/])", said):
            continue
        if zone := _zone_of_offset(short, said):
            return zone, short, "its offset is told in the document"
        meant = [
            zone
            for zone, places in zones.items()
            if zone in said or re.search(rf"\b(?:{places})\b", said)
        ]
        if len(meant) == 1:
            return meant[0], short, "a place of which the document names"
    return "", "", ""


def _zone_of_offset(short: str, said: str) -> str:
    """The first zone that is called `short` at the offset which `said` states; "" for none."""
    stated = _offset_beside(short, said) or _offset_between(short, said)
    return next(
        (zone for zone in _PLACES[short] if stated and own_offset(zone, short) == stated), ""
    )


def _offset_beside(short: str, said: str) -> str:
    """The offset right behind the abbreviation: "BST (UTC+1)"; "" where none stands there."""
    found = re.search(
        rf"\b{short}\s*(?:[(=,/]|is)\s*(?:UTC|GMT)\s?([+-])([0-9]{{1,2}})(?::?([0-9]{{2}}))?(?![0-9])",
        said,
    )
    return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}" if found else ""


def _offset_between(short: str, said: str) -> str:
    """The offset by which a clock time of that abbreviation differs from the same in UTC."""
    own, other = (_CLOCK.format(name) for name in ("own", "utc"))
    found = re.search(rf"\b{own}\s?{short}{_GAP}{other}\s?(?:UTC|GMT)\b", said) or re.search(
        rf"\b{other}\s?(?:UTC|GMT){_GAP}{own}\s?{short}\b", said
    )
    if found is None:
        return ""
    parts = found.groupdict()
    minutes = round((_time(parts, "own") - _time(parts, "utc")) / timedelta(minutes=1)) % _DAY
    minutes -= _DAY if minutes > _FURTHEST else 0
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


_DAY = 24 * 60
_FURTHEST = 14 * 60
"""The minutes of a day, and those that the furthest zone is ahead."""


def _time(parts: dict[str, str | None], name: str) -> timedelta:
    hour, minute = (int(parts[f"{name}_{unit}"] or 0) for unit in ("hour", "minute"))
    if half := parts[f"{name}_half"]:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return timedelta(hours=hour, minutes=minute)
