"""Command lines that are understood without click mean what they mean to click."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.cli import at_once, editing, events, program, tasks
from pmtui.cli.at_once import understood

_FILES = st.sampled_from(["a.toml", "./log", "log", "-", "", "a b", "-a.toml", "--create", "out"])
_WORDS = st.lists(
    st.sampled_from(
        ["pool full", "-5m", "--", "-", "--create", "--creat", "-h", "--help", "", "@ana", "log"]
    ),
    max_size=4,
)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What was carried out, instead of being carried out."""
    found: list[tuple[object, ...]] = []

    def add(name: str, file: str, words: Sequence[str], create: bool = False) -> None:
        found.append((name, file, tuple(words), create))

    monkeypatch.setattr(events, "add_events", lambda *given: add("log", *given))
    monkeypatch.setattr(tasks, "add_tasks", lambda *given: add("task", *given))
    monkeypatch.setattr(editing, "edit_file", lambda file: found.append(("edit", file)))
    monkeypatch.setattr("pmtui.cli.edit.edit_file", lambda file: found.append(("edit", file)))
    return found


_lines = st.one_of(
    st.builds(lambda name, file, words: [name, file, *words], st.just("log"), _FILES, _WORDS),
    st.builds(lambda file, words: ["task", file, *words], _FILES, _WORDS),
    st.builds(lambda file, words: [file, *words], _FILES, _WORDS),
    _WORDS,
)


def test_what_is_understood_without_click_is_what_click_makes_of_it(
    called: list[tuple[object, ...]],
) -> None:
    @given(_lines)
    def law(arguments: list[str]) -> None:
        run = understood(arguments)
        if run is None:
            return
        called.clear()
        run()
        (at_once,) = called
        called.clear()
        program.program.main(arguments, prog_name="pmtui", standalone_mode=False)
        assert called == [at_once]

    law()


@pytest.mark.parametrize(
    "arguments",
    [
        ["outage.toml"],
        ["./outage"],
        ["log", "outage.toml", "14:05", "pool", "full"],
        ["log", "outage.toml", "-"],
        ["log", "outage.toml", "-5m pool full"],
        ["task", "outage.toml", "alert on disk usage @ana"],
    ],
)
def test_what_is_typed_while_production_burns_needs_no_click(arguments: list[str]) -> None:
    assert understood(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["log"],
        ["log", "outage.toml"],
        ["log", "--create", "outage.toml", "x"],
        ["log", "outage.toml", "x", "--create"],
        ["log", "outage.toml", "--", "--create"],
        ["log", "--help"],
        ["-outage.toml"],
        ["outage.toml", "x"],
    ],
)
def test_the_rest_is_left_to_click(arguments: list[str]) -> None:
    assert understood(arguments) is None


def test_a_shell_that_asks_for_completion_is_answered_by_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("_PMTUI_COMPLETE", "bash_complete")
    assert at_once.understood(["outage.toml"]) is None
