"""One key after the other: what is typed ahead never overtakes what a key set off."""

import time
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from pmtui.tui.guards import LeanScreen, LongTexts, first_key, once, together, waiting_key
from pmtui.tui.settling import arrived, settle

_MOVES = 5
"""How often what a key set off may move the focus; each time there is more to wait for."""

_AFTER_CLICK = 0.3
"""Seconds after which all is done that a click set off."""

OPENING = 10.0
"""Seconds that what is typed waits for a screen that is still being made."""

UNDRAWN = 0.2
"""Seconds that what keys changed stays undrawn while others follow: they are safe sooner so."""


class KeysInOrder(App[None]):
    """An application that handles one key or paste wholly before the next."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited: events.Key | None = None
        self._returned: events.Key | None = None
        self._again: events.Key | None = None
        self._held: LeanScreen[Any] | None = None
        self._drawn_by = 0.0

    def handled(self) -> None:
        """A key, a paste or a click was handled, with all that it set off."""

    def again(self, key: events.Key) -> None:
        """Take the key at hand once more, before the next: who got it has made way for it."""
        self._again = events.Key(key.key, key.character)

    async def on_event(self, event: events.Event) -> None:
        """Handle one key or paste wholly before the next."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            if isinstance(event, events.MouseUp):
                once(self, _AFTER_CLICK, self.handled)
            return
        rest: events.Key | events.Paste | None = event
        while rest is not None:
            await arrived(self.screen, OPENING)
            event, rest = await self._next(rest)
            await self._handle(event)
            if self._again is not None:
                event, self._again = self._again, None
                await arrived(self.screen, OPENING)
                await self._handle(event)

    async def _next(
        self, event: events.Key | events.Paste
    ) -> tuple[events.Key | events.Paste, events.Key | None]:
        """What to handle at once, and what after it: fields take a run of letters, nobody else."""
        if isinstance(event, events.Paste):
            return event, None
        field = self.focused
        if isinstance(field, LongTexts) and not field.read_only:
            return await together(self, event), None
        return first_key(event)

    async def _handle(self, event: events.Key | events.Paste) -> None:
        """Handle it and all that it sets off; where more is typed, before anything is drawn.

        What Enter closes, moves and adds is drawn as one picture, and nothing waits for a tick.
        """
        text = event.text if isinstance(event, events.Paste) else event.character or ""
        is_enter = isinstance(event, events.Key) and event.key == "enter"
        if is_enter or len(text) > 1 or waiting_key(self):
            self._hold(self.screen)
        try:
            if isinstance(event, events.Key):
                if not event.is_printable:
                    await self._place()
                self._awaited = event
            await super().on_event(event)
            await self._settle()
            self._awaited = None
            if self._returned is not None:
                event, self._returned = self._returned, None
                await self._on_message(event)
                await self._settle()
            self.handled()
        finally:
            if not (waiting_key(self) and time.monotonic() < self._drawn_by):
                self._release()
                self._draw_rest()

    async def _place(self) -> None:
        """Give the field its place where keys typed ahead left it open: a page is as long."""
        focused, screen = self.focused, self.screen
        if focused is not None and isinstance(screen, LeanScreen) and screen.lay_out():
            await settle(focused)

    def _hold(self, screen: Screen[Any]) -> None:
        """Have `screen` draw nothing, though not for long in all while keys follow on keys."""
        if self._held is not screen:
            self._release()
        if isinstance(screen, LeanScreen):
            self._drawn_by = self._drawn_by or time.monotonic() + UNDRAWN
            self._held = screen
            screen.hold(self._drawn_by)

    def _release(self) -> None:
        """Have the screen that is held draw; without one this does nothing."""
        held, self._held, self._drawn_by = self._held, None, 0.0
        if held is not None:
            held.release()

    def _draw_rest(self) -> None:
        """Draw what the key changed after the first picture, and not at the next tick."""
        if self.screen_stack and isinstance(screen := self.screen, LeanScreen):
            screen.draw_rest()

    async def _settle(self) -> None:
        """Wait until what a key set off is done, and the screen that it opened is there."""
        if self._exit:
            return
        before = None
        for _ in range(_MOVES):
            now = self.focused or self.screen
            if now is before:
                break
            before = now
            await settle(now)
            await arrived(self.screen)
        focused, screen = self.focused, self.screen
        # A field that was just made has no lines yet, and a page of them is nowhere.
        if focused is not None and isinstance(screen, LeanScreen) and screen.ensure_placed(focused):
            await settle(focused)

    def post_message(self, message: Message) -> bool:
        """Take messages into the queue, except the key at hand when it bubbles up to here.

        It would queue up behind the keys typed ahead; a binding of the focused field, like Home,
        would then be carried out after the letters that followed it.
        """
        if message is self._awaited and message.is_forwarded:
            self._awaited, self._returned = None, self._awaited
            return True
        return super().post_message(message)
