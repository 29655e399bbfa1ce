"""What the commands print steers no terminal, whatever the names and the contents of files are."""

import subprocess

import pytest

from pmtui.core.text import one_line
from pmtui.formats import toml
from tests.cli.conftest import Shell
from tests.hostile import PAYLOADS, RAW, as_argument, as_file_name
from tests.tui.test_hostile import full_of

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("show",),
    ("export", "-o", "-"),
    ("export",),
    ("log", "14:05 alarm"),
    ("copy",),
)


def printed(shell: Shell, *arguments: str) -> bytes:
    """All that a run prints; a traceback fails the test."""
    ended = subprocess.run(
        shell.command(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=shell.folder,
        env=shell.environ | {"TERM": "dumb"},
        timeout=60,
    )
    assert b"Traceback" not in ended.stderr
    assert b"a mistake in pmtui itself" not in ended.stderr
    return ended.stdout + ended.stderr


def check(shell: Shell, text: str, name: str) -> int:
    """Runs each command on a good, a broken and a missing file; gives how many runs."""
    runs = 0
    path = shell.folder / f"{name}.toml"
    contents = (toml.write(full_of(one_line(text))), text.encode("utf-8", "replace"), None)
    for content in contents:
        for command, *words in COMMANDS:
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
            output = printed(shell, command, f"./{path.name}", *words)
            # In a document stand direction marks as they are, where it is exported as it is.
            kept = "export" in command and "-" in words
            found = [each for each in RAW.findall(output) if not (kept and each[0] in b"\xe2\xd8")]
            assert found == [], (command, output)
            runs += 1
    for words in (("--template", text), ("--no-such", text), ("show", text, text)):
        words = tuple(map(as_argument, words))
        output = printed(shell, *(words if words[0] == "show" else ("export", "x.toml", *words)))
        assert RAW.findall(output) == []
        runs += 1
    return runs


def test_all_hostile_texts_at_once_print_no_raw_control(shell: Shell) -> None:
    runs = check(shell, "".join(PAYLOADS.values()), as_file_name(PAYLOADS["all at once"]))
    print(f"{len(PAYLOADS)} texts at once in {runs} runs: 0 raw controls, 0 crashes")


@pytest.mark.long
@pytest.mark.parametrize("kind", PAYLOADS)
def test_each_hostile_text_prints_no_raw_control(shell: Shell, kind: str) -> None:
    check(shell, PAYLOADS[kind], as_file_name(PAYLOADS[kind]))
