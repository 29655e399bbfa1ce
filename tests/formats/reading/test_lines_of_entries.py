"""Lines without a time in a timeline: what goes on with an entry, names a group, or is a label."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words

HEAD = "# Shop down\n\n**Date:** 2024-01-19\n\n## Timeline\n\n"


def document_of(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode()).document
    assert not missing_words(text, document)
    return document


def entries(document: Postmortem) -> list[tuple[str, str]]:
    return [(f"{each.at:%m-%d %H:%M}" if each.at else "", each.text) for each in document.timeline]


OF_PARAGRAPHS = [
    "15:00 Alerts\n{more}\n\n15:15 Look at logs\n\n16:00 Restart\n",
    "**15:00: Alerts**\n{more}\n\n**15:15: Look at logs**\n\n**16:00: Restart**\n",
    "15.00 Alerts\n{more}\n\n15.15 Look at logs\n\n16.00 Restart\n",
]


@pytest.mark.parametrize("text", OF_PARAGRAPHS)
@pytest.mark.parametrize(
    "more", ["The stock is gone.", "AC did it?\nJP yes", "Web: Home\nWeb: Cart"]
)
def test_the_lines_of_a_paragraph_belong_to_its_entry(text: str, more: str) -> None:
    first, *others = entries(document_of(HEAD + text.format(more=more)))
    assert first == ("01-19 15:00", f"Alerts\n{more}")
    assert others == [("01-19 15:15", "Look at logs"), ("01-19 16:00", "Restart")]


def test_the_line_below_the_last_paragraph_belongs_to_it_as_well() -> None:
    text = "15:00 Alerts\nThe stock is gone.\n\n16:00 Restart\nAll was well.\n\nThis was long.\n"
    assert entries(document_of(HEAD + text))[-1] == ("01-19 16:00", "Restart\nAll was well.")


def test_a_line_among_lines_is_an_entry_of_its_own() -> None:
    text = "15:00 Alerts\nWe look at logs\n15:15 Restart\n16:00 All is well\n"
    assert [said for _, said in entries(document_of(HEAD + text))] == [
        *("Alerts", "We look at logs", "Restart", "All is well"),
    ]


def test_lines_that_name_groups_of_entries_are_kept_and_none() -> None:
    text = (
        "Detection:\n\n15:00 Alerts\nInvestigation:\n\n15:15 Look at logs\n15:30 Look at disks\n"
        "Escalation:\n\n16:00 Restart\n"
    )
    document = document_of(HEAD + text)
    assert [said for _, said in entries(document)] == [
        *("Alerts", "Look at logs", "Look at disks", "Restart"),
    ]
    assert "Investigation:" in str(document.sections)
    assert "Escalation:" in str(document.sections)


def test_times_with_a_full_stop_are_read_beside_one_with_a_colon() -> None:
    text = "11.07: Upgrade\n\n13.04: It failed\n\n15:23: Lost\n\n17.13: Made anew\n"
    assert [at for at, _ in entries(document_of(HEAD + text))] == [
        *("01-19 11:07", "01-19 13:04", "01-19 15:23", "01-19 17:13"),
    ]


def test_numbers_beside_times_are_none() -> None:
    text = "- 15:00 Alerts\n- 15:10 Restart\n- 15:20 Calm\n- 1500 orders lost\n- 12.50 EUR each\n"
    assert [at for at, _ in entries(document_of(HEAD + text))] == [
        *("01-19 15:00", "01-19 15:10", "01-19 15:20", "", ""),
    ]


def test_labels_with_words_or_a_list_below_are_entries() -> None:
    text = (
        "🔍 *Detection Time:* It began at 6:00 pm.\n\n🚨 *Method:* An alert.\n\n"
        "🕵️ *Actions Taken:*\n  - We looked.\n  - We asked.\n\n🎉 *Resolution Time:* It was over at "
        "8:45 pm.\n\n---\n"
    )
    assert entries(document_of(HEAD + text)) == [
        ("01-19 18:00", "🔍 Detection Time: It began at 6:00 pm."),
        ("", "🚨 Method: An alert."),
        ("", "🕵️ Actions Taken:\n- We looked.\n- We asked."),
        ("01-19 20:45", "🎉 Resolution Time: It was over at 8:45 pm."),
    ]


def test_a_label_below_a_table_of_entries_is_none() -> None:
    table = "| Time | Event |\n|--|--|\n| 15:00 | Alerts |\n| 15:10 | Calm |\n"
    text = f"{table}\n**Time to Fix:** 10 min\n"
    document = document_of(HEAD + text)
    assert [said for _, said in entries(document)] == ["Alerts", "Calm"]
    assert "10 min" in str(document)


def test_labels_of_moments_are_entries_with_their_times() -> None:
    text = "Detection Time: 18:00, it began\nMethod: an alert\nResolved: 20:45 by Bo\n"
    assert [at for at, _ in entries(document_of(HEAD + text))] == ["01-19 18:00", "", "01-19 20:45"]


LAST = {
    "Service restored after rebooting the router": True,
    "Full service restored via a rollback.": True,
    "Service restored with errors": False,
    "Service restored by 17:00 for some": False,
}


@pytest.mark.parametrize(("said", "ends"), LAST.items(), ids=LAST)
def test_the_last_entry_states_the_end_also_with_how_it_came(said: str, *, ends: bool) -> None:
    text = f"- 15:00 The outage began\n- 15:10 We look\n- 16:00 {said}\n"
    resolved = document_of(HEAD + text).times.resolved
    assert (resolved is not None and f"{resolved:%H:%M}" == "16:00") is ends
