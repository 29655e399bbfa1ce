"""`export`, `copy` and `new` write what they say, where they say."""

from datetime import UTC, datetime

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import FORMATS, by_name, toml
from pmtui.formats.markdown import render


def test_an_export_is_written_beside_and_replaced_only_while_it_is_ours(shell) -> None:
    document = toml.read(shell.sample().read_bytes())
    wanted = render(document)
    first, again = (shell.run("export", "outage.toml") for _ in range(2))
    assert first == again == (0, "outage.md\n", "")
    (shell.folder / "outage.md").write_text("edited by hand\n")
    assert shell.run("export", "outage.toml").out == "outage-2.md\n"
    assert shell.snapshot()["outage.md"] == b"edited by hand\n"
    assert shell.snapshot()["outage-2.md"].decode() == wanted


def test_standard_streams_take_the_place_of_files(shell) -> None:
    content = shell.sample().read_bytes()
    wanted = render(toml.read(content))
    assert shell.run("export", "-", stdin=content) == (0, wanted, "")
    assert shell.run("export", "-o", "-", "outage.toml") == (0, wanted, "")
    assert shell.run("export", "-f", "toml", "-", stdin=content).out.encode() == content
    assert list(shell.snapshot()) == ["outage.toml"]


def test_out_names_the_file_and_by_its_suffix_the_format(shell) -> None:
    content = shell.sample().read_bytes()
    assert shell.run("export", "outage.toml", "-o", "report.md").out == "report.md\n"
    assert shell.run("export", "outage.toml", "-o", "copy.toml").out == "copy.toml\n"
    assert shell.snapshot()["copy.toml"] == content
    assert shell.snapshot()["report.md"].startswith(b"#")


@pytest.mark.parametrize("out", ["outage.toml", "other.toml", "./outage.toml"])
@pytest.mark.parametrize("form", ["markdown", "toml"])
def test_no_postmortem_is_ever_overwritten(shell, out, form) -> None:
    shell.sample()
    shell.sample("other.toml")
    before = shell.snapshot()
    ended = shell.run("export", "outage.toml", "-f", form, "-o", out)
    assert ended.code == 1
    assert "already exists" in ended.err
    assert shell.snapshot() == before


@pytest.mark.parametrize(
    ("suffix", "begin"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("txt", b"Checkout fails"),
        ("json", b'{\n  "schema": 1,'),
        ("csv", b"id,at (Europe/Berlin)"),
        ("ics", b"BEGIN:VCALENDAR\r\n"),
        ("mmd", b"timeline\n"),
        ("mrkdwn", b"*Checkout fails"),
    ],
)
def test_the_suffix_of_out_is_enough_and_a_form_has_its_own_beside(shell, suffix, begin) -> None:
    shell.sample()
    assert shell.run("export", "outage.toml", "-o", f"x.{suffix}").code == 0
    name = next(form.name for form in FORMATS if f".{suffix}" in form.suffixes)
    assert shell.run("export", "outage.toml", "-f", name).out == f"outage.{suffix}\n"
    files = shell.snapshot()
    assert files[f"x.{suffix}"] == files[f"outage.{suffix}"]
    assert files[f"x.{suffix}"].startswith(begin)


def test_json_reads_back_as_the_postmortem(shell) -> None:
    content = shell.sample().read_bytes()
    shell.run("export", "outage.toml", "-f", "json")
    assert by_name("json").read(shell.snapshot()["outage.json"]) == toml.read(content)


def test_times_are_told_in_the_zone_that_was_asked_for_or_in_two(shell) -> None:
    shell.sample()
    one = shell.run("export", "outage.toml", "-o", "-", "-z", "UTC").out
    two = shell.run("export", "outage.toml", "-o", "-", "-z", "UTC", "-z", "asia/tokyo").out
    assert "**12:02 UTC** *started*" in one
    assert "All times are in UTC." in one
    assert "CEST" not in one.partition("## Timeline")[2].partition("## Root")[0]
    assert "**12:02 UTC / 21:02 JST** *started*" in two
    assert "All times are in UTC / JST (Asia/Tokyo)." in two


