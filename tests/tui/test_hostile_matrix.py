"""Every place of the program that shows text x every hostile text: shown as it is, never obeyed.

The short form shows all the texts at once in each place, the long one each by itself; both print
what they counted.
"""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.app import App
from textual.geometry import Offset

from pmtui.core.document import Postmortem
from pmtui.core.text import find_control, normalise, one_line
from pmtui.storage.library import Item
from pmtui.storage.settings import Settings
from pmtui.tui.app import PmtuiApp
from pmtui.tui.command_table import COMMANDS
from pmtui.tui.screens import library
from pmtui.tui.screens.library import LibraryScreen
from pmtui.tui.widgets.menu import Option
from tests.hostile import PAYLOADS, as_file_name, is_hidden
from tests.tui.test_hostile import full_of
from tests.tui.world import INCIDENT, SETTINGS, Desk, editing

MARK = "¤"
"""Stands before and after a payload, and nowhere else: where it is seen, the payload is shown."""

SIZE = (150, 50)


class Tally:
    """What was looked at: which widgets showed a payload, and in how many pictures."""

    def __init__(self) -> None:
        self.widgets: Counter[str] = Counter()
        self.pictures = 0
        self.hidden = 0
        self.actions = 0

    def look(self, app: App[None]) -> None:
        """Take a picture and count what may not be in it."""
        screen = app.screen
        screen._on_timer_update()
        self.pictures += 1
        for y, strip in enumerate(screen._compositor.render_strips()):
            x = 0
            for segment in strip:
                if segment.style is not None:
                    self.actions += segment.style.link is not None
                    self.actions += "exit" in str(segment.style.meta.get("@click", ""))
                self.hidden += any(map(is_hidden, segment.text))
                if MARK in segment.text:
                    widget, _ = screen.get_widget_at(min(x, SIZE[0] - 1), y)
                    self.widgets[type(widget).__name__] += 1
                x += segment.cell_length

    async def click(self, desk: Desk) -> None:
        """Click on all that looks like a link."""
        for y, line in enumerate(desk.lines()):
            if "CLICK" in line:
                await desk.pilot.click(offset=Offset(line.index("CLICK"), y))
                await desk.rest()
                assert desk.app.is_running
                assert desk.app._exit is False


async def in_the_document(text: str, tally: Tally) -> None:
    """Every field and list, while every command is run."""
    async with editing(full_of(one_line(text)), size=SIZE) as desk:
        await look_round(desk, tally)


async def in_the_name_of_the_file(text: str, tally: Tally) -> None:
    """The title bar, and the messages about files."""
    name = f"{as_file_name(text)[:40]}{MARK}.toml"
    async with editing(INCIDENT, size=SIZE, name=name) as desk:
        tally.look(desk.app)
        for keys in (("d", "ctrl+s"), ("f7",), ("f8",)):
            await desk.press(*keys)
            tally.look(desk.app)


async def in_messages(text: str, tally: Tally) -> None:
    """The status line, toasts, what went wrong, menus, the preview, borders."""
    async with editing(INCIDENT, size=SIZE) as desk:
        for tone in ("", "success", "warning", "error"):
            desk.editor.say(text, tone)
            await desk.rest()
            tally.look(desk.app)
        desk.app.notify(text, title=text, markup=False, severity="error")
        desk.session.trouble = text
        desk.editor.moved()
        await desk.rest()
        tally.look(desk.app)
        desk.editor.offer(text, [Option("x", text, text)], lambda _: None)
        await desk.rest()
        tally.look(desk.app)
        await desk.press("escape", "f6")
        assert desk.editor.preview
        desk.editor.preview.show(text)
        await desk.rest()
        tally.look(desk.app)
        await tally.click(desk)


