"""What every test at a real terminal starts with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk
from tests.e2e.forking import Forker


@pytest.fixture
def desk(tmp_path: Path, editors: Forker | None) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path, editors)
    yield desk
    desk.close()
