"""Tab completes what a field or a line knows, and never takes the cursor away from half a word."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.core.fields import FIELDS
from pmtui.tui.widgets.form import choices_for
from tests.tui.world import INCIDENT, editing, typed

EMPTY = Postmortem(title="x")
ZONES = (
    ("berl", ("tab",), "Europe/Berlin"),
    ("europe/berl", ("tab",), "Europe/Berlin"),
    ("new y", ("tab",), "America/New_York"),
    ("america/argentina/ush", ("tab",), "America/Argentina/Ushuaia"),
    ("europe/b", ("tab",), "Europe/Belfast"),
    ("europe/b", ("tab", "tab"), "Europe/Belgrade"),
    ("utc", (), "utc"),
)


async def test_tab_completes_a_zone_by_its_name_or_its_city() -> None:
    async with editing(EMPTY) as desk:
        for text, keys, after in ZONES:
            await desk.press("ctrl+g", "z", typed(text), *keys)
            assert desk.editor.form("summary").editor.text == after
            await desk.press("ctrl+r")
            assert desk.document.timezone.casefold() == after.casefold()


@pytest.mark.parametrize("text", ["utc", "cet", "EST"])
def test_an_abbreviation_is_no_beginning_of_a_name(text: str) -> None:
    zone = next(field for field in FIELDS if field.id == "timezone")
    assert choices_for(zone, text) == ()


async def test_a_whole_name_lets_tab_go_on() -> None:
    async with editing(EMPTY) as desk:
        await desk.press("ctrl+g", "z", typed("berl"), "tab", "tab")
        assert desk.focus == "summary/day"
        assert desk.document.timezone == "Europe/Berlin"


async def test_tab_completes_a_status() -> None:
    async with editing(EMPTY) as desk:
        await desk.press("ctrl+g", "v", "tab", "ctrl+u", typed("in"), "tab", "tab")
        assert desk.document.status == "in-review"


async def test_tab_in_a_word_stays_where_nothing_completes_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:05 half"), "tab")
        assert desk.focus == "timeline/line"
        assert desk.status == "Nothing to complete here; Esc leaves the line"
        await desk.press(typed(" @zzz"), "tab")
        assert desk.focus == "timeline/line"
        await desk.press(" ", "tab")
        assert desk.focus == "tasks"


async def test_names_are_taken_as_they_are_known() -> None:
    start = INCIDENT.revise(tasks=(INCIDENT.tasks[0].revise(owner="Mei"),))
    async with editing(start) as desk:
        await desk.press("ctrl+t", typed("14:05 x @mei,"))
        assert "@Mei" in desk.subtitle
        await desk.press("enter", "ctrl+n", typed("y @MEI"), "enter", "f2", "home", "e", "enter")
        assert desk.document.timeline[1].who == "Mei"
        assert [task.owner for task in desk.document.tasks] == ["Mei", "Mei"]
