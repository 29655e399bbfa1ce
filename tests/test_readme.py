"""The README's tables come from the program itself."""

from tests.readme import README, with_tables


def test_the_tables_are_those_of_the_program() -> None:
    """If this fails: `python -m tests.readme` writes them anew."""
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text
