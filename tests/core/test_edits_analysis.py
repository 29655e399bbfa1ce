"""Lists that are written one item a line: what is read back, and which ids stay."""

import itertools
from collections.abc import Container

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Chain, Factor, Link, Person, Postmortem
from pmtui.core.edits import analysis
from tests.strategies import texts

WORDS = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


def new_ids() -> analysis.NewId:
    """Ids `n1`, `n2`..."""
    numbers = itertools.count(1)

    def new_id(taken: Container[str]) -> str:
        return next(name for name in map("n{}".format, numbers) if name not in taken)

    return new_id


def factors(*words: str) -> Postmortem:
    """A document with these factors, the id of each its first letter in capitals."""
    return Postmortem(factors=tuple(Factor(id=word[0].upper(), text=word) for word in words))


def shown(document: Postmortem) -> list[str]:
    """Each factor as id and text."""
    return [f"{factor.id}:{factor.text}" for factor in document.factors]


@given(texts())
def test_writing_the_items_and_reading_them_gives_them_again(text: str) -> None:
    items = analysis.from_lines(text)
    assert analysis.from_lines(analysis.to_lines(items)) == items


@given(texts())
def test_no_word_of_a_list_is_lost(text: str) -> None:
    found = " ".join(analysis.from_lines(text))
    assert "".join(found.split()) == "".join(text.split())


@given(WORDS, WORDS)
def test_a_factor_whose_words_stay_in_their_order_keeps_its_id(
    old: list[str], new: list[str]
) -> None:
    after = analysis.set_factors(factors(*old), "\n".join(new), new_ids())
    assert [factor.text for factor in after.factors] == new
    ids = [factor.id for factor in after.factors]
    assert len(set(ids)) == len(ids)
    if [word for word in old if word in new] == [word for word in new if word in old]:
        for factor in after.factors:
            if factor.text in old:
                assert factor.id == factor.text.upper()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a\nb\nc", ["A:a", "B:b", "C:c"]),
        ("a\nc", ["A:a", "C:c"]),
        ("a\nx\nb\nc", ["A:a", "n1:x", "B:b", "C:c"]),
        ("a\nb more\nc", ["A:a", "B:b more", "C:c"]),
        ("a\n\n\nb\nc\n", ["A:a", "B:b", "C:c"]),
        ("a\n  and why\nb\nc", ["A:a\nand why", "B:b", "C:c"]),
        ("", []),
    ],
)
def test_factors_keep_their_ids_through_typing(text: str, after: list[str]) -> None:
    assert shown(analysis.set_factors(factors("a", "b", "c"), text, new_ids())) == after


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("", []),
        ("Why did it fail?", [("Why did it fail?", ())]),
        ("Why?\nMemory\nA leak", [("Why?", ("Memory", "A leak"))]),
        ("Memory\nA leak", [("", ("Memory", "A leak"))]),
        (
            "Why?\nMemory\n\nWhy so late?\nNo alert",
            [("Why?", ("Memory",)), ("Why so late?", ("No alert",))],
        ),
        ("Why?\n \n\nMemory\n  it was full", [("Why?", ()), ("", ("Memory\nit was full",))]),
    ],
)
def test_chains_of_whys_are_read_and_written(
    text: str, chains: list[tuple[str, tuple[str, ...]]]
) -> None:
    after = analysis.set_whys(Postmortem(), text, new_ids())
    assert [(chain.question, chain.answers) for chain in after.whys] == chains
    again = analysis.set_whys(after, analysis.whys_text(after), new_ids())
    assert again is after


def test_a_chain_keeps_its_id_and_a_new_one_gets_its_own() -> None:
    document = Postmortem(whys=(Chain(id="c", question="Why?", answers=("x",)),))
    after = analysis.set_whys(document, "Why?\nx\ny\n\nAnd why?", new_ids())
    assert [chain.id for chain in after.whys] == ["c", "n1"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana", [("Ana", "")]),
        ("Ana (incident commander)", [("Ana", "incident commander")]),
        ("  Ana (IC)  \n\nBob", [("Ana", "IC"), ("Bob", "")]),
        ("Ana (she/her) (IC)", [("Ana (she/her)", "IC")]),
        ("(nobody)", [("(nobody)", "")]),
        ("Ana ()", [("Ana", "")]),
    ],
)
def test_people_are_read_one_a_line(text: str, people: list[tuple[str, str]]) -> None:
    after = analysis.set_people(Postmortem(), text)
    assert after.people == tuple(Person(name=name, role=role) for name, role in people)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://e.org", [("", "https://e.org")]),
        ("[Graph](https://e.org)", [("Graph", "https://e.org")]),
        ("[a](b) (c)](https://e.org/x_(y))", [("a](b) (c)", "https://e.org/x_(y)")]),
        (
            "[Graph](https://e.org)\nhttps://f.org",
            [("Graph", "https://e.org"), ("", "https://f.org")],
        ),
        ("[ ]()\nhttps://f.org", [("", "https://f.org")]),
    ],
)
def test_links_are_read_one_a_line(text: str, links: list[tuple[str, str]]) -> None:
    after = analysis.set_links(Postmortem(), "links", text)
    assert after.links == tuple(Link(title=title, target=target) for title, target in links)
    assert analysis.set_links(after, "links", analysis.links_text(after.links)) is after


def test_a_list_that_reads_the_same_gives_the_same_document() -> None:
    document = factors("a").revise(people=(Person(name="Ana"),))
    assert analysis.set_factors(document, "a", new_ids()) is document
    assert analysis.set_people(document, "Ana") is document
    assert analysis.set_lesson(document, "went_well", "") is document
