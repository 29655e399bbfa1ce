"""Settings are read so that a mistake costs one setting, and is told with its line."""

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.storage import settings
from pmtui.storage.settings import Settings, load, machine_zone

WHOLE = """\
theme = "dark"
timezone = "europe/berlin"
name = "Ana"
editor = "vim -n"
autosave = false
template = "google-sre"

[keys]
timeline.add = "a, ctrl+t"
"task.add" = ["n", "ctrl+n"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_every_setting_is_read(config: Path) -> None:
    config.write_text("\ufeff" + WHOLE, encoding="utf-8")
    keys = (("timeline.add", "a,ctrl+t"), ("task.add", "n,ctrl+n"))
    told = Settings("dark", "Europe/Berlin", "Ana", "vim -n", False, "google-sre", keys)
    assert load(config) == (told, ())
    assert {f.name for f in fields(Settings)} == {
        *settings._READERS,
        *settings._TABLES,
        "keys",
    }


def test_no_file_is_no_mistake(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    assert load(config) == load() == (Settings(), ())


def test_the_file_is_looked_for_in_the_configuration_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "pmtui").mkdir()
    (tmp_path / "pmtui" / "config.toml").write_text('name = "Ana"')
    assert load()[0].name == "Ana"


MISTAKES = {
    'theme = "blue"': ":1: theme: 'blue' is not a theme; choose auto, dark, light",
    "name = 3": ':1: name: must be text, not a number; write it in quotes: "..."',
    '\n\nautosave = "no"': ":3: autosave: must be true or false, not text; write it without quotes",
    'thme = "dark"': ":1: 'thme' is not a setting; did you mean theme?",
    "[extra]\nx = 1": ":1: 'extra' is not a setting; the settings are theme, timezone, name, "
    "editor, autosave, template, keys",
    'timezone = "Mars/Base"': ":1: timezone: Mars/Base is not a time zone; ",
    'timezone = "IST"': ":1: timezone: IST may be ",
    'name = "a\\u001b]2;x"': ":1: name: must be one line without control characters; retype it",
    "name = 2024-05-22": ":1: name: must be text, not a date or time; ",
    "keys = 3": ":1: keys: must be a table, not a number; ",
    "[keys]\nsave = true": ":2: keys.save: must be text, not true or false; ",
    "[keys.timeline]\n'add' = 3": ":2: keys.timeline.add: must be text, not a number; ",
    "keys = { save = [1] }": ":1: keys.save: must be text, not a number; ",
    'name = "Ana': ":1: is not TOML: ",
    "<<<<<<< HEAD": ":1: is not TOML: invalid statement; ",
    "name = 'a'\nname = 'b'": ":2: is not TOML: cannot overwrite a value; ",
    "a = " + "[" * 5000: ": holds a value too long or too deep to read; ",
    "a = " + "1" * 5000: ": holds a value too long or too deep to read; ",
    "a." * 3000 + "a = 1": ":",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_line_and_a_remedy(
    config: Path, text: str, message: str
) -> None:
    config.write_text(text)
    found, messages = load(config)
    assert found == Settings()
    assert messages[0].startswith(f"{config}{message}")
    assert "; " in messages[0]


def test_one_mistake_does_not_cost_the_other_settings(config: Path) -> None:
    config.write_text(WHOLE.replace('"dark"', "1").replace('"a, ctrl+t"', "2"))
    found, messages = load(config)
    assert found.theme == "auto"
    assert found.name == "Ana"
    assert found.keys == (("task.add", "n,ctrl+n"),)
    assert [message.split(":")[1] for message in messages] == ["1", "9"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"name = '\xe9'"])
def test_a_file_that_is_not_utf_8_is_told(config: Path, content: bytes) -> None:
    config.write_bytes(content)
    assert load(config) == (Settings(), (f"{config}: is not UTF-8 text; save it as UTF-8",))


def test_a_folder_or_a_pipe_in_the_file_s_place_is_told(config: Path, tmp_path: Path) -> None:
    config.mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert load(config)[1] == (f"{config}: is a folder; name a file in it",)
    assert "pipe" in load(tmp_path / "pipe")[1][0]


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_no_content_whatever_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    assert isinstance(load(path)[0], Settings)


@pytest.mark.parametrize(
    ("stated", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("/usr/share/zoneinfo/posix/Asia/Kolkata", "Asia/Kolkata"),
        ("Etc/UTC", "UTC"),
        ("UTC", "UTC"),
        ("", "UTC"),
        ("UTC+3", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"),
        ("IST", "UTC"),
        ("Japan", "Japan"),
    ],
)
def test_tz_names_the_zone(tmp_path: Path, stated: str, zone: str) -> None:
    assert machine_zone({"TZ": stated}, tmp_path) == zone


def test_the_link_of_the_system_names_the_zone_before_the_text_file(tmp_path: Path) -> None:
    assert machine_zone({}, tmp_path) == "UTC"
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "timezone").write_text("Africa/Nairobi\n")
    assert machine_zone({}, tmp_path) == "Africa/Nairobi"
    (tmp_path / "etc" / "localtime").write_bytes(b"TZif")
    assert machine_zone({}, tmp_path) == "Africa/Nairobi"
    (tmp_path / "etc" / "localtime").unlink()
    (tmp_path / "etc" / "localtime").symlink_to("../usr/share/zoneinfo/Europe/Berlin")
    assert machine_zone({}, tmp_path) == "Europe/Berlin"
