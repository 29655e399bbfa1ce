"""The list of postmortems: what each file is, what an empty folder is for, what went wrong."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from pmtui.tui.app import PmtuiApp
from pmtui.tui.screens.library import LibraryScreen
from pmtui.tui.widgets.message_bar import MessageBar
from tests.tui.world import INCIDENT, NARROW, SETTINGS, Desk, session_of


@contextlib.asynccontextmanager
async def listing(folder: Path, notes: Sequence[str] = ()) -> AsyncIterator[Desk]:
    """The list of `folder`."""
    screen = LibraryScreen(folder, lambda path: session_of(INCIDENT, folder), notes)
    app = PmtuiApp(screen, SETTINGS)
    async with app.run_test(size=NARROW) as pilot:
        desk = Desk(app, pilot, None)  # type: ignore[arg-type]
        await desk.rest()
        yield desk


async def test_a_file_that_cannot_be_written_is_marked(tmp_path: Path) -> None:
    (tmp_path / "newer.toml").write_text('schema = 99\ntitle = "Later"\n')
    (tmp_path / "fixed.toml").write_text('schema = 1\ntitle = "Fixed"\n')
    (tmp_path / "fixed.toml").chmod(0o444)
    async with listing(tmp_path) as desk:
        assert "newer.toml · draft · read-only: written by a newer version" in desk.screen
        assert "fixed.toml · draft · read-only: it may be read, not written" in desk.screen


async def test_a_broken_file_says_where_and_names_itself_once(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text('schema = 1\ntitle = "x\n')
    async with listing(tmp_path) as desk:
        assert desk.screen.count("broken.toml") == 1
        assert "line 2, column" in desk.screen


async def test_an_empty_folder_says_what_can_be_done(tmp_path: Path) -> None:
    async with listing(tmp_path) as desk:
        assert "No postmortems here yet: n starts one" in desk.screen
        await desk.press("n")
        assert "checkout.toml" in desk.lines()[0]
        assert "Alert fired" in desk.screen


async def test_mistakes_in_the_settings_are_told_here_too(tmp_path: Path) -> None:
    async with listing(tmp_path, ("config.toml:1: theme: 'blue' is not a theme",)) as desk:
        assert "theme: 'blue' is not a theme" in desk.app.screen.query_one(MessageBar).text


async def test_one_task_and_one_event_are_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(
        'schema = 1\ntitle = "One"\n\n[[timeline]]\nid = "a"\ntext = "x"\n\n'
        '[[tasks]]\nid = "b"\ntext = "y"\n'
    )
    async with listing(tmp_path) as desk:
        assert "1 event · 1 open task " in desk.screen


async def test_a_filter_leaves_what_has_all_its_words(tmp_path: Path) -> None:
    for name, title in (("a", "Checkout is down"), ("b", "Search is slow"), ("c", "Checkout slow")):
        (tmp_path / f"{name}.toml").write_text(f'schema = 1\ntitle = "{title}"\n')
    async with listing(tmp_path) as desk:
        await desk.press("slash", *"SLOW check")
        assert "Postmortems 1 of 3" in desk.screen
        assert "Checkout slow" in desk.screen
        assert "Search" not in desk.screen
        await desk.press("enter", "escape")
        assert "Postmortems 3" in desk.screen
        assert "Search is slow" in desk.screen
        await desk.press("slash", *"nqx")
        assert "Nothing here has these words; Esc shows all" in desk.screen
        await desk.press("escape", "n")
        assert "checkout.toml" in desk.lines()[0]
