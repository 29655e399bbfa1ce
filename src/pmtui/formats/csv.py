"""The timeline as a table for spreadsheets; internal entries stay out.

No cell can be taken for a formula: one that begins like that gets an apostrophe in front, which
spreadsheets know as the sign of text. Text beyond ASCII begins with the mark of UTF-8: without it
some of them read it in the encoding of their system.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import UNDATED, Entry, Postmortem
from pmtui.core.timing import elapsed_since, origin
from pmtui.formats.exposure import public
from pmtui.formats.zoning import rezoned, zones_of

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\n]")
_FIELDS = ("kind", "text", "who", "source", "link")


def write(document: Postmortem, timezones: Sequence[str] = ()) -> bytes:
    """The timeline as CSV (RFC 4180) in UTF-8, a row for each event, with a time for each zone.

    Times without a zone stand in the first column of times alone, which then names none.
    `minutes` counts from the start of the incident.

    Raises:
        ExportError: There is no such zone.
    """
    zones = zones_of(timezones)
    shown = rezoned(public(document), zones)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_head(shown, zones))
    start = origin(shown)
    for entry in shown.timeline:
        since = elapsed_since(start.at, entry.at) if start and entry.at else None
        minutes = "" if since is None else f"{since.total_seconds() / 60:g}"
        texts = (_guarded(getattr(entry, name)) for name in _FIELDS)
        about = "about" if entry.about else ""
        table.writerow([entry.id, *_times(entry, shown, zones), about, minutes, *texts])
    text = out.getvalue()
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _head(document: Postmortem, zones: tuple[str, ...]) -> Iterator[str]:
    yield "id"
    bare = any(at and at.tzinfo is None for e in document.timeline for at in (e.at, e.until))
    for place, zone in enumerate(zones or (document.timezone,)):
        for name in ("at", "until"):
            yield f"{name} ({zone})" if zone and not (bare and not place) else name
    yield from ("about", "minutes", *_FIELDS)


def _times(entry: Entry, document: Postmortem, zones: tuple[str, ...]) -> Iterator[str]:
    for place, zone in enumerate(zones or (document.timezone,)):
        for at in (entry.at, entry.until):
            is_told = at is not None and (at.tzinfo is not None or not place)
            yield _written(in_zone(at, zone), document.undated) if at and is_told else ""


def _written(at: datetime, undated: bool) -> str:
    """ISO 8601; the clock time alone where nobody knows the day, which is marked by its number."""
    if not undated:
        return at.isoformat(" ")
    return f"day {(at.date() - UNDATED).days + 1} {at.time().isoformat()}"


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
