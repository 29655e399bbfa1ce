"""Another account of the incident comes in: what is there stands, and no word of either is lost."""

import re
from collections import Counter
from datetime import UTC, datetime

from hypothesis import given, settings

from pmtui.core.document import Entry, Impact, Lessons, Measure, Postmortem, Section, Task, Times
from pmtui.core.ids import derived_id
from pmtui.core.joining import Joined, join
from tests.strategies import documents

NIGHT = datetime(2024, 5, 22, 14, tzinfo=UTC)


def joined(document: Postmortem, other: Postmortem) -> Joined:
    """Both, with ids that are the same in every run."""
    return join(document, other, lambda taken: derived_id("fresh", taken))


def test_what_is_empty_is_filled_and_what_is_there_stands() -> None:
    document = Postmortem(title="Mine", root_cause="Why.", impact=Impact(percent=10))
    other = Postmortem(
        title="Theirs",
        summary="Short.",
        root_cause="Because.",
        severity="SEV1",
        impact=Impact(text="All", percent=70),
    )
    found = joined(document, other)
    after = found.document
    assert (after.title, after.summary, after.root_cause) == ("Mine", "Short.", "Why.")
    assert (after.severity, after.impact) == ("SEV1", Impact(text="All", percent=10))
    assert [(s.heading, s.body, s.after) for s in after.sections] == [
        ("Told otherwise", "- Title: Theirs\n- Users %: 70 %", "summary"),
        ("Root cause, told otherwise", "Because.", "root-cause"),
    ]
    assert (found.texts, found.kept) == (2, 2)


def test_lists_grow_at_their_ends_and_what_is_in_both_is_there_once() -> None:
    same = Entry(id="a", at=NIGHT, text="Down")
    document = Postmortem(
        timezone="UTC", timeline=(same,), tasks=(Task(id="a", text="x"),), tags=("db",)
    )
    other = Postmortem(
        timezone="UTC",
        timeline=(same.revise(id="b"), Entry(id="a", at=NIGHT.replace(hour=13), text="Up")),
        tasks=(Task(id="a", text="y"),),
        tags=("db", "web"),
        measures=(Measure(id="a", text="z"),),
        lessons=Lessons(got_lucky=("a Wednesday",)),
    )
    found = joined(document, other)
    assert [entry.text for entry in found.document.timeline] == ["Up", "Down"]
    assert [task.text for task in found.document.tasks] == ["x", "y"]
    assert len({task.id for task in found.document.tasks}) == 2
    assert found.document.tags == ("db", "web")
    assert found.document.lessons == other.lessons
    assert (found.events, found.tasks, found.measures) == (1, 1, 1)
    assert (found.texts, found.kept) == (0, 0)


def test_a_document_without_times_takes_the_zone_and_one_with_times_keeps_its_own() -> None:
    other = Postmortem(timezone="Europe/Berlin", timeline=(Entry(id="a", at=NIGHT, text="x"),))
    assert joined(Postmortem(timezone="UTC"), other).document.timezone == "Europe/Berlin"
    mine = Postmortem(timezone="UTC", times=Times(started=NIGHT, resolved=NIGHT))
    after = joined(mine, other).document
    assert after.timezone == "UTC"
    assert after.timeline[0].at == NIGHT
    assert after.sections[0].body == "- Zone: Europe/Berlin"


def test_clock_times_without_a_date_come_to_the_day_of_the_incident() -> None:
    undated = Postmortem(undated=True, timeline=(Entry(id="a", at=datetime(2000, 1, 1, 15)),))
    mine = Postmortem(timezone="UTC", timeline=(Entry(id="b", at=NIGHT),))
    after = joined(mine, undated).document
    assert [entry.at for entry in after.timeline] == [NIGHT, NIGHT.replace(hour=15)]
    back = joined(undated, mine).document
    assert back.undated
    assert back.sections[0].body.startswith("- Date: 2024-05-22")
    assert joined(Postmortem(), undated).document.undated


def test_the_same_account_again_changes_nothing() -> None:
    other = Postmortem(title="x", root_cause="y", sections=(Section(id="a", body="z"),))
    once = joined(Postmortem(title="m", root_cause="n"), other).document
    assert joined(once, other).document == once


_UNTOLD = {"id", "after", "unknown", "kind", "state", "status", "priority", "silenced", "level"}


def told(value: object) -> str:
    """All texts of a document."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(told(part) for name, part in value.items() if name not in _UNTOLD)
    return " ".join(map(told, value)) if isinstance(value, list | tuple) else ""


def words(document: Postmortem) -> Counter[str]:
    """The words of all texts."""
    return Counter(re.findall(r"\w+", told(document.as_dict())))


@settings(deadline=None)
@given(documents(aware=True), documents(aware=True))
def test_no_word_of_either_is_lost(document: Postmortem, other: Postmortem) -> None:
    document, other = (each.revise(undated=False) for each in (document, other))
    after = words(joined(document, other).document)
    assert words(document.revise(timezone="")) <= after
    # What both say is there once; nothing that only one of them says is missing.
    assert set(words(other)) <= set(after)
