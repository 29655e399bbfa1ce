"""Whether an imported document says what a careful reader found in its source, field by field."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pmtui.core.clock.zones import canonical_zone, localise, zone_label
from pmtui.core.document import Entry
from pmtui.errors import TimeError
from tests.import_scoring.facts import Facts, minutes, stands_for

Expected = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One judged field: what was expected, what was found, and whether that is right."""

    field: str
    right: bool
    expected: str
    found: str


def judge(facts: Facts, expected: Expected) -> tuple[Verdict, ...]:
    """A verdict on each field for which `expected` holds a label."""
    verdicts = [
        Verdict(name, check(facts, expected), str(expected[name]), str(_SHOWN[name](facts)))
        for name, check in _CHECKS.items()
        if name in expected
    ]
    for name in expected.get("absent", ()):
        found = _OPTIONAL[name](facts)
        verdicts.append(Verdict(name, found in (None, ""), "nothing", str(found)))
    return tuple(verdicts)


def judge_samples(facts: Facts, expected: Expected) -> tuple[Verdict, ...]:
    """A verdict on each sample entry: its clock time, and the first words of its text."""
    return tuple(
        Verdict(
            "samples",
            any(_is_sample(facts, entry, sample) for entry in facts.document.timeline),
            f"{sample[0] or 'untimed'} {sample[1]}",
            _nearest(facts, sample),
        )
        for sample in expected.get("samples", ())
    )


def plain_words(text: str) -> tuple[str, ...]:
    """The words of `text` without marks, pictures and case, to compare headings and beginnings."""
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    shown = (re.sub(r"[^\w%&+/]", "", word).replace("_", "") for word in text.split())
    return tuple(word for word in shown if word)


def _begins(text: str, label: str) -> bool:
    words, beginning = plain_words(text), plain_words(label)
    return bool(beginning) and words[: len(beginning)] == beginning


def _title(facts: Facts, expected: Expected) -> bool:
    labels = (expected["title"], *expected.get("alt_titles", ()))
    title = facts.document.title
    return any(_begins(title, label) if label else not title for label in labels)


def _start(facts: Facts, expected: Expected) -> bool:
    return any(
        _is_moment(facts, label, facts.started, facts.document.times.started)
        for label in (expected["start"], *expected.get("alt_start", ()))
    )


def _end(facts: Facts, expected: Expected) -> bool:
    return any(
        _is_moment(facts, label, facts.ended, facts.document.times.resolved)
        for label in (expected["end"], *expected.get("alt_end", ()))
    )


def _is_moment(facts: Facts, label: str, found: Any, stated: Any) -> bool:
    """Whether the moment is the one of the label, or none is stated where the label is empty."""
    if not label:
        return stated is None
    return found is not None and _moment(facts, label, found)


def _moment(facts: Facts, label: str, moment: Any) -> bool:
    return stands_for(label, facts.walls(moment), undated=facts.document.undated)


_ZONE_WORDS = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "london time": "Europe/London",
    "heure de paris": "Europe/Paris",
    "hora de ciudad de méxico": "America/Mexico_City",
    "horário de brasília": "America/Sao_Paulo",
    "mez": "CET",
    "mesz": "CEST",
    "east africa time": "Africa/Nairobi",
    "irst": "+03:30",
    "ist": "Asia/Kolkata",
    "bst": "Europe/London",
}


def _timezone(facts: Facts, expected: Expected) -> bool:
    labels = (expected["timezone"], *expected.get("alt_timezones", ()))
    return any(_is_zone(facts, label) for label in labels)


def _is_zone(facts: Facts, label: str) -> bool:
    own = facts.document.timezone
    if not own or not label:
        return own == label
    name = _ZONE_WORDS.get(label.casefold(), label)
    # Of an undated document nobody knows whether summer time was in force.
    seasons = [date(2024, 1, 1), date(2024, 7, 1)]
    days = sorted(facts.dates) or seasons
    try:
        # People write PST in summer, too, and mean the region.
        if own in {canonical_zone(name, day) for day in (*days, *seasons)}:
            return True
        if any(_offset(name, day) == _offset(own, day) for day in days):
            return True
    except TimeError:
        return False
    moments = [
        at for at in (facts.started, facts.ended) if at is not None and at.tzinfo is not None
    ]
    return any(zone_label(own, at).casefold() == label.casefold() for at in moments)


