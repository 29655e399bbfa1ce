"""The timeline pane: the list, its entry line, and what their keys do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import TextArea

from pmtui.core.document import KINDS, Entry, Kind, Postmortem
from pmtui.core.edits import head, timeline
from pmtui.core.fields import Writing
from pmtui.core.quickline import EntryLine, read_entry, write_entry
from pmtui.core.times import Frame, clock, day_label, elapsed, read_time, write_time
from pmtui.core.timing import elapsed_since, origin
from pmtui.core.zones import in_zone
from pmtui.errors import PmtuiError
from pmtui.tui.messages import Change, CopyRequested, LineDone, MenuRequested, Requested, Said
from pmtui.tui.widgets.menu import Option
from pmtui.tui.widgets.quick_line import LinedPane, Mode, QuickLine
from pmtui.tui.widgets.row_list import RowList
from pmtui.tui.widgets.text_field import TextField
from pmtui.tui.widgets.timeline_list import COLUMNS, EntryRow, TimelineList, View, rows_of

_KIND_KEYS = {
    "started": "s",
    "detected": "d",
    "acknowledged": "k",
    "escalated": "e",
    "diagnosed": "g",
    "mitigated": "m",
    "resolved": "r",
    "closed": "c",
    "public": "p",
    "action": "a",
    "finding": "f",
    "decision": "o",
    "dead-end": "x",
    "message": "t",
    "note": "n",
}


class TimelinePane(LinedPane):
    """Events in time order; the line below takes `[time] text [#kind] [@who] [https://...]`."""

    def __init__(self, writing: Callable[[], Writing]) -> None:
        super().__init__("timeline", writing)
        self._followed = ""
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The list above its lines."""
        yield TimelineList()
        yield from self.compose_lines()

    @property
    def rows(self) -> TimelineList:
        """The rows."""
        return self.query_one(TimelineList)

    # -- the document flows down ------------------------------------------------------------

    def show(self, document: Postmortem) -> None:
        """Draw the document if what this pane shows of it is another now."""
        shown = (document.timeline, document.timezone, document.times, document.undated)
        same = len(self._shown) == 4 and all(
            a is b for a, b in zip(shown, self._shown, strict=True)
        )
        self._document = document
        if same:
            return
        self._shown = shown
        self._redraw()

    def _redraw(self) -> None:
        rows = rows_of(self._document, self.rows.view)
        total = len(self._document.timeline)
        seen = sum(isinstance(row, EntryRow) for row in rows)
        count = f" {seen} of {total}" if self.rows.view.filter else f" {total}"
        self.border_title = Content(f"Timeline{count if total else ''}")
        self.rows.empty_text = (
            "  Nothing matches; Esc shows all"
            if total
            else "  No events yet. Type what just happened below; a time first fills in the past."
        )
        self.rows.set_rows(rows)

    # -- the lines ---------------------------------------------------------------------------

    def frame(self, leave_out: str = "") -> Frame:
        """What a time typed here is read against: the entry added last, else the latest one."""
        document = self._document
        timed = [e for e in document.timeline if e.at is not None and e.id != leave_out]
        followed = [e for e in timed if e.id == self._followed]
        last = next(reversed(followed or timed), None)
        return Frame(
            now=self._writing().now,
            zone=document.timezone,
            after=last.at if last else document.times.started,
            day=head.incident_day(document),
            undated=document.undated,
        )

    def _frame_at(self, entry: Entry) -> Frame:
        """What the time of `entry` is read against when it is edited: itself."""
        return replace(self.frame(entry.id), after=entry.at)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        quick = self.overlay if event.text_area is self.overlay.field else self.line
        text = quick.text
        if quick.mode is Mode.FILTER:
            self._filter(text)
        elif text.strip():
            self._preview_line(text, quick.mode, quick.item)
        else:
            self.preview(self.hint(quick.mode))

    def hint(self, mode: Mode) -> str:
        """What the empty line is for."""
        return {
            Mode.ADD: "14:05 what happened #kind @who · Enter adds and goes back",
            Mode.STAY: "14:05 what happened #kind @who · Enter adds, Esc goes back",
            Mode.FILTER: "Enter keeps the filter, Esc clears it",
            Mode.EDIT: "Enter keeps, Esc leaves it as it was",
            Mode.RETIME: "14:20, or +5m / -5m to shift · Enter keeps",
        }.get(mode, "")

    def _preview_line(self, text: str, mode: Mode, item: str) -> None:
        quick = self.overlay if mode in (Mode.EDIT, Mode.RETIME) else self.line
        if choices := self.choices(quick):
            self.preview("Tab: " + "  ".join(choices[:6]))
            return
        try:
            if mode is Mode.RETIME:
                self._retimed(text, item)
                at = None
                shown = self._describe_retime(text, item)
            else:
                frame = self.frame()
                if mode is Mode.EDIT:
                    frame = self._frame_at(timeline.find(self._document, item))
                at = read_entry(text, frame)
                shown = self._describe(at)
            self.preview(shown, "warning" if at and at.note else "")
        except PmtuiError as error:
            self.preview(str(error), "error")

    def _describe(self, line: EntryLine) -> str:
        """The line as understood: `→ Wed 22 May 14:45 · T+45m · #detected · @ana`."""
        document = self._document
        parts = []
        if line.at is None:
            parts.append("no time")
        else:
            shown = clock(line.at, document.timezone)
            if line.until is not None:
                shown += f"–{clock(line.until, document.timezone)}"
            if not document.undated:
                shown = f"{day_label(line.at, document.timezone)} {shown}"
            parts.append(("now " if line.live else "") + ("about " if line.about else "") + shown)
            began = origin(document)
            since = elapsed_since(began.at, line.at) if began else None
            if since is not None:
                parts.append(f"T{'' if since < timedelta() else '+'}{elapsed(since)}")
        if line.note:
            parts.append(line.note)
        if line.kind:
            parts.append(f"#{line.kind}")
        if line.who:
            parts.append(f"@{line.who}")
        if line.link:
            parts.append("link")
        if line.internal:
            parts.append("internal")
        return "→ " + " · ".join(parts)

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self._take(self.overlay if event.field is self.overlay.field else self.line)

    def _take(self, line: QuickLine) -> None:
        try:
            done = self.carry_out(line.text, line)
        except PmtuiError as error:
            self.preview(str(error), "error")
            self.post_message(Said(str(error), "error"))
            return
        if not done:
            return
        if line is self.overlay:
            self.close_overlay()
        elif line.mode is Mode.STAY:
            line.clear()
            self.preview(self.hint(line.mode))
        elif line.mode is Mode.ADD:
            line.clear()
            self.preview("")
            self.post_message(LineDone(self.pane))
        else:
            self.focus_list()

    def as_words(self, text: str) -> str:
        """An entry without a time that keeps `text` whole."""
        return write_entry(
            at=None,
            until=None,
            about=False,
            kind=None,
            text=text,
            who="",
            link="",
            internal=False,
            frame=self.frame(),
        )

    def carry_out(self, text: str, line: QuickLine) -> bool:
        """Add, edit or re-time, as the line's mode says; False for an empty line that stays."""
        mode, item = line.mode, line.item
        if mode in (Mode.ADD, Mode.STAY):
            if text.strip():
                self._add(read_entry(text, self.frame()))
            elif mode is Mode.STAY:
                return False
        elif mode is Mode.EDIT:
            entry = timeline.find(self._document, item)
            self._revise(entry, read_entry(text, self._frame_at(entry)))
        elif mode is Mode.RETIME:
            self._request(self._retimed(text, item), f"re-time {self._many(self.rows.chosen)}")
        return True

    def _add(self, line: EntryLine) -> None:
        taken = {entry.id for entry in self._document.timeline}
        entry = Entry(
            id=self._writing().new_id(taken),
            at=line.at,
            until=line.until,
            about=line.about,
            kind=line.kind or "note",
            text=line.text,
            who=line.who,
            link=line.link,
            internal=line.internal,
        )
        follows = self._followed or (self._document.timeline or (entry,))[-1].id
        self._followed = entry.id
        self._request(partial(timeline.add, entry=entry, after=follows), "add an event", entry.id)

    def _revise(self, entry: Entry, line: EntryLine) -> None:
        changes: dict[str, Any] = {
            "at": line.at,
            "until": line.until,
            "about": line.about,
            "kind": line.kind or "note",
            "text": line.text,
            "who": line.who,
            "link": line.link,
            "internal": line.internal,
        }
        change = partial(timeline.revise, entry_id=entry.id, **changes)
        self._request(change, "edit an event", entry.id)

    def _retimed(self, text: str, item: str) -> Change:
        """The edit that gives the chosen entries the time in `text`, or shifts them by it."""
        chosen = self.rows.chosen or [item]
        entry = timeline.find(self._document, item)
        wanted = text.strip()
        if wanted[:1] in ("+", "-") and wanted != "--":
            zero = replace(self.frame(), after=self._writing().now.replace(second=0, microsecond=0))
            base = replace(zero, now=zero.after or zero.now)
            by = read_time(wanted, base).at - read_time("now", base).at
            return partial(timeline.shift, entry_ids=frozenset(chosen), by=by)
        if wanted in ("", "--"):
            return partial(timeline.revise, entry_id=item, at=None, until=None, about=False)
        reading = read_time(wanted, self._frame_at(entry))
        if len(chosen) > 1 and entry.at is not None:
            by = elapsed_since(entry.at, reading.at) or timedelta()
            return partial(timeline.shift, entry_ids=frozenset(chosen), by=by)
        return partial(
            timeline.revise,
            entry_id=item,
            at=reading.at,
            until=reading.until,
            about=reading.about,
        )

    def _describe_retime(self, text: str, item: str) -> str:
        after = self._retimed(text, item)(self._document)
        entry = timeline.find(after, item)
        if entry.at is None:
            return "→ no time"
        shown = clock(entry.at, after.timezone)
        if not after.undated:
            shown = f"{day_label(entry.at, after.timezone)} {shown}"
        chosen = len(self.rows.chosen)
        return f"→ {shown}" + (f" and {chosen - 1} more" if chosen > 1 else "")

    def _filter(self, text: str) -> None:
        self.rows.view = replace(self.rows.view, filter=text.strip())
        self._redraw()

    @on(TextField.Escaped)
    def _escaped(self, event: TextField.Escaped) -> None:
        event.stop()
        if event.field is self.overlay.field:
            self.close_overlay()
        elif self.line.mode is Mode.FILTER:
            self.line.clear()
            self._filter("")
            self.focus_list()
        else:
            self.preview("")
            self.post_message(LineDone(self.pane))

    def finish(self) -> None:
        """Take what is being edited in place, as when the cursor goes elsewhere."""
        if self.overlay.display:
            self._take(self.overlay)

    # -- what the keys of the list do --------------------------------------------------------

    def _request(self, change: Change, label: str, item: str = "") -> None:
        before = replace(self.place, item=self.rows.cursor)
        after = replace(before, item=item or self.rows.cursor)
        self.post_message(Requested(change, label, before, after))

    def _many(self, ids: list[str]) -> str:
        return "an event" if len(ids) == 1 else f"{len(ids)} events"

    def run_timeline_add(self) -> None:
        """Open the entry line and stay in it."""
        self.open_line(Mode.STAY)

    def run_timeline_edit(self) -> None:
        """Edit the entry at the cursor in its place."""
        entry = timeline.find(self._document, self.rows.cursor)
        text = write_entry(
            at=entry.at,
            until=entry.until,
            about=entry.about,
            kind=entry.kind if entry.kind != "note" else None,
            text=entry.text,
            who=entry.who,
            link=entry.link,
            internal=entry.internal,
            frame=self._frame_at(entry),
        )
        self.open_overlay(Mode.EDIT, text, entry.id)

    def run_timeline_retime(self) -> None:
        """Type another time over the row."""
        entry = timeline.find(self._document, self.rows.chosen[0])
        text = ""
        if entry.at is not None:
            frame = self._frame_at(entry)
            text = write_time(entry.at, entry.until, entry.about, frame=frame)
        self.open_overlay(Mode.RETIME, text, entry.id)
        self.overlay.field.select_all()

    def run_timeline_mark(self) -> None:
        """Offer the kinds."""
        ids = frozenset(self.rows.chosen)
        options = [Option(_KIND_KEYS[kind], kind, kind) for kind in KINDS]

        def mark(value: str) -> None:
            kind: Kind = value  # type: ignore[assignment]
            self._request(
                partial(timeline.set_kind, entry_ids=ids, kind=kind),
                f"mark {self._many(list(ids))} as {kind}",
            )

        self.post_message(MenuRequested("What kind of event is it?", options, mark))

    def run_timeline_delete(self) -> None:
        """Delete the chosen entries."""
        ids = self.rows.chosen
        change = partial(timeline.remove, entry_ids=frozenset(ids))
        self._request(change, f"delete {self._many(ids)}")

    def run_timeline_select(self) -> None:
        """Select the row and go on to the next."""
        self.rows.toggle_selected(self.rows.cursor)
        self.rows.step(1)

    def run_timeline_filter(self) -> None:
        """Open the filter."""
        self.open_line(Mode.FILTER, self.rows.view.filter)

    def run_timeline_sort(self) -> None:
        """Sort by the next column."""
        view = self.rows.view
        column = COLUMNS[(COLUMNS.index(view.column) + 1) % len(COLUMNS)]
        self._look(replace(view, column=column, backwards=False))
        self.post_message(Said(f"Sorted by {column}"))

    def run_timeline_reverse(self) -> None:
        """Turn the order round."""
        self._look(replace(self.rows.view, backwards=not self.rows.view.backwards))

    def run_timeline_wrap(self) -> None:
        """Show long texts whole, or on one line."""
        self._look(replace(self.rows.view, whole=not self.rows.view.whole))
        self.rows.redraw()

    def _look(self, view: View) -> None:
        self.rows.view = view
        self._redraw()
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
        self._request(change, "move an event")

    def run_timeline_internal(self) -> None:
        """Keep the chosen entries out of exports, or let them in."""
        ids = frozenset(self.rows.chosen)
        self._request(partial(timeline.toggle_internal, entry_ids=ids), "change what is internal")

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
        self.post_message(CopyRequested("\n".join(lines) + "\n", self._many(ids)))

    @on(RowList.Opened)
    def _opened(self, event: RowList.Opened) -> None:
        event.stop()
        if not self.read_only:
            self.run_timeline_edit()

    @on(TimelineList.Sorted)
    def _header_clicked(self, event: TimelineList.Sorted) -> None:
        event.stop()
        self._look(event.view)

    def kinds(self) -> Sequence[str]:
        """The kinds of event, and the mark for those kept out of exports."""
        return (*KINDS, "internal")
