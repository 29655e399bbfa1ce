"""A postmortem as plain text for the terminal: everything that it says, and nothing that acts."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from rich.cells import cell_len, chop_cells

from pmtui.cli.streams import visible
from pmtui.cli.tasks import facts
from pmtui.core.document import MILESTONES, Entry, Postmortem, Task
from pmtui.core.fields import FIELDS
from pmtui.core.times import elapsed
from pmtui.core.timing import Pair, durations, elapsed_since, origin
from pmtui.core.vocabulary import BOXES
from pmtui.formats import wording

Look = Literal["title", "heading", "muted", "milestone"]
"""What a piece of text is, for who colours it."""

Paint = Callable[[str, Look], str]
"""Gives a text as it looks; it takes as much room as before."""

_FACTS = (
    "reference",
    "severity",
    "status",
    "drill",
    "day",
    "timezone",
    "impact.duration",
    "times.started",
    "times.detected",
    "times.acknowledged",
    "times.mitigated",
    "times.resolved",
    "times.closed",
    "times.public",
    "impact.percent",
    "impact.users",
    "impact.requests",
    "impact.revenue",
    "services",
    "tags",
    "people",
)
_BEFORE = ("impact.text", "summary", "cause_summary")
_CAUSES = ("trigger", "root_cause", "factors", "whys", "detection", "resolution")
_LESSONS = ("lessons.went_well", "lessons.went_wrong", "lessons.got_lucky")
_AFTER = ("conclusion", "links", "images")
_LISTS = frozenset({"factors", *_LESSONS})
_FIELDS = {field.id: field for field in FIELDS}

_NARROWEST = 24
"""The fewest cells that a column of text gets, whatever the width."""


def render(
    document: Postmortem, width: int, paint: Paint, pairs: Iterable[Pair] = ()
) -> Iterator[str]:
    """The lines of `document`, broken to `width` cells; `pairs` are a person's own durations."""
    for line in wrap(document.title or "Untitled", width):
        yield paint(line, "title")
    yield from _facts(document, width, paint)
    yield from _texts(document, _BEFORE, width, paint)
    yield from _block("Durations", _durations(document, width, pairs), paint)
    yield from _block(
        f"Timeline {_count(document.timeline)}", _timeline(document, width, paint), paint
    )
    yield from _texts(document, _CAUSES, width, paint)
    yield from _texts(document, _LESSONS, width, paint)
    yield from _block("Measures", _measures(document, width), paint)
    done = sum(task.state == "done" for task in document.tasks)
    heading = f"Tasks {done}/{len(document.tasks)}"
    yield from _block(heading, _tasks(document.tasks, width, paint), paint)
    for section in document.sections:
        yield from _block(section.heading or "Text", _indented(section.body, width), paint)
    yield from _texts(document, _AFTER, width, paint)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, made visible; continued ones keep the indent."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _wrap_line(visible(line.replace("\t", "    ")).rstrip(" "), max(width, 1))
    return lines


def _wrap_line(line: str, width: int) -> Iterator[str]:
    body = line.lstrip(" ")
    indent = line[: min(len(line) - len(body), width // 2)]
    current, used = indent, len(indent)
    for word in body.split(" "):
        size = cell_len(word)
        if current != indent and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if current != indent:
            yield current
        room = width - len(indent)
        *whole, word = chop_cells(word, room) if size > room else [word]
        yield from (f"{indent}{part}" for part in whole)
        current, used = f"{indent}{word}", len(indent) + cell_len(word)
    yield current.rstrip(" ")


def _block(heading: str, lines: Iterable[str], paint: Paint) -> Iterator[str]:
    """The lines under their heading; nothing where there are none."""
    found = list(lines)
    if found:
        yield ""
        yield paint(visible(heading), "heading")
        yield from found


def _texts(document: Postmortem, names: Iterable[str], width: int, paint: Paint) -> Iterator[str]:
    for name in names:
        field = _FIELDS[name]
        if text := field.read(document).strip("\n"):
            lines = _items(text, width) if name in _LISTS else _indented(text, width)
            yield from _block(field.label, lines, paint)


def _items(text: str, width: int) -> Iterator[str]:
    """A list that has one item a line; the further lines of an item are indented."""
    for line in text.split("\n"):
        yield from _hanging("    " if line.startswith(" ") else "  - ", line.strip(), width)


def _indented(text: str, width: int) -> Iterator[str]:
    for line in wrap(text, max(width - 2, _NARROWEST)) if text else ():
        yield f"  {line}".rstrip(" ")


def _hanging(lead: str, text: str, width: int) -> Iterator[str]:
    """`text` beside `lead`, whose room stays free below it."""
    used = cell_len(lead)
    first, *others = wrap(text, max(width - used, _NARROWEST))
    yield f"{lead}{first}".rstrip(" ")
    yield from (f"{' ' * used}{line}".rstrip(" ") for line in others)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))


