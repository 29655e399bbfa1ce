"""An export takes the place of the last one, and of nothing else."""

from pathlib import Path

import pytest

from pmtui.storage.exports import write_beside


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a document in a folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "outage.toml"


def _exported(document: Path, *texts: bytes) -> list[str]:
    return [write_beside(document, ".md", text).name for text in texts]


def test_an_export_replaces_the_one_before(document: Path) -> None:
    assert _exported(document, b"one", b"two") == ["outage.md"] * 2
    assert document.with_suffix(".md").read_bytes() == b"two"


def test_exports_beside_a_file_of_somebody_else_replace_one_another_too(document: Path) -> None:
    document.with_suffix(".md").write_bytes(b"theirs")
    assert _exported(document, b"one", b"two", b"two", b"three") == ["outage-2.md"] * 4
    assert document.with_suffix(".md").read_bytes() == b"theirs"


def test_an_export_that_was_edited_since_stays(document: Path) -> None:
    _exported(document, b"one")
    document.with_suffix(".md").write_bytes(b"edited")
    assert _exported(document, b"two", b"three") == ["outage-2.md"] * 2
    document.with_name("outage-2.md").write_bytes(b"edited as well")
    assert _exported(document, b"four", b"five") == ["outage-3.md"] * 2


def test_a_file_that_holds_the_same_already_is_taken_for_the_export(document: Path) -> None:
    document.with_suffix(".md").write_bytes(b"one")
    assert _exported(document, b"one", b"two") == ["outage.md"] * 2
