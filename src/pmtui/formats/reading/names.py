"""What a heading or a label calls itself, in English, Spanish, French, Portuguese and German.

Names are compared without case, accents, numbering, brackets and marks. `names.toml` gives the part
of the document that a name stands for; the first that fits counts.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pkgutil import get_data
from typing import NamedTuple

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AT_END = re.compile(r"\((?P<inner>[^()]+)\)[\s:]*$")
_TOLD_IN_BRACKETS = frozenset(("cause", "timeline", "measures"))
"""The parts that a heading of an own name may explain itself to be: "Theory (root cause)"."""

_DAYS = re.compile(r"(?<!\w)[0-9]{1,4}([/-])[0-9]{1,2}\1[0-9]{2,4}(?!\w)")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[IVX]{1,4}[.)]|[A-Ha-h][.)])\s+")
_NOT_WORD = re.compile(r"[^\w;']+")
_SLASH = re.compile(r"\s*[/&+]\s*")

_LONGEST_NAME = 13
"""Words of a heading; what is longer tells something rather than names a part."""

_MOST_LETTERS = 240
"""Characters of a heading, for text without blanks."""

_LONGEST_LABEL = 8
"""Words of a name that no mark shows to be one."""


class _Names(NamedTuple):
    table: tuple[tuple[str, re.Pattern[str]], ...]
    plain: frozenset[str]


@cache
def _names() -> _Names:
    text = (get_data("pmtui.formats.reading", "names.toml") or b"").decode("utf-8")
    data = tomllib.loads(text)
    words = {name: "|".join(found) for name, found in data["words"].items() if name.isupper()}

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        joined = "|".join(patterns)
        for name, found in words.items():
            joined = joined.replace(name, found)
        return re.compile(joined)

    table = tuple((part["name"], compiled(part["patterns"])) for part in data["part"])
    return _Names(table, frozenset(data["words"]["plain"].split()))


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """`name` as the table has it: plain small letters, single blanks, no numbering or brackets."""
    bare = _DAYS.sub(" ", _SHORTCODE.sub(" ", _BRACKETS.sub(" ", name)))
    bare = _NUMBERING.sub("", bare.strip(" *_#\t"))
    if bare.isascii():
        bare = bare.casefold()
    else:
        bare = unicodedata.normalize("NFKD", bare.replace("ß", "ss")).casefold()
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = _SLASH.sub(" and ", bare)
    return _NOT_WORD.sub(" ", bare.replace("’", "'")).strip()


@lru_cache(maxsize=20_000)
def part_of(name: str) -> str:
    """The part that a heading named `name` begins, "" for one of its own kind."""
    if len(name) > _MOST_LETTERS:
        return ""
    plain = folded(name)
    if not plain or len(plain.split()) > _LONGEST_NAME:
        return ""
    if found := _first_part(plain):
        return found
    inner = label_of(told["inner"]) if (told := _AT_END.search(name)) else ""
    return inner if inner in _TOLD_IN_BRACKETS else ""


@lru_cache(maxsize=20_000)
def label_of(name: str) -> str:
    """Like `part_of`, for words that no mark shows to be a heading: nothing else may be in them."""
    if len(name) > _MOST_LETTERS:
        return ""
    plain = folded(name)
    words = plain.split()
    if not words or len(words) > _LONGEST_LABEL or not _first_part(plain):
        return ""
    for part, pattern in _names().table:
        found = pattern.search(plain)
        if found is None:
            continue
        rest = f"{plain[: found.start()]} {plain[found.end() :]}".split()
        if all(word in _names().plain or _is_name(word) for word in rest):
            return part
    return ""


@lru_cache(maxsize=20_000)
def _first_part(plain: str) -> str:
    """The first part of which a name in plain letters holds a pattern, "" for none."""
    return next((part for part, pattern in _names().table if pattern.search(plain)), "")


@lru_cache(maxsize=20_000)
def _is_name(word: str) -> bool:
    return any(pattern.fullmatch(word) for _, pattern in _names().table)
