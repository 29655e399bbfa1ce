"""Copying from the real editor: what it says is so, nobody waits for it, and a file has it all."""

import base64
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.desk import PROGRAM, Desk, Tmux, need, x_server
from tests.e2e.terminal import Terminal
from tests.long_run import besides


def copying(desk: Desk) -> Terminal:
    """The editor on a sample, after F8."""
    desk.put_sample()
    terminal = desk.open("incident.toml", columns=200)
    terminal.press("f8")
    return terminal


def exported(desk: Desk) -> str:
    """The file beside the document."""
    return (desk.folder / "incident.md").read_text(encoding="utf-8")


def selection(desk: Desk) -> str:
    """What the X server's clipboard holds."""
    command = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(
        command, env=desk.environ, capture_output=True, check=True, timeout=10
    ).stdout.decode()


@contextmanager
def silent_display() -> Iterator[str]:
    """A DISPLAY that accepts and never answers."""
    with socket.socket() as server:
        for port in range(6500, 6600):
            try:
                server.bind(("127.0.0.1", port))
                break
            except OSError:
                continue
        server.listen()
        yield f"127.0.0.1:{server.getsockname()[1] - 6000}"


def test_the_clipboard_outlives_the_terminal_that_it_was_filled_from(desk: Desk) -> None:
    need("Xvfb", "xclip")
    with x_server() as display:
        desk.environ["DISPLAY"] = display
        terminal = copying(desk)
        terminal.wait_for("Copied (xclip, checked). Exported to ./incident.md")
        os.killpg(terminal.process.pid, signal.SIGHUP)
        terminal.wait_end()
        assert selection(desk) == exported(desk)


def test_a_display_that_never_answers_keeps_nobody_from_typing_and_nothing_is_claimed(
    desk: Desk,
) -> None:
    need("xclip")
    with silent_display() as display:
        desk.environ["DISPLAY"] = display
        terminal = copying(desk)
        began = time.monotonic()
        terminal.press("ctrl+r", "ctrl+end")
        terminal.type(" typed meanwhile")
        terminal.wait_for("typed meanwhile")
        assert time.monotonic() - began < 2
        terminal.wait_for("Sent to your terminal (OSC 52); it does not say whether it took it")
        assert "Exported to ./incident.md" in terminal.text
        assert "checked)" not in terminal.text
        desk.leave(terminal)
    assert exported(desk)


def test_a_dead_display_prints_nothing_into_the_editor(desk: Desk) -> None:
    need("xclip")
    desk.environ["DISPLAY"] = ":987"
    terminal = copying(desk)
    terminal.wait_for("Sent to your terminal (OSC 52)")
    assert b"open display" not in terminal.output
    desk.leave(terminal)


def test_without_any_tool_the_terminal_is_sent_the_whole_export(desk: Desk) -> None:
    terminal = copying(desk)
    terminal.wait_for("Sent to your terminal (OSC 52); it does not say whether it took it")
    desk.leave(terminal)
    (sent,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", terminal.output)
    assert base64.b64decode(sent).decode() == exported(desk)


@pytest.mark.parametrize("setting", ["off", *besides("external", "on")])
def test_in_tmux_its_buffer_holds_the_export_whatever_its_setting(desk: Desk, setting: str) -> None:
    need("tmux")
    desk.put_sample()
    tmux = Tmux(desk, shutil.which("sh") or "sh", columns=200, rows=36)
    try:
        tmux.run("set", "-s", "set-clipboard", setting)
        tmux.type(" ".join((*PROGRAM, "incident.toml")))
        tmux.press("Enter")
        tmux.wait_for("F1 help")
        tmux.press("F8")
        tmux.wait_for("In tmux's buffer (prefix ]), checked")
        assert tmux.run("show-buffer") == exported(desk)
    finally:
        tmux.close()


def test_leaving_right_after_a_copy_that_hangs_takes_no_longer_than_its_time_limit(
    desk: Desk,
) -> None:
    need("xclip")
    with silent_display() as display:
        desk.environ["DISPLAY"] = display
        terminal = copying(desk)
        terminal.wait(lambda: (desk.folder / "incident.md").exists(), "the export")
        began = time.monotonic()
        desk.leave(terminal)
        assert time.monotonic() - began < 6
