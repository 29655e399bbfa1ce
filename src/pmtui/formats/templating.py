"""Templates, and the filters with which they write Markdown.

What is wrong in a template is told by its name and line.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from importlib import resources
from math import inf
from pathlib import PurePath
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line
from pmtui.core.times import elapsed
from pmtui.errors import ExportError
from pmtui.formats import escape, prose, seals, wording
from pmtui.formats.sandbox import (
    Sandbox,
    concatenated,
    in_time,
    joined,
    limited,
    metered,
    replaced,
    written,
)

SUFFIX = ".md.j2"
"""How the name of a template's file ends."""

_STANDARD_FILTERS = """
    abs capitalize count d default dictsort first float groupby int items last length list lower
    map max min reject rejectattr reverse round select selectattr sort title trim truncate
    unique upper
"""
"""The filters of Jinja2 that make nothing larger and look into nothing but the fields."""


_LONGEST_PROSE = 100_000
"""Characters that prose may have if no text of the document has more."""

_SHARED = ("parts",)
"""Bundled files that templates import, and that are none themselves."""

_COMMENT = re.compile(r"\A\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_SENTENCE = re.compile(r".*?[.](?=\s|$)|.+", re.DOTALL)


@dataclass(frozen=True)
class Template:
    """A template that does not come with the program.

    `where` is what errors call it, `others` are the sources that it may include, by name.
    """

    name: str
    source: str
    where: str
    others: Mapping[str, str] = field(default_factory=dict)


class _Sources(BaseLoader):
    """The templates that come with the program, behind the `others` beside the one at `where`."""

    def __init__(self, others: Mapping[str, str] | None = None, where: str = "") -> None:
        self._others = others or {}
        self._where = PurePath(where)

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template and its file name."""
        if template in self._others:
            files = (template, f"{template}{SUFFIX}", f"{template}.j2")
            named = (name for name in files if name.endswith(".j2") and name in self._others)
            file = self._where.parent / next(named, template)
            return self._others[template], str(file), lambda: True
        return source_of(template), f"{template}{_suffix(template)}", lambda: True


@cache
def bundled() -> tuple[str, ...]:
    """The names of the templates that come with the program, in order."""
    files = (resources.files("pmtui.formats") / "templates").iterdir()
    return tuple(sorted(f.name.removesuffix(SUFFIX) for f in files if f.name.endswith(SUFFIX)))


def is_bundled(name: str) -> bool:
    """Whether a template, or a piece for templates, comes with the program under that name."""
    return name in (*bundled(), *_SHARED)


def source_of(name: str) -> str:
    """The source of a bundled template, or of the pieces that templates import.

    Raises:
        TemplateNotFound: There is none of that name.
    """
    if not is_bundled(name):
        raise TemplateNotFound(name)
    file = resources.files("pmtui.formats") / "templates" / f"{name}{_suffix(name)}"
    return file.read_text("utf-8")


def guide() -> str:
    """What a template can use, as Markdown for the people who write one."""
    return (resources.files("pmtui.formats") / "templates" / "guide.md").read_text("utf-8")


def _suffix(name: str) -> str:
    return ".j2" if name in _SHARED else SUFFIX


def purpose(source: str) -> str:
    """What a template says it is for: the first sentence of the comment that it begins with."""
    comment = _COMMENT.match(source)
    sentence = _SENTENCE.match(comment[1]) if comment else None
    return one_line(sentence.group()) if sentence else ""


def render(template: str | Template, values: Mapping[str, Any]) -> str:
    """What a template, or the bundled one of that name, makes of `values`, `document` among them.

    Raises:
        ExportError: There is no such template, it fails, or goes beyond its limits; `where` is its
            file and line.
    """
    if isinstance(template, str):
        # A bundled template ends; how large a document it is given is not its fault.
        return _rendered(environment(), template, None, values, inf)
    made = environment()
    if template.others:
        made = made.overlay(loader=_Sources(template.others, template.where))
    return _rendered(made, template.where, template.source, values, 1)


def render_source(source: str, values: Mapping[str, Any], name: str = "template") -> str:
    """What the template text `source`, called `name` in errors, makes of `values`.

    Raises:
        ExportError: It is no template, fails, or goes beyond its limits.
    """
    return render(Template(name, source, name), values)


def _rendered(
    made: Sandbox, name: str, source: str | None, values: Mapping[str, Any], share: float
) -> str:
    try:
        with limited(share):
            if source is None:
                return made.get_template(name).render(values)
            code = made.compile(source, name, name)
            template = made.template_class.from_code(made, code, made.make_globals(None))
            return template.render(values)
    except TemplateNotFound as error:
        if source is None and error.name == name:
            raise unknown(name, bundled()) from None
        raise ExportError(
            f"it includes “{error.name}”, which is not there",
            where=_place(error, name),
            remedy="put that file beside it, or name another",
        ) from None
    except Exception as error:
        # A template may fail in any way that Python can; all of them are its author's.
        raise ExportError(
            _reason(error), where=_place(error, name), remedy="correct the template"
        ) from None


def unknown(name: str, known: Iterable[str]) -> ExportError:
    """The error for a template that does not exist, with those that do."""
    remedy = f"choose one of {', '.join(known)}"
    return ExportError(f"there is no template “{name}”", remedy=remedy)


def _no_field(found: re.Match[str]) -> str:
    part = found[1].lower()
    return f"there is no field “{found[2]}” in {'an' if part[0] in 'aei' else 'a'} {part}"


def _off_limits(found: re.Match[str]) -> str:
    return f"“{found[1]}” of a {found[2]} is nothing that a template may use"


_PLAINLY = (
    (re.compile(r"'pmtui\.[\w.]*\.(\w+) object' has no attribute '(.*)'"), _no_field),
    (re.compile(r"access to attribute '(.*)' of '(.*)' object is unsafe"), _off_limits),
)
"""What Jinja2 says in terms of Python, and the same in those of a template."""


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template is nested too deeply, or does not come to an end"
    said = str(error.message if isinstance(error, TemplateError) else error)
    said = said.partition("\n")[0].rstrip(".") or type(error).__name__
    for pattern, plainly in _PLAINLY:
        said = pattern.sub(plainly, said)
    return said


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
    return wording.clock_time(context["document"], at, _also(context))


@pass_context
def _day(context: Context, at: Any) -> str:
    return wording.day(context["document"], at)


@pass_context
def _moment(context: Context, at: Any) -> str:
    return wording.moment(context["document"], at, _also(context))


@pass_context
def _window(context: Context, entry: Any) -> str:
    return wording.window(context["document"], entry, _also(context))


@pass_context
def _stamp(context: Context, entry: Any) -> str:
    document, only = context["document"], context.get("only_label")
    only = wording.only_label(document) if only is None else only
    return wording.stamp(document, entry, _also(context), only)


def _also(context: Context) -> tuple[str, ...]:
    zones: tuple[str, ...] = context.get("also", ())
    return zones


def _stacked(pieces: Iterable[Any]) -> str:
    return concatenated([prose.stacked(str(written(piece)) for piece in metered(pieces))])


@pass_context
def _block(context: Context, text: str, level: int = 2) -> str:
    _check_prose(context, text)
    return prose.block(text, level)


@pass_context
def _opening(context: Context, text: str) -> str:
    _check_prose(context, text)
    return prose.opening(text)


@pass_context
def _sealed(context: Context, text: str) -> str:
    _check_prose(context, text)
    return seals.sealed(text)


def _check_prose(context: Context, text: str) -> None:
    """Refuses prose of the template's own making that would take longer to read than it may.

    Raises:
        SecurityError: It is vast, or the time is over.
    """
    in_time()
    if len(text) > _LONGEST_PROSE and len(text) > _longest(context["document"].as_dict()):
        raise SecurityError(f"prose has more than {_LONGEST_PROSE:,} characters")


def _longest(value: Any) -> int:
    """The length of the longest text in a document."""
    if isinstance(value, dict):
        return max(map(_longest, value.values()), default=0)
    if isinstance(value, list | tuple):
        return max(map(_longest, value), default=0)
    return len(value) if isinstance(value, str) else 0


@pass_context
def _between(context: Context, span: Any) -> str:
    return wording.between(context["document"], span)


@cache
def environment() -> Sandbox:
    """The one environment in which templates are compiled."""
    made = Sandbox(
        loader=_Sources(),
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
        "strikes": escape.strikes,
        "block": _block,
        "led": prose.led,
        "sealed": _sealed,
        "opening": _opening,
        "indented": escape.indented,
        "apart": prose.apart,
        "clock": _time,
        "day": _day,
        "moment": _moment,
        "window": _window,
        "stamp": _stamp,
        "stacked": _stacked,
        "piped": escape.piped,
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
