"""The commands that take a postmortem elsewhere: to a file, a stream, the clipboard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import FILE_ARGUMENT, export_options, offer_files
from pmtui.cli.documents import load, settings
from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import STANDARD, complain, is_terminal, say, write, write_text
from pmtui.errors import PmtuiError, StorageError
from pmtui.formats import FORMATS, by_name, for_suffix

if TYPE_CHECKING:
    from pmtui.storage.exports import Wish


@click.command(epilog="Example: pmtui export outage.toml -o report.html --timezone UTC")
@click.argument("files", shell_complete=offer_files, nargs=-1, required=True, metavar="FILE...")
@export_options
@click.option("-o", "--output", metavar="OUT", help="The file to write, or - for standard output.")
def export(
    files: tuple[str, ...],
    name: str | None,
    template: str | None,
    zones: tuple[str, ...],
    diagram: bool,
    output: str | None,
) -> None:
    """Write each FILE in another form beside it, and print where.

    The form is Markdown by default, or what the suffix of OUT says. FILE may be - for standard
    input, which goes to standard output. A file that you edited is not replaced unless you name it
    with -o.
    """
    if output not in (None, STANDARD) and len(files) > 1:
        raise click.UsageError("-o names one file, and there are several to write")
    name = name or _format_of(output)
    if name == "toml" and output is None and files != (STANDARD,):
        raise click.UsageError("TOML is what the file is already; name another one with -o")
    wish = _wish(name, template, zones, diagram)
    failed = False
    for file in files:
        try:
            _put(_made(file, wish), file, output, wish)
        except PmtuiError as error:
            complain(str(error))
            failed = True
    if failed:
        raise click.exceptions.Exit(REFUSED)


@click.command(epilog="Example: pmtui copy outage.toml -f slack")
@FILE_ARGUMENT
@export_options
def copy(
    file: str, name: str | None, template: str | None, zones: tuple[str, ...], diagram: bool
) -> None:
    """Copy FILE as Markdown or in another form.

    That is written beside FILE too.
    """
    from pmtui.storage import clipboard

    if name == "toml":
        raise click.UsageError("TOML is what the file is already; choose another form")
    wish = _wish(name or "markdown", template, zones, diagram)
    data = _made(file, wish)
    failed = False
    try:
        if file != STANDARD:
            _put(data, file, None, wish)
    except StorageError as error:
        complain(str(error))
        failed = True
    copied = clipboard.copy(data.decode("utf-8-sig"))
    if copied.escape:
        _send(copied.escape)
    say(copied.message)
    if failed:
        raise click.exceptions.Exit(REFUSED)


def _format_of(output: str | None) -> str:
    """The format that the name of the output asks for; Markdown for a name without a suffix."""
    suffix = Path(output or "").suffix
    if (named := for_suffix(suffix)) and named.writes:
        return named.name
    if suffix:
        raise click.UsageError(f"nothing writes {suffix} files; choose a form with -f")
    return "markdown"


def _wish(name: str, template: str | None, zones: tuple[str, ...], diagram: bool) -> Wish:
    """What was asked for on the command line, checked; the template of the settings where none is.

    Raises:
        UsageError: The form does not have what was asked for.
    """
    from pmtui.storage.exports import Wish

    asked = {"template": template, "timezones": zones, "diagram": diagram}
    flags = {"template": "-t", "timezones": "--timezone", "diagram": "--diagram"}
    for option, value in asked.items():
        if value and option not in by_name(name).options:
            fitting = ", ".join(each.label for each in FORMATS if option in each.options)
            raise click.UsageError(f"{flags[option]} is for {fitting} only")
    if "template" in by_name(name).options or "pairs" in by_name(name).options:
        from pmtui.storage.settings import place

        own = settings()[0]
        if template:
            return Wish(name, template, zones, diagram, own.durations)
        return Wish(name, own.template, zones, diagram, own.durations, str(place()))
    return Wish(name, template or "", zones, diagram)


def _made(file: str, wish: Wish) -> bytes:
    from pmtui.storage.exports import make

    near = Path() if file == STANDARD else Path(file).parent
    return make(load(file), wish, near)


def _put(data: bytes, file: str, output: str | None, wish: Wish) -> None:
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
        path = write_beside(Path(file), by_name(wish.format).suffixes[0], data)
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
