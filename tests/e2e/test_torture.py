"""Texts are typed, the editor is killed at any moment and in any way, and no character is lost.

What counts as typed is all that was sent before a signal that can be caught (the last word comes in
one burst with it), and what the program had taken 100 ms before a SIGKILL. A SIGKILL in the middle
of a burst may only cut off its end; so may another signal where the machine is so slow that the
burst cannot be taken in the time in which the program has to be gone. The next start brings
everything back with one key, and goes on typing.
"""

import random
import signal
import time
from collections.abc import Callable, Iterator
from itertools import count, zip_longest

import pytest

from tests.e2e.desk import DATA, Desk
from tests.e2e.terminal import Terminal
from tests.long_run import besides

SHORT, LONG = 4, 200
"""How many kills."""

PROMISED = 0.1
"""Seconds after a key at which a SIGKILL must lose nothing."""

LATE = 1.5
"""Seconds after a signal from which on a program is about to be ended by its own watchdog."""

GAPS = (0.0, 0.0, 0.002, 0.01, 0.04)
"""Seconds between two keys: bursts, and a person."""

_DATES = "january march april june july august september october november december monday tuesday "
_DATES += "wednesday thursday friday saturday sunday yesterday today"

Places = dict[str, list[str]]
"""What is in each place: one text in a field, one for each event or task."""


def words(chance: random.Random) -> Iterator[str]:
    """The words of real postmortems that are nothing but words in a line for events or tasks."""
    texts = [path.read_text("utf-8") for path in sorted((DATA / "samples").glob("*.txt"))]
    while True:
        for word in chance.choice(texts).split():
            plain = word.strip("-*#@!:,.()[]\"'`~0123456789/")
            if len(plain) > 3 and plain.isalpha() and plain.lower() not in _DATES.split():
                yield plain


