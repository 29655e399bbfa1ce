"""A fixed world for the editor: one clock, ids in sequence, a temporary file, no blinking cursor.

`played(document, *keys)` reads "document, keys, document"; `editing` gives the open editor itself.
"""

import asyncio
import contextlib
import itertools
import tempfile
import unicodedata
from collections.abc import AsyncIterator, Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from textual import events
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Offset
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from pmtui.core.document import Entry, Measure, Postmortem, Task
from pmtui.core.ids import NewId
from pmtui.formats import toml
from pmtui.storage.keeper import Keeper
from pmtui.storage.settings import Settings
from pmtui.tui.app import PmtuiApp
from pmtui.tui.screens.editor import EditorScreen
from pmtui.tui.session import Session
from pmtui.tui.widgets.message_bar import MessageBar

NOW = datetime(2024, 5, 22, 16, 20, tzinfo=UTC)
"""What every clock says: Wednesday, ten minutes after the last event of the incident."""

WIDE = (120, 36)
NARROW = (80, 24)
SETTINGS = Settings(theme="dark", autosave=False, timezone="UTC")


def at(text: str, day: int = 22) -> datetime:
    """A time of the incident: `14:05` on 22 May 2024, UTC."""
    hour, minute = text.split(":")
    return datetime(2024, 5, day, int(hour), int(minute), tzinfo=UTC)


INCIDENT = Postmortem(
    title="Checkout down",
    severity="SEV1",
    timezone="UTC",
    timeline=(
        Entry(id="e1", at=at("14:00"), kind="detected", text="Alert fired", who="ana"),
        Entry(id="e2", at=at("14:30"), kind="action", text="Rolled back", who="bob"),
        Entry(id="e3", at=at("14:30"), text="Customers write in"),
        Entry(id="e4", at=at("16:10"), kind="resolved", text="All is well", who="ana"),
    ),
    measures=(Measure(id="m1", text="Test restores"),),
    tasks=(
        Task(id="t1", text="Add an alert", owner="ana", priority="P1"),
        Task(id="t2", text="Write a runbook", state="done"),
    ),
)
"""A small incident with something in each list."""


def typed(text: str) -> tuple[str, ...]:
    """The keys that write `text`; a line end is Enter."""
    return tuple("enter" if letter == "\n" else letter for letter in text)


def key_event(key: str) -> events.Key:
    """The event that a terminal's driver makes of `key`: a name, or a single character."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character = unicodedata.lookup(
            _get_unicode_name_from_key(REPLACED_KEYS.get(name, name)),
        )
    except KeyError:
        character = ""
    return events.Key(name, (key if len(key) == 1 else character) or None)


def sequence() -> NewId:
    """Ids `n1`, `n2`..."""
    numbers = itertools.count(1)

    def new_id(taken: Container[str]) -> str:
        return next(name for name in map("n{}".format, numbers) if name not in taken)

    return new_id


class Drawing:
    """Lets the screen be drawn as ever, only once what was pressed has been done, or not at all.

    Which frames are drawn meanwhile depends on how busy the machine is, and drawing them is half
    of all work. What a test looks at is drawn where it looks.
    """

    def __init__(self) -> None:
        self._held = False

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Draw nothing meanwhile; what changed is drawn at the next occasion."""
        before, self._held = self._held, True
        try:
            yield
        finally:
            self._held = before

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        """Have every compositor ask whether it may draw."""
        draw = Compositor.render_update

        def draw_unless_held(*arguments: Any, **options: Any) -> RenderableType | None:
            return None if self._held else draw(*arguments, **options)

        patch.setattr(Compositor, "render_update", draw_unless_held)


drawing = Drawing()


