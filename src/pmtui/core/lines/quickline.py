"""The line that an event is typed on: `[time] text [#kind] [@who] [https://…]`, and completion."""

import re
from collections.abc import Sequence
from datetime import datetime

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.core.lines.taskline import TaskLine, read_task, write_task
from pmtui.core.lines.words import (
    Span,
    Tag,
    joined,
    name_tag,
    plain_words,
    quoted,
    read_name,
    read_words,
    unquoted,
)
from pmtui.core.times import Frame, Reading, read_time, split_time, write_time
from pmtui.core.vocabulary import KINDS
from pmtui.errors import TimeError

__all__ = [
    "Completion",
    "EntryLine",
    "Span",
    "TaskLine",
    "complete",
    "read_entry",
    "read_task",
    "write_entry",
    "write_task",
]

_LIKELY = 3
"""Letters of a tag from which on it can be told what kind was meant."""

_AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"
_ZONE_LIKE = pattern(
    rf"\s*(?P<zone>[A-Z]{{0,4}}[+-]\d{{1,2}}(?::?\d\d)?|[A-Z]{{1,3}}DT|(?i:(?:{_AREAS})/\S+))(?=\s|$)"
)

_NO_TIME = pattern(r"\s*--(?:\s+|$)")
_LINK = pattern(r'https?://[^\s"<>]+|link:(?P<quoted>"(?:[^"\\]|\\.)*")', re.IGNORECASE)
_PLAIN_LINK = pattern(r'https?://[^\s"<>]*[^\s"<>.]', re.IGNORECASE)
_WORD_TO_COMPLETE = pattern(r'(?:(?<=\s)|^)(?:@"[^"]*"?|[#@]\S*)')


