"""What of a document is shown to others: all but what is marked internal."""

from pmtui.core.document import Entry, Postmortem


def public(document: Postmortem) -> Postmortem:
    """`document` without its internal entries, which no duration tells either, and empty ones."""
    entries = tuple(e for e in document.timeline if not e.internal and _says_something(e))
    if len(entries) == len(document.timeline):
        return document
    return document.but(timeline=entries)


def _says_something(entry: Entry) -> bool:
    words = (entry.text, entry.who, entry.source, entry.link)
    return bool(entry.at or entry.until or entry.kind != "note" or any(map(str.strip, words)))
