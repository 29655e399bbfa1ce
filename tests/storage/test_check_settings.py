"""The settings of the review are checked value by value; a mistake costs that value only."""

from pathlib import Path

import pytest

from pmtui.core.checks.options import Options
from pmtui.storage.settings import Settings, load

WHOLE = """\
[checks]
off = ["tasks.no-due", "blame"]
on = ["causes.no-task"]
gap = 15
top_priority = 2

[checks.levels]
tasks.no-owner = "error"
"missing" = "hint"

[checks.words]
vague = ["leverage", "touch  base"]

[durations]
"time to first fix" = ["detected", "mitigated"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_every_setting_is_read(config: Path) -> None:
    config.write_text(WHOLE)
    checks = Options(
        off=("tasks.no-due", "blame"),
        on=("causes.no-task",),
        levels=(("tasks.no-owner", "error"), ("missing", "hint")),
        words=(("vague", ("leverage", "touch base")),),
        gap=15,
        top_priority=2,
    )
    durations = (("time to first fix", "detected", "mitigated"),)
    assert load(config) == (Settings(checks=checks, durations=durations), ())


MISTAKES = {
    "checks = 3": ":1: must be a table; write [checks], then lines like off = [",
    '[checks]\noff = "blame"': ":2: checks.off: must be a list of texts; write it as [",
    '[checks]\n\non = ["blam"]': ":3: checks.on: 'blam' is not a rule or a family of rules; did you"
    " mean blame?",
    "[checks]\non = [3]": ":2: checks.on: 3 is not a rule or a family of rules; choose one of",
    "[checks]\ngap = 0": ":2: checks.gap: must be a number of minutes; write a whole number",
    "[checks]\ngap = true": ":2: checks.gap: must be a number of minutes",
    "[checks]\ngapp = 3": ":2: checks.gapp: 'gapp' is not a setting; did you mean gap?",
    '[checks.levels]\nblame = "bad"': ":2: checks.levels.blame: 'bad' is not a level; choose one of"
    " error, warning, hint",
    "[checks.levels]\nblame = 3": ":2: checks.levels.blame: 3 is not a level",
    "[checks]\nlevels = 3": ":2: checks.levels: must be a table",
    '[checks.words]\nvag = ["x"]': ":2: checks.words.vag: 'vag' is not a list of words; did you"
    " mean vague?",
    '[checks.words]\nvague = ["-"]': ":2: checks.words.vague: holds something that is no word",
    "[durations]\nx = 3": ":2: durations.x: must be a list of two milestones; write [",
    '[durations]\nx = ["started", "fixed"]': ":2: durations.x: 'fixed' is not a milestone; choose",
    "[durations]\nx = [1, 2]": ":2: durations.x: 1 is not a milestone",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_costs_nothing_else(config: Path, text: str) -> None:
    config.write_text(text)
    found, (message, *others) = load(config)
    assert found == Settings()
    assert others == []
    assert message.startswith(f"{config}{MISTAKES[text]}")


def test_the_good_ones_among_bad_ones_are_taken(config: Path) -> None:
    config.write_text('[checks]\noff = ["blam", "blame"]\ngap = "x"\ntop_priority = 5\n')
    found, messages = load(config)
    assert found.checks == Options(off=("blame",), top_priority=5)
    assert len(messages) == 2
