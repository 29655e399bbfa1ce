"""Where the paragraphs, lists and items of a text begin and end, and the text without one of them.

Nothing here splits a word, and what is left never grows together: words are only ever moved.
"""

from collections.abc import Iterator
from textwrap import dedent

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern

_MARK = pattern(
    r"(?P<indent>[ \t]*)(?:[-+*•‣◦·]|(?P<number>[0-9]{1,3})[.)])(?:[ \t]+|$)"
    r"(?P<box>\[[ xX]\](?:[ \t]+|$))?"
)
_FENCE = pattern(r"[ \t]*(?P<fence>`{3,}|~{3,})")
_HEADING = pattern(r" {0,3}#{1,6}(?:[ \t]|$)")
_BLANKS = " \t\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a whole list, from `start` to `stop` in its text; code is never split."""

    start: int
    stop: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with all that is nested in it, or a paragraph outside of lists.

    `box` is the check box that it begins with, as written: `[ ]`, `[x]`, or nothing.
    """

    text: str
    box: str = ""
    listed: bool = True

    @property
    def whole(self) -> str:
        """The text with its box."""
        return f"{self.box} {self.text}" if self.box else self.text


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs, lists and headings of `text`, in their order."""
    found: list[Block] = []
    fence, gap, start = "", True, 0
    for line in text.split("\n"):
        stop = start + len(line)
        last = found[-1] if found else None
        if not fence and not line.strip():
            gap = True
        elif fence or (last and _goes_on(last, line, gap)):
            assert last is not None
            found[-1] = Block(last.start, stop, last.listed)
            gap = False
        else:
            found.append(Block(start, stop, bool(_MARK.match(line))))
            gap = bool(_HEADING.match(line))  # what follows a heading is a block of its own
        fence = _fence_after(fence, line)
        start = stop + 1
    return tuple(found)


def passage_at(text: str, offset: int) -> tuple[int, int] | None:
    """The paragraph or list that `offset` is in, else the next one, else the last one."""
    found = blocks(text)
    block = next((each for each in found if offset <= each.stop), found[-1] if found else None)
    return (block.start, block.stop) if block else None


def line_at(text: str, offset: int, indent: str) -> tuple[int, int] | None:
    """The line that `offset` is in, with the lines below it that begin with `indent`."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if found and line.startswith(indent):
            found[-1] = (found[-1][0], stop)
        elif line.strip():
            found.append((start, stop))
        start = stop + 1
    return next((each for each in found if offset <= each[1]), found[-1] if found else None)


def everything(text: str) -> tuple[int, int] | None:
    """From the first line of `text` with words in it to the last."""
    found = blocks(text)
    return (found[0].start, found[-1].stop) if found else None


def snapped(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """From `start` to `stop` without the blanks at the ends, but with whole words.

    What is before it on its line goes along where that is only an indent or the mark of an item
    whose line is taken to the end.
    """
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start == stop:
        return None
    while start and not text[start - 1].isspace():
        start -= 1
    while stop < len(text) and not text[stop].isspace():
        stop += 1
    begin = text.rfind("\n", 0, start) + 1
    head = text[begin:start]
    mark = _MARK.fullmatch(head)
    line_end = text.find("\n", start)
    whole_line = stop >= (len(text) if line_end < 0 else line_end)
    return (begin if not head.strip() or (mark and whole_line) else start), stop


def without(text: str, start: int, stop: int, left: str = "") -> str:
    """`text` with `left` in the place of what is from `start` to `stop`.

    Where nothing is left, the lines before and after are as far apart as they were on the side
    where they were farther from it.
    """
    before, after = text[:start], text[stop:]
    if left:
        return f"{before}{left}{after}"
    above, below = before.rstrip(_BLANKS), after.lstrip(_BLANKS)
    if not above or not below:
        return above or _from_line_start(after, below)
    if before.endswith("\n") and after.startswith("\n"):
        gaps = before[len(above) :], after[: len(after) - len(below)]
        apart = max(gap.count("\n") for gap in gaps)
        return above + "\n" * apart + _from_line_start(after, below)
    if before.endswith("\n") or after.startswith("\n"):
        return before.rstrip(" \t") + after.lstrip(" \t")
    return f"{above} {below}"


def _from_line_start(text: str, words: str) -> str:
    """The end of `text` from the beginning of the line that its first `words` are on."""
    return text[text.rfind("\n", 0, len(text) - len(words)) + 1 :]


def taken(text: str, start: int, stop: int) -> str:
    """What is from `start` to `stop`, as a text of its own: without a common indent."""
    return dedent(text[start:stop]).strip("\n")


def items(text: str) -> tuple[Item, ...]:
    """The items of the lists in `text`, and the paragraphs around them."""
    found: list[Item] = []
    for block in blocks(text):
        part = text[block.start : block.stop]
        found += _list_items(part) if block.listed else [Item(part.strip("\n"), listed=False)]
    return tuple(found)


def item_indent(line: str) -> int | None:
    """The cells before the mark of an item; None for a line that begins with no such mark."""
    mark = _MARK.match(line)
    return _width(mark["indent"]) if mark else None


def inset(line: str) -> int:
    """The cells before the words of a line."""
    return _width(line[: len(line) - len(line.lstrip(" \t"))])


def _goes_on(last: Block, line: str, gap: bool) -> bool:
    """Whether `line` belongs to the block before it; `gap` if a blank line is between them."""
    mark = _MARK.match(line)
    if _HEADING.match(line):
        return False
    if last.listed:
        return not gap or bool(mark) or line[0] in " \t"
    return not gap and not (mark and mark["number"] in (None, "1"))


def _fence_after(fence: str, line: str) -> str:
    """The fence of code that is open after `line`, when `fence` was open before it."""
    found = _FENCE.match(line)
    if found is None:
        mark = _MARK.match(line)
        found = _FENCE.match(line, mark.end()) if mark and not fence else None
    if not fence:
        return found["fence"] if found else ""
    closes = found and found["fence"].startswith(fence) and not line.strip(" \t`~")
    return "" if closes else fence


def _list_items(text: str) -> Iterator[Item]:
    lines: list[str] = []
    box, fence, base, inner = "", "", 0, 0
    for number, line in enumerate(text.split("\n")):
        mark = None if fence else _MARK.match(line)
        indent = _width(mark["indent"]) if mark else 0
        if mark and (not number or indent <= base):
            if number:
                yield Item("\n".join(lines).strip("\n"), box)
            base, inner = indent, indent + 2
            box, lines = (mark["box"] or "").strip(), [line[mark.end() :].rstrip()]
        else:
            lines.append(_unindented(line, inner))
        fence = _fence_after(fence, line)
    yield Item("\n".join(lines).strip("\n"), box)


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))


def _unindented(line: str, most: int) -> str:
    """`line` without the first `most` cells of its indent, as far as it has one."""
    words = line.lstrip(" \t")
    return " " * max(0, inset(line) - most) + words.rstrip() if words else ""
