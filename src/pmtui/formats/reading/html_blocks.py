"""HTML as blocks, with the parser of the standard library: it gives lines, and forgives all."""

import re
from html.parser import HTMLParser

from pmtui.formats.reading.blocks import Block

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer form header html main nav p section summary
    """.split()
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "head"))
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_LITERAL = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~~")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_BOX = re.compile(r"\[(?P<state>[ xX])\] ?")


def read_html(text: str, first_line: int = 0) -> tuple[list[Block], str]:
    """The blocks of `text`, whose first line has the number given, and the page's title."""
    reader = _Reader(first_line)
    reader.feed(closed_tags(text))
    reader.close()
    reader.flush()
    return reader.blocks, " ".join(reader.title.split())


def closed_tags(text: str) -> str:
    """`text` with each `<` that begins no complete tag or comment as `&lt;`.

    The parser would look for the end of each of them through the whole rest.
    """
    comments = text.rfind("-->")
    tags = max(text.rfind(">"), comments)
    head, rest = text[: tags + 1], text[tags + 1 :]
    if "<!--" in head[comments + 1 :]:
        head = head[: comments + 1] + head[comments + 1 :].replace("<!--", "&lt;!--")
    if head.count("<") > _MANY and head.count(">") * 20 < head.count("<"):
        head = head.replace("<", "&lt;")
    return head + rest.replace("<", "&lt;")


_MANY = 500
"""The tags above which a text that hardly ever ends one is no HTML."""

_DEEPEST = 60
"""The emphases within each other that are told apart."""


