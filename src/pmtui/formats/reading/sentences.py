"""The sentences of plain text, and the clauses of one that tells several times."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[.!?](?P<gap>[\"'”’)*_]*\s+)(?=[\"'“(*_]*[A-ZÀ-Ý0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|etc|vs|Dr|Mr|Mrs|Ms|No"
    r"|St)\.)\s*$",
    re.I,
)
_LONGEST = 12
"""The characters that an abbreviation has at most, and some before it."""

_CLAUSE = re.compile(
    r",?\s+(?=(?:and|then|and then|while)\s+(?:at|by"
    r"|around)\s+\W{0,3}[0-9])",
    re.I,
)


def clauses_of(text: str) -> Iterator[str]:
    """The sentences of `text`, and the clauses of one that tells several times."""
    for sentence in sentences(text):
        yield from (part.strip() for part in _clauses(sentence))


def _clauses(sentence: str) -> list[str]:
    times = len(re.findall(r"[0-9]{1,2}:[0-9]{2}", sentence))
    if times < 2:
        return [sentence]
    parts: list[str] = []
    at = 0
    for joint in _CLAUSE.finditer(sentence):
        comma = joint.start() + (sentence[joint.start()] == ",")
        parts.append(sentence[at:comma])
        at = joint.end()
    return [*parts, sentence[at:]]


def sentences(text: str) -> list[str]:
    """The sentences of plain text, each with its marks."""
    found: list[str] = []
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        gap = end.start("gap")
        if _ABBREVIATION.search(text[max(begin, gap - _LONGEST) : gap]):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found
