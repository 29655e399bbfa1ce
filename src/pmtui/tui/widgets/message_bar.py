"""What the program says: one sentence at a time, over as many lines as it needs."""

from collections import deque
from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from pmtui.tui.guards import once, visible
from pmtui.tui.messages import Tone
from pmtui.tui.wrapping import fitted

SPOKEN = 8.0
"""Seconds that a message stays; an error stays until the next one."""

NARROW = 100
"""Cells below which a message may take three lines instead of two."""

_TONES = {"success": "$text-success", "warning": "$text-warning", "error": "$text-error"}


class MessageBar(Widget):
    """A sentence that can be read whole; several that come together follow one another."""

    def __init__(self) -> None:
        super().__init__(id="status", classes="bar")
        self.text = ""
        self._tone: Tone = ""
        self._waiting: deque[tuple[str, Tone]] = deque()
        self._timer: Timer | None = None

    def say(self, text: str, tone: Tone = "") -> None:
        """Show a sentence; an error stays, other words give way to the next after a while."""
        if not text and self._waiting:
            text, tone = self._waiting.popleft()
        before = len(self._lines(self.size.width))
        self.text, self._tone = text, tone
        self.refresh(layout=len(self._lines(self.size.width)) != before)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if text and tone != "error":
            self._timer = once(self, SPOKEN, lambda: self.say(""))

    def say_each(self, texts: Iterable[str], tone: Tone = "") -> None:
        """Show several sentences one after another, each as long as any other message."""
        sentences = list(texts)
        total = len(sentences)
        for number, text in enumerate(sentences, 1):
            count = f"({number} of {total}) " if total > 1 else ""
            self._waiting.append((count + text, tone))
        if not self.text:
            self.say("")

    def _lines(self, width: int) -> list[str]:
        most = 3 if width < NARROW else 2
        if self.is_attached and self.screen.size.height < 4 * most + 4:
            most = 1
        # Textual drops these characters from what it draws, the guard of the terminal never saw
        # them: a file name must be shown as it is.
        return fitted(visible(self.text), max(1, width - 2), most)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence takes, at least one."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The sentence."""
        style = _TONES.get(self._tone, "$text-primary")
        lines = (f" {line}" for line in self._lines(self.size.width))
        return Content.styled("\n".join(lines), style)
