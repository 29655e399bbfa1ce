"""How labels are written, and which of them begin a part or state a single fact."""

import re
from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.line_units import is_capitals
from pmtui.formats.reading.moments import When, leading_when
from pmtui.formats.reading.names import label_of

LABEL = re.compile(
    r"(?P<sign>[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+\s*(?=[*_]))?"
    r"(?P<open>\*\*\*|\*\*|__|\*|_)?(?P<name>[^\n*|`:：]{2,70}?)\s*"
    r"(?:(?P<inside>[:：])\s*(?P<close>\*\*\*|\*\*|__|\*|_)(?(open)|(?=\s|$))"
    r"|(?P<shut>\*\*\*|\*\*|__|\*|_)\s*[:：]"
    r"|(?P<bare>[:：])(?=\s|\*|[A-Z][a-z]|$))\s*(?P<rest>.*)",
    re.DOTALL,
)
STRONG = re.compile(r"(?P<mark>\*\*\*|\*\*|__)(?P<text>(?:(?!\1).)+)(?P=mark)\s*[:：;]?", re.DOTALL)
PRIMARY = frozenset(
    """
    summary impact timeline cause cause+resolution trigger detection resolution measures tasks
    lessons conclusion factors whys links people times duration
    """.split()
)
SINGLE = frozenset(
    """
    started resolved detected acknowledged declared mitigated closed public duration date users
    percent requests revenue reference severity status drill timezone services tags
    """.split()
)
"""Labels whose value is one line: what follows belongs to the part around them."""

LEADS_ON = re.compile(r"\b(?:involved|includ(?:ed|es)|were|are|was|is|follows)$", re.IGNORECASE)
"""How a line ends that only leads on to a list."""

_RUN_IN = re.compile(
    r"(?P<mark>\*\*|__)(?P<name>(?:(?!\1)[^\n.:!])+[^\s.:!,;])\.?(?P=mark) "
    r"(?P<rest>[\"“‘'(]?[A-Z0-9].*)",
    re.DOTALL,
)
_MOST_WORDS = 6
"""The words of a heading that is bare, or stands on the line of its text."""


def run_in(block: Block) -> re.Match[str] | None:
    """The bold heading on the line of its text: "**Root Cause Analysis** The disk ran full"."""
    if block.kind != "text" or block.depth or not block.text.startswith(("**", "__")):
        return None
    found = _RUN_IN.fullmatch(block.text.strip())
    return found if found and len(found["name"].split()) <= _MOST_WORDS else None


def loud_label(block: Block) -> str:
    """The name in capitals that stands before a text at the margin, "" for none."""
    if block.kind != "text" or block.depth or not block.text[:2].isupper():
        return ""
    found = LABEL.fullmatch(block.text.strip())
    return found["name"].strip() if found and is_capitals(found["name"]) else ""


def is_loud(block: Block) -> bool:
    """Whether a block is a short line in capitals with a colon at its end."""
    text = block.text
    plain = block.kind == "text" and not block.depth and text.endswith(":")
    return plain and text.isupper() and len(text.split()) <= _MOST_WORDS


def stands_apart(blocks: Sequence[Block], at: int) -> bool:
    """Whether a short line with a colon at its end has empty lines around it."""
    block = blocks[at]
    if block.kind != "text" or block.depth or not block.text.endswith(":"):
        return False
    before, after = blocks[at - 1] if at else None, blocks[at + 1 : at + 2]
    return (
        len(block.text.split()) <= _MOST_WORDS
        and (before is None or before.end < block.line)
        and bool(after)
        and after[0].line > block.end
    )


def stands_on_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether a short line without any mark stands right above a paragraph, apart from the rest."""
    block, below = blocks[at], blocks[at + 1 : at + 2]
    before = blocks[at - 1].end if at else -1
    return (
        block.kind == "text"
        and not block.depth
        and before < block.line
        and len(block.text.split()) <= _MOST_WORDS
        and block.text[:1].isupper()
        and block.text.replace(" ", "").isalpha()
        and bool(below)
        and below[0].kind == "text"
        and below[0].line == block.end
        and len(below[0].text) > _PARAGRAPH
    )


_PARAGRAPH = 60
"""The characters that make a line a paragraph."""


def after_label(block: Block, found: re.Match[str]) -> Block:
    """What follows a label, as a block that is still cut from the source where that is possible."""
    rest = found["rest"].strip()
    return Block("text", rest, block.line, block.end, depth=block.depth, source=rest)


def clock_of(text: str) -> When | None:
    """The clock time that a text begins with."""
    when = leading_when(inline.words(text))
    return when if when is not None and when.clock is not None else None


def starts_with_digit_time(text: str) -> bool:
    """Whether a text begins with a clock time in figures."""
    bare = text.lstrip("*_`[( ~:")
    may = bare[:1].isdigit() or re.match(r"[A-Za-zäéûç]{3,10}\.? [0-9]", bare)
    return bool(may) and clock_of(text) is not None


def tells_fact(heading: str) -> bool:
    """Whether a heading is a label with its value, and no name of a part: "Date: 12 March 2023"."""
    label, _, value = inline.words(heading).partition(":")
    return bool(value.strip()) and label_of(label) in SINGLE | {"people", "times"}


def is_title(text: str) -> bool:
    """Whether a bare line is written like a title, with a colon at its end."""
    words = text.rstrip(": ").split()
    return (
        text.rstrip().endswith(":")
        and _TITLE_WORDS[0] <= len(words) <= _TITLE_WORDS[1]
        and all(word[0].isupper() or word in _SMALL or not word[0].isalpha() for word in words)
    )


_TITLE_WORDS = (3, 8)
_SMALL = frozenset(("and", "of", "for", "the", "to", "in"))
"""The words of a title that are written without a capital."""
