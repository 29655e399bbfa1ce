"""The person's settings: `config.toml`, read so that a mistake in it never keeps anybody out."""

import contextlib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pmtui.core.checks.options import Options
from pmtui.core.clock.zones import canonical_zone
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import find_control
from pmtui.errors import SettingsError, StorageError, TimeError
from pmtui.storage.check_settings import Wrong, read_checks, read_durations
from pmtui.storage.paths import config_dir
from pmtui.storage.reading import read

FILE = "config.toml"
THEMES = ("auto", "dark", "light")

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_UTC = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})


_NO_OPTIONS = Options()


@dataclass(frozen=True)
class Settings:
    """What a person may set. `timezone` is for new documents (empty: the machine's), `name` is
    who `@me` is, `editor` comes before $EDITOR, `template` is the one for exports, and `keys` are
    pairs of a command's id and its keys, separated by commas. `checks` are the options of the
    review, `durations` further pairs of milestones to measure between.
    """

    theme: str = "auto"
    timezone: str = ""
    name: str = ""
    editor: str = ""
    autosave: bool = True
    template: str = "issue-summary"
    keys: tuple[tuple[str, str], ...] = ()
    checks: Options = _NO_OPTIONS
    durations: tuple[tuple[str, str, str], ...] = ()


def place() -> Path:
    """Where the person's settings are, whether or not there are any."""
    return config_dir() / FILE


