"""A finished postmortem in which the review finds nothing, to break in one place at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pmtui.core.checks.finding import Finding
from pmtui.core.checks.options import Options
from pmtui.core.checks.places import with_value
from pmtui.core.checks.registry import review
from pmtui.core.document import Chain, Entry, Factor, Impact, Postmortem, Task, Times

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    """A time of the incident."""
    return datetime(2024, 5, day, hour, minute, tzinfo=UTC)


SOUND = Postmortem(
    title="Checkout fails after a failover",
    status="in-review",
    severity="SEV1",
    timezone="UTC",
    summary="Customers could not pay for 55 minutes.",
    root_cause="Checkout keeps the address of the primary for an hour, because its pool resolves"
    " the name once.",
    resolution="A rolling restart made every pod resolve the new primary.",
    times=Times(started=at(14), resolved=at(14, 55)),
    impact=Impact(text="38 % of customers could not pay.", percent=38, duration="55 minutes"),
    timeline=(
        Entry(id="e1", at=at(14), kind="started", text="The host of the primary panics"),
        Entry(id="e2", at=at(14, 8), kind="detected", text="The payment alert goes off", who="ana"),
        Entry(id="e3", at=at(14, 12), kind="acknowledged", text="Ana looks at it", who="ana"),
        Entry(id="e4", at=at(14, 22), kind="dead-end", text="The provider is not to be seen"),
        Entry(id="e5", at=at(14, 30), kind="diagnosed", text="Pods hold old addresses"),
        Entry(id="e6", at=at(14, 40), kind="mitigated", text="Pods restart one by one"),
        Entry(id="e7", at=at(14, 55), kind="resolved", text="Payments flow"),
    ),
    factors=(Factor(id="f1", text="Health checks only read"),),
    whys=(Chain(id="c1", question="Why?", answers=("Old address", "Kept an hour", "By default")),),
    tasks=(
        Task(
            id="t1",
            text="Resolve the name on every connection",
            owner="mei",
            due=date(2024, 7, 1),
            kind="prevent",
        ),
        Task(
            id="t2",
            text="Alert on writes that a replica refuses",
            owner="ana",
            due=date(2024, 7, 1),
            kind="detect",
        ),
    ),
)
"""Nothing is found here."""


def found(document: Postmortem, options: Options = Options()) -> tuple[Finding, ...]:  # noqa: B008
    """What the review finds at the moment of these tests."""
    return review(document, NOW, options)


def ids(document: Postmortem, options: Options = Options()) -> set[str]:  # noqa: B008
    """The ids of the rules that fire."""
    return {finding.check for finding in found(document, options)}


def put(place: str, value: Any, document: Postmortem = SOUND) -> Postmortem:
    """The sound document with another value in one place."""
    return with_value(document, place, value)


def puts(**values: Any) -> Postmortem:
    """The sound document with these fields."""
    return SOUND.revise(**values)


@dataclass(frozen=True)
class Case:
    """A document in which a rule fires at `place` with `words`, and one in which it does not."""

    check: str
    fires: Postmortem
    quiet: Postmortem
    place: str
    words: str = ""
    options: Options = Options()  # noqa: RUF009
