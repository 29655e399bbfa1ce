"""What ends the program, told in one line, and the exit code that says the same to programs."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from pmtui.cli.streams import complain, silence
from pmtui.errors import CRASHED, PmtuiError, StorageError, TerminalError

REFUSED = 1
"""The exit code for what could not be done."""

USAGE = 2
"""The exit code for a command line that cannot be understood."""

INTERRUPTED = 130
"""The exit code after ctrl+c: what a shell gives for SIGINT."""


class Crash(Exception):
    """The editor was ended by its cause, which is a mistake whatever its class.

    It may quote the document, so that nothing but its class is told.
    """


def exit_code(run: Callable[[], int | None]) -> int:
    """What `run` returns, or stands for what it raises, which is told on standard error."""
    try:
        return run() or 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0
    except TerminalError as error:
        complain(str(error))
        return USAGE
    except PmtuiError as error:
        complain(str(error))
    except OSError as error:
        from pmtui.storage.refusals import refusal

        silence()
        told = refusal(error, Path(str(error.filename or "")))
        told.where = told.where if error.filename else ""
        complain(str(told))
    except Exception as error:
        complain(_crashed(error))
        return CRASHED
    return REFUSED


def end_at_once(code: int) -> NoReturn:
    """End without taking apart what the editor loaded, for which the person would have to wait.

    Every file is written and synced by then, and the terminal is as it was.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _crashed(error: Exception) -> str:
    """The sentence for a mistake of the program; nothing of the document is in it."""
    if isinstance(error, Crash) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    what = f"a mistake in pmtui itself ({type(error).__name__}) ended it"
    try:
        return f"{what}; please report it with {_kept_traceback(error)}"
    except (StorageError, OSError) as second:
        return f"{what}; no report could be written ({type(second).__name__})"


def _kept_traceback(error: Exception) -> Path:
    """Where the traceback was written, for nobody but its owner to read."""
    import traceback

    from pmtui.storage import atomic
    from pmtui.storage.filenames import free_name
    from pmtui.storage.paths import recovery_dir

    path = free_name(recovery_dir(), f"crash-{datetime.now():%Y%m%d-%H%M%S}", ".txt")
    report = "".join(traceback.format_exception(error))
    atomic.save(path, report.encode("utf-8", "replace"), expected=atomic.ABSENT, mode=0o600)
    return path
