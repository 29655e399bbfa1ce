"""Times told in another zone are the same instants, and none is made up."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem, Times
from pmtui.errors import ExportError
from pmtui.formats.zoning import rezoned, zones_of
from tests.strategies import documents

ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "+02:00")


@given(documents(aware=True), st.sampled_from(ZONES))
def test_every_instant_stays_what_it_was(document: Postmortem, zone: str) -> None:
    known = document.revise(undated=False, times=Times(), timezone=document.timezone or "UTC")
    moved = rezoned(known, (zone,))
    assert moved.timezone == zone
    for before, after in zip(known.timeline, moved.timeline, strict=True):
        assert (before.at, before.until) == (after.at, after.until)
        assert before.revise(at=None, until=None) == after.revise(at=None, until=None)


def test_a_time_without_a_zone_stays_bare_among_those_that_move() -> None:
    bare = Entry(id="a", at=datetime(2024, 5, 22, 14), text="x")
    aware = Entry(id="b", at=datetime(2024, 5, 22, 14, tzinfo=UTC), text="y")
    for home in ("Europe/Berlin", ""):
        moved = rezoned(Postmortem(timezone=home, timeline=(bare, aware)), ("Asia/Tokyo",))
        assert [entry.at and entry.at.isoformat() for entry in moved.timeline] == [
            "2024-05-22T14:00:00",
            "2024-05-22T23:00:00+09:00",
        ]


def test_the_document_s_own_zone_changes_nothing() -> None:
    document = Postmortem(timezone="UTC", undated=True, times=Times(started=datetime(2000, 1, 1)))
    assert rezoned(document, ("UTC",)) is document
    assert rezoned(document, ()) is document


@pytest.mark.parametrize("zones", [("UTC",), ("UTC", "Asia/Tokyo")])
def test_what_nobody_can_know_is_refused(zones: tuple[str, ...]) -> None:
    local = Times(started=datetime(2024, 5, 22, 14))
    with pytest.raises(ExportError, match="no time zone"):
        rezoned(Postmortem(times=local), zones)
    with pytest.raises(ExportError, match="no time zone"):
        rezoned(Postmortem(timezone="Europe/Berlin", times=local), zones)
    aware = Times(started=datetime(2000, 1, 1, 14, tzinfo=UTC))
    with pytest.raises(ExportError, match="no date"):
        rezoned(Postmortem(timezone="Europe/Berlin", undated=True, times=aware), zones)
    assert rezoned(Postmortem(), zones).timezone == "UTC"


def test_zones_are_named_once_and_as_documents_name_them() -> None:
    assert zones_of(["utc", "europe/berlin", "UTC"]) == ("UTC", "Europe/Berlin")
    with pytest.raises(ExportError, match="may be"):
        zones_of(["IST"])
