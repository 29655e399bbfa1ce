"""Paragraphs whose lines end at `<br>` within the text, since a formatter has wrapped them anew."""

import re
from collections.abc import Sequence

from pmtui.formats.reading.line_units import begins_with_time
from pmtui.formats.reading.names import label_of

_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
_INNER = re.compile(r"<br\s*/?>[ \t]*\S", re.IGNORECASE)
_LABEL = re.compile(r"(?:\*\*|__)?(?P<name>[^:*\n]{2,40})(?:\*\*|__)?:(?:\*\*|__)?\s")


def lines_by_breaks(lines: Sequence[str], begin: int) -> list[tuple[str, int, int]]:
    """The lines that a paragraph shows, each with the source lines on which it stands.

    [] where the source breaks its lines itself, or where most of them begin with neither a time
    nor a known label: prose is left as it is.
    """
    if not any(map(_INNER.search, lines)):
        return []
    shown: list[tuple[str, int, int]] = []
    open_line = False
    for number, line in enumerate(lines, begin):
        for at, piece in enumerate(_BREAK.split(line.strip())):
            if at:
                open_line = False
            if not piece:
                continue
            if open_line:
                text, first, _ = shown[-1]
                shown[-1] = (f"{text} {piece}", first, number + 1)
            else:
                shown.append((piece, number, number + 1))
            open_line = True
    begun = sum(_begins(text) for text, _, _ in shown)
    return shown if len(shown) > 1 and begun * 2 > len(shown) else []


def _begins(text: str) -> bool:
    """Whether a shown line begins with a time or with a label that names a part."""
    label = _LABEL.match(text)
    return begins_with_time(text, loose=True) or bool(label and label_of(label["name"]))
