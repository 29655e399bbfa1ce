"""However people write a timeline, the same entries are read from it, with the same times."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Postmortem
from tests.formats.import_forms import FORMS, Written, written
from tests.import_scoring.judging import plain_words

reading = pytest.importorskip("pmtui.formats.reading")


def clock(at: datetime | None, zone: str) -> str:
    return "" if at is None else f"{in_zone(at, zone):%H:%M}"


def check(case: Written, document: Postmortem) -> None:
    """The entries of `document` are those of `case`: number, clock time, day if known, text."""
    zone = document.timezone
    found = [(clock(entry.at, zone), plain_words(entry.text)) for entry in document.timeline]
    wanted = [(f"{at:%H:%M}", plain_words(text)) for at, text in case.entries]
    assert [time for time, _ in found] == [time for time, _ in wanted]
    for (_, words), (_, text) in zip(found, wanted, strict=True):
        assert words[: len(text)] == text
    if case.dated:
        assert not document.undated
        days = [entry.at and in_zone(entry.at, zone).date() for entry in document.timeline]
        assert days == [at.date() for at, _ in case.entries]
    else:
        assert document.undated
    assert zone in ({"UTC", "GMT", "+00:00"} if case.zone else {""})


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_timeline_is_read_in_every_form(form: str, data: st.DataObject) -> None:
    case = data.draw(written(form))
    check(case, reading.read(case.data(), case.name).document)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_timeline_is_read_in_every_form_and_style(form: str, data: st.DataObject) -> None:
    case = data.draw(written(form))
    check(case, reading.read(case.data(), case.name).document)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    written(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"])
)
def test_encoding_and_line_ends_change_nothing(case: Written, encoding: str, newline: str) -> None:
    document = reading.read(case.data(), case.name).document
    other = reading.read(case.data(encoding, newline), case.name).document
    assert other.timeline == document.timeline
