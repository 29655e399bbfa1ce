"""Styles of parts of widgets, computed when they are first asked for.

Textual computes them for every part of every widget, shown or not, each time that anything about
the widget changes: at the start of the editor these are three of four computations.
"""

from typing import Any, Protocol

from textual.app import App
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode


class _Computing(Protocol):
    """What gives the styles of a node."""

    def apply(self, node: DOMNode, *, animate: bool = False) -> None:
        """Compute the styles of `node`."""


class ComponentStyles(dict[str, RenderStyles]):
    """The styles of the parts of `node`, by the names of their classes."""

    def __init__(self, sheet: _Computing, node: DOMNode) -> None:
        super().__init__()
        self._sheet = sheet
        self._node = node

    def __contains__(self, name: object) -> bool:
        return name in self._node._get_component_classes()

    def __missing__(self, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._sheet.apply(part)
        self[name] = part.styles
        return part.styles


class LazyStylesheet(Stylesheet):
    """A style sheet that computes no styles of parts that nobody draws."""

    def _process_component_classes(self, node: DOMNode) -> None:
        """Forget what was computed; draw the node anew if what it asked for is different now."""
        known = dict(node._component_styles)
        fresh = ComponentStyles(self, node)
        node._component_styles = fresh
        if any(fresh[name] != styles for name, styles in known.items() if name in fresh):
            node.refresh()


_PARTS = (
    (Stylesheet, "_process_component_classes"),
    (DOMNode, "_get_component_classes"),
    (DOMNode, "_attach"),
)
"""What is replaced or relied on."""


class LazyComponents(App[None]):
    """An application with such a style sheet, as long as it has no other than Textual's."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if type(self.stylesheet) is Stylesheet and all(hasattr(*part) for part in _PARTS):
            self.stylesheet = LazyStylesheet(variables=self.get_css_variables())
