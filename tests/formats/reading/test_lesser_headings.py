"""Headings below others that are no sections: in lists, of several sections, among causes."""

from pmtui.formats.reading import read

ITEMS = (
    "# Shop down\n\n## Issue Summary:\n\n- ## Duration:\n\n  - 2 hours\n\n- ## Impact:\n\n"
    "  - No sales\n\n## Timeline:\n\n- ### 20:23 UTC:\n\n  - Alerts\n\n- ### 20:25 UTC:\n\n"
    "  - Restart\n\n## Conclusion:\n\nAll is well.\n"
)


def test_headings_in_lists_are_no_sections_where_others_stand_at_the_margin() -> None:
    imported = read(ITEMS.encode())
    assert imported.report.headings == ["Issue Summary", "Timeline", "Conclusion"]
    assert [each.text for each in imported.document.timeline] == ["Alerts", "Restart"]


def test_headings_are_sections_where_all_stand_in_a_list() -> None:
    text = "# Shop down\n\n- ## Summary\n\n  No sales.\n\n- ## Conclusion\n\n  All is well.\n"
    assert read(text.encode()).report.headings == ["Summary", "Conclusion"]


def test_a_line_with_the_same_name_in_several_sections_is_none() -> None:
    text = (
        "# Games\n\n## Token issues\n\nWrong ones were sent.\n\nTimeline:\n\n```\n10:00 open\n"
        "10:40 closed\n```\n\n## Checker issues\n\nThey stopped.\n\nTimeline:\n\n```\n12:00 open\n"
        "12:11 seen\n12:48 back\n```\n\nThe lesson is simple: test more.\n"
    )
    imported = read(text.encode())
    assert imported.report.headings == ["Token issues", "Checker issues"]
    assert [each.text for each in imported.document.timeline] == [
        *("open", "closed", "open", "seen", "back"),
    ]
    assert "The lesson is simple" in str(imported.document.sections)


def test_a_timeline_among_what_is_said_of_the_cause_is_no_section() -> None:
    text = (
        "# Shop down\n\n## Summary\n\nNo sales.\n\n## Root Cause Analysis\n\n### What Happened\n\n"
        "A disk.\n\n### Timeline of Events\n\n1. **Design** (2024):\n   - a\n\n"
        "### Why It Stayed\n\nNo alert.\n\n## Resolution\n\nA new disk.\n"
    )
    assert read(text.encode()).report.headings == ["Summary", "Root Cause Analysis", "Resolution"]


def test_a_timeline_below_the_summary_is_a_section() -> None:
    text = (
        "# Shop down\n\n## Summary\n\nNo sales.\n\n### Timeline\n\n- 10:00 a\n- 10:10 b\n\n"
        "## Resolution\n\nA new disk.\n"
    )
    assert read(text.encode()).report.headings == ["Summary", "Timeline", "Resolution"]
