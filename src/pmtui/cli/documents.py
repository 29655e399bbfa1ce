"""What the commands begin with: a document, a person's settings, a fresh postmortem."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli.streams import STANDARD, complain, is_terminal, read_input
from pmtui.errors import FormatError, NewerSchema, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.settings import Settings


_LARGE = 300_000
"""Bytes above which reading another form may take long enough to be wondered at."""


def load(file: str) -> Postmortem:
    """The postmortem in `file`, for reading; of one with a newer schema what can be understood.

    Raises:
        StorageError: It cannot be read.
        FormatError: It is not a postmortem.
    """
    return load_with_bytes(file)[0]


def load_with_bytes(file: str) -> tuple[Postmortem, bytes]:
    """The postmortem in `file` as `load` gives it, and the bytes that it was read from.

    Raises:
        StorageError: It cannot be read.
        FormatError: It is not a postmortem.
    """
    from pmtui.formats import conflict_markers, for_suffix, toml
    from pmtui.storage.reading import read

    if file == STANDARD:
        name, data = "standard input", read_input()
    else:
        name, data = file, read(Path(file))[0]
    if refusal := conflict_markers.refusal(data, name):
        raise refusal
    try:
        return toml.read(data, name), data
    except NewerSchema as error:
        complain(f"{name}: {error.what}; what is new in it is left out")
        return toml.read_newer(data, name), data
    except FormatError:
        if (named := for_suffix(Path(file).suffix)) is None or named.name == "toml":
            raise
        remedy = f"make a postmortem of it: pmtui import {file}" if named.reads else "name its TOML"
        raise FormatError(f"is a {named.label} file", where=name, remedy=remedy) from None


def settings() -> tuple[Settings, tuple[str, ...]]:
    """The person's settings and what is wrong with them, which is told on standard error."""
    from pmtui.storage.settings import load as load_settings

    found, messages = load_settings()
    for message in messages:
        complain(message)
    return found, messages


def keeper_of(path: Path, preferences: Settings, *, settle: bool = False) -> Keeper:
    """The keeper of the postmortem at `path`, or of an empty one, which the first save makes there.

    With `settle` both sides of a file with git's conflict markers are merged. A file of another
    form is read into a new postmortem beside it, and stays as it is.

    Raises:
        StorageError: It cannot be read, or no postmortem can be made there.
        FormatError: It is not a postmortem.
    """
    from pmtui.formats import for_suffix
    from pmtui.storage.keeper import Keeper

    named = for_suffix(path.suffix)
    if named and named.foreign and path.is_file():
        return _imported(path, settle)
    if path.exists():
        return Keeper.open(path, settle=settle)
    return new_keeper(path, blank(preferences))


def _imported(path: Path, settle: bool) -> Keeper:
    """The keeper of what was read from `path`, which the first edit or save writes beside it.

    Where that is written already, of the document there: the person may have gone on with it.

    Raises:
        StorageError: It cannot be read, or is no text.
        FormatError: What is beside it is no postmortem, or it is JSON that is none.
    """
    from pmtui.cli.foreign import imported
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.reading import read

    beside = path.with_suffix(".toml")
    if beside.exists():
        keeper = Keeper.open(beside, settle=settle)
        told = (
            f"This is {beside.name}, which was there already; {path.name} was not read again."
            f" To read it: pmtui import {path.name} -o OTHER.toml"
        )
        keeper.notes = (told, *keeper.notes)
        return keeper
    data = read(path)[0]
    if len(data) > _LARGE and is_terminal(sys.stderr):
        complain(f"Reading {path.name} ({len(data) / 1_000_000:.1f} MB) ...", named=False)
    found = imported(data, path.name, str(path))
    keeper = new_keeper(beside, found.document)
    keeper.report = found.report.ordered() if data.strip() else ()
    keeper.notes = (
        f"Read from {path.name}, which stays as it is. The first edit makes {beside.name}.",
    )
    return keeper


def new_keeper(path: Path, document: Postmortem) -> Keeper:
    """The keeper of `document`, which the first save writes to `path`.

    Raises:
        StorageError: There is such a file, or no folder for it, or the name is of another format.
    """
    from pmtui.storage.keeper import Keeper

    if what := misnamed(path):
        raise StorageError(what, where=str(path), remedy=named_rightly(path))
    return Keeper.new(path, document)


def misnamed(path: Path) -> str:
    """What is wrong with `path` as the name of a postmortem, "" for nothing."""
    from pmtui.formats import for_suffix

    named = for_suffix(path.suffix)
    return f"is the name of a {named.label} file" if named and named.name != "toml" else ""


def named_rightly(path: Path) -> str:
    """What to do about a name that is one of another form."""
    return f"name the postmortem {path.with_suffix('.toml').name}"


def blank(preferences: Settings, title: str = "", zone: str = "") -> Postmortem:
    """A postmortem with a title and a zone: this one, that of the settings, or the machine's."""
    from pmtui.core.document import Postmortem
    from pmtui.storage.settings import machine_zone

    return Postmortem(title=title, timezone=zone or preferences.timezone or machine_zone())


def free_file(title: str = "") -> Path:
    """A free name in this folder, made of the title, or of the day where there is none."""
    from pmtui.storage.filenames import free_name, slug

    stem = slug(title) if title else f"incident-{date.today()}"
    return free_name(Path(), stem, ".toml")
