"""Benches at a terminal: the first frame, keys, edits, rest and the way out."""

import statistics
import time
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from pmtui.tui.widgets.quick_line import Mode
from tests.bench import bare, documents
from tests.bench.figures import Figure, Figures
from tests.bench.place import Place, program
from tests.bench.player import ALONE, Player, Press, Sight, at_last, contains, effect, key_figures
from tests.e2e.terminal import KEYS, PATIENCE

LONG = 300.0
"""Seconds that the largest document may take to open."""

AFTER = 1.5
"""Seconds after an edit in which review, journal and autosave follow."""

SAMPLE = "001"
SAMPLE_READY = "automated monitoring"


def bare_app(place: Place) -> Figures:
    """A bare Textual app, which the editor is held against."""
    with place.player(*program()[:2], str(Path(bare.__file__))) as player:
        found = started(player, "bare", bare.READY)
        found |= idle(player, "bare", place.effort.idle)
        found |= key_figures("bare.keys", player.typed(place.effort.keys))
        presses = [player.press("escape", quiet=ALONE) for _ in range(place.effort.operations)]
        found |= key_figures("bare.escape", presses)
        return found | left(player, "bare")


def small(place: Place) -> Figures:
    """Ten entries: keys in a field, in the entry line and in the timeline, and Esc."""
    effort = place.effort
    with editor(place, 10) as player:
        found = started(player, "editor-10", documents.HAPPENED)
        at_start = player.torn
        found |= key_figures("move-10", moves(player, 10, effort.keys))
        player.do("ctrl+r")
        found |= key_figures("field", player.typed(effort.keys))
        player.do("ctrl+t")
        found |= key_figures("line", player.typed(effort.keys))
        found |= key_figures("escape", escapes(player, effort.operations))
        return found | {
            "torn-start": Figure(at_start),
            "torn": Figure(player.torn - at_start),
        }


def medium(place: Place) -> Figures:
    """500 entries: the first frame, rest, memory, and leaving right after an edit."""
    path = place.put(place.written("500", documents.postmortem(500)))
    with place.player(*program(), path.name) as player:
        found = started(player, "editor-500", documents.HAPPENED)
        found |= idle(player, "editor-500", place.effort.idle)
        found |= left_after_edit(player, "editor-500", path)
    return found | again(place, "editor-500", path, documents.HAPPENED)


def large(place: Place) -> Figures:
    """10,000 entries: the first frame, moving, edits of all kinds, and leaving after one."""
    path = place.put(place.written("10000", documents.postmortem(10_000)))
    with place.player(*program(), path.name) as player:
        found = started(player, "editor-10000", documents.HAPPENED)
        found |= key_figures("move-10000", moves(player, 10_000, place.effort.keys))
        found |= operations(player, 10_000, place.effort.operations)
        return found | left_after_edit(player, "editor-10000", path)


def sample(place: Place) -> Figures:
    """A real postmortem."""
    path = place.desk.put_sample(f"sample-{time.monotonic_ns()}.toml", SAMPLE)
    with place.player(*program(), path.name) as player:
        found = started(player, "sample", SAMPLE_READY)
    return found | again(place, "sample", path, SAMPLE_READY)


def text(place: Place) -> Figures:
    """A text of 10,000 lines: typing at its end and in its middle."""
    path = place.put(place.written("text", documents.long_text(10_000)))
    with place.player(*program(), path.name) as player:
        found = started(player, "text", documents.HAPPENED)
        player.do("ctrl+r", "\x1b[1;5F")
        found |= key_figures("text", player.typed(place.effort.keys))
        player.do(*["\x1b[5~"] * 20)
        return found | key_figures("text-middle", player.typed(place.effort.keys))


def paste(place: Place) -> Figures:
    """A megabyte pasted into a text, until its end is seen, and the keys after it."""
    return _paste(place, "paste", "\n") | _paste(place, "paste-line", " ")


def _paste(place: Place, name: str, line_end: str) -> Figures:
    text = line_end.join(f"{n} orders wait for the pool" for n in range(32_000))
    shows = partial(contains, text[-10:])
    with editor(place, 10) as player:
        player.start(documents.HAPPENED)
        player.do("ctrl+r")
        found = effect(name, lambda: player.press(pasted(text), shows), 1)
        return found | key_figures(f"{name}-key", player.typed(4))


