"""The guards do their work on the installed Textual, and step aside where it has another shape."""

import asyncio
import os
import pty
import threading
import time
from collections.abc import Iterable, Iterator

import pytest
import textual._parser
import textual.timer
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.timer import Timer

from pmtui.tui.guards import guarded, once
from pmtui.tui.guards.decoding import new_decoder
from pmtui.tui.guards.keys import first_key
from pmtui.tui.guards.keystream import ESCAPE_WAIT, KeyStream
from pmtui.tui.guards.pastes import END, PAUSE, RUN, SILENCE, START, Keys, Pasted, Pastes, Piece
from pmtui.tui.guards.writer import LATE, LIMIT, STALL, Writer, is_picture


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, neighbours of one kind made one."""
    together: list[Piece] = []
    for piece in pieces:
        if together and type(together[-1]) is type(piece):
            together[-1] = type(piece)(together[-1].text + piece.text)
        else:
            together.append(piece)
    return together


def fed(chunks: Iterable[str], pastes: Pastes | None = None) -> Iterator[Piece]:
    """The pieces of these chunks, which come one right after the other."""
    pastes = pastes or Pastes()
    for chunk in chunks:
        yield from pastes.feed(chunk, 0.0)
    yield from pastes.end()


PLAIN = st.text(st.sampled_from("ab\x1b[201~\r\né\x11"), max_size=32).filter(
    lambda text: START not in text and END not in text and "\x1b" not in text[-6:]
)


@given(st.lists(st.tuples(st.booleans(), PLAIN), max_size=6), st.data())
def test_however_it_is_cut_up_keys_are_keys_and_pastes_are_pastes(
    parts: list[tuple[bool, str]], data: st.DataObject
) -> None:
    sent = "".join(f"{START}{text}{END}" if paste else text for paste, text in parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8)))
    chunks = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    wanted = joined(Pasted(text) if paste else Keys(text) for paste, text in parts if text)
    assert joined(fed(chunks)) == wanted


@given(st.lists(st.text(max_size=200), max_size=6))
def test_every_character_outside_of_the_brackets_comes_out_once_and_in_order(
    chunks: list[str],
) -> None:
    assert "".join(piece.text for piece in fed(chunks)) == "".join(chunks)


@pytest.mark.parametrize("end", ["\x11", "\x1b[A", "\x1b[113;5u", "\x7f", "\x1bOP"])
def test_a_key_that_writes_nothing_ends_a_paste_whose_end_is_missing(end: str) -> None:
    pastes = Pastes()
    assert not list(pastes.feed(f"{START}one\ntwo", 0.0))
    assert list(pastes.feed(end, PAUSE)) == [Pasted("one\ntwo"), Keys(end)]
    assert list(pastes.feed("x", PAUSE)) == [Keys("x")]


def test_escape_ends_a_paste_whose_end_is_missing() -> None:
    pastes = Pastes()
    assert not list(pastes.feed(f"{START}one", 0.0))
    assert not list(pastes.feed("\x1b", PAUSE))
    assert list(pastes.tick(PAUSE + 0.2)) == [Pasted("one"), Keys("\x1b")]
    assert list(pastes.feed("x", PAUSE + 0.3)) == [Keys("x")]


def test_after_a_silence_what_came_of_a_paste_is_handed_on_and_keys_are_keys_again() -> None:
    pastes = Pastes()
    assert not list(pastes.feed(f"{START}one", 0.0))
    assert not list(pastes.feed("t", 1.0))
    assert list(pastes.tick(SILENCE)) == [Pasted("onet")]
    assert list(pastes.feed("y\x11", SILENCE + 1)) == [Keys("y\x11")]


def test_a_paste_that_goes_on_after_a_silence_is_still_no_keys() -> None:
    pastes = Pastes()
    assert not list(pastes.feed(f"{START}one\r", 0.0))
    assert list(pastes.tick(SILENCE)) == [Pasted("one")]
    assert list(pastes.feed(f"\ntwo\r\nthree{END}x", SILENCE + 1)) == [
        Pasted("\r\ntwo\r\nthree"),
        Keys("x"),
    ]


def test_a_key_in_the_midst_of_a_paste_is_part_of_it() -> None:
    pastes = Pastes()
    assert not list(pastes.feed(f"{START}one", 0.0))
    assert not list(pastes.feed("\x11", PAUSE / 2))
    assert list(pastes.feed(f"two{END}", PAUSE / 2)) == [Pasted("one\x11two")]


def test_a_long_run_of_letters_comes_as_a_paste_and_a_key_held_down_as_keys() -> None:
    run = "one two " * RUN
    assert list(Pastes().feed(f"{run}\rx", 0.0)) == [Pasted(run), Keys("\rx")]
    assert list(Pastes().feed("j" * 500, 0.0)) == [Keys("j" * 500)]


@given(st.text(max_size=50))
def test_utf_8_is_decoded_as_such_also_byte_by_byte(text: str) -> None:
    decoder = new_decoder()
    data = text.encode("utf-8")
    assert "".join(decoder.decode(bytes([byte])) for byte in data) == text


@given(st.binary(max_size=50))
def test_no_bytes_stop_the_decoder(data: bytes) -> None:
    new_decoder().decode(data, final=True)


def test_a_text_in_latin_1_or_windows_1252_is_read_as_such() -> None:
    assert new_decoder().decode("déjà “vu” – 5 €".encode("cp1252"), final=True) == "déjà “vu” – 5 €"
    assert new_decoder().decode(b"a\x81b", final=True) == "a\ufffdb"


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def stream(clock: Clock) -> KeyStream:
    return KeyStream(lambda: XTermParser(False), clock)


def told(messages: Iterable[Message]) -> list[str]:
    """The characters and names of keys, and pastes in brackets."""
    return [
        f"<{message.text}>"
        if isinstance(message, events.Paste)
        else message.character or message.key
        for message in messages
        if isinstance(message, events.Key | events.Paste)
    ]


def test_textual_s_parser_gets_the_keys_and_never_a_paste() -> None:
    messages = stream(Clock()).feed(f"a\x1b[A{START}b\x1b[31mc{END}d\x1bOP".encode())
    assert told(messages) == ["a", "up", "<b\x1b[31mc>", "d", "f1"]


def test_a_lone_escape_is_the_key_of_this_name() -> None:
    clock = Clock()
    keys = stream(clock)
    assert told(keys.feed(b"a\x1b")) == ["a"]
    clock.now = 0.2
    assert [m.key for m in keys.tick() if isinstance(m, events.Key)] == ["escape"]
    assert told(keys.feed(b"b")) == ["b"]


@pytest.mark.parametrize(
    ("chunks", "keys"),
    [
        ((b"\x1b", b"d"), ["escape", "d"]),
        ((b"\x1b", b"b"), ["escape", "b"]),
        ((b"\x1bt",), ["escape", "t"]),
        ((b"x\x1bk\x1bj",), ["x", "escape", "k", "escape", "j"]),
        ((b"\x1b\x10",), ["escape", "ctrl+p"]),
        (("\x1bö".encode(),), ["escape", "ö"]),
        ((b"\x1b", b"[A"), ["up"]),
        ((b"\x1b[", b"A"), ["up"]),
        ((b"\x1bOP",), ["f1"]),
        ((b"\x1b", b"\x1b[A"), ["escape", "up"]),
        ((b"\x1bb",), ["ctrl+left"]),
        ((b"\x1b[120;3u",), ["alt+x"]),
    ],
)
def test_a_key_typed_right_after_escape_comes_after_it(
    chunks: tuple[bytes, ...], keys: list[str]
) -> None:
    known = stream(Clock())
    found = [message for chunk in chunks for message in known.feed(chunk)]
    assert [message.key for message in found if isinstance(message, events.Key)] == keys


@pytest.mark.parametrize("character", "\u3000\u00a0\u202f\u2009\u200b\u200c\u200d\u00ad\ue000")
def test_a_key_of_a_character_that_python_does_not_count_as_printable_writes_it(
    character: str,
) -> None:
    (message,) = stream(Clock()).feed(character.encode())
    assert isinstance(message, events.Key)
    key, rest = first_key(message)
    assert (key.is_printable, key.character, rest) == (True, character, None)


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), min_size=1))
def test_letters_that_come_at_once_are_the_keys_that_textual_makes_of_each(text: str) -> None:
    wanted = [key for letter in text for key in XTermParser(False).feed(letter)]
    found: list[events.Key] = []
    for message in stream(Clock()).feed(text.encode()):
        assert isinstance(message, events.Key)
        rest: events.Key | None = message
        while rest is not None:
            key, rest = first_key(rest)
            found.append(key)
    assert [(key.key, key.character) for key in found] == [
        (key.key, key.character) for key in wanted if isinstance(key, events.Key)
    ]


@pytest.mark.parametrize("hostile", [b"\x1b[1114112u", b"\x1b[99999999999999999999u", b"\x1b[;u"])
def test_a_sequence_that_textual_s_parser_cannot_bear_costs_no_other_key(hostile: bytes) -> None:
    keys = stream(Clock())
    found = told(keys.feed(b"a" + hostile + b"b"))
    assert (found[0], found[-1]) == ("a", "b")


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_no_bytes_whatever_stop_the_keys(chunks: list[bytes]) -> None:
    clock = Clock()
    keys = stream(clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual._parser, "get_time", clock)
        for chunk in chunks:
            list(keys.feed(chunk))
        for _ in range(3):  # a paste is handed on, a key that nothing follows is complete
            clock.now += 10.0
            list(keys.tick())
    assert told(keys.feed(b"\x1b[201~z"))[-1] == "z"


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a pty: the terminal's and the program's."""
    master, slave = pty.openpty()
    yield master, slave
    for descriptor in (master, slave):
        os.close(descriptor)


