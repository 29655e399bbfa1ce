"""Seals keep prose apart from what is ours: they do not show, and come off again."""

import pytest
from hypothesis import given

from pmtui.formats.seals import SEPARATOR, UNTITLED, sealed, unsealed
from tests.formats.gfm import html_of
from tests.strategies import prose

LEADS = ["**Detection**: x", "- **Started**: x", "a\n\n**Root Cause**: b", "**Impact**:"]


@given(prose())
def test_a_seal_comes_off_again(text: str) -> None:
    assert unsealed(sealed(text)) == text


@given(prose())
def test_a_seal_does_not_show(text: str) -> None:
    without_comments = html_of(text.replace(SEPARATOR, "").replace(UNTITLED, ""))
    assert html_of(_bare(sealed(text))) == without_comments


def _bare(text: str) -> str:
    for comment in (SEPARATOR, UNTITLED):
        text = text.replace(comment.replace("-->", " -->"), "").replace(comment, "")
    return text


@pytest.mark.parametrize("text", LEADS)
def test_a_lead_of_ours_is_sealed(text: str) -> None:
    assert sealed(text) != text


@pytest.mark.parametrize("text", [f"```\n{text}\n```" for text in LEADS])
def test_code_is_left_alone(text: str) -> None:
    assert sealed(text) == text


@pytest.mark.parametrize("comment", [SEPARATOR, UNTITLED, "<!--  -->"])
def test_a_comment_that_parts_is_sealed_each_time(comment: str) -> None:
    assert sealed(comment) != comment
    assert unsealed(sealed(sealed(comment))) == sealed(comment)
