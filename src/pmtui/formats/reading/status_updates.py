"""The updates of a status page as entries: the state, what is said, and when below it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import starts_with_digit_time
from pmtui.formats.reading.moments import leading_when
from pmtui.formats.reading.update_lines import Head, ends_updates, head_of, stamp_of

_FEWEST = 2
"""The updates that make a status page."""

_LONGEST = 12
"""The paragraphs of one update."""

_NEAR = 3
"""The lines among which the time stands of an update that no mark shows to be one."""

STAMPED = "@"
"""The mark of the items that updates become."""


@dataclass(frozen=True, slots=True)
class _Update:
    begin: int
    end: int
    item: Block


def with_updates(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each update of a status page as one item that begins with its time."""
    updates = list(_Page(blocks).updates())
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


class _Page:
    """The updates among the blocks of a page, whose times all stand at the same place."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        found = ((at, head_of(block)) for at, block in enumerate(blocks))
        self._heads = {at: head for at, head in found if head is not None}
        if not any(head.is_pending for head in self._heads.values()):
            # Without a state of an incident that goes on they may be a list of key times.
            self._heads = {at: head for at, head in self._heads.items() if head.is_plain}
        self._stamps_first = _stamps_first(blocks, self._heads)

    def updates(self) -> Iterator[_Update]:
        """The updates in their order."""
        at = 0
        while at < len(self._blocks):
            update = self._update(at)
            if update is not None:
                yield update
            at = update.end if update else at + 1

    def _update(self, at: int) -> _Update | None:
        first = self._blocks[at]
        if told := _told_at_once(first):
            return _Update(at, at + 1, told)
        head = self._heads.get(at)
        if head is None or _is_postmortem(first):
            # Below the word "postmortem" stands the whole of it rather than one update.
            return None
        if own := _own_stamp(head.said):
            return self._made(at, at + 1, own, head.state, [head.said])
        if head.stamp:
            return self._with_body(at, at, head.stamp, head)
        if self._stamps_first:
            stamp = stamp_of(self._blocks[at - 1]) if at else ""
            return self._with_body(at - 1, at, stamp, head) if stamp else None
        return self._with_stamp_below(at, head)

    def _with_body(self, begin: int, at: int, stamp: str, head: Head) -> _Update:
        """The update from `begin` on whose time is known, with what stands below its head."""
        body = self._body(at + 1, close=bool(head.said))
        said = [head.said, *body] if head.said else body
        return self._made(begin, at + 1 + len(body), stamp, head.state, said)

    def _with_stamp_below(self, at: int, head: Head) -> _Update | None:
        said = [head.said] if head.said else []
        reach = _NEAR if head.is_bare else _LONGEST
        for end in range(at + 1, min(len(self._blocks), at + 1 + reach)):
            block = self._blocks[end]
            if block.kind not in ("text", "item") or end in self._heads:
                return None
            if stamp := stamp_of(block):
                # The time may stand between the state and what is said.
                body = [] if said else self._body(end + 1, upto=at + 1 + _LONGEST)
                return self._made(at, end + 1 + len(body), stamp, head.state, [*said, *body])
            said.append(block.text)
        return None

    def _body(self, begin: int, *, close: bool = False, upto: int = 0) -> list[str]:
        """The paragraphs of an update from `begin` on, if `close` only those without a gap."""
        said: list[str] = []
        for at in range(begin, min(upto or begin + _LONGEST, len(self._blocks))):
            block = self._blocks[at]
            if block.kind not in ("text", "item") or at in self._heads:
                break
            if stamp_of(block) or ends_updates(block):
                break
            if close and block.line > self._blocks[at - 1].end:
                break
            said.append(block.text)
        return said

    def _made(self, begin: int, end: int, stamp: str, state: str, said: Sequence[str]) -> _Update:
        lines = "\n".join(said)
        text = f"{stamp} – {state}{': ' if lines else ''}{lines}"
        first, last = self._blocks[begin], self._blocks[end - 1]
        item = Block("item", text, first.line, last.end, 1, mark=STAMPED, source=f"- {text}")
        return _Update(begin, end, item)


def _stamps_first(blocks: Sequence[Block], heads: Mapping[int, Head]) -> bool:
    """Whether the time of each update stands above its state, and none below the last of them."""
    if not heads:
        return False
    first, last = min(heads), max(heads)
    below = blocks[last + 1 : last + 1 + _LONGEST]
    return (
        len(heads) >= _FEWEST
        and first > 0
        and bool(stamp_of(blocks[first - 1]))
        and not any(map(stamp_of, below))
    )


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


def may_hold_updates(name: str, blocks: Sequence[Block]) -> bool:
    """Whether updates of a status page may stand in a part, which a list of other events is not."""
    if name != "timeline":
        return name in _HOLDS_UPDATES
    first = [block for block in blocks[:3] if block.mark != STAMPED]
    return not any(b.kind == "table" or starts_with_digit_time(b.text.strip()) for b in first)


_HOLDS_UPDATES = frozenset(("", "preamble", "summary"))
"""The parts beside a timeline that may hold the updates of a status page."""
