"""Markdown as blocks, however broken: what CommonMark would swallow is read as it was meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pmtui.formats.reading.blocks import INDENTED, Block
from pmtui.formats.reading.html_blocks import read_html
from pmtui.formats.reading.inner_breaks import lines_by_breaks
from pmtui.formats.reading.line_units import (
    BOX,
    BULLET,
    begins_with_time,
    is_heading_line,
    line_block,
    units_of,
)
from pmtui.formats.reading.markdown_lines import (
    HEADING_LINE,
    unclosed_fence,
    with_closed_fence,
    with_code_in_lists,
    with_even_lists,
    with_open_html_joined,
    with_points_nested,
    without_fence,
)
from pmtui.formats.reading.names import label_of, part_of
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.translation import ENGLISH_MONTHS as _ENGLISH

_MARKDOWN_LINE = re.compile(r" {0,3}(?:#{1,6}\s|[-*+]\s|[0-9]{1,3}[.)]\s|```|~~~|\||\*\*)")
_INLINE_HTML = re.compile(
    r"\s*<(?:img|a|br|span|b|i|em|strong|code|font|u|kbd|sub|sup"
    r"|input)\b",
    re.I,
)
_COMMENT = re.compile(r"(?:\s*<!--.*?-->\s*)+", re.DOTALL)
_HOUSE_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\$")
"""A backslash before the end of a line that is not escaped itself."""

_DAY_NUMBER = re.compile(
    rf"(\s*(?:[-*+]\s+)?)([0-9]{{1,2}})\.(?=\s+(?:{'|'.join(_ENGLISH)})\b"
    r"(?!\s+[0-9]{1,2}(?:(?:st|nd|rd|th)\b|,?\s+[0-9]{4}\b)))",
    re.IGNORECASE,
)
"""A day before its month; that of an item before another day is its number: "2. May 4th"."""

_GLUED_NUMBER = re.compile(r"(?P<mark>[0-9]{1,3}[.)])(?=[0-9]{1,2}:[0-9]{2})")
"""The number of an item that lacks its blank before a clock time."""

_LABELLED = re.compile(r"\s*\*\*[^*:]{2,40}(?::\*\*|\*\*:)\s+\S")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    # Only the blocks are wanted; what stands in a line is read where it is needed.
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def read_markdown(lines: Sequence[str], report: Report, *, exact: bool = False) -> list[Block]:
    """The blocks of the lines of a Markdown document; `exact` takes its marks at their word."""
    lines = with_open_html_joined(lines)
    if not exact:
        lines = with_points_nested(with_even_lists(with_code_in_lists(lines)))
        lines = [_with_day_number(line) for line in lines]
    tokens = _parser().parse("\n".join(lines))
    tried: set[int] = set()
    while (line := unclosed_fence(tokens, lines)) is not None:
        report.add(
            line + 1,
            "the code that begins here is never closed; it was ended at the next empty line",
        )
        # An end that is put outside of a list opens code itself; nothing is tried twice.
        lines = without_fence(lines, line) if line in tried else with_closed_fence(lines, line)
        tried.add(line)
        tokens = _parser().parse("\n".join(lines))
    return list(_Walker(lines, report, exact).walk(tokens))


def _with_day_number(line: str) -> str:
    """`line`, its point escaped where that is behind a day: "3. May" is no third item."""
    found = _DAY_NUMBER.match(line)
    return f"{found[1]}{found[2]}\\.{line[found.end() :]}" if found else line


class _Walker:
    """Walks the tokens and gives the blocks."""

    def __init__(self, lines: Sequence[str], report: Report, exact: bool) -> None:
        self._exact = exact
        self._numbered = False
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
                    self._numbered = True
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
            elif kind == "html_block" and self._exact and not _COMMENT.match(token.content):
                begin, end = token.map
                yield Block("text", token.content.strip(), begin, end, depth=depth)
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
        return "\n" not in text and is_heading_line(text)

    def _quote(self, begin: int, end: int, depth: int) -> Iterator[Block]:
        """A quotation; one that is a timeline, or facts with labels, is read like other text."""
        exact = self._exact
        inner = [re.sub(r"^\s*>\s?", "", line) for line in self._lines[begin:end]]
        said = [line for line in inner if line.strip()]
        labels = len(said) > 1 and all(map(_LABELLED.match, said))
        timed = sum(begins_with_time(line.strip(" -*+"), loose=True) for line in inner)
        if exact or not (labels or timed > 1):
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
            listed = bool(BULLET.match(last)) or begins_with_time(last)
            if is_prose or listed:
                yield from self._paragraph(text.split("\n"), begin, depth)
                yield Block("rule", "", end - 1, end)
                return
            if before:
                yield from self._paragraph(before, begin, depth)
            yield Block("heading", last.strip(), end - 2, end, level=int(token.tag[1]))
            return
        if text.strip():
            mark = INDENTED if depth else ""
            yield Block("heading", text.strip(), begin, end, level=int(token.tag[1]), mark=mark)

    def _item(self, inline: Any, depth: int, mark: str) -> Iterator[Block]:
        first, *more = self._units(inline.content.split("\n"), inline.map[0], item=True)
        text, begin, end = first
        numbered = depth == 1 and mark[:1].isdigit() and (bool(more) or self._numbered)
        if numbered and is_heading_line(text):
            # "2. Timeline" above plain lines is a heading with a number.
            self._numbered = True
            yield Block("heading", f"{mark} {text}", begin, end, level=3)
            for text, begin, end in more:
                yield from line_block(text, begin, end, 0)
            return
        box = BOX.match(text)
        checked = None
        if box:
            checked = box["state"] in "xX✓✔" if box["state"] else box["sign"] != "☐"
            text = text[box.end() :]
        yield Block("item", text, begin, end, depth=depth, mark=mark, checked=checked)
        listed = text.rstrip("*_ ").endswith(":") and len(more) > 1
        for text, begin, end in more:
            if listed:
                yield Block("item", text, begin, end, depth=depth + 1, mark="-")
            elif mark[:1].isdigit() and (next_item := _GLUED_NUMBER.match(text)):
                text = text[next_item.end() :]
                yield Block("item", text, begin, end, depth=depth, mark=next_item["mark"])
            elif not self._lines[begin][:1].isspace() and label_of(text):
                # A heading without a mark, at the margin right below a list, is not part of it.
                yield Block("text", text, begin, end)
            else:
                yield Block("text", text, begin, end, depth=depth)

    def _units(
        self, lines: Sequence[str], begin: int, *, item: bool = False
    ) -> list[tuple[str, int, int]]:
        if not self._exact:
            return units_of(lines, begin, item=item)
        broken = "".join(
            f"{line.strip()[:-1]}\n" if _HOUSE_BREAK.search(line) else f"{line.strip()} "
            for line in lines
        )
        return [(broken.strip(), begin, begin + len(lines))]

    def _paragraph(self, lines: Sequence[str], begin: int, depth: int) -> Iterator[Block]:
        if self._exact:
            text, line, end = self._units(lines, begin)[0]
            yield Block("text", text, line, end, depth=depth)
            return
        if shown := lines_by_breaks(lines, begin):
            for text, line, end in shown:
                for block in line_block(text, line, end, depth):
                    yield replace(block, source=text)
            return
        for text, line, end in units_of(lines, begin):
            yield from line_block(text, line, end, depth)

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
            for block in line_block(line.strip(), begin + offset, begin + offset + 1, inner):
                mark = block.mark or INDENTED
                yield replace(block, depth=max(block.depth, inner), mark=mark)

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
            if HEADING_LINE.match(line):
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
