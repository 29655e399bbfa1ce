"""The arguments that several commands take, and what the shell offers for them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from pmtui.formats import FORMATS


def complete_files(incomplete: str) -> list[CompletionItem]:
    """The `*.toml` files that begin with `incomplete`; where there is none, the shell's folders."""
    files = [CompletionItem(name) for name in _postmortems(incomplete)]
    return files or [CompletionItem(incomplete, type="dir")]


def offer_files(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The postmortems in the folder that is being typed."""
    return complete_files(incomplete)


def offer_templates(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The templates for this folder, with what they are for."""
    from pmtui.storage.templates import known

    return [
        CompletionItem(each.name, help=each.purpose)
        for each in known(Path())
        if each.name.startswith(incomplete)
    ]


def _offer_zones(_context: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from pmtui.core.clock.zones import zone_names

    return [name for name in zone_names() if name.lower().startswith(incomplete.lower())]


FILE_ARGUMENT = click.argument("file", shell_complete=offer_files)

_EXPORT_OPTIONS = (
    click.option(
        "-f",
        "--format",
        "name",
        type=click.Choice([known.name for known in FORMATS if known.writes]),
        help="The form; markdown by default.",
    ),
    click.option(
        "-t",
        "--template",
        shell_complete=offer_templates,
        help="The template; that of your settings if not given. See `pmtui templates`.",
    ),
    click.option(
        "-z",
        "--timezone",
        "zones",
        multiple=True,
        metavar="ZONE",
        shell_complete=_offer_zones,
        help="Tell the times in this zone; given twice, in both side by side.",
    ),
    click.option("--diagram", is_flag=True, help="Draw the timeline in Mermaid, in Markdown."),
)


def export_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that say what an export should be."""
    for option in reversed(_EXPORT_OPTIONS):
        command = option(command)
    return command


def _postmortems(incomplete: str) -> Iterator[str]:
    folder, begun = os.path.split(incomplete)
    try:
        names = sorted(os.listdir(os.path.expanduser(folder) or "."))
    except OSError:
        return
    for name in names:
        hidden = name.startswith(".") and not begun.startswith(".")
        if name.startswith(begun) and name.endswith(".toml") and name.isprintable() and not hidden:
            yield os.path.join(folder, name)
