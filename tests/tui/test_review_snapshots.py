"""Pictures of the phase bar and the review at four widths; each was looked at."""

from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from pmtui.tui.app import PmtuiApp
from tests.core.checks.sound import SOUND
from tests.tui.cases import Keys
from tests.tui.test_snapshots import Compare, steps
from tests.tui.world import SETTINGS, session_of, typed

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SIZES = {"60x24": (60, 24), "80x24": (80, 24), "120x36": (120, 36), "200x50": (200, 50)}


def sample(number: str) -> Postmortem:
    """One of the real documents."""
    return toml.read((SAMPLES / f"{number}.toml").read_bytes(), number)


def contradicting() -> Postmortem:
    """The sample whose resolution was put before its start."""
    document = sample("003")
    wrong = document.times.revise(started=document.timeline[-1].at)
    return document.revise(times=wrong)


PICTURES: dict[str, tuple[Postmortem, Keys]] = {
    "phases": (sample("000"), ()),
    "phases-contradict": (contradicting(), ()),
    "findings": (sample("003"), ("f5",)),
    "findings-at-the-words": (sample("003"), ("f5", "down", "enter")),
    "finding-let-stand": (sample("001"), ("f5", "x", typed("seen by two"))),
    "nothing-found": (SOUND, ("f5",)),
    "durations": (sample("000"), ("f5", "d")),
    "two-zones": (sample("000"), ("z",)),
}


WHOLE = ("phases", "findings")
"""What is shown at every size; the others show more of the same, all in the long run alone."""


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param(n, s, marks=[pytest.mark.long] if s != "80x24" and n not in WHOLE else [])
        for n in PICTURES
        for s in SIZES
    ],
)
def test_the_review_looks_as_it_was_accepted(
    name: str, size: str, snap_compare: Compare, tmp_path: Path
) -> None:
    document, keys = PICTURES[name]
    session = session_of(document, tmp_path, name="checkout-db.toml", settings=SETTINGS)
    assert snap_compare(
        PmtuiApp(session, SETTINGS), terminal_size=SIZES[size], run_before=steps(keys, tmp_path)
    )
