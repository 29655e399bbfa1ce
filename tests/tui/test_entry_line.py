"""The entry line: shows what it understood, completes, never loses a refused line, goes back."""

import pytest

from pmtui.core.document import Entry, Postmortem
from tests.long_run import besides
from tests.tui.cases import Case, check, names
from tests.tui.world import INCIDENT, NARROW, WIDE, at, editing, played, typed

LINES: tuple[tuple[str, str, Entry], ...] = (
    (
        "14:05 db down",
        "→ Wed 22 May 2024 14:05 · T+5m",
        Entry(id="n1", at=at("14:05"), text="db down"),
    ),
    (
        "db down",
        "→ now Wed 22 May 2024 16:20 · T+2h 20m",
        Entry(id="n1", at=at("16:20"), text="db down"),
    ),
    ("-5m db down", "→ Wed 22 May 2024 16:15", Entry(id="n1", at=at("16:15"), text="db down")),
    ("+5m db down", "→ Wed 22 May 2024 16:15", Entry(id="n1", at=at("16:15"), text="db down")),
    (
        "14:05-14:20 db down",
        "14:05–14:20",
        Entry(id="n1", at=at("14:05"), until=at("14:20"), text="db down"),
    ),
    ("~1405 db down", "→ about Wed", Entry(id="n1", at=at("14:05"), about=True, text="db down")),
    ("-- db down", "→ no time", Entry(id="n1", text="db down")),
    (
        "2pm #detected db down @zoe https://e.org/d",
        "#detected · @zoe · link",
        Entry(
            id="n1",
            at=at("14:00"),
            kind="detected",
            text="db down",
            who="zoe",
            link="https://e.org/d",
        ),
    ),
    (
        "14:05 db down #internal",
        "internal",
        Entry(id="n1", at=at("14:05"), text="db down", internal=True),
    ),
    (r"14:05 \#1 of 3", "→ Wed", Entry(id="n1", at=at("14:05"), text="#1 of 3")),
    (
        "14:05 #detcted db down",
        "#detcted is no kind: #detected?",
        Entry(id="n1", at=at("14:05"), text="#detcted db down"),
    ),
    (
        "14:05 Europe/Berln db down",
        "Europe/Berln is no zone",
        Entry(id="n1", at=at("14:05"), text="Europe/Berln db down"),
    ),
    ("14:05 [UTC] db down", "→ Wed", Entry(id="n1", at=at("14:05"), text="db down")),
    ("14:05 EEDT db down", "→ Wed", Entry(id="n1", at=at("11:05"), text="db down")),
    (
        "14:05 [db] is down",
        "→ Wed",
        Entry(id="n1", at=at("14:05"), text="[db] is down"),
    ),
    (
        "14:05 XSDT down",
        "XSDT is no zone",
        Entry(id="n1", at=at("14:05"), text="XSDT down"),
    ),
    (
        "14:05 XYZ+3 down",
        "XYZ+3 is no zone",
        Entry(id="n1", at=at("14:05"), text="XYZ+3 down"),
    ),
    ("500 errors a second", "→ now", Entry(id="n1", at=at("16:20"), text="500 errors a second")),
    ("16:00 UTC back", "→ Wed 22 May 2024 16:00", Entry(id="n1", at=at("16:00"), text="back")),
    (
        "yesterday 23:50 first signs",
        "→ Tue 21 May 2024 23:50 · T-14h 10m",
        Entry(id="n1", at=at("23:50", day=21), text="first signs"),
    ),
)


async def test_the_line_shows_what_it_understood_and_enter_adds_just_that() -> None:
    async with editing(INCIDENT) as desk:
        for line, shown, entry in LINES:
            await desk.press("ctrl+o", "ctrl+t", typed(line))
            assert shown in desk.subtitle
            assert desk.document == INCIDENT
            await desk.press("enter")
            (added,) = (each for each in desk.document.timeline if each not in INCIDENT.timeline)
            assert added.revise(id="n1") == entry
            assert desk.editor.lined("timeline").rows.cursor == added.id
            await desk.press("ctrl+z")
            assert desk.document == INCIDENT


REFUSED = (
    ("25:00 db down", "25:00"),
    ("14:05", "there is no text"),
    ("14:05 #detected", "there is no text"),
    ("14:05 IST db down", "IST"),
)


@pytest.mark.parametrize(("line", "reason"), REFUSED)
async def test_a_refused_line_stays_with_its_reason(line: str, reason: str) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed(line), "enter")
        assert desk.document == INCIDENT
        assert reason in desk.subtitle
        assert desk.status.startswith("Not taken yet")
        assert desk.screen.count(reason) <= 2
        assert desk.focus == "timeline/line"
        assert desk.editor.lined("timeline").line.text == line


async def test_a_refused_line_waits_while_the_person_looks_elsewhere() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("25:00 db down"), "enter", "ctrl+r", "ctrl+t")
        assert desk.editor.lined("timeline").line.text == "25:00 db down"


async def test_an_unfinished_line_survives_a_filter() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("half a"), "escape", "ctrl+f", typed("ana"), "enter")
        await desk.press("ctrl+t", typed(" thought"), "enter")
        assert desk.document.timeline[-1].text == "half a thought"


