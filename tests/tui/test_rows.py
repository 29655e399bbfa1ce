"""The rows of the timeline: those of entries that did not change are not made again."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, product

from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip
from textual.widget import Widget

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Postmortem, Times
from pmtui.core.edits import timeline
from pmtui.core.order import sort_timeline
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.row_tops import RowTops
from pmtui.tui.widgets.timeline_list import TimelineList
from pmtui.tui.widgets.timeline_rows import EntryRow, TimelineRows, View
from tests.tui.world import INCIDENT, at, editing, typed

DOCUMENTS = (
    INCIDENT,
    timeline.revise(INCIDENT, entry_id="e2", text="Rolled back twice"),
    timeline.revise(INCIDENT, entry_id="e1", at=at("13:30")),
    timeline.remove(INCIDENT, entry_ids=frozenset({"e3"})),
    INCIDENT.revise(timezone="Europe/Berlin"),
    INCIDENT.revise(undated=True),
    INCIDENT.revise(timeline=()),
)
VIEWS = (View(), View(column="who"), View(zone="Asia/Tokyo"), View(filter="back"), View(origin="x"))


def test_rows_that_are_known_equal_those_made_anew() -> None:
    known = TimelineRows()
    for document, view in product((*DOCUMENTS, *reversed(DOCUMENTS)), VIEWS):
        assert known.of(document, view) == TimelineRows().of(document, view)


_NIGHT = datetime(2024, 10, 26, tzinfo=UTC)
"""The night before the clocks of Berlin change."""

_HOURS = st.none() | st.integers(0, 600).map(lambda tenths: timedelta(hours=tenths / 10))
_EDIT = st.tuples(st.integers(0, 12), st.booleans(), _HOURS)


@given(st.lists(_EDIT, max_size=30), st.booleans(), st.sampled_from(["", "Europe/Berlin"]))
def test_rows_of_versions_that_follow_one_another_equal_those_made_anew(
    edits: list[tuple[int, bool, timedelta | None]], aware: bool, zone: str
) -> None:
    """Whatever comes, goes and moves over days, a change of the clocks and silences."""
    entries: dict[int, Entry] = {}
    known = TimelineRows()
    for number, gone, since in edits:
        entries.pop(number, None)
        if not gone:
            entries[number] = Entry(id=f"e{number}", text="x", at=_moment(since, aware))
        document = Postmortem(
            timezone=zone,
            undated=not zone,
            times=Times(started=_moment(timedelta(), aware)),
            timeline=sort_timeline(tuple(entries.values()), zone),
        )
        assert known.of(document, View()) == TimelineRows().of(document, View())


def test_a_silence_is_none_any_longer_when_the_incident_grows_long() -> None:
    known = TimelineRows()
    entries: tuple[Entry, ...] = ()
    for minute in (0, 10, 40, 50, 60, 600, 610):
        at = _NIGHT + timedelta(minutes=minute)
        entries = (*entries, Entry(id=f"e{minute}", text="x", at=at))
        document = Postmortem(timezone="UTC", timeline=entries)
        assert known.of(document, View()) == TimelineRows().of(document, View())


def _moment(since: timedelta | None, aware: bool) -> datetime | None:
    if since is None:
        return None
    moment = _NIGHT + since
    return in_zone(moment, "Europe/Berlin") if aware else moment.replace(tzinfo=None)


def test_an_edit_makes_one_row() -> None:
    known = TimelineRows()
    before = _entries(INCIDENT, known)
    after = _entries(timeline.revise(INCIDENT, entry_id="e2", text="Else"), known)
    assert [key for key, row in after.items() if row is not before[key]] == ["e2"]


def _entries(document: Postmortem, known: TimelineRows) -> dict[str, EntryRow]:
    rows = known.of(document, View())
    return {row.key: row for row in rows if isinstance(row, EntryRow)}


async def test_finished_lines_are_those_that_textual_would_make() -> None:
    keys = ("f3", "down", "space", "s", "f2", "up", "end", "w", "f5", "down", "f9", "f3", "home")
    async with editing(INCIDENT) as desk:
        for key in keys:
            await desk.press(key)
            for rows in desk.app.screen.query(RowList):
                whole = rows.outer_size.region
                own = [_cells(strip) for strip in rows.render_lines(whole)]
                rows._drawn.clear()
                rows._styles_cache.clear()
                stock = Widget.render_lines(rows, whole)
                rows._drawn.clear()
                assert own == [_cells(strip) for strip in stock]


def _cells(strip: Strip) -> list[tuple[str, object, object]]:
    """Each letter with its colours; a blank shows none of its own."""
    return [
        (letter, style.color if letter != " " else None, style.bgcolor)
        for text, style, _ in strip
        for letter in text
        if style is not None
    ]


_LONGER = (*"e", "end", *typed(" and it went on and on " * 6), "enter")
_WIDE = ("a", *typed("14:20 #mitigated switched over @maximiliane"), "enter", "escape")
_MANY = ("a", *typed("next day 09:00 looked again @bo"), "enter", *typed("09:40 done"), "enter")
_EDITS: tuple[tuple[str, ...], ...] = (
    *(("e", "x", "enter"), _LONGER, ("x",), ("ctrl+z",), ("ctrl+z",), ("ctrl+y",), ("down", "d")),
    *(_WIDE, ("ctrl+z",), ("ctrl+y",), ("d",), ("ctrl+z",), _MANY, ("escape", "home", "d")),
    *(("slash", *"roll", "enter"), ("slash", "escape"), ("s", "s"), ("S",), ("d",), ("ctrl+z",)),
    *(("w",), ("z",), ("space", "down", "space", "d"), ("ctrl+z",), ("ctrl+z",), ("ctrl+z",)),
)


async def test_an_edit_shows_what_all_rows_made_and_measured_anew_would() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("f3", "home", "down")
        for keys in _EDITS:
            await desk.press(*keys)
            rows = desk.editor.lined("timeline").rows
            assert isinstance(rows, TimelineList)
            shown, tops, widths = list(rows.rows), [*rows._tops], rows._widths
            assert shown == list(TimelineRows().of(desk.document, rows.view))
            rows.set_rows([])
            rows.forget_drawn()
            rows.set_rows(shown)
            assert ([*rows._tops], rows._widths) == (tops, widths)
            desk.editor.lined("timeline").rows.move_to(rows.cursor)


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, 9), max_size=8),
            st.sampled_from([-1, 0, 1, 2, 3]),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_rows_that_change_lie_where_they_would_if_all_were_laid_anew(
    changes: list[tuple[list[int], int, bool]],
) -> None:
    """Whatever comes and goes, hides, is seen at another width or looks different from now on."""
    pool, taller = [[number] for number in range(10)], 0

    def measure(row: list[int], width: int) -> int:
        return row[0] % width + 1 + taller

    tops = RowTops(measure)
    for numbers, width, grow in changes:
        if grow:
            taller += 1
            tops.forget()
        rows = [pool[number] for number in dict.fromkeys(numbers)]
        tops.lay(rows, width)
        lines = [measure(row, width) if width > 0 else 0 for row in rows]
        assert [*tops] == [0, *accumulate(lines)]
        assert tops.width == (width if width > 0 else -1)
