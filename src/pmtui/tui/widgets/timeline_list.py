"""The timeline as rows: columns, day breaks, order and filter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from pmtui.core.accounts import gaps
from pmtui.core.clock.zones import in_zone, zone_label
from pmtui.core.document import MILESTONES, Entry, Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import has_words
from pmtui.core.times import day_label, elapsed, estimated
from pmtui.core.timing import Mark, elapsed_since, marks, origin
from pmtui.core.touched import same_times, touched
from pmtui.tui.widgets.entry_words import entry_text, time_cell
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.wrapping import cut, pad, wrap

_FEW = 100
"""Entries up to which each is put in its place; more are shown anew."""

COLUMNS = ("time", "T+", "kind", "what happened", "who")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, each column as text."""

    key: str
    time: str
    offset: str
    kind: str
    text: str
    who: str
    internal: bool
    milestone: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """A break where the date changes."""

    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class GapRow(DayRow):
    """A stretch in which nothing is recorded."""


@dataclass(frozen=True, slots=True)
class View:
    """How the timeline is looked at: order, filter, and whether long texts are shown whole.

    `origin` is the milestone that T+ counts from, `zone` one in which times are shown besides the
    incident's own, `gap` the minutes of silence that are shown as a gap.
    """

    column: str = "time"
    backwards: bool = False
    filter: str = ""
    whole: bool = True
    origin: str = "started"
    zone: str = ""
    gap: int = 10


class Made(NamedTuple):
    """An entry, its row, the day that it lies on ("" for one without a time), how far from UTC."""

    entry: Entry
    row: EntryRow
    day: str
    offset: timedelta | None


class EntryRows:
    """The rows of entries, each made once as long as the entry stays the same object."""

    def __init__(self) -> None:
        self._made_for: object = None
        self._made: dict[int, Made] = {}

    def of(self, document: Postmortem, entries: Sequence[Entry], view: View) -> list[Made]:
        """Each entry with its row, in this order."""
        began = origin(document, counted_from(document, view))
        made_for = (document.timezone, view.zone, document.undated, began and began.at)
        before = self._made if made_for == self._made_for else {}
        made = []
        for entry in entries:
            each = before.get(id(entry))
            if each is None or each.entry is not entry:
                row = _entry_row(entry, document.timezone, view.zone, began)
                each = Made(entry, row, _day(entry, document), _offset(entry, document.timezone))
            made.append(each)
        self._made_for, self._made = made_for, {id(each.entry): each for each in made}
        return made

    def again(self, entry: Entry, old: Entry, document: Postmortem, view: View) -> EntryRow | None:
        """The row of an entry with other words than `old` and the same times, if that is known."""
        made = self._made.pop(id(old), None)
        if made is None or made.entry is not old:
            return None
        began = origin(document, counted_from(document, view))
        row = _entry_row(entry, document.timezone, view.zone, began)
        self._made[id(entry)] = made._replace(entry=entry, row=row)
        return row


def _entry_row(entry: Entry, zone: str, other: str, began: Mark | None) -> EntryRow:
    return EntryRow(
        key=entry.id,
        time=time_cell(entry, zone, other),
        offset=_offset_text(began, entry),
        kind="" if entry.kind == "note" else entry.kind,
        text=entry_text(entry, zone),
        who=entry.who,
        internal=entry.internal,
        milestone=entry.kind in MILESTONES,
    )


def _offset(entry: Entry, zone: str) -> timedelta | None:
    """How far the clocks of the zone are from UTC at the entry; None where that is unknown."""
    return None if entry.at is None else in_zone(entry.at, zone).utcoffset()


def _day(entry: Entry, document: Postmortem) -> str:
    if entry.at is None:
        return ""
    if not document.undated:
        return day_label(entry.at, document.timezone)
    return f"day {in_zone(entry.at, document.timezone).date().toordinal() - _FIRST + 1}"


