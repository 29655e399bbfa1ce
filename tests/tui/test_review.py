"""The review in the editor: live, a way to the words, fixes and silence as edits."""

import pytest

from pmtui.core.checks.options import Options
from pmtui.core.document import Chain, Entry, Factor, Link, Postmortem, Task, Times
from pmtui.storage.settings import Settings
from tests.core.checks.sound import SOUND
from tests.tui.world import INCIDENT, NARROW, WIDE, Desk, at, editing, played, typed

WRONG = SOUND.revise(
    status="draft",
    root_cause="Checkout keeps addresses. Obviously the pool resolves once, because of a default.",
    tasks=(
        Task(id="t1", text="Improve the pool", owner="mei", due=SOUND.tasks[0].due, kind="prevent"),
    ),
)
"""One hint in a text that can be fixed, one warning in a task that cannot."""


def places(desk: Desk) -> list[str]:
    """The places of the findings in the order shown."""
    return [finding.place for finding in desk.editor._findings]


async def test_the_findings_are_counted_at_the_top_and_follow_every_edit() -> None:
    async with editing(WRONG) as desk:
        assert "▲1 ·1" in desk.lines()[0]
        await desk.press("ctrl+n", typed("Look into it\n"))
        assert "▲4 ·1" in desk.lines()[0]
        await desk.press("ctrl+z")
        assert "▲1 ·1" in desk.lines()[0]


async def test_nothing_found_is_no_count() -> None:
    async with editing(SOUND.revise(tasks=(), measures=())) as desk:
        assert "▲1" in desk.lines()[0]
    async with editing(SOUND) as desk:
        assert not {"✗", "▲"} & set(desk.lines()[0])


async def test_while_it_burns_the_review_is_quiet() -> None:
    running = Postmortem(
        title="Down", timezone="UTC", timeline=(Entry(id="e1", at=at("16:10"), text="5xx rising"),)
    )
    async with editing(running) as desk:
        assert places(desk) == []
        await desk.press("ctrl+t", typed("All is well #resolved\n"))
        assert "severity" in places(desk)
        missing = sum(f.check.startswith("missing.") for f in desk.editor._findings)
        assert desk.status == f"It is over, and {missing} things are still missing; F5 shows them"
        await desk.press("ctrl+z")
        assert places(desk) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_f5_shows_the_findings_and_hides_them(size: tuple[int, int]) -> None:
    async with editing(WRONG, size=size) as desk:
        await desk.press("f5")
        assert "“Improve” does not say when it is done" in desk.screen
        assert "Review ▲1 ·1" in desk.screen
        assert desk.editor.in_findings
        await desk.press("f5")
        assert "does not say when it is done" not in desk.screen
        assert desk.focus == "timeline"


async def test_enter_goes_to_the_words_in_a_text_and_f5_comes_back() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "down", "enter")
        assert desk.focus == "root-cause/root_cause"
        assert desk.editor.form("root-cause").editor.selected_text == "Obviously"
        await desk.press("f5")
        assert desk.editor.findings.current
        assert desk.editor.findings.current.check == "blame.filler"


async def test_enter_goes_to_the_words_in_a_row() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "enter")
        assert desk.focus == "tasks/overlay"
        assert desk.editor.lined("tasks").overlay.field.selected_text == "Improve"
        await desk.press(typed("Replace"), "enter")
        assert desk.document.tasks[0].text == "Replace the pool"


async def test_enter_goes_to_the_whole_word_and_not_to_the_first_letters_like_it() -> None:
    text = "Add a betterment page with better graphs"
    document = SOUND.revise(tasks=(SOUND.tasks[0].revise(text=text),))
    async with editing(document) as desk:
        await desk.press("f5", "enter")
        field = desk.editor.lined("tasks").overlay.field
        assert field.text[: field.selection.start[1]].endswith("page with ")
        assert field.selected_text == "better"


