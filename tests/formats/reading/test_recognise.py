"""A pasted text is told to be a whole postmortem, or a few lines of one."""

import pytest
from hypothesis import given

from pmtui.formats.markdown import render
from pmtui.formats.reading.recognise import is_document
from tests.formats.test_markdown import FULL
from tests.strategies import texts

DOCUMENTS = (
    "# Outage\n\n## Timeline\n\n- 14:00 Down\n",
    "Outage\n======\n\nRoot cause\n----------\nA bug.\n",
    "**Summary**\nIt broke.\n\n**Root cause**\nA bug.\n",
    "Outage of the shop\n\nSummary:\nIt broke.\n\nTimeline:\n14:00 down\n14:30 up\n",
    "<html><body><p>Outage</p></body></html>",
    "## Wednesday\n14:00 down\n## Thursday\n9:00 up\n",
)
LINES = (
    "",
    "14:00 down",
    "\n".join(f"14:{minute:02} event {minute}" for minute in range(60)),
    "- [ ] Patch it @ana\n- [x] Test restores\n* freeze",
    "# one comment\n14:00 down\n14:05 up",
    "We saw errors.\n\nThen we fixed it.",
    "Detected\nResolved",
    "14:00 [ana] down\n14:05 **up** again\n",
)


@pytest.mark.parametrize("text", [*DOCUMENTS, render(FULL)])
def test_a_document_is_one(text: str) -> None:
    assert is_document(text)


@pytest.mark.parametrize("text", LINES)
def test_lines_are_none(text: str) -> None:
    assert not is_document(text)


@given(texts(20))
def test_any_text_is_judged(text: str) -> None:
    assert is_document(text) in (True, False)
