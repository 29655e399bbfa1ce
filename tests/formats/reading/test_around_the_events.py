"""What stands around the events of a postmortem and is neither lost nor taken for one of them."""

from datetime import datetime

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words

ACTIONS = "## Action items\n\n"
ENTRIES = "## Timeline\n\n- 14:00 alert\n- 14:30 fixed\n"


def imported(text: str, name: str = "a.md") -> Postmortem:
    return read(text.encode(), name).document


def actions(document: Postmortem) -> list[str]:
    return [each.text for each in (*document.measures, *document.tasks)]


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        ("- 14:00 (Nairobi time): alert\n- 14:30 (Nairobi time): fixed", "Africa/Nairobi"),
        ("- 14:00 Lisbon Time - alert\n- 14:30 Lisbon Time - fixed", "Europe/Lisbon"),
        ("- 14:00 Pacific Time: alert\n- 14:30 Pacific Time: fixed", "America/Los_Angeles"),
        ("- 14:00 Auckland time - alert\n- 14:30 Auckland time - fixed", "Pacific/Auckland"),
        ("- 14:00 Denver - alert\n- 14:30 Denver - fixed", "America/Denver"),
        ("### 2024-05-03 (All times CEST)\n\n- 14:00 alert\n- 14:30 fixed", "CEST"),
    ],
)
def test_a_zone_is_read_where_it_stands_with_the_times(lines: str, zone: str) -> None:
    document = imported(f"# Outage of 2024-05-03\n\n## Timeline\n\n{lines}\n")
    assert [each.text for each in document.timeline] == ["alert", "fixed"]
    assert document.timeline[0].at is not None
    if "/" in zone:
        assert document.timezone == zone
    else:
        assert document.timeline[0].at.strftime("%z") == "+0200"


def test_a_line_about_all_times_names_the_zone_wherever_it_stands() -> None:
    text = (
        "# Outage of 2024-05-03\n\nCreated by: Ann Lee\n\nAll times PDT.\n\n## Summary\n\nDown.\n"
    )
    assert imported(f"{text}\n{ENTRIES}").timezone == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("- **Sévérité** : P3 (aucune donnée perdue)", "P3"),
        ("- **Severidade:** Média — só sob carga", "Média"),
        ("**Severity:** CRITICAL", "CRITICAL"),
        ("Severity: `High`", "High"),
        ("Severity: to be told by the team that owns the service", ""),
    ],
)
def test_a_severity_among_other_lines_is_read_up_to_its_remark(line: str, severity: str) -> None:
    document = imported(
        f"# Outage\n\n## About\n\n{line}\n- Who: ops\n\n## Impact\n\nNobody.\n\n{ENTRIES}"
    )
    assert document.severity == severity
    assert line.split()[-1].strip(")*`") in str(document.as_dict())


def test_a_title_that_lacks_the_blank_of_a_heading_has_no_mark() -> None:
    document = imported(f"#Postmortem of the shop\n\n**Issue Summary:**\n\nAll down.\n\n{ENTRIES}")
    assert document.title == "Postmortem of the shop"


@pytest.mark.parametrize(
    ("key", "name"),
    [("start-time", "started"), ("end-time", "resolved"), ("start_time", "started")],
)
def test_front_matter_names_a_time_with_any_joint(key: str, name: str) -> None:
    text = f'---\n{key}: "2024-05-03T14:00:00.000Z"\n---\n\n# Outage\n\n## Summary\n\nDown.\n'
    at = getattr(imported(text).times, name)
    assert isinstance(at, datetime)
    assert at.isoformat() == "2024-05-03T14:00:00+00:00"


@pytest.mark.parametrize("lead", ["We worked by the following steps:", "It consists of:"])
def test_other_lists_of_a_section_stay_in_it(lead: str) -> None:
    document = imported(f"# Outage of 2024-05-03\n\n## Notes\n\n{lead}\n\n- a disk\n- a shop\n")
    assert not actions(document)


