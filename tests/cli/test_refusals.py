"""Whatever is wrong is told in one line, and nothing is overwritten."""

import os
import stat
import subprocess
from pathlib import Path

import click
import pytest

from pmtui.cli import outcome, program
from pmtui.errors import TerminalError, TimeError

BROKEN = {
    "empty.toml": (b"", "the file is empty"),
    "zeros.toml": (b"\0" * 100, "the file is empty"),
    "text.toml": (b"Postmortem of the outage\n", "text.toml:1:"),
    "latin.toml": (b'title = "\xe9"\n', "latin.toml:1:"),
    "cargo.toml": (b'[package]\nname = "x"\n', "no postmortem"),
    "wrong.toml": (b'title = "x"\nstatus = "gone"\n', "wrong.toml:2:"),
}


@pytest.mark.parametrize("command", [("show",), ("export",), ("copy",), ("log",)])
@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_postmortem_is_named_and_left_alone(shell, name, command) -> None:
    content, said = BROKEN[name]
    shell.file(name, content)
    words = ("something",) if command == ("log",) else ()
    ended = shell.run(*command, name, *words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"pmtui: {name}")
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert shell.snapshot() == {name: content}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "folder"), "is a folder"),
        (("show", "none.toml"), "no such file"),
        (("log", "none.toml", "14:05 alert"), "add --create"),
        (("log", "none/none.toml", "--create", "14:05 alert"), "no such folder"),
        (("new", "x", "--no-edit", "-o", "none/x.toml"), "no such folder"),
        (("new", "x", "--no-edit", "-o", "x.md"), "name the postmortem x.toml"),
        (("show", "none\x1b[31m\n.toml"), "none␛[31m␊.toml"),
        (("show", "x" * 300), "the name is too long"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_and_nothing_is_made(shell, arguments, said) -> None:
    (shell.folder / "folder").mkdir()
    ended = shell.run(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert "\x1b" not in ended.err
    assert shell.snapshot() == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--bogus",), "No such option"),
        (("log",), "Missing argument"),
        (("export",), "Missing argument"),
        (("expotr",), "did you mean export"),
        (("shwo", "a.toml"), "did you mean show"),
        (("log", "-", "14:05 alert"), "name one"),
        (("new", "x", "--no-edit", "--timezone", "IST"), "India"),
        (("export", "a.toml", "-f", "toml"), "name another one with -o"),
        (("export", "a.toml", "b.toml", "-o", "c.md"), "-o names one file"),
        (("export", "a.toml", "-o", "c.toml", "-t", "issue-summary"), "-t is for Markdown"),
        (("show", "a.toml", "--width", "3"), "--width"),
        (("completion", "tcsh"), "tcsh"),
        (("a.toml", "b.toml"), "unexpected extra argument"),
    ],
)
def test_a_command_line_that_says_nothing_clear_ends_with_code_2(shell, arguments, said) -> None:
    ended = shell.run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.startswith("pmtui: ")
    assert shell.snapshot() == {}


@pytest.mark.parametrize(
    "arguments", [(), ("a.toml",), ("./log",), ("edit", "a"), ("new",), ("demo",)]
)
def test_the_editor_asks_for_a_terminal_before_it_touches_anything(shell, arguments) -> None:
    ended = shell.run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "needs a terminal" in ended.err
    assert shell.snapshot() == {}


def test_a_newer_file_is_shown_and_exported_with_a_remark_but_not_logged_into(shell) -> None:
    content = b'schema = 2\ntitle = "From tomorrow"\nmood = "calm"\n'
    shell.file("newer.toml", content)
    shown = shell.run("show", "newer.toml")
    exported = shell.run("export", "newer.toml")
    logged = shell.run("log", "newer.toml", "14:05 alert")
    assert (shown.code, exported.code, logged.code) == (0, 0, 1)
    assert shown.out.startswith("From tomorrow\n")
    assert "newer pmtui" in shown.err
    assert "newer pmtui" in exported.err
    assert "newer version" in logged.err
    assert (shell.folder / "newer.toml").read_bytes() == content


def test_a_file_without_read_permission_is_refused(shell, tmp_path: Path) -> None:
    shell.sample().chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    assert "permission denied" in shell.run("show", "outage.toml").err


def test_a_read_only_file_is_not_logged_into(shell) -> None:
    path = shell.sample()
    path.chmod(0o444)
    before = path.read_bytes()
    ended = shell.run("log", "outage.toml", "15:25 all quiet")
    assert ended.code == 1
    assert "may be read, not written" in ended.err
    assert path.read_bytes() == before


def test_broken_settings_are_told_once_and_keep_nobody_out(shell) -> None:
    config = shell.home / ".config" / "pmtui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('theme = 3\ntimezone = "Asia/Kolkata"\n')
    ended = shell.run("new", "Quiet", "--no-edit")
    assert ended.code == 0
    assert ended.err.count("config.toml:1:") == 1
    assert b'timezone = "Asia/Kolkata"' in shell.snapshot()["quiet.toml"]


def test_it_runs_without_a_home(shell) -> None:
    shell.sample()
    del shell.environ["HOME"]
    named = {"HOME": "/nonexistent", "XDG_STATE_HOME": "/dev/null/x", "XDG_CONFIG_HOME": "relative"}
    for environ in ({}, named):
        assert shell.run("export", "outage.toml", environ=environ).code == 0


def test_a_reader_that_goes_away_ends_it_quietly(shell) -> None:
    long = shell.file("long.toml", 'summary = "' + "many words " * 200_000 + '"\n')
    show = subprocess.Popen(
        shell.command("show", str(long)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=shell.folder,
        env=shell.environ,
    )
    assert show.stdout is not None
    show.stdout.read(10)
    show.stdout.close()
    _, said = show.communicate(timeout=60)
    assert (show.returncode, said) == (141, b"")


@pytest.mark.parametrize(
    "arguments", [("show", "outage.toml"), ("export", "-o", "-", "outage.toml")]
)
def test_a_full_disk_behind_standard_output_is_told(shell, arguments) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    shell.sample()
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            shell.command(*arguments),
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=shell.folder,
            env=shell.environ,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"pmtui: standard output: the disk is full")
    assert ended.stderr.count(b"\n") == 1


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (click.Abort(), 130, ""),
        (TimeError("no", where="a\x1b", remedy="yes"), 1, "pmtui: a␛: no; yes\n"),
        (click.UsageError("what?"), 2, "pmtui: what?\n"),
        (TerminalError("none", remedy="get one"), 2, "pmtui: none; get one\n"),
        (SystemExit(141), 141, ""),
        (FileNotFoundError(2, "No", "gone"), 1, "pmtui: gone: no such file or folder;"),
    ],
)
def test_each_end_has_its_code_and_its_line(error, code, said, capsys, monkeypatch) -> None:
    monkeypatch.setattr(program.program, "main", lambda **_: _raise(error))
    assert outcome.exit_code(program.run) == code
    assert capsys.readouterr().err.startswith(said)


def test_a_mistake_of_the_program_is_reported_without_a_word_of_the_document(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert outcome.exit_code(lambda: _raise(ZeroDivisionError("customers of Acme"))) == 70
    said = capsys.readouterr().err
    (report,) = (tmp_path / "pmtui" / "recovery").iterdir()
    assert said.count("\n") == 1
    assert str(report) in said
    assert "ZeroDivisionError" in said
    assert "Acme" not in said
    assert "Traceback" in report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