class Typist:
    """Types on in one terminal after the other, and knows what there has to be in the end."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.words = words(self.chance)
        self.places: Places = {"cause": [""], "conclusion": [""], "events": [], "tasks": []}
        self.moments: list[Places] = []
        self.typed = 0

    def begin(self) -> Terminal:
        """The editor, with what was lost brought back if it asks, and open lines taken."""
        self.desk.config.write_text(f"autosave = {self.chance.choice(('true', 'false'))}\n")
        terminal = self.desk.open("incident.toml")
        asks = "bring it back"
        terminal.wait(lambda: "F1 help" in terminal.text or asks in terminal.text, "the editor")
        # It may ask a moment later on a busy machine; keys typed then would be the answer.
        terminal.wait_quiet()
        terminal.read(ASKS)
        terminal.wait_quiet()
        if asks in terminal.text:
            terminal.press("enter")
            terminal.wait_for("Brought back")
        terminal.press("ctrl+t", "enter", "ctrl+n", "enter")
        terminal.wait_quiet()
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
        return terminal

    def found(self) -> Places:
        """What is in the file; nothing is while there is none."""
        if not (self.desk.folder / "incident.toml").exists():
            return {"cause": [""], "conclusion": [""], "events": [], "tasks": []}
        document = self.desk.document("incident.toml")
        return {
            "cause": [document.root_cause],
            "conclusion": [document.conclusion],
            "events": [entry.text for entry in document.timeline],
            "tasks": [task.text for task in document.tasks],
        }

    def write(self, terminal: Terminal, number: int, *, leave_open: bool) -> None:
        """Type so many words into one place; an event or a task may stay in its line."""
        place = self.chance.choice(list(self.places))
        text = " ".join(next(self.words) for _ in range(number))
        if place in ("cause", "conclusion"):
            terminal.press(*(("ctrl+r",) if place == "cause" else ("ctrl+g", "c")))
            self._type(terminal, place, f" {text}")
            return
        terminal.press("ctrl+t" if place == "events" else "ctrl+n")
        self.places[place].append("")
        self._type(terminal, place, f"Then {text}")
        if not leave_open:
            terminal.press("enter")

    def _type(self, terminal: Terminal, place: str, text: str) -> None:
        self.typed += len(text)
        for letter in text:
            self.places[place][-1] += letter
            self.moments.append({name: list(texts) for name, texts in self.places.items()})
            terminal.write(letter)
            if gap := self.chance.choice(GAPS):
                terminal.read(gap)


def killed(terminal: Terminal) -> None:
    """SIGKILL when every key is taken, as long after the last as is promised."""
    terminal.wait_quiet()
    terminal.read(PROMISED)
    terminal.process.send_signal(signal.SIGKILL)


def killed_at_once(terminal: Terminal) -> None:
    """SIGKILL while keys are on their way."""
    terminal.process.send_signal(signal.SIGKILL)


def terminated(terminal: Terminal) -> None:
    """SIGTERM while keys are on their way."""
    terminal.process.send_signal(signal.SIGTERM)


def hung_up(terminal: Terminal) -> None:
    """SIGHUP while keys are on their way."""
    terminal.process.send_signal(signal.SIGHUP)


def closed(terminal: Terminal) -> None:
    """The terminal is gone, and with it the keys that nobody had read yet."""
    terminal.wait_quiet()
    terminal.hang_up()


ASKS = 0.2
"""Seconds within which the editor asks what to bring back, once it is there."""

DEATHS: tuple[Callable[[Terminal], None], ...] = (
    killed,
    killed_at_once,
    terminated,
    hung_up,
    closed,
)


def stripped(places: Places) -> Places:
    """As the document holds it: an event or a task without blanks at its ends."""
    return {
        place: [text.strip() if place in ("events", "tasks") else text for text in texts]
        for place, texts in places.items()
    }


def length(places: Places) -> int:
    """How many characters there are."""
    return sum(len(text) for texts in places.values() for text in texts)


def apart(found: Places, wanted: Places) -> str:
    """The texts that are not as wanted, a line each."""
    return "".join(
        f"\n{place} {number}: {one!r} instead of {other!r}"
        for place in wanted
        for number, (one, other) in enumerate(zip_longest(found[place], wanted[place]))
        if one != other
    )


@pytest.mark.parametrize("kills", [SHORT, *besides(LONG)])
def test_no_character_is_lost_however_and_whenever_it_is_killed(
    desk: Desk, kills: int, record_property: Callable[[str, object], None]
) -> None:
    typist = Typist(desk, seed=kills)
    lost = cut = 0
    counts = dict.fromkeys((death.__name__ for death in DEATHS), 0)
    death, late = DEATHS[0], False
    for number in count():
        terminal = typist.begin()
        found, wanted = typist.found(), stripped(typist.places)
        if death is killed_at_once or late:
            moments = [stripped(moment) for moment in typist.moments]
            near = min(moments, key=lambda moment: abs(length(moment) - length(found)))
            assert found in moments, f"kill {number}, {death.__name__}: {apart(found, near)}"
            cut += length(wanted) - length(found)
        elif found != wanted:
            lost += max(1, length(wanted) - length(found))
            print(f"kill {number}, {death.__name__}: {apart(found, wanted)}")
        if number == kills:
            break
        typist.places = found
        typist.moments = [stripped(found)]
        death = typist.chance.choice(DEATHS) if number >= len(DEATHS) else DEATHS[number]
        writes = typist.chance.randint(1, 3)
        for at in range(writes):
            last = at == writes - 1
            if last:
                terminal.wait_quiet()
            caught = last and death in (terminated, hung_up)
            size = 1 if caught else typist.chance.randint(1, 6)
            typist.write(terminal, size, leave_open=last and typist.chance.random() < 0.5)
        death(terminal)
        begin = time.monotonic()
        terminal.process.wait(10)
        late = death in (terminated, hung_up) and time.monotonic() - begin > LATE
        terminal.close()
        counts[death.__name__] += 1
    ways = ", ".join(f"{name.replace('_', ' ')} {times}" for name, times in counts.items())
    said = f"{kills} kills ({ways}), {typist.typed} characters typed: {lost} lost"
    record_property("outcome", f"{said}; {cut} on their way")
    assert lost == 0
