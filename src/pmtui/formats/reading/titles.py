"""The title of a document: a heading, a bold line, or its first line."""

import re
from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import LABEL, PRIMARY, SINGLE, STRONG, clock_of, tells_fact
from pmtui.formats.reading.line_parts import plain_line
from pmtui.formats.reading.names import folded, label_of, part_of

_NO_TITLE = re.compile(r"(?:<?(?:https?://|www\.)\S+>?)?(?:\s*<br\s*/?>)*", re.IGNORECASE)
"""A line that holds at most the address of the document."""

_LOST_IMAGE = re.compile(r"(?:!\[[^\]\n]*\]\s*)+")
"""Images whose addresses are nowhere in the document."""

_NAME = re.compile(r"(?:by )?(?:[A-Z][\w'’.-]+ ){1,3}[A-Z][\w'’.-]+", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:post-?\s?mortem|incident|outage|failure|downtime|report|review|rca|root cause|issue"
    r"|error|down|crash\w*|disruption|broken|slow\w*|unavailab\w+)\b",
    re.IGNORECASE,
)
"""What a title tells of, and the name of its writer does not."""

_SUBTITLE = re.compile(r"incident report for\b", re.IGNORECASE)
"""What a status page has below the title, and whose it is."""


_SPOKEN = re.compile(r"[.!?]\s|^here(?:['’]s| is| are)\b", re.IGNORECASE)
"""What a line that leads on to the document says, and a title does not."""


def find_title(blocks: Sequence[Block]) -> tuple[str, int]:
    """The title and the number of blocks before its end; ("", 0) where there is none."""
    for at, block in enumerate(blocks[:12]):
        if block.kind in ("comment", "rule") or _is_image(block):
            continue
        if block.kind == "quote" and _heads_all(blocks, at + 1):
            continue
        if block.kind == "heading":
            if folded(block.text) == "title" and _leads_at_once(blocks, block):
                continue
            if tells_fact(block.text):
                return "", 0
            named = label_of(block.text) or len(block.text.split()) <= 4
            if part_of(block.text) and named and not _is_lone_top(blocks, block):
                return "", 0
            if part_of(block.text) and _only_one_level(blocks, block):
                return "", 0
            return plain_line(block.text), at + 1
        if block.kind == "text" and (
            _NO_TITLE.fullmatch(block.text.strip()) or not any(map(str.isalnum, block.text))
        ):
            continue
        if block.kind != "text" or block.depth or clock_of(block.text):
            return "", 0
        if _is_writer(blocks, at) or _leads_on(blocks, at):
            continue
        return _title_line(block, blocks, at)
    return "", 0


_NAME_WORDS = 4
"""The words of a name, of the folder say, that stands above the only heading of the first level."""


def _heads_all(blocks: Sequence[Block], at: int) -> bool:
    """Whether the only heading of the first level stands there."""
    tops = [block for block in blocks if block.kind == "heading" and block.level == 1]
    return len(tops) == 1 and at < len(blocks) and blocks[at] is tops[0]


def _leads_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line hands over the document, whose title is the heading right below it."""
    text = plain_line(blocks[at].text)
    heading = blocks[at + 1] if at + 1 < len(blocks) else None
    if heading is None or heading.kind != "heading":
        return False
    if text.endswith(":"):
        return bool(_SPOKEN.search(text))
    tops = sum(1 for block in blocks if block.kind == "heading" and block.level == 1)
    return heading.level == tops == 1 and len(text.split()) <= _NAME_WORDS


def _is_writer(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line is a person's name right above the line that tells what this is about."""
    block, following = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    return (
        following is not None
        and following.kind == "text"
        and following.line <= block.end
        and not _SUBTITLE.match(following.text)
        and bool(_NAME.fullmatch(block.text.strip()))
        and not _SUBJECT.search(block.text)
        and not label_of(following.text.rstrip(":"))
        and bool(_SUBJECT.search(following.text))
        and len(following.text.split()) <= 12
    )


def _is_lone_top(blocks: Sequence[Block], first: Block) -> bool:
    """Whether a heading stands alone above two or more known ones.

    A mere label, "Outage" say, does so only where the first of them follows at once, and one of the
    summary where another heading is that, or with a day: "Incident 2025-12-02".
    """
    others = [block for block in blocks if block.kind == "heading" and block is not first]
    known = sum(1 for block in others if part_of(block.text))
    label = label_of(first.text)
    if label == "summary":
        told_below = any(part_of(block.text) == "summary" for block in others)
        is_bare = bool(_INCIDENT.fullmatch(folded(first.text)))
        leads = is_bare and (told_below or bool(_DAY.search(first.text)))
    else:
        leads = _leads_at_once(blocks, first)
    leads = leads and first.level == 1
    return known > 1 and all(block.level > first.level for block in others) and (not label or leads)


_INCIDENT = re.compile(r"(?:the )?(?:incident|outage|issue|problem)")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{2,4}(?![0-9])")
"""What names one incident rather than a part of what is told of it, together with its day."""


def _leads_at_once(blocks: Sequence[Block], first: Block) -> bool:
    """Whether no text stands between a heading and the next one."""
    at = next(at for at, block in enumerate(blocks) if block is first)
    return at + 1 < len(blocks) and blocks[at + 1].kind == "heading"


def _only_one_level(blocks: Sequence[Block], first: Block) -> bool:
    others = [block for block in blocks if block.kind == "heading" and block is not first]
    known = sum(1 for block in others if part_of(block.text))
    return known > 1 and all(block.level == first.level for block in others)


def _title_line(block: Block, blocks: Sequence[Block], at: int) -> tuple[str, int]:
    # "#Postmortem" lacks the blank that makes a heading of it.
    text = plain_line(block.text).lstrip("#")
    bare = text.rstrip(":")
    if label_of(bare) and label_of(bare) != "summary":
        return "", 0
    if label_of(bare) or not text:
        return "", 0
    whole = STRONG.fullmatch(block.text.strip())
    if (
        whole
        and label_of(bare.partition(":")[0]) == "summary"
        and _has_bold_parts(blocks[at + 1 :])
    ):
        # "Issue Summary: how it went" above lines like it is the heading of a part.
        return "", 0
    if whole and len(text.split()) < 25:
        return text, at + 1
    label = LABEL.fullmatch(block.text.strip())
    if label and label["rest"] and label_of(inline.words(label["name"])) in PRIMARY | SINGLE:
        return "", 0
    strong = STRONG.match(block.text)
    heading = next((later for later in blocks[at + 1 :] if later.kind == "heading"), None)
    heads = heading is not None and heading.level == 1 and not part_of(heading.text)
    if heads and not strong:
        return "", 0
    words = len(text.split())
    long = words > 22 or text.endswith((",", ";")) or (text.endswith(".") and words > 8)
    if long and not (strong and strong.end() > len(block.text) // 2):
        return "", 0
    return text, at + 1


def _has_bold_parts(blocks: Sequence[Block]) -> bool:
    """Whether bold lines name two parts of a postmortem, the timeline among them."""
    bold = (STRONG.fullmatch(b.text.strip()) for b in blocks if b.kind == "text" and not b.depth)
    named = {part_of(plain_line(each["text"])) for each in bold if each}
    return "timeline" in named and "summary" not in named and len(named & PRIMARY) > 1


def _is_image(block: Block) -> bool:
    if _LOST_IMAGE.fullmatch(block.text):
        return True
    found = inline.plain(block.text) if "![" in block.text or "<img" in block.text else None
    return found is not None and not found.text and bool(found.images)
