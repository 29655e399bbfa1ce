"""How fast the program is, held against its budgets: `python -m tests.bench`.

Every figure is the median of all rounds, every ratio the median of the ratios within each round, in
which the benches run in turn, so that other work on the machine hits all alike. What takes long,
growth above all, is measured in the first round only.

CPU is processor time of all threads until the same moment; of keys it is the mean, until all that
they cause is done. Files are in the page cache and modules are compiled: a start before the first
round sees to both. The garbage collector of the measured programs is as they set it; that of the
measuring one is off.
"""

import argparse
import gc
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.budgets import GROWTHS, ROWS, SLOW_ROWS
from tests.bench.cases import BENCHES, Bench, chosen
from tests.bench.figures import Figures
from tests.bench.place import QUICK, SIZES, Effort, Place
from tests.bench.starts import help_
from tests.bench.table import Growth, figure_table, growth_table, judged
from tests.bench.watched import COLUMNS, Link
from tests.bench.watched import ROWS as LINES
from tests.e2e.desk import Desk

ROUNDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables; 1 where a bench could not be carried out. A missed budget is no error."""
    options = _options(arguments)
    link = Link(options.rtt / 1e3, options.rate)
    effort = QUICK if options.quick else Effort()
    try:
        benches = chosen(options.only, of_link=any(link), largest=effort.largest)
    except KeyError as error:
        names = ", ".join(bench.name for bench in BENCHES)
        print(f"there is no bench {error}; there are {names}", file=sys.stderr)
        return 2
    rounds = options.rounds or (1 if options.quick else ROUNDS)
    with TemporaryDirectory(prefix="pmtui-bench-") as folder:
        desk = Desk(Path(folder))
        place = Place(desk, effort, link)
        help_(replace(place, effort=QUICK))
        measured, failures = run(place, benches, rounds)
    results = judged(SLOW_ROWS if any(link) else ROWS, measured)
    growths = list(_growths(measured))
    conditions = _conditions(rounds, link)
    print("\n".join(f"{name}: {value}" for name, value in conditions.items()), end="\n\n")
    if results:
        print(figure_table(results))
    if growths:
        print(f"\nGrowth with the number of entries, processor time\n{growth_table(growths)}")
    for failure in failures:
        print(f"\nnot measured: {failure}", file=sys.stderr)
    if options.json:
        told: dict[str, Any] = {
            "conditions": conditions,
            "figures": [each.as_json() for each in results],
            "growth": [each.as_json() for each in growths],
            "failures": failures,
            "rounds": [
                {name: figure._asdict() for name, figure in each.items()} for each in measured
            ],
        }
        options.json.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return 1 if failures else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        epilog=f"The benches: {', '.join(bench.name for bench in BENCHES)}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="only these benches")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"default: {ROUNDS}")
    parser.add_argument("--quick", action="store_true", help="one round, with less in it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all of it there too")
    parser.add_argument("--rtt", type=float, default=0.0, metavar="MS", help="a slow link instead")
    parser.add_argument("--rate", type=float, default=0.0, metavar="BYTES", help="a second")
    return parser.parse_args(arguments)


def run(place: Place, benches: Sequence[Bench], rounds: int) -> tuple[list[Figures], list[str]]:
    """The figures of each round, and why some are missing."""
    measured: list[Figures] = []
    failures: list[str] = []
    gc.disable()
    for number in range(rounds):
        figures: Figures = {}
        for bench in benches:
            if bench.once and number:
                continue
            print(f"round {number + 1}: {bench.name}", file=sys.stderr)
            try:
                figures |= bench.run(place)
            except (AssertionError, OSError, ValueError) as error:
                failures.append(f"{bench.name}, round {number + 1}: {error}")
            gc.collect()
        measured.append(figures)
    gc.enable()
    return measured, failures


def _growths(rounds: Sequence[Figures]) -> list[Growth]:
    found = []
    for name, label, expected in GROWTHS:
        values = {
            size: figures[key].value
            for figures in rounds
            for size in SIZES
            if (key := f"{name}@{size}") in figures
        }
        if values:
            found.append(Growth(label, expected, values))
    return found


def _conditions(rounds: int, link: Link) -> dict[str, str]:
    """What has to be known to compare one run with another."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in ("textual", "pydantic", "rich"))
    between = f", link {link.rtt * 1e3:g} ms there and back" if any(link) else ""
    between += f", {link.rate:g} bytes a second" if link.rate else ""
    return {
        "machine": f"{platform.platform()}, {os.cpu_count()} processors, load {load}",
        "software": f"Python {platform.python_version()}, {packages}",
        "terminal": f"{COLUMNS}x{LINES}, synchronised output, no kitty protocol{between}",
        "rounds": f"{rounds}, caches warm, collector as the program sets it",
    }


if __name__ == "__main__":
    sys.exit(main())
