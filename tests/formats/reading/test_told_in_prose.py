"""Entries that no list marks: stories, entries in one line, lines of which one tells a time."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from pmtui.formats.reading.names import label_of
from tests.formats.reading.words import missing_words


def imported(text: str) -> Postmortem:
    document = read(text.encode(), "a.md").document
    assert not missing_words(text, document)
    return document


def entries(document: Postmortem) -> list[tuple[str, str]]:
    return [(f"{each.at:%H:%M}" if each.at else "", each.text) for each in document.timeline]


STORY = """\
Postmortem: The shop lost its logins

On July 15, 2023, the shop was down from 15:30 to 17:45 UTC for 75% of users.

It was first noticed at 15:30 UTC when an alert came in. By 15:45 UTC the database was ruled out.

We called the network team at 16:00 UTC. They found the broken rule at 16:15 UTC. It was an old one.

From now on a test covers the rule.
"""


def test_a_story_without_headings_is_a_timeline_of_its_sentences() -> None:
    document = imported(STORY)
    assert entries(document) == [
        ("15:30", "It was first noticed at 15:30 UTC when an alert came in."),
        ("15:45", "the database was ruled out."),
        ("16:00", "We called the network team at 16:00 UTC."),
        ("16:15", "They found the broken rule at 16:15 UTC. It was an old one."),
    ]
    assert document.summary.startswith("On July 15, 2023")
    assert any("From now on" in section.body for section in document.sections)


@pytest.mark.parametrize(
    "timeline",
    [
        "12:00pm EAT: Alert. 12:06pm EAT: A look at it. 12:16pm EAT: Up.",
        "12:00 - Alert. 12:06 - A look at it. 12:16 - Up.",
        "**12:00**: Alert. **12:06**: A look at it. **12:16**: Up.",
        "12:00pm: Alert. 12:06pm: A look at it 12:16pm: Up.",
    ],
)
def test_entries_in_one_line_are_taken_apart(timeline: str) -> None:
    found = entries(
        imported(f"# Outage\n\n## Timeline\n\n{timeline}\n\n## Root Cause\n\nA disk.\n")
    )
    assert [(time, text.rstrip(".")) for time, text in found] == [
        ("12:00", "Alert"),
        ("12:06", "A look at it"),
        ("12:16", "Up"),
    ]


@pytest.mark.parametrize(
    "line", ["12:00: The batch of 12:30 did not run.", "12:00 - Up to 12:30 or 12:40 it was slow."]
)
def test_a_time_within_an_entry_begins_none(line: str) -> None:
    text = f"# Outage\n\n## Timeline\n\n- {line}\n- 13:00: Up.\n"
    assert len(entries(imported(text))) == 2


def test_items_with_a_time_in_some_of_them_are_an_entry_each() -> None:
    found = entries(
        imported(
            "# Outage\n\n## Timeline\n\n* The alert came at 2:17am.\n* A restart did not help.\n"
            "* We called Ana.\n* It was over at 2:34am.\n"
        )
    )
    assert [time for time, _ in found] == ["02:17", "", "", "02:34"]


def test_lines_of_which_one_tells_a_time_are_an_entry_each() -> None:
    found = entries(
        imported(
            "Outage\n\nSummary: It was down.\nTimeline:\nThe issue was detected by 11:00am (WAT)\n"
            "Staff told us of it.\nWe called the provider.\nRoot cause:\nA cut fibre.\n"
        )
    )
    assert [time for time, _ in found] == ["11:00", "", ""]


def test_a_time_of_iso_without_its_date_is_read() -> None:
    document = imported(
        "# Outage\n\n## Summary\n\n- Date: 2023-08-18\n- Start time: T08:19:34+0100\n"
        "- End time: T17:21:30+0100\n\n## Timeline\n\n08:19: No login.\n09:33: Login.\n"
    )
    assert f"{document.times.started:%Y-%m-%d %H:%M}" == "2023-08-18 08:19"
    assert f"{document.times.resolved:%Y-%m-%d %H:%M}" == "2023-08-18 17:21"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "# Shop down\n\n## Impact\n\nAll.\n\n## What Went Wrong?\n\nA file lacked a key.\n",
            "A file lacked a key.",
        ),
        (
            "# Outage\n\n## Summary\n\nThe shop was down. The problem appears to have been caused "
            "by a broken pool.\n\n## Timeline\n\n- 10:00 Alert\n",
            "The problem appears to have been caused by a broken pool.",
        ),
        (
            "# Outage\n\n## Summary\n\nThe failure occurred due to a full disk.\n",
            "The failure occurred due to a full disk.",
        ),
        (
            "# Outage\n\n## Summary\n\nThe primary cause was a full disk.\n",
            "The primary cause was a full disk.",
        ),
    ],
)
def test_a_cause_under_another_name_is_the_cause(text: str, cause: str) -> None:
    assert imported(text).root_cause == cause


def test_what_went_wrong_beside_what_went_well_is_a_lesson() -> None:
    document = imported(
        "# Outage\n\n## What went well\n\n- The alert\n\n## What went wrong\n\n- The restart\n"
    )
    assert document.lessons.went_wrong == ("The restart",)


def test_a_signature_and_what_announces_the_actions_are_none() -> None:
    document = imported(
        "Outage\n\nRoot Cause\n\nA disk.\n\nCorrective and Preventative Measures\n\n"
        "In the last weeks we had a look at it.\n"
        "The following are actions to help prevent recurrence:\n"
        "Order a disk.\nWatch the disk.\n\nSincerely,\nAna Ruiz\nSoftware engineer\n"
    )
    assert [each.text for each in document.measures] == ["Order a disk.", "Watch the disk."]


def test_the_language_of_code_within_an_entry_is_kept() -> None:
    document = imported(
        "# Outage\n\n## Timeline\n\n- 10:00 Restart by:\n\n  ```sh\n  kubectl get pods\n  ```\n"
        "- 10:10 Up\n- 10:20 Over\n"
    )
    assert "```sh\nkubectl get pods\n```" in document.timeline[0].text


def test_a_document_within_a_fence_is_the_document() -> None:
    inner = "# Outage of May\n\n## Root cause\n\n- A disk\n\n## Action items\n\n- Order one\n"
    for fence in ("```md", "```markdown", "```", "~~~~"):
        document = imported(f"{fence}\n{inner}{fence.rstrip('markdown')}\n")
        assert document.title == "Outage of May"
        assert document.root_cause == "- A disk"


def test_code_that_begins_a_document_is_code() -> None:
    document = imported("```\n$ uptime\n```\n\n# Outage\n\n## Impact\n\nAll.\n\n```\nx\n```\n")
    assert "```\nx\n```" in document.impact.text


def test_lines_before_the_first_timed_entry_that_name_their_time_are_entries() -> None:
    found = entries(
        imported(
            "Outage\n\nTimeline\n\nCustomers noticed it on 05/16/23 at 9:05 AM and called.\n\n"
            "05/16/23 9:30 AM — We looked at it.\n\n05/16/23 9:40 AM — It was up.\n\n"
            "Root cause\n\nA disk.\n"
        )
    )
    assert [time for time, _ in found] == ["09:05", "09:30", "09:40"]


@pytest.mark.parametrize(
    ("first", "second", "moment"),
    [
        ("[15/09/20:00]: Up again", "[16/09/00:30]: All is over", "15 20:00"),
        ("Octobre 26th, 2022 00:05 - Up", "00:30 - Over", "26 00:05"),
        ("T00:05 - Up", "T00:30 - Over", "26 00:05"),
    ],
)
def test_times_in_odd_forms_are_read(first: str, second: str, moment: str) -> None:
    text = f"# Outage on 26 October 2022\n\n## Timeline\n\n- {first}\n- {second}\n"
    document = read(text.encode(), "a.md").document
    assert f"{document.timeline[0].at:%d %H:%M}" == moment


def test_entries_that_all_name_a_zone_are_shown_in_it() -> None:
    text = (
        "# Outage\n\n## Summary\n\nOn May 12, 2023, from 14:00 to 15:30 UTC, it was down.\n\n"
        "## Timeline\n\n- 14:00 GMT+01:00 : Alert\n- 15:30 GMT+01:00 : Up\n"
    )
    found = read(text.encode(), "a.md")
    assert [time for time, _ in entries(found.document)] == ["14:00", "15:30"]
    assert any("UTC is told here" in each.text for each in found.report.findings)


def test_bare_lines_like_the_known_headings_are_headings_too() -> None:
    text = (
        "Report of the outage\n\nIssue summary:\n\nIt was down.\n\nRoot Causes:\n\nA disk.\n\n"
        "Timeline:\n\n- 9:00 AM: Alert\n- 9:20 AM: Up\n\nEscalation:\n\nWe called Ana.\n\n"
        "Resolution:\n\nA new disk.\n\nCorrective Measures:\n\n- Watch it\n"
    )
    found = read(text.encode(), "a.txt")
    assert not missing_words(text, found.document)
    assert found.report.headings[3] == "Escalation"
    assert found.document.sections[0].heading == "Escalation"


def test_a_cause_told_in_another_section_is_taken_and_stays_there() -> None:
    text = (
        "# Shop outage\n\n## Summary\n\nIt was down.\n\n## Summation\n\n"
        "In essence, the root cause of it all boiled down to a typo. It is gone.\n"
    )
    found = read(text.encode(), "a.md")
    assert found.document.root_cause.startswith("In essence, the root cause")
    assert "In essence" in found.document.sections[0].body
    assert any("taken as the root cause" in each.text for each in found.report.findings)


def test_a_cause_that_is_looked_for_is_none() -> None:
    document = imported(
        "# Outage\n\n## Summary\n\nIt was down.\n\n## Status\n\n"
        "We are still investigating what the root cause was. The root cause is unknown.\n"
    )
    assert not document.root_cause


def test_steps_of_the_repair_among_the_measures_are_no_actions() -> None:
    document = imported(
        "Outage\n\nRoot Cause\n\nA disk.\n\nRemediation and Preventative Measures:\n"
        "To restore it, our team performed the following steps:\n\nFound the disk.\n"
        "Replaced the disk.\nTo prevent others, we have taken the following measures:\n\n"
        "Watch the disks.\nBuy spare ones.\n"
    )
    assert [each.text for each in document.measures] == ["Watch the disks.", "Buy spare ones."]


@pytest.mark.parametrize(
    ("said", "window"),
    [
        (
            "At 9:12am a worker froze. This took the whole shop down at 9:20am. "
            "We rebooted it, and the shop came back at 9:41am.",
            ("09:20", "09:41"),
        ),
        (
            "On 2024-05-06 at 10:05 UTC we released version 3.1.2. At 10:20 UTC reports came in. "
            "We reverted to version 3.1.1, a step completed by 11:00 UTC.",
            ("10:05", "11:00"),
        ),
        (
            "On Monday, May 6, 2024 from 05:00 UTC the shop was slow for everyone. Later, at "
            "09:10 UTC, it went offline for good. It was back online at 10:15 UTC.",
            ("05:00", "10:15"),
        ),
        (
            "On Monday, May 6, 2024 from 05:00 UTC the shop was slow for everyone. It was back "
            "online at 10:15 UTC.",
            ("05:00", "10:15"),
        ),
    ],
)
def test_sentences_state_when_it_began_and_ended(said: str, window: tuple[str, str]) -> None:
    document = imported(f"# Shop outage\n\n{said}\n")
    started, resolved = document.times.started, document.times.resolved
    assert started is not None
    assert resolved is not None
    assert (f"{started:%H:%M}", f"{resolved:%H:%M}") == window


def test_code_that_no_line_closes_within_its_item_ends() -> None:
    text = "- **10:30:**\n  ```\n  The log\n  \nAnd what was said\n"
    assert not missing_words(text, read(text.encode(), "a.md").document)


@pytest.mark.parametrize(
    "sentence",
    [
        "In the end we identified a change of their API as the root cause.",
        "Between 14:00 and 14:30, a configuration change of the proxy caused it to refuse logins.",
        "We found that the errors were caused by a full disk.",
        "The reason was a full disk.",
        "We took back the commit at 14:00 that caused the issue.",
    ],
)
def test_a_cause_is_told_in_any_place_of_a_sentence(sentence: str) -> None:
    document = imported(f"# Outage of 2024-05-03\n\n## Details\n\n{sentence}\n")
    assert document.root_cause or document.cause_summary


@pytest.mark.parametrize(
    "sentence",
    [
        "On 2:30 PM UTC, the issue was fully resolved.",
        "Between 2:00 PM an 2:30 PM the shop was down.",
    ],
)
def test_an_end_is_told_after_on_and_in_a_range_with_a_slip(sentence: str) -> None:
    began = "On 2:00 PM UTC the shop became slow. "
    document = imported(f"# Outage of 2024-05-03\n\n## Summary\n\n{began}{sentence}\n")
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "14:30"


@pytest.mark.parametrize(
    ("first", "begins"),
    [
        ("Problem starts\n\nNo pod was launched.", True),
        ("The logs have stopped working.", True),
        ("Launch success drops to zero.", True),
        ("The load drops to 0.5.", False),
        ("A deploy.", False),
    ],
)
def test_the_first_entry_states_the_beginning(first: str, begins: bool) -> None:
    rest = "### 14:30\n\nLogins stopped working.\n\n### 15:00\n\nEverything is working.\n"
    document = imported(f"# 2024-05-03\n\n## Timeline\n\n### 14:00\n\n{first}\n\n{rest}")
    assert (document.times.started is not None) == begins
    assert (document.times.resolved is not None) == begins


def test_how_long_it_was_is_told_below_the_timeline() -> None:
    told = "In total, this incident was resolved in 2 hours and 2 minutes from the report."
    document = imported(
        f"# Shop outage\n\n## Timeline\n\n- 14:00 Alert\n- 16:00 Fixed\n\n## Details\n\n{told}\n"
    )
    assert document.impact.duration == "2 hours and 2 minutes"


def test_labels_in_a_section_are_parts_where_no_heading_names_them() -> None:
    labels = (
        "**Impact**: No orders.\n\n**Root Causes**: A full disk.\n\n**Trigger**: A deploy.\n\n"
        "**Resolution**: A new disk.\n\n**Detection**: An alert.\n\n"
    )
    events = "## Lessons Learned\n\n- A disk\n\n## Timeline\n\n- 14:00 Alert\n- 14:30 Fixed\n"
    document = imported(f"# Outage\n\n## The third of May\n\nIt was a Friday.\n\n{labels}{events}")
    assert document.root_cause == "A full disk."
    assert document.resolution == "A new disk."
    headed = imported(f"# Outage\n\n## Notes\n\n{labels}## Root cause\n\nNobody knows.\n\n{events}")
    assert headed.root_cause == "Nobody knows."


@pytest.mark.parametrize(
    "heading", ["Actions following review", "Actions after the review", "Future Actions"]
)
def test_actions_may_name_the_review_that_they_are_of_and_when_they_are_due(heading: str) -> None:
    assert label_of(heading) == "tasks"


def test_lines_right_above_paragraphs_are_headings_where_one_has_a_known_name() -> None:
    said = "The shop showed an error on each page, as one letter too many stood in a file."
    text = (
        f"Postmortem\n{said}\n\nDebugging Process\n{said}\n\nRemoved the letter.\n\n"
        f"Summation\n{said}\n\nPrevention\nThis was no error of the server. To prevent such "
        f"outages, please keep the following in mind.\n\nTest the shop before each deploy.\n\n"
        f"Watch the shop from outside.\n\nNote that a test of ours now finds the letter.\n\n"
        f"But of course it will never occur again.\n"
    )
    found = read(text.encode(), "a.md")
    assert found.report.headings == ["Debugging Process", "Summation", "Prevention"]
    assert [each.text for each in found.document.measures] == [
        "Test the shop before each deploy.",
        "Watch the shop from outside.",
    ]
    assert not missing_words(text, found.document)


def test_a_fault_that_occurs_is_the_beginning() -> None:
    events = "  - Fault occurs 2024-05-03 09:30\n  - Resolved 2024-05-03 14:00\n\n"
    document = imported(
        f"# Outage of the shop\n\n- **Key events**\n{events}"
        "- **Time to resolve**: 4h (during support hours 10:00-17:00)\n\n"
        "- **Resolution**:\n  - A new disk. The root cause was a full disk.\n"
    )
    assert f"{document.times.started:%H:%M}" == "09:30"
    assert "The root cause was a full disk." in (document.root_cause, document.cause_summary)


def test_how_long_nothing_came_is_how_long_it_was() -> None:
    impact = "The shop did not send any mail for round about four and a half days."
    document = imported(f"# Shop without mail\n\n## Impact\n\n{impact}\n")
    assert document.impact.duration == "about four and a half days"


@pytest.mark.parametrize(
    "lead",
    [
        "This was resolved by:",
        "The outage was then fixed by the following steps:",
        "We resolved this by doing the following:",
        "To fix it, we:",
        "The fix was:",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_of_what_ended_it_in_the_summary_is_the_resolution(lead: str, gap: str) -> None:
    fix = f"{lead}{gap}1. Giving it [more](https://a.example)\n2. Taking the load off"
    told = f"The shop was down. Everything was slow. {fix}\n\nNo order was lost."
    document = imported(f"# Shop\n\n## Summary\n\n{told}\n\n## Timeline\n\n- 10:00 Alert\n")
    assert document.resolution == fix
    assert document.summary == "The shop was down. Everything was slow.\n\nNo order was lost."


@pytest.mark.parametrize(
    "told",
    [
        "This was resolved by:\n\n- a new disk",
        "Down. This was noticed by:\n\n- Ana\n- Ben",
        "Down. This was resolved by:\n\nAna.",
    ],
)
def test_other_lists_of_the_summary_stay_in_it(told: str) -> None:
    document = imported(f"# Shop\n\n## Summary\n\n{told}\n\n## Timeline\n\n- 10:00 Alert\n")
    assert (document.summary, document.resolution) == (told, "")


def test_a_part_on_the_resolution_leaves_the_list_in_the_summary() -> None:
    told = "Down. This was resolved by:\n\n- a new disk"
    document = imported(f"# Shop\n\n## Summary\n\n{told}\n\n## Resolution\n\nA new disk.\n")
    assert (document.summary, document.resolution) == (told, "A new disk.")


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("The node appeared to recover itself in 20 minutes.", "20 minutes"),
        ("Nobody was told. Recovery took ~20 minutes.", "20 minutes"),
        (
            "It was down.\n\n## Stats\n\n- Category: disks\n- Time to recovery: 88 minutes",
            "88 minutes",
        ),
    ],
)
def test_a_recovery_tells_how_long_it_was(said: str, length: str) -> None:
    assert length in imported(f"# Shop down\n\n## Summary\n\n{said}\n").impact.duration


def test_why_a_postmortem_is_written_is_no_cause() -> None:
    text = "# Shop down\n\n## Why this warrants a postmortem\n\nAll users met it.\n"
    assert imported(text).root_cause == ""


def test_a_paragraph_that_tells_a_day_and_a_time_is_an_event() -> None:
    text = (
        "# Shop down\n\n## Timeline\n\n05/15/23 10:45 AM — A look at the server\n\n"
        "The second process hung after a call at 05/15/23 10:55 AM.\n\n"
        "05/15/23 11:15 AM — A look at the files\n\n"
        "The team restarted it at 11:20 AM on May 15, 2023.\n"
    )
    assert [f"{each.at:%H:%M}" for each in imported(text).timeline if each.at] == [
        "10:45",
        "10:55",
        "11:15",
        "11:20",
    ]


@pytest.mark.parametrize("heading", ["Checklist for closing", "What next", "What next?"])
def test_a_list_below_such_a_heading_is_what_is_to_be_done(heading: str) -> None:
    document = imported(f"# Shop down\n\n## {heading}\n\n- [ ] A new disk\n- [ ] An alert\n")
    assert len(document.tasks) + len(document.measures) == 2


@pytest.mark.parametrize("heading", ["When it happened", "Log of the incident"])
def test_a_list_below_such_a_heading_is_the_timeline(heading: str) -> None:
    document = imported(f"# Shop down\n\n## {heading}\n\n- 10:00 Alert\n- 10:40 Up\n")
    assert [entry.text for entry in document.timeline] == ["Alert", "Up"]


def test_bold_names_with_a_full_stop_begin_their_parts() -> None:
    document = imported(
        "## Shop down\n\n**Summary.** It was down.\n\n**Root cause.** The disk was full.\n\n"
        "**Resolution.** A new disk.\n"
    )
    assert document.summary == "It was down."
    assert (document.root_cause, document.resolution) == ("The disk was full.", "A new disk.")


def test_hours_and_minutes_are_a_length_and_no_time_of_day() -> None:
    document = imported("# Leak\n\n## Summary\n\nOn 2023-02-27 the key was used for 3 h 12 min.\n")
    assert document.times.started is None
    assert document.impact.duration == "3 h 12 min"


def test_lines_drawn_around_the_title_are_no_part_of_it() -> None:
    text = "==========\nShop down\n==========\n\nSummary\n-------\n\nIt was down.\n"
    document = imported(text)
    assert (document.title, document.summary) == ("Shop down", "It was down.")


def test_a_page_that_says_its_title_above_its_text_has_no_section_of_that_name() -> None:
    page = (
        b"<html><head><title>Shop down for an hour | by Ana | Blog</title></head><body>"
        b"<h1>Shop down for an hour</h1><h2>Summary</h2><p>It was down.</p>"
        b"<h2>Root cause</h2><p>A full disk.</p></body></html>"
    )
    assert read(page, "a.html").report.headings == ["Summary", "Root cause"]
