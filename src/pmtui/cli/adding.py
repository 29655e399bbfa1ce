"""Lines that are added to a file from outside the editor, whatever else happens to the file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pmtui.cli.documents import keeper_of
from pmtui.cli.streams import STANDARD, complain, read_input
from pmtui.errors import ChangedOnDisk, ReadOnlyFile, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.settings import Settings

Made = TypeVar("Made")

_ATTEMPTS = 5
"""How often the lines are added anew when another program writes the file meanwhile."""

_PATIENCE = 5.0
"""Seconds to wait for others who add to files of the same folder."""


class Line(NamedTuple):
    """One line as it was typed; `where` is its place in the input, "" for an argument."""

    text: str
    where: str = ""


def typed(words: Sequence[str], what: str) -> tuple[Line, ...]:
    """The line in the arguments, or those on standard input; `what` names one of them.

    Raises:
        StorageError: There is none.
    """
    from pmtui.core.text import replace_controls

    if list(words) != [STANDARD]:
        return (Line(replace_controls(" ".join(words))),)
    text = replace_controls(read_input().decode("utf-8-sig", "replace"))
    filled = tuple(_filled(text))
    if not filled:
        raise StorageError("is empty", where="standard input", remedy=f"write one {what} a line")
    return filled


def add(
    file: str,
    preferences: Settings,
    create: bool,
    change: Callable[[Postmortem], tuple[Postmortem, Made]],
) -> tuple[Postmortem, Made]:
    """The document after `change` was made in the file as it is now, and what the change gives.

    With `create` a file that is not there is started.

    Raises:
        TimeError, EditError: `change` refused something; the file stays as it was.
        StorageError: The file cannot be read or written.
    """
    from pmtui.storage.turns import turn

    path = Path(file)
    with turn(Path(os.path.realpath(path)).parent, _PATIENCE):
        keeper = _open(path, preferences, create)
        made = saved(keeper, change)
    for note in keeper.notes:
        complain(note)
    return keeper.document, made


def saved(keeper: Keeper, change: Callable[[Postmortem], tuple[Postmortem, Made]]) -> Made:
    """What `change` gives once it is in the file as it is now, however often that changes.

    Raises:
        TimeError, EditError: `change` refused something.
        StorageError: The file cannot be written.
    """
    refused = None
    for _ in range(_ATTEMPTS):
        document, made = change(keeper.document)
        try:
            keeper.save(document)
            return made
        except ChangedOnDisk as error:
            refused = error
            keeper.reread()
    assert refused is not None
    refused.remedy = "nothing was added; try again"
    raise refused


def _filled(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Line(line, f"standard input:{number}")


def _open(path: Path, preferences: Settings, create: bool) -> Keeper:
    if not create and not os.path.lexists(path):
        remedy = "add --create to start a postmortem there"
        raise StorageError("there is no such file", where=str(path), remedy=remedy)
    keeper = keeper_of(path, preferences)
    if keeper.read_only:
        reason = keeper.read_only.rstrip(".")
        what = f"{reason[:1].lower()}{reason[1:]}"
        raise ReadOnlyFile(what, where=str(path), remedy="nothing was added")
    return keeper
