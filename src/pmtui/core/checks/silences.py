"""Stretches of the incident about which nothing is recorded."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from pmtui.core.accounts import Gap, gaps
from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.milestones import suggestions
from pmtui.core.document import Entry, Milestone, Postmortem
from pmtui.core.times import clock, elapsed
from pmtui.core.timing import elapsed_since
from pmtui.core.vocabulary import MILESTONES


def _gaps(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    marked = any(entry.kind in MILESTONES for entry in document.timeline)
    suggested = {kind: entry for kind, entry, _ in suggestions(document)}
    noticed = _moment(subject, "detected", suggested)
    if noticed is None and not marked:
        # Nobody tries anything before it is noticed, and nothing says when that was.
        return
    mitigated = _moment(subject, "mitigated", suggested)
    first_seen = suggested.get("detected")
    for gap in gaps(document, timedelta(minutes=subject.options.gap)):
        if _not_before(gap.before.at, mitigated):
            continue
        if not marked and gap.before != first_seen and _ends_it(subject, gap):
            # What was done last takes its time to help.
            continue
        if _is_told(document, gap):
            continue
        unseen = _not_before(noticed, gap.after.at)
        if unseen and _moment(subject, "started", suggested) is None:
            # What came before an unknown beginning may have led up to it.
            continue
        question = "what would have shown it sooner?" if unseen else "what was tried then?"
        yield Hit(
            f"timeline.{gap.after.id}.at",
            f"nothing is recorded in the {elapsed(gap.length)} before"
            f" {clock(gap.after.at, document.timezone)}: {question}",
        )


def _moment(subject: Subject, kind: str, suggested: Mapping[Milestone, Entry]) -> datetime | None:
    """When a milestone was reached: as it is marked or stated, else as words suggest."""
    if kind in subject.marks:
        return subject.marks[kind].at
    return next((entry.at for name, entry in suggested.items() if name == kind), None)


def _not_before(at: datetime | None, other: datetime | None) -> bool:
    late = elapsed_since(other, at) if at and other else None
    return late is not None and late >= timedelta()


def _ends_it(subject: Subject, gap: Gap) -> bool:
    ends = (subject.marks.get(kind) for kind in ("mitigated", "resolved"))
    return gap.after.at in {end.at for end in ends if end is not None}


def _is_told(document: Postmortem, gap: Gap) -> bool:
    """Whether events without a time stand between the two."""
    order = [entry.id for entry in document.timeline]
    between = document.timeline[order.index(gap.before.id) + 1 : order.index(gap.after.id)]
    return any(entry.at is None for entry in between)


RULES = (
    Rule(
        "gaps.silent",
        "hint",
        "a long stretch without an event between start and mitigation",
        "What was tried and did not help is what the next on-call wants to know. A stretch is long"
        " beyond ten minutes (`gap` in the settings) and a fifth of the incident. The timeline"
        " shows all of them; here one is asked about that nothing else explains. The words of the"
        " event before often do, and so it is off unless `on` in the settings names it.",
        _gaps,
        default=False,
    ),
)
