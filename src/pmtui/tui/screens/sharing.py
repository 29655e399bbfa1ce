"""Getting the document out of the editor: preview, export, clipboard, $EDITOR."""

import asyncio
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from textual import on
from textual.app import SuspendNotSupported
from textual.timer import Timer
from textual.widget import Widget

from pmtui.core.text import replace_controls
from pmtui.errors import ClipboardError, PmtuiError, StorageError
from pmtui.formats import by_name
from pmtui.storage import atomic, clipboard
from pmtui.storage.clipboard import Copied
from pmtui.storage.exports import Wish, make, write_beside
from pmtui.storage.filenames import free_name, slug
from pmtui.storage.paths import recovery_dir
from pmtui.storage.settings import place
from pmtui.tui.background import in_turns
from pmtui.tui.guards import once
from pmtui.tui.messages import CopyRequested, Tone
from pmtui.tui.screens.navigation import FORMS, Navigation
from pmtui.tui.session import Session
from pmtui.tui.widgets.preview import Preview

PREVIEW_LAG = 0.15
"""Seconds after the last change until the preview follows."""

_EDITORS = ("vi", "vim", "nano")


class Sharing(Navigation):
    """The part of the editor screen that writes, copies and shows exports."""

    session: Session
    _made_preview: Preview | None = None
    _preview_timer: Timer | None = None
    _before_preview: Widget | None = None
    _last_wish: Wish | None = None

    def _usual(self) -> Wish:
        """What F6, F7 and F8 write."""
        settings = self.session.settings
        return Wish(
            template=settings.template, pairs=settings.durations, template_from=str(place())
        )

    # -- preview -------------------------------------------------------------------------------

    @property
    def preview(self) -> Preview | None:
        """The preview, while it is shown."""
        return self._made_preview if self.has_class("-preview") else None

    @property
    def reads_preview(self) -> bool:
        """Whether the cursor is in the preview."""
        return self.preview is not None and self.preview.has_focus

    def run_preview(self) -> None:
        """Show the exported Markdown, or hide it."""
        self.show_preview(self.preview is None)

    def show_preview(self, shown: bool) -> None:
        """Show or hide the preview; it has the cursor where it covers the pane that had it."""
        if shown == bool(self.preview):
            return
        preview = self._made_preview
        if preview is None:
            preview = self._made_preview = Preview()
            self.query_one("#panes").mount(preview, after="#left")
        had_cursor = preview.has_focus
        if shown:
            self._before_preview = self.focused
        preview.display = shown
        self.set_class(shown, "-preview")
        self.refresh_preview()
        if shown and self.preview_covers():
            self.set_focus(preview, scroll_visible=False)
        elif had_cursor and self._before_preview is not None:
            self.set_focus(self._before_preview, scroll_visible=False)

    @on(Preview.Closed)
    def _preview_closed(self, event: Preview.Closed) -> None:
        event.stop()
        self.show_preview(False)

    def preview_covers(self) -> bool:
        """Whether the preview lies over the pane that the cursor is in."""
        return self.has_class("-narrow") or self.active in FORMS

    def schedule_preview(self) -> None:
        """Let the preview follow once the person pauses."""
        if self.preview:
            if self._preview_timer is not None:
                self._preview_timer.stop()
            self._preview_timer = once(self, PREVIEW_LAG, self.refresh_preview)

    def refresh_preview(self) -> None:
        """Draw the preview if it is shown."""
        if preview := self.preview:
            in_turns(self, partial(self._draw_preview, preview), "preview", exclusive=True)

    async def _draw_preview(self, preview: Preview) -> None:
        """Fill the template in a thread: one of the team's own may take its seconds."""
        session = self.session
        try:
            data = await asyncio.to_thread(
                make, session.document, self._usual(), session.path.parent
            )
            preview.show(data.decode())
        except PmtuiError as error:
            preview.show(str(error))

    # -- export and clipboard ------------------------------------------------------------------

    def run_export(self) -> None:
        """Write the Markdown file."""
        in_turns(self, partial(self._export, self._usual(), copy=False), "export")

    def run_copy(self) -> None:
        """Write the Markdown file and copy it."""
        in_turns(self, partial(self._export, self._usual(), copy=True), "export")

    def run_export_as(self) -> None:
        """Choose the form of an export, then write and copy it."""
        from pmtui.tui.screens.export import ExportScreen  # its templates load Jinja

        def export(wish: Wish | None) -> None:
            if wish is not None:
                self._last_wish = wish
                in_turns(self, partial(self._export, wish, copy=True), "export")

        session = self.session
        wish = self._last_wish or self._usual()
        self.app.push_screen(ExportScreen(session.document, session.path, wish), export)

    async def _export(self, wish: Wish, copy: bool) -> None:
        path, document = self.session.path, self.session.document
        try:
            data = await asyncio.to_thread(make, document, wish, path.parent)
        except PmtuiError as error:
            self.say(f"Not exported: {error}", "error")
            return
        suffix = by_name(wish.format).suffixes[0]
        trouble = ""
        try:
            written = await asyncio.to_thread(write_beside, path, suffix, data)
            said = f"Exported to {_near(written)}"
        except PmtuiError as error:
            trouble = said = f"Not exported: {error}"
        if copy:
            await self._copy(data.decode("utf-8-sig"), after=said, tone="error" if trouble else "")
        else:
            self.say(said, "error" if trouble else "success")

    async def _copy(self, text: str, *, what: str = "", after: str = "", tone: Tone = "") -> None:
        """Copy `text` and say what became of it: `what` it is first, the sentence `after` last."""
        try:
            copied = await asyncio.to_thread(clipboard.copy, text)
        except ClipboardError as error:
            self.say(f"{error}. {after}" if after else str(error), tone or "warning")
            return
        if copied.escape:
            self.app.copy_to_clipboard(text)
        said = copied.message.rstrip(".")
        if what:
            said = f"{what[:1].upper()}{what[1:]}: {said[:1].lower()}{said[1:]}"
        self.say(f"{said}. {after}" if after else said, tone or _tone_of(copied))

    @on(CopyRequested)
    def _copy_requested(self, event: CopyRequested) -> None:
        event.stop()
        in_turns(self, partial(self._copy, event.text, what=event.what), "export")

    # -- $EDITOR -------------------------------------------------------------------------------

    def edit_externally(self, text: str) -> str | None:
        """`text` after the person's own editor had it; None when it could not be run."""
        command = self._editor_command()
        if not command:
            self.say("No editor found; set EDITOR, for instance EDITOR=nano", "error")
            return None
        if shutil.which(command[0]) is None:
            remedy = "set EDITOR, for instance EDITOR=nano"
            self.say(f"{command[0]} could not be run: there is no such program; {remedy}", "error")
            return None
        handle, name = tempfile.mkstemp(suffix=".md", prefix="pmtui-")
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
            code = self._run_in_foreground([*command, name])
            if code:
                kept = self._kept_aside(path, text)
                how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
                words = f"{command[0]} {how}; the text stays as it was{kept}"
                self.say(words, "error")
                return None
            return self._returned(path, command[0], text)
        except SuspendNotSupported:
            self.say("This terminal cannot be lent to another program; edit the text here", "error")
            return None
        except OSError as error:
            self.say(f"{command[0]} could not be run: {error.strerror}", "error")
            return None
        finally:
            path.unlink(missing_ok=True)

    def _returned(self, path: Path, editor: str, before: str) -> str | None:
        """What the editor left in the file; None, which is said, where it left none."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            self.say(f"{editor} removed the file that it was given; the text stays", "error")
            return None
        text = data.decode("utf-8", "replace").removesuffix("\n")
        if lost := replace_controls(text).count("\ufffd") - before.count("\ufffd"):
            are, stand = ("1 character is", "stands")
            if lost != 1:
                are, stand = f"{lost} characters are", "stand"
            kept = self._kept_aside(path, before)
            self.say(f"{are} no text and {stand} as \ufffd now{kept}", "warning")
        return text

    def _kept_aside(self, path: Path, before: str) -> str:
        """Keeps what an editor that failed had saved; gives the words that say where."""
        written = path.read_bytes()
        if written == before.encode():
            return ""
        try:
            place = free_name(recovery_dir(), f"{slug(self.session.path.stem)}-editor", ".md")
            atomic.save(place, written, expected=atomic.ABSENT, mode=0o600)
        except StorageError as error:
            return f", and what it saved could not be kept: {error.what}"
        return f", and what it saved is in {place}"

    def _run_in_foreground(self, command: list[str]) -> int:
        """Lend the terminal to a program; gives its exit code.

        Raises:
            OSError: It could not be started. Suspending does not end well when it is left by an
                error, so that is passed on only afterwards.
        """
        failure = OSError()
        # ctrl+c in that program is for it alone, though the terminal sends it to both.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            with self.app.suspend():
                try:
                    return subprocess.run(command, check=False).returncode
                except OSError as error:
                    failure = error
        finally:
            signal.signal(signal.SIGINT, before)
        raise failure

    def _editor_command(self) -> list[str]:
        wanted = (
            self.session.settings.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")
        )
        if wanted:
            try:
                return shlex.split(wanted)
            except ValueError:
                return [wanted]
        return next(([name] for name in _EDITORS if shutil.which(name)), [])


def _tone_of(copied: Copied) -> Tone:
    return "success" if copied.confirmed else ""


def _near(path: Path) -> str:
    """The path as short as it stays clear: relative to the present folder if it is below it."""
    try:
        return f"./{path.resolve().relative_to(Path.cwd())}"
    except (ValueError, OSError):
        return str(path)
