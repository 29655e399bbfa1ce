"""Times as people type them: what is understood, what is refused, what is text."""

from datetime import UTC, date, datetime

import pytest

from pmtui.core.times import Frame, read_time, split_time
from pmtui.errors import TimeError

NOW = datetime(2024, 5, 22, 14, 45, 30, tzinfo=UTC)  # a Wednesday
FRAME = Frame(NOW, "UTC", day=date(2024, 5, 22))

RELATIVE = [
    *[("", "22 14:45"), ("now", "22 14:45"), ("NOW", "22 14:45"), ("  ", "22 14:45")],
    *[("-5m", "22 14:40"), ("-2h", "22 12:45"), ("-1h30m", "22 13:15"), ("-1h30", "22 13:15")],
    *[("-90s", "22 14:44"), ("-10s", "22 14:45:20"), ("−5m", "22 14:40"), ("-1d", "21 14:45")],
    *[("-5min", "22 14:40"), ("-5 minutes", "22 14:40"), ("-90m", "22 13:15")],
    *[("5m ago", "22 14:40"), ("1h30m ago", "22 13:15"), ("1h 30m ago", "22 13:15")],
    *[("2 hours ago", "22 12:45"), ("1 hour and 5 minutes ago", "22 13:40"), ("3 days ago", "19")],
    *[("~5m ago", "22 14:40"), ("~-5m", "22 14:40"), ("1 week ago", "15 14:45")],
]
CLOCKS = [
    *[
        ("14:05", "22 14:05"),
        ("9:05", "22 09:05"),
        ("14:05:30", "22 14:05:30"),
        ("0:00", "22 00:0"),
    ],
    *[("1405", "22 14:05"), ("0900", "22 09:00"), ("0000", "22 00:00"), ("1400", "22 14:00")],
    *[("14h05", "22 14:05"), ("14h", "22 14:00"), ("9h", "22 09:00"), ("14H05", "22 14:05")],
    *[("1205hrs", "22 12:05"), ("1205 hrs", "22 12:05"), ("1205h", "22 12:05")],
    *[("14:05h", "22 14:05"), ("14:05 hrs", "22 14:05"), ("1200hours", "22 12:00")],
    *[("2pm", "22 14:00"), ("2 PM", "22 14:00"), ("2:05 PM", "22 14:05"), ("2:05pm", "22 14:05")],
    *[("2:05 p.m.", "22 14:05"), ("2:05 P.M.", "22 14:05"), ("2.05pm", "22 14:05")],
    *[("12am", "22 00:00"), ("12pm", "22 12:00"), ("12:30 AM", "22 00:30"), ("11am", "22 11:00")],
    *[("12:30 PM", "22 12:30"), ("1 a.m.", "22 01:00"), ("13:05 PM", "22 13:05")],
    *[("14:05:30.5", "22 14:05:30.500"), ("14:05:30,123", "22 14:05:30.123")],
    *[("１４：０５", "22 14:05"), ("2:05\u202fPM", "22 14:05"), ("2:05\u00a0PM", "22 14:05")],
    *[("[14:05]", "22 14:05"), ("(14:05)", "22 14:05"), ("at 14:05", "22 14:05")],
    *[("~14:05", "22 14:05"), ("~ 14:05", "22 14:05"), ("c. 14:05", "22 14:05")],
    *[("ca. 14:05", "22 14:05"), ("around 2pm", "22 14:00"), ("about 14:05", "22 14:05")],
]
ZONED = [
    *[("14:05Z", "22 14:05"), ("14:05 Z", "22 14:05"), ("14:05z", "22 14:05")],
    *[("14:05 UTC", "22 14:05"), ("14:05UTC", "22 14:05"), ("14:05 utc", "22 14:05")],
    *[("14:05 [UTC]", "22 14:05"), ("14:05 [GMT+2]", "22 12:05"), ("14:05 EEDT", "22 11:05")],
    *[("14:05 (UTC)", "22 14:05"), ("14:05 (GMT+2)", "22 12:05"), ("14:05 GMT+2", "22 12:05")],
    *[("14:05 GMT +2", "22 12:05"), ("10:05 UTC-4", "22 14:05"), ("10:05 UTC–4", "22 14:05")],
    *[("14:05+02:00", "22 12:05"), ("14:05 +02:00", "22 12:05"), ("14:05 +0200", "22 12:05")],
    *[("14:05 +2", "22 12:05"), ("14:05 (+2)", "22 12:05"), ("09:05 -05:00", "22 14:05")],
    *[("14:05 EAT", "22 11:05"), ("14:05 eat", "22 11:05"), ("5:05 PM (EAT)", "22 14:05")],
    *[("14:05 CEST", "22 12:05"), ("06:05 PST", "22 14:05"), ("07:05 PT", "22 14:05")],
    *[("14:05 Europe/Berlin", "22 12:05"), ("14:05 africa/nairobi", "22 11:05")],
    *[("1405Z", "22 14:05"), ("1405 UTC", "22 14:05"), ("2pm EAT", "22 11:00")],
    *[("14h05 EAT", "22 11:05"), ("2:05 PM EAT", "22 11:05")],
]
DATED = [
    *[("yesterday 23:50", "21 23:50"), ("today 9:00", "22 09:00"), ("yesterday at 2pm", "21 14")],
    *[("mon 14:05", "20 14:05"), ("Monday 14:05", "20 14:05"), ("wed 14:45", "22 14:45")],
    *[("wed 14:50", "15 14:50"), ("thu 9am", "16 09:00"), ("last fri 14:05", "17 14:05")],
    *[("tues 14:05", "21 14:05"), ("thurs 14:05", "16 14:05"), ("14:05 yesterday", "21 14:05")],
    *[("2024-05-20 14:05", "20 14:05"), ("2024-05-20T14:05", "20 14:05")],
    *[("2024-05-20T14:05:00Z", "20 14:05"), ("2024-05-20t14:05:00z", "20 14:05")],
    *[("2024-05-20T14:05+02:00", "20 12:05"), ("2024-05-20T14:05-05:00", "20 19:05")],
    *[("2024-05-20T14:05:30.25Z", "20 14:05:30.250"), ("2024-05-20 14:05:30-05", "20 19:05:30")],
    *[("20240520T140500Z", "20 14:05"), ("20240520T1405", "20 14:05")],
    *[("2024/05/20 14:05", "20 14:05"), ("2024.05.20 14:05", "20 14:05")],
    *[("2024-05-20, 14:05", "20 14:05"), ("2024-05-20 1405", "20 14:05")],
    *[("20 May 14:05", "20 14:05"), ("20 may 2024 14:05", "20 14:05"), ("20May 14:05", "20 14:")],
    *[("20-May-2024 14:05", "20 14:05"), ("20th of May 14:05", "20 14:05")],
    *[("May 20 2:05 PM", "20 14:05"), ("May 20, 2024 14:05", "20 14:05")],
    *[("May 20, 2024, 2:05 PM", "20 14:05"), ("May 20, 2024 at 14:05", "20 14:05")],
    *[("May 20th 14:05", "20 14:05"), ("May 2nd 14:05", "02 14:05"), ("May 1st 2pm", "01 14:00")],
    *[("20.05.2024 14:05", "20 14:05"), ("20/05/2024 14:05", "20 14:05")],
    *[("05/20/2024 14:05", "20 14:05"), ("05/05/2024 14:05", "05 14:05"), ("5/20 14:05", "20 14")],
    *[("Mon 20 May 2024 14:05", "20 14:05"), ("Monday, May 20, 2024 14:05", "20 14:05")],
    *[("14:05 20 May 2024", "20 14:05"), ("14:05 on May 20", "20 14:05")],
    *[("14:05 UTC, 2024-05-20", "20 14:05"), ("14:05 EAT 20 May", "20 11:05")],
    *[("2024-05-20 24:00", "21 00:00"), ("20 May 1405", "20 14:05")],
    *[("@1716386700", "22 14:05"), ("@1716386700123", "22 14:05:00.123"), ("@1716386700.5", "22")],
]


