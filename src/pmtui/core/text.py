"""What text may be in a document: LF line ends, no control characters.

So every document round-trips through TOML and none can steer a terminal.
"""

import re

from pmtui.core.lazy_pattern import pattern

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|\x0c|\u2028|\u2029|\x85")
_LINE_ENDS = "\r\x0c\u2028\u2029\x85"
_BLANK = re.compile(r"[\n\t ]+")
_PLACEHOLDER = pattern(
    r"[\W_]*(?:(?:todo|tbd|tba|tbc|fixme|xxx+|to be (?:determined|decided|done|written|confirmed"
    r"|added|announced|filled in|completed)|fill (?:me |this )?in|lorem ipsum[^.]*)[\W_]*)?",
    re.IGNORECASE,
)
_LONGEST_PLACEHOLDER = 200
"""Characters from which on a text that is not blank says something."""


def find_control(text: str) -> str | None:
    """The first control character or lone surrogate in `text`, None where there is none."""
    found = _CONTROL.search(text)
    return found.group() if found else None


def normalise(text: str) -> str:
    """`text` with every kind of line end (CRLF, CR, FF, NEL, U+2028, U+2029) as LF."""
    # To look for each by itself is far quicker than to search for all in a long text.
    return _LINE_END.sub("\n", text) if any(end in text for end in _LINE_ENDS) else text


def replace_controls(text: str) -> str:
    """`text` with LF line ends and U+FFFD for each character that a document refuses."""
    if text.isprintable():
        return text
    return _CONTROL.sub("\ufffd", normalise(text))


def one_line(text: str) -> str:
    """`text` on one line: runs of blanks and line ends become one space, the ends are cut."""
    return _BLANK.sub(" ", replace_controls(text)).strip(" ")


def has_words(text: str, wanted: str) -> bool:
    """Whether `text` holds each of the words in `wanted`, in any case and any order."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def plural(number: int, noun: str) -> str:
    """`1 event`, `3 events`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def counted(number: int, noun: str) -> str:
    """`an event`, `a task`, `3 events`: as a sentence counts."""
    article = "an" if noun[0] in "aeiou" else "a"
    return f"{article} {noun}" if number == 1 else plural(number, noun)


def offset_of(text: str, spot: tuple[int, int]) -> int:
    """How many characters of `text` come before a row and column."""
    row, column = spot
    return sum(len(line) + 1 for line in text.split("\n")[:row]) + column


def spot_of(text: str, offset: int) -> tuple[int, int]:
    """The row and column that `offset` characters of `text` come before."""
    above = text[:offset].split("\n")
    return len(above) - 1, len(above[-1])


def says_nothing(text: str) -> bool:
    """Whether a text is blank, or holds the place of what is to come: "TBD", "???"."""
    plain = text.strip()
    return len(plain) <= _LONGEST_PLACEHOLDER and bool(_PLACEHOLDER.fullmatch(plain))
