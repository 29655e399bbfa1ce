"""File names made of titles stay inside their folder and can be had on every system."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.storage.filenames import free_name, slug

HOSTILE = {
    "": "postmortem",
    " ": "postmortem",
    ".": "postmortem",
    "..": "postmortem",
    "../../etc/passwd": "etc-passwd",
    "/etc/passwd": "etc-passwd",
    "C:\\Windows\\system32": "c-windows-system32",
    "-rf *": "rf",
    "--help": "help",
    "~root": "root",
    "$(reboot)": "reboot",
    "`id`; rm x | y > z & w": "id-rm-x-y-z-w",
    "a\0b": "a-b",
    "a\nb\tc\r": "a-b-c",
    "\x1b]52;c;QQ==\x07": "52-c-qq",
    "\u202egpj.exe": "gpj-exe",
    "CON": "con-postmortem",
    "lpt9": "lpt9-postmortem",
    "COM\u00b9": "com1-postmortem",
    "aux.": "aux-postmortem",
    ".bashrc": "bashrc",
    "name. . .": "name",
    "\u2025\u2215x": "x",
    "\ud800broken\udcff": "broken",
    "Checkout: 5xx (SEV\u20111) \u2014 r\u00e9sum\u00e9!": "checkout-5xx-sev-1-résumé",
    "\U0001f525\ufe0f fire \U0001f525": "fire",
    "हिन्दी में शीर्षक": "हिन्दी-में-शीर्षक",
    "データベース停止": "データベース停止",
    "STRASSE straße": "strasse-strasse",
}


@pytest.mark.parametrize(("title", "name"), HOSTILE.items())
def test_a_hostile_title_gives_a_harmless_name(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text(st.characters()))
def test_any_title_gives_a_short_name_of_words_that_gives_itself_again(title: str) -> None:
    name = slug(title)
    assert 1 <= len(name.encode()) <= 80 + len("-postmortem")
    assert slug(name) == name
    assert name == name.strip("-.")
    assert all(c in "-_" or unicodedata.category(c)[0] in "LMN" for c in name)
    assert Path("folder", name).parent == Path("folder")


def test_a_long_title_is_cut_between_characters() -> None:
    assert slug("漢" * 100) == "漢" * 26
    assert slug("x" * 500) == "x" * 80


def test_a_name_that_is_taken_is_never_given(tmp_path: Path) -> None:
    (tmp_path / "x.toml").touch()
    (tmp_path / "x-2.toml").symlink_to("nowhere")
    (tmp_path / "x-3.toml").mkdir()
    assert free_name(tmp_path, "x", ".toml") == tmp_path / "x-4.toml"
    assert free_name(tmp_path, "x", ".md") == tmp_path / "x.md"
