"""Breaking text into lines of a given width in terminal cells."""

import re

from rich.cells import cell_len, chop_cells

_MARK = re.compile(r"( *)((?:[-*+•>↳] +|[0-9]{1,3}[.)] +)*)")
_PATH = re.compile(r"(?<!\S)(?:~|\.{0,2})(?:/[^/\s]+){3,}")

MOST = 20_000
"""Characters of one text that are drawn at all; more would never be read in a list."""


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces, long words cut; never empty."""
    if width < 1:
        return [""]
    lines: list[str] = []
    for line in text[:MOST].split("\n"):
        lines += _wrap_line(line.replace("\t", "    "), width)
    if len(text) > MOST:
        lines.append("…")
    return lines


def _wrap_line(line: str, width: int) -> list[str]:
    if len(line) <= width and (line.isascii() or cell_len(line) <= width):
        return [line]
    is_plain = line[0].isalpha() and line.isascii() and line.isprintable()
    if is_plain and (quick := _broken_at_spaces(line, width)):
        return quick
    start, hang = _indents(line, width)
    lines: list[str] = []
    current, used, empty = start, len(start), True
    for word in line.lstrip(" ").split(" "):
        size = cell_len(word)
        if not empty and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if not empty:
            lines.append(current)
            current, used = hang, len(hang)
        if used + size > width:
            *whole, word = chop_cells(word, width - len(hang))
            lines += [(hang if lines else start) + part for part in whole]
            current, size = hang if lines else start, cell_len(word)
        current, used, empty = current + word, len(current) + size, False
    lines.append(current)
    return lines


def _broken_at_spaces(line: str, width: int) -> list[str]:
    """A line of letters that take a cell each, broken at spaces; empty where a word is too long."""
    lines, at = [], 0
    while len(line) - at > width:
        end = line.rfind(" ", at, at + width + 1)
        if end < 0:
            return []
        lines.append(line[at:end])
        at = end + 1
    return [*lines, line[at:]]


def _indents(line: str, width: int) -> tuple[str, str]:
    """The blanks before the first line, and those before the others: below the text of a list."""
    found = _MARK.match(line)
    start, mark = found.groups() if found else ("", "")
    if len(start) + len(mark) > min(width // 2, width - 2):  # a letter may be two cells wide
        return start[: width // 4], start[: width // 4]
    return start, " " * (len(start) + len(mark))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return "…"[: max(0, width)]
    return (chop_cells(text, width - 1) or [""])[0] + "…"


def fitted(text: str, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines: paths in it give way in their middle, then its end does."""
    lines = wrap(text, width)
    while len(lines) > most:
        shorter = _PATH.sub(_without_a_folder, text)
        if shorter == text:
            kept = " ".join(lines[most - 1 :])
            return [*lines[: most - 1], cut(kept, width - 1) if most else ""]
        text = shorter
        lines = wrap(text, width)
    return lines


def _without_a_folder(path: re.Match[str]) -> str:
    """The path with one more of its middle folders left out; its beginning and its name stay."""
    first, *folders, name = path.group().split("/")
    if "…" not in folders:
        folders[len(folders) // 2] = "…"
    else:
        at = folders.index("…")
        del folders[at + 1 if at + 1 < len(folders) else at - 1]
    return "/".join((first, *folders, name))


def pad(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))
