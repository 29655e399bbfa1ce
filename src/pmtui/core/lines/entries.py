"""What a line typed in the timeline means: for the entry it makes, and in words before Enter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pmtui.core.clock.frame import day_change
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.extent import extent, frame_of
from pmtui.core.lines.quickline import EntryLine
from pmtui.core.times import Frame, clock, day_label, elapsed, read_time
from pmtui.core.timing import elapsed_since, origin

Change = Callable[[Postmortem], Postmortem]
"""A named edit with all but the document filled in."""


def frame_for(document: Postmortem, now: datetime, follows: str = "") -> Frame:
    """What a time typed here is read against: the entry it `follows`, else the whole incident."""
    frame = frame_of(document, now)
    followed = (entry.at for entry in reversed(document.timeline) if entry.id == follows)
    after = next(followed, None) if follows else None
    return replace(frame, after=after, within=None) if after else frame


LONG = timedelta(hours=12)
"""From the last time that is known, to where nobody writes down any more what happens now."""


def frame_at(document: Postmortem, now: datetime, entry: Entry) -> Frame:
    """What the time of `entry` is read against when it is edited: as near to its own as can be."""
    frame = frame_of(document, now)
    return replace(frame, after=entry.at, within=(entry.at, entry.at)) if entry.at else frame


def fields_of(line: EntryLine, me: str = "") -> dict[str, Any]:
    """The fields of an entry as the line says them; `me` is who @me is, where that is known."""
    names = ("at", "until", "about", "text", "link", "internal")
    fields = {name: getattr(line, name) for name in names}
    return fields | {"kind": line.kind or "note", "who": somebody(line.who, me)}


def somebody(name: str, me: str) -> str:
    """`name`, or who that is where it says me."""
    return me if name == "me" and me else name


def is_long_over(document: Postmortem, now: datetime | None) -> bool:
    """Whether `now` lies so long after all that is known that an event is hardly of that moment."""
    known = None if document.undated else extent(document)
    since = elapsed_since(known.end, now) if known and now else None
    return since is not None and since > LONG


def describe(document: Postmortem, line: EntryLine) -> str:
    """The line as understood: `→ Wed 22 May 14:45 · T+45m · #detected · @ana`."""
    parts = ["no time"]
    if line.at is not None:
        about = ("now " if line.live else "") + ("about " if line.about else "")
        until = f"–{clock(line.until, document.timezone)}" if line.until else ""
        parts = [f"{about}{_moment(document, line.at)}{until}"]
        began = origin(document)
        since = elapsed_since(began.at, line.at) if began else None
        if since is not None:
            parts.append(f"T{'' if since < timedelta() else '+'}{elapsed(since)}")
    parts += [
        line.note if line.note not in parts[0] else "",
        f"#{line.kind}" if line.kind else "",
        f"@{line.who}" if line.who else "",
        "link" if line.link else "",
        "internal" if line.internal else "",
    ]
    return "→ " + " · ".join(part for part in parts if part)


def _moment(document: Postmortem, at: datetime) -> str:
    shown = clock(at, document.timezone)
    return shown if document.undated else f"{day_label(at, document.timezone)} {shown}"


def retime(
    document: Postmortem, entry: Entry, chosen: Sequence[str], text: str, now: datetime
) -> Change:
    """The edit that gives `entry` the time in `text`, or shifts all the chosen ones by it.

    With several chosen the others move along by as much as `entry` does; where it has no time, or
    loses it, so do they all.

    Raises:
        TimeError: The text is no time.
    """
    wanted = text.strip()
    ids = frozenset(chosen) or frozenset({entry.id})
    if wanted in ("", "--"):
        return partial(timeline.set_time, entry_ids=ids, at=None)
    if wanted[0] in "+-":
        start = now.replace(second=0, microsecond=0)
        frame = Frame(now=start, zone=document.timezone, after=start)
        return partial(timeline.shift, entry_ids=ids, by=read_time(wanted, frame).at - start)
    reading = read_time(wanted, frame_at(document, now, entry))
    if len(ids) > 1 and entry.at is not None:
        by = elapsed_since(entry.at, reading.at) or timedelta()
        return partial(timeline.shift, entry_ids=ids, by=by)
    return partial(
        timeline.set_time,
        entry_ids=ids,
        at=reading.at,
        until=reading.until,
        about=reading.about,
    )


def describe_retime(document: Postmortem, change: Change, entry: Entry, chosen: int) -> str:
    """Where `change` puts `entry`: `→ Thu 23 May 2024 00:20 and 2 more · next day`."""
    at = timeline.find(change(document), entry.id).at
    others = f" and {chosen - 1} more" if chosen > 1 else ""
    if at is None:
        return f"→ no time{others}"
    zone = document.timezone
    change_of_day = day_change(in_zone(entry.at or at, zone), in_zone(at, zone))
    return f"→ {_moment(document, at)}{others}" + (f" · {change_of_day}" if change_of_day else "")
