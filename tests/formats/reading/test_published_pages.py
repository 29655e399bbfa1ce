"""What pages that companies and projects publish state in ways of their own."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from pmtui.formats.reading.front import read_front
from tests.formats.reading.words import missing_words


def document_of(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode(), "a.md").document
    assert not missing_words(text, document)
    return document


def test_a_timeline_of_what_followed_is_no_list_of_things_to_do() -> None:
    text = (
        "# Hub deleted on 12 August 2025\n\n## Timeline\n\n### 5:00 PM\nDeclared.\n\n"
        "## Follow-up timeline\n\n### 8:20 PM\n\nAna asks for more.\n\n"
        "## Follow-ups\n\n- Write a runbook\n"
    )
    document = document_of(text)
    assert [f"{each.at:%H:%M} {each.text}" for each in document.timeline if each.at] == [
        "17:00 Declared.",
        "20:20 Ana asks for more.",
    ]
    assert [task.text for task in document.tasks] == ["Write a runbook"]


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("PST/PDT", "America/Los_Angeles"),
        ("CET/CEST", "Europe/Berlin"),
        ("PT/PST", "America/Los_Angeles"),
        ("EST/PST", ""),
    ],
)
def test_two_names_of_a_zone_are_its_region(written: str, zone: str) -> None:
    text = f"# Build broken on 2016-11-08\n\n## Timeline (all times in {written})\n\n- 07:52 Red\n"
    assert document_of(text).timezone == zone


def test_keys_above_the_first_empty_line_are_those_of_the_page() -> None:
    text = (
        "date: Tue Nov 26 07:14:59 2013\nauthor: Ana Costa\ntitle: Keeping the registry up\n"
        "slug: registry\n\n"
        "The registry was down three times, and its mirrors were late after that.\n\n"
        "## Root cause\n\nOne server.\n"
    )
    document = document_of(text)
    assert document.title == "Keeping the registry up"
    assert [(each.name, each.role) for each in document.people] == [("Ana Costa", "Author")]
    assert document.summary.startswith("The registry was down three times")


@pytest.mark.parametrize("key", ["Impact: none", "duration: 2 hours", "title: Other"])
def test_lines_with_another_key_are_those_of_the_document(key: str) -> None:
    lines = ["title: Shop down", "author: Ana", "date: 2024-05-03", key, "", "Text."]
    assert read_front(lines).end == 0
    assert read_front([*lines[:3], *lines[4:]]).end


def test_the_number_of_an_item_is_no_day_before_another() -> None:
    text = (
        "# Registry down in November 2013\n\nIt was down twice:\n\n"
        "1. November 4th 2013 from 16:30 to 17:00 UTC\n2. November 13th 2013 for an hour\n"
    )
    started = document_of(text).times.started
    assert started is not None
    assert f"{started:%m-%d %H:%M}" == "11-04 16:30"


def test_a_bold_value_behind_a_plain_label_loses_its_marks() -> None:
    text = (
        "# Shop down\n\nAuthor: **Ana Costa**  \nRepository: `shop`  \nAll times PDT.\n\n"
        "## Summary\n\nDown.\n"
    )
    assert [(each.name, each.role) for each in document_of(text).people] == [
        ("Ana Costa", "Author")
    ]


def test_the_hours_of_support_are_no_window() -> None:
    text = (
        "# Shop down\n\n**First detected:** 2020-08-07 15:51\n**Resolved:** 2020-08-07 16:29\n"
        "**Time to resolve:** 1h (during support hours 10:00-17:00)\n"
    )
    started = document_of(text).times.started
    assert started is not None
    assert f"{started:%H:%M}" == "15:51"


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("The error rate rose. About 50% of the errored requests were sent by bots.", None),
        ("We saw an increase of the error rate from 0% to 4.8%.", 4.8),
        ("30% of failed requests were retried; 12% of users were affected.", 12),
        ("Half a day 20% of the requests failed.", 20),
    ],
)
def test_a_share_of_what_failed_is_no_impact(said: str, percent: float | None) -> None:
    assert document_of(f"# Shop down\n\n## Impact\n\n{said}\n").impact.percent == percent


def test_a_length_below_the_entries_states_the_window() -> None:
    text = (
        "# Surveys broken on October 3, 2025\n\n## Timeline\n\n- **10:45** - Deployed\n"
        "- **16:11** - Reverted\n- **22:28** - Closed\n\n"
        "**Total impact duration:** 5 hours 26 minutes (10:45 - 16:11)\n"
        "**Detection delay:** 4 hours\n"
    )
    document = document_of(text)
    assert document.impact.duration == "5 hours 26 minutes (10:45 - 16:11)"
    assert document.times.started
    assert f"{document.times.started:%H:%M}" == "10:45"
    assert document.times.resolved
    assert f"{document.times.resolved:%H:%M}" == "16:11"
    assert len(document.timeline) == 3


@pytest.mark.parametrize(
    "heading",
    [
        *("Plan", "What is being done to prevent future incidents?"),
        *("What changed after the incident", "Long term solution"),
    ],
)
def test_what_is_done_afterwards_is_a_measure(heading: str) -> None:
    text = f"# Shop down\n\n## Summary\n\nDown.\n\n## {heading}\n\n- Add a spare\n- Watch it\n"
    document = document_of(text)
    done = (*document.measures, *document.tasks)
    assert [each.text for each in done] == ["Add a spare", "Watch it"]


def test_the_versions_used_during_remediation_are_no_measures() -> None:
    text = (
        "# Shop down\n\n## Stack\n\nAn old one.\n\n### Versions used during remediation\n\n"
        "The first came from the scaffold.\n"
    )
    assert not document_of(text).measures


def test_a_short_term_fix_is_the_fix_where_no_other_is_told() -> None:
    fix = "## Short term fix\n\nThe old image was tagged again.\n\n## Long term solution\n\n- Pin\n"
    alone = document_of(f"# Builds fail\n\n## Cause\n\nA new image.\n\n{fix}")
    assert alone.resolution == "The old image was tagged again."
    assert [each.text for each in alone.measures] == ["Pin"]
    beside = document_of(f"# Builds fail\n\n## Resolution\n\nRestarted.\n\n{fix}")
    assert beside.resolution == "Restarted."


def test_a_question_for_what_broke_and_how_it_was_fixed_asks_for_both() -> None:
    text = (
        "# Registry down\n\n## What went wrong and how was it fixed?\n\n"
        "The cause was one small server.\n\nIt was fixed by a larger one.\n"
    )
    document = document_of(text)
    assert document.root_cause
    assert document.resolution


def test_links_above_headed_entries_are_no_entries() -> None:
    text = (
        "# Slow on 2020-07-09\n\n## Timeline\n\ngraphs:\n\n- [nodes](https://g.example/n)\n"
        "- [pods](https://g.example/p)\n\n### 07:30 First report\n\nSlow.\n\n### 07:42 Normal\n"
    )
    document = document_of(text)
    assert [f"{each.at:%H:%M}" for each in document.timeline if each.at] == ["07:30", "07:42"]
    assert len(document.timeline) == 2


def test_bold_lines_below_the_heading_of_their_kind_are_none_of_the_document() -> None:
    text = (
        "# Slow\n\n## Summary\n\nSlow.\n\n## Impact\n\n**User-facing impact:**\n\n- No surveys\n\n"
        "**Billing impact:**\n\n- Larger bills\n\n## Root cause\n\nA bug.\n"
    )
    found = read(text.encode(), "a.md").report.headings
    assert found == ["Summary", "Impact", "Root cause"]


def test_the_summary_tells_when_it_returned_to_normal() -> None:
    text = (
        "# Builds down\n\n## Summary\n\nBuilds were down for about 35 minutes and returned to"
        " normal operation around 12:30 UTC.\n\n## Timeline (UTC)\n\n- 2025-12-01 11:55: Deployed\n"
        "- 2025-12-01 12:31: Told everybody\n"
    )
    resolved = document_of(text).times.resolved
    assert resolved is not None
    assert f"{resolved:%m-%d %H:%M}" == "12-01 12:30"


def test_a_heading_that_says_title_stands_above_the_title() -> None:
    text = "# Title:\n### Builds fail\n\n# Timeline\n\n- 10:00 Red\n\n# Cause\n\nAn image.\n"
    assert document_of(text).title == "Builds fail"


def test_what_is_told_of_the_remediation_above_its_lists_is_the_fix() -> None:
    lists = "### Immediate actions\n\n- Refunds\n\n### Short-term improvements\n\n- A test\n"
    document = document_of(f"# Slow\n\n## Remediation\n\nWe reverted it.\n\n{lists}")
    assert document.resolution == "We reverted it."
    assert [each.text for each in document.measures] == ["Refunds", "A test"]
    assert not document_of(f"# Slow\n\n## Remediation\n\n{lists}").resolution


def test_the_address_of_a_writer_stays_whole() -> None:
    text = "# Slow\n\nCreated by: [Ana Costa](mailto:ana@example.com)\n\n## Summary\n\nSlow.\n"
    assert [(each.name, each.role) for each in document_of(text).people] == [
        ("Ana Costa (mailto:ana@example.com)", "Created by")
    ]


def test_what_a_sentence_says_something_was_due_to_is_the_cause() -> None:
    said = "Due to a suboptimal configuration the index was not able to keep up."
    assert document_of(f"# Index late\n\n## Details\n\n{said}\n").root_cause == said


def test_after_what_it_was_operable_again_is_the_fix() -> None:
    fix = (
        "After reverting the commit at 14:00 that removed the header, the page was again operable."
    )
    document = document_of(f"# Page gone\n\n## Summary\n\nThe page was gone. {fix}\n")
    assert document.resolution == fix
    assert document.summary == "The page was gone."
