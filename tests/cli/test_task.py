"""`pmtui task` adds what was typed and says how it was understood."""

import pytest

from pmtui.formats import toml

START = 'title = "Outage"\ntimezone = "UTC"\n'


@pytest.mark.parametrize(
    ("words", "said", "fields"),
    [
        (
            ("Alert on disk usage @ana due:2024-06-12 !P1 #detect OPS-12",),
            "[ ] Alert on disk usage  P1  detect  @ana  due 2024-06-12  OPS-12\n",
            {"owner": "ana", "priority": "P1", "kind": "detect", "ticket": "OPS-12"},
        ),
        (("all", "words", "are", "joined"), "[ ] all words are joined\n", {"owner": ""}),
        (("-5m", "is", "text"), "[ ] -5m is text\n", {"state": "open"}),
        (("see \x1b[31mred",), "[ ] see \ufffd[31mred\n", {"text": "see \ufffd[31mred"}),
    ],
)
def test_a_task_is_added_and_told_as_it_was_understood(shell, words, said, fields) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("task", "outage.toml", *words)
    assert (ended.code, ended.out, ended.err) == (0, said, "")
    (task,) = toml.read(path.read_bytes()).tasks
    assert {name: getattr(task, name) for name in fields} == fields


@pytest.mark.parametrize("line", ["", "@ana", "patch it due:xyz"])
def test_a_task_that_is_refused_changes_nothing(shell, line) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("task", "outage.toml", line)
    assert (ended.code, ended.out) == (1, "")
    assert path.read_text() == START


def test_a_check_list_on_standard_input_is_taken_whole_or_not_at_all(shell) -> None:
    path = shell.file("outage.toml", START)
    ended = shell.run("task", "outage.toml", "-", stdin="- [x] one\n\n- [ ] two due:never\n")
    assert ended.code == 1
    assert "standard input:3:" in ended.err
    assert path.read_text() == START
    assert shell.run("task", "outage.toml", "-", stdin="- [x] one\n\n- [ ] two\n").code == 0
    tasks = toml.read(path.read_bytes()).tasks
    assert [(task.text, task.state) for task in tasks] == [("one", "done"), ("two", "open")]


def test_a_file_is_started_only_if_that_is_said(shell) -> None:
    refused = shell.run("task", "new.toml", "patch it")
    assert (refused.code, shell.snapshot()) == (1, {})
    assert "--create" in refused.err
    assert shell.run("task", "new.toml", "patch it", "--create").code == 0
    assert list(shell.snapshot()) == ["new.toml"]
