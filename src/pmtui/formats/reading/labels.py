"""How labels are written, and which of them begin a part or state a single fact."""

import re
from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import When, leading_when
from pmtui.formats.reading.names import label_of, part_of

LABEL = re.compile(
    r"(?P<sign>[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+\s*(?=[*_]))?"
    r"(?P<open>\*\*\*|\*\*|__|\*|_)?(?P<name>[^\n*|`:：]{2,70}?)\s*"
    r"(?:(?P<inside>[:：])\s*(?P<close>\*\*\*|\*\*|__|\*|_)|(?P<shut>\*\*\*|\*\*|__|\*|_)\s*[:：]"
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
    r"(?P<mark>\*\*|__)(?P<name>(?:(?!\1)[^\n.:!])+[^\s.:!,;])(?P=mark) "
    r"(?P<rest>[\"“‘'(]?[A-Z0-9].*)",
    re.DOTALL,
)
_MOST_WORDS = 6
"""The words of a heading that is bare, or stands on the line of its text."""

_FEWEST = 2
"""The names of parts on the lines of their texts that show all such bold words to be headings."""


_LONGEST = 60
"""The characters of a line that is a heading."""


def run_in(block: Block) -> re.Match[str] | None:
    """The bold heading on the line of its text: "**Root Cause Analysis** The disk ran full"."""
    if block.kind != "text" or block.depth or not block.text.startswith(("**", "__")):
        return None
    found = _RUN_IN.fullmatch(block.text.strip())
    return found if found and len(found["name"].split()) <= _MOST_WORDS else None


def has_run_ins(blocks: Sequence[Block]) -> bool:
    """Whether a document has its headings on the lines of their texts."""
    found = (run_in(block) for block in blocks)
    return len({part_of(each["name"]) for each in found if each} & PRIMARY) >= _FEWEST


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


def clock_of(text: str) -> When | None:
    """The clock time that a text begins with."""
    when = leading_when(inline.words(text))
    return when if when is not None and when.clock is not None else None


def starts_with_digit_time(text: str) -> bool:
    """Whether a text begins with a clock time in figures."""
    bare = text.lstrip("*_`[( ~:")
    may = bare[:1].isdigit() or re.match(r"[A-Za-zäéûç]{3,10}\.? [0-9]", bare)
    return bool(may) and clock_of(text) is not None


def last_cause_and_fix(blocks: Sequence[Block]) -> int:
    """The place of the last heading of a part about both the cause and the fix, -1 for none."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        short = block.kind in ("text", "heading") and len(block.text) < _LONGEST
        if short and label_of(inline.words(block.text).strip(": ")) == "cause+resolution":
            return at
    return -1
