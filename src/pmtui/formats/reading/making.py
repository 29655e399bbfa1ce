"""Makes the document of what was found: times placed, facts settled, contradictions told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from pmtui.core.clock.windows import Window
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import (
    Entry,
    Factor,
    Impact,
    Lessons,
    Postmortem,
    Times,
)
from pmtui.core.order import sort_timeline
from pmtui.core.text import one_line, replace_controls
from pmtui.core.times import elapsed
from pmtui.core.vocabulary import UNDATED
from pmtui.errors import TimeError
from pmtui.formats.reading import facts
from pmtui.formats.reading.causes_elsewhere import add_cause_told_elsewhere
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.moments_placed import Calendar, first_date, place_rows
from pmtui.formats.reading.order import oldest_first
from pmtui.formats.reading.parts_made import (
    made_actions,
    made_chains,
    made_entries,
    with_ids,
)
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row
from pmtui.formats.reading.splitting import split_causes, split_summary, stated_causes
from pmtui.formats.reading.stated import entry_times, told_times
from pmtui.formats.reading.status_updates import is_posted

_SEVERITY = re.compile(r"\b(?:SEV[- ]?[0-9]|P[0-4])\b(?!\w)")
_SEVERITY_WORDS = re.compile(
    r"\b(?:severity"
    r"|sev)(?: level)?[ :-]+([0-9](?:\.[0-9])?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d+)?)\s?%")
_MOST_TEXTS = 40
"""The lines in which the window of the incident is looked for; it is told early or not at all."""

_LASTING = re.compile(
    r"[^.!?\n]*\b(?:incident|outage|downtime)\s+lasted\b[^.!?]*[.!?]", re.IGNORECASE
)
"""A sentence about the whole of the outage."""

_BEGAN = re.compile(
    r"\b(?:went down|began|started|begun|outage|seconds at|down since"
    r"|crashed|experienced|became|suffered)\b",
    re.IGNORECASE,
)
_FIX_TIME = ("started", "detected", "acknowledged", "mitigated", "resolved", "closed", "public")


def make_document(draft: Draft, title: str, day: date | None) -> Postmortem:
    """The document in `draft`; `day` is that of an incident which states none."""
    report = draft.report
    if not draft.house:
        split_summary(draft)
        # How long the repair took is less than how long the outage was.
        draft.durations.sort(key=lambda said: said[0].startswith("Time to "))
    windows = _window_texts(draft) if not draft.house else []
    stated = _stated_day(draft, windows, title)
    incident = stated or first_date(draft.rows) or draft.fields.get("usual_day") or day
    window = _window(draft, windows, incident)
    if incident is None and window.day is not None:
        incident = window.day
    zone = draft.zone or window.zone
    calendar = Calendar(zone, incident, report, in_order=draft.house)
    times = _times(draft, window, calendar)
    calendar.usual = draft.fields.get("usual_day")
    calendar.start, calendar.end = times.get("started"), times.get("resolved")
    if zone and draft.zone_from == "the summary":
        _report_zone(draft, zone)
    if not facts.whole(window) and "started" not in draft.times:
        # What a sentence says of the outage counts more than the first time in the text.
        times = {name: at for name, at in times.items() if name != "started"} | told_times(
            draft, {name: at for name, at in times.items() if name != "started"}, calendar
        )
        if "started" not in times and window.started and _fits(window.started, calendar):
            times["started"] = window.started
    times |= told_times(draft, times, calendar)
    if not draft.house:
        draft.rows = oldest_first(draft.rows, report)
    placed = place_rows(draft.rows, calendar)
    if not draft.house:
        times |= entry_times(placed, times, report)
    entries, links, images = made_entries(placed, draft)
    if incident is None and not any(e.at for e in entries) and not times:
        calendar.day = incident = day
    undated = incident is None and bool(times or any(entry.at for entry in entries))
    if incident is None and not draft.fields.get("date") and not draft.house:
        report.add(0, "no date is stated, so the document is undated")
    if undated:
        times, entries = _from_first_day(times, entries)
    _contradictions(draft, window, times)
    if not draft.house:
        add_cause_told_elsewhere(draft)
    causes = split_causes(draft) if not draft.house else stated_causes(draft)
    measures, tasks = made_actions(draft.actions)
    if not draft.house and (severity := _severity(draft, title)):
        draft.fields.setdefault("severity", severity)
    values: dict[str, Any] = {
        "title": one_line(title),
        "timezone": zone,
        "undated": undated or (incident is None and not draft.house),
        "timeline": sort_timeline(entries, zone),
        "times": Times(**times),
        "impact": _impact(draft, window, title),
        "measures": measures,
        "tasks": tasks,
        "people": tuple(draft.people),
        "lessons": Lessons(
            **{name: tuple(map(replace_controls, texts)) for name, texts in draft.lessons.items()}
        ),
        "factors": with_ids(Factor, draft.factors, "text"),
        "whys": made_chains(draft.whys),
        "links": draft.made_links([*draft.links, *links]),
        "images": draft.made_links([*draft.images, *images]),
        **causes,
    }
    for name in ("summary", "trigger", "detection", "conclusion"):
        values[name] = replace_controls("\n\n".join(draft.prose.get(name, ())))
    closing = "\n\n".join(draft.prose.get("closing", ()))
    if closing and not values["conclusion"]:
        values["conclusion"] = closing
    elif closing:
        draft.keep_text(closing, "", 2, "measures")
    for name in ("reference", "severity", "status", "services", "tags", "drill"):
        if name in draft.fields:
            values[name] = draft.fields[name]
    values["sections"] = draft.made_sections()
    return Postmortem(**values)


def _window_texts(draft: Draft) -> list[tuple[str, int]]:
    texts = list(draft.durations)
    if stated := draft.impact.get("stated"):
        texts.append(stated)
    said = [*texts, *draft.texts, *draft.others]
    told = [(text, line) for text, line in said if any(c.isdigit() for c in text)]
    # When it was published is not when it was.
    return [(text, line) for text, line in told if not is_posted(text)][:_MOST_TEXTS]


def _stated_day(draft: Draft, windows: Sequence[tuple[str, int]], title: str) -> date | None:
    for value, _ in draft.times.values():
        if day := facts.find_day(value):
            return day
    said = [text for text, _ in draft.durations]
    for text in said:
        if day := facts.find_day(text):
            return day
    labelled = draft.fields.get("labelled_date", ("", 0))[0]
    if not facts.find_day(labelled):
        for text, _ in windows:
            if day := facts.find_day(text):
                return day
    if "date" in draft.fields and (day := facts.find_day(draft.fields["date"][0])):
        draft.report.add(draft.fields["date"][1] + 1, f"{day} was taken as the day of the incident")
        return day
    if day := facts.find_day(title):
        draft.report.add(1, f"{day} was taken as the day of the incident, from the title")
        return day
    return None


def _window(draft: Draft, windows: Sequence[tuple[str, int]], day: date | None) -> Window:
    """The first window that a text states as a whole, completed by what others state."""
    best = Window()
    for text, _ in windows:
        if facts.whole(best) and best.duration is not None:
            break
        try:
            found = facts.window_of(text, draft.zone, day)
        except (TimeError, ValueError, OverflowError):
            continue
        if not facts.whole(found) and (pair := facts.two_times(text)):
            found = _paired(found, pair, draft, day)
        if facts.whole(found) and not facts.whole(best):
            found = replace(found, duration=best.duration or found.duration)
            best = facts.merged(found, best)
        elif (
            best.duration is None
            and found.duration is not None
            and (text in dict(draft.durations) or not best.started)
        ):
            best = replace(best, duration=found.duration)
        if (
            best.started is None
            and found.started
            and (text in dict(draft.durations) or _BEGAN.search(text))
        ):
            best = facts.merged(best, found)
        if best.zone == "" and found.zone:
            best = replace(best, zone=found.zone)
    return best


def _paired(window: Window, pair: tuple[When, When], draft: Draft, day: date | None) -> Window:
    """`window` with the two clock times that a text states as a range."""
    quiet = Calendar(draft.zone, window.day or day, Report())
    rows = [Row("entry", 0, "", when) for when in pair]
    first, second = (moment.at for _, moment in place_rows(rows, quiet))
    if first is None or second is None:
        return window
    return replace(window, started=first, resolved=second)


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
        quiet = Calendar(calendar.zone, _day_of(found, calendar), calendar.report)
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


def _contradictions(draft: Draft, window: Window, times: dict[str, datetime]) -> None:
    start, end = times.get("started"), times.get("resolved")
    line = (
        draft.durations[0][1] + 1
        if draft.durations
        else (draft.texts[0][1] + 1 if draft.texts else 0)
    )
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return
    if end < start:
        draft.report.add(line, "the stated end lies before the stated start")
        return
    length = end - start
    stated = window.duration
    if stated is None:
        return
    allowed = max(timedelta(minutes=5), length / 8)
    if abs(stated - length) > allowed:
        draft.report.add(line, f"{elapsed(stated)} is stated, but the window is {elapsed(length)}")


def _impact(draft: Draft, window: Window, title: str) -> Impact:
    text = replace_controls("\n\n".join(draft.prose.get("impact", ())))
    durations = [said for said, _ in draft.durations]
    if not draft.house:
        durations.sort(key=lambda said: not facts.has_length(said))
    if not draft.house and not any(facts.has_length(said) for said in durations):
        stated = draft.impact["stated"][0] if "stated" in draft.impact else ""
        said = (
            facts.find_length(said)
            for said in [
                *(t for t, _ in draft.texts),
                *(t for t, _ in draft.others),
                title,
                *_LASTING.findall("\n".join(draft.prose.get("resolution", ()))),
            ]
        )
        length = stated or next(filter(None, said), "")
        durations = [*([length] if length else []), *durations]
    share = None
    if "percent" in draft.impact:
        found = re.search(r"[0-9.]+", draft.impact["percent"])
        share = float(found.group()) if found and float(found.group()) <= 100 else None
    if share is None and draft.house:
        shares = {float(number) for number in _SHARE.findall(text)}
        share = shares.pop() if len(shares) == 1 and max(shares) <= 100 else None
    elif share is None:
        best = None
        for sentence in [
            text,
            *(text for text, _ in draft.texts),
            *durations,
            *(text for text, _ in draft.others),
        ]:
            candidate = facts.find_share(sentence)
            if candidate and (best is None or candidate[1] > best[1]):
                best = candidate
        share = best[0] if best and best[1] > 0 else None
    return Impact(
        text=text,
        percent=share,
        users=one_line(draft.impact.get("users", "")),
        requests=one_line(draft.impact.get("requests", "")),
        revenue=one_line(draft.impact.get("revenue", "")),
        duration=_joined(durations),
    )


def _joined(parts: Sequence[str]) -> str:
    said = ""
    for part in dict.fromkeys(parts):
        joint = "" if not said else " " if said.endswith((".", "!", "?", ";", ":")) else "; "
        said = f"{said}{joint}{part}"
    return replace_controls(said)


def _severity(draft: Draft, title: str) -> str:
    """The severity that the title or the summary states outside of a label."""
    for text in (title, *(text for text, _ in draft.texts)):
        if found := _SEVERITY.search(text) or _SEVERITY_WORDS.search(text):
            return found.group(found.lastindex or 0)
    return ""
