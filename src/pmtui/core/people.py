"""The people that a document names, and whom a typed name means."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from pmtui.core.document import Postmortem
from pmtui.core.remembering import from_parts


@from_parts("timeline", "people", "tasks")
def everybody(document: Postmortem) -> Sequence[str]:
    """Everybody named in the document, by name."""
    found = set(map(attrgetter("who"), document.timeline))
    found.update(person.name for person in document.people)
    found.update(task.owner for task in document.tasks)
    return sorted(found - {""}, key=str.casefold)


def recognised(name: str, names: Iterable[str]) -> str:
    """`name` as it is written among `names`, whatever its case; itself where it is not there."""
    spellings = [known for known in names if known.casefold() == name.casefold()]
    return name if name in spellings or not spellings else spellings[0]
