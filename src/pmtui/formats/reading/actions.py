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
from pmtui.formats.reading.blocks import Block, fenced
from pmtui.formats.reading.columns import action_columns_of
from pmtui.formats.reading.names import folded, label_of
from pmtui.formats.reading.sentences import sentences

_HOUSE_TAIL = re.compile(r"\s*— \*(?P<details>(?:[^*\\]|\\.)+)\*\s*$")
_LEAD_IN = re.compile(
    r"\b(?:following|below|several (?:areas|measures|steps)|these (?:measures|steps)"
    r"|measures (?:will|should|are|have)"
    r"|areas for improvement|steps? (?:will|should|are)|number of (?:areas|measures|steps)"
    r"|siguientes|suivantes"
    r"|seguintes|folgende\w*)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*(?::[a-z_]+:)?\s*(?:in (?:conclusion|summary|closing)|to (?:conclude|sum up)|overall"
    r"|this (?:post-?\s?mortem"
    r"|report|document)\b|by (?:implementing|addressing|taking|sipping|following)"
    r"|these (?:measures|actions|steps) (?:will|aim|are)"
    r"|with (?:these|this|the above|all (?:this|these))\b"
    r"|(?:yours )?(?:sincerely|faithfully|truly)\W*$|(?:(?:best|kind|warm) )?regards\W*$"
    r"|we (?:apologi[sz]e|appreciate|are committed|sincerely|thank)|thank)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:we will do|going forward|the following (?:actions?|steps|measures|improvements)"
    r"|action items?|next steps"
    r"|to (?:prevent|avoid)|follow.?ups?|corrective|improvements? (?:will|we))\b",
    re.IGNORECASE,
)
_DONE_ALREADY = re.compile(
    r"\b(?:took|taken|(?:was|were) (?:\w+ )?(?:done|made|carried|performed|completed"
    r"|implemented))\b",
    re.IGNORECASE,
)

_DONE_BEFORE = re.compile(
    r"\b(?:performed|took|carried out|executed|followed) the following\b", re.IGNORECASE
)
"""What announces the steps of the repair rather than things to do."""

_ABOUT_ACTIONS = re.compile(
    r"(?:(?:these|the following|below)\b(?:\s\w+){0,4}?\s"
    r"(?:action items?|actions|items|tasks|measures|sub-?headings)\b"
    r"|(?:every|each|all) action items?\b)",
    re.IGNORECASE,
)
"""What a line says that tells about the actions rather than names one."""

_BEFORE_ACTIONS = 3
"""The lines among which the one is looked for that announces the actions."""

_LONGEST_CATEGORY = 8
"""The words of a line among actions that only leads on to those below it."""


@dataclass(slots=True)
class Actions:
    """The actions of a part, and what stood before, between and after them."""

    found: list[Action] = field(default_factory=list)
    intro: list[Block] = field(default_factory=list)
    outro: list[Block] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    ours: bool = False


def read_actions(blocks: Sequence[Block], category: str, *, ours: bool = False) -> Actions:
    """The actions in `blocks`, which stand in a part of that name.

    In a document of `ours` owner and the like are told in one form only.
    """
    result = Actions(ours=ours)
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
    return result


def promised(blocks: Sequence[Block]) -> list[Block]:
    """The items of a list in a prose part that its lead-in announces as things to do."""
    for at, block in enumerate(blocks):
        if block.kind != "text" or not block.text.rstrip().endswith(":"):
            continue
        if not _PROMISE.search(block.text) or _DONE_ALREADY.search(block.text):
            continue
        listed: list[Block] = []
        for following in blocks[at + 1 :]:
            if following.kind != "item" and not (following.depth and listed):
                break
            listed.append(following)
        if listed:
            return listed
    return []


def is_closing(text: str) -> bool:
    """Whether a paragraph is a closing remark rather than something to do."""
    return bool(_CLOSING.match(text))


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


