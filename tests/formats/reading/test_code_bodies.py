"""Timelines and lists of actions that stand within a fence of code."""

import pytest

from pmtui.formats.reading import Imported, read
from tests.formats.reading.words import missing_words

EVENTS = [("11:34", "Testing began"), ("11:42", "An alert came"), ("11:43", "Over")]


def imported(timeline: str, actions: str) -> Imported:
    """What is read of a document with these bodies, of whose words none is lost."""
    text = (
        "# Shop down on 2026-04-08\n\n## Summary\n\nIt was down.\n\n"
        f"## Timeline\n\n{timeline}\n\n## Root cause\n\nA test.\n\n## Action items\n\n{actions}\n"
    )
    found = read(text.encode(), "a.md")
    assert not missing_words(text, found.document)
    return found


@pytest.mark.parametrize(
    "body",
    [
        "```\n\nAll times are UTC.\n\n- _11:34_ - Testing began\n- _11:42_ - An alert came\n"
        "- _11:43_ - Over\n```",
        "```text\n* **11:34** Testing began\n* **11:42** An alert came\n* **11:43** Over\n```",
        "~~~\n_11:34 - Testing began_\n_11:42 - An alert came_\n_11:43 - Over_\n~~~",
        "```md\n| Time | Event |\n| --- | --- |\n| 11:34 | Testing began |\n"
        "| 11:42 | An alert came |\n| 11:43 | Over |\n```",
        "```\n11:34 Testing began\n11:42 An alert came\n11:43 Over\n```",
        "```\n- _11:34_ - Testing began\n- _11:42_ - An alert came\n```\n\n"
        "```\n- _11:43_ - Over\n```",
    ],
)
def test_a_timeline_within_code_has_its_events(body: str) -> None:
    timeline = imported(body, "- Watch it").document.timeline
    assert [(f"{each.at:%H:%M}" if each.at else "", each.text) for each in timeline] == EVENTS


def test_the_zone_within_the_code_is_that_of_its_events() -> None:
    body = "```\nAll times are UTC.\n\n- _11:34_ - Began\n- _11:42_ - Over\n```"
    assert imported(body, "- Watch it").document.timezone == "UTC"


@pytest.mark.parametrize(
    "body",
    [
        "```\n1. Keep the alerts\n1. Test with a plan\n```",
        "```\n- Keep the alerts\n- Test with a plan\n```",
        "```text\nKeep the alerts\nTest with a plan\n```",
    ],
)
def test_actions_within_code_are_read_and_reported(body: str) -> None:
    found = imported("- 11:34 Testing began", body)
    actions = [*found.document.measures, *found.document.tasks]
    assert [action.text for action in actions] == ["Keep the alerts", "Test with a plan"]
    said = [(each.line, each.text) for each in found.report.ordered()]
    assert (17, "the code here was taken for text that lists actions") in said


@pytest.mark.parametrize(
    "body",
    [
        "```bash\n- Keep the alerts\n- Test with a plan\n```",
        "```\nkubectl rollout restart\nkubectl get pods\n```",
        "```\nKeep the alerts as they are.\n```",
    ],
)
def test_other_code_below_actions_stays_code(body: str) -> None:
    document = imported("- 11:34 Testing began", body).document
    assert not document.measures
    assert not document.tasks
    assert any(body in section.body for section in document.sections)
