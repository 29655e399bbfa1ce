"""The commands about export templates: what there is, what is in one, and one of your own."""

import os
from pathlib import Path

import click

from pmtui.cli.arguments import offer_templates
from pmtui.cli.streams import say, visible, write_text

_NAME = click.argument("name", shell_complete=offer_templates)


@click.group(
    invoke_without_command=True,
    epilog="Example: pmtui templates copy google-sre",
)
@click.pass_context
def templates(context: click.Context) -> None:
    """List the export templates: name, where from, what for.

    Your team's own are NAME.md.j2 in .pmtui/templates of the repository, yours in
    ~/.config/pmtui/templates; the nearest of a name counts. `templates guide` tells what a template
    can use.
    """
    if context.invoked_subcommand is None:
        _list()


@templates.command("list", epilog="Example: pmtui templates list")
def list_() -> None:
    """List the templates, as the bare command does."""
    _list()


@templates.command(epilog="Example: pmtui templates show brief")
@_NAME
def show(name: str) -> None:
    """Print the source of the template NAME.

    `parts` is the pieces that templates share.
    """
    from pmtui.storage.templates import source

    text = source(name, Path())
    write_text("".join(f"{visible(line)}\n" for line in text.removesuffix("\n").split("\n")))


@templates.command(epilog="Example: pmtui templates copy pagerduty ours.md.j2")
@_NAME
@click.argument("dest", required=False)
def copy(name: str, dest: str | None) -> None:
    """Copy the template NAME to DEST, and print where.

    DEST is a file, or a folder if it ends in / or is one; by default .pmtui/templates of the
    repository, where `export -t` finds it. No file is ever overwritten.
    """
    from pmtui.storage.templates import copy_out

    path = None if dest is None else Path(dest)
    made = copy_out(name, Path(), path, is_folder=(dest or "").endswith(os.sep))
    say(min(str(made), os.path.relpath(made), key=len))


@templates.command(epilog="Example: pmtui templates guide | less")
def guide() -> None:
    """Tell what a template can use.

    The document, the filters, and the limits.
    """
    from pmtui.formats.templating import guide as text

    write_text(text())


def _list() -> None:
    from pmtui.storage.templates import known

    found = known(Path())
    name_width = max(len(each.name) for each in found)
    origins = {each.origin: _near(each.origin) for each in found}
    origin_width = max(map(len, origins.values()))
    for each in found:
        origin = origins[each.origin]
        say(f"{each.name:{name_width}}  {origin:{origin_width}}  {each.purpose}".rstrip())


def _near(origin: str) -> str:
    """A file in the shortest of its names: from the present folder, or from the home folder."""
    path = Path(origin)
    if not path.is_absolute():
        return origin
    names = [origin, os.path.relpath(path)]
    if path.is_relative_to(Path.home()):
        names.append(f"~/{path.relative_to(Path.home())}")
    return min(names, key=len)
