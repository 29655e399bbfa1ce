"""What is read from files that people wrote by hand, and what they are told where it cannot be."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import KINDS, SCHEMA, Entry, Postmortem, Table
from pmtui.errors import FormatError, NewerSchema, NotPostmortem
from pmtui.formats import toml
from pmtui.formats.toml.places import find_places, nearest, place_at
from tests import strategies

HEAD = "schema = 1\n"


def told(data: bytes | str) -> str:
    """What a person is told about that file."""
    with pytest.raises(FormatError) as refused:
        toml.read(data.encode() if isinstance(data, str) else data, "pm.toml")
    return str(refused.value)


def is_read_or_refused_well(data: bytes) -> bool:
    """Whether the file is read, or refused with its name and a remedy; nothing else happens."""
    try:
        toml.read(data, "pm.toml")
    except FormatError as refused:
        return refused.where.startswith("pm.toml") and bool(refused.remedy)
    return True


# --- laws ------------------------------------------------------------------------------------


@given(st.binary())
def test_any_bytes_at_all_are_read_or_refused_with_a_remedy(data: bytes) -> None:
    assert is_read_or_refused_well(data)
    assert is_read_or_refused_well(HEAD.encode() + data)


@given(strategies.documents(), st.data())
def test_a_file_that_was_cut_or_damaged_is_read_or_refused_with_a_remedy(
    document: Postmortem, data: st.DataObject
) -> None:
    saved = toml.write(document)
    place = data.draw(st.integers(0, len(saved)))
    pieces = st.one_of(st.binary(max_size=4), st.sampled_from([b"[", b'"', b"\n=", b"\\"]))
    assert is_read_or_refused_well(saved[:place])
    assert is_read_or_refused_well(saved[:place] + data.draw(pieces) + saved[place:])


@given(strategies.documents())
def test_the_places_found_are_those_of_every_table_and_key(document: Postmortem) -> None:
    saved = toml.write(document).decode()
    places = find_places(saved)
    rows = saved.split("\n")
    for place, entry in enumerate(document.timeline):
        line, column = place_at(saved, places["timeline", place, "id"])
        assert rows[line - 1] == f'id = "{entry.id}"'
        assert column == 1
    assert {path[0] for path in places if path} == set(tomllib.loads(saved))


@given(strategies.documents())
def test_a_newer_file_is_understood_as_far_as_this_version_goes(document: Postmortem) -> None:
    document = document.revise(title="Outage", unknown=())
    saved = toml.write(document).replace(b"schema = 1", b"schema = %d" % (SCHEMA + 1), 1)
    read = toml.read_newer(saved)
    assert read.unknown == (("schema", SCHEMA + 1),)
    assert read.revise(unknown=()) == document


@given(strategies.timelines(aware=True))
def test_entries_written_out_of_order_are_read_in_time_order(entries: tuple[Entry, ...]) -> None:
    blocks = [
        toml.write(Postmortem(timeline=(entry,))).decode().removeprefix("schema = 1\n")
        for entry in entries
        if entry.at is not None
    ]
    read = toml.read((HEAD + "".join(reversed(blocks))).encode()).timeline
    moments = [entry.at for entry in read if entry.at is not None]
    assert moments == sorted(moments)


# --- what is accepted ------------------------------------------------------------------------


def test_a_file_written_by_hand_without_schema_ids_or_order_is_read() -> None:
    document = toml.read(
        b'title = "Outage"\r\n'
        b"tasks = [{ text = 'Patch', due = \"2024-06-12\" }]\r\n"
        b"[[timeline]]\r\nat = 2024-05-22 14:05:00Z\r\ntext = 'second'\r\n"
        b"[[timeline]]\r\nat = \"2024-05-22 14:00+00:00\"\r\ntext = 'first'\r\n"
    )
    assert [entry.text for entry in document.timeline] == ["first", "second"]
    assert document.timeline[0].at == datetime(2024, 5, 22, 14, tzinfo=UTC)
    assert document.tasks[0].due == date(2024, 6, 12)
    assert document.tasks[0].state == "open"


def test_two_readings_agree_on_the_ids_that_a_file_leaves_out() -> None:
    data = b"[[timeline]]\ntext = 'a'\n[[timeline]]\ntext = 'a'\n[[timeline]]\ntext = 'b'\n"
    first, second = toml.read(data), toml.read(data)
    assert first == second
    assert len({entry.id for entry in first.timeline}) == 3


def test_the_id_of_an_entry_does_not_hang_on_its_neighbours_or_the_order_of_its_keys() -> None:
    one = toml.read(b"[[timeline]]\ntext = 'a'\nwho = 'ana'\n")
    two = toml.read(b"[[timeline]]\ntext = 'b'\n[[timeline]]\nwho = 'ana'\ntext = 'a'\n")
    assert one.timeline[0].id == two.timeline[1].id


def test_the_second_of_two_equal_ids_gets_its_own() -> None:
    data = b"[[tasks]]\nid = 't1'\ntext = 'a'\n[[tasks]]\nid = 't1'\ntext = 'b'\n"
    first, second = toml.read(data).tasks
    assert first.id == "t1"
    assert second.id != "t1"
    assert toml.read(data).tasks[1].id == second.id


def test_a_derived_id_never_takes_one_that_stands_further_down() -> None:
    derived = toml.read(b"[[factors]]\ntext = 'a'\n").factors[0].id
    data = f"[[factors]]\ntext = 'a'\n[[factors]]\nid = '{derived}'\ntext = 'b'\n"
    read = toml.read(data.encode()).factors
    assert read[1].id == derived
    assert read[0].id != derived


def test_unknown_keys_are_kept_frozen() -> None:
    document = toml.read(
        b"schema = 1\nmine = [1, { a = 2 }]\n[custom]\nx.y = 1\n[[timeline]]\nid = 'e'\nlevel = 3\n"
    )
    assert document.unknown == (
        ("mine", (1, Table((("a", 2),)))),
        ("custom", Table((("x", Table((("y", 1),))),))),
    )
    assert document.timeline[0].unknown == (("level", 3),)
    assert isinstance(hash(document), int)


def test_an_unknown_key_that_is_called_unknown_is_one_like_any_other() -> None:
    data = b"schema = 1\nunknown = 5\n"
    assert toml.read(data).unknown == (("unknown", 5),)
    assert toml.write(toml.read(data)) == data


def test_the_empty_document_is_its_schema_alone() -> None:
    assert toml.write(Postmortem()) == HEAD.encode()
    assert toml.read(HEAD.encode()) == Postmortem()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1 # yes", True),
        ("# yes", True),
        ("a = [\n  1, # yes\n]", True),
        ("[a] # yes", True),
        ('a = """\n# no\n""" # yes', True),
        ('a = "# no"', False),
        ("a = '# no'", False),
        ('a = """\n# no\n"""', False),
        ("a = '''\n# no\n'''", False),
        ('a = """ \\""" # no """', False),
        ('a = """" # no """"', False),
        ("'#' = 1", False),
        ('a = "\\\\" # yes', True),
        ('a = "\\" # no"', False),
    ],
)
def test_comments_are_seen_outside_strings_only(text: str, expected: bool) -> None:
    tomllib.loads(text)
    assert toml.has_comments(text.encode()) is expected


