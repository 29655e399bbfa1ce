"""Postmortems as students hand them in: plain lines, loose indentation, labels of any kind."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import Imported, read
from tests.formats.reading.words import missing_words


def imported(text: str) -> Imported:
    found = read(text.encode(), "a.md")
    assert not missing_words(text, found.document)
    return found


def entries(document: Postmortem) -> list[tuple[str, str]]:
    return [(f"{each.at:%H:%M}" if each.at else "", each.text) for each in document.timeline]


def actions(document: Postmortem) -> list[str]:
    return [each.text for each in (*document.measures, *document.tasks)]


@pytest.mark.parametrize(
    ("timeline", "wanted"),
    [
        ("Timeline\n\nTime (EAT)  \n10:00 AM    Alert\n10:40 AM    Restart", 2),
        ("Timeline\n\n9. 10:00 AM: Alert\n10.10:40 AM: Restart", 2),
        ("**TIMELINE**;\n* 10:00AM :- Alert\n* 10:40AM:- Restart", 2),
        ("Timeline\n\n(10.00:) Alert\n(10.40:) Restart", 2),
        (
            "Timeline\n\nWhen was the issue detected?\n10:00 AM: Alert\n\nactions taken\n"
            "10:40 AM: Restart",
            2,
        ),
        ("Timeline:\n\n    10:00 AM: Alert\n        Load was high.\n\n    10:40 AM: Restart", 2),
    ],
)
def test_entries_are_read_from(timeline: str, wanted: int) -> None:
    found = entries(imported(f"Outage\n\n{timeline}\n\nRoot Cause\n\nA disk.\n").document)
    assert [(time, text.split("\n")[0]) for time, text in found] == [
        ("10:00", "Alert"),
        ("10:40", "Restart"),
    ]
    assert len(found) == wanted


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("https://example.org/my-story\n<br>\n\nShop outage<br>", "Shop outage"),
        ("Ana Maria Ruiz\nPostmortem of the shop outage", "Postmortem of the shop outage"),
        ("![one]\n![two]\n### SHOP OUTAGE", "SHOP OUTAGE"),
        ("Shop outage\nAna Maria Ruiz", "Shop outage"),
        ("my-folder\n\n# Shop outage", "Shop outage"),
        ("# Incident: 2025-12-02 02-13-13", "Incident: 2025-12-02 02-13-13"),
        ("# Incident 2025-12-02\n\nSee below.", "Incident 2025-12-02"),
        ("# The incident", "The incident"),
    ],
)
def test_the_title_is_what_it_is_about(head: str, title: str) -> None:
    text = f"{head}\n\n## Summary\n\nThe shop was down.\n\n## Timeline\n\n- 10:00 Alert\n"
    assert imported(text).document.title == title


@pytest.mark.parametrize(
    ("measures", "wanted"),
    [
        ("Improve the alerts.\nTasks for everybody here:\nOrder a disk.", 2),
        ("  - Improve the alerts.\n\n- Order a disk.\n\n  - Watch it.", 3),
        ("Improve it.\nOrder a disk.\nIn conclusion, it was a disk.\nAna Ruiz", 2),
        (
            "Tasks:\n\n    Alerts:\n        Task: Improve them.\n        Deadline: May 3, 2024.\n\n"
            "    Disk:\n        Task: Order one.\n        Deadline: May 4, 2024.",
            2,
        ),
    ],
)
def test_things_to_do_are_counted_as_a_person_would(measures: str, wanted: int) -> None:
    text = (
        "Shop outage\n\nRoot Cause\n\nA disk was full.\n\n"
        f"Corrective and Preventative Measures\n\n{measures}\n"
    )
    assert len(actions(imported(text).document)) == wanted


def test_steps_already_taken_are_no_things_to_do() -> None:
    document = imported(
        "# Outage\n\n## Resolution\n\nTo prevent more harm, we took the following actions:\n\n"
        "- Added a server\n- Called the vendor\n"
    ).document
    assert not actions(document)
    assert "Added a server" in document.resolution


def test_headings_below_the_last_timed_one_end_the_timeline() -> None:
    document = imported(
        "# Outage\n\n## Timeline\n\n#### 00:01:\n+ Alert\n\n#### 00:20:\n+ Restart\n\n"
        "#### Root Cause Analysis:\n+ A disk.\n\n#### Action Items:\n+ Watch it.\n"
    ).document
    assert entries(document) == [("00:01", "Alert"), ("00:20", "Restart")]
    assert "A disk." in document.root_cause
    assert actions(document) == ["Watch it."]


def test_a_sentence_of_the_summary_tells_the_cause() -> None:
    document = imported(
        "# Outage\n\n## Summary\n\nThe shop was down. A full disk was the root cause of this.\n\n"
        "## Timeline\n\n- 10:00 Alert\n"
    ).document
    assert document.root_cause == "A full disk was the root cause of this."


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ('<span style="color:green">Solution:</span> <img src="a.png">', "resolution"),
        ("Root Cause :warning:", "root_cause"),
    ],
)
def test_a_decorated_heading_is_known_by_its_words(heading: str, field: str) -> None:
    document = imported(f"# Outage\n\n## Timeline\n\n- 10:00 Alert\n\n## {heading}\n\nSo it was.\n")
    assert getattr(document.document, field) == "So it was."


def test_measures_yet_to_come_are_things_to_do() -> None:
    document = imported(
        "# Outage\n\n### Cause:\n\nA disk.\n\n### Future Measures:\n\n- Watch it.\n"
    )
    assert actions(document.document) == ["Watch it."]


def test_a_date_with_the_dashes_of_an_editor_is_a_date() -> None:
    document = imported("# Outage\n\n## Timeline\n\n- 2024–05–03 10:00 Alert\n").document
    assert f"{document.timeline[0].at:%Y-%m-%d %H:%M}" == "2024-05-03 10:00"
    assert entries(document) == [("10:00", "Alert")]


@pytest.mark.parametrize(
    "said", ["2 and half hours", "two and a half hours", "2 hours and 30 minutes"]
)
def test_half_an_hour_belongs_to_the_length(said: str) -> None:
    document = imported(
        f"# Outage\n\n## Summary\n\nIt lasted approximately {said}, from 10:00 to 12:30.\n"
    ).document
    assert said in document.impact.duration


def test_labels_above_their_lines_make_one_event_each() -> None:
    document = imported(
        "Duration of disruption:\n\nStart time: February 5, 2024, 08:00 UTC\n"
        "End time: February 5, 2024, 12:15 UTC\nTimeline:\n\nNoticed:\n\n"
        "First seen at 08:00 UTC by the alarm.\nMisleading paths:\n\nThe network was looked at.\n"
        "Escalation:\n\nThe team of the database was called.\nRoot cause:\n\nA lock was held.\n"
    ).document
    assert document.title == ""
    assert [event.text for event in document.timeline] == [
        "Noticed: First seen at 08:00 UTC by the alarm.",
        "Misleading paths: The network was looked at.",
        "Escalation: The team of the database was called.",
    ]


def test_lines_in_capitals_like_the_known_headings_are_headings_too() -> None:
    document = imported(
        "Crash of the shop\nIMPACT:\nNobody could pay.\nTIMELINE:\n"
        "Detection time: June 27, 2024, 3:00 AM.\nDetection method: An alarm of the log.\n"
        "STEPS TAKEN BY US:\nThe team of the shop was called.\n"
        "Resolution: Went back to the release before.\nLESSONS LEARNED:\nTry upgrades elsewhere.\n"
    ).document
    assert [event.text for event in document.timeline] == [
        "Detection time: June 27, 2024, 3:00 AM.",
        "Detection method: An alarm of the log.",
    ]
    first = document.timeline[0].at
    assert first is not None
    assert f"{first:%d %H:%M}" == "27 03:00"
    assert document.resolution == "Went back to the release before."
    headings = [section.heading for section in document.sections]
    assert headings == ["STEPS TAKEN BY US", "LESSONS LEARNED"]


def test_dashes_that_touch_their_text_begin_items() -> None:
    document = imported(
        "Summary:\nThe shop was down.\n\nRoot cause and resolution:\n"
        "-The root cause was a link that led nowhere.\n"
        "-The issue was resolved by linking the file again.\n\n"
        "Prevention:\n-Check the links.\n-Watch the shop.\n-v is no item.\n"
    ).document
    assert document.root_cause == "-The root cause was a link that led nowhere."
    assert document.resolution == "-The issue was resolved by linking the file again."
    assert [each.text for each in document.measures][:2] == ["Check the links.", "Watch the shop."]


def test_a_window_in_marks_of_code_has_both_ends() -> None:
    document = imported(
        "# Pulls failed\n\n| Field | Value |\n|---|---|\n| **Severity** | SEV-2 |\n"
        "| **Window** | `2026-03-10T17:22Z` → `2026-03-10T18:05Z` |\n\n## Summary\n\nNo pulls.\n"
    ).document
    assert document.times.started is not None
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "18:05"


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        (
            "# Pods\n\n## Summary\n\nAll down.\n\n## Root cause\n\nA leak.\n\n"
            "**Contributing factors:**\n\n1. No alarm.\n\n## Resolution\n\nA limit.\n",
            ["Summary", "Root cause", "Resolution"],
        ),
        (
            "**Issue Summary**\n\n**Impact**: Nobody could pay.\n\n**Root Cause**: A leak.\n\n"
            "**Timeline**\n\n- 10:00 alarm\n- 10:30 repaired\n\n**Root Cause and Resolution**\n\n"
            "There was a leak. It was fixed by a limit.\n\n"
            "**Preventive Measures**\n\n- Watch the memory.\n",
            ["Issue Summary", "Timeline", "Root Cause and Resolution", "Preventive Measures"],
        ),
        (
            "A postmortem\nIssue Summary\nDuration: three hours on May 10, 2024.\n\n"
            "Timeline\n9:55 AM: alarm\n10:00 AM: repaired\n\nRoot Cause and Resolution\n"
            "Root Cause: a disk.\nResolution: a new disk.\n\n"
            "Corrective and Preventative Measures:\nImprovements/Fixes:\nTwo disks.\n",
            [
                "Issue Summary",
                "Timeline",
                "Root Cause and Resolution",
                "Corrective and Preventative Measures",
            ],
        ),
        (
            "A night without light\n\nIssue Summary:\n\nDuration:\nIt lasted 3 hours.\n\n"
            "Impact:\nAll users waited.\n\nRoot Cause:\nA lamp.\n\nTimeline:\n\n"
            "01:15 AM: alarm\n02:00 AM: repaired\n\nRoot Cause and Resolution:\n\n"
            "A lamp was broken. It was fixed with a new one.\n\nPreventive Measures:\n\n"
            "1. Buy lamps.\n",
            ["Issue Summary", "Timeline", "Root Cause and Resolution", "Preventive Measures"],
        ),
    ],
)
def test_labels_and_parts_below_a_heading_are_no_headings_of_the_document(
    source: str, headings: list[str]
) -> None:
    assert list(imported(source).report.headings) == headings


def test_labelled_events_have_the_times_that_stand_behind_their_labels() -> None:
    document = imported(
        "# Replicas\n\n## Summary\n\nOn July 29, 2023 at 09:00 AM (UTC) all copies stopped.\n\n"
        "## Timeline\n\n- __Noticed:__ July 29, 2023, 09:00 AM (UTC)\n"
        "- __Steps:__ The servers of the shop were looked at.\n"
        "- __Escalation:__ The team of the database was called.\n"
        "- __Resolution:__ Aug 04, 2023, 04:30 AM (UTC). The settings were put right.\n\n"
        "## Root Cause\n\nTwo settings were not alike.\n"
    ).document
    whens = [f"{event.at:%d %H:%M}" if event.at else "" for event in document.timeline]
    assert whens == ["29 09:00", "", "", "04 04:30"]
    assert document.timeline[3].text.startswith("Resolution: Aug 04, 2023")
    assert document.resolution == "Aug 04, 2023, 04:30 AM (UTC). The settings were put right."


def test_a_day_with_its_month_in_words_is_the_time_of_a_paragraph() -> None:
    document = imported(
        "Outage of the shop\n\nTimeline\nDetection:\n"
        "It was noticed at Mar 5, 2024 12:00 (GMT) by an alarm.\nSteps:\nThe logs were read.\n"
        "Resolution:\nThe file was put right.\nRoot Cause and Resolution\nRoot Cause:\nA typo.\n"
    ).document
    assert [event.text for event in document.timeline] == [
        "Detection: It was noticed at Mar 5, 2024 12:00 (GMT) by an alarm.",
        "Steps: The logs were read.",
        "Resolution: The file was put right.",
    ]
    first = document.timeline[0].at
    assert first is not None
    assert f"{first:%Y-%m-%d %H:%M}" == "2024-03-05 12:00"
    assert document.resolution == "The file was put right."


def test_lines_above_lines_that_stand_in_are_questions_and_answers() -> None:
    text = (
        "Shop outage\n\nTimeline\n\nwhen was it seen\n\n\tA customer called at 5:PM.\n\n"
        "actions taken\n\n\tThe shop was started again.\n\nwho was told\n\n\tThe web team.\n\n"
        "Corrective measures\n\nwhat can be improved\n\n\tWatch the disk.\n"
    )
    document = imported(text).document
    assert entries(document) == [
        ("17:00", "A customer called at 5:PM.\nwhen was it seen"),
        ("", "The shop was started again.\nactions taken"),
        ("", "The web team.\nwho was told"),
    ]
    assert actions(document) == ["Watch the disk."]


@pytest.mark.parametrize("said", ["from 10.00 CET to 10.40 CET", "at 10.00 CET until 10:40 CET"])
def test_a_point_is_the_mark_of_a_time_that_has_a_zone(said: str) -> None:
    text = f"# Shop outage\n\n## Summary\n\nOn 4 May 2023 the shop was down {said}.\n"
    times = imported(text).document.times
    assert [f"{at:%H:%M}" for at in (times.started, times.resolved) if at] == ["10:00", "10:40"]


def test_a_zone_may_touch_the_hyphen_before_the_event() -> None:
    text = "# Shop outage\n\n## Timeline\n\n10:00 EAT- Alert\n10:40 EAT - Up\n"
    assert entries(imported(text).document) == [("10:00", "Alert"), ("10:40", "Up")]


def test_how_long_it_was_down_counts_whatever_came_before() -> None:
    text = "# Shop outage\n\n## Summary\n\nThe shop was down for 3 hours after a release.\n"
    assert imported(text).document.impact.duration == "3 hours"


def test_entries_in_one_line_go_on_in_the_items_below_it() -> None:
    text = (
        "# Shop outage\n\n## Timeline\n\n10:00am EAT: Alert. 10:10am EAT: The log said:\n\n"
        "* disk full\n* disk failed 10:40am EAT: It was emptied. 10:50am EAT: Up.\n"
    )
    assert entries(imported(text).document) == [
        ("10:00", "Alert."),
        ("10:10", "The log said:\n- disk full\n- disk failed"),
        ("10:40", "It was emptied."),
        ("10:50", "Up."),
    ]


def test_an_event_of_several_points_is_when_the_one_point_with_a_time_was() -> None:
    text = (
        "# Shop outage\n\n## Timeline\n\n- **Detection:** A customer called at 10:00.\n"
        "- **Actions Taken:**\n  - Looked at it.\n- **Resolution:**\n  - A new disk.\n"
        "  - All was well by 10:40.\n"
    )
    times = [time for time, _ in entries(imported(text).document)]
    assert times == ["10:00", "", "10:40"]


def test_labelled_lines_are_an_event_each() -> None:
    text = (
        "Shop outage\n\nEvent Timeline:\nInitial Detection: At 10:00 AM UTC a customer called.\n"
        "Wrong Path: The network was looked at. It was well.\n"
        "Escalation: The web team was told.\nEnd of it: By 10:40 AM UTC all was well.\n\n"
        "Root Cause and Resolution:\nA disk was full.\n\n"
        "Corrective Measures:\nWatch the disk.\nWatch the others.\n\n"
        "This outage has highlighted how much there is to watch.\n\nWe extend our thanks to all.\n"
    )
    document = imported(text).document
    assert [time for time, _ in entries(document)] == ["10:00", "", "", "10:40"]
    assert actions(document) == ["Watch the disk.", "Watch the others."]


def test_the_day_and_the_hour_on_which_an_outage_occurred_is_its_beginning() -> None:
    text = (
        "Issue Summary:\n  - The shop failed 943 requests in 0.35 seconds.\n\n"
        "Timeline:\n  - The outage occured at 9:45am on February 3rd, 2022.\n  - It was mended.\n"
    )
    document = imported(text).document
    assert f"{document.times.started:%Y-%m-%d %H:%M}" == "2022-02-03 09:45"
    assert not document.impact.duration


def test_an_item_above_the_first_timed_line_only_leads_on_to_it() -> None:
    text = (
        "# Shop outage\n\n# Timeline\n\n- Detection\n\n10:00 UTC - Alert\n\n"
        "- It rang twice\n\n10:40 UTC - Up\n\n# Conclusion\n\nWatch it.\n"
    )
    assert entries(imported(text).document) == [
        ("10:00", "Alert\n- It rang twice"),
        ("10:40", "Up"),
    ]


def test_a_document_in_a_fence_may_have_bare_headings() -> None:
    text = "```\nImpact:\nAll of it.\nRoot Cause:\nA disk.\nResolution:\nAnother disk.\n```\n"
    document = imported(text).document
    assert (document.root_cause, document.resolution) == ("A disk.", "Another disk.")


def test_the_heading_of_the_timeline_may_name_its_days() -> None:
    text = (
        "# Shop\n\n## Timeline 1/29/24, 2/15/24 - 2/16/24\n\n- 10:00 Alert\n\n## Impact\n\nAll.\n"
    )
    assert entries(imported(text).document) == [("10:00", "Alert")]


@pytest.mark.parametrize(
    ("said", "cause", "fix"),
    [
        ("The cache was full, which was fixed by a restart.", "The cache was full,", None),
        ("A disk failed and it was then repaired with glue.", "A disk failed", None),
        ("The pool ran dry; this was solved by more of it.", "The pool ran dry;", None),
        ("The config was wrong. It was corrected with a script.", "The config was wrong.", None),
        ("The cause was a typo that can be fixed with a script.", "The cause was a typo", None),
        ("The disk issue was resolved by a new one.", None, ""),
        ("The cause is a typo in the file of the proxy.", None, ""),
    ],
)
def test_a_lone_sentence_on_cause_and_fix_tells_both(
    said: str, cause: str | None, fix: str | None
) -> None:
    document = imported(
        "# Shop\n\n## Summary\n\nDown.\n\n## Timeline\n\n- 10:00 Alert\n\n"
        f"## Root cause and resolution\n\n{said}\n"
    ).document
    cause = said if cause is None else cause
    assert document.root_cause == cause
    assert document.resolution == (said[len(cause) :].strip() if fix is None else fix)
