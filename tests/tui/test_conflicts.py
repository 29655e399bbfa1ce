"""Another program writes the open file: it is merged in, and what conflicts is settled."""

from pathlib import Path

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import toml
from pmtui.storage.presence import Presence
from tests.tui.cases import with_entry
from tests.tui.world import INCIDENT, NARROW, WIDE, Desk, at, editing, typed

PROSE = INCIDENT.revise(root_cause="The disk was full.\n\nNobody looked.", summary="It broke.")


async def elsewhere(desk: Desk, document: Postmortem) -> None:
    """Another program saves `document`, and the editor looks at the file."""
    desk.session.path.write_bytes(toml.write(document))
    desk.editor.look_at_file()
    await desk.rest()


def with_event(document: Postmortem, text: str = "From elsewhere", id: str = "x1") -> Postmortem:
    """The document with one more event at the end."""
    entry = Entry(id=id, at=at("17:00"), text=text)
    return document.revise(timeline=(*document.timeline, entry))


async def test_an_event_arrives_while_somebody_types_and_the_cursor_stays() -> None:
    async with editing(PROSE) as desk:
        await desk.press("ctrl+r", typed(" And"), "left")
        place = desk.editor.place
        await elsewhere(desk, with_event(PROSE))
        assert desk.editor.place == place
        assert desk.document.timeline[-1].text == "From elsewhere"
        await desk.press(typed("X"))
        assert desk.document.root_cause == "The disk was full.\n\nNobody looked. AnXd"
        assert desk.status == "Another program wrote: 1 event added"


async def test_a_half_typed_line_and_a_time_field_are_left_alone() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:05 half"))
        await elsewhere(desk, with_event(INCIDENT))
        await desk.press(typed(" done"), "enter")
        assert desk.document.timeline[1].text == "half done"
        await desk.press("ctrl+g", "1", typed("14:0"))
        stated = desk.document.revise(times=desk.document.times.revise(started=at("13:00")))
        await elsewhere(desk, stated)
        await desk.press(typed("1"), "enter")
        assert desk.document.times.started == at("14:01")


async def test_both_write_in_one_text_and_the_cursor_moves_with_its_words() -> None:
    async with editing(PROSE) as desk:
        await desk.press("ctrl+r", typed(" I did"))
        await elsewhere(desk, PROSE.revise(root_cause="First of all.\n\n" + PROSE.root_cause))
        await desk.press(typed("!"))
        text = "First of all.\n\nThe disk was full.\n\nNobody looked. I did!"
        assert desk.document.root_cause == text
        assert desk.session.conflicts == ()


async def test_an_event_edited_in_place_keeps_what_another_program_changed_of_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("e", "end", typed(" now"))
        await elsewhere(desk, with_entry("e1", kind="escalated"))
        await desk.press("enter")
        entry = desk.document.timeline[0]
        assert entry.kind == "escalated"
        assert "now" in entry.text + entry.who


async def test_what_was_in_sight_stays_in_sight_when_others_arrive_above() -> None:
    many = tuple(Entry(id=f"k{n}", at=at(f"15:{n:02}"), text="word " * 30) for n in range(30))
    start = INCIDENT.revise(timeline=many)
    async with editing(start, size=NARROW) as desk:
        await desk.press("ctrl+t", "ctrl+t", typed("16:30 just added"), "enter")
        before = desk.find("just added")
        first = Entry(id="x0", at=at("13:00"), text="Before all")
        await elsewhere(desk, start.revise(timeline=(first, *many)))
        assert desk.find("just added") == before


async def test_what_is_edited_in_place_stays_over_its_row_when_others_arrive_above() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("down", "e")
        first = Entry(id="x0", at=at("13:00"), text="Before all")
        await elsewhere(desk, INCIDENT.revise(timeline=(first, *INCIDENT.timeline)))
        rows = desk.editor.lined("timeline").rows
        assert (
            desk.editor.lined("timeline").overlay.styles.offset.y.value == rows.row_region("e2").y
        )
        assert rows.row_region("e2").y > rows.row_region("x0").y
        await desk.press(typed(" now"), "enter")
        assert [e.id for e in desk.document.timeline] == ["x0", "e1", "e2", "e3", "e4"]
        assert "now" in desk.document.timeline[2].who + desk.document.timeline[2].text


async def test_undo_takes_back_ones_own_edit_and_leaves_what_arrived() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d")
        await elsewhere(desk, with_event(INCIDENT))
        await desk.press("ctrl+z")
        assert desk.document == with_event(INCIDENT)
        assert desk.status == "Undid: delete an event"
        await desk.press("ctrl+y")
        assert [e.id for e in desk.document.timeline] == ["e2", "e3", "e4", "x1"]


async def test_undo_of_what_another_program_wrote_says_so_and_can_be_done_again() -> None:
    async with editing(INCIDENT) as desk:
        await elsewhere(desk, with_event(INCIDENT))
        await desk.press("ctrl+z")
        assert desk.document == INCIDENT
        assert "Undid what another program wrote: 1 event added" in desk.status
        assert "goes out of the file too" in desk.status
        await desk.press("ctrl+s")
        assert desk.file == INCIDENT
        await desk.press("ctrl+y", "ctrl+s")
        assert desk.file == with_event(INCIDENT)


async def test_what_was_undone_can_be_done_again_after_something_arrived() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+z")
        await elsewhere(desk, with_event(INCIDENT))
        await desk.press("ctrl+y")
        assert [e.id for e in desk.document.timeline] == ["e2", "e3", "e4", "x1"]


async def _in_conflict(desk: Desk) -> None:
    """The cause and the title were changed on both sides."""
    await desk.press("ctrl+r", typed(" Mine."), "ctrl+o", "ctrl+g", "t", typed(" for me"))
    theirs = PROSE.revise(title="Checkout down for all", root_cause=PROSE.root_cause + " Theirs.")
    await elsewhere(desk, with_event(theirs))