@dataclass
class Desk:
    """The open editor, with what a person could do to it and see on it."""

    app: PmtuiApp
    pilot: Pilot[None]
    session: Session
    _handled: asyncio.Event = field(default_factory=asyncio.Event)

    async def press(self, *keys: str | tuple[str, ...]) -> None:
        """Send all keys at once, as somebody typing ahead does, and wait until all is done."""
        for key in itertools.chain.from_iterable(
            (each,) if isinstance(each, str) else each for each in keys
        ):
            event = key_event(key)
            event.set_sender(self.app)
            self.app.post_message(event)
        with drawing.held():
            await self._handled_all()
        await self._rest()

    async def paste(self, text: str) -> None:
        """Paste `text` as a terminal with bracketed paste sends it."""
        self.app.post_message(events.Paste(text))
        await self.rest()

    async def rest(self) -> None:
        """Wait until every key is handled, every worker through, and the screen drawn."""
        await self._handled_all()
        await self._rest()

    async def _handled_all(self) -> None:
        if not self.app.call_later(self._handled.set):
            return  # it has ended
        waits = [asyncio.ensure_future(event.wait()) for event in (self._handled, self._broken)]
        await asyncio.wait(waits, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        assert self._handled.is_set(), self.app.crash or "the editor hangs"
        self._handled.clear()

    async def _rest(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._come_to_rest()

    async def _come_to_rest(self) -> None:
        still = 0
        while still < _STILL and not self._has_ended:
            try:
                await self.app.workers.wait_for_complete()
            except WorkerCancelled:
                pass  # another of its group took its place, or the program ended
            except WorkerFailed:
                if not self._has_ended:  # what still runs then finds no widgets any more
                    raise
            await asyncio.sleep(_GLANCE if self._goes_on else 0)
            if self._is_busy or self._goes_on:
                still = 0
            else:
                self.app.screen._on_timer_update()
                self.app.screen._compositor_refresh()
                still += 1
        if self._has_ended:
            await self.pilot.pause()

    @property
    def _has_ended(self) -> bool:
        return bool(self.app._exit) or self._broken.is_set()

    @property
    def _is_busy(self) -> bool:
        """Whether a widget has a message, or is at one."""
        pumps = (pump for pump in (self.app, *self.app._registry) if pump.is_running)
        ready = ((pump._next_callbacks, pump._message_queue.ready_event) for pump in pumps)
        return any(calls or event.is_set() or not event._waiters for calls, event in ready)

    @property
    def _goes_on(self) -> bool:
        """Whether something takes its time: a review, a move on the screen, another size of it."""
        resizing = self.app._resize_timer is not None
        return self._is_reviewing or resizing or bool(self.app.animator._animations)

    @property
    def _is_reviewing(self) -> bool:
        editors = [s for s in self.app.screen_stack if isinstance(s, EditorScreen)]
        ended = self.app._exception or self.app._exit
        return not ended and any(s.review_pending and s.is_running for s in editors)

    @property
    def _broken(self) -> asyncio.Event:
        return self.app._exception_event

    async def click(self, text: str, times: int = 1, of: str = "") -> None:
        """Click the first letter of `text`, searched in the lines of the screen from the top.

        With `of` the search begins at the line that holds this text.
        """
        x, y = self.find(text, of)
        await self.pilot.click(offset=Offset(x, y), times=times)
        await self.rest()

    def find(self, text: str, of: str = "") -> tuple[int, int]:
        """Column and line of `text` on the screen."""
        begun = not of
        for y, line in enumerate(self.lines()):
            begun = begun or of in line
            if begun and text in line:
                return line.index(text), y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.screen}")

    @property
    def document(self) -> Postmortem:
        """The document as it is now."""
        return self.session.document

    @property
    def editor(self) -> EditorScreen:
        """The editor screen, whatever lies above it."""
        return next(s for s in self.app.screen_stack if isinstance(s, EditorScreen))

    @property
    def focus(self) -> str:
        """Where the cursor is: `summary/title`, `timeline`, `timeline/line`, `timeline/overlay`."""
        editor = self.editor
        focused = editor.focused
        if focused is None:
            return ""
        ids = [node.id for node in focused.ancestors_with_self if node.id]
        pane = next((each for each in ids if each in _PANES), ids[0])
        if pane in _PANES[:3]:
            return f"{pane}/{editor.place.item}"
        line = next((each for each in ids if each in ("line", "overlay")), "")
        return f"{pane}/{line}" if line else pane

    @property
    def row(self) -> str:
        """The id of the item under the cursor of the present list."""
        return self.editor.place.item

    def lines(self) -> list[str]:
        """What the terminal shows, line by line, with one character for each cell."""
        self.app.screen._on_timer_update()
        strips = self.app.screen._compositor.render_strips()
        return ["".join(_cells(segment.text for segment in strip)) for strip in strips]

    @property
    def screen(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.lines())

    @property
    def status(self) -> str:
        """The sentence in the status line."""
        return self.editor.query_one(MessageBar).text

    @property
    def subtitle(self) -> str:
        """What stands in the lower border of the present list."""
        return self.editor.lined(self.editor.active)._border_subtitle.plain  # type: ignore[union-attr]

    @property
    def file(self) -> Postmortem:
        """The document that is in the file."""
        return toml.read(self.session.path.read_bytes(), "")


PATIENCE = 60.0
"""Seconds to wait for what should come at once: a busy machine is no failure."""

_GLANCE = 0.005
"""Seconds between looks at what takes its time."""

_STILL = 3
"""Turns of the event loop in a row in which nothing is left to be done."""

_PANES = ("summary", "root-cause", "lessons", "timeline", "tasks")


def _cells(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        for letter in text:
            yield letter
            if unicodedata.east_asian_width(letter) in "WF":
                yield "\0"


def session_of(
    document: Postmortem,
    folder: Path,
    *,
    name: str = "checkout.toml",
    settings: Settings = SETTINGS,
    content: bytes | None = None,
) -> Session:
    """A session on a file in `folder` that holds `document`, or just these bytes."""
    path = folder / name
    path.write_bytes(toml.write(document) if content is None else content)
    keeper = Keeper.open(path, settle=True)
    session = Session(keeper, settings, clock=lambda: NOW, new_id=sequence())
    _opened.append(session)
    return session


_opened: list[Session] = []


def end_sessions() -> None:
    """End what would keep whole editors in memory: threads of journals, and a cache of Textual."""
    while _opened:
        _opened.pop().journal.close()
    StylesCache.get_inner_outer.cache_clear()


@contextlib.asynccontextmanager
async def editing(
    document: Postmortem,
    *,
    size: tuple[int, int] = WIDE,
    settings: Settings = SETTINGS,
    name: str = "checkout.toml",
    content: bytes | None = None,
    drawn: bool = False,
) -> AsyncIterator[Desk]:
    """The editor, open on a file that holds `document`; nothing is drawn for nobody's eyes.

    With `drawn` all is drawn that a terminal would show once the keys are done.
    """
    watched = contextlib.nullcontext() if drawn else drawing.held()
    with watched, tempfile.TemporaryDirectory() as folder:
        session = session_of(document, Path(folder), name=name, settings=settings, content=content)
        app = PmtuiApp(session, settings)
        async with app.run_test(size=size, notifications=True) as pilot:
            desk = Desk(app, pilot, session)
            await desk.rest()
            try:
                yield desk
            finally:
                end_sessions()


async def played(
    document: Postmortem, *keys: str | tuple[str, ...], size: tuple[int, int] = WIDE
) -> Postmortem:
    """The document after these keys."""
    async with editing(document, size=size) as desk:
        await desk.press(*keys)
        return desk.document
