"""The documents that are measured on, made anew for each run and the same each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pmtui.core.document import KINDS, Entry, Postmortem, Task

BEGAN = datetime(2024, 5, 22, 14, 0, tzinfo=UTC)
STEP = timedelta(seconds=37)

HAPPENED = "checkout answers 5xx"
"""Words of the first entry, by which it is known on the screen."""

_SAID = (
    f"{HAPPENED} in eu-west-1, orders are retried",
    "the pool of the database is used up, connections wait more than 30 s",
    "rolled back the release of the morning, the errors go on as before",
    "support counts 42 tickets, all of customers who pay by card",
    "failover to the replica begun, replication is 12 s behind",
)
_NAMES = ("ana", "bob", "chen", "dara")


def entries(count: int) -> Iterator[Entry]:
    """Entries of five fields, in time order, about 180 bytes each in a file."""
    for number in range(count):
        yield Entry(
            id=f"e{number}",
            at=BEGAN + number * STEP,
            kind=KINDS[9 + number % 6] if number else "detected",
            text=f"{_SAID[number % len(_SAID)]}, note {number}",
            who=_NAMES[number % len(_NAMES)],
        )


def postmortem(count: int) -> Postmortem:
    """A postmortem with `count` entries in its timeline."""
    return Postmortem(
        title="Checkout is down",
        severity="SEV1",
        timezone="UTC",
        summary="Nobody could buy for two hours.",
        timeline=tuple(entries(count)),
        tasks=tuple(Task(id=f"t{n}", text=f"Add alert {n}", owner="ana") for n in range(5)),
    )


def long_text(lines: int) -> Postmortem:
    """A small postmortem whose root cause has `lines` lines."""
    text = "\n".join(f"{_SAID[n % len(_SAID)]}, line {n}" for n in range(lines))
    return postmortem(10).revise(root_cause=text)


def markdown(count: int, size: int) -> bytes:
    """A postmortem as people write it, with `count` bullets in its timeline, `size` bytes long."""
    head = "# Checkout is down\n\n**Date**: 2024-05-22 (UTC)\n\n## Timeline\n\n"
    bullets = []
    for number in range(count):
        at = BEGAN + number * timedelta(seconds=10)
        said = _SAID[number % len(_SAID)]
        bullets.append(f"- {at:%H:%M:%S} **{_NAMES[number % 4]}**: {said}, note {number}")
    rest = (size - len(head) - sum(map(len, bullets))) // count
    filling = " and nothing else was seen to change meanwhile" * (rest // 46 + 1)
    return (head + "".join(f"{each}{filling[:rest]}\n" for each in bullets)).encode()
