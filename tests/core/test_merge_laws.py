"""The laws of merging, over documents that came from one base by any edits."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Factor, Lessons, Postmortem, Table, Task
from pmtui.core.merge import merge
from pmtui.core.order import sort_timeline
from pmtui.formats import toml
from tests.strategies import documents, moments

BASE = Postmortem(
    title="Outage",
    tags=("a", "b"),
    lessons=Lessons(went_well=("alerts", "people")),
    root_cause="One line.\n\nA second paragraph of many words.\n\nThe third one.",
    timeline=(
        Entry(id="e0", text="nobody knows when"),
        Entry(id="e1", at="2024-05-22T14:00:00Z", text="first of all"),
        Entry(id="e2", text="then this"),
        Entry(id="e3", at="2024-05-22T15:00:00Z", text="second"),
    ),
    factors=(Factor(id="f1", text="one"), Factor(id="f2", text="two"), Factor(id="f3", text="x")),
    tasks=(Task(id="t1", text="patch"), Task(id="t2", text="test"), Task(id="t3", text="tell")),
    unknown=(("mood", "calm"), ("table", Table([("x", 1), ("y", 2)]))),
)

WORDS = ("One line.", "", "Added.", "A second paragraph of many words.", "A third paragraph", "x")


@st.composite
def sides(draw: st.DrawFn, name: str) -> Postmortem:
    """BASE after some edits; what is added has ids that begin with `name`."""
    document = BASE

    def changed(items: tuple[Any, ...], new: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        kept = draw(st.lists(st.sampled_from(items), unique=True, min_size=1))
        order = kept if draw(st.booleans()) else [item for item in items if item in kept]
        for at, item in enumerate(draw(st.lists(new, max_size=2))):
            place = draw(st.integers(0, len(order)))
            order.insert(place, item.revise(id=f"{name}{at}"))
        return tuple(order)

    entries = st.builds(Entry, id=st.just("z"), at=st.none() | moments(aware=True))
    if draw(st.booleans()):
        timeline = changed(document.timeline, entries)
        document = document.revise(timeline=sort_timeline(timeline))
    if draw(st.booleans()):
        document = document.revise(
            tasks=changed(document.tasks, st.builds(Task, id=st.just("z"), text=st.just("new")))
        )
    if draw(st.booleans()):
        lines = document.root_cause.split("\n")
        for _ in range(draw(st.integers(1, 2))):
            place = draw(st.integers(0, len(lines)))
            lines[place : place + draw(st.integers(0, 2))] = draw(
                st.lists(st.sampled_from(WORDS), max_size=2)
            )
        document = document.revise(root_cause="\n".join(lines))
    if draw(st.booleans()):
        words = st.lists(st.sampled_from("abcd"), max_size=4, unique=True)
        document = document.revise(tags=tuple(draw(words)))
    if draw(st.booleans()):
        value = draw(st.sampled_from(["calm", "tense"]))
        inner = Table([("x", 1), ("y", draw(st.integers(2, 3))), (name, 0)])
        document = document.revise(unknown=(("mood", value), ("table", inner)))
    return document


@given(documents(), documents())
def test_an_unchanged_side_gives_the_other(base: Postmortem, other: Postmortem) -> None:
    """Merging with a side that changed nothing is the other side, without a conflict."""
    for merged in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert merged.document == other
        assert merged.conflicts == ()


@given(sides("m"), sides("n"))
def test_who_merges_does_not_matter(ours: Postmortem, theirs: Postmortem) -> None:
    """It is symmetric where nothing conflicts, and has the same conflicts where something does."""
    one, two = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert {c.path for c in one.conflicts} == {c.path for c in two.conflicts}
    assert set(one.revived) == set(two.revived)
    if not one.conflicts:
        assert one.document == two.document


@given(sides("m"), sides("n"))
def test_no_item_is_lost_or_doubled(ours: Postmortem, theirs: Postmortem) -> None:
    """What a side added is there once; what one deleted is gone."""
    merged = merge(BASE, ours, theirs).document
    for name in ("timeline", "tasks", "factors"):
        found = [item.id for item in getattr(merged, name)]
        old, mine, other = (
            {item.id for item in getattr(side, name)} for side in (BASE, ours, theirs)
        )
        assert sorted(found) == sorted(((mine | other) - old) | (mine & other & old))


@given(sides("m"), sides("n"))
def test_the_result_is_a_document_that_a_file_can_hold(
    ours: Postmortem, theirs: Postmortem
) -> None:
    """It passes every check of the model, and its file reads back as itself."""
    merged = merge(BASE, ours, theirs).document
    assert Postmortem(**dict(merged.items())) == merged
    assert sort_timeline(merged.timeline) == merged.timeline
    assert toml.read(toml.write(merged)) == merged


@given(sides("m"), sides("n"))
def test_merging_again_changes_nothing(ours: Postmortem, theirs: Postmortem) -> None:
    """A side that is merged in already brings nothing more, whatever base is taken."""
    merged = merge(BASE, ours, theirs)
    assume(not merged.conflicts)
    for side in (ours, theirs):
        assert merge(side, merged.document, side).document == merged.document
        # Of an older base that holds for items; lines have no names to be known by.
        again = merge(BASE, merged.document, side.revise(root_cause=merged.document.root_cause))
        assert _known_places(again.document) == _known_places(merged.document)
        assert again.conflicts == ()


def _known_places(document: Postmortem) -> Postmortem:
    """Without the places that an older base cannot tell again.

    What an entry of unknown time follows may be gone from a side; tasks and tags that both sides
    moved or added stand in an order that is neither's.
    """
    timed = [entry for entry in document.timeline if entry.at]
    others = [entry for entry in document.timeline if not entry.at]
    return document.revise(
        timeline=(*timed, *sorted(others, key=lambda entry: entry.id)),
        tasks=tuple(sorted(document.tasks, key=lambda task: task.id)),
        tags=tuple(sorted(document.tags)),
    )


@given(sides("m"), sides("n"), sides("o"))
def test_three_people_end_with_the_same_items(
    one: Postmortem, two: Postmortem, three: Postmortem
) -> None:
    """In whatever order three sides are merged: the same events and tasks, word for word."""
    results = []
    for first, second, third in ((one, two, three), (three, two, one), (two, three, one)):
        step = merge(BASE, first, second)
        last = merge(BASE, step.document, third)
        assume(not step.conflicts and not last.conflicts)
        items = (*last.document.timeline, *last.document.tasks)
        results.append({item.id: item for item in items})
    assert results[0] == results[1] == results[2]
