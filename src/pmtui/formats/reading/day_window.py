"""The beginning and the end of an incident that states them as days, without a time of day."""

from collections.abc import Sequence
from datetime import date, datetime

from pmtui.core.clock.zones import in_zone
from pmtui.formats.reading import facts
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments_placed import Calendar, Placed
from pmtui.formats.reading.rows import Row


def times_within_days(
    draft: Draft,
    calendar: Calendar,
    placed: Sequence[tuple[Row, Placed]],
    times: dict[str, datetime],
) -> dict[str, datetime]:
    """The first event of the day it began on, the last of that it ended on, where `times` lack it.

    A day without events gives no time. The report says what was taken.
    """
    events = [in_zone(moment.at, calendar.zone) for _, moment in placed if moment.at is not None]
    found: dict[str, datetime] = {}
    for name, (day, line) in _stated_days(draft).items():
        that_day = [at for at in events if at.date() == day]
        if name in times or not that_day:
            continue
        found[name] = min(that_day) if name == "started" else max(that_day)
        which, verb = ("first", "began") if name == "started" else ("last", "ended")
        draft.report.add(
            line + 1, f"it {verb} on {day}, no time is told; the {which} event was taken for it"
        )
    return found


def _stated_days(draft: Draft) -> dict[str, tuple[date, int]]:
    found: dict[str, tuple[date, int]] = {}
    for name in ("started", "resolved"):
        value, line = draft.times.get(name, ("", 0))
        day = facts.find_day(value)
        if day is not None and not facts.has_clock(value):
            found[name] = (day, line)
    labelled = draft.fields.get("labelled_date")
    for text, line in () if found else (*draft.durations, *([labelled] if labelled else ())):
        if not facts.has_clock(text) and (days := facts.find_days(text)):
            return {"started": (days[0], line), "resolved": (days[1], line)}
    return found
