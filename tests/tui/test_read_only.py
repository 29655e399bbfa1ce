"""A document that is read-only says so instead of offering what cannot be done."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.tui.widgets.bars import KeyBar
from tests.tui.cases import Keys
from tests.tui.world import NARROW, WIDE, Desk, editing, typed

NEWER = b"""schema = 99
title = "From the future"
summary = "words"

[[timeline]]
id = "e1"
at = 2024-05-22T14:00:00Z
text = "Pager rang"

[[timeline]]
id = "e2"
at = 2024-05-22T14:05:00Z
text = "Rolled back"
"""
REASON = "Read-only: it was written by a newer version of pmtui."


def offered(desk: Desk) -> set[str]:
    """The commands in the key bar that are not muted."""
    return {command.id for command, yes in desk.editor.query_one(KeyBar)._offered if yes}


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_nothing_invites_to_type(size: tuple[int, int]) -> None:
    async with editing(Postmortem(), content=NEWER, size=size) as desk:
        for pane in ("f3", "f2", "ctrl+o", "ctrl+r", "ctrl+l"):
            await desk.press(pane)
            for invitation in ("›", "Type", "^t adds", "(What", "(Why", "One a line"):
                assert invitation not in desk.screen


REFUSED: tuple[Keys, ...] = (
    ("ctrl+o", "x"),
    ("ctrl+r", "backspace"),
    ("f3", "ctrl+t"),
    ("ctrl+n",),
    *((key,) for key in "aetmdx"),
    ("ctrl+s",),
    ("ctrl+z",),
    ("ctrl+o", "f4"),
)


async def test_what_would_change_the_document_says_why_it_cannot() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        before = desk.document
        for keys in REFUSED:
            desk.editor.say("")
            await desk.press(*keys)
            assert desk.status == REASON
            assert desk.document is before


async def test_a_paste_says_so_too() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        await desk.press("ctrl+o")
        await desk.paste("x")
        assert desk.status == REASON


async def test_the_key_bar_mutes_what_cannot_be_done() -> None:
    async with editing(Postmortem(), content=NEWER, size=(200, 50)) as desk:
        assert offered(desk) >= {"timeline.select", "timeline.filter", "timeline.sort", "goto"}
        assert not offered(desk) & {"timeline.add", "timeline.edit", "entry", "task", "save"}


async def test_the_timeline_can_be_filtered_all_the_same() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        await desk.press("slash", typed("rolled"), "enter")
        assert "Pager" not in desk.screen
        await desk.press("escape")
        assert "Pager" in desk.screen
        assert "│ /" not in desk.screen


async def test_tab_and_arrows_go_from_pane_to_pane() -> None:
    async with editing(Postmortem(), content=NEWER) as desk:
        seen = []
        for _ in range(3):
            await desk.press("tab")
            seen.append(desk.focus.split("/")[0])
        assert seen == ["tasks", "summary", "summary"]
        await desk.press("f3", "down", "down")
        assert desk.focus == "timeline"
