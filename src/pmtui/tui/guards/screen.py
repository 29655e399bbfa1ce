"""A screen that is drawn first when all of it is there, and then only where it changes.

Textual lays a screen out and draws it when it is shown, again when it is told its size, and once
more when that brings other style classes; then each widget that learns its own size asks for more.
"""

import asyncio
import time
from typing import TypeVar

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pmtui.tui.guards.partial import lean

T = TypeVar("T")

_TURNS = 3
"""Turns that the widgets get to take in their sizes: the message, its handler, what that posts."""

_LAYOUTS = 4
"""Layouts before the first frame, at most; each brings scroll bars that want another."""

_PARTS = (
    *("_refresh_layout", "_screen_resized", "_compositor_refresh", "_on_screen_resume"),
    *("_on_timer_update", "_on_layout"),
)
"""The methods that are replaced or relied on."""

_FITS = all(hasattr(Screen, name) for name in _PARTS)


class LeanScreen(Screen[T]):
    """A screen whose first frame is the finished one; later ones render what is not the same."""

    # Who gains or loses the focus draws itself; Textual would draw the whole screen besides.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _begun = _drawn = not _FITS
    _held_until = 0.0
    _wanted = False

    def __init__(self) -> None:
        super().__init__()
        if hasattr(self, "_compositor"):
            self._compositor = lean(self._compositor)

    @property
    def drawn(self) -> bool:
        """Whether the first frame was drawn."""
        return self._drawn

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Begin behind what waits; the styles were computed as the widgets were mounted."""
        if not self._begun:
            event.refresh_styles = False
            self.call_later(self._lay_out, _LAYOUTS)

    def ensure_placed(self, widget: Widget) -> bool:
        """Lay out now if `widget` has no place yet; whether that was so."""
        return not widget.size and self.lay_out()

    def lay_out(self) -> bool:
        """Give every widget its place now if one wants another; whether that was so."""
        if not (self._begun and self._layout_required):
            return False
        self._layout_required = False
        self._refresh_layout()
        return True

    def hold(self, until: float) -> None:
        """Draw nothing until `release`, or until this moment of the monotonic clock."""
        self._held_until = until

    def release(self) -> None:
        """Draw now what was not drawn meanwhile."""
        self._held_until = 0.0
        if self._wanted:
            self._wanted = False
            self.call_next(self._draw)

    def draw_rest(self) -> None:
        """Draw now what waits for a tick, if anything does."""
        if self._drawn and (self._layout_required or getattr(self, "_dirty_widgets", False)):
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._on_timer_update()
        self._compositor_refresh()

    def _on_timer_update(self) -> None:
        if not self._held_back():
            super()._on_timer_update()

    def _held_back(self) -> bool:
        """Whether nothing may be drawn; what was to be drawn then follows."""
        held = time.monotonic() < self._held_until
        self._wanted |= held
        return held

    async def _lay_out(self, times: int) -> None:
        """Lay out until nobody wants it any more, and only then draw."""
        if self._drawn:
            return
        if not self._begun or (self._layout_required and times):
            self._begun, self._layout_required = True, False
            self._refresh_layout(self.app.size)
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            self.call_later(self._lay_out, times - 1)
        else:
            self._drawn = True
            self.refresh()
            self._on_timer_update()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        if self._begun:
            super()._refresh_layout(size, scroll)

    def _screen_resized(self, size: Size) -> None:
        """A layout tells the screen its size too; until it is drawn it needs no other for that."""
        if self._drawn or size != self._size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if self._drawn and not self._held_back():
            super()._compositor_refresh()
