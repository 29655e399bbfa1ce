"""The law of the quick check: what it lets through, pydantic lets through as the same."""

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmtui.core import document
from pmtui.core.document import Entry, Impact, Part, Postmortem, Refused, Section, Table, Task
from pmtui.core.verdict import verdict
from pmtui.errors import EditError
from tests import strategies

MODELS = [each for each in vars(document).values() if isinstance(each, type)]
FIELDS = [
    (model, name)
    for model in MODELS
    if issubclass(model, Part) and model is not Part
    for name in model.FIELDS
]


class Word(str):
    """A text of a class of its own."""

    __slots__ = ()


_HOSTILE = st.sampled_from(
    [
        *(None, True, False, 0, 1, 6, 7, -1, 2**53, 10**400, 0.0, -0.0, 50.5, 100, 100.1),
        *(float("inf"), float("-inf"), float("nan"), 2.0, "", "2", "true", "draft", "note", "open"),
        *("a\r\nb", "a\x85b", "a\nb", "a\x07b", "a\ud800b", "\u2028", "a\tb", "\u00a0", "x" * 41),
        *("UTC", "Nowhere/Land", "+02:00", "IST", "2024-05-22", "2024-05-22T14:05:00Z", b"bytes"),
        *(
            "id\n",
            "i d",
            "\u0663",
            Word("note"),
            Word("x"),
            [],
            {},
            set(),
            (),
            ("a",),
            ("a\nb", "c"),
        ),
        *((("a", 1),), (("a", 1, 2),), (("a\ud800", 1),), (Table(),), Table([("a", Table())])),
        *((Entry(id="a"),), (Entry(id="a"), None), Impact(), Impact(percent=1), {"percent": 1}),
        *(date(2024, 5, 22), time(14, 5), datetime(2024, 5, 22), datetime(2024, 5, 22, fold=1)),
        datetime(2024, 5, 22, tzinfo=UTC),
        datetime(2024, 5, 22, tzinfo=timezone(timedelta(hours=2))),
        datetime(2024, 5, 22, tzinfo=timezone(timedelta(seconds=1))),
        datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
        datetime(1850, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")),
    ]
)
_VALUES = st.one_of(
    _HOSTILE,
    st.lists(_HOSTILE, max_size=3).map(tuple),
    st.text(max_size=4),
    st.integers(),
    st.floats(),
    strategies.moments(),
    strategies.unknown_values(),
)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type; a NaN is itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime):
        return repr(one) == repr(other)
    return one is other or bool(one == other)


@given(st.sampled_from(FIELDS), _VALUES, st.booleans())
@example((Section, "level"), True, True)
@example((Impact, "percent"), 70, True)
@example((Task, "due"), datetime(2024, 5, 22), True)
@example((Postmortem, "unknown"), (("a\ud800", 1),), True)
def test_what_the_quick_check_lets_through_pydantic_lets_through_as_the_same(
    field: tuple[type[Part], str], value: Any, strict: bool
) -> None:
    model, name = field
    try:
        quick = model._checks[name](value)
    except ValueError:
        return
    needed = {each: "a" for each in model.FIELDS if each not in model.DEFAULTS}
    assert same(quick, verdict(model, needed | {name: value}, strict=strict)[name])


@given(strategies.documents())
def test_every_part_that_is_written_by_this_program_passes_the_quick_check(
    whole: Postmortem,
) -> None:
    parts = [whole, whole.times, whole.impact, whole.lessons]
    parts += [item for _, value in whole.items() if type(value) is tuple for item in value]
    for part in parts:
        if isinstance(part, Part):
            for name, value in part.items():
                assert same(part._checks[name](value), value)


@given(strategies.documents())
def test_a_part_is_equal_to_its_copies_and_hashes_the_same(whole: Postmortem) -> None:
    copies = (whole.but(), whole.revise(), Postmortem(**dict(whole.items())), copy.deepcopy(whole))
    for each in (*copies, pickle.loads(pickle.dumps(whole))):
        assert each == whole
        assert hash(each) == hash(whole)
        assert repr(each) == repr(whole)
    assert whole.revise(title="another").timeline is whole.timeline


def test_parts_of_two_classes_are_not_equal_whatever_they_hold() -> None:
    assert document.Factor(id="a") != document.Measure(id="a")
    assert Entry(id="a") != "a"


def test_a_part_cannot_be_changed_in_place() -> None:
    entry = Entry(id="a")
    with pytest.raises(AttributeError, match="frozen"):
        entry.text = "x"
    with pytest.raises(AttributeError, match="frozen"):
        del entry.text
    with pytest.raises(AttributeError):
        entry.other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("model", "values", "location"),
    [
        (Entry, {}, ("id",)),
        (Entry, {"id": "a", "other": 1}, ("other",)),
        (Entry, {"id": "a b"}, ("id",)),
        (Entry, {"id": "a", "at": "2024-05-22T14:05:00Z"}, ("at",)),
        (Postmortem, {"timeline": ({"text": "a"},)}, ("timeline", 0, "id")),
        (Postmortem, {"timeline": (5,)}, ("timeline", 0)),
        (Postmortem, {"tags": ("a", 5)}, ("tags", 1)),
    ],
)
def test_what_is_read_is_refused_with_the_place_of_the_value(
    model: type[Part], values: dict[str, Any], location: tuple[Any, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        model.read(values)
    assert refused.value.errors[0]["loc"] == location


def test_what_can_be_converted_is_where_a_program_makes_a_part() -> None:
    made = Postmortem(timeline=[{"id": "a", "at": "2024-05-22T14:05:00+02:00"}], impact={})
    at = datetime(2024, 5, 22, 14, 5, tzinfo=timezone(timedelta(hours=2)))
    assert made == Postmortem(timeline=(Entry(id="a", at=at),), impact=Impact())
    assert type(made.timeline[0]) is Entry


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "a\nb"}, "title: must be one line"),
        ({"summary": "a\x07"}, "summary: holds the control character U+0007"),
        ({"timezone": "Nowhere/Land"}, "timezone: Nowhere/Land is not a time zone; "),
        ({"tags": ("a", 5)}, "tags.1: Input should be a valid string"),
        ({"other": 1}, "other: Extra inputs are not permitted"),
    ],
)
def test_a_change_is_refused_with_the_name_of_its_field(changes: Any, told: str) -> None:
    with pytest.raises(EditError) as refused:
        Postmortem().revise(**changes)
    assert str(refused.value).startswith(told)


def test_a_change_of_one_field_asks_for_no_other() -> None:
    assert Entry(id="a").revise(text=Word("b\r\nc")) == Entry(id="a", text="b\nc")
