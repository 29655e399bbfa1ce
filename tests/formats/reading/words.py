"""Which words of a source are nowhere in what was made of it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pmtui.core.clock.zones import is_abbreviation
from pmtui.core.document import Postmortem
from pmtui.formats.markdown import render

_WORD = re.compile(r"[^\W\d_]+")
_OF_TIMES = frozenset("am pm a p m at by on t h hrs uhr".split())
"""Words that belong to written times, which the document holds as moments."""


def words(text: str) -> Counter[str]:
    """The words of `text`: runs of letters, in small ones, without those of times and zones."""
    found = (word for word in _WORD.findall(text) if not (word.isupper() and is_abbreviation(word)))
    return Counter(word for word in map(str.casefold, found) if word not in _OF_TIMES)


def missing_words(source: str, document: Postmortem) -> Counter[str]:
    """The words of `source` that neither the fields nor the house Markdown of `document` hold."""
    fields = words("\n".join(_strings(document.as_dict())))
    return words(source) - (fields | words(render(document)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
