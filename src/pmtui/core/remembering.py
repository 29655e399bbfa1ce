"""Answers that are kept as long as the parts of the document that they come from stay the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from pmtui.core.document import Postmortem
from pmtui.core.touched import same_times

S = TypeVar("S")
T = TypeVar("T")

LONG = 16_384
"""Characters of a text above which no answers are kept: each would keep its text, too."""

_MEANS, _TEXTS = 256, 65_536
"""How many patterns are known, and of how many texts what each finds in them."""


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


def of_text(function: Callable[..., tuple[T, ...]]) -> Callable[..., tuple[T, ...]]:
    """A function that finds things in a text, by means of a pattern it may be; it remembers them.

    Not of long texts. A pattern is known by its identity: to compare it would take longer.
    """
    known: dict[int, tuple[object, dict[str, tuple[T, ...]]]] = {}

    @wraps(function)
    def remembered(text: str, *means: object) -> tuple[T, ...]:
        thing = means[0] if means else None
        kept = known.get(id(thing))
        if kept is None:
            if len(known) >= _MEANS:
                known.clear()
            kept = known[id(thing)] = thing, {}
        answers = kept[1]
        if (answer := answers.get(text)) is not None:
            return answer
        answer = function(text, *means)
        if len(text) <= LONG:
            if len(answers) >= _TEXTS:
                answers.clear()
            answers[text] = answer
        return answer

    return remembered


def _is(one: object, other: object) -> bool:
    return one is other


def _same_times(one: Postmortem, other: Postmortem) -> bool:
    alike = one.times is other.times and one.timezone == other.timezone
    return alike and same_times(one.timeline, other.timeline)
