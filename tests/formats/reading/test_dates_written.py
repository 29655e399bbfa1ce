"""Days whose parts stand apart or may be taken for something else."""

from datetime import date

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


def imported(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode(), "a.md").document
    assert not missing_words(text, document)
    return document


def window(sentence: str) -> tuple[str, str]:
    """Beginning and end of an incident whose summary is that sentence."""
    times = imported(f"# Shop down\n\n## Summary\n\n{sentence}\n").times
    started, resolved = (
        f"{at:%Y-%m-%d %H:%M}" if at else "" for at in (times.started, times.resolved)
    )
    return started, resolved


@pytest.mark.parametrize("day", ["10-04-2023", "10/04/2023", "04-10-2019", "10-4-2023"])
def test_the_year_of_a_day_in_figures_is_no_clock_time(day: str) -> None:
    document = imported(f"# Shop down\n\n## Summary\n\nOn {day} at 10:00 AM it went down.\n")
    assert document.times.started is not None
    assert f"{document.times.started:%H:%M}" == "10:00"
    assert document.undated


@pytest.mark.parametrize(
    "sentence",
    [
        "From 15 Feb at 00:25AM 2022 to 16 Feb at 3:36PM, the shop returned errors.",
        "From Feb 15, 00:25, 2022 to Feb 16, 15:36, 2022 the shop returned errors.",
        "From 15 February 00:25 to 16 February 15:36 2022 the shop returned errors.",
        "From 15/02 at 00:25 2022 to 16/02 at 15:36 2022 the shop returned errors.",
        "The shop returned errors between Feb 15 12:25 AM 2022 and Feb 16 3:36 PM 2022.",
    ],
)
def test_a_year_behind_the_clock_time_is_that_of_the_day(sentence: str) -> None:
    assert window(sentence) == ("2022-02-15 00:25", "2022-02-16 15:36")


def test_the_last_day_of_a_year_and_the_first_of_the_next_are_a_day_apart() -> None:
    document = imported("# Shop down\n\n## Timeline\n\n- 31 Dec 23:50 - 1 Jan 00:10 2022: Down.\n")
    entry = document.timeline[0]
    assert entry.at
    assert entry.until
    assert (entry.at.date(), entry.until.date()) == (date(2021, 12, 31), date(2022, 1, 1))


@pytest.mark.parametrize(
    "lead", ["Feb 15 10:05 2022:", "Feb 15 10:05 UTC 2022 -", "15 Feb, 10:05, 2022 |"]
)
def test_an_entry_keeps_no_year_that_its_day_has(lead: str) -> None:
    entry = imported(f"# Shop down\n\n## Timeline\n\n- {lead} Down.\n").timeline[0]
    assert entry.at
    assert f"{entry.at:%Y-%m-%d %H:%M}" == "2022-02-15 10:05"
    assert entry.text == "Down."


def test_a_count_behind_a_clock_time_is_no_year() -> None:
    text = "# Shop down\n\nDate: 2024-02-15\n\n## Timeline\n\n- Feb 15 10:05 2022 requests failed\n"
    entry = imported(text).timeline[0]
    assert entry.at
    assert entry.at.year == 2024
    assert entry.text == "2022 requests failed"


@pytest.mark.parametrize(
    "lead",
    ["**08-01-2026** – ", "2026-01-08: ", "8 January 2026 - ", "**Jan 8, 2026** ", "2026-01-08 | "],
)
def test_an_entry_on_a_day_without_a_time_tells_what_was_then(lead: str) -> None:
    document = imported(
        f"# Shop down\n\n## Timeline\n\n- {lead}The key expired\n  - nobody saw it\n"
        "- 13-01-2026 10:00 UTC – It failed\n- 13-01-2026 10:40 UTC – Up\n"
    )
    first = document.timeline[0]
    day = lead.strip("*–:-| ")
    assert (first.at, first.text) == (None, f"The key expired ({day})\n- nobody saw it")
    assert not document.undated


