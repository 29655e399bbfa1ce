"""Joining: another account of the same incident comes into a document, with no word of either lost.

What is there already stands. What the other says goes into the fields that are empty and to the
ends of the lists; where both say something else, the other's words are kept as sections.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pmtui.core.document import PLACES, Part, Place, Postmortem, Section
from pmtui.core.edits import head
from pmtui.core.extent import all_times, incident_day
from pmtui.core.fields import FIELDS
from pmtui.core.ids import NewId
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import sort_timeline
from pmtui.core.text import one_line
from pmtui.core.times import clock

_LISTS = ("services", "tags", "people", "timeline", "factors", "whys", "measures", "tasks")
_PARTS = ("times", "impact")
_SINGLE = ("title", "reference", "status", "severity", "drill")
_PROSE = (
    *("summary", "cause_summary", "trigger", "root_cause"),
    *("detection", "resolution", "conclusion"),
)
_LABELS = {field.id: field.label for field in FIELDS}
_PLACES: dict[str, Place] = {
    "summary": "summary",
    "cause_summary": "summary",
    "conclusion": "conclusion",
}
_IMPACT = "impact.text"
_OTHERWISE = "told otherwise"


@dataclass(frozen=True, slots=True)
class Joined:
    """The document with both accounts, and how many events, tasks, measures and texts came in.

    `kept` counts the sections that hold what was told otherwise.
    """

    document: Postmortem
    events: int
    tasks: int
    measures: int
    texts: int
    kept: int


def join(document: Postmortem, other: Postmortem, new_id: NewId) -> Joined:
    """`document` with all that `other` says.

    Raises:
        TimeError: A time falls into the hour that the zone's clocks leave out in spring.
    """
    changes: dict[str, Any] = {}
    differing: list[tuple[str, str]] = []
    document, other = _in_one_zone(document, other, differing)
    kept: list[Section] = []
    ids = {section.id for section in document.sections}

    def keep(heading: str, body: str, after: Place) -> None:
        if any(s.heading == heading and s.body == body for s in document.sections):
            return
        fresh = new_id(ids)
        ids.add(fresh)
        kept.append(Section(id=fresh, heading=heading, body=body, after=after))

    texts = 0
    for name in (*_SINGLE, *_PARTS):
        changes[name] = _filled(name, getattr(document, name), getattr(other, name), differing)
    for name in _PROSE:
        mine, theirs = getattr(document, name), getattr(other, name)
        changes[name] = mine if mine.strip() else theirs
        if theirs.strip() and theirs.strip() != mine.strip():
            texts += 1
            if mine.strip():
                keep(
                    f"{_LABELS[name]}, {_OTHERWISE}",
                    theirs.strip("\n"),
                    _PLACES.get(name, "root-cause"),
                )
    lines = [f"- {_label(name)}: {one_line(text)}" for name, text in differing if name != _IMPACT]
    for name, body in differing:
        if name == _IMPACT:
            keep(f"{_LABELS[name]}, {_OTHERWISE}", body.strip("\n"), "summary")
    if lines:
        keep(_OTHERWISE.capitalize(), "\n".join(lines), "summary")
    for name in _LISTS:
        changes[name] = _appended(getattr(document, name), getattr(other, name), new_id)
    lessons = {
        name: _appended(getattr(document.lessons, name), getattr(other.lessons, name), new_id)
        for name in ("went_well", "went_wrong", "got_lucky")
    }
    for name in ("links", "images"):
        changes[name] = _appended(getattr(document, name), getattr(other, name), new_id)
    before = (*document.sections, *kept)
    kept += _appended(before, other.sections, new_id)[len(before) :]
    joined = document.revise(
        **changes,
        lessons=document.lessons.revise(**lessons),
        sections=_placed(document.sections, kept),
    )
    joined = joined.revise(timeline=sort_timeline(joined.timeline, joined.timezone))
    return Joined(
        joined,
        events=len(joined.timeline) - len(document.timeline),
        tasks=len(joined.tasks) - len(document.tasks),
        measures=len(joined.measures) - len(document.measures),
        texts=texts,
        kept=len(joined.sections) - len(document.sections),
    )


def _in_one_zone(
    document: Postmortem, other: Postmortem, differing: list[tuple[str, str]]
) -> tuple[Postmortem, Postmortem]:
    """Both with their times in one zone and both with a date, or without; the document's stand."""
    free = not all_times(document)
    if other.timezone and (free or not document.timezone):
        document = head.set_timezone(document, other.timezone)
    elif document.timezone != other.timezone:
        if other.timezone:
            differing.append(("timezone", other.timezone))
        other = head.set_timezone(other, document.timezone)
    if not all_times(other):
        return document, other
    if free:
        return document.revise(undated=other.undated), other
    if other.undated and not document.undated:
        other = head.set_day(other, incident_day(document))
    elif document.undated and not other.undated:
        day = incident_day(other)
        differing.append(("day", f"{day:%Y-%m-%d}" if day else ""))
        other = head.set_day(other, None)
    return document, other


def _filled(name: str, mine: Any, theirs: Any, differing: list[tuple[str, str]]) -> Any:
    """`mine`, or `theirs` where that says nothing; what both say differently is noted."""
    if isinstance(mine, Part):
        inner = {
            each: _filled(f"{name}.{each}", getattr(mine, each), getattr(theirs, each), differing)
            for each in mine.FIELDS
            if each != "unknown"
        }
        return mine.revise(**inner)
    if theirs in ("", None, False, "draft") or mine == theirs:
        return mine
    if mine in ("", None, False, "draft"):
        return theirs
    differing.append((name, _words(theirs)))
    return mine


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d} {clock(value)}"
    return f"{value:g} %" if isinstance(value, float) else str(value)


def _label(name: str) -> str:
    return _LABELS.get(name, name.rpartition(".")[2].replace("_", " ").capitalize())


def _appended(mine: Sequence[Any], theirs: Sequence[Any], new_id: NewId) -> tuple[Any, ...]:
    """`mine`, and those of `theirs` that are not among them; ids stay different."""
    present = {_bare(item) for item in mine}
    ids = {item.id for item in mine if hasattr(item, "id")}
    added: list[Any] = []
    for item in theirs:
        if _bare(item) in present:
            continue
        if hasattr(item, "id"):
            if item.id in ids:
                item = item.revise(id=new_id(ids))
            ids.add(item.id)
        added.append(item)
    return (*mine, *added)


def _bare(item: Any) -> object:
    """What an item says, whatever its id."""
    return item.revise(id="x") if hasattr(item, "id") else item


def _placed(sections: Sequence[Section], added: Sequence[Section]) -> tuple[Section, ...]:
    """`added` each after the sections of its place."""
    found = list(sections)
    for section in added:
        place = PLACES.index(section.after)
        before = [n for n, each in enumerate(found, 1) if PLACES.index(each.after) <= place]
        found.insert(before[-1] if before else 0, section)
    return tuple(found)
