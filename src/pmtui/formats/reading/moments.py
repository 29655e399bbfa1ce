"""Times as they are written in other people's timelines, before anybody knows their day or zone.

Everything is read from a translation of equal length, so that positions in it are those of the
original.
"""

import re
from dataclasses import replace
from functools import lru_cache

from pmtui.core.clock.dates import WrittenDay, begins_with_clock, past_late_year, scan_day
from pmtui.core.clock.forms import WrittenClock, scan_bare_hour, scan_clock, scan_zone
from pmtui.core.clock.zones import is_abbreviation
from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import TimeError
from pmtui.formats.reading import city_time
from pmtui.formats.reading.day_order import DAY_ORDER, figured_day
from pmtui.formats.reading.translation import translate
from pmtui.formats.reading.unix_date import scan_printed


@dataclass(frozen=True, slots=True)
class When:
    """A written time; `begin` and `end` are where it stands with its marks.

    `zone` is a name as written, `since` the time after T0 where no clock is written. `unread` are
    the words of it that could not be understood, `problem` says why.
    """

    begin: int
    end: int
    day: WrittenDay | None = None
    clock: WrittenClock | None = None
    until: WrittenClock | None = None
    until_day: WrittenDay | None = None
    zone: str = ""
    about: bool = False
    since: str = ""
    day_words: str = ""
    unread: str = ""
    problem: str = ""

    @property
    def is_day(self) -> bool:
        """Whether this is a day without a clock time."""
        return self.clock is None and not self.since


_MAY_HOLD_TIME = re.compile(
    r"[0-9]|noon|midnight|[a-z]day\b|-feira|\b(?:mon|tue|wed|thu|fri"
    r"|sat|sun|lun|mar|mi|jue|vie|s.b|dom|jeu|ven|sam|dim)",
    re.I,
)
_REACH = 120
"""The characters at the beginning of a text within which its time stands."""


def leading_when(text: str, own: str = "", *, loose: bool = False) -> When | None:
    """The time or day that `text`, not yet translated, begins with; as `scan_when`."""
    head = text[:_REACH]
    known = own if own and _MAY_BE_AMBIGUOUS.search(head) else ""
    return _leading_when(head, known, loose, DAY_ORDER.get())


_MAY_BE_AMBIGUOUS = re.compile(
    r"(?<![A-Za-z])(?!(?:UTC|GMT|[AP]M)\b)[A-Z]{2,5}\b|[(\[]\s*[A-Za-z]{2,5}\s*[)\]]"
)
"""What may be a name that the zone of the incident tells apart; nothing else depends on it."""


@lru_cache(maxsize=20_000)
def _leading_when(head: str, own: str, loose: bool, order: str) -> When | None:
    """`leading_when` of the beginning of a text; `order` only tells one answer from another."""
    if not _MAY_HOLD_TIME.search(head):
        return None
    strict = _leading_when(head, own, False, order) if loose else None
    if strict is not None and strict.clock is not None:
        # More forms are read loosely, but none otherwise.
        return strict
    return scan_when(_translated(head), own, loose=loose)


@lru_cache(maxsize=20_000)
def _translated(head: str) -> str:
    # The zone of the incident is found between two looks at the same text.
    return translate(head)


