"""The postmortem as a tree of frozen values: tuples, never lists or dicts.

Names are those of the TOML file. A field that holds its default is left out of the file.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pmtui.core.text import find_control, normalise
from pmtui.errors import EditError

SCHEMA = 1
"""The version of the file format that this program writes."""

UNDATED = date(2000, 1, 1)
"""The first day of a document whose date nobody knows."""

Status = Literal["draft", "in-review", "reviewed", "published"]
Milestone = Literal[
    "started",
    "detected",
    "acknowledged",
    "escalated",
    "diagnosed",
    "mitigated",
    "resolved",
    "closed",
    "public",
]
Kind = Literal[
    "started",
    "detected",
    "acknowledged",
    "escalated",
    "diagnosed",
    "mitigated",
    "resolved",
    "closed",
    "public",
    "action",
    "finding",
    "decision",
    "dead-end",
    "message",
    "note",
]
MeasureKind = Literal["", "corrective", "preventive"]
TaskState = Literal["open", "done", "dropped"]
TaskKind = Literal["", "prevent", "detect", "mitigate", "repair", "process", "other"]
Priority = Literal["", "P0", "P1", "P2", "P3"]
Prose = Literal[
    "summary",
    "cause_summary",
    "detection",
    "trigger",
    "root_cause",
    "resolution",
    "conclusion",
]
Place = Literal["", "summary", "timeline", "root-cause", "measures", "lessons", "conclusion"]

STATUSES: tuple[Status, ...] = get_args(Status)
MILESTONES: tuple[Milestone, ...] = get_args(Milestone)
KINDS: tuple[Kind, ...] = get_args(Kind)
MEASURE_KINDS: tuple[MeasureKind, ...] = get_args(MeasureKind)
TASK_STATES: tuple[TaskState, ...] = get_args(TaskState)
TASK_KINDS: tuple[TaskKind, ...] = get_args(TaskKind)
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
PROSE: tuple[Prose, ...] = get_args(Prose)

PLACES: tuple[Place, ...] = get_args(Place)
"""The standard parts that a kept section can follow; `""` is the top of the document."""


def _text(value: str) -> str:
    value = normalise(value)
    if (bad := find_control(value)) is not None:
        raise ValueError(f"holds the control character U+{ord(bad):04X}")
    return value


def _line(value: str) -> str:
    value = _text(value)
    if "\n" in value:
        raise ValueError("must be one line")
    return value


def _moment(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        raise ValueError("has a zone offset with seconds, which TOML cannot hold")
    return value


Text = Annotated[str, AfterValidator(_text)]
Line = Annotated[str, AfterValidator(_line)]
Moment = Annotated[datetime, AfterValidator(_moment)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class Table(tuple[tuple[str, Any], ...]):
    """A TOML table that this program does not know, frozen as pairs in file order."""

    __slots__ = ()


class Part(BaseModel):
    """A frozen part of the document; `unknown` holds the keys of the file that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="never")

    unknown: tuple[tuple[str, Any], ...] = ()

    def revise(self, **changes: Any) -> Self:
        """This part with `changes`, checked; parts that did not change stay the same objects.

        Raises:
            EditError: A change is not what its field may hold.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields} | changes
        try:
            checked = type(self).model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(step) for step in first["loc"])
            reason = first["msg"].removeprefix("Value error, ")
            raise EditError(f"{field}: {reason}") from None
        return self.model_copy(update={name: getattr(checked, name) for name in changes})


class Person(Part):
    """Somebody who took part, and as what."""

    name: Line
    role: Line = ""


class Times(Part):
    """The times as *stated* by the writer; what the timeline says is derived, never stored here."""

    started: Moment | None = None
    detected: Moment | None = None
    acknowledged: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None
    closed: Moment | None = None
    public: Moment | None = None


class Impact(Part):
    """Who was hit and how hard; `percent` is the share of users, `duration` the writer's words."""

    text: Text = ""
    percent: float | None = Field(default=None, ge=0, le=100, allow_inf_nan=False)
    users: Line = ""
    requests: Line = ""
    revenue: Line = ""
    duration: Text = ""


class Entry(Part):
    """One event of the timeline; `about` marks an estimated time, `at` is None when unknown."""

    id: Id
    at: Moment | None = None
    until: Moment | None = None
    about: bool = False
    kind: Kind = "note"
    text: Text = ""
    who: Line = ""
    source: Line = ""
    link: Line = ""
    internal: bool = False


class Factor(Part):
    """One contributing factor."""

    id: Id
    text: Text = ""


class Chain(Part):
    """One chain of whys: a question and the answers, each the reason of the one before."""

    id: Id
    question: Line = ""
    answers: tuple[Text, ...] = ()


class Lessons(Part):
    """What went well, what went wrong, where we got lucky; one item each."""

    went_well: tuple[Text, ...] = ()
    went_wrong: tuple[Text, ...] = ()
    got_lucky: tuple[Text, ...] = ()


class Measure(Part):
    """A broad corrective or preventive measure, not yet a task."""

    id: Id
    text: Text = ""
    kind: MeasureKind = ""


class Task(Part):
    """An action item: something to do, by somebody, by some day."""

    id: Id
    text: Text = ""
    state: TaskState = "open"
    owner: Line = ""
    due: date | None = None
    priority: Priority = ""
    kind: TaskKind = ""
    ticket: Line = ""


class Link(Part):
    """A title and where it points; for an image the title is its alternative text."""

    title: Line = ""
    target: Line


class Section(Part):
    """Any other section, kept word for word after the standard part that it followed."""

    id: Id
    heading: Line = ""
    level: int = Field(default=2, ge=1, le=6)
    after: Place = "conclusion"
    body: Text = ""


class Postmortem(Part):
    """A whole postmortem. `timezone` is an IANA name or an offset like `+02:00`, empty = unknown.

    `undated` says that nobody knows the date: its times then lie on 2000-01-01 and after, and only
    their clock times are shown. `drill` marks an exercise.
    """

    title: Line = ""
    reference: Line = ""
    status: Status = "draft"
    severity: Line = ""
    timezone: Line = ""
    undated: bool = False
    drill: bool = False
    services: tuple[Line, ...] = ()
    tags: tuple[Line, ...] = ()
    summary: Text = ""
    cause_summary: Text = ""
    detection: Text = ""
    trigger: Text = ""
    root_cause: Text = ""
    resolution: Text = ""
    conclusion: Text = ""
    times: Times = Times()
    impact: Impact = Impact()
    lessons: Lessons = Lessons()
    people: tuple[Person, ...] = ()
    timeline: tuple[Entry, ...] = ()
    factors: tuple[Factor, ...] = ()
    whys: tuple[Chain, ...] = ()
    measures: tuple[Measure, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()
