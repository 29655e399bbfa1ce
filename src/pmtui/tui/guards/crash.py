"""Ending an application after a mistake, without Textual's report.

That report shows the values of local variables, which are the document's text.
"""

import io
from typing import Any

from rich.console import Console, RenderableType
from textual.app import App
from textual.worker import WorkerFailed


class TextualGaveUpError(RuntimeError):
    """Textual ended the application and gave only a report, which is in the notes."""


def end_after(app: App[Any], error: Exception) -> None:
    """End `app` because of `error`, which a test that runs it gets to see."""
    try:
        if app._exception is None:
            app._exception = error
            app._exception_event.set()
        app._return_code = 1
        app._close_messages_no_wait()
    except AttributeError:  # these are Textual's own affair
        app.exit(return_code=1)


def underlying(error: Exception) -> Exception:
    """The error that a worker ended by, which Textual wraps without its traceback; or `error`."""
    return (
        error.error
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception)
        else error
    )


def gave_up(renderables: tuple[RenderableType, ...]) -> TextualGaveUpError:
    """The error to tell of where Textual has made a report already."""
    report = io.StringIO()
    Console(file=report, width=100, no_color=True).print(*renderables, markup=False)
    error = TextualGaveUpError()
    error.add_note(report.getvalue())
    return error