def rows_of(document: Postmortem, view: View, known: EntryRows | None = None) -> list[Row]:
    """The rows of the timeline in the order and with the filter of `view`.

    Those of entries that are `known` are the same objects as before.
    """
    silent = _gaps(document, view)
    rows: list[Row] = []
    day = ""
    clock: timedelta | None = None
    by_time = view.column in ("time", "T+")
    made = (known or EntryRows()).of(document, _ordered(document, view), view)
    for entry, row, label, offset in made:
        if view.filter and not _matches(row, view.filter):
            continue
        if by_time and label and label != day:
            if day or not document.undated or label != "day 1":
                rows.append(DayRow(label))
            day = label
        if by_time and offset is not None:
            if clock not in (None, offset) and entry.at is not None:
                name = zone_label(document.timezone, entry.at)
                rows.append(DayRow(f"the clocks were changed: {name} from here on"))
            clock = offset
        if entry.id in silent:
            rows.append(GapRow(f"{silent[entry.id]} without an event"))
        rows.append(row)
    return rows


def counted_from(document: Postmortem, view: View) -> str:
    """The milestone that T+ counts from: the one asked for while it is known, else the start."""
    return view.origin if view.origin in marks(document) else "started"


def _gaps(document: Postmortem, view: View) -> dict[str, str]:
    """How long nothing is recorded before an entry, by its id; only while all stand in order."""
    if view.filter or view.backwards or view.column not in ("time", "T+"):
        return {}
    found = gaps(document, timedelta(minutes=view.gap))
    return {gap.after.id: estimated(elapsed(gap.length), any(gap.abouts)) for gap in found}


_FIRST = 730120
"""The ordinal of 2000-01-01, the first day of an undated document."""


def _offset_text(began: Mark | None, entry: Entry) -> str:
    since = elapsed_since(began.at, entry.at) if began and entry.at else None
    if since is None:
        return ""
    text = elapsed(since)
    return text if text.startswith("-") or not since else f"+{text}"


_WORDS: dict[str, Callable[[Entry], str]] = {
    "kind": lambda entry: "" if entry.kind == "note" else entry.kind,
    "what happened": lambda entry: entry.text.casefold(),
    "who": lambda entry: entry.who.casefold(),
}
"""What the columns that are sorted from A to Z hold."""


def _ordered(document: Postmortem, view: View) -> Sequence[Entry]:
    """The entries in the order asked for, those with nothing in the column last either way."""
    entries = document.timeline
    words = _WORDS.get(view.column)
    if words is None:
        return entries[::-1] if view.backwards else entries
    said = sorted(filter(words, entries), key=words, reverse=view.backwards)
    return (*said, *(entry for entry in entries if not words(entry)))


def _matches(row: EntryRow, wanted: str) -> bool:
    return has_words(" ".join((row.time, row.kind, row.text, row.who)), wanted)


def _longest(rows: Sequence[Row], name: str) -> int:
    """The cells of the longest text in a column."""
    texts = {getattr(row, name) for row in rows if isinstance(row, EntryRow)}
    return max((len(t) if t.isascii() else cell_len(t) for t in texts), default=0)


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
        self.known = EntryRows()
        self._widths = (6, 4, 5, 0, 4)
        self._longest = dict.fromkeys(("time", "offset", "kind", "who"), 0)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, each column as wide as its longest text."""
        self._measure_columns(rows)
        super().set_rows(rows)

    def renew(self, before: Sequence[Entry], document: Postmortem) -> bool:
        """Show the entries that have other words than `before`; False where more may be another."""
        view, after = self.view, document.timeline
        if view.filter or view.column not in ("time", "T+") or not same_times(before, after):
            return False
        begin, end, _ = touched(before, after)
        if end - begin > _FEW:
            return False
        for old, new in zip(before[begin:end], after[begin:end], strict=True):
            row = self.known.again(new, old, document, view)
            if row is None:
                return False
            self.replace(row)
        return True

    def _measure_columns(self, rows: Sequence[Row]) -> None:
        begin, end, new_end = touched(self.rows, rows)
        for name, known in self._longest.items():
            fresh, gone = _longest(rows[begin:new_end], name), _longest(self.rows[begin:end], name)
            # What made the column as wide as it was may be what is gone.
            is_known = gone < known or fresh >= known
            self._longest[name] = max(fresh, known) if is_known else _longest(rows, name)
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
        longest = self._longest[name]
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
