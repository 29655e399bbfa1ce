"""What both sides changed, side by side; a key takes one, or both, or a text written by hand."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.core.changes.conflicts import GONE, OpenConflict, both, parsed, settled
from pmtui.core.changes.differences import label, spoken
from pmtui.core.changes.keyed import Steps
from pmtui.core.changes.text_merge import compared
from pmtui.core.document import Postmortem
from pmtui.core.fields import Writing
from pmtui.errors import PmtuiError
from pmtui.tui.widgets.text_field import TextField

_NAMES = {"ours": "yours", "theirs": "the other side's", "both": "both", "hand": "your own words"}


class ConflictScreen(ModalScreen[Mapping[Steps, object] | None]):
    """The conflicts one by one; gives what was chosen for each, None when the person left."""

    AUTO_FOCUS = ""

    def __init__(
        self,
        conflicts: Sequence[OpenConflict],
        document: Postmortem,
        writing: Callable[[], Writing],
    ) -> None:
        super().__init__()
        self._keys: dict[str, Callable[[], None]] = {
            "o": partial(self._take, "ours"),
            "t": partial(self._take, "theirs"),
            "b": partial(self._take, "both"),
            "e": self._edit,
            **dict.fromkeys(("n", "right", "tab"), partial(self._go, 1)),
            **dict.fromkeys(("p", "left", "shift+tab"), partial(self._go, -1)),
            "up": partial(self._scroll, -1),
            "down": partial(self._scroll, 1),
            "pageup": partial(self._scroll, -10),
            "pagedown": partial(self._scroll, 10),
            "enter": self._finish,
            "escape": self._leave,
        }
        self._conflicts = list(conflicts)
        self._document = document
        self._writing = writing
        self._at = 0
        self._chosen: dict[Steps, tuple[str, Any]] = {}

    def compose(self) -> ComposeResult:
        """Both sides, what it was before, the line or text that is written by hand, the keys."""
        with Vertical(id="conflict") as box:
            box.border_title = Content("Conflicts")
            yield Static(id="where", markup=False)
            with Horizontal(id="sides"):
                for side, title in (("ours", "o  Yours"), ("theirs", "t  The other side")):
                    with VerticalScroll(id=side, classes="side", can_focus=False) as scroll:
                        scroll.border_title = Content(title)
                        yield Static(markup=False)
            yield Static(id="before", markup=False)
            yield TextField(id="hand")
            yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Show the first conflict."""
        self.query_one("#hand").display = False
        self._draw()

    def renew(self, conflicts: Sequence[OpenConflict], document: Postmortem) -> None:
        """Another program wrote meanwhile: what is now another conflict waits for another choice.

        What is being written by hand stays.
        """
        known = {each.steps: each for each in self._conflicts}
        steps = self._conflict.steps
        self._document = document
        for each in conflicts:
            was = known.get(each.steps)
            if was is None or (was.ours, was.theirs) != (each.ours, each.theirs):
                self._chosen.pop(each.steps, None)
        self._conflicts = list(conflicts)
        if not conflicts:
            self.dismiss(None)
            return
        self._at = next((n for n, each in enumerate(conflicts) if each.steps == steps), 0)
        self._draw("Another program changed the file meanwhile")

    # -- what is shown -------------------------------------------------------------------------

    @property
    def _conflict(self) -> OpenConflict:
        return self._conflicts[self._at]

    def _spoken(self, value: Any) -> str:
        if value is GONE and isinstance(self._conflict.theirs or self._conflict.ours, str):
            return "(deleted)"
        return spoken(value, self._document) or "(empty)"

    def _draw(self, told: str = "") -> None:
        """Show the present conflict, and `told` or what can be done."""
        conflict = self._conflict
        ours, theirs = self._spoken(conflict.ours), self._spoken(conflict.theirs)
        chosen = self._chosen.get(conflict.steps)
        count, done = len(self._conflicts), len(self._chosen)
        where = Content.assemble(
            Content.styled(label(conflict.steps, conflict.source), "bold $text"),
            Content.styled(f"   {self._at + 1} of {count}, {done} chosen", "$text-muted"),
        )
        self.query_one("#where", Static).update(where)
        for side, text, other in (("ours", ours, theirs), ("theirs", theirs, ours)):
            pane = self.query_one(f"#{side}", VerticalScroll)
            pane.set_class(chosen is not None and chosen[0] in (side, "both"), "-chosen")
            pane.query_one(Static).update(
                Content.assemble(
                    *(
                        Content.styled(piece, "bold $text-accent" if differs else "$text")
                        for piece, differs in compared(text, other)
                    )
                )
            )
        before = "" if conflict.base is None else spoken(conflict.base, self._document)
        first, *more = (before or "(empty)").split("\n")
        self.query_one("#before", Static).update(
            Content.styled(f"Before: {first}{' …' * bool(more)}", "$text-muted")
        )
        self.query_one("#told", Static).update(Content.assemble(*self._told(told)))

    def _told(self, told: str) -> list[Content]:
        if told:
            return [Content.styled(told, "$text-warning")]
        if self._hand.display:
            return _keys([("Esc", "takes what you wrote")])
        keys = [("o", "yours"), ("t", "theirs")]
        if both(self._conflict) is not None:
            keys.append(("b", "both"))
        keys.append(("e", "by hand"))
        if len(self._conflicts) > 1:
            keys.append(("n p", "next, previous"))
        if len(self._chosen) == len(self._conflicts):
            keys.append(("Enter", "settles"))
        shown = _keys([*keys, ("Esc", "later")])
        if chosen := self._chosen.get(self._conflict.steps):
            shown.insert(0, Content.styled(f"Takes {_NAMES[chosen[0]]}. ", "$text-success"))
        return shown

    # -- what is done --------------------------------------------------------------------------

    @property
    def _hand(self) -> TextField:
        return self.query_one("#hand", TextField)

    def on_key(self, event: events.Key) -> None:
        """Do what the key is for, at once: bindings would be looked up after keys typed ahead."""
        if not self._hand.display and (do := self._keys.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            do()

    def _take(self, side: str) -> None:
        """Choose a side, or both, and go on to what is not chosen yet."""
        conflict = self._conflict
        value = both(conflict) if side == "both" else getattr(conflict, side)
        if side == "both" and value is None:
            self._draw("Both together is for texts only; e writes one by hand")
            return
        self._choose(side, value)

    def _choose(self, how: str, value: Any) -> None:
        steps = self._conflict.steps
        self._chosen[steps] = (how, value)
        waiting = (n for n, each in enumerate(self._conflicts) if each.steps not in self._chosen)
        self._at = next(waiting, self._at)
        self._draw()

    def _edit(self) -> None:
        """Write the value by hand, from the one chosen or ours on."""
        conflict = self._conflict
        chosen = self._chosen.get(conflict.steps)
        value = chosen[1] if chosen else conflict.ours
        hand = self._hand
        hand.one_line = both(conflict) is None
        hand.display = True
        hand.open("" if value is None else spoken(value, self._document))
        self.set_focus(hand)
        self._draw()

    @on(TextField.Escaped)
    @on(TextField.Submitted)
    def _written(self, event: TextField.Escaped | TextField.Submitted) -> None:
        event.stop()
        conflict, text = self._conflict, self._hand.text
        try:
            value = parsed(text, conflict, self._document, self._writing())
            settled(self._document, conflict, value)
        except PmtuiError as error:
            self._draw(str(error))
            return
        self._hand.display = False
        self.set_focus(None)
        self._choose("hand", value)

    @on(TextField.Leaving)
    def _stay(self, event: TextField.Leaving) -> None:
        event.stop()

    def _go(self, step: int) -> None:
        """Show the next conflict, or the one before."""
        self._at = (self._at + step) % len(self._conflicts)
        self._draw()

    def _scroll(self, step: int) -> None:
        """Scroll both sides."""
        for side in ("#ours", "#theirs"):
            self.query_one(side, VerticalScroll).scroll_relative(y=step, animate=False)

    def _finish(self) -> None:
        """Give what was chosen, once that is so for all."""
        left = len(self._conflicts) - len(self._chosen)
        if left:
            self._draw(f"{left} of {len(self._conflicts)} wait for o, t, b or e; Esc leaves")
        else:
            self.dismiss({steps: value for steps, (_, value) in self._chosen.items()})

    def _leave(self) -> None:
        """Leave it for later: yours stands, the other side's is kept."""
        self.dismiss(None)


def _keys(pairs: Sequence[tuple[str, str]]) -> list[Content]:
    return [
        part
        for key, words in pairs
        for part in (
            Content.styled(f"{key} ", "bold $text-primary"),
            Content.styled(f"{words}  ", "$text-muted"),
        )
    ]
