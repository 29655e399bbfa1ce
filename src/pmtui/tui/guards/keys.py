"""Keys whose characters Python does not count as printable, though people type them."""

import unicodedata

from textual import events

_TYPED = {"Zs", "Co", "Cf", "Cn"}
"""Spaces of other scripts, private glyphs, joiners, and characters newer than Python's tables."""


class TypedKey(events.Key):
    """A key whose character counts as printable though `str.isprintable` says otherwise."""

    @property
    def is_printable(self) -> bool:
        """Always true: it was made for such a character."""
        return True


# Textual names a handler after the class of the event; this one is a key for all of them.
TypedKey.handler_name = events.Key.handler_name


def typed(event: events.Key) -> events.Key:
    """`event`, or one that fields accept where it carries a character that people type."""
    character = event.character
    if character and not character.isprintable() and unicodedata.category(character) in _TYPED:
        return TypedKey(event.key, character)
    return event
