"""Points below things to do, short fixes within the resolution, and problems beside measures."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


def document_of(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode()).document
    assert not missing_words(text, document)
    return document


def actions(document: Postmortem) -> list[str]:
    return [each.text for each in (*document.measures, *document.tasks)]


HEAD = "# Shop down\n\n"


@pytest.mark.parametrize("title", ["**A-1:** Review all forms", "Add tests covering:", "**Lint**"])
def test_a_box_with_points_is_one_thing_to_do(title: str) -> None:
    text = f"{HEAD}## Action Items\n\n- [ ] {title}\n  - carts\n  - stock\n- [x] Restart\n"
    document = document_of(text)
    assert [each.state for each in document.tasks] == ["open", "done"]
    assert document.tasks[0].text.endswith("\n- carts\n- stock")


def test_boxes_below_a_box_are_things_to_do() -> None:
    text = f"{HEAD}## Action Items\n\n- [ ] Tests:\n  - [x] carts\n  - [ ] stock\n"
    assert [(each.text, each.state) for each in document_of(text).tasks] == [
        *(("carts", "done"), ("stock", "open")),
    ]


@pytest.mark.parametrize("name", ["Immediate Fix", "Immediate fixes", "Short-term fix"])
def test_a_short_fix_within_the_resolution_is_no_measure(name: str) -> None:
    text = (
        f"{HEAD}## Timeline\n\n- 10:00 a\n- 10:10 b\n\n## Resolution\n\n### {name}\n\n"
        "- Restarted the shop\n- Cleared the logs\n\n## Action Items\n\n- Add alerts\n"
    )
    document = document_of(text)
    assert "Restarted the shop" in document.resolution
    assert actions(document) == ["Add alerts"]


@pytest.mark.parametrize(
    "name",
    ["Future Work", "Measures against such problem in future", "Steps taken to prevent this"],
)
def test_what_is_to_come_is_things_to_do(name: str) -> None:
    text = (
        f"{HEAD}## Timeline\n\n- 10:00 a\n- 10:10 b\n\n## {name}\n\n1. Add alerts\n2. Add disks\n"
    )
    assert actions(document_of(text)) == ["Add alerts", "Add disks"]


def test_problems_below_things_to_do_are_none() -> None:
    text = (
        f"{HEAD}## Timeline\n\n- 10:00 a\n- 10:10 b\n\n## Future Work\n\n"
        "### Identified Problems:\n\n- No spare disk\n\n### Improvement Plan:\n\n- Add disks\n"
    )
    document = document_of(text)
    assert document.lessons.went_wrong == ("No spare disk",)
    assert actions(document) == ["Add disks"]
