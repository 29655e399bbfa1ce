"""What happens outside of the editor is noticed at once, and nothing is done when nothing does."""

import asyncio
import fcntl
import os
import signal
from pathlib import Path

import pytest

from pmtui.tui import watching
from pmtui.tui.watching import Watching


async def test_a_change_in_the_folder_is_noticed_long_before_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(fcntl, "F_NOTIFY"):
        pytest.skip("this system does not tell of changes in a folder")
    monkeypatch.setattr(watching, "EVERY", 3600.0)
    noticed, looks = asyncio.Event(), list[bool]()
    place = tmp_path / "incident.toml"

    def look() -> bool:
        looks.append(place.exists())
        return looks[-1]

    watch = Watching(look, noticed.set)
    try:
        watch.tell_of([tmp_path, tmp_path / "nowhere"])
        await asyncio.sleep(0.2)
        assert not looks
        place.write_text("changed")
        async with asyncio.timeout(10):
            await noticed.wait()
    finally:
        watch.stop()


async def test_where_nobody_tells_of_changes_they_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.01)
    noticed = asyncio.Event()
    watch = Watching(lambda: True, noticed.set)
    try:
        async with asyncio.timeout(10):
            await noticed.wait()
    finally:
        watch.stop()


async def test_a_late_signal_harms_nobody(tmp_path: Path) -> None:
    watch = Watching(lambda: False, lambda: None)
    watch.tell_of([tmp_path])
    watch.stop()
    os.kill(os.getpid(), signal.SIGIO)
