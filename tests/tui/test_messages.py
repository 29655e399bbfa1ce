"""What the program says can be read whole, once, whatever its length and the terminal's width."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmtui.core.document import Postmortem
from pmtui.errors import StorageError
from pmtui.storage.keeper import Keeper
from pmtui.tui.commands import BY_ID
from pmtui.tui.key_settings import usable_keys
from pmtui.tui.messages import Tone
from pmtui.tui.widgets import message_bar
from pmtui.tui.widgets.message_bar import MessageBar
from pmtui.tui.wrapping import fitted, wrap
from tests.tui.cases import with_timeline
from tests.tui.world import INCIDENT, NARROW, SETTINGS, WIDE, editing, typed

DEEP = "/home/ana/.local/state/pmtui/recovery/of-this-machine/checkout-db-1f2e3d4c.toml"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_where_a_copy_is_kept_can_be_read_to_its_last_letter(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(keeper: Keeper, document: Postmortem) -> bool:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Keeper, "save", save)
    monkeypatch.setattr(Keeper, "keep_copy", lambda *_: Path(DEEP))
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("d", "ctrl+s")
        said = "".join(line.strip() for line in desk.lines()[-4:-1])
        assert "the disk is full" in said
        assert said.replace(" ", "").endswith(DEEP.replace(" ", ""))


@given(st.text("ab /", max_size=300), st.integers(1, 60), st.integers(1, 3))
def test_a_message_never_takes_more_than_its_room(text: str, width: int, most: int) -> None:
    lines = fitted(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
    if len(wrap(text, width)) <= most:
        assert lines == wrap(text, width)


def test_a_path_gives_way_in_its_middle_before_its_name_does() -> None:
    words = " ".join(fitted(f"your text is kept in {DEEP}", 50, 2))
    assert words.startswith("your text is kept in /home/")
    assert "…" in words
    assert words.endswith("/checkout-db-1f2e3d4c.toml")


async def test_every_remark_on_opening_is_shown_one_after_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    say = MessageBar.say

    def recorded(bar: MessageBar, text: str, tone: Tone = "") -> None:
        say(bar, text, tone)
        seen.append(bar.text)

    monkeypatch.setattr(MessageBar, "say", recorded)
    monkeypatch.setattr(message_bar, "SPOKEN", 0.05)
    settings = replace(SETTINGS, keys=(("previw", "f5"), ("export", "ctrl+s")))
    content = b'# mine\nschema = 1\ntitle = "x"\n'
    async with editing(Postmortem(), settings=settings, content=content) as desk:
        while desk.status:
            await desk.pilot.pause(0.02)
    seen = [text for text in seen if text]
    assert [text[:8] for text in seen] == ["(1 of 3)", "(2 of 3)", "(3 of 3)"]
    assert "Comments" in seen[0]
    assert seen[1].endswith("keys.previw: there is no such command; did you mean preview?")
    assert seen[2].endswith("keys.export: ctrl+s is the key of save; it keeps f7")


KEYS = (
    ((("preview", "F10"),), {"preview": "f10"}, ""),
    ((("preview", "^e"),), {"preview": "ctrl+e"}, ""),
    ((("timeline.delete", "shift+d"),), {"timeline.delete": "D"}, ""),
    ((("timeline.add", "+"),), {"timeline.add": "+"}, ""),
    ((("next", "ctrl+e,tab"),), {"next": "ctrl+e,tab"}, ""),
    ((("preview", "f7"), ("export", "f6")), {"preview": "f7", "export": "f6"}, ""),
    ((("preview", "f10"), ("export", "f10")), {"preview": "f10"}, "keys.export: f10 is the key of"),
    ((("timeline.add", "d"),), {}, "keys.timeline.add: d is the key of timeline.delete"),
    ((("timeline.add", "/"),), {}, "keys.timeline.add: / is the key of timeline.filter"),
    ((("timeline.add", "f2"),), {}, "keys.timeline.add: f2 is the key of tasks"),
    ((("timeline.add", "A"), ("tasks.add", "A")), {"timeline.add": "A", "tasks.add": "A"}, ""),
    ((("timeline.add", "j"),), {}, "keys.timeline.add: j moves the cursor in the list"),
    ((("preview", "p"),), {}, "keys.preview: p is needed for typing"),
    ((("preview", "slash"),), {}, "keys.preview: slash is needed for typing"),
    ((("preview", "enter"),), {}, "keys.preview: enter is needed for typing"),
    ((("preview", "ctrl+m"),), {}, "keys.preview: terminals send ctrl+m as Enter"),
    ((("preview", "f99x"),), {}, "keys.preview: “f99x” is no key"),
    ((("preview", "strg+e"),), {}, "keys.preview: “strg+e” is no key"),
    ((("preview", ""),), {}, "keys.preview: no key is named"),
)


@pytest.mark.parametrize(("wanted", "usable", "fault"), KEYS)
def test_keys_that_cannot_be_used_are_told_by_their_command_and_keep_the_default(
    wanted: tuple[tuple[str, str], ...], usable: dict[str, str], fault: str
) -> None:
    keys, faults = usable_keys(wanted)
    assert dict(keys) == usable
    assert "\n".join(faults).startswith(fault)
    assert bool(faults) == bool(fault)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(BY_ID)), st.sampled_from(["f5", "f6", "f7", "d", "A"])),
        max_size=6,
    )
)
def test_no_two_commands_that_are_heard_in_one_place_have_the_same_key(
    wanted: list[tuple[str, str]],
) -> None:
    chosen, _ = usable_keys(tuple(wanted))
    for name, command in BY_ID.items():
        for other in BY_ID.values():
            if other is not command and command.scope in ("", other.scope):
                mine = set(chosen.get(name, command.keys).split(","))
                assert not mine & set(chosen.get(other.id, other.keys).split(","))


async def test_the_key_bar_shows_the_persons_own_keys() -> None:
    settings = replace(SETTINGS, keys=(("save", "ctrl+e"), ("timeline.add", "A")))
    async with editing(INCIDENT, settings=settings, size=(160, 36)) as desk:
        assert "^e save" in desk.lines()[-1]
        assert "A add" in desk.lines()[-1]
        await desk.press("d", "ctrl+e")
        assert desk.file == with_timeline("e2", "e3", "e4")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_refusal_is_said_once(size: tuple[int, int]) -> None:
    async with editing(INCIDENT, size=size) as desk:
        await desk.press("ctrl+t", typed("14:05 IST db down"), "enter")
        shown = " ".join(desk.screen.replace("│", " ").split())
        assert shown.count("IST may be") == 1
        assert "India" in shown
        assert "write the offset instead" in shown


async def test_what_was_said_of_a_refusal_goes_with_it() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("ctrl+t", typed("25:00 x"), "enter")
        assert desk.status == "Not taken yet"
        await desk.press("escape")
        assert desk.status == ""
        await desk.press("ctrl+g", "z", "ctrl+u", typed("Mars"), "tab")
        assert desk.status == "Zone: not taken yet"
        await desk.press("shift+tab", "ctrl+u", typed("UTC"), "tab", "tab")
        assert desk.status == ""
