"""The rows of a timeline, whatever it is made of, with their times still as written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pmtui.formats.reading import city_time, inline
from pmtui.formats.reading.around_entries import (
    are_joined,
    asks,
    day_at_head,
    is_about,
    is_apart,
    is_category,
    is_dated,
    labelled_when,
    stands_under_day,
    tells,
    with_labels_joined,
)
from pmtui.formats.reading.blocks import Block, fenced
from pmtui.formats.reading.entry_lines import (
    are_doubtful,
    are_labelled,
    are_paragraphs,
    group_lines,
    is_link,
    next_when,
    tells_one_time,
)
from pmtui.formats.reading.house_entries import (
    apply_details,
    emphasised_kind,
    house_head,
    house_tail,
)
from pmtui.formats.reading.moments import When, leading_when, scan_when
from pmtui.formats.reading.rows import Row, RowKind, is_timed
from pmtui.formats.reading.run_together import taken_apart
from pmtui.formats.reading.sentences import clauses_of
from pmtui.formats.reading.timed_lines import CONVERSATION, loosened
from pmtui.formats.reading.timeline_forms import (
    answer_rows,
    chat_lines,
    chat_rows,
    code_rows,
    is_image,
    is_timed_code,
    prose_rows,
    questions_among,
    table_rows,
    told,
)
from pmtui.formats.reading.translation import ENGLISH_MONTHS, MONTH_AND_DAY, translate

_FOUR_DIGITS = re.compile(r"\W*[0-9]{4}\W*")
_LIST = 3
"""The timed entries that make a list of entries."""

_DRAWN = ("table", "code")
_LABEL_START = re.compile(r"[A-ZÀ-Ý][\w /'-]{1,40}:\s")
_INNER = re.compile(
    r"(?P<lead>\b(?:at|by|around|about|from|until|after|before|à|às|um|gegen|vers|a las?|hacia)\s+"
    r"(?:approximately |about |around |roughly )?|[(\[]\s*|,\s+)"
    rf"(?=[0-9]|{MONTH_AND_DAY}|(?<=[(\[])(?:{'|'.join(ENGLISH_MONTHS)})\b)",
    re.IGNORECASE,
)


def rows_of(blocks: Sequence[Block], own: str = "") -> list[Row]:
    """The rows of a timeline made of `blocks`; `own` is the zone of the incident."""
    written = taken_apart(blocks)
    blocks = [replace(block, text=loosened(block.text)) for block in written]
    strict = _Scanner(own).rows(blocks)
    timed = sum(1 for row in strict if row.when and row.when.clock)
    entries = sum(1 for row in strict if row.kind == "entry")
    digits = any(row.kind == "entry" and _FOUR_DIGITS.fullmatch(row.lead) for row in strict)
    if timed * 2 <= entries or not entries or digits or are_doubtful(blocks, timed):
        blocks = [replace(block, text=loosened(block.text, loose=True)) for block in written]
        loose = _Scanner(own, loose=True).rows(blocks)
        if sum(1 for row in loose if row.when and row.when.clock) > timed:
            return loose
    return strict


class _Scanner:
    def __init__(self, own: str, *, loose: bool = False) -> None:
        self._own = own
        self._loose = loose
        self._paragraphs = False
        self._groups: frozenset[int] = frozenset()

    def rows(self, blocks: Sequence[Block]) -> list[Row]:
        whens = {id(block): self._when(block) for block in blocks}
        timed = [block for block in blocks if is_timed(whens[id(block)])]
        tables = [block for block in blocks if block.kind == "table"]
        # Among entries that are timed themselves code is what they quote.
        codes = [
            block
            for block in blocks
            if block.kind == "code"
            and len(timed) < _LIST
            and is_timed_code(self._own, block, loose=self._loose)
        ]
        if not tables and not codes and self._is_told(blocks, timed):
            return list(prose_rows(self._own, blocks))
        if not timed and len(chat_lines(blocks)) >= CONVERSATION:
            return list(chat_rows(self._own, blocks))
        questions = questions_among(blocks)
        if len(questions) > max(1, len(timed)) and not tables and not codes:
            return list(answer_rows(self._own, blocks))
        items = sum(block.kind == "item" for block in blocks)
        if not timed and are_labelled(said := [b for b in blocks if b.kind != "rule"]):
            return self._labelled(said)
        if not timed and not tables and not codes and items < _LIST:
            prose = list(prose_rows(self._own, blocks))
            if any(row.kind == "entry" for row in prose):
                return prose
            if lines := self._lines(blocks):
                return lines
        depths = [block.depth for block in timed if block.kind in ("item", "text")]
        # A heading of the list may be timed by accident: the depth that most entries have counts.
        base = max(set(depths), key=lambda d: (depths.count(d), -d), default=None)
        by_list = sum(b.kind == "item" for b in timed) * 2 > len(depths) or (
            not timed and any(b.kind == "item" for b in blocks)
        )
        shallow = min((b.depth for b in blocks if b.kind == "item"), default=0)
        above = sum(b.kind == "item" and b.depth == shallow for b in blocks)
        if base is None or (shallow < base and above > len(timed)):
            base = shallow
        last_timed = max(
            (blocks.index(b) for b in (timed[-1:] + tables[-1:] + codes[-1:])), default=-1
        )
        self._paragraphs = are_paragraphs(blocks, timed)
        self._groups = group_lines(blocks, whens)
        return self._walk(blocks, whens, base, by_list, last_timed, codes)

    def _labelled(self, blocks: Sequence[Block]) -> list[Row]:
        rows: list[Row] = []
        for block in blocks:
            if block.kind == "item":
                self._extend(rows[-1], block)
            else:
                rows.append(self._untimed(block))
        return with_labels_joined(rows)

    def _is_told(self, blocks: Sequence[Block], timed: Sequence[Block]) -> bool:
        """Whether the times stand within sentences: "At 10:00, ... By 10:15, ..."."""
        if not timed or any(block.kind != "text" or block.depth for block in timed):
            return False
        if any(inline.words(block.text)[:1].isdigit() for block in timed):
            return False
        texts = [inline.words(block.text) for block in blocks if block.kind == "text"]
        count = sum(
            1 for text in texts for part in clauses_of(text) if next(told(self._own, part), None)
        )
        return count > 1.4 * len(timed)

    def _lines(self, blocks: Sequence[Block]) -> list[Row]:
        """Entries of lines of which one tells a time somewhere, none where they are prose."""
        lines = [block for block in blocks if block.kind == "text"]
        texts = [inline.words(line.text) for line in lines]
        tells = len(lines) >= _LIST and any(next(told(self._own, said), None) for said in texts)
        labelled = len(lines) > 1 and any(labelled_when(said, self._own) for said in texts)
        if len(lines) < len(blocks) or not (tells or labelled):
            return []
        return with_labels_joined([self._untimed(line) for line in lines])

    def _walk(
        self,
        blocks: Sequence[Block],
        whens: dict[int, When | None],
        base: int,
        by_list: bool,
        last: int,
        codes: Sequence[Block],
    ) -> list[Row]:
        rows: list[Row] = []
        headed = False
        level = 0
        began = False
        headings = any(b.kind == "heading" and is_timed(whens[id(b)]) for b in blocks)
        for at, block in enumerate(blocks):
            when = whens[id(block)]
            entry = rows[-1] if rows and rows[-1].kind == "entry" else None
            if block.kind == "rule":
                continue
            if block.kind == "table":
                rows += table_rows(self._own, block)
                began, headed = True, False
            elif any(block is code for code in codes):
                rows += code_rows(self._own, block, loose=self._loose)
                began, headed = True, False
            elif block.kind == "heading":
                headed = when is not None and not when.is_day
                inner = self._inner_time(inline.words(block.text)) if block.level == level else None
                if when is None and inner is not None:
                    # Among headings that are times: "After 02:10".
                    rows.append(self._untimed(block))
                    headed = began = True
                elif when is None:
                    self._aside(rows, block, began)
                    if entry is not None and level and block.level > level:
                        headed = True
                elif when.is_day and level == block.level and tells(blocks, whens, at):
                    headed, began = True, True
                    found = inline.plain(block.text)
                    rows.append(Row("entry", block.line, found.text, links=found.links))
                else:
                    rows += self._timed_row(block, when)
                    began = began or headed
                    level = block.level
            elif when is not None and (is_timed(when) or self._is_day_row(block, when)):
                deeper = block.kind == "item" and block.depth > base and entry is not None
                if (
                    deeper
                    and is_timed(when)
                    and entry is not None
                    and entry.when
                    and is_timed(entry.when)
                    and not headed
                ):
                    self._extend(entry, block)
                else:
                    rows += self._timed_row(block, when)
                    began = began or is_timed(when)
            elif is_image(block):
                self._image(rows, block)
            elif headed and entry is not None:
                self._extend(entry, block)
            elif block.kind == "item":
                if block.depth > base and entry is not None:
                    self._extend(entry, block)
                elif (
                    is_about(block, began)
                    or (not began and headings and is_link(block))
                    or is_category(blocks, whens, at, began=began)
                    or (began and at > last and (not by_list or is_apart(rows, last)))
                ):
                    self._aside(rows, block, began)
                else:
                    rows.append(self._untimed(block))
                    began = True
            elif id(block) in self._groups or (
                block.kind == "text" and asks(block) and is_timed(next_when(blocks, whens, at))
            ):
                self._aside(rows, block, began)
            elif block.kind == "text":
                self._text(rows, block, blocks, at, base, by_list, last, began)
            elif (
                block.kind in ("code", "quote")
                and entry is not None
                and (block.depth or (by_list and at < last))
            ):
                self._extend(entry, block)
            else:
                self._aside(rows, block, began)
        for row in rows:
            if row.kind == "entry" and row.when is None and "\n" in row.text:
                row.when = self._nested_time(row.text)
        return rows

    def _nested_time(self, text: str) -> When | None:
        """The time that one of the points of an entry tells, if only one of them does."""
        found = list(filter(None, map(self._inner_time, text.split("\n"))))
        return found[0] if len(found) == 1 else None

    def _text(
        self,
        rows: list[Row],
        block: Block,
        blocks: Sequence[Block],
        at: int,
        base: int,
        by_list: bool,
        last: int,
        began: bool,
    ) -> None:
        entry = rows[-1] if rows and rows[-1].kind == "entry" else None
        if not re.search(r"[^\W\d_]", block.text):
            self._aside(rows, block, began)
        elif stands_under_day(rows, blocks, at) or (
            not began and at < last and not by_list and tells_one_time(block, self._own)
        ):
            rows.append(self._untimed(block))
        elif entry is not None and (
            not entry.text
            or block.depth > base
            or (block.depth and block.depth >= base and by_list)
            or (self._paragraphs and are_joined(blocks[at - 1], block))
        ):
            self._extend(entry, block)
        elif not began or by_list or (at > last >= 0 and blocks[last].kind in _DRAWN):
            self._aside(rows, block, began)
        else:
            labelled = bool(_LABEL_START.match(inline.words(block.text[:120])))
            short = len(block.text) < 250
            joined = at > 0 and are_joined(blocks[at - 1], block)
            if at < last:
                if entry is not None and not labelled and not (short and joined):
                    self._extend(entry, block)
                else:
                    rows.append(self._untimed(block))
            elif labelled or (joined and short and entry is not None) or is_dated(block):
                rows.append(self._untimed(block))
            else:
                self._aside(rows, block, began)

    def _when(self, block: Block) -> When | None:
        if block.kind not in ("item", "text", "heading") or not block.text:
            return None
        return leading_when(inline.words(block.text), self._own, loose=self._loose)

    def _is_day_row(self, block: Block, when: When) -> bool:
        if not when.is_day or (when.problem and not when.unread):
            return False
        rest = inline.words(block.text)[when.end :].strip(" .:*_")
        return not rest

    def _timed_row(self, block: Block, when: When) -> Iterator[Row]:
        house, text = house_head(block.text)
        text, details = house_tail(text)
        found = inline.plain(text)
        rest = found.text[when.end :].strip()
        if when.is_day:
            lead = found.text[: when.end]
            yield Row(
                "day", block.line, "", when, links=found.links, images=found.images, lead=lead
            )
            if rest.strip(" .:"):
                yield Row(
                    "outro",
                    block.line,
                    blocks=[replace(block, kind="text", text=rest, source=rest)],
                )
            return
        if not house:
            house, rest = emphasised_kind(text, rest)
        row = Row("entry", block.line, rest, when, house, links=found.links, images=found.images)
        # No moment says the name of a city in the writer's words.
        row.lead = f"{city_time.removed(found.text[: when.end])} {house}"
        apply_details(row, details)
        yield row

    def _untimed(self, block: Block) -> Row:
        house, text = house_head(block.text)
        text, details = house_tail(text)
        found = inline.plain(text)
        body = found.text.removeprefix(":").strip() if house else found.text
        row = Row("entry", block.line, body, None, house, links=found.links, images=found.images)
        row.when = self._inner_time(body)
        if headed := day_at_head(block.text, body):
            row.lead, row.text = headed.lead, headed.rest
            inner = self._inner_time(headed.rest)
            row.when = replace(inner, day=inner.day or headed.when.day) if inner else headed.when
        apply_details(row, details)
        return row

    def _inner_time(self, text: str) -> When | None:
        """The time that a sentence tells: "forwarded to the team at 3:17 PM"."""
        if labelled := labelled_when(text, self._own):
            return replace(labelled, begin=0, end=0, unread="", day_words="")
        translated = translate(text[:2000])
        for lead in _INNER.finditer(translated):
            if lead["lead"].startswith(","):
                continue
            when = scan_when(translated[lead.end() :], self._own)
            if when is not None and when.clock is not None:
                # Its words stay where they are.
                return replace(when, begin=0, end=0, unread="", day_words="")
        return None

    def _extend(self, entry: Row, block: Block) -> None:
        if block.kind == "code":
            entry.text = f"{entry.text}\n{fenced(block)}".strip()
            return
        found = inline.plain(block.text)
        mark = "- " if block.kind == "item" and entry.text and found.text else ""
        joint = "\n" if entry.text else ""
        entry.text = f"{entry.text}{joint}{mark}{found.text}".strip()
        entry.links += found.links
        entry.images += found.images

    def _aside(self, rows: list[Row], block: Block, began: bool) -> None:
        kind: RowKind = "outro" if began else "intro"
        if rows and rows[-1].kind == kind:
            rows[-1].blocks.append(block)
        else:
            rows.append(Row(kind, block.line, blocks=[block]))

    def _image(self, rows: list[Row], block: Block) -> None:
        target = rows[-1] if rows else None
        if target is None:
            target = Row("intro", block.line)
            rows.append(target)
        target.images += inline.plain(block.text).images