async def in_what_is_typed(text: str, tally: Tally) -> None:
    """Lines, filters, fields and the palette, filled from the clipboard, and what they answer."""
    async with editing(INCIDENT, size=SIZE) as desk:
        for keys, after in (
            (("ctrl+r",), ("tab",)),
            (("ctrl+g", "z", "ctrl+a"), ("tab",)),
            (("ctrl+g", "d", "ctrl+a"), ("tab",)),
            (("ctrl+t",), ("enter", "escape")),
            (("ctrl+n",), ("enter", "escape")),
            (("f3", "e"), ("enter", "escape")),
            (("f3", "/"), ("escape",)),
            (("f2", "/"), ("escape",)),
            (("ctrl+p",), ("escape",)),
        ):
            await desk.press(*keys)
            await desk.paste(text)
            tally.look(desk.app)
            await desk.press(*after)
            tally.look(desk.app)
        await tally.click(desk)


async def in_the_settings(text: str, tally: Tally) -> None:
    """The name of the person."""
    settings = Settings(theme="light", autosave=False, timezone="UTC", name=one_line(text))
    async with editing(INCIDENT, size=SIZE, settings=settings) as desk:
        await desk.press("ctrl+t", *"x @me", "enter")
        tally.look(desk.app)


async def in_the_library(text: str, tally: Tally) -> None:
    """The list of postmortems: names, titles, errors."""
    with pytest.MonkeyPatch.context() as patch:
        items = (
            Item(Path(as_file_name(text)), datetime(2024, 5, 22, tzinfo=UTC), *[text] * 4),
            Item(Path("broken"), datetime(2024, 5, 22, tzinfo=UTC), error=text),
        )
        patch.setattr(library, "list_postmortems", lambda folder: items)

        def refuse(path: Path | None) -> None:
            raise library.PmtuiError(text, where=str(path), remedy=text)

        screen = LibraryScreen(Path(as_file_name(text)), refuse)  # type: ignore[arg-type]
        app = PmtuiApp(screen, SETTINGS)
        async with app.run_test(size=SIZE) as pilot:
            for key in ("down", "up", "enter", "n"):
                await pilot.press(key)
                await pilot.pause()
                tally.look(app)


async def look_round(desk: Desk, tally: Tally) -> None:
    """All panes, menus and commands."""
    tally.look(desk.app)
    for key in ("ctrl+o", "ctrl+r", "ctrl+l", "f3", "f2", "ctrl+g", "escape", "f6", "f6"):
        await desk.press(key)
        tally.look(desk.app)
    await tally.click(desk)
    for command in COMMANDS:
        if command.id not in ("quit", "external"):
            desk.editor.run(command)
            await desk.rest()
            tally.look(desk.app)
            await desk.press("escape")


PLACES: dict[str, Callable[[str, Tally], Awaitable[None]]] = {
    "the document": in_the_document,
    "the name of the file": in_the_name_of_the_file,
    "messages": in_messages,
    "what is typed": in_what_is_typed,
    "the settings": in_the_settings,
    "the library": in_the_library,
}


@contextlib.asynccontextmanager
async def counted(texts: int, place: str) -> AsyncIterator[Tally]:
    """Counts, prints and compares with none."""
    tally = Tally()
    yield tally
    kinds = ", ".join(sorted(tally.widgets))
    print(
        f"{place}: {len(tally.widgets)} kinds of widget ({kinds}) x {texts} texts in "
        f"{tally.pictures} pictures: {tally.hidden} raw controls, {tally.actions} links, 0 crashes"
    )
    assert tally.widgets, "no payload was shown"
    assert (tally.hidden, tally.actions) == (0, 0)


@pytest.mark.parametrize("place", PLACES)
async def test_all_hostile_texts_at_once_are_shown_and_not_obeyed(place: str) -> None:
    text = "".join(f"{MARK}{payload}{MARK}" for payload in PAYLOADS.values())
    async with counted(len(PAYLOADS), place) as tally:
        await PLACES[place](text, tally)


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
async def test_each_hostile_text_by_itself_is_shown_and_not_obeyed(place: str) -> None:
    async with counted(len(PAYLOADS), place) as tally:
        for payload in PAYLOADS.values():
            await PLACES[place](f"{MARK}{payload}{MARK}", tally)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_document_holds_a_hostile_text_as_it_is_or_refuses_its_controls(name: str) -> None:
    text = PAYLOADS[name]
    if find_control(text) or "\n" in text:
        with pytest.raises(ValueError, match="control"):
            Postmortem(summary=text)
    else:
        assert Postmortem(summary=text).summary == normalise(text)
