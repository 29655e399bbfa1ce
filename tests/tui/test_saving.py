"""The file: saving, leaving, a full disk, a file that may only be read, $EDITOR, exports."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.errors import ClipboardError, StorageError
from pmtui.formats import toml
from pmtui.storage import clipboard
from pmtui.storage.keeper import Keeper
from pmtui.tui.app import PmtuiApp
from pmtui.tui.command_table import COMMANDS
from tests.tui.cases import with_timeline
from tests.tui.world import INCIDENT, SETTINGS, Desk, editing, typed

WITHOUT_FIRST = with_timeline("e2", "e3", "e4")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every save fails."""

    def save(keeper: Keeper, document: Postmortem) -> bool:
        raise StorageError("the disk is full", where=str(keeper.path))

    monkeypatch.setattr(Keeper, "save", save)


def left(desk: Desk) -> bool:
    """Whether the program is about to end."""
    return desk.app._exit


async def test_save_writes_the_document_and_the_head_says_so() -> None:
    async with editing(INCIDENT) as desk:
        assert desk.lines()[0].endswith("saved ")
        await desk.press("d")
        assert desk.lines()[0].endswith("● unsaved ")
        await desk.press("ctrl+s")
        assert desk.file == WITHOUT_FIRST
        assert desk.lines()[0].endswith("saved 16:20:00 ")
        assert desk.status == f"Saved {desk.session.path}"


async def test_undo_back_to_what_the_file_holds_is_saved_again() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+z")
        assert desk.lines()[0].endswith("saved ")


async def test_save_takes_what_stands_in_a_field() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+g", "1", typed("14:00"), "ctrl+s")
        assert desk.file.times.started is not None
        assert desk.focus == "summary/times.started"


async def test_autosave_writes_by_itself() -> None:
    async with editing(INCIDENT, settings=replace(SETTINGS, autosave=True)) as desk:
        await desk.press("d")
        await desk.pilot.pause(0.8)
        await desk.rest()
        assert desk.file == WITHOUT_FIRST


@pytest.mark.usefixtures("full_disk")
async def test_a_full_disk_is_told_and_the_text_is_kept_elsewhere() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+s")
        assert "not saved: the disk is full; your text is kept in " in desk.status
        assert "not saved" in desk.lines()[0]
        copy = Path(desk.status.partition("kept in ")[2])
        assert toml.read(copy.read_bytes(), "") == WITHOUT_FIRST
        assert desk.file == INCIDENT


@pytest.mark.usefixtures("full_disk")
async def test_leaving_an_unsaved_document_takes_a_second_word() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+q")
        assert not left(desk)
        assert "ctrl+q again leaves" in desk.status
        await desk.press("ctrl+q")
        assert left(desk)
        assert desk.app.return_code == 1


async def test_quit_saves_and_leaves() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+q")
        assert left(desk)
        assert desk.file == WITHOUT_FIRST
        assert desk.app.return_code == 0


async def test_quit_takes_what_stands_in_a_field_and_in_the_lines() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("14:05 half"), "ctrl+n", typed("a task"))
        await desk.press("ctrl+g", "1", typed("14:00"), "ctrl+q")
        assert left(desk)
        assert desk.file.timeline[1].text == "half"
        assert desk.file.tasks[-1].text == "a task"
        assert desk.file.times.started is not None


async def test_quit_shows_a_line_that_is_not_understood_and_then_keeps_it_as_words() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("25:00 half"), "ctrl+r", "ctrl+q")
        assert not left(desk)
        assert desk.focus == "timeline/line"
        assert "is not understood; ctrl+q again keeps its words as an event" in desk.status
        await desk.press("ctrl+q")
        assert left(desk)
        assert desk.file.timeline[-1].text == "25:00 half"
        assert desk.file.timeline[-1].at is None


async def test_quit_takes_what_is_edited_in_place() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("t", typed("14:10"), "ctrl+q")
        assert left(desk)
        assert desk.file.timeline[0].at == INCIDENT.timeline[0].at.replace(minute=10)  # type: ignore[union-attr]


async def test_quit_from_the_help_loses_nothing() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "f1", "ctrl+q")
        assert left(desk)
        assert desk.file == WITHOUT_FIRST


NEWER = b"""schema = 99
title = "From the future"
hologram = true

[[timeline]]
id = "e1"
text = "x"
"""


