"""The folders of the program: the person's own, private, and made only when needed."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from pmtui.errors import StorageError
from pmtui.storage import paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, no XDG variable, and a folder for temporary files of this test's own."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    paths._last_resort.cache_clear()
    return tmp_path / "home"


def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the environment nor the system knows a home."""

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(paths.pwd, "getpwuid", unknown)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folders_are_below_the_home_and_asking_makes_none(home: Path) -> None:
    assert paths.config_dir() == home / ".config" / "pmtui"
    assert paths.state_dir() == home / ".local" / "state" / "pmtui"
    assert list(home.iterdir()) == []


def test_the_xdg_variables_go_first_unless_they_are_relative(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    monkeypatch.setenv("XDG_STATE_HOME", "some/where")
    assert paths.config_dir() == Path("/somewhere/pmtui")
    assert paths.state_dir() == home / ".local" / "state" / "pmtui"


@pytest.mark.parametrize("value", [None, "", "relative", "/no/such/home", "/dev/null"])
def test_an_unusable_home_gives_way_to_the_one_that_the_system_knows(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    known = paths.pwd.struct_passwd(("me", "x", 1, 1, "", str(home), "/bin/sh"))
    monkeypatch.setattr(paths.pwd, "getpwuid", lambda _: known)
    monkeypatch.delenv("HOME") if value is None else monkeypatch.setenv("HOME", value)
    assert paths.state_dir() == home / ".local" / "state" / "pmtui"


def test_who_has_no_home_gets_a_private_temporary_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homeless(monkeypatch)
    folder = home.parent / "tmp" / f"pmtui-{os.geteuid()}"
    assert paths.state_dir() == folder / ".local" / "state" / "pmtui"
    assert mode(folder) == 0o700


def test_a_temporary_folder_that_others_could_have_laid_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homeless(monkeypatch)
    trap = home.parent / "trap"
    trap.mkdir()
    laid = home.parent / "tmp" / f"pmtui-{os.geteuid()}"
    laid.symlink_to(trap)
    assert laid not in paths.config_dir().parents
    assert paths.config_dir() == paths.config_dir()
    assert list(trap.iterdir()) == []


def test_the_recovery_folder_is_made_for_its_owner_alone(home: Path) -> None:
    folder = paths.recovery_dir()
    assert folder == home / ".local" / "state" / "pmtui" / "recovery"
    assert mode(folder) == 0o700


def test_a_recovery_folder_that_was_open_to_others_is_closed(home: Path) -> None:
    paths.recovery_dir().chmod(0o755)
    assert mode(paths.recovery_dir()) == 0o700


def test_recovery_goes_to_a_temporary_folder_where_the_state_folder_cannot_be(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    assert home.parent / "tmp" in paths.recovery_dir().parents


def test_no_recovery_folder_at_all_is_said_in_words(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null")
    with pytest.raises(StorageError, match="no folder") as caught:
        paths.recovery_dir()
    assert "XDG_STATE_HOME" in caught.value.remedy
