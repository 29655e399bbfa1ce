"""Words that are sent become what they really are: moved, never copied, none of them lost."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.core import sending
from pmtui.core.document import Entry, Factor, Lessons, Postmortem, Section, Task
from pmtui.core.fields import FIELDS, Field, Writing, fields_of
from pmtui.core.ids import derived_id
from pmtui.core.sending import BY_ID, TARGETS, Sent, targets
from pmtui.formats.markdown import render
from pmtui.formats.reading import read
from tests.strategies import documents

NOW = datetime(2024, 5, 22, 16, 20, tzinfo=UTC)
WRITING = Writing(NOW, lambda taken: derived_id("fresh", taken), me="Mia")
PANES = ("summary", "root-cause", "lessons")
PROSE = [target.id for target in TARGETS if not target.noun and target.id != "section"]
ITEMS = [target.id for target in TARGETS if target.noun]


def kept(body: str, heading: str = "", **fields: object) -> Postmortem:
    """A document with one kept section."""
    section = Section(id="s1", heading=heading, body=body)
    return Postmortem(timezone="UTC", sections=(section,)).revise(**fields)


def field_named(document: Postmortem, name: str) -> Field:
    """The field of a document with this id."""
    return next(f for pane in PANES for f in fields_of(document, pane) if f.id == name)


def sent(
    document: Postmortem,
    to: str,
    scope: sending.Scope = "all",
    at: str = "",
    field: str = "section:s1",
) -> Sent:
    """What becomes of a field when `scope` at the words `at` is sent."""
    found = field_named(document, field)
    text = found.read(document)
    start = text.index(at)
    source = sending.source(found, text, start, scope, (start, start + len(at)))
    assert source
    return sending.send(document, source, BY_ID[to], WRITING)


def test_a_section_goes_to_the_end_of_a_field_with_a_heading_that_says_something_else() -> None:
    document = kept("One.\n\nTwo.", "Leadup", root_cause="Before.\n")
    after = sent(document, "root_cause")
    assert after.document.root_cause == "Before.\n\n**Leadup**\n\nOne.\n\nTwo."
    assert (after.document.sections, after.gone) == ((), "")


@pytest.mark.parametrize(
    ("heading", "to"),
    [("Root cause", "root_cause"), ("The Trigger", "trigger"), ("Impact details", "impact.text")],
)
def test_a_heading_that_names_the_field_goes_and_is_told(heading: str, to: str) -> None:
    after = sent(kept("x", heading), to)
    assert field_named(after.document, to).read(after.document) == "x"
    assert (after.document.sections, after.gone) == ((), heading)


def test_one_paragraph_goes_and_the_others_stay() -> None:
    document = kept("One.\n\n```\na\n\nb\n```\n\nThree.", "Leadup")
    after = sent(document, "resolution", "passage", "a\n")
    assert after.document.resolution == "```\na\n\nb\n```"
    assert after.document.sections[0].body == after.text == "One.\n\nThree."
    assert after.offset == len("One.\n\n")


def test_a_section_with_parts_of_its_own_stays_when_it_is_empty() -> None:
    parts = (Section(id="s1", heading="Teams", body="x"), Section(id="s2", level=3, body="y"))
    after = sent(Postmortem(sections=parts), "measures")
    assert [s.body for s in after.document.sections] == ["", "y"]
    assert after.gone == ""


def test_a_list_becomes_tasks_as_the_task_line_reads_them() -> None:
    body = (
        "To do:\n- [x] Patch it @ana due:2024-06-12 !P1\n- [ ] Page me @me\n  - with details\n"
        "- due:someday maybe\n- @bob\n- keep \\@this and ⏎"
    )
    after = sent(kept(body, "Follow-ups"), "tasks")
    assert [(t.text, t.state, t.owner, t.due, t.priority) for t in after.document.tasks] == [
        ("Patch it", "done", "ana", date(2024, 6, 12), "P1"),
        ("Page me\n- with details", "open", "Mia", None, ""),
        ("due:someday maybe", "open", "", None, ""),
        ("@bob", "open", "", None, ""),
        ("keep \\@this and ⏎", "open", "", None, ""),
    ]
    assert (after.count, after.stayed) == (5, 1)
    assert after.document.sections[0].body == "To do:"


def test_what_is_selected_goes_with_the_words_around_a_list() -> None:
    after = sent(kept("To do:\n- a\n- b\n\nc"), "measures", "selection", "To do:\n- a")
    assert [measure.text for measure in after.document.measures] == ["To do:", "a"]
    assert after.document.sections[0].body == "- b\n\nc"


def test_paragraphs_become_items_where_there_is_no_list() -> None:
    after = sent(kept("We train.\n\nWe audit\nagain.", "Later"), "measures")
    assert [m.text for m in after.document.measures] == ["We train.", "We audit\nagain."]
    assert after.gone == "Later"


def test_lines_become_events_with_the_times_that_they_begin_with() -> None:
    first = Entry(id="e1", at=datetime(2024, 5, 20, 12, tzinfo=UTC), text="First")
    body = (
        "23:50 Down #detected @ana\nSomebody called\n**00:10**: Up\n`00:20` - *all* fine\n"
        "99:99 odd\n5m ago we saw it\nnow: it is over\n-- nobody knows"
    )
    after = sent(kept(body, timeline=(first,)), "timeline")
    assert [(f"{e.at:%d %H:%M}" if e.at else "", e.text) for e in after.document.timeline] == [
        ("20 12:00", "First"),
        ("20 23:50", "Down"),
        ("", "Somebody called"),
        ("21 00:10", "Up"),
        ("21 00:20", "*all* fine"),
        ("", "99:99 odd"),
        ("", "5m ago we saw it"),
        ("", "now: it is over"),
        ("", "nobody knows"),
    ]
    assert (after.document.timeline[1].kind, after.document.timeline[1].who) == ("detected", "ana")
    assert (after.count, after.untimed) == (8, 5)


def test_the_items_of_a_list_become_one_event_each_with_what_is_nested() -> None:
    after = sent(kept("- 14:00 Down @ana\n  - all of it\n- 14:05 Up"), "timeline")
    assert [entry.text for entry in after.document.timeline] == ["Down\n- all of it", "Up"]


def test_lessons_and_factors_take_an_item_each() -> None:
    document = kept("- a\n- b", lessons=Lessons(went_well=("x",)), factors=(Factor(id="f1"),))
    assert sent(document, "lessons.went_well").document.lessons.went_well == ("x", "a", "b")
    assert [f.text for f in sent(document, "factors").document.factors] == ["", "a", "b"]


def test_a_line_of_a_list_goes_alone_and_several_become_a_list() -> None:
    document = Postmortem(
        factors=(Factor(id="f1", text="Slow\nalert"), Factor(id="f2", text="No runbook"))
    )
    one = sent(document, "root_cause", "passage", "Slow", field="factors").document
    assert (one.root_cause, [f.text for f in one.factors]) == ("Slow\nalert", ["No runbook"])
    both = sent(document, "root_cause", "all", field="factors").document
    assert (both.root_cause, both.factors) == ("- Slow\n  alert\n- No runbook", ())
    tasks = sent(document, "tasks", "all", field="factors").document.tasks
    assert [task.text for task in tasks] == ["Slow\nalert", "No runbook"]


def test_a_paragraph_becomes_a_section_of_its_own_after_those_of_its_place() -> None:
    document = kept("x", root_cause="Why.\n\n**Leadup**").revise(
        sections=(
            Section(id="s0", after="timeline"),
            Section(id="s1", after="root-cause"),
            Section(id="s2", after="lessons"),
        )
    )
    after = sent(document, "section", "passage", "Why", field="root_cause").document
    assert [(s.after, s.body) for s in after.sections][2] == ("root-cause", "Why.")
    headed = sent(document, "section", "selection", "**Leadup**", field="root_cause").document
    assert [s.heading for s in headed.sections if s.heading] == ["Leadup"]


def test_a_section_there_and_back_is_the_same() -> None:
    document = kept("One.\n\nTwo.", "Leadup")
    there = sent(document, "root_cause").document
    back = sent(there, "section", "all", field="root_cause").document
    assert [(s.heading, s.body) for s in back.sections] == [("Leadup", "One.\n\nTwo.")]
    assert back.root_cause == ""


def test_nothing_is_sent_to_where_it_stands() -> None:
    document = kept("One.\n\nTwo.", root_cause="Why")
    field = field_named(document, "root_cause")
    source = sending.source(field, "Why", 0, "passage")
    assert source
    assert "root_cause" not in [target.id for target in targets(source)]
    whole = sending.source(field_named(document, "section:s1"), "One.", 0, "passage")
    assert whole
    assert "section" not in [target.id for target in targets(whole)]


def test_there_is_nothing_to_send_where_there_are_no_words() -> None:
    field = field_named(kept(""), "section:s1")
    for scope in ("selection", "passage", "all"):
        assert sending.source(field, " \n", 1, scope, (0, 2)) is None


def test_the_letters_are_those_of_the_go_to_menu_and_differ() -> None:
    letters = {field.id: field.letter for field in FIELDS}
    assert len({target.letter for target in TARGETS}) == len(TARGETS)
    assert all(letters.get(target.id, target.letter) == target.letter for target in TARGETS)


# -- laws ------------------------------------------------------------------------------------------

_WORDS = "database server was down alert rolled config again Ana called nobody knew".split()
_MARKS = (
    "",
    "",
    "- ",
    "* ",
    "1. ",
    "  - ",
    "- [x] ",
    "- [ ] ",
    "> ",
    "### ",
    "14:05 ",
    "**14:30** ",
)
_TAGS = ("", "", "", " @ana", " #action", " !P1", " due:2024-06-01", " https://e.org/x", " OPS-12")
_MARKDOWN_LINE = st.builds(
    lambda mark, words, tag: mark + " ".join(words) + tag,
    st.sampled_from(_MARKS),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4),
    st.sampled_from(_TAGS),
)
_MARKDOWN = st.lists(st.one_of(st.just(""), st.just("```"), _MARKDOWN_LINE), max_size=12).map(
    "\n".join
)


_UNTOLD = {"id", "after", "unknown", "kind", "state", "status", "priority"}


def told(value: object) -> str:
    """All texts of a document or a part of it."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(told(part) for name, part in value.items() if name not in _UNTOLD)
    return " ".join(map(told, value)) if isinstance(value, list | tuple) else ""


