"""File names made of titles: readable, safe on every system, and never one that is taken."""

import os
import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_LONGEST = 80
"""Bytes of a name; with a number and a suffix it still fits every file system."""

_FALLBACK = "postmortem"

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""The names that Windows keeps for devices, whatever their suffix."""

_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Marks and fillers that nobody sees."""


def slug(title: str) -> str:
    """`title` as a file name without suffix: letters, digits, `_`, single hyphens; never empty."""
    folded = _IGNORABLE.sub("", _fold(title))
    name = _cut("".join(c if _is_word(c) else " " for c in folded))
    words = "-".join(name.split())
    if not words:
        return _FALLBACK
    return f"{words}-{_FALLBACK}" if _DEVICE.fullmatch(words) else words


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """The first of `stem`, `stem-2`, `stem-3`... that nothing in `folder` has, links included."""
    return next(path for path in numbered(folder, stem, suffix) if not os.path.lexists(path))


def numbered(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """The names `stem`, `stem-2`, `stem-3`... in `folder`, without end."""
    yield folder / f"{stem}{suffix}"
    for number in count(2):
        yield folder / f"{stem}-{number}{suffix}"


def _fold(text: str) -> str:
    """`text` in the form that NFKC and case folding no longer change."""
    while (
        folded := unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    ) != text:
        text = folded
    return text


def _is_word(character: str) -> bool:
    """Letters, digits, and the marks that many scripts write their vowels with."""
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _cut(text: str) -> str:
    return text.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")
