"""A document in another form is opened: what was assumed is shown, the source stays as it is."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pmtui.cli.documents import keeper_of
from pmtui.errors import FormatError, StorageError
from pmtui.storage.settings import Settings
from pmtui.tui.app import PmtuiApp
from pmtui.tui.screens.assumed import AssumedScreen
from pmtui.tui.session import Session
from tests.tui.cases import Keys
from tests.tui.world import NARROW, NOW, SETTINGS, WIDE, Desk, sequence, typed

NOTES = """\
# Checkout outage, 22 May 2024

**Duration**: 2 hours, 13:00 to 16:00 UTC

## Timeline

- 14:00 Alert fired
"""


@contextlib.asynccontextmanager
async def opened(source: Path, size: tuple[int, int]) -> AsyncIterator[Desk]:
    """The editor with the note of what was assumed over it, open on `source`, which holds NOTES."""
    source.write_text(NOTES)
    session = Session(keeper_of(source, Settings()), SETTINGS, lambda: NOW, sequence())
    app = PmtuiApp(session, SETTINGS)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot, session)
        await desk.rest()
        assert isinstance(app.screen, AssumedScreen)
        yield desk


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_was_assumed_is_shown_once_and_again_when_asked(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = tmp_path / "notes.md"
    async with opened(source, size) as desk:
        assert "2h 00m is stated, but the window is 3h 00m" in desk.screen
        assert "line 3" in desk.screen
        await desk.press("enter")
        assert "is stated, but" not in desk.screen
        assert [entry.text for entry in desk.document.timeline] == ["Alert fired"]
        assert not desk.session.path.exists()
        await desk.press("f5", "i")
        assert "2h 00m is stated, but the window is 3h 00m" in desk.screen
        await desk.press("escape", "f3", "d", "ctrl+s")
        assert desk.file.timeline == ()
    assert source.read_text() == NOTES


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        (("ctrl+t", typed("14:05 x"), "enter"), ["Alert fired", "x"]),
        (("a", typed("15:00 y"), "enter"), ["Alert fired", "y"]),
        (("down", "space", "end", "pageup", "escape", "d"), []),
        (("enter", "d"), []),
        (("d", "d"), []),
    ],
)
async def test_what_is_typed_over_the_note_reaches_the_editor(
    tmp_path: Path, keys: Keys, texts: list[str]
) -> None:
    async with opened(tmp_path / "notes.md", NARROW) as desk:
        await desk.press(*keys)
        assert not isinstance(desk.app.screen, AssumedScreen)
        assert [entry.text for entry in desk.document.timeline] == texts


def test_an_empty_file_is_an_empty_document_that_nothing_was_assumed_of(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    source.write_text(" \n")
    keeper = keeper_of(source, Settings())
    assert (keeper.report, keeper.document.title) == ((), "")
    assert keeper.notes == (
        "Read from notes.md, which stays as it is. The first edit makes notes.toml.",
    )


@pytest.mark.parametrize("name", ["photo.md", "photo.txt"])
def test_what_is_no_text_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    with pytest.raises(StorageError, match="is no text"):
        keeper_of(tmp_path / name, Settings())


def test_text_of_two_bytes_a_character_is_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(NOTES.encode("utf-16-le"))
    assert keeper_of(tmp_path / "notes.txt", Settings()).document.title.startswith("Checkout")


def test_what_was_made_of_a_source_before_is_gone_on_with(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    source.write_text(NOTES)
    (tmp_path / "notes.toml").write_text('title = "Corrected"\n')
    keeper = keeper_of(source, Settings())
    assert keeper.document.title == "Corrected"
    assert keeper.path == tmp_path / "notes.toml"
    assert "notes.md was not read again" in keeper.notes[0]
    (tmp_path / "notes.toml").write_text("title = [\n")
    with pytest.raises(FormatError) as refused:
        keeper_of(source, Settings())
    assert "notes.toml" in refused.value.where


@pytest.mark.parametrize(("lines", "told"), [(1, ""), (10_000, "Reading notes.md (0.3 MB) ...\n")])
def test_a_large_source_is_told_to_be_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: int,
    told: str,
) -> None:
    monkeypatch.setattr("pmtui.cli.documents.is_terminal", lambda _: True)
    (tmp_path / "notes.md").write_text(
        NOTES + "\n\n" + "words that go on and on, and on.\n" * lines
    )
    keeper_of(tmp_path / "notes.md", Settings())
    assert capsys.readouterr().err == told
