"""Where benches run: a desk of their own, with the documents, and how much effort to spend."""

import itertools
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from sys import executable

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from tests.bench.player import Player
from tests.bench.watched import Link, Watched
from tests.e2e.desk import Desk

ROOT = Path(__file__).parents[2]

SIZES = (10, 100, 1_000, 10_000, 100_000)
"""The numbers of entries at which growth is measured."""


@cache
def program() -> tuple[str, ...]:
    """The command `pmtui` as an installed script runs it, in this checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    module, _, name = project["project"]["scripts"]["pmtui"].partition(":")
    return (executable, "-P", "-c", f"import sys; from {module} import {name}; sys.exit({name}())")


@dataclass(frozen=True)
class Effort:
    """How often things are done in one round, and how long an idle program is watched (seconds)."""

    keys: int = 40
    operations: int = 5
    starts: int = 5
    idle: float = 4.0
    largest: int = SIZES[-1]


QUICK = Effort(keys=10, operations=2, starts=2, idle=1.0, largest=1_000)


@dataclass
class Place:
    """A desk, the documents that were put on it, and what lies between it and the person."""

    desk: Desk
    effort: Effort = Effort()
    link: Link = Link()  # noqa: RUF009
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _made: dict[str, bytes] = field(default_factory=dict)

    def put(self, content: bytes, suffix: str = ".toml") -> Path:
        """A new file with this content, which has no journal and no history."""
        path = self.desk.folder / f"file-{next(self._numbers)}{suffix}"
        path.write_bytes(content)
        return path

    def written(self, name: str, document: Postmortem) -> bytes:
        """The bytes of a document, written once for all that ask for it by this name."""
        if name not in self._made:
            self._made[name] = toml.write(document)
        return self._made[name]

    @contextmanager
    def player(self, *command: str, opened_before: bool = False) -> Iterator[Player]:
        """Somebody at a terminal in which `command` runs, for the first time unless told so."""
        if not opened_before:
            shutil.rmtree(self.desk.state / "frames", ignore_errors=True)
        terminal = Watched(command, cwd=self.desk.folder, environ=self.environ, link=self.link)
        try:
            yield Player(terminal)
        finally:
            terminal.close()

    @property
    def environ(self) -> dict[str, str]:
        """The environment of all that is measured: that of the desk, in a terminal of today."""
        return {**self.desk.environ, "COLORTERM": "truecolor", "PATH": os.environ["PATH"]}
