"""The headings that a reader would call the sections of a document, whatever their marks."""

import pytest

from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "# Shop outage\n\n## Summary\n\nDown.\n\n## What was found\n\n### A disk\n\n"
            "**Root Cause**: Full.\n\n**Resolution**:\n\n1. A new disk\n\n## Timeline\n\n"
            "- 10:00 Alert\n",
            ["Summary", "What was found", "Timeline"],
        ),
        (
            "# Postmortem\n\n## The shop\n\n### Incident report\n\n#### Summary\n\nDown.\n\n"
            "#### Timeline\n\n- 10:00 Alert\n\n#### Corrective Measures\n\n- Watch the disk\n",
            ["Summary", "Timeline", "Corrective Measures"],
        ),
        (
            "### Issue Summary: a bad day\n\nDown.\n\n### Timeline: of it\n\n- 10:00 Alert\n\n"
            "### The plan\n\n**Improvements:**\n1. Watch it\n\n**Task List:**\n- Buy a disk\n",
            ["Issue Summary: a bad day", "Timeline: of it", "The plan"],
        ),
        (
            "**Issue Summary: a bad day**\n\nDown.\n\n**Timeline**\n\n- 10:00 Alert\n\n"
            "**Corrective Measures**\n\n- Watch the disk\n",
            ["Issue Summary: a bad day", "Timeline", "Corrective Measures"],
        ),
        (
            "# Shop\n\n__Issue Summary:__\nDown.\n\n__Timeline__\n- 10:00 Alert\n\n"
            "__Root cause and resolution__\nA disk.\n\n__Corrective Measures__\n- Watch it\n",
            ["Issue Summary", "Timeline", "Root cause and resolution", "Corrective Measures"],
        ),
        (
            "# Incident: 2025-12-02 02-13-13\n\n## Summary\n\nDown.\n\n## Response\n\nAna came.\n\n"
            "## Resolution\n\nA disk.\n",
            ["Summary", "Response", "Resolution"],
        ),
        (
            "# Shop\n\n## Impact\n\nUser impact:\n\n- All\n\n## Timeline\n\n- 10:00 Alert\n\n"
            "## Analysis\n\nRoot cause:\n\n- A disk\n\n## Lessons\n\nWatch it.\n",
            ["Impact", "Timeline", "Analysis", "Lessons"],
        ),
        (
            "**Duration:** 10:00 UTC - 11:00 UTC\n\n**Impact:** All.\n\n**Timeline:**\n\n"
            "- **10:00:** Alert\n\n**Who was called:**\n\nAna.\n\n**Resolution:**\n\nA disk.\n\n"
            "**Measures:**\n\n1. Watch it\n\n**Conclusion:**\n\nDone.\n",
            ["Timeline", "Who was called", "Resolution", "Measures", "Conclusion"],
        ),
        (
            "# Shop\n\n## Impact\n\nNobody saw the end of the\nincident:\n\n"
            "![graph](a.png)\n\n## Timeline\n\n- 10:00 Alert\n\n## Lessons\n\nWatch it.\n",
            ["Impact", "Timeline", "Lessons"],
        ),
        (
            "SUMMARY: The shop was down.\n\nROOT CAUSE: A disk.\n\nRESOLUTION: A new disk.\n\n"
            "TIMELINE:\n\n10:00 Alert\n\n10:40 Up\n\nOUTPUT OF THE SHELL: df said 100%\n\nfull\n",
            ["SUMMARY", "ROOT CAUSE", "RESOLUTION", "TIMELINE", "OUTPUT OF THE SHELL"],
        ),
        (
            "# Shop outage\n\n**Summary:** Down.\n\n**Impact:** All of it.\n\n**Root Cause:** Disk."
            "\n\n**Affected Systems:**\n\n- Shop\n- Till\n\n**Resolution:** A new disk.\n\n"
            "## Timeline\n\n- 10:00 Alert\n- 10:40 Up\n\n## Conclusion\n\nWatch it.\n",
            ["Timeline", "Conclusion"],
        ),
        (
            "Shop outage\n\nSummary:\nDown for an hour.\n\nChronology:\n\n10:00 Alert\n10:40 Up\n"
            "Corrective Actions and Long-Term Plans:\nWatch the disk.\n",
            ["Summary", "Chronology", "Corrective Actions and Long-Term Plans"],
        ),
        (
            "Shop outage\n\nIssue Summary\n\nDuration:\n2 hours.\n\nImpact:\nAll of it.\n\n"
            "Timeline\n\n10:00 Alert\n10:40 Up\n\nCorrective Measures\n\nWatch the disk.\n",
            ["Issue Summary", "Timeline", "Corrective Measures"],
        ),
        (
            "Shop outage\n\nIssue Summary:\n\n    Impact:\n        All of it.\n\nTimeline:\n\n"
            "    10:00 Alert\n    10:40 Up\n\nCorrective Measures:\n\n    Watch the disk.\n",
            ["Issue Summary", "Timeline", "Corrective Measures"],
        ),
        (
            "Shop outage\n\nTimeline\n\n10:00 Alert\n10:40 Up\n\nRoot Cause\n\nA disk.\n\n"
            "Action Items\n\nWatch the disk.\n\nFollow-Up\n\nWe meet in May.\n",
            ["Timeline", "Root Cause", "Action Items", "Follow-Up"],
        ),
        (
            "---\ntitle: Shop outage\n---\n\n## Background\n\nA shop sells things to people all "
            "over the world, day and night.\n\n## Timeline\n\n- 10:00 Alert\n\n## Impact\n\nAll.\n",
            ["Background", "Timeline", "Impact"],
        ),
        (
            "# Shop outage\n\n- **Key events**\n  - Detected 2024-05-03 10:00\n"
            "  - Resolved 2024-05-03 10:40\n\n- **Time to repair**: 40m\n\n- **Impact**: All.\n\n"
            "- **Context**:\n  - 2024-05-03 10:00 Alert\n\n- **Resolution**:\n  - A new disk\n",
            ["Key events", "Time to repair", "Impact", "Context", "Resolution"],
        ),
        (
            "---\ntitle: Shop outage\n---\n\n# A full disk stopped the shop\n\n- **Key events**\n"
            "  - Detected 2024-05-03 10:00\n\n- **Time to repair**: 40m\n\n- **Impact**: All.\n\n"
            "- **Resolution**:\n  - A new disk\n",
            ["Key events", "Time to repair", "Impact", "Resolution"],
        ),
        (
            "---\ntitle: Shop outage\n---\n\n## Postmortem\n\n*Posted May 3, 2024 - 12:00 UTC*\n\n"
            "A broken disk stopped the shop.\n\n## Resolved\n\n*Posted May 3, 2024 - 10:40 UTC*\n\n"
            "All is well.\n\n## Investigating\n\n*Posted May 3, 2024 - 10:05 UTC*\n\nNo orders.\n",
            ["Postmortem", "Resolved", "Investigating"],
        ),
        (
            "# Shop outage\n\n## Root cause\n\nA broken disk.\n\n## Updates\n\n"
            "### resolved\n2024-05-03T10:40:00Z\n\nAll is well.\n\n"
            "### investigating\n2024-05-03T10:05:00Z\n\nNo orders.\n",
            ["Root cause", "Updates"],
        ),
        (
            "## Shop down\n\n## Date: 3 May 2024\n\n## Time: 10:00 UTC\n\n"
            "### Summary\n\nIt was.\n\n### Remedial measures\n\n- A new disk\n",
            ["Summary", "Remedial measures"],
        ),
        (
            "## Owner: @ana\n## Involved:\n- @bo\n\n# Overview\n\nIt was down.\n\n"
            "# Resolution\n\nA new disk.\n",
            ["Overview", "Resolution"],
        ),
        (
            "# Shop down\n\n### Summary\n\nIt was down.\n\n### Action items\n\n- A new disk\n\n"
            "## Lessons learned\n\n### What went well\n\nAll.\n\n### Conclusion\n\nFine.\n",
            ["Summary", "Action items", "Lessons learned"],
        ),
        (
            "# Shop down\n\n## Issue summary\n\n### Duration: 10:00 to 10:40\n\nIt was down.\n\n"
            "### Root cause: a full disk\n\nTimeline\n10:00 Alert\n10:40 A new disk\n\n"
            "### Root cause and resolution\n\nThe disk was full.\n",
            ["Issue summary", "Timeline", "Root cause and resolution"],
        ),
        (
            "# Shop down\n\n## Timeline\n\n### 10:00\n\nAlert\n\n## 10:20\n\nA look\n\n"
            "### 10:40\n\nUp\n\n## Lessons\n\nBuy disks.\n",
            ["Timeline", "Lessons"],
        ),
    ],
)
def test_the_main_headings_are_those_that_stand_above_the_others(
    text: str, headings: list[str]
) -> None:
    found = read(text.encode(), "a.md")
    assert found.report.headings == headings
    assert not missing_words(text, found.document)


