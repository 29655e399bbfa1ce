"""Markdown as GitHub renders it, by a template; the house template is the default.

Left out are entries marked internal, and keys of the file that this program does not know; all else
that a document holds is in what the house template writes.
"""

import re
from typing import Any

from pmtui.core.document import Postmortem
from pmtui.core.timing import Duration, durations
from pmtui.errors import ExportError
from pmtui.formats import templating, wording

HOUSE = "issue-summary"
"""The template that is used where none is named."""


def templates() -> tuple[str, ...]:
    """The names of the templates to choose from."""
    return templating.bundled()


def write(document: Postmortem, template: str = HOUSE, **options: Any) -> bytes:
    """`document` in the form of `template`, as UTF-8.

    Raises:
        ExportError: There is no such template or option.
    """
    if options:
        raise ExportError(f"Markdown has no option “{next(iter(options))}”")
    return render(document, template).encode()


def render(document: Postmortem, template: str = HOUSE) -> str:
    """`document` in the form of `template`, ending in one line end.

    Raises:
        ExportError: There is no such template.
    """
    shown = public(document)
    written = templating.render(template, view(shown))
    return f"{written.strip(chr(10))}\n"


def public(document: Postmortem) -> Postmortem:
    """`document` without its internal entries; no duration tells of them either."""
    entries = tuple(entry for entry in document.timeline if not entry.internal)
    if len(entries) == len(document.timeline):
        return document
    return document.model_copy(update={"timeline": entries})


def view(document: Postmortem) -> dict[str, Any]:
    """What a template can name: the document, and what follows from it."""
    measured = durations(document)
    stated = document.times
    return {
        "document": document,
        "days": wording.days(document),
        "zone": wording.zone_words(document),
        "durations": measured,
        "total": _total(measured),
        "stated": tuple(
            (name, getattr(stated, name)) for name in type(stated).model_fields if name != "unknown"
        ),
        "share": _share(document),
        "shares": {},
    }


def _total(measured: tuple[Duration, ...]) -> Duration | None:
    return next((duration for duration in measured if duration.name == "total impact"), None)
