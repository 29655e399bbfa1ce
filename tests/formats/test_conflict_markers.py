"""Git's conflict markers: read by side, merged by id, written so that both sides are whole."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Impact, Lessons, Postmortem, Table
from pmtui.core.merge import Merged, merge
from pmtui.errors import FormatError
from pmtui.formats import conflict_markers, toml
from pmtui.formats.toml.writer import is_tabular
from tests.strategies import documents

HEAD = 'schema = 1\ntitle = "x"\n\n[[timeline]]\nid = "e1"\ntext = "kept"\n'
MINE = '\n[[timeline]]\nid = "e2"\ntext = "mine"\n'
THEIRS = '\n[[timeline]]\nid = "e3"\ntext = "theirs"\n'
PLAIN = f"{HEAD}<<<<<<< HEAD\n{MINE}=======\n{THEIRS}>>>>>>> feature/x\n"
DIFF3 = f"{HEAD}<<<<<<< HEAD\n{MINE}||||||| 1234\n=======\n{THEIRS}>>>>>>> feature/x\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        DIFF3,
        PLAIN.replace("\n", "\r\n"),
        DIFF3.replace("<" * 7, "<" * 9)
        .replace("|" * 7, "|" * 9)
        .replace("=" * 7, "=" * 9)
        .replace(">" * 7, ">" * 9),
    ],
    ids=["plain", "diff3", "crlf", "larger"],
)
def test_both_sides_are_merged_by_id(text: str) -> None:
    settled = conflict_markers.read(text.encode(), "a.toml")
    assert settled is not None
    assert [entry.id for entry in settled.merged.document.timeline] == ["e1", "e2", "e3"]
    assert settled.merged.conflicts == ()
    assert (settled.sides.line, settled.sides.count) == (7, 1)
    assert (settled.sides.ours_name, settled.sides.theirs_name) == ("HEAD", "feature/x")


def test_several_places_and_a_field_in_conflict() -> None:
    """With the base of diff3 a field that one side changed is no conflict."""
    text = (
        'schema = 1\n<<<<<<< a\ntitle = "m"\nsummary = "s"\n||||||| o\ntitle = "o"\nsummary = "s"\n'
        '=======\ntitle = "t"\nsummary = "new"\n>>>>>>> b\nseverity = "SEV1"\n'
        '<<<<<<< a\nreference = "R1"\n||||||| o\n=======\n>>>>>>> b\n'
    )
    settled = conflict_markers.read(text.encode())
    assert settled is not None
    document = settled.merged.document
    assert (document.title, document.summary, document.reference) == ("m", "new", "R1")
    (conflict,) = settled.merged.conflicts
    assert (conflict.path, conflict.base, conflict.theirs) == ("title", "o", "t")
    assert settled.sides.count == 2


def test_markers_within_prose_are_found_although_the_file_is_valid_toml() -> None:
    text = 'schema = 1\nsummary = """\none\n<<<<<<< a\ntwo\n=======\nthree\n>>>>>>> b\nfour\n"""\n'
    settled = conflict_markers.read(text.encode())
    assert settled is not None
    (conflict,) = settled.merged.conflicts
    assert (conflict.ours, conflict.theirs) == ("one\ntwo\nfour\n", "one\nthree\nfour\n")


@pytest.mark.parametrize(
    "text",
    [HEAD, PLAIN.replace("=======\n", ""), PLAIN.partition(">>>>>>>")[0], "<<<<<<< a\n" + HEAD],
)
def test_without_whole_markers_there_are_no_sides(text: str) -> None:
    assert conflict_markers.find_sides(text) is None
    assert conflict_markers.refusal(text.encode(), "a.toml") is None


def test_a_side_that_is_no_postmortem_is_named_with_the_line() -> None:
    text = PLAIN.replace('id = "e3"', "id = ")
    with pytest.raises(FormatError, match="the side of feature/x is no postmortem") as refused:
        conflict_markers.read(text.encode(), "a.toml")
    assert refused.value.where == "a.toml:7:1"


def test_show_and_export_are_told_the_line_and_both_names() -> None:
    refusal = conflict_markers.refusal(PLAIN.encode(), "a.toml")
    assert str(refusal).startswith("a.toml:7:1: holds git conflict markers (HEAD and feature/x)")


@pytest.mark.parametrize("line", ["=======", ">>>>>>> x", "<<<<<<< x"])
@pytest.mark.parametrize("place", ["mine", "theirs"])
def test_a_line_that_may_be_a_marker_leaves_the_file_as_it_is(line: str, place: str) -> None:
    """Where git wrote markers around such a line, guessing might put words on the wrong side."""
    text = PLAIN.replace(f'"{place}"', f'"""\n{line}\n{place}"""')
    assert conflict_markers.find_sides(text) is None


def test_underlined_headings_elsewhere_are_no_markers() -> None:
    heading = 'text = """\nSummary\n=======\n"""\n'
    text = f'[impact]\n{heading}{PLAIN.removeprefix(HEAD)}\n[[factors]]\nid = "f"\n{heading}'
    sides = conflict_markers.find_sides(text)
    assert sides is not None
    assert (sides.count, sides.ours.count("======="), sides.theirs.count("=======")) == (1, 2, 2)


LINES = (
    *("<<<<<<< a", "=======", ">>>>>>> b", "||||||| c", "||||||| ", "=======\t", "========"),
    *("<<<<<<<<< a", "=========", ">>>>>>>>> b", "||||||||| c", "", "one", "two", '"""', "\\"),
)


