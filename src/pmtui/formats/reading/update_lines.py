"""The lines of an update of a status page: what names its state, and what says when it was."""

import re

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.names import label_of

_STATE = re.compile(
    r"(?P<mark>\*\*|__|\*|_|\[)?(?P<state>(?:Partially )?Resolved"
    r"|Monitoring|Identified|Investigating|Update|Completed"
    r"|In progress|Scheduled|Verifying|Postmortem|Recovering)(?:\*\*|__|\*|_|\])?\s*"
    r"(?:(?P<joint>[-–—:·•|,]+|(?<=[\])])|(?<=\*)|(?=\())\s*(?P<rest>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)
_POSTED = re.compile(
    r"^(?:(?:last )?(?:posted|updated|published)(?: [0-9]{1,4} \w{3,10} ago[.,]?)?"
    r"(?: on| at)?:?\s*)",
    re.IGNORECASE,
)
_PENDING = frozenset(("monitoring", "identified", "investigating", "update", "verifying"))
"""The states of which a page of updates has one at least; a list of key times has none."""

_LONGEST_HEAD = 8000
_SHORT_LINE = 80
"""The characters of a line that can be nothing but a time."""

_JOINT = " :·•|–—-"
"""What stands between a time and the text behind it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The line that names the state of an update, and what else stands on it.

    `is_bare` says that no mark shows the line to be one, although a text stands on it.
    """

    state: str
    said: str = ""
    stamp: str = ""
    is_bare: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the state stands alone, or is marked, above a time of its own."""
        return not (self.is_bare or self.stamp)

    @property
    def is_pending(self) -> bool:
        """Whether the incident was still going on."""
        return self.state.casefold() in _PENDING


def head_of(block: Block) -> Head | None:
    """The state that a line names at its beginning, None where it is no head of an update."""
    if block.kind not in ("text", "heading") or len(block.text) > _LONGEST_HEAD:
        return None
    found = _STATE.fullmatch(block.text.strip())
    if found is None:
        return None
    state, rest, joint = found["state"], found["rest"] or "", found["joint"] or ""
    if not rest:
        return Head(state)
    if ":" not in joint and (told := _begins_with_stamp(rest)):
        return Head(state, told[1], told[0])
    if not joint.strip():
        return None
    if found["mark"]:
        return Head(state, rest)
    return Head(state, rest, is_bare=True) if joint in ("-", "–", "—") else None


def _begins_with_stamp(text: str) -> tuple[str, str] | None:
    """The time that a text begins with and what is said behind it; None for a text without one."""
    bare = text.removeprefix("(")
    plain = inline.words(bare[: _SHORT_LINE * 2])
    posted = _POSTED.match(plain)
    begin = posted.end() if posted else 0
    when = leading_when(plain[begin:])
    if when is None or when.clock is None or when.begin:
        return None
    stamp = plain[begin : begin + when.end].strip(f"{_JOINT}()")
    at = bare.find(stamp)
    if at < 0:
        return None
    rest = bare[at + len(stamp) :]
    behind = rest.lstrip(")*_ ")
    apart = not behind or behind[0] in _JOINT or "\n" in rest[: len(rest) - len(behind)]
    return (stamp, behind.lstrip(f"{_JOINT}\n")) if apart else None


def stamp_of(block: Block) -> str:
    """The time that is all that a block says, "" where it says anything else."""
    if len(block.text) >= _SHORT_LINE or block.kind not in ("text", "item"):
        return ""
    words = _POSTED.sub("", inline.words(block.text).strip())
    when = leading_when(words)
    if when is None or when.clock is None or words[when.end :].strip(" .()"):
        return ""
    return words


def is_posted(text: str) -> bool:
    """Whether a line says when something was published rather than when it was."""
    return len(text) < _SHORT_LINE and bool(_POSTED.match(text))


def ends_updates(block: Block) -> bool:
    """Whether a line below the updates tells of the whole incident: "Date: 11 July 2024"."""
    plain = inline.words(block.text[:_SHORT_LINE])
    label, colon, _ = plain.partition(":")
    return bool(colon) and (bool(_AFFECTED.match(plain)) or bool(label_of(label)))


_AFFECTED = re.compile(r"this (?:incident|maintenance) (?:has )?affect\w+", re.IGNORECASE)
