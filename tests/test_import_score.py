"""The judge of imports says right of what is right, wrong of what is wrong, and counts words."""

import json
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pmtui.core.document import (
    Entry,
    Impact,
    Link,
    Measure,
    Postmortem,
    Section,
    Task,
    Times,
)
from tests.import_score import FIELDS, FURTHER, main, report, score, score_folder, summary
from tests.import_scoring import words
from tests.import_scoring.facts import Facts, minutes
from tests.import_scoring.judging import judge, judge_samples, plain_words

CORPUS = Path(__file__).parent / "data" / "import"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


DOCUMENT = Postmortem(
    title="Postmortem: *Checkout* outage of 22 May",
    severity="SEV-2",
    timezone="Africa/Nairobi",
    summary="Checkout was down. See https://status.example.org/17 and [the log](https://l.example).",
    root_cause="A wrong memory parameter.",
    times=Times(started=at("2024-05-22T14:00:00+03:00"), resolved=at("2024-05-23T00:10:00+03:00")),
    impact=Impact(percent=12.5, duration="about 2 hours and 5 minutes, from 14:00"),
    timeline=(
        Entry(id="a", at=at("2024-05-22T14:00:20+03:00"), text="**Alert** `5xx` fired at once"),
        Entry(id="b", text="Nobody knows when this was"),
        Entry(id="c", at=at("2024-05-23T00:10:00+03:00"), text="all fine again", who="Ana"),
    ),
    measures=(Measure(id="m", text="Alert on memory"),),
    tasks=(Task(id="t", text="Patch it", state="done"), Task(id="u", text="Test it")),
    images=(Link(title="graph", target="graph.png"),),
    sections=(
        Section(id="s", heading="Notes", body="- [x] kept box\n- [ ] another\n\n```\nls\n```"),
    ),
)
RIGHT: dict[str, Any] = {
    "title": "Postmortem: Checkout outage of 22",
    "start": "2024-05-22T14:00",
    "end": "2024-05-23T00:10",
    "date": "2024-05-22",
    "timezone": "EAT",
    "duration_min": 125,
    "impact_percent": 12.5,
    "severity": "SEV2 (major)",
    "n_timeline": 3,
    "n_timed": 2,
    "first_entry_time": "14:00",
    "last_entry_time": "00:10",
    "first_entry_date": "2024-05-22",
    "last_entry_date": "2024-05-23",
    "has_root_cause": True,
    "has_resolution": False,
    "n_actions": 3,
    "n_checkboxes": 4,
    "n_checked": 2,
    "sections": ["Issue Summary", "Time line", "3. What we do"],
    "n_links": 2,
    "n_images": 1,
    "code_blocks": 1,
    "samples": [
        ["14:00", "Alert 5xx fired at"],
        ["", "Nobody knows when"],
        ["00:10", "Ana all fine"],
        ["*", "all fine again"],
    ],
}
HEADINGS = ("**Issue summary**", "Time line (EAT)", "What we do now")
FACTS = Facts(DOCUMENT, HEADINGS)


def test_a_document_that_says_what_is_expected_is_right_in_every_field() -> None:
    verdicts = (*judge(FACTS, RIGHT), *judge_samples(FACTS, RIGHT))
    assert [verdict for verdict in verdicts if not verdict.right] == []
    assert {verdict.field for verdict in verdicts} == {*FIELDS, *FURTHER, "samples"}


WRONG = [
    ("title", "Checkout outage"),
    ("title", ""),
    ("start", "2024-05-22T14:01"),
    ("start", "2024-05-21"),
    ("start", "14:00:20"),
    ("start", ""),
    ("end", "2024-05-22T00:10"),
    ("end", ""),
    ("date", "2024-05-24"),
    ("timezone", "UTC"),
    ("timezone", ""),
    ("duration_min", 120),
    ("impact_percent", 12),
    ("severity", "SEV-1"),
    ("severity", "2.5"),
    ("severity", "P21"),
    ("n_timeline", 4),
    ("n_timed", 3),
    ("first_entry_time", "14:01"),
    ("first_entry_time", ""),
    ("last_entry_time", "14:00"),
    ("first_entry_date", "2024-05-23"),
    ("last_entry_date", "2024-05-22"),
    ("has_root_cause", False),
    ("has_resolution", True),
    ("n_actions", 2),
    ("n_checkboxes", 1),
    ("n_checkboxes", 5),
    ("n_checked", 0),
    ("n_checked", 3),
    ("sections", ["Issue Summary", "What we do"]),
    ("sections", ["Time line", "Issue Summary", "What we do"]),
    ("n_links", 1),
    ("n_images", 0),
    ("code_blocks", 0),
    ("absent", ["severity"]),
    ("absent", ["impact_percent"]),
    ("absent", ["duration_min"]),
]


