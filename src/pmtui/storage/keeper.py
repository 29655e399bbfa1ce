"""The keeper of the open file: it alone reads and writes it, and knows what was last seen there."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pmtui.core.digests import blake2b
from pmtui.core.document import Postmortem
from pmtui.core.text import plural
from pmtui.errors import ChangedOnDisk, FormatError, NewerSchema, ReadOnlyFile, StorageError
from pmtui.formats import toml
from pmtui.storage import atomic
from pmtui.storage.atomic import ABSENT, fingerprint
from pmtui.storage.filenames import slug
from pmtui.storage.paths import recovery_dir, recovery_dirs
from pmtui.storage.reading import read
from pmtui.storage.refusals import told
from pmtui.storage.turns import turn

if TYPE_CHECKING:
    from pmtui.formats.conflict_markers import Settled
    from pmtui.formats.reading.report import Finding

_Stamp = tuple[int, int, int, int, int]

_RACY = 2_000_000_000
"""Nanoseconds in which a file may change again without its times showing it."""

_PATIENCE = 1.0
"""Seconds to wait for another program's save: less than a program that has to end may take."""


class Keeper:
    """One open postmortem and its file.

    `document` is what the file held when it was last read or saved: the base of a merge.
    `read_only` is the reason why the file is not written, empty where it is. `notes` are sentences
    to show once. `original` is where the file as it was with its comments is kept, once it is.
    `marked` is what was made of git's conflict markers in the file, as long as they are in it.
    `damage` says why the file cannot be read, though a document for it may be brought back.
    `report` is what there is to say of the file in another form that the document was read from.

    `save` may run in a thread while other methods are called.
    """

    def __init__(self, path: Path, document: Postmortem) -> None:
        """A keeper that has seen no file yet; use `open` or `new`."""
        self.path = Path(os.path.abspath(path))
        self.document = document
        self.read_only = ""
        self.damage = ""
        self.notes: tuple[str, ...] = ()
        self.report: tuple[Finding, ...] = ()
        self.original: Path | None = None
        self.marked: Settled | None = None
        self._lock = threading.Lock()
        self._ours: set[bytes] = set()
        self._stamp: _Stamp | None = None
        self._commented = b""
        self._copies: set[Path] = set()
        self._held: tuple[Postmortem, bytes] | None = None

    @classmethod
    def open(cls, path: Path, *, settle: bool = False) -> Self:
        """The keeper of the postmortem at `path`; one of a newer schema is read-only.

        With `settle` both sides of a file with git's conflict markers are merged.

        Raises:
            StorageError: It cannot be read.
            FormatError: It is not a postmortem; `where` names the file and the line.
        """
        keeper = cls(path, Postmortem())
        content, state = read(path)
        try:
            marked, document = _understood(content, str(path), settle)
        except NewerSchema:
            marked, document = None, toml.read_newer(content, str(path))
            keeper.read_only = "It was written by a newer version of pmtui."
        if not keeper.read_only and not atomic.is_writable(keeper.path, state):
            keeper.read_only = "The file may be read, not written."
        keeper._accept(content, state, document, marked)
        keeper.notes = tuple(keeper._remarks())
        if not keeper.read_only:
            atomic.sweep(keeper.path)
        return keeper

    @classmethod
    def new(cls, path: Path, document: Postmortem) -> Self:
        """The keeper of a file that the first save makes.

        Raises:
            StorageError: There is such a file already, or no folder for it.
        """
        keeper = cls(path, document)
        with told(path), contextlib.suppress(FileNotFoundError):
            os.stat(keeper.path)  # which refuses links that go round in a circle, too
            remedy = "open it, or choose another name"
            raise StorageError("the file already exists", where=str(path), remedy=remedy)
        if not keeper.path.parent.is_dir():
            remedy = "create the folder first"
            raise StorageError("there is no such folder", where=str(path.parent), remedy=remedy)
        return keeper

    @classmethod
    def damaged(cls, path: Path, reason: str) -> Self:
        """The keeper of a file that is no postmortem any more, for one to be brought back into it.

        A save keeps what the file holds beside it, unless that is nothing.

        Raises:
            StorageError: It cannot be read at all.
        """
        keeper = cls(path, Postmortem())
        content, state = read(path)
        keeper._accept(content, state, keeper.document, None)
        keeper._held = None
        keeper._commented = content if content.strip(b"\0 \t\r\n") else b""
        keeper.damage = reason
        return keeper

    def save(self, document: Postmortem) -> bool:
        """Makes the file hold `document`; False when it did already. Blocks until it is on disk.

        Raises:
            ReadOnlyFile: The file is not to be written.
            ChangedOnDisk: Somebody else wrote it: `reread` and merge first.
            StorageError: The file system refused; the file is as it was.
        """
        with self._lock, turn(Path(os.path.realpath(self.path)).parent, _PATIENCE):
            if self.read_only:
                remedy = "save under another name"
                raise ReadOnlyFile(self.read_only.rstrip("."), where=str(self.path), remedy=remedy)
            content = toml.write(document)
            found = self._found()
            if found is not None and found != content and not self._is_ours(found):
                what = "another program changed the file"
                raise ChangedOnDisk(what, where=str(self.path), remedy="merge the two")
            changed = found != content
            digest = fingerprint(content)
            if changed:
                # A save that fails may have succeeded after all: what it wrote is ours either way.
                self._ours.add(digest)
                self._write(content, found)
            self.document = document
            self._held = document, content
            self._ours = {digest}
            self._stamp = None
            self._commented = b""
            self.marked = None
            self._drop_copies()
            return changed

    def _is_ours(self, found: bytes) -> bool:
        """Whether the file holds what was read or saved here; a comparison is quicker to make."""
        held = self._held
        return (held is not None and found == held[1]) or fingerprint(found) in self._ours

    def prepare(self, document: Postmortem) -> None:
        """Form the text of `document` ahead: a save then forms only that of what changed since."""
        if not self.read_only:
            toml.write(document)

    def text_of(self, document: Postmortem) -> str:
        """The text of a file that holds `document`: as it was read or saved, if it is that one."""
        held = None if self.read_only else self._held
        content = held[1] if held and held[0] is document else toml.write(document)
        return content.decode()

    def changed_on_disk(self) -> bool:
        """Whether another program wrote the file since; quick, and False while a save runs.

        A file that is gone has not changed: the next save makes it again.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            state = os.stat(self.path)
            if _stamp(state) == self._stamp:
                return False
            content, state = read(self.path)
            if fingerprint(content) not in self._ours:
                return True
            self._stamp = _settled(state)
            return False
        except (OSError, StorageError):
            return False
        finally:
            self._lock.release()

    def reread(self) -> Postmortem:
        """The document as it is in the file now, which becomes the base of what follows.

        Both sides of git's conflict markers are merged, and `marked` tells of that.

        Raises:
            StorageError: It cannot be read.
            FormatError: It is no postmortem any more; the base stays what it was.
        """
        with self._lock:
            content, state = read(self.path)
            marked, document = _understood(content, str(self.path), settle=True)
            self._accept(content, state, document, marked)
            return document

    def keep_copy(self, document: Postmortem) -> Path:
        """Writes a recovery copy that only its owner may read, and gives its place.

        It goes when the file has been saved after all.

        Raises:
            StorageError: Not even that could be written.
        """
        copy = self._kept(self._copy_name, toml.write(document))
        self._copies.add(copy)
        return copy

    def take_over_copy(self, document: Postmortem) -> None:
        """Let the copy that an earlier editor kept of `document` go with the next save too."""
        with contextlib.suppress(StorageError):
            copy = recovery_dir() / self._copy_name
            if _holds(copy, toml.write(document)):
                self._copies.add(copy)

    def keep_theirs(self, document: Postmortem) -> Path:
        """Writes another program's version beside the recovery copies, whatever is there already.

        Raises:
            StorageError: It could not be written.
        """
        content = toml.write(document)
        digest = fingerprint(content).hex()[:8]
        return self._kept(f"{self._recovery_stem()}-theirs-{digest}.toml", content)

    @property
    def _copy_name(self) -> str:
        return f"{self._recovery_stem()}.toml"

    def _drop_copies(self) -> None:
        while self._copies:
            with contextlib.suppress(OSError):
                os.unlink(self._copies.pop())

    def _recovery_stem(self) -> str:
        digest = blake2b(os.fsencode(self.path), digest_size=4).hexdigest()
        return f"{slug(self.path.stem)}-{digest}"

    def _kept(self, name: str, content: bytes) -> Path:
        refusal = StorageError("no recovery copy can be kept", remedy="set XDG_STATE_HOME")
        for folder in recovery_dirs():
            try:
                atomic.save(folder / name, content, mode=0o600)
                return folder / name
            except StorageError as error:
                refusal = error
        raise refusal

    def _accept(
        self,
        content: bytes,
        state: os.stat_result,
        document: Postmortem,
        marked: Settled | None,
    ) -> None:
        self.document = document
        self.marked = marked
        self._held = None if marked else (document, content)
        self._ours = {fingerprint(content)}
        self._stamp = _settled(state)
        self._commented = content if not marked and toml.has_comments(content) else b""

    def _remarks(self) -> Iterator[str]:
        if self.read_only:
            yield f"Opened read-only. {self.read_only}"
        elif self.marked:
            yield _merged_note(self.marked)
        elif self._commented:
            kept = _free_original(self.path, self._commented).name
            yield f"Comments are not kept in the file; it stays as it was in {kept}."

    def _found(self) -> bytes | None:
        try:
            return read(self.path)[0]
        except StorageError:
            if os.path.exists(self.path):
                raise
            return None

    def _write(self, content: bytes, found: bytes | None) -> None:
        if found and found == self._commented:
            self.original = self._keep_original(found)
        atomic.save(self.path, content, expected=ABSENT if found is None else found)

    def _keep_original(self, content: bytes) -> Path:
        """Keeps the file with its comments beside it, or where texts are recovered from."""
        mode = os.stat(self.path).st_mode & 0o777
        try:
            return _keep(self.path, content, mode)
        except StorageError:
            return _keep(recovery_dir() / self.path.name, content, 0o600)


_SIGN = b"<<<<<<<"
"""What every file with conflict markers holds, and hardly any other."""


def _understood(content: bytes, name: str, settle: bool) -> tuple[Settled | None, Postmortem]:
    """What `content` holds; both sides of git's conflict markers if they are to be settled.

    Raises:
        FormatError: It is no postmortem, or has markers.
    """
    if _SIGN not in content:
        return None, toml.read(content, name)
    from pmtui.formats import conflict_markers

    if settle:
        try:
            if marked := conflict_markers.read(content, name):
                return marked, marked.merged.document
        except FormatError as refused:
            try:
                return None, toml.read(content, name)  # a text that only quotes such markers
            except FormatError:
                raise refused from None
    elif refusal := conflict_markers.refusal(content, name):
        raise refusal
    return None, toml.read(content, name)


def _merged_note(marked: Settled) -> str:
    """The sentence for a file whose sides were merged."""
    sides, conflicts = marked.sides, len(marked.merged.conflicts)
    names = " and ".join(each for each in (sides.ours_name, sides.theirs_name) if each)
    left = f"{plural(conflicts, 'conflict')} to settle; " if conflicts else ""
    return (
        f"Git conflict markers (line {sides.line}): {left}{names or 'both sides'} are merged here."
        " The file stays as it is until you edit or save."
    )


def _keep(path: Path, content: bytes, mode: int) -> Path:
    place = _free_original(path, content)
    if not place.exists():
        atomic.save(place, content, expected=ABSENT, mode=mode)
    return place


def _free_original(path: Path, content: bytes) -> Path:
    """`NAME.orig`, `NAME.orig-2`...: the first that is free or holds `content` already."""
    number = 1
    while True:
        suffix = ".orig" if number == 1 else f".orig-{number}"
        place = path.with_name(path.name + suffix)
        if not os.path.lexists(place) or _holds(place, content):
            return place
        number += 1


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read(path)[0] == content
    except StorageError:
        return False


def _stamp(state: os.stat_result) -> _Stamp:
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, state.st_dev


def _settled(state: os.stat_result) -> _Stamp | None:
    """The stamp of a file that rested a while, None for one whose times cannot be relied on yet."""
    latest = max(state.st_mtime_ns, state.st_ctime_ns)
    return _stamp(state) if time.time_ns() - latest > _RACY else None
