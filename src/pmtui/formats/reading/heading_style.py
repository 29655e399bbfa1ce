"""How a document writes its headings, as far as all of its lines tell before any is read."""

import re
from collections.abc import Callable, Iterable, Sequence

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.labels import (
    LABEL,
    PRIMARY,
    SINGLE,
    is_loud,
    loud_label,
    run_in,
    stands_apart,
    stands_on_text,
)
from pmtui.formats.reading.names import label_of, part_of

_LINES = 4
"""The bare lines with a known name and a colon that show all such lines to be headings."""

_LOUD_LINES = 2
"""The same of lines in capitals."""

FEWEST_LOUD_LABELS = 3
"""The same of names in capitals before texts."""

_BOLD_LABELS = 4
"""The same of bold labels, whether their texts stand on the line or below."""

_LABELS_APART = 3
"""The same of bold labels that name what no marked heading does."""

_RUN_INS = 2
"""The same of bold words that a text goes on from."""

_QUESTIONS = 2
"""The same of bare lines that ask for a part: "What happened?"."""

_NO_TITLES = SINGLE | {""}
"""The names of bare lines that show no others to be headings."""

_LONGEST = 60
"""The characters of a line that is a heading."""


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """The forms that headings have in a document; `cause_and_fix` is where the last part begins
    that names both, -1 for none; `labels_apart` says that bold labels name several parts and that
    marked headings name none of these; `listed` that the bold labels of a list name the parts;
    `titles` that lines without any mark are headings; `questions` that lines which ask are.
    """

    headings: bool
    run_ins: bool
    lines: bool
    loud_lines: bool
    loud_labels: bool
    bold_labels: bool
    labels_apart: bool
    listed: bool
    titles: bool
    questions: bool
    cause_and_fix: int

    def is_alike(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a bare line looks as the headings with known names do."""
        if self.loud_lines and is_loud(blocks[at]):
            return True
        return self.lines and stands_apart(blocks, at)

    def stands_on_text(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a line without any mark is a heading right above its paragraph."""
        return self.titles and stands_on_text(blocks, at)

    def asks(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a line is a heading that asks for what stands below it."""
        if not self.questions or not is_question(blocks[at]) or at + 1 == len(blocks):
            return False
        own = _WHY.match(blocks[at].text) and not label_of(blocks[at].text)
        return not own and not is_question(blocks[at + 1])


_ASKS = re.compile(
    r"(?:[0-9]{1,2}[.)]\s+)?(?:what|when|where|who|whom|whose|which|how|why)(?:['’]s)?\b[^.!?]*\?",
    re.IGNORECASE,
)
_WHY = re.compile(r"why\b", re.IGNORECASE)
"""What may ask on for the cause of a cause, which no heading does."""


def is_question(block: Block) -> bool:
    """Whether a bare line of its own is a short question."""
    short = block.kind == "text" and not block.depth and len(block.text) <= _LONGEST
    return short and block.text.endswith("?") and bool(_ASKS.fullmatch(block.text))


def style_of(blocks: Sequence[Block]) -> HeadingStyle:
    """The forms that the headings among `blocks` have."""
    headed = [part_of(block.text) for block in blocks if block.kind == "heading"]
    marked = sum(map(bool, headed)) > 1
    apart = (block.text for at, block in enumerate(blocks) if stands_apart(blocks, at))
    loud = (block.text for block in blocks if is_loud(block))
    run_ins = (found["name"] for block in blocks if (found := run_in(block)))
    titles = (block.text for at, block in enumerate(blocks) if stands_on_text(blocks, at))
    labels = _parts(map(_bold_label, blocks), label_of)
    listed = (_label_of_item(block) for block in blocks)
    return HeadingStyle(
        headings=marked,
        run_ins=not marked and _known(run_ins, part_of) >= _RUN_INS,
        lines=_known(apart, label_of) >= _LINES,
        loud_lines=_known(loud, label_of) >= _LOUD_LINES,
        loud_labels=not marked and _known(map(loud_label, blocks), label_of) >= FEWEST_LOUD_LABELS,
        bold_labels=len(labels) >= _BOLD_LABELS,
        labels_apart=len(labels) >= _LABELS_APART and labels.isdisjoint(headed),
        listed=not marked and _known(listed, label_of) >= _BOLD_LABELS,
        titles=not marked and any(label_of(title) not in _NO_TITLES for title in titles),
        questions=not marked and _is_asked(blocks),
        cause_and_fix=_last_cause_and_fix(blocks),
    )


def _known(names: Iterable[str], meaning: Callable[[str], str]) -> int:
    """How many parts of a document the names stand for."""
    return len(_parts(names, meaning))


def _is_asked(blocks: Sequence[Block]) -> bool:
    """Whether more parts are asked for than named by other bare lines."""
    short = [b for b in blocks if b.kind == "text" and not b.depth and len(b.text) <= _LONGEST]
    asked = _known((block.text for block in short if is_question(block)), label_of)
    others = (block.text.strip(":： ") for block in short if not is_question(block))
    return asked >= _QUESTIONS and asked > _known(others, label_of)


def _parts(names: Iterable[str], meaning: Callable[[str], str]) -> frozenset[str]:
    return PRIMARY.intersection(map(meaning, names))


def is_listed(block: Block) -> bool:
    """Whether a block is an item of a list at the margin that begins in bold."""
    return block.kind == "item" and block.depth == 1 and block.text.startswith(("**", "__"))


def _label_of_item(block: Block) -> str:
    found = LABEL.fullmatch(block.text.strip()) if is_listed(block) else None
    return inline.words(found["name"]) if found else ""


def _bold_label(block: Block) -> str:
    if block.kind != "text" or block.depth or not block.text.startswith("**"):
        return ""
    found = LABEL.fullmatch(block.text.strip())
    return inline.words(found["name"]) if found else ""


def _last_cause_and_fix(blocks: Sequence[Block]) -> int:
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        short = block.kind in ("text", "heading") and len(block.text) < _LONGEST
        if short and label_of(inline.words(block.text).strip(": ")) == "cause+resolution":
            return at
    return -1
