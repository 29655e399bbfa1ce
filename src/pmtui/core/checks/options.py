"""What a person may set about the review."""

from typing import Literal, get_args

from pmtui.core.lazy_dataclass import dataclass

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = get_args(Level)

WORD_LISTS = ("vague", "blame", "counterfactual", "human-error", "severe", "symptom")
"""The lists of words that a person can add to."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which rules run and how strictly.

    `off` and `on` name rules or whole families; `levels` are pairs of a rule and its level, `words`
    pairs of a list and the phrases added to it. `gap` is in minutes, `top_priority` how many tasks
    may have the highest priority.
    """

    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    levels: tuple[tuple[str, Level], ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gap: int = 10
    top_priority: int = 3

    def added(self, name: str) -> tuple[str, ...]:
        """The phrases that the person added to the list of that name."""
        return next((words for known, words in self.words if known == name), ())
