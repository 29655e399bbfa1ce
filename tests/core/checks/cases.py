"""For every rule a document in which it fires, and a near miss in which it does not."""

from datetime import date, datetime, timedelta

from pmtui.core.checks.options import Options
from pmtui.core.document import (
    Chain,
    Entry,
    Impact,
    Lessons,
    Link,
    Measure,
    Person,
    Postmortem,
    Task,
    Times,
)
from tests.core.checks.sound import SOUND, Case, at, put, puts

_T1 = SOUND.tasks[0]


def entries(*kept: str, document: Postmortem = SOUND) -> Postmortem:
    """The document with these events only."""
    return document.revise(timeline=tuple(e for e in document.timeline if e.id in kept))


def entry(text: str, kind: str = "note", minute: int = 25, **more: object) -> Postmortem:
    """The document with one more event."""
    new = Entry(id="new", at=at(14, minute), text=text, kind=kind, **more)
    timeline = sorted((*SOUND.timeline, new), key=lambda e: e.at or at(0))
    return SOUND.revise(timeline=tuple(timeline))


def task(text: str = _T1.text, **changes: object) -> Postmortem:
    """The document with its first task changed."""
    return SOUND.revise(tasks=(_T1.revise(text=text, **changes), *SOUND.tasks[1:]))


def impact(text: str, **changes: object) -> Postmortem:
    """The document with these words of the impact, and no numbers."""
    return SOUND.revise(impact=Impact(text=text, **changes), summary="")


def without(kind: str) -> Postmortem:
    """The document whose timeline lacks a milestone, with the event kept."""
    return SOUND.revise(
        timeline=tuple(e.revise(kind="note") if e.kind == kind else e for e in SOUND.timeline),
        times=Times(),
    )


def retimed(entry_id: str, when: datetime) -> Postmortem:
    """The document with one event at another time, in order."""
    moved = [e.revise(at=when) if e.id == entry_id else e for e in SOUND.timeline]
    return SOUND.revise(timeline=tuple(sorted(moved, key=lambda e: e.at or at(0))))


def reworded(entry_id: str, text: str) -> Postmortem:
    """The document with one event as a plain note of these words."""
    changed = (e.revise(text=text, kind="note") if e.id == entry_id else e for e in SOUND.timeline)
    return SOUND.revise(timeline=tuple(changed))


def naive(document: Postmortem) -> Postmortem:
    """The document with times of nobody knows which zone."""
    return document.revise(
        timezone="",
        times=Times(started=datetime(2024, 5, 22, 14), resolved=datetime(2024, 5, 22, 14, 55)),
        timeline=tuple(
            e.revise(at=e.at.replace(tzinfo=None) if e.at else None) for e in document.timeline
        ),
    )


RUNNING = SOUND.revise(status="draft", resolution="", times=Times(), timeline=SOUND.timeline[:3])
"""The incident while it runs: no end, no resolution, a draft."""

