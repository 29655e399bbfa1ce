"""Puts the parts of a source together into one document."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pmtui.core.document import (
    Person,
    Postmortem,
    Section,
)
from pmtui.core.ids import derived_id
from pmtui.core.text import one_line, replace_controls
from pmtui.formats.reading import facts, inline
from pmtui.formats.reading.blocks import Block, Source, fenced
from pmtui.formats.reading.code_bodies import open_code
from pmtui.formats.reading.day_order import DAY_ORDER, order_of
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.drawn import repeated_drawings
from pmtui.formats.reading.escaped import unescaped
from pmtui.formats.reading.frames import without_frames
from pmtui.formats.reading.front import Front, read_front
from pmtui.formats.reading.handlers import handle, is_scope
from pmtui.formats.reading.house import head_line, house_parts, is_ours, stated_zone
from pmtui.formats.reading.html_blocks import read_html
from pmtui.formats.reading.item_headings import headings_lifted
from pmtui.formats.reading.main_headings import main_headings
from pmtui.formats.reading.making import make_document
from pmtui.formats.reading.markdown_blocks import read_markdown
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import folded
from pmtui.formats.reading.outline import parts_of
from pmtui.formats.reading.parts import Part
from pmtui.formats.reading.parts_recognised import recognise_parts
from pmtui.formats.reading.prepare import prepared
from pmtui.formats.reading.references import from_wiki, written_out
from pmtui.formats.reading.report import Imported, Report
from pmtui.formats.reading.rows import leads_taken
from pmtui.formats.reading.status_updates import with_updates
from pmtui.formats.reading.survival import in_sight, lost_lines, note
from pmtui.formats.reading.time_handlers import is_derived
from pmtui.formats.reading.timeline_forms import times_in
from pmtui.formats.reading.titles import find_title
from pmtui.formats.reading.wrapped import unwrapped
from pmtui.formats.reading.zone_hints import hinted_zone


def assemble(text: str, report: Report, *, html: bool, day: date | None, timezone: str) -> Imported:
    """The document in `text`; what there is to say about it goes into `report`."""
    lines = text.split("\n")
    ours = not html and is_ours(lines[read_front(lines).end :])
    lines = lines if ours else from_wiki(lines)
    order, remark, line = order_of(lines)
    if remark and not ours:
        report.add(line + 1, remark)
    before = DAY_ORDER.set(order)
    try:
        return _assembled(lines, report, html=html, ours=ours, day=day, timezone=timezone)
    finally:
        DAY_ORDER.reset(before)


def _assembled(
    lines: list[str], report: Report, *, html: bool, ours: bool, day: date | None, timezone: str
) -> Imported:
    exact = html or ours
    lines = lines if exact else unescaped(lines)
    resolved, unused = (lines, []) if exact else written_out(unwrapped(lines))
    source = Source(resolved)
    draft = Draft(source, report)
    draft.links += unused
    page_title = ""
    front = read_front(lines)
    if html:
        blocks, page_title = read_html("\n".join([*[""] * front.end, *lines[front.end :]]))
    else:
        rest = [*[""] * front.end, *resolved[front.end :]]
        blocks = read_markdown(rest, report, exact=ours)
    written = blocks
    if not ours:
        blocks = with_updates(blocks)
    title, skip = find_title(blocks)
    alone = bool(skip) and not _is_one_of_many(written, blocks[skip - 1])
    before = list(blocks[: max(0, skip - 1)])
    said = _front(front, draft)
    if said and title and _same(said, title):
        title = said
    elif said:
        if alone:
            # The page has a title of its own, beside that of its front matter.
            draft.keep_text(blocks[skip - 1].text, "", 2, "")
        elif title:
            skip, before = (skip - 1 if skip else 0), []
        title = said
    if html and not title:
        title = page_title
    elif html and page_title and not _same(page_title, title):
        draft.keep_text(page_title, "", 2, "")
    draft.house = ours and not front.end and head_line(blocks) is not None
    if draft.house:
        title = inline.words(blocks[0].text) if blocks[0].kind == "heading" else ""
        parts = house_parts(blocks, lines)
    else:
        drawn = repeated_drawings(blocks)
        draft.taken += [f"{block.mark} {block.text}" for block in drawn]
        told = [block for block in (*before, *blocks[skip:]) if block not in drawn]
        parts = parts_of(prepared(headings_lifted(without_frames(told))))
        recognise_parts(parts)
        open_code(parts, report)
    draft.report.headings = main_headings(parts, written)
    if draft.report.headings and html and _same_start(title, draft.report.headings[0]):
        # A page says its title once more above its text.
        draft.report.headings = draft.report.headings[1:]
    draft.zone = facts.zone_named(timezone).name if timezone else ""
    _find_zone(parts, draft, title)
    for part in parts:
        handle(part, draft)
    document = make_document(draft, title, day)
    texts = [*lines[: front.end], *(_block_text(block) for block in written)] if html else lines
    taken = [*leads_taken(draft.rows), *_house_texts(parts)]
    if not draft.house and (lost := lost_lines(texts, taken + draft.taken, document)):
        names = {folded(part.heading) for part in parts if part.name and part.heading}
        shown_lines, hidden = in_sight(lost, names)
        document = _with_rest(document, ["\n\n".join(shown_lines), note(hidden) if hidden else ""])
    return Imported(document, report)


def _is_one_of_many(blocks: Sequence[Block], first: Block) -> bool:
    """Whether the first heading is a section: others stand at its level, and none above them."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    return first.kind == "heading" and first.level > 1 and levels.count(first.level) > 1


