"""Rendering no more of the screen than what changed, and of that no more than what is seen.

Textual renders all lines between the first that changed and the last, of every widget there, also
where others hide it, and cuts each at the edges of all widgets that meet its line.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rich.console import Console
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.strip import Strip

from pmtui.tui.guards.pen import Pen, is_of_sure_width

_PARTS = ("render_partial_update", "render_full_update", "_regions_to_spans", "visible_widgets")


class Piece(NamedTuple):
    """Column, line, and what stands from there on."""

    x: int
    y: int
    strip: Strip


class PartsUpdate(CompositorUpdate):
    """The parts of the screen that changed, none lying over another."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        return sequences(self.pieces, console)


def sequences(pieces: Iterable[Piece], console: Console) -> str:
    """What makes the terminal show these pieces where they are."""
    pen = Pen(console._color_system)
    told = []
    cursor = None
    for x, y, strip in pieces:
        if cursor != (x, y):
            told.append(f"\x1b[{y + 1};{x + 1}H")
        told += map(pen.write, strip)
        cursor = (x + strip.cell_length, y) if is_of_sure_width(strip.text) else None
    return "".join((*told, pen.lift()))


class LeanCompositor(Compositor):
    """Renders, for a part of the screen, the lines of the widgets that are seen in it."""

    def render_partial_update(self) -> PartsUpdate | None:  # type: ignore[override]
        """What changed."""
        screen = self.size.region
        dirty = [each.intersection(screen) for each in self._dirty_regions]
        self._dirty_regions.clear()
        pieces = [
            piece for each in _apart(self._regions_to_spans(dirty)) for piece in self._seen(each)
        ]
        return PartsUpdate(pieces) if pieces else None

    def render_full_update(self, simplify: bool = False) -> Any:
        """All of it; what is `simplify`-ed goes into a file, as Textual makes it."""
        if simplify:
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        return PartsUpdate(list(self._seen(self.size.region)))

    def _seen(self, part: Region) -> Iterator[Piece]:
        """What is seen in a part of the screen: each widget where none in front of it is."""
        uncovered = [part]
        for widget, (region, clip) in self.visible_widgets.items():  # the foremost first
            shown = region.intersection(clip)
            if not shown or not any(each.overlaps(shown) for each in uncovered):
                continue
            rest: list[Region] = []
            for each in uncovered:
                inside = each.intersection(shown)
                if not inside:
                    rest.append(each)
                    continue
                strips = widget.render_lines(inside.translate(-region.offset))
                yield from (
                    Piece(inside.x, y, strip)
                    for y, strip in zip(inside.line_range, strips, strict=False)
                )
                rest += _around(each, inside)
            uncovered = rest
            if not uncovered:
                return


def lean(stock: Compositor) -> Compositor:
    """A compositor that does the same for less, or `stock` where that has another shape."""
    fits = type(stock) is Compositor and all(hasattr(Compositor, name) for name in _PARTS)
    return LeanCompositor() if fits else stock


def _apart(spans: Iterable[tuple[int, int, int]]) -> Iterator[Region]:
    """Spans (line, first column, column after the last) as regions as high as possible."""
    growing: dict[tuple[int, int], Region] = {}
    for y, begin, end in sorted(spans):
        above = growing.get((begin, end))
        if above is not None and above.bottom == y:
            growing[begin, end] = Region(begin, above.y, end - begin, above.height + 1)
            continue
        if above is not None:
            yield above
        growing[begin, end] = Region(begin, y, end - begin, 1)
    yield from growing.values()


def _around(whole: Region, hole: Region) -> Iterator[Region]:
    """What is left of `whole` without `hole`, which lies in it."""
    sides = (
        Region(whole.x, whole.y, whole.width, hole.y - whole.y),
        Region(whole.x, hole.bottom, whole.width, whole.bottom - hole.bottom),
        Region(whole.x, hole.y, hole.x - whole.x, hole.height),
        Region(hole.right, hole.y, whole.right - hole.right, hole.height),
    )
    return (side for side in sides if side)
