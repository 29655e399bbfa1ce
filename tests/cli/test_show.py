"""`pmtui show` prints everything that a document says, and nothing that acts."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmtui.cli.plain import render, wrap
from pmtui.cli.streams import visible
from pmtui.core.document import Postmortem, Task
from tests.strategies import documents, texts

_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _plain(document: Postmortem, width: int = 80) -> list[str]:
    return list(render(document, width, lambda text, look: text))


@given(documents(), st.integers(40, 120))
def test_no_line_of_any_document_can_steer_a_terminal(document: Postmortem, width: int) -> None:
    for line in _plain(document, width):
        assert not _ACTING.search(line)


@given(texts(), st.integers(1, 60))
def test_broken_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    # Two joiners with nothing before them: Rich counts their width otherwise alone than in a text.
    assume("\u200d\u200d" not in text)
    lines = wrap(text, width)
    assert all(cell_len(line) <= max(width, 2) for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == visible(text.replace("\n", "").replace("\t", "")).replace(" ", "")


@given(st.text())
def test_what_is_visible_is_one_line_of_the_same_length(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not _ACTING.search(shown)


def test_the_sample_is_printed_whole(shell) -> None:
    shell.sample()
    ended = shell.run("show", "outage.toml", "--width", "100")
    assert (ended.code, ended.err) == (0, "")
    for line in (
        "Checkout fails after a database failover",
        "Severity      SEV1",
        "  time to detect             9m         from started (14:02 CEST) to detected"
        " (14:11 CEST)",
        "  Wed 29 May 2024  CEST",
        "  14:11            +9m  detected      Alert: failed payments above 5 %",
        "Tasks 1/6",
        "  [x] Set the pool's name cache to 30 seconds in checkout",
        "      P0  prevent  @Mei  due 2024-05-31  PAY-881",
        "      P3  prevent  @Jonas  DB-343  dropped",
    ):
        assert line in ended.out.split("\n")
    assert max(map(len, ended.out.split("\n"))) <= 100


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm"}, {"TERM": "xterm", "NO_COLOR": "1"}])
def test_what_is_no_terminal_gets_no_colour(shell, environ) -> None:
    shell.sample()
    assert "\x1b" not in shell.run("show", "outage.toml", environ=environ).out


def test_standard_input_is_shown(shell) -> None:
    assert shell.run("show", "-", stdin='title = "Of a pipe"\n').out.startswith("Of a pipe\n")


def test_a_terminal_in_another_encoding_gets_what_it_can_show(shell) -> None:
    shell.file("a.toml", 'title = "Überlast 🔥"\n')
    environ = {"PYTHONIOENCODING": "ascii"}
    assert shell.run("show", "a.toml", environ=environ).out.startswith("?berlast ?\n")


def test_an_empty_document_says_so_little_as_it_knows() -> None:
    assert _plain(Postmortem()) == ["Untitled", "Status        draft"]


def test_a_text_of_many_words_is_not_cut() -> None:
    words = [f"word{n}" for n in range(20_000)]
    shown = " ".join(_plain(Postmortem(summary=" ".join(words), tasks=(Task(id="a"),))))
    assert all(word in shown.split() for word in (words[0], words[-1]))
