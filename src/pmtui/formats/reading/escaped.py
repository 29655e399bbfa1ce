"""Markdown whose marks were escaped by a converter: `\\# Summary`, `\\- item`, `1\\. step`."""

import re
from collections.abc import Sequence

_MARK = re.compile(r"^(?P<gap>\s*)\\(?P<mark>#{1,6}(?=\s)|(?:\\?#){1,6}(?=\s)|[-*+>](?=\s))")
_NUMBER = re.compile(r"^(?P<number>\s*[0-9]{1,3})\\(?=[.)]\s)")
_ENOUGH = 3
"""The escaped headings or items that show the whole document to be escaped."""


def unescaped(lines: Sequence[str]) -> list[str]:
    """The lines with the marks at their beginnings as they were meant, if most were escaped.

    Rows of a table that empty lines part are moved together; the number of lines stays the same.
    """
    marked = sum(1 for line in lines if _MARK.match(line) or _NUMBER.match(line))
    plain = sum(1 for line in lines if re.match(r"\s*(?:#{1,6}\s|[-*+]\s)", line))
    result = list(lines)
    if marked >= _ENOUGH and marked > plain:
        result = [_NUMBER.sub(r"\g<number>", _MARK.sub(_bare, line)) for line in result]
    return _with_whole_tables(result)


def _bare(found: re.Match[str]) -> str:
    mark = found["mark"].replace("\\", "")
    return f"{found['gap']}{mark}"


def _with_whole_tables(lines: list[str]) -> list[str]:
    """The lines with the empty ones between the rows of a table moved behind it."""
    at = 0
    while at + 2 < len(lines):
        if not (_is_row(lines[at]) and not lines[at + 1].strip() and _is_rule(lines[at + 2])):
            at += 1
            continue
        end = at
        rows: list[str] = []
        gaps: list[str] = []
        while end < len(lines) and (_is_row(lines[end]) or not lines[end].strip()):
            (rows if lines[end].strip() else gaps).append(lines[end])
            end += 1
        lines[at:end] = [*rows, *gaps]
        at = end
    return lines


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*", line))
