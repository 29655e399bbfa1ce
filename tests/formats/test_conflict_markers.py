"""Git's conflict markers: read by side, merged by id, written so that both sides are whole."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem
from pmtui.core.merge import merge
from pmtui.errors import FormatError
from pmtui.formats import conflict_markers, toml
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


@settings(max_examples=80, deadline=None)
@given(documents(), documents(), documents())
def test_what_is_written_reads_back_as_the_same_conflicts(
    base: Postmortem, ours: Postmortem, theirs: Postmortem
) -> None:
    """Both sides are whole, and merging them gives the document and the fields in conflict.

    A line of prose that is itself a marker, and a key without a name, are left out.
    """
    texts = [toml.write(document) for document in (base, ours, theirs)]
    assume(not any(b"=======" in text or b'"" = ' in text for text in texts))
    merged = merge(base, ours, theirs)
    text = conflict_markers.write(merged)
    if not merged.conflicts:
        assert text == toml.write(merged.document)
        return
    settled = conflict_markers.read(text)
    assert settled is not None
    assert toml.write(settled.merged.document) == toml.write(merged.document)
    found = {conflict.path for conflict in settled.merged.conflicts}
    assert found == {conflict.path for conflict in merged.conflicts}


@given(st.lists(st.sampled_from(["<<<<<<< a", "=======", ">>>>>>> b", "x", "||||||| c"])))
def test_prose_that_quotes_markers_is_never_taken_for_a_conflict(lines: list[str]) -> None:
    """The writer escapes the first sign, so that no line of prose begins like a marker of git."""
    document = Postmortem(
        title="x", summary="\n".join(lines), timeline=(Entry(id="e", text="\n".join(lines)),)
    )
    data = toml.write(document)
    assert conflict_markers.find_sides(data.decode()) is None
    assert toml.read(data) == document
