"""The application: themes, style sheets, and the gate that every key and every line passes."""

import os
import signal
import threading
from collections.abc import Iterable, Sequence
from functools import partial

from textual import events
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen

from pmtui.storage.settings import Settings
from pmtui.tui.commands import BY_ID, COMMANDS, key_label, keys_of
from pmtui.tui.guards import VisibleControls, typed
from pmtui.tui.screens.editor import EditorScreen
from pmtui.tui.screens.library import LibraryScreen
from pmtui.tui.session import Session
from pmtui.tui.settling import settle
from pmtui.tui.stylesheets import stylesheet
from pmtui.tui.themes import DARK, LIGHT

GRACE = 2.0
"""Seconds to give the terminal back after a signal, before ending without that."""

SHEETS = ("base.tcss", "editor.tcss", "help.tcss", "library.tcss", "review.tcss")


class PmtuiApp(App[None]):
    """One session, or the choice of one, on the screen."""

    TITLE = "pmtui"
    CSS_PATH = [stylesheet(name) for name in SHEETS]
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, first: Session | Screen[None], settings: Settings) -> None:
        super().__init__()
        self._first = first
        self.settings = settings
        self.crash: Exception | None = None
        self._sessions: list[Session] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = "pmtui-light" if _is_light(settings.theme) else "pmtui-dark"
        self.set_keymap(dict(settings.keys))

    def on_mount(self) -> None:
        """Show the first screen, and be ready for a hang-up."""
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._end_by_signal)
        if isinstance(self._first, Session):
            self.open_session(self._first)
        else:
            self.push_screen(self._first)

    def on_library_screen_chosen(self, event: LibraryScreen.Chosen) -> None:
        """Go from the list to the editor."""
        self.open_session(event.session)

    def open_session(self, session: Session) -> None:
        """Open the editor on a session."""
        self._sessions.append(session)
        self.push_screen(EditorScreen(session))

    def _end_by_signal(self, number: int, _: object) -> None:
        """Write everything down and end, also when the terminal takes no more output.

        A handler of `signal` runs even while the event loop is blocked in writing to a terminal
        that stopped reading; one of the loop would never be called.
        """
        for screen in self.screen_stack:
            if isinstance(screen, EditorScreen):
                screen.take_unfinished()
        for session in self._sessions:
            session.flush()
        last = threading.Timer(GRACE, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        self.call_later(self.exit, return_code=128 + number)

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
            self.screen.say("ctrl+q saves and leaves")

    def _handle_exception(self, error: Exception) -> None:
        """Keep the document safe and end; what is told of the error is the caller's business.

        Textual's own report shows the values of local variables, which are the document's text.
        """
        if self.crash is None:
            self.crash = error
            for session in self._sessions:
                session.flush()
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that no control character passes."""
        return (*super().get_line_filters(), VisibleControls())

    async def on_event(self, event: events.Event) -> None:
        """Handle one key or paste wholly before the next."""
        direct = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if isinstance(event, events.Key) and direct:
            event = typed(event)
        await super().on_event(event)
        if direct:
            await settle(self.focused or self.screen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the editor for the palette, with its key."""
        if not isinstance(screen, EditorScreen):
            yield SystemCommand("Quit", "Leave", self.exit)
            return
        overrides = dict(self.settings.keys)
        for command in COMMANDS:
            if command.id in ("next", "previous", "palette"):
                continue
            keys = key_label(keys_of(command, overrides))
            where = f"{command.scope.capitalize()}: " if command.scope else ""
            yield SystemCommand(
                f"{where}{command.label}", f"{command.help}  ({keys})", partial(screen.run, command)
            )


def _is_light(wanted: str) -> bool:
    """Whether the light theme is asked for: by name, or by a terminal that says its background."""
    if wanted != "auto":
        return wanted == "light"
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in ("7", "15")
