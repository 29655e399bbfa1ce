"""What stands around the entries of a timeline rather than being one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import When, leading_when
from pmtui.formats.reading.names import label_of
from pmtui.formats.reading.rows import Row, is_timed


def are_joined(before: Block, block: Block) -> bool:
    """Whether nothing stands between two lines: no empty line, no end of an HTML paragraph."""
    if block.source is not None:
        return before.line == block.line
    return before.end == block.line


def is_apart(rows: Sequence[Row], last: int) -> bool:
    """Whether prose stands between the entries, the last of which is timed, and what follows."""
    return last > 0 and bool(rows) and rows[-1].kind == "outro"


_ASKED = re.compile(
    r"(?:when|how|who|what|which|why)\b.*\?"
    r"|(?:when|how|what|which)\s(?:was|were|is|the|team)\b[^.:,]*"
    r"|actions? taken|misleading\b[^.:,]*\b(?:paths?|investigations?)\b[^.:,]*",
    re.IGNORECASE,
)


def asks(block: Block) -> bool:
    """Whether a line only says what an assignment asks about the entry below it."""
    said = inline.words(block.text).strip(" :")
    return len(said.split()) <= _MOST_ASKED and bool(_ASKED.fullmatch(said))


_MOST_ASKED = 10
"""The words of such a line."""


def is_category(
    blocks: Sequence[Block], whens: Mapping[int, When | None], at: int, *, began: bool
) -> bool:
    """Whether an item without a time only leads on to the timed ones under it.

    Once the entries `began` it may be a point of the one before.
    """
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None or not is_timed(whens[id(following)]):
        return False
    under = following.depth > blocks[at].depth and following.kind == "item"
    beside = following.kind == "text" and (not began or following.depth >= blocks[at].depth)
    return under or beside


def tells(blocks: Sequence[Block], whens: Mapping[int, When | None], at: int) -> bool:
    """Whether what stands under a heading is its own text rather than timed entries."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    return following is not None and following.kind == "text" and not is_timed(whens[id(following)])


_SENTENCE_ENDS = re.compile(
    r"\s*(?:\([A-Z][A-Z0-9:+-]{1,8}\))?(?:\s*onwards?)?(?:\s*\([^()]{1,80}\))?[\s)]*(?:[.;]|$)"
)


def labelled_when(text: str, own: str) -> When | None:
    """The time behind a label, with which a sentence of the line ends: "Noticed: 3 May, 9:00."."""
    label, colon, value = text[:_REACH].partition(":")
    if not colon or any(letter.isdigit() for letter in label) or not value[:1].isspace():
        return None
    value = value.strip()
    when = leading_when(value, own)
    if when is None or when.clock is None:
        return None
    rest = value[when.end :]
    ends = value[: when.end].rstrip().endswith((".", ";")) or _SENTENCE_ENDS.match(rest)
    return when if ends or label_of(label) in _MOMENTS else None


_MOMENTS = frozenset(("started", "detected", "acknowledged", "mitigated", "resolved", "closed"))
"""What is a moment by its label, whatever is told behind the time."""


def with_labels_joined(rows: Sequence[Row]) -> list[Row]:
    """`rows` in which a line that is only a label belongs to the untimed line below it.

    A single such line may be an event on its own; two or more are the manner of the writer.
    """
    leads = {at for at in range(len(rows) - 1) if _labels(rows[at], rows[at + 1])}
    if len(leads) < _MANNER:
        return list(rows)
    joined: list[Row] = []
    for at, row in enumerate(rows):
        if at - 1 in leads:
            label = joined.pop()
            row.text = f"{label.text} {row.text}"
            row.line = label.line
            row.links = label.links + row.links
            row.images = label.images + row.images
        joined.append(row)
    return joined


_MANNER = 2
_LABEL_WORDS = 5


def _labels(row: Row, following: Row) -> bool:
    alone = row.kind == following.kind == "entry" and not row.lead and not following.lead
    return (
        alone
        and row.text.endswith(":")
        and len(row.text.split()) <= _LABEL_WORDS
        and not following.text.endswith(":")
    )


def is_dated(block: Block) -> bool:
    """Whether a line begins with a day of the calendar and tells what was then."""
    words = inline.words(block.text[:_REACH])
    when = leading_when(words)
    if when is None or not when.is_day or when.day is None or not when.day.month:
        return False
    return len(words[when.end :].split()) >= _FEWEST_WORDS


_DAY_MARK = re.compile(r"\s*[)\]]?(?:\s*[:|]|\s+[–—-]|[–—-]\s)")
_MORE_DAYS = re.compile(
    r"(?:to|until|till|through|and|&|or)\b|[–—-]"
    r"|[0-9]{1,4}(?:st|nd|rd|th)?(?:\s*[:|–—-]|\s+(?:and|to|[A-Z][a-z]{2,8}\s*[:|–—-])|,)"
)
"""What goes on with a range or a list of days."""

_BOLD_HEAD = re.compile(r"(?:\*\*|__)(?P<head>[^*_]{3,40})(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class DayAtHead:
    """The day that an entry without a clock time begins with, how it stands there, and the rest."""

    when: When
    lead: str
    rest: str


def day_at_head(written: str, words: str) -> DayAtHead | None:
    """The day of the calendar at the head of an entry, set apart by a mark or by bold.

    `words` are those of `written`, which has its marks.
    """
    when = leading_when(words)
    if when is None or not when.is_day or when.day is None or not when.day.month:
        return None
    lead, rest = words[: when.end], words[when.end :].strip()
    bold = _BOLD_HEAD.match(written)
    is_bold = bold is not None and bold["head"].strip(" :–—-") == lead.strip(" :–—-")
    if not rest or not (is_bold or _DAY_MARK.match(words, when.day.end)):
        return None
    more = leading_when(rest)
    if _MORE_DAYS.match(rest) or (more is not None and more.is_day):
        return None
    return DayAtHead(replace(when, day_words=lead.strip(" :|–—-")), lead, rest)


def stands_under_day(rows: Sequence[Row], blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph right below the heading of a day tells what was on it."""
    below = at > 0 and blocks[at - 1].kind == "heading" and bool(rows) and rows[-1].kind == "day"
    return below and len(blocks[at].text.split()) >= _FEWEST_WORDS * 2


_REACH = 200
_FEWEST_WORDS = 4
"""The words of a line that tells something."""


def is_about(block: Block, began: bool) -> bool:
    """Whether an item before all others tells the zone of the entries."""
    return not began and label_of(_label_name(block.text)) == "timezone"


def _label_name(text: str) -> str:
    return inline.words(text[:80]).partition(":")[0]
