"""A postmortem below the headings of an assignment, and under headings of fancy."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words

SAGA = (
    "### 🚀 Outage Postmortem: When the Balancer Went Rogue\n\n#### The Epic Saga\n\n"
    "**Duration:** March 15, 2024, 10:00 AM UTC to March 16, 2024, 2:00 AM UTC\n\n"
    "**Impact:** Picture this: no sales.\n\n**Root Cause:** Brace yourselves: a balancer.\n\n"
    "#### The Odyssey of Discovery\n\n- **10:00 AM UTC:** The journey begins.\n"
    "- **10:15 AM UTC:** The cavalry is summoned.\n- **2:00 PM UTC:** Eureka!\n\n"
    "#### The Road to Redemption\n\n- **Root Cause:** A wrong weight.\n"
    "- **Resolution:** The weight was set right.\n\n#### Lessons Learned and Future\n\n"
    "- **Improvements/Fixes:**\n  - Add checks.\n- **Tasks to Address the Issue:**\n"
    "  - Add audits.\n\n### Conclusion: The Hero's Journey\n\nAll is well.\n"
)
FRAMES = [
    "# 0x19. Postmortem\n+ DevOps\n\n## Tasks\n<img src='a.png'/>\n\n",
    "# 0x19\n\n## Tasks\n\n",
]


def document_of(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode()).document
    assert not missing_words(text, document)
    return document


@pytest.mark.parametrize("frame", ["# Shop\n\n", *FRAMES])
def test_a_story_under_headings_of_fancy_is_read(frame: str) -> None:
    document = document_of(frame + SAGA)
    assert [(f"{each.at:%H:%M}", each.text) for each in document.timeline if each.at] == [
        ("10:00", "The journey begins."),
        ("10:15", "The cavalry is summoned."),
        ("14:00", "Eureka!"),
    ]
    assert "A wrong weight." in document.root_cause + document.cause_summary
    assert document.resolution == "The weight was set right."
    assert "no sales" in document.impact.text
    assert [each.text for each in (*document.measures, *document.tasks)] == [
        *("Add checks.", "Add audits."),
    ]


def test_tasks_in_groups_are_tasks() -> None:
    text = (
        "# Shop down\n\n## Timeline\n\n- 10:00 a\n- 10:10 b\n\n## Tasks\n\n### Now\n\n"
        "- Add disks\n\n### In a month\n\n- Add alerts\n"
    )
    assert [each.text for each in document_of(text).tasks] == ["Add disks", "Add alerts"]


WINDOWS = [
    ("- Start time: 10:30am CAT\n- End time: 10:40am CAT\n", True),
    ("Start: 10:30\n\nEnd: 10:40\n", True),
    ("- Start: soon\n- End: late\n", False),
]


@pytest.mark.parametrize(("lines", "stated"), WINDOWS)
def test_a_window_with_labels_is_read_in_a_section_of_any_name(lines: str, *, stated: bool) -> None:
    text = (
        f"# Shop down\n\n## Postmortem\n\n**Issue Summary: too many users at once.**\n\n{lines}\n"
        "## Timeline\n\n- It was detected at 10:31\n- We asked\n- We added routers\n\n"
        "## Root Cause and Resolution\n\nA router was full. We added more.\n"
    )
    times = document_of(text).times
    found = [f"{each:%H:%M}" for each in (times.started, times.resolved) if each]
    assert found == (["10:30", "10:40"] if stated else [])
