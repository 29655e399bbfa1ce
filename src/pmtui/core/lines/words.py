"""The words of a quick line: which are tags, which are plain, and how a plain one is protected.

A tag is a whole word. `\\` before a word that looks like a tag makes it plain, and each further
backslash stands for itself, so that any text can be written and read back. `⏎` is a line end.
"""

import re
from collections.abc import Callable, Collection, Iterable

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern

Tag = tuple[str, str]
"""A role and a value."""

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_WORD = pattern(rf"(?:@|link:|ticket:){_QUOTED}(?=[.,;:]?(?:\s|$))|\S+")
_LOOKS_LIKE_TAG = r"(?:[#@!]|https?://|due:|ticket:|link:|[A-Z][A-Z0-9]+-[0-9]+[.,;:]?(?!\S))"
_PROTECTED = pattern(rf"\\+{_LOOKS_LIKE_TAG}", re.IGNORECASE)
_TAG_LIKE = pattern(rf"\\*{_LOOKS_LIKE_TAG}", re.IGNORECASE)
_LINK = pattern(r"https?://", re.IGNORECASE)
_LINE_END = "⏎"
_LINE_END_OR_SIGN = pattern(rf"(\\*)(\n|{_LINE_END})")
_BARE_NAME = pattern(r"\w(?:[\w.-]*[\w-])?")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part of the line stands, for colouring.

    `role` is time, kind, who, link, owner, due, priority, ticket, internal or escape.
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line taken apart: its plain text and the first tag of each role."""

    text: str
    tags: dict[str, str]
    spans: tuple[Span, ...]


def read_words(
    line: str, start: int, tag_of: Callable[[str], Tag | None], anywhere: Collection[str]
) -> Words:
    """The words of `line` from `start` on.

    Tags count in the run at the beginning and the run at the end; those whose role is in `anywhere`
    count in the middle too. Of each role the first counts, the others stay text.
    """
    words = list(_WORD.finditer(line, start))
    found = [tag_of(_without_stop(word.group())) for word in words]
    in_run = _runs(found)
    tags: dict[str, str] = {}
    spans: list[Span] = []
    text = ""
    end = start
    for word, tag, outer in zip(words, found, in_run, strict=True):
        gap, end = line[end : word.start()], word.end()
        if tag and tag[0] not in tags and (outer or tag[0] in anywhere):
            tags[tag[0]] = tag[1]
            stop = word.start() + len(_without_stop(word.group()))
            spans.append(Span(word.start(), stop, tag[0]))
            continue
        plain = word.group()
        if _PROTECTED.match(plain):
            spans.append(Span(word.start(), word.start() + 1, "escape"))
            plain = plain[1:]
        text += gap + plain
    return Words(_LINE_END_OR_SIGN.sub(_opened_line, text.strip()), tags, tuple(spans))


def end_of_words(line: str, spans: Iterable[Span]) -> int:
    """The column after the plain text of `line`, before the tags at its end."""
    end = len(line.rstrip())
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        if span.role in ("time", "escape") or line[span.end : end].strip():
            break
        end = len(line[: span.start].rstrip())
    return end


def plain_words(text: str, *, protect: bool) -> str:
    """`text` as it is written on a line; `protect` keeps all that looks like a tag plain."""
    line = _LINE_END_OR_SIGN.sub(_closed_line, text.strip())
    always = _TAG_LIKE if protect else _PROTECTED
    return re.sub(r"\S+", lambda word: _guarded(word.group(), always), line)


def quoted(value: str) -> str:
    """`value` in quotes that `unquoted` takes off again."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(value: str) -> str:
    """What stands between the quotes; a value without quotes is itself."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def name_tag(name: str) -> str:
    """The tag of a person: `@ana`, `@"Ana Maria"`."""
    return f"@{name if _BARE_NAME.fullmatch(name) else quoted(name)}"


def read_name(word: str) -> str | None:
    """The name in a tag like `@ana` or `@"Ana Maria"`, None if the word is none."""
    name = word[1:] if word.startswith("@") else ""
    if re.fullmatch(_QUOTED, name):
        return unquoted(name) or None
    return name if _BARE_NAME.fullmatch(name) else None


def joined(parts: Iterable[str]) -> str:
    """The parts that are not empty, with one blank between them."""
    return " ".join(part for part in parts if part)


def _runs(found: list[Tag | None]) -> list[bool]:
    count = len(found)
    first = next((at for at in range(count) if found[at] is None), count)
    last = next((at for at in reversed(range(count)) if found[at] is None), -1)
    return [at < first or at > last for at in range(count)]


def _without_stop(word: str) -> str:
    """A word without the mark that ends a part of a sentence; a link may end in some of these."""
    stops = "." if _LINK.match(word) else ".,;:"
    return word[:-1] if word.endswith(tuple(stops)) and len(word) > 1 else word


def _guarded(word: str, pattern: re.Pattern[str]) -> str:
    return f"\\{word}" if pattern.match(word) else word


def _closed_line(found: re.Match[str]) -> str:
    # Backslashes before a line end are doubled; an odd one makes the sign itself.
    slashes, end = found.groups()
    return f"{slashes * 2}{'' if end != _LINE_END else chr(92)}{_LINE_END}"


def _opened_line(found: re.Match[str]) -> str:
    count = len(found[1])
    return "\\" * (count // 2) + (_LINE_END if count % 2 else "\n")
