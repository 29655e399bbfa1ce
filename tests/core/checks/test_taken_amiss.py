"""What the review took amiss in real postmortems, each beside a case in which it is right."""

from datetime import date, timedelta

import pytest

from pmtui.core.checks.milestones import suggestions
from pmtui.core.checks.options import Options
from pmtui.core.document import Entry, Link, Measure, Person, Postmortem, Times
from tests.core.checks.cases import impact, naive, task
from tests.core.checks.sound import SOUND, at, found, ids, put, puts

TOLD = "timeline.e4.text"
GAPS = Options(on=("gaps.silent",))


def told(*events: tuple[int, str], **values: object) -> Postmortem:
    """The sound document with these plain events, by their minutes after 14:00."""
    entries = (
        Entry(id=f"n{n}", at=at(14) + timedelta(minutes=minute), text=text)
        for n, (minute, text) in enumerate(events)
    )
    return SOUND.revise(timeline=tuple(entries), **values)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("page", "detected"),
        ("Page goes to the exports team", "detected"),
        ("On-call (Priya) paged by hand", "detected"),
        ("Error rate alert", "detected"),
        ("Alerta de latência, plantão acionado", "detected"),
        ("Leitwarte bemerkt die Lücke", "detected"),
        ("Shop managers report missing points", "detected"),
        ("An engineer reported the issue", "detected"),
        ("people began to write to us", "detected"),
        ("A user notified us that reviews are missing", "detected"),
        ("DevOps team is alerted that a pool is full", "detected"),
        ("OUTAGE BEGINS, first shard deleted", "started"),
        ("Sites are back.", "resolved"),
        ("Resolved: all tiles are drawn", "resolved"),
        ("SEV-2 closed", "closed"),
        ("Vendor paged the storage team", "escalated"),
        ("Pages 100 to 899 are frozen", ""),
        ("Page loads take a minute", ""),
        ("No alert, because the alert looks at the age", ""),
        ("The alert did not fire", ""),
        ("The lag alert never fired", ""),
        ("The alert failed to fire", ""),
        ("Replica alert, routed to a muted channel", ""),
        ("Pager. Nobody hears it", ""),
        ("The site was back on one host", ""),
    ],
)
def test_words_of_a_milestone(text: str, kind: str) -> None:
    document = told((0, "A deploy"), (5, text), times=Times())
    assert [name for name, *_ in suggestions(document)] == [kind] * bool(kind)


def test_words_suggest_no_milestone_that_is_stated_at_another_time() -> None:
    events = ((0, "A deploy"), (30, "Users reported errors"))
    stated = told(*events, times=Times(detected=at(14, 2)))
    assert "milestones.suggested" in ids(told(*events))
    assert "milestones.suggested" not in ids(stated)


@pytest.mark.parametrize(
    ("events", "asked"),
    [
        (((0, "A deploy"), (20, "A look at logs"), (40, "A restart")), []),
        (((0, "A deploy"), (20, "First report"), (40, "A look"), (55, "A restart")), ["n1", "n2"]),
        (((0, "A deploy"), (5, "First report"), (10, "A restart"), (55, "All is well")), []),
        (((0, "A deploy"), (5, "First report"), (55, "All is well")), ["n2"]),
        (((0, "A deploy"), (5, "First report"), (10, "Rolled back"), (40, "Quiet")), []),
    ],
)
def test_what_was_tried_is_asked_once_somebody_noticed(
    events: tuple[tuple[int, str], ...], asked: list[str]
) -> None:
    document = told(*events)
    gaps = [hit.place.split(".")[1] for hit in found(document, GAPS) if hit.check == "gaps.silent"]
    assert gaps == asked


def test_a_silence_before_the_detection_is_asked_about_as_such() -> None:
    document = told((0, "A deploy"), (20, "First report"), (40, "A look"), (55, "A restart"))
    first, second = (hit.message for hit in found(document, GAPS) if hit.check == "gaps.silent")
    assert first.endswith("what would have shown it sooner?")
    assert second.endswith("what was tried then?")


def test_what_led_up_to_an_unknown_beginning_is_no_silence() -> None:
    events = ((0, "A deploy"), (20, "First report"), (22, "A look"), (25, "A restart"))
    assert "gaps.silent" in ids(told(*events), GAPS)
    assert "gaps.silent" not in ids(told(*events, times=Times()), GAPS)


def test_an_event_without_a_time_tells_what_was_tried() -> None:
    document = told((0, "A deploy"), (5, "First report"), (30, "A look"), (55, "A restart"))
    first, second, *others = document.timeline
    between = Entry(id="u", text="The pool was made larger")
    assert "gaps.silent" in ids(document, GAPS)
    silent = document.revise(timeline=(first, second, between, *others))
    assert "gaps.silent" not in ids(silent, GAPS)


