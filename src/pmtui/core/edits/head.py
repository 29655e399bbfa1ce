"""Edits of the head, the stated times, the impact and the prose."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from pmtui.core.clock.windows import Window
from pmtui.core.clock.zones import in_zone, localise
from pmtui.core.document import UNDATED, Entry, Postmortem
from pmtui.core.extent import STATED_TIMES, all_times, began
from pmtui.core.order import sort_timeline
from pmtui.core.shares import share_of_users
from pmtui.errors import EditError

Keep = Literal["clock", "moment"]


def set_value(document: Postmortem, name: str, value: object) -> Postmortem:
    """The field `name` set to `value`; `impact.text` reaches into a part."""
    if "." in name:
        part_name, _, inner = name.partition(".")
        part = getattr(document, part_name)
        if getattr(part, inner) == value:
            return document
        return document.revise(**{part_name: part.revise(**{inner: value})})
    if getattr(document, name) == value:
        return document
    return document.revise(**{name: value})


def _retimed(document: Postmortem, move: Callable[[datetime], datetime]) -> Postmortem:
    """Every time in the document put through `move`."""

    def moved(at: datetime | None) -> datetime | None:
        return None if at is None else move(at)

    def moved_entry(entry: Entry) -> Entry:
        if entry.at is None and entry.until is None:
            return entry
        return entry.revise(at=moved(entry.at), until=moved(entry.until))

    stated = {name: moved(getattr(document.times, name)) for name in STATED_TIMES}
    return document.revise(
        times=document.times.revise(**stated),
        timeline=tuple(moved_entry(entry) for entry in document.timeline),
    )


def set_timezone(document: Postmortem, zone: str, keep: Keep = "moment") -> Postmortem:
    """The incident in another zone (an IANA name or an offset, `""` for unknown).

    Times without a zone are read in the new one. Times that had one keep their moment (`moment`) or
    what the clock showed (`clock`: the zone had been wrong).

    Raises:
        TimeError: A time falls into the hour that the zone's clocks leave out in spring.
    """
    if zone == document.timezone:
        return document

    def move(at: datetime) -> datetime:
        if not zone:
            return at.replace(tzinfo=None)
        if at.tzinfo is None:
            return localise(at, zone)
        if keep == "clock":
            wall = in_zone(at, document.timezone) if document.timezone else at
            return localise(wall.replace(tzinfo=None), zone)
        return in_zone(at, zone)

    moved = _retimed(document, move).revise(timezone=zone)
    return moved.revise(timeline=sort_timeline(moved.timeline, zone))


def read_local_times(document: Postmortem) -> Postmortem:
    """The document with its times without a zone read in that of the incident.

    Raises:
        TimeError: A time falls into the hour that the zone's clocks leave out in spring.
    """
    zone = document.timezone

    def move(at: datetime) -> datetime:
        return localise(at, zone) if zone and at.tzinfo is None else at

    moved = _retimed(document, move)
    return moved.revise(timeline=sort_timeline(moved.timeline, zone))


def set_day(document: Postmortem, day: date | None) -> Postmortem:
    """The incident on another day: the day on which it began becomes `day`, all else moves along.

    None makes it undated: its times then lie on 2000-01-01 and after.

    Raises:
        EditError: That would put a time beyond the calendar.
        TimeError: A time falls into the hour that the zone's clocks leave out in spring.
    """
    zone = document.timezone
    undated = day is None
    if day is None:
        first = min((in_zone(at, zone).date() for at in all_times(document)), default=UNDATED)
        by = UNDATED - first
    else:
        begin = began(document)
        by = day - in_zone(begin, zone).date() if begin else timedelta()
    if not by and undated == document.undated:
        return document

    def move(at: datetime) -> datetime:
        try:
            wall = in_zone(at, zone).replace(tzinfo=None) + by
        except OverflowError:
            raise EditError("a time would lie beyond the calendar") from None
        return wall if at.tzinfo is None else _at_zone(wall, zone, at)

    return _retimed(document, move).revise(undated=undated)


def _at_zone(wall: datetime, zone: str, like: datetime) -> datetime:
    return localise(wall, zone) if zone else wall.replace(tzinfo=like.tzinfo)


def apply_window(document: Postmortem, window: Window) -> Postmortem:
    """What a sentence states about the window: start, end, and the zone if none was known or used.

    The zone is taken only while no time depends on the present one, so that nothing moves unasked.
    """
    found = {"started": window.started, "resolved": window.resolved}
    stated = {name: at for name, at in found.items() if at is not None}
    if window.zone and window.zone != document.timezone and not document.timeline:
        document = document.revise(timezone=window.zone)
    if not stated or all(getattr(document.times, name) == at for name, at in stated.items()):
        return document
    return document.revise(times=document.times.revise(**stated))


def read_share(document: Postmortem) -> Postmortem:
    """The share of users taken from the words of the impact: where none is set and they say one."""
    share = share_of_users(document.impact.text)
    if document.impact.percent is not None or share is None:
        return document
    return set_value(document, "impact.percent", share)


def parse_percent(text: str) -> float | None:
    """A share in percent as typed, None for empty text.

    Raises:
        EditError: It is no number from 0 to 100.
    """
    cleaned = text.strip().removesuffix("%").strip().replace(",", ".")
    if not cleaned:
        return None
    try:
        value = float(cleaned)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise EditError(f"{text.strip()} is no share", remedy="type a number from 0 to 100")
    return value
