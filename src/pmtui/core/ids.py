"""Short ids that entries, tasks, measures, factors, chains and sections keep for life."""

import os
from collections import Counter
from collections.abc import Callable, Container

from pmtui.core.digests import blake2s

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""32 letters, so that each is the remainder of as many bytes as any other."""

_LENGTH = 6

NewId = Callable[[Container[str]], str]
"""Gives an id that is not among those taken."""


def random_id(taken: Container[str]) -> str:
    """A new id; drawn at random so that two people on two branches never choose the same."""
    while True:
        drawn = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(_LENGTH))
        if drawn not in taken:
            return drawn


def derived_id(content: str, taken: Container[str], before: int = 0) -> str:
    """An id for a part that was written by hand without one: the same content, the same id.

    Two readings of one file thus agree on it, which is what merging needs. `before` says how many
    parts of the same content are known to have theirs already.
    """
    for salt in range(before, 1_000_000):
        digest = blake2s(f"{salt}\0{content}".encode("utf-8", "replace")).digest()
        number = int.from_bytes(digest[:8], "big")
        letters = ""
        for _ in range(_LENGTH):
            number, at = divmod(number, len(_ALPHABET))
            letters += _ALPHABET[at]
        if letters not in taken:
            return letters
    raise AssertionError("a million ids are taken")


class DerivedIds:
    """Derived ids for the parts of one kind, in the time that their number takes."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._known: Counter[str] = Counter()

    def of(self, content: str) -> str:
        """The id of a part with that content; parts of the same content have different ones."""
        fresh = derived_id(content, self._taken, self._known[content])
        self._taken.add(fresh)
        self._known[content] += 1
        return fresh
