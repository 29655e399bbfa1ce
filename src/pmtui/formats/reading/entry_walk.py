"""The rows of a timeline that has a line, an item or a heading for each entry."""

import re
from collections.abc import Iterable, Mapping, Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.around_entries import (
    are_joined,
    asks,
    is_about,
    is_apart,
    is_category,
    is_dated,
    stands_under_day,
    tells,
)
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.entry_lines import (
    are_paragraphs,
    group_lines,
    is_link,
    next_when,
    tells_one_time,
)
from pmtui.formats.reading.moments import When
from pmtui.formats.reading.rows import Row, is_timed
from pmtui.formats.reading.rows_made import (
    extend,
    inner_time,
    put_aside,
    put_image,
    timed_rows,
    untimed_row,
)
from pmtui.formats.reading.timeline_forms import code_rows, is_image, table_rows

_DRAWN = ("table", "code")
_LABEL_START = re.compile(r"[A-ZÀ-Ý][\w /'-]{1,40}:\s")


class Walk:
    """One walk over the blocks of a timeline.

    `whens` has the time at the head of each block by the block's identity, `codes` the blocks of
    code that hold entries, `own` is the zone of the incident, `loose` tells what counts as a time.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        whens: Mapping[int, When | None],
        codes: Sequence[Block],
        own: str,
        *,
        loose: bool,
    ) -> None:
        self._blocks = blocks
        self._whens = whens
        self._codes = frozenset(map(id, codes))
        self._own = own
        self._loose = loose
        timed = [block for block in blocks if is_timed(whens[id(block)])]
        tables = [block for block in blocks if block.kind == "table"]
        depths = [block.depth for block in timed if block.kind in ("item", "text")]
        items = [block for block in blocks if block.kind == "item"]
        self._by_list = sum(b.kind == "item" for b in timed) * 2 > len(depths) or (
            not timed and bool(items)
        )
        self._base = _base(depths, items, len(timed))
        drawn = (*timed[-1:], *tables[-1:], *codes[-1:])
        self._last = max((blocks.index(block) for block in drawn), default=-1)
        self._paragraphs = are_paragraphs(blocks, timed)
        self._groups = group_lines(blocks, whens)
        self._headings = any(block.kind == "heading" for block in timed)
        self._rows: list[Row] = []
        self._began = False
        self._headed = False
        self._level = 0

    def rows(self) -> list[Row]:
        """The rows in the order of the document."""
        for at, block in enumerate(self._blocks):
            self._block(at, block)
        for row in self._rows:
            if row.kind == "entry" and row.when is None and "\n" in row.text:
                row.when = self._nested_time(row.text)
        return self._rows

    def _block(self, at: int, block: Block) -> None:
        when = self._whens[id(block)]
        entry = self._entry
        if block.kind == "rule":
            return
        if block.kind == "table":
            self._drawn(table_rows(self._own, block))
        elif id(block) in self._codes:
            self._drawn(code_rows(self._own, block, loose=self._loose))
        elif block.kind == "heading":
            self._heading(at, block, when)
        elif when is not None and (is_timed(when) or _is_day_row(block, when)):
            self._timed(block, when)
        elif is_image(block):
            put_image(self._rows, block)
        elif self._headed and entry is not None:
            extend(entry, block)
        elif block.kind == "item":
            self._item(at, block)
        elif id(block) in self._groups or (
            block.kind == "text"
            and asks(block)
            and is_timed(next_when(self._blocks, self._whens, at))
        ):
            self._aside(block)
        elif block.kind == "text":
            self._text(at, block)
        elif (
            block.kind in ("code", "quote")
            and entry is not None
            and (block.depth or (self._by_list and at < self._last))
        ):
            extend(entry, block)
        else:
            self._aside(block)

    @property
    def _entry(self) -> Row | None:
        """The row above if it is an entry."""
        return self._rows[-1] if self._rows and self._rows[-1].kind == "entry" else None

    def _drawn(self, rows: Iterable[Row]) -> None:
        self._rows += rows
        self._began, self._headed = True, False

    def _heading(self, at: int, block: Block, when: When | None) -> None:
        entry = self._entry
        self._headed = when is not None and not when.is_day
        if when is None:
            said = inline.words(block.text)
            if block.level == self._level and inner_time(said, self._own) is not None:
                # Among headings that are times: "After 02:10".
                self._untimed(block)
                self._headed = True
                return
            self._aside(block)
            if entry is not None and self._level and block.level > self._level:
                self._headed = True
        elif when.is_day and self._level == block.level and tells(self._blocks, self._whens, at):
            self._headed = self._began = True
            found = inline.plain(block.text)
            self._rows.append(Row("entry", block.line, found.text, links=found.links))
        else:
            self._rows += timed_rows(block, when)
            self._began = self._began or self._headed
            self._level = block.level

    def _timed(self, block: Block, when: When) -> None:
        entry = self._entry
        if (
            entry is not None
            and block.kind == "item"
            and block.depth > self._base
            and is_timed(when)
            and entry.when
            and is_timed(entry.when)
            and not self._headed
        ):
            extend(entry, block)
            return
        self._rows += timed_rows(block, when)
        self._began = self._began or is_timed(when)

    def _item(self, at: int, block: Block) -> None:
        entry, began = self._entry, self._began
        if block.depth > self._base and entry is not None:
            extend(entry, block)
        elif (
            is_about(block, began)
            or (not began and self._headings and is_link(block))
            or is_category(self._blocks, self._whens, at, began=began)
            or (
                began
                and at > self._last
                and (not self._by_list or is_apart(self._rows, self._last))
            )
        ):
            self._aside(block)
        else:
            self._untimed(block)

    def _text(self, at: int, block: Block) -> None:
        blocks, entry, last = self._blocks, self._entry, self._last
        if not re.search(r"[^\W\d_]", block.text):
            self._aside(block)
        elif stands_under_day(self._rows, blocks, at) or self._tells_event(at, block):
            self._rows.append(untimed_row(block, self._own))
        elif entry is not None and (
            not entry.text
            or block.depth > self._base
            or (block.depth and block.depth >= self._base and self._by_list)
            or (self._paragraphs and are_joined(blocks[at - 1], block))
        ):
            extend(entry, block)
        elif not self._began or self._by_list or (at > last >= 0 and blocks[last].kind in _DRAWN):
            self._aside(block)
        else:
            labelled = bool(_LABEL_START.match(inline.words(block.text[:120])))
            short = len(block.text) < 250
            joined = at > 0 and are_joined(blocks[at - 1], block)
            if at < last:
                if entry is not None and not labelled and not (short and joined):
                    extend(entry, block)
                else:
                    self._rows.append(untimed_row(block, self._own))
            elif labelled or (joined and short and entry is not None) or is_dated(block):
                self._rows.append(untimed_row(block, self._own))
            else:
                self._aside(block)

    def _tells_event(self, at: int, block: Block) -> bool:
        """Whether a line within a timeline without a list tells one time in its midst."""
        if self._by_list or block.depth:
            return False
        if not self._began:
            return at < self._last and tells_one_time(block, self._own)
        apart = at > 0 and not are_joined(self._blocks[at - 1], block)
        return apart and tells_one_time(block, self._own, dated=True)

    def _untimed(self, block: Block) -> None:
        self._rows.append(untimed_row(block, self._own))
        self._began = True

    def _aside(self, block: Block) -> None:
        put_aside(self._rows, block, self._began)

    def _nested_time(self, text: str) -> When | None:
        """The time that one of the points of an entry tells, if only one of them does."""
        found = [when for line in text.split("\n") if (when := inner_time(line, self._own))]
        return found[0] if len(found) == 1 else None


def _base(depths: Sequence[int], items: Sequence[Block], timed: int) -> int:
    """The depth at which entries stand: what is deeper belongs to one of them.

    A heading of the list may be timed by accident: the depth that most entries have counts.
    """
    shallow = min((block.depth for block in items), default=0)
    above = sum(block.depth == shallow for block in items)
    base = max(set(depths), key=lambda depth: (depths.count(depth), -depth), default=shallow)
    return shallow if shallow < base and above > timed else base


def _is_day_row(block: Block, when: When) -> bool:
    if not when.is_day or (when.problem and not when.unread):
        return False
    rest = inline.words(block.text)[when.end :].strip(" .:*_")
    return not rest