def load(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `path` (`config.toml` of the configuration folder), and what is wrong there.

    Each message is `file:line: what; remedy`; the default stands in for what cannot be used. A
    file that does not exist is no mistake.
    """
    path = place() if path is None else path
    if not os.path.lexists(path):
        return Settings(), ()
    try:
        text = read(path)[0].decode("utf-8-sig")
    except StorageError as error:
        return Settings(), (str(error),)
    except UnicodeDecodeError:
        return Settings(), (f"{path}: is not UTF-8 text; save it as UTF-8",)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(), (_not_toml(path, text, str(error)),)
    return _settings(found, _Places(path, text))


def machine_zone(environ: Mapping[str, str] = os.environ, root: Path = Path("/")) -> str:
    """The IANA name of this machine's zone: TZ, then /etc/localtime and /etc/timezone; or `UTC`."""
    stated = environ.get("TZ")
    if stated is not None:
        return _zone_in(stated.removeprefix(":")) or "UTC"
    return next(filter(None, map(_zone_in, _system_zones(root / "etc"))), "UTC")


def _system_zones(folder: Path) -> Iterator[str]:
    """What the system's files say, the name that its owner chose before what that is a link to."""
    localtime = folder / "localtime"
    with contextlib.suppress(OSError):  # a copy of the zone's file does not tell its name
        yield os.readlink(localtime)
        yield os.path.realpath(localtime)
    with contextlib.suppress(OSError, UnicodeDecodeError):
        yield (folder / "timezone").read_text("utf-8").strip()


def _zone_in(text: str) -> str:
    """The zone that a name, or a path into the zone database, ends in; empty for none.

    A POSIX rule like `CET-1CEST` names no zone, nor does an abbreviation that stands for an offset.
    """
    name = text.rpartition("/zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    if name in _UTC:
        return "UTC"
    try:
        zone = canonical_zone(name)
    except TimeError:
        return ""
    return zone if zone.casefold() == name.casefold() else ""


@dataclass(frozen=True)
class _Places:
    """Finds the line of a key in the text of the file."""

    path: Path
    text: str

    def of(self, *key: str) -> str:
        """`file:line` of `key`, or of the table it is in; only `file` where neither is found."""
        line = self._line(key) or self._line(key[:1])
        return f"{self.path}:{line}" if line else str(self.path)

    def _line(self, key: tuple[str, ...]) -> int:
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith("["):
                here = table = _keys_of(line)
            else:
                here = table + _keys_of(line.partition("=")[0] + "=0")
            if here == key:
                return number
        return 0


def _keys_of(line: str) -> tuple[str, ...]:
    """The path of the one key that a line of TOML defines, however it is quoted or dotted."""
    try:
        inner: Any = tomllib.loads(line)
    except (ValueError, RecursionError):
        return ()
    keys = []
    while isinstance(inner, dict) and inner:
        key, inner = next(iter(inner.items()))
        keys.append(key)
    return tuple(keys)


def _not_toml(path: Path, text: str, message: str) -> str:
    position = _POSITION.search(message)
    if position is None:
        return f"{path}: holds a value too long or too deep to read; shorten it"
    line = position["line"] or len(text.splitlines()) or 1
    what = _POSITION.sub("", message)
    return (
        f"{path}:{line}: is not TOML: {what[:1].lower()}{what[1:]}; correct it, or delete the file"
    )


def _settings(found: dict[str, Any], places: _Places) -> tuple[Settings, tuple[str, ...]]:
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for key, value in found.items():
        try:
            if key == "keys":
                values[key] = _key_settings(value, places, wrong)
            elif key in _TABLES:
                values[key] = _TABLES[key](value, _noting(places, key, wrong))
            else:
                values[key] = _reader(key)(value)
        except SettingsError as error:
            error.where = places.of(key)
            error.what = f"{key}: {error.what}" if key in _READERS or key == "keys" else error.what
            wrong.append(str(error))
    return Settings(**values), tuple(wrong)


def _noting(places: _Places, key: str, wrong: list[str]) -> Wrong:
    """Adds what is wrong below the table `key` to `wrong`, with its line."""

    def note(path: tuple[str, ...], error: SettingsError) -> None:
        error.where = places.of(key, *path)
        error.what = f"{'.'.join((key, *path))}: {error.what}"
        wrong.append(str(error))

    return note


def _reader(key: str) -> Callable[[Any], Any]:
    try:
        return _READERS[key]
    except KeyError:
        known = [field.name for field in fields(Settings)]
        from difflib import get_close_matches

        close = get_close_matches(key, known, n=1)
        remedy = f"did you mean {close[0]}?" if close else f"the settings are {', '.join(known)}"
        raise SettingsError(f"{key!r} is not a setting", remedy=remedy) from None


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise SettingsError(
            f"must be text, not {_named(value)}", remedy='write it in quotes: "..."'
        )
    if find_control(value) is not None or "\n" in value:
        raise SettingsError("must be one line without control characters", remedy="retype it")
    return value.strip()


def _theme(value: Any) -> str:
    if (theme := _line(value)) not in THEMES:
        remedy = f"choose {', '.join(THEMES)}"
        raise SettingsError(f"{theme!r} is not a theme", remedy=remedy)
    return theme


def _zone(value: Any) -> str:
    if not (zone := _line(value)):
        return ""
    try:
        return canonical_zone(zone)
    except TimeError as error:
        raise SettingsError(error.what, remedy=error.remedy) from None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        what = f"must be true or false, not {_named(value)}"
        raise SettingsError(what, remedy="write it without quotes")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "theme": _theme,
    "timezone": _zone,
    "name": _line,
    "editor": _line,
    "autosave": _flag,
    "template": _line,
}


_TABLES: dict[str, Callable[[Any, Wrong], Any]] = {
    "checks": read_checks,
    "durations": read_durations,
}


def _key_settings(value: Any, places: _Places, wrong: list[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of a `[keys]` table, where `timeline.add` may be quoted or not; adds to `wrong`."""
    if not isinstance(value, dict):
        remedy = 'write [keys], then lines like save = "ctrl+s"'
        raise SettingsError(f"must be a table, not {_named(value)}", remedy=remedy)
    pairs = []
    for path, keys in _leaves(value):
        try:
            pairs.append((".".join(path), _combination(keys)))
        except SettingsError as error:
            error.where = places.of("keys", *path)
            error.what = f"keys.{'.'.join(path)}: {error.what}"
            wrong.append(str(error))
    return tuple(pairs)


def _leaves(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from (((key, *below), leaf) for below, leaf in _leaves(value))
        else:
            yield (key,), value


def _combination(value: Any) -> str:
    """Keys as one text with commas, from such a text or from a list of texts."""
    texts = value if isinstance(value, list) else [value]
    return ",".join(key for text in texts for key in map(str.strip, _line(text).split(",")) if key)


def _named(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    names |= {list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
