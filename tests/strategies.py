"""Whole documents for property tests: nasty, but legal; each strategy is slow to make, so once."""

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from string import ascii_letters, digits
from typing import Any

from hypothesis import strategies as st

from pmtui.core.document import (
    KINDS,
    MEASURE_KINDS,
    PLACES,
    PRIORITIES,
    STATUSES,
    TASK_KINDS,
    TASK_STATES,
    Chain,
    Entry,
    Factor,
    Impact,
    Lessons,
    Link,
    Measure,
    Part,
    Person,
    Postmortem,
    Section,
    Silenced,
    Table,
    Task,
    Times,
)
from pmtui.core.order import sort_timeline
from pmtui.formats.toml.writer import is_tabular

_BAD = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029]))
_LEGAL = st.characters(exclude_categories=("Cs",), exclude_characters=_BAD + "\n")
_SYNTAX = (
    *('"', '"""', "'''", "\\", "\\n", "\\u0041", "#", "=", "[x]", "[[timeline]]", " ", "  ", "\t"),
    *("- ", "* ", "# ", "> ", "| ", "`", "```", "<b>", "&amp;", "[/]", "[bold]", "1. ", "2026. "),
    *("[^1]: note", "***", "<!-- x -->", "<!-- -->", "<br>", "--", "**Detection**: ", "## "),
    *("@ana", "#detected", "https://e.org/a?b=c&d#e", "14:05", "<<<<<<< HEAD", "=======", "null"),
)
_LETTERS = (
    *("\u00e9", "e\u0301", "\u65e5\u672c", "\U0001f525", "\U0001f469\u200d\U0001f692", "\u200d"),
    *("\u00a0", "\u3000", "\u202e", "\ufeff", "\ufffd"),
)
_PIECES = st.sampled_from(_SYNTAX + _LETTERS)


@cache
def lines(max_size: int = 6) -> st.SearchStrategy[str]:
    """One line of text: pieces that mean something somewhere, and any other characters."""
    piece = st.one_of(_PIECES, st.text(_LEGAL, max_size=8))
    return st.lists(piece, max_size=max_size).map("".join)


@cache
def texts(max_lines: int = 4) -> st.SearchStrategy[str]:
    """Text of several lines, which may begin or end with empty ones."""
    return st.lists(lines(), max_size=max_lines).map("\n".join)


_PROSE_LINES = st.sampled_from(
    (
        *("we saw errors", "and *then*  ", "it was\\", "fixed  ", "[^1]: note", "see [^1] and [a]"),
        *("[a]: https://e.org/a", "***", "* * *", "#", "####", "<!-- x -->", "<!-- -->", "<br>"),
        *("<!-- # -->", "--", "- a", "- **Started**: x", "  - b", "1. c", "> d", "**Trigger**: x"),
        *("**Impact**:", "- **Root Cause**:", "<none>", "a <b", "5 < 6", "| a |\n|---|\n| b |"),
        *("\n```\n# code\n\n**Detection**: x\n```", "    code", "![x](y.png)", "10:00 down", "N/A"),
        *("<details><summary>Log</summary>\n\nline\n\n</details>\n", "**Status**: draft", "[x]"),
        *("###### deep", "Timeline", "&amp;", "https://e.org/a_b?c=d&e", "h1. wiki", "Timings:"),
    )
)


@cache
def prose() -> st.SearchStrategy[str]:
    """Text that is meant as Markdown: hard breaks, lone marks, notes, comments, lists, code."""
    paragraphs = st.lists(_PROSE_LINES, min_size=1, max_size=3).map("\n".join)
    gaps = st.sampled_from(("\n\n", "\n\n\n"))
    drawn = st.lists(st.tuples(paragraphs, gaps), max_size=3).map(
        lambda pairs: "".join(text + gap for text, gap in pairs).rstrip("\n")
    )
    # Under a line two dashes make a heading of it, which is moved below those of a document.
    return drawn.filter(lambda text: not re.search(r"[^\n]\n--(?:\n|$)", text))


@cache
def offsets() -> st.SearchStrategy[timezone]:
    """Zones with an offset in whole minutes."""
    minutes = st.one_of(st.sampled_from([0, 120, -300, 330]), st.integers(-719, 839))
    return minutes.map(lambda value: timezone(timedelta(minutes=value)))


