"""The items of our own Markdown, read back from its lines as they were written there.

An item begins with its mark at the margin, and its further lines stand under its first: paragraphs
with empty lines between, lines of a paragraph with a backslash before their end, code between
fences.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.escape import strikes
from pmtui.formats.reading import inline
from pmtui.formats.reading.action_details import Action, house_details
from pmtui.formats.reading.blocks import Block, Source

_MARK = re.compile(r"(?:-|[0-9]{1,9}\.)(?: |$)")
_BOX = re.compile(r"\[(?P<sign>[ x])\](?: |$)")
_TAIL = re.compile(r"(?:^|\s+)— \*(?P<details>(?:[^*\\]|\\.)+)\*$")
_FENCE = re.compile(r"`{3,}|~{3,}")
_STRUCK = re.compile(r"~~(?P<text>.+)~~", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HouseItem:
    """An item: its text, the Markdown of the details at its end, and its box."""

    line: int
    text: str
    details: str = ""
    is_ticked: bool | None = None
    is_struck: bool = False


def house_items(
    blocks: Sequence[Block], source: Source, *, detailed: bool = False
) -> tuple[list[HouseItem], list[Block]]:
    """The items among `blocks`, and the blocks that stand in no list.

    Only those of tasks are `detailed`: elsewhere emphasis at the end is part of the text.
    """
    rest = [block for block in blocks if not block.depth]
    return [_item(at, lines, detailed) for at, lines in lines_of_items(blocks, source)], rest


def lines_of_items(blocks: Sequence[Block], source: Source) -> Iterator[tuple[int, list[str]]]:
    """The items among `blocks`: the line of each, and its lines without its mark."""
    inside = [block for block in blocks if block.depth]
    if not inside:
        return
    taken = {at for block in inside for at in range(block.line, block.end)}
    others = {block.line for block in blocks if not block.depth}
    end = max(taken) + 1
    starts = [at for at in sorted(taken) if _MARK.match(source.lines[at])]
    for at, until in zip(starts, [*starts[1:], end], strict=True):
        stop = min((line for line in others if at < line < until), default=until)
        mark = _MARK.match(source.lines[at])
        width = len(mark.group()) if mark else 0
        yield at, [line[width:] for line in source.lines[at:stop]]


def house_action(item: HouseItem, category: str) -> Action:
    """The measure or task that an item says."""
    action = Action(item.line, item.text, category, is_task=item.is_ticked is not None)
    action.state = "done" if item.is_ticked else "open"
    details = item.details
    is_dropped = item.is_struck
    if item.is_ticked and not strikes(item.text) and details.partition(", ")[0] == "dropped":
        is_dropped, details = True, details.partition(", ")[2]
    if details:
        house_details(action, details)
    if is_dropped:
        action.state = "dropped"
    return action


def _item(line: int, lines: Sequence[str], detailed: bool) -> HouseItem:
    body = list(lines)
    box = _BOX.match(body[0]) if detailed else None
    if box:
        body[0] = body[0][box.end() :]
    pieces = list(pieces_of(body))
    details = ""
    if detailed and pieces and not pieces[-1].is_code:
        last = pieces[-1]
        if tail := _TAIL.search(last.markdown):
            details = tail["details"]
            pieces[-1] = last._replace(markdown=last.markdown[: tail.start()])
    texts = [piece.markdown for piece in pieces if not piece.is_code and piece.markdown]
    is_struck = bool(texts) and detailed and all(map(_STRUCK.fullmatch, texts))
    if is_struck:
        pieces = [
            piece if piece.is_code else piece._replace(markdown=piece.markdown[2:-2])
            for piece in pieces
        ]
    ticked = box["sign"] == "x" if box else None
    return HouseItem(line, text_of(pieces), details, ticked, is_struck)


class Piece(NamedTuple):
    """A paragraph or the code of an item, and the empty lines before it."""

    is_code: bool
    markdown: str
    gap: int


def pieces_of(lines: Sequence[str]) -> Iterator[Piece]:
    """The paragraphs and the code of the lines of an item."""
    gap = 0
    at = 0
    while at < len(lines):
        begin = at
        at += 1
        if fence := _FENCE.match(lines[begin]):
            while at < len(lines) and not _closes(lines[at], fence.group()):
                at += 1
            at += 1
            yield Piece(True, "\n".join(lines[begin:at]).rstrip(), gap)
            gap = 0
        elif lines[begin].strip():
            while at < len(lines) and lines[at].strip() and not _FENCE.match(lines[at]):
                at += 1
            yield Piece(False, "\n".join(lines[begin:at]).rstrip(), gap)
            gap = 0
        else:
            gap += 1


def _closes(line: str, marks: str) -> bool:
    return line.startswith(marks) and not line.strip(marks[0] + " ")


def text_of(pieces: Sequence[Piece]) -> str:
    """The text of an item with its empty lines, but for those that the export puts around code."""
    told = ""
    follows_code = False
    for piece in pieces:
        text = piece.markdown if piece.is_code else inline.words(piece.markdown)
        if text:
            ends = piece.gap + 1 - piece.is_code - follows_code
            told += f"{chr(10) * max(1, ends) if told else ''}{text}"
            follows_code = piece.is_code
    return told
