"""Telling pasted text from keys in what a terminal sends.

A terminal brackets a paste with two escape sequences. The second may never come, when a link drops
or an end is cut off, and then no later key may be mistaken for more of the text for good.
"""

import re
from collections.abc import Iterator

from pmtui.core.lazy_dataclass import dataclass

START = "\x1b[200~"
END = "\x1b[201~"

PAUSE = 0.5
"""Seconds of silence in a paste after which a key that writes nothing ends it."""

SILENCE = 2.0
"""Seconds of silence in a paste after which what came of it is handed on."""

RUN = 1000
"""Characters at once that nobody types, not even ahead over a slow link: a paste from a terminal
without brackets. A key typed ahead that opens a menu must not be taken for the begin of one."""

FEW = 64
"""Characters that may be keys even while a paste is open."""

_INTRODUCERS = frozenset("[O]PX^_N\\\x1b")
"""What follows ESC in a sequence; anything else after it is a key of its own."""
_GLANCE = 0.02
"""Seconds between looks at a paste that is not complete."""

_KEY = re.compile(r"\x1b\[[\d;:<]*[A-Za-z~]|\x1bO[A-Z]|\x1b?[^\x1b]", re.DOTALL)
_LETTER = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RUN = re.compile(rf"([^\x00-\x1f\x7f-\x9f]{{{RUN},}})")


@dataclass(frozen=True)
class Keys:
    """Characters and sequences of keys; an ESC at the end is that key, and begins no sequence."""

    text: str


@dataclass(frozen=True)
class Pasted:
    """Text that was pasted."""

    text: str


Piece = Keys | Pasted


class Pastes:
    """Splits what a terminal sends into keys and pasted texts, in their order.

    `now` is in seconds of any one clock, `escape_wait` how many to wait for the rest of what may be
    the beginning of a sequence.
    """

    def __init__(self, escape_wait: float = 0.1) -> None:
        self._escape_wait = escape_wait
        self._held = ""
        self._inside = False
        self._late = False
        self._parts: list[str] = []
        self._last = 0.0
        self._last_text = 0.0

    def feed(self, text: str, now: float) -> Iterator[Piece]:
        """The pieces that are complete with `text`."""
        if self._inside and self._is_over(text, now):
            yield from self._finish()
        if text and self._held == "\x1b" and not self._inside and text[0] not in _INTRODUCERS:
            # A sequence comes whole: this is the Esc key, and somebody who types on quickly.
            self._held = ""
            yield Keys("\x1b")
        if len(text) > 1:
            self._last_text = now
        self._last = now
        text, self._held = self._held + text, ""
        while text:
            if self._late and text.startswith(START):
                yield from self._finish()
            if self._inside:
                body, end, text = text.partition(END)
                if not end:
                    body = self._hold(body, END)
                self._parts.append(body)
                if end:
                    yield from self._finish()
            else:
                keys, start, text = text.partition(START)
                if not start:
                    keys = self._hold(keys, START)
                yield from _runs(keys.replace(END, ""))
                if start:
                    self._inside, self._last_text = True, now

    def tick(self, now: float) -> Iterator[Piece]:
        """The pieces that are complete because nothing has followed them until `now`."""
        escape = self._held == "\x1b" and now - self._last >= self._escape_wait
        if not self._inside:
            if self._held and now - self._last >= self._escape_wait:
                text, self._held = self._held, ""
                yield Keys(text)
        elif escape and (self._late or now - self._last_text >= PAUSE):
            self._held = ""
            yield from self._finish()
            yield Keys("\x1b")
        elif now - self._last_text >= (PAUSE if self._late else SILENCE):
            self._late = True
            yield from self._hand_on()

    def end(self) -> Iterator[Piece]:
        """What is left when no more will come."""
        if self._inside:
            self._parts.append(self._held)
            yield from self._finish()
        elif self._held:
            yield Keys(self._held)
        self._held = ""

    @property
    def waiting(self) -> bool:
        """Whether `tick` may have something to give soon."""
        return bool(self._held or self._parts)

    def patience(self, now: float) -> float:
        """Seconds after which what is waiting may be complete."""
        if self._held and not self._inside:
            return max(0.001, self._last + self._escape_wait - now)
        return _GLANCE

    def _is_over(self, text: str, now: float) -> bool:
        """Whether this is no part of the paste any more, though its end has not come.

        After a silence, what somebody may have typed in one breath; after a pause, a single key
        that writes nothing, such as ctrl+q.
        """
        if self._held:
            return False
        if self._late:
            return len(text) <= FEW and END not in text
        key = _KEY.fullmatch(text) and not _LETTER.fullmatch(text)
        return bool(key) and now - self._last_text >= PAUSE

    def _hold(self, text: str, marker: str) -> str:
        """`text` without what may be the beginning of `marker`, which is kept for later."""
        for length in range(len(marker) - 1, 0, -1):
            if text.endswith(marker[:length]):
                self._held = marker[:length]
                return text[:-length]
        return text

    def _hand_on(self) -> Iterator[Piece]:
        text = "".join(self._parts)
        # The other half of a line end may still come, and is then no line end of its own.
        kept = "\r" if text.endswith("\r") and len(text) > 1 else ""
        self._parts = [kept] if kept else []
        if text := text.removesuffix(kept):
            yield Pasted(text)

    def _finish(self) -> Iterator[Piece]:
        text, self._parts = "".join(self._parts), []
        self._inside = self._late = False
        if text:
            yield Pasted(text)


def _runs(keys: str) -> Iterator[Piece]:
    """`keys` as they are, but for long runs of letters, which arrive far quicker as a paste.

    The same letter again and again is a key held down.
    """
    together = ""
    for part in _RUN.split(keys) if len(keys) >= RUN else [keys]:
        if len(part) >= RUN and len(set(part)) > 1 and _RUN.fullmatch(part):
            if together:
                yield Keys(together)
            yield Pasted(part)
            together = ""
        else:
            together += part
    if together:
        yield Keys(together)
