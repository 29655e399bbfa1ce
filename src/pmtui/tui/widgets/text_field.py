"""The one text editor of the program: for a paragraph, or for a single line that may wrap."""

import re

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.geometry import Size
from textual.message import Message

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import replace_controls
from pmtui.tui.guards import LongTexts

# It begins at the first blank of a run only, or a long run would be searched from each of them.
_LINE_BREAK = re.compile(r"(?<![\t ])[\t ]*\n[\t\n ]*")


_CHANGING = frozenset({"backspace", "ctrl+w", "ctrl+u", "ctrl+k", "delete", "enter"})


class TextField(LongTexts):
    """A text area that keeps to what a document may hold, and knows when a key leads out of it.

    With `hands_on` a paste of several lines goes up as a message instead of into the text.
    """

    BINDINGS = [
        Binding("alt+b", "cursor_word_left", show=False),
        Binding("alt+f", "cursor_word_right", show=False),
        Binding("alt+d", "delete_word_right", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """Enter in a single line."""

        field: "TextField"

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    @dataclass
    class Leaving(Message):
        """An arrow key at the edge of the text: -1 up, +1 down."""

        field: "TextField"
        step: int

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    @dataclass
    class Escaped(Message):
        """Esc: the person wants out."""

        field: "TextField"

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    @dataclass
    class Unwritable(Message):
        """Something was typed or pasted where nothing can be changed."""

        field: "TextField"

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    @dataclass
    class Pasted(Message):
        """Several lines were pasted where one is typed; `text` is what would stand there then.

        `asked` says that the person chose already to have it taken line by line.
        """

        field: "TextField"
        text: str
        asked: bool = False

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    @dataclass
    class DocumentPasted(Message):
        """A whole postmortem was pasted where a line is typed; the text stands nowhere yet."""

        field: "TextField"
        text: str

        @property
        def control(self) -> "TextField":
            """The field, for `@on` selectors."""
            return self.field

    def __init__(
        self, *, one_line: bool = False, hands_on: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id, compact=True, soft_wrap=True, tab_behavior="focus")
        self.one_line = one_line
        self.hands_on = hands_on
        self.highlight_cursor_line = False
        self.cursor_blink = False
        self.show_line_numbers = False

    def open(self, text: str, *, cursor: tuple[int, int] | None = None) -> None:
        """Show `text` with the cursor at `cursor`, or at its end."""
        if text != self.text:
            self.load_text(text)
        self.move_cursor(self.document.end if cursor is None else self.clamp_visitable(cursor))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines of the text; where there is none, those of what stands in its place."""
        height = super().get_content_height(container, viewport, width)
        if self.text or not self.placeholder:
            return height
        return max(height, len(Content.from_text(self.placeholder).wrap(max(1, width))))

    def load_text(self, text: str) -> None:
        """Replace the text without leaving the old one in the widget's own undo history."""
        super().load_text(text)
        self.history.clear()

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, and keep the cursor in sight also where the text got longer by a row."""
        rows = self.wrapped_document.height
        result = super().edit(edit)
        if self.wrapped_document.height != rows:
            # Textual scrolls before it knows of the row, and the field may grow by it.
            self.call_after_refresh(self.scroll_cursor_visible)
        return result

    def on_resize(self) -> None:
        """Keep the cursor in sight where the rows are others, or fewer of them are shown."""
        self.call_after_refresh(self.scroll_cursor_visible)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            self.post_message(self.Escaped(self))
        elif self.one_line and event.key in ("enter", "ctrl+j"):
            self.post_message(self.Submitted(self))
        elif event.key == "up" and self.cursor_at_first_wrapped_line:
            self.post_message(self.Leaving(self, -1))
        elif event.key == "down" and self.cursor_at_last_wrapped_line:
            self.post_message(self.Leaving(self, 1))
        elif self.read_only and (event.is_printable or event.key in _CHANGING):
            self.post_message(self.Unwritable(self))
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()

    @property
    def cursor_at_first_wrapped_line(self) -> bool:
        """Whether there is no line above the cursor on the screen."""
        return self.get_cursor_up_location() in (self.cursor_location, (0, 0)) and (
            self.wrapped_document.location_to_offset(self.cursor_location).y == 0
        )

    @property
    def cursor_at_last_wrapped_line(self) -> bool:
        """Whether there is no line below the cursor on the screen."""
        offset = self.wrapped_document.location_to_offset(self.cursor_location)
        return offset.y == self.wrapped_document.height - 1

    async def _on_paste(self, event: events.Paste) -> None:
        # TextArea's own handler would follow this one, and paste a second time.
        event.prevent_default()
        event.stop()
        if self.read_only:
            self.post_message(self.Unwritable(self))
        else:
            self.insert_pasted(event.text)

    def insert_pasted(self, text: str, asked: bool = False) -> None:
        """Put `text` in the place of what is selected, as far as a document may hold it.

        Where a line is typed, it is asked first what a whole postmortem is to become.
        """
        text = replace_controls(text)
        if self.one_line and not asked and _is_document(text):
            # Or a pane that hands a paste on counts as the sender, which nothing bubbles beyond.
            self.post_message(self.DocumentPasted(self, text).set_sender(self))
            return
        if self.one_line and self.hands_on and "\n" in text.strip():
            start, end = sorted(self.selection)
            before = self.get_text_range((0, 0), start)
            after = self.get_text_range(end, self.document.end)
            self.post_message(self.Pasted(self, f"{before}{text}{after}", asked))
            return
        if self.one_line:
            text = _LINE_BREAK.sub(" ", text.strip("\n"))
        self.replace(text, *self.selection, maintain_selection_offset=False)


def _is_document(text: str) -> bool:
    from pmtui.formats.reading.recognise import is_document

    return is_document(text)