def drain(master: int, until: bytes) -> bytes:
    """What comes up to `until`."""
    data = b""
    while until not in data:
        data += os.read(master, 65536)
    return data


def test_a_stalled_terminal_keeps_nobody_waiting_and_costs_bounded_memory(
    terminal: tuple[int, int],
) -> None:
    master, slave = terminal
    repaints: list[bool] = []
    writer = Writer(slave, "utf-8", lambda: repaints.append(True))
    writer.start()
    frame = "x" * 20_000
    began = time.monotonic()
    for _ in range(10):
        writer.write(frame)
    time.sleep(STALL)
    for _ in range(1000):
        writer.write(frame)
    writer.write("\x1b[?1000l")
    assert time.monotonic() - began < 2 + STALL
    assert writer.pending < 100_000
    drain(master, b"\x1b[?1000l")
    end = time.monotonic() + 10
    while not repaints:
        assert time.monotonic() < end, "nobody draws the picture anew"
        time.sleep(0.01)
    writer.write("whole picture")
    drain(master, b"whole picture")
    writer.stop()
    assert not writer.is_alive()


def test_a_picture_that_is_held_back_can_be_drawn_once_the_terminal_has_taken_the_last(
    terminal: tuple[int, int],
) -> None:
    master, slave = terminal
    caught_up = threading.Event()
    writer = Writer(slave, "utf-8", lambda: None, caught_up.set)
    writer.start()
    assert not writer.is_late()
    writer.write("x" * 50_000 + "end")
    time.sleep(2 * LATE)
    assert writer.is_late()
    assert not caught_up.is_set()
    drain(master, b"end")
    assert caught_up.wait(10)
    assert not writer.is_late()
    writer.stop()


