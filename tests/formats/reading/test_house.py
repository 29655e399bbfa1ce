"""Our own Markdown comes back as the document that it was made of.

What it does not say does not come back: ids, keys of other programs, internal events, seconds of a
fraction. Prose comes back as it was put into the larger document, blank lines at its ends cut.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pmtui.core.clock.zones import in_zone, localise
from pmtui.core.document import (
    KINDS,
    MEASURE_KINDS,
    PLACES,
    PRIORITIES,
    STATUSES,
    TASK_KINDS,
    TASK_STATES,
    Chain,
    Entry,
    Factor,
    Impact,
    Lessons,
    Link,
    Measure,
    Person,
    Postmortem,
    Section,
    Task,
    Times,
)
from pmtui.core.order import sort_timeline
from pmtui.formats import toml
from pmtui.formats.markdown import public, render, templates
from pmtui.formats.reading import read
from pmtui.formats.zoning import rezoned
from tests.formats.test_markdown import FULL
from tests.strategies import prose

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "tests" / "data" / "samples").glob("*.toml"))
DEMO = ROOT / "src" / "pmtui" / "samples" / "demo.toml"

_WORDS = st.sampled_from(
    """
    the database server was down *and* _slow_ database_server `SELECT *` 5 < 6 <none> <b> a|b
    #12 @ana C# ~all~ [x] [a](b) &amp; https://e.org/a_b?c=d 14:05 10:30 UTC 70% **bold** — - +
    1. 2) > \\ (x)
    résumé 日本 Timeline Impact: Root Cause **Status** due 2024-05-05 é 🔥
    """.split()
)
_LINES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_TALL = (
    st.lists(
        st.one_of(
            _LINES,
            st.sampled_from(("```\nx *y*\n\nz\n```", "~~~\n- a\n~~~", "", "", "<br>", "a\\")),
        ),
        max_size=5,
    )
    .map(lambda lines: "\n".join(lines).strip())
    .filter(bool)
)
_SHORT = st.one_of(
    st.just(""), _LINES, st.sampled_from(("--", "-", "N/A", "tbd", "<br>", "[x]", "<none>", "a\\"))
)
_PLAIN = st.lists(
    st.sampled_from("we saw errors and then fixed it all".split()), min_size=1, max_size=5
).map(" ".join)
_PROSE = prose().filter(str.strip)
_NAMES = st.sampled_from(("Ana", "Bo Li", "db-team", "Mei"))
_ZONES = ("UTC", "Europe/Berlin", "Africa/Lagos", "+05:30", "-08:00")


_UNSAID = ("id", "unknown", "after")
"""A place is said by the order of the parts, which a second export shows to be the same."""


def _bare(value: Any) -> Any:
    """The values of a document without what its Markdown does not say."""
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key not in _UNSAID}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return value.strip() if isinstance(value, str) else value


def said(document: Postmortem) -> Any:
    """What the Markdown of `document` says."""
    return _bare(public(document).as_dict())


def came_back(document: Postmortem, **options: Any) -> Any:
    """The document that its Markdown is read as."""
    markdown = render(document, **options)
    return _bare(read(markdown.encode(), "house.md").document.as_dict())


def _optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def _many(parts: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, max_size=size).map(tuple)


def _person(name: str, role: str) -> Person:
    return Person(name=name, role=role)


@st.composite
def _documents(draw: st.DrawFn) -> Postmortem:
    zone = draw(st.sampled_from(_ZONES))
    moments = st.integers(0, 4000).map(
        lambda minutes: in_zone(
            datetime(2024, 5, 22, 6, tzinfo=UTC) + timedelta(minutes=minutes), zone
        )
    )
    numbers = iter(range(1000))

    def fresh() -> str:
        return f"i{next(numbers)}"

    entries = _many(
        st.builds(
            lambda at, span, about, kind, text, who, source, link: Entry(
                id=fresh(),
                at=at,
                until=at + timedelta(minutes=span) if at and span else None,
                about=about and at is not None,
                kind=kind,
                text=text,
                who=who,
                source=source,
                link=link,
            ),
            _optional(moments),
            st.sampled_from((0, 0, 20, 1500)),
            st.booleans(),
            st.sampled_from(KINDS),
            _TALL,
            st.sampled_from(("", "Ana", "Bo Li")),
            st.sampled_from(("", "syslog", "Slack")),
            st.sampled_from(("", "https://g.co/d?x=1", "https://g.co/d(1)")),
        ),
        5,
    )
    tasks = _many(
        st.builds(
            lambda text, state, owner, due, priority, kind, ticket: Task(
                id=fresh(), text=text, state=state, owner=owner, due=due,
                priority=priority, kind=kind, ticket=ticket,
            ),
            _TALL,
            st.sampled_from(TASK_STATES),
            st.sampled_from(("", "ana", "Bo Li")),
            _optional(st.dates(date(2024, 1, 1), date(2025, 1, 1))),
            st.sampled_from(PRIORITIES),
            st.sampled_from(TASK_KINDS),
            st.sampled_from(("", "OPS-12")),
        )
    )  # fmt: skip
    measures = draw(
        _many(
            st.builds(
                lambda text, kind: Measure(id=fresh(), text=text, kind=kind),
                _TALL,
                st.sampled_from(MEASURE_KINDS),
            )
        )
    )
    order = {"": 0, "corrective": 1, "preventive": 2}
    links = _many(
        st.builds(
            lambda title, target: Link(title=title, target=target),
            _NAMES,
            st.sampled_from(("https://a.b/c", "./x y.png")),
        )
    )
    sections = draw(
        _many(
            st.builds(
                lambda heading, level, after, body: Section(
                    id=fresh(),
                    heading=heading,
                    level=level if heading else 2,
                    after=after,
                    body=body,
                ),
                st.sampled_from(("Background", "Timeline", "Impact", "What went well", "")),
                st.integers(2, 4),
                st.sampled_from(PLACES),
                _PROSE,
            )
        )
    )
    text = st.one_of(st.just(""), _PROSE)
    answers = st.lists(_TALL, min_size=1, max_size=3).map(tuple)

    def chain(question: str, given: tuple[str, ...]) -> Chain:
        return Chain(id=fresh(), question=question, answers=given)

    times = draw(
        st.fixed_dictionaries(
            {name: _optional(moments) for name in ("started", "detected", "resolved", "public")}
        )
    )
    return Postmortem(
        title=draw(_LINES),
        reference=draw(_SHORT),
        status=draw(st.sampled_from(STATUSES)),
        severity=draw(_SHORT),
        timezone=zone,
        drill=draw(st.booleans()),
        services=draw(_many(_NAMES)),
        tags=draw(_many(_NAMES)),
        summary=draw(text),
        cause_summary=draw(text),
        detection=draw(text),
        trigger=draw(text),
        root_cause=draw(text),
        resolution=draw(text),
        conclusion=draw(text),
        times=Times(**times),
        impact=Impact(
            text=draw(text),
            duration=draw(text),
            percent=draw(_optional(st.integers(0, 100))),
            users=draw(st.sampled_from(("", "about 12,000", "tbd", "a\\"))),
        ),
        lessons=Lessons(went_well=draw(_many(_TALL)), got_lucky=draw(_many(_LINES))),
        people=draw(_many(st.builds(_person, _NAMES, st.sampled_from(("", "lead"))))),
        timeline=sort_timeline(draw(entries), zone),
        factors=draw(_many(st.builds(lambda words: Factor(id=fresh(), text=words), _TALL))),
        whys=draw(_many(st.builds(chain, _PLAIN, answers), 1)),
        measures=tuple(sorted(measures, key=lambda measure: order[measure.kind])),
        tasks=draw(tasks),
        links=tuple(dict.fromkeys(draw(links))),
        images=tuple(dict.fromkeys(draw(links))),
        sections=tuple(sorted(sections, key=lambda section: PLACES.index(section.after))),
    )  # fmt: skip


@settings(suppress_health_check=list(HealthCheck))
@given(_documents())
@example(
    Postmortem(
        title="the",
        timezone="UTC",
        measures=(Measure(id="i0", text="x"),),
        sections=(Section(id="i1", level=2, body="[^1]: note"),),
    )
)
def test_any_document_comes_back_from_its_markdown(document: Postmortem) -> None:
    assert came_back(document) == said(document)
    markdown = render(document)
    assert render(read(markdown.encode(), "house.md").document) == markdown


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(_documents())
def test_what_is_drawn_and_measured_is_not_read_as_what_was_written(document: Postmortem) -> None:
    pairs = [("from *alarm* to end: all of it", "detected", "resolved")]
    drawn = bool(document.timeline)
    assert came_back(document, diagram=drawn, pairs=pairs) == said(document)


@pytest.mark.parametrize("template", ["google-sre", "pagerduty", "atlassian", "aws-coe"])
def test_drawings_in_other_forms_are_no_events(template: str) -> None:
    document = toml.read(DEMO.read_bytes())
    markdown = render(document, template, diagram=True)
    assert "├" in markdown
    assert "```mermaid" in markdown
    found = read(markdown.encode(), "page.md").document
    assert [entry.at for entry in found.timeline] == [entry.at for entry in document.timeline]
    assert "├" not in render(found, columns=0)


def test_a_drawing_that_stands_alone_is_what_there_is_to_read() -> None:
    page = "# Outage on 29 May 2024\n\n## Timeline\n\n```mermaid\ntimeline\n    title Outage\n"
    page += "        14∶02 UTC : Gone\n        14∶09 UTC : Back\n```\n"
    found = read(page.encode(), "page.md").document
    assert [entry.text for entry in found.timeline if entry.at] == ["Gone", "Back"]


@pytest.mark.parametrize("zone", ["", "UTC"])
def test_a_long_day_after_an_entry_without_a_time_comes_back(zone: str) -> None:
    first = localise(datetime(2024, 5, 3), zone) if zone else datetime(2024, 5, 3)
    document = Postmortem(
        timezone=zone,
        timeline=(
            Entry(id="aaaaaa", text="nobody knows when"),
            Entry(id="bbbbbb", text="midnight", at=first),
            Entry(id="cccccc", text="evening", at=first.replace(hour=21, minute=27)),
        ),
    )
    assert came_back(document) == said(document)


@pytest.mark.parametrize("path", [*SAMPLES, DEMO], ids=lambda path: path.stem)
def test_the_samples_come_back_from_their_markdown(path: Path) -> None:
    document = toml.read(path.read_bytes())
    assert came_back(document) == said(document)


def test_what_comes_back_says_the_same_when_it_is_exported_again() -> None:
    markdown = render(FULL)
    assert render(read(markdown.encode(), "house.md").document) == markdown


@pytest.mark.parametrize(
    "template", [name for name in templates() if name not in ("brief", "issue-summary")]
)
def test_events_come_back_from_the_other_templates(template: str) -> None:
    document = toml.read(DEMO.read_bytes())
    found = read(render(document, template).encode(), "page.md").document
    assert [(entry.at, entry.kind) for entry in found.timeline] == [
        (entry.at, entry.kind) for entry in document.timeline
    ]
    assert [entry.text.partition("\n")[0] for entry in found.timeline] == [
        entry.text for entry in document.timeline
    ]
    assert found.times.started == document.times.started
    assert found.times.resolved == document.times.resolved


def test_a_dropped_task_of_several_lines_comes_back_as_those_lines() -> None:
    task = Task(
        id="t", text="Move it\n- all of it\n===", state="dropped", owner="Ana", ticket="X-1"
    )
    (back,) = read(render(Postmortem(tasks=(task,))).encode(), "a.md").document.tasks
    assert (back.text, back.state, back.owner) == (task.text, "dropped", "Ana")


TALL = (
    "first\n\nsecond",
    "ran it\n```sh\nls *\n\n\nrm\n```\nand saw",
    "```\nonly code\n```",
    "## Timeline\n\n- 14:00 foo",
    "a\n- b\n1. c",
    "*starred* at its end — *by Ana*",
    "- [ ] a box",
    "first\n\n\n\nlast",
    "a\n\n```\ncode\n```\n\n\nb\n~~~\nx\n~~~\nc",
    "<br>",
    "a\\\n<br>",
    "one ` here\nand `code *` there",
    "a\n\n[^1]: note",
)


@pytest.mark.parametrize("text", TALL)
def test_items_of_several_paragraphs_and_with_code_come_back(text: str) -> None:
    task = Task(id="t", text=text, owner="Ana", due=date(2024, 6, 1), priority="P1", ticket="X-1")
    document = Postmortem(
        lessons=Lessons(went_well=(text, "x"), got_lucky=("y", text)),
        factors=(Factor(id="f", text=text), Factor(id="g", text="z")),
        whys=(Chain(id="w", question="Why?", answers=(text, "x")),),
        measures=(Measure(id="m", text=text), Measure(id="n", text=text, kind="preventive")),
        tasks=(
            task,
            task.but(id="u", state="done"),
            task.but(id="v", state="dropped", text=f"gone\n{text}"),
            task.but(id="w", state="dropped"),
            Task(id="x", text=text, state="dropped"),
        ),
        timeline=(Entry(id="a", text=text, who="Ana"), Entry(id="b", text=text)),
    )
    assert said(read(render(document).encode(), "a.md").document) == said(document)


@pytest.mark.parametrize("zone", _ZONES)
def test_times_with_and_without_a_zone_come_back_as_they_were(zone: str) -> None:
    zoned, bare = datetime(2024, 5, 22, 12, tzinfo=UTC), datetime(2024, 5, 22, 13, 30)
    times = (in_zone(zoned, zone), bare, in_zone(zoned, zone) + timedelta(hours=2))
    late = (bare + timedelta(days=1), in_zone(zoned, zone) + timedelta(days=1, hours=3))
    for moments in (times, times + late, (bare,), (bare, *late[:1])):
        entries = [
            Entry(id=str(n), at=moment, text=f"event {n}") for n, moment in enumerate(moments)
        ]
        document = Postmortem(timezone=zone, timeline=sort_timeline(tuple(entries)))
        assert said(read(render(document).encode(), "a.md").document) == said(document)


def test_folded_text_stays_folded() -> None:
    folded = "<details><summary>The log</summary>\n\nline\n\n</details>"
    document = Postmortem(summary=folded, root_cause=folded)
    assert said(read(render(document).encode(), "a.md").document) == said(document)


@pytest.mark.parametrize(
    "text",
    [
        "one  \ntwo",
        "one\\\ntwo",
        "a\n\n[^1]: note",
        "[a]: https://e.org",
        "***",
        "#",
        "a\n#\nb",
        "<!-- x -->",
        "<!-- -->\n\n### a",
        "<br>",
        "a\n\n**Detection**: b",
        "- **Started**: 10:00",
        "a\n\n\n\nb",
        "<none> of it",
        "```\ncode\n```\n[a]: https://e.org",
    ],
)
def test_prose_comes_back_wherever_it_stands(text: str) -> None:
    document = Postmortem(
        summary=text, cause_summary=text, trigger=text, root_cause=text, detection=text,
        resolution=text, conclusion=text, impact=Impact(text=text, duration=text),
        sections=tuple(
            Section(id=f"s-{place}-{heading}", heading=heading, after=place, body=text)
            for place in PLACES
            for heading in ("", "Timeline", "Impact")
        ),
    )  # fmt: skip
    assert came_back(document) == said(document)


@pytest.mark.parametrize("text", ["--", "-", "N/A", "tbd", "<br>", "[x]", "<none>"])
def test_a_reference_may_look_as_if_it_were_not_filled_in(text: str) -> None:
    document = Postmortem(reference=text, severity=text)
    assert came_back(document) == said(document)


def test_a_heading_of_a_kept_section_is_no_part_of_another_template() -> None:
    document = Postmortem(title="T", sections=(Section(id="a", heading="Impact", body="none"),))
    assert came_back(document) == said(document)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(_documents(), st.lists(st.sampled_from(_ZONES), min_size=1, max_size=3, unique=True))
def test_of_several_zones_the_first_is_that_of_the_document(
    document: Postmortem, zones: list[str]
) -> None:
    back = read(render(document, timezones=zones).encode(), "a.md").document
    assert said(back) == said(rezoned(public(document), tuple(zones)))


def test_times_that_are_told_in_two_zones_are_stated_once() -> None:
    late = datetime(2024, 5, 22, 22, 30, tzinfo=UTC)
    document = Postmortem(
        timezone="UTC",
        times=Times(started=late, resolved=late + timedelta(hours=3)),
        timeline=(Entry(id="a", at=late, until=late + timedelta(hours=3), text="down"),),
    )
    back = read(render(document, timezones=("UTC", "Asia/Tokyo")).encode(), "a.md").document
    assert (back.timezone, back.impact.duration) == ("UTC", "")
    assert said(back) == said(document)
