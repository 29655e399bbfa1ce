"""The rows of the timeline in columns, and a header that sorts them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from pmtui.core.clock.zones import zone_label
from pmtui.core.touched import touched
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.widgets.timeline_rows import DayRow, EntryRow, GapRow, TimelineRows, View
from pmtui.tui.wrapping import cut, pad, wrap

COLUMNS = ("time", "T+", "kind", "what happened", "who")


def _sizes(rows: Sequence[Row], name: str) -> Iterator[int]:
    """The cells of each text in a column."""
    texts = [getattr(row, name) for row in rows if isinstance(row, EntryRow)]
    return (len(text) if text.isascii() else cell_len(text) for text in texts)


class TimelineList(RowList):
    """The rows of the timeline under a header that sorts on a click."""

    HEADER = 1
    COMPONENT_CLASSES = {
        "list--header",
        "list--day",
        "list--time",
        "list--muted",
        "list--milestone",
        "list--text",
        "list--cursor",
        "list--cursor-blurred",
        "list--selected",
    }

    class Sorted(Message):
        """A column's name was clicked: it should be looked at like this."""

        def __init__(self, view: View) -> None:
            self.view = view
            super().__init__()

    def __init__(self) -> None:
        super().__init__("timeline-list")
        self.view = View()
        self.made = TimelineRows()
        self._widths = (6, 4, 5, 0, 4)
        self._sizes: dict[str, Counter[int]] = {
            name: Counter() for name in ("time", "offset", "kind", "who")
        }

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, each column as wide as its longest text."""
        self._measure_columns(rows)
        super().set_rows(rows)

    def _measure_columns(self, rows: Sequence[Row]) -> None:
        begin, end, new_end = touched(self.rows, rows)
        for name, sizes in self._sizes.items():
            sizes.subtract(_sizes(self.rows[begin:end], name))
            sizes.update(_sizes(rows[begin:new_end], name))
        time = len(self._column_name("time")) + 2 if self.view.zone else 6
        widths = (
            max(time, self._room(6, 22, "time")),
            self._room(4, 10, "offset"),
            self._room(6, 12, "kind"),
            0,
            self._room(5, 12, "who"),
        )
        if widths != self._widths:
            self._widths = widths
            self.forget_drawn()

    def _room(self, least: int, most: int, name: str) -> int:
        """The room of a column; none where nobody has anything in it."""
        longest = max((size for size, count in self._sizes[name].items() if count), default=0)
        return max(least, min(most, longest)) if longest else 0

    def _column_name(self, column: str) -> str:
        """What the header calls a column: the times of two zones have the other's name."""
        if column != "time" or not self.view.zone:
            return column
        return f"time ┊ {zone_label(self.view.zone, None)}"

    def _columns(self, width: int) -> tuple[int, int, int, int, int]:
        """Cells of each column; what happened gets what the others leave."""
        time, since, kind, _, who = self._widths
        text = width - 3 - sum(size + 2 for size in (time, since, kind, who) if size)
        if text < 24 and since:
            text, since = text + since + 2, 0
        return time, since, kind, max(8, text), who

    @property
    def shown_columns(self) -> list[str]:
        """The names of the columns that there is something in, and room for."""
        sizes = self._columns(self._width)
        return [name for name, size in zip(COLUMNS, sizes, strict=True) if size]

    @property
    def time_width(self) -> int:
        """The cells of the columns that tell when, which stand before all others."""
        time, since, *_ = self._columns(self._width)
        return 2 + time + 2 + (since + 2 if since else 0)

    def measure(self, row: Row, width: int) -> int:
        """One line a day break; an entry as many as its text takes, or one."""
        if isinstance(row, DayRow) or not self.view.whole:
            return 1
        return len(self._text_lines(row, self._columns(width)[3]))  # type: ignore[arg-type]

    def _text_lines(self, row: EntryRow, width: int) -> list[str]:
        if not self.view.whole:
            return [cut(row.text.replace("\n", " "), width)]
        return wrap(row.text, width)

    def draw_header(self, width: int) -> list[list[Segment]]:
        """The names of the columns, an arrow at the one that sorts."""
        style = self.part("header")
        segments = [Segment("  ", style)]
        for name, size in zip(COLUMNS, self._columns(width), strict=True):
            if not size:
                continue
            arrow = (" ▼" if self.view.backwards else " ▲") if name == self.view.column else ""
            shown = self._column_name(name) + arrow
            cell = shown.rjust(size) if name == "T+" else pad(shown, size)
            segments.append(Segment(f"{cell}  ", style))
        return [segments]

    def draw(self, row: Row, look: Look) -> list[list[Segment]]:
        """A day break, or an entry over as many lines as its text takes."""
        if isinstance(row, DayRow):
            sign = "┄" if isinstance(row, GapRow) else "─"
            rule = sign * max(0, look.width - cell_len(row.label) - 6)
            return [[Segment(f"{sign}{sign} {row.label} {rule}", self.part("day"))]]
        assert isinstance(row, EntryRow)
        time, since, kind, text, who = self._columns(look.width)
        lines = self._text_lines(row, text)
        words = self.part("muted" if row.internal else "text")
        result = []
        for at, line in enumerate(lines):
            first = at == 0
            mark = "● " if look.selected and first else "  "
            segments = [
                Segment(mark, self.part("milestone")),
                Segment(pad(row.time if first else "", time) + "  ", self.part("time")),
            ]
            if since:
                shown = row.offset if first else ""
                segments.append(Segment(shown.rjust(since) + "  ", self.part("muted")))
            if kind:
                shown = pad(row.kind if first else "", kind)
                segments.append(
                    Segment(f"{shown}  ", self.part("milestone" if row.milestone else "muted"))
                )
            segments.append(Segment(pad(line, text) + "  ", words))
            if who:
                segments.append(Segment(pad(row.who if first else "", who), self.part("muted")))
            result.append(segments)
        return result

    def on_click(self, event: events.Click) -> None:
        """Sort by the column whose name was clicked."""
        if event.y >= self.HEADER:
            super().on_click(event)
            return
        x = 2
        for name, size in zip(COLUMNS, self._columns(self._width), strict=True):
            if size and x <= event.x < x + size + 2:
                backwards = name == self.view.column and not self.view.backwards
                self.post_message(self.Sorted(replace(self.view, column=name, backwards=backwards)))
            x += size + 2 if size else 0
