"""A part of a document: what begins it, and the blocks that belong to it."""

from dataclasses import field

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading.blocks import Block

ACTIONS = frozenset(("measures", "corrective", "preventive", "improvements", "tasks"))
"""The names of the parts that tell what is to be done."""

LESSONS = frozenset(("went_well", "went_wrong", "got_lucky"))
"""The names of the parts that tell what was learned."""


@dataclass(slots=True)
class Part:
    """A stretch of the document: `name` is what it is, "" if of its own kind.

    `heading` is what its writer called it, as plain text; `inside` the part that it stands in.
    """

    name: str
    heading: str = ""
    level: int = 0
    line: int = 0
    inside: str = ""
    blocks: list[Block] = field(default_factory=list)
    is_label: bool = False
    is_main: bool = False
    opener: Block | None = None

    @property
    def section_level(self) -> int:
        """The level of the heading that it gets as a section of its own."""
        return self.level if 1 <= self.level <= 6 else 2
