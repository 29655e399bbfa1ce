"""Cases for the editor as data: a document, keys, and what is then the document or the screen."""

from dataclasses import dataclass
from typing import Any

from pmtui.core.document import Postmortem
from tests.tui.world import INCIDENT, WIDE, editing

Keys = tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True)
class Case:
    """What the keys do to `start`: None for `after` says that the document stays what it was.

    `focus`, `row` and `status` are compared where they are given; `shows` is to be on the screen,
    `hides` is not.
    """

    name: str
    keys: Keys
    after: Postmortem | None = None
    start: Postmortem = INCIDENT
    command: str = ""
    focus: str = ""
    row: str = ""
    status: str = ""
    shows: str = ""
    hides: str = ""
    size: tuple[int, int] = WIDE


async def check(case: Case) -> None:
    """Play a case and compare all that it says."""
    async with editing(case.start, size=case.size) as desk:
        await desk.press(*case.keys)
        expected = case.start if case.after is None else case.after
        assert desk.document == expected
        for name in ("focus", "row"):
            if wanted := getattr(case, name):
                assert getattr(desk, name) == wanted
        assert case.status in desk.status
        if case.shows or case.hides:
            screen = desk.screen
            assert case.shows in screen
            assert not case.hides or case.hides not in screen


def names(case: Case) -> str:
    """The name that pytest shows."""
    return case.name.replace(" ", "-")


def with_entry(id: str, document: Postmortem = INCIDENT, **changes: Any) -> Postmortem:
    """The document with one entry changed, in its place."""
    return document.revise(
        timeline=tuple(
            entry.revise(**changes) if entry.id == id else entry for entry in document.timeline
        )
    )


def with_task(id: str, document: Postmortem = INCIDENT, **changes: Any) -> Postmortem:
    """The document with one task changed."""
    return document.revise(
        tasks=tuple(t.revise(**changes) if t.id == id else t for t in document.tasks)
    )


def with_timeline(*ids: str, document: Postmortem = INCIDENT) -> Postmortem:
    """The document with just these entries, in this order."""
    by_id = {entry.id: entry for entry in document.timeline}
    return document.revise(timeline=tuple(by_id[id] for id in ids))
