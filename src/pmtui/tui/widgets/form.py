"""A pane of fields: drawn as text, with one editor that stands in the place of the present one."""

from collections.abc import Iterator
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from pmtui.core.changes.text_merge import follow
from pmtui.core.clock.zones import is_abbreviation, zone_names
from pmtui.core.document import Postmortem
from pmtui.core.fields import Field, fields_of
from pmtui.core.history import Place
from pmtui.core.text import offset_of, replace_controls, spot_of
from pmtui.storage.journal import Draft
from pmtui.tui.command import read_only_words
from pmtui.tui.messages import FieldLeft, FieldTyped, PaneLeft, Said
from pmtui.tui.widgets.fields_view import FieldsView, placeholder
from pmtui.tui.widgets.text_field import TextField

_CHOICES = 5
"""How many more completions are named at once."""


def choices_for(field: Field, text: str) -> tuple[str, ...]:
    """What may stand in the field and begins like `text`; a zone may be named by its city."""
    typed = text.strip().casefold()
    if not typed:
        return ()
    if field.id != "timezone":
        return tuple(choice for choice in field.choices if choice.startswith(typed))
    if is_abbreviation(typed):
        return ()
    typed = typed.replace(" ", "_")
    names = [(name.casefold(), name) for name in zone_names()]
    whole = tuple(name for folded, name in names if folded.startswith(typed))
    return whole or tuple(
        name for folded, name in names if folded.rpartition("/")[2].startswith(typed)
    )


