"""Words in a border that change with every key, without drawing what is inside the border anew."""

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


def set_subtitle(widget: Widget, words: Content) -> None:
    """Put `words` into the lower border of `widget`."""
    if not isinstance(getattr(widget, "_border_subtitle", None), Content | None):
        widget.border_subtitle = words
        return
    if widget._border_subtitle == words:
        return
    widget._border_subtitle = words
    width, height = widget.outer_size
    if height:
        # Regions are counted from where the content begins, inside the border.
        widget.refresh(Region(0, height - 1, width, 1).translate(-widget.content_offset))
