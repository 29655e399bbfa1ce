"""Breaking text into lines: nothing lost, nothing too wide, lists keep their indent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmtui.tui import wrapping
from pmtui.tui.wrapping import wrap

texts = st.text(st.sampled_from("ab 漢-*1.)\n"), max_size=120)


@given(texts, st.integers(2, 40))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(st.sampled_from("ab   -1.\x7f"), max_size=60), st.integers(1, 12))
def test_a_line_of_plain_letters_is_broken_like_any_other(text: str, width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "_broken_at_spaces", lambda line, width: [])
        slow = wrap(f"a{text}", width)
    assert wrap(f"a{text}", width) == slow


@given(st.integers(0, 6), st.sampled_from(["- ", "* ", "1. ", "> "]))
def test_a_list_goes_on_below_its_text(indent: int, mark: str) -> None:
    first, *others = wrap(f"{' ' * indent}{mark}{'word ' * 12}end", 30)
    assert first.startswith(f"{' ' * indent}{mark}word")
    assert others
    for line in others:
        assert len(line) - len(line.lstrip(" ")) == indent + len(mark)
