"""The open document: its history, its file, and the outside world that edits draw on."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pmtui.core.document import Postmortem
from pmtui.core.edits.head import Keep
from pmtui.core.fields import Writing
from pmtui.core.history import History, Place
from pmtui.core.ids import NewId, random_id
from pmtui.core.merge import Merged, merge
from pmtui.core.zones import in_zone
from pmtui.errors import ChangedOnDisk, PmtuiError, StorageError
from pmtui.storage import recovery
from pmtui.storage.journal import Draft, Journal, State
from pmtui.storage.keeper import Keeper
from pmtui.storage.recovery import Lost
from pmtui.storage.settings import Settings
from pmtui.tui.messages import Change

Clock = Callable[[], datetime]
"""Gives the present moment, aware."""


def system_clock() -> datetime:
    """The present moment in the zone of this machine."""
    return datetime.now().astimezone()


@dataclass
class Session:
    """One document while it is open; the only one who changes it.

    `drafts` is what stands in fields and lines and is not in the document yet; `lost` is what an
    earlier editor of this file lost when it was killed, until that is brought back or left.
    """

    keeper: Keeper
    settings: Settings = field(default_factory=Settings)
    clock: Clock = system_clock
    new_id: NewId = random_id
    history: History = field(init=False)
    saved_at: datetime | None = None
    trouble: str = ""
    theirs_kept_in: str = ""
    drafts: tuple[Draft, ...] = ()
    lost: tuple[Lost, ...] = ()
    journal: Journal = field(init=False)

    _saving: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.path)
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

    def writing(self, keep: Keep = "moment") -> Writing:
        """What an edit needs from outside: the moment, in the incident's zone, and fresh ids."""
        zone = self.document.timezone
        return Writing(
            now=in_zone(self.clock(), zone),
            new_id=self.new_id,
            keep=keep,
            me=self.settings.name,
        )

    def apply(
        self, change: Change, label: str, before: Place, after: Place, group: str = ""
    ) -> bool:
        """Carry out an edit; False when it changed nothing.

        Raises:
            EditError, TimeError: The edit is not possible.
        """
        if self.read_only:
            return False
        document = change(self.document)
        return self.history.commit(document, label, before=before, after=after, group=group)

    def apply_quietly(self, change: Change) -> None:
        """Carry out an edit if it is possible; one that is refused changes nothing."""
        with suppress(PmtuiError):
            self.apply(change, "what was unfinished", Place(), Place())

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
                    self.theirs_kept_in = str(recovery.keep_aside(self.path, document))
            document = merged.document
        self.keeper.damage = ""
        self.history.close()
        self.history.commit(document, "bringing back what was lost")
        self.history.close()
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
        if document is self.keeper.document:
            return
        try:
            self.keeper.save(document)
        except StorageError as error:
            self.trouble = self._rescue(document, error)
        else:
            self.journal.record(State(document, document, drafts))

    def close(self) -> None:
        """End: write the document; the journal stays only if something is not in the file."""
        self.flush()
        for lost in self.lost:
            lost.release()
        if self.history.dirty or self.drafts:
            self.note()
            self.journal.close()
        else:
            self.journal.remove()

    async def save(self) -> bool:
        """Write the document if the file holds another; what went wrong stands in `trouble`."""
        async with self._saving:
            document = self.document
            if self.read_only or (not self.history.dirty and not self.trouble):
                return True
            try:
                await asyncio.to_thread(self.keeper.save, document)
            except ChangedOnDisk:
                self.trouble = "the file was changed by another program"
                return False
            except StorageError as error:
                self.trouble = await asyncio.to_thread(self._rescue, document, error)
                return False
            self.history.saved = document
            self.saved_at = self.clock()
            self.trouble = ""
            self.note()
            return True

    async def take_in(self) -> Merged | None:
        """What another program wrote into the file, merged into the document; None if nothing.

        The merged document is a revision of its own. Conflicts are for the person to settle; until
        then ours stands.
        """
        if not await asyncio.to_thread(self.keeper.changed_on_disk):
            return None
        async with self._saving:
            base = self.keeper.document
            try:
                theirs = await asyncio.to_thread(self.keeper.reread)
            except PmtuiError as error:
                self.trouble = f"the file on disk cannot be read: {error}"
                return None
            merged = merge(base, self.document, theirs)
            if merged.conflicts:
                self.theirs_kept_in = str(await asyncio.to_thread(self.keeper.keep_copy, theirs))
            self.history.close()
            self.history.commit(merged.document, "the merge with what another program wrote")
            self.history.close()
            self.history.saved = theirs
            self.trouble = ""
            self.note()
            return merged

    def flush(self) -> None:
        """Write the document now, without the event loop, as when the program is about to end."""
        document = self.document
        if self.read_only or not self.history.dirty:
            return
        try:
            self.keeper.save(document)
        except StorageError as error:
            self.trouble = self._rescue(document, error)
        else:
            self.history.saved = document
            self.trouble = ""
            self.note()

    def _rescue(self, document: Postmortem, error: StorageError) -> str:
        """Keep a copy elsewhere; gives the sentence for the status line."""
        try:
            copy = self.keeper.keep_copy(document)
        except StorageError as second:
            return f"not saved: {error.what}; no copy either: {second.what}"
        return f"not saved: {error.what}; your text is kept in {copy}"
