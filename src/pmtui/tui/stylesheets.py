"""Where the style sheets lie: in the installed package, else in the checkout around it."""

from pathlib import Path

import pmtui


def stylesheet(name: str) -> Path:
    """The absolute path of the sheet `name`, which Textual needs to find it from anywhere."""
    package = Path(pmtui.__file__).resolve().parent
    for folder in (package / "styles", package.parent.parent / "styles"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"style sheet {name} is missing; install pmtui again")
