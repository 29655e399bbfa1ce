"""Markdown as GitHub renders it, by a template; the house template is the default.

Left out are entries marked internal, and keys of the file that this program does not know; all else
that a document holds is in what the house template writes.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pmtui.core.document import MILESTONES, Impact, Postmortem, Section, Times
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.shares import share_of_users
from pmtui.core.timing import Pair, durations, marks
from pmtui.formats import mermaid, phase_text, templating, wording
from pmtui.formats.exposure import public as public
from pmtui.formats.templating import Template
from pmtui.formats.zoning import rezoned, zones_of

HOUSE = "issue-summary"
"""The template that is used where none is named."""

COLUMNS = 100
"""Columns of a code block that GitHub shows without a bar to scroll it."""


@dataclass(frozen=True)
class Kept:
    """A kept section and its subsections; `name` is its heading in lower case, for finding it."""

    name: str
    sections: tuple[Section, ...]


def templates() -> tuple[str, ...]:
    """The names of the templates that come with the program."""
    return templating.bundled()


def write(
    document: Postmortem,
    template: str | Template = HOUSE,
    timezones: Sequence[str] = (),
    diagram: bool = False,
    pairs: Iterable[Pair] = (),
) -> bytes:
    """`document` in the form of `template`, as UTF-8; the other options as for `render`.

    Raises:
        ExportError: There is no such template or zone.
    """
    return render(document, template, timezones, diagram, pairs).encode()


def render(
    document: Postmortem,
    template: str | Template = HOUSE,
    timezones: Sequence[str] = (),
    diagram: bool = False,
    pairs: Iterable[Pair] = (),
    columns: int = COLUMNS,
) -> str:
    """`document` in the form of `template`, ending in one line end.

    Times are told in each of `timezones`, by default in the document's own. With `diagram` the
    timeline is drawn as well, in the language of Mermaid, which GitHub shows as a picture. `pairs`
    are measured besides the usual durations. The phases are drawn in at most `columns`, 0 for none.

    Raises:
        ExportError: There is no such template or zone, or the template fails.
    """
    zones = zones_of(timezones)
    shown = rezoned(public(document), zones)
    values = view(shown, zones[1:], pairs)
    values["diagram"] = f"```mermaid\n{mermaid.source(shown)}```" if diagram else ""
    values["picture"] = _picture(shown, columns)
    written = templating.render(template, values)
    return f"{written.strip(chr(10))}\n"


def view(
    document: Postmortem, also: tuple[str, ...] = (), pairs: Iterable[Pair] = ()
) -> dict[str, Any]:
    """What a template can name: the document, and what follows from it.

    Times are told in the zones `also` besides the document's own; `pairs` are measured too.
    """
    days = wording.days(document)
    times = {name: getattr(document.times, name) for name in MILESTONES if name in _STATABLE}
    return {
        "document": document,
        "also": also,
        "days": days,
        "dates": tuple(dict.fromkeys(day.name for day in days if day.name)),
        "zone": wording.zone_words(document, also),
        "zone_scope": wording.zone_scope(document, also),
        "only_label": wording.only_label(document),
        "zone_label": wording.zone_name(document, also),
        "durations": durations(document, pairs),
        "marks": marks(document),
        "stated": {name: at for name, at in times.items() if at is not None},
        "share": _share(document.impact.percent),
        "figures": _figures(document.impact),
        "measure_leads": _MEASURE_LEADS,
        "kept": kept_parts(document.sections),
        "milestones": MILESTONES,
        "diagram": "",
        "picture": "",
    }


def _picture(document: Postmortem, columns: int) -> str:
    drawn = phase_text.named(document, columns)
    return f"```text\n{drawn}\n```" if drawn else ""


def kept_parts(sections: Sequence[Section]) -> tuple[Kept, ...]:
    """The kept sections, each with those of deeper levels that follow it."""
    parts: list[Kept] = []
    for section in sections:
        head = parts[-1].sections[0] if parts else section
        if section.level > head.level and section.after == head.after and section.heading.strip():
            parts[-1] = Kept(parts[-1].name, (*parts[-1].sections, section))
        else:
            parts.append(Kept(section.heading.strip().rstrip(":").casefold(), (section,)))
    return tuple(parts)


_MEASURE_LEADS = {
    "": "Improvements/Fixes",
    "corrective": "Corrective Measures",
    "preventive": "Preventative Measures",
}
_STATABLE = frozenset(Times.FIELDS)


def _figures(impact: Impact) -> dict[str, str]:
    """The figures of the impact that its text does not tell already."""
    told = impact.percent is not None and share_of_users(impact.text) == impact.percent
    figures = {
        "Share of users": "" if told else _share(impact.percent),
        "Users": impact.users,
        "Requests": impact.requests,
        "Revenue": impact.revenue,
    }
    return {
        name: figure
        for name, figure in figures.items()
        if figure.strip() and (name == "Share of users" or not _tells(impact.text, figure))
    }


def _share(percent: float | None) -> str:
    return "" if percent is None else f"{int(percent) if percent == int(percent) else percent}%"


def _tells(text: str, figure: str) -> bool:
    words = re.escape(figure.strip())
    return re.search(rf"(?<![\w.,]){words}(?!\w)", text) is not None
