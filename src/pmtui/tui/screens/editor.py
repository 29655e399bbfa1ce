"""The editor: lays out the panes, applies what they ask for, and hands the document down."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer

from pmtui.core.document import Postmortem
from pmtui.core.history import Place
from pmtui.storage.settings import machine_zone
from pmtui.tui.commands import BY_ID, Command, Situation, bar_commands, bindings, keymap
from pmtui.tui.head_line import head_line
from pmtui.tui.messages import Said, Tone
from pmtui.tui.screens.help import HelpScreen
from pmtui.tui.screens.navigation import FORMS, LISTS
from pmtui.tui.screens.review import Reviewing
from pmtui.tui.session import Session
from pmtui.tui.settling import settle
from pmtui.tui.widgets.bars import Bar, CommandClicked, KeyBar, Tabs
from pmtui.tui.widgets.findings import FindingsPane
from pmtui.tui.widgets.form import FormPane
from pmtui.tui.widgets.lined_pane import LinedPane
from pmtui.tui.widgets.menu import Menu
from pmtui.tui.widgets.phase_bar import PhaseBar
from pmtui.tui.widgets.preview import Preview
from pmtui.tui.widgets.tasks import TasksPane
from pmtui.tui.widgets.timeline import TimelinePane

AUTOSAVE = 0.7
"""Seconds from an edit to the file: within the second that is promised."""

WATCH = 1.0
"""Seconds between looks at the file, in case another program wrote it."""

SPOKEN = 8.0
"""Seconds that a message stays; an error stays until the next one."""

_TONES = {"success": "$text-success", "warning": "$text-warning", "error": "$text-error"}


class EditorScreen(Reviewing):
    """One document, in panes. Requests come up from the panes, the document goes down to them."""

    AUTO_FOCUS = None
    BINDINGS = [*bindings("")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._save_timer: Timer | None = None
        self._words_timer: Timer | None = None
        self._words: tuple[str, Tone] = ("", "")
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Bars around the panes."""
        yield Bar("head")
        yield PhaseBar()
        yield Tabs()
        with Horizontal(id="panes"):
            with Vertical(id="left", classes="column"):
                yield FormPane("summary", "Summary")
                yield FormPane("root-cause", "Root cause")
                yield FormPane("lessons", "Lessons and more")
            yield Preview()
            with Vertical(id="right", classes="column"):
                yield TimelinePane(self.session.writing)
                yield TasksPane(self.session.writing)
        yield FindingsPane()
        yield Bar("status")
        yield KeyBar()
        yield Menu()

    def on_mount(self) -> None:
        """Draw the document, and put the cursor where work begins."""
        overrides = dict(self.session.settings.keys)
        for name in LISTS:
            self.lined(name).keymap = keymap(name, overrides)
        for form in self.query(FormPane):
            form.read_only = bool(self.session.read_only)
        for lined in self.query(LinedPane):
            lined.read_only = self.session.read_only
        self.findings.keymap = keymap("review", overrides)
        self.findings.read_only = self.session.read_only
        home = self.session.settings.timezone or machine_zone()
        self.query_one(TimelinePane).look_from((home, "UTC"), self.session.settings.checks.gap)
        self.query_one(Preview).display = False
        self.hand_down()
        self.go(Place("timeline") if self.document.title else Place("summary", "title"))
        strangers = [f"settings name no command {name}" for name in overrides if name not in BY_ID]
        if notes := [*self.session.keeper.notes, *strangers]:
            more = f" (and {len(notes) - 1} more remarks)" if len(notes) > 1 else ""
            self.say(notes[0] + more, "warning")
        self.set_timer(60 - self.session.clock().second, self._minute)
        self.set_interval(WATCH, self._watch)

    def _minute(self) -> None:
        self.draw_head()
        self.set_timer(60 - self.session.clock().second, self._minute)

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
        self.query_one(PhaseBar).show(document)
        self.draw_head()
        self.draw_tabs()
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
        if self.query_one(Preview).display and self.preview_covers():
            self.show_preview(False)
        self.draw_tabs()
        scope = self.active if self.active in LISTS else ""
        self.query_one(KeyBar).show(bar_commands(scope))

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
        menu = self.query_one(Menu)
        if menu.display and command.id in ("next", "previous"):
            menu.move(1 if command.id == "next" else -1)
            return
        if menu.display:
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
        history = self.session.history
        form = self.form(self.active) if self.active in FORMS else None
        situation = Situation(
            read_only=self.session.read_only,
            can_undo=history.can_undo,
            can_redo=history.can_redo,
            prose=bool(form and form.current and form.current.prose),
        )
        if reason := command.when(situation):
            self.say(reason, "warning")
        else:
            getattr(self, command.method)()

    def _commit_fields(self) -> None:
        """Take what stands in the present field, as if the cursor had left it."""
        for name in LISTS:
            self.lined(name).finish()
        if self.active in FORMS:
            self.form(self.active).commit()

    def save_soon(self) -> None:
        """Write the file within a second, if it is to be written without being asked."""
        self._leaving = False
        if self.session.settings.autosave and self._save_timer is None:
            self._save_timer = self.set_timer(AUTOSAVE, self._autosave)

    def run_save(self) -> None:
        """Save now."""
        self._commit_fields()
        self.run_worker(self._save(aloud=True), group="save")

    def _autosave(self) -> None:
        self._save_timer = None
        self.run_worker(self._save(), group="save")

    def _watch(self) -> None:
        self.run_worker(self._take_in(), group="save")

    async def _take_in(self) -> None:
        """Bring in what another program wrote into the file, without disturbing the cursor."""
        merged = await self.session.take_in()
        if merged is None:
            return
        self.hand_down()
        self.save_soon()
        if merged.conflicts:
            fields = ", ".join(conflict.path for conflict in merged.conflicts[:3])
            copy = self.session.theirs_kept_in
            self.say(f"Both sides changed {fields}: yours stands, theirs is in {copy}", "warning")
        else:
            self.say("Another program changed the file; its changes are merged in")

    async def _save(self, aloud: bool = False) -> bool:
        if aloud:
            await settle(self.query_one(f"#{self.active}"))
        await self._take_in()
        before = self.session.trouble
        saved = await self.session.save()
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
        self.app.push_screen(HelpScreen(dict(self.session.settings.keys)))

    def run_quit(self) -> None:
        """Take what is still in a field or a line, save, and leave; the second time anyway."""
        self._commit_fields()
        unsaid = [name for name in LISTS if not self.lined(name).take_draft(force=self._leaving)]
        if unsaid:
            self._leaving = True
            self.activate(unsaid[0])
            self.set_focus(self.lined(unsaid[0]).line.field)
            self.say("This line is not understood yet; ctrl+q again keeps it as it is", "warning")
            return
        self.run_worker(self._quit(), group="save")

    def take_unfinished(self) -> None:
        """Put what stands unfinished in fields and lines into the document, at once.

        For the end of the program, when no message will be handled any more.
        """
        for name in LISTS:
            for change in self.lined(name).unfinished():
                self.session.apply_quietly(change)
        if self.active in FORMS:
            form = self.form(self.active)
            field, text = form.current, form.editor.text
            if field is not None:
                writing = self.session.writing()
                self.session.apply_quietly(lambda document: field.write(document, text, writing))

    async def _quit(self) -> None:
        for name in (*FORMS, *LISTS):
            await settle(self.query_one(f"#{name}"))
        if await self._save() or self._leaving:
            self.app.exit(return_code=0 if not self.session.trouble else 1)
            return
        self._leaving = True
        self.say(f"{self.session.trouble}. ctrl+q again leaves", "error")

    # -- words in the status line --------------------------------------------------------------

    @on(Said)
    def _said(self, event: Said) -> None:
        event.stop()
        self.say(event.text, event.tone)

    def say(self, text: str, tone: Tone = "") -> None:
        """Show a sentence in the status line; an error stays, other words go after a while."""
        self._words = (text, tone)
        style = _TONES.get(tone, "$text-primary")
        self.query_one("#status", Bar).show(Content.styled(f" {text}", style), Content(""))
        if self._words_timer is not None:
            self._words_timer.stop()
            self._words_timer = None
        if text and tone != "error":
            self._words_timer = self.set_timer(SPOKEN, lambda: self.say(""))
