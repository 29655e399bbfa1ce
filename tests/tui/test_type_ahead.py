"""Keys sent faster than the screen follows arrive in their order and at their place."""

from itertools import product

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.storage.journal import Journal, State
from pmtui.tui.guards import LeanScreen
from pmtui.tui.guards.keys import run_of_keys
from tests.long_run import besides
from tests.tui.cases import Case, check, names
from tests.tui.world import INCIDENT, NARROW, WIDE, at, editing, typed

EMPTY = Postmortem(title="x", timezone="UTC")

CASES = (
    Case(
        "a field by its letter and its text",
        ("ctrl+g", "r", typed("root cause text")),
        INCIDENT.revise(root_cause="root cause text"),
    ),
    Case(
        "field after field by tab",
        ("ctrl+r", typed("cause"), "tab", typed("trigger"), "tab", typed("a factor")),
        INCIDENT.revise(
            root_cause="cause",
            trigger="trigger",
            factors=({"id": "n1", "text": "a factor"},),
        ),
    ),
    Case(
        "an event and back into the text that was being typed",
        ("ctrl+r", typed("be"), "ctrl+t", typed("14:00 x"), "enter", typed("fore")),
        EMPTY.revise(timeline=(Entry(id="n1", at=at("14:00"), text="x"),), root_cause="before"),
        start=EMPTY,
        focus="root-cause/root_cause",
    ),
    Case(
        "marking, moving and deleting",
        ("m", "s", "down", "d", "f2", "space"),
        INCIDENT.revise(
            timeline=(
                INCIDENT.timeline[0].revise(kind="started"),
                *INCIDENT.timeline[2:],
            ),
            tasks=(INCIDENT.tasks[0].revise(state="done"), INCIDENT.tasks[1]),
        ),
    ),
    Case(
        "keys that move in a text, and letters between them",
        ("ctrl+r", typed("bd"), "left", "c", "home", "a", "end", "e", "left", "backspace", "x"),
        INCIDENT.revise(root_cause="abcxe"),
    ),
    Case(
        "help opened and closed at once, and typing",
        ("ctrl+r", "f1", "f1", typed("abc"), "f1", "escape", typed("d"), "f1", "q", "e"),
        INCIDENT.revise(root_cause="abcde"),
    ),
    Case(
        "correcting among letters",
        ("ctrl+r", typed("ab"), "backspace", typed("c"), "home", typed("x"), "end", typed("d")),
        INCIDENT.revise(root_cause="xacd"),
    ),
    Case(
        "the palette opened and closed, and a command chosen there",
        ("ctrl+r", "ctrl+p", "escape", typed("ab"), "ctrl+p", typed("undo"), "enter"),
        INCIDENT,
    ),
    Case(
        "typing, undo, redo",
        ("ctrl+r", typed("abc"), "ctrl+z", "ctrl+y"),
        INCIDENT.revise(root_cause="abc"),
    ),
)


RUNS = ["root cause", "rroot cause", "msjms", "/fir", "aone two"]
"""Letters that come at once, some of them commands where no field has the cursor."""

PLACES = [("ctrl+r",), ("ctrl+g",), ("ctrl+t",)]
"""The keys that lead to where they come."""


@pytest.mark.parametrize("size", [NARROW, *besides((WIDE,))], ids=["narrow", "wide"])
@pytest.mark.parametrize("case", CASES, ids=names)
async def test_keys_typed_ahead_stay_in_order(case: Case, size: tuple[int, int]) -> None:
    await check(Case(case.name, case.keys, case.after, case.start, focus=case.focus, size=size))


async def test_fifty_events_typed_ahead_are_all_there_in_order() -> None:
    texts = [f"event {number}" for number in range(50)]
    lines = "\n".join(f"14:{number:02d} {text}" for number, text in enumerate(texts))
    async with editing(EMPTY) as desk:
        await desk.press("ctrl+t", "ctrl+t")
        for line in lines.split("\n"):
            await desk.press(typed(line), "enter")
        assert [entry.text for entry in desk.document.timeline] == texts
        assert [entry.at for entry in desk.document.timeline] == [
            at(f"14:{number}") for number in range(50)
        ]


@pytest.mark.parametrize(
    ("before", "letters"),
    [
        *product([()], RUNS),
        *product(PLACES, RUNS[:1]),
        *besides(*product(PLACES, RUNS[1:])),
    ],
)
async def test_letters_that_come_at_once_do_what_they_do_one_by_one(
    before: tuple[str, ...], letters: str
) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(*before, typed(letters))
        wanted = desk.document, desk.session.drafts
    async with editing(INCIDENT) as desk:
        await desk.press(*before)
        desk.app.post_message(run_of_keys(letters))
        await desk.rest()
        assert (desk.document, desk.session.drafts) == wanted


@pytest.mark.parametrize("place", ["ctrl+r", "ctrl+t"])
async def test_letters_that_come_at_once_are_in_the_journal_before_they_are_drawn(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(place)
        done: list[str] = []
        draw, record = LeanScreen._compositor_refresh, Journal.record

        def drawn(screen: LeanScreen[None]) -> None:
            done.append("drawn")
            draw(screen)

        def recorded(journal: Journal, state: State) -> None:
            whole = [state.document.root_cause, *(draft.text for draft in state.drafts)]
            done.extend(["journal"] * any("many words" in text for text in whole))
            record(journal, state)

        monkeypatch.setattr(LeanScreen, "_compositor_refresh", drawn)
        monkeypatch.setattr(Journal, "record", recorded)
        desk.app.post_message(run_of_keys("many words " * 50))
        await desk.rest()
        assert done[0] == "journal"
        assert "drawn" in done
