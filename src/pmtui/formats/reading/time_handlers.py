"""What is done with the parts that state when it was: duration, begin, end, key times."""

import re

from pmtui.core.vocabulary import MILESTONES
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.draft import Draft, tidy
from pmtui.formats.reading.head_handlers import headed_value, one, trimmed
from pmtui.formats.reading.house_entries import first_told
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.parts import Part

_MARK = rf"(?:{'|'.join(MILESTONES)}) \((?:[^()]|\([^()]*\))*\)"
DERIVED = re.compile(
    rf"(?:[^\n]{{1,80}}:\s*)?(?:about )?[0-9dhms ]+, from {_MARK} to {_MARK}(?: on .*)?"
)
"""A length of time that the house Markdown works out again."""

STATED = {
    "started": "started",
    "resolved": "resolved",
    "detected": "detected",
    "acknowledged": "acknowledged",
    "mitigated": "mitigated",
    "closed": "closed",
    "public": "public",
}
"""The milestones, by the names of the parts that state them."""


def is_derived(block: Block) -> bool:
    """Whether a line is a length of time that the house Markdown works out from the milestones."""
    if block.kind != "item":
        return False
    plain = inline.words(block.text)
    return plain == "Timings:" or bool(DERIVED.fullmatch(plain))


def duration(part: Part, draft: Draft) -> None:
    """Takes how long the outage was, and the ends that stand with it."""
    blocks = trimmed(part.blocks)
    if part.inside == "detection":
        # How long the steps of the response took is not how long the outage was.
        draft.add_prose("detection", f"**{part.heading}:** {draft.source.cut(blocks)}")
        return
    if told := headed_value(part):
        draft.durations.append((told, part.line))
    rest: list[Block] = []
    for block in blocks:
        label, value = labelled(block)
        name = label_of(label)
        if name in STATED or name in ("declared", "date", "duration"):
            _note_time(draft, name, label, value, block.line)
        elif block.kind in ("text", "item"):
            plain = inline.words(block.text)
            if DERIVED.fullmatch(plain):
                continue
            said = f"{part.heading}: {plain}" if _REPAIR.match(part.heading) else plain
            _note_length(one(said), draft)
            draft.durations.append((one(said), block.line))
        else:
            rest.append(block)
    if rest:
        draft.keep(rest)


def _note_length(said: str, draft: Draft) -> None:
    """Notes that what stands for a length is no time of day: "Duration: 01:30 (90 min)"."""
    if _BARE_LENGTH.fullmatch(said):
        draft.lengths.add(said)


_BARE_LENGTH = re.compile(r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:\s*\([^()0-9]*[0-9]+[^():]*\))?")

_REPAIR = re.compile(r"Time to (?:repair|restore|mitigat)", re.IGNORECASE)


def labelled(block: Block) -> tuple[str, str]:
    """The label and the value of a line, the label "" where it has none."""
    plain = re.sub(r"^(?::[a-z_]+:|\W)+", "", inline.words(block.text))
    label, colon, value = plain.partition(":")
    if colon and len(label) < 60 and not re.search(r"[0-9]", label):
        return label.strip(), value.strip()
    first = re.match(r"(?P<label>[A-Za-z ]{4,40}?)\s+(?P<value>[0-9].*)", plain, re.DOTALL)
    return (first["label"], first["value"]) if first else ("", plain)


def _note_time(draft: Draft, name: str, label: str, value: str, line: int) -> None:
    if name in STATED and name not in draft.times:
        draft.times[name] = (value.replace("`", ""), line)
    said = f"{label}: {one(value)}" if value else label
    if name == "duration":
        said = one(value)
        _note_length(said, draft)
    draft.durations.append((said, line))


def times(part: Part, draft: Draft) -> None:
    """Takes the times that a list of key events states."""
    for block in part.blocks:
        if block.kind not in ("text", "item"):
            draft.keep([block])
            continue
        label, value = labelled(block)
        name = label_of(label)
        if name in STATED or name == "declared":
            _note_time(draft, name, label, value, block.line)
        else:
            draft.durations.append((one(inline.words(block.text)), block.line))


def stated(part: Part, draft: Draft) -> None:
    """Takes the one time that a label states."""
    value = tidy(" ".join(block.text for block in part.blocks[:1]))
    line = part.line
    house = part.heading in (
        "Started",
        "Detected",
        "Acknowledged",
        "Mitigated",
        "Resolved",
        "Closed",
        "Public",
    )
    is_item = part.opener is not None and part.opener.kind == "item"
    told = first_told(value) if draft.house else value
    if part.name in STATED and house and is_item and _HOUSE_MOMENT.fullmatch(told):
        draft.times.setdefault(part.name, (told, line))
    else:
        _note_time(draft, part.name, part.heading, value, line)
    if part.blocks[1:]:
        draft.keep(part.blocks[1:])


_HOUSE_MOMENT = re.compile(
    r"(?:(?:\w{3} [0-9]{1,2} \w{3} [0-9]{1,4}"
    r"|Day [0-9]+) )?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?: [\w+:/-]+)?"
)
