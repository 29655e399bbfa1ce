"""`import` makes postmortems of other files, beside them, and says what it assumed."""

import contextlib
import os
import re
import subprocess

import pytest

from pmtui.formats import toml
from pmtui.formats.markdown import render

ERASED = "\x1b[K"

NOTES = """# Checkout down

## Summary

On 22 May 2024 from 14:00 to 16:30 UTC nobody could pay. It lasted 2 hours.

## Timeline

- 14:00 Alert fires
- 16:30 All fine

## Action items

- [x] Restart
- [ ] Alert earlier
"""


def test_a_file_becomes_a_postmortem_beside_it_and_stays_as_it_is(shell) -> None:
    shell.file("notes.md", NOTES)
    ended = shell.run("import", "notes.md")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("notes.toml")
    files = shell.snapshot()
    assert files["notes.md"].decode() == NOTES
    document = toml.read(files["notes.toml"])
    assert [entry.text for entry in document.timeline] == ["Alert fires", "All fine"]
    assert [(task.text, task.state) for task in document.tasks] == [
        ("Restart", "done"),
        ("Alert earlier", "open"),
    ]


def test_the_report_names_file_and_line_of_a_contradiction(shell) -> None:
    shell.file("notes.md", NOTES)
    ended = shell.run("import", "--report", "notes.md")
    assert "notes.md:5: 2h 00m is stated, but the window is 2h 30m\n" in ended.err
    assert ended.out == "notes.toml\n"


def test_the_report_names_the_option_that_settles_a_zone_or_a_date(shell) -> None:
    shell.file("notes.md", "# Down\n\n## Timeline\n\n- 10:00 IST alert\n- 10:20 IST fixed\n")
    ended = shell.run("import", "--report", "notes.md")
    places = "IST may be India (+05:30), Ireland (+01:00), Israel (+02:00)"
    assert f"notes.md:5: {places} (also line 6); --timezone settles it\n" in ended.err
    assert "the document is undated; --date settles it\n" in ended.err
    told = ("--timezone", "Asia/Kolkata", "--date", "2024-05-22")
    settled = shell.run("import", "--report", *told, "notes.md", "-o", "settled.toml")
    assert settled.err == ""
    assert toml.read(shell.snapshot()["settled.toml"]).timezone == "Asia/Kolkata"


def test_no_option_is_named_where_another_line_tells_the_zone(shell) -> None:
    text = (
        "# Down\n\nAll times are in UTC.\n\n## Timeline\n\n- 2024-05-22 10:00 (15:30 IST) alert\n"
    )
    shell.file("notes.md", text)
    assert "--timezone" not in shell.run("import", "--report", "notes.md").err


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"\0\0"])
def test_nothing_makes_no_postmortem(shell, data: bytes) -> None:
    ended = shell.run("import", "-", stdin=data)
    assert (ended.code, ended.out) == (1, "")
    assert "standard input: is empty" in ended.err
    shell.file("notes.md", data)
    ended = shell.run("import", "notes.md")
    assert (ended.code, ended.out) == (1, "")
    assert "notes.md: is empty" in ended.err
    assert "notes.toml" not in shell.snapshot()


def test_nothing_is_overwritten(shell) -> None:
    shell.file("notes.md", NOTES)
    shell.file("notes.toml", "mine")
    for arguments in (["notes.md"], ["notes.md", "-o", "notes.toml"], ["notes.md", "--into", "."]):
        ended = shell.run("import", *arguments)
        assert ended.code == 1
        assert "already exists" in ended.err
    assert shell.snapshot()["notes.toml"] == b"mine"


def test_a_folder_is_made_for_many_files_and_one_that_cannot_be_read_stops_none(shell) -> None:
    for name in ("a.md", "b.txt", "c.html"):
        shell.file(name, NOTES)
    ended = shell.run("import", "a.md", "missing.md", "b.txt", "c.html", "--into", "out/deep")
    assert ended.code == 1
    assert "missing.md" in ended.err
    assert {"out/deep/a.toml", "out/deep/b.toml", "out/deep/c.toml"} <= shell.snapshot().keys()


def test_on_a_terminal_the_bar_gives_way_to_each_line_and_stands_below(shell) -> None:
    names = ["a.md", "b.md", "c.md"]
    for name in names:
        shell.file(name, NOTES)
    leader, follower = os.openpty()
    with subprocess.Popen(
        shell.command("import", *names, "--into", "out"),
        stdout=follower,
        stderr=follower,
        cwd=shell.folder,
        env=shell.environ | {"TERM": "xterm"},
    ) as running:
        os.close(follower)
        seen = ""
        with contextlib.suppress(OSError):  # what the end of a terminal is on Linux
            while piece := os.read(leader, 100_000):
                seen += piece.decode()
        assert running.wait(60) == 0
    os.close(leader)
    shown = [line.rpartition(ERASED)[2].strip() for line in seen.split("\n")]
    told = [line.split("  ")[0] for line in shown if line.startswith("out/")]
    assert told == ["out/a.toml", "out/b.toml", "out/c.toml"]
    assert "1/3" in seen
    assert "b.md" in seen
    assert "3/3" in shown[len(told)]


def test_files_of_one_name_all_find_a_place_in_the_folder(shell) -> None:
    for name in ("may/README.md", "june/README.md", "june/README.txt"):
        shell.file(name, NOTES.replace("Outage", name))
    names = ("may/README.md", "june/README.md", "june/README.txt")
    ended = shell.run("import", *names, "--into", "out")
    assert ended.code == 0
    made = [f"out/{name}.toml" for name in ("README", "README-2", "README-3")]
    assert [line.split()[0] for line in ended.out.splitlines()] == made
    assert set(made) <= shell.snapshot().keys()