def growth(place: Place, count: int) -> Figures:
    """The costs of a document of `count` entries, as `NAME@COUNT`, in processor time."""
    with editor(place, count) as player:
        found = started(player, "open", documents.HAPPENED, LONG)
        found |= key_figures("key", moves(player, count, place.effort.keys // 4))
        found |= operations(player, count, min(place.effort.operations, 3))
        names = ("open.start", "key.p50", "edit", "add", "undo", "redo", "sort", "filter")
        costs = {name.split(".")[0]: found[name].cpu for name in names}
        return {
            f"{name}@{count}": Figure(cpu, cpu) for name, cpu in costs.items() if cpu is not None
        }


# -- what is done in them ----------------------------------------------------------------------


def editor(place: Place, count: int) -> AbstractContextManager[Player]:
    """Somebody at the editor of a document with so many entries."""
    path = place.put(place.written(str(count), documents.postmortem(count)))
    return place.player(*program(), path.name)


def started(player: Player, name: str, ready: str, patience: float = PATIENCE) -> Figures:
    """The first useful frame, processor time and bytes until rest, and the memory in use then."""
    start = player.start(ready, patience)
    return {
        f"{name}.frame": Figure(start.first.wall * 1e3, start.first.cpu * 1e3),
        f"{name}.start": Figure(start.cpu * 1e3, start.cpu * 1e3),
        f"{name}.start-bytes": Figure(start.size),
        f"{name}.memory": Figure(player.terminal.resident()),
    }


def again(place: Place, name: str, path: Path, ready: str) -> Figures:
    """The first useful frame of a file that was opened before and is as it was."""
    with place.player(*program(), path.name) as player:
        player.start(ready)
    with place.player(*program(), path.name, opened_before=True) as player:
        first = player.start(ready).first
    return {f"{name}.again": Figure(first.wall * 1e3, first.cpu * 1e3)}


def idle(player: Player, name: str, seconds: float) -> Figures:
    """What a program does that has nothing to do."""
    terminal = player.terminal
    terminal.settle(1.0)
    woken, size, used = terminal.wake_ups(), len(terminal.output), terminal.cpu()
    terminal.read(seconds)
    return {
        f"{name}.idle-bytes": Figure((len(terminal.output) - size) / seconds),
        f"{name}.wake-ups": Figure((terminal.wake_ups() - woken) / seconds),
        f"{name}.idle-cpu": Figure((terminal.cpu() - used) * 1e3 / seconds),
    }


def left(player: Player, name: str) -> Figures:
    """How long ctrl+q takes."""
    player.terminal.settle()
    seconds = player.terminal.time_to_end(KEYS["ctrl+q"])
    assert player.terminal.process.wait() == 0, player.terminal.last_words
    return {f"{name}.quit": Figure(seconds * 1e3)}


def left_after_edit(player: Player, name: str, path: Path) -> Figures:
    """How long ctrl+q takes right after an edit, which has to be in the file then."""
    player.do("home")
    player.terminal.read(AFTER)
    kept_out = b"internal = true"
    before = path.read_bytes().count(kept_out)
    player.press("x", quiet=0.02)
    found = left(player, name)
    assert path.read_bytes().count(kept_out) != before, "the edit is not in the file"
    return found


def pasted(text: str) -> str:
    """What a terminal with bracketed paste sends for `text`."""
    return f"\x1b[200~{text}\x1b[201~".replace("\n", "\r")


def moves(player: Player, entries: int, count: int) -> list[Press]:
    """Moving from row to row: down the page and on, where it scrolls, and back at the end."""
    player.do("home")
    leg = min(entries - 1, count * 3 // 4)
    return [player.press("up" if n // leg % 2 else "down") for n in range(count)]


def escapes(player: Player, count: int) -> list[Press]:
    """Esc from the entry line back to the list, without the kitty protocol."""
    player.do("f3")
    presses = []
    for _ in range(count):
        player.do("ctrl+t")
        presses.append(player.press("escape", quiet=ALONE))
    return presses


def operations(player: Player, entries: int, count: int) -> Figures:
    """Edits in a timeline of so many `entries`, each from its last key until it is to be seen."""
    after: list[float] = []
    total = entries
    text = "0"

    def edited() -> Press:
        nonlocal text
        text += "z"
        player.do("home", "e", "z")
        return followed("enter", lambda screen: text in screen and Mode.EDIT.value not in screen)

    def added() -> Press:
        player.do("a", *"14:00:40 restarted")
        press = counted("enter", 1)
        player.do("escape")
        return press

    def counted(key: str, by: int) -> Press:
        nonlocal total
        total += by
        return followed(key, partial(contains, f"Timeline {total} "))

    def followed(key: str, shows: Sight) -> Press:
        press = player.press(key, shows)
        used = player.terminal.cpu()
        player.terminal.read(AFTER)
        rest = press.cpu - press.seen.cpu if press.seen else 0.0
        after.append(rest + player.terminal.cpu() - used)
        return press

    def filtered() -> Press:
        player.do("/", "1")
        press = player.press("3", partial(contains, f" of {total} "))
        player.do("escape")
        return press

    player.do("f3")
    found = effect("edit", edited, count)
    found |= effect("add", added, count)
    follow = statistics.median(after) * 1e3
    found |= effect("undo", lambda: counted("ctrl+z", -1), count)
    found |= effect("redo", lambda: counted("ctrl+y", 1), count)
    found |= effect("sort", lambda: at_last(player.press("s")), count)
    found |= effect("filter", filtered, count)
    return found | {"after-edit": Figure(follow, follow)}
