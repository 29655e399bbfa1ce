"""The lines of broken Markdown, mended so far that a parser reads them as they were meant."""

import re
from collections.abc import Sequence
from typing import Any

HEADING_LINE = re.compile(r" {0,3}#{1,6}(?:\s|$)")
"""A line that is a heading by its marks."""

_TABLE_OPEN = re.compile(r"<(table|ul|ol|dl|details)\b", re.IGNORECASE)
_INSET_ITEM = re.compile(r"( {1,3})[-*+]\s+\S")
_NUMBERED_ITEM = re.compile(r"(?P<mark>[0-9]{1,3}[.)]\s+)\S")
_MARGIN_ITEM = re.compile(r"[-*+]\s+\S")
_ANY_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9]{1,3}[.)])\s+\S")
_IN_LIST = re.compile(r"\s*$|\s*[-*+]\s+\S|\s{2,}\S")
"""An item that stands in a little, one at the margin, and what may stand between them."""

_MARKS = re.compile(r"`{3,}|~{3,}")
_MARGIN_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
_FENCE = re.compile(r"(\s*(?:`{3,}|~{3,}))")


def with_open_html_joined(lines: Sequence[str]) -> list[str]:
    """The lines with a comment on each empty one inside an HTML table or list.

    An empty line would end the HTML there, and the rest be taken for text.
    """
    result = list(lines)
    at = 0
    while at < len(result):
        opened = _TABLE_OPEN.match(result[at].lstrip()) if "<" in result[at] else None
        if opened:
            closing = f"</{opened[1].lower()}>"
            end = next(
                (i for i in range(at, min(len(result), at + 5000)) if closing in result[i].lower()),
                None,
            )
            heading = end is not None and any(HEADING_LINE.match(line) for line in result[at:end])
            if end is not None and not heading and opened[1].lower() != "details":
                for inner in range(at + 1, end):
                    result[inner] = result[inner] if result[inner].strip() else "<!-- -->"
                at = end
        at += 1
    return result


def with_even_lists(lines: Sequence[str]) -> list[str]:
    """The lines without the blanks before items, where a list begins one to three of them in.

    Below an item at the margin those as far in as the first would be taken for its own.
    """
    result = list(lines)
    at = 0
    while at < len(result):
        first = _INSET_ITEM.match(result[at])
        end = at + 1
        if first or _ANY_ITEM.match(result[at]):
            while end < len(result) and (
                _IN_LIST.match(result[end])
                or (first is None and _goes_on(result[end - 1], result[end]))
            ):
                end += 1
        if first and any(map(_MARGIN_ITEM.match, result[at:end])):
            width = len(first[1])
            result[at:end] = [
                line[min(width, len(line) - len(line.lstrip(" "))) :] for line in result[at:end]
            ]
        at = end
    return result


def _goes_on(above: str, line: str) -> bool:
    """Whether a line at the margin can but go on with the item right above it."""
    return bool(above.strip()) and line[:1].islower() and not line.rstrip().endswith(":")


def with_points_nested(lines: Sequence[str]) -> list[str]:
    """The lines with points moved in under the numbered item above them, where they fall short.

    Two or three blanks nest a point below "9." as people see it, but no longer below "10.".
    """
    result = list(lines)
    width = 0
    for at, line in enumerate(lines):
        if numbered := _NUMBERED_ITEM.match(line):
            width = numbered.end("mark")
        elif line.strip() and not line[0].isspace():
            width = 0
        elif width and (point := _INSET_ITEM.match(line)) and 1 < len(point[1]) < width:
            result[at] = " " * (width - len(point[1])) + line
    return result


def with_code_in_lists(lines: Sequence[str]) -> list[str]:
    """The lines with code at the margin set in, where it stands between items that are set in.

    It would end the list around them there, although that goes on below it.
    """
    result = list(lines)
    unclosed: set[str] = set()
    at = 0
    while at < len(result):
        opened = _MARGIN_FENCE.match(result[at])
        if opened and opened[1] not in unclosed:
            end = _closing_fence(result, at, opened[1])
            if end is None:
                # What closes nothing here closes nothing further down: no line is sought twice.
                unclosed.add(opened[1])
            else:
                _set_in(result, at, end)
                at = end
        at += 1
    return result


def _closing_fence(lines: Sequence[str], begin: int, mark: str) -> int | None:
    """The line at the margin that closes the code which begins on the line `begin`."""
    for at in range(begin + 1, len(lines)):
        rest = lines[at].rstrip() if lines[at].startswith(mark) else ""
        if rest and not rest.strip(mark[0]):
            return at
    return None


def _set_in(lines: list[str], begin: int, end: int) -> None:
    """Sets in the code from one line to another as far as the text of the items around it."""
    after = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), begin)
    width = _width(lines[after])
    if not width or not _ANY_ITEM.match(lines[after]):
        return
    above = next(
        (at for at in range(begin - 1, -1, -1) if lines[at].strip() and _width(lines[at]) <= width),
        begin,
    )
    if _width(lines[above]) == width and _ANY_ITEM.match(lines[above]):
        inset = " " * (width + _MARK)
        for at in range(begin, end + 1):
            lines[at] = inset + lines[at] if lines[at] else ""


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_MARK = 2
"""The letters before the text of an item: its mark and a blank."""


def unclosed_fence(tokens: Sequence[Any], lines: Sequence[str]) -> int | None:
    """The line on which code begins that nothing closes, None where there is none."""
    for token in reversed(tokens):
        if token.type != "fence" or token.map is None:
            continue
        begin, end = token.map
        closing = lines[end - 1].strip(" \t>") if end - 1 > begin else ""
        closed = closing and closing.startswith(token.markup) and not closing.strip(token.markup[0])
        rest = [line for line in lines[begin + 1 : end] if line.strip()]
        return begin if not closed and rest else None
    return None


def with_closed_fence(lines: Sequence[str], line: int) -> list[str]:
    """The lines with the fence closed at the first empty line, or without it where none follows."""
    result = list(lines)
    mark = _FENCE.match(lines[line])
    blank = next((at for at in range(line + 1, len(lines)) if not lines[at].strip()), None)
    if (
        mark
        and blank is not None
        and blank > line + 1
        and any(rest.strip() for rest in lines[blank:])
    ):
        result[blank] = mark[1]
        return result
    return without_fence(lines, line)


def without_fence(lines: Sequence[str], line: int) -> list[str]:
    """The lines with no marks of code on that one."""
    result = list(lines)
    result[line] = _MARKS.sub("", lines[line]).rstrip()
    return result