def _is_category(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None or following.kind != "item" or following.depth <= block.depth:
        return False
    plain = inline.words(block.text)
    detail = DETAIL.match(inline.words(following.text))
    if detail:
        return False
    short = len(plain.split()) <= 6
    return (
        plain.endswith(":")
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
    closed = done = False
    announced = _announced(texts)
    for block in blocks:
        if block.kind == "rule" or _only_image(block, result):
            continue
        if block.kind != "text" or block in questions:
            (result.outro if result.found else result.intro).append(block)
            continue
        text = block.text
        plain = inline.words(text)
        if block.depth > base and result.found:
            _more(result.found[-1], block, result)
            continue
        if id(block) in detailed:
            result.found.append(_action(block, category, result))
            continue
        if not result.found and (block in announced or _introduces(plain, len(texts))):
            done = plain.endswith(":") and bool(_DONE_BEFORE.search(plain))
            result.intro.append(block)
            continue
        if plain.endswith(":") and (result.found or done) and _leads_on(plain):
            category = label_of(plain.rstrip(":")) or category
            done = bool(_DONE_BEFORE.search(plain))
            result.intro.append(block)
            continue
        if done:
            result.intro.append(block)
            continue
        if block.depth < base and result.found:
            result.outro.append(block)
            continue
        closed = closed or (bool(result.found) and is_closing(plain))
        if (
            closed
            or is_closing(plain)
            or (block is texts[-1] and len(texts) > 1 and _is_aside(plain, texts))
        ):
            result.outro.append(block)
            continue
        first, rest = _split_lead_in(text) if not result.found else ("", text)
        if first:
            result.intro.append(Block("text", first, block.line, block.end, source=first))
        result.found.append(_action(Block("text", rest, block.line, block.end), category, result))


def _has_details(texts: Sequence[Block], at: int) -> bool:
    """Whether the deeper lines right below a line say by whom or until when it is to be done."""
    depth = texts[at].depth
    under = takewhile(lambda block: block.depth > depth, texts[at + 1 :])
    return any(DETAIL.match(inline.words(block.text)) for block in under)


def _leads_on(plain: str) -> bool:
    """Whether a line with a colon at its end tells what the lines below it are."""
    short = len(plain.split()) <= _LONGEST_CATEGORY
    return short or bool(_LEAD_IN.search(plain) or _PROMISE.search(plain))


def _announced(texts: Sequence[Block]) -> Sequence[Block]:
    """The first lines up to one that announces the actions below it."""
    for at, block in enumerate(texts[:_BEFORE_ACTIONS]):
        plain = inline.words(block.text)
        if plain.endswith(":") and (_LEAD_IN.search(plain) or _PROMISE.search(plain)):
            return texts[:at]
    return ()


def _introduces(plain: str, count: int) -> bool:
    if _ABOUT_ACTIONS.match(plain):
        return True
    if count < 2:
        return False
    if plain.endswith((":", "：")) or re.search(r"\w\s?[-–—]$", plain):
        return True
    return len(sentences(plain)) == 1 and bool(_LEAD_IN.search(plain)) and len(plain) < 220


def _is_aside(plain: str, texts: Sequence[Block]) -> bool:
    """A last paragraph far longer than the lines before it, or said to the reader."""
    others = [len(block.text) for block in texts[:-1]]
    long = len(sentences(plain)) > 2 and len(plain) > 3 * max(others)
    return long or bool(re.match(r"(?:be brief|good luck|note:|p\.?s\.?\b)", plain, re.IGNORECASE))


def _split_lead_in(text: str) -> tuple[str, str]:
    parts = sentences(text)
    if (
        len(parts) > 1
        and _LEAD_IN.search(parts[0])
        and not re.search(
            r"\bwe (?:need|should"
            r"|must|will)\b",
            parts[0],
        )
    ):
        return parts[0], text[len(parts[0]) :].strip() if text.startswith(parts[0]) else " ".join(
            parts[1:]
        )
    return "", text


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
    if result.ours:
        action.text = text
        return action
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