@pytest.mark.parametrize(("text", "shown"), RELATIVE + CLOCKS + ZONED + DATED)
def test_understood(text, shown):
    """Now is Wednesday 22 May 2024, 14:45:30 UTC; `shown` is the day and the time in UTC."""
    reading = read_time(text, FRAME)
    assert f"{reading.at:%d %H:%M:%S.%f}".startswith(shown)
    assert f"{reading.at:%Y-%m %z}" == "2024-05 +0000"
    assert reading.about == text.startswith(("~", "c", "ar", "ab"))


@pytest.mark.parametrize(
    ("text", "at", "until"),
    [
        *[("14:05-14:20", "22 14:05", "22 14:20"), ("14:05–14:20", "22 14:05", "22 14:20")],
        *[("14:05 - 14:20", "22 14:05", "22 14:20"), ("14:05—14:20", "22 14:05", "22 14:20")],
        *[
            ("14:05 to 14:20", "22 14:05", "22 14:20"),
            ("14:05 until 14:20", "22 14:05", "22 14:20"),
        ],
        *[("1405-1420", "22 14:05", "22 14:20"), ("14:05-14:05", "22 14:05", "22 14:05")],
        *[("2-3pm", "22 14:00", "22 15:00"), ("11-1pm", "22 11:00", "22 13:00")],
        *[("2:00-4:30 PM", "22 14:00", "22 16:30"), ("2 PM to 4:30", "22 14:00", "22 16:30")],
        *[("2:00 PM - 4:30 PM", "22 14:00", "22 16:30"), ("2 to 3 am", "22 02:00", "22 03:00")],
        *[("11pm-1am", "21 23:00", "22 01:00"), ("11 PM to 1:00", "21 23", "22 01")],
        *[("23:50-00:10", "21 23:50", "22 00:10"), ("14:00-24:00", "22 14:00", "23 00:00")],
        *[("14:00 to 15:00 EAT", "22 11:00", "22 12:00"), ("14:00 EAT - 15:00", "22 11", "22 12")],
        *[
            ("14:00 UTC - 17:30 EAT", "22 14:00", "22 14:30"),
            ("10:00 UTC-11:00 UTC", "22 10", "22 11"),
        ],
        *[("10:00 UTC-11:20", "22 10:00", "22 11:20"), ("10:00 UTC-13:00", "22 10", "22 13")],
        *[("2024-05-20 14:00-15:00", "20 14:00", "20 15:00")],
        *[("2024-05-20 10:00-11:00", "20 10:00", "20 11:00")],
        *[("2024-05-20 23:50 - 2024-05-21 00:10", "20 23:50", "21 00:10")],
        *[
            ("20 May 23:50 - 00:10", "20 23:50", "21 00:10"),
            ("23:50-00:10 20 May", "20 23", "21 00"),
        ],
        *[("14:00-16:00 GMT 20 May 2024", "20 14:00", "20 16:00"), ("~2-3pm", "22 14", "22 15")],
    ],
)
def test_ranges(text, at, until):
    """A range fills until, over midnight too, and one half of the day or zone serves both ends."""
    reading = read_time(text, FRAME)
    assert f"{reading.at:%d %H:%M}".startswith(at)
    assert reading.until
    assert f"{reading.until:%d %H:%M}".startswith(until)


