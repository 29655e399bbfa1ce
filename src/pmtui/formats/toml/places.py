"""Where in the text of a TOML file a value stands, for errors that name the line."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from pmtui.core.lazy_pattern import pattern

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value, from the root of the file."""

Place = tuple[int, int]
"""A line and a column, both from 1."""

# No group is repeated possessively: before Python 3.11.5 such a repetition may match wrongly.
_LINE = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_STRING = (
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'(?!'')[^']*)*'{3,5}"
    rf"|{_LINE}|'[^'\n]*'"
)
_TOKEN = pattern(
    rf"(?P<string>{_STRING})|(?P<comment>#[^\n]*)|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<end>\n)",
    re.DOTALL,
)
_SIMPLE_KEY = rf"""(?:[A-Za-z0-9_-]+|{_LINE}|'[^'\n]*')"""
_KEY = rf"{_SIMPLE_KEY}(?:[ \t]*\.[ \t]*{_SIMPLE_KEY})*"
_STATEMENT = pattern(rf"[ \t]*(?:(?P<open>\[\[?)[ \t]*(?P<table>{_KEY})|(?P<key>{_KEY})[ \t]*=)")


def has_comment(text: str) -> bool:
    """Whether a comment stands anywhere in this well-formed TOML, outside strings."""
    return "#" in text and any(token.lastgroup == "comment" for token in _TOKEN.finditer(text))


def place_at(text: str, offset: int) -> Place:
    """The line and column of the character at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def find_places(text: str) -> dict[Path, int]:
    """The offset of the first mention of each table and key in this well-formed TOML."""
    places: dict[Path, int] = {(): 0}
    counts: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        start = statement.end() - len(statement.group().lstrip(" \t"))
        if name := statement["table"]:
            table = _resolve((), _keys(name), counts)
            if statement["open"] == "[[":
                counts[table] = counts.get(table, -1) + 1
                places.setdefault(table, start)
                table = (*table, counts[table])
            places.setdefault(table, start)
        else:
            keys = _keys(statement["key"])
            for end in range(1, len(keys) + 1):
                places.setdefault((*table, *keys[:end]), start)
    return places


def nearest(places: dict[Path, int], path: Path) -> int:
    """The offset of `path`, or of the innermost thing around it that the file mentions."""
    while path not in places:
        path = path[:-1]
    return places[path]


def _statements(text: str) -> Iterator[re.Match[str]]:
    """Each header and each `key =` of the text, whatever their values hold."""
    position = 0
    while position < len(text):
        if statement := _STATEMENT.match(text, position):
            yield statement
            position = statement.end("key" if statement["key"] else "open")
        position = _statement_end(text, position)


def _statement_end(text: str, position: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, position):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "end" if depth == 0:
                return token.end()
    return len(text)


def _resolve(base: Path, keys: tuple[str, ...], counts: dict[Path, int]) -> Path:
    """The path of a header; one that passes through a list means the list's last table."""
    path = base
    for name in keys[:-1]:
        path = (*path, name)
        path = (*path, counts[path]) if path in counts else path
    return (*path, keys[-1])


@cache
def _keys(dotted: str) -> tuple[str, ...]:
    keys: list[str] = []
    table = tomllib.loads(f"{dotted} = 0")
    while isinstance(table, dict):
        ((name, table),) = table.items()
        keys.append(name)
    return tuple(keys)
