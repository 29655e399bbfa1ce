"""A kept section of an import, or a paragraph of it, becomes the field, tasks or events it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem, Section
from pmtui.core.edits import sections
from pmtui.core.ids import derived_id
from pmtui.core.times import Frame
from pmtui.errors import EditError
from tests.strategies import documents

NOW = datetime(2024, 5, 22, 14, tzinfo=UTC)
FRAME = Frame(NOW, zone="UTC")
FIELDS = (
    *("summary", "impact.text", "cause_summary", "trigger", "root_cause"),
    *("detection", "resolution", "conclusion"),
)


def new_id(taken: object) -> str:
    """A fresh id, the same in every run."""
    return derived_id("fresh", taken)  # type: ignore[arg-type]


def kept(body: str, heading: str = "") -> Postmortem:
    """A document with one kept section."""
    return Postmortem(timezone="UTC", sections=(Section(id="s1", heading=heading, body=body),))


def words_of(document: Postmortem) -> list[str]:
    """Every word of the texts of a document, sorted."""
    parts = [getattr(document, name) for name in ("summary", "root_cause", "resolution")]
    parts += [document.impact.text, document.cause_summary, document.trigger, document.detection]
    parts += [document.conclusion]
    parts += [part.text for part in (*document.tasks, *document.measures, *document.timeline)]
    parts += [text for s in document.sections for text in (s.heading, s.body)]
    return sorted(" ".join(parts).replace("*", " ").split())


def test_a_section_goes_to_the_end_of_a_field_with_a_heading_that_says_something_else() -> None:
    document = kept("One.\n\nTwo.", "Leadup").revise(root_cause="Before.")
    moved = sections.to_field(document, "s1", "root_cause")
    assert moved.root_cause == "Before.\n\n**Leadup**\n\nOne.\n\nTwo."
    assert moved.sections == ()
    assert sections.to_field(kept("x", "Root cause"), "s1", "root_cause").root_cause == "x"
    assert sections.to_field(kept("x", "Impact"), "s1", "impact.text").impact.text == "x"


def test_one_paragraph_goes_and_the_others_stay() -> None:
    document = kept("One.\n\n```\na\n\nb\n```\n\nThree.")
    moved = sections.to_field(document, "s1", "resolution", 1)
    assert moved.resolution == "```\na\n\nb\n```"
    assert moved.sections[0].body == "One.\n\nThree."
    last = sections.to_field(kept("Only."), "s1", "trigger", 0)
    assert (last.trigger, last.sections) == ("Only.", ())


def test_a_section_with_a_heading_stays_when_its_last_paragraph_goes() -> None:
    moved = sections.to_field(kept("Only.", "Leadup"), "s1", "trigger", 0)
    assert [(s.heading, s.body) for s in moved.sections] == [("Leadup", "")]


def test_a_list_becomes_tasks_with_the_state_of_their_boxes() -> None:
    moved = sections.to_tasks(
        kept("- [x] Done\n- [ ] Open\n  - with details\n3. Plain"), "s1", new_id
    )
    assert [(task.text, task.state) for task in moved.tasks] == [
        ("Done", "done"),
        ("Open\n- with details", "open"),
        ("Plain", "open"),
    ]
    assert len({task.id for task in moved.tasks}) == 3


def test_paragraphs_become_measures() -> None:
    moved = sections.to_measures(kept("We train.\n\nWe audit\nagain."), "s1", new_id)
    assert [measure.text for measure in moved.measures] == ["We train.", "We audit\nagain."]


def test_a_list_becomes_events_in_their_order_with_midnight_followed() -> None:
    first = Entry(id="e1", at=datetime(2024, 5, 20, 12, tzinfo=UTC), text="First")
    document = kept("- 23:50 Down\n- Somebody called\n- 00:10: Up\n- 99:99 odd").revise(
        timeline=(first,)
    )
    moved = sections.to_entries(document, "s1", new_id, FRAME)
    day = datetime(2024, 5, 20, tzinfo=UTC)
    assert [(entry.at, entry.text) for entry in moved.timeline] == [
        (first.at, "First"),
        (day + timedelta(hours=23, minutes=50), "Down"),
        (None, "Somebody called"),
        (day + timedelta(days=1, minutes=10), "Up"),
        (None, "99:99 odd"),
    ]


@pytest.mark.parametrize(("section", "paragraph"), [("no", None), ("s1", 5), ("s1", -1)])
def test_what_is_not_there_is_refused(section: str, paragraph: int | None) -> None:
    with pytest.raises(EditError):
        sections.to_field(kept("One."), section, "summary", paragraph)


@settings(deadline=None)
@given(documents(), st.sampled_from(FIELDS), st.data())
def test_no_word_is_lost_whatever_moves_where(
    document: Postmortem, name: sections.TextField, data: st.DataObject
) -> None:
    if not document.sections:
        return
    section = data.draw(st.sampled_from(document.sections))
    count = len(sections.paragraphs(section.body))
    paragraph = data.draw(st.one_of(st.none(), st.sampled_from(range(count)))) if count else None
    said = section.heading.replace("_", " ").casefold()
    moved = sections.to_field(document, section.id, name, paragraph)
    if not any(word in said for word in ("summary", "cause", "trigger", "impact")):
        assert words_of(moved) == words_of(document)
    listed = sections.to_measures(document, section.id, new_id, paragraph)
    assert len(listed.measures) >= len(document.measures)
    assert listed.sections != document.sections or not section.body.strip()
