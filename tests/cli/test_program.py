"""Help, completion, and the way into the editor and out of it."""

import contextlib
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pmtui
from pmtui.cli import streams
from pmtui.cli.editing import run_editor
from pmtui.cli.outcome import Crash
from pmtui.cli.program import program
from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.storage.keeper import Keeper
from pmtui.tui.session import Session
from tests.e2e.desk import PROGRAM, environ, forked_by
from tests.e2e.terminal import Terminal


def test_every_command_has_a_short_help_with_one_example(shell) -> None:
    overview = shell.run("-h")
    assert overview == shell.run("--help")
    for name in program.commands:
        said = shell.run(name, "-h")
        assert (said.code, said.err) == (0, "")
        assert said.out.count("Example: ") == 1
        assert said.out.count("\n") <= 24
        assert re.search(rf"^  {name} .*\.$", overview.out, re.MULTILINE)


def test_the_version_is_that_of_the_package(shell) -> None:
    assert shell.run("--version").out == f"pmtui {pmtui.__version__}\n"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_completion_script_calls_the_program_back(shell, name) -> None:
    ended = shell.run("completion", name)
    assert ended.code == 0
    assert "_PMTUI_COMPLETE" in ended.out


def asked_of(name, script, shell) -> str:
    """What a `script` prints in the shell called `name`, with the program under its own name."""
    program = shell.folder / "pmtui"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(shell.command())} "$@"\n')
    program.chmod(0o755)
    ended = subprocess.run(
        [name, "-c", script],
        env=shell.environ | {"PATH": f"{shell.folder}:{os.environ['PATH']}"},
        cwd=shell.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ended.stdout


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
def test_fish_shows_words_about_a_command_beyond_their_first_comma(shell) -> None:
    asked = asked_of("fish", 'pmtui completion fish | source; complete -C "pmtui che"', shell)
    assert asked == "check\tLook for what is missing, contradictory or...\n"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_commands_where_no_file_begins_like_them(shell) -> None:
    """Its own way to ask for folders works while a key is handled only, so it is left out."""
    script = """
        compopt() { :; }
        eval "$(pmtui completion bash)"
        COMP_WORDS=(pmtui exp) COMP_CWORD=1
        _pmtui_completion pmtui
        echo "${COMPREPLY[@]}"
    """
    assert asked_of("bash", script, shell) == "export\n"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("pmtui ex", ["dir,ex", "plain,export"]),
        ("pmtui out", ["plain,outage.toml"]),
        ("pmtui show ", ["plain,outage.toml"]),
        ("pmtui show sub/", ["plain,sub/inner.toml"]),
        ("pmtui show su", ["dir,su"]),
        ("pmtui export outage.toml -t iss", ["plain,issue-summary"]),
        ("pmtui export -f m", ["plain,markdown", "plain,mermaid"]),
        ("pmtui copy outage.toml -z europe/berl", ["plain,Europe/Berlin"]),
        ("pmtui templates show pag", ["plain,pagerduty"]),
        ("pmtui show none/", ["dir,none/"]),
    ],
)
def test_files_commands_and_templates_are_completed(shell, words, offered) -> None:
    shell.sample()
    shell.file("notes.md", "")
    shell.file(".hidden.toml", "")
    (shell.folder / "sub").mkdir()
    shell.file("sub/inner.toml", "")
    count = words.count(" ")
    environ = {"_PMTUI_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    assert shell.run(environ=environ).out.split("\n")[:-1] == offered


@pytest.fixture
def terminal(shell, editors):
    """Starts the program in a terminal, and ends it with the test."""
    started = []

    def start(*arguments: str, **variables: str) -> Terminal:
        opened = Terminal(
            [*PROGRAM, *arguments],
            cwd=shell.folder,
            environ=environ() | {"HOME": str(shell.home)} | variables,
            launch=forked_by(editors),
        )
        started.append(opened)
        return opened

    yield start
    for opened in started:
        opened.close()


@pytest.mark.parametrize(
    "arguments", [("new.toml",), ("edit", "log"), ("./log",), ("--", "-x.toml"), ()]
)
def test_a_new_file_is_not_made_before_the_first_edit(shell, terminal, arguments) -> None:
    opened = terminal(*arguments)
    opened.wait_for("Timeline")
    opened.press("ctrl+q")
    assert opened.wait_end() == 0
    assert shell.snapshot() == {}


def test_a_title_that_was_typed_is_saved_at_once(shell, terminal) -> None:
    opened = terminal("new", "Checkout is down")
    opened.wait_for("Timeline")
    assert list(shell.snapshot()) == ["checkout-is-down.toml"]
    opened.press("ctrl+q")
    assert opened.wait_end() == 0


def test_a_folder_with_postmortems_offers_them(shell, terminal) -> None:
    shell.sample()
    opened = terminal()
    opened.wait_for("Postmortems 1")
    opened.press("enter")
    opened.wait_for("Timeline 13")
    opened.press("ctrl+q")
    assert opened.wait_end() == 0


def test_the_demo_is_a_copy_whose_place_is_told_on_leaving(shell, terminal, tmp_path: Path) -> None:
    opened = terminal("demo", TMPDIR=str(tmp_path))
    opened.wait_for("Timeline 13")
    opened.press("ctrl+q")
    assert opened.wait_end() == 0
    (copy,) = tmp_path.glob("pmtui-demo-*/*.toml")
    assert opened.last_words.endswith(f"You edited a copy, which you may delete: {copy}\r\n")


def test_a_dumb_terminal_is_refused(shell, terminal) -> None:
    opened = terminal("a.toml", TERM="dumb")
    assert opened.wait_end() == 2
    assert shell.snapshot() == {}


def test_broken_settings_are_the_first_words_of_the_editor(shell, terminal) -> None:
    config = shell.home / ".config" / "pmtui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("theme = 3\n")
    opened = terminal("a.toml")
    opened.wait_for("Timeline")
    opened.wait_for("config.toml:1")
    opened.press("ctrl+q")
    assert opened.wait_end() == 0


def test_a_copy_goes_through_the_terminal_where_there_is_no_other_way(shell, terminal) -> None:
    shell.sample()
    opened = terminal("copy", "outage.toml")
    assert opened.wait_end() == 0
    assert "outage.md" in opened.text
    assert "Sent to your terminal (OSC 52); it does not say whether it took it" in opened.text


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_show_is_coloured_on_a_terminal_unless_refused(shell, terminal, environ, coloured) -> None:
    shell.sample()
    opened = terminal("show", "outage.toml", **environ)
    assert opened.wait_end() == 0
    assert (b"\x1b[" in opened.output) is coloured
    assert b"Timeline 13" in opened.output


def _ended_app(crash: Exception | None) -> Any:
    """What is left of the application when it has ended."""
    return SimpleNamespace(run=lambda: None, crash=crash, return_code=1 if crash else 0)


def _session(path: Path) -> Session:
    """A session with an edit that nobody has saved yet."""
    session = Session(Keeper.new(path, Postmortem()))
    place = Place("summary", "title")
    session.apply(lambda document: document.revise(title="Down"), "typing", place, place)
    return session


def test_after_a_crash_the_text_is_in_the_file(tmp_path: Path) -> None:
    session = _session(tmp_path / "outage.toml")
    with pytest.raises(Crash):
        run_editor(_ended_app(ZeroDivisionError()), [session])
    assert b'title = "Down"' in session.path.read_bytes()


def test_a_text_that_could_not_be_saved_is_told_with_its_place(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "gone").mkdir()
    session = _session(tmp_path / "gone" / "outage.toml")
    (tmp_path / "gone").rmdir()
    with pytest.raises(SystemExit):
        run_editor(_ended_app(None), [session])
    said = capsys.readouterr().err
    (copy,) = (tmp_path / "state").rglob("*.toml")
    assert said.startswith(f"pmtui: {session.path}: not saved: ")
    assert str(copy) in said
    assert b'title = "Down"' in copy.read_bytes()


def test_last_words_do_not_wait_for_a_terminal_that_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    master, slave = pty.openpty()
    os.set_blocking(slave, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(slave, b"x" * 4096)
    os.set_blocking(slave, True)
    with open(slave, "w", closefd=False) as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        began = time.monotonic()
        streams.take_leave("two conflicts not settled")
        assert time.monotonic() - began < 5
    os.set_blocking(master, False)
    os.read(master, 65536)  # which lets the thread end
