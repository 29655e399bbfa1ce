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


STORIES = (
    "The provider reached out to us on Tuesday evening and told us what had happened: a rule that "
    "looks for abuse took our traffic for an attack. They have assured us that it is corrected.",
    "This experience has shown that to build on open standards was the right decision for us. It "
    "took less than an hour to move the whole of the service to another provider that night.",
)
TO_DO = (
    "We will keep a second provider at hand, and move to it as soon as the first one is down. That "
    "move is to be practised in each quarter, at night too, by those who are on call then.",
    "The import of tables will refuse empty ones. Support gets a dashboard with the number of the "
    "invoices that lack a tax, so that nobody has to wait for a customer who complains about it.",
)


@pytest.mark.parametrize("heading", ["What's next?", "Next steps", "Looking ahead"])
def test_prose_about_the_future_is_an_action_only_where_it_names_one(heading: str) -> None:
    told = "\n\n".join((STORIES[0], TO_DO[0], STORIES[1], TO_DO[1]))
    document = read(f"# Shop down\n\n## {heading}\n\n{told}\n".encode(), "a.md").document
    assert [each.text for each in (*document.measures, *document.tasks)] == list(TO_DO)
    kept = next(section for section in document.sections if section.heading == heading)
    assert kept.body.split("\n\n") == list(STORIES)


def test_prose_about_the_future_that_names_no_action_is_a_section() -> None:
    told = "\n\n".join(STORIES)
    document = read(f"# Shop down\n\n## What's next?\n\n{told}\n".encode(), "a.md").document
    assert not (*document.measures, *document.tasks)
    assert [(each.heading, each.body) for each in document.sections] == [("What's next?", told)]
