"""The export screen: a form, a template and zones are chosen, and what comes of them is shown."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pmtui.core.clock.zones import zone_names
from pmtui.core.document import Postmortem
from pmtui.errors import PmtuiError
from pmtui.formats import FORMATS, by_name
from pmtui.storage.exports import Wish, make, place_beside
from pmtui.storage.templates import known
from pmtui.tui.background import in_turns
from pmtui.tui.guards import once
from pmtui.tui.widgets.bars import Bar
from pmtui.tui.widgets.preview import Preview

LAG = 0.1
"""Seconds after the last change until the preview follows."""

OFFERED = tuple(form for form in FORMATS if form.writes and form.name != "toml")
"""The forms to choose from: all but that of the file itself."""

_KEYS = (("Enter", "write and copy"), ("Tab", "next"), ("d", "diagram"), ("Esc", "back"))


class ZoneSuggester(Suggester):
    """Completes the last of several zones with commas between."""

    def __init__(self) -> None:
        super().__init__(case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """`value` with its last zone completed; None where none begins like that."""
        return completed(value)


def completed(value: str) -> str | None:
    """Zones with commas between, the last of them completed; None where none begins like that."""
    begun = value.rpartition(",")[2].strip().casefold()
    fitting = (name for name in zone_names() if begun and name.casefold().startswith(begun))
    name = next(fitting, None)
    return None if name is None else f"{value.rstrip()}{name[len(begun) :]}"


class Choices(OptionList):
    """A list in which to stand on one thing; that one is chosen."""

    def on_key(self, event: events.Key) -> None:
        """Move at once, so that no key typed ahead overtakes another."""
        if move := _MOVES.get(event.key):
            event.stop()
            event.prevent_default()
            getattr(self, f"action_{move}")()


_MOVES = {
    "up": "cursor_up",
    "down": "cursor_down",
    "home": "first",
    "end": "last",
    "pageup": "page_up",
    "pagedown": "page_down",
}


class ExportScreen(ModalScreen[Wish | None]):
    """Gives the wish that was confirmed by Enter, None after Esc; it writes nothing itself.

    A window that is too narrow for both shows the choices, and the preview where Tab leads to it.
    """

    BINDINGS = [
        Binding("enter", "confirm", "write and copy", priority=True),
        Binding("escape", "leave", "back", priority=True),
        # Before the focused widget: what is typed ahead of it belongs to the next one.
        Binding("tab", "move(1)", "next", priority=True),
        Binding("shift+tab", "move(-1)", "previous", priority=True),
    ]
    AUTO_FOCUS = "#forms"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-slim"), (120, "-broad")]

    def __init__(self, document: Postmortem, path: Path, wish: Wish) -> None:
        super().__init__()
        self._document = document
        self._path = path
        self._wish = wish
        self._templates = known(path.parent)
        self._timer: Timer | None = None
        self._trouble = ""
        self._shown = Wish("")
        self._place = path
        self._bars = {name: Bar(name) for name in ("head", "status", "keys")}
        self._preview = Preview("export-preview", "", "")
        self._form_list = _choices("forms", "Form", [(f.name, f.label) for f in OFFERED])
        self._template_list = _choices(
            "templates", "Template", [(t.name, t.name) for t in self._templates]
        )
        self._zones = Input(
            ", ".join(wish.timezones),
            placeholder=document.timezone or "as in the document",
            suggester=ZoneSuggester(),
            compact=True,
            id="zones",
            classes="pane",
        )
        self._zones.border_title = Content("Time zones")
        self._zones.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Choices at the left, the preview at the right, bars around them."""
        yield self._bars["head"]
        with Horizontal(id="export"):
            with Vertical(id="choices"):
                yield self._form_list
                yield self._template_list
                yield self._zones
            yield self._preview
        yield self._bars["status"]
        yield self._bars["keys"]

    def on_mount(self) -> None:
        """Stand on what was chosen last, and show it."""
        _stand_on(self._form_list, self._wish.format)
        _stand_on(self._template_list, self._wish.template)
        self._follow(self._wish, lag=0)

    # -- choosing ------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#forms")
    def _form_chosen(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._follow(replace(self._wish, format=event.option.id or ""))

    @on(OptionList.OptionHighlighted, "#templates")
    def _template_chosen(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._follow(replace(self._wish, template=event.option.id or "", template_from=""))

    @on(Input.Changed, "#zones")
    def _zones_typed(self, event: Input.Changed) -> None:
        event.stop()
        names = tuple(name.strip() for name in event.value.split(",") if name.strip())
        self._follow(replace(self._wish, timezones=names))

    def on_key(self, event: events.Key) -> None:
        """`d`, where no text takes it: draw the timeline in Mermaid, or no longer."""
        if event.key == "d":
            event.stop()
            self._follow(replace(self._wish, diagram=not self._wish.diagram))

    def action_move(self, step: int) -> None:
        """Go to the next choice, or to the one before; first Tab completes the zone being typed."""
        if step > 0:
            if not self._complete():
                self.focus_next()
        else:
            self.focus_previous()

    def _complete(self) -> bool:
        """Complete the zone that is being typed; gives whether there was anything to complete."""
        zones = self._zones
        whole = completed(zones.value) if zones.has_focus and zones.cursor_at_end else None
        if whole in (None, zones.value):
            return False
        zones.value = whole or ""
        zones.action_end()
        return True

    @property
    def effective(self) -> Wish:
        """The wish without what the chosen form does not have."""
        options = by_name(self._wish.format).options
        return Wish(
            self._wish.format,
            self._wish.template if "template" in options else "",
            self._wish.timezones if "timezones" in options else (),
            self._wish.diagram and "diagram" in options,
            self._wish.pairs,
            self._wish.template_from,
        )

    def _follow(self, wish: Wish, lag: float = LAG) -> None:
        """Take the wish; the preview follows once the person pauses for `lag` seconds."""
        self._wish = wish
        form = by_name(wish.format)
        self._template_list.disabled = "template" not in form.options
        self._zones.disabled = "timezones" not in form.options
        self._label()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if lag:
            self._timer = once(self, lag, self._draw_soon)
        else:
            self._draw_soon()

    # -- showing -------------------------------------------------------------------------------

    def _label(self) -> None:
        """What the bars and the frame of the preview say."""
        form = by_name(self._wish.format)
        suffix = form.suffixes[0]
        place = self._place if self._place.suffix == suffix else self._path.with_suffix(suffix)
        left = Content.assemble(
            Content.styled(" Export ", "bold $text-primary"),
            Content.styled(f"{form.label}: {form.help}", "$text-muted"),
        )
        self._bars["head"].show(left, Content(""))
        purpose = next((t.purpose for t in self._templates if t.name == self._wish.template), "")
        told = purpose if "template" in form.options else ""
        words = (
            Content.styled(f" {self._trouble}", "$text-error")
            if self._trouble
            else Content.styled(f" {told}", "$text-muted")
        )
        self._bars["status"].show(words, Content(""))
        self._preview.border_title = Content(place.name)
        shown = [
            part
            for key, label in _KEYS
            if key != "d" or "diagram" in form.options
            for part in (
                Content.styled(f" {key} ", "bold $text-primary"),
                Content.styled(f"{label} ", "$text-muted"),
            )
        ]
        self._bars["keys"].show(Content.assemble(*shown), Content(""))

    def _draw_soon(self) -> None:
        self._timer = None
        in_turns(self, self._draw, "preview", exclusive=True)

    async def _draw(self) -> None:
        """Make the export and show it, or say why it cannot be made."""
        wish = self.effective
        try:
            data, self._place = await asyncio.to_thread(self._made, wish)
        except PmtuiError as error:
            self._trouble = str(error)
            # A zone that is being typed is wrong until it is whole.
            if wish.timezones == self._shown.timezones or not self._shown.format:
                self._preview.show(self._trouble)
        else:
            self._trouble = ""
            self._shown = wish
            self._preview.show(_worth_seeing(wish.format, data.decode("utf-8-sig")))
        self._label()

    def _made(self, wish: Wish) -> tuple[bytes, Path]:
        """The export, and where it would be written."""
        data = make(self._document, wish, self._path.parent)
        return data, place_beside(self._path, by_name(wish.format).suffixes[0], data)

    @on(Preview.Closed)
    def _preview_left(self, event: Preview.Closed) -> None:
        event.stop()
        self.action_leave()

    # -- leaving -------------------------------------------------------------------------------

    async def action_confirm(self) -> None:
        """Leave with the wish; one that cannot be fulfilled is told, and the screen stays."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self._draw()
        if self._trouble:
            self.app.bell()
        else:
            self.dismiss(self.effective)

    def action_leave(self) -> None:
        """Leave without an export."""
        self.dismiss(None)


def _worth_seeing(form: str, text: str) -> str:
    """An export for the preview: of a page what follows the style sheet that all have.

    Files for other programs may end their lines by CR and LF; there is nothing to see of that.
    """
    return text.partition("</head>\n")[2] if form == "html" else text.replace("\r\n", "\n")


def _stand_on(choices: Choices, name: str) -> None:
    known = name and any(option.id == name for option in choices.options)
    choices.highlighted = choices.get_option_index(name) if known else 0


def _choices(id: str, title: str, named: Iterable[tuple[str, str]]) -> Choices:
    options = (Option(Content(label), id=name) for name, label in named)
    choices = Choices(*options, id=id, classes="pane", compact=True, markup=False)
    choices.border_title = Content(title)
    return choices
