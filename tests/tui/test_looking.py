"""How the lists are looked at: order by every column, filter, selection, whole texts, themes."""

from datetime import UTC, datetime

import pytest

from pmtui.core.document import Entry, Measure, Postmortem, Task
from pmtui.core.fields import fields_of
from pmtui.tui.screens.navigation import FORMS
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.timeline_list import COLUMNS
from tests.long_run import besides
from tests.tui.world import INCIDENT, NARROW, WIDE, Desk, at, editing, typed

MIXED = Postmortem(
    title="x",
    timezone="UTC",
    timeline=(
        Entry(id="b", at=at("14:00"), kind="started", text="zebra", who="bob"),
        Entry(id="a", at=at("14:10"), text="Apple", who="Ana"),
        Entry(id="c", at=at("14:20"), kind="action", text="mango"),
        Entry(id="d", text="banana", who="cy"),
    ),
)
ORDERS = {
    "time": "bacd",
    "T+": "bacd",
    "kind": "cbad",
    "what happened": "adcb",
    "who": "abdc",
}
TURNED = {name: order[::-1] for name, order in ORDERS.items()} | {"kind": "bcad", "who": "dbac"}
"""What has nothing in the column stands last either way."""


def order(desk: Desk) -> str:
    """The ids of the rows from the top."""
    return "".join(row.key for row in desk.editor.lined("timeline").rows.rows)


@pytest.mark.parametrize("column", COLUMNS)
async def test_s_sorts_by_each_column_in_turn_and_turning_round_reverses_what_it_holds(
    column: str,
) -> None:
    async with editing(MIXED) as desk:
        await desk.press(*["s"] * COLUMNS.index(column))
        assert order(desk) == ORDERS[column]
        assert f"{column} ▲" in desk.screen
        await desk.press("S")
        assert order(desk) == TURNED[column]
        assert f"{column} ▼" in desk.screen
        assert desk.row == "b"
        assert desk.document is desk.session.keeper.document


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "time"])
async def test_a_click_on_a_column_sorts_by_it_and_a_second_turns_it_round(column: str) -> None:
    async with editing(MIXED) as desk:
        await desk.click(column, of="time ▲")
        assert order(desk) == ORDERS[column]
        await desk.click(column, of=f"{column} ▲")
        assert order(desk) == TURNED[column]


async def test_the_order_is_said_with_its_direction() -> None:
    async with editing(MIXED) as desk:
        await desk.press("S")
        assert desk.status == "Sorted by time, the latest first"
        await desk.press("s", "s")
        assert desk.status == "Sorted by kind, from A to Z"
        await desk.press("S")
        assert desk.status == "Sorted by kind, from Z to A"


async def test_an_event_kept_out_of_exports_is_marked_and_found_by_that() -> None:
    async with editing(MIXED) as desk:
        await desk.press("x")
        assert "zebra  ⊘ internal" in desk.screen
        assert desk.status == "Done: keep an event out of exports · ctrl+z undoes it"
        await desk.press("slash", typed("internal"), "enter")
        assert order(desk) == "b"
        await desk.press("x")
        assert desk.status == "Done: let an event into exports again · ctrl+z undoes it"


@pytest.mark.parametrize("row", ["home", "end"])
async def test_the_row_that_gets_another_time_stays_in_sight(row: str) -> None:
    entries = [
        Entry(id=f"e{n}", at=at(f"14:{n:02d}"), text=f"beginning of {n} " + "word " * 30 + "end")
        for n in range(20)
    ]
    start = Postmortem(title="x", timezone="UTC", timeline=tuple(entries))
    async with editing(start) as desk:
        await desk.press(row, "t")
        number = 0 if row == "home" else 19
        assert f"beginning of {number} " in desk.screen
        assert "◷" in desk.screen
        for other in (NARROW, WIDE, (60, 16)):
            await desk.pilot.resize_terminal(*other)
            await desk.rest()
            assert f"beginning of {number} " in desk.screen
            assert "◷" in desk.screen


async def test_the_sign_of_the_line_goes_back_to_what_the_next_enter_does() -> None:
    async with editing(MIXED) as desk:
        await desk.press("ctrl+t", "ctrl+t")
        assert "│ »" in desk.screen
        await desk.press("escape")
        assert "»" not in desk.screen
        await desk.press("slash", typed("zebra"), "enter", "escape")
        assert "│ /" not in desk.screen
        assert order(desk) == "bacd"


