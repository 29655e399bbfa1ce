"""Answers that are kept as long as the parts of the document that they come from stay the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from pmtui.core.document import Postmortem
from pmtui.core.touched import same_times

S = TypeVar("S")
T = TypeVar("T")
P = ParamSpec("P")

LONG = 16_384
"""Characters of a text above which no answers are kept: each would keep its text, too."""


def from_parts(*names: str) -> Callable[[Callable[[Postmortem], T]], Callable[[Postmortem], T]]:
    """A function of a document that looks at the parts `names` only, and remembers its last answer.

    The parts are frozen, so that the same objects give the same answer; a key typed elsewhere then
    costs the same in a timeline of any length.
    """

    def decorate(function: Callable[[Postmortem], T]) -> Callable[[Postmortem], T]:
        last: list[tuple[tuple[Any, ...], T]] = []

        @wraps(function)
        def remembered(document: Postmortem) -> T:
            parts = tuple(getattr(document, name) for name in names)
            for known, answer in last[:1]:
                if all(map(_is, known, parts)):
                    return answer
            answer = function(document)
            last[:] = [(parts, answer)]
            return answer

        return remembered

    return decorate


def from_times(function: Callable[[Postmortem], T]) -> Callable[[Postmortem], T]:
    """A function of the times in a document, their zone, and the kinds of what happened then.

    It remembers its last answer, also while the words of events change.
    """
    last: list[tuple[Postmortem, T]] = []

    @wraps(function)
    def remembered(document: Postmortem) -> T:
        known = last[:1]
        same = bool(known) and _same_times(known[0][0], document)
        answer = known[0][1] if same else function(document)
        last[:] = [(document, answer)]
        return answer

    return remembered


def of_object(function: Callable[[S], T]) -> Callable[[S], T]:
    """A function of an object that never changes; it remembers its last two answers."""
    last: list[tuple[S, T]] = []

    @wraps(function)
    def remembered(given: S) -> T:
        known = last[:]
        for each, answer in known:
            if each is given:
                return answer
        answer = function(given)
        last[:] = [(given, answer), *known[:1]]
        return answer

    return remembered


def of_text(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function of a text that remembers its `most` last answers, but for those of long texts."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        known: Callable[..., T] = lru_cache(maxsize=most)(function)

        @wraps(function)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
            for each in args:
                if isinstance(each, str) and len(each) > LONG:
                    return function(*args, **kwargs)
            return known(*args, **kwargs)

        return remembered

    return decorate


def _is(one: object, other: object) -> bool:
    return one is other


def _same_times(one: Postmortem, other: Postmortem) -> bool:
    alike = one.times is other.times and one.timezone == other.timezone
    return alike and same_times(one.timeline, other.timeline)
