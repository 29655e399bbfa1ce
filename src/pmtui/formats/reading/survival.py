"""The last safeguard: words of the source that no field took are kept in a note of the document.

They are names of headings, of columns and of labels, as a rule: the marks of a structure that the
fields say in other words.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pmtui.core.clock.zones import is_abbreviation
from pmtui.core.document import Part, Postmortem
from pmtui.formats.reading import inline
from pmtui.formats.reading.names import folded, part_of

_WORD = re.compile(r"[^\W\d_]+|\d+")
_NUMBERED = re.compile(
    r"^[ \t>#*_-]*\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-h])[.)](?=[^\S\n])", re.MULTILINE
)
_ZONE = re.compile(r"[A-Z](?<![\w/].)[A-Z]{1,4}(?![\w/])")
_STRUCTURE = re.compile(r"\s*(?:[#|>]|\*\*|__|[-*+]\s+(?:\*\*|\[)|[\w ]{2,40}:)")
_LONGEST = 160
"""The longest line that is kept whole for the sake of one of its words."""

NOTE = "Words of the source that have no field of their own"

_HOUSE: tuple[tuple[str, str], ...] = (
    ("timeline", "Timeline"),
    ("cause_summary", "Root Cause"),
    ("root_cause", "Root Cause"),
    ("resolution", "Resolution"),
    ("detection", "Detection"),
    ("trigger", "Trigger"),
    ("factors", "Contributing factors"),
    ("whys", "Five whys"),
    ("tasks", "Tasks"),
    ("conclusion", "Conclusion"),
    ("people", "People"),
    ("links", "Links"),
    ("reference", "Reference"),
    ("severity", "Severity"),
    ("services", "Services"),
    ("tags", "Tags"),
)
_GROUPS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("root_cause", "resolution", "detection", "trigger", "factors", "whys"),
        "Root Cause and Resolution",
    ),
    (("measures", "tasks"), "Corrective and Preventative Measures"),
)


class Lost(NamedTuple):
    """What is kept of a line: its text, and whether most of it stands nowhere else."""

    text: str
    is_whole: bool


def in_sight(lost: Iterable[Lost], names: Container[str]) -> tuple[list[str], list[str]]:
    """The lines to show to a reader, and those that only a comment need keep.

    A comment is enough for the `names` of headings that became fields, and for single words.
    """
    shown: list[str] = []
    hidden: list[str] = []
    for line in lost:
        bare = " ".join(inline.words(re.sub(r"^[ \t>#*+-]+", "", line.text)).split()).rstrip(":： ")
        bare = re.sub(r"<[^<>]{0,80}>|\{#[^{}]*\}|=+$", "", bare).strip()
        is_name = (
            folded(bare) in names
            or bool(part_of(bare))
            or _COMMENT.fullmatch(line.text) is not None
            or not folded(bare)
        )
        (shown if line.is_whole and not is_name else hidden).append(line.text)
    return shown, hidden


_COMMENT = re.compile(r"\s*(?:<!--.*|.*-->|[\w-]+:\s.*|[|:\s-]+|\|.*\|)\s*")


def lost_lines(source: Sequence[str], taken: Iterable[str], document: Postmortem) -> list[Lost]:
    """What to keep of the lines of `source`, so that no word of it is lost.

    `taken` are the texts that became something else than text: times and zones.
    """
    # All at once, as most documents lose nothing and no line has to be looked at alone.
    text = _NUMBERED.sub("", "\n".join(line.replace("\n", " ") for line in source))
    if document.timezone:
        text = _ZONE.sub(_without_zone, text)
    lost = _words_left(text, ("\n".join(taken), _kept(document)))
    if not lost:
        return []
    lines = text.casefold().split("\n")
    chosen: dict[int, Lost] = {}
    order = sorted(range(len(source)), key=lambda at: not _STRUCTURE.match(source[at]))
    for at in order:
        if not any(map(lines[at].__contains__, lost)):
            continue
        words = _words(lines[at])
        found = [word for word in words if lost[word] > 0]
        missing = Counter(found) & lost
        if not missing:
            continue
        lost -= missing
        line = source[at].strip()
        whole = len(line) <= _LONGEST
        mostly = whole and missing.total() * 2 > len(words)
        chosen[at] = Lost(line if whole else " ".join(missing.elements()), mostly)
        if not lost:
            break
    return [chosen[at] for at in sorted(chosen)]


def _without_zone(word: re.Match[str]) -> str:
    """Nothing for the name of a zone, which the moments of the document say."""
    return "" if is_abbreviation(word.group()) else word.group()


def note(lines: Sequence[str]) -> str:
    """The lines as a comment, which no renderer shows and every export keeps."""
    safe = (re.sub(r"-(?=-)", "- ", re.sub(r"<!--|-->", " ", line)).strip() for line in lines)
    return "\n".join((f"<!-- {NOTE}:", *(line for line in safe if line), "-->"))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _words_left(text: str, others: Iterable[str]) -> Counter[str]:
    """The words of `text` without those of the others, each as often as it stands there."""
    # What blanks part is nearly all the same on both sides, and only the rest is cut into words.
    pieces = Counter(text.casefold().split())
    for other in others:
        pieces.subtract(Counter(other.casefold().split()))
    left: Counter[str] = Counter()
    for piece, times in pieces.items():
        if times:
            for word in _words(piece):
                left[word] += times
    return +left


def _kept(document: Postmortem) -> str:
    """The words that the document holds, and those that its house Markdown adds to them."""
    values = {name: value for name, value in document.items() if name not in ("times", "timezone")}
    texts = [*_strings(values)]
    named = [title for name, title in _HOUSE if values[name]]
    named += [title for names, title in _GROUPS if any(values[name] for name in names)]
    impact, lessons = document.impact, document.lessons
    if any(value for _, value in impact.items()) or document.summary or document.cause_summary:
        named.append("Issue Summary")
    named += ["Duration"] if impact.duration else []
    named += ["Impact"] if impact.text else []
    if lessons.went_well or lessons.went_wrong or lessons.got_lucky:
        named.append("Lessons Learned")
    named += ["What went well"] if lessons.went_well else []
    named += ["What went wrong"] if lessons.went_wrong else []
    named += ["Where we got lucky"] if lessons.got_lucky else []
    kinds = {measure.kind for measure in document.measures}
    named += [lead for kind, lead in _LEADS if kind in kinds]
    # The box of a task is ticked unless the task is open.
    texts += ["x"] * sum(task.state != "open" for task in document.tasks)
    return "\n".join((*texts, *named, document.timezone))


_LEADS = (
    ("", "Improvements Fixes"),
    ("corrective", "Corrective Measures"),
    ("preventive", "Preventative Measures"),
)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Part | dict):
        for name, part in value.items():
            if part and name not in ("id", "after", "state", "kind"):
                yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, date) and not isinstance(value, datetime):
        yield value.isoformat()
