"""The rows of a timeline, whatever it is made of, with their times still as written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pmtui.core.vocabulary import KINDS
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.columns import columns_of
from pmtui.formats.reading.moments import (
    When,
    leading_when,
    scan_clock_safely,
    scan_when,
)
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.translation import translate

_KIND = "|".join(KINDS)
_HOUSE_HEAD = re.compile(
    rf"(?P<time>\*\*[^*]+\*\*)?(?P<gap> ?)(?P<mark>\*(?P<kind>{_KIND})\*)(?=:|\s|$)"
)
_CODE_TIME = re.compile(r"`([^`\n]{1,40})`")
_GLUED_BOLD = re.compile(r"^(\*\*|__)[^*_\n]{1,60}?\1(?=\w)")
_HOUSE_TIME = re.compile(r"\*\*[^*]+\*\*(?::\s*|$)")
_HOUSE_TAIL = re.compile(r"\s*— \*(?P<details>(?:by|from|\[link\]\(|<)[^\n]*)\*\s*$")
_LABEL_START = re.compile(r"[A-ZÀ-Ý][\w /'-]{1,40}:\s")
_INNER = re.compile(
    r"(?P<lead>\b(?:at|by|around|about|from|until|after|before|à|às|um|gegen|vers|a las?|hacia)\s+"
    r"(?:approximately |about |around |roughly )?|[(\[]\s*|,\s+)(?=[0-9])",
    re.IGNORECASE,
)
_PROSE_TIME = re.compile(
    r"\b(?:at|by|around|about|from|until|à|às|um|gegen|vers|a las?|hacia|shortly after"
    r"|just after)\s+"
    r"(?:approximately |about |around |roughly )?(?=[0-9])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)*_]*\s+(?=[\"'“(*_]*[A-ZÀ-Ý0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|etc|vs|Dr|Mr|Mrs|Ms|No"
    r"|St)\.)\s*$",
    re.I,
)
_CLAUSE = re.compile(
    r",?\s+(?=(?:and|then|and then|while)\s+(?:at|by"
    r"|around)\s+\W{0,3}[0-9])",
    re.I,
)

RowKind = Literal["entry", "day", "intro", "outro"]


@dataclass(slots=True)
class Row:
    """A row: an entry, a day that the following ones belong to, or text around the entries.

    `text` is plain for an entry, `lead` the written time that was cut from it.
    `blocks` is what an intro or outro is made of.
    """

    kind: RowKind
    line: int
    text: str = ""
    when: When | None = None
    event: str = ""
    who: str = ""
    source: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    lead: str = ""


def rows_of(blocks: Sequence[Block], own: str = "", *, ours: bool = False) -> list[Row]:
    """The rows of a timeline made of `blocks`; `own` is the zone of the incident.

    In a document of `ours` a time ends with a colon, whatever follows.
    """
    if not ours:
        blocks = [replace(block, text=_loosened(block.text)) for block in blocks]
    scanner = _Scanner(own, ours=ours)
    strict = scanner.rows(blocks)
    timed = sum(1 for row in strict if row.when and row.when.clock)
    entries = sum(1 for row in strict if row.kind == "entry")
    if not ours and (timed * 2 <= entries or not entries):
        loose = _Scanner(own, loose=True).rows(blocks)
        if sum(1 for row in loose if row.when and row.when.clock) > timed:
            return loose
    return strict


def count_timed(blocks: Sequence[Block]) -> tuple[int, int]:
    """How many of the lines and items begin with a time, and how many there are."""
    lines = [block for block in blocks if block.kind in ("item", "text") and block.text.strip()]
    timed = sum(1 for block in lines if _timed(leading_when(inline.words(block.text))))
    for block in blocks:
        if block.kind == "table":
            kinds = columns_of(block.rows)
            timed += (len(block.rows) - 1) * ("time" in kinds)
            lines += [block] * (len(block.rows) - 1)
    return timed, len(lines)


def _timed(when: When | None) -> bool:
    return when is not None and not when.is_day


class _Scanner:
    def __init__(self, own: str, *, loose: bool = False, ours: bool = False) -> None:
        self._own = own
        self._ours = ours
        self._loose = loose

    def rows(self, blocks: Sequence[Block]) -> list[Row]:
        whens = {id(block): self._when(block) for block in blocks}
        timed = [block for block in blocks if _timed(whens[id(block)])]
        tables = [block for block in blocks if block.kind == "table"]
        codes = [block for block in blocks if block.kind == "code" and self._code_is_timed(block)]
        if not tables and not codes and self._is_told(blocks, timed):
            return list(self._prose(blocks))
        questions = [b for b in blocks if b.kind == "text" and b.text.rstrip().endswith("?")]
        if len(questions) > max(1, len(timed)) and not tables and not codes:
            return list(self._answers(blocks))
        if not timed and not tables and not codes:
            prose = list(self._prose(blocks))
            if any(row.kind == "entry" for row in prose):
                return prose
        depths = [block.depth for block in timed if block.kind in ("item", "text")]
        # A heading of the list may be timed by accident: the depth that most entries have counts.
        base = max(set(depths), key=lambda d: (depths.count(d), -d), default=None)
        by_list = sum(b.kind == "item" for b in timed) * 2 > len(depths) or (
            not timed and any(b.kind == "item" for b in blocks)
        )
        if base is None:
            base = min((b.depth for b in blocks if b.kind == "item"), default=0)
        last_timed = max(
            (blocks.index(b) for b in (timed[-1:] + tables[-1:] + codes[-1:])), default=-1
        )
        return self._walk(blocks, whens, base, by_list, last_timed)

    def _is_told(self, blocks: Sequence[Block], timed: Sequence[Block]) -> bool:
        """Whether the times stand within sentences: "At 10:00, ... By 10:15, ..."."""
        if not timed or any(block.kind != "text" or block.depth for block in timed):
            return False
        if any(inline.words(block.text)[:1].isdigit() for block in timed):
            return False
        texts = [inline.words(block.text) for block in blocks if block.kind == "text"]
        told = sum(1 for text in texts for part in _sentences(text) if next(self._told(part), None))
        return told > 1.4 * len(timed)

    def _walk(
        self,
        blocks: Sequence[Block],
        whens: dict[int, When | None],
        base: int,
        by_list: bool,
        last: int,
    ) -> list[Row]:
        rows: list[Row] = []
        headed = False
        level = 0
        began = False
        for at, block in enumerate(blocks):
            when = whens[id(block)]
            entry = rows[-1] if rows and rows[-1].kind == "entry" else None
            if block.kind == "rule":
                continue
            if block.kind == "table":
                rows += self._table(block)
                began, headed = True, False
            elif block.kind == "code" and self._code_is_timed(block):
                rows += self._code(block)
                began, headed = True, False
            elif block.kind == "heading":
                headed = when is not None and not when.is_day
                if when is None:
                    self._aside(rows, block, began)
                    if entry is not None and level and block.level > level:
                        headed = True
                else:
                    rows += self._timed_row(block, when)
                    began = began or headed
                    level = block.level
            elif when is not None and (_timed(when) or self._is_day_row(block, when)):
                deeper = block.kind == "item" and block.depth > base and entry is not None
                if (
                    deeper
                    and _timed(when)
                    and entry is not None
                    and entry.when
                    and _timed(entry.when)
                    and not headed
                ):
                    self._extend(entry, block)
                else:
                    rows += self._timed_row(block, when)
                    began = began or _timed(when)
            elif self._is_image(block):
                self._image(rows, block)
            elif headed and entry is not None:
                self._extend(entry, block)
            elif block.kind == "item":
                if block.depth > base and entry is not None:
                    self._extend(entry, block)
                elif _is_about(block, began) or (not by_list and began and at > last):
                    self._aside(rows, block, began)
                else:
                    rows.append(self._untimed(block))
                    began = True
            elif block.kind == "text":
                self._text(rows, block, blocks, at, base, by_list, last, began)
            elif block.kind in ("code", "quote") and block.depth and entry is not None:
                self._extend(entry, block)
            else:
                self._aside(rows, block, began)
        return rows

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
        if entry is not None and (
            not entry.text or (block.depth and block.depth >= base and by_list)
        ):
            self._extend(entry, block)
        elif not began or (by_list and not _LABEL_START.match(block.text)) or by_list:
            self._aside(rows, block, began)
        else:
            labelled = bool(_LABEL_START.match(inline.words(block.text[:120])))
            short = len(block.text) < 250
            joined = at > 0 and blocks[at - 1].end == block.line
            if at < last:
                if entry is not None and not labelled and not short:
                    self._extend(entry, block)
                else:
                    rows.append(self._untimed(block))
            elif labelled or (joined and short and entry is not None):
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
        house, text = _house_head(block.text)
        text, details = _house_tail(text)
        found = inline.plain(text)
        rest = found.text[when.end :].strip()
        if self._ours and (mark := _HOUSE_TIME.match(text)):
            found = inline.plain(text[mark.end() :])
            rest = found.text
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
        row = Row("entry", block.line, rest, when, house, links=found.links, images=found.images)
        row.lead = f"{found.text[: when.end]} {house}"
        _apply_details(row, details)
        yield row

    def _untimed(self, block: Block) -> Row:
        house, text = _house_head(block.text)
        text, details = _house_tail(text)
        found = inline.plain(text)
        body = found.text.removeprefix(":").strip() if house else found.text
        row = Row("entry", block.line, body, None, house, links=found.links, images=found.images)
        row.when = self._inner_time(body)
        _apply_details(row, details)
        return row

    def _inner_time(self, text: str) -> When | None:
        """The time that a sentence tells: "forwarded to the team at 3:17 PM"."""
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
            entry.text = f"{entry.text}\n```\n{block.text}\n```".strip()
            return
        found = inline.plain(block.text)
        mark = "- " if block.kind == "item" and entry.text else ""
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

    def _is_image(self, block: Block) -> bool:
        if block.kind != "text" or ("![" not in block.text and "<img" not in block.text):
            return False
        found = inline.plain(block.text)
        return not found.text and bool(found.images)

    def _image(self, rows: list[Row], block: Block) -> None:
        target = rows[-1] if rows else None
        if target is None:
            target = Row("intro", block.line)
            rows.append(target)
        target.images += inline.plain(block.text).images

    def _code_is_timed(self, block: Block) -> bool:
        lines = [line for line in block.text.split("\n") if line.strip()]
        timed = sum(1 for line in lines if _timed(leading_when(line, self._own)))
        return timed > 0 and timed * 3 >= len(lines)

    def _code(self, block: Block) -> Iterator[Row]:
        row: Row | None = None
        for at, line in enumerate(block.text.split("\n"), block.line + 1):
            if not line.strip():
                continue
            when = leading_when(line.strip(), self._own)
            if when is not None and _timed(when):
                if row is not None:
                    yield row
                row = Row(
                    "entry",
                    at,
                    line.strip()[when.end :].strip(),
                    when,
                    lead=line.strip()[: when.end],
                )
            elif when is not None and not line.strip()[when.end :].strip():
                if row is not None:
                    yield row
                row = None
                yield Row("day", at, "", when, lead=line)
            elif row is not None:
                row.text = f"{row.text}\n{line.strip()}".strip()
            else:
                row = Row("entry", at, line.strip())
        if row is not None:
            yield row

    def _table(self, block: Block) -> Iterator[Row]:
        names = columns_of(block.rows)
        has_header = names != _headless(block.rows) or not names
        header, body = block.rows[0], block.rows[1:]
        zone = " ".join(
            cell for cell, name in zip(header, names, strict=False) if name in ("time", "date")
        )
        if zone.strip():
            yield Row("intro", block.line, zone)
        if not has_header:
            body = block.rows
        for offset, cells in enumerate(body):
            row = self._table_row(cells, names, header, block.line + 2 + offset)
            if row is not None:
                yield row

    def _table_row(
        self, cells: Sequence[str], names: Sequence[str], header: Sequence[str], line: int
    ) -> Row | None:
        row = Row("entry", line)
        texts: list[str] = []
        more: list[str] = []
        stamps: dict[str, str] = {}
        for at, cell in enumerate(cells):
            found = inline.plain(cell)
            row.links += found.links
            row.images += found.images
            name = names[at] if at < len(names) else ""
            if name in ("date", "time", "zone", "until"):
                stamps[name] = found.text if name not in stamps else f"{stamps[name]} {found.text}"
            elif name in ("who", "source") and found.text.strip(" -–—") and not getattr(row, name):
                setattr(row, name, found.text)
            elif name == "kind" and found.text.lower().strip() in KINDS:
                row.event = found.text.lower().strip()
            elif name == "text":
                texts.append(found.text)
            elif found.text:
                title = inline.words(header[at]) if at < len(header) else ""
                more.append(f"{title}: {found.text}" if title and name != "more" else found.text)
        stamp = " ".join(filter(None, (stamps.get("date"), stamps.get("time"), stamps.get("zone"))))
        if until := stamps.get("until", ""):
            stamp = f"{stamp} - {until}" if stamp else until
        when = leading_when(stamp, self._own, loose=True) if stamp else None
        if when is not None and when.end < len(stamp) and stamp[when.end :].strip(" ,;-"):
            texts.append(f"({stamp[when.end :].strip()})")
        elif when is None and stamp:
            texts.append(f"({stamp})") if stamp.strip(" -–—?") else None
        row.when = when
        row.lead = stamp[: when.end] if when is not None else ""
        row.text = "\n".join(part for part in (*texts, *more) if part)
        if when is not None and when.is_day and not row.text:
            return Row("day", line, "", when, lead=stamp)
        if when is None and not row.text:
            return None
        return row

    def _answers(self, blocks: Sequence[Block]) -> Iterator[Row]:
        """Entries of questions and their answers, as assignments have them."""
        row: Row | None = None
        for block in blocks:
            if self._is_image(block):
                image = inline.plain(block.text).images
                if row is not None:
                    row.images += image
                else:
                    yield Row("intro", block.line, images=image)
            elif block.kind == "text" and block.text.rstrip().endswith("?"):
                if row is not None:
                    yield self._answered(row)
                row = Row("entry", block.line, source=inline.words(block.text))
            elif row is not None and block.kind in ("text", "item"):
                said = block.text.strip()
                if said.startswith("`") and said.endswith("`"):
                    said = said.strip("`")
                row.text = f"{row.text}\n{inline.words(said)}".strip()
            else:
                yield Row("intro" if row is None else "outro", block.line, blocks=[block])
        if row is not None:
            yield self._answered(row)

    def _answered(self, row: Row) -> Row:
        question, row.source = row.source, ""
        when = leading_when(row.text, self._own)
        if when is not None and _timed(when):
            rest = row.text[when.end :].strip()
            row.when = when
            row.lead = row.text[: when.end]
            row.text = "\n".join(part for part in (rest, question) if part)
        else:
            row.text = "\n".join(part for part in (row.text, question) if part)
        return row

    def _prose(self, blocks: Sequence[Block]) -> Iterator[Row]:
        """Entries of sentences that tell when: "By 10:30 we had ruled out the network"."""
        texts = [b for b in blocks if b.kind in ("text", "item")]
        sayings = [part for b in texts for part in _sentences(inline.words(b.text))]
        times = sum(1 for part in sayings if next(self._told(part), None))
        if times < 2:
            return
        row: Row | None = None
        for block in blocks:
            if block.kind not in ("text", "item"):
                if row is not None:
                    yield row
                    row = None
                yield Row("outro", block.line, blocks=[block])
                continue
            found = inline.plain(block.text)
            links, images = found.links, found.images
            for sentence in _sentences(found.text):
                when = next(self._told(sentence), None)
                if when is None and row is not None:
                    row.text = f"{row.text} {sentence}"
                    continue
                if row is not None:
                    yield row
                    row = None
                if when is None:
                    yield Row(
                        "intro",
                        block.line,
                        blocks=[replace(block, text=sentence, source=sentence)],
                        links=links,
                        images=images,
                    )
                else:
                    row = Row("entry", block.line, sentence, when, links=links, images=images)
                links, images = [], []
        if row is not None:
            yield row

    def _told(self, sentence: str) -> Iterator[When]:
        translated = translate(sentence[:2000])
        for lead in _PROSE_TIME.finditer(translated):
            when = scan_when(translated[lead.end() :], self._own)
            if when is not None and when.clock is not None:
                yield replace(when, begin=0, end=0, unread="", day_words="")
                return
        start = scan_when(translated, self._own)
        if start is not None and start.clock is not None:
            yield replace(start, begin=0, end=0, unread="", day_words="")


def _sentences(text: str) -> Iterator[str]:
    """The sentences of `text`, and the clauses of one that tells several times."""
    for sentence in sentences(text):
        yield from (part.strip() for part in _clauses(sentence))


def _clauses(sentence: str) -> list[str]:
    times = len(re.findall(r"[0-9]{1,2}:[0-9]{2}", sentence))
    if times < 2:
        return [sentence]
    parts: list[str] = []
    at = 0
    for joint in _CLAUSE.finditer(sentence):
        comma = joint.start() + (sentence[joint.start()] == ",")
        parts.append(sentence[at:comma])
        at = joint.end()
    return [*parts, sentence[at:]]


def sentences(text: str) -> list[str]:
    """The sentences of plain text, each with its marks."""
    found: list[str] = []
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[begin : end.start()]):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found


def _is_about(block: Block, began: bool) -> bool:
    """Whether an item before all others tells the zone of the entries."""
    return not began and label_of(_label_name(block.text)) == "timezone"


def _loosened(text: str) -> str:
    """`text` without the code marks of a time that it begins with, and with a gap after bold."""
    if code := _CODE_TIME.match(text):
        when = leading_when(code[1])
        if when is not None and when.clock is not None and when.end == len(code[1]):
            return f"{code[1]} {text[code.end() :]}"
    return _GLUED_BOLD.sub(r"\g<0> ", text, count=1)


def _label_name(text: str) -> str:
    return inline.words(text[:80]).partition(":")[0]


def _headless(rows: Sequence[Sequence[str]]) -> list[str]:
    first = [scan_clock_safely(translate(inline.words(cell)), 0) for cell in rows[0]]
    return ["time" if clock else "" for clock in first] if any(first) else []


def _house_head(text: str) -> tuple[str, str]:
    """The kind of an entry as the house Markdown marks it, and the text without that mark."""
    found = _HOUSE_HEAD.match(text)
    if found is None:
        return "", text
    return found["kind"], f"{found['time'] or ''}{text[found.end() :]}"


def _house_tail(text: str) -> tuple[str, str]:
    found = _HOUSE_TAIL.search(text)
    return (text[: found.start()], found["details"]) if found else (text, "")


def _apply_details(row: Row, details: str) -> None:
    """Who, source and link from the emphasised end of an entry, as the house Markdown writes it."""
    if not details:
        return
    row.links, kept = [], row.links
    rest = details
    if link := re.search(r"(?:, )?(?:\[link\]\((?P<a><[^>]*>|[^)\s]*)\))$", rest):
        row.links = [("link", inline.plain(f"[link]({link['a']})").links[0][1])]
        rest = rest[: link.start()]
    row.links += [pair for pair in kept if pair not in row.links]
    found = re.fullmatch(r"(?:by (?P<who>(?:\\.|[^,\\])*))?(?:, )?(?:from (?P<source>.*))?", rest)
    if found:
        row.who = inline.words(found["who"] or "")
        row.source = inline.words((found["source"] or "").replace("\\,", ","))
    elif rest:
        row.text = f"{row.text} — {inline.words(rest)}"
