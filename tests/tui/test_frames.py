"""What is sent to the terminal: as little as possible, and the screen is the same to the cell."""

import random
from contextlib import nullcontext
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pmtui.tui.guards.frames import Frames
from tests.tui.world import INCIDENT, NARROW, WIDE, Desk, drawing, editing, typed

CONSOLE = Console(force_terminal=True, color_system="truecolor", width=200)
STYLES = [
    Style.parse(text)
    for text in (
        *("", "bold red", "on blue", "underline", "bold", "italic red", "strike on #102030"),
        *("reverse #a0b0c0", "red on blue", "bold red on #102030", "default on default"),
    )
]
LETTERS = "ab cdé─│▁✓é日本🔥ｗ👩"


class Terminal:
    """A terminal that is sent every update as Textual would, and one that is sent the changes."""

    def __init__(self, width: int, height: int) -> None:
        self.stock = pyte.Screen(width, height)
        self.lean = pyte.Screen(width, height)
        self._streams = pyte.Stream(self.stock), pyte.Stream(self.lean)
        self.frames = Frames()
        self.sent = 0

    def show(self, update: Any) -> None:
        """Send an update to both."""
        self._streams[0].feed(update.render_segments(CONSOLE))
        changes = self.frames.changes(update, CONSOLE)
        self.sent += len(changes)
        self._streams[1].feed(changes)

    def assert_alike(self) -> None:
        """Both show the same in every cell."""
        assert self.lean.display == self.stock.display
        for y in range(self.stock.lines):
            for x in range(self.stock.columns):
                assert self.lean.buffer[y][x] == self.stock.buffer[y][x], (x, y)


segments = st.tuples(st.text(LETTERS, min_size=1, max_size=6), st.sampled_from(STYLES)).map(
    lambda pair: Segment(*pair)
)
strips = st.lists(segments, min_size=1, max_size=5).map(
    lambda parts: Strip(parts).adjust_cell_length(20, STYLES[0])
)


@given(st.lists(st.tuples(st.integers(0, 4), strips), min_size=1, max_size=20))
def test_any_lines_one_after_the_other_look_the_same(lines: list[tuple[int, Strip]]) -> None:
    terminal = Terminal(20, 5)
    for y, strip in lines:
        terminal.show(LayoutUpdate([[strip]], Region(0, y, 20, 1)))
        terminal.assert_alike()


def test_what_stands_there_already_is_not_sent() -> None:
    terminal = Terminal(20, 5)
    update = LayoutUpdate([[Strip([Segment("x" * 20)])]], Region(0, 0, 20, 1))
    terminal.show(update)
    sent = terminal.sent
    terminal.show(update)
    assert terminal.sent == sent
    terminal.frames.forget()
    terminal.show(update)
    assert terminal.sent == 2 * sent


KEYS = (
    *("down", "up", "left", "right", "home", "end", "pagedown", "pageup", "tab", "escape", "enter"),
    *("ctrl+t", "ctrl+n", "ctrl+o", "ctrl+r", "ctrl+l", "f3", "f2", "f6", "ctrl+z", "ctrl+y"),
    *("space", "a", "s", "S", "w", "m", "backspace", "shift+left", "é", "日", "🔥", "x", "y", "-"),
)


@pytest.mark.parametrize(("seed", "size"), [(1, NARROW), (2, WIDE)])
async def test_random_keys_draw_the_same_screen_cell_for_cell(
    seed: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With wide letters, selections, scrolling and panes that open and close."""
    rng = random.Random(seed)
    terminal = Terminal(*size)
    async with editing(INCIDENT, size=size, drawn=True) as desk:
        show = desk.app._display

        def displayed(screen: Any, renderable: Any) -> None:
            if renderable is not None:
                terminal.show(renderable)
            show(screen, renderable)

        desk.app._display = displayed  # type: ignore[method-assign]
        monkeypatch.setattr(drawing, "held", nullcontext)
        desk.app.refresh(layout=True)
        await desk.press(typed("14:05 日本語 text"))
        for _ in range(8):
            await desk.press(*rng.choices(KEYS, k=10))
            terminal.assert_alike()
            whole = drawn_anew(desk, size)
            if whole.display != terminal.stock.display:  # a review may just have ended
                await desk.rest()
                whole = drawn_anew(desk, size)
            assert whole.display == terminal.stock.display
            assert whole.buffer == terminal.stock.buffer


def drawn_anew(desk: Desk, size: tuple[int, int]) -> pyte.Screen:
    """What the screen shows where all of it is drawn; what is to be drawn yet stays so."""
    for widget in desk.app.screen.walk_children(Widget):
        widget._styles_cache.clear()  # what was not drawn anew is not to be trusted
    compositor = desk.app.screen._compositor
    left = set(compositor._dirty_regions)
    terminal = Terminal(*size)
    terminal.show(Compositor.render_full_update(compositor))
    compositor._dirty_regions |= left
    return terminal.stock
