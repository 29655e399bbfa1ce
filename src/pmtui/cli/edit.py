"""The commands that open the editor."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import STANDARD, FileName
from pmtui.cli.documents import blank, keeper_of, settings, todays_name
from pmtui.cli.streams import complain, is_terminal, say, write
from pmtui.errors import StorageError, TimeError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.storage.keeper import Keeper
    from pmtui.tui.session import Session


@click.command(epilog="Example: pmtui edit outage.toml")
@click.argument("file", type=FileName())
def edit(file: str) -> None:
    """Edit FILE, which need not exist yet.

    The same as pmtui FILE, for a file that has the name of a command.
    """
    if file == STANDARD:
        raise click.UsageError("the editor edits a file, no stream")
    _require_terminal()
    found = Path(file)
    _open(lambda zone: keeper_of(found, blank(zone=zone)))


@click.command(epilog='Example: pmtui new "Checkout is down" --timezone Europe/Berlin')
@click.argument("title", nargs=-1)
@click.option("-o", "--output", metavar="FILE", help="The file; if not given, named by the title.")
@click.option("--timezone", metavar="ZONE", default="", help="The zone that times are typed in.")
@click.option("--no-edit", is_flag=True, help="Write the file, print its name, and that is all.")
def new(title: tuple[str, ...], output: str | None, timezone: str, no_edit: bool) -> None:
    """Start a postmortem, in a file of this folder."""
    if output == STANDARD and not no_edit:
        raise click.UsageError("-o - needs --no-edit: the editor edits a file, no stream")
    if not no_edit:
        _require_terminal()
    document = _titled(" ".join(title), timezone)
    if output == STANDARD:
        from pmtui.formats import toml

        write(toml.write(document))
        return
    keeper = _new_keeper(document, output)
    if document.title or no_edit:
        keeper.save(document)
    if no_edit:
        say(output or keeper.path.name)
    else:
        _open(lambda _: keeper)


@click.command(epilog="Example: pmtui demo")
def demo() -> None:
    """Edit a sample incident, to try things out.

    It is a copy in a temporary folder, whose place is told on leaving.
    """
    _require_terminal()
    from importlib import resources
    from tempfile import mkdtemp

    from pmtui.storage.keeper import Keeper
    from pmtui.storage.refusals import told

    sample = resources.files("pmtui") / "samples" / "demo.toml"
    with told(Path("the temporary folder")):
        copy = Path(mkdtemp(prefix="pmtui-demo-"), "checkout-failover.toml")
        copy.write_bytes(sample.read_bytes())
    try:
        _open(lambda _: Keeper.open(copy))
    finally:
        say(f"You edited a copy, which you may delete: {copy}")


def open_folder() -> None:
    """Opens the choice of the postmortems in this folder, or a new one where there is none."""
    _require_terminal()
    from pmtui.storage.library import list_postmortems

    folder = Path()
    if not list_postmortems(folder):
        path = todays_name()
        _open(lambda zone: keeper_of(path, blank(zone=zone)))
        return
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.screens.library import LibraryScreen

    preferences = settings()
    app = PmtuiApp(LibraryScreen(folder, preferences), preferences)
    app.run()
    raise click.exceptions.Exit(app.return_code or 0)