LISTED = SOUND.revise(
    factors=(Factor(id="f1", text="One"), Factor(id="f2", text="Two, obviously, of\nmany")),
    whys=(Chain(id="c1", question="Why?", answers=("A", "B", "The operator simply typed it")),),
    links=(Link(title="Graph", target="https://graphs.example"), Link(target="TODO")),
    times=Times(started=at("14:00"), resolved=at("15:30")),
)


@pytest.mark.parametrize(
    ("check", "focus", "words"),
    [
        ("blame.filler factors.f2.text", "root-cause/factors", "obviously"),
        ("blame.filler whys.c1.answers.2", "root-cause/whys", "simply"),
        ("links.empty links.1.target", "lessons/links", "TODO"),
        ("times.stated-timeline times.resolved", "summary/times.resolved", ""),
    ],
)
async def test_enter_finds_the_words_in_every_kind_of_field(
    check: str, focus: str, words: str
) -> None:
    async with editing(LISTED) as desk:
        await desk.press("f5")
        row = next(key for key in desk.editor.findings._findings if key.startswith(check))
        desk.editor.findings.rows.move_to(row)
        await desk.press("enter")
        assert desk.focus == focus
        pane = focus.partition("/")[0]
        assert desk.editor.form(pane).editor.selected_text == words


async def test_f_fixes_as_an_edit_that_can_be_undone() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "down", "f")
        assert desk.document == WRONG.revise(root_cause=WRONG.root_cause.replace("Obviously ", ""))
        assert desk.status == "Done: take out “Obviously” · ctrl+z undoes it"
        assert places(desk) == ["tasks.t1.text"]
        await desk.press("ctrl+z")
        assert desk.document == WRONG
        assert desk.status == "Undid: take out “Obviously”"


async def test_f_accepts_one_suggested_milestone_after_the_other_from_above_the_warnings() -> None:
    told = SOUND.revise(
        timeline=tuple(
            entry.revise(text="Alert fired", kind="note")
            if entry.kind == "detected"
            else entry.revise(text="Rolled back", kind="note")
            if entry.kind == "mitigated"
            else entry
            for entry in SOUND.timeline
        ),
        tasks=WRONG.tasks,
    )
    async with editing(told) as desk:
        await desk.press("f5")
        assert "◆" in desk.screen
        assert [each.is_offer for each in desk.editor._findings][:2] == [True, True]
        await desk.press("f")
        await desk.press("f")
        assert {entry.kind for entry in desk.document.timeline} >= {"detected", "mitigated"}
        assert not any(each.is_offer for each in desk.editor._findings)
        await desk.press("ctrl+z", "ctrl+z")
        assert desk.document == told


async def test_what_no_key_can_fix_says_so() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "f")
        assert desk.document == WRONG
        assert "needs a person" in desk.status


async def test_x_lets_a_finding_stand_with_its_reason() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "x", typed("agreed with Mei"), "enter")
        (silenced,) = desk.document.silenced
        assert (silenced.check, silenced.place, silenced.words, silenced.reason) == (
            "tasks.vague",
            "tasks.t1.text",
            "Improve",
            "agreed with Mei",
        )
        assert places(desk) == ["root_cause"]
        await desk.press("ctrl+z")
        assert places(desk) == ["tasks.t1.text", "root_cause"]


async def test_what_was_let_stand_is_listed_and_x_finds_it_again() -> None:
    async with editing(WRONG) as desk:
        await desk.press("f5", "x", typed("agreed with Mei"), "enter")
        assert "let stand" in desk.screen
        assert "Improve: agreed with Mei" in desk.screen
        await desk.press("G", "x")
        assert desk.document == WRONG
        assert places(desk) == ["tasks.t1.text", "root_cause"]


async def test_no_reason_or_esc_lets_nothing_stand() -> None:
    assert await played(WRONG, "f5", "x", "enter", typed("no"), "escape") == WRONG


