"""Storage is cheap to load: what a command does not need, it does not wait for."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("atomic", {"pydantic", "textual"}),
        ("paths", {"pydantic", "textual"}),
        ("clipboard", {"pydantic", "textual", "pyperclip"}),
        ("filenames", {"pydantic", "textual"}),
        ("settings", {"pydantic", "textual"}),
        ("keeper", {"textual"}),
        ("recovery", {"textual"}),
        ("library", {"textual"}),
    ],
)
def test_a_module_loads_no_heavy_library(module: str, absent: set[str]) -> None:
    program = f"import sys, pmtui.storage.{module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert absent.isdisjoint(loaded.stdout.split())
