"""A postmortem as plain lines that are the same every time: one thing a line, for comparing."""

from collections.abc import Iterator
from difflib import ndiff

from pmtui.core.changes.differences import differences, item_noun, label, spoken
from pmtui.core.document import Entry, Part, Postmortem, Task
from pmtui.core.fields import FIELDS
from pmtui.core.vocabulary import BOXES
from pmtui.formats import wording

_LISTS = ("timeline", "tasks", "measures", "factors", "whys", "people", "links", "images")
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def outline(document: Postmortem) -> Iterator[str]:
    """The lines of a document: its fields with their labels, then an item a line."""
    for field in FIELDS:
        if field.id not in _LISTS and (text := field.read(document)):
            yield from _lines(f"{field.label}: ", text)
    for name in _LISTS:
        items = getattr(document, name)
        if items:
            yield ""
            yield f"{name.capitalize()}:"
        for item in items:
            yield from _lines("", one(item, document))
    for section in document.sections:
        yield ""
        yield from _lines(f"{section.heading or 'Text'}: ", section.body)
    for judged in document.silenced:
        yield from _lines("Let stand: ", one(judged, document))
    for name, value in document.unknown:
        yield from _lines(f"{name}: ", spoken(value, document))


def one(item: Part, document: Postmortem) -> str:
    """One item with all that it says."""
    match item:
        case Entry():
            day = wording.day(document, item.at) if item.at else ""
            when = f"{day} {wording.window(document, item)}".strip() or "--"
            facts = (
                f"#{item.kind}" if item.kind != "note" else "",
                f"@{item.who}" if item.who else "",
                f"[{item.source}]" if item.source else "",
                "(internal)" if item.internal else "",
                item.link,
            )
            return " ".join(part for part in (when, item.text, *facts) if part)
        case Task():
            facts = (
                f"@{item.owner}" if item.owner else "",
                f"due:{item.due}" if item.due else "",
                f"!{item.priority}" if item.priority else "",
                f"#{item.kind}" if item.kind else "",
                item.ticket,
            )
            return " ".join(part for part in (BOXES[item.state], item.text, *facts) if part)
        case _:
            return spoken(item, document)


def _lines(lead: str, text: str) -> Iterator[str]:
    """A text behind its label, or below it where it has several lines."""
    first, *others = text.split("\n")
    if not others:
        yield f"{lead}{first}"
        return
    if lead:
        yield lead.rstrip(" ")
        first = f"  {first}"
    yield first.rstrip()
    yield from (f"  {line}".rstrip() for line in others)


def compare(old: Postmortem, new: Postmortem) -> Iterator[str]:
    """The differences: what is new (`+`), what is gone (`-`), and what changed (`~`) with both."""
    above = ""
    for found in differences(old, new):
        document = old if found.kind == "removed" else new
        value = found.old if found.kind == "removed" else found.new
        if isinstance(value, Part):
            above = ""
            kind = "" if isinstance(value, Entry | Task) else f"{item_noun(found.steps)}: "
            yield from _signed(_SIGNS[found.kind], f"{kind}{one(value, document)}")
            continue
        is_item = found.steps[0] in _LISTS and len(found.steps) > 2
        name = label(found.steps[:2] if is_item else found.steps, document)
        if name != above:
            yield f"~ {name}"
        above = name
        field = f"{' '.join(found.steps[2:3])}: ".replace("_", " ") if is_item else ""
        for sign, text in _changed(spoken(found.old, old), spoken(found.new, new)):
            yield f"    {sign} {field}{text}"


def _signed(sign: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield f"{sign} {first}"
    yield from (f"{sign}   {line}".rstrip() for line in others)


def _changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The lines that went and those that came, in the order of the text."""
    for line in ndiff(old.split("\n") if old else [], new.split("\n") if new else []):
        if line[0] in "+-":
            yield line[0], line[2:]
