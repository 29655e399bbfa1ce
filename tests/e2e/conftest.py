"""What every test at a real terminal starts with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, environ
from tests.e2e.forking import Forker


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker | None]:
    """The process that has the editor loaded, for all tests; None where it cannot be made."""
    forker = Forker(environ()) if hasattr(os, "pidfd_open") else None
    yield forker
    if forker is not None:
        forker.close()


@pytest.fixture
def desk(tmp_path: Path, forker: Forker | None) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path, forker)
    yield desk
    desk.close()