_LEAD = re.compile(
    r"(?::[a-z][a-z0-9_+-]{1,40}:|[^\w\s\[(~+@<`\"'“‘]|\s)*"
    r"(?P<open>[\[(]\s*)?"
    r"(?P<about>~\s*|(?:c\.|ca\b\.?|circa\b|approx\b\.?|approximately\b|around\b|about\b|gegen\b"
    r"|vers\b|hacia\b|por volta d[ea]s?\b)\s+)?"
    r"(?:(?:at|on|by|a\s+las?|à|às|um)\s+(?=[0-9a-z~]))?"
    r"(?P<guess>(?:about|around|approximately|roughly|circa|gegen)\s+(?=[0-9]))?"
    r"(?P<second>[\[(]\s*)?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:T\s?\+\s?[0-9]+(?::[0-9]{2}){0,2}|T\s?\+?\s?0|\+\s?[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?"
    r"|T\s?[-−]\s?[0-9]+(?::[0-9]{2}){0,2})"
    r"(?:\s?(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?:\s?[0-9]{1,2}\s?"
    r"(?:m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)?)?)?(?![\w:])"
    r"|(?:T\s?)?[+]\s?[0-9]{1,4}\s?(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)"
    r"(?:\s?[0-9]{1,2}\s?(?:m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)?)?(?!\w|:[0-9])"
)
_LOOSE_DATE = re.compile(
    r"[0-9]{4,6}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,5}(?![0-9])|[0-9]{1,2}[-/][0-9]{1,2}(?![-/0-9:.])"
)
_MONTH_AND_DAY = re.compile(r"(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?=[ T][0-9]{1,2}:)")
_NEXT_DAY = re.compile(r"(?:the )?(?:next|following) day(?=[\s,]+(?:at )?[0-9])", re.IGNORECASE)
_WEEKDAYS = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado"
    r"|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|segunda|ter[cç]a|quarta|quinta"
    r"|sexta|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?:-feira)?"
)
_WEEKDAY_LEAD = re.compile(
    rf"(?:(?:el|le|am|on)\s+)?{_WEEKDAYS}\b\.?,?\s+(?:(?:el|le"
    rf"|den)\s+)?",
    re.I,
)
_WEEKDAY_TAIL = re.compile(rf"[\s,]*(?:\({_WEEKDAYS}\b\.?\)|{_WEEKDAYS}\b\.?)", re.IGNORECASE)
_DAY_TO_CLOCK = re.compile(
    r"T(?=[0-9])|\s*[,;|@–—:-]?\s*(?:(?:at|a\s+las?|à|às|um|@|ab|around|about|ca\.?|circa|approx\.?)\s+)?~?\s*"
    r"(?:[\[(]\s*(?=[0-9]{1,2}[:.h]?[0-9]{2}))?",
    re.I,
)
_ABOUT = re.compile(r"~|\b(?:around|about|ca|circa|approx)\b", re.IGNORECASE)
_DOTTED = re.compile(r"([01]?[0-9]|2[0-3])[.](?=[0-5][0-9](?![0-9.%]|\s?(?:[ap]\.?m)\b))")
_PLAIN_MILITARY = re.compile(
    r"(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?![\w%]|[.,:](?!\s|$)|[-/]\w)"
)
_RANGE = re.compile(r"\s*(?:-|–|—|→|->)\s*|\s+(?:to|until|till|through|bis|hasta|até|à|a)\s+", re.I)
_DASH_ZONE = re.compile(r"\s*-\s?(?P<name>[A-Z]{3,4})\b")
_CLOCK_TO_DAY = re.compile(r"\s*,?\s+(?:on\s+(?:the\s+)?|am\s+|del?\s+|,\s*)?", re.IGNORECASE)
_DAY_ENDS = re.compile(r"\s*(?:$|[|:;,)\]–—→]|-\s|\.(?:\s|$)|(?:to|until|till|and)\b)")
_OFFSET_BEFORE_COLON = re.compile(
    r"\s?(?P<name>(?:UTC|GMT)\s?[+-][0-9]{1,2}(?::[0-9]{2})?)(?=:(?:\s|$))",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\s*\(?\blocal(?: time)?\b\)?", re.IGNORECASE)
_SECOND_CLOCK = re.compile(r"\s*(?:[(/|,]|=)\s*(?=[0-9])")
_CLOSE = re.compile(r"\s*(?:[:–—-]\s*)?[\])]")
_SEPARATOR = re.compile(r"\s*(?:[|:;,–—→>=-]+|\.(?=\s|$))?\s*(?:[–—→-]+(?=\s|$))?\s*")
_SPAN_WORD = re.compile(r"\s*-?(?:hours|hrs|minutes|mins)\b", re.IGNORECASE)


def scan_when(text: str, own: str = "", *, loose: bool = False) -> When | None:
    """The time or day that the translated `text` begins with, None where it begins with none.

    `own` is the zone of the incident, `loose` takes forms that are times only among other times:
    `1500`, `15.26`.
    """
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    begin = at
    if since := _SINCE.match(text, at):
        end = _past(text, since.end())
        return When(begin, end, since=since.group().strip())
    if printed := scan_printed(text, at, own):
        on, time, zone, odd, end = printed
        return When(begin, _past(text, end), on, time, zone=zone, unread=odd)
    day, day_end, unread, problem = _scan_day(text, at)
    day_words = text[at:day_end].strip() if day or unread else ""
    start, dated = at, day is not None or bool(unread)
    if dated and (joint := _DAY_TO_CLOCK.match(text, day_end)):
        start = joint.end()
    try:
        clock = _scan_clock(text, start, dated=dated, loose=loose or dated)
    except TimeError as error:
        return When(begin, begin, problem=error.what) if not dated else None
    if clock is None or clock.bare:
        if clock is not None:
            return _range_of_bare(text, begin, clock, day, own)
        end = _past(text, day_end)
        return (
            When(begin, end, day, day_words=day_words, unread=unread, problem=problem)
            if dated
            else None
        )
    if _SPAN_WORD.match(text, clock.end) and not re.search("hrs", text[start : clock.end], re.I):
        return None
    signed = dated and (clock.has_seconds or text[start - 1 : start] in ("T", "t"))
    return _completed(
        text,
        When(
            begin,
            clock.end,
            day,
            clock,
            day_words=day_words,
            unread=unread,
            problem=problem,
            about=bool(lead and (lead["about"] or lead["guess"]))
            or bool(dated and _ABOUT.search(text[day_end:start])),
        ),
        own,
        signed,
    )


def _scan_day(text: str, at: int) -> tuple[WrittenDay | None, int, str, str]:
    """The day at `at`, its end, or the words of one that cannot be understood, and why."""
    if begins_with_clock(text, at):
        return None, at, "", ""
    if following := _NEXT_DAY.match(text, at):
        return WrittenDay(following.end(), step=1), following.end(), "", ""
    start = at
    if (lead := _WEEKDAY_LEAD.match(text, at)) and not scan_clock_safely(text, lead.end()):
        start = lead.end()
    try:
        day = figured_day(text, start) or scan_day(text, start)
        if day is None and start != at:
            day = scan_day(text, at)
    except TimeError as error:
        if loose := _LOOSE_DATE.match(text, start):
            return None, loose.end(), text[at : loose.end()].strip(), error.what
        return None, at, "", ""
    if day is None and (short := _MONTH_AND_DAY.match(text, start)):
        month, number = int(short["month"]), int(short["day"])
        if 1 <= month <= 12 and 1 <= number <= 31:
            return WrittenDay(short.end(), None, month, number), short.end(), "", ""
    if day is None:
        if loose := _LOOSE_DATE.match(text, start):
            shown = loose.group()
            if not re.match(r"[0-9]{1,2}[-/][0-9]{1,2}$", shown):
                return None, loose.end(), text[at : loose.end()].strip(), f"{shown} is no date"
        return None, at, "", ""
    if day.weekday is not None and not _LEADS_ON.match(text, day.end):
        return None, at, "", ""
    end = day.end
    if tail := _WEEKDAY_TAIL.match(text, end):
        end = tail.end()
    return day, end, "", ""


_LEADS_ON = re.compile(r"\s*(?:$|[,:)\]–—-]|(?:at\s+)?[0-9])")


def scan_clock_safely(text: str, at: int) -> WrittenClock | None:
    """The clock time at `at`, None also for one that is impossible."""
    try:
        return scan_clock(text, at)
    except TimeError:
        return None


def _scan_clock(text: str, at: int, *, dated: bool, loose: bool) -> WrittenClock | None:
    clock = scan_clock(text, at, dated=dated) or scan_bare_hour(text, at)
    if clock is not None and not clock.bare:
        return clock
    if not loose:
        return clock
    if dotted := _DOTTED.match(text, at):
        colon = f"{text[: dotted.end() - 1]}:{text[dotted.end() :]}"
        return scan_clock(colon, at, dated=dated) or clock
    if found := _PLAIN_MILITARY.match(text, at):
        return WrittenClock(found.end(), int(found["hour"]), int(found["minute"]))
    return clock


def _range_of_bare(
    text: str, begin: int, clock: WrittenClock, day: WrittenDay | None, own: str
) -> When | None:
    joint = _RANGE.match(text, clock.end)
    second = scan_clock_safely(text, joint.end()) if joint else None
    if second is None or not second.meridiem:
        return None
    when = When(begin, second.end, day, clock, until=second)
    return _completed(text, when, own, False)


def _completed(text: str, when: When, own: str, signed: bool) -> When:
    """`when` with its zone, the end of its range, and the marks that close it."""
    zone, end, unread = _zone_at(text, past_late_year(text, when.end, when.day), own, signed)
    end = past_late_year(text, end, when.day)
    until, until_day = when.until, when.until_day
    if when.day is None and not when.unread and (found := _day_behind(text, end)):
        day, after = found
        when = replace(when, day=day, day_words=text[end:after].strip(" ,"))
        end = after
    if until is None and (joint := _RANGE.match(text, end)):
        last_day, day_end, odd, _ = _scan_day(text, joint.end())
        start = day_end
        if last_day and (gap := _DAY_TO_CLOCK.match(text, day_end)):
            start = gap.end()
        second = None if odd else scan_clock_safely(text, start)
        if second and (":" in text[start : second.end] or second.meridiem or _similar(when, text)):
            until, until_day = second, last_day if last_day and last_day.month else None
            past = past_late_year(text, second.end, until_day or when.day)
            zone_after, end, odd = _zone_at(text, past, own, False)
            zone, unread = zone or zone_after, " ".join(filter(None, (unread, odd)))
    if close := _CLOSE.match(text, end):
        end = close.end()
    when = replace(when, day=_with_year_of(until_day, when.day))
    other, end = _other_clock(text, end)
    unread = " ".join(part for part in (when.unread, unread, other) if part)
    return When(
        when.begin,
        _past(text, end),
        when.day,
        when.clock,
        until,
        until_day,
        zone,
        when.about,
        day_words=when.day_words,
        unread=unread,
        problem=when.problem,
    )


def _with_year_of(last: WrittenDay | None, first: WrittenDay | None) -> WrittenDay | None:
    """The `first` day of a range with the year that only the `last` names."""
    if last is None or first is None or not (last.year and first.month) or first.year:
        return first
    is_before = (first.month, first.day) <= (last.month, last.day)
    return replace(first, year=last.year if is_before else last.year - 1)


def _day_behind(text: str, at: int) -> tuple[WrittenDay, int] | None:
    """The day that stands behind a clock time: "06:20 UTC on 11 February 2025 – ..."."""
    joint = _CLOCK_TO_DAY.match(text, at)
    if joint is None:
        return None
    weekday = _WEEKDAY_LEAD.match(text, joint.end())
    try:
        day = scan_day(text, weekday.end() if weekday else joint.end())
    except TimeError:
        return None
    if day is None or not day.month or not _DAY_ENDS.match(text, day.end):
        return None
    return day, day.end


def _similar(when: When, text: str) -> bool:
    return bool(re.match(r"[0-9]{4}|[0-9]{1,2}h", text[when.begin :], re.IGNORECASE))


def _zone_at(text: str, at: int, own: str, signed: bool) -> tuple[str, int, str]:
    """The zone at `at` and its end, or the words of one that nobody can tell."""
    if offset := _OFFSET_BEFORE_COLON.match(text, at):
        return offset["name"], offset.end(), ""
    try:
        zone, end = scan_zone(text, at, own, signed=signed)
    except TimeError:
        shown = re.match(r"\s*\(?\s*[A-Za-z]{2,5}\s*\)?", text[at:])
        end = at + shown.end() if shown else at
        return "", end, text[at:end].strip(" ()")
    if zone:
        return zone, end, ""
    if (dashed := _DASH_ZONE.match(text, at)) and is_abbreviation(dashed["name"]):
        try:
            scan_zone(f" {dashed['name']}", 0, own)
        except TimeError:
            return "", dashed.end(), dashed["name"]
        return dashed["name"], dashed.end(), ""
    if place := city_time.behind_clock(text, at):
        return place.zone, place.end, ""
    if local := _LOCAL.match(text, at):
        return "", local.end(), local.group().strip(" ()")
    return "", at, ""


def _other_clock(text: str, at: int) -> tuple[str, int]:
    """A second clock time of another zone behind the first one, as words, and its end."""
    gap = _SECOND_CLOCK.match(text, at)
    if gap is None:
        return "", at
    second = scan_clock_safely(text, gap.end())
    if second is None:
        return "", at
    zone, end, odd = _zone_at(text, second.end, "", False)
    if not (zone or odd):
        return "", at
    if close := _CLOSE.match(text, end):
        end = close.end()
    return text[gap.end() : end].strip(" )]"), end


def _past(text: str, end: int) -> int:
    """Where the text after a time begins: behind a closing bracket and a separator."""
    if close := _CLOSE.match(text, end):
        end = close.end()
    found = _SEPARATOR.match(text, end)
    return found.end() if found else end
