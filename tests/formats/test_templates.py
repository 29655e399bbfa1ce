"""Each template has the headings that its readers expect, and loses no word of the document."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.document import (
    Chain,
    Entry,
    Factor,
    Lessons,
    Measure,
    Person,
    Postmortem,
    Section,
    Task,
)
from pmtui.formats.markdown import HOUSE, render, templates
from tests.formats import golden
from tests.formats.gfm import html_of, text_of
from tests.formats.test_markdown import (
    FULL,
    HOSTILE,
    assert_all_words_are_in,
    at,
)
from tests.strategies import documents

HEADINGS = {
    "google-sre": """
        Action Items, Lessons Learned, - What went well, - What went wrong, - Where we got lucky,
        Timeline, Supporting information
        """,
    "google-workbook": """
        Executive Summary, - Impact, - Root cause, Problem Summary, Background, Impact,
        - User impact, - Revenue impact, - Team impact, Root Causes and Trigger,
        Timeline / Recovery Efforts, Lessons Learned, - Things that went well,
        - Things that went poorly, - Where we got lucky, Action Items, Glossary, Appendix
        """,
    "atlassian": """
        Incident summary, Leadup, Fault, Impact, Detection, Response, Recovery, Timeline,
        Five whys, Root cause, Backlog check, Recurrence, Lessons learned, Corrective actions
        """,
    "pagerduty": """
        Overview, What Happened, Contributing Factors, Resolution, Impact, Responders, Timeline,
        How'd We Do?, - What went well?, - What didn't go so well?, Action Items, Messaging,
        - Internal Email, - External Message
        """,
    "aws-coe": """
        Summary, Impact, Timeline, Metrics, Incident Questions, - Detection, - Diagnosis,
        - Mitigation, Five Whys, Action Items, Related Items
        """,
    "azure-pir": """
        What happened?, What went wrong and why?, How did we respond?,
        How are we making incidents like this less likely or less impactful?,
        How can customers make incidents like this less impactful?
        """,
    "github-issue": "",
    "brief": "",
}
HARMLESS = {"a", "br", "del", "details", "em", "h1", "h2", "h3", "h4", "input", "li", "ol", "p"} | {
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
WHOLE = [name for name in templates() if name not in (HOUSE, "brief")]


def headings(html: str) -> list[str]:
    """The headings of level 2, and those of level 3 with a mark before them."""
    found = re.findall(r"<h([23])>(.*?)</h\1>", html)
    return [("- " if level == "3" else "") + unescape(text) for level, text in found]


def listed(text: str) -> list[str]:
    return [name for name in re.split(r",\s+", text.strip()) if name]


def test_every_template_is_in_the_tables_here() -> None:
    assert set(templates()) == {HOUSE, *HEADINGS}


@pytest.mark.parametrize("name", HEADINGS)
def test_an_empty_document_has_the_headings_of_the_form_in_their_order(name: str) -> None:
    html = html_of(render(Postmortem(), name))
    assert headings(html) == listed(HEADINGS[name])


@pytest.mark.parametrize("name", HEADINGS)
def test_a_full_document_keeps_that_order(name: str) -> None:
    wanted = listed(HEADINGS[name])
    found = iter(headings(html_of(render(FULL, name))))
    assert all(heading in found for heading in wanted)


@pytest.mark.parametrize(("template", "document", "path"), golden.template_exports())
def test_an_export_is_the_one_that_was_looked_at(template: str, document: str, path: Path) -> None:
    assert render(golden.documents()[document], template) == path.read_text("utf-8")


# A document takes longer to make up than to render: each is tried with a third of the templates.
@given(documents(), st.sampled_from([WHOLE[number::3] for number in range(3)]))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_template_loses_a_word(document: Postmortem, names: list[str]) -> None:
    for name in names:
        assert_all_words_are_in(render(document, name), document)


@pytest.mark.parametrize("name", templates())
def test_internal_entries_appear_in_none(name: str) -> None:
    assert "SECRET" not in render(FULL, name)


@pytest.mark.parametrize("name", ["google-sre", "google-workbook", "atlassian", "aws-coe"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_task_stays_in_its_cell(name: str, text: str) -> None:
    document = Postmortem(tasks=(Task(id="t", text=text, owner=text),))
    (row,) = re.findall(r"<tbody>\s*<tr>(.*?)</tr>", html_of(render(document, name)), re.S)
    cells = [text_of(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
    assert cells.count(" ".join(text.split())) == 2


def test_a_kept_section_fills_the_place_that_asks_for_it_with_those_below_it() -> None:
    sections = (
        Section(id="a", heading="Glossary", body="SLO: a goal."),
        Section(id="b", heading="More", level=3, body="Words."),
        Section(id="c", heading="Other", body="Rest."),
    )
    written = render(Postmortem(sections=sections), "google-workbook")
    assert "## Glossary\n\nSLO: a goal.\n\n### More\n\nWords.\n\n## Appendix" in written
    assert written.endswith("### Other\n\nRest.\n")


def test_the_brief_is_five_lines() -> None:
    assert render(Postmortem(), "brief").count("\n") == 5
    assert render(FULL, "brief").count("\n") == 5


@given(documents())
def test_the_brief_is_five_lines_of_any_document(document: Postmortem) -> None:
    html = html_of(render(document, "brief"))
    assert html.count("<li>") == 5


def test_tasks_say_when_they_are_expected_in_a_post_incident_review() -> None:
    written = render(FULL, "azure-pir")
    assert "- Patch (Estimated completion: 2024-06-12)" in written
    assert "- Alert (Completed)" in written


def test_the_timeline_of_an_issue_is_folded() -> None:
    html = html_of(render(FULL, "github-issue"))
    folded = html.partition("<summary>Timeline</summary>")[2].partition("</details>")[0]
    assert "5xx on database_server" in folded
    assert html.count('type="checkbox"') == 3


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_lines_are_text_wherever_a_template_puts_them(name: str, text: str) -> None:
    plain = text.replace("`", "'")
    document = Postmortem(
        title=text,
        services=(text,),
        timeline=(Entry(id="e", at=at(14), text=plain, who=plain, source=plain),),
        tasks=(Task(id="t", text=plain, owner=plain, ticket=plain),),
        people=(Person(name=text, role=text),),
        factors=(Factor(id="f", text=plain),),
        whys=(Chain(id="w", question=text, answers=(plain,)),),
        lessons=Lessons(went_well=(plain,), went_wrong=(plain,), got_lucky=(plain,)),
        measures=(Measure(id="m", text=plain),),
    )
    html = html_of(render(document, name))
    assert set(re.findall(r"<(\w+)", html)) <= HARMLESS
    said = " ".join(text_of(html).split())
    assert said.count(" ".join(plain.split())) >= 8 + ("`" not in text) * 3


@pytest.mark.parametrize("name", [name for name in templates() if name not in ("brief", HOUSE)])
def test_a_kept_text_without_a_heading_does_not_end_the_section_of_another(name: str) -> None:
    said = Postmortem(
        title="Down",
        timezone="UTC",
        conclusion="It was us.",
        sections=(Section(id="s", body="Signed by all."),),
    )
    lines = render(said, name).splitlines()
    above = [line for line in lines[: lines.index("Signed by all.")] if line.startswith("#")]
    assert above[-1].startswith("## ")


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Checkout down", "# Postmortem: Checkout down"),
        ("Postmortem of the outage", "# Postmortem of the outage"),
        ("", "# Postmortem"),
    ],
)
def test_a_title_does_not_say_twice_what_the_document_is(title: str, heading: str) -> None:
    assert render(Postmortem(title=title), "atlassian").splitlines()[0] == heading


def test_times_with_and_without_a_zone_are_told_apart_in_the_google_form() -> None:
    zoned, bare = at(13), at(14).replace(tzinfo=None)
    entries = (Entry(id="a", at=zoned, text="x"), Entry(id="b", at=bare, text="y"))
    document = Postmortem(timezone="UTC", timeline=entries)
    assert "Times are in UTC where they say so" in render(document, "google-sre")
    alone = document.but(timeline=entries[:1])
    assert "*(all times UTC)*" in render(alone, "google-sre")


def test_a_post_incident_review_tells_the_day_of_each_event_in_one_list() -> None:
    entries = (
        Entry(id="a", at=at(13), text="Down"),
        Entry(id="b", text="Nobody knows when"),
        Entry(id="c", at=at(1, day=23), kind="resolved", text="Well again"),
    )
    lines = render(Postmortem(timezone="UTC", timeline=entries), "azure-pir").splitlines()
    begin = lines.index("- Wed 22 May 2024 13:00 UTC – Down")
    assert lines[begin + 1 : begin + 3] == [
        "- Nobody knows when",
        "- Thu 23 May 2024 01:00 UTC – **resolved**: Well again",
    ]
