"""`import` makes postmortems of other files, beside them, and says what it assumed."""

import pytest

from pmtui.formats import toml
from pmtui.formats.markdown import render

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
    assert "notes.txt: no date is stated, so the document is undated\n" in ended.err
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
        (["a.md", "-o", "x", "--into", "y"], "give one of them"),
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