def words(document: Postmortem, gone: str = "", among: str = r"\w+") -> Counter[str]:
    """The words of all texts of a document, and of a heading that went."""
    return Counter(re.findall(among, f"{told(document.as_dict())} {gone}"))


def chosen(data: st.DataObject, document: Postmortem) -> sending.Source | None:
    """Any stretch of any text of the document."""
    fields = [f for pane in PANES for f in fields_of(document, pane) if f.prose]
    field = data.draw(st.sampled_from(fields[::-1]), "field")
    text = field.read(document)
    cuts = st.integers(0, len(text))
    scope: sending.Scope = data.draw(st.sampled_from(("passage", "all", "selection")), "scope")
    one, two = data.draw(cuts, "one"), data.draw(cuts, "two")
    return sending.source(field, text, one, scope, (one, two))


@settings(deadline=None)
@given(documents(), st.sampled_from([*PROSE, "section"]), st.data())
def test_no_word_is_lost_in_any_text(document: Postmortem, to: str, data: st.DataObject) -> None:
    source = chosen(data, document)
    if source and BY_ID[to] in targets(source):
        after = sending.send(document, source, BY_ID[to], WRITING)
        assert words(after.document, after.gone) == words(document)


@settings(deadline=None)
@given(_MARKDOWN, st.sampled_from(["Leadup", "Root cause", ""]), st.data())
def test_no_word_is_lost_where_text_becomes_items(
    body: str, heading: str, data: st.DataObject
) -> None:
    document = kept(body, heading, summary=body)
    source = chosen(data, document)
    to = data.draw(st.sampled_from(ITEMS), "to")
    if source and BY_ID[to] in targets(source):
        after = sending.send(document, source, BY_ID[to], WRITING)
        spoken = "|".join({*_WORDS, "Leadup", "Root", "cause", "ana", "OPS", "org"})
        before = words(document, among=spoken)
        assert words(after.document, after.gone, spoken) == before
        assert len({entry.id for entry in after.document.timeline}) == len(after.document.timeline)
        dues = [task.due for task in after.document.tasks if task.due]
        assert told(document.as_dict()).count("due:") == len(dues) + told(
            after.document.as_dict()
        ).count("due:")