COMPLETED = (
    ("14:05 #det", ("tab",), "14:05 #detected"),
    ("14:05 #d", ("tab", "tab"), "14:05 #diagnosed"),
    ("14:05 x #int", ("tab",), "14:05 x #internal"),
    ("14:05 x @a", ("tab",), "14:05 x @ana"),
    ("14:05 x @", ("tab", "tab"), "14:05 x @bob"),
    ("14:05 x @", ("tab", "tab", "tab"), "14:05 x @ana"),
)


@pytest.mark.parametrize(("line", "keys", "after"), COMPLETED)
async def test_tab_completes_kinds_and_names(line: str, keys: tuple[str, ...], after: str) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed(line))
        assert "Tab: " in desk.subtitle
        await desk.press(*keys)
        assert desk.editor.lined("timeline").line.text == after
        assert desk.focus == "timeline/line"


UNFINISHED = (
    ("14:05 x #det", WIDE, "→ Wed 22 May 2024 14:05 · T+5m · Tab: #detected"),
    ("14:05 x #detected @a", WIDE, "→ Wed 22 May 2024 14:05 · T+5m · #detected · Tab: @ana"),
    ("14:05 x #", NARROW, "→ Wed 22 May 2024 14:05 · T+5m · Tab: #started  #detected"),
    ("x @a", NARROW, "→ now Wed 22 May 2024 16:20 · T+2h 20m · Tab: @ana"),
    ("14:05 #det", NARROW, "Tab: #detected"),
    ("25:05 x #det", NARROW, "Tab: #detected"),
    ("14:05 x #det", (44, 24), "Tab: #detected"),
)
"""Lines in which a word could be completed, how wide the screen is, and what stands below."""


@pytest.mark.parametrize(("line", "size", "told"), UNFINISHED)
async def test_the_time_stays_in_sight_while_a_word_can_be_completed(
    line: str, size: tuple[int, int], told: str
) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("ctrl+t", typed(line))
        assert desk.subtitle == told