CASES: tuple[Case, ...] = (
    Case("missing.title", put("title", " "), put("title", "x"), "title"),
    Case("missing.severity", put("severity", ""), put("severity", "P0"), "severity"),
    Case("missing.started", without("started"), put("times.started", None), "timeline"),
    Case("missing.detected", without("detected"), SOUND, "timeline"),
    Case(
        "missing.resolved",
        without("resolved"),
        entries("e1", "e2", "e3"),
        "timeline",
    ),
    Case("missing.zone", naive(SOUND), puts(timezone="UTC"), "timezone"),
    Case("missing.day", puts(undated=True), SOUND, "undated"),
    Case(
        "missing.impact-who",
        impact("Nothing worked in half of the cases."),
        impact("Nothing worked for half of the callers."),
        "impact.text",
    ),
    Case(
        "missing.impact-how-many",
        impact("Customers could not pay."),
        impact("Most customers could not pay."),
        "impact.text",
    ),
    Case(
        "missing.root-cause",
        puts(root_cause="", whys=(), factors=()),
        put("root_cause", ""),
        "root_cause",
    ),
    Case("missing.resolution", put("resolution", "\n"), SOUND, "resolution"),
    Case("missing.entries", entries("e2", "e7"), entries("e1", "e2", "e7"), "timeline"),
    Case(
        "missing.task",
        puts(tasks=()),
        puts(tasks=(), measures=(Measure(id="m1", text="Test restores"),)),
        "tasks",
    ),
    Case(
        "missing.review",
        puts(status="reviewed", resolution=""),
        puts(status="reviewed"),
        "status",
    ),
    Case(
        "times.order",
        retimed("e3", at(14, 5)),
        retimed("e3", at(14, 8)),
        "timeline.e3.at",
    ),
    Case(
        "times.ends-early",
        put("timeline.e4.until", at(14, 20)),
        put("timeline.e4.until", at(14, 22)),
        "timeline.e4.until",
    ),
    Case(
        "times.future",
        retimed("e7", at(14, 55) + timedelta(days=365)),
        puts(undated=True, times=Times(closed=datetime(2099, 1, 1))),
        "timeline.e7.at",
    ),
    Case(
        "times.mixed-zones",
        put("timeline.e4.at", datetime(2024, 5, 22, 14, 22)),
        naive(SOUND),
        "timeline.e4.at",
    ),
    Case(
        "times.mixed-zones",
        naive(SOUND).revise(timezone="UTC"),
        naive(SOUND),
        "times.started",
    ),
    Case(
        "times.no-day-of-month",
        put("summary", "It ended in February, 2023, 8:50 PM."),
        put("summary", "It ended on 5 February 2023, 8:50 PM, and again in March 2023."),
        "summary",
        "February, 2023, 8:50",
    ),
    Case(
        "times.words-window",
        put("impact.duration", "two hours"),
        put("impact.duration", "about an hour"),
        "impact.duration",
        "two hours",
    ),
    Case(
        "times.words-timeline",
        put("impact.duration", "two hours"),
        put("impact.duration", "from 14:00 to 14:55"),
        "impact.duration",
        "two hours",
    ),
    Case(
        "times.stated-timeline",
        put("times.resolved", at(15)),
        put("times.resolved", None),
        "times.resolved",
    ),
    Case(
        "times.window-entries",
        puts(times=Times(started=at(12), resolved=at(14, 55)), impact=Impact(percent=3)),
        puts(times=Times(started=at(13, 50), resolved=at(14, 55)), impact=Impact(percent=3)),
        "times.started",
    ),
    Case(
        "times.repeated",
        puts(timeline=(*SOUND.timeline, SOUND.timeline[-1].revise(id="again"))),
        puts(timeline=(*SOUND.timeline, SOUND.timeline[-1].revise(id="again", text="Really"))),
        "timeline.again.text",
        "Payments flow",
    ),
    Case(
        "times.another-day",
        retimed("e5", at(14, 30, day=23)),
        entry("The postmortem is published", "closed", minute=59),
        "timeline.e5.at",
    ),
    Case(
        "milestones.suggested",
        reworded("e6", "Deploy rolled back, payments recover"),
        reworded("e6", "It was not rolled back"),
        "timeline.e6.text",
        "rolled back",
    ),
    Case(
        "milestones.restored-earlier",
        SOUND.revise(
            times=Times(),
            timeline=tuple(
                e.revise(text="The service was gradually restored")
                if e.id == "e6"
                else e.revise(at=at(16))
                if e.id == "e7"
                else e
                for e in SOUND.timeline
            ),
        ),
        put("timeline.e6.text", "The service was gradually restored"),
        "timeline.e6.text",
        "service was gradually restored",
    ),
    Case(
        "gaps.silent",
        entries("e1", "e2", "e6", "e7"),
        SOUND,
        "timeline.e6.at",
        options=Options(on=("gaps.silent",)),
    ),
    Case(
        "causes.human-error",
        puts(root_cause="It was human error.", factors=(), whys=()),
        puts(root_cause="It was not human error.", factors=(), whys=()),
        "root_cause",
        "human error",
    ),
    Case(
        "causes.single",
        puts(factors=(), whys=()),
        puts(factors=(), whys=(), root_cause="The name is resolved once. Nothing checks writes."),
        "factors",
    ),
    Case(
        "causes.short-whys",
        puts(whys=(Chain(id="c1", answers=("Old", "Kept")),)),
        puts(whys=(Chain(id="c1", question="Why?"),)),
        "whys.c1.answers.1",
        "Kept",
    ),
    Case(
        "causes.ends-at-person",
        puts(whys=(Chain(id="c1", answers=("Old", "Kept", "The operator typed it")),)),
        puts(whys=(Chain(id="c1", answers=("Old", "Kept", "The default let the operator do it")),)),
        "whys.c1.answers.2",
        "The operator",
    ),
    Case(
        "causes.nothing-preventive",
        task(kind="repair"),
        puts(tasks=tuple(t.revise(kind="") for t in SOUND.tasks)),
        "tasks",
    ),
    Case(
        "causes.no-task",
        SOUND,
        puts(tasks=(*SOUND.tasks, _T1.revise(id="t3", text="Let health checks write"))),
        "factors.f1.text",
        "Health checks only read",
        Options(on=("causes.no-task",)),
    ),
    Case("tasks.no-owner", task(owner=""), task(owner="", state="done"), "tasks.t1.owner"),
    Case(
        "tasks.no-owner",
        task("Resolve names again — @mei", owner=""),
        task("Resolve names again (Mei, infra)", owner=""),
        "tasks.t1.owner",
    ),
    Case(
        "tasks.no-due",
        task("Resolve names again, due 2024-07-02", due=None),
        task("Resolve names again, by 2 July", due=None),
        "tasks.t1.due",
    ),
    Case("tasks.no-due", task(due=None), task(due=None, state="dropped"), "tasks.t1.due"),
    Case("tasks.no-ticket", task(priority="P1"), task(priority="P2"), "tasks.t1.ticket"),
    Case(
        "tasks.vague",
        task("Improve the monitoring of replicas"),
        task("Improve the p99 of checkout to 300 ms"),
        "tasks.t1.text",
        "Improve",
    ),
    Case(
        "tasks.only-measures",
        puts(tasks=(), measures=(Measure(id="m1", text="Test restores"),)),
        puts(measures=(Measure(id="m1", text="Test restores"),)),
        "measures",
    ),
    Case(
        "tasks.no-verb",
        task("We need to resolve names again"),
        task("Resolve names again"),
        "tasks.t1.text",
        "We need to ",
    ),
    Case(
        "tasks.top-heavy",
        puts(
            tasks=tuple(
                _T1.revise(id=f"t{n}", text=f"Do thing {n}", priority="P0", ticket=f"A-{n}")
                for n in range(4)
            )
        ),
        puts(
            tasks=tuple(
                _T1.revise(
                    id=f"t{n}", text=f"Do thing {n}", priority="P1" if n else "P0", ticket=f"A-{n}"
                )
                for n in range(4)
            )
        ),
        "tasks",
    ),
    Case("tasks.overdue", task(due=date(2024, 5, 31)), task(due=date(2024, 6, 1)), "tasks.t1.due"),
    Case(
        "tasks.repeated",
        puts(tasks=(*SOUND.tasks, Task(id="t3", text="resolve the name, on every connection."))),
        puts(tasks=(*SOUND.tasks, _T1.revise(id="t3", state="done"))),
        "tasks.t3.text",
        "resolve the name, on every connection.",
    ),
    Case(
        "blame.counterfactual",
        put("timeline.e4.text", "The team should have looked at the replica"),
        put("timeline.e4.text", "Each replica should have an owner; it could have been worse"),
        "timeline.e4.text",
        "should have looked",
    ),
    Case(
        "blame.heat",
        put("trigger", "A careless change of the pool"),
        put("trigger", "A segmentation fault of the pool, found with git blame"),
        "trigger",
        "careless",
    ),
    Case(
        "blame.filler",
        put("resolution", "Obviously, the pods had to restart."),
        put("resolution", "A simpler restart, as the log put it: “simply wrong”."),
        "resolution",
        "Obviously",
    ),
    Case(
        "blame.person",
        puts(people=(Person(name="Ana Silva"),), trigger="Ana ran the failover by hand."),
        puts(people=(Person(name="Ana Silva"),), trigger="A failover, as Ana Silva found later."),
        "trigger",
        "Ana",
    ),
    Case(
        "impact.severity-low",
        puts(severity="SEV3", impact=Impact(text="There was data loss.", users="9")),
        puts(severity="SEV3", impact=Impact(text="There was no data loss.", users="9")),
        "impact.text",
        "data loss",
    ),
    Case(
        "impact.symptom",
        impact("500 errors at the checkout."),
        impact("1500 customers could not pay."),
        "impact.text",
        "500 errors",
    ),
    Case(
        "privacy.secret",
        put("timeline.e4.text", "logged in with password: hunter2hunter2"),
        put("timeline.e4.text", "the password: expired yesterday, token=<redacted>"),
        "timeline.e4.text",
        "hunter2hunter2",
    ),
    Case(
        "privacy.address",
        put("timeline.e4.text", "10.2.0.17 does not answer"),
        put("timeline.e4.text", "8.8.8.8 answers, version 10.2.0 does not"),
        "timeline.e4.text",
        "10.2.0.17",
    ),
    Case(
        "privacy.mail",
        put("summary", "Write to ana.silva@shop.io. Customers could not pay."),
        put("summary", "Write to help@example.com. Customers could not pay @ana."),
        "summary",
        "ana.silva@shop.io",
    ),
    Case(
        "links.empty",
        puts(links=(Link(title="Graph", target="TODO"),)),
        puts(links=(Link(title="Graph", target="https://graphs.example/todo"),)),
        "links.0.target",
        "TODO",
    ),
    Case(
        "links.relative",
        puts(images=(Link(target="./graph.png"),)),
        puts(images=(Link(target="https://graphs.example/graph.png"),)),
        "images.0.target",
        "./graph.png",
    ),
)

LUCKY = puts(lessons=Lessons(got_lucky=("It should have taken all regions down",)))
"""What could have been worse is what this list is for."""
