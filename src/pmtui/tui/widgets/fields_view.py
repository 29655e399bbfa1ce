"""Fields as text, one below the other, and what stands where nothing was typed yet."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pmtui.core.fields import Field
from pmtui.tui.wrapping import pad, wrap

LABEL = 14
"""Cells that the label of a one-line field takes."""

Shown = tuple[Field, str, str]
"""A field, its text, and the reason why that text was refused (or `""`)."""

Parts = tuple[tuple[str, str], ...]
"""The texts of a line, each with the part of the view that has its colours."""


class Line(NamedTuple):
    """A line that a field takes."""

    field_id: str
    parts: Parts


class FieldsView(Widget):
    """Fields as text, one below the other; a click on one asks to edit it."""

    COMPONENT_CLASSES = {"fields--label", "fields--text", "fields--hint", "fields--refused"}

    class Chosen(Message):
        """A field was clicked."""

        def __init__(self, field_id: str) -> None:
            self.field_id = field_id
            super().__init__()

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._shown: tuple[Shown, ...] = ()
        self._lines: list[Line] = []
        self._width = -1

    def show(self, shown: Iterable[Shown]) -> None:
        """Draw these fields."""
        new = tuple(shown)
        if new == self._shown:
            return
        self._shown = new
        before = len(self._lines)
        if self._width > 0:
            self._lines = _lines(new, self._width)
        self.refresh(layout=self._width <= 0 or len(self._lines) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the fields take at `width` cells."""
        self._arrange(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the fields."""
        width, base = self.size.width, self.rich_style
        self._arrange(width)
        if y >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(text, base + self._style(part)) for text, part in self._lines[y].parts]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"fields--{part}", partial=True)

    def _arrange(self, width: int) -> None:
        if width != self._width:
            self._lines = _lines(self._shown, width)
            self._width = width

    def on_click(self, event: events.Click) -> None:
        """Ask to edit the field under the mouse."""
        self._arrange(self.size.width)
        if 0 <= event.y < len(self._lines):
            self.post_message(self.Chosen(self._lines[event.y].field_id))


def _lines(shown: Iterable[Shown], width: int) -> list[Line]:
    return [
        Line(field.id, parts)
        for field, text, refusal in shown
        for parts in _parts(field, text, refusal, width)
    ]


def _parts(field: Field, text: str, refusal: str, width: int) -> list[Parts]:
    part = "refused" if refusal else "text" if text else "hint"
    lines: list[Parts]
    if field.prose:
        lines = [((pad(field.label, width), "label"),)]
        lines += [((line, part),) for line in wrap(text or placeholder(field), width)]
    else:
        body = wrap(text or placeholder(field), width - LABEL)
        lines = [
            ((pad("" if at else field.label, LABEL), "label"), (line, part))
            for at, line in enumerate(body)
        ]
    if refusal:
        lines += [((line, "refused"),) for line in wrap(f"↳ {refusal}", width)]
    return lines


def placeholder(field: Field) -> str:
    """What stands in an empty field, not to be taken for a text: `(What broke, in a few words)`."""
    return f"({field.hint})" if field.hint else ""