REFUSED = [
    *[("25:00", "25:00 is not a time of day: hours go to 23"), ("24:01", "hours go to 23")],
    *[("14:60", "minutes and seconds go to 59"), ("14:05:61", "go to 59"), ("2575", "hours go")],
    *[("1475", "go to 59"), ("30h", "hours go"), ("25pm", "hours go"), ("14:05 am", "contradicts")],
    *[("0:30 pm", "contradicts"), ("14.05", "date or a version"), ("-5", "no unit"), ("5", "unit")],
    *[("14:05 IST", "India"), ("14:05 CST", "China"), ("14:05 (BST)", "Bangladesh")],
    *[
        ("14:05 Mars", "“Mars” is no part"),
        ("14:05 foo", "“foo” is no part"),
        ("noon", "not a time"),
    ],
    *[("2024-05-22", "no clock time"), ("22 May", "no clock time"), ("yesterday", "no clock time")],
    *[
        ("mon", "no clock time"),
        ("May 22, 2024", "no clock time"),
        ("05/06/2024", "5 June or 6 May"),
    ],
    *[("05/06/2024 14:05", "5 June or 6 May"), ("5/6 14:05", "5 June or 6 May")],
    *[("2024-02-30 14:05", "February 2024 has no day 30"), ("31 Apr 14:05", "April has no day 31")],
    *[("2023-02-29 14:05", "no day 29"), ("2024-13-01 14:05", "no month 13")],
    *[("1066-10-14 14:05", "year 1066"), ("Mon 22 May 2024 14:05", "is a Wednesday, not a Monday")],
    *[
        ("+5m", "entry before"),
        ("-999999d", "too long ago"),
        ("2024-05-22 15:00 - 2024-05-21 15:00", ""),
    ],
    *[("day 3 14:05", "not a time"), ("x" * 100, "…"), ("@12", "not a time"), ("14:05+15:00", "")],
    *[("~", "not a time"), ("-", "not a time"), ("[14:05", "not a time"), ("1:1", "not a time")],
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text, reason):
    """A refusal says the reason and what to write instead."""
    with pytest.raises(TimeError) as refused:
        read_time(text, FRAME)
    assert reason in refused.value.what
    assert refused.value.remedy


