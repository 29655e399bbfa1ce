"""What holds for any series of edits: undo leads back, time order stays, ids stay and differ."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.core.document import KINDS, Entry, Measure, Postmortem, Task, Times
from pmtui.core.edits import analysis, head, tasks, timeline
from pmtui.core.history import History
from pmtui.core.ids import derived_id
from pmtui.core.order import sort_timeline
from tests.strategies import documents, lines, texts

Edit = Callable[[Postmortem], Postmortem]

ZONES = ("UTC", "Europe/Berlin", "+05:30")
START = datetime(2024, 5, 22, 14, tzinfo=UTC)
MINUTES = st.integers(-2000, 2000).map(lambda count: timedelta(minutes=count))


def new_id(taken: Any) -> str:
    """A fresh id, the same in every run."""
    return derived_id("fresh", taken)


def ids_of(parts: tuple[Any, ...]) -> list[str]:
    """The ids of these parts."""
    return [part.id for part in parts]


def _entry_edits(document: Postmortem) -> st.SearchStrategy[Edit]:
    fresh = new_id(ids_of(document.timeline))
    at = st.one_of(st.none(), MINUTES.map(lambda by: START + by))
    added = st.builds(
        lambda at, text: lambda d: timeline.add(d, Entry(id=fresh, at=at, text=text)), at, lines()
    )
    if not document.timeline:
        return added
    one = st.sampled_from(ids_of(document.timeline))
    some = st.frozensets(one, min_size=1, max_size=3)
    return st.one_of(
        added,
        st.builds(lambda id, at: lambda d: timeline.revise(d, id, at=at), one, at),
        st.builds(lambda id, text: lambda d: timeline.revise(d, id, text=text), one, texts()),
        st.builds(lambda ids: lambda d: timeline.remove(d, ids), some),
        st.builds(lambda ids, by: lambda d: timeline.shift(d, ids, by), some, MINUTES),
        st.builds(lambda ids, at: lambda d: timeline.set_time(d, ids, at), some, at),
        st.builds(
            lambda ids, kind: lambda d: timeline.set_kind(d, ids, kind),
            some,
            st.sampled_from(KINDS),
        ),
        st.builds(lambda ids: lambda d: timeline.toggle_internal(d, ids), some),
        st.builds(
            lambda id, step: lambda d: timeline.nudge(d, id, step), one, st.sampled_from([-1, 1])
        ),
    )


def _task_edits(document: Postmortem) -> st.SearchStrategy[Edit]:
    items = (*document.tasks, *document.measures)
    fresh = new_id(ids_of(items))
    added = st.builds(
        lambda sort, text: lambda d: tasks.add(d, sort(id=fresh, text=text)),
        st.sampled_from([Task, Measure]),
        lines(),
    )
    found = [added]
    if items:
        one = st.sampled_from(ids_of(items))
        found += [
            st.builds(lambda id, text: lambda d: tasks.revise(d, id, text=text), one, texts()),
            st.builds(lambda id: lambda d: tasks.remove(d, id), one),
            st.builds(
                lambda id, step: lambda d: tasks.move(d, id, step), one, st.sampled_from([-1, 1])
            ),
        ]
    for parts, edits in (
        (document.tasks, (tasks.toggle, tasks.drop)),
        (document.measures, (tasks.measure_to_task,)),
    ):
        if parts:
            one = st.sampled_from(ids_of(parts))
            found.append(
                st.builds(lambda edit, id: lambda d: edit(d, id), st.sampled_from(edits), one)
            )
    return st.one_of(found)


def _head_edits(_: Postmortem) -> st.SearchStrategy[Edit]:
    return st.one_of(
        st.builds(lambda text: lambda d: head.set_value(d, "title", text), lines()),
        st.builds(lambda text: lambda d: head.set_value(d, "impact.text", text), texts()),
        st.builds(
            lambda zone, keep: lambda d: head.set_timezone(d, zone, keep),
            st.sampled_from(ZONES),
            st.sampled_from(["clock", "moment"]),
        ),
        st.builds(
            lambda day: lambda d: head.set_day(d, day),
            st.one_of(st.none(), st.dates(START.date(), START.date() + timedelta(days=30))),
        ),
        st.builds(lambda text: lambda d: analysis.set_factors(d, text, new_id), texts()),
        st.builds(lambda text: lambda d: analysis.set_whys(d, text, new_id), texts()),
        st.builds(lambda text: lambda d: analysis.set_people(d, text), texts()),
    )


def start() -> st.SearchStrategy[Postmortem]:
    """Documents whose times all lie near the incident and have a zone, with ids that differ."""

    def placed(document: Postmortem, steps: list[int], zone: str) -> Postmortem:
        entries = [
            entry.revise(
                at=None if entry.at is None else START + timedelta(minutes=5 * step), until=None
            )
            for entry, step in zip(document.timeline, steps, strict=False)
        ]
        taken = set(ids_of(document.tasks))
        return document.revise(
            timezone=zone,
            undated=False,
            times=Times(),
            timeline=sort_timeline(entries, zone),
            measures=tuple(each for each in document.measures if each.id not in taken),
        )

    steps = st.lists(st.integers(0, 5), min_size=4, max_size=4)
    return st.builds(placed, documents(aware=True), steps, st.sampled_from(ZONES))


def edited(data: st.DataObject, history: History) -> None:
    """Commit up to eight edits drawn for the document as it then is."""
    for _ in range(data.draw(st.integers(0, 8))):
        edits = data.draw(st.sampled_from([_entry_edits, _entry_edits, _task_edits, _head_edits]))
        change = data.draw(edits(history.document))
        history.commit(change(history.document), "edit")


@settings(deadline=None)
@given(start(), st.data())
def test_undoing_every_edit_gives_the_first_document_and_redoing_the_last(
    document: Postmortem, data: st.DataObject
) -> None:
    history = History(document)
    edited(data, history)
    last = history.document
    while history.undo():
        pass
    assert history.document is document
    while history.redo():
        pass
    assert history.document is last


@settings(deadline=None)
@given(start(), st.data())
def test_no_edit_puts_the_timeline_out_of_time_order(
    document: Postmortem, data: st.DataObject
) -> None:
    history = History(document)
    edited(data, history)
    after = history.document
    assert sort_timeline(after.timeline, after.timezone) == after.timeline


@settings(deadline=None)
@given(start(), st.data())
def test_ids_never_meet(document: Postmortem, data: st.DataObject) -> None:
    history = History(document)
    edited(data, history)
    after = history.document
    for parts in (after.timeline, (*after.tasks, *after.measures), after.factors, after.whys):
        assert len(set(ids_of(parts))) == len(parts)


@settings(deadline=None)
@given(start(), st.data())
def test_an_edit_that_changes_nothing_gives_the_same_object(
    document: Postmortem, data: st.DataObject
) -> None:
    change = data.draw(
        data.draw(st.sampled_from([_entry_edits, _task_edits, _head_edits]))(document)
    )
    after = change(document)
    assert after is document or after != document
