"""A time that was recorded without a zone is told without one, in every export."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from pmtui.cli.plain import render
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Postmortem, Task, Times
from pmtui.core.timing import durations
from pmtui.formats import csv as csv_form
from pmtui.formats import html, ics, json, markdown, mermaid, reading, slack, text
from pmtui.formats.drawing import caption, svg
from pmtui.formats.phase_text import brief, draw
from pmtui.formats.wording import between

ZONED = re.compile(r"UTC|GMT|EAT|Nairobi|JST|Tokyo|\+00|Z\b")
"""Whatever says a zone of these documents."""


def bare(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 22, hour, minute)


def timeline(*times: datetime) -> tuple[Entry, ...]:
    kinds = ("started", "detected", "mitigated", "resolved")
    return tuple(
        Entry(id=kind, kind=kind, at=at, text=f"It {kind}")
        for kind, at in zip(kinds, times, strict=False)
    )


UNKNOWN = Postmortem(
    title="Bare",
    times=Times(started=bare(13, 55), public=bare(15)),
    timeline=timeline(bare(14), bare(14, 5), bare(14, 45), bare(15)),
)
"""Nobody said where the clocks hung."""

NAMED = UNKNOWN.revise(timezone="Africa/Nairobi")
"""The incident has a zone, and no time does."""

MIXED = Postmortem(
    title="Mixed",
    timezone="Africa/Nairobi",
    timeline=(
        Entry(id="a", kind="started", at=datetime(2024, 5, 22, 11, tzinfo=UTC), text="Down"),
        Entry(id="b", at=bare(14, 7), until=bare(14, 9), text="A note from the log"),
        Entry(id="c", kind="resolved", at=datetime(2024, 5, 22, 12, tzinfo=UTC), text="Up"),
    ),
)
"""One time among three was recorded without a zone."""

FORMS = {"markdown": markdown, "html": html, "slack": slack, "text": text}


def written(form: str, document: Postmortem, template: str, zones: tuple[str, ...] = ()) -> str:
    return str(FORMS[form].write(document, template, zones).decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize("template", markdown.templates())
@pytest.mark.parametrize("form", FORMS)
def test_no_zone_is_invented_where_none_is_known(form: str, template: str) -> None:
    assert not ZONED.search(written(form, UNKNOWN, template))


@pytest.mark.parametrize("template", markdown.templates())
@pytest.mark.parametrize("form", FORMS)
def test_the_incident_s_zone_is_not_put_on_times_without_one(form: str, template: str) -> None:
    told = written(form, NAMED, template)
    assert not re.search(r"\d (?:EAT|UTC)|All times|\(EAT\)", told)


@pytest.mark.parametrize("template", markdown.templates())
@pytest.mark.parametrize("zones", [(), ("UTC",), ("UTC", "Asia/Tokyo")])
def test_among_others_a_bare_time_is_told_once_and_bare(
    template: str, zones: tuple[str, ...]
) -> None:
    for form in FORMS:
        told = written(form, MIXED, template, zones)
        assert "All times are in" not in told
        assert not re.search(r"14:0[79](?:–14:09)? (?:EAT|UTC|JST|/)", told)
        assert not re.search(r"(?:/ |05:0|20:0|11:0)[79]", told)


def test_times_that_have_a_zone_keep_it_beside_those_without() -> None:
    told = markdown.write(MIXED).decode()
    assert "- **14:00 EAT** *started*: Down" in told
    assert "- **14:07–14:09**: A note from the log" in told
    assert "Times are in EAT (Africa/Nairobi) where they say so; the others were recorded" in told
    both = markdown.write(MIXED, timezones=("UTC", "Asia/Tokyo")).decode()
    assert "- **11:00 UTC / 20:00 JST** *started*: Down" in both
    assert "- **14:07–14:09**: A note" in both


@pytest.mark.parametrize("template", markdown.templates())
def test_offsets_of_a_document_that_names_no_zone_are_told_with_each_time(template: str) -> None:
    aware = UNKNOWN.revise(times=Times(), timeline=timeline(bare(14).replace(tzinfo=UTC)))
    told = markdown.write(aware, template).decode()
    assert "14:00 UTC" in told
    assert "All times" not in told


def test_a_table_has_bare_times_in_its_first_column_which_names_no_zone() -> None:
    rows = list(csv.reader(io.StringIO(csv_form.write(MIXED).decode())))
    assert rows[0][1:3] == ["at", "until"]
    assert [row[1] for row in rows[1:]] == [
        "2024-05-22 14:00:00+03:00",
        "2024-05-22 14:07:00",
        "2024-05-22 15:00:00+03:00",
    ]
    rows = list(csv.reader(io.StringIO(csv_form.write(MIXED, ("UTC", "Asia/Tokyo")).decode())))
    assert rows[0][1:5] == ["at", "until", "at (Asia/Tokyo)", "until (Asia/Tokyo)"]
    assert rows[2][1:5] == ["2024-05-22 14:07:00", "2024-05-22 14:09:00", "", ""]


def test_a_calendar_is_stamped_with_no_time_that_may_be_anywhere() -> None:
    task = Task(id="t", text="Mend it", due=date(2024, 6, 1))
    assert b"DTSTAMP:20240601T000000Z" in ics.write(NAMED.revise(tasks=(task,)))
    assert b"DTSTAMP:20240522T120000Z" in ics.write(MIXED.revise(tasks=(task,)))


def test_json_and_mermaid_say_no_zone_of_a_bare_time() -> None:
    assert b'"at": "2024-05-22T14:07:00"' in json.write(MIXED)
    assert b"EAT" not in mermaid.write(NAMED)
    assert "14∶07–14∶09 : A note" in mermaid.write(MIXED).decode()


def test_phases_and_durations_of_bare_times_are_bare() -> None:
    assert brief(NAMED) == "14:00-15:00 1h 00m"
    assert not ZONED.search(str(draw(NAMED, 100)))
    assert all(not ZONED.search(between(NAMED, span)) for span in durations(NAMED))


def test_a_bare_time_has_no_place_in_a_drawing_of_others_and_the_caption_says_so() -> None:
    assert "A note from the log" not in svg(MIXED)
    assert caption(MIXED).endswith("not drawn: 1 event without a zone")
    assert svg(NAMED).count("<circle") == 4
    assert "not drawn" not in caption(NAMED)


def test_on_the_terminal_a_day_of_bare_times_has_no_zone_above_it() -> None:
    def shown(document: Postmortem) -> list[str]:
        return list(render(document, 80, lambda text, _: text))

    assert "  Wed 22 May 2024" in shown(NAMED)
    assert any(line.startswith("  14:00 EAT") for line in shown(MIXED))
    assert any(line.startswith("  14:07–14:09  ") for line in shown(MIXED))


@pytest.mark.parametrize("document", [UNKNOWN, NAMED, MIXED], ids=["unknown", "named", "mixed"])
def test_what_is_imported_again_has_its_day_and_clock_times_and_no_zone_for_bare_ones(
    document: Postmortem,
) -> None:
    back = reading.read(markdown.write(document), "x.md").document
    assert not back.undated
    for before, after in zip(document.timeline, back.timeline, strict=True):
        assert before.at
        assert after.at
        shown = in_zone(before.at, document.timezone).replace(tzinfo=None)
        assert after.at.replace(tzinfo=None) == shown
        assert before.at.tzinfo or not after.at.tzinfo
