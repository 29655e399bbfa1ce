"""What is said of a copy is what happened: on real clipboards, dead ones and hanging ones."""

import base64
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmtui.errors import ClipboardError
from pmtui.storage import clipboard
from pmtui.storage.clipboard import copy

TEXT = "# Datenbank weg: 14:05\n\n| a | b |\n\tété 漢字 \U0001f525 \u200d `$(id)` '\"\n\n"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment with programs to run, and without any display, tmux, ssh or terminal."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return kept | {"TMUX_TMPDIR": str(tmp_path), "SHELL": "/bin/sh"}


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            missing = pytest.fail if os.environ.get("CI") else pytest.skip
            missing(f"{program} is not installed")


@pytest.fixture
def display(bare: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of an X server that was just started."""
    need("Xvfb", "xclip")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "100x100x8"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with open(reader) as answer:
        number = answer.readline().strip()
    yield bare | {"DISPLAY": f":{number}"}
    server.terminate()
    server.wait()


@pytest.fixture
def tmux(bare: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a pane in a tmux server of this test's own."""
    need("tmux")
    base = ["tmux", "-L", "pmtui-test", "-f", "/dev/null"]
    subprocess.run([*base, "new-session", "-d"], env=bare, check=True)
    place = [*base, "display-message", "-p", "#{socket_path},#{pid},0"]
    told = subprocess.run(place, env=bare, check=True, capture_output=True, text=True)
    yield bare | {"TMUX": told.stdout.strip(), "TERM": "screen"}
    subprocess.run([*base, "kill-server"], env=bare, check=True)


def selection(environ: dict[str, str]) -> str:
    command = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(command, env=environ, capture_output=True, check=True).stdout.decode()


def test_a_local_clipboard_holds_the_text_and_the_message_says_it_was_checked(
    display: dict[str, str],
) -> None:
    copied = copy(TEXT, environ=display, terminal=True)
    assert copied.message == "Copied (xclip, checked)"
    assert copied.confirmed
    assert copied.escape == ""
    assert selection(display) == TEXT


def test_a_text_of_several_megabytes_arrives_whole(display: dict[str, str]) -> None:
    text = TEXT * 40_000
    assert copy(text, environ=display, terminal=False).confirmed
    assert selection(display) == text


def test_nothing_is_printed_and_the_clipboard_outlives_the_session_that_filled_it(
    display: dict[str, str],
) -> None:
    program = "from pmtui.storage.clipboard import copy; copy('kept', terminal=False)"
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        env=display,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    output, _ = child.communicate()
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)
    assert output == b""
    assert selection(display) == "kept"


def test_a_dead_display_is_no_copy(bare: dict[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    need("xclip")
    with pytest.raises(ClipboardError, match="xclip did not take it") as caught:
        copy(TEXT, environ=bare | {"DISPLAY": ":987"}, terminal=False)
    assert "export to a file" in caught.value.remedy
    assert capfd.readouterr() == ("", "")


def test_a_dead_display_leaves_the_terminal_to_try(bare: dict[str, str]) -> None:
    environ = bare | {"DISPLAY": ":987", "TERM": "xterm"}
    assert copy(TEXT, environ=environ, terminal=True).where == "terminal"


def test_a_display_that_never_answers_is_given_up_after_two_seconds(bare: dict[str, str]) -> None:
    need("xclip")
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_display_port()))
        server.listen()
        number = server.getsockname()[1] - 6000
        environ = bare | {"DISPLAY": f"127.0.0.1:{number}", "PATH": only(bare, "xclip")}
        began = time.monotonic()
        with pytest.raises(ClipboardError, match="xclip did not answer within 2 s"):
            copy(TEXT, environ=environ, terminal=False)
        assert time.monotonic() - began < 3


def free_display_port() -> int:
    for port in range(6400, 6500):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("a hundred displays are taken")


def only(bare: dict[str, str], program: str) -> str:
    """A PATH on which there is one program."""
    folder = Path(bare["TMUX_TMPDIR"], "bin")
    folder.mkdir(exist_ok=True)
    (folder / program).symlink_to(str(shutil.which(program)))
    return str(folder)


def test_a_tool_that_claims_success_and_keeps_nothing_is_not_believed(
    bare: dict[str, str], tmp_path: Path
) -> None:
    liar = tmp_path / "xclip"
    liar.write_text("#!/bin/sh\nexit 0\n")
    liar.chmod(0o755)
    environ = bare | {"DISPLAY": ":0", "PATH": str(tmp_path)}
    with pytest.raises(ClipboardError, match="xclip did not take it"):
        copy(TEXT, environ=environ, terminal=False)


