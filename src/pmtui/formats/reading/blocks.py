"""The neutral form of a document: its blocks in order, each with the lines that it stands on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pmtui.core.lazy_dataclass import dataclass

INDENTED = "    "
"""The mark of a line that stands away from the margin without being in a list."""

BlockKind = Literal["heading", "text", "item", "code", "table", "rule", "comment", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block; `text` is Markdown without the marks of its container.

    `line` and `end` are its source lines, 0-based and half-open. `depth` counts the lists that it
    stands in, `level` is that of a heading, `rows` the cells of a table, header first. `strong`
    says that the whole of it is emphasised, `source` is its Markdown where the source is not.
    """

    kind: BlockKind
    text: str
    line: int
    end: int
    depth: int = 0
    level: int = 0
    mark: str = ""
    checked: bool | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    source: str | None = None


class Source:
    """The lines of the source, from which kept text is cut word for word."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def cut(self, blocks: Iterable[Block]) -> str:
        """The Markdown of `blocks`, as it stands in the source where they are of Markdown."""
        return "\n\n".join(part for part in self._pieces(list(blocks)) if part.strip())

    def _pieces(self, blocks: list[Block]) -> Iterator[str]:
        at = 0
        while at < len(blocks):
            if blocks[at].source is not None:
                run = at
                while at < len(blocks) and blocks[at].source is not None:
                    at += 1
                yield _joined(blocks[run:at])
                continue
            begin, end = blocks[at].line, blocks[at].end
            at += 1
            while at < len(blocks) and self._continues(blocks[at], end):
                end = max(end, blocks[at].end)
                at += 1
            yield dedented(self.lines[begin:end])

    def _continues(self, block: Block, end: int) -> bool:
        if block.source is not None or block.line < end - 1:
            return False
        return not any(line.strip() for line in self.lines[end : block.line])


def _joined(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        tight = before is not None and "item" == before.kind == block.kind
        parts.append("" if before is None else "\n" if tight else "\n\n")
        parts.append(block.source or "")
    return "".join(parts)


def fenced(block: Block) -> str:
    """The code of `block` between marks that it does not hold, with its language."""
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{block.mark.strip()}\n{block.text}\n{marks}"


def dedented(lines: Sequence[str]) -> str:
    """The lines without the blanks that all of them begin with, and without empty ones around."""
    widths = [len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()]
    common = min(widths, default=0)
    return "\n".join(line[common:].rstrip() for line in lines).strip("\n")
