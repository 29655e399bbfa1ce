"""The exported document holds every word of the postmortem, in sound Markdown, and invents none."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings

from pmtui.core.document import (
    PROSE,
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
from pmtui.errors import ExportError
from pmtui.formats import by_name, toml
from pmtui.formats.markdown import public, render, templates, write
from tests.formats.gfm import html_of, text_of
from tests.growth import LINEAR, growth
from tests.strategies import documents

DATA = Path(__file__).parent.parent / "data"
SAMPLES = ["000", "001", "002", "003", "004"]
HOSTILE = [
    "a | b *c* <d>",
    "2026. year",
    "[ref]: http://x",
    "<script>alert(1)</script>",
    "```",
    "# not a heading",
    "- [ ] not a box",
    "&amp; `x",
    "[^1]: note",
    "— *by nobody*",
    "a, b \\",
]


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=UTC)


FULL = Postmortem(
    title="Checkout down",
    reference="INC-7",
    status="in-review",
    severity="SEV1",
    timezone="Africa/Lagos",
    drill=True,
    services=("checkout", "cart, web"),
    tags=("database",),
    summary="We saw:\n\n- errors\n\n# Then\n\nmore.",
    cause_summary="A wrong parameter.",
    detection="An alert.",
    trigger="- a deploy\n- a peak",
    root_cause="Memory ran out.",
    resolution="Restarted:\n\n```\nsystemctl restart",
    conclusion="Alerts were missing.",
    times=Times(started=at(13), public=at(14)),
    impact=Impact(
        text="70 % of users could not pay.",
        percent=70,
        users="12,000",
        requests="3 % of calls",
        revenue="40,000 EUR",
    ),
    lessons=Lessons(went_well=("Paging",), went_wrong=("Docs",), got_lucky=("It was night",)),
    people=(Person(name="Ana", role="commander"), Person(name="Bo")),
    timeline=(
        Entry(id="e0", text="Before anything"),
        Entry(id="e1", at=at(13, 5), kind="detected", text="5xx on database_server", who="Ana"),
        Entry(id="e2", text="Somebody called", source="Slack, #ops"),
        Entry(id="e3", at=at(13, 10), until=at(13, 20), about=True, text="Tried:\n```\nls *\n```"),
        Entry(id="e4", at=at(13, 12), internal=True, kind="diagnosed", text="SECRET"),
        Entry(id="e5", at=at(23, 30), kind="resolved", text="Back", link="https://g.co/d(1)"),
        Entry(id="e6", at=at(23, 40), kind="action"),
    ),
    factors=(Factor(id="f1", text="No alert on `memory`"),),
    whys=(Chain(id="w1", question="Why down?", answers=("No memory", "Wrong limit")),),
    measures=(
        Measure(id="m1", text="Train"),
        Measure(id="m2", text="Fix the limit", kind="corrective"),
        Measure(id="m3", text="Audit", kind="preventive"),
    ),
    tasks=(
        Task(
            id="t1",
            text="Patch",
            owner="ana",
            due=date(2024, 6, 12),
            priority="P1",
            kind="prevent",
            ticket="OPS-12",
        ),
        Task(id="t2", text="Alert", state="done"),
        Task(id="t3", text="Rewrite ~all~", state="dropped"),
    ),
    links=(Link(title="Graph [1]", target="https://g.co"), Link(target="javascript:x")),
    images=(Link(title="Errors", target="./errors 1.png"),),
    sections=(
        Section(id="s1", heading="Background", after="", body="Old system."),
        Section(id="s2", heading="Backlog", level=3, after="measures", body="Nothing."),
        Section(id="s3", after="conclusion", body="Thanks.\n# All"),
    ),
)


def words_of(document: Postmortem) -> Iterator[str]:
    """Every text of a document that is not Markdown of the writer's own."""
    yield from (document.title, document.reference, document.severity)
    yield from (*document.services, *document.tags)
    yield from (document.impact.users, document.impact.requests, document.impact.revenue)
    lessons = document.lessons
    yield from (*lessons.went_well, *lessons.went_wrong, *lessons.got_lucky)
    for person in document.people:
        yield from (person.name, person.role)
    for entry in document.timeline:
        if not entry.internal:
            yield from (entry.text, entry.who, entry.source, entry.link)
    yield from (factor.text for factor in document.factors)
    for chain in document.whys:
        yield from (chain.question, *chain.answers)
    yield from (measure.text for measure in document.measures)
    for task in document.tasks:
        yield from (task.text, task.owner, task.ticket)
    for link in (*document.links, *document.images):
        yield from (link.title, link.target)
    yield from (section.heading for section in document.sections)


