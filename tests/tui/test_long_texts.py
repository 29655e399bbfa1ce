"""Long texts are drawn and broken into rows as Textual does it, only quicker."""

import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets import TextArea

from pmtui.tui.guards.long_texts import _NARROW, MANY, LongTexts, QuicklyWrapped
from tests.long_run import besides

PIECES = st.sampled_from(
    [" ", "  ", "a", "word", "longer-than-that", "\t", "é", "日本", "🔥", "\n"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def shape(wrapped: WrappedDocument) -> object:
    """Everything that is known of the rows."""
    lines = range(wrapped.document.line_count)
    return (
        *(wrapped._wrap_offsets, wrapped._offset_to_line_info, wrapped._line_index_to_offsets),
        *(
            wrapped._tab_width_cache,
            wrapped.height,
            [list(wrapped.get_sections(at)) for at in lines],
        ),
    )


@given(TEXTS, st.integers(0, 12), st.lists(st.tuples(st.integers(0), st.integers(0), TEXTS)))
def test_rows_are_those_of_textual_after_any_edit(
    text: str, width: int, edits: list[tuple[int, int, str]]
) -> None:
    documents = Document(text), Document(text)
    stock, quick = WrappedDocument(documents[0]), QuicklyWrapped(documents[1])
    stock.wrap(width, 4)
    quick.wrap(width, 4)
    assert shape(quick) == shape(stock)
    for first, second, insertion in edits:
        length = len(documents[0].text)
        start, end = (
            documents[0].get_location_from_index(at % (length + 1)) for at in (first, second)
        )
        for document, wrapped in zip(documents, (stock, quick), strict=True):
            result = document.replace_range(start, end, insertion)
            wrapped.wrap_range(min(start, end), max(start, end), result.end_location)
        assert shape(quick) == shape(stock)


def test_what_counts_as_narrow_takes_one_cell() -> None:
    narrow = (chr(code) for code in range(sys.maxunicode + 1) if _NARROW.fullmatch(chr(code)))
    assert {get_character_cell_size(character) for character in narrow} == {1}


class Both(App[None]):
    """The same text in both text areas, one at a time."""

    def compose(self) -> ComposeResult:
        """Both, of one size."""
        for area in (TextArea, LongTexts):
            yield area(soft_wrap=True, compact=True, highlight_cursor_line=False)


async def test_a_line_of_many_rows_looks_the_same() -> None:
    """With the cursor at its end, inside it, with a selection in it, and with tabs."""
    line = "GET /cart 500 in\t30 s, été 日本 " * MANY * 2

    def drawn(area: TextArea) -> list[list[Segment]]:
        area.scroll_to(y=max(0, area._cursor_offset[1] - 3), animate=False, immediate=True)
        rows: list[Strip] = [area._render_line(y) for y in range(area.size.height)]
        return [list(row.simplify()) for row in rows]

    async with Both().run_test(size=(40, 24)) as pilot:
        areas = list(pilot.app.query(TextArea))
        for area in areas:
            area.load_text(f"above\n{line}\nbelow")
        for cursor, select in (((1, 500), False), ((1, len(line)), False), ((1, 300), True)):
            looks = []
            for area in areas:
                area.focus()
                await pilot.pause()
                area.move_cursor((0, 2) if select else cursor)
                if select:
                    area.move_cursor(cursor, select=True)
                await pilot.pause()
                looks.append(drawn(area))
            assert looks[0] == looks[1]


class Typed(App[None]):
    """One text area with a text of some lines, as an editor of prose."""

    def __init__(self, kind: type[TextArea]) -> None:
        super().__init__()
        self.area = kind(TYPED, soft_wrap=True, compact=True, highlight_cursor_line=False)
        self.area.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The text area."""
        yield self.area

    async def looks(self, keys: list[str]) -> list[list[list[Segment]]]:
        """What stands on the screen after each of `keys`, as it was drawn."""
        found = []
        async with self.run_test(size=(34, 12)) as pilot:
            self.area.focus()
            for key in keys:
                if key.startswith("size "):
                    width = int(key[5:])
                    await pilot.resize_terminal(width, 12)
                    while self.area.outer_size.width != width:
                        await pilot.pause()
                    await pilot.pause()
                else:
                    await pilot.press(key)
                rows = self.area.render_lines(self.area.size.region)
                found.append([list(row.simplify()) for row in rows])
        return found


TYPED = (
    "One (two [three] four) 日本語 five\n\n\tsix\tseven 🔥 eight\n" + "word " * 40 + "\nend\n" * 9
)
TYPED_KEYS = (
    *("a", "b", "space", "(", "]", "日", "🔥", "enter", "backspace", "delete", "ctrl+z", "ctrl+y"),
    *("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "ctrl+k", "ctrl+w"),
    *("shift+left", "shift+right", "shift+up", "shift+down", "ctrl+right", "size 20", "size 34"),
)


@pytest.mark.parametrize(("seed", "count"), [(1, 30), *besides((2, 500), (3, 500), (4, 500))])
async def test_random_keys_look_the_same_as_in_textual_s_own(seed: int, count: int) -> None:
    """Rows that no key touched are not drawn again, and nothing is forgotten that way."""
    keys = random.Random(seed).choices(TYPED_KEYS, k=count)
    stock, quick = await Typed(TextArea).looks(keys), await Typed(LongTexts).looks(keys)
    for number, (one, other) in enumerate(zip(stock, quick, strict=True)):
        assert other == one, keys[: number + 1]


async def test_a_letter_draws_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Typed(LongTexts)
    drawn: list[int] = []
    render = app.area._render_line
    async with app.run_test(size=(34, 12)) as pilot:
        app.area.focus()
        await pilot.press("x")
        monkeypatch.setattr(app.area, "_render_line", lambda y: drawn.append(y) or render(y))
        await pilot.press("y")
    assert drawn == [0]
