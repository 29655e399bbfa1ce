"""What panes ask of the editor screen; they never change the document themselves."""

from collections.abc import Callable, Sequence
from typing import Literal

from textual.message import Message

from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.core.lazy_dataclass import dataclass
from pmtui.tui.widgets.menu import Option

Change = Callable[[Postmortem], Postmortem]
Tone = Literal["", "success", "warning", "error"]


@dataclass
class Requested(Message):
    """Please apply this edit: `label` says what it does, for undo ("delete 2 events")."""

    change: Change
    label: str
    before: Place
    after: Place


@dataclass
class FieldTyped(Message):
    """The text of a field changed under the cursor."""

    field_id: str
    text: str
    before: Place
    after: Place


@dataclass
class FieldLeft(Message):
    """The cursor left a field whose text stands as given."""

    field_id: str
    text: str


@dataclass
class PaneLeft(Message):
    """The cursor moved out of a pane, down (+1) or up (-1)."""

    pane: str
    step: int


@dataclass
class LineDone(Message):
    """A quick line was taken, or left by Esc: the cursor may go back where it came from.

    `added` says that it added one item, which may be out of sight once the cursor is back.
    """

    pane: str
    added: bool = False


@dataclass
class Said(Message):
    """Please show this sentence in the status line."""

    text: str
    tone: Tone = ""


@dataclass
class MenuRequested(Message):
    """Please offer these options; `done` gets the value of the one chosen."""

    title: str
    options: Sequence[Option]
    done: Callable[[str], None]


@dataclass
class CopyRequested(Message):
    """Please put this text on the clipboard; `what` names it ("2 events")."""

    text: str
    what: str
