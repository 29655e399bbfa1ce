"""Answers that are kept as long as what they come from."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Postmortem
from pmtui.core.extent import began, extent
from pmtui.core.remembering import LONG, from_parts, of_text
from pmtui.core.timing import zero
from tests.strategies import documents


def test_the_answer_is_found_once_for_the_same_parts() -> None:
    asked = []

    @from_parts("timeline")
    def count(document: Postmortem) -> int:
        asked.append(document)
        return len(document.timeline)

    document = Postmortem()
    assert count(document) == count(document.revise(title="x")) == 0
    assert len(asked) == 1


def test_each_pattern_and_text_is_looked_at_once_and_long_texts_are_not_kept() -> None:
    asked = []

    @of_text
    def found(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        asked.append(text)
        return tuple(pattern.findall(text))

    letter, number = re.compile("[a-z]"), re.compile("[0-9]")
    for _ in range(2):
        assert found("a1", letter) == ("a",)
        assert found("a1", number) == ("1",)
        assert found("--", letter) == found("--", number) == ()
        assert found("-" * (LONG + 1), letter) == ()
    assert [text[:2] for text in asked] == ["a1", "a1", "--", "--", "--", "--"]


@given(st.lists(documents(), min_size=2, max_size=4))
def test_no_document_gets_the_answer_of_another(found: list[Postmortem]) -> None:
    for function in (began, extent, zero):
        plain = function.__wrapped__  # type: ignore[attr-defined]
        for document in [*found, *reversed(found)]:
            assert function(document) == plain(document)
