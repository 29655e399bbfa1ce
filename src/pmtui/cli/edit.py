"""The commands that open the editor."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pmtui.cli.arguments import FILE_ARGUMENT, STANDARD
from pmtui.cli.documents import blank, free_file, keeper_of, new_keeper, settings
from pmtui.cli.outcome import Crash
from pmtui.cli.streams import is_terminal, say, silence, take_leave, write
from pmtui.errors import FormatError, NotPostmortem, TimeError

if TYPE_CHECKING:
    from pmtui.storage.keeper import Keeper
    from pmtui.storage.settings import Settings
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.session import Session

_HUNG_UP = 128 + signal.SIGHUP
"""The exit code after the terminal went away, which takes no more words."""


@click.command(epilog="Example: pmtui edit outage.toml")
@FILE_ARGUMENT
def edit(file: str) -> None:
    """Edit FILE, which the first edit makes if need be.

    The same as pmtui FILE, for a file that has the name of a command too.
    """
    _require_terminal()
    _require_file(file)
    preferences, messages = settings()
    _edit(_keeper(Path(file), preferences), preferences, messages)


@click.command(epilog='Example: pmtui new "Checkout is down" --timezone Europe/Berlin')
@click.argument("title", nargs=-1)
@click.option("-o", "--output", metavar="FILE", help="The file; by default named after the title.")
@click.option("--timezone", metavar="ZONE", default="", help="The zone of the incident.")
@click.option("--no-edit", is_flag=True, help="Only write the file and print its name.")
def new(title: tuple[str, ...], output: str | None, timezone: str, no_edit: bool) -> None:
    """Start a postmortem, in a file of this folder.

    The zone is by default that of your settings, or this machine's.
    """
    from pmtui.core.text import one_line

    if not no_edit:
        _require_terminal()
        _require_file(output or "")
    zone = _zone(timezone)
    preferences, messages = settings()
    document = blank(preferences, one_line(" ".join(title)), zone)
    if output == STANDARD:
        from pmtui.formats import toml

        write(toml.write(document))
        return
    path = free_file(document.title) if output is None else Path(output)
    keeper = new_keeper(path, document)
    if document.title or no_edit:
        keeper.save(document)
    if no_edit:
        say(str(path))
    else:
        _edit(keeper, preferences, messages)


@click.command(epilog="Example: pmtui demo")
def demo() -> None:
    """Try the editor on a sample incident.

    It is a copy in a temporary folder, whose place is told on leaving.
    """
    _require_terminal()
    from importlib import resources
    from tempfile import mkdtemp

    from pmtui.storage.keeper import Keeper

    sample = resources.files("pmtui") / "samples" / "demo.toml"
    copy = Path(mkdtemp(prefix="pmtui-demo-"), "checkout-failover.toml")
    copy.write_bytes(sample.read_bytes())
    try:
        preferences, messages = settings()
        _edit(Keeper.open(copy), preferences, messages)
    finally:
        say(f"You edited a copy, which you may delete: {copy}")


def open_folder() -> None:
    """Offers the postmortems of this folder, or opens a new one where there is none."""
    _require_terminal()
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
        _edit(keeper_of(free_file(), preferences), preferences, messages)
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


def _edit(keeper: Keeper, preferences: Settings, messages: Sequence[str]) -> NoReturn:
    from pmtui.tui.app import PmtuiApp
    from pmtui.tui.session import Session

    keeper.notes = (*keeper.notes, *messages)
    session = Session(keeper, preferences)
    run_editor(PmtuiApp(session, preferences), [session])


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
    raise click.exceptions.Exit(app.return_code or 0)


def _require_terminal() -> None:
    """The editor reads keys from standard input and draws on standard error.

    What is made until its first frame is no garbage, which is not looked for before that.

    Raises:
        ClickException: A standard stream is no terminal, or one whose cursor cannot be moved.
    """
    otherwise = "use pmtui show, log, new --no-edit or export"
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise click.ClickException(f"the editor needs a terminal; {otherwise}")
    if os.environ.get("TERM") == "dumb":
        raise click.ClickException(f"the editor cannot draw on a dumb terminal; {otherwise}")
    gc.disable()


def _require_file(name: str) -> None:
    if name == STANDARD:
        raise click.UsageError("the editor edits a file, not a stream; name one")


def _zone(name: str) -> str:
    """The zone as a document stores it, "" for none.

    Raises:
        BadParameter: It is not known, or several places use that name.
    """
    from pmtui.core.clock.zones import canonical_zone

    try:
        return canonical_zone(name) if name else ""
    except TimeError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
