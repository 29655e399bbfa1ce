"""The editor: lays out the panes, applies what they ask for, and hands the document down."""

from functools import partial
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widget import Widget

from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.storage.settings import machine_zone
from pmtui.tui.background import in_turns
from pmtui.tui.command import Command, Situation
from pmtui.tui.commands import BY_ID, bar_commands, bindings, keymap
from pmtui.tui.guards import once
from pmtui.tui.head_line import head_line
from pmtui.tui.key_settings import usable_keys
from pmtui.tui.messages import Said, Tone
from pmtui.tui.screens.merging import Merging
from pmtui.tui.screens.navigation import FORMS, LISTS
from pmtui.tui.session import Session
from pmtui.tui.settling import settle
from pmtui.tui.widgets.bars import Bar, CommandClicked, KeyBar, Tabs
from pmtui.tui.widgets.covered import Column, Panes
from pmtui.tui.widgets.form import FormPane
from pmtui.tui.widgets.lined_pane import LinedPane
from pmtui.tui.widgets.message_bar import MessageBar
from pmtui.tui.widgets.phase_bar import PhaseBar
from pmtui.tui.widgets.quick_line import Mode
from pmtui.tui.widgets.tasks import TasksPane
from pmtui.tui.widgets.timeline import TimelinePane

W = TypeVar("W", bound=Widget)

AUTOSAVE = 0.7
"""Seconds from an edit to the file: within the second that is promised."""

WIDE = 120
"""Columns from which on all panes are shown at once."""

HIGH, TALL = 20, 30
"""Lines from which all panes of the wide form have room, and the review below them too."""


