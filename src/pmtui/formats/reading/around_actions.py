"""What stands around actions: lines that announce them, headings that number them, remarks."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.columns import action_columns_of
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.sentences import sentences

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
    r"|report|document)\b|this (?:incident|outage|event|experience) (?:has |also )*"
    r"(?:under\w+|highlight\w+|taught|serve[sd]|show(?:s|ed)|demonstrate\w*|reinforce\w*|remind\w*)"
    r"|by (?:implementing|addressing|taking|sipping|following)"
    r"|these (?:measures|actions|steps) (?:will|aim|are)"
    r"|with (?:these|this|the above|our new|all (?:this|these))\b"
    r"|(?:yours )?(?:sincerely|faithfully|truly)\W*$|(?:(?:best|kind|warm) )?regards\W*$"
    r"|we (?:extend|offer) our\b"
    r"|(?:but )?of course\b"
    r"|we (?:apologi[sz]e|appreciate|are committed|sincerely|thank)|thank)",
    re.IGNORECASE,
)

_PROMISE = re.compile(
    r"\b(?:we will do|going forward|(?:the )?following (?:actions?|steps|measures|improvements)"
    r"|action items?|next steps"
    r"|to (?:prevent|avoid)|follow.?ups?|corrective|improvements? (?:will|we))\b",
    re.IGNORECASE,
)

_TO_COME = re.compile(
    r"\b(?:we will|will be|we(?: are|['’]re) going|(?:is|are) taking|going forward|in the future"
    r"|action items?|next steps|follow.?ups?)\b",
    re.IGNORECASE,
)

_DONE_ALREADY = re.compile(
    r"\b(?:took|(?<!be )taken|involved|included|(?:was|were) (?:\w+ )?"
    r"(?:done|made|carried|performed|completed|implemented))\b",
    re.IGNORECASE,
)

DONE_BEFORE = re.compile(
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

_NUMBERED = re.compile(r"[0-9]{1,2}[.)]\s+(?P<text>\S.*)", re.DOTALL)


def headings_as_items(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with headings that number the actions as items, and what is below them within."""
    found = [_NUMBERED.match(block.text) if block.kind == "heading" else None for block in blocks]
    numbered = [block for block, number in zip(blocks, found, strict=True) if number]
    alike = len({block.level for block in numbered}) == 1
    if len(numbered) < _FEWEST_NUMBERED or not alike or any(label_of(b.text) for b in numbered):
        return list(blocks)
    shift = 0
    result: list[Block] = []
    for block, number in zip(blocks, found, strict=True):
        if number:
            shift, text = 1, number["text"]
            result.append(
                Block("item", text, block.line, block.end, depth=1, mark="-", source=f"- {text}")
            )
        else:
            shift = 0 if block.kind == "heading" else shift
            result.append(replace(block, depth=block.depth + shift))
    return result


_FEWEST_NUMBERED = 2
"""The numbered headings that make a list of actions."""


def promised(blocks: Sequence[Block], *, outright: bool = False) -> list[Block]:
    """The list, or the table, in a prose part that its lead-in announces as things to do.

    `outright` is for parts that may hold any other list: the lead-in has to speak of the future.
    """
    for at, block in enumerate(blocks):
        if block.kind != "text" or not block.text.rstrip().endswith(":"):
            continue
        if not _PROMISE.search(block.text) or _DONE_ALREADY.search(block.text):
            continue
        if outright and not _TO_COME.search(block.text):
            continue
        listed: list[Block] = []
        for following in blocks[at + 1 :]:
            if following.kind != "item" and not (following.depth and listed):
                break
            listed.append(following)
        table = blocks[at + 1 : at + 2]
        if not listed and table and table[0].rows and action_columns_of(table[0].rows):
            listed = [*table]
        if listed:
            return listed
    return []


def is_closing(text: str) -> bool:
    """Whether a paragraph is a closing remark rather than something to do."""
    return bool(_CLOSING.match(text))