_PLAIN = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)
_PLAIN_TEXT = st.lists(
    st.one_of(_PLAIN, st.lists(_PLAIN.map("- {}".format), min_size=2, max_size=3).map("\n".join)),
    min_size=1,
    max_size=3,
).map("\n\n".join)


@settings(deadline=None)
@given(_PLAIN_TEXT, _PLAIN_TEXT, st.data())
def test_what_was_sent_is_exported_and_read_back_the_same(
    body: str, cause: str, data: st.DataObject
) -> None:
    document = kept(body, "Leadup", title="x", root_cause=cause)
    field = field_named(document, data.draw(st.sampled_from(("section:s1", "root_cause"))))
    scope: sending.Scope = data.draw(st.sampled_from(("passage", "all")))
    text = field.read(document)
    source = sending.source(field, text, data.draw(st.integers(0, len(text))), scope)
    assert source
    to = data.draw(st.sampled_from(targets(source)))
    markdown = render(sending.send(document, source, to, WRITING).document)
    assert render(read(markdown.encode(), "house.md").document) == markdown


def test_tasks_keep_the_state_of_their_boxes() -> None:
    assert sent(kept("- [X] a\n- b"), "tasks").document.tasks == (
        Task(id=derived_id("fresh", set()), text="a", state="done"),
        Task(id=derived_id("fresh", {derived_id("fresh", set())}), text="b"),
    )
