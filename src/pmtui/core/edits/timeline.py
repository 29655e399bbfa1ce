"""Edits of the timeline; it stays in time order whatever is done to it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from pmtui.core.document import Entry, Kind, Postmortem
from pmtui.core.order import insertion_index, instant, placed, sort_timeline
from pmtui.errors import EditError


def find(document: Postmortem, entry_id: str) -> Entry:
    """The entry with this id.

    Raises:
        EditError: There is none.
    """
    for entry in document.timeline:
        if entry.id == entry_id:
            return entry
    raise EditError("the timeline has no such entry", where=entry_id)


def add(document: Postmortem, entry: Entry, after: str = "") -> Postmortem:
    """`entry` at its place in time; one without a time goes after the entry `after`, or last."""
    entries = document.timeline
    if entry.at is not None:
        at = insertion_index(entries, entry.at, document.timezone)
    else:
        at = next((i + 1 for i, each in enumerate(entries) if each.id == after), len(entries))
    return document.revise(timeline=(*entries[:at], entry, *entries[at:]))


def add_all(document: Postmortem, entries: Sequence[Entry], after: str = "") -> Postmortem:
    """`entries` as if added one after another: one without a time follows the one before it."""
    old = document.timeline
    first = next((at for at, entry in enumerate(entries) if entry.at is not None), len(entries))
    if first:
        at = next((i + 1 for i, each in enumerate(old) if each.id == after), len(old))
        old = (*old[:at], *entries[:first], *old[at:])
    added = placed(old, entries[first:], document.timezone)
    return document.revise(timeline=added) if entries else document


def revise(document: Postmortem, entry_id: str, **changes: Any) -> Postmortem:
    """The entry with its fields changed, moved in time if its time changed."""
    old = find(document, entry_id)
    new = old.revise(**changes)
    if new == old:
        return document
    entries = document.timeline
    at = next(at for at, entry in enumerate(entries) if entry is old)
    entries = (*entries[:at], new, *entries[at + 1 :])
    if new.at != old.at:
        entries = sort_timeline(entries, document.timezone)
    return document.revise(timeline=entries)


def remove(document: Postmortem, entry_ids: Collection[str]) -> Postmortem:
    """The timeline without these entries."""
    kept = tuple(entry for entry in document.timeline if entry.id not in entry_ids)
    if len(kept) == len(document.timeline):
        return document
    return document.revise(timeline=kept)


def shift(document: Postmortem, entry_ids: Collection[str], by: timedelta) -> Postmortem:
    """These entries moved in time by `by`; those without a time stay as they are.

    Raises:
        EditError: One of them would leave the calendar.
    """

    def moved(at: datetime | None) -> datetime | None:
        try:
            return None if at is None else at + by
        except OverflowError:
            raise EditError("that is beyond the calendar", remedy="shift by less") from None

    entries = tuple(
        entry.revise(at=moved(entry.at), until=moved(entry.until))
        if entry.id in entry_ids and entry.at is not None
        else entry
        for entry in document.timeline
    )
    if not by or entries == document.timeline:
        return document
    return document.revise(timeline=sort_timeline(entries, document.timezone))


def set_time(
    document: Postmortem,
    entry_ids: Collection[str],
    at: datetime | None,
    until: datetime | None = None,
    about: bool = False,
) -> Postmortem:
    """All these entries at that time; None takes theirs from them."""
    entries = tuple(
        entry.revise(at=at, until=until, about=about) if entry.id in entry_ids else entry
        for entry in document.timeline
    )
    if entries == document.timeline:
        return document
    return document.revise(timeline=sort_timeline(entries, document.timezone))


def set_kind(document: Postmortem, entry_ids: Collection[str], kind: Kind) -> Postmortem:
    """These entries with this kind; they become a plain note if all of them had it already."""
    chosen = [entry for entry in document.timeline if entry.id in entry_ids]
    if chosen and all(entry.kind == kind for entry in chosen):
        kind = "note"
    if all(entry.kind == kind for entry in chosen):
        return document
    return document.revise(
        timeline=tuple(
            entry.revise(kind=kind) if entry.id in entry_ids else entry
            for entry in document.timeline
        )
    )


def toggle_internal(document: Postmortem, entry_ids: Collection[str]) -> Postmortem:
    """These entries kept out of exports, or let in again if all of them were out."""
    chosen = [entry for entry in document.timeline if entry.id in entry_ids]
    if not chosen:
        return document
    internal = not all(entry.internal for entry in chosen)
    return document.revise(
        timeline=tuple(
            entry.revise(internal=internal) if entry.id in entry_ids else entry
            for entry in document.timeline
        )
    )


def nudge(document: Postmortem, entry_id: str, step: int) -> Postmortem:
    """The entry one place up (-1) or down (1) among its equals in time.

    An entry without a time may go anywhere: its place is all that it has.
    """
    entries = list(document.timeline)
    at = entries.index(find(document, entry_id))
    to = at + step
    if not 0 <= to < len(entries):
        return document
    mine, other = entries[at], entries[to]
    if mine.at is not None and other.at is not None:
        zone = document.timezone
        if instant(mine.at, zone) != instant(other.at, zone):
            return document
    entries[at], entries[to] = other, mine
    moved = tuple(entries)
    if sort_timeline(moved, document.timezone) != moved:
        return document
    return document.revise(timeline=moved)