def test_a_table_that_the_fix_announces_holds_actions() -> None:
    table = "| Action Item | Owner |\n|---|---|\n| Watch the disk | Ops |\n"
    document = imported(
        f"# Outage of 2024-05-03\n\n## Resolution\n\nWe created follow up action items:\n\n{table}"
    )
    assert actions(document) == ["Watch the disk"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("- N/A\n", []),
        ("None.\n", []),
        (
            "We have identified the following action items for the next weeks:\n\n"
            "### Tools\n\n- Add a check\n",
            ["Add a check"],
        ),
        (
            "### 1. Add a check\n\nIt rings early.\n\n### 2. Write it down\n\nFor all of us.\n",
            ["Add a check\nIt rings early.", "Write it down\nFor all of us."],
        ),
        (
            "Add a check for the disk.\n\nThis incident underscored how much a check is worth.\n",
            ["Add a check for the disk."],
        ),
    ],
)
def test_only_what_is_to_be_done_is_an_action(body: str, wanted: list[str]) -> None:
    assert actions(imported(f"# Outage\n\n{ENTRIES}\n{ACTIONS}{body}")) == wanted


@pytest.mark.parametrize(
    "summary",
    [
        "The cause was simple: a disk ran full. We were down.",
        "A change in the naming of the hosts caused the crawler to fail.",
    ],
)
def test_a_sentence_that_names_the_cause_is_found_in_the_summary(summary: str) -> None:
    document = imported(f"# Outage\n\n## Summary\n\n{summary}\n\n{ENTRIES}")
    assert document.root_cause or document.cause_summary


@pytest.mark.parametrize("rest", ["unknown.", "not yet known.", "still under investigation."])
def test_a_cause_that_nobody_knows_is_none(rest: str) -> None:
    text = f"# Outage\n\n## Summary\n\nWe were down for an hour. The cause is {rest}\n\n{ENTRIES}"
    document = imported(text)
    assert not document.root_cause
    assert not document.cause_summary


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        ("Servers and site were operating normally.", True),
        ("A deploy.\n\n  Incident resolved.", True),
        ("The standby was not operating normally.", False),
        ("A deploy.", False),
    ],
)
def test_an_entry_states_the_end(last: str, ends: bool) -> None:
    text = "# Outage of 2024-05-03\n\n## Timeline\n\n- 14:00 The outage began\n- 14:30 "
    assert (imported(f"{text}{last}\n").times.resolved is not None) == ends


def test_an_end_is_told_also_where_no_beginning_is() -> None:
    lines = "- 14:00 alert\n- 14:30 Fixed. Incident resolved.\n"
    text = f"# Failure of 2024-05-03\n\n## Timeline\n\n{lines}"
    assert imported(text).times.resolved is not None


def test_the_day_of_an_event_may_be_all_that_is_known_of_its_time() -> None:
    text = (
        "# Outage\n\n## Timeline\n\n### 2024-05-01\n\nWe moved the cache to a host of its own.\n\n"
        "### 2024-05-03\n\n14:00 - alert\n\n14:30 - fixed\n\n"
        "2024-06-01 - The cache has two hosts from now on.\n"
    )
    told = [(each.at is not None, each.text) for each in imported(text).timeline]
    assert told == [
        (False, "We moved the cache to a host of its own."),
        (True, "alert"),
        (True, "fixed"),
        (False, "The cache has two hosts from now on. (2024-06-01)"),
    ]


def test_how_long_the_steps_of_the_response_took_is_not_how_long_the_outage_was() -> None:
    text = (
        "# Outage\n\n## Impact\n\n- **Duration:** 3 hours\n\n"
        "## Detection\n\n- **Time to resolution:** 31 minutes after it was seen\n"
    )
    document = imported(text)
    assert "3 hours" in document.impact.duration
    assert "31 minutes" in document.detection


def test_the_share_of_failed_changes_is_no_share_of_users() -> None:
    text = f"# Outage\n\n## Impact\n\n- 1 of 8 deploys: 12.5% change failure rate\n\n{ENTRIES}"
    assert imported(text).impact.percent is None