async def test_editing_in_place_begins_after_the_words() -> None:
    start = MIXED.revise(timeline=(MIXED.timeline[0].revise(link="https://e.org", internal=True),))
    async with editing(start) as desk:
        await desk.press("e", "!", "enter")
        assert desk.document.timeline == (start.timeline[0].revise(text="zebra!"),)


async def test_the_clock_names_its_zone_where_that_has_another_name_than_then() -> None:
    berlin = MIXED.revise(
        timezone="Europe/Berlin",
        timeline=(MIXED.timeline[0].revise(at=at("14:00").replace(month=1)),),
    )
    async with editing(berlin) as desk:
        assert "Mon 22 Jan 2024 · CET" in desk.lines()[0]
        assert "18:20 CEST  saved" in desk.lines()[0]
    async with editing(berlin.revise(timeline=(MIXED.timeline[0],))) as desk:
        assert "18:20  saved" in desk.lines()[0]


async def test_milestones_that_contradict_each_other_are_told() -> None:
    start = MIXED.revise(
        timeline=(
            MIXED.timeline[0].revise(kind="resolved"),
            MIXED.timeline[1].revise(kind="started"),
        )
    )
    async with editing(start) as desk:
        assert "resolved 14:00 lies 10m before started 14:10" in desk.lines()[1]


async def test_the_palette_has_the_commands_in_their_order_and_finds_them_by_their_help() -> None:
    async with editing(MIXED) as desk:
        await desk.press("ctrl+p")
        places = [desk.find(f"(^{letter})")[1] for letter in "tnzyg"]
        assert places == sorted(places)
        await desk.press(typed("markdown file beside"))
        assert "F7" in desk.screen


async def test_a_nested_list_keeps_its_indent_in_the_preview() -> None:
    text = "- outer\n  - " + "inner " * 30
    async with editing(MIXED.revise(summary=text), size=NARROW) as desk:
        await desk.press("f6")
        lines = [line for line in desk.lines() if "inner" in line]
        assert lines[0].startswith("│   - inner")
        assert all(line.startswith("│     inner") for line in lines[1:])
        assert sum(line.count("inner") for line in lines) == 30


async def test_sorting_goes_round_to_time_again() -> None:
    async with editing(MIXED) as desk:
        await desk.press(*["s"] * len(COLUMNS))
        assert order(desk) == ORDERS["time"]


async def test_sorting_leaves_out_a_column_that_is_not_shown() -> None:
    bare = MIXED.revise(timeline=tuple(e.revise(kind="note", who="") for e in MIXED.timeline))
    bare = bare.revise(times=bare.times.revise(started=at("14:00")))
    async with editing(bare) as desk:
        await desk.press("s", "s")
        assert "what happened ▲" in desk.screen
        await desk.press("s")
        assert "time ▲" in desk.screen


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 15)])
async def test_the_menu_of_fields_shows_every_field_that_there_is_room_for(
    size: tuple[int, int],
) -> None:
    labels = [f.label for pane in FORMS for f in fields_of(INCIDENT, pane)]
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("ctrl+g")
        if size[1] > 15:
            assert [label for label in labels if label not in desk.screen] == []
        await desk.press(*["down"] * len(labels))
        assert labels[-1] in desk.screen
        await desk.press("enter")
        assert desk.focus == "lessons/images"


async def test_another_time_is_typed_over_the_time_beside_the_words() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("down", "t")
        row = next(line for line in desk.lines() if "◷" in line)
        assert "14:30" in row
        assert "Rolled back" in row
        await desk.press(typed("yesterday 23:50 Europe/Berlin"))
        assert any("◷ yesterday 23:50 Europe/Berlin" in line for line in desk.lines())


async def test_an_event_added_while_sorted_otherwise_is_found_under_the_cursor() -> None:
    async with editing(MIXED) as desk:
        await desk.press("s", "s", "s", "a", typed("14:15 cherry"), "enter")
        assert desk.row == "n1"
        assert [entry.id for entry in desk.document.timeline] == ["b", "a", "n1", "c", "d"]


