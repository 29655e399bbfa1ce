"""The parts of our own Markdown: its headings and leads are exact, so nothing has to be guessed."""

import re
from collections.abc import Iterator, Sequence

from pmtui.core.vocabulary import STATUSES
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.facts import zone_named
from pmtui.formats.reading.parts import Part

_HEAD_FACT = r"\*\*(?:Reference|Severity|Status|Drill|Services|Tags|Time zone)\*\*: "
_HEAD = re.compile(
    rf"(?:{_HEAD_FACT}.* · )?\*\*Status\*\*: (?:{'|'.join(STATUSES)})(?: · {_HEAD_FACT}.*)?"
)
_NEXT_FACT = re.compile(rf" · (?={_HEAD_FACT})")
_SCOPE = re.compile(
    r"(?:All times are in|Times are in|The time zone is) ([^(),.]+?(?: \([^()]+\))?)"
    r"(?:\.| where they say so; .*|, but the times were recorded without one\.)$"
)
_OF_TEMPLATES = frozenset(
    (
        *("Incident summary", "Summary", "What happened?", "Executive Summary", "Overview"),
        *("Impact", "Root cause", "Tasks", "Details"),
    )
)
"""The headings with which the other built-in templates begin."""

_SEPARATOR = "<!-- -->"

_HEADINGS = {
    "Issue Summary": "summary",
    "Timeline": "timeline",
    "Root Cause and Resolution": "cause+resolution",
    "Corrective and Preventative Measures": "measures",
    "Lessons Learned": "lessons",
    "Conclusion": "conclusion",
    "People": "people",
    "Links": "links",
}
_FACTS = {
    "Duration": "duration",
    "Started": "started",
    "Detected": "detected",
    "Acknowledged": "acknowledged",
    "Mitigated": "mitigated",
    "Resolved": "resolved",
    "Closed": "closed",
    "Public": "public",
    "Impact": "impact",
    "Share of users": "percent",
    "Users": "users",
    "Requests": "requests",
    "Revenue": "revenue",
    "Root Cause": "cause",
    "Timings": "timings",
}
_LEADS = {
    "cause+resolution": {
        "Trigger": "trigger",
        "Root Cause": "cause",
        "Contributing factors": "factors",
        "Five whys": "whys",
        "Detection": "detection",
        "Resolution": "resolution",
    },
    "measures": {
        "Improvements/Fixes": "improvements",
        "Corrective Measures": "corrective",
        "Preventative Measures": "preventive",
        "Tasks": "tasks",
    },
}
_LESSONS = {
    "What went well": "went_well",
    "What went wrong": "went_wrong",
    "Where we got lucky": "got_lucky",
}
_LEAD = re.compile(r"\*\*(?P<name>[A-Z][A-Za-z /]+)\*\*:(?:\s+(?P<rest>.*))?", re.DOTALL)


def head_line(blocks: Sequence[Block]) -> int | None:
    """The place of the line of facts with which our Markdown begins; None in another's."""
    for at, block in enumerate(blocks[:2]):
        if block.kind == "text" and _HEAD.fullmatch(block.text):
            return at
        if block.kind != "heading" or block.level != 1:
            return None
    return None


def is_ours(lines: Sequence[str]) -> bool:
    """Whether these are the lines of our own Markdown in its house form.

    Other templates begin with the same line of facts, but have other headings.
    """
    first = [line for line in lines[:6] if line.strip()][:2]
    if not any(_HEAD.fullmatch(line) for line in first):
        return False
    headings = [line.removeprefix("## ").strip() for line in lines if line.startswith("## ")]
    return "Issue Summary" in headings or not headings or headings[0] not in _OF_TEMPLATES


def stated_zone(parts: Sequence[Part]) -> str:
    """The zone that our Markdown states, in its first line or above the timeline."""
    for part in parts:
        text = " ".join(inline.words(block.text) for block in part.blocks[:1])
        scope = _SCOPE.search(text) if part.name == "timeline" else None
        said = text if part.name == "timezone" else scope[1] if scope else ""
        if said:
            label, _, name = said.partition(" (")
            return zone_named(name.rstrip(")") or label).name
    return ""


def house_parts(blocks: Sequence[Block]) -> list[Part]:
    """The parts of our Markdown, its title left out."""
    return list(_parts(blocks))


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    at = head_line(blocks)
    assert at is not None
    yield from _head(blocks[at])
    section = ""
    current = Part("preamble")
    for place, block in enumerate(blocks[at + 1 :], at + 1):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        opened = _opened(block, following, section, current)
        if opened is None:
            current.blocks.append(block)
            continue
        if opened is not current and current.name not in ("timings", "comment"):
            yield current
        current = opened
        if block.kind == "heading" and block.level <= 2:
            section = current.name
        elif block.kind == "comment" and current.name == "":
            section = ""
    if current.name not in ("timings", "comment"):
        yield current


def _head(block: Block) -> Iterator[Part]:
    for fact in _NEXT_FACT.split(block.text):
        name, _, value = fact.partition("**: ")
        part = {
            "Reference": "reference",
            "Severity": "severity",
            "Status": "status",
            "Drill": "drill",
            "Services": "services",
            "Tags": "tags",
            "Time zone": "timezone",
        }[name.strip("*")]
        text = Block("text", value, block.line, block.end, source=value)
        yield Part(part, name.strip("*"), 40, block.line, "preamble", [text], True, opener=block)


def _opened(block: Block, following: Block | None, section: str, current: Part) -> Part | None:
    if block.kind == "comment" and block.text == _SEPARATOR:
        return _separated(block, following, section)
    if block.kind == "heading":
        return _heading(block, section, current)
    lead = _LEAD.fullmatch(block.text) if block.kind in ("text", "item") else None
    if lead is None:
        return None
    if section == "summary" and block.kind == "item" and block.depth == 1:
        name = _FACTS.get(lead["name"], "")
    elif block.kind == "text" and not block.depth:
        name = _LEADS.get(section, {}).get(lead["name"], "")
    else:
        name = ""
    if not name:
        return None
    rest = (lead["rest"] or "").strip()
    first = (
        [Block("text", rest, block.line, block.end, depth=block.depth, source=rest)] if rest else []
    )
    return Part(name, lead["name"], 40, block.line, section, first, True, opener=block)


def _separated(block: Block, following: Block | None, section: str) -> Part | None:
    """What an empty comment parts from what is before it: facts, or a kept section."""
    if following is not None and section == "summary" and following.kind == "item":
        lead = _LEAD.fullmatch(following.text)
        if lead and lead["name"] in _FACTS:
            return Part("comment", line=block.line)
    return Part("", "", 2, block.line, opener=block)


def _heading(block: Block, section: str, current: Part) -> Part | None:
    text = inline.words(block.text)
    if block.level == 2:
        name = _HEADINGS.get(text, "")
        return Part(name, text, 2, block.line, opener=block)
    if section == "lessons" and block.level == 3 and text in _LESSONS and current.name != "":
        return Part(_LESSONS[text], text, 3, block.line, "lessons", opener=block)
    opener = current.opener
    if (
        current.name == ""
        and opener is not None
        and opener.kind == "comment"
        and not current.blocks
        and not current.heading
    ):
        # The comment stands before a kept section whose heading is not of level 2.
        current.heading, current.level = text, block.level
        current.opener = block
        return current
    return None
