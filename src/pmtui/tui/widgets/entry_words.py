"""The words of an entry as its row shows them."""

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry
from pmtui.core.times import clock, estimated


def entry_time(entry: Entry, zone: str) -> str:
    """The time of an entry as its row shows it: `14:05`, `~14:05`, or nothing."""
    if entry.at is None:
        return ""
    return estimated(clock(entry.at, zone), entry.about)


def time_cell(entry: Entry, zone: str, other: str) -> str:
    """The time, and beside it that in the other zone, with its day where that is another."""
    shown = entry_time(entry, zone)
    if not other or entry.at is None or entry.at.tzinfo is None:
        return shown
    days = (in_zone(entry.at, other).date() - in_zone(entry.at, zone).date()).days
    return f"{shown} ┊ {clock(entry.at, other)}{f' {days:+}d' if days else ''}"


def entry_text(entry: Entry, zone: str) -> str:
    """What happened as the row shows it: with a range's end, a link's host, a mark if internal."""
    until = f" (until {clock(entry.until, zone)})" if entry.until else ""
    host = (
        f"  ↗\N{NO-BREAK SPACE}{entry.link.split('/')[2] or entry.link}"
        if "://" in entry.link
        else ""
    )
    link = host or (entry.link and f"  ↗\N{NO-BREAK SPACE}{entry.link}")
    return f"{entry.text}{until}{link}{'  ⊘ internal' if entry.internal else ''}"
