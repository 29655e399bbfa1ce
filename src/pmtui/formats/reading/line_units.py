"""The lines of a paragraph: which go on with the one before, which begin something of their own.

People write headings, list items and events as bare lines, which CommonMark takes for one text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import label_of, part_of

BOX = re.compile(r"(?:\[(?P<state>[ xX✓✔~-])\]|(?P<sign>[☐☑☒]))(?:\s+|$)")
BULLET = re.compile(
    r"(?P<mark>[-*+•◦▪●‣–—·→]|[0-9]{1,3}[.)]|\([0-9a-h]{1,2}\)|[a-h]\))(?:\s+"
    r"|(?=\*\*)|(?<=-)(?=[A-ZÀ-Ý][^\W\d_]*(?:\s+\S+){2})|(?<=[.)])(?=[0-9]{1,2}:[0-9]{2}(?!\.)))(?=\S)"
)
_SIGN_BULLET = re.compile(r"(?:&nbsp;|&emsp;|&ensp;|\s)*[•◦▪●‣·](?:&nbsp;|&emsp;|&ensp;|\s)*")
_GLUED_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>[^\s#0-9!].*)")
_WIKI_HEADING = re.compile(r"(?P<marks>={2,5})\s*(?P<text>[^=].*?[^=])\s*=+")
_EMPHASISED = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*[:;]?\s*$")
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<name>[^:*\n]{2,60}?)(?:\*\*|__)?\s*:(?:\*\*|__)?(?:\s|$|(?=[A-Z][a-z]))"
)
_SYMBOLS = re.compile(r"^(?:[^\w\s*_\[(`<#|:.,!?\"'-]|[\u200d\ufe0f])+\s*")
HARD_BREAK = re.compile(r"(?: {2,}|\\|<br\s*/?>)$", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?:;…](?:[\"'”’)*_`\]]*)$")
_LEADS_INTO = re.compile(
    r"\b(?:an?|the|our|this|that|its|their|and|or|of|to|in|on|at|for|with|by|from|during)$"
)
"""How a line ends that only the next one completes, although that one looks like a heading."""

CHAT_LINE = re.compile(
    r"(?P<who>[^\W\d](?:(?![0-9]{1,4}[-/.][0-9])[^:\n]){1,40}?)"
    r"(?:(?<!\bat)(?<!\bby)(?<!\bfrom)(?<!\buntil)(?<!\baround)(?<!\bsince)|(?<=day at))"
    r"\s+(?:(?:APP|BOT)\s+)?(?P<time>\[?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]?)"
)
_FOUR_DIGITS = re.compile(r"\W*[0-9]{4}(?![0-9])")
_DOTTED = re.compile(r"\W*[0-9]{1,2}\.[0-9]{2}(?![0-9.])")
_TIME_STARTS = frozenset(
    """
    jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun day t+0
    """.split()
) | {"at "}


def line_block(text: str, line: int, end: int, depth: int) -> Iterator[Block]:
    """The block of a line of a paragraph, which may be a heading or an item that lacks a blank."""
    stripped = text.strip()
    if wiki := _WIKI_HEADING.fullmatch(stripped):
        yield Block("heading", wiki["text"], line, end, level=len(wiki["marks"]))
        return
    if (glued := _GLUED_HEADING.fullmatch(stripped)) and (
        part_of(glued["text"]) or len(glued["marks"]) > 1
    ):
        yield Block("heading", glued["text"].strip(" #"), line, end, level=len(glued["marks"]))
        return
    box = BOX.match(stripped)
    if box and (box["sign"] or stripped.startswith("[")) and len(stripped) > box.end():
        checked = box["state"] in "xX✓✔" if box["state"] else box["sign"] != "☐"
        yield Block(
            "item", stripped[box.end() :], line, end, depth=depth + 1, mark="-", checked=checked
        )
        return
    if sign := _SIGN_BULLET.match(stripped):
        yield Block("item", stripped[sign.end() :], line, end, depth=depth + 1, mark="•")
        return
    bullet = BULLET.match(stripped)
    digits = bool(_FOUR_DIGITS.match(stripped))
    if bullet and "\n" not in stripped and not begins_with_time(stripped, loose=digits):
        body = stripped[bullet.end() :]
        box = BOX.match(body)
        checked = (box["state"] or "x") in "xX✓✔" if box else None
        yield Block(
            "item",
            body[box.end() :] if box else body,
            line,
            end,
            depth=depth + 1,
            mark=bullet["mark"],
            checked=checked,
        )
        return
    yield Block("text", stripped, line, end, depth=depth)


def units_of(lines: Sequence[str], begin: int, *, item: bool = False) -> list[tuple[str, int, int]]:
    """The lines of a paragraph joined where they are one running text, each with its own lines.

    People write lists as bare lines; a line goes on with the one before only where the paragraph
    is wrapped text and the line does not begin something of its own.
    """
    chunk_of = _chunks(lines)
    numbered = all(map(_has_doubtful_time, lines)) and len(lines) > 1
    item = item and not _is_label_and_lines(lines)
    wrapping = {at: item or _is_wrapped(chunk) for at, chunk in chunk_of.items()}
    starts = sorted(chunk_of)
    widest = max(map(len, lines))
    units: list[tuple[str, int, int]] = []
    previous = ""
    for offset, line in enumerate(lines):
        number = begin + offset
        stripped = line.strip()
        bare = _without_break(line)
        wrapped = wrapping[starts[bisect_right(starts, offset) - 1]]
        goes_on = bool(units) and (wrapped or _continues(previous, stripped))
        if goes_on and stripped and not item and _is_cut_short(previous, stripped, widest):
            goes_on = False
        goes_on = goes_on and not (number - units[-1][1] == 1 and is_heading_line(previous))
        if units and stripped and stripped[0].islower() and _LEADS_INTO.search(previous):
            units[-1] = (f"{units[-1][0]} {bare}", units[-1][1], number + 1)
            previous = line
            continue
        if goes_on and (
            numbered or _starts_something(stripped) or (HARD_BREAK.search(previous) and not item)
        ):
            goes_on = False
        if goes_on:
            text, first, _ = units[-1]
            joint = "\n" if HARD_BREAK.search(previous) else " "
            units[-1] = (f"{text}{joint}{bare}", first, number + 1)
        elif stripped:
            units.append((bare, number, number + 1))
        elif units:
            units[-1] = (units[-1][0], units[-1][1], number + 1)
        previous = line
    return units or [("", begin, begin + len(lines))]


def _without_break(line: str) -> str:
    """The words of a line without the mark that breaks it at its end."""
    line = line.rstrip("\n")
    # At the end alone the mark is found far faster than by a search from the beginning.
    return (HARD_BREAK.sub("", line) if line.endswith(("\\", ">")) else line).strip()


def _is_label_and_lines(lines: Sequence[str]) -> bool:
    """Whether the lines of an item are a label and sentences, one a line: a list without marks."""
    label, *rest = [line.strip() for line in lines]
    return (
        len(rest) > 1
        and label.rstrip("*_ ").endswith(":")
        and all(line[:1].isupper() and _TERMINAL.search(line) for line in rest)
    )


def _has_doubtful_time(line: str) -> bool:
    """Whether a line begins with four digits or two pairs, which alone may be any number."""
    written = _FOUR_DIGITS.match(line) or _DOTTED.match(line)
    return bool(written) and begins_with_time(line, loose=True)


def _chunks(lines: Sequence[str]) -> dict[int, Sequence[str]]:
    """The lines cut where a heading stands among them, by the place of their first line."""
    headings = (
        at
        for at, line in enumerate(lines)
        if at and is_heading_line(line) and not _LEADS_INTO.search(lines[at - 1])
    )
    cuts = [0, *headings, len(lines)]
    pairs = pairwise(cuts)
    return {
        begin: lines[begin + (begin > 0) : end] or lines[begin:end]
        for begin, end in pairs
        if begin < end
    }


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are one text that was wrapped at some width."""
    following = [line.strip() for line in lines[1:] if line.strip()]
    lower = sum(line[0].islower() or line[0] in "(,;" for line in following)
    return lower > 0.2 * len(following) and max(map(len, lines)) < 140


