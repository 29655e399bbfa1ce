"""The settings of the review: `[checks]` and `[durations]`, checked value by value."""

from collections.abc import Callable, Iterator
from typing import Any

from pmtui.core.checks.options import LEVELS, WORD_LISTS, Options
from pmtui.core.vocabulary import MILESTONES
from pmtui.errors import SettingsError

Wrong = Callable[[tuple[str, ...], SettingsError], None]
"""Takes the path of a setting below its table, and what is wrong with it."""

_COUNTS = {"gap": "minutes", "top_priority": "tasks"}


def read_checks(value: Any, wrong: Wrong) -> Options:
    """The options of the review in a `[checks]` table; what cannot be used is left out.

    Raises:
        SettingsError: It is no table.
    """
    table = _table(value, 'write [checks], then lines like off = ["tasks.no-due"]')
    found: dict[str, Any] = {}
    for key, setting in table.items():
        try:
            if key in ("off", "on"):
                found[key] = tuple(_checked(setting, _rule, (key,), wrong))
            elif key in _COUNTS:
                found[key] = _count(setting, _COUNTS[key])
            elif key == "levels":
                found[key] = tuple(_levels(setting, wrong))
            elif key == "words":
                found[key] = tuple(_words(setting, wrong))
            else:
                raise _unknown(key, ("off", "on", *_COUNTS, "levels", "words"), "a setting")
        except SettingsError as error:
            wrong((key,), error)
    return Options(**found)


def read_durations(value: Any, wrong: Wrong) -> tuple[tuple[str, str, str], ...]:
    """The pairs of milestones in a `[durations]` table, each with its name.

    Raises:
        SettingsError: It is no table.
    """
    table = _table(value, 'write [durations], then lines like name = ["detected", "public"]')
    found = []
    for name, pair in table.items():
        try:
            if not isinstance(pair, list) or len(pair) != 2:
                remedy = 'write ["detected", "public"]'
                raise SettingsError("must be a list of two milestones", remedy=remedy)
            for milestone in pair:
                if milestone not in MILESTONES:
                    raise _unknown(milestone, MILESTONES, "a milestone")
            found.append((name, pair[0], pair[1]))
        except SettingsError as error:
            wrong((name,), error)
    return tuple(found)


def _levels(value: Any, wrong: Wrong) -> Iterator[tuple[str, Any]]:
    table = _table(value, 'write [checks.levels], then lines like "tasks.no-due" = "hint"')
    for path, level in _leaves(table):
        try:
            rule = _rule(".".join(path))
            if level not in LEVELS:
                raise _unknown(level, LEVELS, "a level")
            yield rule, level
        except SettingsError as error:
            wrong(("levels", *path), error)


def _words(value: Any, wrong: Wrong) -> Iterator[tuple[str, tuple[str, ...]]]:
    table = _table(value, 'write [checks.words], then lines like vague = ["leverage"]')
    for name, phrases in table.items():
        try:
            if name not in WORD_LISTS:
                raise _unknown(name, WORD_LISTS, "a list of words")
            if added := tuple(_checked(phrases, _phrase, ("words", name), wrong)):
                yield name, added
        except SettingsError as error:
            wrong(("words", name), error)


def _checked(
    value: Any, check: Callable[[Any], str], path: tuple[str, ...], wrong: Wrong
) -> Iterator[str]:
    if not isinstance(value, list):
        raise SettingsError("must be a list of texts", remedy='write it as ["one", "two"]')
    for item in value:
        try:
            yield check(item)
        except SettingsError as error:
            wrong(path, error)


def _rule(value: Any) -> str:
    from pmtui.core.checks.registry import BY_ID, FAMILIES, is_known

    if not isinstance(value, str) or not is_known(value):
        raise _unknown(value, (*FAMILIES, *BY_ID), "a rule or a family of rules")
    return value


def _phrase(value: Any) -> str:
    if not isinstance(value, str) or not any(letter.isalnum() for letter in value):
        raise SettingsError(
            "holds something that is no word", remedy='write words in quotes: "..."'
        )
    return " ".join(value.split())


def _count(value: Any, unit: str) -> int:
    if type(value) is not int or value < 1:
        raise SettingsError(f"must be a number of {unit}", remedy="write a whole number above 0")
    return value


def _table(value: Any, remedy: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError("must be a table", remedy=remedy)
    return value


def _leaves(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of a table and of those within it: `tasks.no-due` may be quoted or not."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from (((key, *below), leaf) for below, leaf in _leaves(value))
        else:
            yield (key,), value


def _unknown(value: Any, known: tuple[str, ...], what: str) -> SettingsError:
    from difflib import get_close_matches

    close = get_close_matches(str(value), known, n=1)
    short = known if len(known) <= 10 else (*known[:9], "...")
    remedy = f"did you mean {close[0]}?" if close else f"choose one of {', '.join(short)}"
    return SettingsError(f"{value!r} is not {what}", remedy=remedy)
