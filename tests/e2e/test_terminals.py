"""What is typed arrives: on small windows, in tmux, ahead of the program, in every script."""

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.desk import PROGRAM, Desk, Tmux, need
from tests.e2e.terminal import KEYS

SCRIPTS = (
    string.digits + string.ascii_letters + string.punctuation,
    "ÄÖÜß ñ Ångström Ελληνικά Русский",
    "漢字かな 한국어 ไทย हिन्दी",
    "עברית العربية",
    "no-break\u00a0ideographic\u3000thin\u2009narrow\u202fspaces",
    "joined 👩\u200d🚒 apart \u200c soft\u00adhyphen mark \u200f left \u200e",
    "combined e\u0301 o\u0308\u0323 \u2764\ufe0f 👍🏽 🇩🇪 1\ufe0f\u20e3",
    "astral 𝔘𝕟𝕚 🦀 private \ue0b0",
    "“quoted” – — … ‹› €£¥ → ≠ ✓ ▁▂▃ │",
)


def test_on_80_columns_the_panes_stand_under_tabs_and_take_what_is_typed(desk: Desk) -> None:
    terminal = desk.open("incident.toml", columns=80, rows=24)
    assert all(name in terminal.text for name in ("Summary", "Root cause", "Lessons", "Timeline"))
    terminal.type("Database down")
    terminal.press("ctrl+r")
    terminal.wait_for("Contributing factors")
    assert "No events yet" not in terminal.text
    terminal.type("wrong limit")
    terminal.press("ctrl+t", "ctrl+t")
    terminal.wait_for("No events yet")
    assert "Contributing factors" not in terminal.text
    terminal.type("14:05 alarm #detected")
    terminal.press("enter")
    terminal.wait_for("Timeline 1")
    terminal.press("ctrl+n", "ctrl+n")
    terminal.type("raise the limit @ana")
    terminal.press("enter")
    terminal.wait_for("Tasks 0/1")
    terminal.press("ctrl+l")
    terminal.wait_for("Went well")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert (document.title, document.root_cause) == ("Database down", "wrong limit")
    assert [(e.kind, e.text) for e in document.timeline] == [("detected", "alarm")]
    assert [(t.owner, t.text) for t in document.tasks] == [("ana", "raise the limit")]


def test_in_tmux_everything_arrives_also_when_the_window_changes_its_size(desk: Desk) -> None:
    need("tmux")
    tmux = Tmux(desk, *PROGRAM, "incident.toml", columns=120, rows=36)
    tmux.wait_for("help")
    tmux.type("Datenbank läuft nicht 漢字 🦀")
    tmux.press("C-r")
    tmux.type("first ")
    tmux.run("resize-window", "-x", "80", "-y", "24")
    tmux.type("second ")
    tmux.press("C-t")
    tmux.type("14:05 alarm")
    tmux.press("Enter")
    tmux.type("third")
    tmux.wait_for("third")
    tmux.press("C-s")
    tmux.wait_for("Saved")
    document = desk.document("incident.toml")
    tmux.press("C-q")
    tmux.close()
    assert document.title == "Datenbank läuft nicht 漢字 🦀"
    assert document.root_cause == "first second third"
    assert [entry.text for entry in document.timeline] == ["alarm"]


