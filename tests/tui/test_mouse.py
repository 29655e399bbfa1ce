"""The mouse: everything that can be reached by keys is one click away."""

from textual.geometry import Offset

from pmtui.core.document import Task
from tests.tui.cases import with_entry
from tests.tui.world import INCIDENT, NARROW, editing, typed


async def test_a_click_on_a_field_edits_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("What set it off")
        assert desk.focus == "root-cause/trigger"
        await desk.press(typed("A deploy"))
        assert desk.document.trigger == "A deploy"


async def test_a_click_on_another_field_takes_the_one_before() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("What set it off")
        await desk.press(typed("A deploy"))
        await desk.click("How it was noticed")
        assert desk.focus == "root-cause/detection"
        assert desk.document.trigger == "A deploy"


async def test_a_click_on_a_row_puts_the_cursor_there() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r")
        await desk.click("Customers write in")
        assert (desk.focus, desk.row) == ("timeline", "e3")
        await desk.click("Write a runbook")
        assert (desk.focus, desk.row) == ("tasks", "t2")


async def test_a_double_click_on_a_row_edits_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("Customers write in", times=2)
        assert desk.focus == "timeline/overlay"
        await desk.press("!", "enter")
        assert desk.document == with_entry("e3", text="Customers write in!")


async def test_a_click_on_the_box_of_a_task_ticks_it_off_and_another_opens_it_again() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("[ ]", of="Add an alert")
        assert [task.state for task in desk.document.tasks] == ["done", "done"]
        await desk.click("[x]", of="Add an alert")
        assert desk.document == INCIDENT
        await desk.click("[x]", of="Write a runbook", times=2)
        assert desk.document == INCIDENT, "twice is there and back"
        assert desk.focus == "tasks"


async def test_a_click_beside_a_box_changes_nothing() -> None:
    """On the words, on the bullet of a measure, or on the second line of a task."""
    long = INCIDENT.revise(tasks=(Task(id="t1", text="word " * 40),))
    async with editing(long) as desk:
        for text in ("word word", "•"):
            await desk.click(text, of="── Tasks")
        x, y = desk.find("[ ]", of="── Tasks")
        await desk.pilot.click(offset=Offset(x, y + 1))
        await desk.rest()
        assert desk.document == long


async def test_a_click_on_a_box_of_a_document_that_may_not_be_written_says_so() -> None:
    content = b'schema = 99\ntitle = "Newer"\n[[tasks]]\nid = "t1"\ntext = "Add an alert"\n'
    async with editing(INCIDENT, content=content) as desk:
        await desk.click("[ ]", of="Add an alert")
        assert "Read-only" in desk.status
        assert desk.document.tasks[0].state == "open"


async def test_a_click_elsewhere_takes_what_is_edited_in_place() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("Customers write in", times=2)
        await desk.press("!")
        await desk.click("What set it off")
        assert desk.document == with_entry("e3", text="Customers write in!")
        assert desk.focus == "root-cause/trigger"


async def test_a_click_on_a_tab_shows_its_pane() -> None:
    async with editing(INCIDENT, size=NARROW) as desk:
        for tab, focus in (
            ("Summary", "summary/title"),
            ("Root cause", "root-cause/root_cause"),
            ("Lessons", "lessons/conclusion"),
            ("Tasks 1/2", "tasks"),
            ("Timeline 4", "timeline"),
        ):
            await desk.click(tab)
            assert desk.focus == focus


async def test_a_click_on_the_key_bar_runs_the_command() -> None:
    async with editing(INCIDENT) as desk:
        await desk.click("delete", of=" F1 ")
        assert len(desk.document.timeline) == 3
        await desk.click("event", of=" F1 ")
        assert desk.focus == "timeline/line"
        await desk.click("help", of=" F1 ")
        assert "What you can type" in desk.screen


async def test_a_click_on_a_menu_option_chooses_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("m")
        await desk.click("mitigated")
        assert desk.document == with_entry("e1", kind="mitigated")
        await desk.press("ctrl+g")
        await desk.click("Resolution", of="─ Go to ─")
        assert desk.focus == "root-cause/resolution"
