"""Finding words as a reader would: whole, not in a quotation or in code, and not where denied."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pmtui.core.checks import languages
from pmtui.core.clock.dates import MONTHS
from pmtui.core.remembering import of_text

Span = tuple[int, int]
"""Where words begin and end in their text, in characters."""

MONTH = rf"(?:{'|'.join((*MONTHS, *(name[:3] for name in MONTHS), 'Sept'))})"
"""A pattern for the name of a month, whole or short."""

_QUOTED = re.compile(
    r"```.*?(?:```|\Z)"
    r"|`[^`\n]+`"
    r"|^[ \t]*>[^\n]*"
    r"|<[^<>\s@]{1,200}@[^<>\s]{1,200}>"
    r"|\"[^\"\n]{0,2000}\""
    r"|“[^“”\n]{0,2000}”|„[^„“”\n]{0,2000}[“”]|«[^«»\n]{0,2000}»"
    r"|(?<![\w’'])'[^'\n]{1,2000}'(?!\w)"
    r"|(?<![\w’'])‘[^‘’\n]{1,2000}’(?!\w)"
    r"|^[ \t]*(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?[ \t]+[\w.-]{1,24}:|<[\w .-]{1,24}>|@[\w.-]{1,24}:"
    r"|[a-z][\w.-]{1,23}:)[ \t][^\n]*"
    r"|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
"""What others said, or machines: quotations, code, block quotes, chat lines, addresses."""

_DENIAL = re.compile(
    rf"(?:\b(?:{'|'.join(languages.DENIALS)}|no|not|never|without|none|neither|nor|nobody|zero|cannot|isn|wasn|weren|didn|don|doesn"
    r"|couldn|avoid\w*|prevent\w*|rather than|instead of|ruled out|risk of|rules? out"
    r"|against|potential|possible|possibly|nothing)\b|n[’']t\b)"
    r"(?:[ \t]+[\w’'/%-]+){0,4}[ \t]*\Z",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"[ \t]*(?:(?:was|were|is|are|did|does|has|have|had|has been|could be|wurde|wurden|gab es|se"
    r"|fue|a été|ont été|foi)[ \t]+)?"
    r"(?:not\b|never\b|n[’']t\b|(?:been[ \t]+)?(?:avoided|prevented|averted|ruled out|excluded)"
    r"|nicht\b|keine?\b|verhindert|vermieden|ausgeschlossen|evit(?:ó|ad[oa]|ée?)\b|descartad[oa]|écartée?)",
    re.IGNORECASE,
)
_FEW = 4
"""A text of fewer words is in no language in particular."""

_LONGEST = 500
"""Characters of the longest match that is looked for in a long text."""

_CLAUSE = re.compile(r"[.;:!?\n]|\bbut\b|\bhowever\b|\balthough\b|\bso\b|\bthen\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of these phrases, whole and in any case; a blank stands for any blanks.

    A phrase may end in `*`: any letters may follow then.
    """
    longest_first = sorted(words, key=len, reverse=True)
    parts = [
        re.escape(word.strip().removesuffix("*")).replace(r"\ ", r"[ \t\n]+")
        + (r"\w*" if word.strip().endswith("*") else "")
        for word in longest_first
        if word.strip().strip("*")
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)", re.IGNORECASE)


def matches(
    pattern: re.Pattern[str], text: str, longest: int = _LONGEST
) -> Iterator[re.Match[str]]:
    """What `pattern` finds in `text`, piece by piece: other threads run only between two of them.

    The pattern must not ask for the end of the text; matches have up to `longest` characters.
    """
    at = 0
    while at <= len(text):
        stop = at + 4 * longest
        end = stop + longest
        is_last = end >= len(text)
        for found in pattern.finditer(text, at, end):
            if found.start() >= stop and not is_last:
                break
            yield found
            at = found.end()
        if is_last:
            return
        at = max(at, stop)


@of_text
def quotations(text: str) -> tuple[Span, ...]:
    """The parts of `text` that are quotations, code or chat lines."""
    if not any(sign in text for sign in "\"“„«'‘`>:<"):
        return ()
    return tuple(found.span() for found in _QUOTED.finditer(text))


@of_text
def spoken(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """Where `pattern` is found outside of quotations."""
    found = [match.span() for match in matches(pattern, text)]
    if not found:
        return ()
    quoted = quotations(text)
    return tuple(span for span in found if not _within(span, quoted))


@of_text
def asserted(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """Where `pattern` is found outside of quotations and is not denied ("no data loss")."""
    return tuple(span for span in spoken(text, pattern) if not is_denied(text, span))


def is_judged(text: str) -> bool:
    """Whether the absence of words in `text` means anything: they are known in its language."""
    return len(text.split()) < _FEW or languages.language(text) in languages.KNOWN


def is_denied(text: str, span: Span) -> bool:
    """Whether the clause says that this did not happen."""
    begin, end = span
    before = text[max(0, begin - 60) : begin]
    breaks = [found.end() for found in _CLAUSE.finditer(before)]
    clause = before[breaks[-1] :] if breaks else before
    return bool(_DENIAL.search(clause) or _DENIED_AFTER.match(text, end))


def _within(span: Span, ranges: Iterable[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in ranges)
