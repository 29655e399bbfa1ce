"""Whether a text is a whole postmortem rather than a few lines of one."""

import itertools
import re

from pmtui.core.lazy_pattern import pattern
from pmtui.formats.reading import is_html
from pmtui.formats.reading.names import label_of

_HEADING = pattern(r"#{1,6}[ \t]+\S|\*\*[^*]+\*\*:?[ \t]*$|<h[1-6]\b", re.IGNORECASE)
_UNDERLINE = pattern(r"(?:={3,}|-{3,})[ \t]*$")
_TIMED = pattern(r"\W{0,6}(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}(?::|h)\d\d\b")
_MOST_LINES = 2000
_FEWEST = 6
"""Lines of a document whose headings have no marks."""

_LONGEST = 60
"""Characters of a line that can be the name of a part."""


def is_document(text: str) -> bool:
    """Whether `text` has headings of its own, and parts of a postmortem or times below them.

    A list of events is none, however long; nor is a paragraph.
    """
    if is_html(text):
        return True
    lines = [line.strip() for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    headings = [line for line in lines if _HEADING.match(line)]
    headings += [
        line
        for line, below in itertools.pairwise(lines)
        if line and _UNDERLINE.match(below) and not _HEADING.match(line)
    ]
    # A name that no mark shows to be a heading stands alone on its line.
    bare = [line for line in lines if 0 < len(line) <= _LONGEST and not line.startswith("#")]
    parts = {label_of(line.strip("#*: ")) for line in (*headings, *bare) if ":" not in line[:-1]}
    parts -= {""}
    timed = sum(bool(_TIMED.match(line)) for line in lines)
    headed = len(headings) > 1 and (bool(parts) or timed > 1)
    return headed or (len(parts) > 1 and sum(map(bool, lines)) >= _FEWEST)
