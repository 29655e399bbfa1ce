"""The history of a document: every revision comes back, typing is gathered, undo names it."""

from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Postmortem
from pmtui.core.history import History, Place

COMMITS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", "title", "summary"]), st.booleans()),
    max_size=12,
)
"""Titles, the groups they are typed in, and whether the group ends there."""


def committed(commits: list[tuple[str, str, bool]]) -> tuple[History, list[Postmortem]]:
    """A history with these commits, and the documents that undo should lead through."""
    first = Postmortem()
    history, kept = History(first), [first]
    group = ""
    for title, named, closes in commits:
        document = history.document.revise(title=title)
        if history.commit(document, f"type {title}", group=named):
            if named and named == group and len(kept) > 1:
                kept[-1] = document
            else:
                kept.append(document)
            group = named
        if closes:
            history.close()
            group = ""
    return history, kept


@given(COMMITS)
def test_undo_leads_back_through_every_revision_and_redo_forth(
    commits: list[tuple[str, str, bool]],
) -> None:
    history, kept = committed(commits)
    back = [history.document]
    while history.undo() is not None:
        back.append(history.document)
    assert back == kept[::-1]
    forth = [history.document]
    while history.redo() is not None:
        forth.append(history.document)
    assert forth == kept


@given(COMMITS)
def test_undo_is_offered_as_long_as_it_gives_something(
    commits: list[tuple[str, str, bool]],
) -> None:
    history, _ = committed(commits)
    while history.can_undo:
        assert history.undo() is not None
    assert history.undo() is None
    assert history.can_redo is bool(history.redo())


@given(COMMITS, st.integers(0, 12))
def test_the_document_is_dirty_exactly_while_the_file_holds_another(
    commits: list[tuple[str, str, bool]], steps: int
) -> None:
    history, _ = committed(commits)
    history.saved = history.document
    for _ in range(steps):
        history.undo()
    assert history.dirty is (history.document != history.saved)


def test_undo_gives_what_it_undid_and_where_the_cursor_stood() -> None:
    history = History(Postmortem())
    before, after = Place("summary", "title", (0, 3)), Place("summary", "title", (0, 4))
    history.commit(Postmortem(title="Down"), "typing in Title", before=before, after=after)
    undone = history.undo()
    assert undone is not None
    assert (undone.label, undone.before, undone.after) == ("typing in Title", before, after)
    assert history.redo() is undone


def test_typing_is_undone_at_once_from_where_it_began() -> None:
    history = History(Postmortem())
    for at in range(3):
        history.commit(
            Postmortem(title="Dow"[: at + 1]),
            "typing in Title",
            before=Place("summary", "title", (0, at)),
            after=Place("summary", "title", (0, at + 1)),
            group="title",
        )
    undone = history.undo()
    assert undone is not None
    assert (undone.before.cursor, undone.after.cursor) == ((0, 0), (0, 3))
    assert history.document == Postmortem()


def test_a_commit_that_changes_nothing_is_no_revision_and_keeps_what_was_undone() -> None:
    history = History(Postmortem())
    history.commit(Postmortem(title="Down"), "type")
    history.undo()
    assert not history.commit(Postmortem(), "nothing")
    assert history.can_redo


def test_a_commit_lets_go_of_what_was_undone() -> None:
    history = History(Postmortem())
    history.commit(Postmortem(title="one"), "type")
    history.undo()
    assert history.commit(Postmortem(title="two"), "type")
    assert not history.can_redo


def test_typing_after_undo_is_a_revision_of_its_own() -> None:
    history = History(Postmortem())
    history.commit(Postmortem(title="a"), "type", group="title")
    history.close()
    history.commit(Postmortem(title="ab"), "type", group="title")
    history.undo()
    history.commit(Postmortem(title="ac"), "type", group="title")
    history.undo()
    assert history.document.title == "a"


def _doc(**fields: object) -> Postmortem:
    return Postmortem(title="t").revise(**fields)


def test_undo_takes_back_the_own_edit_below_what_arrived() -> None:
    """Both are undone and done again one by one, the own edit first."""
    history = History(_doc())
    history.commit(_doc(summary="mine"), "mine")
    assert history.take_in(_doc(summary="mine", trigger="theirs"), "theirs")
    undone = history.undo()
    assert undone is not None
    assert (undone.label, history.document) == ("mine", _doc(trigger="theirs"))
    undone = history.undo()
    assert undone is not None
    assert undone.foreign
    assert history.document == _doc()
    assert not history.can_undo
    for label, document in (
        ("theirs", _doc(trigger="theirs")),
        ("mine", _doc(summary="mine", trigger="theirs")),
    ):
        redone = history.redo()
        assert redone is not None
        assert (redone.label, history.document) == (label, document)


def test_what_arrived_goes_first_where_it_rests_on_the_own_edit() -> None:
    history = History(_doc())
    history.commit(_doc(summary="mine"), "mine")
    history.take_in(_doc(summary="mine, and theirs"), "theirs")
    undone = history.undo()
    assert undone is not None
    assert (undone.label, history.document) == ("theirs", _doc(summary="mine"))


def test_what_was_undone_can_be_done_again_after_something_arrived() -> None:
    history = History(_doc())
    history.commit(_doc(summary="one"), "one")
    history.commit(_doc(summary="one two"), "two")
    history.undo()
    history.undo()
    history.take_in(_doc(trigger="theirs"), "theirs")
    history.redo()
    history.redo()
    assert history.document == _doc(summary="one two", trigger="theirs")


def test_typing_does_not_join_across_what_arrived() -> None:
    history = History(_doc())
    history.commit(_doc(summary="a"), "typing", group="summary")
    history.take_in(_doc(summary="a", trigger="x"), "theirs")
    history.commit(_doc(summary="ab", trigger="x"), "typing", group="summary")
    history.undo()
    assert history.document == _doc(summary="a", trigger="x")
    assert not history.take_in(_doc(summary="a", trigger="x"), "nothing new")
