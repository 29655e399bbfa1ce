"""Times, zones and lengths of a document in the words that its readers see.

Nothing is said that the document does not know: no day in an undated one, no zone of a time that
was written without one, whatever zone the document names.
`also` names zones in which a time is told a second time, beside that of the document.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby

from pmtui.core.clock.zones import in_zone, zone_label
from pmtui.core.document import UNDATED, Entry, Postmortem
from pmtui.core.extent import all_times
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.times import clock, day_label, elapsed
from pmtui.core.timing import Mark, Span


@dataclass(frozen=True)
class Day:
    """The entries of one day, in their order; `name` is "" for those before the first time."""

    name: str
    entries: tuple[Entry, ...]


def clock_time(document: Postmortem, at: datetime, also: tuple[str, ...] = ()) -> str:
    """The clock time with its zone: "14:00 GMT"; without one where nobody knows it."""
    return _beside(document, at, also, lambda place: _clock_time(place, at))


def day(document: Postmortem, at: datetime) -> str:
    """The day: "Wed 22 May 2024", or "Day 2" of a document without a date."""
    if document.undated:
        return f"Day {(in_zone(at, document.timezone).date() - UNDATED).days + 1}"
    return day_label(at, document.timezone)


def ends(document: Postmortem, begin: datetime, end: datetime) -> tuple[str, str]:
    """The clock times of a stretch, and what a reader needs to see how long it is.

    That is the zones, where the clocks were changed meanwhile, and the days: "01:30", "00:20 +1d".
    """
    zone = document.timezone
    first, last = in_zone(begin, zone), in_zone(end, zone)
    days = (last.date() - first.date()).days
    tell = _clock_time if first.utcoffset() != last.utcoffset() else _clock_alone
    return tell(document, begin), f"{tell(document, end)}{f' {days:+}d' if days else ''}"


def moment(document: Postmortem, at: datetime, also: tuple[str, ...] = ()) -> str:
    """Day and time: "Wed 22 May 2024 14:00 GMT"; the time alone on the first day without a date."""
    if document.undated and in_zone(at, document.timezone).date() == UNDATED:
        return clock_time(document, at, also)
    return f"{day(document, at)} {clock_time(document, at, also)}"


def window(document: Postmortem, entry: Entry, also: tuple[str, ...] = ()) -> str:
    """When an entry happened: "14:00 GMT", "about 14:05–14:20 GMT", "" where nobody knows."""
    at = entry.at or entry.until
    if at is None:
        return ""
    return _beside(document, at, also, lambda place: _window(place, entry))


def stamp(document: Postmortem, entry: Entry, also: tuple[str, ...], only: str) -> str:
    """Like `window`, without the zone where the whole timeline has `only` one, and one is told."""
    told = window(document, entry, also)
    return told if also or not only else told.replace(f" {only}", "")


def only_label(document: Postmortem) -> str:
    """What the zone is called all over the timeline; "" where it has several names, or none.

    It is "" too where the document names no zone: then each time has to tell its own.
    """
    labels = _labels(document)
    return labels.pop() if document.timezone and len(labels) == 1 else ""


def _window(document: Postmortem, entry: Entry) -> str:
    at, until = entry.at, entry.until
    about = "about " if entry.about else ""
    if at is None:
        return f"{about}until {moment(document, until)}" if until else ""
    if until is None:
        return f"{about}{clock_time(document, at)}"
    if day(document, at) != day(document, until):
        return f"{about}{clock_time(document, at)} – {moment(document, until)}"
    if _label(document, at) != _label(document, until):
        return f"{about}{clock_time(document, at)} – {clock_time(document, until)}"
    return f"{about}{clock(at, document.timezone)}–{clock_time(document, until)}"


def length(span: Span) -> str:
    """How long: "2h 00m", "about 45m"."""
    return f"{'about ' if span.about else ''}{elapsed(span.length)}"


def between(document: Postmortem, span: Span) -> str:
    """The two marks: "from started (14:00 GMT) to resolved (16:00 GMT) on Wed 22 May 2024"."""
    same_day = day(document, span.begin.at) == day(document, span.end.at)
    when = clock_time if same_day else moment
    begin, end = (_named(mark, when(document, mark.at)) for mark in (span.begin, span.end))
    on = f" on {day(document, span.end.at)}" if same_day and not document.undated else ""
    return f"from {begin} to {end}{on}"


def zone_words(document: Postmortem, also: tuple[str, ...] = ()) -> str:
    """The zone as a reader knows it and as it is named: "EAT (Africa/Nairobi)", "UTC"."""
    if not document.timezone:
        return ""
    return " / ".join(_zone_words(_placed(document, zone)) for zone in (document.timezone, *also))


def zone_scope(document: Postmortem, also: tuple[str, ...] = ()) -> str:
    """A sentence on the zones of the times below it: "All times are in UTC."; "" for none."""
    zone = zone_words(document, also)
    if not _is_bare(document):
        return f"All times are in {zone}." if zone else ""
    if not any(at.tzinfo for at in all_times(document)):
        return f"The time zone is {zone}, but the times were recorded without one." if zone else ""
    if zone:
        return f"Times are in {zone} where they say so; the others were recorded without a zone."
    return "A time that names no zone was recorded without one."


def _is_bare(document: Postmortem) -> bool:
    """Whether a time of the document has no zone."""
    return any(at.tzinfo is None for at in all_times(document))


def zone_name(document: Postmortem, also: tuple[str, ...] = ()) -> str:
    """The zone as short as a reader knows it: "EAT"; its name where the clocks change meanwhile.

    It is "" where not all times have one, so that it can head a column of times.
    """
    if _is_bare(document):
        return ""
    places = (_placed(document, zone) for zone in (document.timezone, *also))
    return " / ".join(only_label(place) or place.timezone for place in places)


def _zone_words(document: Postmortem) -> str:
    name = document.timezone
    labels = _labels(document) - {""}
    only = labels.pop() if len(labels) == 1 else name
    return only if only == name or name[0] in "+-" else f"{only} ({name})"


def _labels(document: Postmortem) -> set[str]:
    """What the zone is called at the times of the timeline."""
    times = (at for entry in document.timeline for at in (entry.at, entry.until))
    return {_label(document, at) for at in times if at is not None}


def days(document: Postmortem) -> tuple[Day, ...]:
    """The timeline cut where the date changes; entries without a time stay with the one before."""
    name = ""
    named = []
    for entry in document.timeline:
        if entry.at is not None:
            name = day(document, entry.at)
        named.append((name, entry))
    return tuple(
        Day(name, tuple(entry for _, entry in group))
        for name, group in groupby(named, key=lambda pair: pair[0])
    )


def _beside(
    document: Postmortem, at: datetime, also: tuple[str, ...], tell: Callable[[Postmortem], str]
) -> str:
    """What `tell` says in each zone; with the day where it is another than in the first.

    A time without a zone is told once, since nobody knows what other clocks showed.
    """
    told = [tell(document)]
    if at.tzinfo is None:
        return told[0]
    for place in (_placed(document, zone) for zone in also):
        other = day(place, at)
        told.append(tell(place) + (f" ({other})" if other != day(document, at) else ""))
    return " / ".join(told)


def _placed(document: Postmortem, zone: str) -> Postmortem:
    return document.but(timezone=zone)


def _clock_time(document: Postmortem, at: datetime) -> str:
    return f"{clock(at, document.timezone)} {_label(document, at)}".rstrip()


def _clock_alone(document: Postmortem, at: datetime) -> str:
    return clock(at, document.timezone)


def _named(mark: Mark, when: str) -> str:
    return f"{mark.milestone} ({'about ' if mark.about else ''}{when})"


def _label(document: Postmortem, at: datetime) -> str:
    return zone_label(document.timezone or at.strftime("%z"), at) if at.tzinfo else ""
