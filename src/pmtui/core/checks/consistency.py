"""Times that cannot all be right: against one another, the clock, and the writer's own words."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from pmtui.core.accounts import (
    contradictions,
    part_told,
    stated_length,
    stated_window,
    timeline_window,
    twice,
)
from pmtui.core.checks.finding import Fix, Hit, Rule, Subject, since_then
from pmtui.core.checks.places import passages, with_value
from pmtui.core.checks.words import spoken
from pmtui.core.clock.dates import MONTHS
from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import head, timeline
from pmtui.core.extent import STATED_TIMES
from pmtui.core.text import plural
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import STATED, Duration, Mark, elapsed_since
from pmtui.errors import TimeError

_AHEAD = timedelta(minutes=5)
_EASTERNMOST = timedelta(hours=14)
"""Where a clock shows most: a time without a zone that is in the future there is so everywhere."""

_DAY = timedelta(days=1)
_FAR = timedelta(hours=18)
"""An entry this far from all others may be a day off."""

_SLACK = timedelta(minutes=30)
_SHARE = 4
"""Half an hour, or a quarter of the incident, is more than imprecise speech."""

_MONTH_WITHOUT_DAY = re.compile(
    rf"(?<![\w.])(?<!\d )(?<!\d\. )(?<!\d-)"
    rf"(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )(?<!of )(?:{'|'.join(MONTHS)})\b"
    r"\.?,?[ \t]+(?:19|20)\d\d,?[ \t]+(?:at[ \t]+)?\d{1,2}(?::\d\d|[ \t]?[ap]\.?m\b)",
    re.IGNORECASE,
)


def _place(mark: Mark) -> str:
    return f"times.{mark.milestone}" if mark.source == STATED else f"timeline.{mark.source}.at"


def _at(subject: Subject, mark: Mark) -> str:
    return f"{mark.milestone} {clock(mark.at, subject.document.timezone)}"


def _order(subject: Subject) -> Iterator[Hit]:
    for found in contradictions(subject.document):
        if found.by is not None:
            first, second = _at(subject, found.first), _at(subject, found.second)
            yield Hit(
                _place(found.second),
                f"{second} lies {elapsed(found.by)} before {first}: one of them is wrong",
            )


def _ends_early(subject: Subject) -> Iterator[Hit]:
    for entry in subject.document.timeline:
        length = elapsed_since(entry.at, entry.until) if entry.at and entry.until else None
        if length is not None and length < timedelta():
            fix = Fix(
                "exchange begin and end",
                partial(timeline.revise, entry_id=entry.id, at=entry.until, until=entry.at),
            )
            yield Hit(
                f"timeline.{entry.id}.until",
                f"ends {elapsed(-length)} before it begins",
                fix=fix,
            )


def _future(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    if document.undated:
        return
    for place, at in _times(document):
        ahead = -since_then(subject.now, at, _EASTERNMOST)
        if ahead > _AHEAD:
            yield Hit(place, f"lies {elapsed(ahead)} in the future, so its day or zone is wrong")


def _times(document: Postmortem) -> Iterator[tuple[str, datetime]]:
    """Every time in the document with its place."""
    for name in STATED_TIMES:
        if (at := getattr(document.times, name)) is not None:
            yield f"times.{name}", at
    for entry in document.timeline:
        for name in ("at", "until"):
            if (at := getattr(entry, name)) is not None:
                yield f"timeline.{entry.id}.{name}", at


def _mixed(subject: Subject) -> Iterator[Hit]:
    times = list(_times(subject.document))
    local = [place for place, at in times if at.tzinfo is None]
    if not local:
        return
    count = "a time has" if len(local) == 1 else f"{len(local)} times have"
    if len(local) < len(times):
        told = f"{count} no zone while others have one, so they cannot be compared"
    elif subject.document.timezone:
        told = f"{count} no zone while the incident has one, so no export tells them in it"
    else:
        return
    yield Hit(local[0], told, fix=_reading_local_times(subject.document))


def _reading_local_times(document: Postmortem) -> Fix | None:
    """The edit that gives all times the zone of the incident, where it is known and has them."""
    try:
        head.read_local_times(document)
    except TimeError:
        return None
    zone = document.timezone
    return Fix(f"read times without a zone in {zone}", head.read_local_times) if zone else None


def _without_day(subject: Subject) -> Iterator[Hit]:
    for passage in passages(subject.document):
        for begin, end in spoken(passage.text, _MONTH_WITHOUT_DAY):
            words = passage.text[begin:end]
            yield Hit(passage.place, f"“{words}” lacks its day of the month", begin, end)


def _words_against_window(subject: Subject) -> Iterator[Hit]:
    yield from _disagrees(subject.document, stated_window, "the stated times are")


def _words_against_timeline(subject: Subject) -> Iterator[Hit]:
    yield from _disagrees(subject.document, timeline_window, "its events are")


def _disagrees(
    document: Postmortem, window_of: Callable[[Postmortem], Duration | None], whose: str
) -> Iterator[Hit]:
    said, window = stated_length(document), window_of(document)
    if said is None or window is None or said.agrees(window.length):
        return
    if part_told(document, said):
        return
    about = "about " if said.about else ""
    yield Hit(
        "impact.duration",
        f"the words say {about}{elapsed(said.length)}, but {whose} {elapsed(window.length)} apart,"
        f" from {window.begin.milestone} to {window.end.milestone}",
        0,
        len(said.words),
    )


def _stated_against_timeline(subject: Subject) -> Iterator[Hit]:
    for both in twice(subject.document):
        if both.later and both.differ:
            name = both.stated.milestone
            told = clock(both.derived.at, subject.document.timezone)
            sign = "later" if both.later > timedelta() else "earlier"
            fix = Fix(
                f"state {name} as the timeline has it",
                partial(with_value, place=f"times.{name}", value=both.derived.at),
            )
            yield Hit(
                f"times.{name}",
                f"{name} is stated as {clock(both.stated.at, subject.document.timezone)}, the"
                f" timeline has it {elapsed(abs(both.later))} {sign}, at {told}",
                fix=fix,
            )


def _window_against_entries(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    window = stated_window(document)
    timed = [entry.at for entry in document.timeline if entry.at is not None]
    if window is None or not timed:
        return
    slack = max(_SLACK, window.length / _SHARE)
    first = elapsed_since(window.begin.at, timed[0])
    last = elapsed_since(timed[-1], window.end.at)
    zone = document.timezone
    if first is not None and first > slack:
        yield Hit(
            "times.started",
            f"it started at {clock(window.begin.at, zone)} as stated, but the first event is"
            f" {elapsed(first)} later, at {clock(timed[0], zone)}",
        )
    if last is not None and last > slack:
        yield Hit(
            "times.resolved",
            f"it ended at {clock(window.end.at, zone)} as stated, but the last event is"
            f" {elapsed(last)} earlier, at {clock(timed[-1], zone)}",
        )


def _duplicates(subject: Subject) -> Iterator[Hit]:
    seen: dict[tuple[object, ...], Entry] = {}
    for entry in subject.document.timeline:
        same = (entry.at, entry.until, entry.kind, entry.text.strip(), entry.who)
        if not entry.text.strip():
            continue
        if same in seen:
            fix = Fix("delete a repeated event", partial(_without, entry_id=entry.id))
            yield Hit(
                f"timeline.{entry.id}.text",
                "says the same at the same time as the event above",
                0,
                len(entry.text),
                fix,
            )
        else:
            seen[same] = entry


def _without(document: Postmortem, entry_id: str) -> Postmortem:
    return timeline.remove(document, frozenset({entry_id}))


def _another_day(subject: Subject) -> Iterator[Hit]:
    """An entry far from all others that would lie among them on another day."""
    timed = [entry for entry in subject.document.timeline if entry.at is not None]
    if len(timed) < 4:
        return
    for alone, others in ((timed[0], timed[1:]), (timed[-1], timed[:-1])):
        first, last = others[0].at, others[-1].at
        if alone.at is None or first is None or last is None:
            continue
        late, early = elapsed_since(last, alone.at), elapsed_since(alone.at, first)
        span = elapsed_since(first, last)
        if late is None or early is None or span is None or span > _FAR:
            continue
        far = late if late > timedelta() else -early
        days = -round(far / _DAY) if abs(far) > _FAR else 0
        moved = timedelta(days=days)
        among = days and -span / 2 <= late + moved and early - moved >= -span * 1.5
        if among and not (alone.kind in ("closed", "public") and far > timedelta()):
            way = "after" if far > timedelta() else "before"
            fix = Fix(
                f"move an event by {plural(abs(days), 'day')}",
                partial(timeline.shift, entry_ids=frozenset({alone.id}), by=moved),
            )
            yield Hit(
                f"timeline.{alone.id}.at",
                f"lies {elapsed(abs(far))} {way} all other events: another day by mistake?",
                fix=fix,
            )


RULES = (
    Rule(
        "times.order",
        "error",
        "milestones out of order",
        "Started, detected, acknowledged, mitigated, resolved and closed follow one another;"
        " durations from milestones that do not are meaningless.",
        _order,
        waits=False,
    ),
    Rule(
        "times.ends-early",
        "error",
        "an event that ends before it begins",
        "Begin and end may be exchanged, or the end lies on the next day.",
        _ends_early,
        waits=False,
    ),
    Rule(
        "times.future",
        "warning",
        "a time in the future",
        "A postmortem is about what has happened: the day or the zone is probably wrong.",
        _future,
        waits=False,
    ),
    Rule(
        "times.mixed-zones",
        "warning",
        "times without a zone where others, or the incident, have one",
        "They cannot be compared or told elsewhere. They are probably in the incident's zone.",
        _mixed,
        waits=False,
    ),
    Rule(
        "times.no-day-of-month",
        "warning",
        "a date in the text with month and year, but no day",
        "“February, 2023, 8:50 PM” is not a time that anybody can look up.",
        _without_day,
    ),
    Rule(
        "times.words-window",
        "warning",
        "a duration in words that is not that of the stated times",
        "Readers quote the one or the other. Words may be off by a tenth, “about” by a fifth.",
        _words_against_window,
    ),
    Rule(
        "times.words-timeline",
        "warning",
        "a duration in words that is not that of the timeline",
        "Readers quote the one or the other. Words may be off by a tenth, “about” by a fifth.",
        _words_against_timeline,
    ),
    Rule(
        "times.stated-timeline",
        "warning",
        "a stated time that is not the one in the timeline",
        "One of the two is wrong, or the event marked as the milestone is another.",
        _stated_against_timeline,
    ),
    Rule(
        "times.window-entries",
        "hint",
        "a stated window that begins long before the first event or ends long after the last",
        "Either an event is missing, or the window is wrong.",
        _window_against_entries,
    ),
    Rule(
        "times.repeated",
        "warning",
        "two events that are exactly equal",
        "One was probably entered or merged twice.",
        _duplicates,
    ),
    Rule(
        "times.another-day",
        "warning",
        "an event far from all others that would fit in on another day",
        "After midnight a time is easily put on the wrong day.",
        _another_day,
        waits=False,
    ),
)
