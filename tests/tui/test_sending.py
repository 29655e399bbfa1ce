"""F12 sends words of a text to where they belong, as one step to undo, and says what went where."""

from dataclasses import replace

import pytest

from pmtui.core.document import Entry, Factor, Lessons, Measure, Postmortem, Section, Task
from pmtui.core.history import Place
from tests.tui.cases import Case, check, names
from tests.tui.world import INCIDENT, NARROW, at, editing, typed

LIST = "We should:\n- [x] Patch it @ana !P1\n- [ ] Page me"
START = INCIDENT.revise(
    root_cause="Why.\n\nLeadup.",
    sections=(
        Section(id="s1", heading="Thoughts", body=f"The pool was small.\n\n{LIST}\n\n15:00 Down"),
        Section(id="s2", heading="Stray", body="Last"),
    ),
)
TOP = (*["pageup"] * 4, "home")
"""Keys to the first letter of a text."""

TO_LAST = ("ctrl+l", *["tab"] * 7)
"""Keys to the last section, at its end."""


def sections(**bodies: str) -> tuple[Section, ...]:
    """The sections of the start with these bodies; those without one are gone."""
    return tuple(s.revise(body=bodies[s.id]) for s in START.sections if s.id in bodies)


CASES = (
    Case(
        "a paragraph becomes the root cause, below what is there",
        ("ctrl+r", "tab", "f12", "escape", "ctrl+l", *["tab"] * 6, *TOP, "f12", "r"),
        START.revise(
            root_cause="Why.\n\nLeadup.\n\nThe pool was small.",
            sections=sections(s1=f"{LIST}\n\n15:00 Down", s2="Last"),
        ),
        START,
        focus="lessons/section:s1",
        status="Sent the paragraph to Root cause · ctrl+z undoes it",
    ),
    Case(
        "a list becomes tasks, and its lead stays",
        ("ctrl+l", *["tab"] * 6, *TOP, "down", "down", "down", "f12", "n"),
        START.revise(
            tasks=(
                *INCIDENT.tasks,
                Task(id="n1", text="Patch it", owner="ana", priority="P1", state="done"),
                Task(id="n2", text="Page me"),
            ),
            sections=sections(s1="The pool was small.\n\nWe should:\n\n15:00 Down", s2="Last"),
        ),
        START,
        status="Sent the list to Tasks as 2 tasks · ctrl+z",
    ),
    Case(
        "a line becomes an event",
        ("ctrl+l", *["tab"] * 6, "f12", "t"),
        START.revise(
            timeline=(
                *INCIDENT.timeline[:3],
                Entry(id="n1", at=at("15:00"), text="Down"),
                INCIDENT.timeline[3],
            ),
            sections=sections(s1=f"The pool was small.\n\n{LIST}", s2="Last"),
        ),
        START,
        status="Sent the paragraph to Timeline as an event",
    ),
    Case(
        "the whole section goes with one more key, its heading as a lead",
        ("ctrl+l", *["tab"] * 6, "f12", ".", "s"),
        START.revise(
            summary=f"**Thoughts**\n\nThe pool was small.\n\n{LIST}\n\n15:00 Down",
            sections=sections(s2="Last"),
        ),
        START,
        focus="lessons/section:s2",
        status="Sent the section to Summary",
    ),
    Case(
        "a heading that goes is told",
        (*TO_LAST, "f12", "m"),
        START.revise(
            measures=(*INCIDENT.measures, Measure(id="n1", text="Last")),
            sections=START.sections[:1],
        ),
        START,
        focus="lessons/section:s1",
        status="as a measure; the heading “Stray” of the empty section is gone",
    ),
    Case(
        "what is selected goes alone, with whole words",
        (
            *("ctrl+l", *["tab"] * 6, *TOP),
            *(*["right"] * 5, "shift+right", "shift+right", "shift+right", "f12", "+"),
        ),
        START.revise(
            lessons=Lessons(went_well=("pool",)),
            sections=sections(s1=f"The was small.\n\n{LIST}\n\n15:00 Down", s2="Last"),
        ),
        START,
        status="Sent the selection to Went well as a lesson",
    ),
    Case(
        "a paragraph of a field becomes a section of its own",
        ("ctrl+r", "f12", "a"),
        START.revise(
            root_cause="Why.",
            sections=(Section(id="n1", after="root-cause", body="Leadup."), *START.sections),
        ),
        START,
        focus="root-cause/root_cause",
    ),
    Case(
        "a line of the factors becomes a measure",
        ("ctrl+r", "tab", "tab", *TOP, "f12", "m"),
        INCIDENT.revise(
            factors=(Factor(id="f2", text="b"),),
            measures=(*INCIDENT.measures, Measure(id="n1", text="a")),
        ),
        INCIDENT.revise(factors=(Factor(id="f1", text="a"), Factor(id="f2", text="b"))),
        status="Sent the line to Measures",
    ),
    Case(
        "words that were just typed go too",
        ("ctrl+r", typed("Because"), "f12", "g"),
        INCIDENT.revise(trigger="Because"),
        focus="root-cause/root_cause",
    ),
    Case("Esc sends nothing", ("ctrl+r", "f12", "escape"), START, START, hides="Send the"),
    Case("no words are nothing to send", ("ctrl+r", "f12"), status="no words here to send"),
    Case("a list has nothing to send", ("f12",), status="Only words of a longer text"),
)


