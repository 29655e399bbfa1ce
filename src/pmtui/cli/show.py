"""A postmortem as plain text, to read in a terminal or a pager."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import FileName
from pmtui.cli.documents import load
from pmtui.cli.streams import has_colour, visible, write_text

if TYPE_CHECKING:
    from pmtui.core.document import Entry, Postmortem

_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_BOXES = {"open": "[ ]", "done": "[x]", "dropped": "[-]"}


@click.command(epilog="Example: pmtui show outage.toml")
@click.argument("file", type=FileName())
@click.option(
    "--width", type=click.IntRange(40, 400), help="Columns; those of the terminal if left out."
)
def show(file: str, width: int | None) -> None:
    """Print FILE for reading: head, durations, timeline, causes, tasks."""
    columns = width or min(shutil.get_terminal_size((100, 24)).columns, 120)
    colour = has_colour()
    lines = []
    for role, line in _lines(load(file), columns):
        shown = visible(line)
        style = {"heading": _BOLD, "muted": _DIM}.get(role, "")
        lines.append(f"{style}{shown}{_PLAIN}" if style and colour else shown)
    write_text("\n".join(lines).strip("\n") + "\n")


def _lines(document: Postmortem, columns: int) -> Iterator[tuple[str, str]]:
    """The lines of the page, each with its role."""
    yield "heading", document.title or "(no title)"
    yield "muted", " · ".join(_head(document))
    yield from _paragraph("Duration", document.impact.duration, columns)
    yield from _durations(document)
    yield from _paragraph("Impact", document.impact.text, columns)
    yield from _paragraph("Cause in brief", document.cause_summary, columns)
    yield from _paragraph("Summary", document.summary, columns)
    yield from _timeline(document, columns)
    yield from _paragraph("Root cause", document.root_cause, columns)
    yield from _paragraph("Trigger", document.trigger, columns)
    factors = "\n".join(f"- {factor.text}" for factor in document.factors)
    yield from _paragraph("Contributing factors", factors, columns)
    yield from _paragraph("Detection", document.detection, columns)
    yield from _paragraph("Resolution", document.resolution, columns)
    yield from _work(document, columns)
    lessons = (("went_well", "Went well"), ("went_wrong", "Went wrong"), ("got_lucky", "Got lucky"))
    for name, label in lessons:
        items = "\n".join(f"- {item}" for item in getattr(document.lessons, name))
        yield from _paragraph(label, items, columns)
    for section in document.sections:
        yield from _paragraph(section.heading or "Text", section.body, columns)
    yield from _paragraph("Conclusion", document.conclusion, columns)


def _head(document: Postmortem) -> list[str]:
    from pmtui.core.edits.head import all_times
    from pmtui.core.times import day_label
    from pmtui.core.zones import zone_label

    times = all_times(document)
    day = day_label(times[0], document.timezone) if times and not document.undated else ""
    zone = zone_label(document.timezone, times[0] if times else None) if document.timezone else ""
    facts = [document.reference, document.severity, document.status, day, zone]
    facts += ["drill" if document.drill else "", ", ".join(document.services)]
    return [fact for fact in facts if fact]


def _durations(document: Postmortem) -> Iterator[tuple[str, str]]:
    from pmtui.core.times import clock, elapsed
    from pmtui.core.timing import durations

    found = durations(document)
    if not found:
        return
    yield "", ""
    yield "heading", "Durations"
    for each in found:
        begin, end = (
            f"{mark.milestone} {clock(mark.at, document.timezone)}"
            for mark in (each.begin, each.end)
        )
        about = "about " if each.about else ""
        yield "", f"{each.name:<21}{about}{elapsed(each.length)}  ({begin} to {end})"


def _timeline(document: Postmortem, columns: int) -> Iterator[tuple[str, str]]:
    from pmtui.core.times import day_label

    if not document.timeline:
        return
    yield "", ""
    yield "heading", "Timeline"
    times = [_time(document, entry) for entry in document.timeline]
    room = max(map(len, times))
    kinds = max((len(entry.kind) for entry in document.timeline if entry.kind != "note"), default=0)
    day = ""
    for entry, time in zip(document.timeline, times, strict=True):
        today = day_label(entry.at, document.timezone) if entry.at else day
        if today != day and not document.undated:
            yield "muted", f"  {today}"
        day = today
        kind = "" if entry.kind == "note" else entry.kind
        lead = f"  {time:<{room}}  {kind:<{kinds}}  " if kinds else f"  {time:<{room}}  "
        tail = "".join(
            f"  {part}" for part in (f"({entry.who})" if entry.who else "", entry.link) if part
        )
        yield from _hanging(lead, f"{entry.text}{tail}", columns)


def _time(document: Postmortem, entry: Entry) -> str:
    from pmtui.core.times import clock

    if entry.at is None:
        return "--"
    until = f"–{clock(entry.until, document.timezone)}" if entry.until else ""
    return f"{'~' if entry.about else ''}{clock(entry.at, document.timezone)}{until}"


def _work(document: Postmortem, columns: int) -> Iterator[tuple[str, str]]:
    if document.measures:
        yield "", ""
        yield "heading", "Measures"
    for measure in document.measures:
        yield from _hanging("  - ", measure.text, columns)
    if document.tasks:
        yield "", ""
        yield "heading", "Tasks"
    for task in document.tasks:
        facts = [
            task.priority,
            task.kind,
            f"@{task.owner}" if task.owner else "",
            f"due {task.due}" if task.due else "",
            task.ticket,
        ]
        tail = ", ".join(fact for fact in facts if fact)
        yield from _hanging(
            f"  {_BOXES[task.state]} ", f"{task.text}{f'  ({tail})' if tail else ''}", columns
        )


def _paragraph(label: str, text: str, columns: int) -> Iterator[tuple[str, str]]:
    if not text.strip():
        return
    yield "", ""
    yield "heading", label
    for line in text.split("\n"):
        yield from _hanging("  ", line, columns)


def _hanging(lead: str, text: str, columns: int) -> Iterator[tuple[str, str]]:
    """`text` behind `lead`, what does not fit below it."""
    wrapped = [
        part
        for line in text.split("\n")
        for part in (textwrap.wrap(line, max(20, columns - len(lead))) or [""])
    ]
    for at, line in enumerate(wrapped):
        yield "", (f"{lead}{line}" if at == 0 else f"{' ' * len(lead)}{line}").rstrip()
