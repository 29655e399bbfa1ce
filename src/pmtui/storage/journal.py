"""The journal of an open document: every change at once, so that a kill loses none.

It begins with the document that the file holds and goes on with what changed, each change one
unsynced write, which outlives the process though not the machine; a thread forces it to the disk
once a second. The lock on it says that its writer lives: the kernel frees it with the process.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pmtui.core.changes.splices import splice, spliced, stepped, steps
from pmtui.core.digests import blake2b
from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import PmtuiError
from pmtui.formats import toml
from pmtui.formats.records import framed, unframed
from pmtui.storage.filenames import slug
from pmtui.storage.paths import journal_dirs
from pmtui.storage.refusals import told

SYNC = 1.0
"""Seconds between two forcings to the disk: what a power failure may take."""

SUFFIX = ".journal"

_LARGE = 4 << 20
"""Bytes after which a journal is begun anew, once the file holds what it says."""


TextOf = Callable[[Postmortem], str]
"""Gives a text that reads as the document again."""


def _written(document: Postmortem) -> str:
    return toml.write(document).decode()


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that is in no document yet: `place` is `timeline/line`, `summary/times.started`...

    `mode` says what the line was for, `items` what it was about.
    """

    place: str
    text: str
    mode: str = ""
    items: tuple[str, ...] = ()


class State(NamedTuple):
    """What a journal says: what the file held, what the document is, what is in neither."""

    base: Postmortem
    document: Postmortem
    drafts: tuple[Draft, ...] = ()


class Record(NamedTuple):
    """A whole journal as read: the file that it is about, and the last state in it."""

    path: Path
    state: State


class Journal:
    """The journal of one document in this process; it makes no file before there is a change.

    `trouble` says why nothing is recorded, empty while all is well. No method raises because of
    the file system: what cannot be recorded can still be edited and saved. `text_of` gives the text
    of a file that holds a document; to have it at hand saves the first key from waiting for it.
    """

    def __init__(self, path: Path, text_of: TextOf = _written) -> None:
        self.path = path
        self._text_of = text_of
        self.trouble = ""
        self.file: Path | None = None
        self._descriptor = -1
        self._size = 0
        self._state: State | None = None
        self._wanted: State | None = None
        self._busy = False
        self._sync = _Syncing()

    def record(self, state: State) -> None:
        """Make the journal say `state`; costs what changed since the last call.

        A call from a signal handler that interrupts another is carried out by that other one.
        """
        self._wanted = state
        if self._busy:
            return
        self._busy = True
        try:
            while self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                self._record(wanted)
        finally:
            self._busy = False

    def remove(self) -> None:
        """Leave nothing behind: the file holds everything."""
        if self.file is not None:
            with contextlib.suppress(OSError):
                os.unlink(self.file)
        self.close()

    def close(self) -> None:
        """Stop recording; what is in the journal stays for the next start."""
        if self._descriptor >= 0:
            self._sync.stop()
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
        self._descriptor, self.file, self._state, self._size = -1, None, None, 0

    def _record(self, state: State) -> None:
        try:
            with told(self.path):
                if self._descriptor >= 0 and self._is_lost():
                    self.close()
                if self._descriptor < 0:
                    if state.drafts or state.document is not state.base:
                        self._begin(state)
                elif self._state is not None:
                    self._go_on(self._state, state)
        except PmtuiError as error:
            self.trouble = error.what
        except Exception as error:  # a mistake in the safety net must not end what it is for
            self.trouble = f"a mistake in pmtui itself ({type(error).__name__})"
        else:
            self.trouble = ""

    def _go_on(self, before: State, state: State) -> None:
        if self._size > _LARGE and state.document is state.base:
            self._begin(state)
            return
        try:
            changes = list(_changes(before, state))
            # One record: what became an item and left its line is found in one of them, never both.
            self._append(framed({"together": changes}) if changes else b"")
        except OSError:
            self._begin(state)
        else:
            self._state = state

    def _is_lost(self) -> bool:
        """Whether somebody removed the file, so that what is written to it is gone with us."""
        return os.fstat(self._descriptor).st_nlink == 0

    def _begin(self, state: State) -> None:
        """Begin a new file; the one before, if any, is removed once the new one says it all."""
        base = self._text_of(state.base)
        content = b"".join(map(framed, _whole(self.path, base, state)))
        file, descriptor = _create(self.path, content)
        self.remove()
        self.file, self._descriptor, self._size = file, descriptor, len(content)
        self._state = state
        self._sync.start(descriptor, file.parent)

    def _append(self, data: bytes) -> None:
        """Add records, wholly or not at all: a torn one would hide those after it."""
        if not data:
            return
        try:
            _write(self._descriptor, data)
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(data)
        self._sync.wanted()


