"""The parts of our own Markdown: its headings and leads are exact, so nothing has to be guessed."""

import re
from collections.abc import Iterator, Sequence

from pmtui.core.vocabulary import STATUSES
from pmtui.formats.prose import restored
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.facts import zone_named
from pmtui.formats.reading.house_entries import first_told
from pmtui.formats.reading.parts import Part
from pmtui.formats.seals import CAUSE_LEADS, SEPARATOR, SUMMARY_FACTS, UNTITLED, unsealed

_HEAD_FACT = r"\*\*(?:Reference|Severity|Status|Drill|Services|Tags|Time zone)\*\*: "
_HEAD = re.compile(
    rf"(?:{_HEAD_FACT}.* · )?\*\*Status\*\*: (?:{'|'.join(STATUSES)})(?: · {_HEAD_FACT}.*)?"
)
_NEXT_FACT = re.compile(rf" · (?={_HEAD_FACT})")
_ZONE = r"[^(),.]+?(?: \([^()]+\))?"
_SCOPE = re.compile(
    rf"(?:All times are in|Times are in|The time zone is) ({_ZONE})(?: / {_ZONE})*"
    r"(?:\.| where they say so; .*|, but the times were recorded without one\.)$"
)
_OF_TEMPLATES = frozenset(
    (
        *("Incident summary", "Summary", "What happened?", "Executive Summary", "Overview"),
        *("Impact", "Root cause", "Tasks", "Details"),
    )
)
"""The headings with which the other built-in templates begin."""

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
_LEADS = {
    "cause+resolution": CAUSE_LEADS,
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
_PROSE = frozenset(
    """
    summary impact duration cause trigger detection resolution conclusion
    """.split()
) | {""}
"""The parts that are prose as its writer wrote it; the kept sections have no name."""

_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_FURTHER_LINE = re.compile(r"\n {2}")
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
    places = [at for at, line in enumerate(lines) if line.startswith("## ")]
    if places and lines[places[0] - 2 : places[0] - 1] == [SEPARATOR]:
        return True
    headings = [lines[at].removeprefix("## ").strip() for at in places]
    return "Issue Summary" in headings or not headings or headings[0] not in _OF_TEMPLATES


def stated_zone(parts: Sequence[Part]) -> str:
    """The zone that our Markdown states, in its first line or above the timeline.

    Of several it is the first, in which all else is told as well.
    """
    for part in parts:
        text = " ".join(inline.words(block.text) for block in part.blocks[:1])
        scope = _SCOPE.search(text) if part.name == "timeline" else None
        said = text if part.name == "timezone" else scope[1] if scope else ""
        if said:
            label, _, name = first_told(said).partition(" (")
            return zone_named(name.rstrip(")") or label).name
    return ""


def house_parts(blocks: Sequence[Block], lines: Sequence[str]) -> list[Part]:
    """The parts of our Markdown, its title left out; prose is what stands in its `lines`."""
    parts = list(_parts(blocks))
    ends = [*(part.line for part in parts[1:]), len(lines)]
    for part, end in zip(parts, ends, strict=True):
        if part.name in _PROSE and part.opener is not None:
            text = _prose(part.opener, lines, end)
            part.blocks = [Block("text", text, part.line, end, source=text)] if text else []
    return [part for part in parts if part.name not in ("timings", "comment")]


def _prose(opener: Block, lines: Sequence[str], end: int) -> str:
    """The text behind, or below, what opens a part, as it was before it was exported."""
    if opener.kind in ("heading", "comment"):
        text = "\n".join(lines[opener.end : end])
    else:
        text = "\n".join(lines[opener.line : end]).partition("**:")[2]
        text = text.removeprefix(" ")
    if opener.kind == "item":
        text = _FURTHER_LINE.sub("\n", text)
    text = _BLANK_LINES.sub("", text).rstrip()
    return restored(unsealed(text), opener.level or 2)


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
        if opened is not current:
            yield current
        current = opened
        if block.kind == "heading" and block.level <= 2:
            section = current.name
        elif block.kind == "comment" and current.name == "":
            section = ""
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
    if block.kind == "comment" and block.text in (SEPARATOR, UNTITLED):
        return _separated(block, following, section)
    if block.kind == "heading":
        return _heading(block, section, current)
    lead = _LEAD.fullmatch(block.text) if block.kind in ("text", "item") else None
    if lead is None:
        return None
    if section == "summary" and block.kind == "item" and block.depth == 1:
        name = SUMMARY_FACTS.get(lead["name"], "")
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
    follows = following is not None and following.kind == "item" and block.text == SEPARATOR
    if following is not None and follows and section == "summary":
        lead = _LEAD.fullmatch(following.text)
        if lead and lead["name"] in SUMMARY_FACTS:
            return Part("comment", line=block.line)
    return Part("", "", 2, block.line, opener=block)


def _heading(block: Block, section: str, current: Part) -> Part | None:
    text = inline.words(block.text)
    opener = current.opener
    if (
        opener is not None
        and opener.text == SEPARATOR
        and opener.kind == "comment"
        and block.line - opener.end <= 1  # what is between may make no block: [^1]: a note
        and not current.heading
    ):
        # The comment stands before a kept section whose heading is none of level 2, or one of ours.
        current.heading, current.level = text, block.level
        current.opener = block
        return current
    if block.level == 2:
        name = _HEADINGS.get(text, "")
        return Part(name, text, 2, block.line, opener=block)
    if section == "lessons" and block.level == 3 and text in _LESSONS and current.name != "":
        return Part(_LESSONS[text], text, 3, block.line, "lessons", opener=block)
    return None
