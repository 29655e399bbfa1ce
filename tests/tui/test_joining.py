"""A pasted postmortem is read into the document if the person wants that, who is asked once."""

import pytest

from pmtui.core.document import Entry, Postmortem
from tests.tui.world import INCIDENT, NARROW, WIDE, at, editing, typed

START = Postmortem(title="Mine", timezone="UTC")
PASTED = """\
# Checkout outage, 22 May 2024

## Summary

Nobody could pay.

## Timeline (UTC)

- 14:00 Alert fired
- 14:30 Rolled back
- 15:00 All is well again, resolved

## Root cause

A pool that was too small.

## Action items

- [ ] Raise the pool size

## Poem

Roses are red.
"""
QUESTION = "A whole postmortem was pasted, 13 lines"


@pytest.mark.parametrize(
    ("keys", "size"),
    [(("ctrl+t",), NARROW), (("f3",), WIDE), (("ctrl+o",), WIDE), (("f2",), NARROW)],
)
async def test_it_is_read_where_it_is_wanted_as_one_step(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with editing(START, size=size) as desk:
        await desk.press(*keys)
        await desk.paste(PASTED)
        assert desk.document == START
        assert QUESTION in desk.screen
        await desk.press("r")
        document = desk.document
        assert (document.title, document.root_cause) == ("Mine", "A pool that was too small.")
        assert [(e.at, e.text) for e in document.timeline] == [
            (at("14:00"), "Alert fired"),
            (at("14:30"), "Rolled back"),
            (at("15:00"), "All is well again, resolved"),
        ]
        assert [task.text for task in document.tasks] == ["Raise the pool size"]
        assert "Told otherwise" in [section.heading for section in document.sections]
        assert desk.status.startswith("Read 3 events, a task, ")
        assert "F5 i shows" in desk.status
        await desk.press("ctrl+z")
        assert desk.document == START
        assert desk.status == "Undid: read a pasted postmortem"
        await desk.press("f5", "i")
        assert "Assumed, or contradictory" in desk.screen


async def test_it_is_text_if_the_person_says_so_and_that_is_asked_once() -> None:
    async with editing(START) as desk:
        long = PASTED + "".join(f"- 15:{n:02} event {n}\n" for n in range(20))
        await desk.press("ctrl+t")
        await desk.paste(long)
        await desk.press("t")
        assert "were pasted" not in desk.screen
        assert len(desk.document.timeline) == len([line for line in long.split("\n") if line])
        await desk.press("ctrl+z")
        assert desk.document == START


async def test_it_goes_on_one_line_of_a_field_if_the_person_says_so() -> None:
    async with editing(Postmortem(timezone="UTC")) as desk:
        await desk.paste(PASTED)
        await desk.press("t")
        assert desk.document.title == " ".join(PASTED.split())


@pytest.mark.parametrize("key", ["c", "escape"])
async def test_neither_leaves_everything_as_it_was(key: str) -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+t", typed("half"))
        await desk.paste(PASTED)
        await desk.press(key)
        assert desk.document == START
        assert desk.editor.lined("timeline").line.text == "half"


async def test_prose_takes_it_as_it_is_without_a_question() -> None:
    async with editing(START) as desk:
        await desk.press("ctrl+r")
        await desk.paste(PASTED)
        assert desk.document.root_cause == PASTED


async def test_it_joins_what_was_typed_before_the_answer() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t")
        await desk.paste(PASTED)
        await desk.press("r")
        texts = [entry.text for entry in desk.document.timeline]
        assert texts == [
            *("Alert fired", "Alert fired", "Rolled back", "Customers write in"),
            *("Rolled back", "All is well again, resolved", "All is well"),
        ]
        assert desk.document.timeline[0] == INCIDENT.timeline[0]
        assert isinstance(desk.document.timeline[1], Entry)
