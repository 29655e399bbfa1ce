"""Sending: words that stand in one text become what they really are, as after an import.

What is sent is moved, never copied, and no word of it is lost. Code that sends asks for a source (a
field and a stretch of its text) and one of `TARGETS`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from pmtui.core.document import PLACES, Entry, Factor, Measure, Place, Postmortem, Section
from pmtui.core.edits import analysis, timeline
from pmtui.core.edits.head import set_value
from pmtui.core.extent import frame_of
from pmtui.core.fields import FIELDS, Field, Writing
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lines.items import entry_of, task_of
from pmtui.core.passages import (
    Item,
    everything,
    items,
    line_at,
    passage_at,
    snapped,
    taken,
    without,
)
from pmtui.core.people import everybody
from pmtui.core.text import one_line

Scope = Literal["selection", "passage", "all"]

_BY_FIELD_ID = {field.id: field for field in FIELDS}
_PROSE = (
    *("root_cause", "trigger", "detection", "resolution"),
    *("summary", "impact.text", "cause_summary", "conclusion"),
)
_LESSONS = ("went_well", "went_wrong", "got_lucky")
_TITLE = re.compile(r"(?:#{1,6}[ \t]+(?P<hash>\S.*)|\*\*(?P<bold>[^*]+)\*\*:?)")
_SAYS_NOTHING_MORE = frozenset("a an and analysis details in of overview the".split())
_PLACE_OF_PANE: dict[str, Place] = {
    "summary": "summary",
    "root-cause": "root-cause",
    "lessons": "lessons",
}
_PLACE_OF_FIELD: dict[str, Place] = {
    "conclusion": "conclusion",
    "links": "conclusion",
    "images": "conclusion",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is sent: the stretch `start` to `stop` of `text`, which is what stands in `field`."""

    field: Field
    text: str
    start: int
    stop: int
    scope: Scope = "passage"

    @property
    def words(self) -> str:
        """What is sent, as Markdown: the items of a field with an item a line become a list."""
        found = taken(self.text, self.start, self.stop)
        if not self.field.listed:
            return found
        lines = analysis.from_lines(found)
        marked = (f"- {line.replace(chr(10), chr(10) + analysis.INDENT)}" for line in lines)
        return "\n".join(marked) if len(lines) > 1 else "".join(lines)


Put = Callable[[Postmortem, Source, Sequence[Item], Writing], Postmortem]