def test_no_key_is_lost_while_the_window_changes_its_size(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    words = [f"word{number}" for number in range(60)]
    sizes = ((80, 24), (200, 50), (119, 36), (20, 5), (120, 24), (2, 2), (100, 30))
    for number, word in enumerate(words):
        if number % 4 == 0:
            terminal.resize(*sizes[number // 4 % len(sizes)])
        terminal.type(f"{word} ")
    terminal.type("end")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == " ".join([*words, "end"])


def test_keys_typed_ahead_in_one_burst_arrive_in_order_and_in_their_fields(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.write(
        f"Down{KEYS['ctrl+g']}rfirst {KEYS['ctrl+t']}14:05 alarm{KEYS['enter']}second"
        f"{KEYS['ctrl+n']}{KEYS['ctrl+n']}one{KEYS['enter']}two{KEYS['enter']}"
        f"{KEYS['ctrl+n']}broad{KEYS['enter']}{KEYS['ctrl+g']}xended{KEYS['tab']}learned"
        f"{KEYS['ctrl+t']}{KEYS['ctrl+t']}+5m paged{KEYS['enter']}+5m fixed{KEYS['enter']}"
        f"{KEYS['f3']}{KEYS['up']}d{KEYS['ctrl+q']}"
    )
    assert terminal.wait_end() == 0
    document = desk.document("incident.toml")
    assert document.title == "Down"
    assert document.root_cause == "first second"
    assert (document.resolution, document.conclusion) == ("ended", "learned")
    assert [task.text for task in document.tasks] == ["one", "two"]
    assert [measure.text for measure in document.measures] == ["broad"]
    assert [entry.text for entry in document.timeline] == ["alarm", "fixed"]


def test_every_character_that_people_type_is_in_the_saved_file(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.type(SCRIPTS[0])
    terminal.press("ctrl+r")
    for line in SCRIPTS:
        terminal.type(line)
        terminal.press("enter")
    terminal.type("end")
    terminal.press("ctrl+t", "ctrl+t")
    for line in SCRIPTS:
        terminal.type(f"14:05 x{line}")
        terminal.press("enter")
    terminal.press("ctrl+n", "ctrl+n")
    for line in SCRIPTS:
        terminal.type(f"x{line}")
        terminal.press("enter")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.title == SCRIPTS[0]
    assert document.root_cause.split("\n") == [*SCRIPTS, "end"]
    assert [entry.text for entry in document.timeline] == [f"x{line}" for line in SCRIPTS]
    assert [task.text for task in document.tasks] == [f"x{line}" for line in SCRIPTS]


def test_a_paste_of_100_kilobytes_arrives_whole(desk: Desk) -> None:
    text = "\n".join(f"{number:05} GET /checkout 500 in 30 s, été 漢字" for number in range(2400))
    assert len(text.encode()) > 100_000
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("[")
    terminal.paste(text)
    terminal.type("]")
    terminal.press("ctrl+t")
    terminal.type("14:05 ")
    terminal.paste(text)
    terminal.press("enter")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.root_cause == f"[{text}]"
    assert sorted(entry.text for entry in document.timeline) == text.split("\n")


def test_a_paste_presses_no_keys_and_what_a_document_refuses_is_replaced(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.paste("one\r\ntwo\x11three\x07")
    terminal.type(" end")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == "one\ntwo\ufffdthree\ufffd end"


def test_leaving_keeps_a_field_that_was_not_left_and_a_line_that_was_not_finished(
    desk: Desk,
) -> None:
    terminal = desk.open("incident.toml")
    terminal.type("Down")
    terminal.press("ctrl+t")
    terminal.type("2024-05-22 14:05 alarm")
    terminal.press("ctrl+n")
    terminal.type("raise the limit @ana")
    terminal.press("ctrl+g", "z")
    terminal.press(*["backspace"] * 3)
    terminal.type("Europe/Berlin")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.timezone == "Europe/Berlin"
    assert [entry.text for entry in document.timeline] == ["alarm"]
    assert [(task.owner, task.text) for task in document.tasks] == [("ana", "raise the limit")]


def test_leaving_with_a_line_that_is_not_understood_asks_and_then_keeps_its_words(
    desk: Desk,
) -> None:
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+t")
    terminal.type("25:99 IST alarm")
    terminal.press("ctrl+q")
    terminal.wait_for("is not understood; ctrl+q again")
    desk.leave(terminal)
    (entry,) = desk.document("incident.toml").timeline
    assert (entry.at, entry.text) == (None, "25:99 IST alarm")


def test_what_the_persons_own_editor_wrote_comes_back_and_the_cursor_is_where_it_was(
    desk: Desk,
) -> None:
    script = desk.home / "my editor"
    script.write_text('#!/bin/sh\nprintf " and\\nmore %s" "$(stty size)" >> "$1"\n')
    script.chmod(0o755)
    desk.environ["EDITOR"] = f"'{script}'"
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("wrong limit")
    terminal.press("f4")
    terminal.wait_for("more 36 120")
    terminal.type("!")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == "wrong limit! and\nmore 36 120"


@pytest.mark.parametrize("editor", ["false", "no-such-editor --wait", "'unbalanced"])
def test_an_editor_that_fails_leaves_the_text_as_it_was_and_is_named(
    desk: Desk, editor: str
) -> None:
    desk.environ["EDITOR"] = editor
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("wrong limit")
    terminal.press("f4")
    terminal.wait_for(f"{editor.split()[0]} ")
    terminal.type("!")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == "wrong limit!"
    assert "Traceback" not in terminal.output.decode()


@pytest.mark.parametrize("size", [(20, 5), (18, 4), (8, 2), (1, 1)])
def test_a_window_that_is_far_too_small_still_takes_everything(
    desk: Desk, size: tuple[int, int]
) -> None:
    columns, rows = size
    terminal = desk.open("incident.toml", ready="", columns=columns, rows=rows)
    terminal.wait(lambda: b"\x1b[?2004h" in terminal.output, "the editor")
    terminal.type("Down")
    terminal.press("ctrl+g", "r")
    terminal.type("wrong limit")
    terminal.press("f6", "ctrl+t")
    terminal.type("2024-05-22 14:05 alarm")
    terminal.press("enter")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert (document.title, document.root_cause) == ("Down", "wrong limit")
    assert [entry.at for entry in document.timeline] == [datetime(2024, 5, 22, 14, 5, tzinfo=UTC)]


def test_another_program_may_add_to_the_file_while_it_is_open(desk: Desk) -> None:
    path: Path = desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type(" Ours.")
    path.write_bytes(path.read_bytes().replace(b"pager alert", b"theirs"))
    terminal.wait_for("theirs")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.root_cause.endswith(" Ours.")
    assert "theirs" in document.timeline[1].text
