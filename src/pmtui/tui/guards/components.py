"""Styles of parts of widgets, computed when they are first asked for.

Textual computes them for every part of every widget, shown or not, each time that anything about
the widget changes: at the start of the editor these are three of four computations.
"""

from typing import Any, Protocol

from textual.app import App
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

_STATES = 16
"""States of one node whose styles are kept, at most."""


_OF_SIBLINGS = ("_has_order_style", "_has_odd_or_even")
"""What tells that the styles of a node depend on those beside it."""


class _Computing(Protocol):
    """What gives the styles of a node."""

    def apply(self, node: DOMNode, *, animate: bool = False) -> None:
        """Compute the styles of `node`."""


class ComponentStyles(dict[str, RenderStyles]):
    """The styles of the parts of `node` in one of its states, by the names of their classes.

    `states` has those of its other states too, all computed from the same `rules`.
    """

    def __init__(
        self, sheet: _Computing, node: DOMNode, rules: object, states: dict[Any, "ComponentStyles"]
    ) -> None:
        super().__init__()
        self._sheet = sheet
        self._node = node
        self.rules = rules
        self.states = states

    def __contains__(self, name: object) -> bool:
        return name in self._node._get_component_classes()

    def __missing__(self, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._sheet.apply(part)
        self[name] = part.styles
        return part.styles


class LazyStylesheet(Stylesheet):
    """A style sheet that computes no styles of parts that nobody draws, and none of them twice."""

    def _process_component_classes(self, node: DOMNode) -> None:
        """Have other styles for the parts; draw the node anew if those it asked for differ."""
        known = node._component_styles
        if not known and not node._get_component_classes():
            return
        fresh = node._component_styles = self._of_parts(node)
        if fresh is not known and any(
            fresh[name] != styles for name, styles in known.items() if name in fresh
        ):
            node.refresh()

    def _of_parts(self, node: DOMNode) -> ComponentStyles:
        """The styles of the parts of `node` in its present state, which it may have been in before.

        Focus goes to and fro between the same few states.
        """
        known, rules = node._component_styles, self.rules_map
        states: dict[Any, ComponentStyles] = {}
        if isinstance(known, ComponentStyles) and known.rules is rules:
            states = known.states if len(known.states) < _STATES else states
        state = _state(node)
        if state is None:
            return ComponentStyles(self, node, rules, states)
        if state not in states:
            states[state] = ComponentStyles(self, node, rules, states)
        return states[state]


_PARTS = (
    (Stylesheet, "_process_component_classes"),
    (DOMNode, "_get_component_classes"),
    (DOMNode, "_attach"),
    (DOMNode, "_pseudo_classes_cache_key"),
)
"""What is replaced or relied on."""


def _state(node: DOMNode) -> tuple[Any, ...] | None:
    """All that decides which rules fit the parts of `node`; None where its siblings do, too."""
    path = node.css_path_nodes
    if not isinstance(node, Widget) or any(getattr(n, s, True) for n in path for s in _OF_SIBLINGS):
        return None
    here = tuple((each.classes, each._pseudo_classes_cache_key) for each in path)
    focused = tuple(each.focused for each in path if isinstance(each, Screen))
    return node.app.theme, focused, here


class LazyComponents(App[None]):
    """An application with such a style sheet, as long as it has no other than Textual's."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if type(self.stylesheet) is Stylesheet and all(hasattr(*part) for part in _PARTS):
            self.stylesheet = LazyStylesheet(variables=self.get_css_variables())