async def test_a_milestone_is_suggested_and_one_key_accepts_it() -> None:
    heard = INCIDENT.revise(timeline=(INCIDENT.timeline[0].revise(kind="note"),))
    async with editing(heard) as desk:
        assert desk.document == heard
        await desk.press("f5", "f")
        assert desk.document.timeline[0].kind == "detected"


async def test_the_keys_of_the_review_are_offered_while_the_cursor_is_there() -> None:
    async with editing(WRONG, size=(200, 50)) as desk:
        await desk.press("f5")
        assert "let stand" in desk.lines()[-1]
        await desk.press("f3")
        assert "let stand" not in desk.lines()[-1]
        assert "milestone" in desk.lines()[-1]


async def test_what_is_read_only_is_reviewed_and_not_changed() -> None:
    newer = b'schema = 9\ntitle = "Obviously new"\n'
    async with editing(WRONG, content=newer) as desk:
        await desk.press("f5")
        assert desk.editor.findings.current
        await desk.press("f")
        assert desk.document.title == "Obviously new"
        await desk.press("x")
        assert not desk.document.silenced


async def test_the_settings_decide_what_is_reviewed() -> None:
    settings = Settings(
        theme="dark", autosave=False, timezone="UTC", checks=Options(off=("tasks", "blame"))
    )
    async with editing(WRONG, settings=settings) as desk:
        assert places(desk) == []


async def test_an_empty_review_says_whether_it_is_one_of_what_is_missing_too() -> None:
    """While the incident runs nothing is said of that."""
    running = INCIDENT.revise(timeline=INCIDENT.timeline[:1])
    later = "Nothing found. What is missing is said once it is over."
    async with editing(running) as desk:
        await desk.press("f5")
        assert later in desk.screen
    async with editing(SOUND) as desk:
        await desk.press("f5")
        assert "Nothing found." in desk.screen
        assert later not in desk.screen


async def test_a_silence_between_estimates_is_an_estimate() -> None:
    entries = (
        Entry(id="e1", at=at("14:00"), kind="started", about=True, text="Errors begin"),
        Entry(id="e2", at=at("15:00"), text="A restart"),
        Entry(id="e3", at=at("17:00"), kind="resolved", text="All is well"),
    )
    async with editing(Postmortem(timezone="UTC", timeline=entries)) as desk:
        assert "~1h 00m without an event" in desk.screen
        assert "─ 2h 00m without" in desk.screen.replace("┄", "─")
        await desk.press("f5", "d")
        lines = [" ".join(line.split()) for line in desk.lines()]
        assert any("~14:00 → 15:00 about 1h 00m" in line for line in lines)
        assert any("15:00 → 17:00 2h 00m" in line for line in lines)


async def test_markup_in_a_finding_is_shown_as_it_is() -> None:
    async with editing(SOUND.revise(links=(Link(target="[bold]x[/bold].md"),))) as desk:
        await desk.press("f5")
        assert "[bold]x[/bold].md" in desk.screen


async def test_durations_name_their_two_events_and_what_was_stated() -> None:
    stated = SOUND.revise(times=Times(started=at("14:00"), resolved=at("15:30")))
    async with editing(stated, size=(120, 50)) as desk:
        await desk.press("f5", "d")
        lines = "\n".join(desk.lines())
        assert "time to detect" in lines
        assert "started 14:00 → detected 14:08" in lines
        assert "stated 15:30, in the timeline 14:55, 35m earlier" in lines
        assert "not the stated window" in lines
        await desk.press("escape")
        assert desk.editor.in_findings


