"""The review in the editor: run while the person pauses, shown in a pane, acted on by key."""

import re
from collections import Counter
from datetime import datetime
from time import monotonic

from textual import events, on
from textual.content import Content
from textual.timer import Timer
from textual.widgets.text_area import Selection

from pmtui.core.checks.finding import Finding, Subject
from pmtui.core.checks.options import Options
from pmtui.core.checks.spots import spot
from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.tui.background import in_background, in_turns
from pmtui.tui.commands import keymap
from pmtui.tui.guards import once
from pmtui.tui.messages import Change
from pmtui.tui.screens.navigation import FORMS
from pmtui.tui.screens.recovering import Recovering
from pmtui.tui.widgets.findings import SIGNS, TONES, FindingsPane
from pmtui.tui.widgets.lined_pane import LinedPane

LAG = 0.3
"""Seconds without a change after which the review runs."""


def _found(document: Postmortem, now: datetime, options: Options) -> tuple[Finding, ...]:
    from pmtui.core.checks.registry import by_level, review

    return by_level(review(document, now, options))


class Reviewing(Recovering):
    """The part of the editor screen that reviews; its fixes are edits like any other."""

    _review_timer: Timer | None = None
    _findings_pane: FindingsPane | None = None
    _reviewing = False
    _review_took = 0.0
    _reviewed: Postmortem | None = None
    _prepared = False
    """Whether the first save has the text of what no edit touched, formed in a quiet moment."""
    _findings: tuple[Finding, ...] = ()
    _counted: tuple[tuple[Finding, ...], Content] = ((), Content())
    in_findings = False
    _over: bool | None = None

    def draw_head(self) -> None:
        """The line at the top, in which the findings are counted."""
        raise NotImplementedError

    def draw_keys(self) -> None:
        """The key bar."""
        raise NotImplementedError

    @property
    def findings(self) -> FindingsPane:
        """The pane, made when it is asked for."""
        if self._findings_pane is None:
            keys = keymap("review", self._keys)
            self._findings_pane = FindingsPane(keys, self.session.read_only)
            self.mount(self._findings_pane, after="#panes")
            self._findings_pane.fill()
        return self._findings_pane

    @property
    def review_pending(self) -> bool:
        """Whether the findings are those of an earlier document."""
        return self._reviewed is not self.document

    # -- running -------------------------------------------------------------------------------

    def schedule_review(self) -> None:
        """Let the review follow once the person pauses."""
        if self._review_timer is not None:
            self._review_timer.stop()
            self._review_timer = None
        if self.review_pending:
            self._review_timer = once(self, LAG + self._review_took, self._start_review)

    def _start_review(self) -> None:
        self._review_timer = None
        # Of a very long document two at once would take thrice as long, and the first frame twice.
        if self._reviewing or not self.drawn:
            self.schedule_review()
        else:
            in_turns(self, self._review, "review")

    async def _review(self) -> None:
        document, now = self.document, self.session.clock()
        options = self.session.settings.checks
        self._reviewing, began = True, monotonic()
        try:
            # Loaded and compiled with its words on first use: no key waits for a rule.
            found = await in_background(_found, document, now, options)
        finally:
            self._reviewing, self._review_took = False, monotonic() - began
        # Once the program ends there is nothing left to draw on.
        if document is self.document and self.app.is_running:
            self._reviewed = document
            self._findings = found
            self._say_what_is_missing(Subject(document, now, options).over)
            self._show_findings()
            self.draw_head()
        if not self._prepared and self.app.is_running:
            self._prepared = True
            await in_background(self.session.keeper.prepare, document)

    def _say_what_is_missing(self, over: bool) -> None:
        """Say once, when the incident turns out to be over, that something is still missing."""
        known, self._over = self._over, over or bool(self._over)
        missing = sum(each.check.startswith("missing.") for each in self._findings)
        if known is False and over and missing:
            things = "one thing is" if missing == 1 else f"{missing} things are"
            self.say(f"It is over, and {things} still missing; F5 shows them")

    def _show_findings(self) -> None:
        if self.has_class("-review"):
            from pmtui.core.checks.registry import BY_ID

            reasons = {rule.id: rule.why for rule in BY_ID.values()}
            title = self.counted().plain.strip()
            over = bool(self._over)
            self.findings.show(self.document, self._findings, title, reasons, over)
            self.draw_keys()

    def counted(self) -> Content:
        """How many findings there are of each level, as the line at the top shows it."""
        known, counted = self._counted
        if known is not self._findings:
            levels = Counter[str](each.level for each in self._findings)
            counted = Content.assemble(
                *(
                    Content.styled(f"{sign}{levels[level]} ", TONES[level])
                    for level, sign in SIGNS.items()
                    if levels[level]
                )
            )
            self._counted = self._findings, counted
        return counted

    # -- showing -------------------------------------------------------------------------------

    def run_review(self) -> None:
        """Show the findings and go to them; from there, hide them and go back."""
        if not self.has_class("-review"):
            self.add_class("-review")
            self._show_findings()
            if self.review_pending:
                self.schedule_review()
            self.findings.focus_list()
        elif self.in_findings:
            self._close_review()
        else:
            self.findings.focus_list()

    @on(FindingsPane.Closed)
    def _review_closed(self, event: FindingsPane.Closed) -> None:
        event.stop()
        self._close_review()

    def _close_review(self) -> None:
        self.go(self.place)
        self.remove_class("-review")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys offered are those that work where the cursor is now."""
        inside = self._findings_pane in event.widget.ancestors_with_self
        before, self.in_findings = self.in_findings, inside
        if before and not inside:
            self.moved()
        else:
            self.draw_keys()

    # -- acting on a finding -------------------------------------------------------------------

    @on(FindingsPane.Chosen)
    def _chosen(self, event: FindingsPane.Chosen) -> None:
        """Go to the words, and select them."""
        event.stop()
        finding = event.finding
        there = spot(self.document, finding)
        self.go(there.place)
        if there.place.pane in FORMS:
            editor = self.form(there.place.pane).editor
            if there.end != there.place.cursor:
                editor.selection = Selection(there.place.cursor, there.end)
            else:
                editor.move_cursor(editor.document.end)
        elif there.place.item and not self.session.read_only:
            self._edit_row(self.lined(there.place.pane), finding)
        self.say(finding.message)

    def _edit_row(self, pane: LinedPane, finding: Finding) -> None:
        """Open the row in its place, with the words selected, or ready to add what is missing."""
        name = finding.place.rpartition(".")[2]
        if name in ("at", "until"):
            return
        command = next(each for each in pane.keymap.values() if each.id == f"{pane.pane}.edit")
        pane.run(command)
        if pane.overlay is None:
            return
        field = pane.overlay.field
        # What stands around the text in the line, a time or a tag, moves the words a little.
        found = [hit.start() for hit in re.finditer(re.escape(finding.words), field.text)]
        if finding.words and found:
            at = min(found, key=lambda start: abs(start - finding.begin))
            field.selection = Selection((0, at), (0, at + len(finding.words)))

    @on(FindingsPane.FixAsked)
    def _fix_asked(self, event: FindingsPane.FixAsked) -> None:
        event.stop()
        if fix := event.finding.fix:
            self._act(event.finding, fix.change, fix.label)

    @on(FindingsPane.SilenceAsked)
    def _silence_asked(self, event: FindingsPane.SilenceAsked) -> None:
        event.stop()
        from pmtui.core.checks.registry import silenced

        finding, reason = event.finding, event.reason
        self._act(
            finding,
            lambda document: silenced(document, finding, reason),
            f"let {finding.check} stand",
        )

    @on(FindingsPane.HearingAsked)
    def _hearing_asked(self, event: FindingsPane.HearingAsked) -> None:
        event.stop()
        from pmtui.core.checks.registry import heard_again

        judged = event.judged
        about = Finding(judged.check, "hint", judged.place or "title", "")
        self._edit(
            lambda document: heard_again(document, judged),
            f"find {judged.check} again",
            spot(self.document, about).place,
        )

    def _act(self, finding: Finding, change: Change, label: str) -> None:
        """Apply an edit to what the finding was found in; refuse where that changed meanwhile."""
        if self.review_pending:
            self.say("The text changed meanwhile; look again", "warning")
        else:
            self._edit(change, label, spot(self.document, finding).place)

    def _edit(self, change: Change, label: str, place: Place) -> None:
        with self.session.history.apart():
            reason = self._apply(change, label, place, place)
        if reason:
            self.say(reason, "error")
        else:
            self.say(f"Done: {label} · {self.key_of('undo')} undoes it")

    @on(FindingsPane.AssumedAsked)
    def _assumed_asked(self, event: FindingsPane.AssumedAsked) -> None:
        event.stop()
        if self.session.keeper.report:
            self.show_assumed("What a person should look at, by line of the source.")
        else:
            self.say("Nothing was assumed in what was read since the start, if anything was")

    def show_assumed(self, heading: str) -> None:
        """Show what the reader of another form had to say."""
        from pmtui.tui.screens.assumed import AssumedScreen

        self.app.push_screen(AssumedScreen(heading, self.session.keeper.report))

    @on(FindingsPane.DurationsAsked)
    def _durations_asked(self, event: FindingsPane.DurationsAsked) -> None:
        event.stop()
        from pmtui.tui.screens.durations import DurationsScreen

        settings = self.session.settings
        self.app.push_screen(
            DurationsScreen(self.document, settings.durations, settings.checks.gap)
        )
