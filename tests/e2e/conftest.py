"""What every test at a real terminal starts with, and the count of keys that they end with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk

KEYS = "keys: "
"""Begins the names of the properties in which tests record their counts."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the keys that were needed beyond the content."""
    counts = [
        (name.removeprefix(KEYS), value)
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name.startswith(KEYS)
    ]
    if counts:
        terminalreporter.section("keys beyond the content")
        for name, value in counts:
            terminalreporter.line(f"{value:>4}  {name}")
