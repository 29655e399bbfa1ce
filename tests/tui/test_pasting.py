"""A paste of several lines is so many events or tasks, one revision; no line of it is lost."""

import pytest

from pmtui.core.document import Entry, Measure, Postmortem, Task
from tests.tui.world import INCIDENT, NARROW, at, editing, typed

START = Postmortem(title="x", timezone="UTC")
LINES = "\n  14:00 a #detected\n\n- 14:05 b @ana\r\n* +5m c\n-- d\n"


async def test_each_line_is_an_event_and_one_undo_takes_all_back() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+o", "ctrl+t")
        await desk.paste(LINES)
        assert desk.document.timeline == (
            Entry(id="n1", at=at("14:00"), text="a", kind="detected"),
            Entry(id="n2", at=at("14:05"), text="b", who="ana"),
            Entry(id="n3", at=at("14:10"), text="c"),
            Entry(id="n4", text="d"),
        )
        assert desk.status == "Added 4 events · ctrl+z takes them back"
        assert desk.focus == "summary/title"
        await desk.press("ctrl+z")
        assert desk.document == START
        assert desk.status == "Undid: add 4 events"


async def test_lines_go_among_the_events_that_are_there_already() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("a")
        await desk.paste("14:30 x\n14:10 y\n-- z")
        assert [e.id for e in desk.document.timeline] == ["e1", "n2", "n3", "e2", "e3", "n1", "e4"]
        assert desk.focus == "timeline/line"


async def test_times_of_pasted_lines_roll_over_midnight() -> None:
    async with editing(START) as desk:
        await desk.paste("yesterday 23:50 a\n00:10 b\n00:20 c")
        assert [e.at for e in desk.document.timeline] == [
            at("23:50", day=21),
            at("0:10"),
            at("0:20"),
        ]


@pytest.mark.parametrize("size", [NARROW, (120, 36)])
async def test_good_lines_are_added_and_refused_ones_stay_to_be_put_right(
    size: tuple[int, int],
) -> None:
    async with editing(START, size=size) as desk:
        await desk.paste("14:00 a\n25:00 b\n14:05 c\n14:99 d")
        line = desk.editor.lined("timeline").line
        assert [e.text for e in desk.document.timeline] == ["a", "c"]
        assert line.text == "25:00 b\n14:99 d"
        assert "25:00" in desk.subtitle
        assert desk.status == "Added 2 events; 2 lines are not understood and stay in the line"
        assert "25:00 b" in desk.screen
        assert "14:99 d" in desk.screen
        await desk.press("home", "delete", "delete", "1", "6", "enter")
        assert [e.text for e in desk.document.timeline] == ["a", "c", "b"]
        assert line.text == "14:99 d"
        await desk.press("home", "right", "right", "right", "delete", "delete", *"10", "enter")
        assert line.text == ""
        assert len(desk.document.timeline) == 4


async def test_refused_lines_are_kept_as_words_when_the_person_leaves_all_the_same() -> None:
    async with editing(START) as desk:
        await desk.paste("14:00 a\n25:00 b\n14:99 d")
        await desk.press("ctrl+q", "ctrl+q")
        assert [e.text for e in desk.file.timeline] == ["a", "25:00 b", "14:99 d"]


async def test_what_stands_in_the_line_joins_the_first_and_the_last_line() -> None:
    async with editing(START) as desk:
        await desk.press(typed("14:0 end"), *["left"] * 4)
        await desk.paste("0 a\n14:05 b")
        assert [(e.at, e.text) for e in desk.document.timeline] == [
            (at("14:00"), "a"),
            (at("14:05"), "b end"),
        ]


async def test_one_line_with_its_line_end_waits_for_enter() -> None:
    async with editing(START) as desk:
        await desk.paste("14:00 a\n")
        assert desk.document == START
        assert desk.editor.lined("timeline").line.text == "14:00 a"


async def test_nested_points_stay_with_the_task_they_were_pasted_below() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+n")
        await desk.paste("- [x] a @ana\n  - first\n    - deeper\n- b due:nonsense\n  - second")
        (task,) = desk.document.tasks
        assert (task.text, task.owner, task.state) == ("a\n- first\n  - deeper", "ana", "done")
        line = desk.editor.lined("tasks").line
        assert line.text == "- b due:nonsense\n  - second"
        assert desk.status.startswith("Added a task; 1 line is not understood")


async def test_tasks_and_measures() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+n")
        await desk.paste("- [ ] one @ana\n- [x] two !P1\nthree")
        assert desk.document.tasks == (
            Task(id="n1", text="one", owner="ana"),
            Task(id="n2", text="two", priority="P1", state="done"),
            Task(id="n3", text="three"),
        )
        assert desk.status == "Added 3 tasks · ctrl+z takes them back"
        await desk.press("ctrl+n", "ctrl+n", "ctrl+n")
        await desk.paste("* test restores\n* freeze")
        assert desk.document.measures == (
            Measure(id="n4", text="test restores"),
            Measure(id="n5", text="freeze"),
        )


MANY = "\n".join(f"{14 + n // 60}:{n % 60:02d} event {n}" for n in range(25))


async def test_many_lines_are_added_after_a_question() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+t")
        await desk.paste(MANY)
        assert desk.document == START
        assert "25 lines were pasted" in desk.screen
        await desk.press("a")
        assert len(desk.document.timeline) == 25
        await desk.press("ctrl+z")
        assert desk.document == START


async def test_many_lines_become_one_event_if_that_is_what_they_are() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+t")
        await desk.paste(MANY)
        await desk.press("o")
        assert desk.document == START
        await desk.press("enter")
        assert [(e.at, e.text) for e in desk.document.timeline] == [
            (at("14:00"), MANY.removeprefix("14:00 "))
        ]


async def test_many_lines_may_be_let_go() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+t", typed("half"))
        await desk.paste(MANY)
        await desk.press("escape")
        assert desk.document == START
        assert desk.editor.lined("timeline").line.text == "half"


async def test_a_thousand_lines_are_added_at_once() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+t")
        times = ["10 May 14:00", *["+1m"] * 999]
        lines = "\n".join(f"{when} event {n} #action @ana" for n, when in enumerate(times))
        await desk.paste(lines)
        await desk.press("a")
        assert len(desk.document.timeline) == 1000


async def test_a_paste_into_the_line_for_another_time_takes_its_first_line() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("t")
        await desk.paste("\n14:10\n14:20\n")
        await desk.press("enter")
        assert desk.document.timeline[0].at == at("14:10")


async def test_a_paste_into_an_event_that_is_edited_keeps_its_lines() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("end", "e")
        await desk.press("end", "ctrl+u")
        await desk.paste("14:30 All is\nwell")
        await desk.press("enter")
        assert desk.document.timeline[-1].text == "All is\nwell"


async def test_a_paste_into_the_filter_takes_its_first_line() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("slash")
        await desk.paste("fired\nwell\n")
        assert "Alert fired" in desk.screen
        assert "Rolled back" not in desk.screen
