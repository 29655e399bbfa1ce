"""Benches without a terminal: commands as processes of their own, and what they import."""

import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.bench import documents
from tests.bench.figures import Figure, Figures
from tests.bench.place import Place, program
from tests.e2e.desk import DATA

FILES = 1_000
"""How many files are checked at once."""

IMPORTED = ("pmtui.cli", "pmtui.core.document", "pmtui.tui.app", "textual.app", "pydantic")
"""What is imported, each into a fresh interpreter."""

_PARTS = 6
"""How many packages are named of an import."""

_LITTLE = 500
"""Microseconds below which a package is not named."""

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")


def pass_(place: Place) -> Figures:
    """The interpreter alone, which commands are held against."""
    return {"pass": ran(place, (sys.executable, "-c", "pass"), place.effort.starts)}


def help_(place: Place) -> Figures:
    """`pmtui --help`."""
    return {"help": ran(place, (*program(), "--help"), place.effort.starts)}


def version(place: Place) -> Figures:
    """`pmtui --version`."""
    return {"version": ran(place, (*program(), "--version"), place.effort.starts)}


def log(place: Place) -> Figures:
    """`pmtui log FILE TEXT`, on the sample and on 10,000 entries."""
    found = {}
    small = place.put((DATA / "samples" / "001.toml").read_bytes())
    large = place.put(place.written("10000", documents.postmortem(10_000)))
    for name, path, times in (("log", small, place.effort.starts), ("log-10000", large, 1)):
        command = (*program(), "log", path.name, "14:05 #action restarted the pool @ana")
        found[name] = ran(place, command, times)
    return found


def imports(place: Place) -> Figures:
    """What each import costs in a fresh interpreter, and which packages that is."""
    begun = _imported(place, "pass")
    found = {}
    for module in IMPORTED:
        costs = {
            name: cost
            for name, cost in _imported(place, f"import {module}").items()
            if name not in begun
        }
        packages: Counter[str] = Counter()
        for name, cost in costs.items():
            packages[_package(name)] += cost
        told = [each for each in packages.most_common(_PARTS) if each[1] >= _LITTLE]
        parts = ", ".join(f"{name} {ms / 1e3:.0f}" for name, ms in told)
        found[f"import.{module}"] = Figure(
            sum(costs.values()) / 1e3, remark=f"{len(costs)} modules: {parts}"
        )
    return found


def read_markdown(place: Place) -> Figures:
    """`pmtui import` of 2 MB of Markdown with 5,000 entries."""
    path = place.put(documents.markdown(5_000, 2_000_000), ".md")
    command = (*program(), "import", path.name, "-o", f"{path.stem}-read.toml")
    figure = ran(place, command, 1)
    made = (place.desk.folder / f"{path.stem}-read.toml").read_bytes()
    return {"import": figure._replace(remark=f"{made.count(b'[[timeline]]'):,} entries read")}


def export(place: Place) -> Figures:
    """`pmtui export` of 10,000 entries, as Markdown and as HTML."""
    path = place.put(place.written("10000", documents.postmortem(10_000)))
    return {
        f"export.{suffix}": ran(
            place, (*program(), "export", path.name, "-o", f"{path.stem}.{suffix}"), 1
        )
        for suffix in ("md", "html")
    }


def check(place: Place) -> Figures:
    """`pmtui check` over a thousand files."""
    folder = place.desk.folder / "many"
    folder.mkdir(exist_ok=True)
    samples = [path.read_bytes() for path in sorted((DATA / "samples").glob("*.toml"))]
    for number in range(FILES):
        (folder / f"{number}.toml").write_bytes(samples[number % len(samples)])
    names = [f"many/{number}.toml" for number in range(FILES)]
    return {"check": ran(place, (*program(), "check", *names), 1, expected=(0, 1))}


def ran(place: Place, command: Sequence[str], times: int, expected: Sequence[int] = (0,)) -> Figure:
    """The median time of a command from start to end, what it prints thrown away.

    Raises:
        AssertionError: It ended otherwise than expected.
    """
    walls, cpus = [], []
    for _ in range(times):
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=place.desk.folder,
            env=place.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        walls.append(time.monotonic() - began)
        cpus.append(used.ru_utime + used.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in expected, f"{command[-3:]} ended with {process.returncode}"
    return Figure(statistics.median(walls) * 1e3, statistics.median(cpus) * 1e3)


def _imported(place: Place, statement: str) -> dict[str, int]:
    """The microseconds that each module took by itself."""
    done = subprocess.run(
        (sys.executable, "-P", "-X", "importtime", "-c", statement),
        cwd=place.desk.folder,
        env=place.environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return {
        found[2]: int(found[1]) for found in map(_IMPORT.match, done.stderr.splitlines()) if found
    }


def _package(module: str) -> str:
    """The package that a module is part of, the standard library as one."""
    name = module.partition(".")[0]
    return "stdlib" if name in sys.stdlib_module_names else name
