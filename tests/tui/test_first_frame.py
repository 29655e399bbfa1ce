"""The first frame: everything is laid out before it is drawn, and drawn once."""

from pathlib import Path
from typing import Any

import pytest
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region

from pmtui.tui.app import PmtuiApp
from pmtui.tui.guards.components import ComponentStyles, LazyStylesheet
from pmtui.tui.guards.partial import LeanCompositor
from tests.tui.world import INCIDENT, NARROW, SETTINGS, WIDE, editing, session_of


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every picture that was shown, as its lines."""
    shown: list[str] = []
    display = PmtuiApp._display

    def look(self: PmtuiApp, screen: Any, renderable: Any) -> None:
        display(self, screen, renderable)
        if renderable is not None:
            strips = screen._compositor.render_strips()
            shown.append("\n".join(strip.text for strip in strips))

    monkeypatch.setattr(PmtuiApp, "_display", look)
    return shown


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_first_frame_is_the_finished_one(
    size: tuple[int, int], frames: list[str], tmp_path: Path
) -> None:
    app = PmtuiApp(session_of(INCIDENT, tmp_path), SETTINGS)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        first, *others = (frame.split("\n", 1)[1] for frame in frames)
    assert "Alert fired" in first
    assert all(frame == first for frame in others)


_TO_AND_FRO = ("tab", "ctrl+t", "escape", "f9", "ctrl+r", "ctrl+t", "f3", "f9", "tab", "shift+tab")


@pytest.mark.parametrize(
    "keys", [(), ("tab",), ("ctrl+t",), ("ctrl+g",), ("f5",), ("f9",), _TO_AND_FRO]
)
async def test_the_styles_of_parts_are_those_that_textual_computes_at_once(
    keys: tuple[str, ...],
) -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(*keys)
        sheet = desk.app.stylesheet
        assert isinstance(sheet, LazyStylesheet)
        for widget in desk.app.screen.query("*"):
            lazy = {name: widget.get_component_styles(name) for name in _parts(widget)}
            widget._component_styles = {}
            Stylesheet._process_component_classes(sheet, widget)
            stock = {name: widget.get_component_styles(name) for name in _parts(widget)}
            assert _rules(lazy) == _rules(stock), widget


@pytest.mark.parametrize("size", [WIDE, NARROW, (130, 16)])
async def test_all_styles_are_those_of_a_screen_that_is_styled_anew(size: tuple[int, int]) -> None:
    async with editing(INCIDENT, size=size) as desk:
        for key in _TO_AND_FRO:
            await desk.press(key)
            before = [node.styles.get_rules() for node in desk.app.screen.walk_children()]
            desk.app.screen.update_node_styles(animate=False)
            after = [node.styles.get_rules() for node in desk.app.screen.walk_children()]
            assert before == after, key


def _parts(widget: DOMNode) -> frozenset[str]:
    return widget._get_component_classes()


def _rules(styles: dict[str, RenderStyles]) -> dict[str, Any]:
    return {name: each.get_rules() for name, each in styles.items()}


async def test_parts_that_nobody_draws_are_not_computed() -> None:
    async with editing(INCIDENT) as desk:
        fields = desk.editor.lined("tasks").line.field._component_styles
        assert isinstance(fields, ComponentStyles)
        assert not fields
        assert "text-area--cursor" in fields
        assert "no-such-part" not in fields


async def test_a_key_renders_no_more_than_the_lines_that_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rendered: list[int] = []
    async with editing(INCIDENT, drawn=True) as desk:
        assert isinstance(desk.app.screen._compositor, LeanCompositor)
        for widget in desk.app.screen.query("*"):
            render = widget.render_lines

            def count(crop: Region, render: Any = render) -> Any:
                rendered.append(crop.height)
                return render(crop)

            monkeypatch.setattr(widget, "render_lines", count)
        await desk.press("down")
    assert 0 < sum(rendered) < WIDE[1]
