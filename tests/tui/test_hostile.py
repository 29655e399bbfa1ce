"""Text written by others is data: markup is shown as typed, controls as visible signs."""

import time

import pytest

from pmtui.core.document import (
    Chain,
    Entry,
    Factor,
    Impact,
    Lessons,
    Link,
    Measure,
    Person,
    Postmortem,
    Section,
    Task,
)
from pmtui.tui.command_table import COMMANDS
from pmtui.tui.guards import visible
from pmtui.tui.widgets.text_field import TextField
from tests.tui.world import INCIDENT, Desk, at, editing, typed

MARKUP = ("[/]", "[bold]x", "[@click=app.quit]x", "[red", "[[b]]", "$primary", ":smile:", "\\[x]")
ALL_MARKUP = " ".join(MARKUP)
CONTROLS = {
    "\x1b]52;c;YWJj\x1b\\": "␛]52;c;YWJj␛\\",
    "\x1b[2J": "␛[2J",
    "\x9b31m": "�31m",
    "\x7f": "␡",
    "\u202eevil": "�evil",
    "\u2066x\u2069": "�x�",
}


def full_of(text: str) -> Postmortem:
    """A document with `text` in every place that holds text."""
    return Postmortem(
        title=text,
        reference=text,
        severity=text,
        timezone="UTC",
        services=(text,),
        tags=(text,),
        summary=text,
        cause_summary=text,
        detection=text,
        trigger=text,
        root_cause=text,
        resolution=text,
        conclusion=text,
        impact=Impact(text=text, users=text, requests=text, revenue=text, duration=text),
        lessons=Lessons(went_well=(text,), went_wrong=(text,), got_lucky=(text,)),
        people=(Person(name=text, role=text),),
        timeline=(Entry(id="e1", at=at("14:00"), text=text, who=text, source=text, link=text),),
        factors=(Factor(id="f1", text=text),),
        whys=(Chain(id="w1", question=text, answers=(text,)),),
        measures=(Measure(id="m1", text=text),),
        tasks=(Task(id="t1", text=text, owner=text, ticket=text),),
        links=(Link(title=text, target=text),),
        images=(Link(title=text, target=text),),
        sections=(Section(id="s1", heading=text, body=text),),
    )


async def tour(desk: Desk) -> str:
    """All that is shown while every pane, menu and command is looked at."""
    seen = [desk.screen]
    for key in ("ctrl+o", "ctrl+r", "ctrl+l", "f3", "f2", "ctrl+g", "escape", "f6", "f6"):
        await desk.press(key)
        seen.append(desk.screen)
    for command in COMMANDS:
        if command.id not in ("quit", "external"):
            desk.editor.run(command)
            await desk.rest()
            seen.append(desk.screen)
            await desk.press("escape")
    return "\n".join(seen)


@pytest.mark.long
async def test_markup_is_shown_and_direction_marks_are_not_wherever_they_stand() -> None:
    text = f"{ALL_MARKUP} \u202eevil \u2066x\u2069 日本語"
    async with editing(full_of(text), size=(200, 60)) as desk:
        shown = await tour(desk)
        assert desk.app.is_running
        for markup in MARKUP:
            assert shown.count(markup) > 200
        assert not set(shown) & set(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
        assert "�evil �x�" in shown


async def test_messages_and_toasts_with_controls_show_them_as_signs() -> None:
    async with editing(INCIDENT, size=(120, 60)) as desk:
        for text, shown in (*CONTROLS.items(), ("\x07\x08\x0b\x0c\r", "␇␈␋␌␍")):
            desk.editor.say(f"<{text}>", "error")
            await desk.rest()
            assert f"<{shown}>" in desk.screen
        desk.editor.say("")
        for text in CONTROLS:
            desk.app.notify(f"<{text}>", title=f"<{text}>", markup=False)
        await desk.rest()
        for shown in CONTROLS.values():
            assert desk.screen.count(f"<{shown}>") == 2


@pytest.mark.parametrize(
    "name",
    [
        "[bold]x.toml",
        "[@click=app.quit]y.toml",
        "\x1b]52;c;YQ\x1b\\.toml",
        "\u202e.toml",
        "a\x07\x08\rb.toml",
    ],
)
async def test_a_file_name_is_shown_as_it_is(name: str) -> None:
    async with editing(INCIDENT, name=name) as desk:
        assert visible(name) in desk.lines()[0]
        await desk.press("d", "ctrl+s", "f7")
        assert visible(name.removesuffix(".toml")) in desk.screen


async def test_markup_can_be_typed_everywhere() -> None:
    async with editing(Postmortem(timezone="UTC"), size=(120, 60)) as desk:
        for text in MARKUP:
            await desk.press("ctrl+g", "t", "ctrl+u", typed(text), "ctrl+r", typed(f"{text}\n"))
            assert desk.document.title == text
            await desk.press("ctrl+t", typed(f"14:00 a {text}"), "enter")
            await desk.press("ctrl+n", typed(f"a {text}"), "enter")
            assert desk.screen.count(text) >= 4, text
        assert desk.document.root_cause.split() == [*ALL_MARKUP.split()]
        assert [entry.text for entry in desk.document.timeline] == [f"a {each}" for each in MARKUP]
        assert [task.text for task in desk.document.tasks] == [f"a {each}" for each in MARKUP]


async def test_a_refused_line_with_markup_shows_it_in_the_reason() -> None:
    async with editing(INCIDENT) as desk:
        for text in (*MARKUP, "\u202eevil"):
            await desk.press("ctrl+g", "z", "ctrl+end", "ctrl+u", typed(text), "tab")
            assert desk.status, text
            assert visible(text) in desk.screen
            await desk.press("ctrl+t", "ctrl+u", typed(f"14:00 @[x] #{text}"), "enter")
            assert desk.app.is_running


async def test_controls_from_the_clipboard_become_visible_signs_in_the_document() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r")
        await desk.paste("a\x1b]52;c;YWJj\x07b\x9b31m")
        assert desk.document.root_cause == "a\ufffd]52;c;YWJj\ufffdb\ufffd31m"


async def test_what_is_pasted_over_a_list_lands_in_the_line_below_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("f3")
        await desk.paste("14:10 d\x07ies slowly\n")
        assert desk.focus == "timeline/line"
        assert desk.document == INCIDENT
        await desk.press("enter")
        assert [e.text for e in desk.document.timeline][1] == "d\ufffdies slowly"


def test_a_long_run_of_blanks_is_made_one_line_in_no_time() -> None:
    field = TextField(one_line=True)
    began = time.thread_time()
    field.insert_pasted(f"{' ' * 100_000}x \n\t y")
    assert field.text == f"{' ' * 100_000}x y"
    assert time.thread_time() - began < 5, "a search from each blank to the end takes minutes"