def test_the_last_words_of_a_stalled_terminal_are_given_up_after_a_second(
    terminal: tuple[int, int],
) -> None:
    writer = Writer(terminal[1], "utf-8", lambda: None)
    writer.start()
    for _ in range(10):
        writer.write("x" * 20_000)
    began = time.monotonic()
    writer.stop()
    assert 0.9 < time.monotonic() - began < 2
    drain(terminal[0], b"xxx")


def test_on_stopping_the_settings_arrive_and_pictures_need_not(terminal: tuple[int, int]) -> None:
    writer = Writer(terminal[1], "utf-8", lambda: None)
    writer.start()
    for text in ("x" * 20_000, *["picture"] * 10, "\x1b[?1049l"):
        writer.write(text)
    stopping = threading.Thread(target=writer.stop)
    stopping.start()
    while writer.pending > 20_010:
        time.sleep(0.01)
    assert b"picture" not in drain(terminal[0], b"\x1b[?1049l")
    stopping.join()


def test_a_terminal_that_is_gone_stops_the_writer_without_noise() -> None:
    master, slave = pty.openpty()
    os.close(master)
    writer = Writer(slave, "utf-8", lambda: None)
    writer.start()
    writer.write("x")
    writer.join(5)
    assert not writer.is_alive()
    writer.write("x" * LIMIT)
    assert writer.pending == 0
    os.close(slave)


def test_what_the_driver_sets_is_no_picture() -> None:
    for setting in ("\x1b[?1049h", "\x1b[?25l", "\x1b[>1u", "\x1b[<u", "\x1b[?2048$p"):
        assert not is_picture(setting)
    assert not is_picture("\x1b]52;c;YQ==\x07")
    assert is_picture("\x1b[?2026h")
    assert is_picture("\x1b[1;1Htext\x1b[?25l")


def test_nothing_is_looked_for_while_nothing_can_be_incomplete() -> None:
    now = 100.0
    stream = KeyStream(lambda: XTermParser(False), lambda: now)
    assert stream.patience is None
    list(stream.feed(b"x"))
    assert stream.patience is not None
    now += SILENCE + 1
    assert stream.patience is None


def test_an_escape_is_that_key_after_the_wait_for_the_rest_of_a_sequence() -> None:
    now = 100.0
    stream = KeyStream(lambda: XTermParser(False), lambda: now)
    assert not list(stream.feed(b"\x1b"))
    assert stream.patience == pytest.approx(ESCAPE_WAIT)
    now += ESCAPE_WAIT + 0.001
    assert [event.key for event in stream.tick() if isinstance(event, events.Key)] == ["escape"]


def test_the_driver_of_the_installed_textual_is_guarded() -> None:
    driver = guarded(LinuxDriver)
    assert driver is not LinuxDriver
    assert issubclass(driver, LinuxDriver)


def test_another_driver_is_left_as_it_is() -> None:
    assert guarded(HeadlessDriver) is HeadlessDriver


@pytest.mark.parametrize("part", ["run_input_thread", "close"])
def test_a_driver_of_another_shape_is_left_as_it_is(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for base in LinuxDriver.__mro__[:-1]:
        monkeypatch.delattr(base, part, raising=False)
    assert guarded(LinuxDriver) is LinuxDriver


async def test_a_timer_that_is_late_before_it_begins_to_wait_goes_off_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, timers = textual.timer._time.get_time, list[Timer]()

    def busy() -> float:
        if timers and asyncio.current_task() is timers[0]._task:
            time.sleep(0.02)
        return now()

    monkeypatch.setattr(textual.timer._time, "get_time", busy)
    went_off = asyncio.Event()
    async with App[None]().run_test() as pilot:
        timers.append(once(pilot.app, 0.01, went_off.set))
        await asyncio.wait_for(went_off.wait(), 10)
