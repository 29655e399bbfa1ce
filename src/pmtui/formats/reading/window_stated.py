"""The day and the window of the incident, as the document states them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pmtui.core.clock.windows import Window
from pmtui.errors import TimeError
from pmtui.formats.reading import facts
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.moments_placed import Calendar, earliest_date, place_rows
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.rows import Row
from pmtui.formats.reading.sentences import sentences
from pmtui.formats.reading.stated import ONCE_MORE
from pmtui.formats.reading.update_lines import is_posted

_MOST_TEXTS = 40
"""The lines in which the window of the incident is looked for; it is told early or not at all."""

_BEGAN = re.compile(
    r"\b(?:went down|began|started|begun|outage|seconds at|down since"
    r"|crashed|experienced|became|suffered|no longer (?:available|reachable|accessible)"
    r"|(?:starting|beginning)\s+(?:at|around|from))\b",
    re.IGNORECASE,
)


def window_texts(draft: Draft) -> list[tuple[str, int]]:
    """The lines that may state the window, those about its length first."""
    texts = [(text, line) for text, line in draft.durations if text not in draft.lengths]
    if stated := draft.impact.get("stated"):
        texts.append(stated)
    others = sorted((*draft.texts, *draft.others), key=lambda told: not _is_range(told[0]))
    said = [*texts, *others]
    told = [
        (_without_plans(without_code(text)), line)
        for text, line in said
        if any(map(str.isdigit, text))
    ]
    # When it was published is not when it was.
    return [(text, line) for text, line in told if not is_posted(text)][:_MOST_TEXTS]


_RANGE_LINE = re.compile(r"(?:between|from)\s[^.;]{5,70}", re.IGNORECASE)


def _is_range(text: str) -> bool:
    """Whether a line says nothing but from when to when: "Between 13:17 and 14:18 (UTC):"."""
    return bool(_RANGE_LINE.fullmatch(text.strip(" :.*_"))) and facts.two_times(text) is not None


_HOURS_OF_WORK = re.compile(
    r"\b(?:support|business|working|office|opening) hours\b[^,;.()\n]*", re.IGNORECASE
)
"""When people work, which no outage lasted: "33h (in support hours, 10:00-17:00)"."""

_PLANNED = re.compile(
    r"\b(?:expected|planned|scheduled|supposed|estimated|anticipated) "
    r"(?:to|for|from|until|between|at)\b",
    re.IGNORECASE,
)


def _without_plans(text: str) -> str:
    """`text` without what tells when something was to be, or when people work."""
    text = _HOURS_OF_WORK.sub("", text)
    if not _PLANNED.search(text):
        return text
    return " ".join(said for said in sentences(text) if not _PLANNED.search(said))


def without_code(text: str) -> str:
    """`text` without the marks of code, in which times are set as well."""
    return text.replace("`", "")


def stated_day(draft: Draft, windows: Sequence[tuple[str, int]], title: str) -> date | None:
    """The day of the incident that a time, a label, a sentence or the title states."""
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
    # A date in front matter is that of the publication, where the title tells another.
    in_title = _day_in(title)
    told = in_title if not labelled else None
    if "date" in draft.fields and (day := facts.find_day(draft.fields["date"][0])) and not told:
        draft.report.add(draft.fields["date"][1] + 1, f"{day} was taken as the day of the incident")
        return day
    if in_title:
        draft.report.add(1, f"{in_title} was taken as the day of the incident, from the title")
        return in_title
    for text, line in (*draft.texts, *draft.others):
        if is_posted(text) and (posted := facts.find_day(text)):
            # The events tell better when it was than when it was written about.
            day = earliest_date(draft.rows)
            why = "of the first event" if day else "when this was posted"
            taken = day or posted
            draft.report.add(line + 1, f"{taken}, {why}, was taken as the day of the incident")
            return taken
    return None


_ISO_DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def _day_in(title: str) -> date | None:
    """The day that a title names, also within the name of a page: "Incidents/2018-08-31-media"."""
    found = _ISO_DAY.search(title)
    return facts.find_day(title) or (facts.find_day(found.group()) if found else None)


def stated_window(draft: Draft, windows: Sequence[tuple[str, int]], day: date | None) -> Window:
    """The first window that a text states as a whole, completed by what others state."""
    best = Window()
    lengths = {without_code(text) for text, _ in draft.durations}
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
            and (text in lengths or not best.started)
        ):
            best = replace(best, duration=found.duration)
        began = _BEGAN.search(text) and not ONCE_MORE.search(text)
        if best.started is None and found.started and (text in lengths or began):
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
    if first > second and pair[0].day is pair[1].day:
        # "20:20 until 00:20 on 25 June": only the end has its day.
        first -= timedelta(days=1)
    return replace(window, started=first, resolved=second)
