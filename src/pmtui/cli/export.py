"""The commands that take a postmortem elsewhere: to a file, a stream, the clipboard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import FILE_ARGUMENT, STANDARD, TEMPLATE_OPTION, offer_files
from pmtui.cli.documents import load, settings
from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import complain, is_terminal, say, write, write_text
from pmtui.errors import PmtuiError, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem

_FORMATS = ("markdown", "toml")


@click.command(epilog="Example: pmtui export outage.toml -o - | less")
@click.argument("files", shell_complete=offer_files, nargs=-1, required=True, metavar="FILE...")
@TEMPLATE_OPTION
@click.option("-f", "--format", "name", type=click.Choice(_FORMATS), help="By default, markdown.")
@click.option("-o", "--output", metavar="OUT", help="The file to write, or - for standard output.")
def export(
    files: tuple[str, ...], template: str | None, name: str | None, output: str | None
) -> None:
    """Write each FILE as Markdown beside it, and print where.

    FILE may be - for standard input, which goes to standard output. A Markdown file that you edited
    is not replaced unless you name it with -o.
    """
    name = name or _format_of(output)
    if output not in (None, STANDARD) and len(files) > 1:
        raise click.UsageError("-o names one file, and there are several to write")
    if name == "toml" and output is None and files != (STANDARD,):
        raise click.UsageError("TOML is what the file is already; name another one with -o")
    if name == "toml" and template:
        raise click.UsageError("-t is for Markdown only")
    options = {} if name == "toml" else {"template": template or settings()[0].template}
    failed = False
    for file in files:
        try:
            data = _written(load(file), name, options)
            _put(data, file, output)
        except PmtuiError as error:
            complain(str(error))
            failed = True
    if failed:
        raise click.exceptions.Exit(REFUSED)


@click.command(epilog="Example: pmtui copy outage.toml")
@FILE_ARGUMENT
@TEMPLATE_OPTION
def copy(file: str, template: str | None) -> None:
    """Copy FILE as Markdown, and write it beside FILE too."""
    from pmtui.storage import clipboard

    template = template or settings()[0].template
    data = _written(load(file), "markdown", {"template": template})
    failed = False
    try:
        if file != STANDARD:
            _put(data, file, None)
    except StorageError as error:
        complain(str(error))
        failed = True
    copied = clipboard.copy(data.decode())
    if copied.escape:
        _send(copied.escape)
    say(copied.message)
    if failed:
        raise click.exceptions.Exit(REFUSED)


def _format_of(output: str | None) -> str:
    """The format that the name of the output asks for."""
    from pmtui.formats import for_suffix

    named = for_suffix(Path(output or "").suffix)
    return named.name if named else "markdown"


def _written(document: Postmortem, name: str, options: dict[str, str]) -> bytes:
    from pmtui.formats import by_name

    return by_name(name).write(document, **options)


def _put(data: bytes, file: str, output: str | None) -> None:
    """Writes `data` to `output`, else where the export of `file` belongs, and prints the place.

    Raises:
        StorageError: It cannot be written, or a postmortem is there already.
    """
    from pmtui.storage import atomic
    from pmtui.storage.exports import write_beside

    if output == STANDARD or (output is None and file == STANDARD):
        write(data)
        return
    if output is None:
        path = write_beside(Path(file), ".md", data)
    else:
        path = Path(output)
        if path.exists() and (path.suffix == ".toml" or _is_same(path, file)):
            raise StorageError("the file already exists", where=output, remedy="name another one")
        atomic.save(path, data)
    say(str(path))


def _is_same(path: Path, file: str) -> bool:
    return file != STANDARD and os.path.samefile(path, file)


def _send(escape: str) -> None:
    """Writes a sequence to the terminal that the person sits at, wherever the output goes.

    Raises:
        StorageError: There is none.
    """
    try:
        terminal = os.open(os.ctermid(), os.O_WRONLY | os.O_NOCTTY)
    except OSError:
        if not is_terminal(sys.stdout):
            raise StorageError("there is no terminal to copy through") from None
        write_text(escape)
        return
    with open(terminal, "wb") as stream:
        stream.write(escape.encode("ascii"))
