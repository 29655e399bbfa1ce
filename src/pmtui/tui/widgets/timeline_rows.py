"""The rows of the timeline: entries in an order, and what stands between them.

Those of a version that differs little are made from the rows before, at the cost of what differs.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from operator import itemgetter
from typing import NamedTuple

from pmtui.core.accounts import gaps
from pmtui.core.clock.zones import in_zone, zone_label
from pmtui.core.document import MILESTONES, Entry, Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import has_words
from pmtui.core.times import day_label, elapsed, estimated
from pmtui.core.timing import Mark, elapsed_since, marks, origin
from pmtui.core.touched import same_times, touched
from pmtui.tui.widgets.entry_words import entry_text, time_cell
from pmtui.tui.widgets.row_list import Row


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

    @property
    def by_time(self) -> bool:
        """Whether the entries stand as they happened, or the other way round."""
        return self.column in ("time", "T+")


class Made(NamedTuple):
    """An entry, its row, the day that it lies on ("" for one without a time), how far from UTC."""

    entry: Entry
    row: EntryRow
    day: str
    offset: timedelta | None


class TimelineRows:
    """The rows of one version of a timeline after another."""

    def __init__(self) -> None:
        self._made_for: object = None
        self._entries: Sequence[Entry] = ()
        self._made: list[Made] = []
        self._course: _Course | None = None
        self._silent: dict[str, str] = {}
        self._silent_for: tuple[Postmortem, int] | None = None

    def of(self, document: Postmortem, view: View) -> Sequence[Row]:
        """The rows in the order and with the filter of `view`."""
        begin, end = self._make(document, view)
        if view.filter or view.backwards or not view.by_time:
            self._course = None
            made = _ordered([each for each in self._made if _matches(each.row, view)], view)
            if not view.by_time:
                return [each.row for each in made]
            return [row for block in _blocks(made, document, {}) for row in block]
        if self._course is None:
            self._course, begin, end = _Course(document), 0, 0
        self._course.take(self._made, begin, end, self._silences(document, view.gap))
        return self._course.rows

    def _make(self, document: Postmortem, view: View) -> tuple[int, int]:
        """Make rows for the entries that are new; from where to where they stand for others."""
        began = origin(document, counted_from(document, view))
        made_for = (document.timezone, view.zone, document.undated, began and began.at)
        if made_for != self._made_for:
            self._made_for, self._entries, self._made, self._course = made_for, (), [], None
        begin, end, new_end = touched(self._entries, document.timeline)
        known = {id(made.entry): made for made in self._made[begin:end]}
        self._made[begin:end] = [
            known.get(id(entry)) or _make(entry, document, view.zone, began)
            for entry in document.timeline[begin:new_end]
        ]
        self._entries = document.timeline
        return begin, end

    def _silences(self, document: Postmortem, gap: int) -> dict[str, str]:
        """How long nothing is recorded before an entry, by its id."""
        known, self._silent_for = self._silent_for, (document, gap)
        alike = known and known[1] == gap and known[0].times is document.times
        if known and alike and same_times(known[0].timeline, document.timeline):
            return self._silent
        found = gaps(document, timedelta(minutes=gap))
        self._silent = {
            each.after.id: estimated(elapsed(each.length), any(each.abouts)) for each in found
        }
        return self._silent


class _Course:
    """All entries of a document as they happened, and the rows that stand between them."""

    def __init__(self, document: Postmortem) -> None:
        self.rows: tuple[Row, ...] = ()
        self._document = document
        self._breaks: list[int] = []
        """For each row that is no entry the place of the entry that it stands before."""
        self._silent: Mapping[str, str] = {}

    def take(self, made: Sequence[Made], begin: int, end: int, silent: Mapping[str, str]) -> None:
        """Show these, which are others in the place of those from `begin` to `end`."""
        more = len(made) - (len(self.rows) - len(self._breaks))
        new_end = _end_of_dependent(made, end + more)
        moved = {entry_id for entry_id, _ in self._silent.items() ^ silent.items()}
        if moved - {each.entry.id for each in made[begin:new_end]}:
            self.rows, self._breaks = (), []
            begin, more, new_end = 0, len(made), len(made)
        end = new_end - more
        blocks = [*_blocks(made[begin:new_end], self._document, silent, _before(made, begin))]
        first, last = bisect_left(self._breaks, begin), bisect_left(self._breaks, end)
        rows = (row for block in blocks for row in block)
        self.rows = (*self.rows[: begin + first], *rows, *self.rows[end + last :])
        self._breaks = [
            *self._breaks[:first],
            *(place for place, block in enumerate(blocks, begin) for _ in block[1:]),
            *(place + more for place in self._breaks[last:]),
        ]
        self._silent = silent


_Last = tuple[str, timedelta | None]
"""The day and the clock of what stands before an entry."""


def _blocks(
    made: Iterable[Made], document: Postmortem, silent: Mapping[str, str], last: _Last = ("", None)
) -> Iterator[list[Row]]:
    """The row of each entry behind what stands before it: a new day, other clocks, a silence."""
    day, clock = last
    for entry, row, label, offset in made:
        block: list[Row] = []
        if label and label != day:
            if day or not document.undated or label != "day 1":
                block.append(DayRow(label))
            day = label
        if offset is not None:
            if clock not in (None, offset) and entry.at is not None:
                name = zone_label(document.timezone, entry.at)
                block.append(DayRow(f"the clocks were changed: {name} from here on"))
            clock = offset
        if entry.id in silent:
            block.append(GapRow(f"{silent[entry.id]} without an event"))
        block.append(row)
        yield block


def _before(made: Sequence[Made], at: int) -> _Last:
    """The day and the clock of the last entry before the place `at` that has any."""
    before = range(at - 1, -1, -1)
    day = next((made[place].day for place in before if made[place].day), "")
    offsets = (made[place].offset for place in before)
    return day, next((offset for offset in offsets if offset is not None), None)


def _end_of_dependent(made: Sequence[Made], at: int) -> int:
    """Behind the next entries from the place `at` on that have a day and a clock."""
    after = range(at, len(made))
    dated = next((place + 1 for place in after if made[place].day), len(made))
    return next((max(dated, place + 1) for place in after if made[place].offset is not None), dated)


def _make(entry: Entry, document: Postmortem, other: str, began: Mark | None) -> Made:
    row = _entry_row(entry, document.timezone, other, began)
    return Made(entry, row, _day(entry, document), _offset(entry, document.timezone))


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


_FIRST = 730120
"""The ordinal of 2000-01-01, the first day of an undated document."""


def counted_from(document: Postmortem, view: View) -> str:
    """The milestone that T+ counts from: the one asked for while it is known, else the start."""
    return view.origin if view.origin in marks(document) else "started"


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


def _ordered(made: Sequence[Made], view: View) -> Sequence[Made]:
    """In the order asked for, those with nothing in the column last either way."""
    words = _WORDS.get(view.column)
    if words is None:
        return made[::-1] if view.backwards else made
    said = [(words(each.entry), each) for each in made]
    told = sorted((each for each in said if each[0]), key=itemgetter(0), reverse=view.backwards)
    return [each for _, each in (*told, *(each for each in said if not each[0]))]


def _matches(row: EntryRow, view: View) -> bool:
    if not view.filter:
        return True
    return has_words(" ".join((row.time, row.kind, row.text, row.who)), view.filter)
