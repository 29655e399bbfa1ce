"""Leaving with something unfinished: what is said is what then happens, and nothing is lost."""

import asyncio
import gc
import signal
import warnings
from collections.abc import Awaitable, Callable

import pytest
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from pmtui.core.document import Entry, Postmortem, Task
from pmtui.storage.keeper import Keeper
from pmtui.storage.settings import Settings
from pmtui.tui import ending
from pmtui.tui.app import PmtuiApp
from pmtui.tui.screens.editor import EditorScreen
from tests.tui.cases import Keys, with_entry, with_task
from tests.tui.world import INCIDENT, Desk, editing, typed


def added(text: str) -> Entry:
    """An event that keeps words which were not understood."""
    return Entry(id="n1", text=text)


CASES = (
    (
        ("ctrl+t", typed("25:00 half")),
        "“25:00 half” is not understood; ctrl+q again keeps its words as an event",
        INCIDENT.revise(timeline=(*INCIDENT.timeline, added("25:00 half"))),
    ),
    (
        ("ctrl+n", typed("mend it due:xyz @ana")),
        "“mend it due:xyz @ana” is not understood; ctrl+q again keeps its words as a task",
        INCIDENT.revise(tasks=(*INCIDENT.tasks, Task(id="n1", text="mend it due:xyz @ana"))),
    ),
    (
        ("t", typed("25:00")),
        "What is edited here is not understood; ctrl+q again leaves the time as it was",
        INCIDENT,
    ),
    (
        ("e", "home", *["delete"] * 5, typed("25:00")),
        "What is edited here is not understood; ctrl+q again keeps it word for word",
        with_entry("e1", text="25:00 #detected Alert fired @ana"),
    ),
    (
        ("f2", "e", typed(" due:xyz")),
        "What is edited here is not understood; ctrl+q again keeps it word for word",
        with_task("t1", text="Add an alert due:xyz @ana !P1"),
    ),
    (
        ("ctrl+g", "z", "ctrl+u", typed("Mars")),
        "Zone: Mars is not a time zone; write an offset like +02:00 or a name like Europe/Berlin"
        ". ctrl+q again leaves, and it returns at the next start",
        INCIDENT,
    ),
)


@pytest.mark.parametrize(("keys", "said", "after"), CASES)
async def test_the_first_time_says_what_the_second_time_does(
    keys: Keys, said: str, after: object
) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(*keys)
        await desk.press("ctrl+q")
        assert not desk.app._exit
        assert desk.status == said
        assert desk.document == INCIDENT
        await desk.press("ctrl+q")
        assert desk.app._exit
        assert desk.file == after


async def test_a_zone_that_leaves_a_question_open_is_not_lost() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "z", "ctrl+u", typed("Europe/Berlin"), "ctrl+q")
        assert not desk.app._exit
        assert "Keep the moments" in desk.screen
        assert desk.status == "ctrl+q again leaves with the first answer"
        await desk.press("ctrl+q")
        assert desk.app._exit
        assert desk.file.timezone == "Europe/Berlin"
        assert desk.file.timeline == INCIDENT.timeline


async def test_good_lines_wait_with_the_refused_one_until_the_person_decides() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t")
        await desk.paste("25:00 a\n26:00 b")
        await desk.press("home", "delete", "delete", typed("15"), "ctrl+q")
        assert desk.document == INCIDENT
        assert desk.status.startswith("“26:00 b” is not understood")
        await desk.press("ctrl+q")
        assert [entry.text for entry in desk.file.timeline[-3:]] == ["a", "26:00 b", "All is well"]


@pytest.mark.parametrize(("keys", "_", "after"), CASES[:5])
async def test_a_signal_does_the_same_at_once(keys: Keys, _: str, after: object) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(*keys)
        desk.editor.take_unfinished()
        assert desk.document == after


async def test_a_save_that_was_on_its_way_takes_out_nothing_that_a_signal_wrote() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+t", typed("14:50 half"))
        desk.editor.write_down()
        assert "half" in [entry.text for entry in desk.file.timeline]
        await desk.session.save()
        assert "half" in [entry.text for entry in desk.file.timeline]
        await desk.press(*" hour")
        desk.editor._autosave()
        assert "half hour" in [entry.text for entry in desk.file.timeline]


