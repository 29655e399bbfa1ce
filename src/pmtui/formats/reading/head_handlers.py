"""What is done with the parts that fill the head: people, links, severity, status and the like."""

import re
from collections.abc import Callable, Sequence

from pmtui.core.document import STATUSES, Person
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.draft import Draft, tidy
from pmtui.formats.reading.facts import find_day, has_clock, has_length
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.parts import Part

_UNFILLED = re.compile(r"\[[^\]]*\]|<[^>]*>|tbd|n/?a|-+|\?+|", re.IGNORECASE)


def trimmed(blocks: Sequence[Block]) -> list[Block]:
    found = list(blocks)
    while found and found[-1].kind == "rule":
        found.pop()
    while found and found[0].kind == "rule":
        found.pop(0)
    return found


def one(text: str) -> str:
    return " ".join(text.split())


def linked(text: str) -> str:
    """Plain text with the targets of its links behind it in brackets."""
    found = inline.plain(text)
    targets = [target for title, target in found.links if target not in found.text]
    images = [f"{title} {target}".strip() for title, target in found.images]
    more = " ".join(f"({target})" for target in (*targets, *images))
    return f"{found.text} {more}".strip()


def people(part: Part, draft: Draft) -> None:
    house = part.heading == "People"
    rest: list[Block] = []
    for at, block in enumerate(trimmed(part.blocks)):
        said = block.text.rstrip()
        other = (
            at > 0 and part.is_label and block.kind == "text" and (":" in said or said[-1:] == ".")
        )
        if block.kind not in ("text", "item") or other:
            # A line below the label of the people tells something else: "Repository: shop".
            rest.append(block)
            continue
        plain = linked(block.text)
        if not plain:
            continue
        bold = re.match(r"\*\*(?P<name>.+?)\*\*(?::\s*(?P<role>.*))?$", block.text, re.DOTALL)
        if house or bold:
            if bold:
                role = inline.words(bold["role"] or "") or (part.heading if part.is_label else "")
                draft.people.append(Person(name=one(inline.words(bold["name"])), role=one(role)))
            elif plain.startswith(":"):
                draft.people.append(Person(name="", role=one(plain[1:])))
            else:
                name, _, role = plain.partition(":")
                draft.people.append(Person(name=one(name), role=one(role)))
        elif block.kind == "item" or part.is_label:
            role = part.heading if part.is_label or label_of(part.heading) else ""
            for name in (
                re.split(
                    r"\s*[;,]\s+|\s+(?:and|&|y|et|e"
                    r"|und)\s+",
                    plain,
                )
                if len(plain) < 200
                else [plain]
            ):
                # A colon within an address belongs to it.
                own, _, described = name.partition(": ")
                if name.strip():
                    draft.people.append(Person(name=one(own), role=one(described) or role))
        else:
            rest.append(block)
    if rest:
        draft.keep(rest, heading=part.heading if not draft.people else "")


def links(part: Part, draft: Draft) -> None:
    rest: list[Block] = []
    for block in trimmed(part.blocks):
        found = inline.plain(block.text)
        only = len(found.links) == 1 and found.text.strip() == found.links[0][0]
        if block.kind in ("item", "text") and only:
            title, target = found.links[0]
            draft.links.append(("" if title == target else title, target))
        elif (
            block.kind == "item"
            and not found.links
            and not found.images
            and part.heading == "Links"
        ):
            title, colon, target = found.text.rpartition(": ")
            draft.links.append((title if colon else "", target))
        else:
            rest.append(block)
    if rest:
        draft.keep(rest, heading=part.heading, level=part.section_level)


def headed_value(part: Part) -> str:
    """The value that stands with its label in a heading, "Severity: SEV-1", or ""."""
    if part.opener is None or part.opener.kind != "heading":
        return ""
    label, _, value = part.heading.partition(":")
    return value.strip() if label_of(label) == part.name else ""


def _taken_from_heading(part: Part, draft: Draft) -> str:
    """The value in a heading, which is kept with what stands below it; "" where it has none."""
    if told := headed_value(part):
        draft.keep(trimmed(part.blocks), heading=part.heading)
    return told


def line(name: str) -> Callable[[Part, Draft], None]:
    def handler(part: Part, draft: Draft) -> None:
        value = tidy(" ".join(block.text for block in part.blocks))
        value = _taken_from_heading(part, draft) or value
        if name == "severity" and not draft.house:
            value = value.replace("`", "")
            if remark := _REMARK.fullmatch(value):
                # What a remark says of the grade is kept in its own words.
                _keep_label(part, draft)
                value = remark["grade"]
        house = {"users": "Users", "requests": "Requests", "revenue": "Revenue"}
        if name in house:
            if draft.impact.get(name):
                draft.add_prose("impact", f"{part.heading}: {value}")
            else:
                draft.impact[name] = value
            draft.texts.append((f"{value} affected users", part.line))
        elif name == "percent":
            draft.impact["percent"] = value
        elif draft.fields.get(name) or (_UNFILLED.fullmatch(value) and not draft.house):
            _keep_label(part, draft)
        else:
            draft.fields[name] = value

    return handler


