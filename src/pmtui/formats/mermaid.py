"""The timeline in the language of Mermaid, which GitHub, GitLab and many wikis draw as a picture.

Mermaid has no way to escape its own marks in a timeline, so those in a text are replaced by signs
that look alike; the text itself is in every other export.
"""

import re
from collections.abc import Sequence

from pmtui.core.document import MILESTONES, Entry, Postmortem
from pmtui.core.text import one_line
from pmtui.errors import ExportError
from pmtui.formats import wording
from pmtui.formats.exposure import public
from pmtui.formats.zoning import rezoned, zones_of

_LOOK_ALIKES = str.maketrans(
    {":": "∶", ";": "；", "#": "＃", "<": "‹", ">": "›", "`": "ˋ", "{": "｛", "}": "｝"}
)
_COMMENT = re.compile("%{2,}")
_UNTIMED = "no time"


def write(document: Postmortem, timezones: Sequence[str] = ()) -> bytes:
    """The timeline of `document` as a Mermaid file, its times in the first of `timezones`.

    Raises:
        ExportError: It has no timeline, or there is no such zone.
    """
    return source(rezoned(public(document), zones_of(timezones))).encode()


def source(document: Postmortem) -> str:
    """The Mermaid source that draws the timeline, a section for each day, ending in a line end.

    Raises:
        ExportError: It has no timeline.
    """
    if not document.timeline:
        raise ExportError("the timeline is empty, so there is nothing to draw")
    lines = ["timeline"]
    if title := _plain(document.title):
        lines.append(f"    title {title}")
    for day in wording.days(document):
        if day.name:
            lines.append(f"    section {_plain(day.name)}")
        lines += (f"        {_when(document, entry)} : {_what(entry)}" for entry in day.entries)
    return "".join(f"{line}\n" for line in lines)


def _when(document: Postmortem, entry: Entry) -> str:
    return _plain(wording.window(document, entry)) or _UNTIMED


def _what(entry: Entry) -> str:
    mark = entry.kind.upper() if entry.kind in MILESTONES else ""
    words = _plain(entry.text) or ("" if mark else entry.kind)
    return " – ".join(part for part in (mark, words) if part)


def _plain(text: str) -> str:
    plain = one_line(text).translate(_LOOK_ALIKES)
    return _COMMENT.sub(lambda found: "％" * len(found.group()), plain)
