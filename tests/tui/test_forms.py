"""Fields: what is typed arrives, leaving takes it, and what is refused stays with its reason."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmtui.core.document import Postmortem, Section, Times
from pmtui.core.fields import FIELDS, Field, fields_of
from pmtui.core.history import Place
from pmtui.tui.screens.navigation import FORMS
from tests.tui.cases import Case, check, names
from tests.tui.world import INCIDENT, NARROW, WIDE, Desk, at, editing, typed

TYPED = {
    "status": "published",
    "timezone": "UTC",
    "day": "2024-05-24",
    "times.started": "14:00",
    "times.detected": "14:00",
    "times.acknowledged": "14:00",
    "times.mitigated": "14:00",
    "times.resolved": "14:00",
    "times.closed": "14:00",
    "times.public": "14:00",
    "impact.percent": "70",
    "services": "checkout, payments",
    "tags": "database",
    "drill": "yes",
}
"""What is typed into the fields that do not take just any words."""

REFUSED = (
    ("status", "done", "no status"),
    ("timezone", "Mars/Base", "Mars/Base"),
    ("day", "someday", "is no day"),
    ("times.started", "soon", "soon"),
    ("impact.percent", "most", "is no share"),
    ("drill", "maybe", "neither yes nor no"),
)


async def go(desk: Desk, field_id: str) -> None:
    """Put the cursor into a field, with nothing in it."""
    pane = next(f.pane for f in FIELDS if f.id == field_id)
    desk.editor.go(Place(pane, field_id))
    await desk.rest()
    await desk.press("ctrl+end", *["backspace"] * len(desk.editor.form(pane).editor.text))


async def type_and_undo(desk: Desk, field: Field) -> None:
    """Type into a field and leave it; the document has it, and is then what it was."""
    text, start = TYPED.get(field.id, "Some [words]"), desk.document
    await go(desk, field.id)
    await desk.press(typed(text))
    if field.live:
        assert text in field.read(desk.document)
    await desk.press("tab", *(["m"] if field.id == "day" else []))
    assert desk.document != start
    shown = field.read(desk.document)
    assert shown.endswith(text) or field.id in ("day", "whys")
    assert "Undid" not in desk.status
    await desk.press("ctrl+z", "ctrl+z", "ctrl+z")
    assert desk.document == start


@pytest.mark.parametrize("pane", FORMS)
async def test_what_is_typed_into_a_field_is_in_the_document_once_it_is_left(pane: str) -> None:
    async with editing(INCIDENT) as desk:
        for field in FIELDS:
            if field.pane == pane and field.id != "timezone":
                await type_and_undo(desk, field)
                desk.editor.say("")


async def test_a_zone_is_in_the_document_once_its_field_is_left() -> None:
    async with editing(INCIDENT.revise(timezone="")) as desk:
        await type_and_undo(desk, next(field for field in FIELDS if field.id == "timezone"))


@pytest.mark.parametrize(("field_id", "text", "reason"), REFUSED)
async def test_what_is_refused_stays_in_its_field_with_the_reason(
    field_id: str, text: str, reason: str
) -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, field_id)
        await desk.press(typed(text), "tab")
        assert desk.document == INCIDENT
        form = desk.editor.form("summary")
        shown, why = form._text(next(f for f in FIELDS if f.id == field_id))
        assert shown == text
        assert reason in why
        assert "not taken yet" in desk.status or reason in desk.status
        await desk.press("shift+tab")
        assert form.editor.text == text
        await desk.press("escape")
        assert form.editor.text != text


@pytest.mark.parametrize(("field_id", "text", "reason"), REFUSED[:1])
async def test_what_is_refused_and_put_right_is_taken(
    field_id: str, text: str, reason: str
) -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, field_id)
        await desk.press(typed(text), "tab", "shift+tab")
        await go(desk, field_id)
        await desk.press(typed("reviewed"), "tab")
        assert desk.document == INCIDENT.revise(status="reviewed")
        assert "↳" not in desk.screen


async def test_the_reason_stands_below_the_refused_text() -> None:
    async with editing(Postmortem(), size=(120, 60)) as desk:
        await go(desk, "impact.percent")
        await desk.press(typed("most"), "tab")
        assert "↳ most is no share" in desk.screen


CASES = (
    Case(
        "enter in a line goes to the next field",
        ("ctrl+o", "enter"),
        focus="summary/impact.duration",
    ),
    Case("down goes to the next field", ("ctrl+o", "down", "down"), focus="summary/impact.text"),
    Case("up goes to the field before", ("ctrl+r", "down", "up"), focus="root-cause/root_cause"),
    Case("up at the top goes to the pane before", ("ctrl+r", "up"), focus="summary/drill"),
    Case("down at the end goes to the next pane", ("ctrl+o", "shift+tab", "f3"), focus="timeline"),
    Case(
        "enter in a longer text makes a line",
        ("ctrl+r", typed("one\ntwo")),
        INCIDENT.revise(root_cause="one\ntwo"),
        focus="root-cause/root_cause",
    ),
    Case(
        "a window states start, end and share",
        ("ctrl+g", "w", typed("14:00 to 16:00 UTC on May 22, 2024"), "tab"),
        INCIDENT.revise(
            impact=INCIDENT.impact.revise(duration="14:00 to 16:00 UTC on May 22, 2024"),
            times=Times(started=at("14:00"), resolved=at("16:00")),
        ),
    ),
    Case(
        "one letter in ctrl+g is enough in the narrow form",
        ("ctrl+g", "c", typed("Test more")),
        INCIDENT.revise(conclusion="Test more"),
        focus="lessons/conclusion",
        shows="Test more",
        size=NARROW,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=names)
async def test_the_keys_of_a_form(case: Case) -> None:
    await check(case)


async def test_a_blank_being_typed_stays_under_the_cursor() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "v", "end", " ")
        assert desk.editor.form("summary").editor.text == "SEV1 "
        await desk.press("x")
        assert desk.document.severity == "SEV1 x"


async def test_every_field_of_every_pane_is_reached_by_tab_and_by_menu() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+o")
        seen = []
        for field in FIELDS:
            seen.append(desk.focus)
            assert desk.focus == f"{field.pane}/{field.id}"
            await desk.press("tab")
        assert len(set(seen)) == len(FIELDS)
        for field in FIELDS:
            if field.letter:
                await desk.press("ctrl+g", field.letter)
                assert desk.focus == f"{field.pane}/{field.id}"


async def test_kept_sections_are_edited_after_the_lessons() -> None:
    section = Section(id="s1", heading="Appendix", body="old")
    start = INCIDENT.revise(sections=(section,))
    async with editing(start) as desk:
        *_, field = fields_of(start, "lessons")
        desk.editor.go(Place("lessons", field.id))
        await desk.rest()
        await desk.press(typed(" and new"))
        assert desk.document.sections == (section.revise(body="old and new"),)


async def test_a_new_zone_asks_what_becomes_of_the_times() -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, "timezone")
        await desk.press(typed("Europe/Berlin"), "tab")
        assert desk.document == INCIDENT
        assert "4 times are in UTC" in desk.screen
        assert "Keep the moments: 14:00 UTC becomes 16:00 Europe/Berlin" in desk.screen


@pytest.mark.parametrize(("letter", "hour"), [("m", 16), ("c", 14)])
async def test_the_answer_about_the_zone_is_carried_out(letter: str, hour: int) -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, "timezone")
        await desk.press(typed("Europe/Berlin"), "tab", letter)
        first = desk.document.timeline[0].at
        assert desk.document.timezone == "Europe/Berlin"
        assert first is not None
        assert first.hour == hour
        await desk.press("ctrl+z")
        assert desk.document == INCIDENT


async def test_no_answer_about_the_zone_leaves_the_times_and_says_so() -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, "timezone")
        await desk.press(typed("Europe/Berlin"), "tab", "escape")
        assert desk.document == INCIDENT
        assert "Zone          UTC" in desk.screen


async def test_a_zone_is_set_without_asking_where_no_time_depends_on_it() -> None:
    async with editing(Postmortem(title="x")) as desk:
        await go(desk, "timezone")
        await desk.press(typed("cest"), "tab")
        assert desk.document.timezone


async def test_times_without_a_zone_are_read_in_the_one_that_is_set() -> None:
    start = Postmortem(
        title="x",
        timeline=(INCIDENT.timeline[0].revise(at=datetime(2024, 5, 22, 14)),),
    )
    async with editing(start) as desk:
        await go(desk, "timezone")
        await desk.press(typed("UTC"), "tab")
        assert desk.document.timeline[0].at == datetime(2024, 5, 22, 14, tzinfo=UTC)


async def test_the_clock_of_the_screen_is_that_of_the_incident() -> None:
    start = replace_zone(INCIDENT)
    async with editing(start) as desk:
        assert "18:20" in desk.lines()[0]


def replace_zone(document: Postmortem) -> Postmortem:
    """The document in the zone of Berlin."""
    return document.revise(timezone="Europe/Berlin")


async def test_typing_is_undone_as_one_and_the_cursor_stands_where_it_began() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "g", typed("A deploy"), "ctrl+z")
        assert desk.document == INCIDENT
        assert desk.status == "Undid: typing in Trigger"
        assert desk.editor.place == Place("root-cause", "trigger", (0, 0))
        await desk.press("ctrl+y")
        assert desk.document.trigger == "A deploy"
        assert desk.editor.place == replace(desk.editor.place, cursor=(0, 8))


async def test_a_long_paste_is_taken_whole_and_clean() -> None:
    text = "word\tword\x1b[2J\r\n" * 2000
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "s")
        await desk.paste(text)
        assert desk.document.summary == "word\tword\ufffd[2J\n" * 2000


async def test_a_paste_into_a_line_is_one_line() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "t")
        await desk.paste(" again\r\n  and again\n")
        assert desk.document.title == "Checkout down again and again"


@pytest.mark.parametrize(
    ("typed_day", "asks"),
    [("25 May 2024", "Wed 22 May 2024 becomes Sat 25 May 2024"), ("unknown", "Forget the date")],
)
async def test_a_new_date_asks_before_all_times_move(typed_day: str, asks: str) -> None:
    async with editing(INCIDENT) as desk:
        await go(desk, "day")
        await desk.press(typed(typed_day), "tab")
        assert desk.document == INCIDENT
        assert asks in desk.screen
        await desk.press("escape")
        assert desk.document == INCIDENT
        await go(desk, "day")
        await desk.press(typed(typed_day), "tab", "m")
        moved = desk.document.timeline[0].at
        assert moved is not None
        assert moved.day == (25 if typed_day[0].isdigit() else 1)
        await desk.press("ctrl+z")
        assert desk.document == INCIDENT


async def test_what_stands_in_an_empty_field_is_whole_and_gives_way_to_a_letter() -> None:
    async with editing(Postmortem(timezone="UTC")) as desk:
        assert " words)" in desk.screen
        await desk.press("x")
        assert " words)" not in desk.screen
        assert desk.find("When")[1] == desk.find("Title")[1] + 1
        await desk.press("backspace")
        assert " words)" in desk.screen
        await desk.press("ctrl+g", "k")
        assert "([title](target), one a" in desk.screen


@pytest.mark.parametrize("keys", ["\n", "and typed on", "\nand\ntyped on\n"])
async def test_the_cursor_is_in_sight_in_a_text_of_any_length_while_it_grows(keys: str) -> None:
    """Also where it has more rows than its field, and the last of them is full."""
    long = Postmortem(title="Long", timezone="UTC", summary="1234 678 0 " * 6 * 40)
    async with editing(long, size=NARROW) as desk:
        await desk.press("ctrl+g", "s")
        await desk.press(typed(keys))
        form = desk.editor.form("summary")
        assert form.editor.cursor_location[0] == keys.count("\n")
        row = form.editor.cursor_screen_offset.y
        assert row < form.region.bottom - 1
        assert row == form.editor.region.bottom - 1, "the last row of the text is that of its field"


async def test_the_cursor_is_in_sight_in_a_text_of_any_length_on_a_screen_of_any_size() -> None:
    long = Postmortem(title="Long", timezone="UTC", summary="1234 678 0 " * 6 * 40)
    async with editing(long, size=NARROW) as desk:
        await desk.press("ctrl+g", "s")
        form = desk.editor.form("summary")
        for size in (WIDE, (60, 20), (200, 50), (120, 12), NARROW, (40, 15)):
            await desk.pilot.resize_terminal(*size)
            await desk.rest()
            row = form.editor.cursor_screen_offset.y
            assert form.region.y < row < form.region.bottom - 1
            assert row == form.editor.region.bottom - 1
