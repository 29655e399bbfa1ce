"""The whole document as JSON, internal entries and unknown keys included; it reads back the same.

Keys are those of the TOML file, each of them present; times are ISO 8601, with an offset where the
zone is known. What TOML can hold under an unknown key and JSON cannot is an object with one key:
`{"$time": "2024-05-22"}`, `{"$float": "inf"}`, `{"$table": [[key, value], ...]}`. What follows from
the milestones is under `derived`, for programs only: it is not read back.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from importlib import resources
from typing import Any

from pmtui.core.document import SCHEMA, Part, Postmortem, Table
from pmtui.core.timing import Mark, Pair, durations
from pmtui.errors import FormatError, NewerSchema, NotPostmortem
from pmtui.formats.toml.parts import known_keys, understand

_SCHEMA_FILE = "postmortem.schema.json"


def schema() -> str:
    """The published JSON Schema of what `write` gives and `read` takes."""
    return (resources.files("pmtui.formats") / _SCHEMA_FILE).read_text("utf-8")


DERIVED = "derived"
"""The key of what is worked out; a key of that name in the file is written as a tagged table."""


def write(document: Postmortem, pairs: Iterable[Pair] = ()) -> bytes:
    """`document` as JSON in UTF-8, indented by two spaces; `pairs` are measured too."""
    content = {"schema": SCHEMA} | _object(document)
    if DERIVED not in content:
        content[DERIVED] = {"durations": _durations(document, pairs)}
    return f"{json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)}\n".encode()


def read(data: bytes, name: str = "") -> Postmortem:
    """The postmortem in the JSON file `data`, which errors call `name`.

    Raises:
        NotPostmortem: The file is well-formed but is something else.
        NewerSchema: A later version wrote it.
        FormatError: The file is damaged, or a value is not what its key may hold.
    """
    content = _parsed(data, name)
    if not isinstance(content, dict) or not content.keys() & known_keys():
        raise NotPostmortem("this JSON file is no postmortem", where=name, remedy="choose another")
    if isinstance(derived := content.get(DERIVED), dict) and "durations" in derived:
        del content[DERIVED]
    version = content.pop("schema", SCHEMA)
    if isinstance(version, int) and version > SCHEMA:
        raise NewerSchema(
            f"written by a newer pmtui (schema {version}, this one knows {SCHEMA})",
            where=name,
            remedy="upgrade pmtui to read it",
        )
    if version != SCHEMA:
        remedy = f"write {SCHEMA}"
        raise FormatError("schema: must be the version of the format", where=name, remedy=remedy)
    document, faults = understand(_values(content, name))
    if faults:
        first = faults[0]
        place = ".".join(map(str, first.path))
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise FormatError(f"{place}: {first.what}{more}", where=name, remedy=first.remedy)
    return document


def _parsed(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FormatError("not UTF-8 text", where=name, remedy="save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}" if name else f"line {error.lineno}"
        what = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise FormatError(what, where=place, remedy="correct it there") from None
    except (ValueError, RecursionError):
        what = "holds a number too long, or lists too deep, to read"
        raise FormatError(what, where=name, remedy="shorten it") from None


# --- writing ---------------------------------------------------------------------------------


def _object(part: Part) -> dict[str, Any]:
    known = {name: _plain(value) for name, value in part.items() if name != "unknown"}
    return known | {
        name: _tagged(value, name == DERIVED) for name, value in part.unknown if name not in known
    }


def _durations(document: Postmortem, pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "from": _mark(each.begin),
            "to": _mark(each.end),
            "seconds": int(each.length.total_seconds()),
            "about": each.about,
        }
        for each in durations(document, pairs)
    ]


def _mark(mark: Mark) -> dict[str, str]:
    return {"milestone": mark.milestone, "at": mark.at.isoformat(), "source": mark.source}


def _plain(value: Any) -> Any:
    """The value of a known field."""
    match value:
        case Part():
            return _object(value)
        case tuple():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def _tagged(value: Any, always: bool = False) -> Any:
    """The value of an unknown key, in a form that tells its type; a table `always` by its tag."""
    match value:
        case Table():
            if always or any(name.startswith("$") for name, _ in value):
                return {"$table": [[name, _tagged(item)] for name, item in value]}
            return {name: _tagged(item) for name, item in value}
        case tuple():
            return [_tagged(item) for item in value]
        case date() | time():
            return {"$time": value.isoformat()}
        case float() if not math.isfinite(value):
            return {"$float": str(value)}
        case int() if value.bit_length() > _MOST_BITS:
            return {"$integer": hex(value)}
        case _:
            return value


_MOST_BITS = 10_000
"""Above this Python declines to write an integer in decimals."""


# --- reading ---------------------------------------------------------------------------------


def _values(value: Any, name: str) -> Any:
    """A value as tomllib would give it; null is a key that is left out."""
    if isinstance(value, list):
        if None in value:
            remedy = "leave it out"
            raise FormatError("a list holds null, which means nothing", where=name, remedy=remedy)
        return [_values(item, name) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (read := _TAGS.get(next(iter(value)))):
        (content,) = value.values()
        try:
            return read(content, name)
        except (ValueError, TypeError, AttributeError):
            shown = json.dumps(value, ensure_ascii=False)[:60]
            what = f"{shown} is not a value"
            raise FormatError(what, where=name, remedy="correct it, or leave it out") from None
    return {key: _values(item, name) for key, item in value.items() if item is not None}


def _time(text: str, _: str) -> date | time:
    if text[2:3] == ":":
        return time.fromisoformat(text)
    return (datetime if "T" in text else date).fromisoformat(text)


def _table(pairs: list[list[Any]], name: str) -> dict[str, Any]:
    return {str(key): _values(item, name) for key, item in pairs}


_TAGS: Mapping[str, Callable[[Any, str], Any]] = {
    "$time": _time,
    "$float": lambda text, _: float(text),
    "$integer": lambda text, _: int(text, 16),
    "$table": _table,
}
