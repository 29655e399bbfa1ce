"""The least that Textual can do, which figures are held against: one widget that shows the keys."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "bare app"


class Bare(App[None]):
    """Shows the keys that were pressed last."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(READY, markup=False)

    def on_mount(self) -> None:
        """Begin with no keys."""
        self.pressed = ""

    def on_key(self, event: events.Key) -> None:
        """Show the key."""
        self.pressed = f"{self.pressed[-20:]}{event.character or event.key}"
        self.query_one(Static).update(self.pressed)


if __name__ == "__main__":
    Bare().run()
