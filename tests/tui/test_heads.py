"""The line at the top on few columns: it says less, and all that it says can be read."""

import pytest

from tests.tui.world import INCIDENT, editing


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (100, "SEV1 · draft · Wed 22 May 2024 · UTC"),
        (70, "SEV1 · draft · 22 May 2024 · UTC"),
        (65, "SEV1 · draft · 22 May · UTC"),
        (58, "SEV1 · 22 May · UTC"),
        (50, "SEV1 · UTC"),
        (40, "checkout.toml"),
    ],
)
async def test_a_narrow_head_drops_what_can_be_spared(columns: int, told: str) -> None:
    async with editing(INCIDENT, size=(columns, 24)) as desk:
        assert f"{told}  " in desk.lines()[0]
        assert "…" not in desk.lines()[0]