async def test_a_save_that_comes_after_the_last_key_adds_nothing_twice() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:50 half an event"), "ctrl+n", typed("half a task"))
        desk.editor.write_down()
        desk.editor.take_unfinished()
        desk.session.flush()
        desk.editor._autosave()
        desk.editor.note_unfinished()
        assert [entry.text for entry in desk.file.timeline].count("half an event") == 1
        assert [task.text for task in desk.file.tasks].count("half a task") == 1
        assert desk.session.drafts == ()


@pytest.fixture
def signalled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk], Awaitable[None]]:
    """Sends a signal that ends nothing, so that only what is written at once is in the file."""
    monkeypatch.setattr(ending, "end_in_time", lambda *_: None)
    monkeypatch.setattr(PmtuiApp, "_catch_up", lambda _: None)

    async def send(desk: Desk) -> None:
        desk.app._end_by_signal(asyncio.get_running_loop(), signal.SIGTERM, None)
        await desk.rest()

    return send


@pytest.mark.parametrize("failures", [0, 1])
async def test_what_fails_in_the_middle_of_something_is_written_down_right_after_it(
    failures: int, signalled: Callable[[Desk], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = [NoMatches("half done")] * failures
    write_down = EditorScreen.write_down

    def write_down_or_fail(editor: EditorScreen) -> None:
        if errors:
            raise errors.pop()
        write_down(editor)

    monkeypatch.setattr(EditorScreen, "write_down", write_down_or_fail)
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:50 half"))
        await signalled(desk)
        assert "half" in [entry.text for entry in desk.file.timeline]


async def test_what_cannot_be_written_down_at_all_is_a_crash_with_its_report(
    signalled: Callable[[Desk], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: EditorScreen) -> None:
        raise ZeroDivisionError

    async def crash() -> None:
        async with editing(INCIDENT) as desk:
            await signalled(desk)

    monkeypatch.setattr(EditorScreen, "write_down", fail)
    with pytest.raises(ZeroDivisionError):
        await crash()


async def test_what_a_signal_wrote_down_does_not_come_in_from_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("half"))
        reread = Keeper.reread

        def ended_meanwhile(keeper: Keeper) -> Postmortem:
            desk.editor.write_down()
            return reread(keeper)

        monkeypatch.setattr(Keeper, "changed_on_disk", lambda _: True)
        monkeypatch.setattr(Keeper, "reread", ended_meanwhile)
        assert await desk.session.take_in() is None
        assert [entry.text for entry in desk.file.timeline].count("half") == 1
        assert desk.document == INCIDENT


async def test_who_waited_for_a_save_while_the_program_ended_is_no_crash() -> None:
    """A signal may end it while a thread writes the file; the widgets are gone before that."""
    async with editing(INCIDENT) as desk:
        desk.app.exit(return_code=143)
        desk.app._handle_exception(WorkerFailed(NoMatches("No nodes match '#head'")))
        assert desk.app.crash is None
        assert desk.app.return_code == 143


async def test_the_same_before_the_end_is_a_crash() -> None:
    async def crash() -> None:
        async with editing(INCIDENT) as desk:
            desk.app._handle_exception(NoMatches("No nodes match '#head'"))

    with pytest.raises(NoMatches):
        await crash()


async def test_messages_name_the_keys_that_the_person_chose() -> None:
    settings = Settings(keys=(("quit", "f10"), ("undo", "f11")), autosave=False)
    async with editing(INCIDENT, settings=settings) as desk:
        await desk.press("ctrl+c")
        assert desk.status == "f10 saves and leaves"
        await desk.press("d")
        assert desk.status.endswith("· f11 undoes it")
        await desk.press("ctrl+t", typed("25:00 half"), "f10")
        assert "; f10 again keeps its words" in desk.status


BEGINNINGS: dict[str, Callable[[EditorScreen], object]] = {
    "a review": EditorScreen._start_review,
    "a save by itself": EditorScreen._autosave,
    "a save that was asked for": EditorScreen.run_save,
    "a look at the file": EditorScreen.look_at_file,
    "an export": EditorScreen.run_export,
    "leaving": EditorScreen.run_quit,
}


@pytest.mark.parametrize("begin", BEGINNINGS.values(), ids=BEGINNINGS)
async def test_work_that_is_stopped_before_its_first_step_leaves_nothing_behind(
    begin: Callable[[EditorScreen], object],
) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        async with editing(INCIDENT) as desk:
            begin(desk.editor)
            desk.app.workers.cancel_all()
        gc.collect()
    assert not any("never awaited" in str(each.message) for each in told)
