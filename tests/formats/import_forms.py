"""One small timeline in the many forms in which people write it, with what a reader should find.

`written()` draws a postmortem whose timeline has a random form; `FORMS` names the shapes, so that a
test can also go through them one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import escape

from hypothesis import strategies as st

Event = tuple[datetime, str]

CLOCKS: dict[str, str] = {
    "14:05": "{0:%H:%M}",
    "14:05:00": "{0:%H:%M:%S}",
    "14.05": "{0:%H.%M}",
    "14h05": "{0:%H}h{0:%M}",
    "1405hrs": "{0:%H%M}hrs",
    "1405": "{0:%H%M}",
    "2:05 PM": "{1}:{0:%M} {0:%p}",
    "2:05pm": "{1}:{0:%M}{2}m",
    "2:05 p.m.": "{1}:{0:%M} {2}.m.",
    "02:05 PM": "{0:%I:%M %p}",
}
"""Clock times by an example: of a moment, its hour on a twelve-hour clock, and "a" or "p"."""

BULLETS = ("*", "-", "+", "•", "–")
EMPHASES = ("{}", "**{}**", "*{}*", "_{}_", "__{}__", "[{}]", "**[{}]**", "`{}`", "({})")
SEPARATORS = (": ", " - ", " – ", " — ", " -- ", ", ", " ", ":", "  ")
INSIDE = (":", " -", "")
"""What may stand between the time and its closing marks."""

ZONES = ("nowhere", "each", "heading", "sentence", "summary")


@dataclass(frozen=True)
class Style:
    """How one entry is written: its clock, its marks, what parts time and text, its zone."""

    clock: str = "14:05"
    bullet: str = "-"
    emphasis: str = "{}"
    inside: str = ""
    separator: str = ": "
    zone: str = "nowhere"
    columns: tuple[str, ...] = ("Time", "Event")

    def time(self, at: datetime) -> str:
        """`at` as a clock time with the zone, if every entry has it."""
        half = "a" if at.hour < 12 else "p"
        clock = CLOCKS[self.clock].format(at, at.hour % 12 or 12, half)
        return f"{clock} UTC" if self.zone == "each" else clock

    def line(self, event: Event) -> str:
        """One entry on one line, without its bullet."""
        time = self.emphasis.format(self.time(event[0]) + self.inside)
        separator = " " if self.inside else self.separator
        return f"{time}{separator}{event[1]}"


@dataclass(frozen=True)
class Written:
    """A postmortem as text, the name of a file for it, and its entries in their order."""

    source: str
    name: str
    entries: tuple[Event, ...]
    zone: str
    dated: bool
    style: Style
    form: str

    def data(self, encoding: str = "utf-8", newline: str = "\n") -> bytes:
        """The bytes of the file."""
        return self.source.replace("\n", newline).encode(encoding)


def _bullets(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"{style.bullet} {style.line(event)}" for event in events)


def _loose_bullets(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(f"{style.bullet} {style.line(event)}" for event in events)


def _wrapped_bullets(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"- {_wrapped(style.line(event), '  ')}" for event in events)


def _nested_bullets(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"- {style.line(event)}\n  - a point below it" for event in events)


def _numbers(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"{n}. {style.line(event)}" for n, event in enumerate(events, 1))


def _lines(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(style.line(event) for event in events)


def _paragraphs(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(style.line(event) for event in events)


def _broken_lines(style: Style, events: Sequence[Event]) -> str:
    return "  \n".join(style.line(event) for event in events)


def _indented(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"    {style.line(event)}" for event in events)


def _fenced(style: Style, events: Sequence[Event]) -> str:
    plain = replace(style, emphasis="{}", inside="")
    return f"```\n{_lines(plain, events)}\n```"


def _quoted(style: Style, events: Sequence[Event]) -> str:
    return "\n>\n".join(f"> {style.line(event)}" for event in events)


def _next_line(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(f"{style.emphasis.format(style.time(at))}\n{text}" for at, text in events)


def _definitions(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(f"{style.time(at)}\n: {text}" for at, text in events)


def _headings(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(f"### {style.time(at)}\n\n{text}" for at, text in events)


def _telling_headings(style: Style, events: Sequence[Event]) -> str:
    return "\n\n".join(f"### {style.time(at)} – {text}" for at, text in events)


def _cells(style: Style, event: Event) -> list[str]:
    known = {"Time": style.emphasis.format(style.time(event[0])), "Event": event[1], "Who": "Ana"}
    return [known.get(column, "–") for column in style.columns]


def _table(style: Style, events: Sequence[Event]) -> str:
    rows = [list(style.columns), ["---"] * len(style.columns)]
    rows += [_cells(style, event) for event in events]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _dated_table(style: Style, events: Sequence[Event]) -> str:
    rows = [["Date", "Time", "Event"], ["---", ":---:", "---"]]
    rows += [[f"{at:%Y-%m-%d}", style.time(at), text] for at, text in events]
    return "\n".join(f"|{'|'.join(row)}|" for row in rows)


def _html_table(style: Style, events: Sequence[Event]) -> str:
    plain = replace(style, emphasis="{}")
    head = "".join(f"<th>{column}</th>" for column in style.columns)
    rows = (
        "".join(f"<td>{escape(cell)}</td>" for cell in _cells(plain, event)) for event in events
    )
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _html_line(style: Style, event: Event) -> str:
    tagged = style.emphasis if style.emphasis in ("{}", "[{}]", "({})") else "<b>{}</b>"
    return replace(style, emphasis=tagged).line((event[0], escape(event[1])))


def _html_items(style: Style, events: Sequence[Event]) -> str:
    items = "\n".join(f"<li>{_html_line(style, event)}</li>" for event in events)
    return f"<ul>\n{items}\n</ul>"


def _html_paragraphs(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"<p>{_html_line(style, event)}</p>" for event in events)


def _html_breaks(style: Style, events: Sequence[Event]) -> str:
    return f"<p>{'<br>'.join(_html_line(style, event) for event in events)}</p>"


def _days(style: Style, events: Sequence[Event]) -> str:
    parts: list[str] = []
    day: date | None = None
    for event in events:
        if event[0].date() != day:
            day = event[0].date()
            parts.append(f"\n### {day:%d %B %Y}\n")
        parts.append(f"- {style.line(event)}")
    return "\n".join(parts).strip("\n")


def _day_each(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"- {event[0]:%Y-%m-%d} {style.line(event)}" for event in events)


def _stamps(style: Style, events: Sequence[Event]) -> str:
    return "\n".join(f"- {at:%Y-%m-%dT%H:%M:%SZ} {text}" for at, text in events)


def _wrapped(text: str, indent: str) -> str:
    words, line, lines = text.split(), "", []
    for word in words:
        if len(line) + len(word) > 40:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return f"\n{indent}".join([*lines, line])


FORMS: dict[str, Callable[[Style, Sequence[Event]], str]] = {
    "bullets": _bullets,
    "loose bullets": _loose_bullets,
    "wrapped bullets": _wrapped_bullets,
    "nested bullets": _nested_bullets,
    "numbers": _numbers,
    "lines": _lines,
    "paragraphs": _paragraphs,
    "broken lines": _broken_lines,
    "indented": _indented,
    "fenced": _fenced,
    "quoted": _quoted,
    "next line": _next_line,
    "definitions": _definitions,
    "headings": _headings,
    "telling headings": _telling_headings,
    "table": _table,
    "dated table": _dated_table,
    "html table": _html_table,
    "html items": _html_items,
    "html paragraphs": _html_paragraphs,
    "html breaks": _html_breaks,
    "days": _days,
    "day each": _day_each,
    "stamps": _stamps,
}
"""The shapes of a timeline, by name."""

_DATED = frozenset({"dated table", "days", "day each", "stamps"})
"""The shapes that tell the day of each entry."""


def compose(form: str, style: Style, events: Sequence[Event], *, dated: bool = True) -> Written:
    """A whole postmortem around a timeline of that form; without `dated` its summary has no day."""
    first, last = events[0][0], events[-1][0]
    stated = form == "stamps" or style.zone != "nowhere"
    in_summary = " UTC" if style.zone == "summary" else ""
    day = f" on {first:%B} {first.day}, {first.year}" if dated else ""
    heading = "Timeline (UTC)" if style.zone == "heading" else "Timeline"
    sentence = "All times are in UTC." if style.zone == "sentence" else ""
    summary = f"The shop was down from {first:%H:%M} to {last:%H:%M}{in_summary}{day}."
    parts = [
        ("Issue Summary", summary),
        (heading, "\n\n".join(filter(None, (sentence, FORMS[form](style, events))))),
        ("Root Cause", "A disk was full."),
        ("Action Items", "- watch the disk\n- order a larger one"),
    ]
    source = "# Shop outage\n" + "".join(f"\n## {name}\n\n{body}\n" for name, body in parts)
    return Written(
        source=source,
        name="shop.md",
        entries=tuple(events),
        zone="UTC" if stated else "",
        dated=dated or form in _DATED,
        style=style,
        form=form,
    )


_STARTS = ("Alert fired for", "Deploy of", "Ana restarted", "Nobody found", "Customers reported")
_MIDDLES = ("the checkout", "a stale cache on two nodes", "every replica", "the payment queue")
_ENDS = ("", " and it helped", " (a dead end)", ", twice", " with 500 errors", ". Then it held.")

TEXTS = st.builds(
    "{} {}{}".format, st.sampled_from(_STARTS), st.sampled_from(_MIDDLES), st.sampled_from(_ENDS)
)


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Event, ...]:
    """A few events in their order, less than a day apart, often over midnight."""
    day = draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        minutes=draw(st.integers(0, 24 * 60 - 1))
    )
    events = []
    for gap in draw(st.lists(st.integers(1, 240), min_size=2, max_size=7)):
        events.append((at, draw(TEXTS)))
        at += timedelta(minutes=gap)
    return tuple(events)


@st.composite
def styles(draw: st.DrawFn, form: str) -> Style:
    """A way to write an entry that a person can read without doubt in a timeline of that form."""
    clock = draw(st.sampled_from(sorted(CLOCKS)))
    bullet = draw(st.sampled_from(BULLETS))
    emphasis = draw(st.sampled_from(EMPHASES))
    inside = draw(st.sampled_from(INSIDE)) if emphasis != "{}" else ""
    separator = draw(st.sampled_from(SEPARATORS))
    columns = draw(
        st.permutations(["Time", "Event", *draw(st.sets(st.sampled_from(["Who", "Link"])))])
    )
    if form in ("table", "dated table", "html table", "next line", "headings", "telling headings"):
        inside = ""
    if form in ("loose bullets", "numbers") and bullet in "•–":
        bullet = "-"
    if emphasis == "`{}`" and bullet in "•–":
        bullet = "-"
    return Style(
        clock=clock,
        bullet=bullet,
        emphasis=emphasis,
        inside=inside,
        separator=separator,
        zone=draw(st.sampled_from(ZONES)),
        columns=tuple(columns),
    )


@st.composite
def written(draw: st.DrawFn, form: str = "") -> Written:
    """A postmortem whose timeline has a random style, and a random form unless one is named."""
    form = form or draw(st.sampled_from(sorted(FORMS)))
    return compose(form, draw(styles(form)), draw(timelines()), dated=draw(st.booleans()))
