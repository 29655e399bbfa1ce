"""The one text editor of the program: for a paragraph, or for a single line that may wrap."""

import re
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from pmtui.core.text import replace_controls

_LINE_BREAK = re.compile(r"[\t ]*\n[\t\n ]*")


class TextField(TextArea):
    """A text area that keeps to what a document may hold, and knows when a key leads out of it."""

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

    def __init__(self, *, one_line: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, soft_wrap=True, tab_behavior="focus")
        self.one_line = one_line
        self.highlight_cursor_line = False
        self.cursor_blink = False
        self.show_line_numbers = False

    def open(self, text: str, *, cursor: tuple[int, int] | None = None) -> None:
        """Show `text` with the cursor at `cursor`, or at its end."""
        if text != self.text:
            self.load_text(text)
        self.move_cursor(self.document.end if cursor is None else self.clamp_visitable(cursor))

    def load_text(self, text: str) -> None:
        """Replace the text without leaving the old one in the widget's own undo history."""
        super().load_text(text)
        self.history.clear()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            self.post_message(self.Escaped(self))
        elif self.one_line and event.key in ("enter", "ctrl+j"):
            self.post_message(self.Submitted(self))
        elif event.key == "up" and self.cursor_at_first_wrapped_line:
            self.post_message(self.Leaving(self, -1))
        elif event.key == "down" and self.cursor_at_last_wrapped_line:
            self.post_message(self.Leaving(self, 1))
        elif bindings := self._bindings.key_to_bindings.get(event.key):
            # Textual would run these from the end of the queue, after letters typed ahead.
            for binding in bindings:
                await self.run_action(binding.action)
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
        text = replace_controls(event.text)
        if self.one_line:
            text = _LINE_BREAK.sub(" ", text.strip("\n"))
        if not self.read_only:
            self.replace(text, *self.selection, maintain_selection_offset=False)