def test_a_label_needs_no_blank_behind_its_colon() -> None:
    text = (
        "Issue Summary:\n\nDown.\n\nRoot Cause and Resolution:\n\n"
        "Root Cause: The disk ran full.\n\nResolution:The disk was cleared.\n"
    )
    assert imported(text, "a.txt").resolution == "The disk was cleared."


def test_a_line_that_leads_on_to_a_list_is_no_heading() -> None:
    text = (
        "**Resolution:**\nImmediate corrective steps involved:\n\n"
        "1. **Restart**\n   - We started the node again.\n\n**Detection:**\nA user called.\n"
    )
    document = imported(f"# Outage\n\n{text}\n{ENTRIES}")
    assert "We started the node again." in document.resolution
    assert actions(document) == []


def test_what_is_said_before_the_document_is_not_its_title() -> None:
    text = "Sure! Here is a shorter version of the report:\n\n```markdown\n# Outage of the shop\n"
    assert imported(f"{text}\n{ENTRIES}").title == "Outage of the shop"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Por que aconteceu", "root_cause"),
        ("¿Por qué ocurrió?", "root_cause"),
        ("Was genau war die Ursache?", "root_cause"),
        ("Was heute geschehen ist", "summary"),
    ],
)
def test_headings_ask_in_other_languages(heading: str, name: str) -> None:
    assert getattr(imported(f"# X\n\n## {heading}\n\nA full disk.\n"), name) == "A full disk."


@pytest.mark.parametrize("heading", ["Cómo prevenir recurrencia", "Was wird unternommen?"])
def test_headings_announce_measures_in_other_languages(heading: str) -> None:
    assert actions(imported(f"# X\n\n## {heading}\n\n- Add a check\n")) == ["Add a check"]


def test_bold_words_on_the_lines_of_their_texts_are_headings_where_there_are_no_others() -> None:
    text = (
        "**Executive Summary** The shop was down.\n\n**Root Cause Analysis** The disk ran full.\n\n"
        "**Resolution** We cleared the disk.\n\n**What’s Next?**\n\n- Add a check\n"
    )
    document = imported(f"# Outage\n\n{text}")
    assert document.summary == "The shop was down."
    assert document.root_cause == "The disk ran full."
    assert document.resolution == "We cleared the disk."
    assert actions(document) == ["Add a check"]


def test_bold_words_in_the_text_of_a_section_are_no_headings() -> None:
    said = "**Resolution** Took long.\n\n**Detection** Took longer."
    text = f"## Impact\n\n{said}\n\n## Summary\n\nDown."
    assert "Took longer." in imported(f"# Outage\n\n{text}\n").impact.text


@pytest.mark.parametrize("after", ["", "```\n", "```\n\nShall I add the names?\n"])
def test_a_document_in_a_fence_is_read_with_what_was_said_around_it(after: str) -> None:
    inner = f"# Outage of the shop\n\n## Impact\n\nNobody.\n\n{ENTRIES}\n```sh\ndf\n```\n"
    document = imported(f"Sure! Here it is:\n\n```markdown\n{inner}{after}")
    assert document.title == "Outage of the shop"
    assert document.impact.text == "Nobody."
    assert len(document.timeline) == 2


def test_labels_of_a_list_of_steps_are_its_events_and_what_is_below_belongs_to_them() -> None:
    text = (
        "- **Detection:**\n  - 2024-05-03 14:00 UTC\n  - An alert rang.\n"
        "- **Escalation:**\n  - We called the team of the database.\n"
        "- **Resolution:**\n  - We cleared the disk.\n"
    )
    cause = "## Root Cause and Resolution\n\nA full disk. It was cleared."
    document = imported(f"# Outage\n\n## Timeline\n\n{text}\n{cause}\n")
    assert [each.text.partition("\n")[0] for each in document.timeline] == [
        "An alert rang.",
        "Escalation:",
        "Resolution:",
    ]
    assert document.timeline[0].at is not None


