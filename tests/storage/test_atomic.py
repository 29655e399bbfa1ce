"""A save leaves the whole old or the whole new file, and keeps all that a file is."""

import errno
import os
import resource
import signal
import stat
import struct
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.errors import ChangedOnDisk, ReadOnlyFile, StorageError
from pmtui.storage import atomic
from pmtui.storage.atomic import ABSENT, save, sweep
from tests.storage.conftest import NOBODY, in_child

OLD = b"title = 'old'\n" * 300
NEW = b"title = 'new, and longer'\n" * 400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "incident.toml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


class Interposed:
    """The os module with `act` in the place of call number `at`; calls of `only` alone count."""

    def __init__(self, at: int, act: Callable[[Callable[[], Any]], Any], only: str = "") -> None:
        self.at, self.act, self.only, self.calls = at, act, only, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name in {"DirEntry", "geteuid"} or not callable(real) or self.only not in {"", name}:
            return real

        def call(*arguments: Any) -> Any:
            self.calls += 1
            if self.calls == self.at:
                return self.act(lambda: real(*arguments) if name == "close" else None)
            return real(*arguments)

        return call


def attempt(path: Path) -> StorageError | None:
    try:
        save(path, NEW, expected=OLD)
    except StorageError as error:
        return error
    return None


def refused(path: Path) -> str:
    """The kind of error that a save gives, for a test's own process to look at."""
    return type(attempt(path)).__name__


def fail(number: int) -> Callable[[Callable[[], Any]], Any]:
    def act(finish: Callable[[], Any]) -> Any:
        finish()  # a descriptor is closed even where close() reports an error
        raise OSError(number, os.strerror(number))

    return act


def kill(_: Callable[[], Any]) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def linked(path: Path) -> None:
    os.link(path, path.with_name("second-name.toml"))


def plain(path: Path) -> None:
    os.setxattr(path, "user.note", b"kept")


SHAPES = (plain, linked)
ERRORS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EXDEV, errno.EACCES, errno.EPERM)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_at_any_call_leaves_the_old_or_the_new_file_and_nothing_else(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: Callable[[Path], None],
    number: int,
    record_property: Callable[[str, object], None],
) -> None:
    shape(file)
    before = names(file.parent)
    for at in count(1):
        file.write_bytes(OLD)
        system = Interposed(at, fail(number))
        monkeypatch.setattr(atomic, "os", system)
        refusal = attempt(file)
        assert file.read_bytes() in ((OLD, NEW) if refusal else (NEW,))
        assert refusal is None or (refusal.where == str(file) and refusal.remedy)
        assert names(file.parent) == before
        if system.calls < at:
            break
    name = f"{shape.__name__}, {errno.errorcode[number]}"
    record_property("outcome", f"save, {name} at each of {at - 1} calls: 0 torn, 0 left over")
    assert at >= 10


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_new_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    monkeypatch.setattr(atomic, "os", Interposed(1, fail(number), only=call))
    with pytest.raises(StorageError):
        save(tmp_path / "new.toml", NEW)
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate"])
def test_a_failed_rewrite_in_place_puts_the_old_content_back(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    linked(file)
    monkeypatch.setattr(atomic, "os", Interposed(1, fail(number), only=call))
    with pytest.raises(StorageError):
        save(file, NEW)
    assert file.read_bytes() == OLD


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD)], ids=["grows", "shrinks"])
def test_a_kill_at_any_call_leaves_the_old_or_the_new_file(
    file: Path,
    shape: Callable[[Path], None],
    old: bytes,
    new: bytes,
    record_property: Callable[[str, object], None],
) -> None:
    """A file that is rewritten in place may have zero bytes at its end, which reading ignores."""
    shape(file)
    before = names(file.parent)
    for at in count(1):
        file.write_bytes(old)

        def killed(at: int = at) -> int:
            atomic.os = Interposed(at, kill)  # type: ignore[attr-defined]
            save(file, new)
            return 0

        if in_child(killed) == 0:
            break
        found = file.read_bytes()
        assert (found.rstrip(b"\0") if shape is linked else found) in (old, new)
        for left in set(names(file.parent)) - set(before):
            os.utime(file.parent / left, (0, 0))
        sweep(file)
        assert names(file.parent) == before
    record_property(
        "outcome",
        f"save, {shape.__name__}, kill -9 at each of {at - 1} calls: 0 torn, 0 left over",
    )
    assert at > 8
    assert file.read_bytes() == new


