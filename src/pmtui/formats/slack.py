"""A message in Slack's mrkdwn, made from the Markdown of any template.

Slack knows no escape for its marks of style; an invisible space behind the mark keeps one that is
part of a text from opening anything.
"""

import re
from collections.abc import Iterable, Sequence

from pmtui.core.document import Postmortem
from pmtui.core.timing import Pair
from pmtui.formats import markdown
from pmtui.formats.flow import Style, is_linked, written
from pmtui.formats.templating import Template

WIDTH = 72
"""Columns of a code block that Slack shows without breaking its lines."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPACE = "\u200b"
_MARK = re.compile(r"(?<![^\W_])[*_~](?=\S)|`")
_QUOTE = re.compile(r"^(?=>)")


def write(
    document: Postmortem,
    template: str | Template = markdown.HOUSE,
    timezones: Sequence[str] = (),
    pairs: Iterable[Pair] = (),
) -> bytes:
    """`document` in the form of `template` as a message for Slack, in UTF-8.

    Raises:
        ExportError: There is no such template or zone, or the template fails.
    """
    return written(
        markdown.render(document, template, timezones, pairs=pairs, columns=WIDTH), _STYLE
    ).encode()


def _text(text: str) -> str:
    return _QUOTE.sub(_SPACE, _MARK.sub(rf"\g<0>{_SPACE}", text)).translate(_ENTITIES)


def _styled(mark: str, text: str) -> str:
    """`text` between two marks, on each of its lines, where Slack ends every style."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(f"{mark}{line}{mark}" if line else "" for line in lines)


def _bold(text: str) -> str:
    is_bold = text.startswith("*") and text.endswith("*") and not text.startswith(f"*{_SPACE}")
    return text if is_bold else _styled("*", text)


def _code(text: str) -> str:
    return f"`{text.replace('`', 'ˋ').translate(_ENTITIES)}`" if text.strip() else text


def _link(text: str, url: str) -> str:
    if not is_linked(url):
        return f"{text} ({_text(url)})" if text and url else text or _text(url)
    address = url.replace("|", "%7C").translate(_ENTITIES)
    shown = " ".join(text.replace("|", "¦").split())
    return f"<{address}|{shown}>" if shown and shown != address else f"<{address}>"


def _heading(text: str, level: int) -> str:
    return _bold(" ".join(text.split()))


def _fence(code: str) -> str:
    return "```\n{}\n```".format(code.replace("```", "ˋˋˋ").translate(_ENTITIES))


def _same(text: str, _: int) -> str:
    return text


_STYLE = Style(
    text=_text,
    strong=_bold,
    emphasis=lambda text: _styled("_", text),
    struck=lambda text: _styled("~", text),
    code=_code,
    link=_link,
    heading=_heading,
    fence=_fence,
    wrap=_same,
    boxes=("☐", "☑"),
    bullet="•",
)
