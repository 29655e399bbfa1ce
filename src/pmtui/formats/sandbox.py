"""A Jinja2 environment for templates that come from anywhere.

A template sees the fields of what it is given and nothing else: no files, no Python. Whatever it
does ends within limits of time and size.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any, cast

from jinja2 import Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from pmtui.core.document import Part

SECONDS = 5.0
"""How long a template may take."""

ROUNDS = 2_000_000
"""How many rounds all its loops may make together."""

CHARACTERS = 32_000_000
"""How many characters it may write, those of texts on the way included."""

_MOST_DIGITS = 1000
_ENDLESS = "the template does not come to an end"

_budget: ContextVar["_Budget"] = ContextVar("budget")


class _Budget:
    """What is left to one rendering."""

    def __init__(self, share: float) -> None:
        self._end = time.monotonic() + SECONDS * share
        self._rounds = ROUNDS * share
        self._characters = CHARACTERS * share

    def spend(self) -> None:
        """One step of a loop, one call, one piece of the output.

        Raises:
            SecurityError: There is nothing left.
        """
        self._rounds -= 1
        if self._rounds < 0:
            raise SecurityError(_ENDLESS)
        if self._rounds % 64 == 0:
            self.check_time()

    def check_time(self) -> None:
        """Nothing while there is time.

        Raises:
            SecurityError: There is none left.
        """
        if time.monotonic() > self._end:
            raise SecurityError(_ENDLESS)

    def write(self, size: int) -> None:
        """So many characters of a text.

        Raises:
            SecurityError: There is no room left.
        """
        self._characters -= size
        if self._characters < 0:
            raise SecurityError(f"the template writes more than {CHARACTERS:,} characters")


@contextmanager
def limited(share: float = 1) -> Iterator[None]:
    """What is rendered inside has one budget of time, rounds and characters, `share` times it."""
    token = _budget.set(_Budget(share))
    try:
        yield
    finally:
        _budget.reset(token)


def in_time() -> None:
    """What a slow filter asks before it begins.

    Raises:
        SecurityError: The time of the template is over.
    """
    _budget.get().check_time()


def written(value: Any) -> Any:
    """`value`, if it has a text.

    Raises:
        SecurityError: It is a list or a part of the document: what Python makes of these nobody
            wants to read, and it may have any length.
    """
    if not isinstance(value, (str, int, float, date, timedelta, Undefined)):
        raise SecurityError(f"a {type(value).__name__} has no text; loop over it, or name a field")
    return value


def metered(values: Iterable[Any]) -> Iterator[Any]:
    """The values, each of which costs a round."""
    budget = _budget.get()
    for value in values:
        budget.spend()
        yield value


def concatenated(pieces: Iterable[Any]) -> str:
    """The pieces as one text: what Jinja2 puts together by `~`, in a macro, or as the output."""
    budget = _budget.get()
    texts = []
    for piece in pieces:
        budget.spend()
        texts.append(str(written(piece)))
        budget.write(len(texts[-1]))
    return "".join(texts)


def joined(values: Iterable[Any], between: str = "") -> str:
    """The values as one text."""
    texts = [str(written(value)) for value in values]
    _budget.get().write(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def replaced(text: str, old: str, new: str) -> str:
    """`text` with `new` for each `old`."""
    _budget.get().write(len(text) + (text.count(old) * len(new)))
    return text.replace(old, new)


def _size_of_product(left: Any, right: Any) -> int:
    factors = [abs(value) for value in (left, right) if isinstance(value, int)]
    sizes = [len(value) for value in (left, right) if hasattr(value, "__len__")]
    if sizes and factors:
        return sizes[0] * factors[0]
    return sum(factor.bit_length() for factor in factors)


def _size_of_power(left: Any, right: Any) -> int:
    return CHARACTERS + 1 if max(abs(left), abs(right)) > _MOST_DIGITS else 0


def _size_of_sum(left: Any, right: Any) -> int:
    return sum(len(value) for value in (left, right) if hasattr(value, "__len__"))


def _size_of_remainder(left: Any, right: Any) -> int:
    # On a text it is formatting, and "%999999999d" is as short as it is vast.
    return CHARACTERS + 1 if isinstance(left, str) else 0


_SIZES: dict[str, Callable[[Any, Any], int]] = {
    "*": _size_of_product,
    "**": _size_of_power,
    "+": _size_of_sum,
    "%": _size_of_remainder,
}
"""How large what an operator gives may be, known before it does."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT_METHODS = _words(
    """
    capitalize casefold count endswith find isalnum isalpha isdigit isnumeric isspace istitle
    isupper islower lower lstrip partition removeprefix removesuffix rpartition rsplit rstrip
    split splitlines startswith strip swapcase title upper
    """
)
"""The methods of texts that make nothing longer."""


class _Metering(NodeTransformer):
    """Puts a meter into each loop and each joining of texts."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """The loop, its rounds counted."""
        self.generic_visit(node)
        node.iter = _filtered(cast(nodes.Expr, node.iter), "_metered")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """`a ~ b`, within the limit."""
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "_concatenated")


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment whose templates read fields, loop, and write Markdown."""

    intercepted_binops = frozenset(_SIZES)
    concat = staticmethod(concatenated)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only the fields of a part, not its methods, and what keeps a text its size."""
        if isinstance(obj, Part):
            return attr in type(obj).FIELDS and attr != "unknown"
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        return not isinstance(obj, type) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What the operator gives, unless that would be vast."""
        _budget.get().write(_SIZES[operator](left, right))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """What the call gives; it counts as a round, so that a recursion ends too."""
        _budget.get().spend()
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:
        """None: `format` pads to any width, and is refused like every other method of texts."""
        return

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Metering().visit(super()._parse(source, name, filename))
        return parsed
