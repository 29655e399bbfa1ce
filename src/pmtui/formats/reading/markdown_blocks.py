"""Markdown as blocks, however broken: what CommonMark would swallow is read as it was meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.html_blocks import read_html
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import label_of, part_of
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.translation import ENGLISH_MONTHS as _ENGLISH

_BOX = re.compile(r"(?:\[(?P<state>[ xX✓✔~-])\]|(?P<sign>[☐☑☒]))(?:\s+|$)")
_BULLET = re.compile(
    r"(?P<mark>[-*+•◦▪●‣–—·→]|[0-9]{1,3}[.)]|\([0-9a-h]{1,2}\)|[a-h]\))(?:\s+"
    r"|(?=\*\*))(?=\S)"
)
_SIGN_BULLET = re.compile(r"(?:&nbsp;|&emsp;|&ensp;|\s)*[•◦▪●‣·](?:&nbsp;|&emsp;|&ensp;|\s)*")
_GLUED_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>[^\s#0-9!].*)")
_WIKI_HEADING = re.compile(r"(?P<marks>={2,5})\s*(?P<text>[^=].*?[^=])\s*=+")
_HEADING_LINE = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_MARKDOWN_LINE = re.compile(r" {0,3}(?:#{1,6}\s|[-*+]\s|[0-9]{1,3}[.)]\s|```|~~~|\||\*\*)")
_INLINE_HTML = re.compile(
    r"\s*<(?:img|a|br|span|b|i|em|strong|code|font|u|kbd|sub|sup"
    r"|input)\b",
    re.I,
)
_COMMENT = re.compile(r"(?:\s*<!--.*?-->\s*)+", re.DOTALL)
_TABLE_OPEN = re.compile(r"<(table|ul|ol|dl|details)\b", re.IGNORECASE)
_EMPHASISED = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*:?\s*$")
_LABEL = re.compile(r"(?:\*\*|__)?(?P<name>[^:*\n]{2,60}?)(?:\*\*|__)?\s*:(?:\*\*|__)?(?:\s|$)")
_DAY_NUMBER = re.compile(
    rf"^(\s*(?:[-*+]\s+)?)([0-9]{{1,2}})\.(?=\s+(?:{'|'.join(_ENGLISH)})\b)", re.IGNORECASE
)
_SYMBOLS = re.compile(r"^(?:[^\w\s*_\[(`<#|:.,!?\"'-]|[\u200d\ufe0f])+\s*")
_HARD_BREAK = re.compile(r"(?: {2,}|\\|<br\s*/?>)$", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?:;…](?:[\"'”’)*_`\]]*)$")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    # Only the blocks are wanted; what stands in a line is read where it is needed.
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def read_markdown(lines: Sequence[str], report: Report, *, exact: bool = False) -> list[Block]:
    """The blocks of the lines of a Markdown document; `exact` takes its marks at their word."""
    lines = _with_open_html_joined(lines)
    if not exact:
        lines = [_DAY_NUMBER.sub(r"\1\2\\.", line) for line in lines]
    tokens = _parser().parse("\n".join(lines))
    while (line := _unclosed_fence(tokens, lines)) is not None:
        report.add(
            line + 1,
            "the code that begins here is never closed; it was ended at the next empty line",
        )
        lines = _with_closed_fence(lines, line)
        tokens = _parser().parse("\n".join(lines))
    return list(_Walker(lines, report, exact).walk(tokens))


def _with_open_html_joined(lines: Sequence[str]) -> list[str]:
    """The lines with a comment on each empty one inside an HTML table or list.

    An empty line would end the HTML there, and the rest be taken for text.
    """
    result = list(lines)
    at = 0
    while at < len(result):
        opened = _TABLE_OPEN.match(result[at].lstrip()) if "<" in result[at] else None
        if opened:
            closing = f"</{opened[1].lower()}>"
            end = next(
                (i for i in range(at, min(len(result), at + 5000)) if closing in result[i].lower()),
                None,
            )
            heading = end is not None and any(_HEADING_LINE.match(line) for line in result[at:end])
            if end is not None and not heading and opened[1].lower() != "details":
                for inner in range(at + 1, end):
                    result[inner] = result[inner] if result[inner].strip() else "<!-- -->"
                at = end
        at += 1
    return result


def _unclosed_fence(tokens: Sequence[Any], lines: Sequence[str]) -> int | None:
    for token in reversed(tokens):
        if token.type != "fence" or token.map is None:
            continue
        begin, end = token.map
        closing = lines[end - 1].strip(" \t>") if end - 1 > begin else ""
        closed = closing and closing.startswith(token.markup) and not closing.strip(token.markup[0])
        rest = [line for line in lines[begin + 1 : end] if line.strip()]
        return begin if not closed and rest else None
    return None


def _with_closed_fence(lines: Sequence[str], line: int) -> list[str]:
    """The lines with the fence closed at the first empty line, or without it where none follows."""
    result = list(lines)
    mark = _FENCE.match(lines[line])
    blank = next((at for at in range(line + 1, len(lines)) if not lines[at].strip()), None)
    if (
        mark
        and blank is not None
        and blank > line + 1
        and any(rest.strip() for rest in lines[blank:])
    ):
        result[blank] = mark[1]
    else:
        result[line] = _FENCE.sub("", lines[line]).strip()
    return result


class _Walker:
    """Walks the tokens and gives the blocks."""

    def __init__(self, lines: Sequence[str], report: Report, exact: bool) -> None:
        self._exact = exact
        self._lines = lines
        self._report = report

    def walk(self, tokens: Sequence[Any]) -> Iterator[Block]:
        """The blocks of the tokens in order."""
        at = 0
        depth = 0
        marks: list[str] = []
        fresh = False
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if kind == "list_item_open":
                if depth == 0 and token.info and self._is_lone_heading(tokens, at):
                    begin, end = tokens[at + 2].map
                    title = f"{token.info}{token.markup} {tokens[at + 2].content}"
                    yield Block("heading", title, begin, end, level=3)
                    at = _closing(tokens, at, "list_item_open", "list_item_close") + 1
                    continue
                depth += 1
                marks.append(f"{token.info}{token.markup}" if token.info else token.markup)
                fresh = True
                following = tokens[at + 1].type
                if following != "paragraph_open":
                    line = token.map[0]
                    yield Block("item", "", line, line + 1, depth=depth, mark=marks[-1])
                    fresh = False
            elif kind == "list_item_close":
                depth -= 1
                marks.pop()
                fresh = False
            elif kind == "paragraph_open":
                inline = tokens[at + 1]
                if fresh:
                    yield from self._item(inline, depth, marks[-1])
                    fresh = False
                else:
                    yield from self._paragraph(inline.content.split("\n"), inline.map[0], depth)
                at += 2
            elif kind == "heading_open":
                yield from self._heading(token, tokens[at + 1], depth)
                at += 2
            elif kind == "blockquote_open":
                at = _closing(tokens, at, "blockquote_open", "blockquote_close")
                begin, end = token.map
                yield from self._quote(begin, end, depth)
            elif kind == "fence":
                begin, end = token.map
                text = token.content.rstrip("\n")
                yield Block("code", text, begin, end, depth=depth, mark=token.info.strip())
            elif kind == "code_block":
                yield from self._indented(token, depth)
            elif kind == "table_open":
                end = _closing(tokens, at, "table_open", "table_close")
                yield _table(tokens[at:end], token.map, depth)
                at = end
            elif kind == "html_block":
                yield from self._html(token, depth)
            elif kind == "hr":
                yield Block("rule", "", *token.map)
            at += 1

    def _is_lone_heading(self, tokens: Sequence[Any], at: int) -> bool:
        """Whether a numbered list of one item is a heading with a number."""
        if self._exact:
            return False
        end = _closing(tokens, at, "list_item_open", "list_item_close")
        alone = (
            tokens[at - 1].type == "ordered_list_open"
            and tokens[end + 1].type == "ordered_list_close"
        )
        if not alone or end != at + 4 or tokens[at + 1].type != "paragraph_open":
            return False
        text = tokens[at + 2].content
        return "\n" not in text and _is_heading_line(text)

    def _quote(self, begin: int, end: int, depth: int) -> Iterator[Block]:
        """A quotation; one that is a timeline is read like any other text."""
        exact = self._exact
        inner = [re.sub(r"^\s*>\s?", "", line) for line in self._lines[begin:end]]
        if exact or sum(_begins_with_time(line.strip(" -*+")) for line in inner) < 2:
            yield Block("quote", "\n".join(inner), begin, end, depth=depth)
            return
        for block in read_markdown(inner, self._report):
            yield replace(
                block, line=block.line + begin, end=block.end + begin, depth=block.depth + depth
            )

    def _heading(self, token: Any, inline: Any, depth: int) -> Iterator[Block]:
        begin, end = token.map
        text = inline.content
        if not token.markup.startswith("#"):
            # A rule drawn right below a paragraph is no underline.
            *before, last = text.split("\n")
            is_prose = len(last) > 90 or (last.rstrip().endswith((".", ",")) and not part_of(last))
            listed = bool(_BULLET.match(last)) or _begins_with_time(last)
            if is_prose or listed:
                yield from self._paragraph(text.split("\n"), begin, depth)
                yield Block("rule", "", end - 1, end)
                return
            if before:
                yield from self._paragraph(before, begin, depth)
            yield Block("heading", last.strip(), end - 2, end, level=int(token.tag[1]))
            return
        if text.strip():
            yield Block("heading", text.strip(), begin, end, level=int(token.tag[1]))

    def _item(self, inline: Any, depth: int, mark: str) -> Iterator[Block]:
        first, *more = self._units(inline.content.split("\n"), inline.map[0], item=True)
        text, begin, end = first
        if depth == 1 and mark[:1].isdigit() and more and _is_heading_line(text):
            # "2. Timeline" above plain lines is a heading with a number.
            yield Block("heading", f"{mark} {text}", begin, end, level=3)
            for text, begin, end in more:
                yield from _line_block(text, begin, end, 0)
            return
        box = _BOX.match(text)
        checked = None
        if box:
            checked = box["state"] in "xX✓✔" if box["state"] else box["sign"] != "☐"
            text = text[box.end() :]
        yield Block("item", text, begin, end, depth=depth, mark=mark, checked=checked)
        for text, begin, end in more:
            yield Block("text", text, begin, end, depth=depth)

    def _units(
        self, lines: Sequence[str], begin: int, *, item: bool = False
    ) -> list[tuple[str, int, int]]:
        if not self._exact:
            return _units(lines, begin, item=item)
        broken = "".join(
            f"{_HARD_BREAK.sub('', line).strip()}\n"
            if _HARD_BREAK.search(line)
            else f"{line.strip()} "
            for line in lines
        )
        return [(broken.strip(), begin, begin + len(lines))]

    def _paragraph(self, lines: Sequence[str], begin: int, depth: int) -> Iterator[Block]:
        if self._exact:
            text, line, end = self._units(lines, begin)[0]
            yield Block("text", text, line, end, depth=depth)
            return
        for text, line, end in _units(lines, begin):
            yield from _line_block(text, line, end, depth)

    def _indented(self, token: Any, depth: int) -> Iterator[Block]:
        """Indented text, which is hardly ever meant as code: a block a line, deeper ones nested."""
        begin, _ = token.map
        widths: list[int] = []
        for offset, line in enumerate(token.content.rstrip("\n").split("\n")):
            if not line.strip():
                continue
            width = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            widths = [known for known in widths if known < width]
            inner = depth + len(widths)
            widths.append(width)
            for block in _line_block(line.strip(), begin + offset, begin + offset + 1, inner):
                yield replace(block, depth=max(block.depth, inner))

    def _html(self, token: Any, depth: int) -> Iterator[Block]:
        begin, _ = token.map
        lines = token.content.rstrip("\n").split("\n")
        end = len(lines)
        if _COMMENT.fullmatch(token.content):
            yield Block("comment", token.content.strip(), begin, begin + end, depth=depth)
            return
        split = self._end_of_html(lines)
        yield from (
            replace(block, depth=block.depth + depth)
            for block in read_html("\n".join(lines[:split]), begin)[0]
        )
        if split < end:
            rest = ["", *lines[split:]]
            for block in read_markdown(rest, self._report):
                shift = begin + split - 1
                yield replace(block, line=block.line + shift, end=block.end + shift)

    def _end_of_html(self, lines: Sequence[str]) -> int:
        """The line of an HTML block from which on it is Markdown again."""
        inline = bool(_INLINE_HTML.match(lines[0]))
        for at, line in enumerate(lines[1:], 1):
            if _HEADING_LINE.match(line):
                return at
            if inline and not line.lstrip().startswith("<"):
                return at
            if _MARKDOWN_LINE.match(line) and not _is_open("\n".join(lines[:at])):
                return at
        return len(lines)


def _is_open(text: str) -> bool:
    lower = text.lower()
    return any(
        lower.count(f"<{tag}") > lower.count(f"</{tag}") for tag in ("table", "ul", "ol", "pre")
    )


def _closing(tokens: Sequence[Any], at: int, opened: str, closed: str) -> int:
    level = 0
    for place in range(at, len(tokens)):
        level += (tokens[place].type == opened) - (tokens[place].type == closed)
        if not level:
            return place
    return len(tokens) - 1


def _table(tokens: Sequence[Any], span: tuple[int, int], depth: int) -> Block:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return Block("table", "", *span, depth=depth, rows=tuple(map(tuple, rows)))


def _line_block(text: str, line: int, end: int, depth: int) -> Iterator[Block]:
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
    box = _BOX.match(stripped)
    if box and (box["sign"] or stripped.startswith("[")) and len(stripped) > box.end():
        checked = box["state"] in "xX✓✔" if box["state"] else box["sign"] != "☐"
        yield Block(
            "item", stripped[box.end() :], line, end, depth=depth + 1, mark="-", checked=checked
        )
        return
    if sign := _SIGN_BULLET.match(stripped):
        yield Block("item", stripped[sign.end() :], line, end, depth=depth + 1, mark="•")
        return
    bullet = _BULLET.match(stripped)
    if bullet and "\n" not in stripped and not _begins_with_time(stripped):
        body = stripped[bullet.end() :]
        box = _BOX.match(body)
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


def _units(lines: Sequence[str], begin: int, *, item: bool = False) -> list[tuple[str, int, int]]:
    """The lines of a paragraph joined where they are one running text, each with its own lines.

    People write lists as bare lines; a line goes on with the one before only where the paragraph
    is wrapped text and the line does not begin something of its own.
    """
    chunk_of = _chunks(lines)
    wrapping = {at: item or _is_wrapped(chunk) for at, chunk in chunk_of.items()}
    starts = sorted(chunk_of)
    widest = max(map(len, lines))
    units: list[tuple[str, int, int]] = []
    previous = ""
    for offset, line in enumerate(lines):
        number = begin + offset
        stripped = line.strip()
        bare = _HARD_BREAK.sub("", line.rstrip("\n")).strip()
        wrapped = (
            wrapping[max(at for at in starts if at <= offset)] if len(starts) > 1 else wrapping[0]
        )
        goes_on = bool(units) and (wrapped or _continues(previous, stripped))
        if goes_on and stripped and not item and _is_cut_short(previous, stripped, widest):
            goes_on = False
        goes_on = goes_on and not (number - units[-1][1] == 1 and _is_heading_line(previous))
        if goes_on and (_starts_something(stripped) or (_HARD_BREAK.search(previous) and not item)):
            goes_on = False
        if goes_on:
            text, first, _ = units[-1]
            joint = "\n" if _HARD_BREAK.search(previous) else " "
            units[-1] = (f"{text}{joint}{bare}", first, number + 1)
        elif stripped:
            units.append((bare, number, number + 1))
        elif units:
            units[-1] = (units[-1][0], units[-1][1], number + 1)
        previous = line
    return units or [("", begin, begin + len(lines))]


def _chunks(lines: Sequence[str]) -> dict[int, Sequence[str]]:
    """The lines cut where a heading stands among them, by the place of their first line."""
    cuts = [0, *(at for at, line in enumerate(lines) if at and _is_heading_line(line)), len(lines)]
    pairs = pairwise(cuts)
    return {
        begin: lines[begin + (begin in cuts[1:]) : end] or lines[begin:end]
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


def _is_heading_line(line: str) -> bool:
    """Whether a bare line is a heading, or names who said what follows and when."""
    bare = line.strip()
    if not bare or len(bare) > 70:
        return False
    if _CHAT_LINE.fullmatch(bare):
        return True
    if is_capitals(bare):
        return True
    return bool(label_of(bare.rstrip(":"))) and not bare.endswith((".", ","))


def is_capitals(line: str) -> bool:
    """Whether a short line is written in capitals, as headings of plain text are."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 2 and all(c.isupper() for c in letters) and len(line.split()) <= 7


