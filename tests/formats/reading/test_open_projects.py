"""Forms of postmortems that open projects and their hosts publish."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


def document_of(text: str, name: str = "a.md") -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode(), name).document
    assert not missing_words(text, document)
    return document


def entries(document: Postmortem) -> list[tuple[str, str]]:
    return [(f"{each.at:%m-%d %H:%M}" if each.at else "", each.text) for each in document.timeline]


HEAD = "# Shop down\n\n**Date:** 2020-05-18\n\n"


def test_breaks_within_wrapped_lines_end_the_entries() -> None:
    text = (
        f"{HEAD}## Timeline\n\n### 2020-05-18\n\n"
        "15:27 - Ana changes the records of the\ndomain.<br> 21:14 - The change takes effect. "
        "Most\nvisitors see errors.<br> 21:20 - The first mail\narrives.<br>\n23:54 - Fixed.\n"
    )
    assert entries(document_of(text)) == [
        ("05-18 15:27", "Ana changes the records of the domain."),
        ("05-18 21:14", "The change takes effect. Most visitors see errors."),
        ("05-18 21:20", "The first mail arrives."),
        ("05-18 23:54", "Fixed."),
    ]


def test_breaks_within_wrapped_lines_end_labelled_facts() -> None:
    text = "# Shop down\n\nSeverity: SEV2<br> Duration: 2 hours\n30 minutes<br> Services: shop\n"
    document = document_of(text)
    assert document.severity == "SEV2"
    assert document.impact.duration == "2 hours 30 minutes"
    assert document.services == ("shop",)


def test_bold_labels_of_one_line_are_facts() -> None:
    text = "# Shop down\n\n**Severity:** SEV1<br>**Duration:** 2 hours<br>**Services:** shop\n"
    document = document_of(text)
    assert (document.severity, document.impact.duration) == ("SEV1", "2 hours")
    assert document.services == ("shop",)


def test_what_stands_in_brackets_behind_a_day_stays_whole() -> None:
    text = "# Shop down\n\n## Timeline\n\n### Day 1 (Monday, May 5)\n\n- 10:00 a\n"
    document = read(text.encode()).document
    assert [section.body for section in document.sections] == ["(Monday, May 5)"]


def test_prose_with_a_break_in_a_line_stays_as_it_is() -> None:
    text = "# Shop down\n\n## Summary\n\nThe shop was down.<br> We are sorry for that\nand learn.\n"
    assert document_of(text).summary == "The shop was down.<br> We are sorry for that\nand learn."


def test_a_section_that_asks_when_may_list_the_events() -> None:
    text = (
        f"{HEAD}### What happened?\n\nThe chain stopped.\n\n### When?\n\nAll times are in UTC.\n\n"
        "11:20AM Monday, May 18th: First signs. <br/> 3:10PM Monday,\nMay 18th: It stops. <br/> "
        "7:15AM Tuesday, May 19th:\nIt runs.\n\n### Why did it happen?\n\nA bug.\n"
    )
    assert entries(document_of(text)) == [
        ("05-18 11:20", "First signs."),
        ("05-18 15:10", "It stops."),
        ("05-19 07:15", "It runs."),
    ]


def test_a_section_that_asks_when_may_state_the_times() -> None:
    text = f"{HEAD}## When?\n\nFrom 10:00 to 11:30 UTC.\n\n## Timeline\n\n- 10:00 a\n- 11:30 b\n"
    document = document_of(text)
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "11:30"
    assert len(document.timeline) == 2


@pytest.mark.parametrize("blanks", [2, 3])
def test_points_that_stand_in_too_little_belong_to_the_number_above(blanks: int) -> None:
    items = "".join(
        f"{n}. 10:{n:02} step {n}\n\n{' ' * blanks}- what was done\n\n" for n in range(8, 12)
    )
    found = entries(document_of(f"{HEAD}## Timeline\n\n{items}"))
    assert found == [(f"05-18 10:{n:02}", f"step {n}\n- what was done") for n in range(8, 12)]


def test_a_table_of_one_event_has_a_head() -> None:
    text = (
        f"{HEAD}## Timeline\n\n### 2020-05-18\n\n| time | description |\n|---|---|\n"
        "| --:-- | a release has the bug |\n\n### 2020-05-19\n\n| time | description |\n|---|---|\n"
        "| 15:53 | a fix is released |\n\n### 2020-05-20\n\n| time | description |\n|---|---|\n"
        "| 09:00 | all have it |\n"
    )
    assert entries(document_of(text)) == [
        ("", "a release has the bug"),
        ("05-19 15:53", "a fix is released"),
        ("05-20 09:00", "all have it"),
    ]


@pytest.mark.parametrize("length", ["01:30", "00:45:00", "00:04 (4 minutes)", "1:30"])
@pytest.mark.parametrize("form", ["**Duration:** {}\n", "| Date | x |\n|-|-|\n| Duration | {} |\n"])
def test_a_length_of_figures_is_no_time_of_day(length: str, form: str) -> None:
    text = f"{HEAD}{form.format(length)}\n## Timeline\n\n- 14:02 a\n- 14:06 b\n"
    document = document_of(text)
    assert document.times.started is None
    assert document.times.resolved is None
    assert document.impact.duration == length


def test_a_duration_that_is_a_range_of_times_states_the_window() -> None:
    text = f"{HEAD}**Duration:** 14:02 - 14:06\n\n## Timeline\n\n- 14:02 a\n- 14:06 b\n"
    document = document_of(text)
    assert document.times.started is not None
    assert f"{document.times.started:%H:%M}" == "14:02"


@pytest.mark.parametrize(
    "line",
    ["May 18: x", "Monday, May 18th: x", "May 18th - x"],
)
def test_a_day_before_a_colon_is_a_day(line: str) -> None:
    timeline = f"- 2020-05-17 09:00 a\n- 10:00 {line}\n- 10:05 y\n"
    document = read(f"{HEAD}## Timeline\n\n{timeline}".encode()).document
    assert entries(document)[1] == ("05-18 10:00", "x")


@pytest.mark.parametrize(
    "summary",
    [
        "Pages failed for hours. The source of the problem was traced back to a bug in a script.",
        "Pages failed for hours. The outage was eventually traced to one bad cable.",
    ],
)
def test_what_a_problem_was_traced_to_is_its_cause(summary: str) -> None:
    document = document_of(f"{HEAD}## Summary\n\n{summary}\n\n## Timeline\n\n- 10:00 a\n")
    assert "traced" in document.cause_summary + document.root_cause


@pytest.mark.parametrize(
    ("summary", "fix"),
    [
        ("El despliegue falló. Se resolvió pasando los valores a literales.", "Se resolvió"),
        ("La panne a duré. Elle a été résolue en redémarrant le nœud.", "Elle a été"),
        ("O site caiu. O erro foi corrigido com uma nova versão.", "O erro foi"),
        ("Die Seite war weg. Der Fehler wurde durch einen Neustart behoben.", "Der Fehler"),
    ],
)
def test_the_fix_is_told_in_other_languages(summary: str, fix: str) -> None:
    document = document_of(f"{HEAD}## Resumen\n\n{summary}\n\n## Timeline\n\n- 10:00 a\n")
    assert document.resolution.startswith(fix)


def test_when_it_was_planned_to_end_is_not_when_it_ended() -> None:
    text = (
        f"{HEAD}## Summary\n\nThe lists were taken down for maintenance at 17:00 UTC. It was "
        "expected to last until 19:00 UTC. The lists were offline until roughly 21:00.\n\n"
        "## Timeline\n\n- 17:04 start\n- 19:00 changes done\n"
    )
    document = document_of(text)
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "21:00"


def test_a_line_that_is_a_range_states_the_window() -> None:
    text = (
        f"{HEAD}## Summary\n\nA snapshot of 13:17 (UTC) was taken in, and the data fully restored "
        "at 14:16.\n\n## Impact\n\nBetween 13:17 and 14:18 (UTC):\n\n- no logins\n"
    )
    document = document_of(text)
    assert document.times.resolved is not None
    assert f"{document.times.resolved:%H:%M}" == "14:18"


def test_a_credit_in_percent_is_no_share_of_users() -> None:
    text = f"{HEAD}## Impact\n\nCrédit de service de 10 % appliqué aux clients concernés.\n"
    assert document_of(text).impact.percent is None


STEPS = "- tell sooner\n- test more\n- plan changes\n"


@pytest.mark.parametrize(
    "text",
    [
        f"The network failed.\nWe are taking the following steps to prevent this:\n{STEPS}",
        f"{HEAD}## Actionables\n\n{STEPS}",
        f"{HEAD}# Preventing the issue from happening again / What we have learnt\n\n{STEPS}",
        f"{HEAD}## Solution\n\nA patch was run.\n\n## Mitigations\n\n{STEPS}",
    ],
)
def test_what_is_to_be_done_is_found_under_other_names(text: str) -> None:
    document = document_of(text)
    done = [each.text for each in (*document.measures, *document.tasks)]
    assert done == ["tell sooner", "test more", "plan changes"]


def test_a_list_that_prose_promises_stays_there_beside_things_to_do() -> None:
    text = f"{HEAD}## Summary\n\nWe took the following steps to avoid more:\n\n{STEPS}\n"
    document = document_of(f"{text}## Action items\n\n- write it down\n")
    assert [each.text for each in (*document.measures, *document.tasks)] == ["write it down"]
    assert "test more" in document.summary


def test_a_day_without_a_year_stays_with_its_first_event() -> None:
    text = "# Shop down\n\n## Timeline\n\nMay 5\n\n- 10:00 a\n- 11:00 b\n\nMay 6\n\n- 09:00 c\n"
    document = document_of(text)
    assert document.undated
    assert [each.text for each in document.timeline] == ["a (May 5)", "b", "c (May 6)"]


@pytest.mark.parametrize("day", ["May 5", "### 5 May 2024", "May 5th"])
def test_a_day_on_which_nothing_is_told_is_kept(day: str) -> None:
    text = f"# Shop down\n\n## Timeline\n\n{day}\n"
    assert not missing_words(text, read(text.encode()).document)


def test_a_column_of_types_of_event_is_not_what_happened() -> None:
    text = (
        f"{HEAD}## Timeline\n\n| Time | Event Type | Description |\n|---|---|---|\n"
        "| 0730 | `operator` | Ana renews the key. |\n| 0809 | `automated` | The build fails. |\n"
    )
    assert entries(document_of(text)) == [
        ("05-18 07:30", "Ana renews the key.\nEvent Type: `operator`"),
        ("05-18 08:09", "The build fails.\nEvent Type: `automated`"),
    ]


def test_labels_with_their_times_in_a_column_are_events() -> None:
    text = (
        f"{HEAD}## Timeline\n\n- **Incident Start:**   2020-05-18 23:15 UTC\n"
        "- **Detection:**        2020-05-18 23:25 UTC (by an alert of the cluster)\n"
        "- **Stable again:**     2020-05-19 02:50 UTC onwards\n"
    )
    found = entries(document_of(text))
    assert [at for at, _ in found] == ["05-18 23:15", "05-18 23:25", "05-19 02:50"]
    assert [said.partition(":")[0] for _, said in found] == [
        "Incident Start",
        "Detection",
        "Stable again",
    ]


def test_a_title_tells_the_day_rather_than_the_date_of_publication() -> None:
    text = (
        "---\ntitle: Postmortem of the outage on 17th June 2019\ndate: 2019-07-02\n---\n\n"
        "## Timeline\n\n- 10:00 a\n- 11:00 b\n"
    )
    assert [at for at, _ in entries(document_of(text))] == ["06-17 10:00", "06-17 11:00"]


def test_a_period_in_hours_is_how_long_it_was() -> None:
    text = f"{HEAD}## Summary\n\nNo files came (a period of approximately 16 hours).\n"
    assert "16 hours" in document_of(text).impact.duration


def test_a_list_that_looks_forward_is_to_be_done() -> None:
    text = f"{HEAD}## Looking forward\n\n{STEPS}"
    document = document_of(text)
    assert len(document.measures) + len(document.tasks) == 3


def test_clock_times_of_a_story_are_no_window_that_runs_backwards() -> None:
    text = (
        f"{HEAD}## Summary\n\nAt roughly 09:30 GMT, the network halted at block 12. Over the "
        "subsequent 40 minutes, to 10:10 GMT, most were upgraded, and all agreed at 10:19 GMT.\n"
    )
    times = document_of(text).times
    assert times.started is not None
    assert f"{times.started:%H:%M}" == "09:30"
    assert times.resolved is None or times.resolved.date() == times.started.date()


def test_moments_set_as_code_in_a_table_of_facts_are_the_times() -> None:
    text = (
        "| Event | `x` |\n|---|---|\n| **Detected** | `2022-04-28 10:34` |\n"
        "| **Resolved** | `2022-04-29 12:01` |\n\n## Summary\n\nIt failed at `2022-04-20 19:48`, "
        "and nobody saw it until `2022-04-28 10:34`.\n\n## Timeline\n\n- 2022-04-28 10:40 a\n"
    )
    times = document_of(text).times
    assert times.detected is not None
    assert times.resolved is not None
    assert (f"{times.detected:%m-%d %H:%M}", f"{times.resolved:%m-%d %H:%M}") == (
        "04-28 10:34",
        "04-29 12:01",
    )


def test_a_time_set_as_code_may_be_about() -> None:
    text = f"{HEAD}## Timeline\n\n* `00:28` - a\n* ~`01:30` - b\n* `01:54` - c\n"
    found = document_of(text).timeline
    assert [(f"{each.at:%H:%M}", each.about, each.text) for each in found] == [
        ("00:28", False, "a"),
        ("01:30", True, "b"),
        ("01:54", False, "c"),
    ]


def test_a_heading_with_a_time_inside_stands_among_those_that_are_times() -> None:
    text = (
        f"{HEAD}## Timeline (CET)\n\n### 01:58-02:00 CET\nAll well.\n\n### 02:00 CET\n"
        "First signs:\n- no blocks\n\n### After 02:10 CET\nAll well again.\n"
    )
    assert entries(document_of(text)) == [
        ("05-18 01:58", "All well."),
        ("05-18 02:00", "First signs:\n- no blocks"),
        ("05-18 02:10", "After 02:10 CET\nAll well again."),
    ]


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("A disk failed undetected for 14 days.", ""),
        ("Each request was slow for 6 to 9 seconds.", ""),
        ("The shop was down for 20 seconds.", "20 seconds"),
        ("A disk failed undetected for 14 days. We had 2 hours of limited access.", "2 hours"),
    ],
)
def test_only_how_long_the_outage_was_is_its_length(said: str, length: str) -> None:
    text = f"{HEAD}## Summary\n\n{said}\n\n## Timeline\n\n- 10:00 a\n"
    assert document_of(text).impact.duration == length


def test_a_note_above_the_title_is_kept() -> None:
    text = (
        "> **Note:** names are left out.\n\n# A validator missed blocks\n\n## Summary\n\nIt did.\n"
    )
    document = document_of(text)
    assert document.title == "A validator missed blocks"
    assert any("names are left out" in section.body for section in document.sections)


def test_moments_as_the_command_date_prints_them_are_read() -> None:
    text = (
        "# Halt\n\n## What happened?\n\nThe chain stopped. A rundown:\n\n"
        "- **Fri Jun 25 04:13:00 PM PDT 2021**\n\n  An alert comes.\n\n"
        "- **Fri Jun 25 17:17:00 PDT 2021**\n\n  A bug is found.\n\n"
        "- **Sat Jun 26 02:00:00 AM PDT 2021**\n\n  The chain runs.\n"
    )
    document = read(text.encode()).document
    assert document.timezone == "America/Los_Angeles"
    assert entries(document) == [
        ("06-25 16:13", "An alert comes."),
        ("06-25 17:17", "A bug is found."),
        ("06-26 02:00", "The chain runs."),
    ]


def test_updates_that_begin_with_their_time_are_events() -> None:
    text = (
        "Mail outage\nPosted on: 2014-05-07 14:48\n\nMail is late since this morning.\n\n"
        "UPDATE 7 May 19:27 UTC - Drives are replaced.\n\n**Update (7 May 20:44 UTC)**: It boots.\n"
    )
    assert entries(read(text.encode(), "a.txt").document) == [
        ("05-07 19:27", "UPDATE: Drives are replaced."),
        ("05-07 20:44", "Update: It boots."),
    ]


def test_an_update_keeps_its_link_and_its_marks() -> None:
    text = (
        "# Mail outage\n\nMail is late.\n\n"
        "UPDATE 2014-05-07 18:00 UTC - Drives are replaced.\n\n"
        "**UPDATE** (2014-05-07 19:27 UTC): See [the list](https://a.example/x) of **all** disks.\n"
    )
    _, event = read(text.encode()).document.timeline
    assert "https://a.example/x" in str(event)
    assert "all" in event.text


def test_the_day_of_a_page_may_stand_in_its_name() -> None:
    text = "# Incidents/2018-08-31-TimedMedia\n\n## Timeline\n\n- 12:46 a\n- 12:50 b\n"
    assert [at for at, _ in entries(document_of(text))] == ["08-31 12:46", "08-31 12:50"]


def test_a_year_amid_those_of_another_is_a_slip() -> None:
    text = (
        "# Shop down\n\n## Timeline\n\n- 2019-03-27 20:43 a\n- 2017-03-27 20:53 b\n"
        "- 2019-03-28 11:26 c\n"
    )
    imported = read(text.encode())
    assert [each.text for each in imported.document.timeline] == ["a", "b (2017-03-27)", "c"]
    assert any("stands among entries of 2019" in each.text for each in imported.report.findings)


def test_a_year_that_may_be_meant_is_no_slip() -> None:
    text = (
        "# Shop down\n\n## Timeline\n\n- 2019-03-27 20:43 a\n- 2020-03-27 20:53 b\n"
        "- 2021-03-28 11:26 c\n"
    )
    years = [each.at.year for each in read(text.encode()).document.timeline if each.at]
    assert years == [2019, 2020, 2021]


@pytest.mark.parametrize(
    "said", ["The gallery was uneditable for some 19 hours.", "It was gone for nearly 19 hours."]
)
def test_how_long_it_was_is_told_after_for(said: str) -> None:
    assert "19 hours" in document_of(f"{HEAD}## Summary\n\n{said}\n").impact.duration


def test_a_cause_that_one_was_able_to_identify_is_told() -> None:
    text = (
        f"{HEAD}## Summary\n\nCertificates failed. We were able to fully identify the root cause "
        "of it, which turned out to be a bug elsewhere.\n\n## Timeline\n\n- 10:00 a\n"
    )
    document = document_of(text)
    assert "turned out to be a bug" in document.cause_summary + document.root_cause
