"""A whole postmortem pasted where a line is typed: it is asked once what it is to become."""

import asyncio
from functools import partial

from textual import on

from pmtui.core.document import Postmortem
from pmtui.core.joining import Joined, join
from pmtui.core.text import counted
from pmtui.tui.background import in_turns
from pmtui.tui.screens.sending import Sending
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.text_field import TextField


class Joining(Sending):
    """The part of the editor screen that reads a pasted document into the open one."""

    @on(TextField.DocumentPasted)
    def _document_pasted(self, event: TextField.DocumentPasted) -> None:
        event.stop()
        field, text = event.field, event.text
        lines = sum(bool(line.strip()) for line in text.split("\n"))
        as_text = "one item a line" if field.hands_on else "on one line"
        options = [
            Option("r", "Read it: fill what is empty, add to the lists, keep the rest", "read"),
            Option("t", f"Take it as text, {as_text}", "text"),
            Option("c", "Neither: leave everything as it was", ""),
        ]

        def chosen(value: str) -> None:
            if value == "read":
                in_turns(self, partial(self._read, text), "joining")
            elif value == "text":
                field.insert_pasted(text, asked=True)

        self.offer(f"A whole postmortem was pasted, {counted(lines, 'line')}", options, chosen)

    async def _read(self, text: str) -> None:
        """Read the text off the loop, then join it to the document as it is by then."""
        from pmtui.formats import reading

        self.say("Reading what was pasted …")
        found = await asyncio.to_thread(reading.read, text.encode())
        done: list[Joined] = []

        def change(document: Postmortem) -> Postmortem:
            done[:] = [join(document, found.document, self.session.new_id)]
            return done[0].document

        self.gather_typed()
        place = self.place
        with self.session.history.apart():
            reason = self._apply(change, "read a pasted postmortem", place, place)
        if reason:
            self.say(f"It was not read: {reason}", "error")
            return
        self._over = None  # what came in is told now, not what is missing in it
        findings = found.report.ordered()
        self.session.keeper.report = findings
        undone = f"{self.key_of('undo')} undoes it"
        self.say(f"{_told(done[0], len(findings))} · {undone}", "success")


def _told(joined: Joined, findings: int) -> str:
    """What came in, and where to look at it."""
    counts = (
        (joined.events, "event"),
        (joined.tasks, "task"),
        (joined.measures, "measure"),
        (joined.texts, "text"),
        (joined.kept, "section"),
    )
    said = ", ".join(counted(count, noun) for count, noun in counts if count)
    parts = [f"Read {said}" if said else "Everything in it was here already"]
    if findings:
        things = "1 thing was" if findings == 1 else f"{findings} things were"
        parts.append(f"{things} assumed or contradict, F5 i shows it")
    return "; ".join(parts)