def test_another_run_into_the_folder_writes_nothing_twice(shell) -> None:
    shell.file("notes.md", NOTES)
    shell.file("again.md", NOTES)
    shell.run("import", "notes.md", "--into", "out")
    before = shell.snapshot()
    ended = shell.run("import", "notes.md", "again.md", "--into", "out")
    assert ended.code == 1
    assert "out/notes.toml: the file already exists; move it away" in ended.err
    assert "1 of 2 files were not imported" in ended.err
    assert shell.snapshot().keys() - before.keys() == {"out/again.toml"}


def test_what_is_no_text_is_refused_and_the_others_are_read(shell) -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
    shell.file("photo.md", picture)
    shell.file("notes.md", NOTES)
    ended = shell.run("import", "photo.md", "notes.md")
    assert ended.code == 1
    assert "photo.md: is no text" in ended.err
    assert "notes.toml" in shell.snapshot()
    assert "photo.toml" not in shell.snapshot()


def test_streams_take_the_place_of_files(shell) -> None:
    ended = shell.run("import", "-", stdin=NOTES)
    assert ended.code == 0
    assert toml.read(ended.out.encode()).title == "Checkout down"
    shell.file("notes.md", NOTES)
    assert shell.run("import", "notes.md", "-o", "-").out == ended.out
    assert list(shell.snapshot()) == ["notes.md"]


def test_date_and_zone_are_those_of_a_text_that_says_neither(shell) -> None:
    shell.file("notes.txt", "Disk full\n\nTimeline:\n23:50 page\n00:10 fixed\n")
    shell.run("import", "notes.txt", "--date", "2024-05-22", "--timezone", "Europe/Berlin")
    document = toml.read(shell.snapshot()["notes.toml"])
    assert [str(entry.at) for entry in document.timeline] == [
        "2024-05-22 23:50:00+02:00",
        "2024-05-23 00:10:00+02:00",
    ]
    assert not document.undated


def test_without_a_date_the_document_is_undated_and_that_is_reported(shell) -> None:
    shell.file("notes.txt", "Disk full\n\nTimeline:\n23:50 page\n00:10 fixed\n")
    ended = shell.run("import", "--report", "notes.txt")
    assert "no date is stated, so the document is undated; --date settles it\n" in ended.err
    assert "notes.txt:5: taken as next day, because of the time before it\n" in ended.err
    assert toml.read(shell.snapshot()["notes.toml"]).undated


def test_an_exported_file_comes_back_as_it_was(shell) -> None:
    document = toml.read(shell.sample("outage.toml").read_bytes())
    shell.run("export", "outage.toml", "-o", "again.md")
    shell.run("import", "again.md")
    assert render(toml.read(shell.snapshot()["again.toml"])) == render(document)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.md", "b.md", "-o", "x.toml"], "-o names one file"),
        (["a.md", "b.md", "-o", "-"], "-o names one file"),
        (["a.md", "-o", "x", "--into", "y"], "give one of them"),
        (["a.md", "-o", "b.md"], "b.md is the name of a Markdown file; name the postmortem b.toml"),
        (["a.md", "-o", ""], "-o names no file"),
        (["a.md", "--date", "05/06/2024"], "may be"),
        (["a.md", "--date", "soon"], "write a day"),
        (["a.md", "--timezone", "IST"], "IST may be"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_meant_is_refused_as_usage(shell, arguments, said) -> None:
    ended = shell.run("import", *arguments)
    assert ended.code == 2
    assert said in ended.err


def test_a_postmortem_is_not_imported_but_opened(shell) -> None:
    shell.sample("outage.toml")
    ended = shell.run("import", "outage.toml")
    assert ended.code == 1
    assert "is a postmortem already; open it: pmtui outage.toml" in ended.err


def test_the_report_can_be_had_of_what_was_imported_already(shell) -> None:
    shell.file("notes.md", NOTES)
    assert "to look at: --report" in shell.run("import", "notes.md").out
    ended = shell.run("import", "notes.md", "--report")
    assert ended.code == 1
    first, *_, last = ended.err.splitlines()
    assert re.match(r"notes\.md:[0-9]+: ", first)
    assert "already exists" in last


def test_exported_json_comes_back_as_the_same_file(shell) -> None:
    before = shell.sample("outage.toml").read_bytes()
    shell.run("export", "outage.toml", "-f", "json", "-o", "again.json")
    assert shell.run("import", "again.json", "--report").err == ""
    assert shell.snapshot()["again.toml"] == before
    again = shell.snapshot()["again.json"]
    assert shell.run("import", "-", stdin=again).out.encode() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [('{"a": 1}', "this JSON file is no postmortem"), ('{"title"', "a.json:1:9: not valid JSON")],
)
def test_json_of_something_else_is_not_taken_for_text(shell, content, said) -> None:
    shell.file("a.json", content)
    ended = shell.run("import", "a.json")
    assert ended.code == 1
    assert said in ended.err
    assert "a.toml" not in shell.snapshot()


@pytest.mark.parametrize("command", ["show", "check", "export"])
def test_a_command_that_wants_a_postmortem_says_how_to_make_one_of_another_file(
    shell, command
) -> None:
    shell.file("notes.md", NOTES)
    shell.file("outage.csv", "id,at\n")
    said = shell.run(command, "notes.md").err
    assert "notes.md: is a Markdown file; make a postmortem of it: pmtui import notes.md" in said
    assert "outage.csv: is a CSV file; name its TOML" in shell.run(command, "outage.csv").err
