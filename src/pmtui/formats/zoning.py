"""A document with its times told in another zone: the same instants by other clocks."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from pmtui.core.clock.zones import canonical_zone, in_zone
from pmtui.core.document import Part, Postmortem
from pmtui.errors import ExportError, TimeError

P = TypeVar("P", bound=Part)

_READ_THEM = "open the review (F5), and f on times.mixed-zones reads them in that of the incident"


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

    A time without a zone stays as it is: where its clock hung is not for an export to decide.

    Raises:
        ExportError: The document does not say on which day its clocks showed their times, or where
            on earth any of them did.
    """
    if zones in ((), (document.timezone,)):
        return document
    moments = tuple(_moments(document))
    if moments and all(at.tzinfo is None for at in moments):
        raise ExportError(
            "the times of the document have no time zone, so that they cannot be told in another",
            remedy=_READ_THEM if document.timezone else "set its time zone first",
        )
    if document.undated and moments:
        raise ExportError(
            "the document has no date, and what the clocks show elsewhere depends on it",
            remedy="set its date first",
        )
    times = _moved(document.times, zones[0])
    timeline = tuple(_moved(entry, zones[0]) for entry in document.timeline)
    return document.but(timezone=zones[0], times=times, timeline=timeline)


def _moments(document: Postmortem) -> Iterator[datetime]:
    for part in (document.times, *document.timeline):
        yield from (value for _, value in part.items() if isinstance(value, datetime))


def _moved(part: P, zone: str) -> P:
    moments = {name: value for name, value in part.items() if isinstance(value, datetime)}
    return part.but(**{name: in_zone(at, zone) for name, at in moments.items()})
