"""A terminal that sends odd bytes, stops reading, cuts a paste off or goes away costs no text."""

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from pmtui.core.fields import FIELDS
from tests.e2e.desk import PROGRAM, Desk
from tests.e2e.terminal import KEYS, Terminal
from tests.long_run import besides

GONE = 2.5
"""Seconds within which a signal ends the program, also where the terminal reads nothing."""

UNPRINTABLE = {
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "thin space": "\u2009",
    "ideographic space": "\u3000",
    "Ogham space": "\u1680",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "byte order mark": "\ufeff",
    "private use": "\ue000",
    "private use, last": "\uf8ff",
    "private use, astral": "\U000f0000",
    "tag letter": "\U000e0041",
    "character of a later Unicode": "\U0001fadf",
}
"""Characters that people type and `str.isprintable` is false for, or may be."""

TEXT = "".join(f"x{character}" for character in UNPRINTABLE.values()) + "x"


def write_bytes(terminal: Terminal, data: bytes) -> None:
    """Send bytes that need be no characters."""
    os.write(terminal._master, data)


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait without reading anything from the terminal."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


@pytest.mark.parametrize("brackets", [False, True], ids=["typed", "pasted"])
def test_a_text_in_latin_1_arrives_and_so_does_all_around_it(desk: Desk, brackets: bool) -> None:
    terminal = desk.open("incident.toml")
    terminal.type("before ")
    text = "déjà vu à la café".encode("latin-1")
    write_bytes(terminal, b"\x1b[200~" + text + b"\x1b[201~" if brackets else text)
    terminal.type(" after été")
    desk.leave(terminal)
    assert desk.document("incident.toml").title == "before déjà vu à la café after été"


