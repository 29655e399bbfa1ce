"""What is read of the updates of a status page, and of the postmortem above them."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words

MONTH = {"nov", "november"}
"""Words of the moments of events, which the house Markdown tells but once a day."""

ACTIONS = "## Action items\n\n"
ENTRIES = "## Timeline\n\n- 14:00 alert\n- 14:30 fixed\n"
UPDATES = (
    "### Resolved\n\n2024-05-03T14:30:00Z\n\nAll is well.\n\n"
    "### Partially Resolved\n\n2024-05-03T14:20:00Z\n\nMost is well.\n\n"
    "### Investigating\n\n2024-05-03T14:00:00Z\n\nWe look into it.\n"
)


def imported(text: str) -> Postmortem:
    document = read(text.encode(), "a.md").document
    assert set(missing_words(text, document)) <= MONTH
    return document


def actions(document: Postmortem) -> list[str]:
    return [each.text for each in (*document.measures, *document.tasks)]


def test_updates_below_the_actions_are_the_events_where_there_are_no_others() -> None:
    document = imported(f"# Outage\n\n{ACTIONS}- Add a check\n\n## Updates\n\n{UPDATES}")
    assert actions(document) == ["Add a check"]
    assert [f"{each.at:%H:%M}" for each in document.timeline if each.at] == [
        "14:00",
        "14:20",
        "14:30",
    ]


def test_updates_beside_a_timeline_are_kept_and_no_actions() -> None:
    document = imported(f"# Outage of 2024-05-03\n\n{ENTRIES}\n{ACTIONS}- Add a check\n\n{UPDATES}")
    assert actions(document) == ["Add a check"]
    assert [each.text for each in document.timeline] == ["alert", "fixed"]
    assert any("Most is well." in section.body for section in document.sections)


def test_a_postmortem_among_the_updates_is_read_as_a_document() -> None:
    text = (
        "## Postmortem\n\n*Posted May 9, 2024 - 10:00 UTC*\n\n"
        "On May 3, 2024, between 14:00 and 14:30 UTC the shop was down.\n\n"
        f"{ENTRIES}\n"
        "## Resolved\n\n*Posted May 3, 2024 - 14:35 UTC*\n\nAll is well.\n\n"
        "## Investigating\n\n*Posted May 3, 2024 - 14:05 UTC*\n\nWe look into it.\n"
    )
    document = imported(text)
    assert document.times.started is not None
    assert document.times.started.isoformat() == "2024-05-03T14:00:00+00:00"
    assert [each.text for each in document.timeline] == ["alert", "fixed"]


def test_lists_of_a_postmortem_above_updates_are_no_events() -> None:
    text = (
        "# Outage of the shop\n\n## Postmortem\n\n*Posted May 9, 2024 - 10:00 UTC*\n\n"
        "On May 3, 2024, between 14:00 and 14:30 UTC these parts of the shop were down:\n\n"
        "1. the basket\n2. the search\n3. the mails\n\nThe issue was caused by a full disk.\n\n"
        "To improve our service in the future, following steps will be taken:\n\n"
        "- watch the disk\n- buy a second one\n\n"
        "## Resolved\n\n*Posted May 3, 2024 - 14:35 UTC*\n\nAll is well.\n\n"
        "## Investigating\n\n*Posted May 3, 2024 - 14:05 UTC*\n\nWe look into it.\n"
    )
    document = imported(text)
    told = ["Investigating: We look into it.", "Resolved: All is well."]
    assert [each.text for each in document.timeline] == told
    assert actions(document) == ["watch the disk", "buy a second one"]
    assert "a full disk" in document.root_cause
    assert document.times.resolved is not None
    assert document.times.resolved.isoformat() == "2024-05-03T14:30:00+00:00"


def test_one_update_below_a_heading_of_updates_is_an_event() -> None:
    document = imported(
        "# Outage of the shop\n\n## Root Cause\n\nA full disk.\n\n## Updates\n\n"
        "### Resolved\n2024-05-03T14:20:00Z\n\nAll is well.\n"
    )
    assert [each.text for each in document.timeline] == ["Resolved: All is well."]


def test_one_update_below_a_postmortem_is_an_update_and_no_end() -> None:
    text = (
        "## Postmortem\n\n*Posted May 9, 2024 - 10:00 UTC*\n\n"
        "On May 3, 2024, between 14:00 and 14:30 UTC the shop was down.\n\n"
        "## Resolved\n\n*Posted May 3, 2024 - 13:00 UTC*\n\nWe look into it.\n"
    )
    ended = imported(text).times.resolved
    assert ended is not None
    assert f"{ended:%H:%M}" == "14:30"


STATES = ("Investigating", "Monitoring", "Resolved")
SAID = ("Mails are late.", "A fix is in place. We keep watching.", "Mails are delivered at once.")
CLOCKS = ("14:05", "15:30", "16:40")
PASTED = {
    "state, text, time": "{state}\n{said}\nPosted Nov 12, 2024 - {clock} UTC\n\n",
    "state, text, days ago": "{state}\n{said}\nPosted 3 days ago. Nov 12, 2024 - {clock} UTC\n\n",
    "state, time, text": "{state}\nNov 12, 2024 at {clock} UTC\n{said}\n\n",
    "time, state, text": "12 November 2024 {clock} UTC\n{state}\n{said}\n\n",
    "time, state with text": "Nov 12, 2024, {clock} UTC\n{state} - {said}\n\n",
    "state with text, time": "{state} - {said}\nNov 12, 2024, {clock} UTC\n\n",
    "state with time, text": "**{state}** · Nov 12, 2024 {clock} UTC\n{said}\n\n",
    "state with time in brackets": "**{state}** (Nov 12, 2024, {clock} UTC)\n{said}\n\n",
    "heading of state and time": "### {state} – 2024-11-12 {clock} UTC\n\n{said}\n\n",
    "all on one line": "[{state}] 2024-11-12 {clock} UTC - {said}\n",
}


@pytest.mark.parametrize("form", PASTED.values(), ids=PASTED)
def test_updates_pasted_newest_first_are_events_at_their_own_times(form: str) -> None:
    updates = reversed(list(zip(STATES, SAID, CLOCKS, strict=True)))
    pasted = "".join(form.format(state=state, said=said, clock=at) for state, said, at in updates)
    document = imported(f"Late mails\nIncident Report for Northwind\n\n{pasted}")
    assert document.title == "Late mails"
    assert [(f"{each.at:%Y-%m-%d %H:%M}", each.text) for each in document.timeline if each.at] == [
        (f"2024-11-12 {at}", f"{state}: {said}")
        for state, said, at in zip(STATES, SAID, CLOCKS, strict=True)
    ]
    assert document.timezone == "UTC"
    assert not actions(document)


def test_labelled_key_times_are_no_updates_of_a_status_page() -> None:
    document = imported(
        "# Late mails\n\n- **Detected:** 2024-11-12 14:05 UTC\n"
        "- **Resolved:** 2024-11-12 16:40 UTC\n\n## Monitoring\n\nWe add an alert.\n"
    )
    assert not document.timeline
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "16:40"


def test_lines_that_begin_with_a_state_and_tell_no_time_are_no_updates() -> None:
    text = "## What we did\n\nMonitoring - we watch the queue.\nUpdate - the job retries.\n"
    document = imported(f"# Late mails of 2024-11-12\n\n{text}\n{ENTRIES}")
    assert [each.text for each in document.timeline] == ["alert", "fixed"]


def test_a_date_below_the_last_update_is_that_of_the_incident() -> None:
    updates = "Resolved · 16:40 UTC\nAll is well.\n\nUpdate · 15:30 UTC\nHalf is well.\n"
    document = imported(f"Late mails\n\n{updates}\nDate: 12 November 2024\n")
    assert [f"{each.at:%d %H:%M}" for each in document.timeline if each.at] == [
        "12 15:30",
        "12 16:40",
    ]
