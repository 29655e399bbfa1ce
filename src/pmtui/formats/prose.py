"""Prose that its writer means as Markdown, made fit to stand in a larger document.

It is left as it is but for what would reach beyond it: code or HTML that is never closed, HTML that
runs, and headings above the section it stands in.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pmtui.core.text import normalise
from pmtui.formats.escape import phrase, target

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_REACHES_OUT = re.compile(r"<|#|```|~~~|^[ \t>]*(=+|-+)[ \t]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_BULLET = re.compile(r"^ {0,3}[-+*](?:[ \t]|$)", re.MULTILINE)
_LIST = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_CONTINUES_LIST = re.compile(r"[ \t]|(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_STARTS_BLOCK = re.compile(
    r"( {0,3}([-+*][ \t]|\d{1,9}[.)][ \t]|[>#|<]|```|~~~|\[[^\]\n]+\]:)| {4}|\t)"
    r"|[^\n]*\|[^\n]*\n[ \t]*[|: \t-]*-[|: \t-]*(\n|$)"
)
_LONE_MARKS = re.compile(r"^((?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*)(#{1,6})(?=[ \t]*$)", re.MULTILINE)
_SHOWN_MARKS = re.compile(
    r"^((?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*)\\(#{1,6})(?=[ \t]*$)", re.MULTILINE
)
_SHOWN = re.compile(r"(?:\\<|&lt;)(?=[A-Za-z/!?])")
"""A `<` that is shown as text, and the marks of a heading without words."""

_HIDDEN = r"<!--(?!-?>)(?:(?!--).)*-->"
_TAG = (
    r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attributes>(?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
_CODE = r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_AUTOLINK = r"<(?:[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>"
_OTHER = r"(?P<other><(?=[A-Za-z/!?]))"
_IN_TEXT = re.compile(rf"\\.|{_CODE}|{_AUTOLINK}|{_HIDDEN}|{_TAG}|{_OTHER}", re.S)
_IN_HTML = re.compile(f"{_HIDDEN}|{_TAG}|{_OTHER}", re.S)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KNOWN_TAGS = _words(
    """
    a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var
    """
)
_EMPTY_TAGS = frozenset({"br", "col", "hr", "img"})
_ADDRESSES = frozenset({"href", "src", "cite"})
_KNOWN_ATTRIBUTES = _ADDRESSES | _words(
    """
    align alt border class colspan dir height id lang name open rowspan scope start title valign
    width
    """
)


def block(text: str, level: int = 2) -> str:
    """`text` as Markdown in a section of `level`, closed in itself; "" for blank text.

    Headings in it are moved below that level. HTML that GitHub would not show, or that is not
    closed, is shown as text, so that `<none>` is not lost; a fence that is not closed is closed.
    """
    text = _BLANK_LINES.sub("", normalise(text)).rstrip()
    if not _REACHES_OUT.search(text):
        return text
    return _push_headings(_close_fence(_show_loose_html(text)), level)


def opening(text: str) -> str:
    """The first paragraph of `text` as one line of Markdown; one that is no plain text, as text."""
    paragraphs = re.split(r"\n[ \t]*\n", normalise(text).strip("\n"), maxsplit=1)
    first = block(paragraphs[0])
    if _STARTS_BLOCK.match(first):
        return phrase(paragraphs[0])
    lines = (re.sub(r"(?:\\|[ \t]+)$", "", line).strip() for line in first.split("\n"))
    return " ".join(line for line in lines if line)


def led(text: str, lead: str) -> str:
    """The Markdown `text` behind the words `lead`; below them if it opens with a list or code."""
    if not text:
        return lead
    return f"{lead}\n\n{text}" if _STARTS_BLOCK.match(text) else f"{lead} {text}"


def apart(text: str) -> str:
    """`text`, ended so that a list after it is a list of its own."""
    return f"{text}\n\n<!-- -->" if _BULLET.search(text) else text


def stacked(pieces: Iterable[str]) -> str:
    """Pieces of Markdown under one another, each a block of its own; blank ones are left out."""
    stack: list[str] = []
    for piece in pieces:
        whole = piece.strip("\n")
        if not whole.strip():
            continue
        if stack and _LIST.search(stack[-1]) and _CONTINUES_LIST.match(whole):
            stack.append("<!-- -->")
        stack.append(whole)
    return "\n\n".join(stack)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only some prose needs it, and it takes long to load

    return MarkdownIt("commonmark")


def _show_loose_html(text: str) -> str:
    """`text` with a mark before each `<` whose HTML is unknown, unsafe, or has no partner.

    What follows may be other blocks then, so it is read again until nothing is loose.
    """
    while loose := dict(_loose_html(text)):
        pieces: list[str] = []
        at = 0
        for place in sorted(loose):
            pieces += (text[at:place], loose[place])
            at = place + 1
        text = "".join((*pieces, text[at:]))
    return text


def _loose_html(text: str) -> Iterator[tuple[int, str]]:
    """The places of the `<` that are not to be HTML, and what to write there."""
    lines = text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    unclosed: list[tuple[str, int, str]] = []
    for token in _parser().parse(text):
        if token.type not in ("inline", "html_block") or token.map is None:
            continue
        is_html = token.type == "html_block"
        shown = "&lt;" if is_html else r"\<"
        begin, end = (offsets[min(line, len(lines))] for line in token.map)
        for found in (_IN_HTML if is_html else _IN_TEXT).finditer(text, begin, end):
            name = (found["name"] or "").lower()
            if found["other"] or (name and not _is_known(found, name)):
                yield found.start(), shown
            elif name and found["slash"]:
                names = [opened[0] for opened in unclosed]
                if name not in names:
                    yield found.start(), shown
                    continue
                partner = len(names) - 1 - names[::-1].index(name)
                yield from (opened[1:] for opened in unclosed[partner + 1 :])
                del unclosed[partner:]
            elif name and name not in _EMPTY_TAGS:
                unclosed.append((name, found.start(), shown))
    yield from (opened[1:] for opened in unclosed)


def _is_known(tag: re.Match[str], name: str) -> bool:
    """Whether GitHub shows this tag, and no other program would run it."""
    if name not in _KNOWN_TAGS:
        return False
    for key, value in _ATTRIBUTE.findall(tag["attributes"]):
        if key.lower() not in _KNOWN_ATTRIBUTES:
            return False
        if key.lower() in _ADDRESSES and ("&" in value or target(value.strip("\"'")) is None):
            return False
    return True


def _close_fence(text: str) -> str:
    last = next(reversed(_parser().parse(text)), None)
    if last is None or last.type != "fence" or last.map is None:
        return text
    end = text.split("\n")[last.map[1] - 1]
    closing = re.fullmatch(rf" {{0,3}}{re.escape(last.markup)}{last.markup[0]}*[ \t]*", end)
    is_closed = closing and last.map[1] - last.map[0] > 1
    return text if is_closed else f"{text}\n{last.markup}"


def restored(markdown: str, level: int = 2) -> str:
    """The text of which `block` made this, where it can be told; else the Markdown as it is."""
    text = markdown
    if _SHOWN.search(markdown):
        text = _SHOWN.sub("<", markdown)
    text = _SHOWN_MARKS.sub(r"\1\2", text)
    return text if text == markdown or block(text, level) == markdown else markdown


def _show_lone_marks(text: str) -> str:
    """`text` with a backslash before the marks of a heading without words, which would not show."""
    tokens = _parser().parse(text)
    lines = text.split("\n")
    for token, words in pairwise(tokens):
        if token.type == "heading_open" and token.map and not words.content:
            at = token.map[0]
            lines[at] = _LONE_MARKS.sub(r"\1\\\2", lines[at])
    return "\n".join(lines)


def _push_headings(text: str, level: int) -> str:
    text = _show_lone_marks(text)
    headings = [token for token in _parser().parse(text) if token.type == "heading_open"]
    push = max((level + 1 - int(token.tag[1]) for token in headings), default=0)
    if push <= 0:
        return text
    lines = text.split("\n")
    for token in reversed(headings):
        begin, end = token.map or (0, 0)
        marks = "#" * min(6, int(token.tag[1]) + push)
        if token.markup.startswith("#"):
            lines[begin] = lines[begin].replace(token.markup, marks, 1)
        else:  # a heading by its underline exists in two levels only
            quote = re.match(r"(?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*", lines[begin])
            lead = quote.group() if quote else ""
            words = (line.strip(" \t>").removesuffix("\\") for line in lines[begin + 1 : end - 1])
            lines[begin:end] = [
                " ".join((f"{lead}{marks} {lines[begin][len(lead) :].strip()}", *words))
            ]
    return "\n".join(lines)
