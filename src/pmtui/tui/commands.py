"""The commands by id, by scope, by key and by group, and their keys as a person reads them."""

from collections.abc import Mapping
from itertools import groupby

from textual.binding import Binding

from pmtui.tui.command import Command
from pmtui.tui.command_table import COMMANDS

BY_ID = {command.id: command for command in COMMANDS}

_SENT_FOR = frozenset({"f20"})
"""What many terminals send for a key that is named beside it: shift+F8."""

_SIGNS = {
    "slash": "/",
    "space": "space",
    "enter": "Enter",
    "delete": "Del",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "shift+f8": "S-F8",
}


def key_label(keys: str) -> str:
    """Keys as a person reads them: `^t`, `F1`, `e Enter`."""
    shown = []
    for key in keys.split(","):
        if key in _SENT_FOR and key != keys:
            continue
        if key in _SIGNS:
            shown.append(_SIGNS[key])
        elif key.startswith("ctrl+"):
            shown.append("^" + key.removeprefix("ctrl+"))
        elif key[0] == "f" and key[1:].isdigit():
            shown.append(key.upper())
        else:
            shown.append(key)
    return " ".join(shown)


def bindings(scope: str) -> list[Binding]:
    """Textual's bindings for the commands of one scope.

    Those that work everywhere take the key before the focused text can swallow it.
    """
    return [
        Binding(
            command.keys,
            f"command('{command.id}')",
            command.label,
            id=command.id,
            priority=not scope,
        )
        for command in COMMANDS
        if command.scope == scope
    ]


def keys_of(command: Command, overrides: Mapping[str, str]) -> str:
    """The keys of a command, the user's own where there are some."""
    return overrides.get(command.id, command.keys)


def key_of(command_id: str, overrides: Mapping[str, str]) -> str:
    """The first key of a command, as sentences name it: `ctrl+z`."""
    return keys_of(BY_ID[command_id], overrides).split(",")[0].strip()


def keymap(scope: str, overrides: Mapping[str, str]) -> dict[str, Command]:
    """The commands of one pane by the key that runs them."""
    return {
        key.strip(): command
        for command in COMMANDS
        if command.scope == scope
        for key in keys_of(command, overrides).split(",")
    }


def bar_commands(scope: str) -> list[Command]:
    """What the key bar offers in a pane: its own commands first, then those of everywhere."""
    own = [command for command in COMMANDS if command.bar and command.scope == scope and scope]
    everywhere = [command for command in COMMANDS if command.bar and not command.scope]
    return sorted(own, key=_by_bar) + sorted(everywhere, key=_by_bar)


def _by_bar(command: Command) -> int:
    return command.bar


def grouped() -> list[tuple[str, list[Command]]]:
    """All commands by group, groups and commands in the order declared."""
    order = {command.group: at for at, command in reversed(list(enumerate(COMMANDS)))}
    ranked = sorted(COMMANDS, key=lambda command: order[command.group])
    return [(group, list(each)) for group, each in groupby(ranked, key=lambda c: c.group)]


def markdown_table() -> str:
    """The table of keys as the README shows it."""
    lines: list[str] = []
    for group, commands in grouped():
        lines += [f"**{group}**", "", "| key | what it does |", "|---|---|"]
        for command in commands:
            keys = " ".join(f"`{key}`" for key in key_label(command.keys).split(" "))
            lines.append(f"| {keys} | {command.help.replace('|', chr(92) + '|')} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n")
