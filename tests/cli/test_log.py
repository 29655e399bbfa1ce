"""`pmtui log` adds what was typed, says how it was understood, and loses no event."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmtui.cli.adding import Line, saved
from pmtui.cli.events import described, with_events
from pmtui.core.document import Postmortem
from pmtui.formats import toml
from pmtui.storage.keeper import Keeper

NOW = datetime(2024, 5, 22, 16, 30, tzinfo=UTC)
START = 'title = "Outage"\ntimezone = "UTC"\n[times]\nstarted = 2024-05-22T14:00:00Z\n'


def _events(path: Path) -> list[tuple[str, str, str]]:
    document = toml.read(path.read_bytes())
    return [
        (f"{entry.at:%m-%d %H:%M}" if entry.at else "", entry.kind, entry.text)
        for entry in document.timeline
    ]


@pytest.mark.parametrize(
    ("words", "event", "said"),
    [
        (
            ("14:05 #detected 5xx alert fired @ana",),
            ("05-22 14:05", "detected", "5xx alert fired"),
            "Wed 22 May 2024 14:05 UTC  detected  5xx alert fired  @ana\n",
        ),
        (
            ("14:05", "all", "words", "are", "joined"),
            ("05-22 14:05", "note", "all words are joined"),
            "Wed 22 May 2024 14:05 UTC  note  all words are joined\n",
        ),
        (
            ("+5m", "back", "at", "-20", "degrees", "-v"),
            ("05-22 14:05", "note", "back at -20 degrees -v"),
            "Wed 22 May 2024 14:05 UTC  note  back at -20 degrees -v\n",
        ),
        (
            ("~14:05-14:20 looked at logs #finding",),
            ("05-22 14:05", "finding", "looked at logs"),
            "Wed 22 May 2024 about 14:05–14:20 UTC  finding  looked at logs\n",
        ),
        (
            ("00:10", "after", "midnight"),
            ("05-23 00:10", "note", "after midnight"),
            "Thu 23 May 2024 00:10 UTC  note  after midnight  (next day)\n",
        ),
        (("--", "--", "nobody knows when"), ("", "note", "nobody knows when"), "no time  note  "),
        (
            ("14:05 \x1b[31mred\x1b[0m",),
            ("05-22 14:05", "note", "\ufffd[31mred\ufffd[0m"),
            "Wed 22 May 2024 14:05 UTC  note  \ufffd[31mred",
        ),
    ],
)
def test_an_event_is_added_and_told_as_it_was_understood(shell, words, event, said) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("log", "outage.toml", *words)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(said)
    assert _events(path) == [event]


@pytest.mark.parametrize("line", ["25:05 alert", "14:05", "", "14:05 IST alert"])
def test_a_line_that_is_refused_changes_nothing(shell, line) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("log", "outage.toml", line)
    assert (ended.code, ended.out) == (1, "")
    assert path.read_text() == START


def test_each_line_of_standard_input_is_an_event_read_after_the_one_before(shell) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("log", "outage.toml", "-", stdin="23:50 first\r\n\r\n+20m second\n-- third\n")
    assert ended.code == 0
    assert _events(path) == [
        ("05-22 23:50", "note", "first"),
        ("05-23 00:10", "note", "second"),
        ("", "note", "third"),
    ]


@pytest.mark.parametrize(
    ("lines", "where"), [("14:05 a\n25:00 b\n", "standard input:2"), ("\n\n", "standard input")]
)
def test_one_bad_line_of_standard_input_keeps_all_of_them_out(shell, lines, where) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("log", "outage.toml", "-", stdin=lines)
    assert (ended.code, ended.out) == (1, "")
    assert f"{where}:" in ended.err
    assert path.read_text() == START


@pytest.mark.parametrize(
    "arguments", [("--create", "new.toml", "now alert"), ("new.toml", "now alert", "--create")]
)
def test_create_starts_a_postmortem_in_the_zone_of_the_machine(shell, arguments) -> None:
    ended = shell.run("log", *arguments, environ={"TZ": "Asia/Tokyo"})
    assert ended.code == 0
    assert "JST" in ended.out
    assert b'timezone = "Asia/Tokyo"' in shell.snapshot()["new.toml"]


def test_comments_are_kept_beside_the_file_and_that_is_told(shell) -> None:
    shell.file("outage.toml", f"# by hand\n{START}")
    ended = shell.run("log", "outage.toml", "14:05 alert")
    assert ended.code == 0
    assert "outage.toml.orig" in ended.err
    assert shell.snapshot()["outage.toml.orig"].startswith(b"# by hand")


def test_many_who_log_at_once_lose_nothing(shell) -> None:
    path = shell.file("outage.toml", START)
    runs = [
        subprocess.Popen(
            shell.command("log", "outage.toml", f"14:0{n} event {n}"),
            cwd=shell.folder,
            env=shell.environ,
            stdout=subprocess.DEVNULL,
        )
        for n in range(6)
    ]
    assert [run.wait(60) for run in runs] == [0] * 6
    assert [text for _, _, text in _events(path)] == [f"event {n}" for n in range(6)]


def test_an_event_is_added_to_what_another_program_wrote_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "outage.toml"
    path.write_text(START)
    keeper = Keeper.open(path)
    path.write_text(START.replace("Outage", "Outage of checkout"))
    saved(keeper, lambda held: with_events(held, (Line("14:05 alert"),), NOW))
    document = toml.read(path.read_bytes())
    assert document.title == "Outage of checkout"
    assert [entry.text for entry in document.timeline] == ["alert"]


def test_a_time_without_a_day_belongs_to_the_incident_not_to_today(tmp_path: Path) -> None:
    document = toml.read(START.encode())
    later = datetime(2026, 1, 1, tzinfo=UTC)
    changed, _ = with_events(document, (Line("14:05 alert"),), later)
    assert changed.timeline[0].at == datetime(2024, 5, 22, 14, 5, tzinfo=UTC)


def test_an_event_of_an_undated_incident_has_no_date() -> None:
    document = Postmortem(undated=True)
    changed, (added,) = with_events(document, (Line("14:05 alert"),), NOW)
    assert described(changed, added) == "Day 1 14:05  note  alert"


def test_lines_of_a_list_are_an_event_each_and_names_are_spelled_as_known(shell) -> None:
    """As in the editor's entry line, the mark of a list is none of the words."""
    shell.run("log", "--create", "a.toml", "2024-05-22 14:00 paged @Ana")
    lines = "- 14:05 looks @ana\n* 14:10 mends @ANA\n-- no idea when\n"
    shell.run("log", "a.toml", "-", stdin=lines)
    timeline = toml.read((shell.folder / "a.toml").read_bytes()).timeline
    assert [(each.text, each.who) for each in timeline] == [
        ("paged", "Ana"),
        ("looks", "Ana"),
        ("mends", "Ana"),
        ("no idea when", ""),
    ]
