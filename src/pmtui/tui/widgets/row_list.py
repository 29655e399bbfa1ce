"""A list of rows of any height, drawn line by line: only what is seen is ever drawn."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.touched import touched
from pmtui.tui.widgets.row_tops import RowTops

_FEW = 100
"""Rows up to which each is drawn in its place; more are drawn with all the rest."""

_BARS = ("cursor", "cursor-blurred", "selected")
"""The parts that lie under whole rows."""


class Row(Protocol):
    """A row: a key that lasts (`""` for one that the cursor skips), equal when drawn the same."""

    @property
    def key(self) -> str:
        """The id of the item that the row shows."""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a row is drawn besides the row itself."""

    width: int
    selected: bool
    bar: str
    """The part that lies under the whole row, `cursor` say, `""` for none."""


class RowList(ScrollView, can_focus=True):
    """Rows with a cursor and a selection; a subclass says how a row is drawn and how high it is."""

    HEADER = 0
    """Lines at the top that do not scroll."""

    BLURRED = "cursor-blurred"
    """The part under the row at the cursor while the keys go elsewhere."""

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: "RowList") -> None:
            self.rows = rows
            super().__init__()

    class Opened(Message):
        """A row was clicked twice."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.selected: frozenset[str] = frozenset()
        self.empty_text = ""
        self._cursor = ""
        self._where: dict[str, int] = {}
        self._tops = RowTops(self.measure)
        self._drawn: dict[tuple[Row, Look], list[Strip]] = {}
        self._parts: dict[str, Style] = {}
        self._dress: tuple[Any, ...] = ()

    def measure(self, row: Row, width: int) -> int:
        """The lines that `row` takes at `width` cells."""
        raise NotImplementedError

    def draw(self, row: Row, look: Look) -> list[list[Segment]]:
        """The lines of `row`."""
        raise NotImplementedError

    def draw_header(self, width: int) -> list[list[Segment]]:
        """The lines of the header."""
        return []

    @property
    def time_width(self) -> int:
        """The cells at the left of a row that tell when."""
        return 0

    @property
    def cursor(self) -> str:
        """The key of the row under the cursor, `""` when there is none."""
        return self._cursor

    @property
    def chosen(self) -> list[str]:
        """The keys that a command works on: all selected in order, else the one at the cursor."""
        if not self.selected:
            return [self._cursor] if self._cursor else []
        return [row.key for row in self.rows if row.key in self.selected]

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its item, or near where it was."""
        old_index = self._index()
        before, self.rows = self.rows, rows
        begin, end, new_end = touched(before, rows)
        few = range(begin, end if end == new_end and end - begin <= _FEW else begin)
        tops = [self._tops[index + 1] for index in few]
        self._find_again(before, begin, end, new_end)
        if self.selected:
            self.selected &= self._where.keys()
        if self._cursor not in self._where:
            near = self._skip(max(0, old_index), 1)
            near = self._skip(len(rows) - 1, -1) if near < 0 else near
            self._cursor = rows[near].key if near >= 0 else ""
        self._arrange()
        if few and tops == [self._tops[index + 1] for index in few]:
            for index in few:
                self._refresh_row(index)
        else:
            self.refresh()

    def _find_again(self, before: Sequence[Row], begin: int, end: int, new_end: int) -> None:
        """Note where each row stands now; only those from `begin` to `end` were others."""
        for row in before[begin:end]:
            self._where.pop(row.key, None)
        until = new_end if new_end == end else len(self.rows)
        moved = enumerate(self.rows[begin:until], begin)
        self._where.update((row.key, at) for at, row in moved if row.key)

    def _arrange(self) -> None:
        """Measure the rows for the present width; while there is none no row takes any room."""
        self._tops.lay(self.rows, self.scrollable_content_region.width)
        if self._width > 0:
            self.virtual_size = Size(self._width, self._tops[-1] + self.HEADER)

    @property
    def _width(self) -> int:
        return self._tops.width

    def on_resize(self) -> None:
        """Measure again where the width changed, and draw: a hidden list was drawn without rows."""
        self._arrange()
        self.refresh()
        self.call_after_refresh(self.reveal)

    def notify_style_update(self) -> None:
        """Look again in which colours to draw: they are others in another theme, say."""
        super().notify_style_update()
        self._parts.clear()

    def forget_drawn(self) -> None:
        """Measure and draw every row anew when it is next seen: columns have other widths."""
        self._drawn.clear()
        self._tops.forget()
        self.refresh()

    def redraw(self) -> None:
        """Measure and draw everything anew: the way of drawing changed."""
        self.forget_drawn()
        self._arrange()

    def part(self, name: str) -> Style:
        """The style of a part of this list, `time` say, on that of the list, which is `""`."""
        if not self._parts:
            self._dress_up()
        return self._parts[name]

    def _dress_up(self) -> None:
        """Look up all styles; what was drawn in others is drawn anew."""
        base = self.rich_style
        self._parts[""] = base
        for name in self._get_component_classes():
            part = name.removeprefix("list--")
            partial = self.get_component_rich_style(name, partial=True)
            self._parts[part] = partial if part in _BARS else base + partial
        dress = (self._parts.copy(), self.background_colors[1], self.get_line_filters())
        if dress != self._dress:
            self._dress = dress
            self._drawn.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget, each finished once: Textual would do so each time."""
        base, width = self.part(""), self.outer_size.width
        if self.styles.gutter.totals != (0, 0) or self.opacity < 1:
            return super().render_lines(crop)

        def finish(strip: Strip) -> Strip:
            """As wide as the widget, scroll bar and all."""
            return self._finished(strip.adjust_cell_length(width, base))

        inner = self.scrollable_content_region.width
        strips = [self._line(y, inner, base, finish) for y in crop.line_range]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One visible line: of the header, of a row, or blank."""
        width = self.scrollable_content_region.width
        return self._line(y, width, self.part(""), lambda strip: strip)

    def _finished(self, strip: Strip) -> Strip:
        """A line as it goes to the terminal."""
        background = self.background_colors[1]
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, background)
        return strip

    def _line(self, y: int, width: int, base: Style, finish: Callable[[Strip], Strip]) -> Strip:
        if y < self.HEADER:
            lines = self.draw_header(width)
            strip = Strip(lines[y] if y < len(lines) else []).adjust_cell_length(width, base)
            return finish(strip)
        line = y - self.HEADER + self.scroll_offset.y
        if not self.rows:
            text = self.empty_text if line == 0 else ""
            return finish(Strip([Segment(text, base)]).adjust_cell_length(width, base))
        if line >= self._tops[-1]:
            return finish(Strip.blank(width, base))
        index = self._tops.at(line)
        row = self.rows[index]
        look = Look(width, row.key in self.selected, self._bar(row))
        strips = self._drawn.get((row, look))
        if strips is None:
            if len(self._drawn) > 2000:
                self._drawn.clear()
            strips = [
                finish(Strip(self._barred(segments, look)).adjust_cell_length(width, base))
                for segments in self.draw(row, look)
            ]
            self._drawn[(row, look)] = strips
        at = line - self._tops[index]
        return strips[at] if at < len(strips) else finish(Strip.blank(width, base))

    def _bar(self, row: Row) -> str:
        """The part that lies under the whole row, `""` for none."""
        if row.key == self._cursor and self.has_focus:
            return "cursor"
        if row.key in self.selected:
            return "selected"
        return self.BLURRED if row.key == self._cursor else ""

    def _barred(self, line: list[Segment], look: Look) -> list[Segment]:
        if not look.bar:
            return line
        whole = [*line, Segment(" " * look.width)]
        return list(Segment.apply_style(whole, None, self.part(look.bar)))

    def _index(self) -> int:
        return self._where.get(self._cursor, -1)

    def _skip(self, index: int, by: int) -> int:
        """The first row from `index` on that the cursor can stand on, -1 for none."""
        while 0 <= index < len(self.rows):
            if self.rows[index].key:
                return index
            index += by
        return -1

    def _refresh_row(self, index: int) -> None:
        if 0 <= index < len(self.rows):
            top = self._tops[index] - self.scroll_offset.y + self.HEADER
            row = Region(0, top, self.size.width, self._tops[index + 1] - self._tops[index])
            # What is scrolled into view is drawn with all the rest, and below stand others.
            if seen := row.intersection(self.size.region):
                self.refresh(seen)

    def move_to(self, key: str) -> None:
        """Put the cursor on the row with this key, and bring it into view."""
        if key not in self._where:
            return
        self._refresh_row(self._index())
        self._cursor = key
        self._refresh_row(self._index())
        self.reveal()
        self.post_message(self.Moved(self))

    def reveal(self) -> None:
        """Scroll so that the row under the cursor can be seen whole."""
        index = self._index()
        height = self.scrollable_content_region.height - self.HEADER
        if index < 0 or height <= 0 or index + 1 >= len(self._tops):
            return
        first = index
        while first > 0 and not self.rows[first - 1].key:
            first -= 1
        top, bottom = self._tops[first], self._tops[index + 1]
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=min(bottom - height, self._tops[index]), animate=False)

    def has(self, key: str) -> bool:
        """Whether a row with this key is shown."""
        return key in self._where

    def row_region(self, key: str) -> Region:
        """Where the row stands, relative to this widget's content; may lie outside."""
        index = self._where.get(key, 0)
        top = self._tops[index] - self.scroll_offset.y + self.HEADER
        return Region(0, top, self._width, self._tops[index + 1] - self._tops[index])

    def step(self, by: int) -> bool:
        """Move the cursor by so many rows; False when it stood at the end already."""
        now = self._index()
        way = 1 if by > 0 else -1
        wanted = max(0, min(len(self.rows) - 1, now + by))
        to = self._skip(wanted, way)
        if to < 0:
            to = self._skip(wanted, -way)
        if to < 0 or (to - now) * way <= 0:
            return False
        self.move_to(self.rows[to].key)
        return True

    def toggle_selected(self, key: str) -> None:
        """Select the row, or no longer."""
        self.selected ^= {key}
        self.refresh()

    def clear_selected(self) -> bool:
        """Select nothing; False when nothing was selected."""
        had = bool(self.selected)
        self.selected = frozenset()
        self.refresh()
        return had

    def _page(self, way: int) -> int:
        """The rows from the cursor to what is a page, less a line, below (+1) or above (-1) it."""
        now = max(0, self._index())
        lines = self.scrollable_content_region.height - self.HEADER - 1
        there = self._tops.at(self._tops[now] + way * lines)
        return way * max(1, (there - now) * way)

    async def on_key(self, event: events.Key) -> None:
        """Move the cursor; what leads out of the list bubbles up."""
        steps = {
            "down": 1,
            "j": 1,
            "up": -1,
            "k": -1,
            "pagedown": self._page(1),
            "pageup": self._page(-1),
            "end": len(self.rows),
            "G": len(self.rows),
            "home": -len(self.rows),
            "g": -len(self.rows),
        }
        by = steps.get(event.key)
        if by is not None and (self.step(by) or event.key not in ("down", "up")):
            event.stop()
            event.prevent_default()

    def line_key(self, y: int) -> str:
        """The key of the row at this line of the widget, `""` for none."""
        line = y - self.HEADER + self.scroll_offset.y
        if y < self.HEADER or not self.rows or line >= self._tops[-1]:
            return ""
        return self.rows[self._tops.at(line)].key

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row under the mouse."""
        key = self.line_key(event.y)
        if key:
            self.move_to(key)

    def on_click(self, event: events.Click) -> None:
        """Open a row on a double click."""
        if event.chain == 2 and self.line_key(event.y):
            self.post_message(self.Opened())

    def on_focus(self) -> None:
        """Show the cursor in its full colour."""
        self._refresh_row(self._index())

    def on_blur(self) -> None:
        """Show the cursor muted."""
        self._refresh_row(self._index())