def test_bytes_that_are_no_text_at_all_stop_nobody(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.type("before ")
    write_bytes(terminal, b"\x81\xff\xfe\xc3")
    terminal.type(" after")
    write_bytes(terminal, b"\x1b[99999999999u\x1b[1114112u")
    terminal.type("!")
    desk.leave(terminal)
    title = desk.document("incident.toml").title
    assert title.startswith("before ")
    assert title.endswith(" after!")


def stall(terminal: Terminal) -> None:
    """Have the program draw until the terminal, which reads nothing, takes no more for a while."""
    for pause in (0.7, 0.1):
        for _ in range(6):
            terminal.write(KEYS["f6"])
        time.sleep(pause)


def test_a_terminal_that_reads_nothing_stops_neither_saving_nor_keys(desk: Desk) -> None:
    desk.put_sample()
    terminal = desk.open("incident.toml", columns=200, rows=60)
    terminal.press("ctrl+r", "ctrl+end")
    stall(terminal)
    text = "".join(f" word{number}" for number in range(60))
    for word in text.split(" "):
        os.write(terminal._master, f"{word} ".encode())
        time.sleep(0.005)
    path = desk.folder / "incident.toml"
    until(lambda: "word59" in path.read_text(encoding="utf-8"))
    cause = desk.document("incident.toml").root_cause
    assert all(f"word{number} " in cause + " " for number in range(60))
    terminal.wait_for("word59", 60)  # the whole picture, once it reads again
    terminal.wait_for("Summary")
    desk.leave(terminal)


def test_after_a_stall_the_picture_is_the_one_that_should_be_there(desk: Desk) -> None:
    desk.put_sample()
    terminal = desk.open("incident.toml", columns=200, rows=60)
    terminal.press("ctrl+r")
    terminal.type("end of stall")
    terminal.wait_for("end of stall")
    before = terminal.text.splitlines()[3:-3]
    stall(terminal)
    terminal.wait(lambda: terminal.text.splitlines()[3:-3] == before, "the same picture")
    desk.leave(terminal)


@pytest.mark.parametrize("number", [signal.SIGHUP, *besides(signal.SIGTERM)])
def test_a_signal_ends_it_in_time_although_the_terminal_reads_nothing(
    desk: Desk, number: signal.Signals
) -> None:
    desk.put_sample()
    terminal = desk.open("incident.toml", columns=200, rows=60)
    terminal.press("ctrl+r")
    stall(terminal)
    os.write(terminal._master, b" lastly:")
    path = desk.folder / "incident.toml"
    until(lambda: "lastly:" in path.read_text(encoding="utf-8"))
    os.write(terminal._master, b" words")
    time.sleep(0.5)
    terminal.process.send_signal(number)
    terminal.process.wait(GONE)
    assert terminal.process.returncode == 128 + number
    assert desk.document("incident.toml").root_cause.endswith(" lastly: words")


def test_leaving_ends_it_although_the_terminal_reads_nothing(desk: Desk) -> None:
    desk.put_sample()
    terminal = desk.open("incident.toml", columns=200, rows=60)
    stall(terminal)
    os.write(terminal._master, KEYS["ctrl+q"].encode())
    assert terminal.process.wait(30) == 0


@pytest.mark.parametrize("key", ["ctrl+q", "wait"])
def test_a_paste_whose_end_never_comes_is_taken_as_what_came(desk: Desk, key: str) -> None:
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("[")
    terminal.write("\x1b[200~one\r\ntwo")
    if key == "wait":
        terminal.wait_for("two")
        terminal.type("]")
    else:
        time.sleep(0.7)
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == (
        "[one\ntwo]" if key == "wait" else "[one\ntwo"
    )


def test_escapes_in_a_paste_change_neither_its_order_nor_what_comes_after(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.paste("one\x1b[31mtwo\x1b[0mthree\x07\x08\x7f\u009b\r\nfour\rfive\x00\x1b[200~six")
    terminal.type(" end")
    desk.leave(terminal)
    assert b"\x1b[31mtwo" not in terminal.output
    assert desk.document("incident.toml").root_cause == (
        "one\ufffd[31mtwo\ufffd[0mthree\ufffd\ufffd\ufffd\ufffd\nfour\nfive\ufffd\ufffd[200~six end"
    )


@pytest.mark.parametrize("end", ["\n", " "], ids=["in lines", "in one line"])
def test_a_paste_of_a_megabyte_is_in_quickly_and_the_next_key_too(desk: Desk, end: str) -> None:
    line = f"12:00:05 checkout-7 GET /cart 500 in 30 s, été{end}"
    text = line * (1_000_000 // len(line))
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    began = time.monotonic()
    terminal.paste(text)
    terminal.type("IN")
    terminal.wait_for("IN")
    taken = time.monotonic() - began
    began = time.monotonic()
    terminal.type("NEXT")
    terminal.wait_for("INNEXT")
    key = time.monotonic() - began
    print(f"1 MB pasted in {taken:.2f} s, the next key after {key * 1000:.0f} ms")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == f"{text}INNEXT"
    assert taken < 10, "2.5 s on a machine that does nothing else"
    assert key < 2, "50 ms on a machine that does nothing else"


@pytest.mark.parametrize("where", ["ctrl+r", "ctrl+t"])
def test_twenty_kilobytes_in_one_line_from_a_terminal_without_brackets(
    desk: Desk, where: str
) -> None:
    text = "14:05 " + "GET /checkout 500 in 30 s, " * 740 + "end"
    terminal = desk.open("incident.toml")
    terminal.press(where)
    began = time.monotonic()
    terminal.write(text)
    terminal.wait_for("end")
    assert time.monotonic() - began < 40, "where a machine is busy; key by key it takes minutes"
    if where == "ctrl+t":
        terminal.press("enter")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    found = document.root_cause if where == "ctrl+r" else document.timeline[0].text
    assert found.endswith(text[6:])


TEXT_FIELDS = tuple(field for field in FIELDS if field.live and field.letter)


def test_characters_that_python_does_not_count_as_printable_are_kept_everywhere(
    desk: Desk,
) -> None:
    terminal = desk.open("incident.toml")
    for field in TEXT_FIELDS:
        terminal.press("ctrl+g")
        terminal.type(f"{field.letter}{TEXT}")
    terminal.press("ctrl+t")
    terminal.type(f"14:05 {TEXT}")
    terminal.press("enter", "ctrl+n")
    terminal.type(TEXT)
    terminal.press("enter", "ctrl+n", "ctrl+n", "ctrl+n")
    terminal.type(TEXT)
    terminal.press("enter")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    for field in TEXT_FIELDS:
        assert field.read(document) == TEXT, field.label
    assert [each.text for each in (*document.timeline, *document.tasks)] == [TEXT] * 2
    assert [each.text for each in document.measures] == [TEXT]


def test_a_terminal_that_goes_away_without_a_word_ends_the_program(desk: Desk) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "incident.toml"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=desk.folder,
        env=desk.environ,
        start_new_session=True,  # and without a controlling terminal no SIGHUP comes
    )
    os.close(slave)
    seen = b""
    while b"help" not in seen:
        seen += os.read(master, 65536)
    os.write(master, b"Down")
    while b"Down" not in seen and b"n" not in seen[-40:]:
        seen += os.read(master, 65536)
    time.sleep(0.5)
    os.close(master)
    assert process.wait(GONE + 2) == 128 + signal.SIGHUP
    assert desk.document("incident.toml").title == "Down"
