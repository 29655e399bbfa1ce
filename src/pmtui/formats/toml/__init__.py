"""The file format itself: TOML, read with what a person may have written by hand in mind.

Keys that this program does not know are kept in the `unknown` of their part, frozen. Parts without
an id get one that is derived from what they say.
"""

from typing import Any

from pmtui.core.document import SCHEMA, Postmortem
from pmtui.errors import FormatError, NewerSchema, NotPostmortem
from pmtui.formats.toml import plain_tables
from pmtui.formats.toml.faults import Fault, encoding_error, refusal, syntax_error
from pmtui.formats.toml.parts import known_keys, understand
from pmtui.formats.toml.places import has_comment
from pmtui.formats.toml.writer import write as write

_BLANK = b" \t\r\n\0"
_BOM = b"\xef\xbb\xbf"


def read(data: bytes, name: str = "") -> Postmortem:
    """The postmortem in the TOML file `data`, which errors call `name`.

    Raises:
        NotPostmortem: The file is well-formed but is something else.
        NewerSchema: A later version wrote it; `read_newer` gives what can be understood.
        FormatError: The file is damaged or empty, or a value is not what its key may hold.
    """
    text = _decode(data, name)
    table = _parse(text, name)
    schema = _schema(table, text, name)
    if schema > SCHEMA:
        raise NewerSchema(
            f"written by a newer pmtui (schema {schema}, this one knows {SCHEMA})",
            where=name,
            remedy="upgrade pmtui to edit it",
        )
    del table["schema"]
    document, faults = understand(table)
    if faults:
        raise refusal(name, text, faults)
    return document


def read_newer(data: bytes, name: str = "") -> Postmortem:
    """As much as this version understands of a file of any schema, for reading only.

    What it does not understand is in `unknown`, the schema among it; `write` refuses the result.

    Raises:
        NotPostmortem: The file is well-formed but is something else.
        FormatError: The file is damaged or empty.
    """
    text = _decode(data, name)
    table = _parse(text, name)
    if _schema(table, text, name) == SCHEMA:
        del table["schema"]
    return understand(table)[0]


def has_comments(data: bytes) -> bool:
    """Whether the TOML file `data` has comments, which rewriting it would lose."""
    return has_comment(data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))


def _decode(data: bytes, name: str) -> str:
    if not data.removeprefix(_BOM).strip(_BLANK):
        raise FormatError(
            "the file is empty",
            where=name,
            remedy="remove it to start a new postmortem here, or restore it from a backup",
        )
    # Zero bytes at the end are what a crash leaves of a file that was growing or shrinking.
    data = data.removeprefix(_BOM).rstrip(b"\0")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise encoding_error(name, data, error) from None


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return plain_tables.loads(text)
    except (ValueError, RecursionError) as error:
        raise syntax_error(name, text, error) from None


def _schema(table: dict[str, Any], text: str, name: str) -> int:
    """The schema of a postmortem, which is entered where a person left it out.

    A file without `schema = 1` is a postmortem if at least half of its top-level keys are of one,
    so that other programs' files are not taken for ours because they have a title.
    """
    schema = table.setdefault("schema", None)
    known = len(table.keys() & known_keys())
    others = len(table) - known - 1
    if schema != SCHEMA and known < max(others, 1):
        raise NotPostmortem(
            "this TOML file is no postmortem",
            where=name,
            remedy="choose another file, or another name for a new postmortem",
        )
    if schema is None:
        table["schema"] = schema = SCHEMA
    if type(schema) is not int or schema < 1:
        fault = Fault(("schema",), "must be the version of the format", f"write schema = {SCHEMA}")
        raise refusal(name, text, [fault])
    return schema
