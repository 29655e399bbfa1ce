"""Every field that a person fills in, declared once: how it reads and how it is written.

The panes of the editor draw and edit these in this order; nothing else knows them one by one.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from pmtui.core.clock.windows import read_window
from pmtui.core.clock.zones import canonical_zone, in_zone
from pmtui.core.document import STATUSES, Postmortem, Section
from pmtui.core.edits import analysis, head
from pmtui.core.extent import all_times, began, frame_of, incident_day
from pmtui.core.ids import NewId
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line
from pmtui.core.times import Frame, clock, day_label, read_time
from pmtui.errors import EditError, TimeError


@dataclass(frozen=True, slots=True)
class Writing:
    """What an edit needs from outside the document: the present moment, and fresh ids."""

    now: datetime
    new_id: NewId
    keep: head.Keep = "moment"
    me: str = ""


Read = Callable[[Postmortem], str]
Write = Callable[[Postmortem, str, Writing], Postmortem]
Leave = Callable[[Postmortem, Writing], Postmortem]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a pane.

    A `live` field is written with every key; another when the cursor leaves it, and `write` raises
    TimeError or EditError for what it refuses. `leave` is a further edit on leaving. `letter` is
    its key in the go-to menu. A `listed` one has an item on each line, as `analysis.to_lines` does.
    """

    id: str
    label: str
    pane: str
    letter: str
    read: Read
    write: Write
    hint: str = ""
    prose: bool = False
    live: bool = True
    leave: Leave | None = None
    choices: tuple[str, ...] = ()
    listed: bool = False


def _get(document: Postmortem, path: str) -> str:
    value: object = document
    for name in path.split("."):
        value = getattr(value, name)
    return str(value)


def _line(path: str, document: Postmortem, text: str, _: Writing) -> Postmortem:
    return head.set_value(document, path, one_line(text))


def _prose(path: str, document: Postmortem, text: str, _: Writing) -> Postmortem:
    return head.set_value(document, path, text)


def _status(document: Postmortem, text: str, _: Writing) -> Postmortem:
    wanted = one_line(text).lower().replace(" ", "-")
    matches = [status for status in STATUSES if status.startswith(wanted)]
    if wanted in STATUSES:
        matches = [wanted]
    if len(matches) != 1:
        raise EditError(f"no status “{wanted}”", remedy=f"type one of {', '.join(STATUSES)}")
    return head.set_value(document, "status", matches[0])


def _zone(document: Postmortem, text: str, writing: Writing) -> Postmortem:
    name = one_line(text)
    zone = canonical_zone(name, incident_day(document)) if name else ""
    return head.set_timezone(document, zone, writing.keep)


def _day_text(document: Postmortem) -> str:
    if document.undated:
        return "unknown"
    begin = began(document)
    return day_label(begin, document.timezone) if begin else ""


def _day(document: Postmortem, text: str, writing: Writing) -> Postmortem:
    wanted = one_line(text)
    if wanted == _day_text(document) or not wanted:
        return document
    if wanted.lower() in ("unknown", "undated", "?"):
        return head.set_day(document, None)
    frame = Frame(now=writing.now, zone=document.timezone, day=incident_day(document))
    try:
        at = read_time(f"{wanted} 12:00", frame).at
    except TimeError:
        raise TimeError(
            f"“{wanted}” is no day", remedy="type one like 22 May 2024 or 2024-05-22, or unknown"
        ) from None
    if not all_times(document) and not document.undated:
        raise EditError("there is no time yet to move", remedy="type the times with their day")
    return head.set_day(document, in_zone(at, document.timezone).date())


def _stated_text(name: str, document: Postmortem) -> str:
    at = getattr(document.times, name)
    if at is None:
        return ""
    shown = clock(at, document.timezone)
    if document.undated:
        return shown
    return f"{in_zone(at, document.timezone):%Y-%m-%d} {shown}"


