"""A template gives Markdown or a plain error, and can do nothing else."""

import time
from datetime import UTC, datetime

import pytest

from pmtui.core.document import Entry, Lessons, Postmortem
from pmtui.errors import ExportError
from pmtui.formats.markdown import view
from pmtui.formats.templating import Template, bundled, environment, render, render_source

DOCUMENT = Postmortem(
    title="Out*age",
    timezone="UTC",
    summary="# Big",
    unknown=(("extra", 1),),
    timeline=(Entry(id="a", at=datetime(2024, 5, 22, 14, 5, tzinfo=UTC), text="x"),),
)
VALUES = {"document": DOCUMENT}

WRITTEN = [
    ("{{ document.title | inline }}", r"Out\*age"),
    ("{{ document.summary | block }}", "### Big"),
    ("{{ document.timeline[0].at | clock }}", "14:05 UTC"),
    ("{{ document.timeline[0].at | moment }}", "Wed 22 May 2024 14:05 UTC"),
    ("{{ document.timeline[0] | window }}", "14:05 UTC"),
    ("{{ document.timeline | map(attribute='text') | join('; ') }}", "x"),
    ("{{ link('a', 'http://b') }}", "[a](http://b)"),
    ("{{ document.title.upper() ~ 1 }}", "OUT*AGE1"),
    ("{% for i in range(3) %}{{ loop.last }}{% endfor %}", "FalseFalseTrue"),
    ("{{ 'a' * 3 }}{{ 2 ** 3 }}{{ 7 % 4 }}{{ 'a' + 'b' }}", "aaa83ab"),
    ("{{ document.title | replace('*', '-') }}", "Out-age"),
]

REFUSED = [
    "{{ document.of({}) }}",
    "{{ document.but(title='x') }}",
    "{{ document.FIELDS }}",
    "{{ document.as_dict() }}",
    "{{ document.revise(title='x') }}",
    "{{ document.unknown }}",
    "{{ document.__class__ }}",
    "{{ document['__class__'] }}",
    "{{ link.__globals__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ '' | attr('__class__') }}",
    "{{ '{0.__class__}'.format(document) }}",
    "{{ document.timeline | map(attribute='__class__') | join }}",
    "{{ cycler }}",
    "{% include '/etc/passwd' %}",
    "{{ document }}",
    "{{ document.timeline }}",
    "{{ [1, 2] }}",
    "{{ document.timeline | map('inline') }}",
]

ENDLESS = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for e in document.timeline recursive %}{{ loop(document.timeline) }}{% endfor %}",
    "{{ 'a' * 10 ** 8 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ 'x'.ljust(10 ** 9) }}",
    "{{ 'x' | center(10 ** 9) }}",
    "{{ range(10 ** 9) | list | length }}",
    "{{ lipsum(n=10 ** 6) }}",
    "{% set n = namespace(s='aa') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    "{% set n = namespace(s='aa') %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
    "{% set n = namespace(s='aa') %}"
    "{% for i in range(60) %}{% set n.s %}{{ n.s }}{{ n.s }}{% endset %}{% endfor %}",
    "{% for i in range(99999) %}{{ 'aaaaaaaaaa' * 1000 }}{% endfor %}",
    "{{ 'a' * 10000000 | replace('a', 'b' * 10000) }}",
    "{{ " + "(" * 3000,
    "{{ ('# a\n' * 3000000) | block }}",
    "{{ ('<!--' * 3000000) | opening }}",
]

WRONG = [
    ("a\n{% if %}", "pm.md.j2:2", "Expected an expression"),
    ("a\n\n{{ document.nope }}", "pm.md.j2:3", "there is no field “nope” in a postmortem"),
    ("{{ document.impact.no }}", "pm.md.j2:1", "there is no field “no” in an impact"),
    ("{{ ''.__class__ }}", "pm.md.j2:1", "“__class__” of a str is nothing that a template may use"),
    ("{{ nope }}", "pm.md.j2:1", "'nope' is undefined"),
    ("a\n{{ 1 / 0 }}", "pm.md.j2:2", "division by zero"),
    ("{{ 1 | nope }}", "pm.md.j2:1", "No filter named 'nope'"),
    ("{{ document.title | day }}", "pm.md.j2:1", ""),
    ("{{ 'a' + 1 }}", "pm.md.j2:1", ""),
    ("{% macro m() %}\n{{ nope }}\n{% endmacro %}\n{{ m() }}", "pm.md.j2:2", "'nope' is undefined"),
]


@pytest.mark.parametrize(("source", "text"), WRITTEN)
def test_a_template_writes(source: str, text: str) -> None:
    assert render_source(source, VALUES) == text


@pytest.mark.parametrize("source", REFUSED)
def test_a_template_sees_nothing_but_fields(source: str) -> None:
    with pytest.raises(ExportError) as refused:
        render_source(source, VALUES)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("source", ENDLESS)
def test_a_template_comes_to_an_end(source: str) -> None:
    begin = time.monotonic()
    with pytest.raises(ExportError):
        render_source(source, VALUES)
    assert time.monotonic() - begin < 6


@pytest.mark.parametrize(("source", "where", "what"), WRONG)
def test_an_error_names_the_line_and_no_machinery(source: str, where: str, what: str) -> None:
    with pytest.raises(ExportError) as wrong:
        render_source(source, VALUES, "pm.md.j2")
    assert wrong.value.where == where
    assert what in wrong.value.what
    assert wrong.value.remedy
    assert wrong.value.__cause__ is None


def test_one_rendering_does_not_eat_the_budget_of_the_next() -> None:
    source = "{% for i in range(90000) %}{% endfor %}" * 15
    for _ in range(3):
        assert render_source(source, VALUES) == ""


def test_the_clock_ends_what_the_count_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmtui.formats.sandbox.SECONDS", -1.0)
    with pytest.raises(ExportError, match="does not come to an end"):
        render_source("{% for i in range(1000) %}{% endfor %}", VALUES)


def test_prose_may_be_as_long_as_the_longest_text_of_the_document() -> None:
    long = "word " * 30_000
    values = view(Postmortem(summary=long, lessons=Lessons(went_well=("x",))))
    assert render_source("{{ document.summary | block }}", values) == long.rstrip()
    with pytest.raises(ExportError, match="prose has more than 100,000 characters"):
        render_source("{{ (document.summary ~ document.summary) | block }}", values)


def test_slow_filters_look_at_the_clock_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmtui.formats.sandbox.SECONDS", -1.0)
    with pytest.raises(ExportError, match="does not come to an end"):
        render_source("{{ document.summary | block }}", VALUES)


def test_an_error_in_an_included_file_names_that_file() -> None:
    others = {"foot.j2": "fine\n{{ nope }}", "foot": "fine\n{{ nope }}"}
    for name in others:
        template = Template("ours", f"{{% include '{name}' %}}", "team/ours.md.j2", others)
        with pytest.raises(ExportError) as wrong:
            render(template, VALUES)
        assert wrong.value.where == "team/foot.j2:2"


def test_a_template_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ExportError, match="no template “nope”") as refused:
        render("nope", VALUES)
    assert "issue-summary" in refused.value.remedy


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_template_compiles(name: str) -> None:
    assert environment().get_template(name)
