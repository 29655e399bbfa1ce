"""Pictures of first frames: private, few, and found only by all that they depend on."""

import os
from pathlib import Path

import pytest

from pmtui.storage.pictures import MOST, Picture, picture_of

SIZE = os.terminal_size((120, 36))
ROWS = ("\x1b[1;1Hone", "\x1b[2;1Htwo ü")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with content, beside a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    path = tmp_path / "incident.toml"
    path.write_text("title = 'x'\n")
    return path


def known(file: Path, size: os.terminal_size = SIZE) -> Picture:
    picture = picture_of(file, size)
    assert picture is not None
    return picture


def test_what_is_kept_is_found_again_by_whoever_owns_it_alone(file: Path) -> None:
    assert known(file).rows == ()
    known(file).keep(ROWS)
    assert known(file).rows == ROWS
    assert known(file).path.stat().st_mode & 0o777 == 0o600
    assert known(file).path.parent.stat().st_mode & 0o777 == 0o700


def test_a_copy_elsewhere_has_the_same_picture(file: Path) -> None:
    known(file).keep(ROWS)
    other = file.with_name("other.toml")
    other.write_bytes(file.read_bytes())
    assert known(other).rows == ROWS


def test_whatever_a_frame_depends_on_makes_it_another(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(file).keep(ROWS)
    assert known(file, os.terminal_size((120, 35))).rows == ()
    for name, value in (("TERM", "vt100"), ("TZ", "Asia/Tokyo"), ("NO_COLOR", "1")):
        with monkeypatch.context() as context:
            context.setenv(name, value)
            assert known(file).rows == (), name
    assert known(file).rows == ROWS
    settings = file.parent / ".config" / "pmtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("theme = 'light'\n")
    assert known(file).rows == ()
    settings.unlink()
    assert known(file).rows == ROWS
    file.write_text("title = 'y'\n")
    assert known(file).rows == ()


def test_the_oldest_make_room(file: Path) -> None:
    for columns in range(MOST + 5):
        picture = known(file, os.terminal_size((columns, 36)))
        picture.keep(ROWS)
        os.utime(picture.path, (columns, columns))
    assert len(list(picture.path.parent.iterdir())) == MOST
    assert known(file, os.terminal_size((MOST + 4, 36))).rows == ROWS
    assert known(file, os.terminal_size((0, 36))).rows == ()


def test_what_is_kept_already_is_not_written_again(file: Path) -> None:
    known(file).keep(ROWS)
    picture = known(file)
    picture.path.unlink()
    picture.keep(ROWS)
    assert not picture.path.exists()


def test_a_damaged_one_is_none_and_gives_way(file: Path) -> None:
    known(file).keep(ROWS)
    known(file).path.write_bytes(b"\xff\xfe")
    assert known(file).rows == ()
    known(file).keep(ROWS)
    assert known(file).rows == ROWS


def test_there_is_none_of_what_is_no_plain_file(file: Path) -> None:
    os.mkfifo(file.with_name("pipe.toml"))
    for name in ("pipe.toml", ""):
        assert picture_of(file.parent / name, SIZE) is None


def test_all_files_that_are_to_be_made_have_the_same(file: Path) -> None:
    known(file.with_name("new.toml")).keep(ROWS)
    assert known(file.with_name("newer.toml")).rows == ROWS
    file.write_bytes(b"")
    assert known(file).rows == ()


def test_a_folder_that_cannot_be_written_keeps_none_and_harms_nobody(file: Path) -> None:
    picture = known(file)
    picture.path.parent.rmdir()
    picture.keep(ROWS)
    assert not picture.path.parent.exists()
    picture.path.parent.write_text("in the way")
    assert picture_of(file, SIZE) is None