def _offset(zone: str, day: date) -> timedelta | None:
    return localise(datetime.combine(day, time(12)), zone).utcoffset()


def _duration(facts: Facts, expected: Expected) -> bool:
    found = minutes(facts.document.impact.duration)
    return found is not None and math.isclose(found, expected["duration_min"], rel_tol=0.01)


def _percent(facts: Facts, expected: Expected) -> bool:
    found = facts.document.impact.percent
    labels = (expected["impact_percent"], *expected.get("alt_impact_percent", ()))
    return found is not None and any(math.isclose(found, label) for label in labels)


def _severity(facts: Facts, expected: Expected) -> bool:
    labels = (expected["severity"], *expected.get("alt_severity", ()))
    return any(_is_grade(_grade(facts.document.severity), _grade(label)) for label in labels)


def _is_grade(found: str, label: str) -> bool:
    shorter, longer = sorted((found, label), key=len)
    rest = longer.removeprefix(shorter)
    return bool(shorter) and longer.startswith(shorter) and rest[:1] not in tuple(".0123456789")


def _grade(severity: str) -> str:
    plain = re.sub(r"[^\w.]", "", severity.casefold())
    return re.sub(r"^(?:severity|sev|prio(?:rity)?|[sp](?=\d))(?=\d)", "", plain)


def _count(name: str, of: Callable[[Facts], int]) -> Callable[[Facts, Expected], bool]:
    def check(facts: Facts, expected: Expected) -> bool:
        low, high = expected.get(f"{name}_range", (expected[name], expected[name]))
        return bool(min(low, expected[name]) <= of(facts) <= max(high, expected[name]))

    return check


def _within(name: str, of: Callable[[Facts], range]) -> Callable[[Facts, Expected], bool]:
    def check(facts: Facts, expected: Expected) -> bool:
        low, high = expected.get(f"{name}_range", (expected[name], expected[name]))
        found = of(facts)
        least, most = min(low, expected[name]), max(high, expected[name])
        return bool(found.start <= most and least < found.stop)

    return check


def _same(name: str, of: Callable[[Facts], object]) -> Callable[[Facts, Expected], bool]:
    return lambda facts, expected: of(facts) == expected[name]


def _entry_time(name: str, place: int) -> Callable[[Facts, Expected], bool]:
    def check(facts: Facts, expected: Expected) -> bool:
        if not facts.timed:
            return not expected[name]
        return expected[name] in facts.clocks(facts.timed[place])

    return check


def _entry_date(name: str, place: int) -> Callable[[Facts, Expected], bool]:
    def check(facts: Facts, expected: Expected) -> bool:
        at = facts.timed[place].at if facts.timed else None
        label = str(expected[name])
        return at is not None and stands_for(label, facts.walls(at), undated=facts.document.undated)

    return check


def _sections(facts: Facts, expected: Expected) -> bool:
    wanted = (expected["sections"], *expected.get("alt_sections", ()))
    return any(_same_headings(facts.section_names, labels) for labels in wanted)


def _same_headings(found: Sequence[str], labels: Sequence[str]) -> bool:
    if len(found) != len(labels):
        return False
    return all(
        _begins(_unnumbered(heading), _unnumbered(label))
        for heading, label in zip(found, labels, strict=True)
    )


def _unnumbered(heading: str) -> str:
    return re.sub(r"^\s*\d+(?:\.\d+)*[.)]?\s+(?!whys?\b)", "", heading, flags=re.IGNORECASE)


def _is_sample(facts: Facts, entry: Entry, sample: Sequence[str]) -> bool:
    clock, *readings = sample
    if clock != "*" and clock not in facts.clocks(entry):
        return False
    texts = (entry.text, f"{entry.who} {entry.text}")
    return any(_begins(text, reading) for text in texts for reading in readings)


