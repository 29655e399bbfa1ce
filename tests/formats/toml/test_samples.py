"""Five postmortems as people wrote them, as documents: not a word of them is left out."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import toml

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("[0-9]*.txt"))

_HEADINGS = re.compile(
    r"^\W*(?:issue summary|introduction|(?:detailed )?timeline|root cause and resolution"
    r"|corrective and prevent(?:ative|ive) measures|improvements/fixes|tasks|conclusion"
    r"|corrective measures|preventative measures|list of tasks to address the issue \(todo\))\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_LABELS = re.compile(
    r"^\W*(?:duration|start time|end time|impact|root cause(?: and resolution)?|resolution)\W*:",
    re.IGNORECASE | re.MULTILINE,
)
_TIMES = re.compile(
    r"(?:\b(?:At|By|at|by) )?\d{1,2}:\d\d|\b[AP]M\b|\b(?:GMT|UTC|EAT)\b(?:\+\d)?"
    r"|(?:\d{1,2} )?(?:February|March|May|June)(?: \d{1,2})?, \d{4}"
)
_IMAGE_ATTRIBUTES = re.compile(r"<img src=(\S+) width=\S+>|</?h2>")
_WORD = re.compile(r"\w+(?:['’./:-]+\w+)*%?")
_NOT_TEXT = {"id", "kind", "state", "status", "timezone", "after"}


def words(text: str) -> Counter[str]:
    """The words of a text and how often each occurs, without times and zones."""
    return Counter(_WORD.findall(_TIMES.sub(" ", text)))


def words_written(text: str) -> Counter[str]:
    """The words of a postmortem in Markdown or HTML, without its markup, headings and labels."""
    text = _IMAGE_ATTRIBUTES.sub(r"\1", text).replace("**", "").replace("[ ]", "")
    return words(_LABELS.sub("", _HEADINGS.sub("", text)))


def values(table: Any, name: str = "") -> Iterator[str]:
    """Every text in a TOML file that a person wrote."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from values(value, key)
    elif isinstance(table, list):
        for item in table:
            yield from values(item, name)
    elif isinstance(table, str) and name not in _NOT_TEXT:
        yield table


def sample(name: str) -> Postmortem:
    """The document of that sample."""
    return toml.read((SAMPLES / f"{name}.toml").read_bytes(), f"{name}.toml")


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_sample_is_in_its_document(name: str) -> None:
    written = words_written((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    kept = words("\n".join(values(tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8")))))
    assert sum(written.values()) > 150
    assert written - kept == Counter()
    assert kept - written == Counter()


@pytest.mark.parametrize("name", NAMES)
def test_saving_a_sample_again_changes_no_byte(name: str) -> None:
    saved = (SAMPLES / f"{name}.toml").read_bytes()
    assert toml.write(toml.read(saved)) == saved


@pytest.mark.parametrize(
    ("name", "window", "entries", "measures", "tasks", "percent"),
    [
        ("000", "2023-02-05T17:45:00+02:00 2023-02-05T20:50:00+02:00", 8, 4, 0, 75),
        ("001", "2024-05-22T14:00:00+00:00 2024-05-22T16:00:00+00:00", 10, 3, 5, 70),
        ("002", "2024-05-07T10:00:00+00:00 2024-05-07T12:00:00+00:00", 7, 3, 0, 60),
        ("003", "2023-06-01T10:00:00+00:00 2023-06-01T14:00:00+00:00", 8, 6, 0, 80),
        ("004", "2023-03-01T14:00:00+03:00 2023-03-01T16:30:00+03:00", 9, 5, 5, 100),
    ],
)
def test_a_sample_has_the_parts_that_its_writer_gave_it(
    name: str, window: str, entries: int, measures: int, tasks: int, percent: float
) -> None:
    document = sample(name)
    started, resolved = map(datetime.fromisoformat, window.split())
    assert (document.times.started, document.times.resolved) == (started, resolved)
    assert len(document.timeline) == entries
    assert len(document.measures) == measures
    assert len(document.tasks) == tasks
    assert document.impact.percent == percent
    clocks = re.findall(r"^\W*(\d?\d:\d\d)", (SAMPLES / f"{name}.txt").read_text("utf-8"), re.M)
    if clocks:
        twelve_hours = [int(clock.split(":")[0]) % 12 for clock in clocks]
        assert [entry.at.hour % 12 for entry in document.timeline if entry.at] == twelve_hours