def _facts(document: Postmortem, width: int, paint: Paint) -> Iterator[str]:
    for name in _FACTS:
        if value := _FIELDS[name].read(document):
            lead = paint(_padded(_FIELDS[name].label, 14), "muted")
            text = value.replace("\n", ", ") if name == "people" else value
            first, *others = wrap(text, max(width - 14, _NARROWEST))
            yield f"{lead}{first}"
            yield from (f"{'':14}{line}".rstrip(" ") for line in others)


def _durations(document: Postmortem, width: int, pairs: Iterable[Pair]) -> Iterator[str]:
    found = durations(document, pairs)
    longest = max((cell_len(wording.length(span)) for span in found), default=0)
    days = {wording.day(document, mark.at) for span in found for mark in (span.begin, span.end)}
    only_day = f" on {days.pop()}" if len(days) == 1 else ""
    named = max((cell_len(span.name) for span in found), default=0)
    for span in found:
        lead = f"  {_padded(span.name, named)}  {_padded(wording.length(span), longest)}  "
        yield from _hanging(lead, wording.between(document, span).removesuffix(only_day), width)


def _count(items: tuple[object, ...]) -> str:
    return str(len(items)) if items else ""


def _timeline(document: Postmortem, width: int, paint: Paint) -> Iterator[str]:
    """A row for each event in columns: time, T+, kind, what happened."""
    began = origin(document)
    label = wording.zone_name(document)
    times, offsets = {}, {}
    for entry in document.timeline:
        since = elapsed_since(began.at, entry.at) if began and entry.at else None
        offsets[entry.id] = "" if since is None else f"{'+' if since else ''}{elapsed(since)}"
        time = wording.window(document, entry).replace("about ", "~", 1)
        times[entry.id] = time.removesuffix(f" {label}")
    time_width = max(map(cell_len, times.values()), default=0)
    offset_width = max(map(cell_len, offsets.values()), default=0)
    for day in wording.days(document):
        if day.name:
            shared = label if all(times[e.id].find(" ") < 0 for e in day.entries) else ""
            yield paint(f"  {day.name}  {shared}".rstrip(" "), "muted")
        for entry in day.entries:
            offset = offsets[entry.id].replace("+-", "-").rjust(offset_width)
            kind = "" if entry.kind == "note" else entry.kind
            lead = f"  {_padded(times[entry.id], time_width)}  {offset}  {kind:<12}  "
            rows = list(_hanging(lead, _said(entry), width))
            if entry.kind in MILESTONES:
                rows[0] = rows[0].replace(f"{kind:<12}", paint(f"{kind:<12}", "milestone"), 1)
            yield from rows


def _said(entry: Entry) -> str:
    """What happened, with who said so, where it is from and what it points to."""
    ends = (
        f"@{entry.who}" if entry.who else "",
        f"[{entry.source}]" if entry.source else "",
        "(internal)" if entry.internal else "",
        entry.link,
    )
    return " ".join(part for part in (entry.text, *ends) if part)


def _measures(document: Postmortem, width: int) -> Iterator[str]:
    for measure in document.measures:
        kind = f" ({measure.kind})" if measure.kind else ""
        yield from _hanging("  - ", f"{measure.text}{kind}", width)


def _tasks(tasks: Iterable[Task], width: int, paint: Paint) -> Iterator[str]:
    for task in tasks:
        yield from _hanging(f"  {BOXES[task.state]} ", task.text, width)
        if said := "  ".join((*facts(task), *(["dropped"] if task.state == "dropped" else []))):
            for line in _hanging("      ", said, width):
                yield paint(line, "muted")
