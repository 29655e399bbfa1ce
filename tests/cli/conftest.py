"""Runs the real program as a shell would, in a folder and a home of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

SAMPLE = Path(__file__).parents[2] / "src" / "pmtui" / "samples" / "demo.toml"


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


class Shell:
    """A person at a shell, in the empty folder `folder`."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "work"
        self.home = base / "home"
        self.folder.mkdir()
        self.home.mkdir()
        kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        self.environ = kept | {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "TZ": "UTC",
        }

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs the program."""
        return [sys.executable, "-m", "pmtui", *arguments]

    def run(
        self, *arguments: str, stdin: str | bytes = "", environ: Mapping[str, str] | None = None
    ) -> Ended:
        """Runs the program to its end; a traceback on any stream fails the test."""
        ended = subprocess.run(
            self.command(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environ | dict(environ or {}),
            timeout=60,
        )
        out, err = ended.stdout.decode(), ended.stderr.decode()
        assert "Traceback" not in out + err
        return Ended(ended.returncode, out, err)

    def sample(self, name: str = "outage.toml") -> Path:
        """A copy of the sample incident in the folder."""
        return self.file(name, SAMPLE.read_bytes())

    def file(self, name: str, content: bytes | str) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the folder with its content."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)
