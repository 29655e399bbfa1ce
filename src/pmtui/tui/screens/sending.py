"""Sending words of a text to where they belong: a menu of targets, and what was sent in words."""

from textual.widgets.text_area import Selection

from pmtui.core import sending
from pmtui.core.document import Postmortem
from pmtui.core.fields import Field, fields_of
from pmtui.core.history import Place
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.passages import items
from pmtui.core.sending import BY_ID, Scope, Sent, Source, Target
from pmtui.core.text import counted, offset_of, one_line, spot_of
from pmtui.tui.screens.review import Reviewing
from pmtui.tui.widgets.menu import Option

_SCOPE_KEY = "."
_SHOWN = 30
"""Characters of what is sent that the menu shows."""


@dataclass(frozen=True, slots=True)
class _Sending:
    """What is being sent, where the cursor stood, and what was selected there."""

    source: Source
    place: Place
    selection: Selection
    marked: bool


class Sending(Reviewing):
    """The part of the editor screen that sends words from one field to another, or to a list."""

    def run_send(self) -> None:
        """Offer where the selection, or else the passage under the cursor, can be sent."""
        self.gather_typed()
        editor = self.form(self.active).editor
        marked = editor.selection.start != editor.selection.end
        self._offer_targets("selection" if marked else "passage", marked)

    def _offer_targets(self, scope: Scope, marked: bool) -> None:
        form = self.form(self.active)
        field, editor = form.current, form.editor
        if field is None:
            return
        text, selection = editor.text, editor.selection
        cuts = (offset_of(text, selection.start), offset_of(text, selection.end))
        source = sending.source(field, text, cuts[1], scope, cuts)
        if source is None:
            self.say("There are no words here to send", "warning")
            return
        begun = _Sending(source, form.place, selection, marked)
        options = [Option(each.letter, each.label, each.id) for each in sending.targets(source)]
        smaller: Scope = "selection" if marked else "passage"
        other: Scope = smaller if scope == "all" else "all"
        there = sending.source(field, text, cuts[1], other, cuts)
        if there and (there.start, there.stop) != (source.start, source.stop):
            options.append(Option(_SCOPE_KEY, f"{_what(there)} instead", _SCOPE_KEY))

        def chosen(value: str) -> None:
            if value == _SCOPE_KEY:
                self._offer_targets(other, marked)
            elif editor.text != text or form.current is not field:
                self.say("The text changed meanwhile; nothing was sent", "warning")
            else:
                self._send(begun, BY_ID[value])

        def put_back() -> None:
            if editor.text == text and form.current is field:
                editor.selection = selection

        words = one_line(source.words)
        shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
        self.offer(f"Send {_what(source)} “{shown}” to", options, chosen, put_back)
        editor.selection = Selection(spot_of(text, source.start), spot_of(text, source.stop))

    def _send(self, begun: _Sending, to: Target) -> None:
        source, before = begun.source, begun.place
        done: list[Sent] = []

        def change(document: Postmortem) -> Postmortem:
            done[:] = [sending.send(document, source, to, self.session.writing())]
            return done[0].document

        label = f"send {_what(source)} of “{source.field.label}” to {_where(to)}"
        ids = self.form(before.pane).field_ids()
        with self.session.history.apart():
            reason = self._apply(change, label, before, before)
        if reason or not done:
            self.say(reason, "error")
            return
        self.go(self._place_after(source.field, done[0], ids))
        undone = f"{self.key_of('undo')} undoes it"
        self.say(f"{_told(source, to, done[0])} · {undone}", "success")

    def _place_after(self, field: Field, sent: Sent, ids: list[str]) -> Place:
        """Where the cursor belongs: at what followed the words, or in the field that followed."""
        left = [each.id for each in fields_of(self.document, field.pane)]
        if field.id in left:
            text = self.form(field.pane).editor.text
            return Place(field.pane, field.id, spot_of(text, min(sent.offset, len(text))))
        at = ids.index(field.id)
        after = next((each for each in ids[at + 1 :] if each in left), None)
        return Place(field.pane, after or left[-1])


def _what(source: Source) -> str:
    """What is sent, for a menu and for undo."""
    if source.scope == "selection":
        return "the selection"
    if source.scope == "all":
        return "the section" if source.field.id.startswith("section:") else "the whole text"
    if source.field.listed:
        return "the line"
    found = items(source.words)
    return "the list" if any(item.listed for item in found) else "the paragraph"


def _where(to: Target) -> str:
    """The target in a sentence."""
    return to.label if to.id != "section" else "a section of its own"


def _told(source: Source, to: Target, sent: Sent) -> str:
    """What went where, what stayed, and what is gone."""
    made = f" as {counted(sent.count, to.noun)}" if to.noun else ""
    parts = [f"Sent {_what(source)} to {_where(to)}{made}"]
    if sent.untimed:
        parts.append("it has no time" if sent.count == 1 else f"{sent.untimed} without a time")
    if sent.stayed:
        stay = "stays" if sent.stayed == 1 else "stay"
        parts.append(f"{counted(sent.stayed, 'paragraph')} around the list {stay}")
    if sent.gone:
        parts.append(f"the heading “{sent.gone}” of the empty section is gone")
    return "; ".join(parts)
