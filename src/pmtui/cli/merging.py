"""The command that merges three versions of a postmortem: git's merge driver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.arguments import offer_files
from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import STANDARD, complain, write
from pmtui.errors import FormatError, StorageError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.core.merge import Merged

_MOST_CONFLICTS = 127
"""Above this git takes the exit code of a merge driver for a failure."""


@click.command(epilog="Example: pmtui merge old.toml mine.toml yours.toml -p | less")
@click.argument("base", shell_complete=offer_files)
@click.argument("ours", shell_complete=offer_files)
@click.argument("theirs", shell_complete=offer_files)
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to OURS; - prints.")
@click.option("-p", "printed", is_flag=True, help="Print the result; the same as -o -.")
@click.option("--name", metavar="PATH", help="What messages call the file; git's %P.")
@click.option("--marker-size", type=click.IntRange(min=7), default=7, metavar="N", help="git's %L.")
def merge(
    base: str,
    ours: str,
    theirs: str,
    output: str | None,
    printed: bool,
    name: str | None,
    marker_size: int,
) -> None:
    """Merge what OURS and THEIRS made of BASE, and write it to OURS.

    Exits with 1 where both changed the same: OURS then has git's conflict markers there, and pmtui
    OURS settles them. Files that are no postmortems are merged as git does it.
    """
    name = name or ours
    versions = [_read(file) for file in (base, ours, theirs)]
    try:
        documents = [_document(data) for data in versions]
    except FormatError as error:
        _merge_text((base, ours, theirs), STANDARD if printed else output, marker_size, error)
        return
    merged, content = _merged(versions, documents, marker_size)
    _put(content, STANDARD if printed else output or ours)
    if merged.conflicts:
        complain(f"{name}: {_told(merged)}; pmtui {name} settles them")
        raise click.exceptions.Exit(REFUSED)


def _read(file: str) -> bytes:
    from pmtui.storage.reading import read

    return read(Path(file))[0]


def _document(data: bytes) -> Postmortem:
    """The postmortem; nothing at all is what two sides had before both made the file.

    Raises:
        FormatError: It is none, or has conflicts itself.
    """
    from pmtui.core.document import Postmortem
    from pmtui.formats import conflict_markers, toml

    if not data.strip():
        return Postmortem()
    if refusal := conflict_markers.refusal(data, ""):
        raise refusal
    return toml.read(data, "")


def _merged(
    versions: list[bytes], documents: list[Postmortem], marker_size: int
) -> tuple[Merged, bytes]:
    """The merged document and its file.

    Comments, which a document cannot hold, are kept where git can merge the files with them, and
    the result says the same.
    """
    from pmtui.core.merge import merge as merge_documents
    from pmtui.formats import conflict_markers, toml

    for data in versions[1:]:
        if not data.strip():
            raise StorageError("one side is empty", remedy="keep the other one")
    merged = merge_documents(*documents)
    if merged.conflicts:
        return merged, conflict_markers.write(merged, size=marker_size)
    if any(toml.has_comments(data) for data in versions[1:]):
        with_comments = _merged_as_text(versions)
        if with_comments is not None and _holds(with_comments, merged.document):
            return merged, with_comments
        complain("comments are not kept in a merged postmortem")
    return merged, toml.write(merged.document)


def _holds(data: bytes, document: Postmortem) -> bool:
    try:
        return _document(data) == document
    except FormatError:
        return False


def _merged_as_text(versions: list[bytes]) -> bytes | None:
    """What git makes of the three texts; None where it finds a conflict, or is not there."""
    import shutil
    import subprocess
    import tempfile

    git = shutil.which("git")
    if git is None:
        return None
    with tempfile.TemporaryDirectory(prefix="pmtui-") as folder:
        files = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for file, data in zip(files, versions, strict=True):
            file.write_bytes(data)
        old, mine, other = map(str, files)
        done = subprocess.run(
            [git, "merge-file", "-p", mine, old, other], capture_output=True, check=False
        )
    return done.stdout if done.returncode == 0 else None


def _merge_text(
    files: tuple[str, str, str], output: str | None, marker_size: int, reason: FormatError
) -> None:
    """Merges files that are no postmortems as git does, and ends with git's exit code.

    Raises:
        StorageError: git is not there.
    """
    import shutil
    import subprocess

    base, ours, theirs = files
    git = shutil.which("git")
    if git is None:
        raise StorageError(f"cannot be merged: {reason.what}", where=ours, remedy="install git")
    words = [git, "merge-file", f"--marker-size={marker_size}"]
    words += ["-L", "ours", "-L", "base", "-L", "theirs", "-p", ours, base, theirs]
    done = subprocess.run(words, capture_output=True, check=False)
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        told = done.stderr.decode("utf-8", "replace").strip().replace("\n", " ")
        raise StorageError(f"git cannot merge it: {told}", where=ours)
    _put(done.stdout, output or ours)
    if done.returncode:
        raise click.exceptions.Exit(REFUSED)


def _put(content: bytes, output: str) -> None:
    from pmtui.storage import atomic

    if output == STANDARD:
        write(content)
    else:
        atomic.save(Path(output), content)


def _told(merged: Merged) -> str:
    """The conflicts by name, the first three of them."""
    from pmtui.core.changes.differences import label

    names = [label(conflict.steps, merged.document) for conflict in merged.conflicts]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"both sides changed {', '.join(names[:3])}{more}"
