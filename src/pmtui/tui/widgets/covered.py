"""What lies behind the panes: wholly covered by them, so that nothing of it is ever rendered."""

from textual.containers import Horizontal, Vertical


class Panes(Horizontal):
    """The columns beside each other."""

    BLANK = True


class Column(Vertical):
    """Panes below each other."""

    BLANK = True
