"""Makes the document of what was found: times placed, facts settled, contradictions told."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from pmtui.core.clock.windows import Window
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import (
    Entry,
    Factor,
    Lessons,
    Postmortem,
    Times,
)
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import sort_timeline
from pmtui.core.text import one_line, replace_controls
from pmtui.core.vocabulary import UNDATED
from pmtui.formats.reading import facts
from pmtui.formats.reading.causes_elsewhere import add_cause_told_elsewhere
from pmtui.formats.reading.contradictions import report_contradictions, report_far_days
from pmtui.formats.reading.day_window import times_within_days
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.impact_made import made_impact
from pmtui.formats.reading.moments_placed import Calendar, first_date, place_rows
from pmtui.formats.reading.order import oldest_first
from pmtui.formats.reading.parts_made import (
    made_actions,
    made_chains,
    made_entries,
    with_ids,
)
from pmtui.formats.reading.rows import Row
from pmtui.formats.reading.slips import without_slips
from pmtui.formats.reading.splitting import split_causes, split_summary, stated_causes
from pmtui.formats.reading.stated import entry_times, told_times
from pmtui.formats.reading.window_stated import stated_day, stated_window, window_texts

_GRADE = re.compile(
    r"\b([Ss][Ee][Vv][- ]?[0-9])\b"
    r"|(?:^|[^\w\s]\s*|\b(?i:a|an|the|this|our|as|to|was|is|with|declared|priority|level|incident)\s+)"
    r"(P[0-4])\b"
)
"""A grade by its short name; what else is called P1, a disk say, has its own noun before it."""

_GRADE_WORDS = re.compile(
    r"\b(?:severity|sev)(?: level)?[ :-]+([0-9](?:\.[0-9])?)\b"
    r"|\bpriority[ -]([0-4])(?=\s+(?:incident|outage|event|issue)\b)"
    r"|\b(?:rated|classified|declared|graded)(?: as)?(?: an?)? priority[ -]([0-4])\b",
    re.IGNORECASE,
)
_FIX_TIME = ("started", "detected", "acknowledged", "mitigated", "resolved", "closed", "public")


@dataclass(frozen=True, slots=True)
class _Course:
    """When everything was: the zone, the stated times, and the entries with their moments."""

    zone: str
    window: Window
    times: dict[str, datetime]
    entries: tuple[Entry, ...]
    links: list[tuple[str, str]]
    images: list[tuple[str, str]]
    is_dated: bool
    undated: bool


def make_document(draft: Draft, title: str, day: date | None) -> Postmortem:
    """The document in `draft`; `day` is that of an incident which states none."""
    if not draft.house:
        split_summary(draft)
        # How long the repair took is less than how long the outage was.
        draft.durations.sort(key=lambda said: said[0].startswith("Time to "))
    course = _course(draft, title, day)
    report_contradictions(draft, course.window.duration, course.times)
    if not draft.house:
        add_cause_told_elsewhere(draft)
    return Postmortem(
        title=one_line(title),
        timezone=course.zone,
        undated=course.undated or not (course.is_dated or draft.house),
        timeline=sort_timeline(course.entries, course.zone),
        times=Times(**course.times),
        impact=made_impact(draft, title),
        links=draft.made_links([*draft.links, *course.links]),
        images=draft.made_links([*draft.images, *course.images]),
        **_lists(draft),
        **(stated_causes(draft) if draft.house else split_causes(draft)),
        **_prose(draft),
        **_head(draft, title),
        sections=draft.made_sections(),
    )


def _course(draft: Draft, title: str, day: date | None) -> _Course:
    """The course of the incident: its day, its times as stated, its entries one after another."""
    report = draft.report
    windows = window_texts(draft) if not draft.house else []
    stated = stated_day(draft, windows, title)
    incident = stated or first_date(draft.rows) or draft.fields.get("usual_day") or day
    window = stated_window(draft, windows, incident)
    incident = incident or window.day
    zone = draft.zone or window.zone
    calendar = Calendar(
        zone, incident, report, in_order=draft.house, has_bare_times=draft.has_bare_times
    )
    times = _times(draft, window, calendar)
    calendar.usual = draft.fields.get("usual_day")
    calendar.start, calendar.end = times.get("started"), times.get("resolved")
    if zone and draft.zone_from == "the summary":
        _report_zone(draft, zone)
    times = _with_told_times(draft, window, calendar, times)
    if not draft.house:
        draft.rows = without_slips(oldest_first(draft.rows, report), report)
    placed = place_rows(draft.rows, calendar)
    if not draft.house:
        times |= entry_times(placed, times, report)
        times |= times_within_days(draft, calendar, placed, times)
        if incident is not None:
            report_far_days(draft, title, times, placed)
    entries, links, images = made_entries(placed, draft)
    timed = bool(times or any(entry.at for entry in entries))
    if not timed:
        incident = incident or day
    if incident is None and not draft.fields.get("date") and not draft.house:
        report.add(0, "no date is stated, so the document is undated", "date")
    elif stated and not (timed or draft.house):
        report.add(0, f"{stated} is stated without a time of day, and only the text tells it")
    undated = incident is None and timed
    if undated:
        times, entries = _from_first_day(times, entries)
    is_dated = incident is not None
    return _Course(zone, window, times, entries, links, images, is_dated, undated)


def _with_told_times(
    draft: Draft, window: Window, calendar: Calendar, times: dict[str, datetime]
) -> dict[str, datetime]:
    """`times` with those that sentences tell."""
    if not facts.whole(window) and "started" not in draft.times:
        # What a sentence says of the outage counts more than the first time in the text.
        others = {name: at for name, at in times.items() if name != "started"}
        times = others | told_times(draft, others, calendar)
        if "started" not in times and window.started and _fits(window.started, calendar):
            times["started"] = window.started
    return times | told_times(draft, times, calendar)


def _lists(draft: Draft) -> dict[str, Any]:
    """The fields that are lists of what the document names."""
    measures, tasks = made_actions(draft.actions)
    lessons = {name: tuple(map(replace_controls, texts)) for name, texts in draft.lessons.items()}
    return {
        "measures": measures,
        "tasks": tasks,
        "people": tuple(draft.people),
        "lessons": Lessons(**lessons),
        "factors": with_ids(Factor, draft.factors, "text"),
        "whys": made_chains(draft.whys),
    }


def _prose(draft: Draft) -> dict[str, str]:
    """The fields of prose; closing words are the conclusion where there is no other."""
    names = ("summary", "trigger", "detection", "conclusion")
    prose = {name: replace_controls("\n\n".join(draft.prose.get(name, ()))) for name in names}
    closing = "\n\n".join(draft.prose.get("closing", ()))
    if closing and prose["conclusion"]:
        draft.keep_text(closing, "", 2, "measures")
    elif closing:
        prose["conclusion"] = closing
    return prose


def _head(draft: Draft, title: str) -> dict[str, Any]:
    """The fields of the head that labels, or the title, fill."""
    if not draft.house and (severity := _severity(draft, title)):
        draft.fields.setdefault("severity", severity)
    names = ("reference", "severity", "status", "services", "tags", "drill")
    return {name: draft.fields[name] for name in names if name in draft.fields}


def _times(draft: Draft, window: Window, calendar: Calendar) -> dict[str, datetime]:
    """The stated times by name: those of labels, then those of the window."""
    found: dict[str, datetime] = {}
    for name in _FIX_TIME:
        if name not in draft.times:
            continue
        value, line = draft.times[name]
        when = facts.find_when(value, calendar.zone)
        if when is None:
            continue
        rows = [Row("entry", line, "", when)]
        if when.day is None and "started" in found:
            rows.insert(0, Row("day", line, "", None))
        quiet = Calendar(
            calendar.zone,
            _day_of(found, calendar),
            calendar.report,
            has_bare_times=calendar.has_bare_times,
        )
        placed = place_rows(rows, quiet)[-1][1]
        if placed.at is not None:
            moment = placed.at
            if name != "started" and "started" in found and when.day is None:
                moment = _not_before(moment, found["started"])
            found[name] = moment
    for name, at in (("started", window.started), ("resolved", window.resolved)):
        if at is not None and name not in found and _fits(at, calendar):
            found[name] = (
                at if not calendar.zone or at.tzinfo is None else in_zone(at, calendar.zone)
            )
    if not draft.house and "started" not in found and {"detected", "resolved"} <= found.keys():
        found["started"] = found["detected"]
        line = draft.times["detected"][1] if "detected" in draft.times else 0
        draft.report.add(line + 1, "no start is stated; the time of detection was taken for it")
    return found


def _day_of(found: dict[str, datetime], calendar: Calendar) -> date | None:
    if "started" in found and calendar.day is not None:
        return found["started"].date()
    return calendar.day


def _not_before(at: datetime, start: datetime) -> datetime:
    if (at.tzinfo is None) != (start.tzinfo is None):
        return at
    return at + timedelta(days=1) if at < start else at


def _fits(at: datetime, calendar: Calendar) -> bool:
    return (at.tzinfo is None) == (not calendar.zone)


def _report_zone(draft: Draft, zone: str) -> None:
    timed = [row for row in draft.rows if row.when and row.when.clock]
    bare = [row for row in timed if row.when and not row.when.zone]
    if bare:
        draft.report.add(
            bare[0].line + 1, f"the entries name no zone; {zone} was taken from the summary"
        )


def _from_first_day(
    times: dict[str, datetime], entries: tuple[Entry, ...]
) -> tuple[dict[str, datetime], tuple[Entry, ...]]:
    """Times of a document without a date, none before its first day."""
    moments = [
        *times.values(),
        *(e.at for e in entries if e.at),
        *(e.until for e in entries if e.until),
    ]
    early = min((at.date() for at in moments), default=UNDATED)
    if early >= UNDATED:
        return times, entries
    by = UNDATED - early
    moved = tuple(
        entry.revise(at=entry.at and entry.at + by, until=entry.until and entry.until + by)
        for entry in entries
    )
    return {name: at + by for name, at in times.items()}, moved


def _severity(draft: Draft, title: str) -> str:
    """The severity that the title or the summary states outside of a label."""
    for text in (title, *(text for text, _ in draft.texts)):
        if found := _GRADE.search(text) or _GRADE_WORDS.search(text):
            return next(filter(None, found.groups()), found.group())
    return ""