@pytest.mark.parametrize(
    ("words", "rows"),
    [("ana", "ad"), ("ANA", "ad"), ("14:1", "a"), ("action", "c"), ("bob zebra", "b"), ("q", "")],
)
async def test_the_filter_finds_words_in_any_column(words: str, rows: str) -> None:
    async with editing(MIXED) as desk:
        await desk.press("slash", typed(words), "enter")
        assert order(desk) == rows


async def test_commands_under_a_filter_work_on_what_is_seen_only() -> None:
    async with editing(MIXED) as desk:
        await desk.press("space", "space", "slash", typed("ana"), "enter", "d")
        assert [entry.id for entry in desk.document.timeline] == ["b", "c", "d"]


async def test_day_breaks_stand_where_the_date_changes() -> None:
    start = MIXED.revise(
        timeline=(MIXED.timeline[0].revise(at=at("23:50", day=21)), *MIXED.timeline[1:])
    )
    async with editing(start) as desk:
        assert "── Tue 21 May 2024 ─" in desk.screen
        assert "── Wed 22 May 2024 ─" in desk.screen


async def test_the_cursor_keys_of_the_list() -> None:
    async with editing(MIXED) as desk:
        rows = []
        for key in ("down", "j", "up", "k", "end", "home", "G", "g", "pagedown", "pageup"):
            await desk.press(key)
            rows.append(desk.row)
        assert "".join(rows) == "acabdbdbdb"


async def test_a_page_of_a_list_is_what_is_seen_less_a_line() -> None:
    long = INCIDENT.revise(
        timeline=tuple(Entry(id=f"n{n}", at=at("14:00"), text=f"Event {n}") for n in range(100))
    )
    async with editing(long, size=NARROW) as desk:
        await desk.press("f3", "home")
        rows = desk.app.screen.query_one("#timeline RowList", RowList)
        seen = rows.size.height - rows.HEADER
        await desk.press("pagedown")
        assert desk.row == f"n{seen - 1}"
        await desk.press("pagedown", "pageup")
        assert desk.row == f"n{seen - 1}"


async def test_the_theme_changes_and_comes_back() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("f9")
        assert desk.app.theme == "pmtui-light"
        await desk.press("f9")
        assert desk.app.theme == "pmtui-dark"


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 10), (20, 5), (200, 50)])
async def test_nothing_breaks_at_any_size(size: tuple[int, int]) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press(
            "ctrl+t", typed("14:05 x"), "enter", "ctrl+g", "g", typed("x"), "f1", "escape"
        )
        await desk.press("f3", "m", "escape", "e", "escape", "f6")
        assert desk.document.trigger == "x"
        assert len(desk.lines()) == size[1]


async def test_the_screen_follows_when_the_terminal_changes_its_size() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("e", typed(" x"))
        await desk.pilot.resize_terminal(*NARROW)
        await desk.rest()
        assert desk.focus == "timeline/overlay"
        await desk.press("enter")
        assert desk.focus == "timeline"
        assert max(map(len, desk.lines())) == NARROW[0]


async def test_a_long_text_is_cut_nowhere_in_the_list() -> None:
    words = [f"word{number}" for number in range(60)]
    start = MIXED.revise(timeline=(MIXED.timeline[0].revise(text=" ".join(words)),))
    async with editing(start, size=NARROW) as desk:
        assert all(word in desk.screen for word in words)


async def test_lines_break_where_the_list_ends_with_a_scroll_bar_and_without() -> None:
    def filled(count: int) -> Postmortem:
        entries = [
            Entry(id=f"e{n}", at=at(f"14:{n:02d}"), text="w" * (50 + n) + " end")
            for n in range(count)
        ]
        return Postmortem(title="x", timezone="UTC", timeline=tuple(entries))

    for count in (4, 8, 9, 10, 11, 12, 13):
        async with editing(filled(count), size=NARROW) as desk:
            rows = desk.editor.lined("timeline").rows
            assert rows._width == rows.scrollable_content_region.width
            assert rows.show_vertical_scrollbar or rows._tops[-1] < rows.size.height


async def test_the_preview_cuts_no_word() -> None:
    words = [f"word{number:03d}" for number in range(300)]
    async with editing(INCIDENT.revise(summary=" ".join(words)), size=(120, 60)) as desk:
        await desk.press("f6")
        shown = {word for line in desk.lines() for word in line.replace("│", " ").split()}
        assert not [word for word in shown if word.startswith("word") and word not in words]
        assert len(shown & set(words)) > 150


