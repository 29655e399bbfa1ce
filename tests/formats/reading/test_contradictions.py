"""What a document says that cannot all be so is told, and read as it is written."""

import pytest

from pmtui.formats.reading import Imported, read

ENTRIES = "- 14:00 Alert\n- 14:20 Restart\n- 14:40 Up\n"


def imported(text: str) -> Imported:
    return read(f"# Search was down\n\n{text}".encode(), "a.md")


def findings(result: Imported) -> str:
    return "\n".join(f"{each.line}: {each.text}" for each in result.report.ordered())


def test_a_window_of_a_year_is_told() -> None:
    result = imported("- Start: 2023-05-03 10:00 UTC\n- End: 2024-05-03 11:00 UTC\n")
    times = result.document.times
    assert times.started is not None
    assert times.resolved is not None
    assert (times.started.year, times.resolved.year) == (2023, 2024)
    assert "3: the window is 366d 1h, from 2023-05-03 to 2024-05-03" in findings(result)


def test_a_stated_day_of_another_year_than_all_times_is_told() -> None:
    entries = ENTRIES.replace("- ", "- 2023-11-02 ")
    result = imported(f"**Date:** 2024-11-02\n\n## Timeline\n\n{entries}")
    assert [each.at.year for each in result.document.timeline if each.at] == [2023] * 3
    assert "2024-11-02 is stated as the day of the incident, but its times" in findings(result)


def test_a_last_event_of_another_year_is_told() -> None:
    entries = ENTRIES.replace("- ", "- 2024-11-02 ").replace("2024-11-02 14:40", "2025-11-02 14:40")
    result = imported(f"## Timeline\n\n{entries}")
    assert [each.at.year for each in result.document.timeline if each.at] == [2024, 2024, 2025]
    assert "7: 2025-11-02 is 365 days from the day of the entry before" in findings(result)


@pytest.mark.parametrize(
    "text",
    [
        "**Date:** 2024-11-02\n\n## Timeline\n\n" + ENTRIES,
        "- Start: 2024-12-31 22:00 UTC\n- End: 2025-01-01 01:00 UTC\n",
        "**Date:** 2024-11-05\n\n## Timeline\n\n" + ENTRIES.replace("- ", "- 2024-11-02 "),
    ],
)
def test_days_that_are_near_one_another_are_no_contradiction(text: str) -> None:
    told = findings(imported(text))
    assert not any(word in told for word in ("stated as", "the window is", "days from"))


def test_a_day_without_any_time_is_told() -> None:
    result = imported("## Summary\n\nFrom 4 March 2025 to 6 March 2025 exports were incomplete.\n")
    assert result.document.times.started is None
    assert "2025-03-04 is stated without a time of day" in findings(result)