class FormPane(VerticalScroll):
    """The fields of one pane; what is typed goes up as a message, the document flows down."""

    can_focus = False

    def __init__(self, name: str, title: str) -> None:
        super().__init__(id=name, classes="pane form")
        self.pane = name
        self.border_title = Content(title)
        self.read_only = ""
        self._fields: tuple[Field, ...] = ()
        self._texts: dict[str, str] = {}
        self._refused: dict[str, tuple[str, str]] = {}
        self._current: Field | None = None
        self._sent: str | None = None
        self._cursor: tuple[int, int] = (0, 0)
        self._cycle: tuple[str, tuple[str, ...]] | None = None

    def compose(self) -> ComposeResult:
        """The fields above the present one; `_row` adds it, and those below."""
        yield FieldsView("above")

    @property
    def _row(self) -> Container:
        """Label and editor of the present field, made when there is one for the first time."""
        rows = self.query_children("#row").results(Container)
        if row := next(iter(rows), None):
            return row
        row = Container(id="row")
        self.mount(row, FieldsView("below"), after="#above")
        row.mount(Static(id="label", markup=False), TextField())
        return row

    @property
    def editor(self) -> TextField:
        """The editor of the present field."""
        return self.query_one(TextField)

    @property
    def current(self) -> Field | None:
        """The field that is being edited."""
        return self._current

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        return Place(self.pane, self._current.id if self._current else "", self._cursor)

    def field_ids(self) -> list[str]:
        """The ids of the fields in their order."""
        return [field.id for field in self._fields]

    def show(self, document: Postmortem, typed: str = "") -> None:
        """Draw the document.

        The editor is touched only if its text became another; not when it was `typed` there, since
        the document may hold it without the blank at its end, nor while it has what only leaving
        the field would hand up.
        """
        self._fields = fields_of(document, self.pane)
        before, self._texts = self._texts, {f.id: f.read(document) for f in self._fields}
        if before == self._texts:
            return
        self._refused = {
            id: (text, why) for id, (text, why) in self._refused.items() if id in self._texts
        }
        field = self._current
        if field is not None and field.id not in self._texts:
            self.leave()
        elif (
            field is not None
            and field.id != typed
            and before.get(field.id) != self._texts[field.id]
            and (field.live or self.editor.text == self._sent)
        ):
            self._load(field, self._followed(self._texts[field.id]))
        self._draw()

    def _followed(self, after: str) -> tuple[int, int]:
        """Where the cursor belongs once the editor's text is `after`: beside the same words."""
        before = self.editor.text
        offset = offset_of(before, self.editor.cursor_location)
        return spot_of(after, follow(before, after, offset))

    def _text(self, field: Field) -> tuple[str, str]:
        """The text of a field as shown: what was refused stays until it is put right."""
        return self._refused.get(field.id, (self._texts.get(field.id, ""), ""))

    def _offered(self, field: Field) -> Field:
        """The field, without its hint where nothing can be typed."""
        return replace(field, hint="") if self.read_only else field

    def _draw(self) -> None:
        shown = [(self._offered(field), *self._text(field)) for field in self._fields]
        at = len(shown)
        if self._current is not None:
            at = self.field_ids().index(self._current.id)
        self.query_one("#above", FieldsView).show(shown[:at])
        for below in self.query_children("#below").results(FieldsView):
            below.show(shown[at + 1 :])

    def edit(self, field_id: str, cursor: tuple[int, int] | None = None) -> None:
        """Put the editor in the place of this field, cursor at `cursor` or at the text's end."""
        field = next((f for f in self._fields if f.id == field_id), None)
        if field is None:
            field = self._fields[0]
        if field is not self._current:
            self.leave()
            self._current = field
            row = self._row
            row.query_one("#label", Static).update(Content(field.label))
            row.set_class(field.prose, "-prose")
            self._load(field, cursor)
            row.display = True
            self._draw()
        elif cursor is not None:
            self.editor.open(self.editor.text, cursor=cursor)
        self.screen.set_focus(self.editor, scroll_visible=False)
        self.call_after_refresh(self.reveal)

    def _load(self, field: Field, cursor: tuple[int, int] | None) -> None:
        editor = self.editor
        editor.one_line = not field.prose
        editor.read_only = bool(self.read_only)
        # As Content, or `[title]` would be taken for markup.
        editor.placeholder = Content(placeholder(self._offered(field)))
        text = self._text(field)[0]
        with editor.prevent(TextArea.Changed):
            editor.open(text, cursor=cursor)
            if not field.live and cursor is None:
                editor.select_all()
        self._sent = text
        self._cursor = editor.cursor_location
        editor.refresh(layout=True)

    def leave(self) -> None:
        """Take the editor away; what stands in it is handed up."""
        field = self._current
        if field is None:
            return
        text = self.editor.text
        self._current = None
        self._row.display = False
        self._draw()
        if self.read_only:
            return
        if field.live or text != self._text(field)[0] or field.id in self._refused:
            self.post_message(FieldLeft(field.id, text))

    def commit(self) -> None:
        """Hand up what stands in the present field, as if the cursor had left it.

        What was refused in others is handed up once more: what it lacked may be there now.
        """
        if self.read_only:
            return
        for field_id, (text, _) in self._refused.items():
            if self._current is None or field_id != self._current.id:
                self.post_message(FieldLeft(field_id, text))
        field = self._current
        if field is not None:
            text = self.editor.text
            if field.live or field.id in self._refused or text != self._text(field)[0]:
                self._sent = text
                self.post_message(FieldLeft(field.id, text))

    def cleaned(self, text: str) -> str:
        """`text` as a document may hold it."""
        return replace_controls(text)

    def refuse(self, field_id: str, text: str, reason: str) -> bool:
        """Keep `text`, which the document would not take, in its field, with the reason.

        Gives whether the field held such a text before.
        """
        before = field_id in self._refused
        if reason:
            self._refused[field_id] = (text, reason)
        else:
            self._refused.pop(field_id, None)
        self._draw()
        return before

    @property
    def refusal(self) -> str:
        """The first field whose text the document would not take, with the reason."""
        for field in self._fields:
            if field.id in self._refused:
                return f"{field.label}: {self._refused[field.id][1]}"
        return ""

    def complete(self) -> bool:
        """Complete the text of a field that knows what may stand there; again, the next choice.

        False where nothing begins like the text, or it is whole already.
        """
        field = self._current
        if field is None or self.read_only:
            return False
        text = self.editor.text
        if self._cycle and self._cycle[0] == text:
            choices = self._cycle[1]
            choice = choices[(choices.index(text) + 1) % len(choices)]
        else:
            choices = choices_for(field, text)
            if not choices or text in choices:
                return False
            choice = choices[0]
        self.editor.open(choice)
        self._cycle = (choice, choices) if len(choices) > 1 else None
        if len(choices) > 1:
            more = ", ".join(choices[: _CHOICES + 1])
            dots = ", …" if len(choices) > _CHOICES + 1 else ""
            self.post_message(Said(f"Tab: {more}{dots} · Enter takes it"))
        return True

    def drafts(self) -> Iterator[Draft]:
        """What stands in the fields and is in no document: not left yet, or refused."""
        if self.read_only:
            return
        refused = {field_id: text for field_id, (text, _) in self._refused.items()}
        field = self._current
        if field is not None and (not field.live or field.id in refused):
            refused[field.id] = self.editor.text
        for field_id, text in refused.items():
            if text != self._texts.get(field_id, ""):
                yield Draft(f"{self.pane}/{field_id}", text)

    def put_back(self, field_id: str, text: str) -> None:
        """Let `text` stand in a field again, for the person to go on with."""
        stands = self._refused.get(field_id, ("", ""))[0]
        self._refused[field_id] = (f"{stands} {text}" if stands else text, "")
        self._draw()

    def step(self, by: int) -> bool:
        """Go to the next (+1) or previous field; False when there is none in this pane."""
        ids = self.field_ids()
        if self._current is None:
            return False
        to = ids.index(self._current.id) + by
        if not 0 <= to < len(ids):
            return False
        self.edit(ids[to])
        return True

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Scroll so that the cursor can be seen."""
        if self._current is None or not self.editor.is_attached:
            return
        editor = self.editor
        editor.scroll_cursor_visible()  # or what its field shows is another part of the text
        width = self.scrollable_content_region.width - 1
        above = self.query_one("#above", FieldsView).get_content_height(self.size, self.size, width)
        label = 1 if self._current.prose else 0
        line = editor.wrapped_document.location_to_offset(editor.cursor_location).y
        line -= editor.scroll_offset.y
        top = above + max(0, line - 1) if line else above
        bottom = above + label + line + 1
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + self.scrollable_content_region.height:
            height = self.scrollable_content_region.height
            self.scroll_to(y=bottom - height, animate=False)

    @on(FieldsView.Chosen)
    def _choose(self, event: FieldsView.Chosen) -> None:
        event.stop()
        self.edit(event.field_id)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        field, editor = self._current, self.editor
        if field is None or editor.text == self._sent:
            return
        if len(editor.text) < 2:
            editor.refresh(layout=True)  # what stands in the place of no text may be higher
        before = self.place
        self._cursor = editor.cursor_location
        if field.live:
            self._sent = editor.text
            self.post_message(FieldTyped(field.id, editor.text, before, self.place))
        self.call_after_refresh(self.reveal)

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        if self.editor.text == self._sent:
            self._cursor = self.editor.cursor_location
        self.call_after_refresh(self.reveal)

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        if not self.step(1):
            self.post_message(PaneLeft(self.pane, 1))

    @on(TextField.Leaving)
    def _leaving(self, event: TextField.Leaving) -> None:
        event.stop()
        if not self.step(event.step):
            self.post_message(PaneLeft(self.pane, event.step))

    @on(TextField.Unwritable)
    def _unwritable(self, event: TextField.Unwritable) -> None:
        event.stop()
        self.post_message(Said(read_only_words(self.read_only), "warning"))

    @on(TextField.Escaped)
    def _escaped(self, event: TextField.Escaped) -> None:
        event.stop()
        self._refused.pop(self._current.id if self._current else "", None)
        if self._current is not None and not self._current.live:
            self._load(self._current, None)