def test_a_day_that_is_another_one_elsewhere_is_told() -> None:
    entry = Entry(id="a", at=datetime(2024, 5, 22, 22, 30, tzinfo=UTC), text="x")
    document = Postmortem(timezone="UTC", timeline=(entry,))
    assert "**22:30 UTC / 07:30 JST (Thu 23 May 2024)**: x" in render(
        document, timezones=("UTC", "Asia/Tokyo")
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("-z", "CST"), 1, "CST may be"),
        (("-z", "Mars/Base"), 1, "is not a time zone"),
        (("-f", "csv", "-t", "brief"), 2, "-t is for Markdown, HTML, Slack, Plain text only"),
        (("-f", "json", "-z", "UTC"), 2, "--timezone is for"),
        (("-f", "html", "--diagram"), 2, "--diagram is for Markdown only"),
        (("-o", "x.docx"), 2, "nothing writes .docx files"),
        (("-f", "docx"), 2, "'docx' is not one of"),
        (("-f", "toml"), 2, "name another one"),
    ],
)
def test_what_a_form_does_not_have_is_refused(shell, arguments, code, said) -> None:
    shell.sample()
    ended = shell.run("export", "outage.toml", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert list(shell.snapshot()) == ["outage.toml"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ('title = "x"\n[[timeline]]\nat = 2024-05-22T14:00:00\n', "set its time zone first"),
        (
            'title = "x"\ntimezone = "UTC"\nundated = true\n'
            "[[timeline]]\nat = 2000-01-01T14:00:00Z\n",
            "set its date first",
        ),
    ],
)
def test_no_time_is_told_in_a_zone_that_nobody_can_know(shell, document, said) -> None:
    shell.file("a.toml", document)
    ended = shell.run("export", "a.toml", "-z", "Europe/Berlin")
    assert ended.code == 1
    assert said in ended.err


def test_a_diagram_is_drawn_on_demand(shell) -> None:
    shell.sample()
    written = shell.run("export", "outage.toml", "-o", "-", "--diagram").out
    assert "```mermaid\ntimeline\n" in written


def test_several_files_are_written_though_one_of_them_is_broken(shell) -> None:
    shell.sample("a.toml")
    shell.file("b.toml", "")
    shell.sample("c.toml")
    ended = shell.run("export", "a.toml", "b.toml", "c.toml")
    assert (ended.code, ended.out) == (1, "a.md\nc.md\n")
    assert ended.err.startswith("pmtui: b.toml: ")


def test_an_unknown_template_is_refused_with_those_that_there_are(shell) -> None:
    shell.sample()
    ended = shell.run("export", "outage.toml", "-t", "nope")
    assert (ended.code, ended.out) == (1, "")
    assert "issue-summary" in ended.err


@pytest.mark.parametrize("command", ["export", "copy"])
def test_an_unknown_template_of_the_settings_is_told_with_their_file(shell, command: str) -> None:
    shell.sample()
    config = shell.home / ".config/pmtui"
    config.mkdir(parents=True, exist_ok=True)
    (config / "config.toml").write_text('template = "nope"\n')
    ended = shell.run(command, "outage.toml")
    assert (ended.code, ended.out) == (1, "")
    assert (
        f"{config}/config.toml: there is no template “nope”; correct `template` there" in ended.err
    )
    assert "issue-summary" in ended.err
    chosen = shell.run("export", "outage.toml", "-t", "never")
    assert "config.toml" not in chosen.err
    assert shell.run("export", "outage.toml", "-t", "brief").code == 0


def test_a_copy_that_no_clipboard_took_says_so_and_is_in_the_file(shell) -> None:
    shell.sample()
    ended = shell.run("copy", "outage.toml")
    assert (ended.code, ended.out) == (1, "outage.md\n")
    assert "no clipboard took the text" in ended.err


def test_a_copy_is_taken_by_the_clipboard_tool(shell, tmp_path) -> None:
    tool = tmp_path / "xsel"
    tool.write_text(
        f'#!/bin/sh\ncase "$*" in *-o*) cat {tmp_path}/held;; *) cat > {tmp_path}/held;; esac\n'
    )
    tool.chmod(0o755)
    content = shell.sample().read_bytes()
    path = f"{tmp_path}:{shell.environ['PATH']}"
    ended = shell.run("copy", "outage.toml", environ={"PATH": path, "DISPLAY": ":7"})
    assert ended == (0, "outage.md\nCopied (xsel, checked)\n", "")
    assert (tmp_path / "held").read_text() == render(toml.read(content))


def test_a_new_postmortem_is_named_by_its_title_and_never_takes_a_name(shell) -> None:
    for name in ("checkout-is-down.toml", "checkout-is-down-2.toml"):
        ended = shell.run("new", "Checkout", "is down", "--no-edit", "--timezone", "europe/berlin")
        assert ended == (0, f"{name}\n", "")
        document = toml.read(shell.snapshot()[name])
        assert (document.title, document.timezone) == ("Checkout is down", "Europe/Berlin")
    assert shell.run("new", "x", "--no-edit", "-o", "checkout-is-down.toml").code == 1
    assert shell.run("new", "x", "--no-edit", "-o", "-").out.endswith('timezone = "UTC"\n')


def test_durations_of_the_settings_are_in_what_is_written(shell) -> None:
    shell.sample()
    config = shell.home / ".config" / "pmtui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[durations]\n"time to calm" = ["public", "resolved"]\n')
    for form in ("markdown", "html", "slack", "text", "json"):
        ended = shell.run("export", "outage.toml", "-f", form, "-o", "-")
        assert "time to calm" in ended.out, form
    assert shell.run("export", "outage.toml", "-f", "csv", "-o", "-").code == 0
