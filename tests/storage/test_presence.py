"""Who has a document open, and whose turn it is to write."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pmtui.storage.presence import Presence
from pmtui.storage.turns import turn


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which it is said what is open."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "pmtui" / "open"


def test_the_second_is_told_and_the_last_one_leaves_nothing(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "a.toml"
    first, second = Presence.announce(path), Presence.announce(path)
    assert (first.company, second.company) == (False, True)
    first.leave()
    assert Presence.announce(path).company
    second.leave()
    second.leave()
    assert Presence.announce(tmp_path / "b.toml").company is False


def test_a_folder_is_empty_once_all_have_left(tmp_path: Path, state: Path) -> None:
    several = [Presence.announce(tmp_path / "a.toml") for _ in range(3)]
    assert len(list(state.iterdir())) == 1
    for presence in several:
        presence.leave()
    assert list(state.iterdir()) == []


def test_one_that_was_killed_is_not_there_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        kept = Presence.announce(path)
        os.write(writer, b"x")
        time.sleep(60)
        kept.leave()
        os._exit(0)
    os.read(reader, 1)
    second = Presence.announce(path)
    assert second.company
    second.leave()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not Presence.announce(path).company


def test_a_link_is_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.touch()
    (tmp_path / "link.toml").symlink_to(path)
    kept = Presence.announce(path)
    assert Presence.announce(tmp_path / "link.toml").company
    kept.leave()


def test_where_nothing_can_be_kept_nobody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    presence = Presence.announce(tmp_path / "a.toml")
    assert not presence.company
    presence.leave()


def test_one_turn_follows_the_other(tmp_path: Path) -> None:
    """A second thread begins when the first has ended, also where that had a turn within its."""
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with turn(tmp_path, 10), turn(tmp_path, 10):
            inside.set()
            go_on.wait(10)
            order.append("first")

    def second() -> None:
        with turn(tmp_path, 10):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    time.sleep(0.05)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]


def test_patience_ends_and_a_missing_folder_is_no_matter(tmp_path: Path) -> None:
    reached = []

    def impatient() -> None:
        with turn(tmp_path, 0.02):
            reached.append(True)

    with turn(tmp_path, 1), turn(tmp_path / "missing", 1):
        thread = threading.Thread(target=impatient)
        thread.start()
        thread.join(10)
    assert reached == [True]
