"""The timeline pane: the list, its entry line, and what their keys do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from pmtui.core.clock.zones import in_zone, zone_label
from pmtui.core.document import KINDS, Entry, Kind, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.extent import began, telling_another_time
from pmtui.core.fields import Writing
from pmtui.core.lines.batches import Batch, read_entries
from pmtui.core.lines.entries import (
    describe,
    describe_retime,
    fields_of,
    frame_at,
    frame_for,
    is_long_over,
    retime,
)
from pmtui.core.lines.quickline import EntryLine, read_entry, write_entry
from pmtui.core.lines.words import end_of_words
from pmtui.core.people import recognised
from pmtui.core.text import counted
from pmtui.core.times import Frame, clock, write_time
from pmtui.core.timing import marks
from pmtui.tui.messages import Change, CopyRequested, MenuRequested, Said
from pmtui.tui.widgets.kind_keys import EVENT_KEYS
from pmtui.tui.widgets.lined_pane import LinedPane
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.timeline_list import COLUMNS, TimelineList
from pmtui.tui.widgets.timeline_rows import EntryRow, View, counted_from


class TimelinePane(LinedPane):
    """Events in time order; the line below takes `[time] text [#kind] [@who] [https://...]`."""

    def __init__(self, writing: Callable[[], Writing]) -> None:
        super().__init__("timeline", writing)
        self.other_zones: tuple[str, ...] = ()
        self._followed = ""
        self._shown: tuple[Any, ...] = ()
        self._framed: tuple[Postmortem, str, Frame] | None = None

    def compose(self) -> ComposeResult:
        """The list above its line."""
        yield TimelineList()
        yield QuickLine("line")

    @property
    def rows(self) -> TimelineList:
        """The rows."""
        return self.query_one(TimelineList)

    def look_from(self, zones: tuple[str, ...], gap: int) -> None:
        """Offer these zones besides the incident's; show silences of so many minutes as gaps."""
        self.other_zones = zones
        self.rows.view = replace(self.rows.view, gap=gap)

    # -- the document flows down ------------------------------------------------------------

    def show(self, document: Postmortem) -> None:
        """Draw the document if what this pane shows of it is another now."""
        shown = (document.timeline, document.timezone, document.times, document.undated)
        before, self._shown = self._shown, shown
        self._document = document
        if len(before) != 4 or any(a is not b for a, b in zip(shown, before, strict=True)):
            self._redraw()

    def _redraw(self) -> None:
        rows = self.rows.made.of(self._document, self.rows.view)
        total = len(self._document.timeline)
        count = f" {total}"
        if self.rows.view.filter:
            count = f" {sum(isinstance(row, EntryRow) for row in rows)} of {total}"
        since = counted_from(self._document, self.rows.view)
        from_there = f" · T+ from {since}" if since != "started" else ""
        self.border_title = Content(f"Timeline{count if total else ''}{from_there}")
        self.rows.empty_text = (
            "  Nothing matches; Esc shows all"
            if total
            else "  No events."
            if self.read_only
            else "  No events yet. Type below what happened, with its time if it is past."
        )
        self.rows.set_rows(rows)
        self.keep_overlay()

    # -- the lines ---------------------------------------------------------------------------

    def kinds(self) -> Sequence[str]:
        """The kinds of event, and the mark for those kept out of exports."""
        return (*KINDS, "internal")

    def hint(self, mode: Mode) -> str:
        """What the empty line is for."""
        return {
            Mode.ADD: "14:05 what happened #kind @who · Enter adds and goes back",
            Mode.STAY: "14:05 what happened #kind @who · Enter adds, Esc goes back",
            Mode.FILTER: "Enter keeps the filter, Esc clears it",
            Mode.EDIT: "Enter keeps, Esc leaves it as it was",
            Mode.RETIME: "14:20, or +5m / -5m to shift · Enter keeps",
        }.get(mode, "")

    def _read(self, text: str, line: QuickLine) -> EntryLine:
        """The line as it is understood, for a new entry or for the one that is edited."""
        now = self._writing().now
        if line.mode is Mode.EDIT:
            entry = timeline.find(self._document, line.item)
            frame = frame_at(self._document, now, entry)
        else:
            frame = replace(self._frame(), now=now)
        read = read_entry(text, frame)
        return replace(read, who=recognised(read.who, self.names()))

    def _frame(self) -> Frame:
        """What a new entry is read against; looked up once for each timeline, not for each key."""
        document, follows = self._document, self._followed
        if self._framed is None or self._framed[0] is not document or self._framed[1] != follows:
            frame = frame_for(document, self._writing().now, follows)
            self._framed = (document, follows, frame)
        return self._framed[2]

    def _retime(self, text: str, item: str) -> Change:
        entry = timeline.find(self._document, item)
        return retime(self._document, entry, self.rows.chosen, text, self._writing().now)

    def explain(self, text: str, line: QuickLine) -> tuple[str, str]:
        """The entry as it would be, or where re-timing would put it."""
        if line.mode is Mode.RETIME:
            entry = timeline.find(self._document, line.item)
            change = self._retime(text, line.item)
            return describe_retime(self._document, change, entry, len(self.rows.chosen)), ""
        read = self._read(text, line)
        shown = describe(self._document, read)
        if read.live and is_long_over(self._document, read.at):
            return f"{shown} · no time typed", "warning"
        return shown, "warning" if read.note else ""

    def as_words(self, text: str) -> str:
        """An entry without a time that keeps `text` whole."""
        return self._written(Entry(id="draft", text=text))

    def _written(self, entry: Entry) -> str:
        """The line that stands for an entry."""
        return write_entry(
            at=entry.at,
            until=entry.until,
            about=entry.about,
            kind=entry.kind if entry.kind != "note" else None,
            text=entry.text,
            who=entry.who,
            link=entry.link,
            internal=entry.internal,
            frame=frame_at(self._document, self._writing().now, entry),
        )

    def carry_out(self, text: str, line: QuickLine) -> None:
        """Edit or re-time, as the line's mode says."""
        if line.mode is Mode.RETIME:
            self.request(self._retime(text, line.item), f"re-time {_many(self.rows.chosen)}")
            return
        fields = fields_of(self._read(text, line), self._writing().me)
        # What another program changed of the entry meanwhile stays, unless it was changed here.
        begun = fields_of(self._read(self.begun, line), self._writing().me) if self.begun else {}
        fields = {n: v for n, v in fields.items() if n not in begun or v != begun[n]}
        change = partial(timeline.revise, entry_id=line.item, **fields)
        self.request(change, "edit an event", line.item)

    def read_lines(self, lines: Sequence[str], mode: Mode) -> Batch[Entry]:
        """An event for each line that is understood."""
        return read_entries(self._document, lines, self._writing(), self._followed)

    def add_items(self, items: Sequence[Entry], mode: Mode) -> None:
        """Add these events as one edit."""
        last = self._document.timeline[-1:] or tuple(items)
        follows, self._followed = self._followed or last[0].id, items[-1].id
        change = partial(timeline.add_all, entries=tuple(items), after=follows)
        self.request(change, f"add {counted(len(items), 'event')}", items[-1].id)

    def added_told(self) -> str:
        """The time of the last event, as the list shows it."""
        added = next((e for e in self._document.timeline if e.id == self._followed), None)
        if added is None:
            return ""
        time = clock(added.at, self._document.timezone)
        return f"{time} added to the timeline" if time else "Added to the timeline, without a time"

    def keep_words(self, text: str, item: str) -> None:
        """Make `text` the words of the event."""
        change = partial(timeline.revise, entry_id=item, text=text)
        self.request(change, "keep the words of an event", item)

    def noun(self, mode: Mode) -> str:
        """What one line adds."""
        return "event"

    def filter_by(self, text: str) -> None:
        """Show only the events that hold these words."""
        self.rows.view = replace(self.rows.view, filter=text)
        self._redraw()

    # -- what the keys of the list do --------------------------------------------------------

    def run_timeline_add(self) -> None:
        """Open the entry line and stay in it."""
        self.open_line(Mode.STAY)

    def run_timeline_edit(self) -> None:
        """Edit the entry at the cursor in its place."""
        entry = timeline.find(self._document, self.rows.cursor)
        line = self._written(entry)
        frame = frame_at(self._document, self._writing().now, entry)
        column = end_of_words(line, read_entry(line, frame).spans) if entry.text.strip() else None
        self.open_overlay(Mode.EDIT, line, entry.id, column)

    def run_timeline_retime(self) -> None:
        """Type another time over the row."""
        chosen = [timeline.find(self._document, each) for each in self.rows.chosen]
        entry = next((each for each in chosen if each.at is not None), chosen[0])
        text = ""
        if entry.at is not None:
            frame = frame_at(self._document, self._writing().now, entry)
            text = write_time(entry.at, entry.until, entry.about, frame=frame)
        self.open_overlay(Mode.RETIME, text, entry.id).field.select_all()

    def run_timeline_mark(self) -> None:
        """Offer the kinds."""
        ids = frozenset(self.rows.chosen)
        options = [Option(EVENT_KEYS[kind], kind, kind) for kind in KINDS]

        def mark(value: str) -> None:
            kind: Kind = value  # type: ignore[assignment]
            self.request(
                partial(timeline.set_kind, entry_ids=ids, kind=kind),
                f"mark {_many(list(ids))} as {kind}",
            )

        self.post_message(MenuRequested("What kind of event is it?", options, mark))

    def run_timeline_delete(self) -> None:
        """Delete the chosen entries."""
        ids = self.rows.chosen
        change = partial(timeline.remove, entry_ids=frozenset(ids))
        self.request(change, f"delete {_many(ids)}")

    def run_timeline_select(self) -> None:
        """Select the row and go on to the next."""
        self.rows.toggle_selected(self.rows.cursor)
        self.rows.step(1)

    def run_timeline_filter(self) -> None:
        """Open the filter."""
        self.open_line(Mode.FILTER, self.rows.view.filter)

    def run_timeline_sort(self) -> None:
        """Sort by the next column that is shown."""
        view = self.rows.view
        after = COLUMNS.index(view.column) + 1
        shown = self.rows.shown_columns
        column = next(name for name in (*COLUMNS[after:], *COLUMNS) if name in shown)
        self._look(replace(view, column=column, backwards=False))
        self.post_message(Said(_order(self.rows.view)))

    def run_timeline_reverse(self) -> None:
        """Turn the order round."""
        view = self.rows.view
        self._look(replace(view, backwards=not view.backwards))
        self.post_message(Said(_order(self.rows.view)))

    def run_timeline_origin(self) -> None:
        """Offer the milestones that T+ can count from."""
        known = marks(self._document)
        zone = self._document.timezone
        options = [
            Option(EVENT_KEYS[name], f"{name} {clock(mark.at, zone)}", name)
            for name, mark in known.items()
        ]
        if not options:
            self.post_message(Said("No milestone is known yet; m marks one", "warning"))
            return

        def count_from(value: str) -> None:
            self._look(replace(self.rows.view, origin=value))
            self.post_message(Said(f"T+ counts from {value}"))

        self.post_message(MenuRequested("What does T+ count from?", options, count_from))

    def run_timeline_zones(self) -> None:
        """Show the times in one more zone, then in the next, then in the incident's alone."""
        own = self._document.timezone
        if not own:
            self.post_message(Said("The zone of the incident is not known; ctrl+g z", "warning"))
            return
        others = telling_another_time(self._document, self.other_zones, self._writing().now)
        cycle = ["", *others]
        now = self.rows.view.zone
        zone = cycle[(cycle.index(now) + 1) % len(cycle)] if now in cycle else ""
        self._look(replace(self.rows.view, zone=zone))
        self.rows.redraw()
        labels = [zone_label(each, began(self._document)) for each in (own, zone) if each]
        if not others:
            self.post_message(Said(f"Your clock and UTC show what {labels[0]} shows"))
        else:
            self.post_message(Said(f"Times in {' and '.join(labels)}"))

    def run_timeline_wrap(self) -> None:
        """Show long texts whole, or on one line."""
        self.rows.forget_drawn()
        self._look(replace(self.rows.view, whole=not self.rows.view.whole))
        self.rows.redraw()

    def _look(self, view: View) -> None:
        self.rows.view = view
        self._redraw()
        self.rows.refresh()
        self.rows.reveal()

    def run_timeline_up(self) -> None:
        """Nudge the entry up."""
        self._nudge(-1)

    def run_timeline_down(self) -> None:
        """Nudge the entry down."""
        self._nudge(1)

    def _nudge(self, step: int) -> None:
        entry_id = self.rows.cursor
        if timeline.nudge(self._document, entry_id, step) is self._document:
            self.post_message(Said("Only events of the same time can change places; t re-times"))
            return
        change = partial(timeline.nudge, entry_id=entry_id, step=step)
        self.request(change, "move an event")

    def run_timeline_internal(self) -> None:
        """Keep the chosen entries out of exports, or let them in."""
        ids = frozenset(self.rows.chosen)
        out = any(entry.id in ids and not entry.internal for entry in self._document.timeline)
        what = _many(self.rows.chosen)
        label = f"keep {what} out of exports" if out else f"let {what} into exports again"
        self.request(partial(timeline.toggle_internal, entry_ids=ids), label)

    def run_timeline_copy(self) -> None:
        """Copy the chosen entries as Markdown bullets."""
        ids = self.rows.chosen
        zone = self._document.timezone
        lines = []
        for entry in self._document.timeline:
            if entry.id in ids:
                at = "" if entry.at is None else f"**{clock(in_zone(entry.at, zone))}** "
                who = f" ({entry.who})" if entry.who else ""
                link = f" {entry.link}" if entry.link else ""
                lines.append(f"- {at}{entry.text}{who}{link}")
        self.post_message(CopyRequested("\n".join(lines) + "\n", _many(ids)))

    @on(RowList.Opened)
    def _opened(self, event: RowList.Opened) -> None:
        event.stop()
        if not self.read_only:
            self.run_timeline_edit()

    @on(TimelineList.Sorted)
    def _header_clicked(self, event: TimelineList.Sorted) -> None:
        event.stop()
        self._look(event.view)
        self.post_message(Said(_order(event.view)))


def _order(view: View) -> str:
    """The order in words, with its direction."""
    ways = ("the earliest first", "the latest first")
    if view.column not in ("time", "T+"):
        ways = ("from A to Z", "from Z to A")
    return f"Sorted by {view.column}, {ways[view.backwards]}"


def _many(ids: Sequence[str]) -> str:
    return "an event" if len(ids) == 1 else f"{len(ids)} events"
