"""Markdown within a line as the plain text that a reader sees, and the links and images in it."""

import re
import sys
from collections.abc import Sequence
from dataclasses import field
from functools import cache, lru_cache
from html import unescape
from typing import Any

from pmtui.core.lazy_dataclass import dataclass

_SPOKEN = (
    r"(?:[^\\`*_\[\]<&!~\n]++|(?<=[^\W_])_++(?=[^\W_])|!(?!\[)|~(?<!~~)(?!~)"
    r"|`(?<!``)[^`\n]++`(?!`))"
)
"""Words, names_like_this and code, all of which stand for themselves."""

_OPENED = r"\*\*(?:(?<!\S..)(?=\S)|(?=[^\W_]))"
_CLOSED = r"\*\*(?!\*)(?:(?<=[^\W_]..)|(?<=\S..)(?!\S))"
_TARGET = r"[^\s()<>\\\[\]`*&]++"
_LINK = rf"\[{_SPOKEN}++\]\({_TARGET}\)"
_SIMPLE = re.compile(rf"(?:{_SPOKEN}|{_LINK}|{_OPENED}(?:{_SPOKEN}|{_LINK})++{_CLOSED})*+")
"""A line that needs no parser, as most do not: its only marks are those of bold words and links."""

_IS_RELIABLE = sys.version_info >= (3, 11, 5)
"""Before that, groups that do not give back match what they should not (CPython's issue 106052)."""

_MARKED = re.compile(rf"(?P<code>`[^`]+`)|\*\*|\[(?P<title>{_SPOKEN}++)\]\((?P<target>{_TARGET})\)")
"""Such a mark with what it marks, and code, in which nothing is a mark."""


_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_CODE = re.compile(r"\\.|(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FORMATTING = frozenset(
    """
    a abbr b bdi bdo big center cite code del dfn em font i ins kbd mark q s samp small span strike
    strong sub sup time tt u var p div
    """.split()
)


@dataclass(slots=True)
class Plain:
    """Plain text, and the (title, target) pairs of the links and images that stood in it."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("strikethrough")
    # Everything may be an address here: nothing is rendered, only read.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def plain(text: str) -> Plain:
    """`text` without its marks; code keeps its backticks, a tag that formats nothing stays."""
    said, links, images = _read_line(text)
    return Plain(said, list(links), list(images))


_MANY_TAGS = 100
"""The `<` of a line above which those that begin no tag are taken for what they are."""

_Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=20_000)
def _read_line(text: str) -> tuple[str, _Pairs, _Pairs]:
    # The same line is asked for by every step that looks at it.
    return _simply_read(text) if is_simple(text) else _parsed(text)


def is_simple(text: str) -> bool:
    """Whether a line can be read without the parser."""
    return _IS_RELIABLE and _SIMPLE.fullmatch(text) is not None


def _simply_read(text: str) -> tuple[str, _Pairs, _Pairs]:
    if "`" not in text and "[" not in text:
        return text.replace("**", "").strip(), (), ()
    marks = _MARKED.finditer(text)
    links = tuple((mark["title"].strip(), mark["target"]) for mark in marks if mark["target"])
    return _MARKED.sub(r"\g<code>\g<title>", text).strip(), links, ()


def _parsed(text: str) -> tuple[str, _Pairs, _Pairs]:
    """What CommonMark makes of a line."""
    found = Plain()
    parts: list[str] = []
    if text.count("<") > _MANY_TAGS and text.count(">") * 2 < text.count("<"):
        text = text.replace("<", "&lt;")
    tokens = _parser().parseInline(text)
    children = tokens[0].children or () if tokens else ()
    _restore_blanks(text, [token for token in children if token.type == "code_inline"])
    for token in children:
        _read(token, found, parts)
    _close(found, parts)
    return "".join(parts).strip(), tuple(found.links), tuple(found.images)


def _restore_blanks(text: str, codes: Sequence[Any]) -> None:
    """Gives code the blanks at its ends back, which CommonMark cuts."""
    if not codes:
        return
    spans = [content for ticks, content in _CODE.findall(text) if ticks]
    if len(spans) == len(codes):
        for token, content in zip(codes, spans, strict=True):
            token.content = content.replace("\n", " ")


def words(text: str) -> str:
    """Only the plain text of `text`."""
    return _read_line(text)[0]


def _read(token: Any, found: Plain, parts: list[str]) -> None:
    match token.type:
        case "text":
            parts.append(token.content)
        case "softbreak" | "hardbreak":
            parts.append("\n")
        case "code_inline":
            parts.append(f"{token.markup}{token.content}{token.markup}")
        case "image":
            found.images.append((_children(token), str(token.attrs.get("src", ""))))
        case "link_open":
            found.links.append((f"\0{len(parts)}", str(token.attrs.get("href", ""))))
        case "link_close":
            _close(found, parts)
        case "html_inline":
            _tag(token.content, found, parts)


def _close(found: Plain, parts: list[str]) -> None:
    """Gives the link that is open its title."""
    for at in range(len(found.links) - 1, -1, -1):
        title, target = found.links[at]
        if title.startswith("\0"):
            found.links[at] = ("".join(parts[int(title[1:]) :]).strip(), target)
            return


def _children(token: Any) -> str:
    inner: list[str] = []
    for child in token.children or ():
        _read(child, Plain(), inner)
    return "".join(inner)


def _tag(tag: str, found: Plain, parts: list[str]) -> None:
    if _COMMENT.fullmatch(tag):
        return
    written = _TAG.match(tag)
    name = written[1].lower() if written else ""
    values = attributes(written[2]) if written else {}
    if name == "br":
        parts.append("\n")
    elif name == "img":
        found.images.append((values.get("alt", ""), values.get("src", "")))
    elif name == "a" and not tag.startswith("</"):
        if values.get("href"):
            found.links.append((f"\0{len(parts)}", values["href"]))
    elif name == "a":
        _close(found, parts)
    elif name not in _FORMATTING:
        parts.append(tag)


def attributes(text: str) -> dict[str, str]:
    """The attributes in the inside of an HTML tag, names in lower case."""
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)}