@pytest.mark.parametrize(
    ("check", "place", "document"),
    [
        ("missing.severity", TOLD, put(TOLD, "Incident declared: SEV2", puts(severity=""))),
        ("missing.day", "summary", puts(undated=True, summary="On 2025-02-17 nobody could pay.")),
        ("missing.zone", "summary", naive(puts(summary="From 14:00 to 14:55 (BST) all was down."))),
        (
            "missing.root-cause",
            TOLD,
            put(TOLD, "The cause was a carrier", puts(root_cause="", whys=(), factors=())),
        ),
    ],
)
def test_what_stands_in_a_text_alone_is_shown_there(
    check: str, place: str, document: Postmortem
) -> None:
    (hit,) = (hit for hit in found(document) if hit.check == check)
    assert hit.place == place
    assert f"“{hit.words}” is in the text alone" in hit.message


def test_nothing_is_asked_of_milestones_where_no_event_has_a_time() -> None:
    bare = SOUND.revise(
        times=Times(), timeline=tuple(e.revise(at=None, kind="note") for e in SOUND.timeline)
    )
    assert not {"missing.started", "missing.detected", "missing.resolved"} & ids(bare)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Rehearse the failover", True),
        ("Rehearse the failover once a month", False),
        ("Test one stream for an hour each night", False),
        ("Rehearse a week before each meeting", False),
        ("Teste das baterias duas vezes por ano", False),
        ("Simulacro con los centros en septiembre", False),
        ("Add a check (Due: 2 weeks)", False),
        ("Rewrite the scheduler (dropped: the election is fine)", False),
        ("Check the column at start (Exports, done)", False),
        ("✅ Check in the gateway", False),
        ("Check that the job is done", True),
    ],
)
def test_a_rhythm_is_never_due_and_what_is_done_needs_no_day(text: str, fires: bool) -> None:
    assert ("tasks.no-due" in ids(task(text, due=None))) is fires


def test_a_day_that_came_into_the_owner_is_offered() -> None:
    (hit,) = (
        hit
        for hit in found(task(due=None, owner="Lena - due 2024-09-01"))
        if hit.check == "tasks.no-due"
    )
    assert hit.fix
    assert hit.fix.change(task(due=None)).tasks[0].due == date(2024, 9, 1)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Test restores",), "a measure, but no task: nobody owns them, and no day is set"),
        (("Test restores (Ana, May)",), "in the text at best"),
        (("A memo was sent to all",), ""),
        (("Page when no card was charged",), "nobody owns them"),
    ],
)
def test_measures_without_a_task(texts: tuple[str, ...], told: str) -> None:
    measures = tuple(Measure(id=f"m{n}", text=text) for n, text in enumerate(texts))
    hits = [h for h in found(puts(tasks=(), measures=measures)) if h.check == "tasks.only-measures"]
    assert [told in hit.message for hit in hits] == [True] * bool(told)


def test_measures_headed_corrective_do_not_say_that_nothing_prevents() -> None:
    measures = (Measure(id="m1", text="Refuse a deploy without its secret", kind="corrective"),)
    assert "causes.nothing-preventive" not in ids(puts(tasks=(), measures=measures))


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Implement additional monitoring", True),
        ("Alert on memory; this additional monitoring shows leaks", False),
        ("Ensure that logging is enabled on all servers", False),
    ],
)
def test_vague_words_that_are_bounded_or_point_back(text: str, fires: bool) -> None:
    assert ("tasks.vague" in ids(task(text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The report locks the table, and the builder waits without a timeout.", False),
        ("The report locks the table and the builder.", False),
        ("The report locks the table.", True),
    ],
)
def test_two_clauses_are_two_causes(text: str, fires: bool) -> None:
    document = puts(root_cause=text, factors=(), whys=())
    assert ("causes.single" in ids(document)) is fires


def test_all_of_a_thing_is_how_many() -> None:
    document = impact("Customers could not pay.").revise(summary="The form refused every card.")
    assert "missing.impact-how-many" not in ids(document)


@pytest.mark.parametrize(
    ("text", "fires"), [("Write to ana@shop.io", True), ("Write to security@shop.io", False)]
)
def test_an_address_that_is_published_to_be_written_to_is_nobodys(text: str, fires: bool) -> None:
    assert ("privacy.mail" in ids(put(TOLD, text))) is fires


def test_a_frequent_word_that_came_among_the_people_is_no_name() -> None:
    document = puts(people=(Person(name="and"),), trigger="A deploy failed and failed again.")
    assert "blame.person" not in ids(document)


def test_a_link_without_a_host_is_called_that() -> None:
    (hit,) = found(puts(links=(Link(target="/2024/slow-queries/"),)))
    assert hit.message.startswith("“/2024/slow-queries/” lacks its host")


@pytest.mark.parametrize(
    ("words", "contradicts"),
    [
        ("55 minutes", False),
        ("40 minutes", False),
        ("Users were hit for 47 minutes", False),
        ("32 minutes", False),
        ("20 minutes", True),
        ("two hours", True),
    ],
)
def test_an_outage_may_be_counted_from_its_detection_or_until_it_was_mitigated(
    words: str, contradicts: bool
) -> None:
    rules = ids(put("impact.duration", words))
    assert rules == ({"times.words-window", "times.words-timeline"} if contradicts else set())