@pytest.mark.parametrize(("field", "label"), WRONG)
def test_another_label_is_wrong(field: str, label: Any) -> None:
    (verdict,) = judge(FACTS, {field: label})
    assert not verdict.right


ALSO_RIGHT = [
    {"title": "Something else", "alt_titles": ["Postmortem: checkout"]},
    {"start": "14:00"},
    {"start": "2024-05-22"},
    {"end": "00:10:00"},
    {"timezone": "GMT+3"},
    {"timezone": "PST", "alt_timezones": ["UTC+3"]},
    {"impact_percent": 50, "alt_impact_percent": [12.5]},
    {"severity": "2"},
    {"severity": "Low", "alt_severity": ["SEV-9", "2"]},
    {"start": "", "alt_start": ["14:00"]},
    {"end": "2024-05-22T00:10", "alt_end": ["00:10:00"]},
    {"n_actions": 5, "n_actions_range": [3, 5]},
    {"n_timeline": 2, "n_timeline_range": [2, 3]},
    {"n_checkboxes": 2},
    {"sections": ["Other"], "alt_sections": [["Issue summary", "1 Time line", "What we"]]},
]


@pytest.mark.parametrize("expected", ALSO_RIGHT)
def test_other_readings_are_as_good(expected: dict[str, Any]) -> None:
    (verdict,) = judge(FACTS, expected)
    assert verdict.right


@pytest.mark.parametrize(
    "sample",
    [
        ["14:01", "Alert 5xx fired"],
        ["", "Alert 5xx fired"],
        ["14:00", "Nobody knows when"],
        ["14:00", "5xx fired"],
        ["*", "all fine again now"],
    ],
)
def test_a_sample_with_another_time_or_text_is_wrong(sample: list[str]) -> None:
    (verdict,) = judge_samples(FACTS, {"samples": [sample]})
    assert not verdict.right


def test_an_undated_document_has_times_and_no_days() -> None:
    started = Times(started=at("2000-01-01T23:35:00"))
    facts = Facts(Postmortem(undated=True, times=started), ())
    labels = ("23:35", "2000-01-01T23:35", "2000-01-01")
    assert [judge(facts, {"start": label})[0].right for label in labels] == [True, False, False]
    assert not judge(facts, {"date": "2000-01-01"})[0].right


def test_an_empty_document_is_right_where_nothing_is_expected() -> None:
    nothing: dict[str, Any] = tomllib.loads((CORPUS / "expectations.toml").read_text())["empty"]
    assert all(verdict.right for verdict in judge(Facts(Postmortem(), ()), nothing))


def test_a_milestone_stands_for_a_time_that_is_not_stated() -> None:
    timeline = (
        Entry(id="a", at=at("2024-05-22T14:00:00"), kind="started"),
        Entry(id="b", at=at("2024-05-22T16:00:00"), kind="resolved"),
    )
    facts = Facts(Postmortem(timeline=timeline), ())
    expected = {"start": "2024-05-22T14:00", "end": "2024-05-22T16:00"}
    assert all(verdict.right for verdict in judge(facts, expected))
    assert all(verdict.right for verdict in judge(facts, {"start": "", "end": ""}))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2 hours", 120),
        ("4 hours 15 minutes, 09:00 to 13:15", 255),
        ("42 h 33 min", 2553),
        ("1 hour and 50 minutes", 110),
        ("2 horas y 20 minutos", 140),
        ("20 seconds at 3:00 pm", 1 / 3),
        ("three and a half hours", 210),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("three quarters of an hour", 45),
        ("about 1h20m", 80),
        ("approximately 3 hours, 2 hours too long", 180),
        ("1,5 Stunden", 90),
        ("from 14:00 to 16:00", None),
        ("", None),
    ],
)
def test_a_length_in_words(text: str, length: float | None) -> None:
    assert minutes(text) == pytest.approx(length)


