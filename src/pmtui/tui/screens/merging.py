"""What another program writes into the open file comes in; conflicts wait to be settled."""

from collections.abc import Mapping

from pmtui.core.changes.keyed import Steps
from pmtui.core.text import plural
from pmtui.errors import PmtuiError
from pmtui.tui.background import in_turns
from pmtui.tui.screens.joining import Joining
from pmtui.tui.screens.navigation import FORMS, LISTS
from pmtui.tui.session import Arrival


class Merging(Joining):
    """The part of the editor screen that lives with other programs."""

    def commit_fields(self) -> None:
        """Take what stands in the present field, as if the cursor had left it."""
        for name in LISTS:
            self.lined(name).finish()
        for name in FORMS:
            self.form(name).commit()

    def look_at_file(self) -> None:
        """Bring in what another program wrote into the file, if it did."""
        in_turns(self, self.take_in, "save")

    async def take_in(self) -> None:
        """Bring in what another program wrote into the file, without disturbing the cursor."""
        arrival = await self.session.take_in(self.gather_typed)
        if arrival is None:
            return
        panes = [self.lined(name) for name in LISTS]
        heights = [pane.cursor_height for pane in panes]
        self.hand_down()
        for pane, height in zip(panes, heights, strict=True):
            pane.keep_cursor_at(height)
        if not self.session.keeper.marked or self.session.history.dirty:
            self.save_soon()
        from pmtui.tui.screens.conflict import ConflictScreen

        if isinstance(self.app.screen, ConflictScreen):
            self.app.screen.renew(self.session.open_conflicts(), self.document)
        self.say(self._told(arrival), "warning" if arrival.conflicts else "")

    def _told(self, arrival: Arrival) -> str:
        """What another program did, and what is left to do, in one sentence."""
        told = f"Another program wrote: {arrival.news or 'nothing new'}"
        if arrival.conflicts:
            told = f"{self._conflicts_told()}. It wrote: {arrival.news}"
        if arrival.revived:
            told += "; what it changed and you deleted is back"
        return told

    def _conflicts_told(self) -> str:
        waiting = plural(len(self.session.conflicts), "conflict")
        return f"{waiting} with another program: {self.key_of('conflicts')} settles"

    def run_conflicts(self) -> None:
        """Show the conflicts side by side, and put what is chosen into the document."""
        self.commit_fields()
        place = self.place

        def done(choices: Mapping[Steps, object] | None) -> None:
            if choices is None:
                self.say(self._conflicts_told() if self.session.conflicts else "")
                return
            try:
                self.session.settle(choices, place)
            except PmtuiError as error:
                self.say(str(error), "error")
                return
            self.hand_down()
            self.save_soon()
            left = self.session.conflicts
            self.say(
                self._conflicts_told() if left else f"Settled · {self.key_of('undo')} undoes it",
                "success",
            )

        conflicts = self.session.open_conflicts()
        if not conflicts:
            self.draw_head()
            self.say("Both sides are the same by now: nothing is left to settle")
            return
        from pmtui.tui.screens.conflict import ConflictScreen

        screen = ConflictScreen(conflicts, self.document, self.session.writing)
        self.app.push_screen(screen, done)
