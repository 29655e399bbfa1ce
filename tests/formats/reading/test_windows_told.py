"""From when to when the outage was, where only sentences tell it."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read


def imported(text: str) -> Postmortem:
    return read(f"# Outage\n\n## Summary\n\n{text}\n".encode(), "a.md").document


def window(document: Postmortem) -> tuple[str, str]:
    times = document.times.started, document.times.resolved
    first, last = (f"{at:%Y-%m-%d %H:%M}" if at else "" for at in times)
    return first, last


TOLD = {
    "On 9 Feb 2016, at about 9:30 AM, the shop was no longer available.\n\n"
    "That same day, at about 4:00 PM, it went down again.": ("2016-02-09 09:30", ""),
    "That evening was 9 Feb 2016.\n\nAt about 4:00 PM the shop went down again.": ("", ""),
    "On 2024-08-07, starting around 14:00 UTC, mails were late. All were delivered by 19:33.": (
        "2024-08-07 14:00",
        "2024-08-07 19:33",
    ),
    "Beginning at 13:27 UTC on 18 Oct 2024, pages were slow. It returned to normal at 14:18.": (
        "2024-10-18 13:27",
        "2024-10-18 14:18",
    ),
    "On 5 March 2025 it began at 6:05 AM, and by 7:50 AM all servers were answering again.": (
        "2025-03-05 06:05",
        "2025-03-05 07:50",
    ),
    "At 22:40 UTC on 30 Nov 2024 the workers stopped. Processing resumed at 07:15 on 1 December.": (
        "2024-11-30 22:40",
        "2024-12-01 07:15",
    ),
    "On 14 January 2025 the cluster stopped accepting writes at 02:31 UTC. "
    "Writes were accepted again from 03:09 UTC onwards.": ("2025-01-14 02:31", "2025-01-14 03:09"),
    "On 21 August 2024 at 16:02 UTC the chat went down and was available again by 16:25 UTC.": (
        "2024-08-21 16:02",
        "2024-08-21 16:25",
    ),
    "On March 3, 2025, between 3:15pm and 4:40pm PT, checkout was slow.": (
        "2025-03-03 15:15",
        "2025-03-03 16:40",
    ),
    "On 2025-02-05 the incident began when a node lost its name server at 04:34.": (
        "2025-02-05 04:34",
        "",
    ),
}


@pytest.mark.parametrize(("text", "told"), TOLD.items(), ids=[text[:40] for text in TOLD])
def test_the_ends_of_a_window_are_read_from_sentences(text: str, told: tuple[str, str]) -> None:
    assert window(imported(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "On 2024-08-07 mails were late. By 10:05 the errors appeared again.",
        "On 2024-08-07 mails were late. A meeting about it starts at 15:00.",
        "On 2024-08-07 mails were late. The queue had 300 pending mails at 15:00.",
        "On 2024-08-07 mails were late. By 10:05 UTC we had tried it again without success.",
    ],
)
def test_other_times_in_sentences_are_no_ends_of_a_window(text: str) -> None:
    assert window(imported(text)) == ("", "")


def test_the_day_of_the_updates_counts_more_than_that_of_the_postmortem_above_them() -> None:
    text = (
        "# Late mails\n\n## Postmortem\n\n*Posted Apr 26, 2024 - 09:00 UTC*\n\n"
        "Starting around 14:00 UTC, mails were late until 15:10 UTC.\n\n"
        "## Resolved\n\n*Posted Apr 13, 2024 - 00:22 UTC*\n\nAll is well.\n\n"
        "## Investigating\n\n*Posted Apr 12, 2024 - 14:16 UTC*\n\nWe look into it.\n"
    )
    result = read(text.encode(), "a.md")
    assert window(result.document) == ("2024-04-12 14:00", "2024-04-12 15:10")
    assert any("2024-04-12, of the first event" in each.text for each in result.report.findings)
