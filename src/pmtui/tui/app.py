"""The application: themes, style sheets, and the gate that every key and every line passes."""

import asyncio
import gc
import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual.app import SystemCommand
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.reactive import Initialize, Reactive
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from pmtui.errors import CRASHED
from pmtui.storage.pictures import Picture
from pmtui.storage.settings import Settings
from pmtui.tui import ending
from pmtui.tui.background import in_background
from pmtui.tui.command_table import COMMANDS
from pmtui.tui.commands import BY_ID, key_label, keys_of
from pmtui.tui.guards import (
    FirstFrame,
    LazyComponents,
    LeanDisplay,
    VisibleControls,
    end_after,
    gave_up,
    guarded,
    once,
    underlying,
)
from pmtui.tui.key_order import KeysInOrder
from pmtui.tui.key_settings import usable_keys
from pmtui.tui.palette import PaletteCommands
from pmtui.tui.screens.editor import EditorScreen
from pmtui.tui.session import Session
from pmtui.tui.stylesheets import stylesheet
from pmtui.tui.themes import DARK, LIGHT
from pmtui.tui.watching import Watching

if TYPE_CHECKING:
    from pmtui.tui.screens.library import LibraryScreen

CATCHING_UP = 1.0
"""Seconds after a signal in which what was typed before it is still read."""

SOON = 0.02
"""Seconds in which other parts of the program get their turn."""

_USUAL_COLLECTIONS = (10_000, 10, 10)
"""Searches for garbage so short that no key has to wait for one, and so rare that none costs much:
at Python's own threshold a list of ten thousand is made with a dozen of them."""

_OF_THE_MOMENT = 2
"""Lines of a first frame that hold the time of day, or what has passed since."""

SHEETS = (
    *("base.tcss", "assumed.tcss", "editor.tcss", "export.tcss", "help.tcss", "library.tcss"),
    *("conflict.tcss", "recovery.tcss", "review.tcss"),
)


_GATE = VisibleControls()
"""One for all lines: each remembers what came of it at a filter that it knows."""


def _first_theme(app: Any) -> str:
    """The name of the theme that the settings of `app` ask for."""
    return LIGHT.name if _is_light(app.settings.theme) else DARK.name


