"""The command that makes git merge and compare postmortems by what is in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmtui.cli.streams import say
from pmtui.errors import StorageError

if TYPE_CHECKING:
    import subprocess

_DEFAULT = "*.toml"

_ATTRIBUTES = "merge=pmtui diff=pmtui"


@click.command("git-setup", epilog="Example: cd postmortems && pmtui git-setup")
@click.argument("patterns", nargs=-1, metavar="[PATTERN...]")
@click.option("--global", "everywhere", is_flag=True, help="For all your repositories, not one.")
@click.option("--remove", is_flag=True, help="Take away what this command has set up.")
def git_setup(patterns: tuple[str, ...], everywhere: bool, remove: bool) -> None:
    """Let git merge and compare the postmortems of this folder.

    Two people who each added events then merge without a conflict, and git diff tells what changed.
    The programs are registered in the repository's configuration, and PATTERN, by default *.toml,
    in the .gitattributes of this folder, for you to commit. TOML files that are no postmortems go
    on being merged as git does it.
    """
    folder = Path()
    inside = _git("rev-parse", "--is-inside-work-tree").stdout.strip() == b"true"
    if not inside and not everywhere:
        remedy = "go to the folder of your postmortems, or add --global"
        raise StorageError("is not in a git repository", where=str(folder.resolve()), remedy=remedy)
    scope = "--global" if everywhere else "--local"
    place = "your git configuration" if everywhere else "this repository's configuration"
    if remove:
        _remove_programs(scope, place)
    else:
        _register_programs(scope, place)
    if inside:
        file = folder / ".gitattributes"
        lines = [f"{_quoted(pattern)} {_ATTRIBUTES}" for pattern in patterns or (_DEFAULT,)]
        _change_attributes(file, lines, remove=remove, every=not patterns)


def _programs() -> dict[str, str]:
    """The settings of git; where this Python is gone, git does what it would do without them."""
    import shlex

    python = shlex.quote(sys.executable)
    there = f"test -x {python}"
    run = f"{python} -P -m pmtui"
    plain = "git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B"
    merge = f"{run} merge --name %P --marker-size %L %O %A %B"
    return {
        "merge.pmtui.name": "postmortems, merged by event and field",
        "merge.pmtui.driver": f"if {there}; then {merge}; else {plain}; fi",
        "diff.pmtui.textconv": (
            f'f() {{ if {there}; then {run} diff "$1"; else cat "$1"; fi; }}; f'
        ),
        "diff.pmtui.xfuncname": "^(Timeline|Tasks|[A-Z][a-z]+):",
    }


def _register_programs(scope: str, place: str) -> None:
    changed = False
    for name, value in _programs().items():
        if _git("config", scope, "--get", name).stdout.decode().rstrip("\n") != value:
            _demand(_git("config", scope, name, value))
            changed = True
    say(f"{'Registered in' if changed else 'Already registered in'} {place}: merge, diff")


def _remove_programs(scope: str, place: str) -> None:
    removed = False
    for section in ("merge.pmtui", "diff.pmtui"):
        if _git("config", scope, "--get-regexp", f"^{section}.").stdout:
            _demand(_git("config", scope, "--remove-section", section))
            removed = True
    say(f"Removed from {place}" if removed else f"Nothing of pmtui is in {place}")


def _change_attributes(file: Path, lines: Sequence[str], *, remove: bool, every: bool) -> None:
    """Adds the lines that are missing, or removes them; `every` removes all of ours."""
    from pmtui.storage import atomic
    from pmtui.storage.reading import read

    old = read(file)[0].decode("utf-8", "surrogateescape") if file.exists() else ""
    present = old.splitlines()
    if remove:
        kept = [
            line
            for line in present
            if line not in lines and not (every and line.endswith(f" {_ATTRIBUTES}"))
        ]
    else:
        kept = [*present, *(line for line in lines if line not in present)]
    if kept == present:
        say(f"{file} has nothing of that" if remove else f"{file} has it already")
        return
    content = "".join(f"{line}\n" for line in kept).encode("utf-8", "surrogateescape")
    if kept:
        atomic.save(file, content)
    else:
        file.unlink()
    more, fewer = (present, kept) if remove else (kept, present)
    changed = [line for line in more if line not in fewer]
    sign = "Removed from" if remove else "Added to"
    say(f"{sign} {file}: {', '.join(changed)}")
    say("Commit it, so that it holds for everybody" if not remove else "Commit that too")


def _quoted(pattern: str) -> str:
    """A pattern as .gitattributes has it: in quotes where it holds a blank."""
    if any(sign in pattern for sign in ' \t"\\'):
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return pattern


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    """How a git command ended.

    Raises:
        StorageError: git is not there.
    """
    import subprocess

    try:
        return subprocess.run(["git", *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise StorageError("git is not installed", remedy="install git") from None


def _demand(done: subprocess.CompletedProcess[bytes]) -> None:
    """Raises StorageError where git refused."""
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().replace("\n", " ")
        raise StorageError(f"git refused: {told}")
