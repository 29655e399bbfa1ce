"""CSV, calendar and diagram: what other programs read is never more than text to them."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem, Task
from pmtui.errors import ExportError
from pmtui.formats import by_name
from pmtui.formats.exposure import public
from tests.formats.test_markdown import FULL, at
from tests.strategies import documents, tasks

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1")


def rows_of(document: Postmortem, **options: object) -> list[dict[str, str]]:
    text = by_name("csv").write(document, **options).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_csv_has_a_row_for_each_event_with_its_words(document: Postmortem) -> None:
    rows = rows_of(document)
    shown = public(document).timeline
    assert [row["id"] for row in rows] == [entry.id for entry in shown]
    for row, entry in zip(rows, shown, strict=True):
        assert (
            row["text"].removeprefix("'") == entry.text.removeprefix("'")
            or entry.text in row["text"]
        )


@given(documents())
def test_no_cell_of_a_writer_is_a_formula(document: Postmortem) -> None:
    for row in rows_of(document):
        for name in ("text", "who", "source", "link"):
            assert not re.match(r"\s*[=+\-@]", row[name])


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    (row,) = rows_of(Postmortem(timeline=(Entry(id="a", text=text),)))
    assert row["text"] == f"'{text}"


@pytest.mark.parametrize(("text", "is_marked"), [("plain", False), ("\u00e9t\u00e9", True)])
def test_csv_is_marked_as_utf_8_where_that_matters(text: str, is_marked: bool) -> None:
    data = by_name("csv").write(Postmortem(timeline=(Entry(id="a", text=text),)))
    assert data.startswith(b"\xef\xbb\xbfid," if is_marked else b"id,")


def test_csv_tells_times_in_every_zone_that_was_asked_for() -> None:
    row = rows_of(FULL, timezones=("UTC", "Europe/Berlin"))[1]
    assert row["at (UTC)"] == "2024-05-22 13:05:00+00:00"
    assert row["at (Europe/Berlin)"] == "2024-05-22 15:05:00+02:00"
    assert row["minutes"] == "5"


def test_csv_of_a_document_without_a_date_invents_none() -> None:
    document = Postmortem(
        undated=True, timeline=(Entry(id="a", at=at(13).replace(year=2000, month=1, day=2)),)
    )
    assert rows_of(document)[0]["at"] == "day 2 13:00:00"


def unfolded(data: bytes) -> list[str]:
    """The lines of a calendar file as RFC 5545 has a reader put them together."""
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


@given(st.lists(tasks(), min_size=1, max_size=4, unique_by=lambda task: task.id))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_calendar_holds_every_task_with_a_due_date(drawn: list[Task]) -> None:
    document = Postmortem(title="Out; age, \\n", tasks=tuple(drawn))
    due = [task for task in drawn if task.due]
    if not due:
        with pytest.raises(ExportError, match="no task has a due date"):
            by_name("ics").write(document)
        return
    data = by_name("ics").write(document)
    assert data == by_name("ics").write(document)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = unfolded(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [re.sub("-[0-9a-f]{12}@", "@", uid) for uid in uids_of(document)] == [
        f"UID:{task.id}@pmtui" for task in due
    ]
    summaries = [unescaped(line[8:]) for line in lines if line.startswith("SUMMARY:")]
    assert [s.split() for s in summaries] == [t.text.split() or ["Task"] for t in due]
    assert all(re.match(r"[A-Z-]+[:;]", line) for line in lines)


def uids_of(document: Postmortem) -> list[str]:
    """The lines by which a calendar knows its to-dos again."""
    return [line for line in unfolded(by_name("ics").write(document)) if line.startswith("UID:")]


def test_a_calendar_knows_a_task_again_and_takes_none_for_that_of_another_postmortem() -> None:
    task = Task(id="t1", text="Fix it", due=date(2024, 6, 12))
    document = Postmortem(title="Checkout down", tasks=(task,))
    changed = document.but(summary="More is known", tasks=(task.but(text="Mend it", state="done"),))
    other = document.but(title="Search down")
    assert uids_of(document) == uids_of(changed)
    assert uids_of(document) != uids_of(other)
    named = document.but(reference="INC-7")
    assert uids_of(named) == uids_of(named.but(title="Checkout fails after a failover"))
    assert uids_of(named) != uids_of(document)


def test_a_task_says_in_a_calendar_what_it_is() -> None:
    task = Task(
        id="t1",
        text="Fix; it, now",
        owner="ana",
        due=date(2024, 6, 12),
        priority="P0",
        state="done",
    )
    lines = unfolded(by_name("ics").write(Postmortem(title="Out", tasks=(task,))))
    assert r"SUMMARY:Fix\; it\, now" in lines
    assert "DUE;VALUE=DATE:20240612" in lines
    assert "STATUS:COMPLETED" in lines
    assert "PRIORITY:1" in lines
    assert r"DESCRIPTION:From the postmortem: Out\nOwner: ana" in lines


@given(documents())
def test_a_diagram_has_a_line_for_each_event_and_two_colons_at_most(document: Postmortem) -> None:
    shown = public(document).timeline
    if not shown:
        with pytest.raises(ExportError, match="timeline is empty"):
            by_name("mermaid").write(document)
        return
    first, *lines = by_name("mermaid").write(document).decode().splitlines()
    events = [line for line in lines if " : " in line]
    assert first == "timeline"
    assert len(events) == len(shown)
    for line in lines:
        assert not set(";#<>`{}") & set(line)
        assert "%%" not in line
        assert line.count(":") == (line in events)


def test_a_share_is_written_as_one_in_a_diagram_and_a_comment_begins_nowhere() -> None:
    entries = (Entry(id="a", text="38 % failed, then 5%"), Entry(id="b", text="%% not said"))
    written = by_name("mermaid").write(Postmortem(timeline=entries)).decode()
    assert "38 % failed, then 5%\n" in written
    assert "％％ not said\n" in written


def test_a_diagram_stands_in_the_markdown_when_it_is_asked_for() -> None:
    written = by_name("markdown").write(FULL, diagram=True).decode()
    assert "\n```mermaid\ntimeline\n    title Checkout down\n" in written
    for template in ("google-sre", "pagerduty", "github-issue"):
        text = by_name("markdown").write(FULL, template=template, diagram=True).decode()
        assert text.count("```mermaid") == 1
    assert "mermaid" not in by_name("markdown").write(FULL).decode()
