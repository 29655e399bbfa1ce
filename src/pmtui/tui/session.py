"""The open document: its history, its file, and the outside world that edits draw on."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field

from pmtui.core.changes.conflicts import OpenConflict, opened, present, settled
from pmtui.core.changes.differences import counted, differences
from pmtui.core.changes.keyed import Steps
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Postmortem
from pmtui.core.edits.head import Keep
from pmtui.core.fields import Writing
from pmtui.core.history import Place, Revision
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import merge
from pmtui.core.text import plural
from pmtui.errors import ChangedOnDisk, PmtuiError, StorageError
from pmtui.storage.presence import Presence
from pmtui.tui.journaled import Journaled
from pmtui.tui.messages import Change


@dataclass(frozen=True, slots=True)
class Arrival:
    """What another program wrote, in one clause, and how many conflicts came of it."""

    news: str
    conflicts: int
    revived: int


@dataclass
class Session(Journaled):
    """One document while it is open; the only one who changes it.

    `conflicts` wait to be settled, ours standing in the document meanwhile; the other sides of them
    are kept in the files `theirs_kept_in`.
    """

    conflicts: tuple[OpenConflict, ...] = ()

    _presence: Presence | None = field(default=None, init=False)
    _settlements: list[tuple[Postmortem, tuple[OpenConflict, ...]]] = field(
        default_factory=list, init=False
    )
    _saving: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if marked := self.keeper.marked:
            document = self.document
            found = marked.merged.conflicts
            self.conflicts = opened((), found, marked.theirs, document, document)

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
        if self.unfinished is not None:
            # What became an item left its line: a kill must find it in one of them, not in both.
            self.drafts = self.unfinished()
        return self.history.commit(document, label, before=before, after=after, group=group)

    def apply_quietly(self, change: Change) -> None:
        """Carry out an edit if it is possible; one that is refused changes nothing."""
        with suppress(PmtuiError):
            self.apply(change, "what was unfinished", Place(), Place())

    @property
    def is_only_named(self) -> bool:
        """Whether the document has a title, and nothing is told yet of what happened."""
        blank = {"title": "", "severity": "", "status": "draft", "reference": "", "timezone": ""}
        return bool(self.document.title) and self.document.revise(**blank) == Postmortem()

    def arrive(self) -> bool:
        """Say that the document is open here; whether another pmtui has it open too."""
        if self._presence is None:
            self._presence = Presence.announce(self.path)
        return self._presence.company

    def leave(self) -> str:
        """End; gives what is to be said of conflicts that are not settled."""
        if self._presence is not None:
            self._presence.leave()
        if not self.open_conflicts():
            for place in self.theirs_kept_in:
                with suppress(OSError):
                    place.unlink()
            return ""
        if self.keeper.marked:
            return "the file still has git's conflict markers"
        self._keep_theirs()
        told = f"{plural(len(self.conflicts), 'conflict')} not settled: yours is in the file"
        places = ", ".join(map(str, self.theirs_kept_in))
        return f"{told}, the other side's is kept in {places}" if places else told

    async def save(self, always: bool = False) -> bool:
        """Write the document if the file holds another; what went wrong stands in `trouble`.

        With `always` git's conflict markers in the file give way too.
        """
        async with self._saving:
            document = self.document
            marked = always and self.keeper.marked is not None
            if self.read_only or not (self.history.dirty or self.trouble or marked):
                return True
            try:
                if not await asyncio.to_thread(self._write_unless_ending, document):
                    return True
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

    def _write_unless_ending(self, document: Postmortem) -> bool:
        """Write `document`; False where a signal had the file hold what is unfinished as well."""
        with self._turn:
            if not self.ending:
                self._write(document)
            return not self.ending

    def _write(self, document: Postmortem) -> None:
        if self.keeper.marked:
            self._keep_theirs()
        self.keeper.save(document)

    def _keep_theirs(self) -> None:
        """Keep the other sides of the open conflicts in files, as far as that is possible."""
        with suppress(StorageError):
            for source in {id(each.source): each.source for each in self.conflicts}.values():
                place = self.keeper.keep_theirs(source)
                if place not in self.theirs_kept_in:
                    self.theirs_kept_in += (place,)

    async def take_in(self, gather: Callable[[], None] = lambda: None) -> Arrival | None:
        """What another program wrote into the file, merged into the document; None if nothing.

        The merged document is a revision of its own. `gather` puts what is being typed into the
        document, in the same moment as the merge. Conflicts are for the person to settle; until
        then ours stands.
        """
        async with self._saving:
            if not await asyncio.to_thread(self.keeper.changed_on_disk):
                return None
            base = self.keeper.document
            try:
                theirs = await asyncio.to_thread(self.keeper.reread)
            except PmtuiError as error:
                self.trouble = f"the file on disk cannot be read: {error}"
                return None
            if self.ending:
                return None  # a signal had the file written meanwhile, with what is unfinished
            gather()
            before = self.document
            merged = merge(base, before, theirs)
            marked = self.keeper.marked
            news = counted(differences(base, theirs), theirs)
            label = f"what another program wrote: {news or 'nothing new'}"
            self.history.take_in(merged.document, label)
            self.history.saved = theirs
            self.trouble = ""
            open_before = self.conflicts
            if marked:
                found = marked.merged.conflicts
                self.conflicts = opened(open_before, found, marked.theirs, before, self.document)
            self.conflicts = opened(self.conflicts, merged.conflicts, theirs, before, self.document)
            arrived = len({c.steps for c in self.conflicts} - {c.steps for c in open_before})
            self.note()
            if merged.conflicts:
                await asyncio.to_thread(self._keep_theirs)
            return Arrival(news, arrived, len(merged.revived))

    def open_conflicts(self) -> tuple[OpenConflict, ...]:
        """The conflicts as they are now; those whose two sides became the same are over."""
        found = tuple(present(conflict, self.document) for conflict in self.conflicts)
        self.conflicts = tuple(each for each in found if each.ours != each.theirs)
        return self.conflicts

    def settle(self, choices: Mapping[Steps, object], before: Place) -> None:
        """Put the chosen values in the document, as one revision; these conflicts are over.

        Raises:
            EditError: A field cannot hold what was chosen for it; nothing was changed.
        """
        document = self.document
        chosen = [each for each in self.conflicts if each.steps in choices]
        for conflict in chosen:
            document = settled(document, conflict, choices[conflict.steps])
        label = f"the settling of {plural(len(chosen), 'conflict')}"
        with self.history.apart():
            self.history.commit(document, label, before=before, after=before)
        self.conflicts = tuple(each for each in self.conflicts if each.steps not in choices)
        self._settlements.append((self.document, tuple(chosen)))

    def undo(self) -> Revision | None:
        """Step back; conflicts whose settling is undone wait again."""
        undone = self.history.undo()
        if undone is not None:
            waiting = {each.steps for each in self.conflicts}
            for document, conflicts in self._settlements:
                if document == undone.document:
                    again = (each for each in conflicts if each.steps not in waiting)
                    self.conflicts = (*self.conflicts, *again)
        return undone

    def redo(self) -> Revision | None:
        """Step forward again; conflicts whose settling is done again are over."""
        redone = self.history.redo()
        if redone is not None:
            for document, conflicts in self._settlements:
                if document == redone.document:
                    over = {each.steps for each in conflicts}
                    self.conflicts = tuple(c for c in self.conflicts if c.steps not in over)
        return redone

    def flush(self) -> None:
        """Write the document now, without the event loop, as when the program is about to end."""
        document = self.document
        if self.read_only or not self.history.dirty:
            return
        try:
            self._write(document)
        except StorageError as error:
            self.trouble = self._rescue(document, error)
        else:
            self.history.saved = document
            self.trouble = ""
            self.note()

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
