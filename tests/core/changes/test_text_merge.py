"""Prose of two people in one text: what goes together, what conflicts, where the cursor stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.changes.text_merge import TextMerge, follow, merge_texts

BASE = """The database ran out of memory.

It was restarted after ten minutes.

Nobody noticed at first."""

LINES = st.sampled_from(["", "one", "two", "three four", "five six seven", "- eight"])
TEXTS = st.lists(LINES, max_size=6).map("\n".join)


def clean(text: str) -> TextMerge:
    """A merge without a conflict."""
    return TextMerge(text, text, text)


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (
            BASE.replace("ten", "twelve"),
            BASE + "\n\nA customer told us.",
            BASE.replace("ten", "twelve") + "\n\nA customer told us.",
        ),
        ("First.\n\n" + BASE, BASE + "\n\nLast.", "First.\n\n" + BASE + "\n\nLast."),
        (
            BASE.replace("The database", "The main database"),
            BASE.replace("memory", "disk"),
            BASE.replace("The database ran out of memory", "The main database ran out of disk"),
        ),
        (BASE + "\n\nMine.", BASE + "\n\nAlso mine.", BASE + "\n\nAlso mine.\n\nMine."),
        (BASE + "\n\nMine.", BASE + "\n\nMine.\n\nMore.", BASE + "\n\nMine.\n\nMore."),
        (BASE.replace("ten", "9"), BASE.replace("ten", "9"), BASE.replace("ten", "9")),
        ("数据库崩溃了。今天很热", "数据库崩溃了。今天冷", "数据库崩溃了。今天冷"),
    ],
)
def test_changes_in_different_places_go_together(ours: str, theirs: str, merged: str) -> None:
    base = "数据库崩溃了。今天很热" if "数" in ours else BASE
    assert merge_texts(base, ours, theirs) == clean(merged)
    assert merge_texts(base, theirs, ours) == clean(merged)


def test_the_same_words_conflict_and_all_else_is_in_both_alternatives() -> None:
    ours = BASE.replace("ten", "twelve") + "\n\nMine."
    theirs = "Theirs.\n\n" + BASE.replace("ten", "20")
    merged = merge_texts(BASE, ours, theirs)
    frame = "Theirs.\n\n{}\n\nMine."
    assert merged.conflicts == 1
    assert merged.ours == frame.format(BASE.replace("ten", "twelve"))
    assert merged.theirs == frame.format(BASE.replace("ten", "20"))
    lines = "It was restarted after twelve minutes.\nIt was restarted after 20 minutes."
    changed = BASE.replace("It was restarted after ten minutes.", lines)
    assert merged.both == frame.format(changed)


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("first", "first of all", "first of us"),
        ("", "mine", "theirs"),
        ("one two three", "", "one two four"),
        ("a b c d e f", "a X c d e f", "a b Y d e f"),
        ("a b c d e f", "1 2 3 4 e 6", "a b c d E f"),
    ],
)
def test_what_touches_conflicts(base: str, ours: str, theirs: str) -> None:
    merged = merge_texts(base, ours, theirs)
    assert merged.conflicts == 1
    assert (merged.ours, merged.theirs) == (ours, theirs)
    assert ours in merged.both
    assert theirs in merged.both


@given(TEXTS, TEXTS)
def test_an_unchanged_side_gives_the_other(base: str, side: str) -> None:
    assert merge_texts(base, base, side) == clean(side)
    assert merge_texts(base, side, base) == clean(side)
    assert merge_texts(base, side, side) == clean(side)


@given(TEXTS, TEXTS, TEXTS)
def test_who_merges_does_not_matter(base: str, ours: str, theirs: str) -> None:
    one, two = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert (one.ours, one.theirs) == (two.theirs, two.ours)
    assert one.conflicts == two.conflicts


@given(TEXTS, TEXTS, TEXTS)
def test_two_sides_that_are_the_same_are_no_conflict(base: str, ours: str, theirs: str) -> None:
    merged = merge_texts(base, ours, theirs)
    assert bool(merged.conflicts) == (merged.ours != merged.theirs)


@given(TEXTS, TEXTS, TEXTS)
def test_no_added_line_is_lost(base: str, ours: str, theirs: str) -> None:
    """A line that is in neither base nor the other side is in the text of both, conflict or not."""
    both = merge_texts(base, ours, theirs).both
    for side in (ours, theirs):
        for line in set(side.split("\n")) - set(base.split("\n")):
            # One that was made of a line of the base by words may stand there with others.
            if not merge_texts(base, ours, theirs).conflicts and line not in both:
                assert all(word in both for word in line.split())
            else:
                assert line in both


@given(TEXTS, TEXTS, st.data())
def test_the_cursor_stays_beside_its_letters(before: str, after: str, data: st.DataObject) -> None:
    """It is in the text, and where the text around it is as it was, between the same letters."""
    offset = data.draw(st.integers(0, len(before)))
    assert 0 <= follow(before, after, offset) <= len(after)
    assert follow(before, before, offset) == offset
    inside = data.draw(st.integers(1, len(BASE)))
    added = "A new paragraph.\n\n"
    assert follow(BASE, added + BASE, inside) == len(added) + inside


def test_the_cursor_in_a_word_moves_with_the_paragraph() -> None:
    before, after = BASE, "New.\n\n" + BASE.replace("memory", "disk")
    offset = before.index("noticed") + 3
    assert after[follow(before, after, offset) :].startswith("iced")
