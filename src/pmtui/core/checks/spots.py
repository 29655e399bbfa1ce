"""Where in the editor a finding is: the pane, the field or item, and its words there."""

from pmtui.core.checks.finding import Finding
from pmtui.core.checks.places import text_at, value_at
from pmtui.core.document import Link, Person, Postmortem
from pmtui.core.edits.analysis import links_text, people_text, to_lines
from pmtui.core.fields import fields_of
from pmtui.core.history import Place
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.times import clock

_PANES = ("summary", "root-cause", "lessons")
_FIELD_OF = {"undated": "day"}
"""The fields that do not have the name of what they show."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the cursor goes, and behind which row and column the words end; the same for none."""

    place: Place
    end: tuple[int, int]


def spot(document: Postmortem, finding: Finding) -> Spot:
    """Where the cursor goes for `finding`; an event or task is a row with the words in its line."""
    name, *steps = finding.place.split(".")
    if name == "timeline":
        return _still(Place("timeline", steps[0] if steps else ""))
    if name in ("tasks", "measures"):
        return _still(Place("tasks", steps[0] if steps else ""))
    field_id = _field_id(name, steps)
    for pane in _PANES:
        for field in fields_of(document, pane):
            if field.id == field_id:
                text = field.read(document)
                begin, end = _range(document, finding, text)
                return Spot(Place(pane, field.id, _location(text, begin)), _location(text, end))
    return _still(Place("summary"))


def label(document: Postmortem, finding: Finding) -> str:
    """What a finding is about, as the editor calls it: "Root cause", "Event 14:30", "Task"."""
    name, *steps = finding.place.split(".")
    if name == "timeline" and steps:
        at = value_at(document, f"timeline.{steps[0]}.at")
        return f"Event {clock(at, document.timezone)}".rstrip()
    singular = {"timeline": "Timeline", "tasks": "Tasks", "measures": "Measures"}
    if name in singular:
        return singular[name] if not steps else singular[name].removesuffix("s")
    field_id = _field_id(name, steps)
    for pane in _PANES:
        for field in fields_of(document, pane):
            if field.id == field_id:
                return field.label
    return name.capitalize()


def _field_id(name: str, steps: list[str]) -> str:
    if name == "sections" and steps:
        return f"section:{steps[0]}"
    if name in ("times", "impact", "lessons") and steps:
        return f"{name}.{steps[0]}"
    return _FIELD_OF.get(name, name)


def _still(place: Place) -> Spot:
    return Spot(place, place.cursor)


def _range(document: Postmortem, finding: Finding, text: str) -> tuple[int, int]:
    """Where the words stand in the text of their field, in which a list has an item a line."""
    if text_at(document, finding.place) == text:
        return finding.begin, finding.end
    begin = max(0, text.find(_line_of(document, finding.place)))
    words = to_lines([finding.words])
    at = text.find(words, begin) if words else -1
    return (at, at + len(words)) if at >= 0 else (begin, begin)


def _line_of(document: Postmortem, place: str) -> str:
    """The beginning of the item at `place`, as its field shows it."""
    item = value_at(document, place.rpartition(".")[0])
    match item:
        case Link():
            return links_text([item])
        case Person():
            return people_text(Postmortem(people=(item,)))
        case _:
            return to_lines([text_at(document, place)])


def _location(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
