"""One page that needs nothing else: the Markdown of any template, and the timeline drawn to scale.

The page loads nothing and runs nothing, and its own policy forbids both. HTML that a writer put
into prose is text here, but for what `_KEPT` names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape, unescape
from importlib import resources
from typing import TYPE_CHECKING, Any

from pmtui.core.document import Postmortem
from pmtui.core.text import one_line
from pmtui.core.timing import Pair
from pmtui.formats import markdown
from pmtui.formats.drawing import caption, svg
from pmtui.formats.exposure import public
from pmtui.formats.flow import alternative, is_linked, parser
from pmtui.formats.templating import Template
from pmtui.formats.zoning import rezoned, zones_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEPT = re.compile(r"</?(?:br|details|kbd|sub|summary|sup)\s*/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_BOX = re.compile(r"\[([ xX])\][ \t]")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(
    document: Postmortem,
    template: str | Template = markdown.HOUSE,
    timezones: Sequence[str] = (),
    pairs: Iterable[Pair] = (),
) -> bytes:
    """`document` in the form of `template` as an HTML page in UTF-8.

    Raises:
        ExportError: There is no such template or zone, or the template fails.
    """
    body = rendered(markdown.render(document, template, timezones, pairs=pairs, columns=0))
    figure = _figure(rezoned(public(document), zones_of(timezones)))
    head, heading, rest = body.partition("<h2>")
    title = escape(one_line(document.title)) or "Postmortem"
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        f"{head}{figure}{heading}{rest}</main>\n</body>\n</html>\n"
    )
    return page.encode()


def rendered(source: str) -> str:
    """The HTML of some Markdown, with nothing in it that loads, runs, or leads elsewhere unseen."""
    tokens = parser().parse(source)
    for token in tokens:
        if token.type == "html_block":
            _make_safe(token, f"{_safe(token.content).rstrip()}\n")
        elif token.children is not None:
            token.children = list(_inline(token.children))
    _tick_boxes(tokens)
    html: str = parser().renderer.render(tokens, parser().options, {})
    return html


def _figure(document: Postmortem) -> str:
    if not (drawing := svg(document)):
        return ""
    words = caption(document)
    below = f"<figcaption>{words}</figcaption>\n" if words else ""
    return f'<figure class="timeline">\n{drawing}\n{below}</figure>\n'


@cache
def _style() -> str:
    return (resources.files("pmtui.formats") / "templates" / "page.css").read_text("utf-8")


def _make_safe(token: "Token", html: str) -> None:
    token.type, token.content = "html_block", html


def _safe(html: str) -> str:
    """HTML of a writer as text, with the few tags that only arrange it."""
    html = _HIDDEN.sub("", html)
    pieces: list[str] = []
    at = 0
    for found in _KEPT.finditer(html):
        pieces += (escape(unescape(html[at : found.start()])), found.group().lower())
        at = found.end()
    return "".join((*pieces, escape(unescape(html[at:]))))


def _inline(tokens: Sequence["Token"]) -> Iterator["Token"]:
    """Tokens without images, and with links to the web and to mailboxes only."""
    refused: list[str] = []
    for token in tokens:
        href = str(token.attrs.get("href", ""))
        if token.type == "html_inline":
            _make_safe(token, _safe(token.content))
            yield token
        elif token.type == "image":
            yield from _image(token)
        elif token.type == "link_open":
            refused.append("" if is_linked(href) else href)
            if is_linked(href):
                token.attrs["rel"] = "noopener noreferrer"
                yield token
        elif token.type == "link_close" and refused and (told := refused.pop()):
            yield _text(f" ({told})")
        else:
            yield token


def _image(token: "Token") -> Iterator["Token"]:
    """A link in the place of a picture, which a page that loads nothing cannot show."""
    url = str(token.attrs.get("src", ""))
    name = alternative(token) or url
    if is_linked(url):
        shown = f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(name)}</a>'
    else:
        shown = escape(name if name == url else f"{name} ({url})")
    _make_safe(token, shown)
    token.type = "html_inline"
    yield token


def _text(text: str) -> "Token":
    from markdown_it.token import Token

    return Token("text", "", 0, content=text)


def _tick_boxes(tokens: Sequence["Token"]) -> None:
    """`[ ]` and `[x]` at the beginning of a list item become boxes."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        starts = (item.type, paragraph.type, inline.type)
        if starts != ("list_item_open", "paragraph_open", "inline") or not inline.children:
            continue
        first: Any = inline.children[0]
        found = _BOX.match(inline.content)
        if found and first.type == "text" and first.content.startswith(found.group()[:3]):
            first.content = first.content[3:]
            box = _text("")
            checked = "" if found[1] == " " else " checked"
            _make_safe(box, f'<input type="checkbox" disabled{checked}>')
            box.type = "html_inline"
            inline.children.insert(0, box)
            item.attrs["class"] = "task"