class _Reader(HTMLParser):
    """Collects the text between what begins and ends a block."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title = ""
        self._first = first_line
        self._parts: list[str] = []
        self._line: int | None = None
        self._level = 0
        self._lists: list[str] = []
        self._item = False
        self._item_line = 0
        self._hidden: list[str] = []
        self._in_title = False
        self._pre = 0
        self._rows: list[list[str]] | None = None
        self._row_line = 0
        self._open: list[tuple[str, int]] = []
        self._links: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a block, or a mark within one."""
        values = {name: value or "" for name, value in attrs}
        if tag == "title":
            self._in_title = True
        elif tag in _HIDDEN:
            self._hidden.append(tag)
        elif self._hidden:
            if tag == "body":
                self._hidden.clear()
        elif tag in _HEADINGS:
            self.flush()
            self._level = _HEADINGS[tag]
        elif tag in ("ul", "ol", "menu"):
            self.flush()
            self._lists.append(tag)
            self._item = False
        elif tag == "li":
            self.flush()
            self._item, self._item_line = True, self._here()
        elif tag in ("table", "tr", "td", "th"):
            self._table(tag)
        elif tag == "pre":
            self.flush()
            self._pre += 1
        elif tag == "hr":
            self.flush()
            self._add(Block("rule", "", self._here(), self._here() + 1, source="---"))
        elif tag == "br" or (tag == "small" and self._text()):
            self._write("\n")
        elif tag == "img":
            alt = _BLANKS.sub(" ", values.get("alt", ""))
            self._write(f"![{_escaped(alt)}]({_destination(values.get('src', ''))})")
        elif tag == "input" and values.get("type", "").lower() == "checkbox":
            self._write("[x] " if "checked" in values else "[ ] ")
        elif tag == "a" and values.get("href"):
            self._links.append((len(self._parts), values["href"]))
        elif tag == "summary":
            self.flush()
            self._level = 4
        elif tag in _BREAKS:
            if not (self._item and tag in ("p", "div") and not self._text()):
                self.flush()
        elif len(self._open) < _DEEPEST and (
            (tag in ("code", "tt", "kbd", "samp") and not self._pre) or tag in _EMPHASIS
        ):
            self._open.append((tag, len(self._parts)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself is treated as one that begins."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Ends a block, or a mark within one."""
        if tag == "title":
            self._in_title = False
        elif self._hidden:
            if tag in self._hidden:
                self._hidden.remove(tag)
        elif tag in _HEADINGS or tag in _BREAKS or tag == "li":
            self.flush()
            self._item = self._item and tag != "li"
        elif tag in ("ul", "ol", "menu"):
            self.flush()
            self._lists = self._lists[:-1]
            self._item = False
        elif tag == "pre":
            self._code()
        elif tag == "table":
            self._end_table()
        elif tag == "a" and self._links:
            at, href = self._links.pop()
            inner = _BLANKS.sub(" ", "".join(self._parts[at:])).strip()
            if inner:
                self._parts[at:] = [f"[{inner}]({_destination(href)})"]
            else:
                self._parts.append(f"<{href}>")
        elif self._open and self._open[-1][0] == tag:
            _, at = self._open.pop()
            self._emphasised(tag, at)

    def handle_data(self, data: str) -> None:
        """Adds text to the present block."""
        if self._in_title:
            self.title += data
        elif self._hidden:
            return
        elif self._pre:
            self._parts.append(data)
            self._line = self._here() if self._line is None else self._line
        elif any(tag in ("code", "tt", "kbd", "samp") for tag, _ in self._open):
            self._write(data)
        else:
            self._write(_escaped(_BLANKS.sub(" ", data)))

    def flush(self) -> None:
        """Ends the present block, if there is text in it."""
        if self._rows is not None:
            return
        if self._pre:
            self._code()
        text = self._text()
        here = self._here() + 1
        line = self._line if self._line is not None else here - 1
        self._parts, self._line, self._links, self._open = [], None, [], []
        level, self._level = self._level, 0
        if level:
            if text:
                one = " ".join(text.split("\n"))
                self._add(
                    Block("heading", one, line, here, level=level, source=f"{'#' * level} {one}")
                )
        elif self._item and text:
            self._item = False
            self._add(self._as_item(text, self._item_line, here))
        elif text:
            depth = len(self._lists)
            for part in text.split("\n"):
                if part.strip():
                    self._add(
                        Block(
                            "text",
                            part.strip(),
                            line,
                            here,
                            depth=depth,
                            source=part.strip(),
                        )
                    )

    def _as_item(self, text: str, line: int, end: int) -> Block:
        depth = max(1, len(self._lists))
        ordered = bool(self._lists) and self._lists[-1] == "ol"
        mark = "1." if ordered else "-"
        box = _BOX.match(text)
        body = text[box.end() :] if box else text
        indent = "  " * (depth - 1)
        source = f"{indent}{mark} {text}".replace("\n", f"\n{indent}   ")
        checked = box["state"] in "xX" if box else None
        return Block(
            "item", body, line, end, depth=depth, mark=mark, checked=checked, source=source
        )

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _here(self) -> int:
        return self._first + self.getpos()[0] - 1

    def _write(self, text: str) -> None:
        if self._line is None and text.strip():
            self._line = self._here()
        self._parts.append(text)

    def _text(self) -> str:
        lines = "".join(self._parts).split("\n")
        return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()

    def _emphasised(self, tag: str, at: int) -> None:
        inner = "".join(self._parts[at:])
        bare = inner.strip()
        if not bare or self._pre:
            return
        if tag not in _EMPHASIS:
            ticks = "``" if "`" in bare else "`"
            marked = f"{ticks}{bare}{ticks}"
        else:
            mark = _EMPHASIS[tag]
            marked = "\n".join(
                f"{mark}{part.strip()}{mark}" if part.strip() else "" for part in bare.split("\n")
            )
        left = inner[: len(inner) - len(inner.lstrip())]
        right = inner[len(inner.rstrip()) :]
        self._parts[at:] = [f"{left}{marked}{right}"]

    def _code(self) -> None:
        self._pre = 0
        body = "".join(self._parts).strip("\n")
        line = self._line if self._line is not None else self._here()
        self._parts, self._line, self._open, self._links = [], None, [], []
        if body.strip():
            fence = "````" if "```" in body else "```"
            self._add(
                Block(
                    "code",
                    body,
                    line,
                    self._here() + 1,
                    depth=len(self._lists),
                    source=f"{fence}\n{body}\n{fence}",
                )
            )

    def _table(self, tag: str) -> None:
        if tag == "table" or self._rows is None:
            self.flush()
            self._rows = self._rows or []
            self._row_line = self._here()
        if tag == "tr":
            self._cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._cell()
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append("")

    def _cell(self) -> None:
        text = " ".join(self._text().split("\n"))
        self._parts, self._line, self._open, self._links = [], None, [], []
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = text
        elif text:
            self._add(Block("text", text, self._here(), self._here() + 1, source=text))

    def _end_table(self) -> None:
        if self._rows is None:
            return
        self._cell()
        rows = tuple(tuple(row) for row in self._rows if any(cell for cell in row))
        line, self._rows = self._row_line, None
        if rows:
            self._add(
                Block("table", "", line, self._here() + 1, rows=rows, source=table_source(rows))
            )

    def close(self) -> None:
        """Ends what is still open at the end of the text."""
        super().close()
        self._end_table()


def table_source(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table as GitHub-flavoured Markdown."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    shown = [[cell.replace("|", r"\|") for cell in row] for row in padded]
    lines = [f"| {' | '.join(row)} |" for row in shown]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _escaped(text: str) -> str:
    return _LITERAL.sub(lambda found: "".join(f"\\{c}" for c in found.group()), text)


def _destination(url: str) -> str:
    url = url.strip()
    return f"<{url}>" if re.search(r"[\s()<>]", url) else url
