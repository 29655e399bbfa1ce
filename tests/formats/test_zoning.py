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


def test_a_time_without_a_zone_is_one_of_the_document_s_own() -> None:
    entry = Entry(id="a", at=datetime(2024, 5, 22, 14), text="x")
    document = Postmortem(timezone="Europe/Berlin", timeline=(entry,))
    (moved,) = rezoned(document, ("UTC",)).timeline
    assert moved.at == datetime(2024, 5, 22, 12, tzinfo=UTC)


def test_the_document_s_own_zone_changes_nothing() -> None:
    document = Postmortem(timezone="UTC", undated=True, times=Times(started=datetime(2000, 1, 1)))
    assert rezoned(document, ("UTC",)) is document
    assert rezoned(document, ()) is document


@pytest.mark.parametrize("zones", [("UTC",), ("UTC", "Asia/Tokyo")])
def test_what_nobody_can_know_is_refused(zones: tuple[str, ...]) -> None:
    local = Times(started=datetime(2024, 5, 22, 14))
    with pytest.raises(ExportError, match="no time zone"):
        rezoned(Postmortem(times=local), zones)
    with pytest.raises(ExportError, match="no date"):
        rezoned(Postmortem(timezone="Europe/Berlin", undated=True, times=local), zones)
    assert rezoned(Postmortem(), zones).timezone == "UTC"


def test_a_time_that_the_clocks_skipped_is_told_not_moved() -> None:
    gap = Entry(id="a", at=datetime(2024, 3, 31, 2, 30))
    document = Postmortem(timezone="Europe/Berlin", timeline=(gap,))
    with pytest.raises(ExportError, match="does not exist"):
        rezoned(document, ("UTC",))


def test_zones_are_named_once_and_as_documents_name_them() -> None:
    assert zones_of(["utc", "europe/berlin", "UTC"]) == ("UTC", "Europe/Berlin")
    with pytest.raises(ExportError, match="may be"):
        zones_of(["IST"])
