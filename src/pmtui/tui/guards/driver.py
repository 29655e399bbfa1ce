"""Textual's driver for terminals, with its own reading and writing replaced by ours."""

import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress

from textual.driver import Driver
from textual.message import Message

from pmtui.storage.pictures import Picture
from pmtui.tui.guards.frames import Frames
from pmtui.tui.guards.keystream import KeyStream
from pmtui.tui.guards.writer import BEGIN, END, Writer

_READ = 64 * 1024

_OTHER_SCREEN = "\x1b[?1049h"

_PARTS = (
    *("run_input_thread", "start_application_mode", "disable_input"),
    *("write", "close", "process_message", "_sigtstp_application", "_sigcont_application"),
    *("suspend_application_mode", "resume_application_mode"),
)
"""The methods that are replaced or relied on."""

_VALUES = (
    *("fileno", "exit_event", "_app", "_debug", "_loop"),
    *("_auto_restart", "_must_signal_resume"),
)
"""What each driver carries, beside the file that it draws on."""


def guarded(stock: type[Driver]) -> type[Driver]:
    """The driver with the guards, or `stock` where that has another shape than was tried."""
    try:
        from textual._xterm_parser import XTermParser
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:
        return stock
    if stock is not LinuxDriver or not all(hasattr(stock, name) for name in _PARTS):
        return stock

    class GuardedDriver(LinuxDriver):
        """Reads whatever bytes come, and never waits for a terminal that does not read."""

        _writer: Writer | None = None
        _waker: tuple[int, int] | None = None
        _picture: str = ""
        _at_hand: str = ""
        """What is not sent, as the terminal was told it before."""

        frames: Frames | None = None
        _stopped = False
        _continuing = 0
        """How often it was told to go on, and did not yet."""

        def start_application_mode(self) -> None:
            """Take the terminal, and write to it in a thread of our own."""
            file = getattr(self, "_file", None)
            if file is None or not all(hasattr(self, name) for name in _VALUES):
                super().start_application_mode()  # type: ignore[no-untyped-call]
                return
            picture = self._picture_there()
            before = picture.drawing if picture else None
            self._writer = Writer(
                file.fileno(), file.encoding, self._repaint, self._catch_up, before
            )
            self._writer.start()
            self.frames = Frames(picture)
            self._waker = os.pipe()
            self._at_hand = _OTHER_SCREEN if picture else ""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if picture is not None:
                self.attrs_before = picture.attributes

        def _picture_there(self) -> Picture | None:
            """What stands on the terminal when it is taken first; now it is drawn over."""
            picture: Picture | None = getattr(self._app, "picture", None)
            if self.frames is not None or picture is None or picture.attributes is None:
                return None
            picture.taken_over = True
            return picture

        # A handler of a signal may find the program anywhere, also in a thread's beginning or with
        # a lock: what waits for a thread is left to the loop.

        def _sigtstp_application(self, *_: object) -> None:
            if self._auto_restart:
                self._soon(self._stop)
            else:
                super()._sigtstp_application()  # another program has the terminal, and stops too

        def _stop(self) -> None:
            """Give the terminal back and stop, unless it was told meanwhile to go on again."""
            if not self._app.is_running:
                return
            if not self._stopped:
                self._stopped = self._must_signal_resume = True
                self.suspend_application_mode()
            if not self._continuing:
                os.kill(os.getpid(), signal.SIGSTOP)

        def _sigcont_application(self, *_: object) -> None:
            if self._auto_restart:
                self._continuing += 1
                self._soon(self._go_on)

        def _go_on(self) -> None:
            """Take the terminal again, unless `kill -STOP` left it taken, and draw all on it."""
            self._continuing -= 1
            if self._stopped:
                self._stopped = False
                self.resume_application_mode()
            self._repaint()

        def _soon(self, change: Callable[[], None]) -> None:
            with suppress(RuntimeError):  # the loop may have ended
                self._loop.call_soon_threadsafe(change)

        def disable_input(self) -> None:
            """Stop reading; the thread that does is woken, or it would go on until the next key."""
            waker, self._waker = self._waker, None
            if waker is not None:
                os.write(waker[1], b"x")
            super().disable_input()
            for end in waker or ():
                os.close(end)

        def write(self, data: str) -> None:
            """Have `data` written without waiting for it, a picture as a whole."""
            if self._writer is None:
                super().write(data)
                return
            if data == self._at_hand:
                self._at_hand = ""
                return
            if data == BEGIN or self._picture:
                self._picture += data
                if data != END:
                    return
                data, self._picture = self._picture, ""
            self._writer.write(data)

        @property
        def is_late(self) -> bool:
            """Whether the terminal is behind; it gets a new picture when it is not any more."""
            return self._writer is not None and self._writer.is_late()

        def close(self) -> None:
            """Wait for the last words, unless the terminal reads nothing."""
            if self._writer is not None:
                self._writer.stop()
            super().close()

        def run_input_thread(self) -> None:
            """Make events of what comes until told to stop, or until the terminal is gone."""
            if self._writer is None or self._waker is None:
                super().run_input_thread()
                return
            try:
                self._read_keys(self._waker[0])
            except Exception as error:  # Textual would make a report of it, and lose it
                self._app.call_later(self._app._handle_exception, error)

        def _read_keys(self, waker: int) -> None:
            stream = KeyStream(lambda: XTermParser(self._debug))
            while not self.exit_event.is_set():
                ready, _, _ = select.select([self.fileno, waker], [], [], stream.patience)
                if waker in ready:
                    break
                data = _read(self.fileno) if ready else None
                if data == b"":
                    self._process(stream.end())
                    # A terminal that closes need not tell us so: it may not be the controlling one.
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                self._process(stream.feed(data) if data else stream.tick())
            self._process(stream.end())

        def _process(self, messages: Iterator[Message]) -> None:
            for message in messages:
                self.process_message(message)

        def _repaint(self) -> None:
            self._app.call_later(self._draw_anew)

        def _catch_up(self) -> None:
            self._app.call_later(self._app.refresh)

        def _draw_anew(self) -> None:
            if self.frames is not None:
                self.frames.forget()
            self._app.refresh(layout=True)

    return GuardedDriver


def _read(descriptor: int) -> bytes | None:
    """What has come, b"" when the terminal is gone, None when there was nothing after all."""
    try:
        return os.read(descriptor, _READ)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""