@dataclass(frozen=True, slots=True)
class Target:
    """Where words can be sent, and its key; `noun` is what one item becomes there, if it does."""

    id: str
    letter: str
    label: str
    put: Put
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The document afterwards, and the text and place in it where the words stood.

    `count` is how many items came of them, `stayed` how many paragraphs did not go along, `gone`
    the heading of a section that has become empty and went, if the words of it are nowhere else.
    `untimed` is how many of the events have no time.
    """

    document: Postmortem
    text: str
    offset: int
    count: int = 0
    stayed: int = 0
    gone: str = ""
    untimed: int = 0


def source(
    field: Field, text: str, offset: int, scope: Scope, selection: tuple[int, int] = (0, 0)
) -> Source | None:
    """What of `text` would be sent from `field`, None where there are no words.

    That is what is selected, the paragraph or list (in some fields the line) at `offset`, or all.
    """
    if scope == "selection":
        found = snapped(text, *sorted(selection))
    elif scope == "all":
        found = everything(text)
    elif field.listed:
        found = line_at(text, offset, analysis.INDENT)
    else:
        found = passage_at(text, offset)
    if found is None:
        return None
    return Source(field, text, *found, "all" if found == everything(text) else scope)


def targets(of: Source) -> tuple[Target, ...]:
    """Where it can be sent: anywhere but where it stands."""
    alone = of.scope == "all" and of.field.id.startswith("section:")
    own = {of.field.id, "section"} if alone else {of.field.id}
    return tuple(target for target in TARGETS if target.id not in own)


def send(document: Postmortem, of: Source, to: Target, writing: Writing) -> Sent:
    """The document with the words of `of` moved to `to`.

    Raises:
        EditError: The document cannot hold that.
    """
    found, left = _split(of, to)
    text = without(of.text, of.start, of.stop, left)
    section = _section(document, of.field)
    emptied = section is not None and not text.strip() and not _heads_others(document, section)
    heading = section.heading if section and emptied else ""
    lead = bool(heading) and to.id in _PROSE
    if lead and not _says_the_same(heading, to):
        found = (replace(found[0], text=f"**{heading}**\n\n{found[0].text}"), *found[1:])
        heading = ""
    if section and emptied:
        rest = document.revise(sections=tuple(s for s in document.sections if s is not section))
    else:
        rest = of.field.write(document, text, writing)
    after = to.put(rest, of, found, writing)
    old = {entry.id for entry in rest.timeline}
    events = [entry for entry in after.timeline if entry.id not in old]
    return Sent(
        document=after,
        text=text,
        offset=min(of.start, len(text)),
        count=len(events) or (len(found) if to.noun else 0),
        stayed=len(items(left)),
        gone=heading,
        untimed=sum(entry.at is None for entry in events),
    )


def _split(of: Source, to: Target) -> tuple[tuple[Item, ...], str]:
    """What moves, item by item, and what stays: the paragraphs around a list that becomes items.

    What was selected moves as a whole, since it was pointed at.
    """
    words = of.words
    if not to.noun:
        return (Item(words, listed=False),), ""
    found = items(words)
    if of.scope != "selection" and not of.field.listed and any(each.listed for each in found):
        stays = "\n\n".join(each.text for each in found if not each.listed)
        return tuple(each for each in found if each.listed), stays
    return found, ""


def _section(document: Postmortem, field: Field) -> Section | None:
    name = field.id.removeprefix("section:")
    return next((s for s in document.sections if field.id != name and s.id == name), None)


def _heads_others(document: Postmortem, section: Section) -> bool:
    """Whether an empty `section` says something all the same: it has parts, or unknown keys."""
    at = document.sections.index(section)
    following = document.sections[at + 1 : at + 2]
    parts = [s for s in following if s.level > section.level and s.after == section.after]
    return bool(section.heading.strip() and parts) or bool(section.unknown)


def _says_the_same(heading: str, to: Target) -> bool:
    """Whether the heading names the field, so that it need not stand there again."""
    said = set(re.findall(r"[^\W_]+", heading.casefold())) - _SAYS_NOTHING_MORE
    names = re.findall(r"[a-z]+", f"{to.id.removesuffix('.text')} {to.label}".casefold())
    return said <= set(names)


# -- what each target makes of the words -----------------------------------------------------------


def _put_prose(
    name: str, document: Postmortem, _: Source, found: Sequence[Item], __: Writing
) -> Postmortem:
    field = _BY_FIELD_ID[name]
    before = field.read(document).rstrip()
    joined = "\n\n".join(part for part in (before, *(each.whole for each in found)) if part)
    return set_value(document, name, joined)


def _put_lessons(
    name: str, document: Postmortem, _: Source, found: Sequence[Item], __: Writing
) -> Postmortem:
    texts = tuple(each.whole.strip() for each in found)
    return set_value(document, f"lessons.{name}", (*getattr(document.lessons, name), *texts))


def _put_factors(
    document: Postmortem, _: Source, found: Sequence[Item], writing: Writing
) -> Postmortem:
    taken_ids = {factor.id for factor in document.factors}
    made = [
        Factor(id=fresh, text=each.whole.strip())
        for each, fresh in zip(found, _fresh(found, taken_ids, writing), strict=True)
    ]
    return document.revise(factors=(*document.factors, *made))


def _put_measures(
    document: Postmortem, _: Source, found: Sequence[Item], writing: Writing
) -> Postmortem:
    made = [
        Measure(id=fresh, text=each.whole)
        for each, fresh in zip(found, _fresh(found, _task_ids(document), writing), strict=True)
    ]
    return document.revise(measures=(*document.measures, *made))


def _put_tasks(
    document: Postmortem, _: Source, found: Sequence[Item], writing: Writing
) -> Postmortem:
    names, today = everybody(document), writing.now.date()
    made = [
        task_of(each, fresh, today, names, writing.me)
        for each, fresh in zip(found, _fresh(found, _task_ids(document), writing), strict=True)
    ]
    return document.revise(tasks=(*document.tasks, *made))


def _put_entries(
    document: Postmortem, of: Source, found: Sequence[Item], writing: Writing
) -> Postmortem:
    """An event for each item of a list, or for each line of another text."""
    lines = [
        line.strip()
        for each in found
        for line in ([each.whole] if each.listed else each.whole.split("\n"))
        if line.strip()
    ]
    frame = frame_of(document, writing.now)
    names, ids = everybody(document), {entry.id for entry in document.timeline}
    made: list[Entry] = []
    for line in lines:
        fresh = writing.new_id(ids)
        ids.add(fresh)
        entry = entry_of(line, fresh, frame, names, writing.me)
        if entry.at is not None:  # the next one follows it, wherever the incident was told to end
            frame = replace(frame, after=entry.at, within=None)
        made.append(entry)
    return timeline.add_all(document, made)


def _put_section(
    document: Postmortem, of: Source, found: Sequence[Item], writing: Writing
) -> Postmortem:
    """A section of its own, headed by its first line where that is a title."""
    body, heading = found[0].text, ""
    first, _, rest = body.partition("\n")
    if title := _TITLE.fullmatch(first.rstrip(" \t")):
        heading, body = one_line(title["hash"] or title["bold"]), rest.strip("\n")
    old = _section(document, of.field)
    after = old.after if old else _place_of(of.field)
    made = Section(
        id=writing.new_id({section.id for section in document.sections}),
        heading=heading,
        level=old.level if old else 2,
        after=after,
        body=body,
    )
    return document.revise(sections=_inserted(document.sections, made, old))


def _inserted(
    sections: Sequence[Section], made: Section, old: Section | None
) -> tuple[Section, ...]:
    """`made` after the section that it was a part of, else after those of the same place."""
    if old is not None:
        at = sections.index(old) + 1
    else:
        place = PLACES.index(made.after)
        before = [n for n, each in enumerate(sections, 1) if PLACES.index(each.after) <= place]
        at = before[-1] if before else 0
    return (*sections[:at], made, *sections[at:])


def _place_of(field: Field) -> Place:
    return _PLACE_OF_FIELD.get(field.id) or _PLACE_OF_PANE[field.pane]


def _fresh(found: Sequence[Item], ids: set[str], writing: Writing) -> list[str]:
    made: list[str] = []
    for _ in found:
        made.append(writing.new_id({*ids, *made}))
    return made


def _task_ids(document: Postmortem) -> set[str]:
    return {task.id for task in document.tasks} | {measure.id for measure in document.measures}


def _of_field(name: str, put: Put, noun: str = "") -> Target:
    field = _BY_FIELD_ID[name]
    return Target(field.id, field.letter, field.label, put, noun)


TARGETS: tuple[Target, ...] = (
    *(_of_field(name, partial(_put_prose, name)) for name in _PROSE),
    _of_field("factors", _put_factors, "factor"),
    *(_of_field(f"lessons.{name}", partial(_put_lessons, name), "lesson") for name in _LESSONS),
    Target("timeline", "t", "Timeline", _put_entries, "event"),
    Target("tasks", "n", "Tasks", _put_tasks, "task"),
    Target("measures", "m", "Measures", _put_measures, "measure"),
    Target("section", "a", "A section of its own", _put_section),
)
"""Where words can be sent; the letters are those that lead there from anywhere else."""

BY_ID = {target.id: target for target in TARGETS}
