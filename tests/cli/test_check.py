"""`pmtui check` says where what is wrong, in the form that its reader wants."""

import json
import os
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest

from pmtui.core.checks.registry import BY_ID, FAMILIES
from pmtui.formats import toml
from pmtui.formats.toml.locations import Locator
from tests.cli.conftest import Shell

DATA = Path(__file__).parents[1] / "data"
SAMPLES = sorted((DATA / "samples").glob("*.toml"))
LINE = re.compile(r"[^:]+:\d+:\d+: (error|warning|hint) [a-z]+\.[a-z-]+ .+")

GOOD = """\
schema = 1
title = "A title"
"""
BAD = """\
title = "Obviously broken"
schema = 1

[[timeline]]
id = "b"
at = 2024-05-22T15:00:00Z
kind = "started"
text = "Simply gone"

[[timeline]]
at = 2024-05-22T14:00:00Z
kind = "resolved"
text = \"\"\"
Back again.
Ana's password: hunter2-hunter2\"\"\"
"""


@pytest.fixture
def bad(shell: Shell) -> Shell:
    shell.file("good.toml", GOOD)
    shell.file("bad.toml", BAD)
    return shell


def test_every_line_can_be_clicked_and_leads_to_the_words(bad: Shell) -> None:
    ended = bad.run("check", "good.toml", "bad.toml", "--select", "blame,times.order,privacy")
    assert ended.out.splitlines() == [
        "bad.toml:1:10: hint blame.filler “Obviously” says that it was easy to see, which it was"
        " not at the time",
        "bad.toml:8:9: hint blame.filler “Simply” says that it was easy to see, which it was not"
        " at the time",
        "bad.toml:11:1: error times.order resolved 14:00 lies 1h 00m before started 15:00: one of"
        " them is wrong",
        "bad.toml:15:17: error privacy.secret looks like a secret, and would be exported: remove"
        " it, and have it replaced",
    ]
    assert all(LINE.fullmatch(line) for line in ended.out.splitlines())
    assert ended.code == 1


def test_nothing_found_is_nothing_said(bad: Shell) -> None:
    assert bad.run("check", "good.toml") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--select", "blame"), 0),
        (("--select", "blame", "--fail-on", "hint"), 1),
        (("--select", "tasks", "--fail-on", "warning"), 0),
        (("--select", "times.order", "--fail-on", "error"), 1),
        (("--ignore", "times,privacy", "--fail-on", "error"), 0),
        (("--select", "blame", "--ignore", "blame.filler", "--fail-on", "hint"), 0),
    ],
)
def test_the_exit_code_says_how_bad_it_is(
    bad: Shell, arguments: tuple[str, ...], code: int
) -> None:
    assert bad.run("check", "bad.toml", *arguments).code == code


def test_standard_input_is_a_file_too(bad: Shell) -> None:
    ended = bad.run("check", "-", "--select", "blame", stdin=BAD)
    assert ended.out.startswith("standard input:1:10: hint blame.filler")


def test_a_folder_stands_for_the_postmortems_in_it_and_below(bad: Shell) -> None:
    bad.file("archive/2024/bad.toml", BAD)
    bad.file("archive/.hidden/bad.toml", BAD)
    bad.file("archive/pyproject.toml", '[project]\nname = "x"\n')
    bad.file("archive/torn.toml", "title = ")
    ended = bad.run("check", "archive", "good.toml", "--select", "blame", "-f", "json")
    told = json.loads(ended.out)
    assert {each["file"] for each in told["findings"]} == {"archive/2024/bad.toml"}
    assert (told["files"], ended.code) == (2, 1)
    assert "torn.toml" in ended.err
    assert "pyproject" not in ended.err
    assert "pyproject" in bad.run("check", "archive/pyproject.toml").err


