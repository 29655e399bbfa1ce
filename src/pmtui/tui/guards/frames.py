"""What stands on the terminal, so that only what changes is sent: a slow link carries little.

Textual sends the whole of a widget, or of a line, for one letter in it.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, groupby, starmap
from operator import attrgetter
from typing import Any

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from pmtui.storage.pictures import Picture
from pmtui.tui.guards.partial import PartsUpdate, Piece, sequences
from pmtui.tui.guards.pen import is_of_sure_width

_BRIDGE = 6
"""Cells that stay and are sent all the same where that is shorter than to jump over them."""

Cell = tuple[str, Style | None]


class FirstFrame:
    """The first frame that was drawn."""

    def __init__(self, pieces: list[Piece], console: Console) -> None:
        self.pieces = pieces
        self._console = console

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The sequences of each line, which draw it without any other."""
        in_order = sorted(self.pieces, key=lambda piece: (piece.y, piece.x))
        by_line = groupby(in_order, attrgetter("y"))
        return tuple(sequences(line, self._console) for _, line in by_line)

    def without(self, lines: int) -> tuple[str, ...]:
        """The sequences of each line, of the first `lines` only the background."""
        bare = FirstFrame([_bare(each) for each in self.pieces if each.y < lines], self._console)
        return (*bare.lines, *self.lines[lines:])


class Frames:
    """The cells of the screen as the terminal was last told them.

    `picture` is what stands on it already, `first` the first frame, once that was drawn.
    """

    def __init__(self, picture: Picture | None = None) -> None:
        self._lines: dict[int, dict[int, Cell]] = {}
        self._picture = picture
        self.first: FirstFrame | None = None

    def forget(self) -> None:
        """Take nothing for granted: the terminal may show something else."""
        self._lines.clear()

    def lean(self, update: RenderableType | None) -> Any:
        """`update` in a form that draws only what changes; as it is where that is not known."""
        if isinstance(update, LayoutUpdate | PartsUpdate):
            return _Changes(self, update)
        if update is not None:
            self.forget()
        return update

    def changes(self, update: LayoutUpdate | PartsUpdate, console: Console) -> str:
        """The sequences that make the terminal show `update`."""
        pieces = _layout(update) if isinstance(update, LayoutUpdate) else update.pieces
        changed = chain.from_iterable(starmap(self._differences, pieces))
        if self.first is not None:
            return sequences(changed, console)
        self.first = FirstFrame(list(changed), console)
        if shown := self._picture.standing() if self._picture else None:
            return "".join(line for line in self.first.lines if line not in shown)
        return sequences(self.first.pieces, console)

    def _differences(self, x: int, y: int, strip: Strip) -> Iterator[Piece]:
        """The parts of a piece that the terminal does not show already."""
        shown = self._lines.setdefault(y, {})
        cells, sure = _cells(strip)
        changed = [at for at, cell in enumerate(cells, x) if shown.get(at) != cell]
        if not changed:
            return
        shown.update(enumerate(cells, x))
        if not sure:
            yield Piece(x, y, strip)
            return
        begin = last = changed[0]
        for at in [*changed[1:], x + len(cells) + _BRIDGE]:
            if at - last > _BRIDGE or at >= x + len(cells):
                yield Piece(begin, y, strip.crop(begin - x, last + 1 - x))
                begin = at
            last = at


class LeanDisplay(App[None]):
    """An application that sends only what its terminal does not show already.

    A terminal that is behind gets the last picture as soon as it can, and none of those between.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # A terminal that does not know how to wait for the end of a picture ignores the request;
        # its answer would come after the first one, and over a slow link long after.
        self._sync_available = True

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        frames = self._frames
        if frames is None:
            super()._display(screen, renderable)
        elif not getattr(self._driver, "is_late", False):
            super()._display(screen, frames.lean(renderable))

    async def on_event(self, event: events.Event) -> None:
        """A terminal of another size may have moved what it shows, or cut it off."""
        if isinstance(event, events.Resize) and self._frames is not None:
            self._frames.forget()
        await super().on_event(event)

    @property
    def first_frame(self) -> "FirstFrame | None":
        """The first frame; None before that, or where nobody knows what stands on the terminal."""
        return self._frames.first if self._frames is not None else None

    @property
    def _frames(self) -> Frames | None:
        found = getattr(self._driver, "frames", None)
        return found if isinstance(found, Frames) else None


class _Changes(CompositorUpdate):
    """An update of which only the changes are sent."""

    def __init__(self, frames: Frames, update: LayoutUpdate | PartsUpdate) -> None:
        self._frames = frames
        self._update = update

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        return self._frames.changes(self._update, console)


def _bare(piece: Piece) -> Piece:
    blank = [Segment(" " * each.cell_length, _background(each.style)) for each in piece.strip]
    return piece._replace(strip=Strip(blank))


def _background(style: Style | None) -> Style:
    return style.background_style if style else Style.null()


def _layout(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield Piece(x, y, strip)
            x += strip.cell_length


def _cells(strip: Strip) -> tuple[list[Cell], bool]:
    """What each cell of a strip shows, and whether every terminal agrees on where it is."""
    cells: list[Cell] = []
    sure = True
    for segment in strip:
        text, style, _ = segment
        if is_of_sure_width(text):
            cells += [(letter, style) for letter in text]
        else:
            sure = False
            cells += [(text, style)] * segment.cell_length
    return cells, sure
