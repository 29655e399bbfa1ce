"""The timeline drawn to scale as an SVG: the phases as bars, the events as marks on an axis.

Times with and times without a zone have no common scale: the drawing has those that the phases
have, or most events. Nor has it what happened so long before or after the phases that these would
shrink to nothing. Its caption tells how many events it leaves out.
Colours are variables of the page that it stands in. Nothing in it is loaded or run.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from pmtui.core.clock.zones import in_zone
from pmtui.core.document import MILESTONES, Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import instant
from pmtui.core.text import one_line, plural
from pmtui.core.times import elapsed
from pmtui.core.timing import STATED, Mark, Phase, phases
from pmtui.formats import wording

WIDTH = 960
"""Units of the drawing from left to right; it is shown as wide as the page."""

_MARGIN = 12
_BAR_TOP, _BAR_HEIGHT = 8, 34
_AXIS = 58
_FIRST_LABEL, _LABEL_STEP = 80, 16
_LETTER = 6.4
"""Units that a letter of a label takes on average."""

_MOST_LABELS = 24

_LONGEST = 3
"""How many times as long as the phases the whole drawing may be."""


@dataclass(frozen=True)
class _Scale:
    """Where a moment lies on the axis."""

    begin: datetime
    seconds: float

    def x(self, at: datetime) -> float:
        """The place of `at`, in units from the left."""
        share = (instant(at) - self.begin).total_seconds() / self.seconds
        return _MARGIN + share * (WIDTH - 2 * _MARGIN)


def svg(document: Postmortem) -> str:
    """The drawing of the timeline; "" where fewer than two different times are known."""
    return _drawn(_near(_comparable(document)))


def _drawn(document: Postmortem) -> str:
    scale = _scale(document)
    if scale is None:
        return ""
    labels, bottom = _labels(document, scale)
    bars = [_bar(phase, scale) for phase in phases(document)]
    top = 0 if bars else _AXIS - _BAR_TOP
    box = f"0 {top} {WIDTH} {bottom - top}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{box}">',
        f"<title>{_text(_description(document))}</title>",
        *bars,
        f'<line class="axis" x1="{_MARGIN}" y1="{_AXIS}" x2="{WIDTH - _MARGIN}" y2="{_AXIS}"/>',
        *_events(document, scale),
        *labels,
        "</svg>",
    ]
    return "\n".join(parts)


def caption(document: Postmortem) -> str:
    """The phases with their lengths as HTML, for those that are too short to be named in a bar.

    Events that are left out of the drawing are counted.
    """
    comparable = _comparable(document)
    shown = _near(comparable)
    told = [f'<span class="{phase.name}">{_text(_named(phase))}</span>' for phase in phases(shown)]
    if _scale(shown) and (left_out := ", ".join(_left_out(document, comparable, shown))):
        told.append(f"not drawn: {left_out}")
    return " · ".join(told)


def _left_out(document: Postmortem, comparable: Postmortem, shown: Postmortem) -> Iterator[str]:
    """How many events the drawing does not show, and why."""
    if others := len(_timed(document)) - len(_timed(comparable)):
        is_bare = _moments(comparable)[0].tzinfo is None
        yield f"{plural(others, 'event')} {'with' if is_bare else 'without'} a zone"
    drawn = {entry.id for entry in shown.timeline}
    far = [at for entry in comparable.timeline if (at := entry.at) and entry.id not in drawn]
    early = sum(instant(at) < instant(phases(shown)[0].begin.at) for at in far)
    for count, place in ((early, "before"), (len(far) - early, "after")):
        if count:
            yield f"{plural(count, 'event')} long {place}"


def _timed(document: Postmortem) -> list[datetime]:
    return [entry.at for entry in document.timeline if entry.at is not None]


def _comparable(document: Postmortem) -> Postmortem:
    """The document without the events whose times cannot be compared to those of the phases.

    Without phases the times of most events decide.
    """
    found = phases(document)
    bare = [at.tzinfo is None for at in _timed(document)]
    is_bare = found[0].begin.at.tzinfo is None if found else sum(bare) * 2 > len(bare)

    def fits(at: datetime | None) -> bool:
        return at is not None and (at.tzinfo is None) == is_bare

    timeline = (
        entry if fits(entry.until) else entry.but(until=None)
        for entry in document.timeline
        if fits(entry.at)
    )
    return document.but(timeline=tuple(timeline))


def _near(document: Postmortem) -> Postmortem:
    """The document without the events far from the phases, if with them these would be tiny.

    Far is further than all phases together are long.
    """
    found = phases(document)
    whole = _scale(document)
    if not found or whole is None:
        return document
    ends = [instant(mark.at) for phase in found for mark in (phase.begin, phase.end)]
    begin, end = min(ends), max(ends)
    reach = end - begin
    if not reach or whole.seconds <= _LONGEST * reach.total_seconds():
        return document

    def is_near(at: datetime | None) -> bool:
        return at is not None and begin - reach <= instant(at) <= end + reach

    timeline = (
        entry if is_near(entry.until) else entry.but(until=None)
        for entry in document.timeline
        if is_near(entry.at)
    )
    near = document.but(timeline=tuple(timeline))
    return near if phases(near) == found else document


def _named(phase: Phase) -> str:
    return f"{phase.name} {_length(phase)}"


def _length(phase: Phase) -> str:
    return f"{'about ' if phase.about else ''}{elapsed(phase.length)}"


def _scale(document: Postmortem) -> _Scale | None:
    instants = list(map(instant, _moments(document)))
    if not instants or min(instants) == max(instants):
        return None
    begin, end = min(instants), max(instants)
    return _Scale(begin, (end - begin).total_seconds())


def _moments(document: Postmortem) -> list[datetime]:
    """All times that the drawing has a place for."""
    moments = [at for entry in document.timeline for at in (entry.at, entry.until) if at]
    for phase in phases(document):
        moments += [phase.begin.at, phase.end.at]
    return moments


def _description(document: Postmortem) -> str:
    told = ", ".join(map(_named, phases(document)))
    return f"Timeline of the incident: {told or f'{len(document.timeline)} events'}"


def _bar(phase: Phase, scale: _Scale) -> str:
    left, right = sorted((scale.x(phase.begin.at), scale.x(phase.end.at)))
    width = max(right - left, 1)
    label = _named(phase)
    fitting = (each for each in (label, _length(phase), "") if len(each) * _LETTER + 8 <= width)
    inside = next(fitting, "")
    shown = (
        f'<text class="phase" x="{left + width / 2:.1f}" y="{_BAR_TOP + 22}">{_text(inside)}</text>'
        if inside
        else ""
    )
    return (
        f'<g class="{phase.name}"><title>{_text(label)}</title>'
        f'<rect x="{left:.1f}" y="{_BAR_TOP}" width="{width:.1f}" height="{_BAR_HEIGHT}"/>'
        f"{shown}</g>"
    )


def _events(document: Postmortem, scale: _Scale) -> list[str]:
    """The events as marks on the axis, the milestones above those that lie close to them."""
    drawn: list[str] = []
    milestones: list[str] = []
    for entry in document.timeline:
        if entry.at is None:
            continue
        x = scale.x(entry.at)
        told = f"{wording.window(document, entry)} {one_line(entry.text)}".strip()
        look = "milestone" if entry.kind in MILESTONES else "event"
        span = (
            f'<line class="span" x1="{x:.1f}" y1="{_AXIS}" x2="{scale.x(entry.until):.1f}" '
            f'y2="{_AXIS}"/>'
            if entry.until
            else ""
        )
        size = 5 if look == "milestone" else 3
        (milestones if look == "milestone" else drawn).append(
            f'<g class="{look}"><title>{_text(told)}</title>{span}'
            f'<circle cx="{x:.1f}" cy="{_AXIS}" r="{size}"/></g>'
        )
    for mark in _stated_borders(document):
        told = f"{wording.clock_time(document, mark.at)} {mark.milestone}, as stated"
        milestones.append(
            f'<g class="milestone"><title>{_text(told)}</title>'
            f'<circle cx="{scale.x(mark.at):.1f}" cy="{_AXIS}" r="5"/></g>'
        )
    return [*drawn, *milestones]


def _stated_borders(document: Postmortem) -> list[Mark]:
    """The ends of phases that no event of the timeline marks."""
    borders = (mark for phase in phases(document) for mark in (phase.begin, phase.end))
    return [mark for mark in dict.fromkeys(borders) if mark.source == STATED]


def _named_moments(document: Postmortem) -> list[tuple[datetime, str]]:
    """What is labelled, in the order of time: the milestones, and both ends of the axis.

    A label on a later day than the first says how much later: "00:30 +1d resolved".
    """
    zone, only = document.timezone, wording.only_label(document)
    named = []
    for mark in _stated_borders(document):
        told = wording.clock_time(document, mark.at)
        named.append((mark.at, told.removesuffix(f" {only}"), mark.milestone))
    named += [
        (entry.at, wording.stamp(document, entry, (), only), entry.kind)
        for entry in document.timeline
        if entry.at is not None and entry.kind in MILESTONES
    ]
    moments = sorted(_moments(document), key=instant)
    for end in (moments[0], moments[-1]):
        if all(instant(at) != instant(end) for at, _, _ in named):
            there = next((entry for entry in document.timeline if entry.at == end), None)
            clock = wording.clock_time(document, end).removesuffix(f" {only}")
            told = wording.stamp(document, there, (), only) if there else clock
            named.append((end, told, ""))
    named.sort(key=lambda each: instant(each[0]))
    first = in_zone(named[0][0], zone).date()
    labels = []
    for at, told, name in (*named[: _MOST_LABELS - 1], *named[_MOST_LABELS - 1 :][-1:]):
        days = (in_zone(at, zone).date() - first).days
        labels.append((at, f"{told}{f' {days:+}d' if days else ''} {name}".strip()))
    return labels


def _labels(document: Postmortem, scale: _Scale) -> tuple[list[str], int]:
    """The milestones by name and time, in as many lines as they need, and where these end."""
    free: list[float] = []
    leads, texts = [], []
    for at, label in _named_moments(document):
        width = len(label) * _LETTER
        x = scale.x(at)
        left = min(max(x - width / 2, 0), max(WIDTH - width, 0))
        line = next((line for line, end in enumerate(free) if end + 8 <= left), len(free))
        free[line : line + 1] = [left + width]
        y = _FIRST_LABEL + line * _LABEL_STEP
        leads.append(
            f'<line class="lead" x1="{x:.1f}" y1="{_AXIS + 5}" x2="{x:.1f}" y2="{y - 11}"/>'
        )
        # At an edge a font that is wider than was reckoned grows inwards.
        look, anchor = "label", left + width / 2
        if left == 0:
            look, anchor = "label first", 0
        elif left + width >= WIDTH:
            look, anchor = "label last", WIDTH
        texts.append(f'<text class="{look}" x="{anchor:.1f}" y="{y}">{_text(label)}</text>')
    return [*leads, *texts], _FIRST_LABEL + max(len(free) - 1, 0) * _LABEL_STEP + 8


def _text(text: str) -> str:
    return escape(text, quote=False)
