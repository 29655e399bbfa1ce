"""Edits that correct an import: a kept section, or one paragraph of it, becomes what it really is.

What moves is taken out of the section; a section of which nothing is left goes away. Its heading
goes along with the whole of it where the field does not say the same.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from pmtui.core.document import Entry, Measure, Postmortem, Section, Task, TaskState
from pmtui.core.edits.head import set_value
from pmtui.core.extent import incident_day
from pmtui.core.ids import NewId
from pmtui.core.order import sort_timeline
from pmtui.core.times import Frame, split_time
from pmtui.errors import EditError, TimeError

TextField = Literal[
    "summary",
    "impact.text",
    "cause_summary",
    "trigger",
    "root_cause",
    "detection",
    "resolution",
    "conclusion",
]

_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:[-+*•]|[0-9]{1,3}[.)])[ \t]+(?:\[(?P<box>[ xX])\][ \t]+)?"
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def find(document: Postmortem, section_id: str) -> Section:
    """The kept section with this id.

    Raises:
        EditError: There is none.
    """
    for section in document.sections:
        if section.id == section_id:
            return section
    raise EditError("the document has no such section", where=section_id)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of `text`, code with empty lines in it being one."""
    found: list[str] = []
    open_fence = False
    for part in _BLANK_LINES.split(text.strip("\n")):
        fences = sum(1 for line in part.split("\n") if _FENCE.match(line))
        if open_fence:
            found[-1] = f"{found[-1]}\n\n{part}"
        elif part.strip():
            found.append(part)
        open_fence ^= bool(fences % 2)
    return tuple(found)


def items(text: str) -> tuple[tuple[str, bool], ...]:
    """The items of a list, or the paragraphs of other text, each with whether its box is ticked.

    What is nested in an item belongs to it.
    """
    found: list[tuple[list[str], bool]] = []
    base: int | None = None
    for line in text.strip("\n").split("\n"):
        mark = _ITEM.match(line)
        indent = len(mark["indent"].expandtabs(4)) if mark else 0
        if mark and (base is None or indent <= base):
            base = indent
            found.append(([line[mark.end() :].strip()], (mark["box"] or "") in ("x", "X")))
        elif base is None and line.strip():
            found.append(([line.strip()], False))
        elif found and line.strip():
            found[-1][0].append(line.strip())
    if base is None:
        return tuple((part, False) for part in paragraphs(text))
    return tuple(("\n".join(lines), ticked) for lines, ticked in found)


def to_field(
    document: Postmortem, section_id: str, name: TextField, paragraph: int | None = None
) -> Postmortem:
    """The section, or its paragraph of that number from 0, at the end of a text field."""
    moved, rest = _taken(document, section_id, paragraph)
    section = find(document, section_id)
    if paragraph is None and section.heading and not _says_the_same(section.heading, name):
        moved = "\n\n".join(part for part in (f"**{section.heading}**", moved) if part)
    path, _, inner = name.partition(".")
    before = getattr(getattr(document, path), inner) if inner else getattr(document, path)
    joined = "\n\n".join(part for part in (before.rstrip("\n"), moved) if part)
    return set_value(rest, name, joined)


def to_tasks(
    document: Postmortem, section_id: str, new_id: NewId, paragraph: int | None = None
) -> Postmortem:
    """The items of the section, or of its paragraph, as tasks; a ticked box is a task done."""

    def made(text: str, ticked: bool, fresh: str) -> Task:
        state: TaskState = "done" if ticked else "open"
        return Task(id=fresh, text=text, state=state)

    moved, rest = _taken(document, section_id, paragraph)
    parts = _made(moved, _taken_ids(document), new_id, made)
    return rest.revise(tasks=(*rest.tasks, *parts))


def to_measures(
    document: Postmortem, section_id: str, new_id: NewId, paragraph: int | None = None
) -> Postmortem:
    """The items of the section, or of its paragraph, as measures."""
    moved, rest = _taken(document, section_id, paragraph)
    parts = _made(
        moved,
        _taken_ids(document),
        new_id,
        lambda text, _, fresh: Measure(id=fresh, text=text),
    )
    return rest.revise(measures=(*rest.measures, *parts))


def to_entries(
    document: Postmortem,
    section_id: str,
    new_id: NewId,
    frame: Frame,
    paragraph: int | None = None,
) -> Postmortem:
    """The items of the section, or of its paragraph, as events, with the times they begin with.

    What begins with a time that cannot be understood becomes an event without one, word for word.
    """
    moved, rest = _taken(document, section_id, paragraph)
    taken = {entry.id for entry in document.timeline}
    made: list[Entry] = []
    after = frame.after
    frame = replace(frame, day=frame.day or incident_day(document))
    for text, _ in items(moved):
        fresh = new_id(taken)
        taken.add(fresh)
        try:
            reading, words = split_time(text, replace(frame, after=after))
        except TimeError:
            reading, words = None, text
        if reading is None:
            made.append(Entry(id=fresh, text=text))
            continue
        after = reading.at
        made.append(
            Entry(id=fresh, at=reading.at, until=reading.until, about=reading.about, text=words)
        )
    entries = sort_timeline((*rest.timeline, *made), rest.timezone)
    return rest.revise(timeline=entries)


def _taken(document: Postmortem, section_id: str, paragraph: int | None) -> tuple[str, Postmortem]:
    """The text that moves, and the document without it.

    Raises:
        EditError: There is no such section or paragraph.
    """
    section = find(document, section_id)
    parts = paragraphs(section.body)
    left: tuple[str, ...] = ()
    if paragraph is None:
        moved = section.body.strip("\n")
    elif 0 <= paragraph < len(parts):
        moved, left = parts[paragraph], (*parts[:paragraph], *parts[paragraph + 1 :])
    else:
        raise EditError(f"the section has no paragraph {paragraph + 1}", where=section_id)
    gone = paragraph is None or not (left or section.heading)
    kept = (
        each if each is not section else section.revise(body="\n\n".join(left))
        for each in document.sections
        if each is not section or not gone
    )
    return moved, document.revise(sections=tuple(kept))


def _made(
    text: str, taken: set[str], new_id: NewId, make: Callable[[str, bool, str], Any]
) -> tuple[Any, ...]:
    made = []
    for words, ticked in items(text):
        fresh = new_id(taken)
        taken.add(fresh)
        made.append(make(words, ticked, fresh))
    return tuple(made)


def _taken_ids(document: Postmortem) -> set[str]:
    return {task.id for task in document.tasks} | {measure.id for measure in document.measures}


def _says_the_same(heading: str, name: str) -> bool:
    field = name.replace("_", " ").replace(".text", "")
    return re.sub(r"[^a-z ]", "", heading.casefold()).strip() == field
