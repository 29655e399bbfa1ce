"""What is done with each part of a document: one function a part, found by its name."""

import re
from collections.abc import Callable, Iterator, Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.actions import read_actions
from pmtui.formats.reading.around_actions import promised
from pmtui.formats.reading.blocks import Block, fenced
from pmtui.formats.reading.draft import PLACE_OF, Draft
from pmtui.formats.reading.facts import find_day
from pmtui.formats.reading.head_handlers import (
    drill,
    line,
    linked,
    links,
    note_facts,
    note_window,
    one,
    people,
    several,
    stated_date,
    status,
    trimmed,
    zone,
)
from pmtui.formats.reading.house_items import house_action, house_items
from pmtui.formats.reading.house_rows import house_rows
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.parts import Part
from pmtui.formats.reading.rows import Row
from pmtui.formats.reading.status_updates import STAMPED
from pmtui.formats.reading.time_handlers import (
    DERIVED,
    STATED,
    duration,
    is_derived,
    labelled,
    stated,
    times,
)
from pmtui.formats.reading.timelines import rows_of

_HOUSE_SCOPE = re.compile(
    r"(?:\w{3} [0-9]{1,2} \w{3} [0-9]{4}\.)?\s*"
    r"(?:All times are in [^\s().]+(?: \([^()]+\))?(?: / [^\s().]+(?: \([^()]+\))?)*\.)?"
)
_BARE_SCOPE = re.compile(
    r"(?:(?P<day>\w{3} [0-9]{1,2} \w{3} [0-9]{4}\.) )?"
    r"(?:Times are in|The time zone is|A time that names no zone) .* recorded without .*"
)
"""The same above times of which not all have a zone."""

_ALL_EVENTS = re.compile(
    r"\b(?:all|otherwise|every) .{0,40}\b(?:events?|times?|entries"
    r"|on)\b",
    re.IGNORECASE,
)


def handle(part: Part, draft: Draft) -> None:
    """Puts what `part` says into `draft`; a part without a handler is kept as a section."""
    if draft.house:
        _handle_ours(part, draft)
        return
    draft.place = (
        PLACE_OF.get(part.name, draft.place if part.name == "" else "summary") or draft.place
    )
    part.blocks = draft.without_images(part.blocks)
    if part.name in _MAY_STATE_FACTS:
        note_facts(part.blocks, draft)
        if not part.name:
            note_window(part.blocks, draft)
    handler = _HANDLERS.get(part.name, keep)
    handler(part, draft)


_MAY_STATE_FACTS = frozenset(("", "preamble", "summary", "impact"))
"""The parts of prose among whose lines severity and day may stand with a label."""


def _handle_ours(part: Part, draft: Draft) -> None:
    """The same for a part of our own Markdown, where a field is all that stands under its lead."""
    if part.name and part.name != "comment":
        around = {"preamble": "preamble", "summary": "summary"}.get(part.inside, part.name)
        draft.place = PLACE_OF.get(around, "summary")
    if part.name in ("preamble", "summary") and part.heading != "Issue Summary":
        part.blocks = draft.without_images(part.blocks)
    if part.name in _OURS:
        draft.add_prose(_OURS[part.name], draft.source.cut(part.blocks))
    elif part.name == "cause":
        draft.causes.append((draft.source.cut(part.blocks), "cause", part.inside == "summary"))
    elif part.name == "duration":
        text = draft.source.cut(part.blocks)
        if text and not DERIVED.fullmatch(text):
            draft.durations.append((text, part.line))
    elif part.name == "" or part.blocks or part.name not in _HANDLERS:
        _HANDLERS.get(part.name, keep)(part, draft)


_OURS = {
    "summary": "summary",
    "impact": "impact",
    "trigger": "trigger",
    "detection": "detection",
    "resolution": "resolution",
    "conclusion": "conclusion",
}


def keep(part: Part, draft: Draft) -> None:
    """A section of its own kind, word for word."""
    level = part.section_level
    blocks = [block for block in part.blocks if block.kind != "rule" or len(part.blocks) > 1]
    if not part.name and not draft.house:
        blocks = _without_promised(blocks, draft, outright=True)
    if not draft.rows:
        draft.others += [
            (inline.words(block.text), block.line) for block in blocks[:6] if block.text
        ]
    draft.keep(trimmed(blocks), heading=part.heading, level=level, alone=draft.house)


def _preamble(part: Part, draft: Draft) -> None:
    blocks = [b for b in trimmed(part.blocks) if b.kind != "rule"]
    for block in blocks:
        draft.texts.append((inline.words(block.text), block.line))
    if blocks:
        draft.keep(blocks)


