"""Facts that several labels share a line or a table for, one block each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.columns import heads_events
from pmtui.formats.reading.names import label_of

_BETWEEN = re.compile(r"\s+[·•|/]\s+|\s*\|\s*|,\s+(?=\*\*[^*]+(?::\*\*|\*\*:))|\s{3,}")
_MARKS = ("·", "•", "|", " / ", ", **", ",  **", "   ")
"""What stands between facts where all white space is blanks; found far faster."""

_PAIR = re.compile(
    r"(?:\*\*|__)?(?P<name>[^:*|\n]{2,40}?)(?:\*\*|__)?\s*:(?:\*\*"
    r"|__)?\s*(?P<value>\S.*)",
    re.DOTALL,
)
_NEXT_LABEL = re.compile(
    r"(?<=[.!?])\s+(?=(?:\*\*|__)(?P<name>[^*_:\n]{3,40})(?::(?:\*\*|__)"
    r"|(?:\*\*|__):))"
)
_NEXT_BOLD = re.compile(r"[.!?]\s+(?:\*\*|__)")
"""A sign of it, found far faster."""

_FACTS = frozenset(
    """
    started resolved detected acknowledged mitigated closed public duration date users requests
    revenue reference severity status timezone services tags people impact times
    """.split()
)


def prepared(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines and tables of facts taken apart."""
    result: list[Block] = []
    for block in blocks:
        if block.kind == "table":
            result += _facts_of_table(block)
        elif block.kind == "heading":
            result += _heading_and_label(block)
        elif block.kind in ("text", "item"):
            result += _facts_of_line(block)
        else:
            result.append(block)
    return result


def _heading_and_label(block: Block) -> Iterator[Block]:
    """A heading, and the labelled text that stands on its line: "Summary: Duration: 2 hours"."""
    found = _PAIR.fullmatch(block.text.strip())
    inner = _PAIR.fullmatch(found["value"].strip()) if found else None
    if found and inner and label_of(found["name"]) and label_of(inner["name"]):
        yield replace(block, text=found["name"].strip())
        said = found["value"].strip()
        yield Block("text", said, block.line, block.end, source=said)
        return
    yield block


def _facts_of_line(block: Block) -> Iterator[Block]:
    text = block.text
    if len(text) < 600 and ":" in text and _may_hold_several(text) and _BETWEEN.search(text):
        pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
        known = [piece for piece in pieces if _is_fact(piece)]
        if (
            len(pieces) > 1
            and known
            and (len(known) > 1 or _is_fact(pieces[0]))
            and len(pieces) <= 12
        ):
            for piece in pieces:
                yield replace(block, text=piece.strip(), source=piece.strip())
            return
    if _NEXT_BOLD.search(text) and any(
        label_of(found["name"]) for found in _NEXT_LABEL.finditer(text)
    ):
        for piece in _NEXT_LABEL.sub("\0", text).split("\0"):
            yield replace(block, kind="text", text=piece.strip(), source=piece.strip())
        return
    yield block


def _may_hold_several(text: str) -> bool:
    # Of white space only the blank is printable.
    return any(map(text.__contains__, _MARKS)) or not text.isprintable()


def _is_fact(piece: str) -> bool:
    found = _PAIR.fullmatch(piece.strip())
    if found is None or not re.search(r"\w", found["value"]):
        return False
    return label_of(found["name"]) in _FACTS


def _facts_of_table(block: Block) -> Iterator[Block]:
    rows = block.rows
    width = max(map(len, rows))
    if heads_events(rows[0]):
        yield block
        return
    keys = [row[0] for row in rows if row]
    known = sum(1 for key in keys if label_of(inline.words(key)) in _FACTS)
    if width == 2 and known and (known > 1 or known * 2 >= len(rows)) and not _has_times(rows):
        for offset, row in enumerate(rows):
            key, value = inline.words(row[0]), row[1] if len(row) > 1 else ""
            if offset == 0 and label_of(key) not in _FACTS:
                if key or value:
                    yield Block(
                        "comment",
                        f"<!-- {key} | {inline.words(value)} -->",
                        block.line,
                        block.line + 1,
                        source=f"<!-- {key} | {inline.words(value)} -->",
                    )
                continue
            yield from _fact(key, value, block, offset)
        return
    if len(rows) == 2 and sum(1 for key in rows[0] if label_of(inline.words(key)) in _FACTS) > 1:
        for key, value in zip(rows[0], rows[1], strict=False):
            yield from _fact(inline.words(key), value, block, 2)
        return
    yield block


def _has_times(rows: Sequence[Sequence[str]]) -> bool:
    return sum(1 for row in rows if row and re.match(r"\W*[0-9]{1,2}[:h.][0-9]{2}", row[0])) > 1


def _fact(key: str, value: str, block: Block, offset: int) -> Iterator[Block]:
    line = block.line + offset + (1 if offset and block.source is None else 0)
    text = f"**{key}**: {value}" if key else value
    if text.strip():
        yield Block("item", text, line, line + 1, depth=1, mark="-", source=f"- {text}")
