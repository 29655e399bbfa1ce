"""The command that makes postmortems of what people already have."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.documents import misnamed, named_rightly
from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import STANDARD, complain, is_terminal, read_input, say, visible, write
from pmtui.core.text import plural
from pmtui.errors import PmtuiError, StorageError, TimeError

if TYPE_CHECKING:
    from pmtui.formats.reading import Imported

_STREAM = "standard input"
_BLANK = b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"
"""White space, and the marks of an encoding."""

_BAR = 36
_AROUND_BAR = 26
"""Columns of the bar, and of all around it but the name of the file: a line that is wrapped could
not be emptied."""

_ERASED = "\r\x1b[K"
"""What empties the line of a terminal that the cursor is in."""


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

    JSON that was exported comes back as it was. The postmortem is written beside FILE, which may be
    - for standard input, which goes to standard output. Nothing is overwritten, and no word is
    lost: what has no place is kept as it is written.
    """
    if output is not None and into is not None:
        raise click.UsageError("-o names a file and --into a folder; give one of them")
    if output is not None:
        _check_name(output, files)
    on, zone = _day(day), _zone(timezone)
    if into is not None:
        _make_folder(Path(into))
    places = _Places(output, into, len(files))
    refused = 0
    with _shown_progress(files) as (shown, make_room):
        for file in shown:
            try:
                found = _read(file, on, zone)
                make_room()
                if report:
                    # Before it is written: so it can be had again of a file that was imported.
                    _report(found, file)
                place = places.put(found, file)
            except PmtuiError as error:
                make_room()
                complain(str(error))
                refused += 1
                continue
            if place:
                _tell(place, 0 if report else len(found.report.ordered()))
    if refused:
        if len(files) > 1:
            complain(f"{refused} of {len(files)} files were not imported")
        raise click.exceptions.Exit(REFUSED)


def _check_name(output: str, files: tuple[str, ...]) -> None:
    """Refuses what no postmortem made of `files` can be called.

    Raises:
        UsageError: There are several files, or it is the name of another form's file, or none.
    """
    if len(files) > 1:
        raise click.UsageError("-o names one file, and there are several to write; --into a folder")
    if not output:
        raise click.UsageError("-o names no file")
    if what := misnamed(Path(output)):
        raise click.UsageError(f"{output} {what}; {named_rightly(Path(output))}")


def _read(file: str, day: date | None, zone: str) -> Imported:
    from pmtui.cli.foreign import imported
    from pmtui.storage.reading import read

    path = Path("" if file == STANDARD else file)
    if path.suffix.lower() == ".toml":
        raise StorageError("is a postmortem already", where=file, remedy=f"open it: pmtui {file}")
    data = read_input() if file == STANDARD else read(path)[0]
    where = _called(file)
    if not data.strip(_BLANK):
        raise StorageError("is empty", where=where, remedy="name Markdown, text or HTML")
    return imported(data, path.name, where, day=day, timezone=zone)


def _called(file: str) -> str:
    """What messages call the file."""
    return _STREAM if file == STANDARD else file


class _Places:
    """Where the postmortems go: to a file that is not there yet, or to standard output.

    Of several files with one name the later ones get a number: `outage-2.toml`.
    """

    def __init__(self, output: str | None, into: str | None, count: int) -> None:
        self._output = output
        self._into = into
        self._remedy = "name another with -o"
        if into is not None or count > 1:
            self._remedy = "move it away, or name another folder with --into"
        self._written: set[Path] = set()

    def put(self, found: Imported, file: str) -> str:
        """Writes the document that was read from `file`, and gives the name of the new one.

        Raises:
            StorageError: There is such a file, or it cannot be written.
        """
        from pmtui.formats import toml
        from pmtui.storage import atomic

        data = toml.write(found.document)
        is_placed = self._output is not None or self._into is not None
        if self._output == STANDARD or (file == STANDARD and not is_placed):
            write(data)
            return ""
        path = self._place(file)
        atomic.save(path, data, expected=atomic.ABSENT)
        self._written.add(path)
        return str(path)

    def _place(self, file: str) -> Path:
        from pmtui.storage.filenames import numbered

        source = Path("postmortem" if file == STANDARD else file)
        path = Path(self._output) if self._output else source.with_suffix(".toml")
        if self._into is not None:
            path = Path(self._into) / path.name
        names = numbered(path.parent, path.stem, path.suffix)
        path = next(name for name in names if name not in self._written)
        if path.exists():
            raise StorageError("the file already exists", where=str(path), remedy=self._remedy)
        return path


def _report(found: Imported, file: str) -> None:
    """Prints what there is to say about the document on standard error, by line.

    An option that would settle it is named.
    """
    name = _called(file)
    open_points = {"timezone": not found.document.timezone, "date": found.document.undated}
    for finding in found.report.ordered():
        where = f"{name}:{finding.line}" if finding.line else name
        option = f"; --{finding.missing} settles it" if open_points.get(finding.missing) else ""
        complain(f"{where}: {finding.text}{option}", named=False)


def _tell(place: str, count: int) -> None:
    """Prints where the document is, and how much there is to say about it that was not said."""
    look = f"  ({plural(count, 'thing')} to look at: --report)" if count else ""
    say(f"{place}{look}")


@contextmanager
def _shown_progress(
    files: tuple[str, ...],
) -> Iterator[tuple[Iterable[str], Callable[[], None]]]:
    """The files, with a bar on a terminal that fills while they are read.

    Also what has to be called before lines are printed: they take the place of the bar, which then
    stands below them.
    """
    if len(files) > 1 and is_terminal(sys.stderr):
        room = shutil.get_terminal_size().columns - _AROUND_BAR
        bar = max(1, min(_BAR, room))
        with click.progressbar(
            files,
            label="Reading",
            file=sys.stderr,
            width=bar,
            show_eta=False,
            show_pos=True,
            item_show_func=lambda file: visible(Path(file or "").name)[: max(0, room - bar)],
        ) as shown:
            yield shown, _erase_line
    else:
        yield files, lambda: None


def _erase_line() -> None:
    click.echo(_ERASED, file=sys.stderr, nl=False)


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
