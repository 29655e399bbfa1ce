"""What is taken for an action, and what only announces, explains or follows upon some."""

import pytest

from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


def actions(text: str) -> list[str]:
    document = read(text.encode(), "a.md").document
    assert not missing_words(text, document)
    return [each.text for each in (*document.measures, *document.tasks)]


@pytest.mark.parametrize(
    "measures",
    [
        "## Measures\n\nThis is what we want:\n\n- **Tasks:**\n  - Watch the disk\n",
        "## Lessons learned\n\nIt was an odd day. To prevent another one we:\n\n- Watch the disk\n",
    ],
)
def test_what_announces_actions_is_none(measures: str) -> None:
    text = f"# Shop outage\n\n## Timeline\n\n- 10:00 Alert\n\n{measures}"
    assert actions(text) == ["Watch the disk"]


@pytest.mark.parametrize(
    ("measures", "wanted"),
    [
        (
            "Corrective Measures\n\nTasks:\n\n    Watch the disk.\n    Buy another.\n\n"
            "It was a hard day, and we have learned from it.\n",
            ["Watch the disk.", "Buy another."],
        ),
        (
            "## Corrective Measures\n\n* **Watch it:** Add this to the script:\n  * `-e` ends it\n"
            "* **Buy it:** Another disk.\n",
            ["Watch it: Add this to the script:\n- `-e` ends it", "Buy it: Another disk."],
        ),
    ],
)
def test_actions_are(measures: str, wanted: list[str]) -> None:
    text = f"Shop outage\n\nTimeline\n\n10:00 Alert\n\n10:40 Up\n\n{measures}"
    assert actions(text) == wanted
