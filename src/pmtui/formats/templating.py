"""Jinja2 for templates that come from anywhere: they see the document, and nothing else.

A template cannot reach files, Python or another document, and whatever it does it ends within limits
of time and size. What is wrong in it is told by its name and line.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from jinja2.visitor import NodeTransformer
from pydantic import BaseModel

from pmtui.core.times import elapsed
from pmtui.errors import ExportError
from pmtui.formats import escape, prose, wording

SECONDS = 5.0
"""How long a template may take."""

ROUNDS = 2_000_000
"""How many rounds all its loops may make together."""

CHARACTERS = 32_000_000
"""How many characters it may write, those of texts on the way included."""

_SUFFIX = ".md.j2"
_MOST_DIGITS = 1000

_budget: ContextVar["_Budget"] = ContextVar("budget")


class _Budget:
    """What is left to one rendering."""

    def __init__(self) -> None:
        self._end = time.monotonic() + SECONDS
        self._rounds = ROUNDS
        self._characters = CHARACTERS

    def spend(self) -> None:
        """One step of a loop, one call, one piece of the output.

        Raises:
            SecurityError: There is nothing left.
        """
        self._rounds -= 1
        if self._rounds < 0 or (self._rounds % 64 == 0 and time.monotonic() > self._end):
            raise SecurityError("the template does not come to an end")

    def write(self, size: int) -> None:
        """So many characters of a text.

        Raises:
            SecurityError: There is no room left.
        """
        self._characters -= size
        if self._characters < 0:
            raise SecurityError(f"the template writes more than {CHARACTERS:,} characters")


def _metered(values: Iterable[Any]) -> Iterator[Any]:
    budget = _budget.get()
    for value in values:
        budget.spend()
        yield value


def _concatenated(pieces: Iterable[Any]) -> str:
    """The pieces as one text: what Jinja2 puts together by `~`, in a macro, or as the output."""
    budget = _budget.get()
    texts = []
    for piece in pieces:
        budget.spend()
        texts.append(str(piece))
        budget.write(len(texts[-1]))
    return "".join(texts)


def _joined(values: Iterable[Any], between: str = "") -> str:
    texts = [str(value) for value in values]
    _budget.get().write(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def _replaced(text: str, old: str, new: str) -> str:
    _budget.get().write(len(text) + (text.count(old) * len(new)))
    return text.replace(old, new)


def _size_of_product(left: Any, right: Any) -> int:
    sizes = [len(value) for value in (left, right) if hasattr(value, "__len__")]
    factors = [abs(value) for value in (left, right) if isinstance(value, int)]
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

_TEXT_METHODS = frozenset(
    "capitalize casefold count endswith find isalnum isalpha isdigit isnumeric isspace istitle"
    " isupper islower lower lstrip partition removeprefix removesuffix rpartition rsplit rstrip"
    " split splitlines startswith strip swapcase title upper".split()
)
"""The methods of texts that make nothing longer."""

_STANDARD_FILTERS = (
    "abs capitalize count d default dictsort first float groupby int items last length list lower"
    " map max min reject rejectattr reverse round select selectattr sort string title trim truncate"
    " unique upper".split()
)
"""The filters of Jinja2 that make nothing larger and look into nothing but the fields."""


class _Metering(NodeTransformer):
    """Puts a meter into each loop and each joining of texts."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """The loop, its rounds counted."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_metered")
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
    concat = staticmethod(_concatenated)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only the fields of a model, whose methods read files, and what keeps a text its size."""
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields and attr != "unknown"
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


class _Bundled(BaseLoader):
    """The templates that come with the program."""

    def get_source(
        self, environment: object, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source of a bundled template and its file name."""
        if template not in bundled():
            raise TemplateNotFound(template)
        file = resources.files("pmtui.formats") / "templates" / f"{template}{_SUFFIX}"
        return file.read_text("utf-8"), file.name, lambda: True


@cache
def bundled() -> tuple[str, ...]:
    """The names of the templates that come with the program, in order."""
    files = (resources.files("pmtui.formats") / "templates").iterdir()
    return tuple(sorted(f.name.removesuffix(_SUFFIX) for f in files if f.name.endswith(_SUFFIX)))


def render(name: str, values: Mapping[str, Any]) -> str:
    """What the bundled template `name` makes of `values`, of which `document` is one.

    Raises:
        ExportError: There is no such template, or it fails; `where` is its file and line.
    """
    return _rendered(name, None, values)


def render_source(source: str, values: Mapping[str, Any], name: str = "template") -> str:
    """What the template text `source`, called `name` in errors, makes of `values`.

    Raises:
        ExportError: It is no template, fails, or goes beyond its limits.
    """
    return _rendered(name, source, values)


def _rendered(name: str, source: str | None, values: Mapping[str, Any]) -> str:
    token = _budget.set(_Budget())
    filename = name
    try:
        if source is None:
            template = environment().get_template(name)
            filename = f"{name}{_SUFFIX}"
        else:
            code = environment().compile(source, name, name)
            template = environment().template_class.from_code(
                environment(), code, environment().make_globals(None)
            )
        return template.render(values)
    except TemplateNotFound as error:
        known = ", ".join(bundled())
        raise ExportError(
            f"there is no template “{error.name}”", remedy=f"choose one of {known}"
        ) from None
    except Exception as error:
        # A template may fail in any way that Python can; all of them are its author's.
        raise ExportError(
            _reason(error), where=_place(error, filename), remedy="correct the template"
        ) from None
    finally:
        _budget.reset(token)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template does not come to an end"
    said = str(error.message if isinstance(error, TemplateError) else error)
    return said.partition("\n")[0] or type(error).__name__


def _place(error: Exception, filename: str) -> str:
    """`file:line` of what failed: where a syntax error is, else the innermost line of a template."""
    place = f"{filename}:{error.lineno}" if hasattr(error, "lineno") else filename
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_template__" in trace.tb_frame.f_globals:
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@pass_context
def _time(context: Context, at: Any) -> str:
    return wording.clock_time(context["document"], at)


@pass_context
def _day(context: Context, at: Any) -> str:
    return wording.day(context["document"], at)


@pass_context
def _moment(context: Context, at: Any) -> str:
    return wording.moment(context["document"], at)


@pass_context
def _window(context: Context, entry: Any) -> str:
    return wording.window(context["document"], entry)


@pass_context
def _between(context: Context, span: Any) -> str:
    return wording.between(context["document"], span)


def _iso(day: date) -> str:
    return day.isoformat()


def _elapsed(length: timedelta) -> str:
    return elapsed(length)


@cache
def environment() -> Sandbox:
    """The one environment in which templates are compiled."""
    made = Sandbox(
        loader=_Bundled(),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters = {name: made.filters[name] for name in _STANDARD_FILTERS} | {
        "_metered": _metered,
        "_concatenated": _concatenated,
        "join": _joined,
        "replace": _replaced,
        "inline": escape.inline,
        "phrase": escape.phrase,
        "cell": escape.cell,
        "listed": escape.listed,
        "item": escape.item,
        "block": prose.block,
        "led": prose.led,
        "indented": prose.indented,
        "apart": prose.apart,
        "clock": _time,
        "day": _day,
        "moment": _moment,
        "window": _window,
        "between": _between,
        "length_of": wording.length,
        "elapsed": _elapsed,
        "iso": _iso,
    }
    made.globals = {
        "range": made.globals["range"],
        "namespace": made.globals["namespace"],
        "link": escape.link,
        "image": escape.image,
    }
    return made