def _stated(name: str, document: Postmortem, text: str, writing: Writing) -> Postmortem:
    if one_line(text) == _stated_text(name, document):
        return document
    if not text.strip():
        return head.set_value(document, f"times.{name}", None)
    frame = frame_of(document, writing.now)
    if name != "started" and document.times.started is not None:
        # What follows the start is not before it.
        frame = replace(frame, after=document.times.started, within=None)
    return head.set_value(document, f"times.{name}", read_time(text, frame).at)


def _window_leave(document: Postmortem, writing: Writing) -> Postmortem:
    window = read_window(document.impact.duration, frame_of(document, writing.now))
    return head.apply_window(document, window)


def _share_text(document: Postmortem) -> str:
    percent = document.impact.percent
    return "" if percent is None else f"{percent:g}"


def _share(document: Postmortem, text: str, _: Writing) -> Postmortem:
    return head.set_value(document, "impact.percent", head.parse_percent(text))


def _words(name: str, document: Postmortem, text: str, _: Writing) -> Postmortem:
    words = tuple(word for part in one_line(text).split(",") if (word := part.strip()))
    return head.set_value(document, name, words)


def _drill(document: Postmortem, text: str, _: Writing) -> Postmortem:
    said = one_line(text).lower()
    if said not in ("", "no", "n", "yes", "y"):
        raise EditError(f"“{said}” is neither yes nor no")
    return head.set_value(document, "drill", said.startswith("y"))


def _text_field(
    id: str, label: str, pane: str, letter: str, hint: str, prose: bool = True
) -> Field:
    write = partial(_prose if prose else _line, id)
    return Field(id, label, pane, letter, lambda d: _get(d, id), write, hint, prose)


def _stated_field(name: str, letter: str) -> Field:
    return Field(
        f"times.{name}",
        name.capitalize(),
        "summary",
        letter,
        partial(_stated_text, name),
        partial(_stated, name),
        "14:05, as stated",
        live=False,
    )


def _words_field(name: str, letter: str, hint: str) -> Field:
    return Field(
        name,
        name.capitalize(),
        "summary",
        letter,
        lambda d: ", ".join(getattr(d, name)),
        partial(_words, name),
        hint,
        live=False,
    )


def _lesson_field(name: str, label: str, letter: str, hint: str) -> Field:
    return Field(
        f"lessons.{name}",
        label,
        "lessons",
        letter,
        lambda d: analysis.to_lines(getattr(d.lessons, name)),
        lambda d, text, _: analysis.set_lesson(d, name, text),
        hint,
        prose=True,
        listed=True,
    )


def _links_field(name: str, label: str, letter: str) -> Field:
    return Field(
        name,
        label,
        "lessons",
        letter,
        lambda d: analysis.links_text(getattr(d, name)),
        lambda d, text, _: analysis.set_links(d, name, text),
        "[title](target), one a line",
        prose=True,
        listed=True,
    )


