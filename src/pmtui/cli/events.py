"""Events from outside the editor: read, put into a document, and told back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from pmtui.cli.adding import Line, add, typed
from pmtui.cli.documents import settings
from pmtui.cli.streams import say
from pmtui.core.clock.zones import in_zone
from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.ids import random_id
from pmtui.core.lines.entries import fields_of, frame_for
from pmtui.core.lines.quickline import read_entry
from pmtui.core.people import everybody, recognised
from pmtui.core.text import one_line
from pmtui.errors import PmtuiError
from pmtui.formats import wording


class Added(NamedTuple):
    """An event that was added, and what was assumed about its time."""

    entry: Entry
    note: str


def add_events(file: str, words: Sequence[str], create: bool = False) -> None:
    """Add the event in `words` to `file`, or those on standard input, and print each as understood.

    With `create` a file that is not there is started.

    Raises:
        TimeError, EditError: A line is refused; the file stays as it was.
        StorageError: The file cannot be read or written.
    """
    lines, (preferences, _) = typed(words, "event"), settings()
    now = datetime.now().astimezone()
    document, added = add(
        file, preferences, create, lambda held: with_events(held, lines, now, preferences.name)
    )
    for each in added:
        say(described(document, each))


def with_events(
    document: Postmortem, lines: Iterable[Line], now: datetime, me: str = ""
) -> tuple[Postmortem, tuple[Added, ...]]:
    """The document with an entry for each line, each read against the one before it.

    `me` is who @me is.

    Raises:
        TimeError, EditError: A line is refused.
    """
    added: list[Added] = []
    lines = tuple(lines)
    if len(lines) > 1:
        from pmtui.core.lines.batches import without_bullet

        lines = tuple(line._replace(text=without_bullet(line.text)) for line in lines)
    for line in lines:
        last = added[-1].entry if added else None
        try:
            frame = frame_for(document, in_zone(now, document.timezone), last.id if last else "")
            read = read_entry(line.text, frame)
            read = replace(read, who=recognised(read.who, everybody(document)))
            taken = {each.id for each in document.timeline}
            entry = Entry(id=random_id(taken), **fields_of(read, me))
        except PmtuiError as error:
            error.where = error.where or line.where
            raise
        document = timeline.add(document, entry, after=last.id if last else "")
        added.append(Added(entry, read.note))
    return document, tuple(added)


def described(document: Postmortem, added: Added) -> str:
    """The event as understood: `Wed 22 May 2024 14:05 UTC  detected  5xx alert fired  @ana`."""
    entry = added.entry
    when = "no time"
    if entry.at is not None:
        when = f"{wording.day(document, entry.at)} {wording.window(document, entry)}"
    who = f"@{entry.who}" if entry.who else ""
    hidden = "internal" if entry.internal else ""
    note = f"({added.note})" if added.note else ""
    parts = (when, entry.kind, one_line(entry.text), who, entry.link, hidden, note)
    return "  ".join(part for part in parts if part)
