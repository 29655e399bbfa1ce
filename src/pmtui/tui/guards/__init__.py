"""Guards against what Textual does not expect: odd bytes, stalled terminals, hostile text, crashes.

All that relies on Textual's private parts is here, tried on the versions that pyproject.toml
allows. Where a part has another shape, Textual's own behaviour stands; tests/tui/test_guards.py
tells when that is so.
"""

from pmtui.tui.guards.borders import set_subtitle
from pmtui.tui.guards.components import LazyComponents
from pmtui.tui.guards.controls import VisibleControls, visible
from pmtui.tui.guards.crash import end_after, gave_up, underlying
from pmtui.tui.guards.driver import guarded
from pmtui.tui.guards.frames import FirstFrame, LeanDisplay
from pmtui.tui.guards.keys import first_key, together, waiting_key
from pmtui.tui.guards.long_texts import LongTexts
from pmtui.tui.guards.screen import LeanScreen
from pmtui.tui.guards.timers import once

__all__ = [
    "FirstFrame",
    "LazyComponents",
    "LeanDisplay",
    "LeanScreen",
    "LongTexts",
    "VisibleControls",
    "end_after",
    "first_key",
    "gave_up",
    "guarded",
    "once",
    "set_subtitle",
    "together",
    "underlying",
    "visible",
    "waiting_key",
]
