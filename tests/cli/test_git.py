"""Real git with pmtui as its merge driver and its reader: merge, rebase, cherry-pick, diff."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import conflict_markers, toml
from tests.cli.conftest import Ended, Shell

BASE = """schema = 1
title = "Checkout down"
timezone = "UTC"

[[timeline]]
id = "e1"
at = 2024-05-22T14:00:00Z
text = "Alert fired"

[[tasks]]
id = "t1"
text = "Add an alert"
"""
OTHER = "[tool.x]\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\n"


class Repository:
    """A git repository with a postmortem and a TOML file that is none, both set up for pmtui."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        shell.environ |= {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": "2024-05-22T12:00:00Z",
            "GIT_COMMITTER_DATE": "2024-05-22T12:00:00Z",
        } | {
            f"GIT_{who}_{what}": "a@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        self.git("init", "-q", "-b", "main")
        self.file = shell.file("outage.toml", BASE)
        shell.file("pyproject.toml", OTHER)

    def git(self, *words: str, code: int | None = 0) -> str:
        """What git says; it ends with `code`, whatever it is where that is None."""
        ended = subprocess.run(
            ["git", *words],
            cwd=self.shell.folder,
            env=self.shell.environ,
            capture_output=True,
            text=True,
        )
        assert code is None or ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def pmtui(self, *words: str, code: int = 0) -> Ended:
        """How the program ended."""
        ended = self.shell.run(*words)
        assert ended.code == code, ended.out + ended.err
        return ended

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def change(self, old: str, new: str, file: str = "outage.toml") -> None:
        """Replace some text of a file."""
        path = self.shell.folder / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    @property
    def document(self) -> Postmortem:
        """The postmortem as it lies there."""
        return toml.read(self.file.read_bytes())

    @property
    def texts(self) -> list[str]:
        """The events."""
        return [entry.text for entry in self.document.timeline]


@pytest.fixture
def repository(shell: Shell) -> Repository:
    """A repository that was set up, with one commit; skipped without git, but not in CI."""
    if shutil.which("git") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("git is not installed")
    made = Repository(shell)
    made.pmtui("git-setup")
    made.commit("base")
    return made


def branches(
    repository: Repository, theirs: Callable[[], object], ours: Callable[[], object]
) -> None:
    """A branch `theirs` with one commit, and one more commit on `main`."""
    repository.git("checkout", "-q", "-b", "theirs")
    theirs()
    repository.commit("theirs")
    repository.git("checkout", "-q", "main")
    ours()
    repository.commit("ours")


WAYS = {
    "merge": (("merge", "-q", "-m", "both", "theirs"),),
    "rebase": (("rebase", "-q", "theirs"),),
    "cherry-pick": (("cherry-pick", "theirs"),),
}


@pytest.mark.parametrize("way", WAYS)
def test_two_people_who_each_added_events_need_settle_nothing(
    repository: Repository, way: str
) -> None:
    """The events of both are there in time order, and so are a task and a corrected text."""

    def theirs() -> None:
        repository.pmtui("log", "outage.toml", "14:05 theirs", "#action")
        repository.change("Add an alert", "Add an alert that wakes somebody")

    def ours() -> None:
        repository.pmtui("log", "outage.toml", "14:03 ours")
        repository.pmtui("log", "outage.toml", "14:07 ours again")
        repository.change("Alert fired", "The alert fired")

    branches(repository, theirs, ours)
    for words in WAYS[way]:
        repository.git(*words)
    assert repository.texts == ["The alert fired", "ours", "theirs", "ours again"]
    assert repository.document.tasks[0].text == "Add an alert that wakes somebody"
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize("way", WAYS)
def test_a_real_conflict_leaves_a_file_that_pmtui_can_settle(
    repository: Repository, way: str
) -> None:
    """Markers stand around the one field, both sides are whole postmortems."""

    def theirs() -> None:
        repository.pmtui("log", "outage.toml", "14:05 theirs")
        repository.change("Checkout down", "Checkout down for all")

    def ours() -> None:
        repository.pmtui("log", "outage.toml", "14:03 ours")
        repository.change("Checkout down", "Payments down")

    branches(repository, theirs, ours)
    told = repository.git(*WAYS[way][-1], code=1)
    assert "CONFLICT" in told
    assert "outage.toml: both sides changed Title; pmtui outage.toml settles them" in told
    text = repository.file.read_text()
    assert text.count("<<<<<<<") == text.count("|||||||") == text.count(">>>>>>>") == 1
    settled = conflict_markers.read(text.encode())
    assert settled is not None
    assert [entry.text for entry in settled.merged.document.timeline] == [
        "Alert fired",
        "ours",
        "theirs",
    ]
    (conflict,) = settled.merged.conflicts
    assert {conflict.ours, conflict.theirs} == {"Payments down", "Checkout down for all"}
    assert conflict.base == "Checkout down"
    for command in (("show",), ("export", "-o", "-")):
        refused = repository.pmtui(command[0], "outage.toml", *command[1:], code=1)
        assert "outage.toml:2:1: holds git conflict markers (ours and theirs)" in refused.err
    refused = repository.pmtui("log", "outage.toml", "15:00 x", code=1)
    assert "git conflict markers" in refused.err
    assert repository.file.read_text() == text


def test_toml_that_is_no_postmortem_merges_as_git_does_it(repository: Repository) -> None:
    branches(
        repository,
        lambda: repository.change("e = 5", "e = 6", "pyproject.toml"),
        lambda: repository.change("a = 1", "a = 0", "pyproject.toml"),
    )
    repository.git("merge", "-q", "-m", "both", "theirs")
    merged = OTHER.replace("a = 1", "a = 0").replace("e = 5", "e = 6")
    assert (repository.shell.folder / "pyproject.toml").read_text() == merged


def test_toml_that_is_no_postmortem_conflicts_as_git_does_it(repository: Repository) -> None:
    branches(
        repository,
        lambda: repository.change("a = 1", "a = 2", "pyproject.toml"),
        lambda: repository.change("a = 1", "a = 0", "pyproject.toml"),
    )
    assert "CONFLICT" in repository.git("merge", "theirs", code=1)
    text = (repository.shell.folder / "pyproject.toml").read_text()
    assert "<<<<<<< ours\na = 0\n=======\na = 2\n>>>>>>> theirs\n" in text


def test_a_file_that_both_added_merges_by_id(repository: Repository) -> None:
    """There is no base then."""
    second = BASE.replace('id = "e1"', 'id = "e2"').replace("14:00", "15:00")
    branches(
        repository,
        lambda: repository.shell.file("new.toml", second),
        lambda: repository.shell.file("new.toml", BASE),
    )
    repository.git("merge", "-q", "-m", "both", "theirs")
    document = toml.read((repository.shell.folder / "new.toml").read_bytes())
    assert [entry.id for entry in document.timeline] == ["e1", "e2"]


def test_comments_survive_where_git_can_keep_them(repository: Repository) -> None:
    branches(
        repository,
        lambda: repository.change("Add an alert", "Add two alerts"),
        lambda: repository.change('title = "Checkout down"', '# mine\ntitle = "Checkout down"'),
    )
    repository.git("merge", "-q", "-m", "both", "theirs")
    assert "# mine" in repository.file.read_text()
    assert repository.document.tasks[0].text == "Add two alerts"


def test_git_diff_and_log_tell_what_changed(repository: Repository) -> None:
    repository.pmtui("log", "outage.toml", "14:05 #action rolled back @ana")
    told = repository.git("diff")
    assert "+Wed 22 May 2024 14:05 UTC rolled back #action @ana" in told
    assert "schema" not in told
    repository.change("a = 1", "a = 0", "pyproject.toml")
    repository.commit("more")
    log = repository.git("log", "-p", "-1")
    assert "+a = 0" in log
    assert "rolled back" in log


def test_pmtui_works_as_an_external_diff(repository: Repository) -> None:
    repository.change("Checkout down", "Checkout is down")
    repository.change("a = 1", "a = 0", "pyproject.toml")
    repository.shell.file("new.toml", BASE)
    repository.git("add", "-N", "new.toml")
    repository.shell.environ["GIT_EXTERNAL_DIFF"] = f"{sys.executable} -m pmtui diff"
    told = repository.git("diff")
    assert "~ Title\n    - Checkout down\n    + Checkout is down\n" in told
    assert "+ Wed 22 May 2024 14:00 UTC Alert fired" in told
    assert "-a = 1\n+a = 0" in told


def test_setting_up_twice_changes_nothing_and_remove_takes_all_away(
    repository: Repository,
) -> None:
    def state() -> tuple[str, str]:
        return repository.git("config", "--list", "--local"), attributes.read_text()

    attributes = repository.shell.folder / ".gitattributes"
    assert attributes.read_text() == "*.toml merge=pmtui diff=pmtui\n"
    before = state()
    again = repository.pmtui("git-setup").out
    assert "Already registered" in again
    assert ".gitattributes has it already" in again
    assert state() == before
    attributes.write_text("*.md text\n*.toml merge=pmtui diff=pmtui\n")
    repository.pmtui("git-setup", "my incidents/*.toml")
    assert attributes.read_text().endswith('"my incidents/*.toml" merge=pmtui diff=pmtui\n')
    repository.pmtui("git-setup", "--remove")
    assert "pmtui" not in repository.git("config", "--list", "--local")
    assert attributes.read_text() == "*.md text\n"
    assert "Nothing of pmtui" in repository.pmtui("git-setup", "--remove").out


def test_the_default_pattern_is_for_the_present_folder_and_below(repository: Repository) -> None:
    for file in ("a.toml", "x/a.toml"):
        assert "merge: pmtui" in repository.git("check-attr", "merge", file)
    assert "unspecified" in repository.git("check-attr", "merge", "a.md")


def test_global_setup_registers_for_all_repositories(repository: Repository) -> None:
    repository.pmtui("git-setup", "--remove")
    repository.pmtui("git-setup", "--global")
    assert "merge.pmtui.driver" in repository.git("config", "--list", "--global")
    assert "pmtui" not in repository.git("config", "--list", "--local")


def test_outside_a_repository_it_is_refused(shell: Shell) -> None:
    ended = shell.run("git-setup")
    assert ended.code == 1
    assert "is not in a git repository" in ended.err


def test_without_the_program_git_merges_as_it_always_did(repository: Repository) -> None:
    """The registered command finds no Python any more: git's own merge, never one side dropped."""
    driver = repository.git("config", "merge.pmtui.driver").strip()
    path = driver.split()[3].rstrip(";")
    assert Path(path.strip("'")).is_file()
    repository.git("config", "merge.pmtui.driver", driver.replace(path, "/no/such/python"))
    branches(
        repository,
        lambda: repository.change("Checkout down", "theirs"),
        lambda: repository.change("Checkout down", "ours"),
    )
    assert "CONFLICT" in repository.git("merge", "theirs", code=1)
    text = repository.file.read_text()
    assert '"ours"' in text
    assert '"theirs"' in text
