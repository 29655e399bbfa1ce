"""What stands in no document yet is in the journal after every key, and goes back where it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.storage import journal as journal_module
from pmtui.storage.journal import Draft, State, replayed
from pmtui.tui.screens.recovery import RecoveryScreen
from tests.tui.world import INCIDENT, Desk, editing, typed


def recorded(desk: Desk) -> State:
    """What the journal says."""
    file = desk.session.journal.file
    record = replayed(file.read_bytes()) if file else None
    assert record is not None
    return record.state


DRAFTS: dict[str, tuple[tuple[str | tuple[str, ...], ...], tuple[Draft, ...]]] = {
    "an event": (("ctrl+t", typed("14:05 half")), (Draft("timeline/line", "14:05 half", "ADD"),)),
    "an event, in the line that stays": (
        ("ctrl+t", "ctrl+t", typed("half")),
        (Draft("timeline/line", "half", "STAY"),),
    ),
    "a task": (("ctrl+n", typed("half")), (Draft("tasks/line", "half", "ADD"),)),
    "a measure": (
        ("ctrl+n", "ctrl+n", "ctrl+n", typed("half")),
        (Draft("tasks/line", "half", "ADD_OTHER"),),
    ),
    "a line behind a filter": (
        ("ctrl+t", typed("half"), "ctrl+f", typed("x")),
        (Draft("timeline/line", "half", "STAY"),),
    ),
    "an edit in place": (
        ("f3", "e", typed("!")),
        (Draft("timeline/overlay", "14:00 #detected Alert fired! @ana", "EDIT", ("e1",)),),
    ),
    "a new time": (
        ("f3", "space", "space", "t", typed("+5m")),
        (Draft("timeline/overlay", "+5m", "RETIME", ("e1", "e1", "e2")),),
    ),
    "a field that is taken on leaving": (
        ("ctrl+g", "1", typed("14:")),
        (Draft("summary/times.started", "14:"),),
    ),
    "a field that was refused": (
        ("ctrl+g", "1", typed("25:99"), "ctrl+r"),
        (Draft("summary/times.started", "25:99"),),
    ),
}


@pytest.mark.parametrize("case", DRAFTS)
async def test_unfinished_text_is_in_the_journal(case: str) -> None:
    keys, drafts = DRAFTS[case]
    async with editing(INCIDENT) as desk:
        await desk.press(*keys)
        assert recorded(desk) == State(INCIDENT, INCIDENT, drafts)


@pytest.mark.parametrize("case", DRAFTS)
async def test_unfinished_text_goes_back_where_it_stood(case: str) -> None:
    _, drafts = DRAFTS[case]
    async with editing(INCIDENT) as desk:
        for draft in drafts:
            desk.editor._put_back(draft)
        await desk.rest()
        desk.editor.note_unfinished()
        assert desk.session.drafts == drafts


async def test_a_draft_whose_row_is_gone_goes_to_the_line() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("mine"))
        desk.editor._put_back(Draft("timeline/overlay", "14:00 edited", "EDIT", ("gone",)))
        desk.editor._put_back(Draft("lessons/section:gone", "a text", ""))
        await desk.rest()
        assert desk.editor.lined("timeline").line.text == "mine 14:00 edited a text"


async def test_what_is_taken_is_no_draft_any_more() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:05 whole"), "enter", "ctrl+g", "1", typed("14:00"))
        await desk.press("ctrl+r", typed("x"))
        state = recorded(desk)
        assert state.drafts == ()
        assert state.document == desk.document


async def test_every_way_to_change_the_document_is_in_the_journal() -> None:
    keys = ("d", "ctrl+z", "ctrl+y", "m", "a", "f2", "space", "ctrl+o", typed("x"), "ctrl+z")
    async with editing(INCIDENT) as desk:
        for key in keys:
            await desk.press(key)
            assert recorded(desk).document == desk.document


async def test_a_save_makes_the_saved_document_the_base() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+s")
        assert recorded(desk).base == desk.document
        await desk.press("d")
        state = recorded(desk)
        assert state.document == desk.document
        assert state.base == desk.file


async def test_without_a_place_for_the_journal_it_is_said_once_and_editing_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere() -> Iterator[Path]:
        return iter(())

    monkeypatch.setattr(journal_module, "journal_dirs", nowhere)
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r", "x")
        assert "No journal is kept" in desk.status
        desk.editor.say("")
        await desk.press("y")
        assert desk.status == ""
        assert desk.document.root_cause == "xy"


async def test_what_was_lost_is_one_revision_that_undo_takes_back(tmp_path: Path) -> None:
    async with editing(INCIDENT) as desk:
        died = journal_module.Journal(desk.session.path)
        died.record(State(INCIDENT, INCIDENT.revise(title="Lost", summary="And found")))
        died.close()
        desk.session.look_for_lost()
        while not desk.session.lost:
            desk.session.look_for_lost()
        desk.editor.offer_lost()
        await desk.rest()
        assert isinstance(desk.app.screen, RecoveryScreen)
        assert "Lost" in desk.screen
        await desk.press("enter")
        assert desk.document.title == "Lost"
        await desk.press("ctrl+z")
        assert desk.document == INCIDENT
        assert desk.status == "Undid: bringing back what was lost"


async def test_what_stands_in_a_conflict_with_the_file_is_kept_on_both_sides() -> None:
    base = INCIDENT.revise(title="Base")
    async with editing(INCIDENT) as desk:
        died = journal_module.Journal(desk.session.path)
        died.record(State(base, base.revise(title="Lost")))
        died.close()
        while not desk.session.lost:
            desk.session.look_for_lost()
        desk.editor.offer_lost()
        await desk.rest()
        await desk.press("enter")
        assert desk.document.title == "Lost"
        assert "what the file had in the same places is in" in desk.status
        assert "Checkout down" in desk.session.theirs_kept_in[0].read_text()


async def test_a_read_only_document_has_no_journal() -> None:
    content = b'schema = 99\ntitle = "From the future"\nsummary = "x"\n'
    async with editing(Postmortem(), content=content) as desk:
        await desk.press("ctrl+t", typed("14:00 x"))
        assert desk.session.journal.file is None


@pytest.mark.parametrize("key", ["ctrl+t", "ctrl+n"])
async def test_whenever_it_is_killed_what_was_typed_is_in_a_line_or_in_the_list(key: str) -> None:
    """Wherever the journal is cut off behind the last letter, the words are in it once."""
    async with editing(INCIDENT) as desk:
        await desk.press(key, typed("unheard of"))
        file = desk.session.journal.file
        assert file is not None
        begun = file.read_bytes().count(b"\n")
        await desk.press("enter")
        lines = file.read_bytes().splitlines(keepends=True)
    assert len(lines) > begun
    for end in range(begun, len(lines) + 1):
        record = replayed(b"".join(lines[:end]))
        assert record is not None
        _, document, drafts = record.state
        texts = [item.text for item in (*document.timeline, *document.tasks, *drafts)]
        assert texts.count("unheard of") == 1
