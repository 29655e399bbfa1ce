"""The places of a document by path: `impact.text`, `timeline.k3f9qz.text`, `links.0.target`."""

from collections.abc import Iterator, Sequence
from typing import Any

from pmtui.core.document import PROSE, Part, Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.remembering import of_object

_ORDER = (
    *("title", "reference", "status", "severity", "timezone", "undated", "drill", "services"),
    *("tags", "people", "times", "impact", "cause_summary", "summary", "timeline", "detection"),
    *("trigger", "root_cause", "factors", "whys", "resolution", "measures", "tasks", "lessons"),
    *("conclusion", "sections", "links", "images", "silenced"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that people wrote, and where it stands."""

    place: str
    text: str


@of_object
def passages(document: Postmortem) -> Sequence[Passage]:
    """Every longer text of the document that is exported, in the order of the document."""
    return tuple(_passages(document))


def _passages(document: Postmortem) -> Iterator[Passage]:
    yield Passage("title", document.title)
    yield Passage("impact.text", document.impact.text)
    yield Passage("impact.duration", document.impact.duration)
    for name in PROSE:
        yield Passage(name, getattr(document, name))
    for entry in document.timeline:
        if not entry.internal:
            yield Passage(f"timeline.{entry.id}.text", entry.text)
    for factor in document.factors:
        yield Passage(f"factors.{factor.id}.text", factor.text)
    for chain in document.whys:
        yield Passage(f"whys.{chain.id}.question", chain.question)
        for at, answer in enumerate(chain.answers):
            yield Passage(f"whys.{chain.id}.answers.{at}", answer)
    for measure in document.measures:
        yield Passage(f"measures.{measure.id}.text", measure.text)
    for task in document.tasks:
        yield Passage(f"tasks.{task.id}.text", task.text)
    for kind in ("went_well", "went_wrong", "got_lucky"):
        for at, lesson in enumerate(getattr(document.lessons, kind)):
            yield Passage(f"lessons.{kind}.{at}", lesson)
    for section in document.sections:
        yield Passage(f"sections.{section.id}.body", section.body)


def value_at(document: Postmortem, place: str) -> Any:
    """The value at `place`, None where there is none."""
    value: Any = document
    for step in place.split("."):
        value = value[at] if (at := _index(value, step)) is not None else getattr(value, step, None)
    return value


def text_at(document: Postmortem, place: str) -> str:
    """The text at `place`, empty where there is no text."""
    value = value_at(document, place)
    return value if isinstance(value, str) else ""


def with_value(document: Postmortem, place: str, value: Any) -> Postmortem:
    """The document with another value at `place`.

    Raises:
        EditError: The value is not what may stand there.
    """
    changed: Postmortem = _changed(document, place.split("."), value)
    return changed


def replaced(document: Postmortem, place: str, old: str, new: str, near: int) -> Postmortem:
    """The document with `old` at `place` replaced, where it stands nearest to character `near`."""
    text = text_at(document, place)
    starts = [at for at in range(len(text)) if old and text.startswith(old, at)]
    if not starts:
        return document
    at = min(starts, key=lambda start: abs(start - near))
    return with_value(document, place, text[:at] + new + text[at + len(old) :])


def rank(document: Postmortem, place: str) -> tuple[int, ...]:
    """Where `place` comes in the order of the document, to sort by."""
    steps = place.split(".")
    found = [_ORDER.index(steps[0]) if steps[0] in _ORDER else len(_ORDER)]
    value: Any = document
    for step in steps:
        at = _index(value, step)
        if at is not None:
            found.append(at)
            value = value[at]
        elif isinstance(value, Part) and step in value.FIELDS:
            found.append(list(value.FIELDS).index(step))
            value = getattr(value, step)
    return tuple(found)


def _index(value: Any, step: str) -> int | None:
    """Where in a list the step leads: by id, else by position; None where `value` is no list."""
    if not isinstance(value, tuple):
        return None
    for at, item in enumerate(value):
        if getattr(item, "id", None) == step:
            return at
    at = int(step) if step.isdecimal() and step.isascii() else -1
    return at if 0 <= at < len(value) and not hasattr(value[at], "id") else None


def _changed(value: Any, steps: list[str], new: Any) -> Any:
    if not steps:
        return new
    step, *rest = steps
    if isinstance(value, tuple):
        at = _index(value, step)
        if at is None:
            return value
        return (*value[:at], _changed(value[at], rest, new), *value[at + 1 :])
    return value.revise(**{step: _changed(getattr(value, step), rest, new)})
