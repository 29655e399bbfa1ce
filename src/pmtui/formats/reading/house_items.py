"""The items of our own Markdown, read back from its lines as they were written there.

An item begins with its mark at the margin, and its further lines stand under its first: paragraphs
with empty lines between, lines of a paragraph with a backslash before their end, code between
fences.
"""

import re
from collections.abc import Iterator, Sequence

from pmtui.core.lazy_dataclass import dataclass
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
    inside = [block for block in blocks if block.depth]
    rest = [block for block in blocks if not block.depth]
    if not inside:
        return [], rest
    begin, end = inside[0].line, max(block.end for block in inside)
    starts = [at for at in range(begin, end) if _MARK.match(source.lines[at])]
    ends = [*starts[1:], end]
    items = [
        _item(at, source.lines[at:until], detailed)
        for at, until in zip(starts, ends, strict=True)
        if any(at <= block.line < until for block in inside)
    ]
    return items, rest


def house_action(item: HouseItem, category: str) -> Action:
    """The measure or task that an item says."""
    action = Action(item.line, item.text, category, is_task=item.is_ticked is not None)
    action.state = "done" if item.is_ticked else "open"
    if item.details:
        house_details(action, item.details)
    if item.is_struck:
        action.state = "dropped"
    return action


def _item(line: int, lines: Sequence[str], detailed: bool) -> HouseItem:
    mark = _MARK.match(lines[0])
    width = len(mark.group()) if mark else 0
    body = [each[width:] for each in lines]
    box = _BOX.match(body[0]) if detailed else None
    if box:
        body[0] = body[0][box.end() :]
    pieces = list(_pieces(body))
    details = ""
    if detailed and pieces and not pieces[-1][0] and (tail := _TAIL.search(pieces[-1][1])):
        details = tail["details"]
        pieces[-1] = (False, pieces[-1][1][: tail.start()])
    texts = [text for is_code, text in pieces if not is_code and text]
    is_struck = bool(texts) and detailed and all(map(_STRUCK.fullmatch, texts))
    return HouseItem(
        line, _joined(pieces, is_struck), details, box["sign"] == "x" if box else None, is_struck
    )


def _pieces(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """The paragraphs and the code of an item; whether it is code, and its Markdown."""
    at = 0
    while at < len(lines):
        begin = at
        at += 1
        if fence := _FENCE.match(lines[begin]):
            while at < len(lines) and not _closes(lines[at], fence.group()):
                at += 1
            at += 1
            yield True, "\n".join(lines[begin:at]).rstrip()
        elif lines[begin].strip():
            while at < len(lines) and lines[at].strip() and not _FENCE.match(lines[at]):
                at += 1
            yield False, "\n".join(lines[begin:at]).rstrip()


def _closes(line: str, marks: str) -> bool:
    return line.startswith(marks) and not line.strip(marks[0] + " ")


def _joined(pieces: Sequence[tuple[bool, str]], is_struck: bool) -> str:
    """The text of an item: an empty line between paragraphs, none around code."""
    told = ""
    before = True
    for is_code, markdown in pieces:
        struck = _STRUCK.fullmatch(markdown) if is_struck and not is_code else None
        text = markdown if is_code else inline.words(struck["text"] if struck else markdown)
        if text:
            gap = "\n" if is_code or before else "\n\n"
            told += f"{gap if told else ''}{text}"
            before = is_code
    return told
