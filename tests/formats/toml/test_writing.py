"""The laws of the TOML form: nothing is lost, the same bytes every time, small diffs."""

import difflib
import math
import tomllib
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from time import thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import (
    Chain,
    Entry,
    Impact,
    Lessons,
    Link,
    Person,
    Postmortem,
    Table,
    Task,
    Times,
)
from pmtui.errors import FormatError, NewerSchema
from pmtui.formats import toml
from pmtui.formats.toml.values import inline
from tests import strategies
from tests.growth import LINEAR, TIMES, growth


def changed_lines(before: bytes, after: bytes) -> int:
    """How many lines a diff of the two shows, added and removed."""
    diff = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return sum(line[0] in "+-" for line in diff)


@given(strategies.documents())
def test_what_is_written_reads_back_equal(document: Postmortem) -> None:
    assert toml.read(toml.write(document)) == document


@given(strategies.documents())
def test_a_saved_file_is_saved_as_the_same_bytes(document: Postmortem) -> None:
    saved = toml.write(document)
    assert toml.write(toml.read(saved)) == saved


@given(strategies.documents())
def test_line_ends_and_a_byte_order_mark_of_another_editor_change_nothing(
    document: Postmortem,
) -> None:
    saved = toml.write(document)
    assert toml.read(b"\xef\xbb\xbf" + saved.replace(b"\n", b"\r\n")) == document


@given(strategies.documents())
def test_what_is_written_has_lf_line_ends_no_controls_and_no_comments(
    document: Postmortem,
) -> None:
    saved = toml.write(document)
    assert saved.startswith(b"schema = 1\n")
    assert saved.endswith(b"\n")
    assert not any(byte < 9 or 10 < byte < 32 or byte == 127 for byte in saved)
    assert not toml.has_comments(saved)


_LINE_FIELDS = ("title", "reference", "severity")
_PROSE_FIELDS = ("summary", "root_cause", "conclusion")


@given(strategies.documents(), st.sampled_from(_LINE_FIELDS), strategies.lines())
def test_one_changed_field_of_the_head_changes_at_most_three_lines(
    document: Postmortem, field: str, value: str
) -> None:
    changed = document.revise(**{field: value})
    assert changed_lines(toml.write(document), toml.write(changed)) <= 3


@given(strategies.documents(), strategies.lines(), st.sampled_from(("services", "tags")))
def test_one_more_service_or_tag_changes_at_most_three_lines(
    document: Postmortem, value: str, field: str
) -> None:
    changed = document.revise(**{field: (*getattr(document, field), value)})
    assert changed_lines(toml.write(document), toml.write(changed)) <= 3


@given(strategies.documents(), strategies.lines())
def test_one_more_lesson_changes_at_most_three_lines(document: Postmortem, value: str) -> None:
    before = document.revise(lessons=Lessons(went_well=("a", *document.lessons.went_well)))
    lessons = Lessons(went_well=(*before.lessons.went_well, value))
    assert changed_lines(toml.write(before), toml.write(before.revise(lessons=lessons))) <= 3


@given(strategies.documents(), st.data())
def test_one_changed_field_of_an_entry_or_task_changes_at_most_three_lines(
    document: Postmortem, data: st.DataObject
) -> None:
    document = document.revise(
        timeline=(*document.timeline, Entry(id="the-entry", text="seen")),
        tasks=(*document.tasks, Task(id="the-task", text="do")),
    )
    kind, field, value = data.draw(
        st.one_of(
            st.tuples(st.just("timeline"), st.sampled_from(["text", "who"]), strategies.lines()),
            st.tuples(st.just("tasks"), st.sampled_from(["text", "owner"]), strategies.lines()),
            st.tuples(st.just("tasks"), st.just("state"), st.just("done")),
        )
    )
    parts: tuple[Any, ...] = getattr(document, kind)
    at = len(parts) - 1
    changed = document.revise(**{kind: (*parts[:at], parts[at].revise(**{field: value}))})
    assert changed_lines(toml.write(document), toml.write(changed)) <= 3


@given(strategies.documents(), st.sampled_from(_PROSE_FIELDS), st.data())
def test_in_prose_of_several_lines_only_the_changed_lines_change(
    document: Postmortem, field: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(strategies.lines(), min_size=3, max_size=8))
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows[:place], data.draw(strategies.lines()), *rows[place + 1 :]]
    before = document.revise(**{field: "\n".join(rows)})
    after = document.revise(**{field: "\n".join(changed)})
    assert changed_lines(toml.write(before), toml.write(after)) <= 2