@pytest.mark.parametrize(
    "text",
    [
        "2020-08-27 to 2020-09-03 It seemed to work",
        "2020-08-27 - 2020-09-03: It seemed to work",
        "August 27-28 - It seemed to work",
        "August 27 and 28 - It seemed to work",
        "2020-08-27 was a quiet day",
    ],
)
def test_several_days_at_the_head_of_an_entry_stay_there(text: str) -> None:
    lines = f"- {text}\n- 2020-09-04 10:00 Alert\n- 2020-09-04 10:10 Over\n"
    entry = imported(f"# Shop down\n\n## Timeline\n\n{lines}").timeline[0]
    assert (entry.at, entry.text) == (None, text)


def test_a_time_within_an_entry_is_on_the_day_at_its_head() -> None:
    lines = "- 2020-09-03: The disk filled up at 23:10\n- 2020-09-04 10:00 Alert\n"
    entry = imported(f"# Shop down\n\n## Timeline\n\n{lines}").timeline[0]
    assert entry.at
    assert f"{entry.at:%m-%d %H:%M} {entry.text}" == "09-03 23:10 The disk filled up at 23:10"


@pytest.mark.parametrize(
    "line",
    ["-4/25/23_", "_4/25/23", "4/25/23*", "`2023-04-25", "~2023-04-25~", "- 25.4.2023_"],
)
def test_a_day_between_marks_that_do_not_match_is_that_of_the_events_below(line: str) -> None:
    document = imported(
        "# Shop down\n\n## Timeline\n\n_4/24/23_\n\n11:12 AM: An alert came.\n\n"
        f"{line}\n\n9:41 AM: All was well.\n"
    )
    days = [f"{each.at:%Y-%m-%d}" for each in document.timeline if each.at]
    assert (days, document.sections) == (["2023-04-24", "2023-04-25"], ())


@pytest.mark.parametrize("line", ["-4/25/23 was quiet_", "_quiet_", "-10-"])
def test_other_lines_with_such_marks_are_no_days(line: str) -> None:
    text = (
        f"# Shop down\n\n## Timeline\n\n_4/24/23_\n\n11:12 AM: Alert.\n\n{line}\n\n11:41 AM: Up.\n"
    )
    days = {each.at.day for each in imported(text).timeline if each.at}
    assert days == {24}


@pytest.mark.parametrize(
    ("timeline", "zone"),
    [
        ("- 12:42 BST (11:42 UTC) Down", "Europe/London"),
        ("- 12:42 PM IST (07:12 AM UTC) Down", "Asia/Kolkata"),
        ("- 12:42 IST (10:42 UTC) Down", "Asia/Jerusalem"),
        ("- 01:10 CST = 17:10 UTC Down", "Asia/Shanghai"),
        ("- 12:42 BST Down\n\n## Notes\n\nBST is UTC+1.", "Europe/London"),
        ("- 12:42 BST Down\n\n## Notes\n\nOur BST (GMT+06:00) has no summer time.", ""),
        ("- 12:42 BST Down", ""),
        ("- 12:42 BST (09:10 UTC) Down", ""),
    ],
)
def test_an_offset_that_the_document_tells_settles_an_abbreviation(
    timeline: str, zone: str
) -> None:
    month = "January" if zone == "Asia/Jerusalem" else "July"
    document = imported(f"# Shop down on 1 {month} 2025\n\n## Timeline\n\n{timeline}\n")
    assert document.timezone == zone


@pytest.mark.parametrize(
    "days",
    [
        *("July 15 & 16, 2014", "July 15/16, 2014", "July 15th and 16th, 2014"),
        *("July 15, 16 and 17, 2014", "15 & 16 July 2014", "15–17 July 2014"),
        *("15th and 16th of July 2014", "15, 16 and 17 July 2014", "15 July 2014 and 16 July 2014"),
    ],
)
def test_the_first_of_several_days_in_the_title_is_that_of_the_incident(days: str) -> None:
    text = f"# Outages on {days}\n\n## Timeline\n\n- 10:00 Alert\n- 10:10 Over\n"
    document = read(text.encode(), "a.md").document
    assert [each.at.date() for each in document.timeline if each.at] == [date(2014, 7, 15)] * 2


@pytest.mark.parametrize(
    "heading",
    [
        "### Incident Date: March 25, 2024",
        "## Date: 2024-03-25",
        "## Date of the incident: 25.03.2024",
    ],
)
def test_a_heading_may_hold_the_day(heading: str) -> None:
    summary = "## Issue Summary\n\nThe site was down from 3:00 PM to 3:45 PM (UTC).\n"
    times = imported(f"# Shop down\n\n{heading}\n\n{summary}").times
    assert times.started is not None
    assert times.started.date() == date(2024, 3, 25)


