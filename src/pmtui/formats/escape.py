"""Plain text as GitHub Flavored Markdown that renders as that very text.

A backslash goes only where GFM would read markup, so `database_server`, `5 < 6`, `a * b`, `C#` and
prose without marks come through unchanged. Everything holds by itself: whatever a template puts
around it, no mark of one text can pair with a mark of another.

Mentions (`@ana`) and references (`#12`) stay: only an invisible character would stop them, and that
would change the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pmtui.core.text import normalise

_MARKS = r"""
    (?P<harmless> (?<=[ \t])[*_]+(?=[ \t]) | (?<=[^\W_])_+(?=[^\W_]) | (?<![^ \t])~(?=[^\W_]) )
    | [*_~`\[\]]
    | \\(?=[!-/:-@\[-`{-~]|$)            # before another character it is one itself
    | <(?=[A-Za-z/!?]|$)                 # a tag, a comment, an autolink
    | &(?=\#?\w+;)                       # an entity
    | (?<=\S)\$(?![0-9A-Za-z]) | \$(?=\$)  # the end of a formula; without one none begins
    | (?<=[ \t])\#(?=\#*$)               # the closing marks of a heading
"""
_OPENING = re.compile(
    r"""
    \#{1,6}(?![^ \t]) | > | [-+](?![^ \t])
    | =+[ \t]*$ | (?=[|:\-])[|: \t]*-[|: \t\-]*$    # what makes the line above a heading or a table
    | (?P<number>\d{1,9})(?=[.)](?![^ \t]))
    """,
    re.VERBOSE,
)
_URL = r"(?P<url>(?<![A-Za-z])(?:https?|ftp)://[^ \t]*)|(?P<www>(?<![A-Za-z0-9])www\.[^ \t]*)"
_CODE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
_LINKS = re.compile(_URL, re.IGNORECASE | re.ASCII)
_LINKS_AND_CODE = re.compile(f"{_CODE}|{_URL}", re.IGNORECASE | re.ASCII)
_URL_END = re.compile(r"[<>]|[?!.,:;*_~'\"`)\]\\$]*$")
_LINE_END = re.compile(r"[ \t]*\n[ \t\n]*")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_FENCE = re.compile(r"(?P<marks>`{3,})[^`]*|(?P<tildes>~{3,}).*")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_LINKED_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
_BARE_TARGET = re.compile(r"[^\s<>()\\]+")


def inline(text: str) -> str:
    """`text` as one line that renders as the literal text, wherever in a line it stands."""
    return _guard_opening(_escape(_one_line(text), _LINKS))


def phrase(text: str) -> str:
    """Like `inline`, but what the writer set in backticks stays code."""
    return _guard_opening(_escape(_one_line(text), _LINKS_AND_CODE))


def cell(text: str) -> str:
    """Like `phrase`, for a cell of a table."""
    return _escape(_one_line(text), _LINKS_AND_CODE).replace("|", r"\|")


def piped(markdown: str) -> str:
    """Markdown of one line as a cell of a table: its bars are part of the text."""
    return _LINE_END.sub(" ", markdown).strip().replace("|", r"\|")


def label(text: str) -> str:
    """`text` for the brackets of a link or an image, where GFM links nothing by itself."""
    return _plain(_one_line(text))


def listed(texts: Iterable[str]) -> str:
    """Short texts in one line with commas between; a comma of a text's own is escaped."""
    return ", ".join(_escape(_one_line(text), _LINKS, ",") for text in texts if text.strip())


def target(url: str) -> str | None:
    """`url` as the destination of a link; None for what should not be one.

    That is everything but http, https, mailto, ftp and relative addresses: `javascript:` runs.
    """
    url = url.strip()
    scheme = _SCHEME.match(url)
    refused = scheme is not None and scheme["scheme"].lower() not in _LINKED_SCHEMES
    if not url or refused or not url.isprintable():
        return None
    if _BARE_TARGET.fullmatch(url):
        return _ENTITY.sub("&amp;", url)
    escaped = re.sub(r"[\\<>]", r"\\\g<0>", _ENTITY.sub("&amp;", url))
    return f"<{escaped}>"


def link(title: str, url: str) -> str:
    """A link named `title`, or both as text where `url` should not be a link."""
    if (destination := target(url)) is None:
        return inline(": ".join(part for part in (title, url) if part.strip()))
    return f"[{label(title) or label(url)}]({destination})"


def image(title: str, url: str) -> str:
    """An image with `title` as its alternative text, or both as text, as for `link`."""
    if (destination := target(url)) is None:
        return link(title, url)
    return f"![{label(title)}]({destination})"