def _keep_label(part: Part, draft: Draft) -> None:
    body = draft.source.cut(part.blocks)
    draft.keep_text(f"**{part.heading}**: {body}", "", 2, draft.place)


def status(part: Part, draft: Draft) -> None:
    value = tidy(" ".join(block.text for block in part.blocks)).lower().replace(" ", "-")
    if value in STATUSES and "status" not in draft.fields:
        draft.fields["status"] = value
    else:
        _keep_label(part, draft)


def drill(part: Part, draft: Draft) -> None:
    if tidy(" ".join(block.text for block in part.blocks)) == "this was an exercise":
        draft.fields["drill"] = True
    else:
        _keep_label(part, draft)


def zone(part: Part, draft: Draft) -> None:
    value = tidy(" ".join(block.text for block in part.blocks))
    draft.zone_from = draft.zone_from or value
    if part.heading != "Time zone":
        _keep_label(part, draft)
    else:
        draft.fields["house_zone"] = value


def several(name: str) -> Callable[[Part, Draft], None]:
    def handler(part: Part, draft: Draft) -> None:
        found: list[str] = []
        for block in part.blocks:
            text = block.text if block.kind in ("text", "item") else ""
            found += [
                one(inline.words(piece.replace("\\,", ",")))
                for piece in re.split(r"(?<!\\),\s+", text)
            ]
        found = [piece for piece in found if piece]
        if any(len(piece) > 100 for piece in found) or not found:
            _keep_label(part, draft)
        else:
            draft.fields[name] = (*draft.fields.get(name, ()), *found)

    return handler


_REMARK = re.compile(r"(?P<grade>[^()\n]{1,30}?)\s*\((?:[^()\s]+\s+){3,}[^()\s]+\)")
"""A severity, and a remark in brackets of so many words that it tells more than the grade."""

_GRADE = re.compile(r"[^(,;.–—|]{1,40}?(?=\s*(?:$|[(,;–—|]|\.\s|\s-\s))")
"""A severity up to what its writer says of it: "P2 (no data was lost)"."""


def note_facts(blocks: Sequence[Block], draft: Draft) -> None:
    """Takes severity, day and length from labelled lines of a part that is about something else."""
    for block in blocks:
        if block.kind not in ("text", "item") or len(block.text) > 300:
            continue
        found = _FACT.match(inline.words(block.text))
        name = label_of(found["label"]) if found else ""
        if found is None or name not in ("severity", "date", "duration"):
            continue
        value = one(found["value"])
        if name == "duration":
            if not draft.durations and has_length(value) and not has_clock(value):
                draft.durations.append((value, block.line))
        elif name == "severity":
            grade = _GRADE.match(value.replace("`", ""))
            if grade and not _UNFILLED.fullmatch(grade.group()):
                draft.fields.setdefault("severity", grade.group().strip())
        elif not draft.rows:
            draft.fields.setdefault("date", (value, block.line))
            draft.fields.setdefault("labelled_date", (value, block.line))


def note_window(blocks: Sequence[Block], draft: Draft) -> None:
    """Takes beginning and end from a part of an own name in which both stand with their labels."""
    stated: dict[str, tuple[str, int]] = {}
    for block in blocks:
        if block.kind in ("text", "item") and len(block.text) <= _LONGEST_FACT:
            found = _FACT.match(inline.words(block.text))
            name = label_of(found["label"]) if found else ""
            if found and name in ("started", "resolved") and _tells_time(found["value"]):
                stated.setdefault(name, (one(found["value"]), block.line))
    if len(stated) > 1 and not {"started", "resolved"} & set(draft.times) and not draft.rows:
        draft.times |= stated


def _tells_time(value: str) -> bool:
    return has_clock(value) or find_day(value) is not None


_LONGEST_FACT = 120
_FACT = re.compile(r"\W*(?P<label>[^\W\d][^:\n]{2,40}?)\s*:\s+(?P<value>\S[^\n]*)")


def stated_date(part: Part, draft: Draft) -> None:
    told = _taken_from_heading(part, draft)
    value = told or tidy(" ".join(block.text for block in part.blocks))
    draft.others.append((value, part.line))
    draft.fields.setdefault("date", (value, part.line))
    draft.fields.setdefault("labelled_date", (value, part.line))
    if not told:
        _keep_label(part, draft)
