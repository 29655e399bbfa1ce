"""Whatever is wrong with files, settings or streams: a clear sentence, and nothing overwritten."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.e2e.desk import PROGRAM, Desk
from tests.long_run import besides

REFUSED: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "the file is empty; "),
    "not TOML": (b"title = \n", "incident.toml:1:9: "),
    "a postmortem in prose": (b"# Outage\n\n- 14:05 alarm\n", "incident.toml:3:3: "),
    "other TOML": (b"[tool.ruff]\nline-length = 100\n", "this TOML file is no postmortem"),
    "a wrong value": (
        b'schema = 1\ntitle = "x"\nstatus = "odd"\n',
        "incident.toml:3:1: status: “odd”",
    ),
    "not UTF-8": (b'schema = 1\ntitle = "caf\xe9"\n', "incident.toml:2:"),
}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder, with its bytes and its mode."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mode) for path in sorted(folder.iterdir())
    }


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_postmortem_is_refused_by_its_name_and_stays_as_it_is(
    desk: Desk, case: str
) -> None:
    content, sentence = REFUSED[case]
    (desk.folder / "incident.toml").write_bytes(content)
    before = snapshot(desk.folder)
    terminal = desk.start(*PROGRAM, "incident.toml")
    assert terminal.wait_end() == 1
    assert terminal.last_words.startswith("pmtui: incident.toml:")
    assert sentence in terminal.last_words
    assert len(terminal.last_words.splitlines()) == 1
    assert snapshot(desk.folder) == before


def test_a_newer_schema_opens_read_only_says_so_and_typing_changes_nothing(desk: Desk) -> None:
    path = desk.put_sample()
    path.write_bytes(path.read_bytes().replace(b"schema = 1", b'schema = 99\nmood = "calm"', 1))
    before = snapshot(desk.folder)
    terminal = desk.open("incident.toml", ready="newer version of pmtui")
    assert "read-only" in terminal.text
    terminal.press("ctrl+t")
    terminal.type("14:05 alarm")
    terminal.press("enter", "f3", "d", "t", "m", "ctrl+r")
    terminal.type("typed")
    terminal.paste("pasted")
    terminal.press("ctrl+n", "ctrl+g", "c", "backspace", "ctrl+s")
    desk.leave(terminal)
    assert snapshot(desk.folder) == before


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_written_opens_read_only_and_is_not_touched(desk: Desk, what: str) -> None:
    path = desk.put_sample()
    if what == "file":
        path.chmod(0o444)
    else:
        path.chmod(0o444)
        desk.folder.chmod(0o555)
    before = snapshot(desk.folder)
    terminal = desk.open("incident.toml", ready="read-only")
    terminal.press("ctrl+r")
    terminal.type("typed")
    terminal.press("ctrl+s")
    desk.leave(terminal)
    assert snapshot(desk.folder) == before


SETTINGS = {
    "no such theme": (b'\ntheme = "neon"\n', "config.toml:2: theme: 'neon' is not a theme"),
    "no such setting": (b"autosafe = true\n", "did you mean autosave?"),
    "keys that are none": (b"[keys]\nsave = 7\n", "config.toml:2: keys.save: must be text"),
    "not TOML": (b"theme = \n", "config.toml:1: is not TOML"),
    "not text": (b"\xff\xfe\x00", "is not UTF-8 text"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_mistake_in_the_settings_is_told_with_its_line_and_keeps_nobody_out(
    desk: Desk, case: str
) -> None:
    content, sentence = SETTINGS[case]
    desk.config.write_bytes(content)
    terminal = desk.open("incident.toml", columns=200)
    terminal.wait_for(sentence)
    terminal.type("Down")
    desk.leave(terminal)
    assert desk.document("incident.toml").title == "Down"
    assert desk.config.read_bytes() == content


@pytest.mark.parametrize("home", [None, "", "/nonexistent/home"])
def test_without_a_home_everything_works(desk: Desk, home: str | None) -> None:
    del desk.environ["HOME"]
    if home is not None:
        desk.environ["HOME"] = home
    desk.environ["XDG_STATE_HOME"] = str(desk.home / "state")
    terminal = desk.open("incident.toml")
    terminal.type("Down")
    desk.leave(terminal)
    assert desk.document("incident.toml").title == "Down"


@pytest.mark.parametrize("megabytes", [1, *besides(4)])
def test_megabytes_in_one_field_open_take_a_key_and_are_saved(desk: Desk, megabytes: int) -> None:
    line = "db-7 ERROR out of memory, été 漢字: killed process 4711\n"
    cause = line * (megabytes * 1_000_000 // len(line.encode()) + 1)
    path = desk.put_sample()
    text = path.read_text(encoding="utf-8")
    start, end = text.index('root_cause = "'), text.index("resolution = ")
    path.write_text(f'{text[:start]}root_cause = """\n{cause}"""\n{text[end:]}', encoding="utf-8")
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("!")
    terminal.press("ctrl+s")
    terminal.wait_for("Saved")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == f"{cause}!"


HOSTILE = "[/] [bold] [@click=app.quit]x[/] \\\\ ${HOME} {{ 7*7 }} ]52;c;eA== \u202eabc"
"""A TOML string: markup, a backslash, templates, a direction mark."""


def odd_file(desk: Desk) -> Path:
    """The path `odd[/][bold]...`, with an escape sequence in it; its folder exists."""
    path = desk.folder / "odd[/][bold]\x1b]0;title\x07.toml"
    path.parent.mkdir()
    return path


def test_markup_and_escapes_in_a_document_are_shown_as_text_and_never_obeyed(desk: Desk) -> None:
    path = odd_file(desk)
    path.write_text(
        f'schema = 1\ntitle = "{HOSTILE}"\nroot_cause = "{HOSTILE}"\nseverity = "{HOSTILE}"\n'
        f'status = "draft"\n[impact]\ntext = "{HOSTILE}"\n'
        f'[[timeline]]\nid = "e1"\ntext = "{HOSTILE}"\nwho = "[/]"\n'
        f'[[tasks]]\nid = "t1"\ntext = "{HOSTILE}"\nowner = "[@click=app.quit]"\n'
        f'[[sections]]\nid = "s1"\nheading = "{HOSTILE}"\nbody = "{HOSTILE}"\n',
        encoding="utf-8",
    )
    before = snapshot(path.parent)
    terminal = desk.open(str(path.relative_to(desk.folder)), columns=200, rows=50)
    for keys in (("f6",), ("f6",), ("ctrl+r",), ("ctrl+l",), ("f2",), ("f3",), ("e",), ("ctrl+g",)):
        terminal.press(*keys)
        terminal.wait_for("[@click=app.quit]")
    terminal.press("ctrl+o")
    desk.leave(terminal)
    assert snapshot(path.parent) == before
    assert b"\x1b]0;" not in terminal.output
    assert b"\x1b]52" not in terminal.output
    assert "\u202e" not in terminal.output.decode()


def test_control_characters_in_a_file_are_refused_with_their_place_and_printed_harmlessly(
    desk: Desk,
) -> None:
    path = odd_file(desk)
    path.write_text(
        'schema = 1\ntitle = "bell \\u0007 and escape \\u001b]52;c;eA=="\n', encoding="utf-8"
    )
    before = snapshot(path.parent)
    terminal = desk.start(*PROGRAM, str(path.relative_to(desk.folder)))
    assert terminal.wait_end() == 1
    assert "[/]" in terminal.last_words
    assert terminal.last_words.replace("\r\n", "").isprintable()
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("stream", ["standard input", "standard output"])
@pytest.mark.parametrize("arguments", [(), ("incident.toml",), ("demo",), ("new", "Down")])
def test_without_a_terminal_it_says_so_and_ends_with_2(
    desk: Desk, stream: str, arguments: tuple[str, ...]
) -> None:
    master, slave = pty.openpty()
    ends = {"stdin": slave, "stdout": slave}
    ends["stdin" if stream == "standard input" else "stdout"] = subprocess.DEVNULL
    done = subprocess.run(
        [*PROGRAM, *arguments],
        **ends,
        stderr=subprocess.PIPE,
        cwd=desk.folder,
        env=desk.environ,
        text=True,
        timeout=30,
    )
    os.close(slave)
    os.close(master)
    assert done.returncode == 2
    assert done.stderr.startswith("pmtui: ")
    assert "terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(desk.folder.iterdir()) == []
