"""Jinja2 for templates that come from anywhere: they see the document, and nothing else.

A template cannot reach files, Python or another document, and ends within limits of time and size,
whatever it does. What is wrong in it is told by its name and line.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from importlib import resources
from types import TracebackType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateError, TemplateNotFound, nodes
from jinja2.ext import Extension
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from jinja2.visitor import NodeTransformer
from pydantic import BaseModel

from pmtui.core import times
from pmtui.errors import ExportError
from pmtui.formats import escape, prose, wording

SECONDS = 5.0
"""How long a template may take."""

CHARACTERS = 16_000_000
"""How long what it writes may be."""

_BIGGEST_NUMBER = 10**15
_SUFFIX = ".md.j2"
_FOLDER = resources.files("pmtui.formats") / "templates"
_deadline: ContextVar[float] = ContextVar("deadline")
_LEFT_OUT = ("attr", "center", "format", "pprint", "xmlattr")
"""Filters of Jinja2 that make anything any size, or look into objects."""


class _Bundled(BaseLoader):
    """Templates of the package, also of one that is a zip file."""

    def get_source(
        self, environment: object, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source of the bundled template of this name."""
        file = _FOLDER / f"{template}{_SUFFIX}"
        if template not in bundled():
            raise TemplateNotFound(template)
        return file.read_text("utf-8"), f"{template}{_SUFFIX}", lambda: True


class _Metered(NodeTransformer):
    """Puts the clock into each loop, and the size into each joining of texts."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """The loop, with each of its rounds on the clock."""
        node = self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "metered", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """The joining `~`, as a filter that knows a limit."""
        node = self.generic_visit(node)
        pieces = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(pieces, "concatenated", [], [], None, None, lineno=node.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment whose templates read fields, loop, and write Markdown."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only the fields of a model: pydantic's methods read files and unpickle."""
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields and attr != "unknown"
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """No classes: their constructors and class methods are not a template's business."""
        return not isinstance(obj, type) and super().is_safe_callable(obj)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of `left operator right`, or SecurityError where it would be vast."""
        _check_time()
        if _size_of(operator, left, right) > CHARACTERS:
            raise SecurityError(f"the result of {operator} is too large")
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """What the call gives, within the time, with numbers and texts of a sensible size."""
        _check_time()
        for value in (*args, *kwargs.values()):
            if isinstance(value, int) and abs(value) > 100_000:
                raise SecurityError(f"{value} is too large a number here")
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str) and getattr(__obj, "__name__", "") in _SIZE_FREE:
            raise SecurityError(f"{__obj.__name__} is not for templates")
        return super().call(__context, __obj, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Metered().visit(super()._parse(source, name, filename))