@cache
def moments(*, aware: bool | None = None) -> st.SearchStrategy[datetime]:
    """Times of entries, near one another so that some are equal; `aware` None gives both kinds."""
    near = st.builds(
        lambda step: datetime(2024, 5, 22, 14) + timedelta(minutes=5 * step),
        st.integers(-300, 300),
    )
    naive = st.one_of(near, st.datetimes())
    with_zone = st.builds(lambda at, zone: at.replace(tzinfo=zone, fold=0), naive, offsets())
    local = naive.map(lambda at: at.replace(fold=0))
    return with_zone if aware else local if aware is False else st.one_of(with_zone, local)


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids as people and programs make them."""
    return st.text(ascii_letters + digits + "_-", min_size=1, max_size=8)


@cache
def _scalars() -> st.SearchStrategy[Any]:
    return st.one_of(
        texts(2),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        moments(),
        st.dates(),
        st.times().map(lambda at: time(at.hour, at.minute, at.second, at.microsecond)),
    )


def _tables(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    keys = st.one_of(lines(2), ids())
    pairs = st.lists(st.tuples(keys, values), max_size=3, unique_by=lambda pair: pair[0])
    return pairs.map(lambda found: Table(sorted(found, key=lambda pair: is_tabular(pair[1]))))


@cache
def unknown_values() -> st.SearchStrategy[Any]:
    """Frozen values of every TOML type, nested."""
    return st.recursive(
        _scalars(),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(tuple),
            st.lists(_tables(inner), max_size=2).map(tuple),
            _tables(inner),
        ),
        max_leaves=6,
    )


@cache
def unknowns(model: type[Part]) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    """Keys that `model` does not know, mostly none."""
    known = set(model.FIELDS) - {"unknown"} | {"schema"}
    few = _tables(unknown_values()).map(
        lambda table: tuple(pair for pair in table if pair[0] not in known)
    )
    return st.one_of(st.just(()), st.just(()), few)


def _part(model: type[Part], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Parts of that class with those fields; each may also be left at its default."""
    required = {name: fields.pop(name) for name in list(fields) if name not in model.DEFAULTS}
    required["unknown"] = unknowns(model)
    return st.fixed_dictionaries(required, optional=fields).map(lambda values: model(**values))


def _optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def _many(parts: st.SearchStrategy[Any], max_size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, max_size=max_size).map(tuple)


def _by_id(parts: st.SearchStrategy[Any], max_size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, max_size=max_size, unique_by=lambda part: part.id).map(tuple)


@cache
def entries(*, aware: bool | None = None) -> st.SearchStrategy[Entry]:
    """Timeline entries, some without a time."""
    return _part(
        Entry,
        id=ids(),
        at=_optional(moments(aware=aware)),
        until=_optional(moments(aware=aware)),
        about=st.booleans(),
        kind=st.sampled_from(KINDS),
        text=texts(),
        who=lines(2),
        source=lines(2),
        link=lines(2),
        internal=st.booleans(),
    )


@cache
def timelines(
    *, aware: bool | None = None, max_size: int = 8
) -> st.SearchStrategy[tuple[Entry, ...]]:
    """Entries with different ids in any order."""
    return _by_id(entries(aware=aware), max_size)


@cache
def tasks() -> st.SearchStrategy[Task]:
    """Action items."""
    return _part(
        Task,
        id=ids(),
        text=texts(),
        state=st.sampled_from(TASK_STATES),
        owner=lines(2),
        due=_optional(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        priority=st.sampled_from(PRIORITIES),
        kind=st.sampled_from(TASK_KINDS),
        ticket=lines(2),
    )


@cache
def measures() -> st.SearchStrategy[Measure]:
    """Corrective and preventive measures."""
    return _part(Measure, id=ids(), text=texts(), kind=st.sampled_from(MEASURE_KINDS))


@cache
def sections() -> st.SearchStrategy[Section]:
    """Kept sections."""
    return _part(
        Section,
        id=ids(),
        heading=lines(),
        level=st.integers(1, 6),
        after=st.sampled_from(PLACES),
        body=texts(),
    )


@cache
def documents(*, aware: bool | None = None) -> st.SearchStrategy[Postmortem]:
    """Whole postmortems, their timelines in order."""
    links = _many(_part(Link, title=lines(), target=lines()))
    drawn = _part(
        Postmortem,
        title=lines(),
        reference=lines(2),
        status=st.sampled_from(STATUSES),
        severity=lines(2),
        timezone=st.sampled_from(["", "UTC", "+02:00", "Europe/Berlin"]),
        undated=st.booleans(),
        drill=st.booleans(),
        services=_many(lines(2)),
        tags=_many(lines(2)),
        summary=texts(),
        cause_summary=texts(),
        detection=texts(),
        trigger=texts(),
        root_cause=texts(),
        resolution=texts(),
        conclusion=texts(),
        times=_part(Times, **dict.fromkeys(set(Times.FIELDS) - {"unknown"}, _optional(moments()))),
        impact=_part(
            Impact,
            text=texts(),
            percent=_optional(st.floats(0, 100)),
            users=lines(2),
            requests=lines(2),
            revenue=lines(2),
            duration=texts(2),
        ),
        lessons=_part(
            Lessons,
            went_well=_many(texts()),
            went_wrong=_many(texts()),
            got_lucky=_many(texts()),
        ),
        people=_many(_part(Person, name=lines(2), role=lines(2))),
        timeline=timelines(aware=aware, max_size=4),
        factors=_by_id(_part(Factor, id=ids(), text=texts())),
        whys=_by_id(_part(Chain, id=ids(), question=lines(), answers=_many(texts()))),
        measures=_by_id(measures()),
        tasks=_by_id(tasks()),
        links=links,
        images=links,
        sections=_by_id(sections()),
        silenced=_many(
            _part(Silenced, check=lines(2), place=lines(2), words=lines(2), reason=lines(2))
        ),
    )
    return drawn.map(_ordered)


def _ordered(document: Postmortem) -> Postmortem:
    return document.revise(timeline=sort_timeline(document.timeline, document.timezone))