SOURCES = [
    ("Queue full, queue down", {"queue": 2, "full": 1, "down": 1}),
    ("- **At 2:05 PM (EAT):** it broke", {"it": 1, "broke": 1}),
    ("On 22 May 2024 from 14:00 to 16:00 GMT", {"on": 1}),
    ("_5:30 PM_ – it broke", {"it": 1, "broke": 1}),
    ("um 09:50 Uhr: geht", {"geht": 1}),
    ("A cat to eat, see Friday", {"a": 1, "cat": 1, "to": 1, "eat": 1, "see": 1, "friday": 1}),
    ("### 2024-06-15 (Saturday)", {}),
    ("08h30 HR calls", {"hr": 1, "calls": 1}),
    ("412 of 2060 (20%)", {"412": 1, "of": 1, "2060": 1, "20": 1}),
    ("1. first\n2. second", {"first": 1, "second": 1}),
    ("<b>bold</b>er &amp;<img src='a.png' alt='map'>", {"bolder": 1, "a": 1, "png": 1, "map": 1}),
    ("a < b and x<y", {"a": 1, "b": 1, "and": 1, "x": 1, "y": 1}),
    ("[17:41] <hyena> <ftp://a.b/c>", {"hyena": 1, "ftp": 1, "a": 1, "b": 1, "c": 1}),
    ("<!-- hidden -->", {"hidden": 1}),
    ("snake_case \\_escaped\\_", {"snake": 1, "case": 1, "escaped": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "counted"), SOURCES)
def test_what_counts_as_a_word(source: str, counted: dict[str, int]) -> None:
    assert words.words(source) == Counter(counted)


def test_a_page_counts_what_its_reader_sees() -> None:
    head = "<title>no</title><link href='no.css'><script src='no.js'>no()</script>"
    page = f"<html><head>{head}</head><body><p>yes<p>and yes</body>"
    assert words.words(page, is_html=True) == Counter({"yes": 2, "and": 1})


def test_lost_words_are_counted_as_often_as_they_are_missing() -> None:
    document = Postmortem(title="one two", summary="three two")
    assert words.lost("one two three two two four", document) == Counter({"two": 1, "four": 1})
    assert words.share_kept(Counter("aab"), Counter("b")) == pytest.approx(2 / 3)
    assert words.share_kept(Counter(), Counter()) == 1.0


def test_nothing_of_a_document_in_the_house_form_is_lost() -> None:
    assert words.lost(FACTS.markdown, DOCUMENT) == Counter()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        (b"\xef\xbb\xbfe", "e"),
        ("é".encode("utf-16"), "é"),
        ("é…".encode("cp1252"), "é…"),
    ],
)
def test_a_source_is_decoded(data: bytes, text: str) -> None:
    assert words.decoded(data) == text


def read_well(data: bytes, name: str) -> Facts:
    if b"fails" in data:
        raise ValueError("cannot")
    return FACTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text("Alert 5xx, zebra")
    (tmp_path / "bad.txt").write_text("this fails")
    (tmp_path / "unlabelled.md").write_text("x")
    labels = (
        '[good]\nseverity = "SEV2"\nn_timeline = 9\n[bad]\ntitle = "x"\nsamples = [["", "x"]]\n'
    )
    (tmp_path / "labels.toml").write_text(labels)
    return tmp_path


def test_a_folder_is_summed_up(folder: Path) -> None:
    scores = score_folder(folder, folder / "labels.toml", read_well)
    told = summary(scores)
    assert told["documents"] == 2
    assert told["failed"] == ["bad.txt: ValueError: cannot"]
    assert told["fields"]["severity"] == (1, 1)
    assert told["total"] == (1, 3)
    assert told["entries"] == (0, 2)
    assert told["words"] == (3, 6)
    said = report(scores, verbose=True)
    assert "n_timeline: expected 9; found 3" in said
    assert "zebra" in said


