"""Revisions of the document: every edit is one, typing is gathered, undo says what it undid."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace

from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.merge import merge


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands: a pane, a field or item in it, and row and column in its text."""

    pane: str = ""
    item: str = ""
    cursor: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Revision:
    """A document, what made it, and where the cursor stood before and after.

    A `foreign` one is what another program wrote, merged in.
    """

    document: Postmortem
    label: str = ""
    before: Place = Place()
    after: Place = Place()
    group: str = ""
    foreign: bool = False


_NOWHERE = Place()


@dataclass
class History:
    """All revisions since the file was opened; parts are shared, so each costs what changed.

    `saved` is the document that is in the file; the document is dirty when it is another. `watch`
    is called after each change of the document, also by undo.
    """

    saved: Postmortem
    watch: Callable[[], None] = lambda: None
    _revisions: list[Revision] = field(default_factory=list)
    _at: int = 0
    _open: bool = False

    def __post_init__(self) -> None:
        if not self._revisions:
            self._revisions.append(Revision(self.saved))

    @property
    def document(self) -> Postmortem:
        """The document as it is now."""
        return self._revisions[self._at].document

    @property
    def dirty(self) -> bool:
        """Whether the file holds something else than the document."""
        return self.document is not self.saved and self.document != self.saved

    def commit(
        self,
        document: Postmortem,
        label: str,
        *,
        before: Place = _NOWHERE,
        after: Place = _NOWHERE,
        group: str = "",
    ) -> bool:
        """Make `document` the present one; False when it is the same as before.

        Commits in a row with the same `group` become one revision, until `close` is called.
        What had been undone is let go.
        """
        now = self._revisions[self._at]
        if document is now.document or document == now.document:
            return False
        del self._revisions[self._at + 1 :]
        joins = bool(group) and self._open and now.group == group and self._at > 0
        if joins:
            self._revisions[self._at] = replace(now, document=document, after=after)
        else:
            self._revisions.append(Revision(document, label, before, after, group))
            self._at += 1
        self._open = True
        self.watch()
        return True

    def take_in(self, document: Postmortem, label: str) -> bool:
        """Make `document`, which has another program's changes in it, a revision of its own.

        What had been undone can still be done again. False when there was nothing new in it.
        """
        undone, at = self._revisions[self._at + 1 :], self.document
        with self.apart():
            if not self.commit(document, label):
                return False
        self._revisions[self._at] = replace(self._revisions[self._at], foreign=True)
        for each in undone:
            merged = merge(at, each.document, document)
            if merged.conflicts or merged.revived:
                break
            self._revisions.append(replace(each, document=merged.document))
        return True

    def close(self) -> None:
        """End the present group: the next commit is a revision of its own."""
        self._open = False

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is committed within is a revision of its own, joined to nothing around it."""
        self.close()
        yield
        self.close()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self._at + 1 < len(self._revisions)

    def undo(self) -> Revision | None:
        """Step back; gives the revision that was undone, None when there is none.

        The person's own edits go first: what another program wrote since stays, unless it rests on
        the edit.
        """
        if self._at == 0:
            return None
        self._bring_up_own()
        undone = self._revisions[self._at]
        self._at -= 1
        self._open = False
        self.watch()
        return undone

    def redo(self) -> Revision | None:
        """Step forward again; gives the revision that came back, None when there is none."""
        if self._at + 1 == len(self._revisions):
            return None
        self._at += 1
        self._open = False
        self.watch()
        return self._revisions[self._at]

    def _bring_up_own(self) -> None:
        """Let the last own edit change places with what other programs wrote after it."""
        top = self._at
        at = next((n for n in range(top, 0, -1) if not self._revisions[n].foreign), top)
        own, before = self._revisions[at], self._revisions[at - 1].document
        without = []
        for each in self._revisions[at + 1 : top + 1]:
            merged = merge(own.document, each.document, before)
            if merged.conflicts or merged.revived:
                return
            without.append(replace(each, document=merged.document))
        self._revisions[at : top + 1] = [*without, replace(own, document=self.document)]
