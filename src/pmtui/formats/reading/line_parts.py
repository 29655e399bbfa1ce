"""The parts that begin with a line which is not marked as a heading: bold, bare, or a label."""

from collections.abc import Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.heading_style import HeadingStyle, is_listed
from pmtui.formats.reading.labels import (
    LABEL,
    LEADS_ON,
    PRIMARY,
    SINGLE,
    STRONG,
    after_label,
    is_title,
    loud_label,
    run_in,
    starts_with_digit_time,
)
from pmtui.formats.reading.line_units import CHAT_LINE
from pmtui.formats.reading.names import label_of, part_of
from pmtui.formats.reading.parts import ACTIONS, LESSONS, Part

_AFTER_TIMELINE = frozenset(("measures", "conclusion", "cause+resolution"))
_LISTS = frozenset(("timeline", *ACTIONS))
_STEPS = frozenset(("detection", "resolution"))

_SEVERAL = 2
"""The words in capitals that are no abbreviation."""

_DEEP = 100
"""The level of a heading that is an item of a list; a bold line is at 20, a bare one at 30."""


def plain_line(text: str) -> str:
    """A line as it is read: without markup, each run of white space as one blank."""
    return " ".join(inline.words(text).split())


class LineParts:
    """The parts that the lines of `blocks` begin, whose headings have the form `style`."""

    def __init__(self, blocks: Sequence[Block], style: HeadingStyle) -> None:
        self._blocks = blocks
        self._style = style

    def opened(self, at: int, inside: Part) -> Part | None:
        """The part that the block `at` begins within the part `inside`, None if it is content."""
        block = self._blocks[at]
        text = block.text.strip()
        if at and CHAT_LINE.fullmatch(self._blocks[at - 1].text):
            return None
        if (
            not text
            or block.checked is not None
            or len(text) > 4000
            or starts_with_digit_time(text)
        ):
            return None
        if self._style.run_ins and (found := run_in(block)):
            rest = found["rest"]
            said = Block("text", rest, block.line, block.end, source=rest)
            heading = plain_line(found["name"])
            return Part(
                part_of(heading), heading, 20, block.line, inside.name, [said], opener=block
            )
        strong = STRONG.fullmatch(text)
        plain = plain_line(strong["text"] if strong else text) if len(text) < 160 else ""
        bare = plain.rstrip(":： -")
        titled = self._style.stands_on_text(self._blocks, at) and not label_of(bare)
        if titled and inside.name not in (*_LISTS, *LESSONS, "lessons"):
            return Part("", bare, 30, block.line, "", opener=block)
        if self._style.asks(self._blocks, at) and not label_of(bare):
            return Part(part_of(bare), bare, 30, block.line, "", opener=block)
        label = LABEL.fullmatch(text)
        if label and label["rest"].strip() and not strong:
            return self._label(at, inside)
        if plain and (strong or plain.endswith((":", "：")) or label_of(bare)):
            part = self._whole_line(at, inside, bare, strong=bool(strong))
            if part is not None:
                return part
        return self._label(at, inside)

    def _whole_line(self, at: int, inside: Part, bare: str, *, strong: bool) -> Part | None:
        """The part that a line begins which is nothing but a heading."""
        block = self._blocks[at]
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        named = strong and len(bare.split()) <= 12
        name = part_of(bare) if named else label_of(bare) or _titled(block.text)
        if block.kind == "item":
            return self._item(block, following, inside, bare, name, strong=strong)
        if (following is None or LEADS_ON.search(bare)) and not strong and name != "people":
            return None
        level = 20 if strong else 30
        if inside.name == "timeline" and name == "times" and not strong:
            # "Time (EAT)" above entries is the head of their column.
            return None
        if self._is_step(at, inside, name) and not strong:
            return None
        # "Escalation:" between entries is one of them; a heading of the document is marked.
        marked = strong or inside.level >= 20 or not self._style.headings
        alone = not name and self._style.is_alike(self._blocks, at)
        if inside.name == "timeline" and not (marked or alone or name in _AFTER_TIMELINE):
            return None
        beside = strong and _is_bold_line(inside) and self._style.bold_labels
        if beside and name in SINGLE and following is not None and following.kind == "item":
            # A list below is no single fact, so that the line is a heading like those around it.
            name = ""
        if not name:
            if len(bare.split()) > 4 and bare.endswith((".", "…", "!", ",", ";")):
                return None
            alike = self._style.is_alike(self._blocks, at) and not strong
            if alike and following is not None and following.kind == "text":
                ended = inside.name != "timeline" or not self._entries_follow(at)
                if ended and inside.name not in ("tasks", *ACTIONS):
                    return Part("", bare, level, block.line, "", opener=block)
            marked_alone = strong and (beside or not self._style.headings)
            if not marked_alone or block.depth or len(bare.split()) > 8:
                return None
            if inside.name in _LISTS and not self._ends_list(at, following, inside):
                return None
        if name in SINGLE and not block.depth and name != "duration":
            return None
        if name and block.depth and inside.name in ("tasks", "timeline", "whys", "cause"):
            return None
        return Part(name, bare, level, block.line, inside.name, opener=block)

    def _item(
        self,
        block: Block,
        following: Block | None,
        inside: Part,
        bare: str,
        name: str,
        *,
        strong: bool,
    ) -> Part | None:
        """The part that an item begins which is nothing but a heading of what is nested in it."""
        nested = following is not None and (
            following.depth > block.depth
            or (following.kind == "text" and following.depth == block.depth)
        )
        if not nested or (not name and not strong):
            return None
        if inside.name == "timeline" or (inside.name not in ("", "preamble") and not name):
            return None
        if inside.name in ("tasks", "measures", *ACTIONS) and name not in ACTIONS:
            return None
        return Part(name, bare, _DEEP + block.depth, block.line, inside.name, opener=block)

    def _ends_list(self, at: int, following: Block | None, inside: Part) -> bool:
        """Whether a bold line below all entries or actions is above text or code, as headings are.

        Above a paragraph among actions it may be the title of one.
        """
        if following is None or following.depth or not self._style.bold_labels:
            return False
        kinds = ("code", "text") if inside.name == "timeline" else ("code",)
        return following.kind in kinds and not self._entries_follow(at)

    def _label(self, at: int, inside: Part) -> Part | None:
        """The part that a label with text behind it begins."""
        block = self._blocks[at]
        found = LABEL.fullmatch(block.text.strip())
        if found is None or (not found["rest"].strip() and block.kind != "item"):
            return None
        written = found["name"].strip()
        bold = bool(found["open"]) and bool(found["close"] or found["shut"])
        name = label_of(inline.words(written))
        own = not name and (
            self._is_loud_label(at, block, inside) or self._is_listed(block, inside, bold)
        )
        if not own and (not name or not self._label_fits(at, block, inside, name, bold)):
            return None
        level = 40 if block.kind == "text" else _DEEP + block.depth
        if inside.level >= level and inside.opener is not None and inside.opener.kind == "text":
            level = inside.level
        heading = plain_line(f"{found['sign'] or ''}{written}")
        said = [after_label(block, found)]
        return Part(name, heading, level, block.line, inside.name, said, True, opener=block)

    def _is_loud_label(self, at: int, block: Block, inside: Part) -> bool:
        """Whether a label without a known name is a heading, as others in capitals are."""
        if not self._style.loud_labels or len(loud_label(block).split()) < _SEVERAL:
            return False
        return inside.name != "timeline" or not self._entries_follow(at)

    def _is_listed(self, block: Block, inside: Part, bold: bool) -> bool:
        """Whether a bold label of an own name stands in a list of those that name the parts."""
        return bold and self._style.listed and is_listed(block) and inside.name in ("", "preamble")

    def _label_fits(self, at: int, block: Block, inside: Part, name: str, bold: bool) -> bool:
        if inside.name == "timeline":
            if (
                block.kind != "text"
                or block.depth
                or (not bold and self._is_step(at, inside, name))
            ):
                return False
            if not bold and inside.level < 20:
                return False
            return not self._entries_follow(at) and name in PRIMARY
        if inside.name in ("tasks", *ACTIONS):
            if block.depth and name in ACTIONS:
                return block.kind == "item" or name != inside.name
            return not block.depth and bold and name in PRIMARY
        if inside.name == "impact" and block.kind == "item":
            return False
        if inside.name == "lessons":
            return name in LESSONS or name in ACTIONS
        if inside.name in LESSONS or inside.name in ("factors", "whys", "links", "conclusion"):
            return bold and block.kind == "text" and not block.depth and name in PRIMARY
        if inside.name == "":
            marked = bold or self._style.loud_lines
            most = 1 if bold and block.kind == "item" else 0
            fits = bool(marked and block.depth <= most and name in PRIMARY)
            beside = bold and self._style.labels_apart
            return fits and (beside or not self._style.headings)
        if inside.name in ("cause", "cause+resolution", "resolution", "detection", "trigger"):
            return name in PRIMARY and (bold or not self._style.headings or block.depth == 0)
        return True

    def _is_step(self, at: int, inside: Part, name: str) -> bool:
        """Whether a label is a step of the timeline: an entry follows, or a part about it below."""
        if inside.name != "timeline" or name not in _STEPS:
            return False
        below = (block.text.strip() for block in self._blocks[at + 1 : at + 2])
        return any(map(starts_with_digit_time, below)) or at < self._style.cause_and_fix

    def _entries_follow(self, at: int) -> bool:
        """Whether a timed entry comes before the next heading."""
        for block in self._blocks[at + 1 : at + 40]:
            if block.kind == "heading" or STRONG.fullmatch(block.text.strip()):
                return False
            if starts_with_digit_time(block.text.strip()):
                return True
        return False


def _titled(text: str) -> str:
    """The last parts of a document by a line that is written like a title."""
    name = part_of(text) if is_title(text) else ""
    return name if name in _AFTER_TIMELINE else ""


def _is_bold_line(part: Part) -> bool:
    """Whether a part begins with bold words at the margin, so that others beside it do as well."""
    block = part.opener
    return block is not None and block.kind == "text" and block.text.startswith("**")
