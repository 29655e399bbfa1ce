"""The command that makes postmortems of what people already have."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import STANDARD, complain, is_terminal, read_input, say, write
from pmtui.errors import PmtuiError, StorageError, TimeError

if TYPE_CHECKING:
    from pmtui.formats.reading import Imported

_STREAM = "standard input"
_BLANK = b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"
"""White space, and the marks of an encoding."""


@click.command("import", epilog="Example: pmtui import postmortems/*.md --into archive --report")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("-o", "--output", metavar="OUT", help="The file to write; - is standard output.")
@click.option("--into", metavar="DIR", help="The folder for the files, made if need be.")
@click.option("--date", "day", metavar="DATE", help="The day of an incident that states none.")
@click.option("--timezone", metavar="ZONE", default="", help="The zone of the incident.")
@click.option("--report", is_flag=True, help="Tell what was assumed and what contradicts, by line.")
def import_files(
    files: tuple[str, ...],
    output: str | None,
    into: str | None,
    day: str | None,
    timezone: str,
    report: bool,
) -> None:
    """Make a postmortem of each Markdown, text or HTML FILE.

    It is written beside FILE, which may be - for standard input, which goes to standard output.
    Nothing is overwritten, and no word is lost: what has no place is kept as it is written.
    """
    if output is not None and into is not None:
        raise click.UsageError("-o names a file and --into a folder; give one of them")
    if output not in (None, STANDARD) and len(files) > 1:
        raise click.UsageError("-o names one file, and there are several to write")
    on, zone = _day(day), _zone(timezone)
    if into is not None:
        _make_folder(Path(into))
    failed = False
    with _shown_progress(files) as shown:
        for file in shown:
            try:
                found = _read(file, on, zone)
                place = _put(found, file, output, into)
            except PmtuiError as error:
                complain(str(error))
                failed = True
                continue
            _tell(found, file, place, report)
    if failed:
        raise click.exceptions.Exit(REFUSED)


def _read(file: str, day: date | None, zone: str) -> Imported:
    from pmtui.formats import reading
    from pmtui.formats.reading.decoding import is_text
    from pmtui.storage.reading import read

    path = Path("" if file == STANDARD else file)
    if path.suffix.lower() == ".toml":
        raise StorageError("is a postmortem already", where=file, remedy=f"open it: pmtui {file}")
    data = read_input() if file == STANDARD else read(path)[0]
    where = _STREAM if file == STANDARD else file
    if not data.strip(_BLANK):
        raise StorageError("is empty", where=where, remedy="name Markdown, text or HTML")
    if not is_text(data):
        raise StorageError("is no text", where=where, remedy="name Markdown, text or HTML")
    return reading.read(data, str(path) if path.name else "", day=day, timezone=zone)


def _put(found: Imported, file: str, output: str | None, into: str | None) -> str:
    """Writes the document to a file that is not there yet, and gives its name.

    Raises:
        StorageError: There is such a file, or it cannot be written.
    """
    from pmtui.formats import toml
    from pmtui.storage import atomic

    data = toml.write(found.document)
    if output == STANDARD or (output is None and into is None and file == STANDARD):
        write(data)
        return ""
    source = Path("postmortem" if file == STANDARD else file)
    path = Path(output) if output else source.with_suffix(".toml")
    if into is not None:
        path = Path(into) / path.name
    if path.exists():
        raise StorageError(
            "the file already exists", where=str(path), remedy="name another with -o"
        )
    atomic.save(path, data, expected=atomic.ABSENT)
    return str(path)


def _tell(found: Imported, file: str, place: str, report: bool) -> None:
    """Prints where the document is, and on standard error what there is to say about it."""
    name = _STREAM if file == STANDARD else file
    findings = found.report.ordered()
    if report:
        for finding in findings:
            where = f"{name}:{finding.line}" if finding.line else name
            complain(f"{where}: {finding.text}", named=False)
    if not place:
        return
    count = len(findings)
    things = "1 thing" if count == 1 else f"{count} things"
    look = "" if report or not count else f"  ({things} to look at: --report)"
    say(f"{place}{look}")


@contextmanager
def _shown_progress(files: tuple[str, ...]) -> Iterator[Iterable[str]]:
    """The files, with a bar on a terminal that fills while they are read."""
    if len(files) > 1 and is_terminal(sys.stderr):
        with click.progressbar(files, label="Reading", file=sys.stderr) as shown:
            yield shown
    else:
        yield files


def _make_folder(folder: Path) -> None:
    from pmtui.storage.refusals import told

    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _day(text: str | None) -> date | None:
    """The day that was typed.

    Raises:
        BadParameter: It is none.
    """
    from pmtui.core.clock.dates import scan_day

    if text is None:
        return None
    try:
        written = scan_day(text.strip())
    except TimeError as error:
        raise click.BadParameter(str(error), param_hint="--date") from None
    if written is None or not written.month or text.strip()[written.end :]:
        raise click.BadParameter("write a day as 2024-05-22", param_hint="--date")
    return written.until(date.today())


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