def test_the_text_is_on_the_disk_before_its_name_and_the_name_before_the_save_is_over(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    force, replace = os.fsync, os.replace

    def forced(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        done.append("folder forced" if is_folder else "file forced")
        force(descriptor)

    def replaced(old: Path, new: Path) -> None:
        done.append("replaced")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", forced)
    monkeypatch.setattr(os, "replace", replaced)
    save(file, NEW)
    assert done == ["file forced", "replaced", "folder forced"]


def test_content_that_goes_out_byte_by_byte_arrives_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Interposed):
        def write(self, descriptor: int, data: memoryview) -> int:
            return os.write(descriptor, data[:7])

    monkeypatch.setattr(atomic, "os", Slow(0, fail(errno.EIO)))
    save(file, NEW)
    assert file.read_bytes() == NEW


@given(first=st.binary(max_size=4000), second=st.binary(max_size=4000), links=st.integers(1, 2))
def test_whatever_was_there_the_file_then_holds_exactly_what_was_saved(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, second: bytes, links: int
) -> None:
    path = tmp_path_factory.mktemp("save") / "file"
    save(path, first, expected=ABSENT)
    if links == 2:
        linked(path)
    save(path, second, expected=first)
    assert path.read_bytes() == second
    assert os.stat(path).st_nlink == links


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o2664, 0o200 | 0o400])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    save(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path, umask: int, mode: int) -> None:
    path = tmp_path / "new.toml"
    before = os.umask(umask)
    try:
        save(path, NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_private_new_file_is_private(tmp_path: Path) -> None:
    save(tmp_path / "copy", NEW, mode=0o600)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_the_group_is_kept(file: Path) -> None:
    groups = [54321] if os.geteuid() == 0 else [g for g in os.getgroups() if g != os.getegid()]
    if not groups:
        pytest.skip("this user is in one group only")
    os.chown(file, -1, groups[0])
    save(file, NEW)
    assert file.stat().st_gid == groups[0]


def access_list(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NO_ID = 0xFFFFFFFF
READERS = access_list(
    (1, 6, NO_ID), (2, 4, NOBODY), (4, 4, NO_ID), (0x10, 4, NO_ID), (0x20, 0, NO_ID)
)


def set_attribute(path: Path, name: str, value: bytes) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("Python reaches no extended attributes here")
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"this file system has no {name}: {error}")


@pytest.mark.parametrize(
    ("name", "value"), [("user.origin", b"pager"), ("system.posix_acl_access", READERS)]
)
def test_extended_attributes_and_access_lists_are_kept(file: Path, name: str, value: bytes) -> None:
    set_attribute(file, name, value)
    save(file, NEW)
    assert os.getxattr(file, name) == value
    assert file.stat().st_nlink == 1


def test_a_file_with_attributes_is_replaced_in_one_step_and_not_rewritten(file: Path) -> None:
    os.setxattr(file, "user.note", b"kept")
    before = file.stat().st_ino
    save(file, NEW)
    assert file.stat().st_ino != before
    assert os.getxattr(file, "user.note") == b"kept"


def test_a_file_does_not_acquire_the_folder_s_default_access_list(file: Path) -> None:
    set_attribute(file.parent, "system.posix_acl_default", READERS)
    save(file, NEW)
    assert "system.posix_acl_access" not in os.listxattr(file)


def test_a_symbolic_link_stays_one_and_its_target_is_saved(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.toml"
    link.symlink_to("../incident.toml")
    save(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert names(folder) == ["link.toml"]


def test_a_dangling_link_gets_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to("target.toml")
    save(link, NEW)
    assert link.is_symlink()
    assert (tmp_path / "target.toml").read_bytes() == NEW


def test_every_name_of_a_file_with_hard_links_gets_the_new_content(file: Path) -> None:
    linked(file)
    for content in (NEW, b"short", b"", OLD):
        save(file, content)
        assert file.with_name("second-name.toml").read_bytes() == content


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_file_without_write_bits_is_refused_for_root_too(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(ReadOnlyFile, match="read-only"):
        save(file, NEW)
    assert file.read_bytes() == OLD
    assert names(file.parent) == [file.name]


def test_a_file_of_somebody_else_is_refused(
    shared_folder: Path, as_plain_user: Callable[[Callable[[], Any]], Any]
) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    path = shared_folder / "root.toml"
    path.write_bytes(OLD)
    path.chmod(0o644)
    assert as_plain_user(lambda: refused(path)) == "ReadOnlyFile"
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("folder_mode", [0o555, 0o1777, 0o311, 0o733])
def test_a_file_is_saved_in_a_folder_that_does_not_let_it_be_replaced(
    shared_folder: Path, as_plain_user: Callable[[Callable[[], Any]], Any], folder_mode: int
) -> None:
    path = shared_folder / "shared.toml"
    path.write_bytes(OLD)
    path.chmod(0o666)
    owner = path.stat().st_uid
    shared_folder.chmod(folder_mode)
    as_plain_user(lambda: save(path, NEW, expected=OLD))
    shared_folder.chmod(0o777)
    assert path.read_bytes() == NEW
    assert path.stat().st_uid == owner
    assert names(shared_folder) == [path.name]


def test_no_new_file_in_a_folder_that_cannot_be_written(
    shared_folder: Path, as_plain_user: Callable[[Callable[[], Any]], Any]
) -> None:
    shared_folder.chmod(0o555)
    assert as_plain_user(lambda: refused(shared_folder / "new.toml")) == "StorageError"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_file_that_the_system_will_not_let_grow_stays_as_it_was(
    file: Path, shape: Callable[[Path], None]
) -> None:
    shape(file)
    before = names(file.parent)

    def limited() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(OLD) + 100, len(OLD) + 100))
        return refused(file)

    assert in_child(limited) == "StorageError"
    assert file.read_bytes() == OLD
    assert names(file.parent) == before


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("links", [1, 2])
def test_a_full_disk_keeps_the_old_file(tiny_disk: Path, links: int) -> None:
    path = tiny_disk / "incident.toml"
    path.write_bytes(OLD)
    if links == 2:
        linked(path)
    before = names(tiny_disk)
    with pytest.raises(StorageError, match="disk is full") as caught:
        save(path, bytes(100_000))
    assert caught.value.remedy
    assert path.read_bytes() == OLD
    assert names(tiny_disk) == before


def test_a_file_that_somebody_changed_is_not_overwritten(file: Path) -> None:
    for content in (OLD, OLD * 2):
        file.write_bytes(content)
        with pytest.raises(ChangedOnDisk):
            save(file, NEW, expected=b"what we read")
        assert file.read_bytes() == content
    linked(file)
    with pytest.raises(ChangedOnDisk):
        save(file, NEW, expected=b"what we read")
    assert names(file.parent) == ["incident.toml", "second-name.toml"]


def test_a_file_that_must_be_absent_is_not_overwritten(file: Path) -> None:
    with pytest.raises(ChangedOnDisk, match="already exists"):
        save(file, NEW, expected=ABSENT)
    assert file.read_bytes() == OLD


def test_somebody_who_wrote_the_same_is_no_conflict(file: Path) -> None:
    file.write_bytes(NEW)
    save(file, NEW, expected=OLD)
    assert file.read_bytes() == NEW


def test_a_file_that_vanished_is_made_again(file: Path) -> None:
    file.unlink()
    save(file, NEW, expected=OLD)
    assert file.read_bytes() == NEW


def nowhere(folder: Path) -> Path:
    return folder / "no" / "such" / "file"


def in_a_file(folder: Path) -> Path:
    (folder / "file").write_bytes(b"")
    return folder / "file" / "below"


def circle(folder: Path) -> Path:
    (folder / "circle").symlink_to("circle")
    return folder / "circle"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (nowhere, "no such folder"),
        (in_a_file, "no"),
        (circle, "circle"),
        (pipe, "pipe"),
        (lambda folder: folder, "is a folder"),
        (lambda folder: folder / ("x" * 300), "name is too long"),
        (lambda folder: folder / "nul\0byte", "no file can have this name"),
    ],
)
def test_a_place_that_holds_no_file_is_refused_in_words(
    tmp_path: Path, place: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(StorageError, match=words) as caught:
        save(place(tmp_path), NEW)
    assert caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize(
    "name", ["x" * 255, "漢" * 85, "-rf", " ", "new\nline.toml", "\udcff.toml"]
)
def test_any_name_that_the_system_takes_can_be_saved(tmp_path: Path, name: str) -> None:
    for content in (OLD, NEW):
        save(tmp_path / name, content)
        assert (tmp_path / name).read_bytes() == content
    assert names(tmp_path) == [name]


def test_sweeping_removes_our_own_old_temporary_files_only(file: Path) -> None:
    folder = file.parent
    left = {
        ".incident.toml.0123abcd.tmp": 7200,
        ".incident.toml.aaaaaaaa.tmp": 60,
        ".other.toml.0123abcd.tmp": 7200,
        ".incident.toml.readme.tmp": 7200,
        "incident.toml.0123abcd.tmp": 7200,
    }
    now = file.stat().st_mtime
    for name, age in left.items():
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (now - age, now - age))
    sweep(file)
    assert names(folder) == sorted({file.name, *left} - {".incident.toml.0123abcd.tmp"})


def test_sweeping_finds_what_a_killed_save_left(file: Path) -> None:
    def killed() -> None:
        atomic.os = Interposed(1, kill, only="replace")  # type: ignore[attr-defined]
        save(file, NEW)

    assert in_child(killed) == -signal.SIGKILL
    (left,) = set(names(file.parent)) - {file.name}
    os.utime(file.parent / left, (0, 0))
    sweep(file)
    assert names(file.parent) == [file.name]


def test_sweeping_a_folder_that_is_gone_is_silent(tmp_path: Path) -> None:
    sweep(nowhere(tmp_path))