def quoting() -> st.SearchStrategy[str]:
    """Prose in which lines stand that git and Markdown write too."""
    return st.lists(st.sampled_from(LINES), max_size=4).map("\n".join)


def unknown() -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    """A few keys that more than one side is likely to have."""
    values = st.sampled_from(["", "x", "=======\n<<<<<<< a\n", 1, (), ("a",), Table(), True])
    inner = st.dictionaries(st.sampled_from(["", "k"]), values).map(lambda found: _table(found))
    pairs = st.dictionaries(st.sampled_from(["", "k", "a.b", "unknown"]), values | inner)
    return pairs.map(lambda found: tuple(_table(found)))


def _table(pairs: dict[str, Any]) -> Table:
    return Table(sorted(pairs.items(), key=lambda pair: is_tabular(pair[1])))


def sides() -> st.SearchStrategy[Postmortem]:
    """One of three documents that have few values to differ in, and so often conflict."""
    entry = st.builds(Entry, id=st.sampled_from(["e1", "e2"]), text=quoting(), unknown=unknown())
    return st.builds(
        Postmortem,
        title=st.sampled_from(["", "x", "======="]),
        summary=quoting(),
        impact=st.builds(Impact, text=quoting(), percent=st.sampled_from([None, 1.0, 2.0])),
        lessons=st.builds(Lessons, went_well=st.lists(quoting(), max_size=2).map(tuple)),
        timeline=st.lists(entry, max_size=2, unique_by=lambda each: each.id).map(tuple),
        unknown=unknown(),
    )


def check_both_sides_are_whole(merged: Merged, size: int = conflict_markers.SIZE) -> None:
    """Merging what is written gives the document and the fields in conflict, with their values."""
    text = conflict_markers.write(merged, size=size)
    if not merged.conflicts:
        assert text == toml.write(merged.document)
        return
    settled = conflict_markers.read(text)
    assert settled is not None
    again, once = (toml.write(each.document).decode() for each in (settled.merged, merged))
    assert tomllib.loads(again) == tomllib.loads(once)  # in which order keys stand is all one
    found = {conflict.steps: conflict for conflict in settled.merged.conflicts}
    assert found.keys() == {conflict.steps for conflict in merged.conflicts}
    for conflict in merged.conflicts:
        assert found[conflict.steps].theirs == conflict.theirs


def test_a_key_that_both_sides_added_waits_to_be_settled() -> None:
    """TOML cannot say that there was none: the base has no such key."""
    ours, theirs = (Postmortem(unknown=(("mood", mood),)) for mood in ("calm", "tense"))
    text = conflict_markers.write(merge(Postmortem(), ours, theirs))
    settled = conflict_markers.read(text)
    assert settled is not None
    (conflict,) = settled.merged.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == (None, "calm", "tense")


@given(documents(), documents(), documents())
def test_what_is_written_reads_back_as_the_same_conflicts(
    base: Postmortem, ours: Postmortem, theirs: Postmortem
) -> None:
    check_both_sides_are_whole(merge(base, ours, theirs))


@given(sides(), sides(), sides(), st.sampled_from([7, 9]))
def test_prose_and_keys_that_look_like_markers_stay_on_their_side(
    base: Postmortem, ours: Postmortem, theirs: Postmortem, size: int
) -> None:
    check_both_sides_are_whole(merge(base, ours, theirs), size)


@given(st.lists(st.sampled_from(["<<<<<<< a", "=======", ">>>>>>> b", "x", "||||||| c"])))
def test_prose_that_quotes_markers_is_never_taken_for_a_conflict(lines: list[str]) -> None:
    """The writer escapes the first sign, so that no line of prose begins like a marker of git."""
    document = Postmortem(
        title="x", summary="\n".join(lines), timeline=(Entry(id="e", text="\n".join(lines)),)
    )
    data = toml.write(document)
    assert conflict_markers.find_sides(data.decode()) is None
    assert toml.read(data) == document
