"""Somebody at a watched terminal: presses a key, and knows when its effect was to be seen."""

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from tests.bench.figures import Figure, Figures, percentile
from tests.bench.picture import Film, Frame
from tests.bench.watched import QUIET, Watched
from tests.e2e.terminal import KEYS, PATIENCE

JITTER = 0.025
"""Seconds within which a key comes at any moment, so that no timer keeps step with the keys."""

ALONE = 0.25
"""Seconds after which Esc is surely no begin of a sequence, whatever comes next."""

STARTED = 0.4
"""Seconds of rest after which a program counts as started."""


class Moment(NamedTuple):
    """Seconds since a key or the start, of the clock and of processor time."""

    wall: float
    cpu: float


class Press(NamedTuple):
    """What one key did: when its effect was first seen, and when the picture was final.

    Both are None where nothing was to be seen. `size` is bytes, `cpu` seconds until all was done.
    """

    seen: Moment | None
    final: Moment | None
    size: int
    cpu: float


Sight = Callable[[str], bool]
"""Whether a screen shows what a key should do."""


class Start(NamedTuple):
    """How a program began: when its first useful frame came, CPU seconds and bytes until rest."""

    first: Moment
    cpu: float
    size: int


class Player:
    """The keys and the eyes of a person; random choices are the same in every run."""

    def __init__(self, terminal: Watched) -> None:
        self.terminal = terminal
        self.film = Film()
        self.torn = 0
        self._played = 0
        self._random = random.Random(20240522)

    def frames(self) -> Iterator[Frame]:
        """The frames that came since the last call; those not drawn at once count as `torn`."""
        while self._played < len(self.terminal.log):
            chunk = self.terminal.log[self._played]
            self._played += 1
            for frame in self.film.play(chunk):
                self.torn += frame.changed and not frame.whole
                yield frame

    def start(self, ready: str, patience: float = PATIENCE) -> Start:
        """Wait until the program rests; `ready` is what makes its first frame a useful one."""
        first = None
        end = self.terminal.began + patience
        while first is None:
            assert time.monotonic() < end, f"{ready!r} never came:\n{self.film.text}"
            self.terminal.settle(STARTED, patience)
            for frame in self.frames():
                if first is None and frame.changed and ready in self.film.text:
                    first = Moment(frame.at - self.terminal.began, frame.cpu)
        return Start(first, self.terminal.cpu(), len(self.terminal.output))

    def do(self, *keys: str) -> None:
        """Press keys one after the other, unmeasured."""
        for key in keys:
            self.press(key, quiet=ALONE if key == "escape" else QUIET)

    def press(self, key: str, shows: Sight = bool, quiet: float = QUIET) -> Press:
        """Press a key at rest; it is seen in the first picture that is another and that `shows`."""
        terminal = self.terminal
        terminal.settle(quiet, PATIENCE * 10)
        terminal.read(self._random.random() * JITTER)
        for _ in self.frames():
            pass
        size, used, sent = len(terminal.output), terminal.cpu(), time.monotonic()
        terminal.write(KEYS.get(key, key))
        terminal.settle(quiet, PATIENCE * 10)
        cpu = terminal.cpu() - used
        seen = final = None
        for frame in self.frames():
            if frame.changed:
                final = Moment(frame.at - sent, frame.cpu - used)
                if seen is None and shows(self.film.text):
                    seen = final
        return Press(seen, final, len(terminal.output) - size, cpu)

    def typed(self, count: int) -> list[Press]:
        """Type words of random letters."""
        word, presses = "", []
        for _ in range(count):
            letter = " " if len(word) == 7 else self._random.choice("bcdfghklmnprstvwz")
            word = "" if letter == " " else word + letter
            presses.append(self.press(letter, partial(contains, word)))
        return presses


def contains(words: str, text: str) -> bool:
    """Whether `words` are in `text`."""
    return words in text


def key_figures(name: str, presses: Iterable[Press]) -> Figures:
    """The figures of keys pressed one by one: p50, p95, and bytes; CPU is the mean, until rest.

    Raises:
        AssertionError: The effect of more than one in ten was never seen.
    """
    all_of_them = list(presses)
    seen = [press.seen.wall * 1e3 for press in all_of_them if press.seen is not None]
    assert len(seen) >= 0.9 * len(all_of_them), f"{name}: {len(seen)} of {len(all_of_them)} seen"
    cpu = statistics.fmean(press.cpu for press in all_of_them) * 1e3
    return {
        f"{name}.p50": Figure(percentile(seen, 0.5), cpu),
        f"{name}.p95": Figure(percentile(seen, 0.95), cpu),
        f"{name}.bytes": Figure(percentile((press.size for press in all_of_them), 0.5)),
    }


def effect(name: str, act: Callable[[], Press], count: int) -> Figures:
    """The median of what is done `count` times, until it is seen: time and CPU.

    Raises:
        AssertionError: It was not seen each time.
    """
    seen = [press.seen for press in (act() for _ in range(count)) if press.seen is not None]
    assert len(seen) == count, f"{name}: {len(seen)} of {count} seen"
    return {
        name: Figure(
            statistics.median(moment.wall for moment in seen) * 1e3,
            statistics.median(moment.cpu for moment in seen) * 1e3,
        )
    }


def at_last(press: Press) -> Press:
    """A press that counts as seen only when the picture is final."""
    return press._replace(seen=press.final)
