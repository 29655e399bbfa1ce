"""What a command is: one thing a person can do, and when it can be done."""

from collections.abc import Callable

from pmtui.core.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command is available."""

    read_only: str = ""
    can_undo: bool = True
    can_redo: bool = True
    items: int = 1
    prose: bool = True
    conflicts: int = 1


When = Callable[[Situation], str]
"""Gives the reason why a command is not available, `""` when it is."""


def read_only_words(reason: str) -> str:
    """What to say where somebody tries to change a document that is read-only for `reason`."""
    return f"Read-only: {reason[:1].lower()}{reason[1:]}" if reason else ""


def _always(_: Situation) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. `scope` is the pane where its keys work, `""` is everywhere.

    `bar` orders it in the key bar; 0 keeps it out of there.
    """

    id: str
    keys: str
    label: str
    help: str
    group: str
    scope: str = ""
    bar: int = 0
    when: When = _always

    @property
    def method(self) -> str:
        """The name of the method that carries it out."""
        return "run_" + self.id.replace(".", "_").replace("-", "_")
