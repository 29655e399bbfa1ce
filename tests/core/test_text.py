"""What a text may hold."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.text import find_control

CHARACTERS = [chr(number) for number in (*range(0x3000), *range(0xD7F0, 0xE010), 0x1F525)]


def is_refused(character: str) -> bool:
    return character not in "\t\n" and unicodedata.category(character) in ("Cc", "Cs")


def test_control_characters_and_lone_surrogates_are_found_and_nothing_else() -> None:
    for character in CHARACTERS:
        assert find_control(character) == (character if is_refused(character) else None)


@given(st.text(st.sampled_from(CHARACTERS), max_size=8))
def test_the_first_of_them_is_given(text: str) -> None:
    assert find_control(text) == next(filter(is_refused, text), None)
