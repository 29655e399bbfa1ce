"""Plain text for mail and tickets, made from the Markdown of any template."""

import textwrap
from collections.abc import Iterable, Sequence

from pmtui.core.document import Postmortem
from pmtui.core.timing import Pair
from pmtui.formats import markdown
from pmtui.formats.flow import Style, written
from pmtui.formats.templating import Template

WIDTH = 78
"""Columns of a line, which mail programs keep as they are."""


def write(
    document: Postmortem,
    template: str | Template = markdown.HOUSE,
    timezones: Sequence[str] = (),
    pairs: Iterable[Pair] = (),
) -> bytes:
    """`document` in the form of `template` as plain text in UTF-8.

    Raises:
        ExportError: There is no such template or zone, or the template fails.
    """
    return written(
        markdown.render(document, template, timezones, pairs=pairs, columns=WIDTH), _STYLE
    ).encode()


def _same(text: str) -> str:
    return text


def _link(text: str, url: str) -> str:
    bare = url.removeprefix("mailto:")
    return f"{text} ({bare})" if text and bare and text not in (url, bare) else text or bare


def _heading(text: str, level: int) -> str:
    line = " ".join(text.split())
    mark = {1: "=", 2: "-"}.get(level)
    return f"{line}\n{mark * min(len(line), WIDTH)}" if mark and line else line


def _fence(code: str) -> str:
    return textwrap.indent(code, "    ")


def _wrap(text: str, indent: int) -> str:
    width = max(WIDTH - indent, 20)
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


_STYLE = Style(
    text=_same,
    strong=_same,
    emphasis=_same,
    struck=lambda text: f"~~{text}~~",
    code=_same,
    link=_link,
    heading=_heading,
    fence=_fence,
    wrap=_wrap,
)