@pytest.mark.parametrize(
    "mark", [" ", ": ", ":", " - ", " – ", " — ", " | ", "|", "\t", ", ", ". "]
)
@pytest.mark.parametrize(
    "time", ["14:05", "2:05 PM", "14h05", "2:05pm", "14:05 UTC", "14:05Z", "2024-05-22 14:05"]
)
def test_the_mark_after_a_time_is_cut(time, mark):
    """What stands between the time and the text belongs to neither."""
    reading, rest = split_time(f"{time}{mark}Paged  ana", FRAME)
    assert reading
    assert f"{reading.at:%d %H:%M}" == "22 14:05"
    assert rest == "Paged  ana"


@pytest.mark.parametrize(
    ("line", "shown", "rest"),
    [
        *[("6:30am:text", "06:30", "text"), ("6:30 AM:The team", "06:30", "The team")],
        *[("1405 logs show", "14:05", "logs show"), ("0900 deploy", "09:00", "deploy")],
        *[
            ("1405: logs", "14:05", "logs"),
            ("1400 - logs", "14:00", "logs"),
            ("1405h x", "14:05", "x"),
        ],
        *[("1400 hrs logs", "14:00", "logs"), ("1400Z logs", "14:00", "logs")],
        *[("1400 UTC logs", "14:00", "logs"), ("1405-1420 spike", "14:05", "spike")],
        *[
            ("14h: logs", "14:00", "logs"),
            ("2 pm logs", "14:00", "logs"),
            ("-5m logs", "14:40", "logs"),
        ],
        *[("5m ago logs", "14:40", "logs"), ("now: logs", "14:45", "logs")],
        *[("~14:05 logs", "14:05", "logs"), ("[14:05] ana: logs", "14:05", "ana: logs")],
        *[("14:05 - 14:20 spike", "14:05", "spike"), ("2-3pm spike", "14:00", "spike")],
        *[("14:05 - 3 hosts down", "14:05", "3 hosts down"), ("14:05 -v set", "14:05", "-v set")],
        *[("14:05 - 1420 requests lost", "14:05", "1420 requests lost")],
        *[("14:05 :smile: up", "14:05", ":smile: up"), ("14:05 +10 pods", "14:05", "+10 pods")],
        *[
            ("14:05 eat lunch", "14:05", "eat lunch"),
            ("14:05 met the team", "14:05", "met the team"),
        ],
        *[("14:05 EAT lunch", "11:05", "lunch"), ("14:05 utc logs", "14:05", "logs")],
        *[("14:05 MT-3 failed", "14:05", "MT-3 failed"), ("14:05 PR merged", "14:05", "PR merged")],
        *[("14:05 api/v1 down", "14:05", "api/v1 down"), ("14:05 2 pods", "14:05", "2 pods")],
        *[("2024-05-22 14:05 logs", "14:05", "logs"), ("mon 14:05 logs", "14:05", "logs")],
        *[("22 May 14:05 logs", "14:05", "logs"), ("@1716386700 logs", "14:05", "logs")],
        *[("14:05-restart", "14:05", "restart"), ("at 14:05 logs", "14:05", "logs")],
        *[("14:05", "14:05", ""), ("14:05 ", "14:05", ""), ("14:05:30.5 x", "14:05", "x")],
    ],
)
def test_a_leading_time_and_the_rest(line, shown, rest):
    """The time is taken, and the words after it stay as they are."""
    reading, left = split_time(line, FRAME)
    assert reading
    assert (f"{reading.at:%H:%M}", left) == (shown, rest)


