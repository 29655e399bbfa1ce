"""Short ids that entries, tasks, measures, factors, chains and sections keep for life."""

import hashlib
import secrets
from collections.abc import Callable, Container

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 6

NewId = Callable[[Container[str]], str]
"""Gives an id that is not among those taken."""


def random_id(taken: Container[str]) -> str:
    """A new id; drawn at random so that two people on two branches never choose the same."""
    while True:
        drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        if drawn not in taken:
            return drawn


def derived_id(content: str, taken: Container[str]) -> str:
    """An id for a part that was written by hand without one: the same content, the same id.

    Two readings of one file thus agree on it, which is what merging needs.
    """
    for salt in range(1_000_000):
        digest = hashlib.blake2s(f"{salt}\0{content}".encode("utf-8", "replace")).digest()
        number = int.from_bytes(digest[:8], "big")
        letters = ""
        for _ in range(_LENGTH):
            number, at = divmod(number, len(_ALPHABET))
            letters += _ALPHABET[at]
        if letters not in taken:
            return letters
    raise AssertionError("a million ids are taken")
