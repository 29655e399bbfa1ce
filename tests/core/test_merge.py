"""Merging loses nothing: laws over generated documents, then cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Impact, Postmortem, Table, Task
from pmtui.core.merge import merge
from pmtui.formats import toml
from tests.strategies import documents

BASE = Postmortem(
    title="Outage",
    timeline=(Entry(id="a", text="first"), Entry(id="b", text="second")),
    tasks=(Task(id="t", text="patch"),),
)


@pytest.mark.long  # one of the laws of merging says it too, and tries it in every run
@given(documents(), documents())
def test_an_unchanged_side_gives_the_other(base: Postmortem, other: Postmortem) -> None:
    """Merging with a side that changed nothing is the other side, without a conflict."""
    assert merge(base, base, other).document == other
    assert merge(base, other, base).document == other
    assert merge(base, other, base).conflicts == ()


def _sides() -> st.SearchStrategy[Postmortem]:
    """Documents that came from BASE by adding entries and tasks and deleting some."""
    ids = st.text("cdefgh", min_size=2, max_size=4)
    added = st.lists(ids, unique=True, max_size=4)
    return st.builds(
        lambda new, drop, tasks: BASE.revise(
            timeline=tuple(e for e in BASE.timeline if e.id not in drop)
            + tuple(Entry(id=f"e{i}", text=i) for i in new),
            tasks=BASE.tasks + tuple(Task(id=f"t{i}", text=i) for i in tasks),
        ),
        added,
        st.sets(st.sampled_from(["a", "b"])),
        added,
    )


@given(_sides(), _sides())
def test_it_is_symmetric_where_nothing_conflicts(ours: Postmortem, theirs: Postmortem) -> None:
    """Who merges does not matter."""
    one, two = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert one.conflicts == ()
    assert one.document == two.document


@given(_sides(), _sides())
def test_no_entry_is_lost_or_doubled(ours: Postmortem, theirs: Postmortem) -> None:
    """Every entry that a side added is there once; one that a side deleted is gone."""
    merged = [entry.id for entry in merge(BASE, ours, theirs).document.timeline]
    assert len(merged) == len(set(merged))
    mine, other = ({e.id for e in side.timeline} for side in (ours, theirs))
    base = {"a", "b"}
    assert set(merged) == ((mine | other) - base) | (mine & other & base)


def test_different_fields_of_one_entry_both_survive() -> None:
    """One side changes the text, the other the kind."""
    ours = BASE.revise(timeline=(BASE.timeline[0].revise(text="mine"), BASE.timeline[1]))
    theirs = BASE.revise(timeline=(BASE.timeline[0].revise(kind="detected"), BASE.timeline[1]))
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert merged.document.timeline[0] == Entry(id="a", text="mine", kind="detected")


@pytest.mark.parametrize(
    ("ours", "theirs", "path"),
    [
        (BASE.revise(title="x"), BASE.revise(title="y"), "title"),
        (
            BASE.revise(impact=Impact(text="x")),
            BASE.revise(impact=Impact(text="y", percent=7)),
            "impact.text",
        ),
        (
            BASE.revise(tasks=(Task(id="t", text="x"),)),
            BASE.revise(tasks=(Task(id="t", text="y", owner="ana"),)),
            "tasks.t.text",
        ),
    ],
)
def test_a_real_conflict_keeps_both(ours: Postmortem, theirs: Postmortem, path: str) -> None:
    """Ours stands, the conflict names the field and holds both values."""
    merged = merge(BASE, ours, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.path, conflict.ours, conflict.theirs) == (path, "x", "y")


def test_a_change_outlives_a_deletion() -> None:
    """An entry that one side deleted and the other changed stays, as changed."""
    ours = BASE.revise(timeline=BASE.timeline[1:])
    theirs = BASE.revise(timeline=(BASE.timeline[0].revise(text="new"), BASE.timeline[1]))
    for one, two in ((ours, theirs), (theirs, ours)):
        assert [e.text for e in merge(BASE, one, two).document.timeline] == ["new", "second"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ((), Table([("a", "")]), ("a",)),
        ((("x", 1),), (("x", 2),), ("x",)),
        ((), (("x", 2),), ("x",)),
        (Table(), ("x",), Table([("x", 1)])),
    ],
)
def test_unknown_values_of_two_kinds_conflict(base: object, ours: object, theirs: object) -> None:
    """A list, a list of pairs and a table have nothing in common that could be merged."""
    merged = merge(*(Postmortem(unknown=(("k", value),)) for value in (base, ours, theirs)))
    assert merged.document.unknown == (("k", ours),)
    assert [conflict.steps for conflict in merged.conflicts] == [("unknown", "k")]
    toml.write(merged.document)


def test_nothing_is_put_behind_what_the_other_side_deleted() -> None:
    base = Postmortem(tags=("a", "b"))
    one, other = base.revise(tags=("b", "a")), base.revise(tags=("c", "b"))
    assert merge(base, one, other).document.tags == ("c", "b")
    assert merge(base, other, one).document.tags == ("c", "b")
