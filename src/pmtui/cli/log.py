"""The command that adds events without opening the editor, for scripts and other shells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import FILE_ARGUMENT, STANDARD
from pmtui.cli.commands import LineCommand
from pmtui.cli.documents import keeper_of, settings
from pmtui.cli.streams import complain, read_input, say
from pmtui.errors import ReadOnlyFile, StorageError

if TYPE_CHECKING:
    from pmtui.cli.events import Line
    from pmtui.storage.keeper import Keeper

_PATIENCE = 5.0
"""Seconds to wait for others who log into the same folder."""


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
    from pmtui.cli.events import add, described
    from pmtui.storage.turns import turn

    if file == STANDARD:
        raise click.UsageError("events are added to a file, not to a stream; name one")
    lines = tuple(_typed(words))
    now = datetime.now().astimezone()
    path = Path(file)
    with turn(Path(os.path.realpath(path)).parent, _PATIENCE):
        keeper = _open(path, create)
        added = add(keeper, lines, now, settings()[0].name)
    for note in keeper.notes:
        complain(note)
    for each in added:
        say(described(keeper.document, each))


def _typed(words: tuple[str, ...]) -> Iterator[Line]:
    """The events in the arguments, or on standard input.

    Raises:
        StorageError: There is none.
    """
    from pmtui.cli.events import Line
    from pmtui.core.text import replace_controls

    if words != (STANDARD,):
        yield Line(replace_controls(" ".join(words)))
        return
    text = replace_controls(read_input().decode("utf-8-sig", "replace"))
    lines = [Line(line, f"standard input:{n}") for n, line in enumerate(text.split("\n"), 1)]
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
