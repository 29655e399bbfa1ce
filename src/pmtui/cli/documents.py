"""What the commands begin with: a document, a person's settings, a fresh postmortem."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli.arguments import STANDARD
from pmtui.cli.streams import complain, read_input
from pmtui.errors import NewerSchema, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.settings import Settings


def load(file: str) -> Postmortem:
    """The postmortem in `file`, for reading; one of a newer schema with a remark about that.

    Raises:
        StorageError: It cannot be read.
        FormatError: It is not a postmortem.
    """
    from pmtui.formats import toml
    from pmtui.storage.reading import read

    if file == STANDARD:
        name, data = "standard input", read_input()
    else:
        name, data = file, read(Path(file))[0]
    try:
        return toml.read(data, name)
    except NewerSchema as error:
        complain(f"{name}: {error.what}; what this one does not know is left out")
        return toml.read_newer(data, name)


def settings() -> Settings:
    """The person's settings; what is wrong with them is told on standard error."""
    from pmtui.storage.settings import load as load_settings

    found, messages = load_settings()
    for message in messages:
        complain(message)
    return found


def blank(title: str = "", zone: str = "") -> Postmortem:
    """A postmortem that has a title and a zone at most; without `zone`, this machine's."""
    from pmtui.core.document import Postmortem
    from pmtui.storage.settings import machine_zone

    return Postmortem(title=title, timezone=zone or machine_zone())


def keeper_of(path: Path, fresh: Postmortem) -> Keeper:
    """The keeper of the postmortem at `path`, or of `fresh`, which the first save writes there.

    Raises:
        StorageError: It cannot be read, or no postmortem can be made there.
        FormatError: It is not a postmortem.
    """
    from pmtui.formats import for_suffix
    from pmtui.storage.keeper import Keeper

    if path.exists():
        return Keeper.open(path)
    named = for_suffix(path.suffix)
    if named and not named.reads:
        remedy = f"name the postmortem {path.with_suffix('.toml').name}"
        raise StorageError(f"is the name of a {named.label} file", where=str(path), remedy=remedy)
    return Keeper.new(path, fresh)


def todays_name() -> Path:
    """A free name for a postmortem that has no title yet."""
    from pmtui.storage.filenames import free_name

    return free_name(Path(), f"incident-{date.today()}", ".toml")