# --- what is refused -------------------------------------------------------------------------

_EMPTY = (
    "pm.toml: the file is empty; "
    "remove it to start a new postmortem here, or restore it from a backup"
)
_DATE_TIME = "write it as 2024-05-22T14:05:00Z, or without the Z where the zone is not known"
_QUOTES = "put it in double quotes"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\0\0\0\0", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert told(data) == _EMPTY


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'title = "x"\nsummary = "\xc3\xa9t\xe9"\n',
            "pm.toml:2:14: not UTF-8 text: byte 0xE9; save the file as UTF-8",
        ),
        (
            'title = "x"\r\nseverity = SEV1\r\n',
            "pm.toml:2:12: not valid TOML: invalid value; put text in double quotes",
        ),
        (
            'title = "x"\nsummary = """\nno end',
            "pm.toml:3:7: not valid TOML: unterminated string; "
            "close the text with the quotes that open it",
        ),
        (
            'title = "a"\ntitle = "b"\n',
            "pm.toml:2:12: not valid TOML: cannot overwrite a value; "
            "keep one of the two that have that name",
        ),
        (
            'summary = "C:\\windows"\n',
            "pm.toml:1:16: not valid TOML: unescaped '\\' in a string; write a backslash twice",
        ),
        (
            'title = "a\nb"\n',
            "pm.toml:1:11: not valid TOML: illegal character '\\n'; "
            'close the text on its line, or put it between """ and """',
        ),
        (
            "[[timeline]]\nat = 2024-02-30T10:00:00Z\n",
            "pm.toml:2:6: not valid TOML: invalid date or datetime; correct the date",
        ),
        (
            "[[timeline]]\nat = 14h05\n",
            "pm.toml:2:8: not valid TOML: expected newline or end of document after a statement; "
            "put text in double quotes, and each key on a line of its own",
        ),
        (
            'title = "x"\n<<<<<<< HEAD\nseverity = "1"\n=======\nseverity = "2"\n>>>>>>> them\n',
            "pm.toml:2:1: holds git conflict markers; settle them first, in git or by hand",
        ),
        (
            'title = "x"\nmine = ' + "[" * 5000,
            "pm.toml:2:8: lists or tables are nested too deeply; "
            "correct it there, or restore the file from a backup",
        ),
        (
            'title = "x"\nmine = ' + "9" * 5000,
            "pm.toml:2:8: a number is too long; "
            "correct it there, or restore the file from a backup",
        ),
        (
            'title = "x"\n' + ".".join("a" * 500) + " = 1\n",
            "pm.toml:2:1: a: is nested too deeply; flatten it",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_its_line_and_column(
    data: bytes | str, message: str
) -> None:
    assert told(data) == message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("title = 5", f"2:1: title: must be text; {_QUOTES}"),
        ("title = 'a\u0007'", "2:11: not valid TOML: found invalid character '\\x07'"),
        (
            'title = "a\\u0007"',
            "2:1: title: holds the control character U+0007; take that character out",
        ),
        ('title = "a\\nb"', "2:1: title: must be one line; put it on one line"),
        (
            'status = "done"',
            "2:1: status: “done” is not known there; "
            "use one of draft, in-review, reviewed, published",
        ),
        (
            "timezone = 'Nowhere/Land'",
            "2:1: timezone: Nowhere/Land is not a time zone; "
            "write an offset like +02:00 or a name like Europe/Berlin",
        ),
        ("drill = 'yes'", "2:1: drill: must be true or false; write true or false, without quotes"),
        ("drill = 1", "2:1: drill: must be true or false; write true or false, without quotes"),
        ("tags = 'a'", '2:1: tags: must be a list; write it as ["one", "two"]'),
        ("tags = ['a', 5]", f"2:1: tags 2: must be text; {_QUOTES}"),
        ("impact = 5", "2:1: impact: must be a table; write [impact] and its keys below that"),
        (
            "[timeline]\ntext = 'x'",
            "2:1: timeline: must be a list of tables; write [[timeline]] above each of them",
        ),
        (
            "tasks = ['one', 'two']",
            "2:1: tasks: must be a list of tables; write [[tasks]] above each of them",
        ),
        (
            "[impact]\npercent = '70%'",
            "3:1: impact (percent): must be a number; write a number, without quotes or a % sign",
        ),
        (
            "[impact]\npercent = 170",
            "3:1: impact (percent): must be at most 100; correct the number",
        ),
        ("[impact]\npercent = -1", "3:1: impact (percent): must be at least 0; correct the number"),
        ("[impact]\npercent = nan", "3:1: impact (percent): must be a number; write a number from"),
        (
            "[times]\nstarted = 2024-05-22",
            f"3:1: times (started): has a day but no time of day; {_DATE_TIME}",
        ),
        (
            "[[timeline]]\nid = 'a'\n\n[[timeline]]\nat = 14:05:00",
            f"6:1: timeline 2 (at): has a time of day but no day; {_DATE_TIME}",
        ),
        (
            "[[timeline]]\n  at = '2pm'",
            f"3:3: timeline 1 (at): must be a date with a time; {_DATE_TIME}",
        ),
        ("[[timeline]]\nat = 1716386700", "3:1: timeline 1 (at): must be a date with a time;"),
        ("[[timeline]]\nat = '2024-05-22'", "3:1: timeline 1 (at): must be a date with a time;"),
        (
            "[[timeline]]\nkind = 'outage'",
            f"3:1: timeline 1 (kind): “outage” is not known there; use one of {', '.join(KINDS)}",
        ),
        ('[[timeline]]\nkind = "\\u001b[2J"', "3:1: timeline 1 (kind): “\ufffd[2J” is not known"),
        (
            "[[timeline]]\nid = 'a b'",
            "3:1: timeline 1 (id): may have letters, digits, - and _ only, 1 to 40 of them; "
            "shorten it, or remove it and a new one is made",
        ),
        ("[[timeline]]\nid = [1]", f"3:1: timeline 1 (id): must be text; {_QUOTES}"),
        ("[[tasks]]\ndue = 'friday'", "3:1: tasks 1 (due): must be a day; write it as 2024-06-12"),
        ("[[tasks]]\ndue = 2024-06-12T10:00:00", "3:1: tasks 1 (due): must be a day; write it as"),
        ("[[sections]]\nlevel = 9", "3:1: sections 1 (level): must be at most 6;"),
        ("[[sections]]\nlevel = '2'", "3:1: sections 1 (level): must be a whole number;"),
        ("[[people]]\n\n[[people]]\nname = 'Ana'", "2:1: people 1 (name): is missing; add it"),
        ("tasks = [\n  { text = 1 },\n]", f"2:1: tasks 1 (text): must be text; {_QUOTES}"),
        ("[lessons]\nwent_well = [\n1]", f"3:1: lessons (went_well 1): must be text; {_QUOTES}"),
        (
            'summary = """\n[[timeline]]\nat = 1\n"""\n[[timeline]]\nat = 1\n'
            "[impact]\npercent = 'x'",
            "7:1: timeline 1 (at): must be a date with a time (and 1 more);",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_what_may_stand_there(
    body: str, message: str
) -> None:
    assert told(f"{HEAD}{body}\n").startswith(f"pm.toml:{message}")


@pytest.mark.parametrize(
    "text",
    [
        "# only a comment\n",
        '[project]\nname = "x"\nversion = "1"\n[build-system]\nrequires = []\n',
        '[package]\nname = "x"\n[dependencies]\nserde = "1"\n',
        'title = "My site"\nbaseURL = "https://e.org"\ntheme = "x"\nlanguageCode = "en"\n',
        'schema = "https://e.org/schema.json"\nrules = []\n',
        "schema = 7\nlayers = 3\n",
        "[tool.ruff]\nline-length = 100\n",
    ],
)
def test_the_toml_of_other_programs_is_no_postmortem(text: str) -> None:
    for reading in (toml.read, toml.read_newer):
        with pytest.raises(NotPostmortem, match="no postmortem") as refused:
            reading(text.encode(), "other.toml")
        assert refused.value.where == "other.toml"
        assert refused.value.remedy


@pytest.mark.parametrize("schema", ["0", "-1", '"1"', "1.0", "true", "2024-05-22"])
def test_a_schema_that_no_version_has_is_refused_at_its_line(schema: str) -> None:
    message = told(f'title = "x"\nschema = {schema}\n')
    assert message == ("pm.toml:2:1: schema: must be the version of the format; write schema = 1")


def test_a_newer_schema_is_named() -> None:
    with pytest.raises(NewerSchema) as refused:
        toml.read(b'schema = 2\ntitle = "x"\n', "pm.toml")
    assert str(refused.value) == (
        "pm.toml: written by a newer pmtui (schema 2, this one knows 1); upgrade pmtui to edit it"
    )


def test_what_a_newer_file_says_otherwise_is_kept_as_unknown_and_the_rest_is_read() -> None:
    document = toml.read_newer(
        b"schema = 2\ntitle = 'x'\nstatus = 'frozen'\nimpact = 5\ndeep = {}\n"
        b"[[people]]\nrole = 'lead'\n"
        b"[[timeline]]\nid = 'a b'\ntext = 'kept'\nat = 2024-05-22\n"
        b"[[timeline]]\nid = 'c d'\ntext = 'kept too'\n"
    )
    assert document.title == "x"
    assert document.status == "draft"
    assert set(document.unknown) == {
        ("schema", 2),
        ("status", "frozen"),
        ("impact", 5),
        ("deep", Table()),
    }
    assert document.people[0].role == "lead"
    first, second = document.timeline
    assert (first.text, second.text) == ("kept", "kept too")
    assert first.id != second.id
    assert set(first.unknown) == {("id", "a b"), ("at", date(2024, 5, 22))}


def test_without_a_file_name_an_error_still_gives_line_and_column() -> None:
    with pytest.raises(FormatError, match="title") as refused:
        toml.read(b"schema = 1\ntitle = 5\n")
    assert refused.value.where == "2:1"


def test_a_place_that_the_file_does_not_mention_is_that_of_what_holds_it() -> None:
    places = find_places('a = 1\n[[t]]\nb.c = 2\n[t.s]\n"quoted key" = 3\n[[t]]\n')
    assert nearest(places, ("t", 0, "b", "c", "d")) == places["t", 0, "b", "c"]
    assert nearest(places, ("t", 1, "x")) == places["t", 1]
    assert places["t", 0, "s", "quoted key"] > places["t", 0, "s"]
    assert nearest(places, ("nowhere",)) == 0


def test_offsets_are_read_as_they_stand() -> None:
    read = toml.read(b"[[timeline]]\nat = 2024-05-22T14:05:00+05:30\n").timeline[0].at
    assert read is not None
    assert read.tzinfo == timezone(timedelta(hours=5, minutes=30))


def test_zero_bytes_that_a_crash_left_at_the_end_are_ignored() -> None:
    data = toml.write(Postmortem(title="Down"))
    assert toml.read(data + bytes(4096)).title == "Down"
    with pytest.raises(FormatError):
        toml.read(data + bytes(3) + b"x")