class EditorScreen(Merging):
    """One document, in panes. Requests come up from the panes, the document goes down to them."""

    AUTO_FOCUS = ""
    BINDINGS = [*bindings("")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high"), (TALL, "-tall")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._save_timer: Timer | None = None
        self._keys, self._key_faults = usable_keys(session.settings.keys)

    def compose(self) -> ComposeResult:
        """Bars around the panes; what is known of their classes is said before they are styled."""
        width, height = self.app.size
        self.add_class("-wide" if width >= WIDE else "-narrow", update=False)
        lines = "-tall" if height >= TALL else "-high" if height >= HIGH else "-low"
        self.add_class(lines, update=False)
        yield Bar("head")
        yield PhaseBar(self._keys)
        yield Tabs()
        with Panes(id="panes"):
            with self._marked(Column(id="left", classes="column"), *FORMS):
                yield self._marked(FormPane("summary", "Summary"), "summary")
                yield FormPane("root-cause", "Root cause")
                yield FormPane("lessons", "Lessons and more")
            with self._marked(Column(id="right", classes="column"), *LISTS):
                yield self._marked(TimelinePane(self.session.writing), "timeline")
                yield TasksPane(self.session.writing)
        yield MessageBar()
        yield KeyBar(self._keys)

    def _marked(self, widget: W, *panes: str) -> W:
        """`widget`, marked as the present one if the cursor begins in one of `panes`."""
        return widget.set_class(self._begin.pane in panes, "-active", update=False)

    @property
    def is_as_opened(self) -> bool:
        """Whether nothing was done or said yet that is not in the file."""
        said = self.query_one(MessageBar).text
        return self.is_current and not (said or self.session.history.can_undo or self.unfinished())

    @property
    def _begin(self) -> Place:
        """Where the cursor begins: where work does."""
        return Place("timeline") if self.document.title else Place("summary", "title")

    def on_mount(self) -> None:
        """Draw the document, and put the cursor where work begins."""
        for name in LISTS:
            self.lined(name).keymap = keymap(name, self._keys)
            self.lined(name).leaving = self.key_of("quit")
        for form in self.query(FormPane):
            form.read_only = self.session.read_only
        for lined in self.query(LinedPane):
            lined.read_only = self.session.read_only
            lined.line.display = not self.session.read_only
        home = self.session.settings.timezone or machine_zone()
        self.query_one(TimelinePane).look_from((home, "UTC"), self.session.settings.checks.gap)
        self.hand_down()
        self.session.unfinished = self.unfinished
        self.go(self._begin)
        if self.session.is_only_named and not self.session.read_only:
            self.open_line("timeline", (Mode.STAY,))
        company = ["Another pmtui has this file open; what both write goes together"]
        others = company if self.session.arrive() else []
        notes = (*self.session.keeper.notes, *others, *self._key_faults)
        self.query_one(MessageBar).say_each(notes, "warning")
        once(self, 60 - self.session.clock().second, self._minute)
        if self.session.lost:
            self.offer_lost()
        elif self.session.keeper.report:
            self.show_assumed(" ".join(self.session.keeper.notes[:1]))

    def _minute(self) -> None:
        self.draw_head()
        once(self, 60 - self.session.clock().second, self._minute)

    # -- the document goes down ----------------------------------------------------------------

    @property
    def document(self) -> Postmortem:
        """The document as it is now."""
        return self.session.document

    def hand_down(self, typed: str = "") -> None:
        """Give the document to every pane; each draws only what is another now."""
        document = self.document
        for name in FORMS:
            self.form(name).show(document, typed)
        self.query_one(TimelinePane).show(document)
        self.query_one(TasksPane).show(document)
        self.query_one(PhaseBar).show(document, bool(self.session.read_only))
        self.draw_head()
        self.draw_tabs()
        self.draw_keys()
        self.schedule_preview()
        self.schedule_review()

    def draw_head(self) -> None:
        """The line at the top."""
        self.query_one("#head", Bar).show(*head_line(self.session, self.counted()))

    def draw_tabs(self) -> None:
        """The tabs of the narrow form."""
        document = self.document
        events = len(document.timeline)
        names = (
            ("summary", "Summary"),
            ("root-cause", "Root cause"),
            ("lessons", "Lessons"),
            ("timeline", f"Timeline {events}" if events else "Timeline"),
            ("tasks", self.query_one(TasksPane).title(document)),
        )
        self.query_one(Tabs).show(names, self.active)

    def moved(self) -> None:
        """The cursor arrived elsewhere: tabs and keys follow, a preview in the way goes."""
        if self.preview and self.preview_covers():
            self.show_preview(False)
        self.draw_tabs()
        self.draw_keys()

    def draw_keys(self) -> None:
        """The key bar: what can be done here, muted what cannot be done now."""
        situation = here = self.situation()
        scope = ""
        if self.in_findings:
            scope, here = "review", self.findings.situation()
        elif self.active in LISTS and not (self.line_in_use or self.reads_preview):
            scope, here = self.active, self.lined(self.active).situation()
        offered = [
            (command, not command.when(here if command.scope else situation))
            for command in bar_commands(scope)
        ]
        self.query_one(KeyBar).show(offered)

    def situation(self) -> Situation:
        """What decides whether a command that works everywhere is available."""
        history = self.session.history
        form = self.form(self.active) if self.active in FORMS else None
        return Situation(
            read_only=self.session.read_only,
            can_undo=history.can_undo,
            can_redo=history.can_redo,
            prose=bool(form and form.current and form.current.prose),
            conflicts=len(self.session.conflicts),
        )

    # -- commands ------------------------------------------------------------------------------

    def action_command(self, command_id: str) -> None:
        """Run a command by its id, or say why it is not available now."""
        self.run(BY_ID[command_id])

    @on(CommandClicked)
    def _command_clicked(self, event: CommandClicked) -> None:
        event.stop()
        self.run(BY_ID[event.command_id])

    def run(self, command: Command) -> None:
        """Carry out a command, here or in its pane."""
        menu = self.menu
        if menu and command.id in ("next", "previous"):
            menu.move(1 if command.id == "next" else -1)
            return
        if menu:
            menu.close()
            if command.id in ("undo", "redo"):
                return
        if command.scope == "review":
            self.findings.run(command)
            return
        if command.scope:
            self.activate(command.scope)
            self.lined(command.scope).run(command)
            return
        if reason := command.when(self.situation()):
            self.say(reason, "warning")
        else:
            getattr(self, command.method)()

    def save_soon(self) -> None:
        """Write the file within a second, if it is to be written without being asked."""
        self._leaving = False
        if self.session.settings.autosave and self._save_timer is None:
            self._save_timer = once(self, AUTOSAVE, self._autosave)

    def run_save(self) -> None:
        """Save now."""
        self.commit_fields()
        in_turns(self, partial(self._save, aloud=True), "save")

    def _autosave(self) -> None:
        self._save_timer = None
        if self.session.ending:
            self.write_down()
        else:
            in_turns(self, self._save, "save")

    async def _save(self, aloud: bool = False) -> bool:
        if aloud:
            await settle(self.query_one(f"#{self.active}"))
        await self.take_in()
        before = self.session.trouble
        saved = await self.session.save(always=aloud)
        if not saved and (aloud or self.session.trouble != before):
            self.say(self.session.trouble, "error")
        elif saved and (aloud or before):
            self.say(f"Saved {self.session.path}", "success")
        self.draw_head()
        return saved

    def run_theme(self) -> None:
        """Dark or light."""
        dark = self.app.current_theme.dark
        self.app.theme = "pmtui-light" if dark else "pmtui-dark"

    def run_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def run_help(self) -> None:
        """Show all keys."""
        from pmtui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._keys))

    def run_quit(self) -> None:
        """Take what is still in a field or a line, save, and leave; the second time anyway."""
        if self.active in FORMS:
            self.form(self.active).commit()
        for name in LISTS:
            if reason := self.lined(name).take_draft(force=self._leaving):
                self._leaving = True
                self.activate(name)
                pane = self.lined(name)
                line = pane.overlay or pane.line
                self.set_focus(line.field, scroll_visible=False)
                self.say(reason, "warning")
                return
        in_turns(self, self._quit, "save")

    async def _quit(self) -> None:
        for name in (*FORMS, *LISTS):
            await settle(self.query_one(f"#{name}"))
        if self.menu:
            self._leaving = True
            self.say(f"{self.key_of('quit')} again leaves with the first answer", "warning")
            return
        self.note_unfinished()
        if (drafts := self.session.drafts) and not self._leaving:
            self._leaving = True
            pane, _, field_id = drafts[0].place.partition("/")
            refusal = self.form(pane).refusal if pane in FORMS else ""
            self.go(Place(pane, field_id))
            what = f"{refusal}. " if refusal else "This is not understood yet; "
            again = f"{self.key_of('quit')} again leaves"
            self.say(f"{what}{again}, and it returns at the next start", "warning")
            return
        if await self._save() or self._leaving:
            self.app.exit(return_code=0 if not self.session.trouble else 1)
            return
        self._leaving = True
        self.say(f"{self.session.trouble}. {self.key_of('quit')} again leaves", "error")

    # -- words in the status line --------------------------------------------------------------

    @on(Said)
    def _said(self, event: Said) -> None:
        event.stop()
        self.say(event.text, event.tone)

    def say(self, text: str, tone: Tone = "") -> None:
        """Show a sentence in the status line; an error stays, other words go after a while."""
        self.query_one(MessageBar).say(text, tone)