def test_a_file_that_cannot_be_read_does_not_hide_the_others(bad: Shell) -> None:
    ended = bad.run("check", "none.toml", "bad.toml", "--select", "blame")
    assert ended.code == 1
    assert "none.toml" in ended.err
    assert "bad.toml:1:10" in ended.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name a FILE"),
        (("x.toml", "--select", "tasks.no-ownr"), "did you mean tasks.no-owner?"),
        (
            ("x.toml", "--select", "tasks.no"),
            "did you mean tasks.no-owner, tasks.no-due, tasks.no-ticket or tasks.no-verb? See",
        ),
        (("x.toml", "--select", "gaps.xyzzy"), "the rules of gaps are gaps.silent"),
        (("x.toml", "--ignore", "nonsense"), "the families are missing"),
        (("--explain", "blame.fillr"), "did you mean blame.filler?"),
        (("x.toml", "--format", "xml"), "text"),
    ],
)
def test_a_command_line_that_makes_no_sense(
    bad: Shell, arguments: tuple[str, ...], told: str
) -> None:
    ended = bad.run("check", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


@pytest.mark.parametrize("name", FAMILIES)
def test_every_rule_can_be_explained(shell: Shell, name: str) -> None:
    rules = [rule for rule in BY_ID.values() if rule.family == name]
    ended = shell.run("check", "--explain", name)
    assert ended.code == 0
    assert all(rule.id in ended.out and rule.why in ended.out for rule in rules)


def test_the_settings_decide_and_what_is_wrong_in_them_is_told(bad: Shell) -> None:
    config = bad.home / ".config" / "pmtui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(
        '[checks]\noff = ["times", "privacy", "missing", "nonsense"]\n'
        '[checks.levels]\nblame.filler = "error"\n'
    )
    ended = bad.run("check", "bad.toml")
    assert {line.split()[1] for line in ended.out.splitlines()} == {"error"}
    assert "config.toml:2: checks.off: 'nonsense' is not a rule" in ended.err


def test_json_is_as_its_schema_says(shell: Shell) -> None:
    ended = shell.run("check", "--format", "json", *map(str, SAMPLES))
    told = json.loads(ended.out)
    jsonschema.validate(told, json.loads((DATA / "check.schema.json").read_text()))
    assert told["files"] == len(SAMPLES)
    assert sum(told["counts"].values()) == len(told["findings"]) > 50
    for finding in told["findings"]:
        line = Path(finding["file"]).read_text("utf-8").splitlines()[finding["line"] - 1]
        if finding["words"]:
            assert line[finding["column"] - 1 :].startswith(finding["words"])


def test_sarif_is_as_its_schema_says(bad: Shell) -> None:
    bad.file("a ü#.toml", BAD)
    ended = bad.run("check", "--format", "sarif", *map(str, SAMPLES), "a ü#.toml")
    told = json.loads(ended.out)
    jsonschema.validate(told, json.loads((DATA / "sarif.schema.json").read_text()))
    (run,) = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == list(BY_ID)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[-1]["artifactLocation"]["uri"] == "a%20%C3%BC%23.toml"


def test_no_findings_are_still_a_report(bad: Shell) -> None:
    assert json.loads(bad.run("check", "good.toml", "-f", "json").out)["findings"] == []
    assert json.loads(bad.run("check", "good.toml", "-f", "sarif").out)["runs"][0]["results"] == []
    assert bad.run("check", "good.toml", "-f", "github").out == ""


def test_annotations_of_github_keep_their_fields_apart(bad: Shell) -> None:
    bad.file("a,b:c.toml", BAD.replace("Simply", "100%"))
    ended = bad.run("check", "a,b:c.toml", "-f", "github", "--select", "blame.filler")
    assert ended.out == (
        "::notice file=a%2Cb%3Ac.toml,line=1,endLine=1,col=10,endColumn=19,title=blame.filler"
        "::“Obviously” says that it was easy to see, which it was not at the time\n"
    )


def test_parts_to_which_the_file_gives_no_id_are_found_in_its_order() -> None:
    document = toml.read(BAD.encode())
    locator = Locator(BAD.encode())
    lines = [locator.region(f"timeline.{entry.id}.kind").line for entry in document.timeline]
    assert lines == [12, 7]
    assert locator.region("tasks.none.owner").line == 1


def test_many_files_have_a_bar_to_watch(bad: Shell) -> None:
    files = [str(bad.file(f"{number}.toml", BAD)) for number in range(60)]
    leader, follower = os.openpty()
    with subprocess.Popen(
        bad.command("check", *files, "--select", "blame"),
        stdout=subprocess.PIPE,
        stderr=follower,
        cwd=bad.folder,
        env=bad.environ | {"TERM": "xterm"},
    ) as running:
        out = running.communicate(timeout=60)[0]
    os.close(follower)
    seen = os.read(leader, 100_000).decode()
    os.close(leader)
    assert len(out.decode().splitlines()) == 120
    assert "pmtui check" in seen
    assert "120 hints in 60 files" in seen


def test_the_hook_for_pre_commit_runs_the_check() -> None:
    hook = (DATA.parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert hook.startswith("- id: pmtui-check\n")
    assert "  entry: pmtui check\n" in hook
    assert "  language: python\n" in hook
