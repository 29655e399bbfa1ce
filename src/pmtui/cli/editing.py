"""Opening the editor on a file, or on the postmortems of a folder."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pmtui.cli.documents import free_file, keeper_of, settings
from pmtui.cli.outcome import Crash
from pmtui.cli.streams import is_terminal, silence, take_leave
from pmtui.errors import FormatError, NotPostmortem, TerminalError

if TYPE_CHECKING:
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.pictures import Picture
    from pmtui.storage.settings import Settings
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.session import Session

_HUNG_UP = 128 + signal.SIGHUP
"""The exit code after the terminal went away, which takes no more words."""


def edit_file(file: str) -> NoReturn:
    """Opens the editor on `file`, which the first edit makes if need be.

    Raises:
        TerminalError: There is no terminal for it.
        StorageError: It cannot be read, or no postmortem can be made there.
        FormatError: It is not a postmortem, and there is nothing to bring back into it.
    """
    require_terminal()
    from pmtui.cli.first_picture import first_picture

    with first_picture(Path(file)) as picture:
        preferences, messages = settings()
        open_editor(_keeper(Path(file), preferences), preferences, messages, picture)


def open_folder() -> None:
    """Offers the postmortems of this folder, or opens a new one where there is none."""
    require_terminal()
    from pmtui.storage.library import list_postmortems
    from pmtui.storage.recovery import waiting

    folder = Path()
    preferences, messages = settings()
    lost = waiting()
    here = [path.name for path in lost if path.parent.resolve() == folder.resolve()]
    elsewhere = [path for path in lost if path.parent.resolve() != folder.resolve()]
    if elsewhere:
        more = f" (and {len(elsewhere) - 1} more)" if len(elsewhere) > 1 else ""
        hint = f"What was not saved can be brought back: pmtui {elsewhere[-1]}{more}"
        messages = (*messages, hint)
    if not list_postmortems(folder) and not here:
        open_editor(keeper_of(free_file(), preferences), preferences, messages)
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.screens.library import LibraryScreen
    from pmtui.tui.session import Session

    sessions: list[Session] = []

    def open_session(path: Path | None) -> Session:
        sessions.append(Session(_keeper(path or free_file(), preferences), preferences))
        return sessions[-1]

    library = LibraryScreen(folder, open_session, messages, unsaved=here)
    run_editor(PmtuiApp(library, preferences), sessions)


def _keeper(path: Path, preferences: Settings) -> Keeper:
    """The keeper of the postmortem at `path`, of a new one, or of one that can be brought back.

    Raises:
        StorageError: It cannot be read, or no postmortem can be made there.
        FormatError: It is not a postmortem, and there is nothing to bring back into it.
    """
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.recovery import is_waiting

    try:
        return keeper_of(path, preferences, settle=True)
    except NotPostmortem:
        raise
    except FormatError as error:
        if not is_waiting(path):
            raise
        return Keeper.damaged(path, f"{error.what}; {error.remedy}")


def open_editor(
    keeper: Keeper,
    preferences: Settings,
    messages: Sequence[str],
    picture: Picture | None = None,
) -> NoReturn:
    """Opens the editor on what `keeper` keeps; `messages` are sentences to show once.

    `picture` is that of its first frame, on the screen already or to be kept for the next time.
    """
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.session import Session

    keeper.notes = (*keeper.notes, *messages)
    session = Session(keeper, preferences)
    run_editor(PmtuiApp(session, preferences, picture), [session])


def run_editor(app: PmtuiApp, sessions: Sequence[Session]) -> NoReturn:
    """Runs the editor and ends with its exit code, once every text is safe and its place told."""
    try:
        app.run()
    except Exception as error:
        app.crash = app.crash or error
    if app.return_code == _HUNG_UP:
        silence(sys.stderr)
    for session in sessions:
        session.close()
        if session.trouble:
            take_leave(f"{session.path}: {session.trouble}")
        if farewell := session.leave():
            take_leave(f"{session.path}: {farewell}")
        if session.drafts:
            take_leave(f"{session.path}: what was not understood returns when you open it again")
    if app.crash is not None:
        raise Crash from app.crash
    raise SystemExit(app.return_code or 0)


def require_terminal() -> None:
    """The editor reads keys from standard input and draws on standard error.

    What is made until its first frame is no garbage, which is not looked for before that.

    Raises:
        TerminalError: A standard stream is no terminal, or one whose cursor cannot be moved.
    """
    otherwise = "use pmtui show, log, new --no-edit or export"
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise TerminalError("the editor needs a terminal", remedy=otherwise)
    if os.environ.get("TERM") == "dumb":
        raise TerminalError("the editor cannot draw on a dumb terminal", remedy=otherwise)
    gc.disable()