@given(strategies.unknown_values())
def test_every_value_on_one_line_reads_back_equal(value: Any) -> None:
    line = f"x = {inline(value)}"
    assert "\n" not in line
    assert inline(value) == inline(_frozen(tomllib.loads(line)["x"]))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return Table((name, _frozen(item)) for name, item in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


@pytest.mark.parametrize(
    "text",
    [
        '"""',
        'a"""b\n',
        '""""""\n""',
        'ends in a quote\n"',
        'ends in two\n""',
        "backslash\n\\",
        "\\\n\\\\",
        "\nfirst line empty",
        "\n",
        "\n\n\n",
        "trailing space \nand more  \n  indented",
        "tab\there\n\tthere",
        "literal ''' quotes\n'''",
        "# no comment\n[no table]\nkey = 'no value'",
        "\\u0041\n\\x41",
        "bidi \u202e and joiner \u200d\nno-break\u00a0space",
        "𝔘nicode 🔥\n日本",
    ],
)
def test_text_of_every_kind_is_kept(text: str) -> None:
    document = Postmortem(
        summary=text,
        lessons=Lessons(went_well=(text,)),
        timeline=(Entry(id="e", text=text),),
        unknown=(("mine", text), ("ours", (text, 1))),
    )
    assert toml.read(toml.write(document)) == document


@pytest.mark.parametrize(
    "value",
    [
        "\r\n\r\x00\x1b[31m\x7f\x85\u2028",
        math.inf,
        -math.inf,
        -0.0,
        1e300,
        5e-324,
        10**4200,
        -(10**30),
        (),
        Table(),
        ((), ((),), Table()),
        (Table(), Table((("a", 1),))),
        Table((("deep", Table((("deeper", (Table((("x", "a\nb"),)),)),))),)),
        (Table((("a", 1),)), "mixed"),
    ],
)
def test_unknown_values_of_every_type_are_kept_in_every_table(value: Any) -> None:
    mine = (("mine", value),)
    document = Postmortem(
        unknown=mine,
        times=Times(unknown=mine),
        impact=Impact(unknown=mine),
        people=(Person(name="Ana", unknown=mine),),
        timeline=(Entry(id="a", unknown=mine), Entry(id="b", unknown=mine)),
        images=(Link(target="x.png", unknown=mine),),
    )
    saved = toml.write(document)
    assert toml.read(saved) == document
    assert toml.write(toml.read(saved)) == saved


def test_not_a_number_and_hexadecimal_giants_are_kept() -> None:
    data = b"schema = 1\nnone = -nan\nbig = 0x" + b"f" * 6000 + b"\n"
    saved = toml.write(toml.read(data))
    assert saved == b"schema = 1\nnone = nan\nbig = 0x" + b"f" * 6000 + b"\n"


def test_lone_surrogates_can_neither_be_read_nor_made() -> None:
    with pytest.raises(ValueError, match="D800"):
        Postmortem(title="\ud800")
    with pytest.raises(FormatError):
        toml.read(b'schema = 1\nmine = "\\ud800"\n')


def test_the_file_reads_like_a_page() -> None:
    berlin = timezone(timedelta(hours=2))
    document = Postmortem(
        title='The "checkout" outage',
        timezone="UTC",
        services=("shop", "db"),
        root_cause="A wrong parameter.\n\nIt was `memory`.",
        times=Times(started=datetime(2024, 5, 22, 14, tzinfo=UTC)),
        impact=Impact(percent=70),
        lessons=Lessons(went_well=("The pager",)),
        people=(Person(name="Ana", role="lead"), Person(name="Bo")),
        timeline=(
            Entry(id="e1", at=datetime(2024, 5, 22, 14, tzinfo=UTC), kind="detected"),
            Entry(
                id="e2",
                at=datetime(2024, 5, 22, 16, 5, tzinfo=berlin),
                text="Paged",
                unknown=(("metrics", (Table((("p99", 1.5),)),)),),
            ),
            Entry(id="e3", at=datetime(2024, 5, 22, 14, 6)),
        ),
        whys=(Chain(id="w1", question="Why?", answers=("Because",)),),
    )
    assert toml.write(document).decode() == (
        "schema = 1\n"
        'title = "The \\"checkout\\" outage"\n'
        'timezone = "UTC"\n'
        'services = ["shop", "db"]\n'
        'root_cause = """\n'
        "A wrong parameter.\n"
        "\n"
        'It was `memory`."""\n'
        "\n"
        "[times]\n"
        "started = 2024-05-22T14:00:00Z\n"
        "\n"
        "[impact]\n"
        "percent = 70\n"
        "\n"
        "[lessons]\n"
        "went_well = [\n"
        '    "The pager",\n'
        "]\n"
        "\n"
        "[[people]]\n"
        'name = "Ana"\n'
        'role = "lead"\n'
        "\n"
        "[[people]]\n"
        'name = "Bo"\n'
        "\n"
        "[[timeline]]\n"
        'id = "e1"\n'
        "at = 2024-05-22T14:00:00Z\n"
        'kind = "detected"\n'
        "\n"
        "[[timeline]]\n"
        'id = "e2"\n'
        "at = 2024-05-22T16:05:00+02:00\n"
        'text = "Paged"\n'
        "\n"
        "[[timeline.metrics]]\n"
        "p99 = 1.5\n"
        "\n"
        "[[timeline]]\n"
        'id = "e3"\n'
        "at = 2024-05-22T14:06:00\n"
        "\n"
        "[[whys]]\n"
        'id = "w1"\n'
        'question = "Why?"\n'
        "answers = [\n"
        '    "Because",\n'
        "]\n"
    )


def test_the_timeline_is_written_in_time_order() -> None:
    late, early = (Entry(id=f"e{hour}", at=datetime(2024, 5, 22, hour)) for hour in (15, 14))
    assert toml.read(toml.write(Postmortem(timeline=(late, early)))).timeline == (early, late)


def test_equal_parts_in_different_zones_keep_their_own_text() -> None:
    here = Entry(id="e", at=datetime(2024, 5, 22, 16, tzinfo=timezone(timedelta(hours=2))))
    there = Entry(id="e", at=datetime(2024, 5, 22, 14, tzinfo=UTC))
    assert here == there
    written = [toml.write(Postmortem(timeline=(entry,))) for entry in (here, there)]
    assert b"16:00:00+02:00" in written[0]
    assert b"14:00:00Z" in written[1]


def test_one_part_in_two_lists_is_written_under_both_headers() -> None:
    link = Link(title="Graph", target="graph.png")
    saved = toml.write(Postmortem(links=(link,), images=(link,)))
    assert saved.count(b"[[links]]") == saved.count(b"[[images]]") == 1


def test_a_document_of_a_newer_schema_is_never_written() -> None:
    newer = toml.read_newer(b'schema = 9\ntitle = "x"\n')
    with pytest.raises(NewerSchema, match="schema 9"):
        toml.write(newer)


def _long(count: int) -> Postmortem:
    start = datetime(2024, 5, 22, tzinfo=UTC)
    entries = (
        Entry(id=f"e{n}", at=start + timedelta(seconds=n), text=f"event {n} " * 5, who="ana")
        for n in range(count)
    )
    return Postmortem(title="long", timeline=tuple(entries))


def test_each_entry_takes_as_long_to_write_and_to_read_however_many_there_are() -> None:
    assert growth(lambda count: toml.write(_long(count)), 500) < LINEAR
    saved = {count: toml.write(_long(count)) for count in (500, 500 * TIMES)}
    assert growth(lambda count: toml.read(saved[count]), 500) < LINEAR


def test_writing_again_after_one_edit_does_not_write_every_entry_anew() -> None:
    document = _long(2_000)
    begin = thread_time()
    toml.write(document)
    first = thread_time() - begin
    entries = document.timeline
    edited = document.revise(timeline=(*entries[:-1], entries[-1].revise(text="new")))
    begin = thread_time()
    toml.write(edited)
    assert thread_time() - begin < first / 3


def test_four_megabytes_in_one_field_are_no_trouble() -> None:
    document = Postmortem(summary='a line with "quotes" and \\\n' * 160_000)
    assert toml.read(toml.write(document)) == document


@given(strategies.documents())
def test_text_kept_from_a_former_writing_is_the_text_written_afresh(document: Postmortem) -> None:
    warm = toml.write(document)
    assert toml.write(document) == warm
    assert toml.write(deepcopy(document)) == warm
