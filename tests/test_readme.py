"""The README's tables and the texts of the help come from the program itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from pmtui.cli import HELP_WIDTHS, help_file
from tests.readme import README, help_text, with_tables


def test_the_tables_are_those_of_the_program() -> None:
    """If this fails: `python -m tests.readme` writes them anew."""
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text


@pytest.mark.parametrize("columns", HELP_WIDTHS)
def test_the_help_that_is_kept_is_that_of_the_program(columns: int) -> None:
    """If this fails: `python -m tests.readme` writes it anew."""
    assert Path(help_file(columns)).read_text(encoding="utf-8") == help_text(columns)


_BY_CLICK = "from pmtui.cli.program import program; program.main(prog_name='pmtui')"


@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_what_is_answered_at_once_is_what_click_would_say(option: str) -> None:
    programs = (["-m", "pmtui"], ["-c", _BY_CLICK])
    ended = [
        subprocess.run([sys.executable, *program, option], capture_output=True)
        for program in programs
    ]
    assert ended[0].stdout == ended[1].stdout
    assert [(each.returncode, each.stderr) for each in ended] == [(0, b"")] * 2
