"""A menu of letters over the lower edge of the screen: one key chooses, Esc closes."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from pmtui.core.lazy_dataclass import dataclass
from pmtui.tui.wrapping import pad

_AROUND = 5
"""Cells of an option besides its label: the key, and blanks."""

_BELOW = 4
"""Lines of the screen that are left: the menu's border, the status line and the key bar."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its key, what it says, and the value that it stands for."""

    key: str
    label: str
    value: str


class Menu(Widget, can_focus=True):
    """Options in columns; shown and hidden at once, so that no key typed ahead goes astray."""

    COMPONENT_CLASSES = {"menu--key", "menu--label", "menu--at"}

    def __init__(self) -> None:
        super().__init__(id="menu")
        self._options: Sequence[Option] = ()
        self._done: Callable[[str], None] = lambda _: None
        self._put_back: Callable[[], None] = lambda: None
        self._at = self._top = 0
        self.display = False

    def open(
        self,
        title: str,
        options: Sequence[Option],
        done: Callable[[str], None],
        closed: Callable[[], None],
    ) -> None:
        """Offer `options`; `closed` puts the focus back, then `done` gets the value chosen."""
        self._options, self._done, self._put_back = options, done, closed
        self._at = self._top = 0
        self.border_title = Content(title)
        self.border_subtitle = Content("a letter, or ↑ ↓ and Enter · Esc closes")
        self.display = True
        self.refresh(layout=True)
        self.screen.set_focus(self, scroll_visible=False)

    def close(self) -> None:
        """Hide the menu and put the focus back."""
        if self.display:
            self.display = False
            self._put_back()

    def _pick(self, option: Option) -> None:
        self.close()
        self._done(option.value)

    def _grid(self, width: int) -> tuple[int, list[int]]:
        """The fewest rows that there is room for, and the cells of each column."""
        cells = [cell_len(option.label) + _AROUND for option in self._options]
        for rows in range(1, len(cells) + 1):
            columns = [max(cells[at : at + rows]) for at in range(0, len(cells), rows)]
            if sum(columns) <= width:
                return rows, columns
        return max(1, len(cells)), [width]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options take, and the screen has."""
        return max(1, min(self._grid(width)[0], viewport.height - _BELOW))

    def render_line(self, y: int) -> Strip:
        """One line of options, filled column by column."""
        width = self.size.width
        rows, columns = self._grid(width)
        base = self.rich_style
        key_style = base + self.get_component_rich_style("menu--key", partial=True)
        label_style = base + self.get_component_rich_style("menu--label", partial=True)
        at_style = base + self.get_component_rich_style("menu--at", partial=True)
        segments = []
        shown = range(y + self._top, len(self._options), rows) if y + self._top < rows else ()
        for index, cells in zip(shown, columns, strict=False):
            option = self._options[index]
            style = at_style if index == self._at else label_style
            segments += [
                Segment(f" {option.key or ' '} ", key_style),
                Segment(pad(option.label, cells - 4), style),
                Segment(" ", base),
            ]
        return Strip(segments).adjust_cell_length(width, base)

    def move(self, by: int) -> None:
        """Mark another option."""
        self._at = max(0, min(len(self._options) - 1, self._at + by))
        row = self._at % self._grid(self.size.width)[0]
        self._top = min(max(self._top, row - self.size.height + 1), row)
        self.refresh()

    async def on_key(self, event: events.Key) -> None:
        """Choose by letter, or with the arrows and Enter."""
        event.stop()
        event.prevent_default()
        rows, _ = self._grid(self.size.width)
        steps = {"down": 1, "up": -1, "right": rows, "left": -rows}
        if event.key == "escape":
            self.close()
        elif event.key == "enter":
            self._pick(self._options[self._at])
        elif event.key in steps:
            self.move(steps[event.key])
        else:
            for option in self._options:
                if option.key and option.key == event.character:
                    self._pick(option)
                    return

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse."""
        rows, columns = self._grid(self.size.width)
        row, ends = event.y - 1 + self._top, [1 + end for end in accumulate(columns)]
        index = bisect_right(ends, event.x) * rows + row
        if 0 <= row < rows and 0 < event.x < ends[-1] and index < len(self._options):
            self._pick(self._options[index])

    def on_blur(self) -> None:
        """Close when something else was clicked; not when it was opened again meanwhile."""
        if self.screen.focused is not self:
            self.display = False
