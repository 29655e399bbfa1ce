"""The command that lists the postmortems of folders, or the tasks that are still open in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.streams import complain, say
from pmtui.errors import StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Task
    from pmtui.storage.library import Item

_WIDEST = 60
"""Cells of the widest column that others are aligned to."""


@click.command("list", epilog="Example: pmtui list --tasks postmortems | grep @ana")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path())
@click.option("--tasks", is_flag=True, help="List the open tasks instead, the first due first.")
def list_files(folders: tuple[str, ...], tasks: bool) -> int:
    """List the postmortems of folders, newest first.

    Those of this folder, if none is named. Each with its day, severity, status, tasks done of all,
    file and title. What cannot be read is told on standard error, and the exit code is then 1.
    """
    from pmtui.storage.library import list_postmortems

    found: list[Item] = []
    for folder in map(Path, folders or (".",)):
        if not folder.is_dir():
            raise StorageError("is no folder", where=str(folder), remedy="name one that is")
        found += list_postmortems(folder)
    for item in found:
        if item.error:
            complain(item.error)
    sound = [item for item in found if not item.error]
    if not found:
        print("No postmortems here; pmtui new TITLE starts one", file=sys.stderr)  # noqa: T201
    for line in _tasks(sound, date.today()) if tasks else _postmortems(sound):
        say(line)
    return int(len(sound) < len(found))


def _postmortems(items: Iterable[Item]) -> Iterator[str]:
    rows = [
        (
            _day(item),
            item.severity,
            item.status,
            f"{item.tasks - len(item.open_tasks)}/{item.tasks}" if item.tasks else "",
            str(item.path),
            item.title,
        )
        for item in sorted(items, key=lambda item: item.newness, reverse=True)
    ]
    yield from _aligned(rows)


def _tasks(items: Iterable[Item], today: date) -> Iterator[str]:
    def urgency(found: tuple[Item, Task]) -> tuple[date, str]:
        return found[1].due or date.max, found[1].priority or "P9"

    every = ((item, task) for item in items for task in item.open_tasks)
    rows = [
        (
            f"due {task.due}" if task.due else "",
            "overdue" if task.due and task.due < today else "",
            task.priority,
            f"@{task.owner}" if task.owner else "",
            str(item.path),
            f"{task.text} {task.ticket}",
        )
        for item, task in sorted(every, key=urgency)
    ]
    yield from _aligned(rows)


def _day(item: Item) -> str:
    """The day that the incident began on, as its own zone counts days."""
    from pmtui.core.clock.zones import in_zone

    if item.started is None or item.undated:
        return ""
    return f"{in_zone(item.started, item.timezone):%Y-%m-%d}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows in columns two blanks apart; a column that is empty everywhere is left out.

    One cell longer than all sense moves the rest of its own row, not of every other one.
    """
    from rich.cells import cell_len

    from pmtui.core.text import one_line

    cells = [[one_line(cell) for cell in row] for row in rows]
    columns = zip(*cells, strict=True)
    widths = [min(_WIDEST, max(map(cell_len, column))) for column in columns][:-1]
    for *before, last in cells:
        padded = (
            cell + " " * (width - cell_len(cell))
            for cell, width in zip(before, widths, strict=True)
            if width
        )
        yield "  ".join((*padded, last)).rstrip(" ")
