"""The journal says what was recorded, whenever its writer dies, and never stands in the way."""

import errno
import fcntl
import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import toml
from pmtui.storage import journal as module
from pmtui.storage.journal import Draft, Journal, Record, State, replayed
from tests.storage.conftest import in_child
from tests.storage.test_atomic import Interposed, fail, kill
from tests.strategies import documents

SLOW = [HealthCheck.too_slow]
BASE = Postmortem(title="Base", root_cause="Nobody knows.")
DRAFT = Draft("timeline/line", "14:05 half", "ADD")
STATES = (
    State(BASE, BASE.revise(title="One")),
    State(BASE, BASE.revise(title="One", timeline=(Entry(id="e1", text="alarm"),)), (DRAFT,)),
    State(BASE, BASE, (DRAFT, Draft("summary/times.started", "noon", items=("a", "b")))),
    State(BASE.revise(title="Other"), BASE.revise(title="Two", unknown=(("mood", "calm"),))),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the journals go."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / "state" / "pmtui" / "journal"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal that has recorded nothing yet."""
    journal = Journal(tmp_path / "incident.toml")
    yield journal
    journal.remove()


def said(folder: Path) -> Record:
    """What the only journal says."""
    (file,) = folder.glob("*.journal")
    record = replayed(file.read_bytes())
    assert record is not None
    return record


def same(found: State, wanted: State) -> bool:
    """Whether two states are written the same."""
    return (
        toml.write(found.base) == toml.write(wanted.base)
        and toml.write(found.document) == toml.write(wanted.document)
        and set(found.drafts) == set(wanted.drafts)
    )


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(
    st.lists(documents(), min_size=2, max_size=5),
    st.lists(
        st.lists(
            st.builds(Draft, st.sampled_from("abc"), st.text(), st.text(), st.just(("x",))),
            unique_by=lambda draft: draft.place,
        ).map(tuple),
        min_size=5,
        max_size=5,
    ),
)
def test_whatever_was_recorded_last_is_what_it_says(
    found: list[Postmortem], drafts: list[tuple[Draft, ...]]
) -> None:
    base = found[0]
    journal = Journal(Path("/x/incident.toml"))
    try:
        for document, unfinished in zip(found, drafts, strict=False):
            state = State(base, document, unfinished)
            journal.record(state)
            if journal.file is not None:
                record = replayed(journal.file.read_bytes())
                assert record is not None
                assert record.path == journal.path
                assert same(record.state, state)
            base = document
        assert not journal.trouble
    finally:
        journal.remove()


@pytest.mark.parametrize("path", ["/x/incident.toml", "/x/\udcff \n漢.toml"])
def test_any_path_comes_back(path: str, folder: Path) -> None:
    journal = Journal(Path(path))
    journal.record(STATES[0])
    assert said(folder).path == Path(path)
    journal.remove()


def test_nothing_is_written_before_there_is_a_change(journal: Journal, folder: Path) -> None:
    journal.record(State(BASE, BASE))
    assert not folder.exists()


def test_a_torn_end_gives_the_state_before_it(journal: Journal, folder: Path) -> None:
    sizes = []
    for state in STATES:
        journal.record(state)
        assert journal.file is not None
        sizes.append(journal.file.stat().st_size)
    whole = journal.file.read_bytes() if journal.file else b""
    for cut in range(sizes[0], len(whole) + 1):
        record = replayed(whole[:cut])
        assert record is not None
        known = [state for state, size in zip(STATES, sizes, strict=True) if size <= cut]
        if cut in sizes:
            assert same(record.state, known[-1])
        titles = {toml.write(state.document) for state in STATES}
        assert toml.write(record.state.document) in titles


@pytest.mark.parametrize("junk", [b"", b"\0" * 500, b"no journal", b"[]\n"])
def test_what_is_no_journal_says_nothing(junk: bytes) -> None:
    assert replayed(junk) is None


def test_it_is_private_and_locked_until_it_is_closed(journal: Journal, folder: Path) -> None:
    journal.record(STATES[0])
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with file.open("rb") as other:
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        journal.close()
        end = time.monotonic() + 5
        while True:
            try:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                assert time.monotonic() < end
                time.sleep(0.01)


def test_a_folder_that_is_a_link_is_not_entered(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    folder.parent.mkdir(parents=True)
    (tmp_path / "trap").mkdir()
    folder.symlink_to(tmp_path / "trap")
    journal.record(STATES[0])
    assert list((tmp_path / "trap").iterdir()) == []


def test_a_change_costs_one_write_and_no_forcing_to_the_disk(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.record(STATES[0])
    calls: list[str] = []

    class Listening:
        def __getattr__(self, name: str) -> Any:
            if threading.current_thread() is threading.main_thread():
                calls.append(name)
            return getattr(os, name)

    monkeypatch.setattr(module, "os", Listening())
    journal.record(STATES[1])
    writing = [name for name in calls if name in ("write", "fsync", "fdatasync", "open", "pwrite")]
    assert writing.count("write") == 1
    assert "open" not in writing
    assert "fsync" not in writing


def test_it_is_forced_to_the_disk_within_a_second_and_no_oftener(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[float] = []
    monkeypatch.setattr(os, "fdatasync", lambda _: synced.append(time.monotonic()))
    monkeypatch.setattr(module, "SYNC", 0.2)
    begin = time.monotonic()
    number = 0
    while time.monotonic() - begin < 1.0:
        journal.record(State(BASE, BASE.revise(title=f"{(number := number + 1)}")))
        time.sleep(0.005)
    assert 2 <= len(synced) <= 6
    last = time.monotonic()
    while synced[-1] < last:
        assert time.monotonic() - last < 5
        time.sleep(0.02)


ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.ENOTSUP)


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_at_any_call_is_only_told_and_the_next_change_says_all_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    record_property: Callable[[str, object], None],
) -> None:
    for at in count(1):
        journal = Journal(tmp_path / "incident.toml")
        system = Interposed(at, fail(number))
        monkeypatch.setattr(module, "os", system)
        for state in STATES:
            journal.record(state)
        monkeypatch.setattr(module, "os", os)
        last = State(BASE, BASE.revise(title="Last"))
        journal.record(last)
        assert not journal.trouble
        record = replayed(journal.file.read_bytes()) if journal.file else None
        assert record is not None
        assert same(record.state, last)
        journal.remove()
        if system.calls < at:
            break
    name = errno.errorcode[number]
    record_property("outcome", f"journal: {name} at each of {at - 1} calls: nothing raised or lost")
    assert at > 10


def test_a_disk_that_fills_in_the_middle_of_a_record_hides_nothing(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.record(STATES[0])

    class Full(Interposed):
        def write(self, descriptor: int, data: bytes) -> int:
            if len(data) > 7:
                return os.write(descriptor, data[:7])
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(module, "os", Full(0, fail(errno.EIO)))
    journal.record(STATES[1])
    assert journal.trouble == "the disk is full"
    monkeypatch.setattr(module, "journal_dirs", lambda: iter(()))
    monkeypatch.setattr(module, "os", os)
    assert same(said(folder).state, STATES[0])
    journal.record(STATES[2])
    assert not journal.trouble
    assert same(said(folder).state, STATES[2])


def test_a_kill_at_any_call_leaves_a_state_that_was_recorded(
    tmp_path: Path, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    for at in count(1):
        reader, writer = os.pipe()

        def killed(at: int = at, writer: int = writer) -> int:
            journal = Journal(tmp_path / "incident.toml")
            module.os = Interposed(at, kill)  # type: ignore[attr-defined]
            for number, state in enumerate(STATES):
                journal.record(state)
                os.write(writer, bytes([number]))
            return 0

        outcome = in_child(killed)
        os.close(writer)
        done = os.read(reader, 100)
        os.close(reader)
        if done:
            possible = STATES[done[-1] : done[-1] + 2]
            (file,) = folder.glob("*.journal")
            record = replayed(file.read_bytes())
            assert record is not None
            documents = {toml.write(state.document) for state in possible}
            assert toml.write(record.state.document) in documents
        for path in folder.iterdir() if folder.exists() else ():
            path.unlink()
        if outcome == 0:
            break
    record_property("outcome", f"journal: kill -9 at each of {at - 1} calls: a recorded state")
    assert at > 10


def test_a_record_that_interrupts_another_is_carried_out_after_it(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a signal handler does."""
    journal.record(STATES[0])

    def interrupted(finish: Callable[[], Any]) -> Any:
        monkeypatch.setattr(module, "os", os)
        journal.record(STATES[2])
        return os.fstat(journal._descriptor)

    monkeypatch.setattr(module, "os", Interposed(1, interrupted, only="fstat"))
    journal.record(STATES[1])
    assert same(said(folder).state, STATES[2])


def test_a_journal_that_somebody_removed_is_begun_anew(journal: Journal, folder: Path) -> None:
    journal.record(STATES[0])
    for path in folder.iterdir():
        path.unlink()
    journal.record(STATES[1])
    assert same(said(folder).state, STATES[1])


def test_a_journal_that_grew_is_begun_anew_once_the_file_holds_all(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGE", 20_000)
    for number in range(2000):
        document = BASE.revise(root_cause="x" * number)
        journal.record(State(BASE, document))
    (file,) = folder.iterdir()
    assert file.stat().st_size > 20_000
    journal.record(State(document, document))
    (file,) = folder.iterdir()
    assert file.stat().st_size < 5_000
    assert same(said(folder).state, State(document, document))
