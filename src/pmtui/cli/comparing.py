"""The command that tells the difference between two postmortems, to people and to git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import offer_files
from pmtui.cli.streams import has_colour, visible, write, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmtui.core.document import Postmortem

_COLOURS = {"+": "green", "-": "red", "~": "cyan"}

_EXTERNAL = (7, 9)
"""The counts of arguments that git gives to GIT_EXTERNAL_DIFF; two more for a renamed file."""


@click.command(epilog="Example: pmtui diff before.toml after.toml")
@click.argument("files", nargs=-1, required=True, metavar="[OLD] NEW", shell_complete=offer_files)
def diff(files: tuple[str, ...]) -> None:
    """Tell what is new, gone and changed from OLD to NEW.

    With one file: its plain text, one thing a line, for git to compare (textconv). It also takes
    the arguments of GIT_EXTERNAL_DIFF. A file that is no postmortem is printed as it is.
    """
    if len(files) == 1:
        _print_outline(files[0])
        return
    if len(files) in _EXTERNAL:
        name, old, new = files[0], files[1], files[4]
        write_text(f"{visible(name)}\n")
    elif len(files) == 2:
        old, new = files
    else:
        raise click.UsageError("name one file, or an old and a new one")
    _print_difference(old, new, is_git=len(files) in _EXTERNAL)


def _print_outline(file: str) -> None:
    from pmtui.errors import FormatError
    from pmtui.formats import conflict_markers, toml
    from pmtui.formats.outline import outline
    from pmtui.storage.reading import read

    data = read(Path(file))[0]
    try:
        if refusal := conflict_markers.refusal(data, file):
            raise refusal
        document = toml.read(data, file)
    except FormatError:
        write(data)
        return
    write_text("".join(f"{visible(line)}\n" for line in outline(document)))


def _print_difference(old: str, new: str, *, is_git: bool) -> None:
    from pmtui.errors import FormatError
    from pmtui.formats.outline import compare

    try:
        lines: Iterable[str] = compare(_load(old, is_git), _load(new, is_git))
    except FormatError:
        if not is_git:
            raise
        lines = _text_difference(old, new)
    colour = has_colour()
    for line in lines:
        shown = visible(line)
        sign = shown.lstrip()[:1]
        if colour and sign in _COLOURS:
            shown = click.style(shown, fg=_COLOURS[sign])
        write_text(f"{shown}\n")


def _load(file: str, is_git: bool) -> Postmortem:
    from pmtui.cli.documents import load
    from pmtui.core.document import Postmortem

    # Of a file that is new or gone git names the empty device.
    return Postmortem() if is_git and file == "/dev/null" else load(file)


def _text_difference(old: str, new: str) -> Iterable[str]:
    from difflib import unified_diff

    before, after = (
        [] if file == "/dev/null" else Path(file).read_text("utf-8", "replace").splitlines()
        for file in (old, new)
    )
    return unified_diff(before, after, "old", "new", lineterm="")