CASES = (
    Case(
        "once goes back to the field it came from",
        ("ctrl+g", "x", "ctrl+t", typed("14:05 a"), "enter"),
        INCIDENT.revise(
            timeline=(
                INCIDENT.timeline[0],
                Entry(id="n1", at=at("14:05"), text="a"),
                *INCIDENT.timeline[1:],
            )
        ),
        focus="root-cause/resolution",
    ),
    Case(
        "Esc goes back to the field it came from",
        ("ctrl+o", "ctrl+t", typed("14:05 a"), "escape"),
        focus="summary/title",
    ),
    Case("an empty line goes back", ("ctrl+o", "ctrl+t", "enter"), focus="summary/title"),
    Case(
        "twice stays after an empty line",
        ("ctrl+o", "ctrl+t", "ctrl+t", "enter"),
        focus="timeline/line",
    ),
    Case(
        "twice and Esc goes back", ("ctrl+o", "ctrl+t", "ctrl+t", "escape"), focus="summary/title"
    ),
    Case(
        "from the tasks it goes back to the tasks",
        ("f2", "ctrl+t", "escape"),
        focus="tasks",
        row="t1",
    ),
    Case("up leaves for the list", ("ctrl+t", "up"), focus="timeline"),
    Case(
        "a line that was left for another field leads back there no more",
        ("ctrl+r", "ctrl+n", "ctrl+g", "c", "f2", "a", typed("x"), "escape"),
        focus="tasks",
    ),
    Case(
        "a line that was left for its list leads back to the list",
        ("ctrl+o", "ctrl+t", "up", "a", "escape"),
        focus="timeline",
    ),
    Case(
        "in the line the key bar offers what works there",
        ("ctrl+t",),
        shows="^t event",
        hides="re-time",
        size=NARROW,
    ),
    Case("in the list the key bar offers its keys", ("ctrl+t", "up"), shows="re-time", size=NARROW),
    Case(
        "leaving the line for another pane leaves no hint behind",
        ("ctrl+t", "ctrl+t", "ctrl+r"),
        focus="root-cause/root_cause",
        hides="Enter adds",
    ),
    Case(
        "under the preview the keys of the list are not offered",
        ("f3", "f6"),
        hides="re-time",
        size=NARROW,
    ),
    Case(
        "leaving the filter leaves no hint of the line behind",
        ("/", typed("alert"), "enter", "escape"),
        focus="timeline",
        hides="Enter adds",
    ),
    Case("down leaves for the tasks", ("ctrl+t", "down"), focus="tasks"),
    Case(
        "narrow shows the timeline while it is typed",
        ("ctrl+r", "ctrl+t"),
        shows="Alert fired",
        size=NARROW,
    ),
    Case(
        "narrow goes back to the pane before",
        ("ctrl+r", "ctrl+t", "escape"),
        hides="Alert fired",
        size=NARROW,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=names)
async def test_the_line_goes_where_it_should(case: Case) -> None:
    await check(case)


async def test_twice_adds_one_event_after_another_and_escape_goes_back() -> None:
    async with editing(Postmortem(title="x", timezone="UTC")) as desk:
        await desk.press("ctrl+o", "ctrl+t", "ctrl+t")
        await desk.press(typed("14:00 a\n+5m b\n14:03 c\n-- d\n"), "escape")
        assert [(e.at, e.text) for e in desk.document.timeline] == [
            (at("14:00"), "a"),
            (at("14:03"), "c"),
            (None, "d"),
            (at("14:05"), "b"),
        ]
        assert desk.focus == "summary/title"


async def test_back_fill_rolls_over_midnight() -> None:
    start = Postmortem(title="x", timezone="UTC")
    after = await played(start, typed("yesterday 23:50 a\n00:10 b\n"))
    assert [entry.at for entry in after.timeline] == [at("23:50", day=21), at("0:10")]


async def test_editing_in_place_keeps_what_the_line_does_not_show() -> None:
    entry = Entry(id="e1", at=at("14:00"), text="a #b @c", source="chat", unknown=(("x", 1),))
    start = INCIDENT.revise(timeline=(entry,))
    after = await played(start, "e", "end", "!", "enter")
    assert after.timeline == (entry.revise(text="a #b @c!"),)


async def test_escape_leaves_the_entry_as_it_was() -> None:
    assert await played(INCIDENT, "e", typed(" x"), "escape") == INCIDENT
    assert await played(INCIDENT, "t", typed("15:00"), "escape") == INCIDENT


async def test_a_refused_edit_in_place_stays_open_with_the_reason() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("t", typed("25:00"), "enter")
        assert (desk.document, desk.focus) == (INCIDENT, "timeline/overlay")
        assert "25:00" in desk.subtitle
        await desk.press("escape")
        assert desk.focus == "timeline"


async def test_what_is_edited_in_place_is_taken_when_the_cursor_goes_elsewhere() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("t", typed("14:10"), "ctrl+r")
        assert desk.document.timeline[0].at == at("14:10")
        assert desk.focus == "root-cause/root_cause"


async def test_the_new_time_is_shown_before_enter() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("space", "space", "t", typed("+5m"))
        assert desk.subtitle == "→ Wed 22 May 2024 14:05 and 1 more"


async def test_a_shift_beyond_the_calendar_is_refused() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("t", typed("+99999999h"), "enter")
        assert desk.document == INCIDENT
        assert desk.status


async def test_a_line_without_a_time_says_so_long_after_the_incident() -> None:
    moved = [entry.revise(at=entry.at and entry.at.replace(day=20)) for entry in INCIDENT.timeline]
    async with editing(INCIDENT.revise(timeline=tuple(moved))) as desk:
        await desk.press("a", typed("db down"))
        assert desk.subtitle.endswith("no time typed")
    async with editing(INCIDENT) as desk:
        await desk.press("a", typed("db down"))
        assert "no time typed" not in desk.subtitle


@pytest.mark.parametrize(
    ("key", "line", "told"),
    [
        ("ctrl+t", "db down", "16:20 added to the timeline"),
        ("ctrl+t", "14:05 db down", "14:05 added to the timeline"),
        ("ctrl+t", "-- db down", "Added to the timeline, without a time"),
        ("ctrl+n", "Fix it", "Added to the tasks"),
    ],
)
async def test_what_was_added_out_of_sight_is_told(key: str, line: str, told: str) -> None:
    async with editing(INCIDENT, size=NARROW) as desk:
        await desk.press("ctrl+r", key, typed(line), "enter")
        assert desk.status == told
        assert desk.focus.startswith("root-cause/")


async def test_nothing_is_told_of_what_is_in_sight_or_was_left() -> None:
    async with editing(INCIDENT, size=NARROW) as desk:
        await desk.press("ctrl+t", typed("db down"), "enter")
        assert desk.status == ""
        await desk.press("ctrl+r", "ctrl+t", "escape")
        assert desk.status == ""
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r", "ctrl+t", typed("db down"), "enter")
        assert desk.status == ""


async def test_an_incident_of_which_only_the_name_is_known_begins_with_its_first_event() -> None:
    document = await played(Postmortem(title="Down", timezone="UTC"), typed("db is down\nand up\n"))
    assert [entry.text for entry in document.timeline] == ["db is down", "and up"]


@pytest.mark.parametrize("size", [WIDE, (60, 11), *besides((NARROW,), ((120, 12),), ((120, 18),))])
@pytest.mark.parametrize("keys", [(), ("enter", "e")])
async def test_the_cursor_is_in_sight_in_a_line_of_any_length(
    size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """While an event is typed, and where it is edited in place."""
    async with editing(INCIDENT, size=NARROW) as desk:
        await desk.press("f3", "a", typed("14:05 " + "long words " * 80), *keys[:1])
        await desk.press(*(("escape",) if keys else ()), *keys[1:])
        await desk.pilot.resize_terminal(*size)
        await desk.rest()
        pane = desk.editor.lined("timeline")
        field = (pane.overlay if keys else pane.line).field
        assert pane.region.y < field.cursor_screen_offset.y < pane.region.bottom - 1