def _nearest(facts: Facts, sample: Sequence[str]) -> str:
    """The entry with the same words, else those of the same time, to see what went wrong."""
    entries = facts.document.timeline
    by_words = [entry for entry in entries if _is_sample(facts, entry, ("*", *sample[1:]))]
    by_clock = [entry for entry in entries if sample[0] in facts.clocks(entry)]
    found = (by_words or by_clock)[:2]
    return " / ".join(f"{min(facts.clocks(entry))} {entry.text[:60]!r}" for entry in found)


def _has_root_cause(facts: Facts) -> bool:
    document = facts.document
    return bool(document.root_cause or document.cause_summary or document.factors)


def _actions(facts: Facts) -> int:
    return len(facts.document.measures) + len(facts.document.tasks)


_CHECKS: dict[str, Callable[[Facts, Expected], bool]] = {
    "title": _title,
    "start": _start,
    "end": _end,
    "date": lambda facts, expected: date.fromisoformat(expected["date"]) in facts.dates,
    "timezone": _timezone,
    "duration_min": _duration,
    "impact_percent": _percent,
    "severity": _severity,
    "n_timeline": _count("n_timeline", lambda facts: len(facts.document.timeline)),
    "n_timed": _count("n_timed", lambda facts: len(facts.timed)),
    "first_entry_time": _entry_time("first_entry_time", 0),
    "last_entry_time": _entry_time("last_entry_time", -1),
    "first_entry_date": _entry_date("first_entry_date", 0),
    "last_entry_date": _entry_date("last_entry_date", -1),
    "has_root_cause": _same("has_root_cause", _has_root_cause),
    "has_resolution": _same("has_resolution", lambda facts: bool(facts.document.resolution)),
    "n_actions": _count("n_actions", _actions),
    "n_checkboxes": _within("n_checkboxes", lambda facts: facts.boxes[0]),
    "n_checked": _within("n_checked", lambda facts: facts.boxes[1]),
    "sections": _sections,
    "n_links": _within("n_links", lambda facts: facts.links),
    "n_images": _within("n_images", lambda facts: facts.images),
    "code_blocks": _within("code_blocks", lambda facts: facts.code_blocks),
}
"""One check a field; the fields of entries (`samples`) have their own."""

_OPTIONAL: dict[str, Callable[[Facts], object]] = {
    "duration_min": lambda facts: minutes(facts.document.impact.duration),
    "impact_percent": lambda facts: facts.document.impact.percent,
    "severity": lambda facts: facts.document.severity,
}
"""What a document may say nothing of, although its source looks as if it did."""


def _edge(facts: Facts, place: int) -> str:
    return str(facts.timed[place].at) if facts.timed else ""


_SHOWN: dict[str, Callable[[Facts], object]] = {
    "title": lambda facts: facts.document.title,
    "start": lambda facts: facts.started,
    "end": lambda facts: facts.ended,
    "date": lambda facts: ", ".join(map(str, sorted(facts.dates))),
    "timezone": lambda facts: facts.document.timezone,
    "duration_min": lambda facts: facts.document.impact.duration,
    "impact_percent": lambda facts: facts.document.impact.percent,
    "severity": lambda facts: facts.document.severity,
    "n_timeline": lambda facts: len(facts.document.timeline),
    "n_timed": lambda facts: len(facts.timed),
    "first_entry_time": lambda facts: _edge(facts, 0),
    "last_entry_time": lambda facts: _edge(facts, -1),
    "first_entry_date": lambda facts: _edge(facts, 0),
    "last_entry_date": lambda facts: _edge(facts, -1),
    "has_root_cause": _has_root_cause,
    "has_resolution": lambda facts: bool(facts.document.resolution),
    "n_actions": _actions,
    "n_checkboxes": lambda facts: f"{facts.boxes[0].start} to {facts.boxes[0].stop - 1}",
    "n_checked": lambda facts: f"{facts.boxes[1].start} to {facts.boxes[1].stop - 1}",
    "sections": lambda facts: list(facts.section_names),
    "n_links": lambda facts: f"{facts.links.start} to {facts.links.stop - 1}",
    "n_images": lambda facts: f"{facts.images.start} to {facts.images.stop - 1}",
    "code_blocks": lambda facts: f"{facts.code_blocks.start} to {facts.code_blocks.stop - 1}",
}
"""What was found instead, for the list of misses."""
