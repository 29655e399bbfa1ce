"""What reading and durable saving cost in a process of their own: `inside.py COUNT TIMES`.

It prints JSON, milliseconds of wall and processor time. The garbage collector is left as the
interpreter sets it.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pmtui.core.document import Postmortem
from pmtui.core.edits import timeline
from pmtui.formats import toml
from pmtui.storage.keeper import Keeper
from tests.bench.documents import postmortem
from tests.bench.figures import Figure, Figures
from tests.bench.place import ROOT, Place

_BEAT = 0.001
"""Seconds between two beats of an event loop that nothing holds up."""


def files(place: Place, count: int) -> Figures:
    """Reading and saving a document of `count` entries, as `load`, `save`..."""
    times = place.effort.operations if count <= 10_000 else 2
    done = subprocess.run(
        (sys.executable, "-m", "tests.bench.inside", str(count), str(times)),
        cwd=ROOT,
        env=place.environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return {name: Figure(*pair) for name, pair in json.loads(done.stdout).items()}


def measured(count: int, times: int) -> dict[str, tuple[float, float]]:
    """Wall and processor time of each thing, in milliseconds."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "incident.toml")
        content = toml.write(postmortem(count))
        path.write_bytes(content)
        found = {"load": _median(partial(toml.read, content), times)}
        keeper = Keeper.open(path)
        documents = _edited(keeper.document, times + 1)
        saves = [_timed(partial(keeper.save, document)) for document in documents[:-1]]
        found["save-first"] = saves[0]
        found["save"] = _middle(saves[1:] or saves)
        held = asyncio.run(_held_up(partial(keeper.save, documents[-1])))
        found["save-held"] = (held * 1e3, held * 1e3)
        assert toml.read(path.read_bytes()) == documents[-1]
        return found


def _edited(document: Postmortem, times: int) -> list[Postmortem]:
    """The document after one edit, after two... in different entries."""
    found = []
    for number in range(times):
        entry = document.timeline[number * len(document.timeline) // times]
        document = timeline.revise(document, entry.id, text=f"{entry.text}, edited")
        found.append(document)
    return found


async def _held_up(act: Callable[[], Any]) -> float:
    """The longest time in seconds that `act` in a thread keeps an event loop from its turn."""
    work = asyncio.create_task(asyncio.to_thread(act))
    longest = 0.0
    while not work.done():
        began = time.perf_counter()
        await asyncio.sleep(_BEAT)
        longest = max(longest, time.perf_counter() - began - _BEAT)
    await work
    return longest


def _timed(act: Callable[[], Any]) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1e3, (time.process_time() - used) * 1e3


def _median(act: Callable[[], Any], times: int) -> tuple[float, float]:
    return _middle([_timed(act) for _ in range(times)])


def _middle(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    walls, cpus = zip(*pairs, strict=True)
    return statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
