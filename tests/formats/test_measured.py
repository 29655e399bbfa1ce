"""Every export draws the phases and tells the durations, those of the person among them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmtui.core.document import Entry, Postmortem, Times
from pmtui.core.timing import phases
from pmtui.formats import by_name, phase_text, toml
from pmtui.formats.markdown import COLUMNS, render, templates

DEMO = Path(__file__).parents[2] / "src" / "pmtui" / "samples" / "demo.toml"


def at(hour: int) -> datetime:
    return datetime(2024, 5, 22, hour, tzinfo=UTC)


TWO_HOURS = Postmortem(
    timezone="UTC",
    timeline=(
        Entry(id="a", at=at(14), kind="started"),
        Entry(id="b", at=at(16), kind="resolved"),
    ),
)


def test_the_phases_are_drawn_above_the_timeline() -> None:
    picture = phase_text.draw(TWO_HOURS, 72)
    assert f"All times are in UTC.\n\n```text\n{picture}\n```\n\n- **14:00" in render(TWO_HOURS)
    stated = Postmortem(times=Times(started=at(14), resolved=at(16)))
    assert f"## Timeline\n\n```text\n{picture}\n```\n" in render(stated)


@pytest.mark.parametrize("template", [name for name in templates() if name != "brief"])
def test_every_form_that_has_a_timeline_has_the_phases_drawn(template: str) -> None:
    assert render(TWO_HOURS, template).count("├") == 1
    assert "├" not in render(TWO_HOURS, template, columns=0)


@pytest.mark.parametrize(
    "document",
    [
        Postmortem(timeline=(Entry(id="a", at=at(14), kind="started"),)),
        Postmortem(timeline=(Entry(id="a", at=at(14)), Entry(id="b", at=at(16)))),
        TWO_HOURS.revise(timeline=tuple(e.revise(internal=True) for e in TWO_HOURS.timeline)),
        TWO_HOURS.revise(
            timeline=(TWO_HOURS.timeline[0], Entry(id="b", at=datetime(2024, 5, 22, 16)))
        ),
    ],
    ids=["one milestone", "no milestones", "internal", "not to be compared"],
)
def test_where_there_is_nothing_to_draw_nothing_is_drawn(document: Postmortem) -> None:
    assert "```" not in render(document)


def test_a_picture_that_leaves_no_phase_its_name_is_wider() -> None:
    demo = toml.read(DEMO.read_bytes())
    (drawn,) = (line for line in render(demo).splitlines() if "├" in line)
    assert len(drawn) == COLUMNS
    assert all(f" {phase.name} " in drawn for phase in phases(demo))


@pytest.mark.parametrize("form", ["markdown", "html", "slack", "text", "json"])
def test_durations_of_the_person_are_wherever_durations_are(form: str) -> None:
    pair = ("time to *peace*", "started", "resolved")
    data = by_name(form).write(TWO_HOURS, pairs=[pair]).decode()
    assert "time to *peace*" in data.replace("\\*", "*").replace("\u200b", "")
    assert data.count("2h 00m") + data.count("7200") > by_name(form).write(
        TWO_HOURS
    ).decode().count("2h 00m")


def test_a_duration_of_the_person_stands_in_the_place_of_that_name() -> None:
    told = render(TWO_HOURS, pairs=[("total impact", "resolved", "resolved")])
    assert "- **Duration**: 0m, from resolved" in told
