"""What every test at a real terminal starts with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, environ
from tests.e2e.forking import Forker


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """The process that has the editor loaded, for all tests."""
    forker = Forker(environ())
    yield forker
    forker.close()


@pytest.fixture
def desk(tmp_path: Path, forker: Forker) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path, forker)
    yield desk
    desk.close()
