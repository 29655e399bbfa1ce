"""The parts of a document: which heading, bold line, label or bare line begins what."""

from collections.abc import Iterator, Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.heading_style import is_listed, style_of
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
from pmtui.formats.reading.parts import ACTIONS, Part
from pmtui.formats.reading.status_updates import STAMPED, may_hold_updates

_LESSONS = frozenset(("went_well", "went_wrong", "got_lucky"))
_AFTER_TIMELINE = frozenset(("measures", "conclusion", "cause+resolution"))
_AFTER_ENTRIES = frozenset(("cause", "cause+resolution", "factors", "measures", "conclusion"))
"""What a heading below that of the timeline names is no event."""

_LISTS = frozenset(("timeline", *ACTIONS))
_STEPS = frozenset(("detection", "resolution"))

_SEVERAL = 2
"""The words in capitals that are no abbreviation."""

_DEEP = 100
"""The level of a heading that is an item of a list; a bold line is at 20, a bare one at 30."""


def plain_line(text: str) -> str:
    return " ".join(inline.words(text).split())


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """The parts in order; what stands before the first heading is a part named `preamble`."""
    return list(_Outline(blocks).parts())


class _Outline:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._stack: list[Part] = []
        self._style = style_of(blocks)

    def parts(self) -> Iterator[Part]:
        """Every part, each only once it is complete."""
        current = Part("preamble")
        for at, block in enumerate(self._blocks):
            opened = self._opens(at, block, current)
            if opened is None:
                current_name = self._owner(block, current)
                if current_name is not current:
                    yield current
                    current = current_name
                current.blocks.append(block)
                continue
            yield current
            current = opened
        yield current

    def _owner(self, block: Block, current: Part) -> Part:
        """The part that an ordinary block belongs to: the present one, or the one around it."""
        opener = current.opener
        if opener is None:
            return current
        if opener.kind == "item":
            left = block.depth < opener.depth or (
                block.kind == "item" and block.depth == opener.depth
            )
        else:
            left = current.is_label and current.name in SINGLE
        if not left:
            return current
        while self._stack and self._stack[-1] is not current:
            self._stack.pop()
        if self._stack:
            self._stack.pop()
        while self._stack and self._stack[-1].opener is not None:
            last = self._stack[-1].opener
            deeper = last.kind == "item" and (
                block.depth < last.depth or (block.kind == "item" and block.depth == last.depth)
            )
            if not deeper:
                break
            self._stack.pop()
        around = self._stack[-1] if self._stack else None
        if around is None:
            return Part(
                "preamble" if current.inside in ("", "preamble") else current.inside,
                line=block.line,
            )
        part = Part(around.name, "", around.level, block.line, around.inside, opener=around.opener)
        self._stack[-1] = part
        return part

    def _opens(self, at: int, block: Block, current: Part) -> Part | None:
        """The part that `block` begins, None if it is content."""
        if block.kind == "heading":
            return self._heading(block, current)
        if block.kind not in ("text", "item"):
            return None
        if block.mark == STAMPED and not may_hold_updates(current.name, current.blocks):
            return self._push(Part("", "", 1, block.line, blocks=[block], opener=block))
        return self._line(at, block, current)

    def _heading(self, block: Block, current: Part) -> Part | None:
        around = next((p for p in reversed(self._stack) if p.level < block.level), None)
        text = inline.words(block.text) if "<" in block.text else block.text
        label = LABEL.fullmatch(text)
        name = part_of(text)
        ended = (
            around is not None
            and around.name == "timeline"
            and current.name in _AFTER_ENTRIES
            and current.level == block.level
        )
        if around is not None and around.name and not ended:
            strict = label_of(text.rstrip(":"))
            loose = around.name != "lessons" and (len(text.split()) <= 4 or name in ACTIONS)
            name = strict or (name if loose else "")
            if around.name in ("timeline", "tasks", "lessons") and name not in _allowed(
                around.name
            ):
                ends = strict in PRIMARY and (
                    strict in _AFTER_ENTRIES or _is_shallower(block, current)
                )
                name = name if ends else ""
            if not name:
                if (
                    current is around
                    or around.level < current.level <= block.level
                    or current.opener is None
                ):
                    return self._continued(block, around, current)
                return self._continued(block, current, current)
        if (
            label
            and label["rest"]
            and not part_of(label["rest"])
            and label_of(label["name"]) in SINGLE
        ):
            name = label_of(label["name"])
        return self._push(
            Part(name, plain_line(block.text), block.level, block.line, _name(around), opener=block)
        )

    def _continued(self, block: Block, around: Part, current: Part) -> Part | None:
        if around is current:
            return None
        while self._stack and self._stack[-1] is not around:
            self._stack.pop()
        part = Part(
            around.name, "", around.level, block.line, around.inside, [block], opener=around.opener
        )
        self._stack[-1] = part
        return part

    def _line(self, at: int, block: Block, current: Part) -> Part | None:
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
        inside = self._inside(block, current)
        if self._style.run_ins and (found := run_in(block)):
            rest = found["rest"]
            said = Block("text", rest, block.line, block.end, source=rest)
            heading = plain_line(found["name"])
            return self._push(
                Part(part_of(heading), heading, 20, block.line, _name(inside), [said], opener=block)
            )
        strong = STRONG.fullmatch(text)
        plain = plain_line(strong["text"] if strong else text) if len(text) < 160 else ""
        bare = plain.rstrip(":： -")
        titled = self._style.stands_on_text(self._blocks, at) and not label_of(bare)
        if titled and inside.name not in (*_LISTS, *_LESSONS, "lessons"):
            return self._push(Part("", bare, 30, block.line, "", opener=block))
        if self._style.asks(self._blocks, at) and not label_of(bare):
            return self._push(Part(part_of(bare), bare, 30, block.line, "", opener=block))
        label = LABEL.fullmatch(text)
        if label and label["rest"].strip() and not strong:
            return self._label(at, block, inside)
        if plain and (strong or plain.endswith((":", "：")) or label_of(bare)):
            part = self._whole_line(at, block, inside, bare, bool(strong))
            if part is not None:
                return part
        return self._label(at, block, inside)

    def _inside(self, block: Block, current: Part) -> Part:
        if current.opener is None or current.opener.kind != "item":
            return current
        last = current.opener
        if block.depth > last.depth or (block.kind == "text" and block.depth == last.depth):
            return current
        for part in reversed(self._stack):
            if part.opener is None or part.opener.kind != "item" or part.opener.depth < block.depth:
                return part
        return Part(self._stack[0].inside if self._stack else current.inside)

    def _whole_line(
        self, at: int, block: Block, inside: Part, bare: str, strong: bool
    ) -> Part | None:
        """The part that a line begins which is nothing but a heading."""
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        named = strong and len(bare.split()) <= 12
        name = part_of(bare) if named else label_of(bare) or _titled(block.text)
        if block.kind == "item":
            nested = following is not None and following.depth > block.depth
            nested = nested or (
                following is not None
                and following.kind == "text"
                and following.depth == block.depth
            )
            if not nested or (not name and not strong and not bare):
                return None
            if inside.name == "timeline" or (inside.name not in ("", "preamble") and not name):
                return None
            if inside.name in ("tasks", "measures", *ACTIONS) and name not in ACTIONS:
                return None
            if not name and not strong:
                return None
            return self._push(
                Part(name, bare, _DEEP + block.depth, block.line, _name(inside), opener=block)
            )
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
                    return self._push(Part("", bare, level, block.line, "", opener=block))
            marked_alone = strong and (beside or not self._style.headings)
            if not marked_alone or block.depth or len(bare.split()) > 8:
                return None
            if inside.name in _LISTS and not self._ends_list(at, following, inside):
                return None
        if name in SINGLE and not block.depth and name != "duration":
            return None
        if name and block.depth and inside.name in ("tasks", "timeline", "whys", "cause"):
            return None
        return self._push(Part(name, bare, level, block.line, _name(inside), opener=block))

    def _ends_list(self, at: int, following: Block | None, inside: Part) -> bool:
        """Whether a bold line below all entries or actions is above text or code, as headings are.

        Above a paragraph among actions it may be the title of one.
        """
        if following is None or following.depth or not self._style.bold_labels:
            return False
        kinds = ("code", "text") if inside.name == "timeline" else ("code",)
        return following.kind in kinds and not self._entries_follow(at)

    def _label(self, at: int, block: Block, inside: Part) -> Part | None:
        """The part that a label with text behind it begins."""
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
        return self._push(
            Part(name, heading, level, block.line, _name(inside), said, True, opener=block)
        )

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
            return name in _LESSONS or name in ACTIONS
        if inside.name in _LESSONS or inside.name in ("factors", "whys", "links", "conclusion"):
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

    def _push(self, part: Part) -> Part:
        while self._stack and self._stack[-1].level >= part.level:
            self._stack.pop()
        if part.inside != "preamble" or self._stack:
            part.inside = self._stack[-1].name if self._stack else ""
        self._stack.append(part)
        return part


def _titled(text: str) -> str:
    """The last parts of a document by a line that is written like a title."""
    name = part_of(text) if is_title(text) else ""
    return name if name in _AFTER_TIMELINE else ""


def _is_bold_line(part: Part) -> bool:
    """Whether a part begins with bold words at the margin, so that others beside it do as well."""
    block = part.opener
    return block is not None and block.kind == "text" and block.text.startswith("**")


def _name(part: Part | None) -> str:
    return part.name if part else ""


def _allowed(around: str) -> frozenset[str]:
    if around == "lessons":
        return _LESSONS | ACTIONS
    return ACTIONS | {"timeline", "cause"} if around == "tasks" else frozenset(("conclusion",))


def _is_shallower(block: Block, current: Part) -> bool:
    """Whether a heading stands above those that the present part holds already."""
    return any(inner.kind == "heading" and inner.level > block.level for inner in current.blocks)
