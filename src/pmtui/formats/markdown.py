"""Markdown as GitHub renders it, by a template; the house template is the default.

Left out are entries marked internal, and keys of the file that this program does not know; all else
that a document holds is in what the house template writes.
"""

import re
from typing import Any

from pmtui.core.document import MILESTONES, Entry, Impact, Postmortem, Times
from pmtui.core.timing import durations
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
    """`document` without its internal entries, which no duration tells either, and empty ones."""
    entries = tuple(e for e in document.timeline if not e.internal and _says_something(e))
    if len(entries) == len(document.timeline):
        return document
    return document.model_copy(update={"timeline": entries})


def _says_something(entry: Entry) -> bool:
    words = (entry.text, entry.who, entry.source, entry.link)
    return bool(entry.at or entry.until or entry.kind != "note" or any(map(str.strip, words)))


def view(document: Postmortem) -> dict[str, Any]:
    """What a template can name: the document, and what follows from it."""
    measured = durations(document)
    times = {name: getattr(document.times, name) for name in MILESTONES if name in _STATABLE}
    return {
        "document": document,
        "days": wording.days(document),
        "zone": wording.zone_words(document),
        "durations": measured,
        "stated": {name: at for name, at in times.items() if at is not None},
        "figures": _figures(document.impact),
        "measure_leads": _MEASURE_LEADS,
    }


_MEASURE_LEADS = {
    "": "Improvements/Fixes",
    "corrective": "Corrective Measures",
    "preventive": "Preventative Measures",
}
_STATABLE = frozenset(Times.model_fields)


def _figures(impact: Impact) -> dict[str, str]:
    """The figures of the impact that its text does not tell already."""
    percent = impact.percent
    share = "" if percent is None else f"{int(percent) if percent == int(percent) else percent}%"
    figures = {
        "Share of users": share,
        "Users": impact.users,
        "Requests": impact.requests,
        "Revenue": impact.revenue,
    }
    return {
        name: figure
        for name, figure in figures.items()
        if figure.strip() and not _tells(impact.text, figure)
    }


def _tells(text: str, figure: str) -> bool:
    words = re.escape(figure.strip()).replace("%", r"\s?%")
    return re.search(rf"(?<![\w.,]){words}(?!\w)", text) is not None
