"""Pictures of every screen, empty state and error state, at three sizes; each was looked at."""

import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pmtui.core.document import Postmortem
from pmtui.errors import StorageError
from pmtui.formats import toml
from pmtui.storage.keeper import Keeper
from pmtui.tui.app import PmtuiApp
from pmtui.tui.screens.library import LibraryScreen
from tests.long_run import besides
from tests.tui.cases import Keys
from tests.tui.world import INCIDENT, NARROW, SETTINGS, WIDE, Desk, session_of, typed

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "001.toml"
HUGE = (200, 50)
SIZES = {"80x24": NARROW, "120x36": WIDE, "200x50": HUGE}
BY_SIZE = ["80x24", *besides("120x36", "200x50")]
NEWER = b'schema = 99\ntitle = "Written by a later version"\n'
MARKED = b"""schema = 1
<<<<<<< HEAD
title = "Checkout is down"
root_cause = "The disk was full of logs, and nobody looked at the alert for an hour."
||||||| base
title = "Checkout"
root_cause = "The disk was full, and nobody looked."
=======
title = "Payments fail"
root_cause = "The disk was full of core dumps, and nobody looked."
>>>>>>> feature/root-cause
timezone = "UTC"

[[timeline]]
id = "e1"
at = 2024-05-22T14:00:00Z
text = "Alert fired"
"""
EMPTY = Postmortem(timezone="UTC")


@dataclass(frozen=True)
class Picture:
    """What to press before the picture is taken: in a document, or in the sample for None."""

    keys: Keys = ()
    document: Postmortem | None = None
    content: bytes | None = None
    theme: str = "dark"


PICTURES = {
    "empty": Picture(document=EMPTY),
    "sample": Picture(),
    "sample-summary": Picture(("ctrl+o",)),
    "sample-root-cause": Picture(("ctrl+r",)),
    "sample-lessons": Picture(("ctrl+l",)),
    "sample-tasks": Picture(("f2",)),
    "sample-light": Picture(theme="light"),
    "incident": Picture(document=INCIDENT),
    "incident-selected": Picture(("space", "space"), document=INCIDENT),
    "entry-line": Picture(
        ("ctrl+t", typed("14:50 logs show a mistake #finding @ana ")), document=INCIDENT
    ),
    "entry-line-completes": Picture(("ctrl+t", typed("14:50 #d")), document=INCIDENT),
    "entry-line-refused": Picture(("ctrl+t", typed("25:00 logs"), "enter")),
    "edit-in-place": Picture(("down", "down", "e")),
    "re-time": Picture(("down", "down", "t")),
    "conflict": Picture(("ctrl+b",), content=MARKED),
    "conflict-chosen": Picture(("ctrl+b", "t"), content=MARKED),
    "conflict-light": Picture(("ctrl+b",), content=MARKED, theme="light"),
    "conflict-by-hand": Picture(("ctrl+b", "n", "e"), content=MARKED),
    "markers": Picture(content=MARKED),
    "goto-menu": Picture(("ctrl+g",)),
    "kind-menu": Picture(("m",)),
    "zone-question": Picture(("ctrl+g", "z", "ctrl+end", *["backspace"] * 3, typed("CET"), "tab")),
    "field-refused": Picture(
        ("ctrl+g", "d", "ctrl+end", *["backspace"] * 20, typed("someday"), "tab")
    ),
    "filter": Picture(("ctrl+f", typed("database"))),
    "filter-without-match": Picture(("ctrl+f", typed("zebra"), "enter")),
    "sorted": Picture(("s", "s", "s"), document=INCIDENT),
    "undone": Picture(("d", "ctrl+z")),
    "preview": Picture(("f6",)),
    "export": Picture(("shift+f8",)),
    "export-light": Picture(("shift+f8",), theme="light"),
    "help": Picture(("f1",)),
    "help-light": Picture(("f1",), theme="light"),
    "palette": Picture(("ctrl+p",)),
    "read-only": Picture(content=NEWER),
}

OF_THEIR_OWN = ("sample", "incident", "entry-line", "conflict", "preview", "export")
"""Pictures that are laid out otherwise where there is room. The others show a line, a list or a
colour on one of these; right at 80x24, which has the least room, they are so on larger ones."""


def sized() -> Iterator[Any]:
    """Every picture at every size; what only has more room in the long run alone."""
    for name, size in product(PICTURES, SIZES):
        whole = name in OF_THEIR_OWN and SIZES[size] != HUGE
        marks = [] if whole or SIZES[size] == NARROW else [pytest.mark.long]
        yield pytest.param(name, size, id=f"{name}-{size}", marks=marks)


Compare = Callable[..., bool]


def steps(keys: Keys, folder: Path) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Presses the keys, and hides what differs from run to run."""

    async def before(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        desk = Desk(app, pilot, getattr(app.screen, "session", None))  # type: ignore[arg-type]
        await desk.rest()
        await desk.press(*keys)
        for line in app.screen.query(Input):  # the one of the palette
            line.cursor_blink = False
        await pilot.pause()

    return before


@pytest.mark.parametrize(("name", "size"), sized())
def test_the_editor_looks_as_it_was_accepted(
    name: str, size: str, snap_compare: Compare, tmp_path: Path
) -> None:
    picture = PICTURES[name]
    settings = replace(SETTINGS, theme=picture.theme)
    document = picture.document or toml.read(SAMPLE.read_bytes(), str(SAMPLE))
    session = session_of(
        document, tmp_path, name="checkout-db.toml", settings=settings, content=picture.content
    )
    assert snap_compare(
        PmtuiApp(session, settings),
        terminal_size=SIZES[size],
        run_before=steps(picture.keys, tmp_path),
    )


@pytest.mark.parametrize("size", BY_SIZE)
def test_a_document_that_cannot_be_saved(
    size: str, snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(keeper: Keeper, document: Postmortem) -> bool:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Keeper, "save", save)
    monkeypatch.setattr(Keeper, "keep_copy", lambda *_: Path("/home/ana/recovery/checkout.toml"))
    session = session_of(INCIDENT, tmp_path, name="checkout-db.toml")
    assert snap_compare(
        PmtuiApp(session, SETTINGS),
        terminal_size=SIZES[size],
        run_before=steps(("d", "ctrl+s"), tmp_path),
    )


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("state", ["some", "none"])
def test_the_library(
    state: str, size: str, snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if state == "some":
        for path in sorted(SAMPLE.parent.glob("*.toml")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        (tmp_path / "broken.toml").write_bytes(b'schema = 1\ntitle = "x\n')
        (tmp_path / "newer.toml").write_bytes(NEWER)
        for name, day in (("broken.toml", 1), ("newer.toml", 2)):
            written = datetime(2024, 6, day, tzinfo=UTC).timestamp()
            os.utime(tmp_path / name, (written, written))
    monkeypatch.setattr(Path, "resolve", lambda *_, **__: Path("/home/ana/postmortems"))
    screen = LibraryScreen(Path(), lambda path: session_of(INCIDENT, tmp_path))
    assert snap_compare(
        PmtuiApp(screen, SETTINGS), terminal_size=SIZES[size], run_before=steps((), tmp_path)
    )
