"""TOML values and keys as text: one form each, which reads back as the same value.

tomli-w writes what stands on one line. Prose, times and lists have a form of their own: it would
escape every quote in prose, and break a list by what is in it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import tomli_w

from pmtui.core.document import Table
from pmtui.core.lazy_pattern import pattern

_BARE_KEY = pattern(r"[A-Za-z0-9_-]+")
_IN_BLOCK = pattern(
    r'[\\\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]|"(?=""|\Z)'
    r"|^<(?=<{6})|^(?P<mark>[|=>])(?=(?P=mark){6}(?:\s|\Z))",
    re.MULTILINE,
)
"""What is escaped in prose; a line that looks like a mark of git must not be taken for one."""

_SHORT = {"\\": "\\\\", '"': '\\"', "\r": "\\r"}
_WIDTH = 80
"""The longest list that stays on one line, in characters."""

_PIECE = 65_536
"""The least characters of a text that are escaped at once, if there are as many."""

_MOST_BITS = 10_000
"""Above this Python declines to write an integer in decimals."""


def key(name: str) -> str:
    """`name` as a key, in quotes where it needs them."""
    return name if _BARE_KEY.fullmatch(name) else _plain(name)


def assignment(name: str, value: Any, *, spread: bool | None = None) -> str:
    """The line or lines that set `name` to `value`.

    `spread` says whether a list has a line for each item; None leaves that to its length.
    """
    if isinstance(value, tuple) and not isinstance(value, Table):
        return f"{key(name)} = {_list(value, spread)}\n"
    return f"{key(name)} = {_upright(value)}\n"


def inline(value: Any) -> str:
    """`value` on one line; a table is in braces."""
    match value:
        case int() if value.bit_length() >= _MOST_BITS:
            return hex(value)
        case datetime():
            return _moment(value)
        case Table():
            pairs = (f"{key(name)} = {inline(item)}" for name, item in value)
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case tuple():
            return f"[{', '.join(map(inline, value))}]"
        case _:
            return _plain(value)


def _upright(value: Any) -> str:
    return _block(value) if _has_lines(value) else inline(value)


def _has_lines(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value


def _list(items: tuple[Any, ...], spread: bool | None) -> str:
    flat = inline(items)
    if spread is None:
        spread = len(flat) > _WIDTH or any(map(_has_lines, items))
    return "[\n" + "".join(f"    {_upright(item)},\n" for item in items) + "]" if spread else flat


def _moment(at: datetime) -> str:
    offset = at.utcoffset()
    if offset is None or offset:
        return at.isoformat()
    return f"{at.replace(tzinfo=None).isoformat()}Z"


def _plain(value: Any) -> str:
    if isinstance(value, str) and _is_bare(value):
        return f'"{value}"'
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


def _is_bare(text: str) -> bool:
    """Whether nothing in a text has to be escaped, which tomli-w looks for letter by letter."""
    return text.isprintable() and '"' not in text and "\\" not in text


def _block(text: str) -> str:
    # TOML drops a line end right after the opening quotes, so the text begins on its own line.
    escaped = (_IN_BLOCK.sub(_escape, piece) for piece in _pieces(text))
    return f'"""\n{"".join(escaped)}"""'


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces of whole lines, for other threads run only between two of them."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        yield text[at:end]
        at = end


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _SHORT.get(char) or f"\\u{ord(char):04X}"