def test_headings_are_forgiven_only_in_the_second_count_of_words() -> None:
    one = score("x.md", b"# Issue summary\n\nzebra", {}, read_well)
    assert set(one.lost) == {"zebra"}
    other = score("x.md", b"## Our line\n", {}, lambda *_: Facts(Postmortem(), ("Our line",)))
    assert (set(other.lost), set(other.lost_but_headings)) == ({"our", "line"}, set())


def test_words_that_only_a_comment_holds_are_out_of_sight() -> None:
    document = Postmortem(sections=(Section(id="s", body="shown\n\n<!-- zebra -->"),))
    one = score("x.md", b"shown zebra\n<!-- note -->", {}, lambda *_: Facts(document, ()))
    assert (set(one.lost), set(one.out_of_sight)) == ({"note"}, {"zebra"})


def test_a_label_without_its_document_is_refused(folder: Path) -> None:
    (folder / "good.md").unlink()
    with pytest.raises(FileNotFoundError, match="good"):
        score_folder(folder, folder / "labels.toml", read_well)


def test_the_command_prints_a_summary(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.import_score.importer", lambda: read_well)
    assert main([str(folder), "--json", "--verbose"]) == 0
    assert json.loads(capsys.readouterr().out)["misses"]["bad.txt"]
    assert main([str(folder), "--labels", str(folder / "labels.toml")]) == 0
    assert "fields in total" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main([str(folder), "--labels", str(folder / "none.toml")])
    assert stopped.value.code == 2


def test_each_document_of_the_corpus_is_labelled_and_each_label_is_known() -> None:
    labels = tomllib.loads((CORPUS / "expectations.toml").read_text("utf-8"))
    assert {path.stem for path in CORPUS.glob("[!.]*") if path.suffix != ".toml"} == set(labels)
    keys = {*FIELDS, *FURTHER, "samples", "absent", "notes"}
    also = {"alt_titles", "alt_start", "alt_end", "alt_timezones", "alt_impact_percent"}
    also |= {"alt_severity", "alt_sections"}
    ranges = {f"{key}_range" for key in keys if key.startswith("n_")}
    assert {key for table in labels.values() for key in table} <= keys | also | ranges


def test_the_corpus_is_in_the_encodings_that_it_is_to_show() -> None:
    start = {
        name: (CORPUS / name).read_bytes()[:3] for name in ("crlf-bom.md", "teletext-utf16.txt")
    }
    assert start == {"crlf-bom.md": b"\xef\xbb\xbf", "teletext-utf16.txt": b"\xff\xfeT"}
    assert b"\r\n" in (CORPUS / "crlf-bom.md").read_bytes()
    for name, letter in (("panne-latin1.txt", b"\xe9"), ("quotes-cp1252.md", b"\x93")):
        assert letter in (CORPUS / name).read_bytes()


def sources() -> dict[str, str]:
    """The documents of the corpus as text, by name; of HTML what its reader sees."""
    paths = [path for path in CORPUS.glob("[!.]*") if path.suffix != ".toml"]
    return {path.stem: words.shown(path.read_bytes(), path.name) for path in paths}


def test_a_source_that_is_kept_whole_loses_no_word() -> None:
    for text in sources().values():
        body = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
        document = Postmortem(sections=(Section(id="s", heading="All", body=body),))
        assert words.lost(body, document) == Counter()


def test_each_label_stands_in_its_document() -> None:
    labels = tomllib.loads((CORPUS / "expectations.toml").read_text("utf-8"))
    strange = []
    for name, text in sources().items():
        table = labels[name]
        told = [table["title"], *table.get("sections", ())]
        told += [sample[1] for sample in table.get("samples", ())]
        seen = f" {' '.join(plain_words(text))} "
        strange += [(name, label) for label in told if " ".join(plain_words(label)) not in seen]
    assert strange == []
