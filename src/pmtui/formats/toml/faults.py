"""What is wrong with a TOML file, in words: the fault, and what the person can do about it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.lazy_pattern import pattern
from pmtui.core.text import one_line
from pmtui.errors import FormatError
from pmtui.formats.toml.places import Path, Place, find_places, nearest, place_at

_DATE_TIME = "write it as 2024-05-22T14:05:00Z, or without the Z where the zone is not known"
_RESTORE = "correct it there, or restore the file from a backup"


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that a postmortem cannot hold there: where it is, what is wrong, what to do."""

    path: Path
    what: str
    remedy: str


def located(name: str, place: Place | None) -> str:
    """`name:line:column`, as far as these are known."""
    return ":".join(str(part) for part in (name, *(place or ())) if part)


def refusal(name: str, text: str, faults: list[Fault]) -> FormatError:
    """The error for the first of these faults in the file, with the count of the others."""
    places = find_places(text)
    first = min(faults, key=lambda fault: nearest(places, fault.path))
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return FormatError(
        f"{_spoken(first.path)}: {first.what}{more}",
        where=located(name, place_at(text, nearest(places, first.path))),
        remedy=first.remedy,
    )


def _spoken(path: Path) -> str:
    """A path as a person says it: "timeline 2 (at)", lists counted from 1."""
    words = [str(step + 1 if isinstance(step, int) else step) for step in path]
    head = 2 if len(path) > 1 and isinstance(path[1], int) else 1
    inner = f" ({' '.join(words[head:])})" if len(words) > head else ""
    return " ".join(words[:head]) + inner


# --- what pydantic says of a value -----------------------------------------------------------


def value_fault(path: Path, error: Mapping[str, Any]) -> Fault:
    """The fault behind one of pydantic's errors, with the path of the value that it is about."""
    what, remedy = _VALUE_FAULTS.get(error["type"], _other)(error)
    return Fault((*path, *error["loc"]), what, remedy)


def _other(error: Mapping[str, Any]) -> tuple[str, str]:
    return str(error["msg"]), "correct the value"


def _says(what: str, remedy: str) -> Callable[[Mapping[str, Any]], tuple[str, str]]:
    return lambda _: (what, remedy)


def _wrong_word(error: Mapping[str, Any]) -> tuple[str, str]:
    words = ", ".join(re.findall(r"'([^']+)'", error["ctx"]["expected"]))
    shown = one_line(str(error["input"]))
    shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
    return f"“{shown}” is not known there", f"use one of {words}"


def _wrong_moment(error: Mapping[str, Any]) -> tuple[str, str]:
    value = error["input"]
    if isinstance(value, date) and not isinstance(value, datetime):
        return "has a day but no time of day", _DATE_TIME
    if isinstance(value, time):
        return "has a time of day but no day", _DATE_TIME
    return "must be a date with a time", _DATE_TIME


def _wrong_text(error: Mapping[str, Any]) -> tuple[str, str]:
    reason, _, remedy = str(error["ctx"]["error"]).partition("; ")
    known = (known for begin, known in _REASONS if reason.startswith(begin))
    return reason, remedy or next(known)


_REASONS = (
    ("must be one line", "put it on one line"),
    ("holds the control character", "take that character out"),
    ("", "correct the value"),
)
_VALUE_FAULTS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "string_type": _says("must be text", "put it in double quotes"),
    "bool_type": _says("must be true or false", "write true or false, without quotes"),
    "float_type": _says("must be a number", "write a number, without quotes or a % sign"),
    "int_type": _says("must be a whole number", "write a whole number, without quotes"),
    "finite_number": _says("must be a number", "write a number from 0 to 100"),
    "greater_than_equal": lambda error: (
        f"must be at least {error['ctx']['ge']:g}",
        "correct the number",
    ),
    "less_than_equal": lambda error: (
        f"must be at most {error['ctx']['le']:g}",
        "correct the number",
    ),
    "date_type": _says("must be a day", "write it as 2024-06-12"),
    "datetime_type": _wrong_moment,
    "literal_error": _wrong_word,
    "string_pattern_mismatch": _says(
        "may have letters, digits, - and _ only, 1 to 40 of them",
        "shorten it, or remove it and a new one is made",
    ),
    "tuple_type": _says("must be a list", 'write it as ["one", "two"]'),
    "missing": _says("is missing", "add it"),
    "value_error": _wrong_text,
}


# --- what tomllib says of the text -----------------------------------------------------------

_CONFLICT_MARKERS = tuple(pattern(mark, re.M) for mark in (r"^<{7} ", r"^={7}$", r"^>{7} "))
_REPORTED = pattern(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_LONG_NUMBER = pattern(r"\d[\d_]{4000,}")
_DEEP = pattern(r"(?:[\[{][ \t\n]*){50,}")
_SYNTAX_REMEDIES = (
    ("Cannot ", "keep one of the two that have that name"),
    ("Duplicate ", "keep one of the two that have that name"),
    ("Unescaped ", "write a backslash twice"),
    ("Unterminated string", "close the text with the quotes that open it"),
    ("Unclosed ", "close it with its bracket"),
    ("Illegal character '\\n'", 'close the text on its line, or put it between """ and """'),
    ("Invalid value", "put text in double quotes"),
    ("Expected '=' after", 'write key = "value"'),
    ("Expected newline", "put text in double quotes, and each key on a line of its own"),
    ("Invalid date", "correct the date"),
    ("Found invalid character '\\r'", "save the file with ordinary line ends"),
)


def syntax_error(name: str, text: str, error: Exception) -> FormatError:
    """The error for text that tomllib refuses, by a message or by giving up."""
    markers = [marker.search(text) for marker in _CONFLICT_MARKERS]
    if markers[0] and all(markers):
        return FormatError(
            "holds git conflict markers",
            where=located(name, place_at(text, markers[0].start())),
            remedy="settle them first, in git or by hand",
        )
    if isinstance(error, RecursionError):
        return _given_up(name, text, _DEEP, "lists or tables are nested too deeply")
    if not isinstance(error, tomllib.TOMLDecodeError):
        return _given_up(name, text, _LONG_NUMBER, "a number is too long")
    message, place = str(error), place_at(text, len(text))
    if reported := _REPORTED.fullmatch(message):
        message = reported[1]
        place = (int(reported[2]), int(reported[3])) if reported[2] else place
    remedies = (remedy for begin, remedy in _SYNTAX_REMEDIES if message.startswith(begin))
    return FormatError(
        f"not valid TOML: {message[:1].lower()}{message[1:]}",
        where=located(name, place),
        remedy=next(remedies, _RESTORE),
    )


def _given_up(name: str, text: str, culprit: re.Pattern[str], what: str) -> FormatError:
    found = culprit.search(text)
    place = place_at(text, found.start()) if found else None
    return FormatError(what, where=located(name, place), remedy=_RESTORE)


def encoding_error(name: str, data: bytes, error: UnicodeDecodeError) -> FormatError:
    """The error for bytes that are not UTF-8, at the first that is wrong."""
    start = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    column = len(data[start : error.start].decode()) + 1
    return FormatError(
        f"not UTF-8 text: byte 0x{data[error.start]:02X}",
        where=located(name, (line, column)),
        remedy="save the file as UTF-8",
    )
