"""Every field: what is typed there, what the document then holds, and what is refused."""

import itertools
from collections.abc import Container
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import (
    Chain,
    Entry,
    Factor,
    Impact,
    Lessons,
    Link,
    Person,
    Postmortem,
    Section,
    Times,
)
from pmtui.core.fields import FIELDS, Field, Writing, fields_of
from pmtui.errors import EditError, TimeError
from tests.strategies import documents, lines

NOW = datetime(2024, 5, 22, 16, 20, tzinfo=UTC)
PANES = ("summary", "root-cause", "lessons")
BY_ID = {field.id: field for field in FIELDS}
IN_UTC = Postmortem(timezone="UTC")


def writing() -> Writing:
    """The present moment, and ids `n1`, `n2`..."""
    numbers = itertools.count(1)

    def new_id(taken: Container[str]) -> str:
        return next(name for name in map("n{}".format, numbers) if name not in taken)

    return Writing(NOW, new_id)


def typed(field: Field, text: str, document: Postmortem = IN_UTC) -> Postmortem:
    """The document after `text` was typed into the field and left."""
    after = field.write(document, text, writing())
    return field.leave(after, writing()) if field.leave else after


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    """A time in May 2024, UTC."""
    return datetime(2024, 5, day, hour, minute, tzinfo=UTC)


TIMED = Postmortem(timezone="UTC", timeline=(Entry(id="e1", at=at(14)),))

WRITTEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("title", "  Checkout\tdown ", {"title": "Checkout down"}),
    ("title", "[bold]x[/] <b>", {"title": "[bold]x[/] <b>"}),
    (
        "impact.duration",
        "14:00 to 16:00 GMT on May 22, 2024",
        {
            "impact": Impact(duration="14:00 to 16:00 GMT on May 22, 2024"),
            "times": Times(started=at(14), resolved=at(16)),
            "timezone": "GMT",
        },
    ),
    ("impact.duration", "two hours", {"impact": Impact(duration="two hours")}),
    ("impact.text", "70% of users", {"impact": Impact(text="70% of users", percent=70)}),
    ("cause_summary", "A typo", {"cause_summary": "A typo"}),
    ("summary", "One.\n\nTwo.\n", {"summary": "One.\n\nTwo.\n"}),
    ("severity", "SEV1", {"severity": "SEV1"}),
    ("status", "In review", {"status": "in-review"}),
    ("status", "p", {"status": "published"}),
    ("status", "reviewed", {"status": "reviewed"}),
    ("reference", "INC-123", {"reference": "INC-123"}),
    ("timezone", "Europe/Berlin", {"timezone": "Europe/Berlin"}),
    ("timezone", "", {"timezone": ""}),
    ("day", "", {}),
    ("times.started", "14:05", {"times": Times(started=at(14, 5))}),
    ("times.detected", "2024-05-21 23:50", {"times": Times(detected=at(23, 50, 21))}),
    ("times.acknowledged", "14h05", {"times": Times(acknowledged=at(14, 5))}),
    ("times.mitigated", "2:05 PM", {"times": Times(mitigated=at(14, 5))}),
    ("times.resolved", "16:00 UTC", {"times": Times(resolved=at(16))}),
    ("times.closed", "yesterday 23:50", {"times": Times(closed=at(23, 50, 21))}),
    ("times.public", "", {}),
    ("impact.percent", "70 %", {"impact": Impact(percent=70)}),
    ("impact.users", "about 12,000", {"impact": Impact(users="about 12,000")}),
    ("impact.requests", "3 %", {"impact": Impact(requests="3 %")}),
    ("impact.revenue", "40,000 EUR", {"impact": Impact(revenue="40,000 EUR")}),
    ("services", "checkout, payments,, ", {"services": ("checkout", "payments")}),
    ("tags", "database", {"tags": ("database",)}),
    ("people", "Ana (IC)\nBob", {"people": (Person(name="Ana", role="IC"), Person(name="Bob"))}),
    ("drill", "Yes", {"drill": True}),
    ("drill", "n", {}),
    ("root_cause", "- a\n- b", {"root_cause": "- a\n- b"}),
    ("trigger", "A deploy", {"trigger": "A deploy"}),
    (
        "factors",
        "one\ntwo",
        {"factors": (Factor(id="n1", text="one"), Factor(id="n2", text="two"))},
    ),
    ("whys", "Why?\nBecause", {"whys": (Chain(id="n1", question="Why?", answers=("Because",)),)}),
    ("detection", "An alert", {"detection": "An alert"}),
    ("resolution", "A restart", {"resolution": "A restart"}),
    ("conclusion", "Test more", {"conclusion": "Test more"}),
    ("lessons.went_well", "a\n\nb", {"lessons": Lessons(went_well=("a", "b"))}),
    ("lessons.went_wrong", "a", {"lessons": Lessons(went_wrong=("a",))}),
    ("lessons.got_lucky", "a\n  b", {"lessons": Lessons(got_lucky=("a\nb",))}),
    ("links", "[Graph](https://e.org)", {"links": (Link(title="Graph", target="https://e.org"),)}),
    ("images", "shot.png", {"images": (Link(target="shot.png"),)}),
)

