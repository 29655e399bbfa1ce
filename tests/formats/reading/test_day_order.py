"""Days in figures of which either number may be the month, and what tells which it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.formats.reading import Imported, read

ENTRIES = "\n## Timeline\n\n- 10:00 Alert\n- 10:40 Up\n"


def imported(head: str, entries: str = ENTRIES) -> Imported:
    return read(f"# Outage of the shop\n\n{head}\n{entries}".encode(), "a.md")


def day_of(found: Imported) -> date | None:
    first = found.document.timeline[0].at
    return None if found.document.undated or first is None else first.date()


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Date: 9/11/18\n\nAll times are PDT.", date(2018, 9, 11)),
        ("Date: 9/11/18\n\nAll times are CET.", date(2018, 11, 9)),
        ("Date: 09/11/2018\n\nIt is told on 12 November 2018.", date(2018, 11, 9)),
        ("Date: 09/11/2018\n\nIt is told on September 12, 2018.", date(2018, 9, 11)),
        ("Date: 09/11/2018\n\nThe next was on 25/11/2018.", date(2018, 11, 9)),
        ("Date: 09/11/2018\n\nThe next was on 11/25/2018.", date(2018, 9, 11)),
        ("Start: 03/04/2023\nEnd: 05/04/2023", date(2023, 4, 3)),
        ("Start: 03/04/2023\nEnd: 03/06/2023", date(2023, 3, 4)),
        (
            "Data: 09/11/2018\n\n"
            "O banco de dados não respondeu por uma hora e não foi possível comprar.",
            date(2018, 11, 9),
        ),
    ],
)
def test_what_else_the_document_says_tells_the_month(head: str, day: date) -> None:
    found = imported(head)
    assert day_of(found) == day
    assert any("was read with the" in each.text for each in found.report.findings)


def test_a_day_that_nothing_tells_is_reported_and_not_read() -> None:
    found = imported("Date: 09/11/2018")
    assert day_of(found) is None
    assert any("09/11/2018 may be two days" in each.text for each in found.report.findings)


def test_entries_whose_days_have_no_year_follow_the_date_of_the_document() -> None:
    found = imported(
        "Date: 2018-09-12", "\n## Timeline\n\n* 9/10 7:55 PT - Alert\n* 9/11 6:00 PT - Up\n"
    )
    assert [f"{each.at:%m-%d %H:%M}" for each in found.document.timeline] == [
        "09-10 07:55",
        "09-11 06:00",
    ]


def test_one_document_says_nothing_of_the_next() -> None:
    imported("Date: 9/11/18\n\nAll times are PDT.")
    assert day_of(imported("Date: 9/11/18")) is None


@given(day=st.dates(date(2001, 1, 13), date(2030, 12, 31)), first=st.sampled_from(("day", "month")))
def test_a_number_above_twelve_is_the_day_in_either_order(day: date, first: str) -> None:
    written = f"{day:%d/%m/%Y}" if first == "day" else f"{day:%m/%d/%Y}"
    found = day_of(imported(f"Date: {written}"))
    assert found == (day if day.day > 12 or day.day == day.month else None)


def test_days_with_dashes_are_days_in_figures_and_end_a_window() -> None:
    found = imported(
        "All times are PDT. It was down from midnight 01–11–2021 to 4:00 PM 01–12–2021."
    )
    times = found.document.times
    assert [f"{at:%Y-%m-%d %H:%M}" for at in (times.started, times.resolved) if at] == [
        "2021-01-11 00:00",
        "2021-01-12 16:00",
    ]


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (["2023-07-25", "2023-07-05", "2023-07-25"], ["25", "25", "25"]),
        (["2023-07-25", "2023-07-25", "2023-07-25", "2023-07-05"], ["25", "25", "25", "25"]),
        (["2023-07-25", "2023-07-24", "2023-07-25"], ["24", "25", "25"]),
        (["2023-07-25", "2023-07-26", "2023-07-28"], ["25", "26", "28"]),
    ],
)
def test_a_day_that_can_only_be_a_slip_is_that_of_its_neighbours(
    days: list[str], read_as: list[str]
) -> None:
    lines = "".join(f"- {day} 1{hour}:00 Step {hour}\n" for hour, day in enumerate(days))
    found = imported("", f"\n## Timeline\n\n{lines}")
    assert [f"{each.at:%d}" for each in found.document.timeline] == read_as
    slips = [each.text for each in found.report.findings if "of another day" in each.text]
    assert len(slips) == (len(set(read_as)) < len(set(days)))
    assert all("2023-07-05" in each for each in slips)
