"""The keeper of the open file: it saves what is ours and overwrites nobody else's words."""

import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmtui.core.document import SCHEMA, Entry, Postmortem
from pmtui.errors import (
    ChangedOnDisk,
    FormatError,
    NotPostmortem,
    PmtuiError,
    ReadOnlyFile,
    StorageError,
)
from pmtui.formats import toml
from pmtui.storage import atomic, keeper, reading
from pmtui.storage.keeper import Keeper

MINE = Postmortem(title="Mine", summary="Checkout was down.")
THEIRS = Postmortem(title="Thei", summary="Checkout was down!")


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of each test's own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved postmortem that has rested for years."""
    path = tmp_path / "incident.toml"
    path.write_bytes(toml.write(MINE))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_what_is_saved_is_what_is_read(path: Path) -> None:
    edited = MINE.revise(timeline=(Entry(id="a1", text="é 漢 [/] \U0001f525"),))
    kept = Keeper.open(path)
    assert kept.document == MINE
    assert kept.notes == ()
    assert kept.save(edited)
    assert kept.document == edited
    assert Keeper.open(path).document == edited


@pytest.mark.parametrize(
    "content",
    [
        toml.write(MINE),
        b"\xef\xbb\xbf" + toml.write(MINE).replace(b"\n", b"\r\n"),
        b"# by hand\nschema = 1\n\n[[timeline]]\ntext = 'a'\n[[timeline]]\ntext = 'a'\n\0\0",
    ],
    ids=["as written", "from Windows", "by hand"],
)
def test_the_text_of_a_document_reads_as_that_document(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    kept = Keeper.open(path)
    opened = kept.document

    def reads_back(document: Postmortem) -> bool:
        return toml.read(kept.text_of(document).encode()) == document

    assert reads_back(opened)
    assert reads_back(THEIRS)
    kept.save(THEIRS)
    assert reads_back(opened)
    assert reads_back(THEIRS)
    path.write_bytes(toml.write(MINE))
    assert reads_back(kept.reread())


def test_saving_what_the_file_holds_writes_nothing(path: Path) -> None:
    before = path.stat()
    assert not Keeper.open(path).save(MINE)
    after = path.stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_a_new_file_is_not_made_before_the_first_save(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    kept = Keeper.new(path, Postmortem())
    assert names(tmp_path) == []
    assert not kept.changed_on_disk()
    assert kept.save(MINE)
    assert not kept.save(MINE)
    assert Keeper.open(path).document == MINE


def test_a_new_file_never_takes_the_place_of_another(path: Path) -> None:
    with pytest.raises(StorageError, match="already exists"):
        Keeper.new(path, MINE)
    late = Keeper.new(path.with_name("late.toml"), MINE)
    late.path.write_bytes(toml.write(THEIRS))
    assert late.changed_on_disk()
    with pytest.raises(ChangedOnDisk):
        late.save(MINE)
    assert late.reread() == THEIRS


def test_a_new_file_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such folder"):
        Keeper.new(tmp_path / "nowhere" / "new.toml", MINE)


def rewrite_like(path: Path, document: Postmortem) -> None:
    """Another program's change that leaves size and mtime as they were."""
    before = path.stat()
    content = toml.write(document)
    assert len(content) == before.st_size
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_change_is_seen_even_with_the_same_size_and_mtime(path: Path) -> None:
    kept = Keeper.open(path)
    assert not kept.changed_on_disk()
    rewrite_like(path, THEIRS)
    assert kept.changed_on_disk()
    with pytest.raises(ChangedOnDisk):
        kept.save(MINE.revise(title="Mine, edited"))
    assert toml.read(path.read_bytes()) == THEIRS


def test_a_change_that_a_coarse_clock_does_not_show_is_seen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_stamp", lambda _: (0, 0, 0, 0, 0))
    kept = Keeper.open(path)
    kept.save(MINE.revise(title="More"))
    assert not kept.changed_on_disk()
    path.write_bytes(toml.write(THEIRS))
    assert kept.changed_on_disk()


def test_a_file_that_was_only_touched_has_not_changed(path: Path) -> None:
    kept = Keeper.open(path)
    os.utime(path)
    assert not kept.changed_on_disk()
    assert kept.save(MINE.revise(title="More"))


def test_a_rested_file_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_RACY", -1)
    kept = Keeper.open(path)
    monkeypatch.setattr(keeper, "read", lambda _: pytest.fail("the file was read"))
    assert not kept.changed_on_disk()


def test_after_rereading_theirs_is_the_base(path: Path) -> None:
    kept = Keeper.open(path)
    path.write_bytes(toml.write(THEIRS))
    assert kept.reread() == THEIRS
    assert kept.document == THEIRS
    assert not kept.changed_on_disk()
    assert kept.save(MINE)


def test_rereading_what_is_no_postmortem_keeps_the_base(path: Path) -> None:
    kept = Keeper.open(path)
    path.write_bytes(b"<<<<<<< HEAD\n")
    with pytest.raises(FormatError) as caught:
        kept.reread()
    assert caught.value.where.startswith(f"{path}:1")
    assert kept.document == MINE
    with pytest.raises(ChangedOnDisk):
        kept.save(MINE.revise(title="More"))


def test_a_file_that_is_gone_is_made_again_by_the_next_save(path: Path) -> None:
    kept = Keeper.open(path)
    path.unlink()
    assert not kept.changed_on_disk()
    with pytest.raises(StorageError):
        kept.reread()
    assert kept.save(MINE)
    assert Keeper.open(path).document == MINE


def test_two_keepers_of_one_file_take_turns(path: Path) -> None:
    first, second = Keeper.open(path), Keeper.open(path)
    assert first.save(THEIRS)
    with pytest.raises(ChangedOnDisk):
        second.save(MINE.revise(title="More"))
    second.reread()
    assert second.save(MINE)
    assert first.changed_on_disk()


def test_a_save_that_failed_after_all_was_done_does_not_look_like_somebody_else_s(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise OSError(5, "Input/output error")

    kept = Keeper.open(path)
    with monkeypatch.context() as broken:
        broken.setattr(atomic, "_sync_folder", fail)
        with pytest.raises(StorageError, match="input/output error"):
            kept.save(THEIRS)
    assert not kept.changed_on_disk()
    assert kept.document == MINE
    assert kept.save(MINE.revise(title="More"))


COMMENTED = b"# written by hand\n" + toml.write(MINE)


def test_a_file_with_comments_is_kept_before_it_is_first_rewritten(path: Path) -> None:
    path.write_bytes(COMMENTED)
    path.chmod(0o640)
    kept = Keeper.open(path)
    original = path.with_name("incident.toml.orig")
    assert [note for note in kept.notes if original.name in note]
    assert names(path.parent) == [path.name]
    kept.save(THEIRS)
    kept.save(MINE)
    assert kept.original == original
    assert original.read_bytes() == COMMENTED
    assert stat.S_IMODE(original.stat().st_mode) & 0o007 == 0
    assert names(path.parent) == [path.name, original.name]
    assert Keeper.open(path).notes == ()


def test_an_original_that_is_there_is_used_or_spared(path: Path) -> None:
    first = path.with_name("incident.toml.orig")
    second = path.with_name("incident.toml.orig-2")
    for content in (COMMENTED, COMMENTED, b"# another\n" + COMMENTED):
        path.write_bytes(content)
        Keeper.open(path).save(THEIRS)
    assert first.read_bytes() == COMMENTED
    assert second.read_bytes() == b"# another\n" + COMMENTED
    assert names(path.parent) == [path.name, first.name, second.name]


def test_comments_that_somebody_adds_meanwhile_are_kept_too(path: Path) -> None:
    kept = Keeper.open(path)
    path.write_bytes(COMMENTED)
    kept.reread()
    kept.save(THEIRS)
    assert path.with_name("incident.toml.orig").read_bytes() == COMMENTED


def test_the_original_goes_to_the_recovery_folder_where_it_cannot_lie_beside(
    path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic.save

    def save(place: Path, data: bytes, **options: Any) -> None:
        if place.parent == path.parent and place != path:
            raise StorageError("permission denied")
        real(place, data, **options)

    monkeypatch.setattr(atomic, "save", save)
    path.write_bytes(COMMENTED)
    kept = Keeper.open(path)
    kept.save(THEIRS)
    assert kept.original == state / "pmtui" / "recovery" / "incident.toml.orig"
    assert kept.original.read_bytes() == COMMENTED


def test_a_file_that_cannot_be_written_opens_read_only(path: Path) -> None:
    path.chmod(0o444)
    kept = Keeper.open(path)
    assert kept.read_only
    assert kept.read_only in kept.notes[0]
    with pytest.raises(ReadOnlyFile):
        kept.save(THEIRS)


def test_a_newer_schema_opens_read_only_and_is_never_rewritten(path: Path) -> None:
    content = f"schema = {SCHEMA + 1}\ntitle = 'From the future'\nshape = 'round'\n".encode()
    path.write_bytes(content)
    kept = Keeper.open(path)
    assert kept.document.title == "From the future"
    assert "newer" in kept.read_only
    with pytest.raises(ReadOnlyFile):
        kept.save(MINE)
    assert path.read_bytes() == content


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def too_large(path: Path) -> None:
    os.truncate(path, reading.LIMIT + 1)


def holds(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (missing, StorageError, "no such file"),
        (folder, StorageError, "is a folder"),
        (pipe, StorageError, "pipe"),
        (device, StorageError, "device"),
        (too_large, StorageError, "larger than 64 MB"),
        (holds(b""), FormatError, "empty"),
        (holds(bytes(4096)), FormatError, None),
        (holds(b"no toml"), FormatError, None),
        (holds(b"title = '\xe9'"), FormatError, None),
        (holds(b"[project]\nname = 'pmtui'\n"), NotPostmortem, "no postmortem"),
        (holds(b"a = " + b"[" * 5000), FormatError, None),
    ],
)
def test_what_cannot_be_opened_is_told_in_words_and_left_alone(
    path: Path, change: Callable[[Path], None], kind: type[PmtuiError], words: str | None
) -> None:
    change(path)
    with pytest.raises(kind, match=words) as caught:
        Keeper.open(path)
    assert caught.value.where.startswith(str(path))
    assert caught.value.remedy
    assert names(path.parent) == ([] if change is missing else [path.name])


def test_an_unreadable_file_is_told(
    shared_folder: Path, as_plain_user: Callable[[Callable[[], Any]], Any]
) -> None:
    path = shared_folder / "secret.toml"
    path.write_bytes(toml.write(MINE))
    path.chmod(0)

    def told() -> str:
        with pytest.raises(StorageError) as caught:
            Keeper.open(path)
        return str(caught.value)

    assert "permission denied" in as_plain_user(told)


def test_opening_sweeps_what_a_killed_save_left(path: Path) -> None:
    left = path.with_name(".incident.toml.0123abcd.tmp")
    left.touch()
    os.utime(left, (0, 0))
    Keeper.open(path)
    assert names(path.parent) == [path.name]


def test_links_that_go_round_in_a_circle_are_no_place_for_a_new_file(tmp_path: Path) -> None:
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    with pytest.raises(StorageError, match="go round in a circle"):
        Keeper.new(loop, MINE)


def test_a_recovery_copy_is_private_and_has_a_place_of_its_own(path: Path, state: Path) -> None:
    copy = Keeper.open(path).keep_copy(THEIRS)
    other = path.parent / "other" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    assert copy.parent == state / "pmtui" / "recovery"
    assert copy.name.startswith("incident-")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert toml.read(copy.read_bytes()) == THEIRS
    assert Keeper.open(path).keep_copy(MINE) == copy
    assert Keeper.open(other).keep_copy(MINE) != copy


def test_a_recovery_copy_goes_when_the_file_is_saved_after_all(path: Path, state: Path) -> None:
    kept = Keeper.open(path)
    copy = kept.keep_copy(THEIRS)
    kept.save(THEIRS)
    assert not copy.exists()
    left = Keeper.open(path).keep_copy(MINE)
    later = Keeper.open(path)
    later.take_over_copy(THEIRS)
    later.save(MINE)
    assert left.exists(), "a copy of something else"
    later.take_over_copy(MINE)
    later.save(THEIRS)
    assert not left.exists()


def test_a_recovery_copy_goes_elsewhere_when_the_disk_of_the_state_is_full(
    path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic.save

    def save(place: Path, data: bytes, **options: Any) -> None:
        if state in place.parents:
            raise StorageError("the disk is full")
        real(place, data, **options)

    monkeypatch.setattr(atomic, "save", save)
    monkeypatch.setattr("tempfile.tempdir", str(path.parent))
    copy = Keeper.open(path).keep_copy(THEIRS)
    assert path.parent in copy.parents
    assert toml.read(copy.read_bytes()) == THEIRS


def test_asking_while_a_save_runs_neither_waits_nor_cries_wolf(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, finish = threading.Event(), threading.Event()
    real = atomic.save

    def slow(place: Path, data: bytes, **options: Any) -> None:
        real(place, data, **options)
        running.set()
        finish.wait(10)

    monkeypatch.setattr(atomic, "save", slow)
    kept = Keeper.open(path)
    thread = threading.Thread(target=kept.save, args=(THEIRS,))
    thread.start()
    assert running.wait(10)
    assert not kept.changed_on_disk()
    finish.set()
    thread.join()
    assert not kept.changed_on_disk()
    assert kept.document == THEIRS


def test_saves_from_many_threads_leave_one_of_them_whole(path: Path) -> None:
    kept = Keeper.open(path)
    documents = [MINE.revise(title=f"Number {n}") for n in range(8)]
    threads = [threading.Thread(target=kept.save, args=(each,)) for each in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.document in documents
    assert toml.read(path.read_bytes()) == kept.document
    assert names(path.parent) == [path.name]


def test_a_keeper_follows_its_file_not_the_working_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    kept = Keeper.open(Path(path.name))
    monkeypatch.chdir("/")
    assert kept.save(THEIRS)
    assert toml.read(path.read_bytes()) == THEIRS


def test_no_save_comes_between_another_ones_look_and_its_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes add an event each time; every save is slow just before the file is replaced."""
    rename = atomic._rename

    def slowly(*arguments: Any) -> None:
        time.sleep(0.01)
        rename(*arguments)

    monkeypatch.setattr(atomic, "_rename", slowly)
    path = tmp_path / "a.toml"
    path.write_bytes(toml.write(Postmortem(title="x")))
    children = []
    for name in "ab":
        child = os.fork()
        if child == 0:
            _add_events(Keeper.open(path), name, 15)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    found = sorted(entry.id for entry in toml.read(path.read_bytes()).timeline)
    assert found == sorted(f"{name}{number}" for name in "ab" for number in range(15))


def _add_events(keeper: Keeper, name: str, count: int) -> None:
    for number in range(count):
        entry = Entry(id=f"{name}{number}", text="x")
        while True:
            document = keeper.document
            try:
                keeper.save(document.revise(timeline=(*document.timeline, entry)))
                break
            except ChangedOnDisk:
                keeper.reread()


MARKED = b'schema = 1\n<<<<<<< a\ntitle = "m"\n=======\ntitle = "t"\n>>>>>>> b\n'


def test_a_file_with_conflict_markers_is_merged_for_the_editor_only(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(MARKED)
    with pytest.raises(FormatError, match="holds git conflict markers"):
        Keeper.open(path)
    keeper = Keeper.open(path, settle=True)
    assert keeper.document.title == "m"
    assert keeper.marked is not None
    assert keeper.notes[0].startswith("Git conflict markers (line 2): 1 conflict to settle; a")
    assert not keeper.changed_on_disk()
    assert path.read_bytes() == MARKED
    assert keeper.save(keeper.document)
    assert keeper.marked is None
    assert toml.read(path.read_bytes()).title == "m"


def test_several_versions_of_others_are_kept_beside_one_another(tmp_path: Path) -> None:
    keeper = Keeper.new(tmp_path / "a.toml", Postmortem())
    places = {keeper.keep_theirs(Postmortem(title=title)) for title in ("x", "y", "x")}
    assert len(places) == 2
    assert {toml.read(place.read_bytes()).title for place in places} == {"x", "y"}