REFUSED = (
    ("status", "ready", "no status"),
    ("status", "done", "no status"),
    ("status", "", "no status"),
    ("timezone", "Mars/Base", "Mars/Base"),
    ("timezone", "IST", "IST"),
    ("day", "someday", "is no day"),
    ("day", "2024-05-23", "there is no time yet to move"),
    ("times.started", "soon", "soon"),
    ("times.started", "25:00", "25:00"),
    ("impact.percent", "most", "is no share"),
    ("impact.percent", "101", "is no share"),
    ("drill", "maybe", "neither yes nor no"),
)


@pytest.mark.parametrize(("id", "text", "after"), WRITTEN, ids=lambda value: str(value)[:30])
def test_what_is_typed_is_in_the_document(id: str, text: str, after: dict[str, Any]) -> None:
    assert typed(BY_ID[id], text) == IN_UTC.revise(**after)


@pytest.mark.parametrize(("id", "text", "reason"), REFUSED)
def test_what_is_not_understood_is_refused_with_the_reason(id: str, text: str, reason: str) -> None:
    with pytest.raises((EditError, TimeError), match=reason):
        typed(BY_ID[id], text)


def test_each_field_is_tried() -> None:
    assert {id for id, _, _ in WRITTEN} == set(BY_ID)


@pytest.mark.parametrize(
    ("text", "after", "undated"),
    [
        ("2024-05-24", at(14, day=24), False),
        ("24 May", at(14, day=24), False),
        ("yesterday", at(14, day=21), False),
        ("unknown", datetime(2000, 1, 1, 14, tzinfo=UTC), True),
        ("Wed 22 May 2024", at(14), False),
        ("", at(14), False),
    ],
)
def test_the_day_moves_all_times(text: str, after: datetime, undated: bool) -> None:
    document = typed(BY_ID["day"], text, TIMED)
    assert (document.timeline[0].at, document.undated) == (after, undated)


@pytest.mark.parametrize(("keep", "hour"), [("moment", 16), ("clock", 14)])
def test_the_zone_keeps_the_moments_or_the_clock(keep: Any, hour: int) -> None:
    wanted = Writing(NOW, writing().new_id, keep)
    document = BY_ID["timezone"].write(TIMED, "+02:00", wanted)
    moved = document.timeline[0].at
    assert moved is not None
    assert moved.hour == hour


def test_a_stated_time_follows_the_start_over_midnight() -> None:
    document = Postmortem(timezone="UTC", times=Times(started=at(23, 50, 21)))
    assert typed(BY_ID["times.resolved"], "00:20", document).times.resolved == at(0, 20)


def test_a_live_field_refuses_nothing_that_can_be_typed() -> None:
    for field in FIELDS:
        if field.live:
            typed(field, "[x](y) @a #b 25:00 — “…” \u202e\u200d", Postmortem())


@given(documents())
def test_leaving_a_field_as_it_was_changes_nothing(document: Postmortem) -> None:
    for field in (field for pane in PANES for field in fields_of(document, pane)):
        if not field.live:
            continue
        once = field.write(document, field.read(document), writing())
        assert field.write(once, field.read(once), writing()) == once, field.id


@given(documents(aware=True))
def test_a_parsed_field_takes_back_what_it_shows(document: Postmortem) -> None:
    for field in FIELDS:
        if not field.live and field.id not in ("services", "tags"):
            after = field.write(document, field.read(document), writing())
            assert field.read(after) == field.read(document), field.id


@given(st.sampled_from(FIELDS), lines())
def test_a_field_refuses_or_shows_what_it_took(field: Field, text: str) -> None:
    try:
        after = typed(field, text, TIMED)
    except (EditError, TimeError):
        return
    assert typed(field, field.read(after), after) == after


def test_a_kept_section_is_a_field_of_its_own() -> None:
    section = Section(id="s1", heading="Appendix", body="old")
    document = Postmortem(sections=(section, section.revise(id="s2", heading="")))
    *_, first, second = fields_of(document, "lessons")
    assert (first.label, second.label) == ("Appendix", "Text")
    after = first.write(document, "new", writing())
    assert [each.body for each in after.sections] == ["new", "old"]


def test_ids_letters_and_panes_are_declared_once() -> None:
    ids = [field.id for field in FIELDS]
    letters = [field.letter for field in FIELDS if field.letter]
    assert len(set(ids)) == len(ids)
    assert len(set(letters)) == len(letters)
    assert {field.pane for field in FIELDS} == set(PANES)


def test_the_day_shown_is_that_of_the_first_time() -> None:
    assert BY_ID["day"].read(TIMED) == "Wed 22 May 2024"
    assert BY_ID["day"].read(TIMED.revise(undated=True)) == "unknown"
    assert typed(BY_ID["day"], "2024-01-02", TIMED).timeline[0].at == datetime.combine(
        date(2024, 1, 2), at(14).timetz()
    )
