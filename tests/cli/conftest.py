"""Runs the real program as a shell would, in a folder and a home of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import pytest

from tests.cli.forking import Forker

SAMPLE = Path(__file__).parents[2] / "src" / "pmtui" / "samples" / "demo.toml"


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


class Shell:
    """A person at a shell, in the empty folder `folder`."""

    def __init__(self, base: Path, forker: Forker) -> None:
        self._forker = forker
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
        """Runs the program to its end; a traceback on any stream fails the test.

        With variables of its own it is started anew, as Python itself may listen to them.
        """
        data = stdin.encode() if isinstance(stdin, str) else stdin
        if environ is None:
            code, *said = self._run_forked(arguments, data)
        else:
            ended = subprocess.run(
                self.command(*arguments),
                input=data,
                capture_output=True,
                cwd=self.folder,
                env=self.environ | dict(environ),
                timeout=60,
            )
            code, *said = ended.returncode, ended.stdout, ended.stderr
        out, err = (each.decode() for each in said)
        assert "Traceback" not in out + err
        return Ended(code, out, err)

    def _run_forked(self, arguments: tuple[str, ...], data: bytes) -> tuple[int, bytes, bytes]:
        with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
            stdin.write(data)
            stdin.seek(0)
            streams = stdin, stdout, stderr
            code = self._forker.run(list(arguments), self.folder, self.environ, streams)
            stdout.seek(0)
            stderr.seek(0)
            return code, stdout.read(), stderr.read()

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


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """The process that runs the program for all tests."""
    forker = Forker()
    yield forker
    forker.close()


@pytest.fixture
def shell(tmp_path: Path, forker: Forker) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path, forker)
