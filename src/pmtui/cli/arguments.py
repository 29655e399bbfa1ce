"""The arguments that several commands take, and what the shell offers for them."""

import os
from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

STANDARD = "-"
"""The name that stands for a standard stream."""


def complete_files(incomplete: str) -> list[CompletionItem]:
    """The `*.toml` files that begin with `incomplete`; where there is none, the shell's folders."""
    files = [CompletionItem(name) for name in _postmortems(incomplete)]
    return files or [CompletionItem(incomplete, type="dir")]


def offer_files(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The postmortems in the folder that is being typed."""
    return complete_files(incomplete)


def _offer_templates(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[str]:
    from pmtui.formats.markdown import templates

    return [name for name in templates() if name.startswith(incomplete)]


FILE_ARGUMENT = click.argument("file", shell_complete=offer_files)

TEMPLATE_OPTION = click.option(
    "-t",
    "--template",
    shell_complete=_offer_templates,
    help="The Markdown template; that of your settings if not given.",
)


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