def test_lines_with_times_that_tell_how_it_was_fixed_are_the_timeline() -> None:
    lines = "~1215: Changed.\n\n1324 : Images were missing.\n\n~1452: Confirmed as resolved.\n"
    document = imported(f"# Shop down\n\n## How was it fixed\n\nStep by step.\n\n{lines}")
    assert document.resolution == "Step by step."
    assert [f"{each.at:%H:%M}" for each in document.timeline if each.at] == [
        "12:15",
        "13:24",
        "14:52",
    ]


NO_DAYS = """
    31/02/2024 02/31/2024 31.04.2024 29/02/2023 00/00/2024 32/13/24 29/02/1900 31/04/24 0/1/2024
    12/12/0000 2024-02-31 2024-13-45 31-June-2024
""".split()


@pytest.mark.parametrize("day", [*NO_DAYS, "31 February 2024", "Feb 31, 2024", "Feb 30-31, 2024"])
@pytest.mark.parametrize(
    "place",
    [
        "**Date:** {0}",
        "- **Duration:** {0} 10:00 to {0} 12:00",
        "Start: {0}\nEnd: {0}",
        "## Timeline ({0})\n\n- {0} 10:00 Alert\n- [{0}] Over\n\n### {0}\n\n- 11:00 Up",
        "| Date | Event |\n|---|---|\n| {0} 10:00 | Alert |",
    ],
)
def test_a_day_that_no_calendar_has_stays_in_its_words(day: str, place: str) -> None:
    imported(f"# Shop down on {day}\n\n{place.format(day)}\n")


@pytest.mark.parametrize(
    "said",
    [
        "## Date\n\nStart: Wednesday, 2018-08-22\nEnd: Thursday, 2018-08-23",
        "**Incident from:** 2018-08-22\n\n**Incident until:** 2018-08-23",
        "**Date:** August 22-23, 2018",
        "**Date:** 22 - 23 August 2018",
        "**Duration:** 22 Aug 2018 to 23 Aug 2018",
        "**Duration:** 2018-08-22 – 2018-08-23",
    ],
)
def test_an_incident_that_states_days_has_the_times_of_its_first_and_last_events(said: str) -> None:
    lines = (
        "- Aug 21 23:00 deploy\n- Aug 22 15:26 seen\n- Aug 22 16:12 a look\n- Aug 23 10:08 done\n"
    )
    text = f"# Shop down\n\n{said}\n\n## Timeline\n\n{lines}- Aug 24 09:00 review\n"
    found = read(text.encode(), "a.md")
    times = found.document.times
    assert f"{times.started} {times.resolved}" == "2018-08-22 15:26:00 2018-08-23 10:08:00"
    told = [finding.text for finding in found.report.findings]
    assert "it began on 2018-08-22, no time is told; the first event was taken for it" in told
    assert "it ended on 2018-08-23, no time is told; the last event was taken for it" in told


def test_a_day_on_which_nothing_happened_gives_no_time() -> None:
    days = "Start: 2018-08-20\nEnd: 2018-08-23"
    times = imported(f"# Shop down\n\n{days}\n\n## Timeline\n\n- 2018-08-22 15:26 seen\n").times
    assert (times.started, times.resolved) == (None, None)


def test_where_only_the_end_has_its_day_the_beginning_is_before_it() -> None:
    text = "# Shop down\n\n**Duration:** ~4h (alert ~20:20 UTC → up ~00:20 UTC 2026-06-25)\n"
    times = imported(text).times
    assert f"{times.started:%d %H:%M} {times.resolved:%d %H:%M}" == "24 20:20 25 00:20"


def test_the_half_of_the_day_may_be_one_letter() -> None:
    document = imported("# Shop down\n\n## Timeline\n\n### 11:21a\n\nAlert\n\n### 12:28p\n\nUp\n")
    assert [f"{each.at:%H:%M} {each.text}" for each in document.timeline] == [
        "11:21 Alert",
        "12:28 Up",
    ]
