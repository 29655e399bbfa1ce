"""Rendering no more of the screen than what changed.

Textual renders all lines of every widget between the first line that changed and the last: for a
letter in a field and a word in the bar at the bottom, almost the whole screen.
"""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

_PARTS = ("render_partial_update", "_get_renders", "visible_widgets")


class LeanCompositor(Compositor):
    """Renders, for a part of the screen, the lines of the widgets that are in it."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed, as Textual gives it."""
        self._wanted = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._wanted = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._wanted:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            changed = [each for each in self._wanted if each.overlaps(shown)]
            if changed:
                top = max(shown.y, min(each.y for each in changed))
                bottom = min(shown.bottom, max(each.bottom for each in changed))
                part = Region(shown.x, top, shown.width, bottom - top)
                yield part, part, widget.render_lines(part.translate(-region.offset))


def lean(stock: Compositor) -> Compositor:
    """A compositor that does the same for less, or `stock` where that has another shape."""
    fits = type(stock) is Compositor and all(hasattr(Compositor, name) for name in _PARTS)
    return LeanCompositor() if fits else stock