@pytest.mark.parametrize("case", CASES, ids=names)
async def test_sent(case: Case) -> None:
    await check(case)


@pytest.mark.parametrize("case", CASES[:2], ids=names)
async def test_sent_on_a_narrow_terminal(case: Case) -> None:
    await check(replace(case, size=NARROW))


async def test_one_undo_takes_everything_back_and_puts_the_cursor_back() -> None:
    async with editing(START) as desk:
        there = Place("lessons", "section:s1", (3, 4))
        desk.editor.go(there)
        await desk.rest()
        for letter in "rgxsibcf+-ltnma":
            await desk.press("f12", letter)
            sent = desk.document
            assert sent != START
            await desk.press("ctrl+z")
            assert desk.document == START
            assert desk.status.startswith("Undid: send the list of “Thoughts” to ")
            assert desk.editor.place == there
        await desk.press("ctrl+y")
        assert desk.document == sent


async def test_esc_leaves_the_cursor_and_the_selection_as_they_were() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+r", "shift+left", "shift+left")
        selection = desk.editor.form("root-cause").editor.selection
        await desk.press("f12")
        assert "Send the selection “Leadup.” to" in desk.screen
        await desk.press("escape")
        assert desk.editor.form("root-cause").editor.selection == selection
        await desk.press("X")
        assert desk.document.root_cause == "Why.\n\nLeaduX"


async def test_what_will_be_sent_is_marked_in_the_text() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+r", "f12")
        assert desk.editor.form("root-cause").editor.selected_text == "Leadup."
        await desk.press(".")
        assert desk.editor.form("root-cause").editor.selected_text == START.root_cause
        assert "the paragraph instead" in desk.screen


async def test_nothing_is_sent_when_another_program_changed_the_text_meanwhile() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+r", "f12")
        changed = START.revise(root_cause="Why not.\n\nLeadup.")
        desk.session.apply(lambda _: changed, "x", Place(), Place())
        desk.editor.hand_down()
        await desk.press("g")
        assert desk.document == changed
        assert "nothing was sent" in desk.status


async def test_paragraph_after_paragraph_is_sent_without_moving_the_cursor() -> None:
    start = Postmortem(title="x", timezone="UTC", root_cause="One.\n\nTwo.\n\nThree.")
    async with editing(start) as desk:
        await desk.press("ctrl+r", *TOP, "f12", "g", "f12", "e", "f12", "x")
        document = desk.document
        assert (document.trigger, document.detection, document.resolution) == (
            *("One.", "Two."),
            "Three.",
        )
        assert document.root_cause == ""


async def test_a_read_only_document_sends_nothing() -> None:
    async with editing(START) as desk:
        desk.session.keeper.read_only = "The file may be read, not written."
        await desk.press("ctrl+r", "f12")
        assert "Read-only" in desk.status
