"""Bold items of a list whose text stands at the margin below them: headings with a bullet."""

from collections.abc import Sequence
from dataclasses import replace

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import STRONG
from pmtui.formats.reading.names import label_of

_FEWEST = 3
"""The bold items with paragraphs below that show all such items to be headings."""


def headings_lifted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such items as bold lines at the margin, and the lists below them moved out.

    That is done where no heading is marked as one, and several of the names are known.
    """
    bare = frozenset(at for at, block in enumerate(blocks) if _is_bare(block))
    above = [at for at in bare if _stands_above_text(blocks, at)]
    known = {label_of(inline.words(blocks[at].text).strip(": ")) for at in above} - {""}
    marked = any(block.kind == "heading" for block in blocks)
    if marked or len(above) < _FEWEST or len(known) < _FEWEST:
        return list(blocks)
    lifted: list[Block] = []
    inner = False
    for at, block in enumerate(blocks):
        if at in bare:
            lifted.append(replace(block, kind="text", depth=0, mark=""))
            inner = at + 1 < len(blocks) and blocks[at + 1].depth > 1
        else:
            inner = inner and block.depth > 0
            lifted.append(replace(block, depth=block.depth - 1) if inner else block)
    return lifted


def _is_bare(block: Block) -> bool:
    """Whether a block is an item at the margin that is nothing but bold words."""
    return (
        block.kind == "item"
        and block.depth == 1
        and block.checked is None
        and STRONG.fullmatch(block.text.strip()) is not None
    )


def _stands_above_text(blocks: Sequence[Block], at: int) -> bool:
    return at + 1 < len(blocks) and blocks[at + 1].kind == "text" and not blocks[at + 1].depth
