"""TOML read many times as fast where a list of tables holds plain values only, as a timeline does.

Runs of such tables are taken out of the text and read by a regular expression; tomllib reads the
rest, with a table of one key in the place of each run. Where that table is not found again the run
was no list of tables, but stood in a text, say; then tomllib reads all. So the result is always
that of tomllib, and so are the errors.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

from pmtui.core.lazy_pattern import pattern

_LEAST = 20
"""Tables in a row below which tomllib is as quick."""

_KEY = "[A-Za-z0-9_-]+"
_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*+"'
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
_MOMENT = rf"\d{{4}}-\d\d-\d\dT{_TIME}"
_WORD = "true|false"
_NUMBER = "0|[1-9][0-9]{0,17}"
_LINE = rf"{_KEY} = (?:{_TEXT}|{_MOMENT}|{_WORD}|{_NUMBER})\n"
_RUN = pattern(
    rf"^\[\[({_KEY})\]\]\n(?:{_LINE})*\n*(?:\[\[\1\]\]\n(?:{_LINE})*\n*(?=\[|\Z)){{{_LEAST},}}",
    re.M | re.A,
)
_PAIR = pattern(
    rf"({_KEY}) = (?:\"([^\"\n]*)\"|(\d{{4}}-[^\n]*)|({_WORD})|(\d+))\n|(\[)[^\n]*\n", re.A
)
_PLACE = "\ufffdrun"
"""The key of the table in the place of a run."""


def loads(text: str) -> dict[str, Any]:
    """What `tomllib.loads` gives for `text`, whose line ends are LF.

    Raises:
        TOMLDecodeError, RecursionError, ValueError: As `tomllib.loads` does.
    """
    try:
        quick = _loaded(text)
    except (ValueError, RecursionError):
        quick = None
    return tomllib.loads(text) if quick is None else quick


def _loaded(text: str) -> dict[str, Any] | None:
    runs = list(_RUN.finditer(text))
    if not runs or _PLACE in text:
        return None
    rest, end = [], 0
    for number, run in enumerate(runs):
        rest += [text[end : run.start()], f'[[{run[1]}]]\n"{_PLACE}" = {number}\n\n']
        end = run.end()
    table = tomllib.loads("".join([*rest, text[end:]]))
    for number, run in enumerate(runs):
        items = table.get(run[1])
        place = {_PLACE: number}
        if not isinstance(items, list) or items.count(place) != 1:
            return None
        at = items.index(place)
        items[at : at + 1] = _tables(run[0])
    return table


def _tables(run: str) -> Iterator[dict[str, Any]]:
    """The tables of a run.

    Raises:
        ValueError: A key stands twice, or a day is not in the calendar.
    """
    found: list[dict[str, Any]] = []
    count = 0
    for key, text, moment, word, number, head in _PAIR.findall(run):
        if head:
            found.append({})
            continue
        count += 1
        if moment:
            value: Any = _moment(moment)
        elif word:
            value = word == "true"
        else:
            value = int(number) if number else text
        found[-1][key] = value
    if sum(map(len, found)) < count:
        raise ValueError("a key stands twice")
    return iter(found)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    zone = moment.tzinfo
    # Times of one zone share it, as those that tomllib reads do.
    return moment if zone is None or zone is UTC else moment.replace(tzinfo=_shared(zone))


@lru_cache(maxsize=100)
def _shared(zone: tzinfo) -> tzinfo:
    return zone
