"""Text areas that stay quick with a megabyte in them, also in a single line of it.

Textual breaks every line anew whenever the size changes, and the whole of a line for each row of it
that it draws.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from rich.text import Text
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import expand_text_tabs_from_widths, get_tab_widths
from textual.strip import Strip

from pmtui.tui.guards.touched_rows import TouchedRows

MANY = 30
"""Rows of one line above which each is drawn by itself."""

FAR = 20_000
"""Characters in which the partner of a bracket is looked for."""

_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027]*")
"""Text of which each character takes one cell of the screen."""

_LAST_WORD = re.compile(r".*\s(?=\S)", re.DOTALL)


class QuicklyWrapped(WrappedDocument):
    """Breaks lines where Textual does, but only those that changed, and from the change on."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break all lines at `width` cells, 0 for nowhere."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        broken = [self._broken(line) for line in self.document.lines]
        self._wrap_offsets = [offsets for offsets, _ in broken]
        self._tab_width_cache = [tabs for _, tabs in broken]
        self._count_rows()

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break the lines anew that were changed from `start` to `old_end`, now `new_end`."""
        top = max(0, min(start[0], old_end[0], len(self._wrap_offsets) - 1))
        old_bottom, new_bottom = max(start[0], old_end[0]), max(start[0], new_end[0])
        before = self._wrap_offsets[top : old_bottom + 1]
        lines = self.document.lines[top : new_bottom + 1]
        if len(before) == len(lines) == 1:
            broken = [self._broken(lines[0], before[0], min(start, old_end, new_end)[1])]
        else:
            broken = [self._broken(line) for line in lines]
        after = [offsets for offsets, _ in broken]
        self._wrap_offsets[top : old_bottom + 1] = after
        self._tab_width_cache[top : old_bottom + 1] = [tabs for _, tabs in broken]
        if [len(offsets) for offsets in before] != [len(offsets) for offsets in after]:
            self._count_rows()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._offset_to_line_info)

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of a line, each cut out when it is asked for."""
        return _Rows(self.document[line_index], self._wrap_offsets[line_index])

    def _broken(
        self, line: str, before: list[int] | None = None, column: int = 0
    ) -> tuple[list[int], list[int]]:
        """Where a line is broken, and how wide its tabs are.

        `before` is where it was broken before it changed from `column` on. A shorter word may fit
        into the row above the one in which it began, and that is the row above at the most.
        """
        if not self._width and "\t" not in line:
            return [], [0] if line else []
        if "\t" in line:
            sections = get_tab_widths(line, self._tab_width)
            tabs = [width for _, width in sections]
            return self._breaks(line, sections) if self._width else [], tabs
        above = bisect_right(before, column) - 2 if before and self._width > 2 else 0
        kept = before[:above] if before and above > 0 else []
        begin = kept[-1] if kept else 0
        return kept + [begin + at for at in self._breaks(line[begin:])], [0] if line else []

    def _breaks(self, line: str, tabs: list[tuple[str, int]] | None = None) -> list[int]:
        width = self._width
        if tabs is None and len(line) > width and _NARROW.fullmatch(line):
            return _narrow_breaks(line, width)
        if tabs is None and len(line) <= width and _NARROW.fullmatch(line):
            return []
        return compute_wrap_offsets(
            line, width, self._tab_width, precomputed_tab_sections=tabs or [(line, 0)]
        )

    def _count_rows(self) -> None:
        rows: list[tuple[int, int]] = []
        self._line_index_to_offsets = of_lines = []
        for index, breaks in enumerate(self._wrap_offsets):
            begin = len(rows)
            rows += [(index, section) for section in range(len(breaks) + 1)]
            of_lines.append(list(range(begin, len(rows))))
        self._offset_to_line_info = rows


class _Rows(list[str]):
    """A line cut at `breaks`."""

    def __init__(self, line: str, breaks: list[int]) -> None:
        super().__init__()
        self._line = line
        self._bounds = [0, *breaks, len(line)]

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __iter__(self) -> Iterator[str]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        at = at + len(self) if at < 0 else at
        return self._line[self._bounds[at] : self._bounds[at + 1]]


def _narrow_breaks(line: str, width: int) -> list[int]:
    """Where a line is broken: before a word that does not fit, or inside one that never will."""
    breaks: list[int] = []
    begin = 0
    while len(line) - begin > width:
        # A word has the blanks behind it with it, unless nothing but blanks is on the row.
        found = _LAST_WORD.match(line, begin, min(len(line), begin + width + 1))
        begin = found.end() if found else begin + width
        breaks.append(begin)
    return breaks


class LongTexts(TouchedRows):
    """A text area for texts of any length: soft-wrapped, without line numbers or highlighting."""

    @property
    def wrapped_document(self) -> WrappedDocument:
        """The text in rows."""
        return self._wrapped

    @wrapped_document.setter
    def wrapped_document(self, made: WrappedDocument) -> None:
        self._wrapped = QuicklyWrapped(made.document, tab_width=made._tab_width)

    def _yield_character_locations(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations(start), FAR)

    def _yield_character_locations_reverse(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations_reverse(start), FAR)

    def _render_line(self, y: int) -> Strip:
        """One row; of a line of many rows nothing but that is looked at."""
        at = y + self.scroll_offset.y
        rows = self.wrapped_document._offset_to_line_info
        line, section = rows[at] if at < len(rows) else (0, 0)
        breaks = self.wrapped_document.get_offsets(line)
        if at >= len(rows) or len(breaks) < MANY or not self.soft_wrap:
            return super()._render_line(y)
        whole = self.document.get_line(line)
        begin, end = [0, *breaks][section], [*breaks, len(whole) + 1][section]
        text = Text(whole[begin:end].ljust(end - begin), end="", no_wrap=True)
        theme = self._theme
        base_style = self.rich_style
        if theme is not None:
            base_style = theme.base_style or base_style
            first, last = sorted(self.selection)
            if first != last and theme.selection_style and first[0] <= line <= last[0]:
                start = max(0, first[1] - begin) if first[0] == line else 0
                stop = max(0, last[1] - begin) if last[0] == line else end - begin
                text.stylize(theme.selection_style, start, min(stop, len(whole) - begin))
            row, column = self.cursor_location
            if row == line and begin <= column < end and self._draw_cursor and theme.cursor_style:
                text.stylize(theme.cursor_style, column - begin, column - begin + 1)
        if "\t" in text.plain:
            tabs_before = whole.count("\t", 0, begin)
            widths = self.wrapped_document.get_tab_widths(line)[tabs_before:]
            text = expand_text_tabs_from_widths(text, widths)
        strip = Strip(text.render(self.app.console), cell_length=text.cell_len)
        width = self.scrollable_content_region.size.width
        return strip.extend_cell_length(width, base_style).apply_style(base_style)
