"""Where the cursor is and how it gets elsewhere: panes, tabs, the way back, the go-to menu."""

from collections.abc import Callable, Container, Mapping
from types import MappingProxyType

from textual import events, on

from pmtui.core.document import Postmortem
from pmtui.core.fields import fields_of
from pmtui.core.history import Place
from pmtui.tui.commands import key_of
from pmtui.tui.guards import LeanScreen
from pmtui.tui.messages import LineDone, MenuRequested, PaneLeft, Tone
from pmtui.tui.widgets.bars import Tabs
from pmtui.tui.widgets.form import FormPane
from pmtui.tui.widgets.lined_pane import LinedPane
from pmtui.tui.widgets.menu import Menu, Option
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.tasks import TasksPane
from pmtui.tui.widgets.timeline import TimelinePane

PANES = ("summary", "root-cause", "lessons", "timeline", "tasks")
"""The panes in the order of Tab."""

FORMS = PANES[:3]
LISTS = PANES[3:]
COLUMNS = ("left", "right")


class Navigation(LeanScreen[None]):
    """The part of the editor screen that moves the cursor; it changes no document."""

    _keys: Mapping[str, str] = MappingProxyType({})
    """The user's own keys, by command."""

    _back: Place | None = None
    _active: str = "summary"
    _menu: Menu | None = None

    @property
    def document(self) -> Postmortem:
        """The document as it is now."""
        raise NotImplementedError

    def key_of(self, command_id: str) -> str:
        """The key of a command, for sentences."""
        return key_of(command_id, self._keys)

    def moved(self) -> None:
        """The cursor arrived in another pane or field."""
        raise NotImplementedError

    def say(self, text: str, tone: Tone = "") -> None:
        """Show a sentence in the status line."""
        raise NotImplementedError

    def form(self, name: str) -> FormPane:
        """The pane of fields with this name."""
        return self.query_one(f"#{name}", FormPane)

    def lined(self, name: str) -> LinedPane:
        """The pane with a list and lines of this name."""
        return self.query_one(f"#{name}", LinedPane)

    @property
    def menu(self) -> Menu | None:
        """The menu, while it is open."""
        return self._menu if self._menu and self._menu.display else None

    @property
    def active(self) -> str:
        """The name of the pane that the cursor is in."""
        return self._active

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        if self._active in FORMS:
            return self.form(self._active).place
        return self.lined(self._active).place

    def activate(self, name: str) -> None:
        """Make this the present pane; what was being edited in another is taken."""
        for each in FORMS:
            if each != name:
                self.form(each).leave()
        for each in LISTS:
            if each != name:
                self.lined(each).finish()
        self._active = name
        self._mark_active({name, "left" if name in FORMS else "right"})
        self.moved()

    def _mark_active(self, wanted: Container[str]) -> None:
        """Have these panes and columns, and no others, look like the present ones.

        What is inside the panes looks the same in any of them, and keeps its styles.
        """
        columns, panes = ([self.query_one(f"#{n}") for n in names] for names in (COLUMNS, PANES))
        changed = [w for w in (*columns, *panes) if w.has_class("-active") != (w.id in wanted)]
        for widget in changed:
            widget.set_class(widget.id in wanted, "-active", update=False)
        by_column = any(column in changed for column in columns)
        self.app.stylesheet.update_nodes((*columns, *panes) if by_column else changed)

    def go(self, place: Place) -> None:
        """Put the cursor there."""
        self.activate(place.pane)
        if place.pane in FORMS:
            form = self.form(place.pane)
            current = form.current.id if form.current else ""
            cursor = place.cursor if place.item and place.cursor != (0, 0) else None
            form.edit(place.item or current or form.field_ids()[0], cursor)
        else:
            pane = self.lined(place.pane)
            pane.rows.move_to(place.item)
            pane.focus_list()
        self.moved()

    def open_line(self, name: str, modes: tuple[Mode, ...]) -> None:
        """Put the cursor into the line of this pane; once there, the next of its modes."""
        pane = self.lined(name)
        line = pane.focused_line
        if line is pane.line and line.mode in modes:
            at = modes.index(line.mode) + 1
            pane.open_line(modes[at] if at < len(modes) else modes[min(1, len(modes) - 1)])
            return
        here = self.place
        # Back in the same list the cursor stays on what was added, where it can be seen.
        self._back = Place(name) if here.pane == name else here
        self.activate(name)
        pane.open_line(modes[0])
        self.moved()

    @on(LineDone)
    def _line_done(self, event: LineDone) -> None:
        event.stop()
        back, self._back = self._back, None
        self.go(back if back is not None else Place(event.pane))
        unseen = self._active != event.pane and self.has_class("-narrow")
        if event.added and unseen and (told := self.lined(event.pane).added_told()):
            self.say(told, "success")

    @on(PaneLeft)
    def _pane_left(self, event: PaneLeft) -> None:
        event.stop()
        self.go_beside(event.step)

    def go_beside(self, step: int) -> None:
        """Go to the next pane (+1), or the one before."""
        name = PANES[(PANES.index(self._active) + step) % len(PANES)]
        if name in FORMS:
            ids = self.form(name).field_ids()
            self.go(Place(name, ids[0] if step > 0 else ids[-1]))
        else:
            self.go(Place(name))

    def run_next(self) -> None:
        """Tab: complete the word, else the next field, line or pane."""
        self._step(1)

    def run_previous(self) -> None:
        """Shift+Tab."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.menu:
            return
        if self._active in FORMS:
            form = self.form(self._active)
            if not (by > 0 and form.complete()) and not form.step(by):
                self.go_beside(by)
            return
        pane = self.lined(self._active)
        line = pane.focused_line
        if by > 0 and (pane.complete() or pane.stays_in_word()):
            return
        if line is None and by > 0 and not pane.read_only:
            mode = pane.line.mode
            pane.open_line(mode if mode not in (Mode.ADD, Mode.FILTER) else Mode.STAY)
        elif line is not None and by < 0:
            pane.focus_list()
        else:
            self.go_beside(by)

    def run_summary(self) -> None:
        """Go to the summary."""
        self.go(Place("summary"))

    def run_root_cause(self) -> None:
        """Go to the root cause."""
        self.go(Place("root-cause"))

    def run_lessons(self) -> None:
        """Go to the lessons."""
        self.go(Place("lessons"))

    def run_timeline(self) -> None:
        """Go to the timeline."""
        self.go(Place("timeline"))

    def run_tasks(self) -> None:
        """Go to the tasks."""
        self.go(Place("tasks"))

    def run_entry(self) -> None:
        """Open the entry line: once for one event, twice to stay."""
        self.open_line("timeline", (Mode.ADD, Mode.STAY))

    def run_task(self) -> None:
        """Open the task line: once for one task, twice to stay, a third time for measures."""
        self.open_line("tasks", (Mode.ADD, Mode.STAY, Mode.ADD_OTHER))

    def run_find(self) -> None:
        """Filter the timeline, or the tasks if the cursor is there."""
        name = "tasks" if self._active == "tasks" else "timeline"
        if self._active != name:
            self.activate(name)
        pane = self.lined(name)
        if isinstance(pane, TimelinePane):
            pane.run_timeline_filter()
        elif isinstance(pane, TasksPane):
            pane.run_tasks_filter()

    def run_goto(self) -> None:
        """Offer every field by a letter."""
        options = [
            Option(field.letter, field.label, f"{pane}/{field.id}")
            for pane in FORMS
            for field in fields_of(self.document, pane)
        ]

        def chosen(value: str) -> None:
            pane, _, item = value.partition("/")
            self.go(Place(pane, item))

        self.offer("Go to", options, chosen)

    def offer(
        self,
        title: str,
        options: list[Option],
        done: Callable[[str], None],
        put_back: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the menu; afterwards the cursor is where it was, unless `done` moves it.

        `put_back` is called first when it closes, whatever was chosen.
        """
        focused = self.focused

        def closed() -> None:
            put_back()
            if focused is not None:
                self.set_focus(focused, scroll_visible=False)

        if self._menu is None:
            self._menu = Menu()
            self.mount(self._menu)
        self._menu.open(title, options, done, closed)

    @on(MenuRequested)
    def _menu_requested(self, event: MenuRequested) -> None:
        event.stop()
        self.offer(event.title, list(event.options), event.done)

    @on(Tabs.Chosen)
    def _tab_chosen(self, event: Tabs.Chosen) -> None:
        event.stop()
        self.go(Place(event.pane))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click may have put the cursor into another pane; no line leads back from there."""
        if event.widget is not self.focused:
            return
        for node in event.widget.ancestors_with_self:
            if node.id in PANES:
                if node.id != self._active:
                    self.activate(node.id)
                if self.line_in_use is None:
                    self._back = None
                return

    @property
    def line_in_use(self) -> QuickLine | None:
        """The line of the present pane while the cursor is in it."""
        return self.lined(self._active).focused_line if self._active in LISTS else None
