"""One key after the other: what is typed ahead never overtakes what a key set off."""

from textual import events
from textual.app import App
from textual.message import Message

from pmtui.tui.guards import LeanScreen, typed
from pmtui.tui.settling import arrived, settle

_MOVES = 5
"""How often what a key set off may move the focus; each time there is more to wait for."""

OPENING = 10.0
"""Seconds that what is typed waits for a screen that is still being made."""


class KeysInOrder(App[None]):
    """An application that handles one key or paste wholly before the next."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited: events.Key | None = None
        self._returned: events.Key | None = None

    def handled(self) -> None:
        """A key or a paste was handled, with all that it set off."""

    async def on_event(self, event: events.Event) -> None:
        """Handle one key or paste wholly before the next."""
        direct = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if direct:
            await arrived(self.screen, OPENING)
        if isinstance(event, events.Key) and direct:
            event = self._awaited = typed(event)
        await super().on_event(event)
        if not direct:
            return
        await self._settle()
        self._awaited = None
        if self._returned is not None:
            event, self._returned = self._returned, None
            await self._on_message(event)
            await self._settle()
        self.handled()

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
