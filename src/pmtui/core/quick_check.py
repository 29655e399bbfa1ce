"""A quick check of values against annotations, which settles what is usual and nothing else.

It gives the normal form of a value that is surely sound; of any other it cannot say, and the
verdict is pydantic's (see `verdict`), whose import takes longer than the start of a command may.
"""

from collections.abc import Callable
from operator import is_
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

Check = Callable[[Any], Any]
"""Gives a value in its normal form, and raises ValueError where it cannot say."""

_EXACT = 2**53
"""Whole numbers below this are the same as floating-point numbers."""


def check_of(annotation: Any) -> Check:
    """The check of a field with that annotation."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _ruled(check_of(inner[0]), [rule.check for rule in inner[1:]])
    if origin is Literal:
        return _one_of(frozenset(inner))
    if origin in (Union, UnionType):
        (other,) = (one for one in inner if one is not type(None))
        return _optional(check_of(other))
    if origin is tuple:
        return _list_of(inner[0]) if inner[1:] == (...,) else _row(tuple(map(check_of, inner)))
    return _PLAIN.get(annotation) or _exactly(annotation)


def _unsure() -> ValueError:
    return ValueError("the quick check cannot say")


def _ruled(check: Check, rules: list[Check]) -> Check:
    if len(rules) == 1:
        (rule,) = rules
        return lambda value: rule(check(value))

    def ruled(value: Any) -> Any:
        value = check(value)
        for rule in rules:
            value = rule(value)
        return value

    return ruled


def _one_of(words: frozenset[str]) -> Check:
    def one_of(value: Any) -> Any:
        if type(value) is str and value in words:
            return value
        raise _unsure()

    return one_of


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _list_of(annotation: Any) -> Check:
    if isinstance(annotation, type):
        return _items_of(annotation)
    check = check_of(annotation)

    def each(value: Any) -> Any:
        if type(value) is not tuple:
            raise _unsure()
        checked = tuple(map(check, value))
        return value if all(map(is_, checked, value)) else checked

    return each


def _items_of(kind: type) -> Check:
    """The check of a list of parts, quick for a timeline of any length."""
    kinds = {kind}

    def items(value: Any) -> Any:
        if type(value) is tuple and kinds.issuperset(map(type, value)):
            return value
        raise _unsure()

    return items


def _row(checks: tuple[Check, ...]) -> Check:
    def row(value: Any) -> Any:
        if type(value) is not tuple or len(value) != len(checks):
            raise _unsure()
        for check, item in zip(checks, value, strict=True):
            if check(item) is not item:
                raise _unsure()
        return value

    return row


def _exactly(kind: type) -> Check:
    def exactly(value: Any) -> Any:
        if type(value) is kind:
            return value
        raise _unsure()

    return exactly


def _text(value: Any) -> Any:
    if type(value) is not str:
        raise _unsure()
    if not value.isascii():
        value.encode()  # A lone surrogate raises UnicodeEncodeError, a ValueError.
    return value


def _number(value: Any) -> Any:
    if type(value) is float:
        return value
    if type(value) is int and abs(value) < _EXACT:
        return float(value)
    raise _unsure()


_PLAIN: dict[Any, Check] = {Any: lambda value: value, float: _number, str: _text}
