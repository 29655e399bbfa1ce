"""The five samples are read as a person read them: their documents were written by hand."""

from collections import Counter
from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import by_name, for_suffix, toml
from pmtui.formats.reading import Imported, read
from tests.formats.reading.words import missing_words

DATA = Path(__file__).parents[2] / "data" / "samples"
SAMPLES = ("000", "001", "002", "003", "004")


def source(name: str) -> bytes:
    """The text of a sample."""
    return (DATA / f"{name}.txt").read_bytes()


def by_hand(name: str) -> Postmortem:
    """The document that a person made of it."""
    return toml.read((DATA / f"{name}.toml").read_bytes())


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> tuple[Imported, Postmortem]:
    """What was read of a sample, and what a person made of it."""
    return read(source(request.param), f"{request.param}.txt"), by_hand(request.param)


def test_every_event_has_its_instant_and_its_words(sample) -> None:
    found, wanted = sample[0].document, sample[1]
    assert [(e.at, e.until, e.text) for e in found.timeline] == [
        (e.at, e.until, e.text) for e in wanted.timeline
    ]


def test_tasks_and_measures_are_told_apart(sample) -> None:
    found, wanted = sample[0].document, sample[1]
    assert [(t.text, t.state) for t in found.tasks] == [(t.text, t.state) for t in wanted.tasks]
    assert [(m.text, m.kind) for m in found.measures] == [(m.text, m.kind) for m in wanted.measures]


@pytest.mark.parametrize(
    "name",
    [
        *("title", "timezone", "undated", "summary", "cause_summary", "root_cause"),
        *("resolution", "conclusion", "times", "images"),
    ],
)
def test_fields_are_what_a_person_wrote_into_them(sample, name: str) -> None:
    found, wanted = sample[0].document, sample[1]
    assert getattr(found, name) == getattr(wanted, name)


def test_the_impact_and_its_share_are_found(sample) -> None:
    found, wanted = sample[0].document.impact, sample[1].impact
    assert (found.text, found.percent) == (wanted.text, wanted.percent)


@pytest.mark.parametrize("name", SAMPLES)
def test_not_one_word_is_lost(name: str) -> None:
    document = read(source(name), f"{name}.txt").document
    assert missing_words(source(name).decode(), document) == Counter()


def test_a_zone_from_the_summary_is_reported_with_the_first_line_it_was_used_for() -> None:
    report = read(source("004"), "004.txt").report
    assert [(f.line, "Africa/Nairobi" in f.text) for f in report.ordered()] == [(7, True)]


def test_the_registry_reads_what_the_reader_reads() -> None:
    for suffix in (".md", ".txt", ".html"):
        named = for_suffix(suffix)
        assert named is not None
        assert named.reads
        assert named.foreign
    assert by_name("markdown").read(source("001"), "001.md").title == "Postmortem Report"
