"""Style sheets that all editors of a run share: read once, and no style is worked out twice.

What a sheet says of a widget follows from the sheet, from what the widget and those around it are
called, and from the states that they are in. It is a quarter of the work of each test.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

Key = tuple[Hashable, ...]

_TAKEN = ("_parse_rules", "_require_parse", "_rules", "_rules_map", "_variables")
"""The private parts of Textual's sheets without which each test works out its own styles."""

_parse, _apply = Stylesheet.parse, Stylesheet.apply
_parse_rules: Any = getattr(Stylesheet, "_parse_rules", None)
_parsed: dict[Key, list[RuleSet]] = {}
_whole: dict[Key, tuple[list[RuleSet], dict[str, list[RuleSet]]]] = {}
_styles: dict[Key, Any] = {}


def share(patch: pytest.MonkeyPatch) -> None:
    """Have all sheets share what is known of them."""
    if not all(hasattr(Stylesheet(), name) for name in _TAKEN):
        return
    patch.setattr(Stylesheet, "_parse_rules", _parse_rules_once)
    patch.setattr(Stylesheet, "parse", _parse_once)
    patch.setattr(Stylesheet, "apply", _apply_known)
    # The same answer, from C: it is asked for each rule whenever a style is worked out.
    patch.setattr(RuleSet, "__hash__", object.__hash__)


def _parse_rules_once(sheet: Stylesheet, css: str, **source: Hashable) -> list[RuleSet]:
    key = (css, *source.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, css, **source)
    return _parsed[key]


def _parse_once(sheet: Stylesheet) -> None:
    key = (*sheet.source.items(), *sheet._variables.items())
    if key not in _whole:
        _parse(sheet)
        by_name = defaultdict(list)
        for rule in sheet.rules:
            for name in rule.selector_names:
                by_name[name].append(rule)
        _whole[key] = sheet.rules, dict(by_name)
    sheet._rules, sheet._rules_map = _whole[key]
    sheet._require_parse = False


def _apply_known(
    sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: object = None
) -> None:
    """As ever, but with a memory of its own in place of the one that lasts for one update."""
    _apply(sheet, node, animate=animate, cache=_Memory(sheet, node))


class _Memory:
    """What is known of one node; Textual asks only where no rule looks at what is beside it."""

    def __init__(self, sheet: Stylesheet, node: DOMNode) -> None:
        self._sheet = sheet
        self._node = node
        self._key: Key = ()

    def get(self, _: object) -> Any:
        """The styles that were worked out for such a node before."""
        app = self._node.app
        self._key = (
            *(id(self._sheet.rules), type(self._node), app.theme, app.app_focus),
            *(app.native_ansi_color, app.no_color, app.is_inline),
            *map(_seen_by_selectors, self._node.css_path_nodes),
        )
        return _styles.get(self._key)

    def __setitem__(self, _: object, styles: Any) -> None:
        _styles[self._key] = styles


def _seen_by_selectors(node: DOMNode) -> Key:
    """What a rule can ask of a node on the way to the one that it is for."""
    return (
        *(node._css_type_names, node._id, node.classes, node._pseudo_classes_cache_key),
        isinstance(node, Widget) and node.allow_focus(),
    )
