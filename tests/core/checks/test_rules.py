"""Every rule fires where it is right to and not on the near miss; a fix removes its finding."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from pmtui.core.checks.finding import Finding
from pmtui.core.checks.options import LEVELS, WORD_LISTS, Options
from pmtui.core.checks.places import text_at
from pmtui.core.checks.registry import (
    BY_ID,
    FAMILIES,
    RULES,
    by_level,
    counts,
    heard_again,
    review,
    silenced,
)
from pmtui.core.document import Impact, Postmortem, Silenced
from pmtui.formats import toml
from tests.core.checks.cases import CASES, LUCKY, RUNNING, impact, reworded, task
from tests.core.checks.sound import NOW, SOUND, Case, found, ids, puts
from tests.strategies import documents

EVERYTHING = Options(on=FAMILIES)


def named(case: Case) -> str:
    return case.check


def test_nothing_is_found_in_a_sound_document() -> None:
    assert found(SOUND) == ()


def test_every_rule_has_a_case() -> None:
    assert {case.check for case in CASES} == set(BY_ID)
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_fires_at_its_place_on_its_words(case: Case) -> None:
    hits = [each for each in found(case.fires, case.options) if each.check == case.check]
    assert (case.place, case.words) in [(each.place, each.words) for each in hits]
    assert all(each.level in LEVELS and each.message for each in hits)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_does_not_fire_on_the_near_miss(case: Case) -> None:
    assert case.check not in ids(case.quiet, case.options)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_can_be_switched_off_by_itself_and_with_its_family(case: Case) -> None:
    for name in (case.check, case.check.partition(".")[0]):
        assert case.check not in ids(case.fires, Options(off=(name,)))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_finding_can_be_let_stand_and_that_survives_the_file(case: Case) -> None:
    (hit, *_) = (each for each in found(case.fires, case.options) if each.check == case.check)
    judged = silenced(case.fires, hit, "seen\nby two")
    assert judged.silenced[-1].reason == "seen by two"
    again = toml.read(toml.write(judged))
    assert hit not in review(again, NOW, case.options)
    assert len(review(again, NOW, case.options)) == len(found(case.fires, case.options)) - 1


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_fix_removes_its_finding_and_breaks_nothing_else(case: Case) -> None:
    before = found(case.fires, case.options)
    for hit in (each for each in before if each.check == case.check and each.fix):
        assert hit.fix
        fixed = hit.fix.change(case.fires)
        assert fixed != case.fires
        assert toml.read(toml.write(fixed)) == fixed
        after = found(fixed, case.options)
        assert sum(e.check == case.check for e in after) < sum(
            e.check == case.check for e in before
        )
        assert not [e for e in after if e.level == "error" and e.check not in ids(case.fires)]


RULES_WITH_A_FIX = {
    "times.ends-early",
    "times.mixed-zones",
    "times.stated-timeline",
    "times.repeated",
    "times.another-day",
    "milestones.suggested",
    "tasks.no-owner",
    "tasks.no-due",
    "tasks.only-measures",
    "tasks.no-verb",
    "tasks.repeated",
    "blame.filler",
    "privacy.secret",
    "privacy.address",
    "privacy.mail",
}


def test_where_one_key_can_help_it_does() -> None:
    fixed = {
        hit.check
        for case in CASES
        for hit in found(case.fires, case.options)
        if hit.fix and hit.check == case.check
    }
    assert fixed == RULES_WITH_A_FIX


@settings(deadline=None)
@given(documents())
def test_any_document_is_reviewed_and_each_finding_points_at_its_words(
    document: Postmortem,
) -> None:
    hits = review(document, NOW, EVERYTHING)
    assert hits == review(document, NOW, EVERYTHING)
    for hit in hits:
        text = text_at(document, hit.place)
        assert 0 <= hit.begin <= hit.end <= len(text)
        assert hit.words == text[hit.begin : hit.end]
        if hit.fix:
            assert _counted(hit, hit.fix.change(document)) < _counted(hit, document)


def _counted(hit: Finding, document: Postmortem) -> int:
    return sum(each.check == hit.check for each in review(document, NOW, EVERYTHING))


def test_while_the_incident_runs_nothing_is_said_of_what_is_missing() -> None:
    now = datetime(2024, 5, 22, 14, 20, tzinfo=UTC)
    bare = RUNNING.revise(title="", severity="", root_cause="", tasks=(), factors=(), whys=())
    assert review(bare, now) == ()
    assert review(bare.revise(status="in-review"), now) != ()


def test_an_incident_that_nobody_touched_for_a_day_is_over() -> None:
    bare = RUNNING.revise(severity="")
    assert "missing.severity" in {each.check for each in review(bare, NOW)}


def test_what_was_lucky_may_say_what_could_have_been() -> None:
    assert "blame.counterfactual" not in ids(LUCKY)


def test_a_rule_that_is_named_goes_before_its_family() -> None:
    document = puts(severity="", title="")
    options = Options(off=("missing",), on=("missing.title",))
    assert ids(document, options) == {"missing.title"}


def test_levels_and_words_can_be_changed() -> None:
    options = Options(
        levels=(("tasks", "error"), ("tasks.no-due", "hint")), words=(("vague", ("leverage",)),)
    )
    document = SOUND.revise(
        tasks=(SOUND.tasks[0].revise(text="Leverage the pool", owner="", due=None),)
    )
    assert [(hit.check, hit.level) for hit in found(document, options)] == [
        ("tasks.vague", "error"),
        ("tasks.no-owner", "error"),
        ("tasks.no-due", "hint"),
    ]


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("vague", task("Resolve the zorbs")),
        ("blame", puts(trigger="The zorbs did it")),
        ("counterfactual", puts(trigger="The zorbs did it")),
        ("human-error", puts(root_cause="The zorbs did it", factors=(), whys=())),
        ("severe", puts(severity="SEV4", impact=Impact(text="The zorbs were out", users="9"))),
        ("symptom", impact("All the zorbs were out")),
    ],
)
def test_every_list_of_words_can_be_added_to(name: str, document: Postmortem) -> None:
    options = Options(words=((name, ("zorbs",)),))
    more = [hit for hit in found(document, options) if hit.words == "zorbs"]
    assert more
    assert not [hit for hit in found(document) if hit.words == "zorbs"]


def test_every_list_of_words_has_a_case() -> None:
    marks = test_every_list_of_words_can_be_added_to.pytestmark  # type: ignore[attr-defined]
    assert {name for name, _ in marks[0].args[1]} == set(WORD_LISTS)


def test_how_long_is_silent_and_how_many_are_at_the_top_can_be_set() -> None:
    ranked = SOUND.revise(
        tasks=tuple(each.revise(priority="P0", ticket="A-1") for each in SOUND.tasks)
    )
    assert "gaps.silent" not in ids(SOUND, EVERYTHING)
    assert "tasks.top-heavy" in ids(ranked, Options(top_priority=1))
    assert "tasks.top-heavy" not in ids(ranked)
    quick = SOUND.revise(timeline=SOUND.timeline[:3] + SOUND.timeline[5:])
    assert "gaps.silent" in ids(quick, Options(on=("gaps",), gap=20))
    assert "gaps.silent" not in ids(quick, Options(on=("gaps",), gap=30))


def test_what_was_let_stand_can_be_found_again() -> None:
    (hit,) = found(puts(title=""))
    judged = silenced(puts(title=""), hit, "on purpose")
    assert found(judged) == ()
    assert heard_again(judged, judged.silenced[0]) == puts(title="")


def test_what_is_let_stand_without_a_place_stands_in_the_whole_document() -> None:
    document = SOUND.revise(
        tasks=tuple(task.revise(owner="") for task in SOUND.tasks),
        silenced=(Silenced(check="tasks.no-owner", reason="the team of two"),),
    )
    assert found(document) == ()


def test_findings_are_counted_and_put_in_order_of_their_level() -> None:
    document = puts(title="", severity="", factors=(), whys=())
    assert counts(found(document)) == {"error": 1, "warning": 1, "hint": 1}
    assert [hit.level for hit in by_level(found(document))] == ["error", "warning", "hint"]


def test_a_milestone_to_accept_stands_behind_the_errors_and_before_all_else() -> None:
    document = reworded("e6", "Rolled back").revise(title="", severity="", factors=(), whys=())
    checks = [(hit.level, hit.check) for hit in by_level(found(document))]
    levels = [level for level, check in checks if check != "milestones.suggested"]
    assert levels == sorted(levels, key=LEVELS.index)
    at = checks.index(("hint", "milestones.suggested"))
    assert {level for level, _ in checks[:at]} == {"error"}
    assert "warning" in {level for level, _ in checks[at:]}
