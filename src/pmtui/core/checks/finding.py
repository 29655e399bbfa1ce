"""What a rule is, what it is given, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime, timedelta
from functools import cached_property

from pmtui.core.checks import languages
from pmtui.core.checks.options import Level, Options
from pmtui.core.checks.places import passages
from pmtui.core.document import Postmortem
from pmtui.core.extent import all_times
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import says_nothing
from pmtui.core.timing import Mark, elapsed_since, marks

_HALF_ROUND = timedelta(hours=12)
"""How far behind UTC a clock on earth can be."""

_COOLED = timedelta(days=1)
"""An incident whose last time is longer ago is over, whatever its timeline says."""


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that removes a finding; `label` says what it does, for undo."""

    label: str
    change: Callable[[Postmortem], Postmortem] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule found, before it has its level.

    `place` is the path of a value (`impact.text`, `timeline.k3f9qz.at`); `begin` and `end` are the
    words in its text, in characters, both 0 where it is about the value as a whole. `message` says
    in one sentence what it is and why it matters.
    """

    place: str
    message: str
    begin: int = 0
    end: int = 0
    fix: Fix | None = None


SUGGESTED = "milestones.suggested"
"""The rule whose findings are offers rather than faults."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, as it is shown; `words` are those it is about, empty for a whole value."""

    check: str
    level: Level
    place: str
    message: str
    begin: int = 0
    end: int = 0
    words: str = ""
    fix: Fix | None = None

    @property
    def is_offer(self) -> bool:
        """Whether nothing is wrong, but one key accepts something."""
        return self.check == SUGGESTED


@dataclass(frozen=True)
class Subject:
    """A document under review, the moment of the review (aware), and the person's options."""

    document: Postmortem
    now: datetime
    options: Options

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """The milestones that are known."""
        return marks(self.document)

    @cached_property
    def language(self) -> str:
        """The language of most of its words."""
        return languages.of_all(passage.text for passage in passages(self.document))

    @cached_property
    def over(self) -> bool:
        """Whether the incident has ended, so that what is missing may be said.

        It has when a milestone or the writer says so: by a status beyond draft, or by a resolution.
        """
        document = self.document
        if {"resolved", "closed"} & self.marks.keys() or document.status != "draft":
            return True
        return not says_nothing(document.resolution) or self._cooled()

    def _cooled(self) -> bool:
        if self.document.undated:
            return False
        since = [since_then(self.now, at) for at in all_times(self.document)]
        return bool(since) and min(since) > _COOLED


def since_then(now: datetime, at: datetime, offset: timedelta = -_HALF_ROUND) -> timedelta:
    """How long ago `at` is; one without a zone is read at `offset`, or as late as it can be."""
    since = elapsed_since(at, now)
    if since is not None:
        return since
    return now.replace(tzinfo=None) - (now.utcoffset() or timedelta()) - at + offset


Find = Callable[[Subject], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the review: its id is `family.name`.

    `what` says what it looks for, `why` why that matters and what to write instead. One that
    `waits` says nothing while the incident runs. `default` is whether it runs unless switched on.
    """

    id: str
    level: Level
    what: str
    why: str
    find: Find
    waits: bool = True
    default: bool = True

    @property
    def family(self) -> str:
        """The name of its family."""
        return self.id.partition(".")[0]
