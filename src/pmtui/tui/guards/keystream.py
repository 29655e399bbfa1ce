"""From the bytes of a terminal to Textual's events, whatever the bytes are."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from textual import constants, events
from textual.message import Message

from pmtui.tui.guards.decoding import new_decoder
from pmtui.tui.guards.keys import run_of_keys
from pmtui.tui.guards.pastes import SILENCE, Keys, Pastes, Piece

_ESCAPED = re.compile(r"(\x1b(?=[^\b\t\n\r\x1b\x7f\[O\]PX^_N\\bdf])|\A\x1b\Z)")
"""Esc and a character at once: tmux and slow links send quick keys together. Left as it is what
begins a sequence, and what Meta does in a line of text, such as alt+b or alt+backspace."""
_RUN = re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{2,}")
"""Characters that are keys each, unless they end a sequence."""

ESCAPE_WAIT = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else 0.025
"""Seconds after which an ESC is that key; a terminal sends the rest of a sequence with it."""

_TICK = 0.1
"""Seconds between ticks in the time in which the parser may wait for the rest of a sequence."""


class KeyParser(Protocol):
    """What Textual makes events of keys with."""

    def feed(self, data: str) -> Iterable[Message]:
        """The events that are complete with `data`."""

    def tick(self) -> Iterable[Message]:
        """The events that are complete because nothing has followed."""


class KeyStream:
    """Makes events of bytes; pastes and bytes that are no UTF-8 never get to Textual's parser."""

    def __init__(
        self, new_parser: Callable[[], KeyParser], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._new_parser = new_parser
        self._parser = new_parser()
        self._clock = clock
        self._decoder = new_decoder()
        self._pastes = Pastes(ESCAPE_WAIT)
        self._last = -SILENCE
        self._in_sequence = False

    def feed(self, data: bytes) -> Iterator[Message]:
        """The events that are complete with `data`."""
        self._last = self._clock()
        yield from self._events(self._pastes.feed(self._decoder.decode(data), self._last))

    def tick(self) -> Iterator[Message]:
        """The events that are complete because nothing has followed; to be called often."""
        now = self._clock()
        if now - self._last > SILENCE and (rest := self._decoder.decode(b"", final=True)):
            yield from self._events(self._pastes.feed(rest, now))
        yield from self._events(self._pastes.tick(now))
        yield from self._parsed("")

    def end(self) -> Iterator[Message]:
        """The events of what is left when no more will come."""
        rest = self._decoder.decode(b"", final=True)
        yield from self._events(self._pastes.feed(rest, self._clock()))
        yield from self._events(self._pastes.end())

    @property
    def patience(self) -> float | None:
        """Seconds until the next tick is due; None while nothing that came can be incomplete."""
        now = self._clock()
        if self._pastes.waiting:
            return self._pastes.patience(now)
        return _TICK if now - self._last <= SILENCE + _TICK else None

    def _events(self, pieces: Iterable[Piece]) -> Iterator[Message]:
        for piece in pieces:
            if not isinstance(piece, Keys):
                yield events.Paste(piece.text)
                continue
            for keys in _ESCAPED.split(piece.text):
                if keys == "\x1b":
                    yield events.Key("escape", "\x1b")
                    continue
                yield from self._keys(keys)

    def _keys(self, text: str) -> Iterator[Message]:
        """The events of keys: one for a run of letters, which would keep the parser busy long."""
        at = 0
        while at < len(text):
            run = None if self._in_sequence else _RUN.match(text, at)
            if run is not None:
                yield run_of_keys(run.group())
                at = run.end()
            else:
                yield from self._parsed(text[at])
                at += 1

    def _parsed(self, character: str) -> Iterator[Message]:
        """What the parser makes of it, "" for none; a sequence that it cannot bear is left out."""
        found = False
        try:
            for message in self._parser.feed(character) if character else self._parser.tick():
                found = True
                yield message
        except Exception:  # such as a number that is no character, after which it is spent
            self._parser = self._new_parser()
            found = True
        self._in_sequence = character == "\x1b" or (self._in_sequence and not found)
