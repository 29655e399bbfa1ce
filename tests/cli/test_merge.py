"""Merging and comparing on the command line, without git around it."""

import pytest

from pmtui.formats import conflict_markers, toml
from tests.cli.conftest import Shell

BASE = """schema = 1
title = "Checkout down"
timezone = "UTC"
tags = ["db"]

[[timeline]]
id = "e1"
at = 2024-05-22T14:00:00Z
text = "Alert fired"

[[tasks]]
id = "t1"
text = "Add an alert"
"""
ENTRY = '\n[[timeline]]\nid = "{}"\nat = 2024-05-22T{}:00Z\ntext = "{}"\n'
OURS = BASE + ENTRY.format("e2", "14:10", "ours")
THEIRS = BASE + ENTRY.format("e3", "14:05", "theirs")


@pytest.fixture
def three(shell: Shell) -> Shell:
    """A shell with base.toml, ours.toml and theirs.toml, each side with one more event."""
    for name, text in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        shell.file(f"{name}.toml", text)
    return shell


FILES = ("base.toml", "ours.toml", "theirs.toml")


def texts(data: bytes) -> list[str]:
    """The events of a file."""
    return [entry.text for entry in toml.read(data).timeline]


def test_the_result_goes_to_ours(three: Shell) -> None:
    ended = three.run("merge", *FILES)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    files = three.snapshot()
    assert texts(files["ours.toml"]) == ["Alert fired", "theirs", "ours"]
    assert files["base.toml"] == BASE.encode()
    assert files["theirs.toml"] == THEIRS.encode()


def test_it_can_be_printed_or_written_elsewhere(three: Shell) -> None:
    before = three.snapshot()
    printed = three.run("merge", *FILES, "-p")
    assert texts(printed.out.encode()) == ["Alert fired", "theirs", "ours"]
    assert three.run("merge", *FILES, "-o", "-").out == printed.out
    assert three.snapshot() == before
    three.run("merge", *FILES, "-o", "new.toml")
    assert three.snapshot() == before | {"new.toml": printed.out.encode()}


def test_a_conflict_is_told_by_name_and_stands_between_markers(three: Shell) -> None:
    three.file("ours.toml", OURS.replace("Alert fired", "An alert"))
    three.file("theirs.toml", THEIRS.replace("Alert fired", "Pager rang"))
    ended = three.run("merge", *FILES, "--name", "in/outage.toml", "--marker-size", "9")
    assert ended.code == 1
    told = "in/outage.toml: both sides changed event 14:00 An alert, text; pmtui in/outage.toml"
    assert told in ended.err
    data = three.snapshot()["ours.toml"]
    assert b"\n<<<<<<<<< ours\n" in data
    settled = conflict_markers.read(data)
    assert settled is not None
    (conflict,) = settled.merged.conflicts
    sides = (conflict.base, conflict.ours, conflict.theirs)
    assert sides == ("Alert fired", "An alert", "Pager rang")


@pytest.mark.parametrize("bad", FILES)
def test_a_file_that_is_missing_changes_nothing(three: Shell, bad: str) -> None:
    (three.folder / bad).unlink()
    before = three.snapshot()
    ended = three.run("merge", *FILES)
    assert ended.code == 1
    assert f"{bad}: " in ended.err
    assert three.snapshot() == before


def test_an_empty_side_is_refused(three: Shell) -> None:
    three.file("theirs.toml", "")
    before = three.snapshot()
    assert three.run("merge", *FILES).code == 1
    assert three.snapshot() == before


def test_diff_tells_events_fields_and_tasks(three: Shell) -> None:
    changed = (
        THEIRS.replace("Add an alert", "Add two")
        .replace('title = "Checkout down"', 'title = "Payments down"')
        .replace('["db"]', '["db", "eu"]')
        .replace('text = "Alert fired"', 'text = "Alert fired"\nkind = "detected"')
    )
    three.file("theirs.toml", changed)
    ended = three.run("diff", "base.toml", "theirs.toml")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "~ Title",
        "    - Checkout down",
        "    + Payments down",
        "~ Tags",
        "    + eu",
        "~ event 14:00 Alert fired",
        "    - kind: note",
        "    + kind: detected",
        "+ Wed 22 May 2024 14:05 UTC theirs",
        "~ task Add two",
        "    - text: Add an alert",
        "    + text: Add two",
    ]
    back = three.run("diff", "theirs.toml", "base.toml").out
    assert "- Wed 22 May 2024 14:05 UTC theirs" in back
    assert three.run("diff", "base.toml", "base.toml").out == ""


def test_diff_of_one_file_is_its_outline_and_other_files_stay_as_they_are(three: Shell) -> None:
    lines = three.run("diff", "base.toml").out.splitlines()
    assert lines[0] == "Title: Checkout down"
    assert "Wed 22 May 2024 14:00 UTC Alert fired" in lines
    assert "[ ] Add an alert" in lines
    path = three.file("other.toml", "[tool.x]\na = 1\n")
    assert three.run("diff", str(path)).out == "[tool.x]\na = 1\n"


def test_diff_needs_one_two_or_gits_arguments(three: Shell) -> None:
    assert three.run("diff", "a", "b", "c").code == 2
    assert three.run("diff").code == 2
    assert three.run("diff", "base.toml", "missing.toml").code == 1


def test_what_a_file_holds_steers_no_terminal(three: Shell) -> None:
    three.file("theirs.toml", BASE.replace("Alert fired", r"a \u202e b") + '"k\\u001b[31m" = 1\n')
    for words in (("diff", "theirs.toml"), ("diff", "base.toml", "theirs.toml")):
        ended = three.run(*words)
        assert "\x1b" not in ended.out
        assert "\u202e" not in ended.out
