"""The updates of a status page as entries: the state, what is said, and when below it."""

import re
from collections.abc import Iterator, Sequence

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import starts_with_digit_time
from pmtui.formats.reading.moments import leading_when

_STATE = re.compile(
    r"(?P<mark>\*\*|__|\*|_)?(?P<state>(?:Partially )?Resolved"
    r"|Monitoring|Identified|Investigating|Update|Completed"
    r"|In progress|Scheduled|Verifying|Postmortem|Recovering)(?:\*\*|__|\*|_)?\s*"
    r"(?:[-–—:]+\s*(?P<rest>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)
_POSTED = re.compile(r"^(?:(?:last )?(?:posted|updated|published)(?: on| at)?:?\s*)", re.IGNORECASE)
_FEWEST = 2
"""The updates that make a status page."""

_LONGEST = 12
"""The paragraphs of one update."""

STAMPED = "@"
"""The mark of the items that updates become."""


@dataclass(frozen=True, slots=True)
class _Update:
    begin: int
    end: int
    item: Block


def with_updates(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each update of a status page as one item that begins with its time."""
    updates = list(_updates(blocks))
    headed = any(_is_postmortem(block) or _announces(block) for block in blocks)
    if len(updates) + headed < _FEWEST:
        return list(blocks)
    result: list[Block] = []
    at = 0
    for update in updates:
        result += blocks[at : update.begin]
        result.append(update.item)
        at = update.end
    return [*result, *blocks[at:]]


def _updates(blocks: Sequence[Block]) -> Iterator[_Update]:
    at = 0
    while at < len(blocks):
        update = _update(blocks, at)
        if update is not None:
            yield update
        at = update.end if update else at + 1


def _update(blocks: Sequence[Block], at: int) -> _Update | None:
    if told := _told_at_once(blocks[at]):
        return _Update(at, at + 1, told)
    head = _state(blocks[at])
    if head is None:
        return None
    if _is_postmortem(blocks[at]):
        # What follows is the whole of it rather than one update.
        return None
    said = [head["rest"]] if head["rest"] else []
    if head["rest"] and (own := _own_stamp(head["rest"])):
        first = blocks[at]
        text = f"{own} – {head['state']}: {head['rest']}"
        item = Block("item", text, first.line, first.end, 1, mark=STAMPED, source=f"- {text}")
        return _Update(at, at + 1, item)
    end = at + 1
    while end < len(blocks) and end - at <= _LONGEST:
        block = blocks[end]
        if block.kind not in ("text", "item") or _state(block):
            return None
        if stamp := _stamp(block):
            end += 1
            if not said:
                # The time stands between the state and what is said.
                while end < len(blocks) and blocks[end].kind in ("text", "item"):
                    if _state(blocks[end]) or _stamp(blocks[end]) or end - at > _LONGEST:
                        break
                    said.append(blocks[end].text)
                    end += 1
            lines = "\n".join(said)
            text = f"{stamp} – {head['state']}{': ' if lines else ''}{lines}"
            first = blocks[at]
            item = Block(
                "item", text, first.line, blocks[end - 1].end, 1, mark=STAMPED, source=f"- {text}"
            )
            return _Update(at, end, item)
        said.append(block.text)
        end += 1
    return None


_ADDED = re.compile(r"(?P<mark>\*\*|__|)(?P<state>UPDATE|Update|EDIT|Edit)\b")


def _told_at_once(block: Block) -> Block | None:
    """A line that was added to a text with its date: "UPDATE 7 May 19:27 UTC - All is back"."""
    added = _ADDED.match(block.text) if block.kind == "text" and not block.depth else None
    if added is None:
        return None
    rest = block.text[added.end() :]
    if added["mark"]:
        rest = rest.replace(added["mark"], "", 1)
    rest = rest.lstrip(" :([")
    when = leading_when(rest)
    if when is None or when.clock is None or when.begin:
        return None
    told = rest[when.end :].lstrip(" :–-)]")
    if not told.strip():
        return None
    text = f"{rest[: when.end].strip(' :–-)]')} – {added['state']}: {told}"
    return Block("item", text, block.line, block.end, 1, mark=STAMPED, source=f"- {text}")


def _is_postmortem(block: Block) -> bool:
    """Whether a heading stands above the postmortem that a status page shows with its updates."""
    return block.kind == "heading" and block.text.strip().casefold() in _POSTMORTEM


def _announces(block: Block) -> bool:
    """Whether a heading says that updates stand below it, be it only one."""
    return block.kind == "heading" and block.text.strip(" :").casefold() == "updates"


_POSTMORTEM = frozenset(("postmortem", "post-mortem", "post mortem"))

_AT_END = re.compile(
    r"(?:\{\{<[^>]*?|[(\[])\"?(?P<stamp>[^\"<>()\[\]{}]{8,60})\"?\s*(?:>\}\}|[)\]])\s*$"
)


def _own_stamp(text: str) -> str:
    """The date and time in brackets, or in a shortcode, that an update ends with."""
    found = _AT_END.search(text[-200:])
    when = leading_when(found["stamp"]) if found else None
    return found["stamp"].strip() if found and when and when.clock and when.day else ""


def _state(block: Block) -> re.Match[str] | None:
    if block.kind not in ("text", "heading") or len(block.text) > 8000:
        return None
    found = _STATE.fullmatch(block.text.strip())
    if found is None or (found["rest"] and not found["mark"]):
        return None
    return found


def may_hold_updates(name: str, blocks: Sequence[Block]) -> bool:
    """Whether updates of a status page may stand in a part, which a list of other events is not."""
    if name != "timeline":
        return name in _HOLDS_UPDATES
    first = [block for block in blocks[:3] if block.mark != STAMPED]
    return not any(b.kind == "table" or starts_with_digit_time(b.text.strip()) for b in first)


_HOLDS_UPDATES = frozenset(("", "preamble", "summary"))
"""The parts beside a timeline that may hold the updates of a status page."""


def is_posted(text: str) -> bool:
    """Whether a line says when something was published rather than when it was."""
    return len(text) < _SHORT_LINE and bool(_POSTED.match(text))


_SHORT_LINE = 80
"""The characters of a line that can be nothing but a time."""


def _stamp(block: Block) -> str:
    """The time that is all that a block says, "" where it says anything else."""
    if len(block.text) >= _SHORT_LINE:
        return ""
    words = _POSTED.sub("", inline.words(block.text).strip())
    when = leading_when(words)
    if when is None or when.clock is None or words[when.end :].strip(" .()"):
        return ""
    return words
