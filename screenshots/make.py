"""Draw the pictures of the README: `python screenshots/make.py`; `--check` only compares.

Clock, size and theme are fixed, so that the same program draws the same bytes.
"""

import argparse
import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmtui.storage.keeper import Keeper
from pmtui.storage.settings import Settings
from pmtui.tui.app import PmtuiApp
from pmtui.tui.session import Session

HERE = Path(__file__).parent
DEMO = HERE.parent / "src" / "pmtui" / "samples" / "demo.toml"
SAMPLES = HERE.parent / "tests" / "data" / "samples"
NOW = datetime.fromisoformat("2024-06-03T10:20:00+02:00")


@dataclass(frozen=True)
class Picture:
    """One picture: the document, the size, the theme, and the keys pressed before it is taken."""

    name: str
    source: Path
    columns: int
    rows: int
    keys: tuple[str, ...] = ()
    theme: str = "dark"


PICTURES = (
    Picture("editor-wide", DEMO, 140, 40),
    Picture("editor-light", DEMO, 140, 40, theme="light"),
    Picture("editor-narrow", DEMO, 80, 24),
    Picture("entry", DEMO, 120, 36, ("ctrl+t", *"15:02", "space", *"rolled", "space", *"back")),
    Picture("goto", SAMPLES / "001.toml", 120, 36, ("ctrl+g",)),
    Picture("summary-narrow", SAMPLES / "003.toml", 80, 24, ("ctrl+o",)),
    Picture("preview", SAMPLES / "001.toml", 140, 40, ("f6",)),
    Picture("help", DEMO, 120, 36, ("f1",)),
)


async def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / picture.source.name
        path.write_bytes(picture.source.read_bytes())
        settings = Settings(theme=picture.theme, autosave=False)
        session = Session(Keeper.open(path), settings, clock=lambda: NOW)
        app = PmtuiApp(session, settings)
        async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
            await pilot.pause()
            await pilot.press(*picture.keys)
            await pilot.pause(0.3)
            svg = app.export_screenshot(title="pmtui", simplify=True)
    # Rich names its classes after the content's hash; a name of our own keeps the diff readable.
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> int:
    """Write the pictures; with `--check` only compare, exit code 1 if one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    stale = []
    for picture in PICTURES:
        path = HERE / f"{picture.name}.svg"
        drawn = asyncio.run(draw(picture))
        if not path.exists() or path.read_text(encoding="utf-8") != drawn:
            stale.append(path.name)
            if not check:
                path.write_text(drawn, encoding="utf-8")
    if stale:
        sys.stdout.write(f"{'stale' if check else 'drawn'}: {', '.join(stale)}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
