"""What an editor that was killed left in its journal, and the file does not hold."""

import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pmtui.core.document import Postmortem, Section
from pmtui.core.ids import random_id
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import merge
from pmtui.errors import PmtuiError, StorageError
from pmtui.formats import toml
from pmtui.storage import atomic
from pmtui.storage.filenames import free_name, slug
from pmtui.storage.journal import SUFFIX, Draft, State, digest, replayed
from pmtui.storage.paths import present_journal_dirs, recovery_dirs
from pmtui.storage.reading import read

_STALE = 60.0
"""Seconds after which a journal that was not even finished being made is nobody's."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One journal whose writer is dead, ours until it is let go: nobody else is offered it.

    `at` is when it was last written; the open `lock` holds it.
    """

    path: Path
    state: State
    at: datetime
    journal: Path
    lock: IO[bytes]

    def drop(self) -> None:
        """Remove it: what it says is safe elsewhere."""
        with contextlib.suppress(OSError):
            os.unlink(self.journal)
        self.release()

    def release(self) -> None:
        """Let it go, for the next start to find."""
        self.lock.close()

    def keep(self) -> Path:
        """Turn it into a postmortem in the recovery folder, and give its place.

        Raises:
            StorageError: It cannot be written; the journal stays.
        """
        place = keep_aside(self.path, _with_drafts(self.state.document, self.state.drafts))
        self.drop()
        return place


def keep_aside(path: Path, document: Postmortem) -> Path:
    """Writes `document`, which is not to go into the file at `path`, into the recovery folder.

    Raises:
        StorageError: It cannot be written.
    """
    refusal = StorageError("no recovery copy can be kept", remedy="set XDG_STATE_HOME")
    content = toml.write(document)
    for folder in recovery_dirs():
        place = free_name(folder, f"{slug(path.stem)}-aside", ".toml")
        try:
            atomic.save(place, content, expected=atomic.ABSENT, mode=0o600)
        except StorageError as error:
            refusal = error
        else:
            return place
    raise refusal


def find(path: Path, held: Postmortem | None) -> tuple[Lost, ...]:
    """The journals that hold what the file at `path` does not, the oldest first.

    `held` is the document in the file, None where there is none. Journals with nothing more than
    that in them are removed.
    """
    found = []
    for lost in _claimed(digest(path)):
        if _says_more(lost, held):
            found.append(lost)
        else:
            lost.drop()
    return tuple(sorted(found, key=lambda lost: lost.at))


def waiting() -> dict[Path, Postmortem]:
    """The files that something could be brought back into, with the document that they lost.

    What belongs into a folder that is gone goes to the recovery folder, and is named by its place
    there.
    """
    found = {}
    for lost in sorted(_claimed(""), key=lambda lost: lost.at):
        if not lost.path.parent.is_dir():
            with contextlib.suppress(StorageError):
                found[lost.keep()] = lost.state.document
        elif _says_more(lost, _held(lost.path)):
            found[lost.path] = lost.state.document
            lost.release()
        else:
            lost.drop()
    return found


def _held(path: Path) -> Postmortem | None:
    try:
        return toml.read(read(path)[0])
    except PmtuiError:
        return None


def _says_more(lost: Lost, held: Postmortem | None) -> bool:
    """Whether it holds anything that the file, which holds `held`, does not."""
    return held is None or bool(lost.state.drafts) or brought_back(held, (lost,)) != held


def is_waiting(path: Path) -> bool:
    """Whether there is something to bring back into the file at `path`."""
    found = list(_claimed(digest(path)))
    for lost in found:
        lost.release()
    return bool(found)


def brought_back(held: Postmortem | None, found: Sequence[Lost]) -> Postmortem:
    """The document in the file with all that was lost merged in; where both differ, what was lost.

    Without a document in the file the first one lost stands for it.
    """
    document = held
    for lost in found:
        base, ours, _ = lost.state
        document = ours if document is None else merge(base, ours, document).document
    return document if document is not None else Postmortem()


def _with_drafts(document: Postmortem, drafts: Sequence[Draft]) -> Postmortem:
    if not drafts:
        return document
    body = "\n".join(f"- {draft.place}: {draft.text}" for draft in drafts)
    taken = {section.id for section in document.sections}
    section = Section(id=random_id(taken), heading="Unfinished when it ended", body=body)
    return document.revise(sections=(*document.sections, section))


def _claimed(prefix: str) -> Iterator[Lost]:
    for folder in present_journal_dirs():
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(folder)):
                if not name.startswith(prefix):
                    continue
                if name.endswith(SUFFIX):
                    if (lost := _claim(folder / name)) is not None:
                        yield lost
                elif name.endswith(".new"):
                    _remove_stale(folder / name)


def _claim(journal: Path) -> Lost | None:
    """The journal if its writer is dead and it can be read."""
    try:
        file = open(journal, "rb", opener=_opener)  # noqa: SIM115
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        state = os.fstat(file.fileno())
        record = replayed(file.read())
    except OSError:
        file.close()
        return None
    if record is None or state.st_nlink == 0:
        # The disk lost what a crash of the machine found unwritten.
        _remove_stale(journal)
        file.close()
        return None
    at = datetime.fromtimestamp(state.st_mtime, UTC)
    return Lost(record.path, record.state, at, journal, file)


def _opener(path: str, _: int) -> int:
    return os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)


def _remove_stale(path: Path) -> None:
    with contextlib.suppress(OSError):
        age = datetime.now(UTC).timestamp() - path.lstat().st_mtime
        if age > _STALE:
            path.unlink()
