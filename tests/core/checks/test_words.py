"""Words count where a reader would take them as said: whole, by the writer, and not denied."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.checks.words import asserted, matches, phrases, spoken

LOSS = phrases(("data loss", "lost data", "fail*"))


@pytest.mark.parametrize(
    "text",
    [
        "There was data loss.",
        "Data\nloss in two regions",
        "not only that: data loss",
        "It was no drill, but data loss it was",
        "it failed",
        "He said “all is well”, yet we saw data loss",
        "We didn't wait. Data loss followed.",
    ],
)
def test_said(text: str) -> None:
    assert asserted(text, LOSS)


@pytest.mark.parametrize(
    "text",
    [
        "There was no data loss.",
        "without any data loss",
        "We did not see data loss",
        "There wasn't any data loss",
        "no customer data loss",
        "Data loss was prevented by the replica",
        "the risk of data loss",
        "neither downtime nor data loss",
        "metadata losses",
        "unfailing",
        "`lost data` is the name of the log line",
        "```\nlost data\n```",
        "> there is data loss",
        "She wrote “data loss?” in the channel",
        "the alert 'data loss' is new",
        "14:05 bob: we have data loss here",
        "<bob> data loss!",
        "https://graphs.example/data-loss/lost data".replace(" ", "%20"),
    ],
)
def test_not_said(text: str) -> None:
    assert not asserted(text, LOSS)


def test_an_apostrophe_opens_no_quotation() -> None:
    assert spoken("Ana's host failed and Bob's didn't", LOSS)


def test_a_denied_word_is_still_spoken() -> None:
    assert spoken("no data loss", LOSS) == ((3, 12),)


def test_no_words_are_never_found() -> None:
    assert not spoken("anything", phrases(()))
    assert not spoken("* anything", phrases(("*", " ")))


@given(st.lists(st.sampled_from(["ab", "b", " ", "abc" * 9, "x" * 30, "\n"])).map("".join))
def test_a_long_text_is_searched_in_pieces_and_nothing_is_missed(text: str) -> None:
    pattern = re.compile(r"(?<!\w)(?:ab)+|^b|c{1,8}$|x{3,9}(?!\w)", re.MULTILINE)
    found = [match.span() for match in matches(pattern, text, longest=10)]
    assert found == [match.span() for match in pattern.finditer(text)]
