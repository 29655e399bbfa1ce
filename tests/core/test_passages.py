"""Paragraphs, lists and items of a text: where they are, and what is left without one."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.passages import (
    Item,
    blocks,
    everything,
    items,
    line_at,
    passage_at,
    snapped,
    taken,
    without,
)
from tests.strategies import texts

TEXT = """\
# Leadup
We saw it
coming.

What to do:
- [x] One
  more of it

  - nested
- [ ] Two

3. Three

```
code

- no item
```
The end."""


def words(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(re.findall(r"\w+", text))


def parts(text: str) -> list[str]:
    """The blocks of a text."""
    return [text[block.start : block.stop] for block in blocks(text)]


def test_paragraphs_lists_headings_and_code_are_told_apart() -> None:
    assert parts(TEXT) == [
        "# Leadup",
        "We saw it\ncoming.",
        "What to do:",
        "- [x] One\n  more of it\n\n  - nested\n- [ ] Two\n\n3. Three",
        "```\ncode\n\n- no item\n```\nThe end.",
    ]
    assert [block.listed for block in blocks(TEXT)] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n", []),
        ("a\n- b", ["a", "- b"]),
        ("In\n1986. It\n2. was", ["In\n1986. It\n2. was"]),
        ("* a\n\nb", ["* a", "b"]),
        ("- a\n\n  b", ["- a\n\n  b"]),
        ("- a\nlazy\n- b", ["- a\nlazy\n- b"]),
        ("~~~\na\n\n~~~~\n\nb", ["~~~\na\n\n~~~~", "b"]),
        ("```\nnever\n\nclosed", ["```\nnever\n\nclosed"]),
        ("- ```\n  - x\n  ```\n- y", ["- ```\n  - x\n  ```\n- y"]),
        ("**14:05** down\n---\nup", ["**14:05** down\n---\nup"]),
    ],
)
def test_blocks_are_those_that_a_reader_sees(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_items_keep_what_is_nested_in_them_and_their_boxes() -> None:
    assert items(TEXT)[3:6] == (
        Item("One\nmore of it\n\n- nested", "[x]"),
        Item("Two", "[ ]"),
        Item("Three"),
    )
    assert items("- a\n    - b\n      - c") == (Item("a\n  - b\n    - c"),)
    assert items("- ```\n  - x\n  ```\n- y") == (Item("```\n- x\n```"), Item("y"))
    assert items("One.\n\nTwo\nlines.") == (
        Item("One.", listed=False),
        Item("Two\nlines.", listed=False),
    )


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, "a b"), (3, "a b"), (4, "- c\n- d"), (9, "- c\n- d"), (13, "- c\n- d")],
)
def test_the_passage_is_the_one_at_the_cursor_or_the_next_or_the_last(
    offset: int, expected: str
) -> None:
    text = "a b\n\n- c\n- d\n\n"
    found = passage_at(text, offset)
    assert found
    assert taken(text, *found) == expected


def test_a_field_with_an_item_a_line_gives_the_line_with_what_is_indented_below_it() -> None:
    text = "One\n  more\nTwo\n"
    assert [line_at(text, at, "  ") for at in (0, 6, 11, 15)] == [
        (0, 10),
        (0, 10),
        (11, 14),
        (11, 14),
    ]
    assert line_at(" \n", 0, "  ") is None


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("alpha beta gamma", "ta ", "beta"),
        ("alpha beta gamma", "ha be", "alpha beta"),
        ("- [x] One\n- Two", "One", "- [x] One"),
        ("- One and\n  more", "One", "One"),
        ("  indented", "indented", "  indented"),
        ("a  b", "  ", None),
    ],
)
def test_a_selection_takes_whole_words_and_the_mark_of_a_whole_item(
    text: str, marked: str, expected: str | None
) -> None:
    start = text.index(marked)
    found = snapped(text, start, start + len(marked))
    assert (text[found[0] : found[1]] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        ("A\n\nB\n\nC", "B", "A\n\nC"),
        ("- a\n- b\n- c", "- b", "- a\n- c"),
        ("A\n\n- b\n- c", "- b", "A\n\n- c"),
        ("A\n\n\n  B\nC", "A", "  B\nC"),
        ("A\n\nB\n", "B", "A"),
        ("one two three", "two", "one three"),
        ("one two\nthree", "two", "one\nthree"),
        ("one\ntwo three", "two", "one\nthree"),
        ("only", "only", ""),
    ],
)
def test_what_is_left_keeps_its_distance(text: str, gone: str, expected: str) -> None:
    start = text.index(gone)
    assert without(text, start, start + len(gone)) == expected


def test_what_stays_of_a_passage_stands_in_its_place() -> None:
    assert without("A\n\nb\n- c\n\nD", 3, 8, "b") == "A\n\nb\n\nD"


@given(texts(12), st.integers(0, 200), st.integers(0, 200))
def test_no_word_is_lost_or_split_wherever_a_text_is_cut(text: str, one: int, two: int) -> None:
    cuts = [passage_at(text, one), line_at(text, one, "  "), everything(text)]
    cuts.append(snapped(text, *sorted((min(one, len(text)), min(two, len(text))))))
    for cut in cuts:
        if cut:
            assert words(without(text, *cut)) + words(taken(text, *cut)) == words(text)


@given(texts(12))
def test_every_word_is_in_one_block_and_in_one_item(text: str) -> None:
    assert sum((words(part) for part in parts(text)), Counter()) == words(text)
    letters = re.compile(r"[^\W\d_]+")
    told = Counter(letters.findall(" ".join(item.whole for item in items(text))))
    assert told == Counter(letters.findall(text))
