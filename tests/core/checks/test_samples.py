"""What the review sees in real postmortems, each finding with the verdict of a careful reader."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from pmtui.core.accounts import stated_length, stated_window
from pmtui.core.checks.options import Options
from pmtui.core.checks.registry import BY_ID, FAMILIES, review
from pmtui.core.document import Postmortem
from pmtui.core.fields import FIELDS, Writing
from pmtui.core.ids import random_id
from pmtui.core.text import one_line
from pmtui.formats import reading, toml

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
IMPORTED = Path(__file__).parents[2] / "data" / "import"
NUMBERS = ("000", "001", "002", "003", "004")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Verdict(NamedTuple):
    """A finding, and what a careful reader says to it."""

    sample: str
    verdict: str
    check: str
    place: str
    words: str
    remark: str


def sample(number: str) -> Postmortem:
    """One of the five."""
    return toml.read((SAMPLES / f"{number}.toml").read_bytes(), number)


def verdicts() -> list[Verdict]:
    """All that was read by eye."""
    lines = (SAMPLES / "findings.txt").read_text("utf-8").splitlines()
    cells = ([cell.strip() for cell in line.split("|")] for line in lines if line[:1] != "#")
    return [Verdict(*(cell + [""] * 6)[:6]) for cell in cells]


def seen(document: Postmortem) -> list[tuple[str, str, str]]:
    """Check, place and words of all that every rule finds."""
    hits = review(document, NOW, Options(on=FAMILIES))
    return [(hit.check, hit.place, hit.words) for hit in hits]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_finding_was_read_by_eye(number: str) -> None:
    told = [(v.check, v.place, v.words) for v in verdicts() if v.sample == number]
    assert seen(sample(number)) == told


class Read(NamedTuple):
    """Findings of one kind in a document of the import corpus, and how many of them are wrong."""

    file: str
    check: str
    words: str
    found: int
    wrong: int


def read_by_eye() -> list[Read]:
    """All findings in what the import corpus is read as."""
    lines = (IMPORTED.parent / "import-findings.txt").read_text("utf-8").splitlines()
    cells = ([cell.strip() for cell in line.split("|")] for line in lines if line[:1] != "#")
    return [Read(*cell[:3], int(cell[3]), int(cell[4])) for cell in cells]


def found_in(path: Path) -> Counter[tuple[str, str]]:
    """Check and words of what the rules that are on, and that of gaps, find when imported."""
    document = reading.read(path.read_bytes(), path.name).document
    hits = review(document, NOW, Options(on=("gaps.silent",)))
    words = ((hit.check, one_line(hit.words)[:60].strip()) for hit in hits)
    return Counter((check, said.replace("|", "¦")) for check, said in words)


def test_every_finding_in_the_import_corpus_was_read_by_eye() -> None:
    told: dict[str, Counter[tuple[str, str]]] = {}
    for each in read_by_eye():
        told.setdefault(each.file, Counter())[each.check, each.words] += each.found
    files = [path for path in sorted(IMPORTED.iterdir()) if path.suffix != ".toml"]
    assert {path.name: found for path in files if (found := found_in(path))} == told


def test_a_rule_that_is_wrong_more_than_one_time_in_ten_is_not_on_by_default() -> None:
    read = Counter(verdict.check for verdict in verdicts())
    wrong = Counter(verdict.check for verdict in verdicts() if verdict.verdict == "wrong")
    for each in read_by_eye():
        read[each.check] += each.found
        wrong[each.check] += each.wrong
    assert all(v.verdict in ("right", "wrong") for v in verdicts())
    assert [c for c in read if wrong[c] * 10 > read[c] and BY_ID[c].default] == []


def test_about_three_hours_agrees_with_three_hours_and_five_minutes() -> None:
    document = sample("000")
    said, window = stated_length(document), stated_window(document)
    assert said
    assert window
    assert (said.length.total_seconds() / 60, said.about) == (180, True)
    assert window.length.total_seconds() / 60 == 185
    assert said.agrees(window.length)


def test_an_end_that_lacks_its_day_is_seen() -> None:
    stated = "Start Time: February 5, 2023, 5:45 PM (GMT+2). End Time: February, 2023, 8:50 PM"
    field = next(field for field in FIELDS if field.id == "impact.duration")
    document = field.write(sample("000"), stated, Writing(NOW, random_id))
    words = [each for each in seen(document) if each[0] == "times.no-day-of-month"]
    assert words == [("times.no-day-of-month", "impact.duration", "February, 2023, 8:50")]


def test_a_recovery_three_hours_before_the_end_is_seen() -> None:
    (hit,) = (
        hit for hit in review(sample("003"), NOW) if hit.check == "milestones.restored-earlier"
    )
    assert "at 11:00, but the outage is counted until 14:00, 3h 00m later" in hit.message


@pytest.mark.parametrize("number", NUMBERS)
def test_tasks_and_measures_are_vague_or_belong_to_nobody(number: str) -> None:
    document = sample(number)
    found = [hit for hit in review(document, NOW) if hit.check.startswith("tasks.")]
    about = {hit.place.split(".")[1] for hit in found if "." in hit.place}
    items = [*document.tasks, *document.measures]
    assert 2 * len(about) > len(items) or "measures" in {hit.place for hit in found}
