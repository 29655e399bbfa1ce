"""The list of a folder's postmortems shows all that are there, and only those."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmtui.core.document import SCHEMA, Entry, Postmortem, Task, Times
from pmtui.errors import StorageError
from pmtui.formats import toml
from pmtui.storage.library import list_postmortems

NIGHT = datetime(2024, 5, 22, 3, 10, tzinfo=UTC)
WHOLE = Postmortem(
    title="Checkout down",
    reference="INC-123",
    severity="SEV1",
    status="in-review",
    timezone="UTC",
    timeline=(
        Entry(id="a1", at=NIGHT, kind="started"),
        Entry(id="a2", at=NIGHT.replace(hour=4), kind="resolved"),
    ),
    tasks=(Task(id="t1", text="one"), Task(id="t2", text="two", state="done")),
)


def put(folder: Path, name: str, document: Postmortem | bytes, modified: int = 0) -> Path:
    path = folder / name
    path.write_bytes(document if isinstance(document, bytes) else toml.write(document))
    os.utime(path, (modified, modified))
    return path


def test_an_item_is_the_head_of_its_postmortem(tmp_path: Path) -> None:
    path = put(tmp_path, "whole.toml", WHOLE, modified=86_400)
    (item,) = list_postmortems(tmp_path)
    assert (item.path, item.title, item.reference) == (path, "Checkout down", "INC-123")
    assert (item.severity, item.status, item.started) == ("SEV1", "in-review", NIGHT)
    assert (item.timeline, len(item.open_tasks), item.tasks) == (2, 1, 2)
    assert item.modified == datetime(1970, 1, 2, tzinfo=UTC)
    assert item.error == ""


def test_the_newest_incident_comes_first(tmp_path: Path) -> None:
    may_2024 = 1_716_000_000
    put(tmp_path, "a.toml", WHOLE)
    put(tmp_path, "b.toml", WHOLE.revise(timeline=(), times=Times(started=datetime(2024, 6, 1))))
    put(tmp_path, "c.toml", Postmortem(title="no times"), modified=may_2024)
    undated = Entry(id="x", at=datetime(2000, 1, 1, 9))
    put(tmp_path, "d.toml", WHOLE.revise(undated=True, timeline=(undated,)), modified=may_2024 + 1)
    order = [item.path.stem for item in list_postmortems(tmp_path)]
    assert order == ["b", "a", "d", "c"]


def test_only_postmortems_of_this_folder_are_listed(tmp_path: Path) -> None:
    put(tmp_path, "whole.toml", WHOLE)
    put(tmp_path, "pyproject.toml", b"[project]\nname = 'x'\n")
    put(tmp_path, ".hidden.toml", WHOLE)
    put(tmp_path, "whole.toml.orig", WHOLE)
    put(tmp_path, "notes.md", b"# notes")
    (tmp_path / "folder.toml").mkdir()
    put(tmp_path / "folder.toml", "below.toml", WHOLE)
    (tmp_path / "dangling.toml").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.toml")
    assert [item.path.name for item in list_postmortems(tmp_path)] == ["whole.toml"]


def test_broken_ones_are_listed_with_their_error(tmp_path: Path) -> None:
    put(tmp_path, "conflict.toml", b"<<<<<<< HEAD\n", modified=2)
    put(tmp_path, "wrong.toml", b"title = 'x'\nsummary = 3\n", modified=1)
    conflict, wrong = list_postmortems(tmp_path)
    assert conflict.error.startswith(f"{tmp_path / 'conflict.toml'}:1")
    assert wrong.error.startswith(f"{tmp_path / 'wrong.toml'}:2")


def test_one_of_a_newer_schema_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "newer.toml", f"schema = {SCHEMA + 1}\ntitle = 'Later'\n".encode())
    (item,) = list_postmortems(tmp_path)
    assert (item.title, item.error) == ("Later", "")


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as caught:
        list_postmortems(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)
    assert list_postmortems(tmp_path) == ()
