"""What every test at a real terminal starts with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()
