"""The command that adds events without opening the editor, for scripts and other shells."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pmtui.cli.arguments import FILE_ARGUMENT, STANDARD
from pmtui.cli.commands import LineCommand
from pmtui.cli.documents import keeper_of, settings
from pmtui.cli.streams import complain, read_input, say
from pmtui.errors import ChangedOnDisk, PmtuiError, ReadOnlyFile, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Entry, Postmortem
    from pmtui.core.quickline import EntryLine
    from pmtui.core.times import Frame
    from pmtui.storage.keeper import Keeper

_ATTEMPTS = 5
"""How often the events are added anew when another program writes the file meanwhile."""

_PATIENCE = 5.0
"""Seconds to wait for others who log into the same folder."""


class _Line(NamedTuple):
    """One event as it was typed; `where` is its place in the input, "" for an argument."""

    text: str
    where: str = ""


class _Added(NamedTuple):
    """An event that was added, and what was assumed about its time."""

    entry: Entry
    note: str


@click.command(
    cls=LineCommand,
    epilog='Example: pmtui log outage.toml "14:05 #detected 5xx alert fired @ana"',
)
@click.option("--create", is_flag=True, help="Start FILE if there is no such file yet.")
@FILE_ARGUMENT
@click.argument("words", nargs=-1, required=True, metavar="EVENT")
def log(create: bool, file: str, words: tuple[str, ...]) -> None:
    """Add EVENT to FILE and print how it was understood.

    EVENT is [time] text [#kind] [@who] [link]; without a time it is now. With - as EVENT each line
    of standard input is one. If one of them is refused, FILE stays as it was.
    """
    if file == STANDARD:
        raise click.UsageError("events are added to a file, not to a stream; name one")
    lines = tuple(_typed(words))
    now = datetime.now().astimezone()
    path = Path(file)
    with _turn(Path(os.path.realpath(path)).parent):
        keeper = _open(path, create)
        added = _add(keeper, lines, now)
    for note in keeper.notes:
        complain(note)
    for each in added:
        say(_described(keeper.document, each))


def _typed(words: tuple[str, ...]) -> Iterator[_Line]:
    """The events in the arguments, or on standard input.

    Raises:
        StorageError: There is none.
    """
    from pmtui.core.text import replace_controls

    if words != (STANDARD,):
        yield _Line(replace_controls(" ".join(words)))
        return
    text = replace_controls(read_input().decode("utf-8-sig", "replace"))
    lines = [_Line(line, f"standard input:{n}") for n, line in enumerate(text.split("\n"), 1)]
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        raise StorageError("is empty", where="standard input", remedy="write one event a line")
    yield from filled


def _open(path: Path, create: bool) -> Keeper:
    if not create and not os.path.lexists(path):
        remedy = "add --create to start a postmortem there"
        raise StorageError("there is no such file", where=str(path), remedy=remedy)
    keeper = keeper_of(path, settings()[0])
    if keeper.read_only:
        reason = keeper.read_only.rstrip(".")
        what = f"{reason[:1].lower()}{reason[1:]}"
        raise ReadOnlyFile(what, where=str(path), remedy="nothing was logged")
    return keeper


def _add(keeper: Keeper, lines: tuple[_Line, ...], now: datetime) -> tuple[_Added, ...]:
    """Adds the events to the file as it is now, however often that changes.

    Raises:
        TimeError, EditError: A line is refused; nothing was added.
        StorageError: The file cannot be written.
    """
    refused = None
    for _ in range(_ATTEMPTS):
        document, added = _with_events(keeper.document, lines, now)
        try:
            keeper.save(document)
            return added
        except ChangedOnDisk as error:
            refused = error
            keeper.reread()
    assert refused is not None
    refused.remedy = "nothing was logged; try again"
    raise refused


def _with_events(
    document: Postmortem, lines: Iterable[_Line], now: datetime
) -> tuple[Postmortem, tuple[_Added, ...]]:
    """The document with an entry for each line, each read against the one before it."""
    from pmtui.core.edits import timeline
    from pmtui.core.quickline import read_entry

    added: list[_Added] = []
    for line in lines:
        last = added[-1].entry if added else None
        try:
            read = read_entry(line.text, _frame(document, last, now))
            entry = _entry(document, read)
        except PmtuiError as error:
            error.where = error.where or line.where
            raise
        document = timeline.add(document, entry, after=last.id if last else "")
        added.append(_Added(entry, read.note))
    return document, tuple(added)


def _frame(document: Postmortem, last: Entry | None, now: datetime) -> Frame:
    """What a time is read against: the entry added last, else the latest one."""
    from pmtui.core.edits import head
    from pmtui.core.times import Frame
    from pmtui.core.zones import in_zone

    times = [entry.at for entry in document.timeline if entry.at is not None]
    latest = times[-1] if times else document.times.started
    return Frame(
        now=in_zone(now, document.timezone),
        zone=document.timezone,
        after=last.at if last and last.at else latest,
        day=head.incident_day(document),
        undated=document.undated,
    )


def _entry(document: Postmortem, read: EntryLine) -> Entry:
    from pmtui.core.document import Entry
    from pmtui.core.ids import random_id

    fields = ("at", "until", "about", "text", "who", "link", "internal")
    return Entry(id=random_id({entry.id for entry in document.timeline})).revise(
        kind=read.kind or "note", **{name: getattr(read, name) for name in fields}
    )


def _described(document: Postmortem, added: _Added) -> str:
    """The event as understood: `Wed 22 May 2024 14:05 UTC  detected  5xx alert fired  @ana`."""
    from pmtui.core.text import one_line
    from pmtui.formats import wording

    entry = added.entry
    when = "no time"
    if entry.at is not None:
        when = f"{wording.day(document, entry.at)} {wording.window(document, entry)}"
    who = f"@{entry.who}" if entry.who else ""
    hidden = "internal" if entry.internal else ""
    note = f"({added.note})" if added.note else ""
    parts = (when, entry.kind, one_line(entry.text), who, entry.link, hidden, note)
    return "  ".join(part for part in parts if part)


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Waits until nobody else logs into `folder`; goes on without where that cannot be known.

    Between reading a file and replacing it another process could else replace it too, and its event
    would be lost.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield
        return
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:  # network file systems that lock no folders
            return
        else:
            return