def _summary(part: Part, draft: Draft) -> None:
    blocks = [block for block in trimmed(part.blocks) if not is_derived(block)]
    blocks = blocks if draft.house else _without_promised(blocks, draft, outright=True)
    draft.add_prose("summary", draft.source.cut(blocks))
    for block in blocks:
        draft.texts.append((inline.words(block.text), block.line))


def _impact(part: Part, draft: Draft) -> None:
    blocks = trimmed(part.blocks)
    text = draft.source.cut(blocks)
    apart = part.inside not in ("summary", "preamble") and bool(part.heading)
    _stated_duration(blocks, draft)
    if draft.prose.get("impact") and apart:
        draft.keep(blocks, heading=part.heading, level=part.level if part.level <= 6 else 2)
        return
    draft.add_prose("impact", text)
    for block in blocks:
        plain = inline.words(block.text)
        draft.texts.append((plain, block.line))


def _stated_duration(blocks: Sequence[Block], draft: Draft) -> None:
    """Takes how long it lasted from a labelled line of the impact."""
    for block in blocks:
        label, value = labelled(block)
        if value and ":" in inline.words(block.text) and label_of(label) == "duration":
            draft.impact.setdefault("stated", (one(value), block.line))


def _cause(part: Part, draft: Draft) -> None:
    blocks = trimmed(part.blocks)
    brief = (part.is_label and part.inside in ("summary", "preamble")) or part.inside == "summary"
    draft.causes.append((draft.source.cut(blocks), part.name, brief))
    draft.texts.append(("", part.line))


def _prose(name: str) -> Callable[[Part, Draft], None]:
    def handler(part: Part, draft: Draft) -> None:
        blocks = _without_promised(trimmed(part.blocks), draft)
        draft.add_prose(name, draft.source.cut(blocks))

    return handler


def _without_promised(blocks: list[Block], draft: Draft, *, outright: bool = False) -> list[Block]:
    """The blocks without a list of things to do, which become actions."""
    listed = promised(blocks, outright=outright)
    if not listed:
        return blocks
    draft.actions += read_actions(listed, "improvements").found
    return [block for block in blocks if block not in listed]


def _factors(part: Part, draft: Draft) -> None:
    _listed(part, draft, draft.factors)


def _lesson(part: Part, draft: Draft) -> None:
    _listed(part, draft, draft.lessons.setdefault(part.name, []))


def _listed(part: Part, draft: Draft, into: list[str]) -> None:
    """Items, or paragraphs where there are none, each with what stands under it."""
    if draft.house:
        items, rest = house_items(trimmed(part.blocks), draft.source)
        into += [item.text for item in items]
        if rest:
            draft.keep(rest)
        return
    rest = []
    base = min((b.depth for b in part.blocks if b.kind == "item"), default=0)
    for block in trimmed(part.blocks):
        if block.kind in ("table", "quote", "comment", "rule", "heading"):
            rest.append(block)
        elif block.kind == "code" and into:
            into[-1] = f"{into[-1]}\n{fenced(block)}"
        elif block.kind == "item" and block.depth > base and into:
            into[-1] = f"{into[-1]}\n- {linked(block.text)}"
        elif block.kind == "text" and block.depth >= base > 0 and into:
            into[-1] = f"{into[-1]}\n{linked(block.text)}"
        elif block.text.strip():
            into.append(linked(block.text))
    if rest:
        draft.keep(rest)


def _whys(part: Part, draft: Draft) -> None:
    if draft.house and (found := house_items(trimmed(part.blocks), draft.source))[0]:
        items, around = found
        is_asked = bool(around) and around[0].kind == "text" and around[0].line < items[0].line
        question = linked(around.pop(0).text) if is_asked else ""
        draft.whys.append((one(question), [item.text for item in items]))
        if around:
            draft.keep(around)
        return
    question = ""
    answers: list[str] = []
    rest: list[Block] = []
    for block in trimmed(part.blocks):
        if block.kind == "item" and block.depth <= 1:
            answers.append(linked(block.text))
        elif block.kind in ("item", "text") and answers:
            answers[-1] = f"{answers[-1]}\n{linked(block.text)}"
        elif block.kind == "text" and not question and "\n" not in block.text:
            question = linked(block.text)
        else:
            rest.append(block)
    if rest and not answers:
        draft.add_prose("root_cause", draft.source.cut(part.blocks))
        return
    draft.whys.append((one(question), answers))
    if rest:
        draft.keep(rest)


