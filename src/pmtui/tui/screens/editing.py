"""What the panes ask for becomes a named edit of the document, and the result goes down again."""

from contextlib import suppress
from time import monotonic

from textual import on

from pmtui.core.edits import head
from pmtui.core.fields import Field, fields_of
from pmtui.core.history import Place, Revision
from pmtui.errors import PmtuiError
from pmtui.tui.messages import Change, FieldLeft, FieldTyped, Requested
from pmtui.tui.screens.navigation import FORMS, LISTS
from pmtui.tui.screens.questions import Question, question_of
from pmtui.tui.screens.sharing import Sharing

PAUSE = 1.5
"""Seconds without a key after which further typing is undone by itself."""


class Editing(Sharing):
    """The part of the editor screen that changes the document: the one writer."""

    _last_typed = 0.0
    _leaving = False
    """Whether the person was told what leaving does, and nothing was changed since."""

    def hand_down(self, typed: str = "") -> None:
        """Give the document to every pane."""
        raise NotImplementedError

    def save_soon(self) -> None:
        """Write the file within a second."""
        raise NotImplementedError

    def _apply(
        self,
        change: Change,
        label: str,
        before: Place,
        after: Place,
        group: str = "",
        typed: str = "",
    ) -> str:
        """Apply an edit and hand the result down; gives the reason if it was refused."""
        try:
            changed = self.session.apply(change, label, before, after, group)
        except PmtuiError as error:
            return str(error)
        if changed:
            self.hand_down(typed)
            self.save_soon()
        return ""

    @on(Requested)
    def _requested(self, event: Requested) -> None:
        event.stop()
        with self.session.history.apart():
            reason = self._apply(event.change, event.label, event.before, event.after)
        if reason:
            self.say(reason, "error")
        elif event.after.pane in LISTS:
            self.lined(event.after.pane).rows.move_to(event.after.item)
            self.say(_done(event.label, self.key_of("undo")))

    def _field(self, field_id: str) -> Field | None:
        fields = (field for name in FORMS for field in fields_of(self.document, name))
        return next((field for field in fields if field.id == field_id), None)

    @on(FieldTyped)
    def _typed(self, event: FieldTyped) -> None:
        event.stop()
        field = self._field(event.field_id)
        if field is None:
            return
        form = self.form(field.pane)
        if form.current is field and form.editor.text != event.text:
            return  # what stands there by now comes with the next message, or was taken already
        now = monotonic()
        if now - self._last_typed > PAUSE:
            self.session.history.close()
        self._last_typed = now
        writing = self.session.writing()
        reason = self._apply(
            lambda document: field.write(document, event.text, writing),
            f"typing in {field.label}",
            event.before,
            event.after,
            group=field.id,
            typed=field.id,
        )
        self._refuse(field, event.text, reason)

    def gather_typed(self) -> None:
        """Put what was typed into the present field this very moment into the document."""
        form = self.form(self.active) if self.active in FORMS else None
        field = form.current if form else None
        if form is None or field is None or not field.live or form.read_only:
            return
        text, writing = form.editor.text, self.session.writing()
        if text != field.read(self.document):
            with suppress(PmtuiError):
                self.session.apply(
                    lambda document: field.write(document, text, writing),
                    f"typing in {field.label}",
                    form.place,
                    form.place,
                    group=field.id,
                )

    @on(FieldLeft)
    def _left(self, event: FieldLeft) -> None:
        event.stop()
        field = self._field(event.field_id)
        if field is None:
            return
        self.session.history.close()
        if not field.live:
            writing = self.session.writing()
            question = question_of(self.document, field, event.text, writing)
            if question and not self._leaving:
                self._ask(question, field, event.text)
                return
            self._set(field, event.text)
        if (leave := field.leave) is not None:
            writing, place = self.session.writing(), Place(field.pane, field.id)
            reason = self._apply(
                lambda document: leave(document, writing),
                f"what “{field.label}” says",
                place,
                place,
            )
            if reason:
                self.say(reason, "error")
        self.session.history.close()

    def _set(self, field: Field, text: str, keep: head.Keep = "moment") -> None:
        """Write a field that is taken as a whole; what is refused stays in it, with the reason."""
        writing = self.session.writing(keep)
        place = Place(field.pane, field.id)
        reason = self._apply(
            lambda document: field.write(document, text, writing),
            f"set {field.label}",
            place,
            place,
        )
        self._refuse(field, text, reason)

    def _refuse(self, field: Field, text: str, reason: str) -> None:
        """Keep what a field refused in it, with the reason; say that here, once, if out of sight.

        An empty reason takes an earlier refusal away.
        """
        form = self.form(field.pane)
        refused_before = form.refuse(field.id, text, reason)
        if not reason:
            if refused_before:
                self.say("")
            return
        beside = form.current is not None and field is not form.current
        self.say(f"{field.label}: not taken yet" if beside else f"{field.label}: {reason}", "error")

    def _ask(self, question: Question, field: Field, text: str) -> None:
        def answered(keep: str) -> None:
            self._set(field, text, "clock" if keep == "clock" else "moment")

        self.offer(question.title, list(question.options), answered)

    def run_undo(self) -> None:
        """Undo, and put the cursor back."""
        undone = self.session.undo()
        if undone is not None:
            self._stepped(undone, undone.before, "Undid")

    def run_redo(self) -> None:
        """Redo, and put the cursor back."""
        redone = self.session.redo()
        if redone is not None:
            self._stepped(redone, redone.after, "Did again")

    def _stepped(self, revision: Revision, place: Place, what: str) -> None:
        self.hand_down()
        self.save_soon()
        if place.pane:
            self.go(place)
        if revision.foreign and what == "Undid":
            gone = f"it goes out of the file too; {self.key_of('redo')} brings it back"
            self.say(f"{what} {revision.label}; {gone}", "warning")
        else:
            self.say(f"{what}: {revision.label}")

    def run_external(self) -> None:
        """Open the present field in $EDITOR."""
        form = self.form(self.active)
        field = form.current
        if field is None:
            return
        before = form.place
        text = self.edit_externally(form.editor.text)
        if text is not None:
            writing = self.session.writing()
            reason = self._apply(
                lambda document: field.write(document, form.cleaned(text), writing),
                f"editing {field.label} in $EDITOR",
                before,
                before,
            )
            if reason:
                self.say(reason, "error")


def _done(label: str, undo: str) -> str:
    """What to say of an edit: nothing where one item was added and is in sight."""
    verb, _, what = label.partition(" ")
    if verb != "add":
        return f"Done: {label} · {undo} undoes it"
    return f"Added {what} · {undo} takes them back" if what[0].isdigit() else ""
