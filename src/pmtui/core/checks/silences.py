"""Stretches of the incident about which nothing is recorded."""

from collections.abc import Iterator
from datetime import timedelta

from pmtui.core.accounts import gaps
from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.times import clock, elapsed


def _gaps(subject: Subject) -> Iterator[Hit]:
    zone = subject.document.timezone
    for gap in gaps(subject.document, timedelta(minutes=subject.options.gap)):
        yield Hit(
            f"timeline.{gap.after.id}.at",
            f"nothing is recorded in the {elapsed(gap.length)} before"
            f" {clock(gap.after.at, zone)}: what was tried then?",
        )


RULES = (
    Rule(
        "gaps.silent",
        "hint",
        "a long stretch without an event between start and mitigation",
        "What was tried and did not help is what the next on-call wants to know. A stretch is long"
        " beyond ten minutes (`gap` in the settings) and a fifth of the incident.",
        _gaps,
    ),
)