def _lessons(part: Part, draft: Draft) -> None:
    blocks = _without_promised(trimmed(part.blocks), draft)
    if blocks:
        draft.keep(
            blocks,
            heading=part.heading,
            level=part.section_level,
            before=not draft.lessons,
        )


def _actions(part: Part, draft: Draft) -> None:
    category = part.name
    if draft.house:
        items, around = house_items(part.blocks, draft.source, detailed=True)
        actions = (house_action(item, category) for item in items)
        draft.actions += [action for action in actions if not action.is_empty]
        if around:
            draft.keep(around)
        return
    found = read_actions(part.blocks, category)
    draft.images += found.images
    draft.links += found.links
    if found.intro:
        draft.keep(found.intro, before=True)
    if found.told:
        draft.keep(found.told, heading=part.heading, level=part.section_level)
    draft.actions += found.found
    for block in found.outro:
        if block.kind == "text" and not block.depth:
            draft.prose.setdefault("closing", []).append(draft.source.cut([block]))
        else:
            draft.keep([block])


def _conclusion(part: Part, draft: Draft) -> None:
    draft.add_prose("conclusion", draft.source.cut(trimmed(part.blocks)))


def _timeline(part: Part, draft: Draft) -> None:
    if draft.house:
        rows = house_rows(part.blocks, draft.source, draft.zone)
        rows = [each for row in rows for each in _scoped(row, draft)]
    else:
        rows = rows_of(part.blocks, draft.zone)
    if any(block.mark == STAMPED for block in part.blocks):
        draft.others += [(row.text, row.line) for row in reversed(rows) if row.kind == "entry"]
    for row in rows:
        if row.kind == "intro" and row.blocks:
            kept = [block for block in row.blocks if not is_scope(block)]
            for block in row.blocks:
                if not draft.house and is_scope(block) and (day := find_day(block.text)):
                    draft.fields["usual_day"] = day
            for block in kept:
                said = inline.words(block.text)
                draft.others.append((said, block.line))
                if _ALL_EVENTS.search(said) and (day := find_day(said)):
                    draft.fields["usual_day"] = day
            if kept:
                draft.keep(kept, before=True)
        elif row.kind == "outro":
            draft.keep(row.blocks)
    draft.rows += rows


def _scoped(row: Row, draft: Draft) -> Iterator[Row]:
    """The day of all entries, where our Markdown states it above them.

    Where it says that times without a zone were recorded so, `draft` notes that; without a zone of
    the incident that is kept, since no field holds it.
    """
    is_line = row.kind == "intro" and [block.kind for block in row.blocks] == ["text"]
    told = inline.words(row.blocks[0].text) if is_line else ""
    bare = _BARE_SCOPE.fullmatch(told)
    draft.has_bare_times = draft.has_bare_times or bool(bare and draft.zone)
    when = leading_when(bare["day"] or "" if bare else told) if bare or _tells_scope(told) else None
    is_day = when is not None and when.is_day
    if is_day:
        yield Row("day", row.line, when=when)
    if (bare and not draft.has_bare_times) or not (bare or is_day):
        yield row


def is_scope(block: Block) -> bool:
    """Whether a line is the one in which the house Markdown tells the day and the zone."""
    return block.kind == "text" and _tells_scope(inline.words(block.text))


def _tells_scope(words: str) -> bool:
    """Whether these words are that line."""
    return bool(_HOUSE_SCOPE.fullmatch(words))


_HANDLERS: dict[str, Callable[[Part, Draft], None]] = {
    "preamble": _preamble,
    "summary": _summary,
    "duration": duration,
    "times": times,
    **dict.fromkeys((*STATED, "declared"), stated),
    "impact": _impact,
    "cause": _cause,
    "cause+resolution": _cause,
    "resolution": _prose("resolution"),
    "trigger": _prose("trigger"),
    "detection": _prose("detection"),
    "factors": _factors,
    "whys": _whys,
    "lessons": _lessons,
    "went_well": _lesson,
    "went_wrong": _lesson,
    "got_lucky": _lesson,
    "corrective": _actions,
    "preventive": _actions,
    "improvements": _actions,
    "measures": _actions,
    "tasks": _actions,
    "conclusion": _conclusion,
    "timeline": _timeline,
    "people": people,
    "links": links,
    "users": line("users"),
    "requests": line("requests"),
    "revenue": line("revenue"),
    "percent": line("percent"),
    "severity": line("severity"),
    "reference": line("reference"),
    "status": status,
    "drill": drill,
    "timezone": zone,
    "services": several("services"),
    "tags": several("tags"),
    "date": stated_date,
}
