"""The postmortem as a tree of frozen values: tuples, never lists or dicts.

Names are those of the TOML file. A field that holds its default is left out of the file.
"""

from datetime import date

from pmtui.core.field_types import Id, Level, Line, Moment, Percent, Text, Zone
from pmtui.core.part import Part as Part
from pmtui.core.part import Table as Table
from pmtui.core.verdict import Refused as Refused
from pmtui.core.vocabulary import KINDS as KINDS
from pmtui.core.vocabulary import MEASURE_KINDS as MEASURE_KINDS
from pmtui.core.vocabulary import MILESTONES as MILESTONES
from pmtui.core.vocabulary import PLACES as PLACES
from pmtui.core.vocabulary import PRIORITIES as PRIORITIES
from pmtui.core.vocabulary import PROSE as PROSE
from pmtui.core.vocabulary import STATUSES as STATUSES
from pmtui.core.vocabulary import TASK_KINDS as TASK_KINDS
from pmtui.core.vocabulary import TASK_STATES as TASK_STATES
from pmtui.core.vocabulary import UNDATED as UNDATED
from pmtui.core.vocabulary import Kind as Kind
from pmtui.core.vocabulary import MeasureKind as MeasureKind
from pmtui.core.vocabulary import Milestone as Milestone
from pmtui.core.vocabulary import Place as Place
from pmtui.core.vocabulary import Priority as Priority
from pmtui.core.vocabulary import Prose as Prose
from pmtui.core.vocabulary import Status as Status
from pmtui.core.vocabulary import TaskKind as TaskKind
from pmtui.core.vocabulary import TaskState as TaskState

SCHEMA = 1
"""The version of the file format that this program writes."""


def prose_fields(model: type[Part]) -> frozenset[str]:
    """The fields of a class that hold text of any length, not one line or a word of a list."""
    return frozenset(name for name, annotation in model.FIELDS.items() if annotation is Text)


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
    percent: Percent | None = None
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
    level: Level = 2
    after: Place = "conclusion"
    body: Text = ""


class Silenced(Part):
    """A finding of the review that somebody judged and let stand, and why.

    `check` is the id of the check, `place` the path of what it is about, `words` what it found
    there; an empty `words` silences the check at that place whatever it finds.
    """

    check: Line
    place: Line = ""
    words: Line = ""
    reason: Line = ""


class Postmortem(Part):
    """A whole postmortem. `timezone` is an IANA name or an offset like `+02:00`, empty = unknown.

    `undated` says that nobody knows the date: its times then lie on 2000-01-01 and after, and only
    their clock times are shown. `drill` marks an exercise.
    """

    title: Line = ""
    reference: Line = ""
    status: Status = "draft"
    severity: Line = ""
    timezone: Zone = ""
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
    silenced: tuple[Silenced, ...] = ()