def prose_of(document: Postmortem) -> Iterator[str]:
    """Every text that its writer means as Markdown."""
    yield from (getattr(document, name) for name in PROSE)
    yield from (document.impact.text, document.impact.duration)
    yield from (section.body for section in document.sections)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def assert_all_words_are_in(markdown: str, document: Postmortem) -> None:
    """Every word of the document is in `markdown`, and a reader of what it renders to sees it."""
    html = html_of(markdown)
    seen = words(text_of(html)) | words(unescape(html)) | words(unquote(unescape(html)))
    for text in words_of(document):
        assert words(text) <= seen
    for text in prose_of(document):
        assert words(text) <= words(markdown)


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_not_one_word_is_lost(document: Postmortem) -> None:
    assert_all_words_are_in(render(document), document)


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_source_is_tidy(document: Postmortem) -> None:
    markdown = render(document.but(sections=()))
    assert markdown.endswith("\n")
    assert not markdown.endswith("\n\n")
    assert not markdown.startswith("\n")
    bare = render(
        document.but(
            **dict.fromkeys(PROSE, "")
            | {"impact": Impact(), "sections": (), "timeline": (), "tasks": (), "measures": ()}
            | {"factors": (), "whys": (), "lessons": Lessons()}
        )
    )
    assert "\n\n\n" not in bare
    assert not re.search(r"[ \t]\n", bare)


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_standard_heading_is_one_and_has_something_below_it(document: Postmortem) -> None:
    # What is defined for others to refer to is something, though nobody sees it by itself.
    html = html_of(re.sub(r"(?m)^\[[^\]]+\]: ", "", render(document.but(sections=()))))
    headings = re.findall(r"<h2>(.*?)</h2>", html)
    standard = [
        "Issue Summary",
        "Timeline",
        "Root Cause and Resolution",
        "Corrective and Preventative Measures",
        "Lessons Learned",
        "Conclusion",
        "People",
        "Links",
    ]
    assert headings == [name for name in standard if name in headings]
    assert not re.search(r"</h2>\n(<h2>|$)", html)


@pytest.mark.parametrize("number", SAMPLES)
def test_a_sample_is_written_as_it_was(number: str) -> None:
    document = toml.read((DATA / "samples" / f"{number}.toml").read_bytes())
    golden = (DATA / "golden" / f"{number}.md").read_bytes()
    assert write(document) == golden


def test_a_full_document_is_written_as_it_was() -> None:
    assert write(FULL) == (DATA / "golden" / "full.md").read_bytes()


def test_a_full_document_renders_with_its_structure() -> None:
    html = html_of(render(FULL))
    assert html.count("<h1>") == 1
    assert html.count('type="checkbox"') == 3
    assert "<del>Rewrite ~all~</del>" in html
    assert "<pre><code>ls *\n</code></pre>" in html
    assert '<a href="https://g.co/d(1)">link</a>' in html
    assert "javascript:x</li>" in html


def test_internal_entries_are_left_out_with_the_durations_they_would_tell() -> None:
    markdown = render(FULL)
    assert "SECRET" not in markdown
    assert "diagnose" not in markdown
    assert public(Postmortem(title="x")) == Postmortem(title="x")


