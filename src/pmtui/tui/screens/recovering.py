"""What stands unfinished in fields and lines: kept in the journal, brought back, never dropped."""

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.errors import PmtuiError
from pmtui.storage.journal import Draft
from pmtui.storage.recovery import brought_back
from pmtui.tui.screens.editing import Editing
from pmtui.tui.screens.navigation import FORMS, LISTS


def _rank(draft: Draft) -> int:
    """Fields go back first and an edit in place last: it is taken as soon as the cursor leaves."""
    return ("/line" in draft.place) + 2 * ("/overlay" in draft.place)


class Recovering(Editing):
    """The part of the editor screen that knows what is in no document yet."""

    _told_of_journal = False
    _at_last: tuple[Draft, ...] | None = None
    """What the document would not take when all that stood unfinished was put into it, for good."""

    def note_unfinished(self) -> None:
        """Have the journal say what stands in fields and lines; if it cannot, say so once."""
        if not self.is_mounted or self.session.read_only:
            return
        self.session.note(self.unfinished())
        if (trouble := self.session.journal.trouble) and not self._told_of_journal:
            self._told_of_journal = True
            self.say(
                f"No journal is kept: {trouble}. {self.key_of('save')} saves as always", "warning"
            )

    def unfinished(self) -> tuple[Draft, ...]:
        """What stands in fields and lines and is in no document yet."""
        if self._at_last is not None:
            return self._at_last
        forms = (draft for name in FORMS for draft in self.form(name).drafts())
        lists = (draft for name in LISTS for draft in self.lined(name).drafts())
        return (*forms, *lists)

    def taken(self) -> tuple[Postmortem, tuple[Draft, ...]]:
        """The document with what stands unfinished, and the drafts that it would not take.

        Nothing is asked for, drawn or changed, so that it can be done at any moment.
        """
        document: Postmortem = self.document
        if self._at_last is not None:
            return document, self._at_last
        left: list[Draft] = []
        for name in LISTS:
            try:
                for change in self.lined(name).unfinished():
                    document = change(document)
            except PmtuiError:
                left += self.lined(name).drafts()
        writing = self.session.writing()
        for name in FORMS:
            for draft in self.form(name).drafts():
                field = self._field(draft.place.partition("/")[2])
                # A field that is taken as a whole may just have been emptied to be typed anew.
                if field is not None and not field.live and not draft.text.strip():
                    continue
                try:
                    if field is None:
                        raise PmtuiError("the field is gone")
                    document = field.write(document, draft.text, writing)
                except PmtuiError:
                    left.append(draft)
        return document, tuple(left)

    def take_unfinished(self) -> None:
        """Put what stands unfinished into the document, for good: no message is handled any more.

        What it does not take stays in the journal, for the next start.
        """
        if self.session.read_only:
            return
        document, self._at_last = self.taken()
        self.session.apply_quietly(lambda _: document)
        self.session.note(self._at_last)

    def write_down(self) -> None:
        """Have the file hold all that was typed, at once, and without changing anything here."""
        if self.session.read_only:
            return
        document, left = self.taken()
        self.session.write_down(document, left)

    # -- after a kill --------------------------------------------------------------------------

    def offer_lost(self) -> None:
        """Show what an editor that was killed did not get into the file, and ask."""
        session = self.session
        if not session.lost:
            return
        from pmtui.core.changes.listed import listed_changes
        from pmtui.tui.screens.recovery import RecoveryScreen

        held = None if session.keeper.damage or not session.path.exists() else self.document
        after = brought_back(held, session.lost)
        lines = listed_changes(held or Postmortem(), after)
        for lost in session.lost:
            lines += [f"✎ {self._where(draft)}: {draft.text}" for draft in lost.state.drafts]
        at = in_zone(session.lost[-1].at, self.document.timezone)
        heading = f"pmtui ended on {at:%d %b at %H:%M} without saving this."
        if session.keeper.damage:
            heading += " The file itself cannot be read any more."
        elif held is None:
            heading += " There is no such file now."
        self.app.push_screen(RecoveryScreen(heading, lines, self.key_of("undo")), self._answered)

    def _where(self, draft: Draft) -> str:
        pane, _, place = draft.place.partition("/")
        field = self._field(place)
        if field is not None:
            return f"typed in {field.label}"
        what = {"timeline": "event", "tasks": "task"}.get(pane, pane)
        return f"half an edit of the {what}" if place == "overlay" else f"half an {what}"

    def _answered(self, wanted: bool | None) -> None:
        if wanted:
            self._bring_back()
        elif wanted is not None:
            self._leave()

    def _bring_back(self) -> None:
        drafts = self.session.bring_back()
        self.hand_down()
        for draft in sorted(drafts, key=_rank):
            self._put_back(draft)
        if drafts and (last := max(drafts, key=_rank).place).split("/")[0] in FORMS:
            pane, _, field_id = last.partition("/")
            self.go(Place(pane, field_id))
        self.session.forget_lost()
        self.note_unfinished()
        self.save_soon()
        also = ", ".join(map(str, self.session.theirs_kept_in))
        kept = f"; what the file had in the same places is in {also}" if also else ""
        self.say(f"Brought back{kept} · {self.key_of('undo')} undoes it", "success")

    def _put_back(self, draft: Draft) -> None:
        pane, _, place = draft.place.partition("/")
        if pane in FORMS and self._field(place) is not None:
            self.form(pane).put_back(place, draft.text)
        else:
            name = pane if pane in LISTS else "timeline"
            self.activate(name)
            self.lined(name).put_back(draft)

    def _leave(self) -> None:
        try:
            places = ", ".join(map(str, self.session.leave_lost()))
        except PmtuiError as error:
            self.say(f"{error}; it will be offered again", "error")
            return
        self.say(f"Left aside: it is in {places}")
        if damage := self.session.keeper.damage:
            self.session.trouble = damage
            self.app.exit(return_code=1)
