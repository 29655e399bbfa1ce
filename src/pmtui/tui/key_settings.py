"""The person's own keys: which of them can be used, and what is wrong with the others."""

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from textual.keys import KEY_TO_UNICODE_NAME, REPLACED_KEYS, Keys

from pmtui.tui.command import Command
from pmtui.tui.command_table import COMMANDS
from pmtui.tui.commands import BY_ID

Pairs = tuple[tuple[str, str], ...]
"""Ids of commands and their keys, those separated by commas."""

_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMES = frozenset(key.value for key in Keys)
_OTHER_NAMES = {
    "backtab": "shift+tab",
    "del": "delete",
    "esc": "escape",
    "ins": "insert",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "return": "enter",
}
_SENT_AS = {
    "ctrl+h": "Backspace",
    "ctrl+i": "Tab",
    "ctrl+j": "a line end",
    "ctrl+m": "Enter",
}
"""What terminals send for these keys, which so cannot be told apart."""

_TEXT_KEYS = frozenset(
    "backspace delete down end enter escape home left pagedown pageup right space tab up".split()
)
"""What moves in a text or writes it; no command may take it from there."""

_LIST_KEYS = frozenset("G down end escape g home j k pagedown pageup tab up".split())
"""What moves the cursor in a list."""


@lru_cache(8)
def usable_keys(wanted: Pairs) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The keys by command, and a sentence for each that cannot be used; that keeps its default."""
    faults: list[str] = []
    chosen: dict[str, str] = {}
    for name, keys in wanted:
        if (command := BY_ID.get(name)) is None:
            close = get_close_matches(name, BY_ID, n=1)
            meant = f"; did you mean {close[0]}?" if close else ""
            faults.append(f"keys.{name}: there is no such command{meant}")
            continue
        named = ",".join(_normal(key) for key in keys.split(",") if key)
        if fault := _fault(command, named):
            faults.append(f"keys.{name}: {fault}; it keeps {command.keys}")
        else:
            chosen[name] = named
    while clash := _clash(chosen):
        name, key, other = clash
        del chosen[name]
        faults.append(f"keys.{name}: {key} is the key of {other}; it keeps {BY_ID[name].keys}")
    return MappingProxyType(chosen), tuple(faults)


def _normal(key: str) -> str:
    """A key as Textual calls it: `Ctrl+E` and `^e` are `ctrl+e`, `shift+d` is `D`."""
    if len(key) == 1:
        return key
    if len(key) == 2 and key[0] == "^":
        key = f"ctrl+{key[1]}"
    *modifiers, base = key.lower().split("+")
    base = _OTHER_NAMES.get(base, base)
    if modifiers == ["shift"] and len(base) == 1:
        return base.upper()
    return "+".join((*modifiers, base))


def _fault(command: Command, keys: str) -> str:
    """Why these keys cannot be the command's, `""` where they can."""
    if not keys:
        return "no key is named"
    for key in keys.split(","):
        if not _is_key(key):
            return f"“{key}” is no key, which are like f5, ctrl+e or D"
        if key in _SENT_AS:
            return f"terminals send {key} as {_SENT_AS[key]}"
        if key in command.keys.split(","):
            continue
        if not command.scope and (len(key) == 1 or key in _TEXT_KEYS or _is_sign(key)):
            return f"{key} is needed for typing"
        if command.scope and key in _LIST_KEYS:
            return f"{key} moves the cursor in the list"
    return ""


def _is_key(key: str) -> bool:
    *modifiers, base = key.split("+") if len(key) > 1 else [key]
    if not set(modifiers) <= _MODIFIERS:
        return False
    return len(base) == 1 or base in _NAMES or _is_sign(base)


def _is_sign(name: str) -> bool:
    """Whether this is Textual's name of a printable sign, like `slash`."""
    name = REPLACED_KEYS.get(name, name)
    try:
        unicodedata.lookup(KEY_TO_UNICODE_NAME.get(name, name.replace("_", " ").upper()))
    except KeyError:
        return False
    return len(name) > 1


def _clash(chosen: dict[str, str]) -> tuple[str, str, str] | None:
    """The last chosen command of which a key belongs to another that is heard there too."""
    for name in reversed(chosen):
        command = BY_ID[name]
        for other in COMMANDS:
            heard = not command.scope or other.scope in ("", command.scope)
            if other is command or not heard:
                continue
            taken = {_normal(key) for key in chosen.get(other.id, other.keys).split(",")}
            for key in chosen[name].split(","):
                if key in taken or _sign_name(key) in taken:
                    return name, key, other.id
    return None


def _sign_name(key: str) -> str:
    """`slash` for `/`: commands name signs, people type them."""
    return {"/": "slash", " ": "space"}.get(key, key)
