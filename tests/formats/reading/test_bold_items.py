"""Postmortems whose headings are the bold items of a list."""

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from pmtui.formats.reading.report import Imported
from tests.formats.reading.words import missing_words


def imported(text: str) -> Imported:
    """What is read in `text`, of whose words none is lost."""
    found = read(text.encode(), "a.md")
    assert not missing_words(text, found.document)
    return found


def document_of(text: str) -> Postmortem:
    return imported(text).document


HEAD = """# Nodes gone

- **Key events**
  - First detected: 2024-09-20 11:24
  - Resolved: 2024-09-20 11:40

"""


def test_a_second_length_below_the_key_events_is_one_as_the_first() -> None:
    text = f"{HEAD}- **Time to repair**: 11m\n\n- **Time to resolve**: 20m\n\n- **Impact**: None.\n"
    found = imported(text)
    assert found.document.impact.duration.endswith("20m; Time to repair: 11m")
    assert found.report.headings == ["Key events", "Time to repair", "Time to resolve", "Impact"]


def test_a_bold_item_of_an_own_name_is_a_heading_beside_known_ones() -> None:
    text = (
        f"{HEAD}- **Summary**: Gone.\n\n- **Impact**: No checkouts.\n\n- **Context**: A queue ran"
        " full.\nIt was old.\n\n- **Resolution**:\n  - A larger queue\n\n"
        "- **Review actions**:\n  - Watch the queue\n"
    )
    found = imported(text)
    assert "Context" in found.report.headings
    assert [(each.heading, each.body) for each in found.document.sections][:1] == [
        ("Context", "A queue ran full. It was old.")
    ]


def test_bold_items_with_their_text_at_the_margin_are_headings() -> None:
    text = (
        f"{HEAD}- **Identified**:\n\nBy a user\n\n- **Impact**:\n\nNo staging.\n\n"
        "- **Context**:\n\nRaised it with the host at 10:29\n\nTurned the timer off at 10:42\n\n"
        "Waited until 11:02\n\n- **Resolution**:\n\n* All back up at 11:38\n\n"
        "- **Review actions**:\n\nWrite a ticket to spot this.\n"
    )
    found = imported(text)
    document = found.document
    assert document.detection == "By a user"
    assert document.impact.text == "No staging."
    assert document.resolution == "* All back up at 11:38"
    assert [task.text for task in document.tasks] == ["Write a ticket to spot this."]
    assert not document.timeline
    assert found.report.headings == [
        "Key events",
        "Identified",
        "Impact",
        "Context",
        "Resolution",
        "Review actions",
    ]


def test_a_line_that_goes_on_with_a_point_leaves_the_list_below_it_nested() -> None:
    text = (
        "# Nodes gone\n\n- **Impact**:\n  - One node less\n\n- **Context**:\n  - The first\n"
        "goes on here\n  - The second\n\n- **Summary**: Gone.\n\n- **Resolution**:\n"
        "  - A new node\n  - Larger ones\n"
    )
    assert document_of(text).resolution == "- A new node\n- Larger ones"


def test_a_sentence_that_ends_with_a_time_is_nobody_who_spoke() -> None:
    text = (
        "# Shop down\n\n## Story\n\nRaised an issue at 10:29\n\nTurned it off at 10:42\n\n"
        "All was back by 11:02\n\nWe waited.\n"
    )
    assert not any(entry.who for entry in document_of(text).timeline)
