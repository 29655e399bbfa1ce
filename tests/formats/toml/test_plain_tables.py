"""The law of quick reading: it gives what tomllib gives, and refuses what tomllib refuses."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import toml
from pmtui.formats.toml import plain_tables
from tests import strategies

_TABLE = '[[timeline]]\nid = "a{}"\nat = 2024-05-22T14:05:00Z\ntext = "x"\n'
_MANY = "\n".join(_TABLE.format(n) for n in range(30))


def read(loads: Any, text: str) -> Any:
    """What a reader gives, or the class and the words of its refusal."""
    try:
        return repr(loads(text))
    except ValueError as error:
        return type(error), str(error)


_LINES = st.sampled_from(
    [
        *("[[timeline]]", "[[tasks]]", "[timeline]", "[timeline.more]", "[[timeline.more]]"),
        *('id = "a"', "at = 2024-05-22T14:05:00Z", "at = 2024-05-22T14:05:00.25+02:00"),
        *("at = 2024-02-30T14:05:00Z", "at = 2024-05-22T24:00:00Z", "at = 2024-05-22T14:05:60Z"),
        *("at = 2024-05-22 14:05:00", "at = 2024-05-22", "at = 2024-05-22T14:05:00-00:00"),
        *("about = true", "n = 0", "n = 007", "n = 12", "n = -1", "n = 1.5", "n = [1]", 'id = ""'),
        *('text = "a\\tb"', "text = 'a'", 'text = "#"', "# comment", "", "  ", 'text = "\u00e9\t"'),
        *('text = """', '"""', "'''", "text = '''", "\"a '''\"", "text = \"''' # \"", "x = [", "]"),
        *('timeline = "x"', "timeline = []", '"\ufffdrun" = 0', "id.x = 1", 'text = "\x01"'),
    ]
)


@given(
    st.lists(_LINES, max_size=6), st.integers(0, 2), st.lists(_LINES, max_size=6), st.integers(0, 9)
)
def test_it_reads_what_tomllib_reads_whatever_stands_around(
    before: list[str], runs: int, after: list[str], cut: int
) -> None:
    pieces = ["\n".join(before), *[_MANY] * runs, "\n".join(after), _MANY[cut * 7 :]]
    text = "\n".join(pieces) + "\n"
    assert read(plain_tables.loads, text) == read(tomllib.loads, text)


@given(st.lists(st.lists(_LINES, max_size=4).map("\n".join), max_size=3))
def test_it_reads_what_tomllib_reads_whatever_stands_between(lines: list[str]) -> None:
    text = f"\n{_MANY}\n".join(["title = 'x'", *lines, ""])
    assert read(plain_tables.loads, text) == read(tomllib.loads, text)


@given(st.lists(strategies.entries(), min_size=20, max_size=25))
def test_it_reads_every_timeline_that_this_program_writes(entries: list[Entry]) -> None:
    numbered = tuple(entry.revise(id=f"e{n}") for n, entry in enumerate(entries))
    text = toml.write(Postmortem(timeline=numbered)).decode()
    assert repr(plain_tables.loads(text)) == repr(tomllib.loads(text))


@pytest.mark.parametrize(
    ("text", "is_quick"),
    [
        (f"schema = 1\n\n{_MANY}", True),
        (f"{_MANY}\n[[tasks]]\nid = 'a'\n", True),
        (f"{_MANY}# more\n", True),
        (f'summary = """\n{_MANY}"""\n', False),
        (f"summary = '''\n{_MANY}'''\n", False),
        (f"{_MANY}[timeline.more]\nx = 1\n", False),
        (f"timeline = []\n{_MANY}", False),
        (_MANY + _TABLE + 'id = "twice"\n', False),
        (_MANY.replace("05-22", "02-30"), False),
    ],
)
def test_a_run_is_read_quickly_only_where_it_is_a_list_of_tables(
    text: str, is_quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = []
    stock = tomllib.loads

    def loads(given: str) -> dict[str, Any]:
        whole.append(given == text)
        return stock(given)

    monkeypatch.setattr(tomllib, "loads", loads)
    found = read(plain_tables.loads, text)
    assert any(whole) is not is_quick
    assert found == read(stock, text)
