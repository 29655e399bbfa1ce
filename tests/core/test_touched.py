"""Where two versions of a timeline differ, and answers that outlast a change of words."""

from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.extent import began
from pmtui.core.touched import same_times, touched
from tests.tui.world import INCIDENT, at

ITEMS = st.lists(st.integers(0, 3), max_size=12).map(tuple)


@given(ITEMS, ITEMS)
def test_what_was_touched_is_all_that_differs_and_no_more(
    before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    begin, end, new_end = touched(before, after)
    assert 0 <= begin <= end <= len(before)
    assert before[:begin] + after[begin:new_end] + before[end:] == after
    middle, new_middle = before[begin:end], after[begin:new_end]
    if middle and new_middle:
        assert middle[0] != new_middle[0]
        assert middle[-1] != new_middle[-1]


def test_other_words_leave_the_times_as_they_were() -> None:
    def alike(other: Postmortem) -> bool:
        return same_times(INCIDENT.timeline, other.timeline)

    entry: Entry = INCIDENT.timeline[1]
    assert alike(timeline.revise(INCIDENT, entry.id, text="Other words"))
    assert not alike(timeline.revise(INCIDENT, entry.id, at=at("15:55")))
    assert not alike(timeline.revise(INCIDENT, entry.id, kind="resolved"))
    assert not alike(timeline.remove(INCIDENT, frozenset({entry.id})))


def test_an_incident_began_when_it_did_after_every_edit() -> None:
    first = INCIDENT.timeline[0]
    document = INCIDENT
    for change in ({"text": "x"}, {"at": at("09:00")}, {"text": "y"}, {"at": at("11:00")}):
        document = timeline.revise(document, first.id, **change)
        remembered = began(document)
        began(Postmortem())
        assert began(document) == remembered