def _is_cut_short(before: str, line: str, widest: int) -> bool:
    """Whether the line before ended long before the margin, and this one begins anew."""
    return (
        (line[0].isupper() or line[0].isdigit())
        and len(before) < 0.65 * widest
        and len(before.split()) < 9
    )


def _continues(before: str, line: str) -> bool:
    """Whether `line` can only be read as going on with the line before."""
    return bool(line) and line[0].islower() and not _TERMINAL.search(before.strip())


def is_heading_line(line: str) -> bool:
    """Whether a bare line is a heading, or names who said what follows and when."""
    bare = line.strip()
    if not bare or len(bare) > 70 or _is_half_emphasised(bare):
        return False
    if CHAT_LINE.fullmatch(bare):
        return True
    if is_capitals(bare):
        return True
    return bool(label_of(bare.rstrip(":"))) and not bare.endswith((".", ","))


def _is_half_emphasised(line: str) -> bool:
    """Whether an emphasis begins or ends in the line, but not both."""
    inner = line.removeprefix("* ")
    return inner.count("*") % 2 == 1 and (inner.endswith("*") or inner.startswith("*"))


def is_capitals(line: str) -> bool:
    """Whether a short line is written in capitals, as headings of plain text are."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 2 and all(c.isupper() for c in letters) and len(line.split()) <= 7


def _starts_something(line: str) -> bool:
    if not line or _is_half_emphasised(line):
        return False
    if _EMPHASISED.match(line) or BULLET.match(line) or _SIGN_BULLET.match(line) or BOX.match(line):
        return True
    if _GLUED_HEADING.match(line) and part_of(line.strip("# ")):
        return True
    if line.startswith(("![", "<img")):
        return True
    label = _LABEL.match(_SYMBOLS.sub("", line))
    if label and label_of(label["name"]):
        return True
    if CHAT_LINE.fullmatch(line) or is_capitals(line):
        return True
    if label_of(line.rstrip(":")) and len(line) < 60 and not line.rstrip().endswith((".", ",")):
        return True
    return begins_with_time(line)


def begins_with_time(line: str, *, loose: bool = False) -> bool:
    bare = _SYMBOLS.sub("", line).lstrip("*_`[( ~–—-•")
    if not bare[:1].isdigit() and bare[:3].lower() not in _TIME_STARTS:
        return False
    when = leading_when(line[:300].replace("*", "").replace("`", "").replace("_", ""), loose=loose)
    return when is not None and when.clock is not None
