"""Keys of characters that Python does not count as printable, and keys that come together."""

import unicodedata
from contextlib import suppress

from textual import events
from textual.keys import _character_to_key
from textual.message_pump import MessagePump, MessagePumpClosed

_TYPED = {"Zs", "Co", "Cf", "Cn"}
"""Spaces of other scripts, private glyphs, joiners, and characters newer than Python's tables."""


class TypedKey(events.Key):
    """A key whose characters count as printable whatever `str.isprintable` says."""

    @property
    def is_printable(self) -> bool:
        """Always true: it was made for such a character."""
        return True


# Textual names a handler after the class of the event; this one is a key for all of them.
TypedKey.handler_name = events.Key.handler_name


def typed(event: events.Key) -> events.Key:
    """`event`, or one that fields accept where it carries a character that people type."""
    character = event.character
    if isinstance(event, TypedKey):
        return event
    if character and not character.isprintable() and unicodedata.category(character) in _TYPED:
        return TypedKey(event.key, character)
    return event


def run_of_keys(characters: str) -> events.Key:
    """One key for several that write these characters, in this order."""
    return TypedKey(_character_to_key(characters[0]), characters)


def first_key(event: events.Key) -> tuple[events.Key, events.Key | None]:
    """The first of the keys that `event` stands for, and one for the others if there are any."""
    characters = event.character or ""
    if len(characters) < 2:
        return typed(event), None
    first = events.Key(_character_to_key(characters[0]), characters[0])
    return typed(first), run_of_keys(characters[1:])


def waiting_key(pump: MessagePump) -> events.Key | None:
    """The key that `pump` takes next; None if that is something else, or cannot be seen."""
    with suppress(AttributeError, MessagePumpClosed):
        message = pump._peek_message()
        if isinstance(message, events.Key) and not message.is_forwarded:
            return message
    return None


async def together(pump: MessagePump, event: events.Key) -> events.Key:
    """`event`, or one key for it and all others that wait right behind it in the queue of `pump`.

    Only keys that write their character are put together: a field takes them as it takes one, and
    what was typed ahead is safe as soon as a single key.
    """
    event = typed(event)
    if not event.is_printable:
        return event
    characters = [event.character or ""]
    while (following := waiting_key(pump)) is not None and typed(following).is_printable:
        characters.append(following.character or "")
        await pump._get_message()
    return event if len(characters) == 1 else run_of_keys("".join(characters))