def digest(path: Path) -> str:
    """What the names of the journals of the file at `path` begin with."""
    return blake2b(os.fsencode(os.path.realpath(path)), digest_size=8).hexdigest()


def replayed(data: bytes) -> Record | None:
    """What the content of a journal says as far as it is whole; None where it says nothing."""
    records = unframed(data)
    try:
        path = Path(os.fsdecode(bytes.fromhex(next(records)["path"])))
        base = document = toml.read(next(records)["base"].encode())
    except (StopIteration, KeyError, TypeError, ValueError, PmtuiError):
        return None
    drafts: dict[str, Draft] = {}
    for record in _one_by_one(records):
        try:
            kind, value = next(iter(record.items()))
            if kind == "steps":
                document = stepped(document, value)
            elif kind == "document":
                document = toml.read(value.encode())
            elif kind == "base":
                base = document if value is None else toml.read(value.encode())
            elif kind == "draft":
                _draft(drafts, *value)
        except (AttributeError, KeyError, TypeError, ValueError, PmtuiError):
            break
    return Record(path, State(base, document, tuple(drafts.values())))


def _one_by_one(records: Iterator[Any]) -> Iterator[Any]:
    """The records, with those that were made together one after the other."""
    for record in records:
        together = record.get("together") if isinstance(record, dict) else None
        yield from together if isinstance(together, list) else [record]


def _whole(path: Path, base: str, state: State) -> Iterator[Any]:
    yield {"path": os.fsencode(path).hex()}
    yield {"base": base}
    yield from _changes(State(state.base, state.base), state)


def _changes(before: State, after: State) -> Iterator[Any]:
    if after.document is not before.document:
        found = steps(before.document, after.document)
        if found is None:
            yield {"document": toml.write(after.document).decode()}
        elif found:
            yield {"steps": found}
    if after.base is not before.base:
        same = after.base is after.document
        yield {"base": None if same else toml.write(after.base).decode()}
    if after.drafts != before.drafts:
        yield from _draft_changes(before.drafts, after.drafts)


def _draft_changes(before: Sequence[Draft], after: Sequence[Draft]) -> Iterator[Any]:
    old = {draft.place: draft for draft in before}
    for draft in after:
        known = old.pop(draft.place, None)
        if known != draft:
            change = splice(known.text if known else "", draft.text)
            yield {"draft": [draft.place, draft.mode, draft.items, *change]}
    for place in old:
        yield {"draft": [place]}


def _draft(drafts: dict[str, Draft], place: str, *change: Any) -> None:
    if not change:
        drafts.pop(place, None)
        return
    mode, items, start, stop, insertion = change
    text = drafts[place].text if place in drafts else ""
    drafts[place] = Draft(place, spliced(text, start, stop, insertion), mode, tuple(items))


def _create(path: Path, content: bytes) -> tuple[Path, int]:
    """A new locked file with `content`, in the first folder where that is possible.

    Raises:
        OSError: There is none.
    """
    refusal = OSError("no folder for the journal")
    name = f"{digest(path)}-{slug(path.stem)[:40]}-{os.urandom(4).hex()}"
    for folder in journal_dirs():
        try:
            return _create_in(folder, name, content)
        except OSError as error:
            refusal = error
    raise refusal


def _create_in(folder: Path, name: str, content: bytes) -> tuple[Path, int]:
    unfinished, file = folder / f"{name}.new", folder / f"{name}{SUFFIX}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW
    descriptor = os.open(unfinished, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _write(descriptor, content)
        # Only whole and locked it gets a name that is looked for.
        os.rename(unfinished, file)
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise
    return file, descriptor


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


class _Syncing:
    """Forces a descriptor to the disk in a thread, at most once in `SYNC` seconds."""

    def __init__(self) -> None:
        self._dirty = threading.Event()
        self._stopped = threading.Event()

    def start(self, descriptor: int, folder: Path) -> None:
        """Begin with a new file in `folder`, whose name has to last too."""
        self._dirty, self._stopped = threading.Event(), threading.Event()
        # The thread has a descriptor of its own: one that is closed may soon be another file.
        arguments = (os.dup(descriptor), folder, self._dirty, self._stopped)
        threading.Thread(target=_keep_synced, args=arguments, daemon=True, name="journal").start()
        self.wanted()

    def wanted(self) -> None:
        """There is something new."""
        self._dirty.set()

    def stop(self) -> None:
        """End the thread soon."""
        self._stopped.set()
        self._dirty.set()


def _keep_synced(
    descriptor: int, folder: Path, dirty: threading.Event, stopped: threading.Event
) -> None:
    sync = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync
    try:
        with contextlib.suppress(OSError):
            place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(place)
            finally:
                os.close(place)
        while True:
            dirty.wait()
            ended = stopped.wait(SYNC)
            dirty.clear()
            with contextlib.suppress(OSError):
                sync(descriptor)
            if ended:
                return
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
