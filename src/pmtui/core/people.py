"""The people that a document names, and whom a typed name means."""

from collections.abc import Iterable

from pmtui.core.document import Postmortem


def everybody(document: Postmortem) -> list[str]:
    """Everybody named in the document, by name."""
    found = [entry.who for entry in document.timeline]
    found += [person.name for person in document.people]
    found += [task.owner for task in document.tasks]
    return sorted({name for name in found if name}, key=str.casefold)


def recognised(name: str, names: Iterable[str]) -> str:
    """`name` as it is written among `names`, whatever its case; itself where it is not there."""
    spellings = [known for known in names if known.casefold() == name.casefold()]
    return name if name in spellings or not spellings else spellings[0]