class PmtuiApp(KeysInOrder, LeanDisplay, LazyComponents):
    """One session, or the choice of one, on the screen."""

    TITLE = "pmtui"
    CSS_PATH = [stylesheet(name) for name in SHEETS]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS = {PaletteCommands}

    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    """The name of the theme; known before any style is computed, or all would be done again."""

    def __init__(
        self, first: Session | Screen[None], settings: Settings, picture: Picture | None = None
    ) -> None:
        self.settings = settings
        self.picture = picture
        super().__init__()
        self._first = first
        self.crash: Exception | None = None
        self._keeping: asyncio.Future[None] | None = None
        self._sessions: list[Session] = []
        self._ending = 0
        self._end_at = 0.0
        self._undrawn: AbstractContextManager[None] = nullcontext()
        self._watching: Watching | None = None
        self._keys = usable_keys(settings.keys)[0]
        self.set_keymap(dict(self._keys))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours, by name."""
        return {**super().available_themes, DARK.name: DARK, LIGHT.name: LIGHT}

    def on_mount(self) -> None:
        """Show the first screen, and be ready for a hang-up."""
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, partial(self._end_by_signal, asyncio.get_running_loop()))
        self._watching = Watching(self._look_outside, self._notice)
        self._watching.tell_of(session.path.parent for session in self._sessions)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self._watching is not None:
            self._watching.stop()

    def on_ready(self) -> None:
        """Search for garbage as usual from now on, but never again in what was loaded."""
        if not self.is_headless:
            gc.freeze()
            gc.set_threshold(*_USUAL_COLLECTIONS)
            gc.enable()

    def get_default_screen(self) -> Screen[None]:
        """The first screen, with nothing drawn before it."""
        return self._editor(self._first) if isinstance(self._first, Session) else self._first

    def on_library_screen_chosen(self, event: "LibraryScreen.Chosen") -> None:
        """Go from the list to the editor."""
        self.open_session(event.session)

    def open_session(self, session: Session) -> None:
        """Open the editor on a session."""
        self.push_screen(self._editor(session))

    def _editor(self, session: Session) -> EditorScreen:
        self._sessions.append(session)
        if self._watching is not None:
            self._watching.tell_of([session.path.parent])
        session.look_for_lost()
        return EditorScreen(session)

    @property
    def _editors(self) -> Iterator[EditorScreen]:
        """Those that are there; one that is still being made holds nothing yet."""
        editors = (each for each in self.screen_stack if isinstance(each, EditorScreen))
        return (editor for editor in editors if editor.is_mounted)

    def _end_by_signal(self, loop: asyncio.AbstractEventLoop, number: int, _: object) -> None:
        """Write everything down at once, then take what was typed before the signal, and end.

        A handler of `signal` runs even while the event loop is blocked; one of the loop would
        never be called. The loop sleeps through it, and is woken.
        """
        if self._ending or self.crash is not None:
            return
        self._ending = 128 + number
        self._end_at = time.monotonic() + CATCHING_UP
        ending.end_in_time(self._ending, self._terminal_attributes)
        try:
            self._write_down()
        except Exception:  # what is at hand may be half done: again, once it is not
            loop.call_soon_threadsafe(self.call_later, self._write_down)
        self._undrawn = self.batch_update()
        self._undrawn.__enter__()  # for good: drawing would take the time of the keys
        loop.call_soon_threadsafe(self.call_later, self._catch_up)

    def _write_down(self) -> None:
        for editor in self._editors:
            editor.write_down()

    def _catch_up(self) -> None:
        """Let everything be read that was typed before the signal, then wait until it is done."""
        if ending.has_unread_keys() and time.monotonic() < self._end_at:
            once(self, SOON, lambda: self.call_later(self._catch_up))
            return
        if self._driver is not None:
            # This waits for the thread that reads: all it read is on its way to the queue then.
            self._driver.disable_input()
        once(self, SOON, lambda: self.call_later(self._end))

    def _end(self) -> None:
        """End, from behind the last key in the queue."""
        for editor in self._editors:
            editor.take_unfinished()
        for session in self._sessions:
            session.flush()
        self.exit(return_code=self._ending)

    def _look_outside(self) -> bool:
        """Whether something happened that nobody here did; called in another thread."""
        changed = any(session.keeper.changed_on_disk() for session in tuple(self._sessions))
        return changed or (not self.is_headless and ending.is_hung_up())

    def _notice(self) -> None:
        if not self.is_headless:
            self._look_for_hang_up()
        for editor in self._editors:
            editor.call_later(editor.look_at_file)

    def _look_for_hang_up(self) -> None:
        """A terminal may go without a signal, to a program that is not in its foreground."""
        if ending.is_hung_up():
            self._end_by_signal(asyncio.get_running_loop(), signal.SIGHUP, None)

    @property
    def _terminal_attributes(self) -> list[Any] | None:
        """How the terminal was set before the editor took it."""
        return getattr(self._driver, "attrs_before", None)

    async def action_quit(self) -> None:
        """Leave the way that loses nothing, whatever lies over the editor."""
        while self.screen_stack and isinstance(self.screen, ModalScreen):
            self.pop_screen()
        if isinstance(self.screen, EditorScreen):
            self.screen.run(BY_ID["quit"])
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """ctrl+c is no way out; say which one is."""
        if isinstance(self.screen, EditorScreen):
            self.screen.say(f"{self.screen.key_of('quit')} saves and leaves")

    def _handle_exception(self, error: Exception) -> None:
        """Keep the document safe and end; what is told of the error is the caller's business.

        What stands in fields and lines is in the journal; the widgets may be what is broken.
        """
        if self.return_code is not None and isinstance(underlying(error), NoMatches):
            return  # who waited for a save, while the program ended, finds no widgets any more
        if self.crash is None:
            self.crash = underlying(error)
            if not self.is_headless:
                ending.end_in_time(CRASHED, self._terminal_attributes)
            for session in self._sessions:
                with suppress(Exception):  # one that cannot be written keeps no other from it
                    session.flush()
        end_after(self, error)

    def panic(self, *renderables: RenderableType) -> None:
        """As after an exception, Textual's own report of it in ours; or the terminal is gone."""
        if ending.is_hung_up() and not self.is_headless:
            self._look_for_hang_up()
        else:
            self._handle_exception(gave_up(renderables))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if (frame := self.first_frame) and (picture := self.picture):
            self.picture = None
            if isinstance(screen, EditorScreen) and screen.is_as_opened:
                self._keeping = asyncio.ensure_future(in_background(_keep, picture, frame))

    def get_driver_class(self) -> type[Driver]:
        """The driver for this platform, guarded."""
        return guarded(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that no control character passes."""
        return (*super().get_line_filters(), _GATE)

    def handled(self) -> None:
        """Have the journals hold what stands unfinished in fields and lines."""
        for editor in self._editors:
            editor.note_unfinished()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the editor for the palette, with its key."""
        if not isinstance(screen, EditorScreen):
            yield SystemCommand("Quit", "Leave", self.exit)
            return
        for command in COMMANDS:
            if command.id in ("next", "previous", "palette"):
                continue
            keys = key_label(keys_of(command, self._keys))
            where = f"{command.scope.capitalize()}: " if command.scope else ""
            yield SystemCommand(
                f"{where}{command.label}", f"{command.help}  ({keys})", partial(screen.run, command)
            )


def _keep(picture: Picture, frame: FirstFrame) -> None:
    """Keep what is true of a first frame at any time."""
    if len(frame.lines) == picture.size.lines:
        picture.keep(frame.without(_OF_THE_MOMENT))


def _is_light(wanted: str) -> bool:
    """Whether the light theme is asked for: by name, or by a terminal that says its background."""
    if wanted != "auto":
        return wanted == "light"
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in ("7", "15")