@dataclass(frozen=True, slots=True)
class EntryLine:
    """What a typed line says about an event.

    `kind` is None where none was said; `live` means that no time was typed, so that `at` is now;
    `at` is None after the mark `--`, when nobody knows it. `note` says what was assumed.
    """

    text: str
    at: datetime | None
    until: datetime | None
    about: bool
    kind: str | None
    who: str
    link: str
    note: str
    live: bool
    internal: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand for the part of the line from `start` to `end`, the best first."""

    start: int
    end: int
    choices: tuple[str, ...]


def read_entry(line: str, frame: Frame) -> EntryLine:
    """The event that `line` describes.

    Raises:
        TimeError: The time is impossible or ambiguous, or there is no text.
    """
    reading, start, spans = _read_head(line, frame)
    words = read_words(line, start, _entry_tag, anywhere=("kind", "internal"))
    if not words.text:
        raise TimeError("there is no text", remedy="say what happened")
    timeless = reading is None and bool(_NO_TIME.match(line))
    live = reading is None and not timeless
    moment = read_time("", frame) if live else reading
    notes = (
        moment.note if moment else "",
        _mistyped_zone(line[start:]) if reading and line[start - 1] != "\\" else "",
        "" if "kind" in words.tags else _mistyped_kind(words.text),
    )
    return EntryLine(
        text=words.text,
        at=moment.at if moment else None,
        until=moment.until if moment else None,
        about=moment.about if moment else False,
        kind=words.tags.get("kind"),
        who=words.tags.get("who", ""),
        link=words.tags.get("link", ""),
        note=", ".join(filter(None, notes)),
        live=live,
        internal="internal" in words.tags,
        spans=(*spans, *words.spans),
    )


def _mistyped_zone(words: str) -> str:
    """What to say where the words behind a time begin with what looks like a zone but is none."""
    found = _ZONE_LIKE.match(words)
    return f"{found['zone']} is no zone" if found else ""


def _mistyped_kind(text: str) -> str:
    """What to say of a tag that is no kind, but nearly one; it stays in the text."""
    for word in text.lower().split():
        tag = word.removeprefix("#")
        if word == tag or len(tag) < _LIKELY or tag in KINDS:
            continue
        from difflib import get_close_matches

        begun = [kind for kind in KINDS if kind.startswith(tag)]
        if meant := begun or get_close_matches(tag, KINDS, n=1, cutoff=0.8):
            return f"#{tag} is no kind: #{meant[0]}?"
    return ""


def write_entry(
    *,
    at: datetime | None,
    until: datetime | None,
    about: bool,
    kind: str | None,
    text: str,
    who: str,
    link: str,
    internal: bool,
    frame: Frame,
) -> str:
    """The line that `read_entry` reads back to the same fields in the same frame.

    The kind `note` is what a line without a kind means, so it is left out.
    """
    head = write_time(at, until, about, frame=frame) if at else "--"
    tag = f"#{kind}" if kind and kind != "note" else ""
    ends = (
        name_tag(who) if who else "",
        _link_tag(link) if link else "",
        "#internal" if internal else "",
    )
    wanted = (tag[1:] or None, text.strip(), who, link, internal)
    line = ""
    for protect in (False, True):
        body = joined((tag, plain_words(text, protect=protect), *ends))
        line = _guarded(f"{head} ", body, frame)
        if _fields(line, frame) == wanted:
            break
    return line


def complete(
    line: str, cursor: int, *, kinds: Sequence[str], names: Sequence[str]
) -> Completion | None:
    """What the word under the cursor may become: a `#kind` or an `@name`, None if nothing."""
    for word in _WORD_TO_COMPLETE.finditer(line):
        if not word.start() < cursor <= word.end():
            continue
        typed = line[word.start() + 1 : cursor].strip('"').casefold()
        if line[word.start()] == "#":
            choices = tuple(f"#{kind}" for kind in kinds if kind.startswith(typed))
        else:
            choices = tuple(name_tag(name) for name in _names_beginning(typed, names))
        if choices and choices != (word.group(),):
            return Completion(word.start(), word.end(), choices)
    return None


def _read_head(line: str, frame: Frame) -> tuple[Reading | None, int, tuple[Span, ...]]:
    """The leading time, where the text after it begins, and the coloured parts before that."""
    if mark := _NO_TIME.match(line):
        return None, mark.end(), (Span(0, len(mark.group().rstrip()), "time"),)
    blanks = len(line) - len(line.lstrip())
    reading, rest = split_time(line, frame)
    start = len(line) - len(rest) if reading else blanks
    spans: tuple[Span, ...] = ()
    if reading:
        spans = (Span(blanks, len(line[:start].rstrip(" \t:|,;-–—")), "time"),)
    if line.startswith("\\", start) and _absorbs(line[:start], line[start:].lstrip("\\"), frame):
        return reading, start + 1, (*spans, Span(start, start + 1, "escape"))
    return reading, start, spans


def _absorbs(head: str, body: str, frame: Frame) -> bool:
    """Whether the time at the beginning would be another with `body` right after `head`."""
    if not head.strip() and _NO_TIME.match(body):
        return True
    try:
        reading, rest = split_time(f"{head}{body}", frame)
    except TimeError:
        return True
    return rest != body if reading or head.strip() else False


def _guarded(head: str, body: str, frame: Frame) -> str:
    mark = "\\" if not _NO_TIME.match(head) and _absorbs(head, body.lstrip("\\"), frame) else ""
    return f"{head}{mark}{body}"


def _fields(line: str, frame: Frame) -> tuple[str | None, str, str, str, bool] | None:
    try:
        read = read_entry(line, frame)
    except TimeError:
        return None
    return read.kind, read.text, read.who, read.link, read.internal


def _entry_tag(word: str) -> Tag | None:
    lower = word.lower()
    if lower == "#internal":
        return "internal", lower
    if word.startswith("#"):
        return ("kind", lower[1:]) if lower[1:] in KINDS else None
    if name := read_name(word):
        return "who", name
    if link := _LINK.fullmatch(word):
        return "link", unquoted(link["quoted"]) if link["quoted"] else word
    return None


def _link_tag(link: str) -> str:
    return link if _PLAIN_LINK.fullmatch(link) else f"link:{quoted(link)}"


def _names_beginning(typed: str, names: Sequence[str]) -> list[str]:
    whole = [name for name in names if name.casefold().startswith(typed)]
    parts = [name for name in names if any(p.startswith(typed) for p in name.casefold().split())]
    return list(dict.fromkeys(whole + parts))
