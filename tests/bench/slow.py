"""A bench over a slow link: when what was typed is on the screen, and whether pictures tear."""

from functools import partial

from tests.bench import documents
from tests.bench.editors import editor, started
from tests.bench.figures import Figure, Figures
from tests.bench.place import Place
from tests.bench.player import at_last, contains, effect, key_figures
from tests.e2e.terminal import KEYS

TYPING = 0.12
"""Seconds between the letters of somebody who types quickly."""

HELD = 0.033
"""Seconds between two repeats of a key that is held down."""

CLEAR = "\x15"
"""ctrl+u, so that the sentence has one row for itself."""

SENTENCE = "the replica of eu-west-1 is behind and orders wait for it"


def slow(place: Place) -> Figures:
    """A working day over the link, on 500 entries."""
    with editor(place, 500) as player:
        terminal, times = player.terminal, place.effort.operations

        def in_a_row(keys: list[str], pause: float, shows: str = "") -> Figure:
            """The time from the last of `keys` until `shows`, or else the last picture, is seen."""
            for key in keys[:-1]:
                terminal.write(KEYS.get(key, key))
                terminal.read(pause)
            sent, used, size = terminal.now(), terminal.cpu(), len(terminal.output)
            terminal.write(KEYS.get(keys[-1], keys[-1]))
            terminal.settle(0.3)
            seen = None
            for frame in player.frames():
                if frame.changed and frame.at > sent and (seen is None or not shows):
                    seen = frame.at - sent if shows in player.film.text else None
            assert seen is not None, f"{shows!r} never came:\n{player.film.text}"
            more = f"{len(terminal.output) - size:,} bytes came after it"
            return Figure(seen * 1e3, (terminal.cpu() - used) * 1e3, more)

        added = partial(contains, "Timeline 501 ")
        found = started(player, "slow", documents.HAPPENED)
        start_bytes = found["slow.start-bytes"].value
        found["slow.frame"] = found["slow.frame"]._replace(remark=f"{start_bytes:,.0f} bytes")
        at_start = player.torn
        player.do("ctrl+t")
        found |= key_figures("slow.letter", player.typed(place.effort.keys // 2))
        player.do(CLEAR)
        found["slow.sentence"] = in_a_row([*SENTENCE], TYPING, SENTENCE[-20:])
        found |= effect("slow.enter", lambda: player.press("enter", added), 1)
        player.do("f3", "home")
        found |= effect("slow.move", lambda: player.press("down"), times)
        found |= effect("slow.page", lambda: at_last(player.press("\x1b[6~")), times)
        found["slow.held"] = in_a_row(["down"] * 60, HELD)
        found |= effect("slow.preview", lambda: at_last(player.press("f6")), 2)
        found["slow.torn-start"] = Figure(at_start)
        found["slow.torn"] = Figure(player.torn - at_start)
        terminal.settle()
        found["slow.quit"] = Figure(terminal.time_to_end(KEYS["ctrl+q"]) * 1e3)
        return found