async def test_durations_tell_what_the_clock_alone_does_not() -> None:
    """The day, an estimate, and of a gap where the event before ended."""
    entries = (
        Entry(id="e1", at=at("23:30"), kind="started", about=True, text="Errors begin"),
        Entry(id="e2", at=at("23:40"), until=at("23:50"), text="A restart"),
        Entry(id="e3", at=at("01:30", day=23), kind="resolved", text="All is well"),
    )
    document = Postmortem(timezone="UTC", times=Times(started=at("23:20")), timeline=entries)
    async with editing(document) as desk:
        await desk.press("f5", "d")
        assert "about 2h 00m  started ~23:30 → resolved 01:30 +1d" in desk.screen
        assert "stated 23:20, in the timeline ~23:30, 10m later" in desk.screen
        gap = next(line for line in desk.lines() if "23:50 → 01:30 +1d" in line)
        assert "1h 40m" in gap


async def test_a_click_on_the_phases_shows_the_durations() -> None:
    async with editing(SOUND) as desk:
        await desk.click("diagnose")
        assert "total impact" in desk.screen


async def test_a_contradiction_is_said_where_the_phases_are() -> None:
    wrong = SOUND.revise(timeline=tuple(e for e in SOUND.timeline if e.id in ("e1", "e7")))
    turned = wrong.revise(
        times=Times(),
        timeline=(
            wrong.timeline[1].revise(at=at("13:00")),
            wrong.timeline[0],
        ),
    )
    async with editing(turned) as desk:
        assert "⚠ resolved 13:00 lies 1h 00m before started 14:00" in desk.lines()[1]


async def test_gaps_are_seen_in_the_timeline() -> None:
    async with editing(INCIDENT) as desk:
        assert "1h 40m without an event" in desk.screen
        await desk.press("s", "s")
        assert "without an event" not in desk.screen


async def test_t_plus_counts_from_any_milestone() -> None:
    async with editing(INCIDENT) as desk:
        assert "+30m" in desk.screen
        await desk.press("T", "r")
        assert "-1h 40m" in desk.screen
        assert "T+ from resolved" in desk.screen


async def test_two_zones_stand_side_by_side() -> None:
    settings = Settings(theme="dark", autosave=False, timezone="Asia/Tokyo")
    async with editing(INCIDENT, settings=settings) as desk:
        await desk.press("z")
        assert "14:00 ┊ 23:00" in desk.screen
        assert "16:10 ┊ 01:10 +1d" in desk.screen
        assert "time ┊ UTC+9" in desk.screen or "time ┊ JST" in desk.screen
        await desk.press("z")
        assert "┊" not in desk.screen
        assert desk.document == INCIDENT


async def test_another_zone_is_offered_if_it_differs_at_the_time_of_the_incident() -> None:
    """In summer London is not on UTC, whatever it is on today."""
    settings = Settings(theme="dark", autosave=False, timezone="UTC")
    winter = at("14:00").replace(month=1)
    for moment, shown in (
        (winter, "UTC show what GMT shows"),
        (at("14:00"), "Times in BST and UTC"),
    ):
        entry = Entry(id="e1", at=moment, text="Errors begin")
        document = Postmortem(timezone="Europe/London", timeline=(entry,))
        async with editing(document, settings=settings) as desk:
            await desk.press("f3", "z")
            assert shown in desk.status


async def test_typing_is_not_held_up_and_the_review_follows_the_last_key() -> None:
    async with editing(SOUND) as desk:
        await desk.press("ctrl+r", "ctrl+end", typed(" Obviously."))
        assert [place for place in places(desk) if place == "root_cause"] == ["root_cause"]
        assert desk.document.root_cause.endswith("Obviously.")


async def test_a_review_that_outlasts_the_program_ends_quietly() -> None:
    async with editing(SOUND) as desk:
        screen = desk.editor
    with desk.app._context():
        await screen._review()


async def test_durations_on_few_columns_go_on_below_their_words() -> None:
    async with editing(SOUND, size=(56, 24)) as desk:
        await desk.press("f5", "d")
        lines = desk.lines()
        at = next(n for n, line in enumerate(lines) if "time to resolve" in line)
        column = lines[at].index("detected")
        assert lines[at + 1][column:].startswith("14:55")
