"""What dead editors left is found, offered while the file lacks it, and never destroyed."""

import os
import signal
import stat
import tempfile
import time
from pathlib import Path

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import toml
from pmtui.storage import recovery
from pmtui.storage.journal import Draft, Journal, State
from pmtui.storage.recovery import brought_back, find, is_waiting, keep_aside, waiting

BASE = Postmortem(title="Base", summary="As it was.")
MINE = BASE.revise(title="Mine")
DRAFT = Draft("timeline/line", "14:05 half", "ADD")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder and a temporary folder of each test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / "state" / "pmtui"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds the base."""
    path = tmp_path / "incident.toml"
    path.write_bytes(toml.write(BASE))
    return path


def died(path: Path, document: Postmortem, *drafts: Draft, base: Postmortem = BASE) -> None:
    """An editor records and is killed."""
    child = os.fork()
    if child == 0:
        Journal(path).record(State(base, document, drafts))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def journals(state: Path) -> list[str]:
    return sorted(os.listdir(state / "journal"))


def test_what_a_dead_editor_left_is_found_once_at_a_time(path: Path) -> None:
    died(path, MINE, DRAFT)
    (lost,) = find(path, BASE)
    assert lost.state == State(BASE, MINE, (DRAFT,))
    assert find(path, BASE) == ()
    lost.release()
    (lost,) = find(path, BASE)
    lost.drop()
    assert find(path, BASE) == ()


def test_an_editor_that_lives_keeps_its_journal(path: Path, state: Path) -> None:
    journal = Journal(path)
    journal.record(State(BASE, MINE))
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, bytes([len(find(path, BASE)), is_waiting(path), len(waiting())]))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 10) == bytes(3)
    assert len(journals(state)) == 1
    journal.remove()


@pytest.mark.parametrize(
    "held", [MINE, MINE.revise(summary="Another program added this."), MINE.revise(reference="A")]
)
def test_what_the_file_holds_already_is_dropped_in_silence(
    path: Path, state: Path, held: Postmortem
) -> None:
    died(path, MINE)
    assert find(path, held) == ()
    assert journals(state) == []


def test_the_journals_of_other_files_are_left_alone(path: Path, state: Path) -> None:
    died(path.with_name("other.toml"), MINE)
    assert find(path, BASE) == ()
    assert len(journals(state)) == 1


def test_a_file_is_known_by_any_of_its_names(path: Path) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(path)
    died(link, MINE)
    assert is_waiting(path)
    assert is_waiting(link)


def test_without_a_file_all_of_it_comes_back(path: Path) -> None:
    died(path, BASE, base=BASE.revise(title="x"))
    found = find(path, None)
    assert brought_back(None, found) == BASE


def test_two_dead_editors_and_another_program_are_merged(path: Path) -> None:
    died(path, BASE.revise(timeline=(Entry(id="e1", text="one"),)))
    died(path, BASE.revise(timeline=(Entry(id="e2", text="two"),)))
    held = BASE.revise(timeline=(Entry(id="e3", text="three"),), reference="OPS-1")
    merged = brought_back(held, find(path, held))
    assert {entry.id for entry in merged.timeline} == {"e1", "e2", "e3"}
    assert merged.reference == "OPS-1"


def test_what_is_left_becomes_a_private_file_with_the_drafts_and_is_offered_no_more(
    path: Path, state: Path
) -> None:
    died(path, MINE, DRAFT)
    (lost,) = find(path, BASE)
    place = lost.keep()
    assert place.parent == state / "recovery"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    kept = toml.read(place.read_bytes())
    assert kept.title == "Mine"
    assert DRAFT.text in kept.sections[-1].body
    assert journals(state) == []
    assert keep_aside(path, MINE) != place


def test_what_cannot_be_put_aside_stays(
    path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(path, MINE)
    (lost,) = find(path, BASE)
    monkeypatch.setattr(recovery, "recovery_dirs", lambda: iter(()))
    with pytest.raises(recovery.StorageError):
        lost.keep()
    assert len(journals(state)) == 1


def test_waiting_names_the_files_and_clears_what_says_nothing_more(
    path: Path, state: Path, tmp_path: Path
) -> None:
    (tmp_path / "gone").mkdir()
    died(path, BASE.revise(title="Base"))
    died(path.with_name("never-saved.toml"), MINE)
    died(tmp_path / "gone" / "away.toml", MINE)
    (tmp_path / "gone").rmdir()
    found = waiting()
    assert path not in found
    assert found[path.with_name("never-saved.toml")] == MINE
    (aside,) = (place for place in found if place.parent == state / "recovery")
    assert toml.read(aside.read_bytes()) == MINE
    assert len(journals(state)) == 1


def test_a_journal_that_was_never_finished_is_cleared_away_in_time(path: Path, state: Path) -> None:
    died(path, MINE)
    fresh, old, junk = (state / "journal" / name for name in ("a.new", "b.new", "c.journal"))
    for file in (fresh, old, junk):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    os.utime(junk, (time.time() - 3600,) * 2)
    for lost in find(path, BASE):
        lost.drop()
    waiting()
    assert journals(state) == ["a.new"]


def test_a_link_in_the_place_of_a_journal_is_not_followed(path: Path, state: Path) -> None:
    died(path, MINE)
    (name,) = journals(state)
    target = path.with_name("target")
    (state / "journal" / name).rename(target)
    (state / "journal" / name).symlink_to(target)
    assert find(path, BASE) == ()
    assert target.exists()