MINE = "The disk was full.\n\nNobody looked. Mine."
THEIRS = "The disk was full.\n\nNobody looked. Theirs."
BOTH = f"{MINE}\nNobody looked. Theirs."


@pytest.mark.parametrize(
    ("keys", "title", "cause"),
    [
        ("oo", "Checkout down for me", MINE),
        ("tt", "Checkout down for all", THEIRS),
        ("bnbo", "Checkout down for me", BOTH),
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_conflicts_are_settled_by_keys(
    keys: str, title: str, cause: str, size: tuple[int, int]
) -> None:
    """The title comes first; o is ours, t theirs, b both, which is not offered for a title."""
    async with editing(PROSE, size=size) as desk:
        await _in_conflict(desk)
        assert "2 conflicts with another program: ctrl+b settles" in desk.status
        assert "2 conflicts" in desk.lines()[0]
        assert desk.document.title == "Checkout down for me"
        await desk.press("ctrl+b")
        assert "Checkout down for all" in desk.screen
        await desk.press(*keys, "enter")
        assert desk.document.title == title
        assert desk.document.root_cause == cause
        assert desk.document.timeline[-1].id == "x1"
        assert desk.session.conflicts == ()
        if keys != "oo":
            await desk.press("ctrl+z")
            assert desk.status == "Undid: the settling of 2 conflicts"
            assert len(desk.session.conflicts) == 2


async def test_a_text_written_by_hand_settles_too() -> None:
    async with editing(PROSE) as desk:
        await _in_conflict(desk)
        await desk.press("ctrl+b", "n", "e", typed(" o t n"), "escape", "e", typed("!"), "enter")
        await desk.press("enter")
        assert desk.document.root_cause == MINE + " o t n"
        assert desk.document.title == "Checkout down for me!"


async def test_nothing_is_settled_before_all_is_chosen_and_esc_leaves_it_for_later() -> None:
    async with editing(PROSE) as desk:
        await _in_conflict(desk)
        before = desk.document
        await desk.press("ctrl+b", "t", "enter")
        assert "1 of 2 wait for o, t, b or e" in desk.screen
        await desk.press("escape")
        assert desk.document is before
        assert "2 conflicts" in desk.status
        (kept,) = desk.session.theirs_kept_in
        assert toml.read(kept.read_bytes()).title == "Checkout down for all"
        await desk.press("ctrl+q")
        assert desk.app._exit
        told = desk.session.leave()
        assert told.startswith("2 conflicts not settled: yours is in the file, the other side's")
        assert str(kept) in told
        assert kept.exists()


async def test_a_change_that_arrives_while_the_conflict_is_on_the_screen_is_shown() -> None:
    async with editing(PROSE) as desk:
        await _in_conflict(desk)
        await desk.press("ctrl+s", "ctrl+b", "t")
        newer = desk.document.revise(title="Checkout down, newest")
        await elsewhere(desk, newer)
        assert "0 chosen" in desk.screen
        await desk.press("p")
        assert "newest" in desk.screen
        await desk.press("o", "o", "enter")
        assert desk.document.title == "Checkout down for me"


async def test_without_a_conflict_the_command_says_so() -> None:
    async with editing(PROSE) as desk:
        await desk.press("ctrl+b")
        assert desk.status == "There is no conflict to settle"


MARKED = b"""schema = 1
<<<<<<< HEAD
title = "Mine"
||||||| base
title = "Old"
=======
title = "Theirs"
>>>>>>> feature

[[timeline]]
id = "e1"
text = "kept"
<<<<<<< HEAD

[[timeline]]
id = "e2"
text = "mine"
||||||| base
=======

[[timeline]]
id = "e3"
text = "theirs"
>>>>>>> feature
"""


async def test_a_file_with_conflict_markers_opens_merged_and_is_written_by_save_only() -> None:
    async with editing(Postmortem(), content=MARKED) as desk:
        told = "Git conflict markers (line 2): 1 conflict to settle; HEAD and feature are merged"
        assert told in desk.status
        assert [e.id for e in desk.document.timeline] == ["e1", "e2", "e3"]
        assert "merged, not saved" in desk.lines()[0]
        desk.editor.look_at_file()
        await desk.rest()
        assert desk.session.path.read_bytes() == MARKED
        await desk.press("ctrl+b", "t", "enter", "ctrl+s")
        assert desk.file.title == "Theirs"
        assert [e.id for e in desk.file.timeline] == ["e1", "e2", "e3"]


async def test_leaving_a_file_with_markers_untouched_leaves_the_markers() -> None:
    async with editing(Postmortem(), content=MARKED) as desk:
        await desk.press("ctrl+q")
        assert desk.session.path.read_bytes() == MARKED
        assert desk.session.leave() == "the file still has git's conflict markers"


async def test_markers_that_git_writes_into_the_open_file_are_merged_in() -> None:
    start = Postmortem(title="Old", timeline=(Entry(id="e1", text="kept"),))
    async with editing(start) as desk:
        desk.session.path.write_bytes(MARKED)
        desk.editor.look_at_file()
        await desk.rest()
        assert [e.id for e in desk.document.timeline] == ["e1", "e2", "e3"]
        assert len(desk.session.conflicts) == 1


async def test_a_second_editor_on_the_file_is_told(tmp_path: Path) -> None:
    async with editing(INCIDENT) as desk:
        assert "Another pmtui" not in desk.status
        second = Presence.announce(desk.session.path)
        assert second.company
        second.leave()
        desk.session.leave()
        again = Presence.announce(desk.session.path)
        assert not again.company
        again.leave()
