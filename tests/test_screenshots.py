"""The pictures in the README show the program as it is."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", ROOT / "screenshots" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make"] = module
    spec.loader.exec_module(module)
    return module


MAKE = _script()


@pytest.mark.parametrize("picture", MAKE.PICTURES, ids=lambda picture: picture.name)
async def test_the_picture_is_fresh(picture) -> None:  # type: ignore[no-untyped-def]
    """Drawn anew it is the same; if this fails: python screenshots/make.py, look, commit."""
    kept = (ROOT / "screenshots" / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert await MAKE.draw(picture) == kept


def test_every_picture_is_shown_in_the_readme() -> None:
    """No picture lies about unused."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in MAKE.PICTURES if f"screenshots/{p.name}.svg" not in readme] == []
