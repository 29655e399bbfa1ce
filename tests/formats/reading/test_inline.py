"""What a reader sees of a line of Markdown, with and without the parser."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmtui.formats.reading import inline

_PIECES = [
    *("**", "*", "_", "__", "`", "``", "!", "[", "](u_v_)", "~", "~~", "(", ")", "\\", "<", "&"),
    *("**b c**", "[t](u)", "[ `]` ](#z)", "**[k](l)**", "![i](j)"),
    *("a", "B1", "a_b", "`c**d`", " ", "\t", "\xa0", ".", "é", "①", "—", "\u0308", "https://x.y"),
]


@pytest.mark.skipif(not inline._IS_RELIABLE, reason="every line is parsed there")
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_what_is_read_without_the_parser_is_what_the_parser_reads(line: str) -> None:
    assume(inline.is_simple(line))
    assert inline._read_line(line) == inline._parsed(line)