def _with_rest(document: Postmortem, bodies: Sequence[str]) -> Postmortem:
    """The document with what no field took as sections at its end."""
    sections = list(document.sections)
    for body in filter(None, map(replace_controls, bodies)):
        fresh = derived_id(body, {section.id for section in sections})
        sections.append(Section(id=fresh, body=body, after="conclusion"))
    return document.revise(sections=tuple(sections))


def _block_text(block: Block) -> str:
    cells = " ".join(cell for row in block.rows for cell in row)
    return f"{block.text} {cells}".strip()


def _house_texts(parts: Sequence[Part]) -> list[str]:
    """Lines that the house Markdown works out again: lengths of time, the scope of the timeline."""
    texts: list[str] = []
    for part in parts:
        for block in part.blocks:
            if is_derived(block) or (part.name == "timeline" and is_scope(block)):
                texts.append(block.text)
    return texts


def _same(one: str, other: str) -> bool:
    def bare(text: str) -> str:
        return re.sub(r"\W+", " ", text).strip().casefold()

    return bare(one) == bare(other)


def _same_start(title: str, heading: str) -> bool:
    """Whether one of the two begins with the words of the other, two at least."""
    one, other = (folded(text).split() for text in (title, heading))
    least = min(len(one), len(other))
    return least > 1 and one[:least] == other[:least]


_FRONT_TIMES = {
    **dict.fromkeys(("started", "started_at", "start", "start_time", "incident_start"), "started"),
    **dict.fromkeys(
        ("resolved", "resolved_at", "resolvedwhen", "end", "end_time", "ended", "incident_end"),
        "resolved",
    ),
    **dict.fromkeys(("detected", "detected_at"), "detected"),
}
"""Keys of front matter whose value is a moment of the incident."""


