"""A text area that draws only the rows that a key touched.

Textual draws all of them whenever the cursor moves, and joins the whole text for each.
"""

from collections.abc import Hashable
from itertools import zip_longest
from typing import Any

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

_PARTS = (
    *("_watch_selection", "_build_highlight_map", "_render_line", "_draw_cursor"),
    *("_set_theme", "notify_style_update"),
)
"""What is replaced or relied on."""

_FITS = all(hasattr(TextArea, name) for name in _PARTS)


class TouchedRows(TextArea):
    """Without line numbers, highlighting or blinking."""

    selection = reactive(Selection(), init=False, always_update=True, repaint=not _FITS)

    _drawn: tuple[Hashable, ...] = ()
    """What the rows on the screen show, as far as nothing else had any of them drawn since."""

    _dressed: tuple[object, object, object] | None = None
    """What the styles of the parts were taken from."""

    def refresh(self, *regions: Region, **options: Any) -> Any:
        """Draw anew; what the rows showed counts no more."""
        self._drawn = ()
        return super().refresh(*regions, **options)

    def notify_style_update(self) -> None:
        """Take the styles of the parts anew."""
        self._dressed = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows; the styles of the parts are taken only when they may be others."""
        theme = self._theme
        if not _FITS or not theme:
            return super().render_lines(crop)
        known, dress = self._dressed, (theme, self.rich_style, self._component_styles)
        if (
            known is None
            or known[1] != dress[1]
            or not (known[0] is theme and known[2] is dress[2])
        ):
            theme.apply_css(self)
            self._dressed = dress
        return Widget.render_lines(self, crop)

    def render_line(self, y: int) -> Strip:
        """One row; those that are drawn already are kept elsewhere."""
        if not _FITS or self._is_empty:
            return super().render_line(y)
        return self._render_line(y)

    @property
    def _is_empty(self) -> bool:
        return self.document.line_count == 1 and not self.document.get_line(0)

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        self._draw_touched()

    def _build_highlight_map(self) -> None:
        super()._build_highlight_map()
        self._draw_touched()

    def _draw_touched(self) -> None:
        """Have those rows drawn that show something else now."""
        if not _FITS:
            return
        height, before = self.size.height, self._drawn
        wrapped = len(self.wrapped_document._wrap_offsets) == self.document.line_count
        known = wrapped and not self._is_empty
        drawn = tuple(self._shown(y) for y in range(height)) if known else ()
        if not before or not drawn:
            self.refresh()
        else:
            width = self.size.width
            for y, (old, new) in enumerate(zip_longest(before, drawn)):
                if old != new:
                    self.refresh(Region(0, y, width, 1))
        self._drawn = drawn

    def _shown(self, y: int) -> Hashable:
        """All that decides how a row looks, but for the styles."""
        wrapped = self.wrapped_document
        rows = wrapped._offset_to_line_info
        at = y + self.scroll_offset.y
        if at >= len(rows):
            return None
        line, section = rows[at]
        bounds = [0, *wrapped.get_offsets(line), len(self.document.get_line(line))]
        begin, end = bounds[section], bounds[section + 1]
        first, last = sorted(self.selection)
        row, column = self.selection.end
        selected = None
        if first != last and first[0] <= line <= last[0]:
            selected = (
                max(begin, first[1]) - begin if first[0] == line else 0,
                min(end, last[1]) - begin if last[0] == line else end,
                line == row,
            )
        bracket = self._matching_bracket_location if first == last else None
        marks = (
            column - begin if row == line and begin <= column <= end else None,
            bracket is not None and row == line,
            bracket[1] - begin if bracket and bracket[0] == line else None,
            self._draw_cursor,
        )
        tabs = wrapped.get_tab_widths(line)
        return (
            *(wrapped.get_sections(line)[section], selected, marks),
            *(section == len(bounds) - 2, tuple(tabs) if len(tabs) > 1 else None),
        )
