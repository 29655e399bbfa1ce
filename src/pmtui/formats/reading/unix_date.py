"""Moments as the command `date` prints them: "Fri Jun 25 04:13:00 PM PDT 2021"."""

import re

from pmtui.core.clock.dates import WrittenDay, scan_day
from pmtui.core.clock.forms import WrittenClock, scan_clock, scan_zone
from pmtui.errors import TimeError

_PRINTED = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(?P<date>[A-Z][a-z]{2}\s+[0-9]{1,2})\s+"
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AP]M)?)\s+"
    r"(?:(?P<zone>[A-Z]{2,5})\s+)?(?P<year>[0-9]{4})(?![0-9])"
)


def scan_printed(
    text: str, at: int, own: str
) -> tuple[WrittenDay, WrittenClock, str, str, int] | None:
    """The day, the time and the zone printed at `at`, a zone that nobody can tell, and the end.

    `own` is the zone of the incident, which settles an abbreviation of several.
    """
    found = _PRINTED.match(text, at)
    if found is None:
        return None
    try:
        day = scan_day(f"{found['date']} {found['year']}")
        clock = scan_clock(found["clock"], 0)
    except TimeError:
        return None
    if day is None or clock is None:
        return None
    zone, unread = found["zone"] or "", ""
    try:
        scan_zone(f" {zone}", 0, own)
    except TimeError:
        zone, unread = "", zone
    return day, clock, zone, unread, found.end()