def _front(front: Front, draft: Draft) -> str:
    """Takes what front matter says; the title is given, what is not understood is kept."""
    used: set[str] = set()
    title = ""
    for key, value in front.values.items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if key == "title" and words:
            title = one_line(words)
            used.add(key)
        elif key in ("author", "authors") and words:
            names = value if isinstance(value, list) else re.split(r",\s+", words)
            draft.people += [Person(name=one_line(str(name)), role="Author") for name in names]
            used.add(key)
        elif key == "severity" and words:
            draft.fields["severity"] = one_line(words)
            used.add(key)
        elif key in ("tags", "keywords", "labels") and isinstance(value, list):
            draft.fields["tags"] = tuple(one_line(str(tag)) for tag in value)
            used.add(key)
        elif key in ("timezone", "tz") and words:
            draft.zone_from = words
        elif (name := _FRONT_TIMES.get(re.sub(r"[ -]", "_", key))) and re.search(
            r"[0-9]:[0-9]", words
        ):
            draft.times.setdefault(name, (words, front.lines[key][0]))
            draft.durations.append((f"{key}: {words}", front.lines[key][0]))
            used.add(key)
        elif (
            key
            in ("date", "incident_date", "incident date", "incident-date", "sent", "data", "fecha")
            and words
        ):
            draft.fields["date"] = (words, front.lines[key][0])
            if key.startswith("incident"):
                draft.fields["labelled_date"] = draft.fields["date"]
        elif key in ("id", "incident", "reference", "incident_id") and words:
            draft.fields["reference"] = one_line(words)
            used.add(key)
    kept = [
        line
        for at, line in enumerate(draft.source.lines[: front.code])
        if not any(begin <= at < end for key, (begin, end) in front.lines.items() if key in used)
    ]
    body = [
        line.strip() for line in kept if line.strip() and line.rstrip() not in ("---", "+++", "...")
    ]
    if body:
        draft.keep_text("  \n".join(body), "", 2, "")
    if front.code < front.end:
        code = "\n".join(draft.source.lines[front.code : front.end]).strip("\n")
        draft.keep_text(fenced(Block("code", code, front.code, front.end)), "", 2, "conclusion")
    return title


def _find_zone(parts: Sequence[Part], draft: Draft, title: str) -> None:
    """The incident's zone, as its heading, its window or its entries write it."""
    if draft.zone:
        return
    if draft.house:
        draft.zone = stated_zone(parts)
        return
    day = _any_day(parts, title)
    candidates: list[tuple[str, str, int]] = []
    if draft.zone_from:
        candidates.append((draft.zone_from, "the front matter", 0))
    for part in parts:
        if part.name == "timezone":
            candidates.append((" ".join(b.text for b in part.blocks), "its own line", part.line))
    candidates += _zones_of_all_times(parts)
    timelines = [part for part in parts if part.name == "timeline"]
    for part in timelines:
        candidates.append((part.heading, "the heading of the timeline", part.line))
        for block in part.blocks[:4]:
            plain = inline.words(block.text)
            when = leading_when(plain) if block.kind in ("text", "item") else None
            if block.kind in ("text", "item") and (when is None or when.is_day):
                candidates.append((plain, "the beginning of the timeline", block.line))
            elif block.kind == "table":
                candidates.append((" ".join(block.rows[0]), "the heading of the table", block.line))
    if zone := _zone_of_all_entries(timelines, day):
        draft.zone, draft.zone_from = zone, "the entries"
        _report_other_zone(parts, draft, day)
        return
    for name in (
        "duration",
        "started",
        "resolved",
        "times",
        "summary",
        "detected",
        "impact",
        "preamble",
    ):
        for part in parts:
            if part.name == name:
                for block in part.blocks:
                    candidates.append((inline.words(block.text), "the summary", block.line))
    house = re.compile(r"All times are in (?P<label>[^\s().]+) \((?P<name>[^()]+)\)")
    for text, where, line in candidates:
        named = house.search(text)
        found = facts.zone_named(named["name"], day) if named else facts.find_zone(text, day)
        if found.problem:
            draft.report.add(line + 1, found.problem, "timezone")
        if found.name:
            draft.zone = found.name
            draft.zone_from = where
            return
    _zone_of_entries(timelines, draft, day)
    if not draft.zone:
        _zone_of_places(parts, draft, title)