def item(text: str, head: str = "", tail: str = "", struck: bool = False, indent: int = 2) -> str:
    """The text of a list item between a `head` and a `tail` that are Markdown already.

    Further lines stand under the first, `indent` columns in; fenced code stays code. `struck`
    strikes the text through.
    """
    blocks = list(_blocks(text, struck))
    if head:
        gap, first = (0, "") if not blocks or _FENCE.match(blocks[0][1]) else blocks.pop(0)
        blocks.insert(0, (gap, f"{head} {first}".rstrip()))
    if tail:
        gap, last = blocks.pop() if blocks and not _FENCE.match(blocks[-1][1]) else (1, "")
        blocks.append((gap, f"{last} {tail}".lstrip()))
    return indented("".join("\n" * (gap + 1) + block for gap, block in blocks).strip("\n"), indent)


def strikes(text: str) -> bool:
    """Whether `item` can strike through any of `text`: code it cannot."""
    return any(not _FENCE.match(block) for _, block in _blocks(text, False))


def indented(text: str, columns: int = 2) -> str:
    """`text` with its further lines `columns` in (at most 80), so that it stands in a list item.

    A tab at their beginning becomes blanks: behind others it would be narrower, and code text.
    """
    text = re.sub(r"(?<=\n)[ ]*\t[ \t]*", lambda found: found.group().expandtabs(4), text)
    return re.sub(r"\n(?!\n|$)", "\n" + " " * min(columns, 80), text)


def _blocks(text: str, struck: bool) -> Iterator[tuple[int, str]]:
    """The paragraphs of `text`, hard breaks between their lines, and its fenced code.

    Each stands behind the number of empty lines to write before it: those that the text has, and
    one more around code, also at its beginning.
    """
    gap = 0
    paragraph: list[str] = []
    lines = normalise(text).strip().split("\n")
    at = 0
    while at < len(lines):
        end = _fence_end(lines, at)
        line = lines[at].strip()
        if paragraph and (end or not line):
            yield gap, _paragraph(paragraph, struck)
            gap, paragraph = 0, []
        if end:
            code = [line, *lines[at + 1 : end - 1], lines[end - 1].strip()]
            yield gap + 1, "\n".join(code)
            gap = 1
        elif line:
            paragraph.append(line)
        else:
            gap += 1
        at = end or at + 1
    if paragraph:
        yield gap, _paragraph(paragraph, struck)


def _paragraph(lines: list[str], struck: bool) -> str:
    """Lines with hard breaks between; struck through as one, which is how they are read again."""
    if not struck:
        return "\\\n".join(map(phrase, lines))
    first, *others = (_escape(line, _LINKS_AND_CODE, "~") for line in lines)
    told = "\\\n".join((first, *map(_guard_opening, others)))
    return f"~~{told}~~"


def _fence_end(lines: list[str], begin: int) -> int:
    """The line after the fenced code that opens at line `begin`; 0 if none does, or none closes."""
    if (fence := _FENCE.fullmatch(lines[begin].strip())) is None:
        return 0
    marks = fence["marks"] or fence["tildes"]
    for at in range(begin + 1, len(lines)):
        closing = lines[at].strip()
        if closing.startswith(marks) and not closing.strip(marks[0]):
            return at + 1
    return 0


def _one_line(text: str) -> str:
    return _LINE_END.sub(" ", normalise(text)).strip()


def _escape(line: str, tokens: re.Pattern[str], also: str = "") -> str:
    """`line` with its marks, and the characters of `also`, escaped.

    What `tokens` finds is treated by a rule of its own.
    """
    written = []
    at = 0
    for found in tokens.finditer(line):
        written.append(_plain(line[at : found.start()], also))
        is_code = found.lastgroup == "code"
        written.append(found.group() if is_code else _address(found.group(), tokens, also))
        at = found.end()
    written.append(_plain(line[at:], also))
    return "".join(written)


def _address(run: str, tokens: re.Pattern[str], also: str) -> str:
    """A URL that GFM links by itself, in which a backslash would show.

    With a mark in it goes between angle brackets; one that begins with `www.` is unlinked instead.
    """
    if _plain(run, also) == run:
        return run
    if run[:4].lower() == "www.":
        return rf"{run[:3]}\.{_escape(run[4:], tokens, also)}"
    end = _URL_END.search(run)
    cut = end.start() if end else len(run)
    return f"<{_ENTITY.sub('&amp;', run[:cut])}>{_escape(run[cut:], tokens, also)}"


def _plain(text: str, also: str = "") -> str:
    return _marks(also).sub(_backslash, text)


@cache
def _marks(also: str) -> re.Pattern[str]:
    return re.compile(f"[{also}]|{_MARKS}" if also else _MARKS, re.VERBOSE)


def _backslash(found: re.Match[str]) -> str:
    return found["harmless"] or f"\\{found.group()}"


def _guard_opening(line: str) -> str:
    """`line` so that it does not open a list, a quote or a heading where it begins a line."""
    if found := _OPENING.match(line):
        at = found.end("number") if found["number"] else 0
        return f"{line[:at]}\\{line[at:]}"
    return line
