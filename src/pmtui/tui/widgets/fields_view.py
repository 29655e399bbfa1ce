"""Fields as text, one below the other, and what stands where nothing was typed yet."""

from collections.abc import Iterable

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
        self._lines: list[tuple[str, Strip]] = []
        self._width = -1

    def show(self, shown: Iterable[Shown]) -> None:
        """Draw these fields."""
        new = tuple(shown)
        if new == self._shown:
            return
        same_height = self._width > 0 and len(self._layout(new, self._width)) == len(self._lines)
        self._shown = new
        self._width = -1
        self.refresh(layout=not same_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the fields take at `width` cells."""
        self._arrange(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the fields."""
        self._arrange(self.size.width)
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self._lines[y][1]

    def notify_style_update(self) -> None:
        """Draw anew in the colours of another theme."""
        super().notify_style_update()
        self._width = -1

    def _arrange(self, width: int) -> None:
        if width != self._width:
            self._lines = self._layout(self._shown, width)
            self._width = width

    def _layout(self, shown: tuple[Shown, ...], width: int) -> list[tuple[str, Strip]]:
        base = self.rich_style
        styles = {
            name: base + self.get_component_rich_style(f"fields--{name}", partial=True)
            for name in ("label", "text", "hint", "refused")
        }
        lines: list[tuple[str, Strip]] = []
        for field, text, refusal in shown:
            for segments in _field_segments(field, text, refusal, width, styles):
                strip = Strip(segments).adjust_cell_length(width, base)
                lines.append((field.id, strip))
        return lines

    def on_click(self, event: events.Click) -> None:
        """Ask to edit the field under the mouse."""
        self._arrange(self.size.width)
        if 0 <= event.y < len(self._lines):
            self.post_message(self.Chosen(self._lines[event.y][0]))


def _field_segments(
    field: Field, text: str, refusal: str, width: int, styles: dict[str, Style]
) -> list[list[Segment]]:
    style = styles["refused" if refusal else "text" if text else "hint"]
    label = styles["label"]
    if field.prose:
        lines = [[Segment(pad(field.label, width), label)]]
        lines += [[Segment(line, style)] for line in wrap(text or placeholder(field), width)]
    else:
        body = wrap(text or placeholder(field), width - LABEL)
        lines = [
            [Segment(pad("" if at else field.label, LABEL), label), Segment(line, style)]
            for at, line in enumerate(body)
        ]
    if refusal:
        lines += [[Segment(line, styles["refused"])] for line in wrap(f"↳ {refusal}", width)]
    return lines


def placeholder(field: Field) -> str:
    """What stands in an empty field, not to be taken for a text: `(What broke, in a few words)`."""
    return f"({field.hint})" if field.hint else ""
