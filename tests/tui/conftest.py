"""What no test of the editor may reach: the person's own folders, clipboard and editor."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from pmtui.storage import clipboard
from pmtui.tui.screens import review
from tests.tui import world


@pytest.fixture(scope="session", autouse=True)
def _drawn_at_rest() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        world.drawing.patch(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _sheets_parsed_once() -> Iterator[None]:
    """Have editors of the same colours share the rules of their style sheets."""
    parsed: defaultdict[frozenset[tuple[str, str]], LRUCache[Any, Any]]
    parsed = defaultdict(lambda: LRUCache(1000))
    begin, change = Stylesheet.__init__, Stylesheet.set_variables

    def shared(sheet: Stylesheet, variables: dict[str, str]) -> None:
        sheet._parse_cache = LRUCache(1)
        change(sheet, variables)
        sheet._parse_cache = parsed[frozenset(variables.items())]

    def begun(sheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
        begin(sheet, variables=variables)
        shared(sheet, variables or {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "__init__", begun)
        patch.setattr(Stylesheet, "set_variables", shared)
        yield


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("EDITOR", "VISUAL", "COLORFGBG", "NO_COLOR", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _ended_sessions() -> Iterator[None]:
    yield
    world.end_sessions()


@pytest.fixture(autouse=True)
def _no_pause_before_the_review(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "LAG", 0.001)


@pytest.fixture(autouse=True)
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were put on the clipboard, the last one at the end."""
    texts: list[str] = []

    def copy(text: str) -> clipboard.Copied:
        texts.append(text)
        return clipboard.Copied("test", True, "Copied.")

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts
