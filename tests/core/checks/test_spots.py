"""Every finding leads to a field or a row of the editor, and to its line of the file."""

from hypothesis import given

from pmtui.core.checks.options import Options
from pmtui.core.checks.places import rank, text_at, value_at, with_value
from pmtui.core.checks.registry import FAMILIES, review
from pmtui.core.checks.spots import label, spot
from pmtui.core.document import Postmortem
from pmtui.core.fields import fields_of
from pmtui.formats import toml
from pmtui.formats.toml.locations import Locator
from tests.core.checks.cases import CASES
from tests.core.checks.sound import NOW, SOUND, found
from tests.strategies import documents

ALL = Options(on=FAMILIES)


@given(documents())
def test_any_finding_has_a_spot_in_the_editor_and_a_line_in_the_file(document: Postmortem) -> None:
    data = toml.write(document)
    locator, lines = Locator(data), data.decode().split("\n")
    again = toml.read(data)
    for hit in review(again, NOW, ALL):
        there = spot(again, hit)
        assert label(again, hit)
        assert rank(again, hit.place)
        if there.place.pane in ("summary", "root-cause", "lessons"):
            fields = {field.id: field for field in fields_of(again, there.place.pane)}
            rows = fields[there.place.item].read(again).split("\n")
            for row, column in (there.place.cursor, there.end):
                assert 0 <= column <= len(rows[row])
        else:
            items = (*again.timeline, *again.tasks, *again.measures)
            assert there.place.item in ("", *(item.id for item in items))
        region = locator.region(hit.place, hit.begin, hit.words)
        assert 1 <= region.line <= region.end_line <= len(lines)
        assert (region.line, region.column) <= (region.end_line, region.end_column)


def test_the_words_of_every_case_are_found_in_their_file() -> None:
    for case in CASES:
        data = toml.write(case.fires)
        lines, locator = data.decode().split("\n"), Locator(data)
        for hit in found(toml.read(data), case.options):
            region = locator.region(hit.place, hit.begin, hit.words)
            assert lines[region.line - 1][region.column - 1 :].startswith(hit.words), hit


def test_the_words_of_every_case_are_found_in_their_field() -> None:
    for case in CASES:
        for hit in found(case.fires, case.options):
            there = spot(case.fires, hit)
            if hit.words and there.place.pane not in ("timeline", "tasks"):
                field = next(
                    field
                    for field in fields_of(case.fires, there.place.pane)
                    if field.id == there.place.item
                )
                rows = field.read(case.fires).split("\n")
                row, column = there.place.cursor
                assert rows[row][column:].startswith(hit.words)
                assert there.end == (row, column + len(hit.words))


def test_a_place_is_a_path_with_ids_or_positions() -> None:
    assert text_at(SOUND, "timeline.e3.text") == "Ana looks at it"
    assert text_at(SOUND, "whys.c1.answers.1") == "Kept an hour"
    assert value_at(SOUND, "timeline.none.text") is None
    assert text_at(SOUND, "times.started") == ""
    changed = with_value(SOUND, "whys.c1.answers.1", "Cached")
    assert changed.whys[0].answers == ("Old address", "Cached", "By default")
    assert changed.timeline is SOUND.timeline


def test_the_order_of_findings_is_that_of_the_document() -> None:
    places = ["title", "times.started", "timeline.e1.text", "timeline.e2.text", "tasks.t1.owner"]
    ranks = [rank(SOUND, place) for place in places]
    assert ranks == sorted(set(ranks))
