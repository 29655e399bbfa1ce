"""The parts of a document: which heading, bold line, label or bare line begins what."""

from collections.abc import Iterator, Sequence

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.heading_style import style_of
from pmtui.formats.reading.labels import LABEL, PRIMARY, SINGLE, starts_with_digit_time
from pmtui.formats.reading.line_parts import LineParts, plain_line
from pmtui.formats.reading.names import label_of, part_of
from pmtui.formats.reading.parts import ACTIONS, LESSONS, Part
from pmtui.formats.reading.status_updates import STAMPED, may_hold_updates

_AFTER_ENTRIES = frozenset(("cause", "cause+resolution", "factors", "measures", "conclusion"))
"""What a heading below that of the timeline names is no event."""


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """The parts in order; what stands before the first heading is a part named `preamble`."""
    return list(_Outline(blocks).parts())


class _Outline:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._stack: list[Part] = []
        self._lines = LineParts(blocks, style_of(blocks))

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
        part = self._lines.opened(at, self._inside(block, current))
        return self._push(part) if part else None

    def _heading(self, block: Block, current: Part) -> Part | None:
        if _is_event(block, current):
            return None
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

    def _push(self, part: Part) -> Part:
        while self._stack and self._stack[-1].level >= part.level:
            self._stack.pop()
        if part.inside != "preamble" or self._stack:
            part.inside = self._stack[-1].name if self._stack else ""
        self._stack.append(part)
        return part


def _is_event(block: Block, current: Part) -> bool:
    """Whether a heading with a time is one of the events of a timeline, however deep it stands."""
    return (
        current.name == "timeline"
        and starts_with_digit_time(block.text)
        and any(
            inner.kind == "heading" and starts_with_digit_time(inner.text)
            for inner in reversed(current.blocks)
        )
    )


def _name(part: Part | None) -> str:
    return part.name if part else ""


def _allowed(around: str) -> frozenset[str]:
    if around == "lessons":
        return LESSONS | ACTIONS
    return ACTIONS | {"timeline", "cause"} if around == "tasks" else frozenset(("conclusion",))


def _is_shallower(block: Block, current: Part) -> bool:
    """Whether a heading stands above those that the present part holds already."""
    return any(inner.kind == "heading" and inner.level > block.level for inner in current.blocks)