def test_lines_that_ask_are_headings_where_most_parts_are_asked_for() -> None:
    document = read(
        b"The shop was slow\n\nWhat happened?\nIt was slow.\nWhy did it happen?\nA backup ran.\n"
        b"What did we do about it?\nWe stopped it.\nWho will tell the others?\nAna, by Friday.\n",
        "a.txt",
    )
    assert document.report.headings == [
        "What happened?",
        "Why did it happen?",
        "What did we do about it?",
        "Who will tell the others?",
    ]
    assert document.document.root_cause == "A backup ran."
    assert document.document.resolution == "We stopped it."


def test_questions_within_parts_that_have_names_are_no_headings() -> None:
    text = (
        "The shop was slow\n\nSummary:\nIt was slow.\nImpact:\nWhat were users to see?\n"
        "Nothing.\nTimeline:\nWho saw it first?\n10:00 Alert\n10:10 Backup found\n"
        "10:20 Backup stopped\nRoot cause:\nWhat was the root cause?\nA backup ran.\n"
    )
    document = read(text.encode(), "a.txt").document
    assert [f"{each.at:%H:%M}" for each in document.timeline if each.at] == [
        "10:00",
        "10:10",
        "10:20",
    ]


def test_a_question_for_the_cause_of_a_cause_is_no_heading() -> None:
    text = (
        "The shop was slow\n\nWhat happened?\nIt was slow.\nWhy did it happen?\nA backup ran.\n"
        "Why did a backup run at noon?\nNobody knows.\n"
    )
    assert read(text.encode(), "a.txt").report.headings == ["What happened?", "Why did it happen?"]
