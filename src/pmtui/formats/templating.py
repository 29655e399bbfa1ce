"""Templates, and the filters with which they write Markdown.

What is wrong in a template is told by its name and line.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from math import inf
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, pass_context
from jinja2.runtime import Context

from pmtui.core.times import elapsed
from pmtui.errors import ExportError
from pmtui.formats import escape, prose, wording
from pmtui.formats.sandbox import Sandbox, concatenated, joined, limited, metered, replaced, written

_SUFFIX = ".md.j2"

_STANDARD_FILTERS = """
    abs capitalize count d default dictsort first float groupby int items last length list lower
    map max min reject rejectattr reverse round select selectattr sort title trim truncate
    unique upper
"""
"""The filters of Jinja2 that make nothing larger and look into nothing but the fields."""


class _Bundled(BaseLoader):
    """The templates that come with the program."""

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
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
    made = environment()
    try:
        # A bundled template ends; how large a document it is given is not its fault.
        with limited(inf if source is None else 1):
            if source is None:
                return made.get_template(name).render(values)
            code = made.compile(source, name, name)
            template = made.template_class.from_code(made, code, made.make_globals(None))
            return template.render(values)
    except TemplateNotFound as error:
        known = ", ".join(bundled())
        raise ExportError(
            f"there is no template “{error.name}”", remedy=f"choose one of {known}"
        ) from None
    except Exception as error:
        # A template may fail in any way that Python can; all of them are its author's.
        raise ExportError(
            _reason(error), where=_place(error, name), remedy="correct the template"
        ) from None


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template does not come to an end"
    said = str(error.message if isinstance(error, TemplateError) else error)
    return said.partition("\n")[0] or type(error).__name__


def _place(error: Exception, filename: str) -> str:
    """`file:line` of a syntax error, or of the innermost line of a template that failed."""
    line = getattr(error, "lineno", None)
    place = f"{filename}:{line}" if line else filename
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
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


@cache
def environment() -> Sandbox:
    """The one environment in which templates are compiled."""
    made = Sandbox(
        loader=_Bundled(),
        undefined=StrictUndefined,
        finalize=written,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters = {name: made.filters[name] for name in _STANDARD_FILTERS.split()} | {
        "_metered": metered,
        "_concatenated": concatenated,
        "join": joined,
        "replace": replaced,
        "inline": escape.inline,
        "phrase": escape.phrase,
        "cell": escape.cell,
        "listed": escape.listed,
        "item": escape.item,
        "block": prose.block,
        "led": prose.led,
        "indented": escape.indented,
        "apart": prose.apart,
        "clock": _time,
        "day": _day,
        "moment": _moment,
        "window": _window,
        "between": _between,
        "length_of": wording.length,
        "elapsed": elapsed,
        "iso": date.isoformat,
    }
    made.globals = {
        "range": made.globals["range"],
        "namespace": made.globals["namespace"],
        "link": escape.link,
        "image": escape.image,
    }
    return made
