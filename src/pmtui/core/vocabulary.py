"""The closed lists of words that a postmortem uses, free of pydantic for the fast commands."""

from datetime import date
from typing import Literal, get_args

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

BOXES: dict[TaskState, str] = {"open": "[ ]", "done": "[x]", "dropped": "[-]"}
"""The check box of each state of a task, as lines of text show it."""

TASK_KINDS: tuple[TaskKind, ...] = get_args(TaskKind)
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
PROSE: tuple[Prose, ...] = get_args(Prose)

PLACES: tuple[Place, ...] = get_args(Place)
"""The standard parts that a kept section can follow; `""` is the top of the document."""

UNDATED = date(2000, 1, 1)
"""The first day of a document whose date nobody knows."""