def leads_on(plain: str) -> bool:
    """Whether a line with a colon at its end tells what the lines below it are."""
    short = len(plain.split()) <= _LONGEST_CATEGORY
    return short or bool(_LEAD_IN.search(plain) or _PROMISE.search(plain))


def announced(texts: Sequence[Block]) -> Sequence[Block]:
    """The first lines up to one that announces the actions below it."""
    for at, block in enumerate(texts[:_BEFORE_ACTIONS]):
        plain = inline.words(block.text)
        if plain.endswith(":") and (_LEAD_IN.search(plain) or _PROMISE.search(plain)):
            return texts[:at]
    return ()


_ASKS = re.compile(r"(?:what|which|how)\s(?:[\w/' -]+\s)?(?:is|are|can|could|be)\b[^.!]*$", re.I)
"""What an assignment asks for, in the line above the answer."""


def introduces(plain: str, count: int) -> bool:
    if _ABOUT_ACTIONS.match(plain):
        return True
    if count < 2:
        return plain.endswith((":", "："))
    if plain.endswith((":", "：")) or re.search(r"\w\s?[-–—]$", plain) or _ASKS.match(plain):
        return True
    said = sentences(plain)
    if len(said) > 1 and _TO_PREVENT.match(said[-1]):
        return True
    return len(said) == 1 and bool(_LEAD_IN.search(plain)) and len(plain) < 220


_TO_PREVENT = re.compile(r"to (?:prevent|avoid)\b.*\b(?:following|below)\b", re.IGNORECASE)
"""What the last sentence says of a paragraph that leads on to the actions below it."""


def is_note(plain: str) -> bool:
    """Whether a paragraph among actions only tells the reader something about them."""
    return plain.casefold().startswith("note that ")


_SAID = r"said|told|reached|stated|confirmed|noticed|decided|reported|assured"
_STORY_BEGINS = re.compile(
    r"\W*(?:(?:this|these|that|it|if|in|on|after|during|while|although|there|they|yesterday|today)\b"
    rf"|(?!(?:we|i|our|the)\b)[\w’'-]+\s+(?:has|have|had|was|were|is|are|{_SAID})\b"
    rf"|the\s+(?:[\w’'-]+\s+){{1,3}}?(?:{_SAID})\b)",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:we|i)(?:['’]ll|['’]re|['’]ve| (?:also |now |therefore )*(?:will|should|must|need|plan"
    r"|intend|aim|want|are|have|can|could|recommend|suggest|hope|expect|commit|consider|look))\b"
    r"|(?<!\bthey )(?<!\bthis )(?<!\bthat )(?<!\bit )(?<!\bissue )(?<!\bwho )(?<!\bwhich )\bwill\s+"
    r"(?!(?:not|be|never|continue|help|have)\b)\w"
    r"|\bwill (?:soon |now |also )?be (?!(?:an?|the|no)\b)\w+(?:ed|en|ing|de|lt|pt|ut|wn)\b"
    r"|\b(?:should|must|ought to|needs? to|has to|have to|going to|ideally|to-?do|let['’]?s"
    r"|would be (?:useful|helpful|good|better|nice)|please|action items?)\b",
    re.IGNORECASE,
)
_LONG_SENTENCE = 140
"""The characters of a sentence that a line of a list without marks hardly has."""


def tells_story(plain: str) -> bool:
    """Whether a paragraph among things to do tells what is or was, and of nothing to be done."""
    is_prose = len(plain) > _LONG_SENTENCE
    return is_prose and bool(_STORY_BEGINS.match(plain)) and not _TO_DO.search(plain)


def is_aside(plain: str, texts: Sequence[Block]) -> bool:
    """A last paragraph far longer than the lines before it, or said to the reader."""
    others = [len(block.text) for block in texts[:-1]]
    long = len(sentences(plain)) > 2 and len(plain) > 3 * max(others)
    return long or bool(re.match(r"(?:be brief|good luck|note:|p\.?s\.?\b)", plain, re.IGNORECASE))


def split_lead_in(text: str) -> tuple[str, str]:
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
