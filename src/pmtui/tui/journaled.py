"""A document with its journal: what is typed survives the process and comes back at the start."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from pathlib import Path
from threading import Lock

from pmtui.core.document import Postmortem
from pmtui.core.history import History
from pmtui.core.ids import NewId, random_id
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import merge
from pmtui.errors import StorageError
from pmtui.storage import recovery
from pmtui.storage.journal import Draft, Journal, State
from pmtui.storage.keeper import Keeper
from pmtui.storage.recovery import Lost
from pmtui.storage.settings import Settings

Clock = Callable[[], datetime]
"""Gives the present moment, aware."""


def system_clock() -> datetime:
    """The present moment in the zone of this machine."""
    return datetime.now().astimezone()


@dataclass
class Journaled:
    """The history of one document, its file, and the journal of what the file does not hold yet.

    `drafts` is what stands in fields and lines and is not in the document yet, as it was recorded;
    `unfinished` gives what stands there at this moment. `lost` is what an
    earlier editor of this file lost when it was killed, until that is brought back or left. Other
    versions of a text, which gave way in a merge, are kept in the files `theirs_kept_in`. Once the
    program is `ending`, the file holds what is unfinished too, and no save takes that out again.
    """

    keeper: Keeper
    settings: Settings = field(default_factory=Settings)
    clock: Clock = system_clock
    new_id: NewId = random_id
    history: History = field(init=False)
    saved_at: datetime | None = None
    trouble: str = ""
    theirs_kept_in: tuple[Path, ...] = ()
    drafts: tuple[Draft, ...] = ()
    unfinished: Callable[[], tuple[Draft, ...]] | None = None
    lost: tuple[Lost, ...] = ()
    ending: bool = field(default=False, init=False)
    journal: Journal = field(init=False)
    _turn: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.path, self.keeper.text_of)
        self.history = History(self.keeper.document, watch=self.note)

    @property
    def document(self) -> Postmortem:
        """The document as it is now."""
        return self.history.document

    @property
    def path(self) -> Path:
        """The file."""
        return self.keeper.path

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, `""` when it can."""
        return self.keeper.read_only

    def note(self, drafts: tuple[Draft, ...] | None = None) -> None:
        """Have the journal say what the document is now, and what stands unfinished beside it."""
        if drafts is not None:
            self.drafts = drafts
        if not self.read_only:
            self.journal.record(State(self.history.saved, self.document, self.drafts))

    def look_for_lost(self) -> None:
        """Find what an editor that was killed did not get into the file."""
        if not self.read_only:
            self.lost = recovery.find(self.path, self._held)

    @property
    def _held(self) -> Postmortem | None:
        """The document in the file when it was opened, None where there was none to read."""
        return None if self.keeper.damage or not self.path.exists() else self.history.saved

    def bring_back(self) -> tuple[Draft, ...]:
        """Merge what was lost into the document, as one revision; gives the drafts to put back.

        Where the file has other words in the same place, those stay in the recovery folder.
        """
        held = self._held
        document = self.document if held is not None else self.lost[0].state.document
        for lost in self.lost:
            merged = merge(lost.state.base, lost.state.document, document)
            if merged.conflicts:
                with suppress(StorageError):
                    self.theirs_kept_in += (recovery.keep_aside(self.path, document),)
            document = merged.document
            self.keeper.take_over_copy(lost.state.document)
        self.keeper.damage = ""
        with self.history.apart():
            self.history.commit(document, "bringing back what was lost")
        return tuple(draft for lost in self.lost for draft in lost.state.drafts)

    def forget_lost(self) -> None:
        """What was lost is in the document and its journal now, or else stays where it is."""
        self.note()
        for lost in self.lost:
            if self.journal.trouble:
                lost.release()
            else:
                lost.drop()
        self.lost = ()

    def leave_lost(self) -> list[Path]:
        """Put what was lost aside, out of the file; gives the places.

        Raises:
            StorageError: It cannot be put there; it will be offered again.
        """
        lost, self.lost = self.lost, ()
        try:
            return [each.keep() for each in lost]
        finally:
            for each in lost:
                each.release()

    def write_down(self, document: Postmortem, drafts: tuple[Draft, ...]) -> None:
        """Have the file hold `document` now, though it is no revision; only `drafts` are not in it.

        The journal says so too, in case this process does not live to say more.
        """
        self.ending = True
        if document is self.keeper.document:
            return
        try:
            with self._turn:
                self.keeper.save(document)
        except StorageError as error:
            self.trouble = self._rescue(document, error)
        else:
            self.journal.record(State(document, document, drafts))

    def _rescue(self, document: Postmortem, error: StorageError) -> str:
        """Keep a copy elsewhere; gives the sentence for the status line."""
        try:
            copy = self.keeper.keep_copy(document)
        except StorageError as second:
            return f"not saved: {error.what}; no copy either: {second.what}"
        return f"not saved: {error.what}; your text is kept in {copy}"
