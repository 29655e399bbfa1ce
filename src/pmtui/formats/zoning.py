"""A document with its times told in another zone: the same instants by other clocks."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from pmtui.core.clock.zones import canonical_zone, in_zone, localise
from pmtui.core.document import Part, Postmortem
from pmtui.errors import ExportError, TimeError

P = TypeVar("P", bound=Part)


def zones_of(names: Iterable[str]) -> tuple[str, ...]:
    """The zones that `names` name, each once, as a document stores them.

    Raises:
        ExportError: One is unknown, or several places use it.
    """
    try:
        return tuple(dict.fromkeys(map(canonical_zone, names)))
    except TimeError as error:
        raise ExportError(error.what, remedy=error.remedy) from None


def rezoned(document: Postmortem, zones: tuple[str, ...]) -> Postmortem:
    """`document` with its times in the first of `zones`, and fit to be told in the others too.

    A time without a zone is one of the document's own.

    Raises:
        ExportError: The document does not say where on earth, or on which day, its clocks showed
            their times.
    """
    if zones in ((), (document.timezone,)):
        return document
    moments = tuple(_moments(document))
    if not document.timezone and any(at.tzinfo is None for at in moments):
        raise ExportError(
            "the document has no time zone, so that its times cannot be told in another",
            remedy="set its time zone first",
        )
    if document.undated and moments:
        raise ExportError(
            "the document has no date, and what the clocks show elsewhere depends on it",
            remedy="set its date first",
        )
    home, zone = document.timezone, zones[0]
    times = _moved(document.times, home, zone)
    timeline = tuple(_moved(entry, home, zone) for entry in document.timeline)
    return document.but(timezone=zone, times=times, timeline=timeline)


def _moments(document: Postmortem) -> Iterator[datetime]:
    for part in (document.times, *document.timeline):
        yield from (value for _, value in part.items() if isinstance(value, datetime))


def _moved(part: P, home: str, zone: str) -> P:
    moments = {name: value for name, value in part.items() if isinstance(value, datetime)}
    return part.but(**{name: _in_zone(at, home, zone) for name, at in moments.items()})


def _in_zone(at: datetime, home: str, zone: str) -> datetime:
    if at.tzinfo is None:
        try:
            at = localise(at, home)
        except TimeError as error:
            raise ExportError(error.what, remedy=error.remedy) from None
    return in_zone(at, zone)