FIELDS: tuple[Field, ...] = (
    _text_field("title", "Title", "summary", "t", "What broke, in a few words", prose=False),
    Field(
        "impact.duration",
        "When",
        "summary",
        "w",
        lambda d: d.impact.duration,
        partial(_line, "impact.duration"),
        "14:00 to 16:00 GMT on May 22, 2024",
        leave=_window_leave,
    ),
    Field(
        "impact.text",
        "Impact",
        "summary",
        "i",
        lambda d: d.impact.text,
        partial(_prose, "impact.text"),
        "Who was hit, how many, and how",
        prose=True,
        leave=lambda d, _: head.read_share(d),
    ),
    _text_field("cause_summary", "Cause in brief", "summary", "b", "One sentence for the summary"),
    _text_field(
        "summary", "Summary", "summary", "s", "What happened, for somebody who was not there"
    ),
    _text_field("severity", "Severity", "summary", "v", "SEV1 or P1", prose=False),
    Field(
        "status",
        "Status",
        "summary",
        "a",
        lambda d: d.status,
        _status,
        live=False,
        choices=STATUSES,
    ),
    _text_field("reference", "Reference", "summary", "n", "INC-123", prose=False),
    Field(
        "timezone",
        "Zone",
        "summary",
        "z",
        lambda d: d.timezone,
        _zone,
        "UTC, Europe/Berlin, +02:00",
        live=False,
    ),
    Field("day", "Date", "summary", "d", _day_text, _day, "of its first time", live=False),
    _stated_field("started", "1"),
    _stated_field("detected", "2"),
    _stated_field("acknowledged", "3"),
    _stated_field("mitigated", "4"),
    _stated_field("resolved", "5"),
    _stated_field("closed", "6"),
    _stated_field("public", "7"),
    Field(
        "impact.percent",
        "Users %",
        "summary",
        "%",
        _share_text,
        _share,
        "share of users hit, 0 to 100",
        live=False,
    ),
    _text_field("impact.users", "Users", "summary", "u", "about 12,000", prose=False),
    _text_field("impact.requests", "Requests", "summary", "q", "3 % of API calls", prose=False),
    _text_field("impact.revenue", "Revenue", "summary", "$", "about 40,000 EUR", prose=False),
    _words_field("services", "o", "checkout, payments"),
    _words_field("tags", "#", "database, config"),
    Field(
        "people",
        "People",
        "summary",
        "p",
        analysis.people_text,
        lambda d, text, _: analysis.set_people(d, text),
        "Ana (incident commander), one a line",
        prose=True,
        listed=True,
    ),
    Field(
        "drill",
        "Drill",
        "summary",
        "h",
        lambda d: "yes" if d.drill else "",
        _drill,
        "yes for an exercise",
        live=False,
        choices=("yes", "no"),
    ),
    _text_field("root_cause", "Root cause", "root-cause", "r", "Why it could happen"),
    _text_field("trigger", "Trigger", "root-cause", "g", "What set it off"),
    Field(
        "factors",
        "Contributing factors",
        "root-cause",
        "f",
        lambda d: analysis.to_lines([factor.text for factor in d.factors]),
        lambda d, text, writing: analysis.set_factors(d, text, writing.new_id),
        "One a line",
        prose=True,
        listed=True,
    ),
    Field(
        "whys",
        "Five whys",
        "root-cause",
        "y",
        analysis.whys_text,
        lambda d, text, writing: analysis.set_whys(d, text, writing.new_id),
        "Why did it fail?  Then one answer a line",
        prose=True,
    ),
    _text_field("detection", "Detection", "root-cause", "e", "How it was noticed"),
    _text_field("resolution", "Resolution", "root-cause", "x", "What ended it"),
    _text_field("conclusion", "Conclusion", "lessons", "c", "What readers should take away"),
    _lesson_field("went_well", "Went well", "+", "One a line"),
    _lesson_field("went_wrong", "Went wrong", "-", "One a line"),
    _lesson_field("got_lucky", "Got lucky", "l", "One a line"),
    _links_field("links", "Links", "k"),
    _links_field("images", "Images", "m"),
)


def _section_text(section_id: str, document: Postmortem) -> str:
    return next((s.body for s in document.sections if s.id == section_id), "")


def _set_section(section_id: str, document: Postmortem, text: str, _: Writing) -> Postmortem:
    def changed(section: Section) -> Section:
        return section.revise(body=text) if section.id == section_id else section

    return document.revise(sections=tuple(changed(section) for section in document.sections))


def _section_field(section: Section) -> Field:
    return Field(
        f"section:{section.id}",
        section.heading or "Text",
        "lessons",
        "",
        partial(_section_text, section.id),
        partial(_set_section, section.id),
        "Kept from the source",
        prose=True,
    )


def fields_of(document: Postmortem, pane: str) -> tuple[Field, ...]:
    """The fields of one pane; kept sections of the document stand after the lessons."""
    fixed = tuple(field for field in FIELDS if field.pane == pane)
    if pane != "lessons":
        return fixed
    return fixed + tuple(_section_field(section) for section in document.sections)
