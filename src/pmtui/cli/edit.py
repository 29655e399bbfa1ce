"""The commands that open the editor."""

from __future__ import annotations

from pathlib import Path

import click

from pmtui.cli.arguments import FILE_ARGUMENT
from pmtui.cli.documents import blank, free_file, new_keeper, settings
from pmtui.cli.editing import edit_file, open_editor, require_terminal
from pmtui.cli.streams import STANDARD, say, write
from pmtui.errors import TimeError


@click.command(epilog="Example: pmtui edit outage.toml")
@FILE_ARGUMENT
def edit(file: str) -> None:
    """Edit FILE, which the first edit makes if need be.

    The same as pmtui FILE, for a file that has the name of a command too.
    """
    _require_file(file)
    edit_file(file)


@click.command(epilog='Example: pmtui new "Checkout is down" --timezone Europe/Berlin')
@click.argument("title", nargs=-1)
@click.option("-o", "--output", metavar="FILE", help="The file; by default named after the title.")
@click.option("--timezone", metavar="ZONE", default="", help="The zone of the incident.")
@click.option("--no-edit", is_flag=True, help="Only write the file and print its name.")
def new(title: tuple[str, ...], output: str | None, timezone: str, no_edit: bool) -> None:
    """Start a postmortem, in a file of this folder.

    The zone is by default that of your settings, or this machine's.
    """
    from pmtui.core.text import one_line

    if not no_edit:
        require_terminal()
        _require_file(output or "")
    zone = _zone(timezone)
    preferences, messages = settings()
    document = blank(preferences, one_line(" ".join(title)), zone)
    if output == STANDARD:
        from pmtui.formats import toml

        write(toml.write(document))
        return
    path = free_file(document.title) if output is None else Path(output)
    keeper = new_keeper(path, document)
    if document.title or no_edit:
        keeper.save(document)
    if no_edit:
        say(str(path))
    else:
        open_editor(keeper, preferences, messages)


@click.command(epilog="Example: pmtui demo")
def demo() -> None:
    """Try the editor on a sample incident.

    It is a copy in a temporary folder, whose place is told on leaving.
    """
    require_terminal()
    from importlib import resources
    from tempfile import mkdtemp

    from pmtui.storage.keeper import Keeper

    sample = resources.files("pmtui") / "samples" / "demo.toml"
    copy = Path(mkdtemp(prefix="pmtui-demo-"), "checkout-failover.toml")
    copy.write_bytes(sample.read_bytes())
    try:
        preferences, messages = settings()
        open_editor(Keeper.open(copy), preferences, messages)
    finally:
        say(f"You edited a copy, which you may delete: {copy}")


def _require_file(name: str) -> None:
    if name == STANDARD:
        raise click.UsageError("the editor edits a file, not a stream; name one")


def _zone(name: str) -> str:
    """The zone as a document stores it, "" for none.

    Raises:
        BadParameter: It is not known, or several places use that name.
    """
    from pmtui.core.clock.zones import canonical_zone

    try:
        return canonical_zone(name) if name else ""
    except TimeError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
