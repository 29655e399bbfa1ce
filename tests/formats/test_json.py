"""JSON holds the whole document and gives it back; its schema is the published one."""

import json
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from pmtui.core.document import Postmortem, Table
from pmtui.core.timing import durations
from pmtui.errors import FormatError, NewerSchema, NotPostmortem
from pmtui.formats import json_schema
from pmtui.formats.json import read, schema, write
from tests.formats.test_markdown import FULL
from tests.strategies import documents

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema()))


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_it_reads_back_as_the_same_document(document: Postmortem) -> None:
    assert read(write(document)) == document


@given(documents())
def test_every_document_is_valid_by_the_published_schema(document: Postmortem) -> None:
    VALIDATOR.validate(json.loads(write(document)))


def test_the_published_schema_is_that_of_the_models() -> None:
    """If this fails: `python -m pmtui.formats.json_schema > .../postmortem.schema.json`."""
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    assert json_schema.made() == schema()


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"title": 1},
        {"status": "gone"},
        {"tasks": [{"text": "no id"}]},
        {"timeline": [{"id": "a", "at": "yesterday"}]},
        {"impact": {"percent": 101}},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, Any]) -> None:
    content = json.loads(write(Postmortem(title="x"))) | change
    assert not VALIDATOR.is_valid(content)
    if change != {"tasks": [{"text": "no id"}]}:  # the reader is kind and gives it one
        with pytest.raises(FormatError):
            read(json.dumps(content).encode())


def test_every_field_is_present_and_internal_entries_too() -> None:
    content = json.loads(write(FULL))
    assert set(content) == {"schema", "derived", *Postmortem.FIELDS} - {"unknown"}
    assert [task["state"] for task in content["tasks"]] == ["open", "done", "dropped"]
    assert any(entry["internal"] for entry in content["timeline"])


def test_the_durations_are_there_for_programs_with_those_of_the_person() -> None:
    pair = ("time to first word", "started", "public")
    content = json.loads(write(FULL, pairs=[pair]))
    told = {each["name"]: each for each in content["derived"]["durations"]}
    assert list(told) == [each.name for each in durations(FULL, [pair])]
    assert "time to first word" in told
    for each in told.values():
        begin, end = (datetime.fromisoformat(each[name]["at"]) for name in ("from", "to"))
        assert (end - begin).total_seconds() == each["seconds"]


@pytest.mark.parametrize(
    "value", [Table([("durations", (1, 2))]), Table([("x", 1)]), "mine", ("a",)], ids=str
)
def test_a_key_of_the_file_that_has_the_name_of_what_is_derived_is_kept(value: Any) -> None:
    document = Postmortem(title="x", unknown=(("derived", value),))
    assert read(write(document)) == document
    VALIDATOR.validate(json.loads(write(document)))


def test_keys_that_nobody_knows_stay_in_their_place() -> None:
    table = Table([("$time", "not a time"), ("b", 1)])
    document = Postmortem(title="x", unknown=(("team", ("a", "b")), ("odd", table)))
    content = json.loads(write(document))
    assert content["team"] == ["a", "b"]
    assert read(write(document)) == document


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", FormatError, "pm.json:1:1: not valid JSON"),
        (b'{"title": }', FormatError, "pm.json:1:11: not valid JSON"),
        (b"[1]", NotPostmortem, "no postmortem"),
        (b'{"name": "npm"}', NotPostmortem, "no postmortem"),
        (b'{"schema": 9, "title": "x"}', NewerSchema, "newer pmtui"),
        (b'{"schema": "1", "title": "x"}', FormatError, "schema: must be"),
        (b'{"schema": 1, "title": 5}', FormatError, "title: "),
        (b'{"schema": 1, "services": [null]}', FormatError, "null"),
        (b'{"schema": 1, "x": {"$time": "soon"}, "title": ""}', FormatError, "is not a value"),
        (b'{"schema": 1, "x": {"$table": 5}, "title": ""}', FormatError, "is not a value"),
        (b"\xff", FormatError, "not UTF-8"),
        (b"[" * 100_000, FormatError, "too deep"),
    ],
    ids=range(12),
)
def test_what_is_no_postmortem_is_refused_with_the_place(
    data: bytes, error: type[FormatError], said: str
) -> None:
    with pytest.raises(error) as refused:
        read(data, "pm.json")
    assert said in str(refused.value)
