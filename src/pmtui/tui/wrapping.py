"""Breaking text into lines of a given width in terminal cells."""

from rich.cells import cell_len, chop_cells

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
    lines: list[str] = []
    current, used = "", 0
    for word in line.split(" "):
        size = cell_len(word)
        if current and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if current:
            lines.append(current)
        if size > width:
            *whole, word = chop_cells(word, width)
            lines += whole
            size = cell_len(word)
        current, used = word, size
    lines.append(current)
    return lines


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return "…"[: max(0, width)]
    return (chop_cells(text, width - 1) or [""])[0] + "…"


def pad(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))