async def test_a_newer_document_is_shown_and_never_written() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        assert "Opened read-only. It was written by a newer version" in desk.status
        assert "read-only" in desk.lines()[0]
        assert "From the future" in desk.screen
        before = desk.document
        for command in COMMANDS:
            if command.id not in ("quit", "palette", "help"):
                desk.editor.run(command)
                await desk.rest()
                await desk.press("escape")
        await desk.press("ctrl+o", typed("x"), "ctrl+t", typed("14:00 x"), "enter")
        await desk.press("f3", "d", "f2", "a", typed("x"), "enter")
        await desk.click("x", times=2, of="Timeline")
        assert desk.document is before
        assert desk.session.path.read_bytes() == NEWER
        await desk.press("ctrl+q")
        assert left(desk)
        assert desk.session.path.read_bytes() == NEWER


async def test_a_command_that_writes_says_that_the_document_is_read_only() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        for keys in (("ctrl+t",), ("ctrl+n",), ("ctrl+s",), ("f3", "d"), ("f2", "a")):
            desk.editor.say("")
            await desk.press(*keys)
            assert "newer version" in desk.status


async def test_comments_in_the_file_are_spoken_of_once_and_kept() -> None:
    content = b'# mine\nschema = 1\ntitle = "x"\n'
    async with editing(Postmortem(), content=content) as desk:
        assert "Comments are not kept" in desk.status
        await desk.press("ctrl+o", typed("y"), "ctrl+s")
        assert desk.file.title == "xy"
        assert desk.session.path.with_name("checkout.toml.orig").read_bytes() == content


async def test_export_and_copy_give_the_same_text(copied: list[str]) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("f8")
        file = desk.session.path.with_suffix(".md").read_text()
        assert copied == [file]
        assert "Checkout down" in file


async def test_a_clipboard_that_refuses_is_told_with_where_the_text_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(text: str) -> clipboard.Copied:
        raise ClipboardError("no clipboard took the text")

    monkeypatch.setattr(clipboard, "copy", refuse)
    async with editing(INCIDENT) as desk:
        await desk.press("f8")
        assert "no clipboard took the text" in desk.status
        assert "Exported to" in desk.status


async def test_an_export_whose_name_a_folder_has_copies_all_the_same(
    copied: list[str],
) -> None:
    """The file goes to the next free name."""
    async with editing(INCIDENT) as desk:
        desk.session.path.with_suffix(".md").mkdir()
        await desk.press("f8")
        assert desk.status
        assert len(copied) == 1


async def test_events_and_tasks_are_copied_as_markdown(copied: list[str]) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("space", "space", "y", "f2", "y", "end", "y")
        assert copied == [
            "- **14:00** Alert fired (ana)\n- **14:30** Rolled back (bob)\n",
            "- [ ] Add an alert @ana\n",
            "- Test restores\n",
        ]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands for $EDITOR; the test writes what it does."""
    program = tmp_path / "editor"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    monkeypatch.setattr(PmtuiApp, "suspend", lambda _: contextlib.nullcontext())
    return program


async def test_a_text_comes_back_changed_from_the_editor(editor: Path) -> None:
    editor.write_text('#!/bin/sh\nprintf "and \\033[2Jmore\\n" >> "$1"\n')
    start = INCIDENT.revise(root_cause="One line\n")
    async with editing(start) as desk:
        await desk.press("ctrl+r", "f4")
        assert desk.document.root_cause == "One line\nand \ufffd[2Jmore"
        assert desk.focus == "root-cause/root_cause"
        assert desk.status.startswith("1 character is no text and stands as \ufffd now")
        await desk.press("ctrl+z")
        assert desk.document == start
        assert desk.status == "Undid: editing Root cause in $EDITOR"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "ended with code 3"),
        ("kill -9 $$", "was ended by signal 9"),
        ('rm "$1"', "removed the file"),
    ],
)
async def test_an_editor_that_fails_changes_nothing(editor: Path, script: str, reason: str) -> None:
    editor.write_text(f"#!/bin/sh\n{script}\n")
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r", typed("kept"), "f4")
        assert reason in desk.status
        assert desk.document.root_cause == "kept"


async def test_an_editor_that_is_not_there_is_told(
    editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r", "f4")
        assert "no-such-editor could not be run" in desk.status


async def crash() -> None:
    """Delete an event, then break in a handler."""
    async with editing(INCIDENT) as desk:
        await desk.press("d")
        desk.app._handle_exception(ZeroDivisionError())
        assert desk.file == WITHOUT_FIRST


async def test_a_crash_keeps_the_document() -> None:
    with pytest.raises(ZeroDivisionError):
        await crash()
