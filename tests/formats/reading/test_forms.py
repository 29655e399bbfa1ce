"""Every form in which people write timelines is read: its clock times, its words, its order."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words
from tests.growth import LINEAR, growth
from tests.long_run import besides


def timeline(
    text: str, *, head: str = "# T\n\n## Timeline\n\n", name: str = "a.md"
) -> list[tuple[str, str]]:
    """The clock times and words of the events of a document with this timeline."""
    return events(read(f"{head}{text}".encode(), name).document)


def events(document: Postmortem) -> list[tuple[str, str]]:
    """The clock times and words of the events, "" where one has no time."""
    return [(f"{entry.at:%H:%M}" if entry.at else "", entry.text) for entry in document.timeline]


BOTH = [("14:05", "Down"), ("14:20", "Up")]


@pytest.mark.parametrize(
    "text",
    [
        "- 14:05 Down\n- 14:20 Up",
        "* 14:05: Down\n* 14:20: Up",
        "+ 14:05 - Down\n+ 14:20 - Up",
        "• 14:05 Down\n• 14:20 Up",
        "– 14:05 Down\n– 14:20 Up",
        "1. 14:05 Down\n2. 14:20 Up",
        "- **14:05**: Down\n- **14:20**: Up",
        "- **14:05:** Down\n- **14:20:**Up",
        "_14:05_ – Down  \n_14:20_ – Up",
        "- [14:05] Down\n- [14:20] Up",
        "- (14:05) Down\n- (14:20) Up",
        "- `14:05` Down\n- `14:20` Up",
        "14:05 Down\n14:20 Up",
        "14:05 Down\n\n14:20 Up",
        "14:05: Down\r\n14:20: Up",
        "    14:05 Down\n    14:20 Up",
        "| Time | Event |\n|---|---|\n| 14:05 | Down |\n| 14:20 | Up |",
        "| Event | When |\n|---|---|\n| Down | 14:05 |\n| Up | 14:20 |",
        "<table><tr><th>Time</th><th>What</th></tr>\n<tr><td>14:05</td><td>Down</td></tr>\n\n<tr><td>14:20</td><td>Up</td></tr></table>",
        "<ul><li><b>14:05</b> Down</li><li><b>14:20</b> Up</li></ul>",
        "<li>14:05 Down</li>\n<li>14:20 Up</li>",
        "<p>14:05 Down</p>\n<p>14:20 Up",
        "<p>14:05 Down<br>14:20 Up</p>",
        "### 14:05\n\nDown\n\n### 14:20\n\nUp",
        "### 14:05 - Down\n\n### 14:20 - Up",
        "14:05\nDown\n\n14:20\nUp",
        "```\n14:05 Down\n14:20 Up\n```",
        "> 14:05 Down\n>\n> 14:20 Up",
        "- 2:05 PM: Down\n- 2:20 PM: Up",
        "- 2:05 PM:Down\n- 2:20 PM:Up",
        "- 2.05pm Down\n- 2.20pm Up",
        "- 1405 Down\n- 1420 Up",
        "- 1405hrs Down\n- 1420hrs Up",
        "- 14h05 Down\n- 14h20 Up",
        "- 14 h 05 : Down\n- 14 h 20 : Up",
        "- 14:05 Uhr: Down\n- 14.20 Uhr: Up",
        "- 14:05:31 Down\n- 14:20:01 Up",
        "- At 14:05, Down\n- At 14:20, Up",
        "- 14:05 UTC: Down\n- 14:20 UTC: Up",
        "- 14:05 UTC (16:05 CEST): Down\n- 14:20 UTC (16:20 CEST): Up",
        "- 2024-05-22 14:05 Down\n- 2024-05-22 14:20 Up",
        "- 2024-05-22T14:05:00Z Down\n- 2024-05-22T14:20:00Z Up",
        "- 14:05 UTC on 22 May 2024 – Down\n- 14:20 UTC on 22 May 2024 – Up",
        "**22 May 2024**\n\n- 14:05 Down\n- 14:20 Up",
        "- 22 May 2024\n  - 14:05 Down\n  - 14:20 Up",
        ":clock: 14:05 Down\n:clock: 14:20 Up",
    ],
)  # fmt: skip
def test_two_events_are_read_in_any_form(text: str) -> None:
    assert timeline(text) == BOTH


def test_a_range_fills_the_end() -> None:
    document = read(
        b"# T\n\n## Timeline\n\n- 10:00-10:30 AM (UTC): Search\n- 14:05 to 14:20 Wait\n"
    ).document
    ranged = [entry for entry in document.timeline if entry.at and entry.until]
    assert [(f"{e.at:%H:%M}", f"{e.until:%H:%M}", e.text) for e in ranged] == [
        ("10:00", "10:30", "Search"),
        ("14:05", "14:20", "Wait"),
    ]  # fmt: skip


def test_events_without_a_time_keep_their_place() -> None:
    assert timeline("- 14:05 Down\n- Somebody called\n- 14:20 Up") == [
        ("14:05", "Down"),
        ("", "Somebody called"),
        ("14:20", "Up"),
    ]


def test_nested_points_stay_with_their_event() -> None:
    assert timeline("- 14:05 Down\n  - web\n  - db\n- 14:20 Up") == [
        ("14:05", "Down\n- web\n- db"),
        ("14:20", "Up"),
    ]


def test_relative_times_count_from_a_stated_start_and_are_no_clock_times_without_one() -> None:
    text = "- T+0:00 Down\n- T+0:10 Up"
    assert timeline(text) == [("", "Down (T+0:00)"), ("", "Up (T+0:10)")]
    head = "# T\n\n## Summary\n\nFrom 14:00 to 14:10 UTC on 22 May 2024.\n\n## Timeline\n\n"
    assert [clock for clock, _ in timeline(text, head=head)] == ["14:00", "14:10"]


def test_sentences_become_events_with_their_own_words() -> None:
    text = "At 10:00, it broke. Nobody saw. By **10:30**, we knew, and by 11:00 it was over."
    assert timeline(text) == [
        ("10:00", "it broke. Nobody saw."),
        ("10:30", "we knew,"),
        ("11:00", "and by 11:00 it was over."),
    ]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Cronología", "- 22 de mayo de 2024, 14:05 - Caída"),
        ("Chronologie", "- 22 mai 2024 à 14h05 : Caída"),
        ("Linha do tempo", "- 22 de maio de 2024 às 14:05 - Caída"),
        ("Zeitlicher Ablauf", "- 22. Mai 2024, 14:05 Uhr: Caída"),
    ],
)
def test_other_languages_are_read(heading: str, line: str) -> None:
    document = read(f"# T\n\n## {heading}\n\n{line}\n".encode()).document
    assert events(document) == [("14:05", "Caída")]
    assert not document.undated


def test_midnight_is_followed_without_dates_and_reported() -> None:
    found = read(b"# T 2024-05-22\n\n## Timeline (UTC)\n\n- 23:50 Down\n- 00:10 Up\n")
    assert [str(entry.at) for entry in found.document.timeline] == [
        "2024-05-22 23:50:00+00:00",
        "2024-05-23 00:10:00+00:00",
    ]
    assert (6, "taken as next day, because of the time before it") in [
        (finding.line, finding.text) for finding in found.report.ordered()
    ]


def test_a_zone_that_several_places_use_is_never_guessed() -> None:
    found = read(b"# T\n\n## Timeline\n\n- 14:05 IST Down\n")
    assert found.document.timezone == ""
    assert events(found.document) == [("14:05", "Down (IST)")]
    assert any("IST may be" in finding.text for finding in found.report.ordered())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_any_encoding_is_read(encoding: str) -> None:
    text = "# Störung\n\n## Timeline\n\n- 14:05 Café zu\n"
    document = read(text.encode(encoding)).document
    assert (document.title, events(document)) == ("Störung", [("14:05", "Café zu")])


@pytest.mark.parametrize("text", ["", "\n\n", "# Only a title\n", "Only a title"])
def test_next_to_nothing_is_a_document_too(text: str) -> None:
    document = read(text.encode()).document
    assert document.title == text.strip("# \n")
    assert document.timeline == ()


def test_front_matter_gives_title_and_people_and_keeps_the_rest() -> None:
    text = "---\ntitle: Disk full\nauthors:\n  - Ana\nlayout: post\n---\n\nIt was full.\n"
    document = read(text.encode()).document
    assert document.title == "Disk full"
    assert [(person.name, person.role) for person in document.people] == [("Ana", "Author")]
    assert any("layout: post" in section.body for section in document.sections)


def test_code_that_is_never_closed_swallows_nothing() -> None:
    text = "# T\n\n## Summary\n\n```\ncode\n\n## Timeline\n\n- 14:05 Down\n"
    assert events(read(text.encode()).document) == [("14:05", "Down")]


def test_what_is_of_no_standard_part_is_kept_word_for_word_in_its_place() -> None:
    odd = "> a\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    text = f"# T\n\n## Timeline\n\n- 14:05 Down\n\n## Odd *things*\n\n{odd}"
    section = read(text.encode()).document.sections[0]
    assert (section.heading, section.after) == ("Odd things", "timeline")
    assert section.body == "> a\n\n| x | y |\n|---|---|\n| 1 | 2 |"


def test_what_is_to_be_said_of_several_lines_is_said_once() -> None:
    def said(count: int) -> list[str]:
        lines = "".join(f"- 1{hour}:00 CST: event\n" for hour in range(count))
        report = read(f"# T\n\nOn 3 May 2024.\n\n## Timeline\n\n{lines}".encode(), "a.md").report
        return [f"{each.line}: {each.text}" for each in report.ordered() if "CST" in each.text]

    (alone,), (three,), (many,) = said(1), said(3), said(7)
    assert alone.startswith("7: CST may be")
    assert three == f"{alone} (also lines 8, 9)"
    assert many == f"{alone} (also in 6 other lines)"


@pytest.mark.parametrize(
    "form", ["- **{clock}**: {text}", *besides("{clock} {text}", "| {clock} | {text} |")]
)
def test_an_event_takes_as_long_to_read_however_many_there_are(form: str) -> None:
    table = "| Time | Event |\n|---|---|\n" if form.startswith("|") else ""
    words = "some words of `code` and a [link](https://e.org) " * 8

    def imported(count: int) -> None:
        clocks = (f"{i // 60 % 24:02}:{i % 60:02}" for i in range(count))
        lines = "\n".join(form.format(clock=clock, text=words) for clock in clocks)
        document = read(f"# T\n\n## Timeline\n\n{table}{lines}\n".encode()).document
        assert len(document.timeline) == count

    imported(1)
    assert growth(imported, 300) < LINEAR


_PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "- ", "* ", "1. ", "> ", "- [ ] ", "- [x] ", "**", "_", "`"),
        *("```\n", "---\n", "\n", "\n\n", "    ", "\t", "| a | b |\n|---|---|\n"),
        *("| 10:00 | x |\n", "==\n", "<p>", "</p>", "<li>", "</li>", "<b>", "<!-- note -->"),
        *("<none>", "[a](b)", "[ref]: http://x.y\n", "[ref]", "Timeline\n", "Summary\n"),
        *("Impact: ", "**Root Cause**: ", "Tasks:\n", "Action items\n", "Duration: "),
        *("10:30 ", "2:05 PM: ", "T+0:10 ", "2024-05-22 14:05 ", "May 5 "),
        *("05-02-2022 9:00 ", "99:99 ", "IST ", "the server was down", "we fixed it."),
        *("70% of users", "for 2 hours", "Owner: Ana", "(due 2024-06-01)", "résumé ", "日本 "),
        *("🔥", "&amp; ", "@ana ", "#detected ", "Status: Draft\n", "Subject: x\n"),
    ]
)  # fmt: skip


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=30).map("".join))
def test_any_text_is_read_into_a_document_that_can_be_saved(text: str) -> None:
    document = read(text.encode("utf-8", "replace"), "a.md").document
    written = toml.write(document)
    assert toml.write(toml.read(written)) == written


_SAFE = st.lists(
    st.one_of(
        _PIECES.filter(
            lambda piece: "<" not in piece and "&" not in piece and "-" * 3 not in piece
        ),
        st.sampled_from(["one ", "two ", "three ", "four\n"]),
    ),
    max_size=30,
).map("".join)


@settings(suppress_health_check=list(HealthCheck))
@given(_SAFE)
def test_not_one_word_is_lost_whatever_the_text(text: str) -> None:
    assert missing_words(text, read(text.encode(), "a.md").document) == Counter()


_BOXES = st.sampled_from(
    [
        *("- [x] ", "- [X]\n", "[x] ", "1. [x] a\n", "- [ ] ", "- ", "| [x] |", "  - [x] \n"),
        *("14:00 ", "one ", "two\n", "\n", "|---|---|\n", "| done | task |\n"),
        *("Timeline\n", "## Action items\n", "## People\n", "## What went well\n", "## Odd\n"),
    ]
)


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(_BOXES, max_size=12).map("".join))
def test_not_one_ticked_box_is_lost_whatever_stands_behind_it(text: str) -> None:
    assert missing_words(text, read(text.encode(), "a.md").document) == Counter()


def test_a_ticked_box_with_nothing_behind_it_is_kept() -> None:
    document = read(b"Timeline\n- [x] ", "a.md").document
    assert "- [x]" in document.sections[0].body
