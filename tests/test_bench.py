"""The benches: their arithmetic, what they see of a program, and that they run from end to end.

No test judges a time.
"""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import budgets
from tests.bench.__main__ import main, run
from tests.bench.cases import BENCHES, Bench, chosen
from tests.bench.documents import HAPPENED, markdown, postmortem
from tests.bench.figures import Figure, Figures, percentile
from tests.bench.picture import Film
from tests.bench.place import Place
from tests.bench.player import contains
from tests.bench.table import Growth, Result, Row, is_met, judged, order, per_tenfold
from tests.bench.watched import Chunk, Link
from tests.e2e.desk import Desk
from tests.e2e.terminal import KEYS

VALUES = st.lists(st.floats(0, 1e6), min_size=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty folder to work in."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def result(row: Row, *rounds: dict[str, Figure]) -> Result:
    """What the only row is judged to be."""
    (found,) = judged([row], rounds)
    return found


@given(VALUES, st.floats(0, 1))
def test_a_percentile_lies_among_the_values_and_grows_with_its_share(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert percentile(values, 0) == min(values) <= found <= max(values) == percentile(values, 1)


def test_percentiles_of_few_values_lie_between_them() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([0, 10], 0.95) == pytest.approx(9.5)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@pytest.mark.parametrize(
    ("limit", "times", "value", "ratio", "met"),
    [
        (None, None, 5.0, 2.0, None),
        (5.0, None, 5.0, None, True),
        (5.0, None, 5.1, None, False),
        (0.0, None, 0.0, None, True),
        (None, 2.0, 99.0, 2.0, True),
        (None, 2.0, 1.0, 2.1, False),
        (None, 2.0, 1.0, None, None),
        (5.0, 2.0, 4.0, 3.0, False),
        (5.0, 2.0, 6.0, 1.0, False),
        (5.0, 2.0, 4.0, 1.0, True),
        (5.0, None, None, None, None),
    ],
)
def test_a_budget_is_met_when_all_of_it_is(
    limit: float | None,
    times: float | None,
    value: float | None,
    ratio: float | None,
    met: bool | None,
) -> None:
    assert is_met(Row("x", "", limit=limit, times=times), value, ratio) is met


def test_ratios_are_taken_within_a_round() -> None:
    row = Row("x", "", base="b", times=2)
    quiet = {"x": Figure(20, 10), "b": Figure(10, 10)}
    busy = {"x": Figure(90, 30), "b": Figure(60, 10)}
    busier = {"x": Figure(170, 30), "b": Figure(100, 10)}
    found = result(row, quiet, busy, busier)
    assert (found.value, found.cpu, found.ratio, found.cpu_ratio) == (90, 30, 1.7, 3)
    assert found.met is True


def test_a_budget_of_processor_time_is_not_one_of_wall_time() -> None:
    figures = {"x": Figure(value=50, cpu=4)}
    assert result(Row("x", "", limit=5, of_cpu=True), figures).met is True
    assert result(Row("x", "", limit=5), figures).met is False


def test_what_was_not_measured_is_left_out_and_a_missing_base_gives_no_judgement() -> None:
    rows = [Row("x", "", base="b", times=2), Row("y", "")]
    (found,) = judged(rows, [{"x": Figure(1)}])
    assert (found.row, found.ratio, found.met) == (rows[0], None, None)


@given(st.integers(1, 5), st.floats(1e-3, 1e3), st.floats(0, 2))
def test_the_ratio_for_ten_times_as_many_is_ten_to_the_power(
    decades: int, cost: float, power: float
) -> None:
    after = cost * 10 ** (power * decades)
    assert per_tenfold(10, cost, 10 ** (decades + 1), after) == pytest.approx(10**power)


@pytest.mark.parametrize(
    ("ratio", "found"),
    [(0.5, "flat"), (3, "flat"), (3.3, "linear"), (31, "linear"), (32, "more than linear")],
)
def test_the_order_is_known_by_the_ratio(ratio: float, found: str) -> None:
    assert order(ratio) == found


def test_growth_is_judged_at_the_large_end() -> None:
    growth = Growth("load", "linear", {10: 1, 100: 1.2, 1_000: 4, 10_000: 41})
    assert growth.ratios == pytest.approx([1.2, 4 / 1.2, 10.25])
    assert (growth.order, growth.met) == ("linear", True)
    assert Growth("key", "flat", growth.values).met is False
    assert Growth("sort", None, growth.values).met is None
    assert Growth("key", "flat", {10: 1}).met is None


def test_a_frame_is_seen_when_its_brackets_close() -> None:
    film = Film()
    parts = (b"\x1b[?2026h\x1b[1;1Hab", b"c\x1b[?20", b"26l\x1b[?2026h\x1b[?2026l", b"\x1b[2;1Hd")
    frames = [
        (frame.at, frame.changed, frame.whole)
        for at, part in enumerate(parts)
        for frame in film.play(Chunk(at, part))
    ]
    assert frames == [(2, True, True), (2, False, True), (3, True, False)]
    assert film.text.split("\n")[0].startswith("abc")


ECHO = """
import os, tty
tty.setraw(0)
os.write(1, b"\\x1b[?2026$p")
reply = os.read(0, 99)
os.write(1, b"ready" if reply == b"\\x1b[?2026;2$y" else reply)
while (key := os.read(0, 99)) != b"\\x11":
    os.write(1, b"\\x1b[?2026h" + key + b"\\x1b[?2026l")
"""


@pytest.mark.parametrize("link", [Link(), Link(rtt=0.05), Link(rtt=0.02, rate=2_000)])
def test_a_key_is_seen_with_its_bytes_and_never_before_the_link_lets_it(
    desk: Desk, link: Link
) -> None:
    with Place(desk, link=link).player(sys.executable, "-S", "-c", ECHO) as player:
        start = player.start("ready")
        press = player.press("k", partial(contains, "readyk"))
        assert player.terminal.time_to_end(KEYS["ctrl+q"]) > 0
        assert press.seen is not None
        assert press.seen.wall >= link.rtt
        assert start.first.wall >= link.rtt
        assert press.size == len("\x1b[?2026hk\x1b[?2026l")
        assert player.torn == 1, "what was drawn before brackets were agreed on"


def test_a_bench_that_fails_is_told_and_stops_no_other(desk: Desk) -> None:
    def fails(_: Place) -> Figures:
        raise AssertionError("no such words")

    benches = [Bench("bad", fails), Bench("good", lambda _: {"x": Figure(1)})]
    measured, failures = run(Place(desk), benches, 2)
    assert measured == [{"x": Figure(1)}] * 2
    assert failures == ["bad, round 1: no such words", "bad, round 2: no such words"]


def test_every_row_is_of_a_figure_once_and_every_base_has_a_row_or_bench() -> None:
    for rows in (budgets.ROWS, budgets.SLOW_ROWS):
        figures = [row.figure for row in rows]
        assert len(figures) == len(set(figures))
        assert {row.base for row in rows} - {""} <= set(figures)
    names = {bench.name for bench in BENCHES}
    assert {base for bench in BENCHES for base in bench.bases} <= names


def test_a_bench_brings_what_it_is_held_against() -> None:
    assert [b.name for b in chosen(["help"], of_link=False, largest=10)] == ["pass", "help"]
    growing = [b.name for b in chosen(["growth-files"], of_link=False, largest=1_000)]
    assert growing == ["growth-files-10", "growth-files-100", "growth-files-1000"]
    (large,) = chosen(["growth-files-10000"], of_link=False, largest=1_000)
    assert large.entries == 10_000
    with pytest.raises(KeyError):
        chosen(["nothing"], of_link=False, largest=10)


def test_the_documents_are_as_large_as_they_are_said_to_be() -> None:
    text = markdown(50, 20_000)
    assert text.count(b"\n- ") == 50
    assert abs(len(text) - 20_000) < 500
    assert HAPPENED in postmortem(1).timeline[0].text


def told(path: Path, *arguments: str) -> dict[str, Any]:
    """What a quick run says in JSON."""
    assert main(["--quick", "--json", str(path), "--only", *arguments]) == 0
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def test_one_command_measures_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(tmp_path / "bench.json", "help")
    by_name = {each["figure"]: each for each in found["figures"]}
    assert by_name.keys() == {"pass", "help"}
    assert by_name["help"]["met"] in (True, False)
    assert by_name["help"]["ratio"] > 0 < by_name["help"]["cpu"]
    assert found["rounds"][0]["help"]["value"] == by_name["help"]["value"]
    assert not found["failures"]
    assert "pmtui --help" in capsys.readouterr().out


def test_a_bench_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "nothing"]) == 2
    assert "there is no bench" in capsys.readouterr().err
