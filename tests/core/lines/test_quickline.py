"""The lines that events and tasks are typed on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmtui.core.lines.quickline import complete, read_entry, read_task, write_entry, write_task
from pmtui.core.times import Frame
from pmtui.core.vocabulary import KINDS, PRIORITIES, TASK_KINDS
from pmtui.errors import TimeError

DAY = date(2024, 5, 22)
FRAME = Frame(datetime(2024, 5, 22, 14, 45, 30, tzinfo=UTC), "UTC", day=DAY)

odd_words = st.sampled_from(
    [
        *["#detected", "#internal", "#123", "@ana", '@"Ana', 'Maria"', "https://x/y", "\\", "\\\\"],
        *["\\#detected", "\\@ana", "⏎", "\\⏎", "\n", "14:05", "UTC", "PM", "-", "--", ":", "to"],
        *["15:00", "due:fri", "!P1", "OPS-12", "\\OPS-12", 'ticket:"x"', "link:", ".", "now", "@."],
        *["2024-05-22", "@1716386700", "[", "(EAT)", "+5m", "-5m", "\\14:05", "|", "–", "Z", "h"],
    ]
)
plain_text = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8)
texts = (
    st.lists(st.one_of(odd_words, plain_text), min_size=1, max_size=6)
    .flatmap(lambda words: st.sampled_from([" ", "  ", "", "\n"]).map(lambda gap: gap.join(words)))
    .map(str.strip)
    .filter(bool)
)
line_texts = st.one_of(st.just(""), st.sampled_from(["ana", "Ana Maria", "a.b", "J."]), plain_text)
links = st.one_of(
    st.just(""),
    st.sampled_from(["https://x/y", "https://x.", 'http://a"b', "a path", "HTTP://X"]),
    plain_text,
)
times = st.one_of(
    st.none(),
    st.datetimes(datetime(2024, 5, 20), datetime(2024, 5, 25)).map(
        lambda at: at.replace(microsecond=0, tzinfo=UTC)
    ),
)


@given(
    at=times,
    length=st.one_of(st.none(), st.integers(0, 100_000)),
    about=st.booleans(),
    kind=st.sampled_from(KINDS),
    text=texts,
    who=line_texts,
    link=links,
    internal=st.booleans(),
)
@example(None, None, False, "note", "-- x", "", "", False)
@example(None, None, False, "note", "a\\\nb", "", "", False)
@example(FRAME.now, None, False, "note", "\\\\host\\share", "", "", False)
def test_a_written_event_reads_back(at, length, about, kind, text, who, link, internal):
    """Whatever an entry holds, the line that is offered for editing reads back to it."""
    until = at + timedelta(seconds=length) if at and length is not None else None
    about = about and at is not None
    line = write_entry(
        at=at,
        until=until,
        about=about,
        kind=kind,
        text=text,
        who=who,
        link=link,
        internal=internal,
        frame=FRAME,
    )
    read = read_entry(line, FRAME)
    assert "\n" not in line
    assert (read.at, read.until, read.about) == (at, until, about)
    assert (read.kind or "note", read.text, read.who) == (kind, text, who)
    assert (read.link, read.internal, read.live) == (link, internal, False)


@given(
    text=texts,
    owner=line_texts,
    due=st.one_of(st.none(), st.dates()),
    priority=st.sampled_from(PRIORITIES),
    kind=st.sampled_from(TASK_KINDS),
    ticket=st.one_of(st.sampled_from(["", "OPS-12", "UTF-8", "#12", "https://x/1"]), plain_text),
)
def test_a_written_task_reads_back(text, owner, due, priority, kind, ticket):
    """Whatever a task holds, the line that is offered for editing reads back to it."""
    fields = {"owner": owner, "due": due, "priority": priority, "kind": kind, "ticket": ticket}
    read = read_task(write_task(text=text, **fields), DAY)
    assert read.text == text
    assert {name: getattr(read, name) for name in fields} == fields


@given(st.text())
def test_any_line_is_read_or_refused(line):
    """No line that can be typed crashes, and what is coloured lies within it in order."""
    for read in (lambda: read_entry(line, FRAME), lambda: read_task(line, DAY)):
        try:
            spans = read().spans
        except TimeError:
            continue
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(line) for edge in edges)


NONE = (None, "", "")
ENTRIES = [
    # line, text, time, kind, who, link
    ("14:05 5xx rises", "5xx rises", "14:05", None, "", ""),
    ("5xx rises", "5xx rises", "14:45", None, "", ""),
    ("500 errors a minute", "500 errors a minute", "14:45", None, "", ""),
    ("-5m paged", "paged", "14:40", None, "", ""),
    ("14:05 #detected alert @ana https://g/x", "alert", "14:05", "detected", "ana", "https://g/x"),
    ("14:05 alert #detected @ana https://g/x", "alert", "14:05", "detected", "ana", "https://g/x"),
    ("#detected alert", "alert", "14:45", "detected", "", ""),
    ("#DETECTED alert", "alert", "14:45", "detected", "", ""),
    ("14:05 the #resolved thing", "the thing", "14:05", "resolved", "", ""),
    ("14:05 tell @ana about https://g/x now", "tell @ana about https://g/x now", "14:05", *NONE),
    ("14:05 paged @ana.", "paged", "14:05", None, "ana", ""),
    ("14:05 see https://g/x.", "see", "14:05", None, "", "https://g/x"),
    ('14:05 paged @"Ana Maria"', "paged", "14:05", None, "Ana Maria", ""),
    ("14:05 paged @José-Ö.b", "paged", "14:05", None, "José-Ö.b", ""),
    ("14:05 fix for #123 and #foo", "fix for #123 and #foo", "14:05", *NONE),
    ("14:05 #action #finding x", "#finding x", "14:05", "action", "", ""),
    ("14:05 asked @ana @bob", "asked @bob", "14:05", None, "ana", ""),
    ("14:05 mail a@b.org", "mail a@b.org", "14:05", *NONE),
    (r"14:05 \#detected is a tag", "#detected is a tag", "14:05", *NONE),
    (r"14:05 ping \@ana", "ping @ana", "14:05", *NONE),
    (r"14:05 see \https://g/x", "see https://g/x", "14:05", *NONE),
    (r"\14:05 was the time", "14:05 was the time", "14:45", *NONE),
    (r"14:05 \UTC clock drifted", "UTC clock drifted", "14:05", *NONE),
    (r"C:\new\bin lost", r"C:\new\bin lost", "14:45", *NONE),
    (r"\\host\share lost", r"\\host\share lost", "14:45", *NONE),
    ("14:05 one⏎two", "one\ntwo", "14:05", *NONE),
    ("-- somebody restarted it", "somebody restarted it", "", *NONE),
    ("--verbose was set", "--verbose was set", "14:45", *NONE),
]


@pytest.mark.parametrize(("line", "text", "at", "kind", "who", "link"), ENTRIES)
def test_events(line, text, at, kind, who, link):
    """Tags are whole words at the ends of the line; a known kind counts anywhere."""
    read = read_entry(line, FRAME)
    shown = f"{read.at:%H:%M}" if read.at else ""
    assert (read.text, shown, read.kind, read.who, read.link) == (text, at, kind, who, link)


def test_a_line_without_a_time_is_live():
    """Only a line that says nothing about time is stamped now; `--` says that nobody knows."""
    assert read_entry("paged ana", FRAME).live
    assert not read_entry("14:05 paged ana", FRAME).live
    unknown = read_entry("-- paged ana", FRAME)
    assert unknown.at is None
    assert not unknown.live


def test_estimates_ranges_and_internal_entries():
    """`~` marks an estimate, a range fills until, `#internal` keeps an entry inside."""
    read = read_entry("~14:05-14:20 load shed #internal", FRAME)
    assert read.about
    assert read.internal
    assert read.until == datetime(2024, 5, 22, 14, 20, tzinfo=UTC)


def test_spans_name_the_parts():
    """Each part that is coloured is named by its role."""
    line = r"14:05 #detected it \#broke @ana https://g/x"
    parts = [(span.role, line[span.start : span.end]) for span in read_entry(line, FRAME).spans]
    assert parts == [
        ("time", "14:05"),
        ("kind", "#detected"),
        ("escape", "\\"),
        ("who", "@ana"),
        ("link", "https://g/x"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        *[("", "no text"), ("14:05", "no text"), ("14:05 #detected @ana", "no text"), ("--", "no")],
        *[("25:00 foo", "hours go to 23"), ("14:05 IST foo", "India"), ("+5m foo", "entry before")],
    ],
)
def test_refused_events(line, reason):
    """A refusal says why."""
    with pytest.raises(TimeError, match=reason):
        read_entry(line, FRAME)


TASKS = [
    # line, text, owner, due, priority, kind, ticket
    ("Patch it", "Patch it", "", None, "", "", ""),
    ("Patch it @ana due:fri !P1 #prevent OPS-12", "Patch it", "ana", 24, "P1", "prevent", "OPS-12"),
    ("OPS-12 Patch it", "Patch it", "", None, "", "", "OPS-12"),
    ("Upgrade OPS-12 tooling", "Upgrade OPS-12 tooling", "", None, "", "", ""),
    ("Convert to UTF-8", "Convert to UTF-8", "", None, "", "", ""),
    ("Patch !p0 it", "Patch it", "", None, "P0", "", ""),
    ("Patch it !3", "Patch it", "", None, "P3", "", ""),
    ("Patch it !P9 now!", "Patch it !P9 now!", "", None, "", "", ""),
    ("Patch it due:today", "Patch it", "", 22, "", "", ""),
    ("Patch it due:tomorrow.", "Patch it", "", 23, "", "", ""),
    ("Patch it due:wed", "Patch it", "", 29, "", "", ""),
    ("Patch it due:friday", "Patch it", "", 24, "", "", ""),
    ("Patch it due:+3d", "Patch it", "", 25, "", "", ""),
    ("Patch it due:+1w", "Patch it", "", 29, "", "", ""),
    ("Patch it due:30may", "Patch it", "", 30, "", "", ""),
    ("Patch it due:30-may", "Patch it", "", 30, "", "", ""),
    ("Patch it due:may30", "Patch it", "", 30, "", "", ""),
    ("Patch it due:2024-05-30", "Patch it", "", 30, "", "", ""),
    ("Patch it due:30.05.2024", "Patch it", "", 30, "", "", ""),
    (r"Say \due:fri", "Say due:fri", "", None, "", "", ""),
    ("The rent is due: friday", "The rent is due: friday", "", None, "", "", ""),
    ("Ask @ana for it", "Ask @ana for it", "", None, "", "", ""),
    ("Patch #17 #unknown", "Patch #17 #unknown", "", None, "", "", ""),
]


@pytest.mark.parametrize(("line", "text", "owner", "due", "priority", "kind", "ticket"), TASKS)
def test_tasks(line, text, owner, due, priority, kind, ticket):
    """Today is Wednesday 22 May 2024; `due` is the day of that month."""
    read = read_task(line, DAY)
    wanted = DAY.replace(day=due) if due else None
    assert (read.text, read.owner, read.due) == (text, owner, wanted)
    assert (read.priority, read.kind, read.ticket) == (priority, kind, ticket)


@pytest.mark.parametrize(
    ("due", "found"),
    [("12jun", date(2024, 6, 12)), ("1may", date(2025, 5, 1)), ("29feb", date(2028, 2, 29))],
)
def test_a_due_date_without_a_year_is_the_next_one(due, found):
    """A day that has passed this year is meant for the next."""
    assert read_task(f"x due:{due}", DAY).due == found


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        *[("", "no text"), ("due:fri", "no text"), ("x due:12/06", "12 June or 6 December")],
        *[
            ("x due:soon", "soon is not a day"),
            ("x due:2024-02-30", "no day 30"),
            ("x due:+1m", "not a day"),
        ],
        *[("x due:99/99/2024", "no month 99"), ("x due:2024-13-01", "no month 13")],
    ],
)
def test_refused_tasks(line, reason):
    """A refusal says why."""
    with pytest.raises(TimeError, match=reason):
        read_task(line, DAY)


@pytest.mark.parametrize(
    ("line", "cursor", "choices"),
    [
        ("14:05 #de", 9, ("#detected", "#decision", "#dead-end")),
        ("14:05 #DE", 9, ("#detected", "#decision", "#dead-end")),
        ("14:05 #detected", 15, None),
        ("14:05 #de alert", 9, ("#detected", "#decision", "#dead-end")),
        ("14:05 #de alert", 12, None),
        ("14:05 #zz", 9, None),
        ("#", 1, tuple(f"#{kind}" for kind in KINDS)),
        ("x @ma", 5, ("@marc", '@"Ana Maria"')),
        ('x @"ana m', 9, ('@"Ana Maria"',)),
        ("mail a@m", 8, None),
        (r"x \@ma", 6, None),
        ("", 0, None),
    ],
)
def test_completion(line, cursor, choices):
    """The word under the cursor is completed if it begins with # or @, best choice first."""
    found = complete(line, cursor, kinds=KINDS, names=("Ana Maria", "marc"))
    if choices is None:
        assert found is None
    else:
        assert found
        assert found.choices == choices
        assert line[found.start] in "#@"


@pytest.mark.parametrize("stop", [".", ",", ";", ":"])
def test_a_mark_after_a_tag_does_not_cost_the_tag(stop: str) -> None:
    line = f"14:05 @ana{stop} #action{stop} Rolled back"
    read = read_entry(line, Frame(now=datetime(2024, 5, 22, 16, 20, tzinfo=UTC), zone="UTC"))
    assert (read.who, read.kind, read.text) == ("ana", "action", "Rolled back")
    task = read_task(f"Mend it @ana{stop} !P1{stop} OPS-12{stop}", date(2024, 5, 22))
    assert (task.owner, task.priority, task.ticket, task.text) == ("ana", "P1", "OPS-12", "Mend it")
