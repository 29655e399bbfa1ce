"""The steps from one document to another lead there, and are as small as what changed."""

import json
from datetime import UTC, datetime, timedelta, timezone
from time import thread_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.changes.splices import splice, spliced, stepped, steps
from pmtui.core.document import Entry, Lessons, Postmortem, Section
from pmtui.errors import EditError
from pmtui.formats import toml
from tests.strategies import documents

SLOW = [HealthCheck.too_slow]


def travelled(before: Postmortem, after: Postmortem) -> Postmortem | None:
    """`after` as it comes out of its steps, once they were JSON; None where there are none."""
    found = steps(before, after)
    return None if found is None else stepped(before, json.loads(json.dumps(found)))


@settings(deadline=None, suppress_health_check=SLOW)
@given(documents(), documents())
def test_the_steps_between_any_two_documents_lead_from_one_to_the_other(
    before: Postmortem, after: Postmortem
) -> None:
    arrived = travelled(before, after)
    assert arrived is None or toml.write(arrived) == toml.write(after)


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_an_edit_of_one_document_is_always_said_in_steps(data: st.DataObject) -> None:
    before = data.draw(documents())
    other = data.draw(documents())
    after = before.revise(
        summary=other.summary, title=other.title, status=other.status, impact=before.impact
    )
    if before.timeline:
        first = before.timeline[0].revise(text=other.summary, at=None)
        after = after.revise(timeline=(*before.timeline[1:], first))
    arrived = travelled(before, after)
    assert arrived is not None or any("unknown" in str(entry) for entry in after.timeline)
    assert arrived is None or arrived == after


@given(st.text(), st.text(), st.text(), st.text())
def test_a_splice_leads_from_one_text_to_the_other(a: str, b: str, c: str, d: str) -> None:
    for before, after in ((a, b), (a + b + c, a + d + c), (a + a, a), (a, a + a)):
        start, stop, insertion = splice(before, after)
        assert spliced(before, start, stop, insertion) == after
        assert 0 <= start <= stop <= len(before)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "a", (0, 0, "a")),
        ("ab", "aab", (1, 1, "a")),
        ("aaa", "aa", (2, 3, "")),
        ("one two", "one to", (5, 6, "")),
        ("same", "same", (4, 4, "")),
        ("x" * 1000 + "y", "x" * 1000 + "zy", (1000, 1000, "z")),
    ],
)
def test_a_splice_is_as_short_as_the_change(
    before: str, after: str, expected: tuple[int, int, str]
) -> None:
    assert splice(before, after) == expected


BIG = Postmortem(
    root_cause="word " * 10_000,
    timeline=tuple(Entry(id=f"e{n}", text=f"event {n}") for n in range(10_000)),
    sections=(Section(id="s1", heading="More", body="text " * 1000),),
)
CHANGES = {
    "a key in a long text": BIG.revise(root_cause="word " * 5_000 + "x" + "word " * 5_000),
    "a key in a section": BIG.revise(
        sections=(BIG.sections[0].revise(body="text " * 1000 + "x"),),
    ),
    "an event more": BIG.revise(timeline=(*BIG.timeline[:50], Entry(id="n"), *BIG.timeline[50:])),
    "an event less": BIG.revise(timeline=BIG.timeline[:50] + BIG.timeline[51:]),
    "an event edited": BIG.revise(
        timeline=(
            *BIG.timeline[:50],
            BIG.timeline[50].revise(text="event 50!", at=datetime(2024, 5, 22, tzinfo=UTC)),
            *BIG.timeline[51:],
        )
    ),
    "a lesson": BIG.revise(lessons=Lessons(went_well=("luck",))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_small_change_of_ten_thousand_events_is_a_few_bytes_and_back(change: str) -> None:
    after = CHANGES[change]
    began = thread_time()
    found = steps(BIG, after)
    assert thread_time() - began < 0.1
    assert len(json.dumps(found)) < 120
    assert travelled(BIG, after) == after
    assert travelled(after, BIG) == BIG


def test_the_same_moment_in_another_zone_is_a_step() -> None:
    at = datetime(2024, 5, 22, 14, tzinfo=UTC)
    entry = Entry(id="e1", at=at)
    moved = entry.revise(at=at.astimezone(timezone(timedelta(hours=2))))
    before, after = Postmortem(timeline=(entry,)), Postmortem(timeline=(moved,))
    arrived = travelled(before, after)
    assert arrived is not None
    assert toml.write(arrived) == toml.write(after)


def test_keys_that_the_program_does_not_know_are_not_said_in_steps() -> None:
    assert steps(Postmortem(), Postmortem(unknown=(("mood", "calm"),))) is None


@pytest.mark.parametrize(
    "step",
    [[["nothing"], 1], [["timeline", 3], 1], [["title"], 0, 0], [["title"], "x\ny"], [["title"]]],
)
def test_steps_of_another_document_are_refused(step: list[object]) -> None:
    with pytest.raises(EditError):
        stepped(Postmortem(), [step])
