"""Measures and tasks from lists, bare lines, paragraphs and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import takewhile

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading import inline
from pmtui.formats.reading.action_details import (
    DETAIL,
    DETAILS_AT_END,
    KEYS,
    OWNER_AT_END,
    TICKET_AT_EDGE,
    Action,
    house_details,
    take_details,
    take_value,
)
from pmtui.formats.reading.around_actions import (
    DONE_BEFORE,
    announced,
    headings_as_items,
    introduces,
    is_aside,
    is_closing,
    is_note,
    leads_on,
    split_lead_in,
    tells_story,
)
from pmtui.formats.reading.blocks import INDENTED, Block, fenced
from pmtui.formats.reading.columns import action_columns_of
from pmtui.formats.reading.names import folded, label_of

_HOUSE_TAIL = re.compile(r"\s*— \*(?P<details>(?:[^*\\]|\\.)+)\*\s*$")


@dataclass(slots=True)
class Actions:
    """The actions of a part, and what stood before, between and after them.

    `told` are paragraphs of prose that name nothing to be done.
    """

    found: list[Action] = field(default_factory=list)
    intro: list[Block] = field(default_factory=list)
    outro: list[Block] = field(default_factory=list)
    told: list[Block] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def read_actions(blocks: Sequence[Block], category: str) -> Actions:
    """The actions in `blocks`, which stand in a part of that name."""
    result = Actions()
    blocks = headings_as_items(blocks)
    tables = [block for block in blocks if block.kind == "table" and action_columns_of(block.rows)]
    if tables:
        # A list above a table of actions explains its columns.
        first = blocks.index(tables[0])
        result.intro += blocks[:first]
        blocks = blocks[first:]
    if tables or any(block.kind == "item" for block in blocks):
        _from_items(blocks, category, result)
    else:
        _from_lines(blocks, category, result)
    result.found = [action for action in result.found if not action.is_empty]
    if len(result.found) == 1 and _NONE.fullmatch(result.found[0].text):
        result.found.clear()
    return result


_NONE = re.compile(r"\W*(?:n/?a|none|nothing|keine?|aucune?|ningun[ao]|nenhuma?)\W*", re.IGNORECASE)
"""What stands for actions where there are none."""


def _from_items(blocks: Sequence[Block], category: str, result: Actions) -> None:
    base = min((b.depth for b in blocks if b.kind == "item"), default=0)
    current: Action | None = None
    group = category
    nested = 0
    for at, block in enumerate(blocks):
        if _only_image(block, result) or block.kind == "rule":
            continue
        if block.kind == "table" and (names := action_columns_of(block.rows)):
            result.found += _rows(block, names, category)
            for cell in (cell for row in block.rows for cell in row):
                result.links += inline.plain(cell).links
            current = None
        elif block.kind == "item" and block.depth <= base + nested:
            if block.depth <= base:
                group, nested = category, 0
            if block.depth == base and _is_category(blocks, at):
                group, nested = label_of(inline.words(block.text).rstrip(":")) or category, 1
                if not label_of(inline.words(block.text).rstrip(":")):
                    result.intro.append(_as_text(block))
                current = None
                continue
            current = _action(block, group, result)
            if current.text.strip() or at + 1 < len(blocks):
                result.found.append(current)
        elif current is not None and _belongs(block, base):
            _more(current, block, result)
        elif result.found:
            current = None
            result.outro.append(block)
        else:
            result.intro.append(block)


def _belongs(block: Block, base: int) -> bool:
    """Whether a block goes on with the item before it."""
    if block.depth > base or block.kind == "item":
        return True
    return block.kind == "text" and block.depth >= base > 0


def _as_text(block: Block) -> Block:
    return Block("text", block.text, block.line, block.end, source=block.text)


_TITLED = re.compile(r"\*\*[^*]+(?::\*\*|\*\*:)\s+\S+\s+\S")
"""A bold name and what is to be done, which may lead on to how."""


def _is_category(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None or following.kind != "item" or following.depth <= block.depth:
        return False
    if block.checked is not None and following.checked is None:
        # What is ticked off as a whole is one thing to do, and the points below it are its details.
        return False
    plain = inline.words(block.text)
    detail = DETAIL.match(inline.words(following.text))
    if detail:
        return False
    short = len(plain.split()) <= 6
    return (
        (plain.endswith(":") and not _TITLED.match(block.text))
        or (block.text.startswith(("**", "__")) and short)
        or (short and bool(label_of(plain)))
    )


def _from_lines(blocks: Sequence[Block], category: str, result: Actions) -> None:
    texts = [block for block in blocks if block.kind == "text" and not _is_image(block)]
    base = max((block.depth for block in texts[:3]), default=0)
    detailed = {id(block) for at, block in enumerate(texts) if _has_details(texts, at)}
    if detailed:
        base = min(block.depth for block in texts)
    questions = [block for block in texts if block.text.rstrip().endswith("?")]
    closed = done = inset = False
    before = announced(texts)
    for block in blocks:
        if block.kind == "rule" or _only_image(block, result):
            continue
        if block.kind != "text" or block in questions:
            (result.outro if result.found else result.told or result.intro).append(block)
            continue
        text = block.text
        plain = inline.words(text)
        if block.depth > base and result.found:
            _more(result.found[-1], block, result)
            continue
        if id(block) in detailed:
            result.found.append(_action(block, category, result))
            continue
        if not result.found and (block in before or introduces(plain, len(texts))):
            done = plain.endswith(":") and bool(DONE_BEFORE.search(plain))
            result.intro.append(block)
            continue
        if plain.endswith(":") and (result.found or done) and leads_on(plain):
            category = label_of(plain.rstrip(":")) or category
            done = bool(DONE_BEFORE.search(plain))
            result.intro.append(block)
            continue
        if done:
            result.intro.append(block)
            continue
        if result.found and (block.depth < base or (inset and block.mark != INDENTED)):
            result.outro.append(block)
            continue
        closed = closed or (bool(result.found) and is_closing(plain))
        if (
            closed
            or is_closing(plain)
            or (result.found and is_note(plain))
            or (block is texts[-1] and len(texts) > 1 and is_aside(plain, texts))
        ):
            result.outro.append(block)
            continue
        if tells_story(plain):
            result.told.append(block)
            continue
        first, rest = split_lead_in(text) if not result.found else ("", text)
        if first:
            result.intro.append(Block("text", first, block.line, block.end, source=first))
        inset = inset or block.mark == INDENTED
        result.found.append(_action(Block("text", rest, block.line, block.end), category, result))


def _has_details(texts: Sequence[Block], at: int) -> bool:
    """Whether the deeper lines right below a line say by whom or until when it is to be done."""
    depth = texts[at].depth
    under = takewhile(lambda block: block.depth > depth, texts[at + 1 :])
    return any(DETAIL.match(inline.words(block.text)) for block in under)


def _only_image(block: Block, result: Actions) -> bool:
    if not _is_image(block):
        return False
    result.images += inline.plain(block.text).images
    return True


def _is_image(block: Block) -> bool:
    if block.kind != "text" or ("![" not in block.text and "<img" not in block.text):
        return False
    found = inline.plain(block.text)
    return not found.text and bool(found.images)


def _action(block: Block, category: str, result: Actions) -> Action:
    raw = block.text
    action = Action(block.line, "", category, is_task=block.checked is not None)
    action.state = "done" if block.checked else "open"
    if house := _HOUSE_TAIL.search(raw):
        house_details(action, house["details"])
        raw = raw[: house.start()]
    struck = re.fullmatch(r"\s*~~(?P<text>.+)~~\s*", raw, re.DOTALL)
    if struck:
        raw, action.state = struck["text"], "dropped"
    found = inline.plain(raw)
    result.images += found.images
    result.links += found.links
    text = found.text
    if edge := TICKET_AT_EDGE.search(text):
        action.ticket = action.ticket or edge["first"] or edge["last"]
        text = (text[: edge.start()] + text[edge.end() :]).strip()
    if details := DETAILS_AT_END.search(text):
        left = take_details(action, details["inner"])
        if left is not None:
            text = f"{text[: details.start()].rstrip()}{left}"
    owner = OWNER_AT_END.search(text)
    if owner and not action.owner and "@" not in text[: owner.start()]:
        action.owner, text = owner["who"], text[: owner.start()].rstrip()
    action.text = text
    return action


def _more(action: Action, block: Block, result: Actions) -> None:
    """A line under an item: its owner or date, or more of its text."""
    if block.kind == "code":
        action.text = f"{action.text}\n{fenced(block)}"
        return
    found = inline.plain(block.text)
    result.images += found.images
    result.links += found.links
    text = found.text
    pair = DETAIL.match(text)
    if (
        pair
        and pair.end() == len(text)
        and take_value(action, KEYS[folded(pair["key"])], pair["value"].strip())
    ):
        return
    if pair and (left := take_details(action, text)) is not None and pair.start() == 0:
        action.text = f"{action.text}{left}"
        return
    mark = "- " if block.kind == "item" else ""
    action.text = f"{action.text}\n{mark}{text}".strip()


def _rows(block: Block, names: Sequence[str], category: str) -> Iterator[Action]:
    header = [inline.words(cell) for cell in block.rows[0]]
    for offset, cells in enumerate(block.rows[1:]):
        action = Action(block.line + 2 + offset, "", category)
        more: list[str] = []
        for at, cell in enumerate(cells):
            text = inline.words(cell)
            name = names[at] if at < len(names) else ""
            if name == "text":
                box = re.match(r"\[([ xX])\]\s*", text)
                if box:
                    action.is_task, action.state = True, "done" if box[1] in "xX" else "open"
                action.text = text[box.end() :] if box else text
            elif text and not (name and take_value(action, name, text)):
                title = header[at] if at < len(header) else ""
                more.append(f"{title}: {text}" if title.strip(" #") else text)
        if more and action.text:
            action.text = f"{action.text} ({', '.join(more)})"
        elif more:
            action.text = ", ".join(more)
        if action.text:
            yield action
