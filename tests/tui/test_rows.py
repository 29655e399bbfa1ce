"""The rows of the timeline: those of entries that did not change are not made again."""

from itertools import product

from pmtui.core.document import Postmortem
from pmtui.core.edits import timeline
from pmtui.tui.widgets.timeline_list import EntryRow, EntryRows, View, rows_of
from tests.tui.world import INCIDENT, at

DOCUMENTS = (
    INCIDENT,
    timeline.revise(INCIDENT, entry_id="e2", text="Rolled back twice"),
    timeline.revise(INCIDENT, entry_id="e1", at=at("13:30")),
    timeline.remove(INCIDENT, entry_ids=frozenset({"e3"})),
    INCIDENT.revise(timezone="Europe/Berlin"),
    INCIDENT.revise(undated=True),
    INCIDENT.revise(timeline=()),
)
VIEWS = (View(), View(column="who"), View(zone="Asia/Tokyo"), View(filter="back"), View(origin="x"))


def test_rows_that_are_known_equal_those_made_anew() -> None:
    known = EntryRows()
    for document, view in product((*DOCUMENTS, *reversed(DOCUMENTS)), VIEWS):
        assert rows_of(document, view, known) == rows_of(document, view)


def test_an_edit_makes_one_row() -> None:
    known = EntryRows()
    before = _entries(INCIDENT, known)
    after = _entries(timeline.revise(INCIDENT, entry_id="e2", text="Else"), known)
    assert [key for key, row in after.items() if row is not before[key]] == ["e2"]


def _entries(document: Postmortem, known: EntryRows) -> dict[str, EntryRow]:
    rows = rows_of(document, View(), known)
    return {row.key: row for row in rows if isinstance(row, EntryRow)}
