"""Markdown as a stream of blocks for forms that are no Markdown: HTML, Slack, plain text.

What an export's Markdown says is read as GitHub reads it. Of HTML in it only what `_SHOWN` names is
ever taken for HTML; a link leads to the web or to a mailbox, or is told as text.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from pmtui.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_LINKED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BREAKS = {"softbreak": " ", "hardbreak": " "}
_BOX = re.compile(r"\[([ xX])\][ \t]")


def is_linked(url: str) -> bool:
    """Whether `url` may be followed: it leads to the web or to a mailbox."""
    return _LINKED.match(url.strip()) is not None


@cache
def parser() -> "MarkdownIt":
    """Reads Markdown with the tables, the struck text and the bare addresses of GitHub."""
    from markdown_it import MarkdownIt  # loading it takes long, and not every format needs it

    made = MarkdownIt("commonmark", {"linkify": True})
    made.enable(["table", "strikethrough", "linkify"])
    if made.linkify is not None:
        made.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    # Every address is read as one; what becomes of it is decided where it is written.
    made.validateLink = _any_address  # type: ignore[method-assign]
    return made


def alternative(image: "Token") -> str:
    """The text in the place of an image, without the marks that it has in the source."""
    pieces = (
        alternative(token)
        if token.type == "image"
        else token.content or _BREAKS.get(token.type, "")
        for token in image.children or ()
    )
    return "".join(pieces)


def _any_address(url: str) -> bool:
    return True


@dataclass(frozen=True)
class Style:
    """How a form that has no nesting of its own writes each part; all take and give plain text."""

    text: Callable[[str], str]
    strong: Callable[[str], str]
    emphasis: Callable[[str], str]
    struck: Callable[[str], str]
    code: Callable[[str], str]
    link: Callable[[str, str], str]
    heading: Callable[[str, int], str]
    fence: Callable[[str], str]
    wrap: Callable[[str, int], str]
    boxes: tuple[str, str] = ("- [ ]", "- [x]")
    bullet: str = "-"
    quote: str = "> "
    rule: str = "----"


def written(markdown: str, style: Style) -> str:
    """`markdown` in that style, ending in one line end."""
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(parser().parse(markdown))
    return "\n\n".join(_blocks(root.children, style, 0)) + "\n"


def _blocks(nodes: Sequence["SyntaxTreeNode"], style: Style, depth: int) -> list[str]:
    blocks = (_block(node, style, depth) for node in nodes)
    return [block for block in blocks if block.strip()]


def _block(node: "SyntaxTreeNode", style: Style, depth: int) -> str:
    match node.type:
        case "heading":
            return style.heading(_inline(node.children, style), int(node.tag[1]))
        case "paragraph":
            return style.wrap(_inline(node.children, style), depth)
        case "bullet_list" | "ordered_list":
            return _list(node, style, depth)
        case "blockquote":
            inner = "\n\n".join(_blocks(node.children, style, depth + len(style.quote)))
            return "\n".join(f"{style.quote}{line}".rstrip() for line in inner.split("\n"))
        case "fence" | "code_block":
            return style.fence(node.content.rstrip("\n"))
        case "table":
            return _table(node, style, depth)
        case "hr":
            return style.rule
        case _:
            return style.text(_seen(node.content)) if node.type == "html_block" else ""


def _list(node: "SyntaxTreeNode", style: Style, depth: int) -> str:
    first = int(node.attrs.get("start", 1))
    items = []
    for number, item in enumerate(node.children, first):
        marker = f"{number}." if node.type == "ordered_list" else style.bullet
        indent = " " * (len(marker) + 1)
        blocks = _blocks(item.children, style, depth + len(indent))
        text = _joined(blocks, item.children)
        if found := _BOX.match(_plain_start(item)):
            marker = style.boxes[found[1] != " "]
            text = text[text.index("]") + 1 :].lstrip()
        lines = text.split("\n")
        rest = (f"{indent}{line}" if line else "" for line in lines[1:])
        items.append("\n".join((f"{marker} {lines[0]}".rstrip(), *rest)))
    return "\n".join(items)


def _joined(blocks: list[str], nodes: Sequence["SyntaxTreeNode"]) -> str:
    """The blocks of an item; a list below its first line follows without a gap."""
    is_plain = all(node.type in ("paragraph", "bullet_list", "ordered_list") for node in nodes)
    is_short = sum(node.type == "paragraph" for node in nodes) < 2
    return ("\n" if is_plain and is_short else "\n\n").join(blocks)


def _plain_start(item: "SyntaxTreeNode") -> str:
    """The text that an item begins with, as it stands in the source."""
    first = item.children[0] if item.children else None
    inline = first.children[0] if first and first.type == "paragraph" and first.children else None
    return inline.content if inline else ""


def _table(node: "SyntaxTreeNode", style: Style, depth: int) -> str:
    """A table as a list: a row is its first cell, and the others each behind its heading."""
    rows = [
        [_inline(cell.children, style) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    if not rows:
        return ""
    head, *body = rows
    lines = []
    for first, *others in body:
        named = zip(head[1:], others, strict=False)
        told = (f"{name}: {cell}" if name else cell for name, cell in named if cell)
        line = " · ".join(part for part in (first and style.strong(first), *told) if part)
        wrapped = style.wrap(line, depth + 2).replace("\n", "\n  ")
        lines.append(f"{style.bullet} {wrapped}")
    return "\n".join(lines) or style.wrap(" · ".join(head), depth)


def _inline(nodes: Sequence["SyntaxTreeNode"], style: Style) -> str:
    return "".join(_piece(node, style) for node in nodes)


def _piece(node: "SyntaxTreeNode", style: Style) -> str:
    match node.type:
        case "text":
            return style.text(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "code_inline":
            return style.code(node.content)
        case "html_inline":
            return "\n" if _BREAK.fullmatch(node.content) else ""
        case "link":
            return style.link(_inline(node.children, style), str(node.attrs.get("href", "")))
        case "image":
            return style.link(_alternative(node, style), str(node.attrs.get("src", "")))
    inner = _inline(node.children, style)
    wrapper = {"strong": style.strong, "em": style.emphasis, "s": style.struck}.get(node.type)
    return wrapper(inner) if wrapper and inner.strip() else inner


def _alternative(node: "SyntaxTreeNode", style: Style) -> str:
    return style.text(alternative(node.token)) if node.token else ""


def _seen(html: str) -> str:
    """What a reader sees of a block of HTML."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html))).strip()
