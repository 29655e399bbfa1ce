"""The export screen shows what will be written, writes what it shows, and nothing over others'."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.formats import by_name, toml
from pmtui.storage.exports import Wish
from pmtui.storage.settings import Settings
from pmtui.tui.screens.export import OFFERED, ExportScreen, ZoneSuggester
from tests.tui.world import INCIDENT, NARROW, Desk, at, editing, typed

OPEN = "shift+f8"
DEMO = Path(__file__).parents[2] / "src" / "pmtui" / "samples" / "demo.toml"


async def until(desk: Desk, holds: Callable[[], bool]) -> None:
    """Wait until the preview has followed; fails after some seconds."""
    for _ in range(400):
        await desk.pilot.pause(0.01)
        if holds():
            return
    raise AssertionError(f"it never came to that:\n{desk.screen}")


def screen_of(desk: Desk) -> ExportScreen:
    assert isinstance(desk.app.screen, ExportScreen)
    return desk.app.screen


async def followed(desk: Desk) -> None:
    """Wait until no change is on its way to the preview any more."""
    screen = screen_of(desk)
    await until(desk, lambda: screen._timer is None)
    await desk.rest()


def files(desk: Desk) -> dict[str, bytes]:
    """The files beside the document."""
    folder = desk.session.path.parent
    return {p.name: p.read_bytes() for p in folder.iterdir() if p != desk.session.path}


@pytest.mark.parametrize("number", range(len(OFFERED)))
async def test_enter_writes_the_form_that_is_chosen(number: int) -> None:
    form = OFFERED[number]
    due = INCIDENT.tasks[0].revise(due=at("14:00").date())
    document = INCIDENT.revise(tasks=(due,))
    async with editing(document, size=NARROW) as desk:
        await desk.press(OPEN, *["down"] * number)
        await followed(desk)
        assert screen_of(desk)._preview.border_title == f"checkout{form.suffixes[0]}"
        assert form.label in desk.screen
        await desk.press("enter")
        assert files(desk) == {f"checkout{form.suffixes[0]}": form.write(document)}
        assert f"checkout{form.suffixes[0]}" in desk.status
        assert desk.document is desk.session.keeper.document


async def test_the_preview_shows_template_and_zones_as_they_are_chosen() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN)
        await desk.rest()
        assert "## Issue Summary" in desk.screen
        await desk.press("tab", "home")
        await followed(desk)
        assert "## Incident summary" in desk.screen
        await desk.press("tab", *typed("UTC, asia/tokyo"))
        await followed(desk)
        await desk.press("enter")
        wish = Wish(template="atlassian", timezones=("UTC", "asia/tokyo"))
        written = files(desk)["checkout.md"].decode()
        assert "- 14:00 UTC / 23:00 JST - **detected**: Alert fired" in written
        assert desk.editor._last_wish == wish


async def test_keys_typed_ahead_arrive_where_they_belong() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, "down", "down", "tab", "home", "tab", *typed("UTC"), "enter")
        assert files(desk) == {
            "checkout.mrkdwn": by_name("slack").write(
                INCIDENT, template="atlassian", timezones=("UTC",)
            )
        }


async def test_the_next_time_it_stands_on_what_was_chosen_last() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, "down", "tab", "end", "enter", OPEN)
        await desk.rest()
        assert screen_of(desk).effective == Wish("html", "pagerduty")


async def test_what_terminals_send_for_shift_f8_opens_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("f20")
        assert screen_of(desk).effective == Wish(template="issue-summary")


async def test_leaving_the_program_from_here_saves_what_was_written() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", OPEN, "ctrl+q")
        assert desk.file == desk.document != INCIDENT
        assert not desk.app.is_running or desk.app._exit


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (200, 50)])
async def test_it_can_be_used_in_any_window(size: tuple[int, int]) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press(OPEN, "down", "tab", "home", "enter")
        assert list(files(desk)) == ["checkout.html"]


async def test_a_window_too_narrow_for_both_shows_the_preview_where_tab_leads_to_it() -> None:
    async with editing(INCIDENT, size=(40, 12)) as desk:
        await desk.press(OPEN)
        await followed(desk)
        assert all(name in desk.screen for name in ("Form", "Template", "Time zones", "HTML"))
        assert "# Checkout down" not in desk.screen
        await desk.press("tab", "tab", "tab")
        assert "│ # Checkout down" in desk.screen
        assert "Time zones" not in desk.screen
        await desk.press("tab")
        assert "Time zones" in desk.screen


async def test_esc_writes_nothing_and_gives_the_cursor_back() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+r", OPEN, "down", "tab", "escape")
        assert files(desk) == {}
        assert desk.focus == "root-cause/root_cause"


async def test_a_zone_that_is_none_is_told_and_nothing_is_written() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, "tab", "tab", *typed("CST"))
        await followed(desk)
        assert "CST may be" in desk.screen
        await desk.press("enter")
        screen_of(desk)
        assert files(desk) == {}
        assert "# Checkout down" in desk.screen
        await desk.press("escape")


async def test_a_form_without_templates_or_zones_does_not_offer_them() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, *["down"] * [form.name for form in OFFERED].index("json"))
        await followed(desk)
        screen = screen_of(desk)
        assert screen._template_list.disabled
        assert screen._zones.disabled
        assert '"schema": 1' in desk.screen
        await desk.press("up")
        await followed(desk)
        assert not screen._template_list.disabled


async def test_a_document_that_has_nothing_for_a_form_says_so_and_stays() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, *["down"] * [form.name for form in OFFERED].index("ics"))
        await followed(desk)
        assert "no task has a due date" in desk.screen
        await desk.press("enter")
        screen_of(desk)
        assert files(desk) == {}


async def test_d_draws_the_timeline_into_markdown_only() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, "d", "enter")
        assert b"```mermaid" in files(desk)["checkout.md"]
        await desk.press(OPEN, "down", "enter")
        assert b"mermaid" not in files(desk)["checkout.html"]


async def test_a_file_of_somebody_else_is_never_overwritten() -> None:
    async with editing(INCIDENT) as desk:
        theirs = desk.session.path.parent / "checkout.html"
        theirs.write_bytes(b"theirs")
        await desk.press(OPEN, "down", "enter")
        assert theirs.read_bytes() == b"theirs"
        assert "checkout-2.html" in desk.status
        assert set(files(desk)) == {"checkout.html", "checkout-2.html"}


async def test_the_name_in_the_frame_is_that_of_the_file_that_is_written() -> None:
    async with editing(INCIDENT) as desk:
        theirs = desk.session.path.parent / "checkout.md"
        theirs.write_bytes(b"theirs")
        await desk.press(OPEN)
        await followed(desk)
        assert screen_of(desk)._preview.border_title == "checkout-2.md"
        await desk.press("enter", OPEN)
        await followed(desk)
        assert screen_of(desk)._preview.border_title == "checkout-2.md"
        await desk.press("tab", "home", "enter")
        assert set(files(desk)) == {"checkout.md", "checkout-2.md"}
        assert b"## Incident summary" in files(desk)["checkout-2.md"]


async def test_tab_completes_the_zone_that_is_typed_and_then_goes_on() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press(OPEN, "tab", "tab", *typed("UTC, asia/kath"), "tab")
        screen = screen_of(desk)
        assert screen._zones.value == "UTC, asia/kathmandu"
        assert screen._zones.has_focus
        await desk.press("tab")
        assert not screen._zones.has_focus
        await desk.press("enter")
        assert "UTC+5:45" in files(desk)["checkout.md"].decode()


async def test_marks_and_line_ends_for_other_programs_are_not_shown() -> None:
    entry = INCIDENT.timeline[0].but(text="\N{LATIN SMALL LETTER E WITH ACUTE}t")
    async with editing(INCIDENT.but(timeline=(entry,))) as desk:
        await desk.press(OPEN, *["down"] * [form.name for form in OFFERED].index("csv"))
        await followed(desk)
        assert "at (UTC)" in desk.screen
        assert "\N{SYMBOL FOR CARRIAGE RETURN}" not in desk.screen
        assert screen_of(desk)._preview._text.startswith("id,")


async def test_a_template_of_the_team_is_offered_and_its_mistake_named() -> None:
    async with editing(INCIDENT) as desk:
        own = desk.session.path.parent / ".pmtui" / "templates"
        own.mkdir(parents=True)
        (own / "aaa.md.j2").write_text("{# Ours. #}\nHello {{ document.title | inline }}")
        (own / "aab.md.j2").write_text("\n{{ document.nope }}")
        await desk.press(OPEN, "tab", "home")
        await followed(desk)
        assert "Hello Checkout down" in desk.screen
        assert "Ours." in desk.screen
        await desk.press("down")
        await followed(desk)
        assert "aab.md.j2:2: " in desk.screen.replace("\n", "")
        await desk.press("enter")
        screen_of(desk)
        assert not list(desk.session.path.parent.glob("*.md"))


async def test_text_of_others_is_data_on_the_screen() -> None:
    hostile = "[bold red]x[/] \N{RIGHT-TO-LEFT OVERRIDE} [@click=app.quit]y[/]"
    document = Postmortem(title=hostile, timeline=(Entry(id="e", text=hostile),))
    async with editing(document, name="[red]a.toml") as desk:
        await desk.press(OPEN, *["down"] * 3)
        await followed(desk)
        assert "[bold red]x[/]" in desk.screen
        assert "[red]a.txt" in desk.screen
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in desk.screen


async def test_a_file_that_cannot_be_written_is_told_though_the_text_is_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with editing(INCIDENT) as desk:
        folder: Path = desk.session.path.parent
        (folder / "checkout.md").mkdir()
        monkeypatch.setattr("pmtui.tui.screens.sharing.write_beside", _refuse, raising=True)
        await desk.press(OPEN, "enter")
        assert "Not exported: the disk is full" in desk.status


def _refuse(*_: object) -> Path:
    from pmtui.errors import StorageError

    raise StorageError("the disk is full")


@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        ("europe/berl", "europe/berlin"),
        ("UTC, Asia/Tok", "UTC, Asia/Tokyo"),
        ("UTC, ", None),
        ("", None),
        ("xyz", None),
    ],
)
async def test_the_last_zone_is_completed(begun: str, whole: str | None) -> None:
    assert await ZoneSuggester().get_suggestion(begun) == whole


async def test_durations_of_the_settings_are_in_every_way_out() -> None:
    pairs = (("time to calm", "detected", "resolved"),)
    settings = Settings(durations=pairs)
    async with editing(toml.read(DEMO.read_bytes()), settings=settings) as desk:
        await desk.press(OPEN)
        await followed(desk)
        assert screen_of(desk).effective.pairs == pairs
        await desk.press("enter")
        (name,) = files(desk)
        assert b"time to calm: " in files(desk)[name]
