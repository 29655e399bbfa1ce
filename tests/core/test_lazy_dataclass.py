"""The data classes that are made lazily do what those of the standard library do."""

import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core import lazy_dataclass

OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
)
_VALUES = st.one_of(st.integers(0, 2), st.text(max_size=1), st.tuples(st.floats()))


def _classes(make: Callable[..., Any], options: dict[str, Any]) -> Any:
    @make(**options)
    class Sample:
        """A sample."""

        one: Any
        two: Any = 2
        made: list[Any] = field(default_factory=list)
        apart: Any = field(default=0, compare=False, repr=False)
        later: Any = field(default="later", init=False)

        def doubled(self) -> Any:
            """A method."""
            return self.one * 2

    return Sample


PAIRS = [
    (_classes(lazy_dataclass.dataclass, options), _classes(dataclasses.dataclass, options))
    for options in OPTIONS
]


def _outcome(run: Callable[..., Any], *values: Any, **named: Any) -> Any:
    try:
        return run(*values, **named)
    except Exception as error:
        return type(error)


@given(
    st.sampled_from(PAIRS),
    st.lists(_VALUES, max_size=5),
    st.dictionaries(st.sampled_from(["one", "two", "apart", "later", "else"]), _VALUES, max_size=3),
)
def test_it_is_made_compared_and_shown_as_one_of_the_standard_library(
    pair: tuple[Any, Any], values: list[Any], named: dict[str, Any]
) -> None:
    lazy, stock = (_outcome(made, *values, **named) for made in pair)
    if isinstance(stock, type):
        assert lazy is stock
        return
    assert dataclasses.asdict(lazy) == dataclasses.asdict(stock)
    assert repr(lazy) == repr(stock)
    other = [_outcome(made, *values[:1], 2) for made in pair]
    assert (lazy == other[0]) == (stock == other[1])
    assert _outcome(hash, lazy) == _outcome(hash, stock)
    assert dataclasses.replace(lazy, one=5).one == dataclasses.replace(stock, one=5).one
    assert copy(lazy) == lazy
    assert lazy != stock


@pytest.mark.parametrize("pair", PAIRS)
def test_it_can_be_changed_only_where_one_of_the_standard_library_can(pair: Any) -> None:
    lazy, stock = (made(1) for made in pair)
    for change, *values in ((setattr, "one", 3), (setattr, "new", 3), (delattr, "one")):
        refused = [_outcome(change, each, *values) is not None for each in (lazy, stock)]
        assert refused[0] == refused[1], values


@lazy_dataclass.dataclass(frozen=True, slots=True)
class Kept:
    """A frozen value that can be found again by its name."""

    one: Any
    two: Any = ()


@lazy_dataclass.dataclass
class Counted:
    """A class that does something of its own when one is made."""

    one: int
    sum: int = field(init=False)

    def __post_init__(self) -> None:
        self.sum = self.one + 1


@lazy_dataclass.dataclass
class Further(Counted):
    """A class with a field more than its base."""

    two: int = 5


def test_it_is_pickled_and_copied() -> None:
    kept = Kept(1, [2])
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert deepcopy(kept) == kept


def test_fields_are_inherited_and_what_follows_on_making_is_done() -> None:
    further = Further(1, two=7)
    assert (further.one, further.sum, further.two) == (1, 2, 7)
    assert Further(1) != Counted(1)
    assert repr(Counted(1)) == "Counted(one=1, sum=2)"
    with pytest.raises(TypeError):
        hash(further)


_PLAIN = """
import sys
import pmtui.core.lazy_dataclass
loaded = "inspect" in sys.modules
import dataclasses, inspect
@dataclasses.dataclass
class Plain:
    x: int = 1
assert inspect.signature(Plain).parameters.keys() == {"x"}
print(loaded, Plain.__doc__)
"""


def test_data_classes_of_others_keep_the_docstring_that_the_standard_library_writes() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _PLAIN], capture_output=True, text=True, check=True
    ).stdout
    assert said == "False Plain(x: int = 1)\n"