def test_unknown_keys_are_left_out() -> None:
    assert "zebra" not in render(Postmortem(unknown=(("zebra", "zebra"),)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_lines_are_text_wherever_they_stand(text: str) -> None:
    document = Postmortem(
        title=text,
        services=(text,),
        timeline=(Entry(id="e", at=at(14), text=text.replace("`", "'"), who=text),),
        tasks=(Task(id="t", text=text.replace("`", "'"), owner=text, ticket=text),),
        people=(Person(name=text, role=text),),
        links=(Link(title=text, target="https://x.co"),),
    )
    html = html_of(render(document))
    entry, task, person, link = (text_of(li) for li in re.findall("<li>(.*?)</li>", html, re.S))
    plain = text.replace("`", "'")
    assert f"<h1>{text_of(html.splitlines()[0])}</h1>".removeprefix("<h1>") == f"{text}</h1>"
    assert entry == f"14:00 UTC: {plain} — by {text}"
    assert task.strip() == f"{plain} — @{text}, {text}"
    assert person == f"{text}: {text}"
    assert link == text
    assert "<script" not in html


@pytest.mark.parametrize(
    "summary", ["```\nopen", "~~~", "<!-- open", "<script>", "<details>", "<pre>", "> ```"]
)
def test_a_summary_that_is_left_open_does_not_swallow_the_timeline(summary: str) -> None:
    document = Postmortem(summary=summary, timeline=(Entry(id="e", at=at(14), text="here"),))
    assert "<h2>Timeline</h2>\n<p>Wed 22 May 2024.</p>\n<ul>\n<li>" in html_of(render(document))


def test_a_derived_duration_names_its_events_and_a_stated_one_comes_first() -> None:
    derived = "2h 00m, from started (14:00 UTC) to resolved (16:00 UTC) on Wed 22 May 2024"
    document = Postmortem(
        timezone="UTC",
        timeline=(
            Entry(id="a", at=at(14), kind="started"),
            Entry(id="b", at=at(16), kind="resolved"),
        ),
    )
    assert f"- **Duration**: {derived}\n" in render(document)
    stated = document.revise(impact=Impact(duration="Two hours."))
    assert f"- **Duration**: Two hours.\n- **Timings**:\n  - total impact: {derived}\n" in render(
        stated
    )


def test_an_estimated_mark_is_told_as_one() -> None:
    document = Postmortem(
        timezone="UTC",
        timeline=(
            Entry(id="a", at=at(14), kind="started", about=True),
            Entry(id="b", at=at(1, day=23), kind="resolved"),
        ),
    )
    assert (
        "- **Duration**: about 11h 00m, from started (about Wed 22 May 2024 14:00 UTC)"
        " to resolved (Thu 23 May 2024 01:00 UTC)\n"
    ) in render(document)


def test_a_figure_that_the_text_tells_is_not_told_again() -> None:
    told = render(Postmortem(impact=Impact(text="70 % of 1,200 users", percent=70, users="1,200")))
    assert "Share of users" not in told
    assert "**Users**" not in told
    untold = render(Postmortem(impact=Impact(text="At 15:00", percent=5.5, users="5")))
    assert "- **Share of users**: 5.5%\n- **Users**: 5\n" in untold


def test_nothing_is_invented_for_an_undated_document() -> None:
    clock = [datetime(2000, 1, 1, 23, 50), datetime(2000, 1, 2, 0, 10)]
    entries = tuple(Entry(id=f"e{n}", at=when, text="x") for n, when in enumerate(clock))
    markdown = render(Postmortem(title="t", undated=True, timeline=entries))
    assert "2000" not in markdown
    assert "UTC" not in markdown
    assert "### Day 1\n\n- **23:50**: x\n\n### Day 2\n\n- **00:10**: x\n" in markdown
    one_day = render(Postmortem(title="t", undated=True, timeline=entries[:1]))
    assert "## Timeline\n\n- **23:50**: x\n" in one_day


def test_nothing_is_invented_for_a_document_without_a_zone() -> None:
    local = Entry(id="e", at=datetime(2024, 5, 22, 14), text="x")
    markdown = render(Postmortem(timeline=(local,)))
    assert "## Timeline\n\nWed 22 May 2024.\n\n- **14:00**: x\n" in markdown
    own = Entry(id="e", at=datetime(2024, 5, 22, 14, tzinfo=timezone(timedelta(hours=2))))
    assert "- **14:00 UTC+2**\n" in render(Postmortem(timeline=(own,)))


def test_an_empty_document_says_that_it_is_a_draft_and_nothing_else() -> None:
    assert render(Postmortem()) == "**Status**: draft\n"


def test_a_document_in_the_middle_of_the_incident_exports() -> None:
    document = Postmortem(
        title="Checkout down",
        timezone="UTC",
        timeline=(Entry(id="a", at=at(3, 10), kind="detected", text="5xx"), Entry(id="b")),
    )
    assert render(document).endswith(
        "## Timeline\n\nWed 22 May 2024. All times are in UTC.\n\n- **03:10 UTC** *detected*: 5xx\n"
    )


def test_each_entry_takes_as_long_however_many_there_are() -> None:
    def written(count: int) -> None:
        entries = tuple(
            Entry(id=f"e{n}", at=at(0) + timedelta(minutes=n), text=f"node_{n} *died* http://x.co/")
            for n in range(count)
        )
        document = Postmortem(timezone="Europe/Berlin", timeline=entries)
        assert render(document).count("\n- **") == count

    assert growth(written, 500) < LINEAR


def test_a_field_of_four_megabytes_is_exported() -> None:
    text = "a line of text, and another\n" * 150_000
    assert len(render(Postmortem(summary=text))) > 4_000_000


def test_no_document_is_too_large_for_the_house_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmtui.formats.sandbox.CHARACTERS", 10)
    monkeypatch.setattr("pmtui.formats.sandbox.ROUNDS", 10)
    assert write(FULL) == (DATA / "golden" / "full.md").read_bytes()


def test_the_registry_writes_markdown_and_refuses_what_it_does_not_know() -> None:
    known = by_name("markdown")
    assert known.write(Postmortem(title="x"), template="issue-summary").startswith(b"# x\n")
    assert "issue-summary" in templates()
    with pytest.raises(ExportError, match="no template"):
        known.write(Postmortem(), template="nope")
    with pytest.raises(ExportError, match="no option"):
        known.write(Postmortem(), colour="red")


def test_an_export_loads_no_screen() -> None:
    code = (
        "import sys; from pmtui.formats.markdown import render;"
        "from pmtui.core.document import Postmortem; render(Postmortem(title='x'));"
        "print({'textual', 'rich', 'markdown_it'} & set(sys.modules))"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"