_ALL_TIMES = re.compile(
    r"\ball (?:the )?times (?:(?:are|is) )?(?:in )?[A-Z(].{0,40}", re.IGNORECASE
)


def _zones_of_all_times(parts: Sequence[Part]) -> Iterator[tuple[str, str, int]]:
    """The lines and headings that name the zone of all times, wherever they stand."""
    for part in parts:
        for text, line in ((part.heading, part.line), *((b.text, b.line) for b in part.blocks)):
            if len(text) < _SHORT_LINE and (found := _ALL_TIMES.search(text)):
                yield found.group(), "a line about all times", line


_SHORT_LINE = 160
"""The characters of a line that says nothing else."""


def _zone_of_places(parts: Sequence[Part], draft: Draft, title: str) -> None:
    """The zone of an abbreviation of several, where the document tells which is meant."""
    texts = [title, *(_block_text(block) for part in parts for block in part.blocks)]
    zone, short, why = hinted_zone([text[:2000] for text in texts])
    if zone:
        draft.zone, draft.zone_from = zone, "a hint"
        draft.report.add(0, f"{short} was taken for {zone}, {why}")


def _report_other_zone(parts: Sequence[Part], draft: Draft, day: date | None) -> None:
    """Tells where the summary names another zone than all entries do."""
    for part in parts:
        if part.name not in ("duration", "started", "resolved", "times", "summary"):
            continue
        for block in part.blocks:
            found = facts.find_zone(inline.words(block.text), day)
            if found.name and found.name != draft.zone:
                draft.report.add(
                    block.line + 1, f"{found.written} is told here, {draft.zone} by the entries"
                )
                return


def _zone_of_all_entries(timelines: Sequence[Part], day: date | None) -> str:
    """The zone that each entry of a list names; "" where one names none or another."""
    written: set[str] = set()
    for part in timelines:
        for block in part.blocks:
            if block.kind in ("item", "text", "table"):
                whens = [leading_when(inline.words(text)) for text in times_in(block)]
                written |= {when.zone for when in whens if when is not None and when.clock}
    return facts.zone_named(written.pop(), day).name if len(written) == 1 else ""


_SIGNS_OF_ZONES = tuple(
    re.compile(sign, re.ASCII)
    for sign in (
        *(r"[A-Z][A-Z]", r"[+\u2212-](?<!\w.)\s?\d", r"/(?<=\w.)\w", r"\dz\b"),
        *(r"utc\b(?<!\w...)", r"gmt\b(?<!\w...)", r"time\b(?<!\w....)"),
    )
)
"""What is in every name of a zone: two capitals, an offset, a slash, or one of these words.

To look for each by itself is far quicker than to look for all at once.
"""


def _may_name_zone(text: str) -> bool:
    return any(sign.search(text) for sign in _SIGNS_OF_ZONES)


def _zone_of_entries(timelines: Sequence[Part], draft: Draft, day: date | None) -> None:
    counted: dict[str, int] = {}
    for part in timelines:
        # Among entries code is what they quote.
        lists = any(block.kind in ("item", "table") for block in part.blocks)
        for block in part.blocks:
            if block.kind == "code" and lists:
                continue
            for text in times_in(block):
                words = inline.words(text)[:120].replace("`", "")
                when = leading_when(words, loose=True)
                if (when is None or not when.zone) and _may_name_zone(words):
                    when = facts.find_when(words)
                if when is not None and when.zone:
                    counted[when.zone] = counted.get(when.zone, 0) + 1
    for written in sorted(counted, key=lambda name: -counted[name]):
        found = facts.zone_named(written, day)
        if found.name:
            draft.zone, draft.zone_from = found.name, "the entries"
            return


def _any_day(parts: Sequence[Part], title: str) -> date | None:
    if day := facts.find_day(title):
        return day
    for part in parts[:12]:
        for block in part.blocks[:3]:
            if day := facts.find_day(inline.words(block.text)[:400]):
                return day
    return None
