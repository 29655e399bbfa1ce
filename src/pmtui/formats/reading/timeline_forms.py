"""Timelines that are no lists: tables, code, prose, questions with answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise

from pmtui.core.vocabulary import KINDS
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import INDENTED, Block
from pmtui.formats.reading.columns import columns_of
from pmtui.formats.reading.day_order import DAY_ORDER
from pmtui.formats.reading.house_entries import (
    apply_details,
    emphasised_kind,
    house_tail,
)
from pmtui.formats.reading.line_units import CHAT_LINE
from pmtui.formats.reading.moments import When, leading_when, scan_clock_safely, scan_when
from pmtui.formats.reading.rows import Row, is_timed
from pmtui.formats.reading.sentences import clauses_of
from pmtui.formats.reading.translation import MONTH_AND_DAY, translate

_PROSE_TIME = re.compile(
    r"\b(?:at|by|around|about|from|until|à|às|um|gegen|vers|a las?|hacia|shortly after"
    r"|just after)\s+"
    r"(?:approximately |about |around |roughly )?"
    rf"(?=[0-9]|{MONTH_AND_DAY})",
    re.IGNORECASE,
)


def _headless(rows: Sequence[Sequence[str]]) -> list[str]:
    first = [scan_clock_safely(translate(inline.words(cell)), 0) for cell in rows[0]]
    return ["time" if clock else "" for clock in first] if any(first) else []


def chat_lines(blocks: Sequence[Block]) -> list[Block]:
    """The lines of a copied conversation that tell who spoke and when."""
    return [block for block in blocks if block.kind == "text" and CHAT_LINE.fullmatch(block.text)]


def chat_rows(own: str, blocks: Sequence[Block]) -> Iterator[Row]:
    """Entries of a copied conversation: "Ana  2:12 PM" and what she said below it."""
    row: Row | None = None
    for block in blocks:
        head = CHAT_LINE.fullmatch(block.text) if block.kind == "text" else None
        if head is not None:
            if row is not None:
                yield row
            row = Row("entry", block.line, when=leading_when(head["time"], own), who=head["who"])
            row.lead = head["time"]
        elif row is None:
            yield Row("intro", block.line, blocks=[block])
        else:
            found = inline.plain(block.text)
            row.text = f"{row.text}\n{found.text}".strip()
            row.links += found.links
            row.images += found.images
    if row is not None:
        yield row


def is_image(block: Block) -> bool:
    if block.kind != "text" or ("![" not in block.text and "<img" not in block.text):
        return False
    found = inline.plain(block.text)
    return not found.text and bool(found.images)


def is_timed_code(own: str, block: Block, *, loose: bool = False) -> bool:
    lines = [line for line in block.text.split("\n") if line.strip()]
    timed = sum(1 for line in lines if is_timed(leading_when(line, own, loose=loose)))
    return timed > 0 and timed * 3 >= len(lines)


def code_rows(own: str, block: Block, *, loose: bool = False) -> Iterator[Row]:
    row: Row | None = None
    for at, line in enumerate(block.text.split("\n"), block.line + 1):
        if not line.strip():
            continue
        when = leading_when(line.strip(), own, loose=loose)
        if when is not None and is_timed(when):
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


def table_rows(own: str, block: Block) -> Iterator[Row]:
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
        row = _table_row(own, cells, names, header, block.line + 2 + offset)
        if row is not None:
            yield row


def times_in(block: Block) -> Iterator[str]:
    """The texts of a block that may tell a time: a stamp for each row of a table, lines of code."""
    if block.kind == "code":
        yield from block.text.split("\n")
    elif block.kind == "table":
        names = columns_of(block.rows)
        for cells in block.rows:
            named = dict(zip(names, cells, strict=False))
            stamp = " ".join(filter(None, map(named.get, ("date", "time", "zone"))))
            yield stamp or cells[0]
    else:
        yield block.text


def _table_row(
    own: str, cells: Sequence[str], names: Sequence[str], header: Sequence[str], line: int
) -> Row | None:
    row = Row("entry", line)
    texts: list[str] = []
    more: list[str] = []
    stamps: dict[str, str] = {}
    for at, written in enumerate(cells):
        cell, details = house_tail(written)
        apply_details(row, details)
        found = inline.plain(cell)
        row.links += found.links
        row.images += found.images
        name = names[at] if at < len(names) else ""
        if name in ("date", "time", "zone", "until"):
            stamp = _bare(found.text)
            stamps[name] = stamp if name not in stamps else f"{stamps[name]} {stamp}"
        elif name in ("who", "source") and found.text.strip(" -–—") and not getattr(row, name):
            setattr(row, name, found.text)
        elif name == "kind" and found.text.lower().strip() in KINDS:
            row.event = found.text.lower().strip()
        elif name == "text":
            event, said = emphasised_kind(cell, found.text)
            row.event = event or row.event
            texts.append(said)
        elif found.text:
            title = inline.words(header[at]) if at < len(header) else ""
            more.append(f"{title}: {found.text}" if title and name != "more" else found.text)
    stamp = " ".join(filter(None, (stamps.get("date"), stamps.get("time"), stamps.get("zone"))))
    if until := stamps.get("until", ""):
        stamp = f"{stamp} - {until}" if stamp else until
    when = leading_when(stamp, own, loose=True) if stamp else None
    if when is not None and when.end < len(stamp) and stamp[when.end :].strip(" ,;-"):
        texts.append(f"({stamp[when.end :].strip()})")
    elif when is None and stamp:
        texts.append(f"({stamp})") if stamp.strip(" -–—?:") else None
    row.when = when
    row.lead = f"{stamp[: when.end]} {row.event}" if when is not None else ""
    row.text = "\n".join(part for part in (*texts, *more) if part)
    if when is not None and when.is_day and not row.text:
        return Row("day", line, "", when, lead=stamp)
    if when is None and not row.text:
        return None
    return row


def questions_among(blocks: Sequence[Block]) -> list[Block]:
    """The lines that ask what others answer: with a mark, or each above lines that stand in."""
    marked = [b for b in blocks if b.kind == "text" and b.text.rstrip().endswith("?")]
    above = [
        block
        for block, below in pairwise(blocks)
        if block.kind == below.kind == "text" and _stands_in(below) and not _stands_in(block)
    ]
    return max(marked, above if len(above) >= _FEWEST_ASKED else [], key=len)


_FEWEST_ASKED = 3
"""The lines above others that stand in which are taken for questions without a mark."""


def _stands_in(block: Block) -> bool:
    return block.mark == INDENTED or block.depth > 0


def answer_rows(own: str, blocks: Sequence[Block]) -> Iterator[Row]:
    """Entries of questions and their answers, as assignments have them."""
    asked = set(map(id, questions_among(blocks)))
    row: Row | None = None
    for block in blocks:
        if is_image(block):
            image = inline.plain(block.text).images
            if row is not None:
                row.images += image
            else:
                yield Row("intro", block.line, images=image)
        elif id(block) in asked:
            if row is not None:
                yield _answered(own, row)
            row = Row("entry", block.line, source=inline.words(block.text))
        elif row is not None and block.kind in ("text", "item"):
            row.text = f"{row.text}\n{inline.words(_bare(block.text))}".strip()
        else:
            yield Row("intro" if row is None else "outro", block.line, blocks=[block])
    if row is not None:
        yield _answered(own, row)


def _bare(text: str) -> str:
    """`text` without the marks of code around the whole of it."""
    text = text.strip()
    return text.strip("`") if text.startswith("`") and text.endswith("`") else text


def _answered(own: str, row: Row) -> Row:
    question, row.source = row.source, ""
    when = leading_when(row.text, own)
    if when is not None and is_timed(when):
        rest = row.text[when.end :].strip()
        row.when = when
        row.lead = row.text[: when.end]
        row.text = "\n".join(part for part in (rest, question) if part)
    else:
        row.when = next(told(own, row.text), None)
        row.text = "\n".join(part for part in (row.text, question) if part)
    return row


def prose_rows(own: str, blocks: Sequence[Block]) -> Iterator[Row]:
    """Entries of sentences that tell when: "By 10:30 we had ruled out the network"."""
    texts = [b for b in blocks if b.kind in ("text", "item")]
    sayings = [part for b in texts for part in clauses_of(inline.words(b.text))]
    times = sum(1 for part in sayings if next(told(own, part), None))
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
        for sentence in clauses_of(found.text):
            when = next(told(own, sentence), None)
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
                lead, said = _after_time(own, sentence)
                row = Row("entry", block.line, said, when, links=links, images=images, lead=lead)
            links, images = [], []
    if row is not None:
        yield row


_AT = re.compile(r"(?:at|by|à|às|um|a las?)\s+(?:about |around |approximately )?(?=[0-9])", re.I)


def _after_time(own: str, sentence: str) -> tuple[str, str]:
    """The time that a sentence begins with, and what it says then; "" where it stands inside."""
    lead = _AT.match(sentence)
    when = scan_when(translate(sentence[lead.end() :][:200]), own) if lead else None
    if lead is None or when is None or when.clock is None or when.until or when.unread:
        return "", sentence
    end = lead.end() + when.clock.end
    rest = re.match(r"(?:\s*\(?[A-Z]{2,5}\)?(?![\w]))?\s*[,:]?\s+(?=\S)", sentence[end:])
    if rest is None or when.day is not None:
        return "", sentence
    end += rest.end()
    return sentence[:end], sentence[end:]


def told(own: str, sentence: str) -> Iterator[When]:
    """The time that a sentence tells, if it tells one."""
    if when := _told(own, sentence[:2000], DAY_ORDER.get()):
        yield when


@lru_cache(maxsize=20_000)
def _told(own: str, sentence: str, order: str) -> When | None:
    """The same; `order` only tells one answer from another."""
    translated = translate(sentence)
    leads = (lead.end() for lead in _PROSE_TIME.finditer(translated))
    for start in chain(leads, (0,)):
        when = scan_when(translated[start:], own)
        if when is not None and when.clock is not None:
            return replace(when, begin=0, end=0, unread="", day_words="")
    return None
