"""A file that did not change is seen before the editor is loaded, and nothing is another for it."""

import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.desk import PROGRAM, Desk
from tests.e2e.terminal import Terminal
from tests.long_run import besides

FILE = "incident.toml"
SEEN = "automated monitoring"
SHOWN = b"\x1b[?2026l"
"""The end of a picture."""

TAKEN = b"\x1b[?1003h"
"""What the editor tells the terminal when it is there."""

WAYS_IN = {"at once": (FILE,), "by its command": ("edit", FILE)}


@pytest.fixture(autouse=True)
def opened_once(desk: Desk) -> str:
    """The screen after a file was opened for the first time."""
    desk.put_sample(FILE)
    return opened_and_left(desk)


def opened_and_left(desk: Desk, columns: int = 120, rows: int = 36) -> str:
    terminal = desk.open(FILE, ready=SEEN, columns=columns, rows=rows)
    terminal.wait_quiet()
    text = below_head(terminal)
    desk.leave(terminal)
    return text


def opened_again(desk: Desk, *arguments: str) -> Terminal:
    """A terminal that shows the picture of the file."""
    terminal = desk.start(*PROGRAM, *(arguments or (FILE,)))
    terminal.wait(lambda: SHOWN in terminal.output, "a picture")
    return terminal


def below_head(terminal: Terminal) -> str:
    return "\n".join(terminal.text.splitlines()[2:])


@pytest.mark.parametrize("arguments", WAYS_IN.values(), ids=WAYS_IN)
def test_the_picture_is_the_first_frame_and_comes_before_the_editor(
    desk: Desk, opened_once: str, arguments: tuple[str, ...]
) -> None:
    terminal = opened_again(desk, *arguments)
    picture = bytes(terminal.output).partition(SHOWN)[0]
    assert TAKEN not in picture
    assert below_head(terminal) == opened_once
    assert not any(line.strip() for line in terminal.text.splitlines()[:2])
    terminal.wait_for(FILE)
    terminal.wait_quiet()
    assert below_head(terminal) == opened_once
    again = bytes(terminal.output).partition(SHOWN)[2]
    assert len(again) < len(picture) / 3, "what stood there is not sent again"
    assert terminal.output.count(b"\x1b[?1049h") == 1
    desk.leave(terminal)


def test_a_new_file_is_there_at_once_too(desk: Desk) -> None:
    first = desk.open("one.toml")
    first.wait_quiet()
    desk.leave(first)
    terminal = opened_again(desk, "another.toml")
    assert TAKEN not in bytes(terminal.output).partition(SHOWN)[0]
    terminal.type("Database down")
    terminal.wait_for("another.toml")
    terminal.wait_for("Database down")
    assert "one.toml" not in terminal.output.decode()
    desk.leave(terminal)
    assert desk.document("another.toml").title == "Database down"
    assert not (desk.folder / "one.toml").exists()


def test_what_is_typed_and_pasted_over_the_picture_arrives_and_is_not_echoed(desk: Desk) -> None:
    terminal = opened_again(desk)
    terminal.press("ctrl+t")
    terminal.type("14:05 alarm ")
    terminal.paste("of a pager")
    terminal.press("enter")
    picture = terminal.text
    assert "alarm" not in picture or TAKEN in terminal.output
    terminal.wait_for("14:05")
    terminal.wait_quiet()
    desk.leave(terminal)
    assert [event.text for event in desk.document(FILE).timeline if "alarm" in event.text] == [
        "alarm of a pager"
    ]


def test_no_other_content_is_ever_shown(desk: Desk) -> None:
    path = desk.folder / FILE
    path.write_text(path.read_text("utf-8").replace(SEEN, "somebody's call"), "utf-8")
    terminal = desk.open(FILE, ready="somebody's call")
    terminal.wait_quiet()
    assert SEEN.encode() not in terminal.output
    desk.leave(terminal)


def test_another_size_of_the_window_has_a_picture_of_its_own(desk: Desk) -> None:
    first = opened_and_left(desk, 80, 24)
    terminal = desk.start(*PROGRAM, FILE, columns=80, rows=24)
    terminal.wait(lambda: SHOWN in terminal.output, "a picture")
    assert TAKEN not in bytes(terminal.output).partition(SHOWN)[0]
    assert below_head(terminal) == first
    terminal.wait_for(FILE)
    desk.leave(terminal)


def test_a_window_that_changes_its_size_meanwhile_is_drawn_anew(desk: Desk) -> None:
    wanted = opened_and_left(desk, 100, 30)
    terminal = opened_again(desk)
    terminal.resize(100, 30)
    terminal.wait_for(FILE)
    terminal.wait_quiet()
    assert below_head(terminal) == wanted
    desk.leave(terminal)


def test_the_terminal_is_afterwards_as_it_was(desk: Desk) -> None:
    terminal = desk.start("sh", "-c", f"{' '.join(PROGRAM)} {FILE}; sleep 60")
    before = terminal.modes
    terminal.wait(lambda: SHOWN in terminal.output, "a picture")
    assert terminal.modes != before, "what is typed is not shown"
    terminal.wait_for(FILE)
    terminal.press("ctrl+q")
    terminal.wait(lambda: b"\x1b[?1049l" in terminal.output, "the editor leaves")
    terminal.wait(lambda: terminal.modes == before, "the terminal is as it was")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", [0.0, 0.2, *besides(0.1, 0.3, 0.4)])
def test_who_ends_it_while_the_editor_comes_gets_the_terminal_back(
    desk: Desk, number: signal.Signals, moment: float
) -> None:
    terminal = desk.start(*PROGRAM, FILE)
    before = terminal.modes
    terminal.wait(lambda: SHOWN in terminal.output, "a picture")
    terminal.read(moment)
    terminal.process.send_signal(number)
    assert terminal.wait_end() in (-number, 128 + number)
    assert terminal.modes == before
    assert bytes(terminal.output).rpartition(b"\x1b[?1049")[2].startswith(b"l")


def test_an_error_is_told_below_the_prompt_and_not_on_the_picture(desk: Desk) -> None:
    failing = (
        "from pathlib import Path\n"
        "from pmtui.cli.first_picture import first_picture\n"
        f"with first_picture(Path({FILE!r})):\n"
        "    raise SystemExit('it cannot be opened')\n"
    )
    terminal = desk.start(sys.executable, "-P", "-c", failing)
    before = terminal.modes
    assert terminal.wait_end() == 1
    assert SEEN.encode() in terminal.output
    assert "it cannot be opened" in terminal.last_words
    assert terminal.modes == before


def test_a_start_that_says_something_is_not_kept(desk: Desk) -> None:
    other = desk.open(FILE, ready=SEEN)
    other.wait_quiet()
    for picture in frames(desk):
        picture.unlink()
    terminal = desk.open(FILE, ready="Another pmtui")
    terminal.wait_quiet()
    assert not frames(desk)
    desk.leave(terminal)
    desk.leave(other)


def frames(desk: Desk) -> list[Path]:
    return list((desk.state / "frames").iterdir())