def _starts_something(line: str) -> bool:
    if not line:
        return False
    if (
        _EMPHASISED.match(line)
        or _BULLET.match(line)
        or _SIGN_BULLET.match(line)
        or _BOX.match(line)
    ):
        return True
    if _GLUED_HEADING.match(line) and part_of(line.strip("# ")):
        return True
    if line.startswith(("![", "<img")):
        return True
    label = _LABEL.match(_SYMBOLS.sub("", line))
    if label and label_of(label["name"]):
        return True
    if _CHAT_LINE.fullmatch(line) or is_capitals(line):
        return True
    if label_of(line.rstrip(":")) and len(line) < 60 and not line.rstrip().endswith((".", ",")):
        return True
    return _begins_with_time(line)


def _begins_with_time(line: str) -> bool:
    bare = _SYMBOLS.sub("", line).lstrip("*_`[( ~–—-•")
    if not bare[:1].isdigit() and bare[:3].lower() not in _TIME_STARTS:
        return False
    when = leading_when(line[:300].replace("*", "").replace("`", "").replace("_", ""))
    return when is not None and when.clock is not None


_CHAT_LINE = re.compile(
    r"(?P<who>[^\W\d][^:\n]{1,40}?)\s+(?:(?:APP"
    r"|BOT)\s+)?(?P<time>\[?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]?)"
)
_TIME_STARTS = frozenset(
    """
    jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun at: at  t+0
    """.split()
) | {"at ", "t+0", "day"}