def test_the_fix_in_a_timeline_is_an_event_where_a_part_is_about_it() -> None:
    text = (
        "Issue Summary:\nDown.\nTimeline:\nDetection: An alert rang at 2:00 PM.\n"
        "Escalation: We called the team.\nResolution: The disk was cleared at 2:30 PM.\n"
        "Root Cause and Resolution:\nRoot Cause: A full disk.\nResolution: We cleared it.\n"
    )
    document = imported(text, "a.txt")
    assert [f"{each.at:%H:%M}" for each in document.timeline if each.at] == ["14:00", "14:30"]
    assert "We cleared it." in document.resolution


def test_a_heading_may_tell_in_brackets_what_it_is() -> None:
    text = (
        b"# Shop outage\n\n## Timeline\n\n- 10:00 Alert\n\n## Our theory (root cause)\n\nA disk.\n"
    )
    assert read(text, "a.md").document.root_cause == "A disk."


def test_the_next_day_is_that_after_the_last_one_told_otherwise() -> None:
    text = (
        "# Shop outage\n\n## Timeline\n\n- 2024-05-03 22:00 Alert\n- 22:40 Up\n"
        "- Next day, 10:00 - Talked about it\n- The next day at 11:00 - Wrote it down\n"
    )
    document = read(text.encode(), "a.md").document
    assert [f"{each.at:%d %H:%M}" for each in document.timeline] == [
        *("03 22:00", "03 22:40", "04 10:00", "04 11:00")
    ]
    assert not missing_words(text, document)


def test_labels_in_a_quotation_are_facts() -> None:
    text = (
        "# Shop outage\n\n> **Severity:** SEV-2\n> **Time to Resolution:** ~5 minutes\n\n"
        "## Timeline\n\n- 10:00 Alert\n"
    )
    document = read(text.encode(), "a.md").document
    assert (document.severity, document.impact.duration) == ("SEV-2", "~5 minutes")


def test_what_an_event_quotes_names_no_zone() -> None:
    text = (
        "# Shop outage\n\n## Timeline\n\n- 3 May 2024 10:00 Alert\n"
        "- 3 May 2024 10:10 The log said\n    ```text\n    2024-05-03T07:34:22Z full\n    ```\n"
        "- 3 May 2024 10:40 Up\n"
    )
    assert read(text.encode(), "a.md").document.timezone == ""


def test_code_at_the_margin_between_inner_events_belongs_to_the_one_above_it() -> None:
    log = "```\ntoo many requests\n\nERROR\n```"
    document = imported(
        f"# Outage of 2024-05-03\n\n- **Context**:\n  - 10:00 The log says:\n\n{log}\n\n"
        f"  - 10:05 It goes on:\n\n{log}\n\n  - 10:10 Fixed\n\n- **Resolution**: A new disk\n"
    )
    told = [each.text for each in document.timeline]
    assert told == [f"The log says:\n{log}", f"It goes on:\n{log}", "Fixed"]
    assert document.resolution == "A new disk"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Calls began impacting service availability", "Fix deployed, services restored"),
        ("A bad release started to affect all users", "All services were restored."),
        ("Errors began affecting customers", "Services restored for all users."),
    ],
)
def test_events_say_outright_when_it_began_and_ended(first: str, last: str) -> None:
    text = f"# Shop\n\n## Timeline\n\n- 2026-01-11 10:00 {first}\n- 2026-01-11 10:40 {last}\n"
    times = read(text.encode()).document.times
    assert times.started
    assert times.resolved
    assert (f"{times.started:%H:%M}", f"{times.resolved:%H:%M}") == ("10:00", "10:40")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("We started affecting a copy of the cache", "EU services restored"),
        ("An attack began", "Some services restored"),
        ("Alert", "Waiting until services restored"),
        ("Alert", "Backup of the site restored to the test cluster"),
    ],
)
def test_events_that_tell_a_step_state_no_end_of_the_window(first: str, last: str) -> None:
    text = f"# Shop\n\n## Timeline\n\n- 2026-01-11 10:00 {first}\n- 2026-01-11 10:40 {last}\n"
    times = read(text.encode()).document.times
    assert (times.started, times.resolved) == (None, None)