def test_a_tool_that_hangs_is_killed_with_its_children(
    bare: dict[str, str], tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    slow = tmp_path / "xclip"
    slow.write_text(f"#!/bin/sh\n/bin/sleep 60 &\necho $! $$ >> {pids}\nwait\n")
    slow.chmod(0o755)
    with pytest.raises(ClipboardError, match="did not answer"):
        copy(TEXT, environ=bare | {"DISPLAY": ":0", "PATH": str(tmp_path)}, terminal=False)
    for pid in map(int, pids.read_text().split()):
        assert ends(pid)


def ends(pid: int) -> bool:
    """Whether the process is gone, or goes within five seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


def test_modules_in_the_working_folder_are_not_run(
    display: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyperclip.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    assert copy(TEXT, environ=display, terminal=False).confirmed


def test_tmux_s_buffer_holds_the_text_and_the_message_does_not_speak_for_the_terminal(
    tmux: dict[str, str],
) -> None:
    copied = copy(TEXT, environ=tmux, terminal=True)
    assert (copied.where, copied.confirmed, copied.escape) == ("tmux", True, "")
    assert copied.message.startswith("In tmux's buffer (prefix ]), checked")
    assert "does not say whether it took it" in copied.message
    show = subprocess.run(["tmux", "show-buffer"], env=tmux, capture_output=True, check=True)
    assert show.stdout.decode() == TEXT


def test_a_tmux_that_cannot_pass_on_is_not_said_to(bare: dict[str, str], tmp_path: Path) -> None:
    old = tmp_path / "tmux"
    old.write_text(
        f"""#!/bin/sh
case "$*" in
"load-buffer -") /bin/cat > {tmp_path}/buffer;;
show-buffer) /bin/cat {tmp_path}/buffer;;
*) exit 1;;
esac
"""
    )
    old.chmod(0o755)
    environ = bare | {"TMUX": "/tmp/x,1,0", "PATH": str(tmp_path)}
    for _ in range(2):  # the second time the buffer holds the text already
        copied = copy(TEXT, environ=environ, terminal=True)
        assert copied.message == "In tmux's buffer (prefix ]), checked"


def test_a_dead_tmux_leaves_the_terminal_to_try(bare: dict[str, str]) -> None:
    environ = bare | {"TMUX": "/nowhere,1,0", "TERM": "screen"}
    assert copy(TEXT, environ=environ, terminal=True).where == "terminal"


def test_over_ssh_tmux_comes_before_the_display_of_the_far_machine(
    tmux: dict[str, str], display: dict[str, str]
) -> None:
    both = display | tmux
    assert copy(TEXT, environ=both, terminal=True).where == "xclip"
    assert copy(TEXT, environ=both | {"SSH_TTY": "/dev/pts/1"}, terminal=True).where == "tmux"


@pytest.mark.parametrize("name", ["SSH_TTY", "SSH_CONNECTION"])
def test_over_ssh_the_terminal_comes_before_the_display_of_the_far_machine(
    bare: dict[str, str], name: str
) -> None:
    environ = bare | {"DISPLAY": ":987", "TERM": "xterm", name: "x"}
    assert copy(TEXT, environ=environ, terminal=True).where == "terminal"


def test_the_terminal_gets_an_escape_sequence_and_nothing_is_claimed(bare: dict[str, str]) -> None:
    copied = copy(TEXT, environ=bare | {"TERM": "xterm-256color"}, terminal=True)
    assert copied.message == ("Sent to your terminal (OSC 52); it does not say whether it took it")
    assert not copied.confirmed
    head, _, content = copied.escape.removesuffix("\x07").rpartition(";")
    assert head == "\x1b]52;c"
    assert base64.b64decode(content).decode() == TEXT


@pytest.mark.parametrize("terminal", ["", "dumb", "linux"])
def test_a_terminal_without_a_clipboard_is_not_tried(bare: dict[str, str], terminal: str) -> None:
    with pytest.raises(ClipboardError, match="no clipboard took the text"):
        copy(TEXT, environ=bare | {"TERM": terminal}, terminal=True)


def test_what_screen_and_tmux_would_drop_is_not_sent(bare: dict[str, str]) -> None:
    with pytest.raises(ClipboardError, match="GNU screen"):
        copy(TEXT, environ=bare | {"TERM": "screen", "STY": "1.pts"}, terminal=True)
    environ = bare | {"TERM": "screen", "TMUX": "/nowhere,1,0"}
    with pytest.raises(ClipboardError, match="tmux drops a text of 800000 bytes"):
        copy("x" * 800_000, environ=environ, terminal=True)


@pytest.mark.parametrize(
    ("variables", "tool", "remedy"),
    [
        ({"DISPLAY": ":0"}, "xclip", "install xclip"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy", "install wl-clipboard"),
        ({"WSL_DISTRO_NAME": "Debian"}, "clip.exe", "export to a file"),
        ({}, "no display, no tmux and no terminal", "export to a file"),
    ],
)
def test_where_no_tool_is_the_error_names_what_was_tried_and_what_to_install(
    bare: dict[str, str], variables: dict[str, str], tool: str, remedy: str
) -> None:
    with pytest.raises(ClipboardError) as caught:
        copy(TEXT, environ=bare | variables | {"PATH": "/nowhere"}, terminal=False)
    assert tool in caught.value.what
    assert remedy in caught.value.remedy


def test_nothing_is_not_copied(bare: dict[str, str]) -> None:
    with pytest.raises(ClipboardError, match="nothing to copy"):
        copy("", environ=bare, terminal=True)


def test_the_mechanisms_are_those_of_the_installed_pyperclip() -> None:
    import pyperclip

    for tool in clipboard._TOOLS:
        assert callable(getattr(pyperclip, f"init_{tool.mechanism}_clipboard"))