TEXT = """\
500 errors
1500 customers affected
1405 requests failed
1405 failed requests
1405 of 2000 pods
1600 users
2000 errors
2024 budget
2000-2024 data
2010-2025 window
9999 lines
1299 lines
5 minutes later it broke
2h outage
14h outage
1h30m of errors
90s timeouts
2 hosts down
2-3 hosts down
10 of 12 pods
10/12 pods
5/6 replicas up
10/12 servers down
22 may be too late
may 5 users see this
sun 5 pods
mon agent died
14.05 released
1.2.3 released
10.0.0.1 down
v14:05
12:34:56:78:9a is the address
16:9 video broken
1:1 with ana
14:05foo
6:30pmtext
now we see errors
noon deploy
@ana paged
#detected alert
-5 degrees
-v was set
+5 more pods
5 more
100% of users
1.5h later
$500 lost
1405.5 ms
1405% more
today we learned
yesterday's deploy was fine
[14:05 ana
(see 14:05)
day 3 14:05 foo
~500 errors
about 500 errors
the 14:05 deploy
""".splitlines()


@pytest.mark.parametrize("line", [*TEXT, "", "  ", "\\14:05 foo"])
def test_text_is_text(line):
    """A number that might be text is text; the line is left exactly as it was."""
    assert split_time(line, FRAME) == (None, line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        *[("25:00 foo", "hours go to 23"), ("14:60 foo", "go to 59"), ("14:05 IST foo", "India")],
        *[
            ("14:05 CST: foo", "China"),
            ("2024-02-30 14:05 foo", "no day 30"),
            ("+5m foo", "before"),
        ],
        *[("05/06/2024 14:05 foo", "5 June or 6 May"), ("14:05 - 25:00 foo", "hours go to 23")],
        *[("Mon 22 May 2024 14:05 foo", "Wednesday"), ("14:05 am foo", "contradicts")],
        *[("2024-05-22 was a bad day", "no clock"), ("22 May backup restored", "no clock")],
        *[("22 May 1500 customers", "no clock"), ("yesterday was quiet", "no clock")],
        *[("tomorrow we review", "no clock"), ("05/06/2024 logs", "5 June or 6 May")],
        *[("2024-13-01 foo", "no month 13"), ("14:20-14:05 foo", "ends before it starts")],
    ],
)
def test_a_leading_time_that_cannot_be_is_refused(line, reason):
    """A line that clearly begins with a time is never taken for text, and never for now."""
    with pytest.raises(TimeError, match=reason):
        split_time(line, FRAME)
