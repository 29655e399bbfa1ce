"""The command lines that somebody waits for while production burns: understood without click.

They are those that hold nothing but words: an editor for a file, or an event or a task for one.
Loading click takes longer than to add the event.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial

_MEANT_FOR_CLICK = ("--create", "-h", "--help", "--")
"""What is no word of an event or a task."""

Run = Callable[[], None]


def understood(arguments: Sequence[str]) -> Run | None:
    """What carries out these arguments as click would; None where it has to look at them."""
    if "_PMTUI_COMPLETE" in os.environ:
        return None
    match arguments:
        case ["log" | "task" as name, file, *words] if words and _are_words(file, words):
            return partial(_add, name, file, words)
        case [file] if not file.startswith("-") and ("/" in file or os.path.splitext(file)[1]):
            return partial(_edit, file)
        case _:
            return None


def _are_words(file: str, words: Sequence[str]) -> bool:
    return not file.startswith("-") and not any(word in _MEANT_FOR_CLICK for word in words)


def _add(name: str, file: str, words: Sequence[str]) -> None:
    # Before all others, as it loads `dataclasses` without what that hardly needs.
    import pmtui.core.lazy_dataclass  # noqa: F401

    if name == "log":
        from pmtui.cli.events import add_events

        add_events(file, words)
    else:
        from pmtui.cli.tasks import add_tasks

        add_tasks(file, words)


def _edit(file: str) -> None:
    from pmtui.cli.editing import edit_file

    edit_file(file)