@pytest.mark.parametrize("pane", ["summary", "root-cause", "lessons", "timeline", "tasks"])
@pytest.mark.parametrize("width", [30, 80, *besides(40, 60)])
async def test_the_tab_of_the_present_pane_is_in_sight_and_can_be_clicked(
    pane: str, width: int
) -> None:
    keys = {"summary": "ctrl+o", "root-cause": "ctrl+r", "lessons": "ctrl+l", "tasks": "f2"}
    names = {"summary": "Summary", "root-cause": "Root cause", "lessons": "Lessons"}
    name = names.get(pane) or {"timeline": "Timeline 4", "tasks": "Tasks 1/2"}[pane]
    async with editing(INCIDENT, size=(width, 24)) as desk:
        await desk.press(keys.get(pane, "f3"))
        assert f" {name} " in desk.lines()[2] + " "
        await desk.click(name, of=desk.lines()[2])
        assert desk.editor.active == pane


@pytest.mark.parametrize("size", [(60, 15), (40, 10), (80, 24)])
async def test_the_review_leaves_room_for_the_keys_and_the_status(size: tuple[int, int]) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("f5")
        lines = desk.lines()
        assert lines[-1].startswith(" Enter go there")
        assert any("╭─ Review" in line for line in lines)
        assert lines[-3].startswith("╰")
        assert not desk.editor.show_vertical_scrollbar


async def test_no_example_of_the_help_is_broken() -> None:
    async with editing(INCIDENT, size=(60, 24)) as desk:
        await desk.press("f1")
        for example in ("14:05 UTC", "yesterday 23:50", "mon 14:05", "22 May 14:05"):
            assert example in desk.screen


async def test_a_row_without_owner_or_date_has_the_whole_width() -> None:
    words = "Say in the runbook of the database who is called at night and how, with the numbers"
    tasks = (Task(id="t1", text="Short", owner="ana", ticket="OPS-1234"),)
    start = Postmortem(title="x", tasks=tasks, measures=(Measure(id="m1", text=words[:64]),))
    async with editing(start, size=NARROW) as desk:
        await desk.press("f2")
        assert f" •   {words[:64]}" in desk.screen


async def test_a_list_that_changed_while_it_was_hidden_shows_its_rows() -> None:
    first, second = at("14:00"), at("14:20")
    entries = (Entry(id="e1", at=first, text="one"), Entry(id="e2", at=second, text="two"))
    start = Postmortem(title="x", timezone="UTC", timeline=entries)
    async with editing(start, size=NARROW) as desk:
        # The event takes the line of the gap, so that the height of all rows stays the same.
        for keys in (("ctrl+t", typed("14:10 y"), "enter"), ("ctrl+o",), ("ctrl+z",)):
            await desk.press(*keys)
        assert "20m without an event" in desk.screen
        assert "two" in desk.screen


@pytest.mark.parametrize(("order", "zone"), [("", "CET"), ("S", "CEST")])
async def test_the_hour_that_comes_twice_is_divided_by_a_line(order: str, zone: str) -> None:
    entries = tuple(
        Entry(id=f"e{hour}", at=datetime(2024, 10, 27, hour, 30, tzinfo=UTC), text=f"at {hour} UTC")
        for hour in (0, 1)
    )
    start = Postmortem(title="x", timezone="Europe/Berlin", timeline=entries)
    async with editing(start, size=NARROW) as desk:
        await desk.press(*order)
        above, below = desk.screen.split(f"── the clocks were changed: {zone} from here on ──")
        assert "02:30" in above
        assert "02:30" in below


@pytest.mark.parametrize(
    ("size", "keys"), [((120, 12), ()), ((200, 14), ()), ((120, 18), ("f5",)), ((120, 22), ("f5",))]
)
async def test_on_a_wide_and_low_terminal_the_pane_in_use_has_rows(
    size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("f3", *keys)
        assert "Alert fired" in desk.screen
        assert "Timeline 4" in desk.lines()[2]
        await desk.press("f2")
        assert "Add an alert" in desk.screen
        await desk.press("ctrl+r")
        assert "Why it could happen" in desk.screen
