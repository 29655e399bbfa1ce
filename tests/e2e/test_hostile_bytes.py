"""What really goes down the line to the terminal: drawing and modes, and no text that acts."""

import os
import re

import pytest

from pmtui.core.document import Postmortem
from pmtui.core.text import one_line
from pmtui.formats import toml
from tests.e2e.desk import PROGRAM, Desk
from tests.hostile import PAYLOADS, RAW, as_argument, as_file_name
from tests.tui.test_hostile import full_of

POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""How Textual sets the shape of the mouse's pointer."""


def raw(output: bytes) -> list[bytes]:
    """The raw controls in what a program sent, each with what follows it."""
    output = POINTER.sub(b"", output)
    return [output[found.start() : found.start() + 20] for found in RAW.finditer(output)]


def tour(desk: Desk, text: str, name: str) -> int:
    """Show `text` in every way that a person can reach; gives how many bytes were sent."""
    document: Postmortem = full_of(one_line(text))
    (desk.folder / name).write_bytes(toml.write(document))
    (desk.folder / "broken.toml").write_bytes(b"schema = 1\n" + text.encode("utf-8", "replace"))
    desk.config.write_text("editor = 'no-such-editor'\ntheme = 'x\\u0007'\n")
    desk.environ["EDITOR"] = as_argument(text)
    terminal = desk.open(name, columns=160, rows=50)
    for keys in ("ctrl+r", "ctrl+l", "f3", "f2", "ctrl+g", "escape", "f6", "f6", "f1", "escape"):
        terminal.press(keys)
        terminal.read(0.02)
    for keys in ("ctrl+r", "ctrl+t", "ctrl+n", "ctrl+f", "ctrl+p"):
        terminal.press(keys)
        terminal.read(0.1)
        terminal.paste(text.encode("utf-8", "replace").decode())
        terminal.read(0.1)
        terminal.press("enter")
        terminal.read(0.1)
        terminal.press("escape")
        terminal.read(0.2)
    terminal.press("f4", "f7", "ctrl+s")
    terminal.read(0.3)
    terminal.press("ctrl+q", "ctrl+q")
    terminal.wait_end()
    assert raw(bytes(terminal.output)) == []
    library = desk.open(ready="Postmortems")
    library.press("enter")
    library.read(0.2)
    library.press("down", "enter")
    library.read(0.2)
    library.press("ctrl+q")
    assert raw(bytes(library.output)) == []
    refused = desk.start(*PROGRAM, "broken.toml")
    refused.wait_end()
    assert raw(bytes(refused.output)) == []
    return len(terminal.output) + len(library.output) + len(refused.output)


def test_no_raw_control_reaches_a_terminal_from_all_hostile_texts_at_once(desk: Desk) -> None:
    text = " ".join(PAYLOADS.values())
    name = f"{os.fsdecode(os.fsencode(as_file_name(text)[-60:])[-120:])}.toml"
    sent = tour(desk, text, name)
    print(f"{len(PAYLOADS)} texts at once, {sent} bytes sent: 0 raw controls, 0 crashes")


@pytest.mark.long
@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_raw_control_reaches_a_terminal_from_each_hostile_text(desk: Desk, kind: str) -> None:
    tour(desk, PAYLOADS[kind], f"{as_file_name(PAYLOADS[kind])}.toml")
