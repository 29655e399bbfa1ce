"""What postmortems of many houses have in common and a first reader gets wrong."""

from datetime import date
from math import isqrt

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import Imported, read
from pmtui.formats.reading.names import part_of
from tests.growth import LINEAR, growth
from tests.long_run import besides

HEAD = (
    "# Outage\n\n## Summary\n\nOn 3 May 2024 the shop was down from 14:00 to 15:00{zone}. {more}\n"
)


def imported(timeline: str, *, zone: str = "", more: str = "", name: str = "a.md") -> Imported:
    text = f"{HEAD.format(zone=zone, more=more)}\n## Timeline\n\n{timeline}\n"
    return read(text.encode(), name)


def entries(document: Postmortem) -> list[tuple[str, str]]:
    return [(f"{each.at:%H:%M}" if each.at else "", each.text) for each in document.timeline]


@pytest.mark.parametrize(
    ("timeline", "wanted"),
    [
        ("1405 alert\n1430 fixed", [("14:05", "alert"), ("14:30", "fixed")]),
        ("- 1000 -- alert\n- 1012, fixed", [("10:00", "alert"), ("10:12", "fixed")]),
        (
            "- 15:00 resolved\n- 14:30 found\n- 14:05 alert",
            [("14:05", "alert"), ("14:30", "found"), ("15:00", "resolved")],
        ),
        (
            "At 14:05, alerts fired. At 14:30 we saw why. By 15:00 it was fixed.",
            [
                ("14:05", "alerts fired."),
                ("14:30", "we saw why."),
                ("15:00", "it was fixed."),
            ],
        ),
        (
            "- **Found (May 3, 2024, 2:30 PM)**: a full disk\n- **Fixed (May 3, 2024, 3 PM)**: ok",
            [
                ("14:30", "Found (May 3, 2024, 2:30 PM): a full disk"),
                ("15:00", "Fixed (May 3, 2024, 3 PM): ok"),
            ],
        ),
        (
            "- first steps\n  - 14:05 alert\n  - 14:30 found\n- then\n  - 15:00 fixed",
            [("14:05", "alert"), ("14:30", "found"), ("15:00", "fixed")],
        ),
    ],
)
def test_entries_are_read_from(timeline: str, wanted: list[tuple[str, str]]) -> None:
    assert entries(imported(timeline).document) == wanted


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Staff in Bangalore were paged.", "Asia/Kolkata"),
        ("Staff in Dublin were paged.", "Europe/Dublin"),
        ("Staff in Dublin and Mumbai were paged.", ""),
        ("", ""),
    ],
)
def test_an_abbreviation_of_two_zones_is_settled_by_one_place_only(place: str, zone: str) -> None:
    found = imported("- 14:05 IST: alert\n- 15:00 IST: fixed", zone=" IST", more=place)
    assert found.document.timezone == zone
    assert any("IST" in finding.text for finding in found.report.findings)


@pytest.mark.parametrize("state", ["Resolved", "Monitoring", "Investigating"])
@pytest.mark.parametrize(
    "update",
    [
        "<p><strong>{state}</strong> - It is so.<br><small>Apr 9, 2024 - {time} UTC</small></p>",
        "<h3>{state}</h3><p>It is so.</p><p><small>Posted Apr 9, 2024, {time} UTC</small></p>",
        "<div>{state}</div><div>It is so.</div><div>Posted Apr 9, 2024 - {time} UTC</div>",
    ],
)
def test_updates_of_a_status_page_are_entries(update: str, state: str) -> None:
    times = ["14:05", "13:40", "13:05"]
    body = "\n".join(update.format(state=state, time=time) for time in times)
    document = read(
        f"<html><body><h1>Slow API</h1>{body}</body></html>".encode(), "a.html"
    ).document
    assert entries(document) == [(at, f"{state}: It is so.") for at in reversed(times)]
    assert {entry.at.date() for entry in document.timeline if entry.at} == {date(2024, 4, 9)}


@pytest.mark.parametrize(
    ("name", "count", "piece"),
    [
        ("tags.html", 5_000, b"<p "),
        ("labels.md", 1_000, b"Impact: x\n"),
        ("one-line.md", 250_000, b"a"),
        ("sentences.md", 750, b"At 10:00 x. "),
        *besides(
            ("digits.md", 5_000, b"1"),
            ("tags.md", 5_000, b"<p "),
            ("attributes.html", 5_000, b"<a href='"),
            ("bold.html", 5_000, b"<b>x"),
            ("comments.html", 5_000, b"<!--"),
            ("headings.md", 1_000, b"# a\n"),
        ),
    ],
)
def test_hostile_input_is_read_in_the_time_of_its_length(
    name: str, count: int, piece: bytes
) -> None:
    begin = b"# T\n\n## Timeline\n\n" if name == "sentences.md" else b""
    assert growth(lambda times: read(begin + piece * times, name), count) < LINEAR


@pytest.mark.parametrize(("level", "mark"), [(">", ""), ("  ", "-")], ids=["quotes", "lists"])
def test_deep_nesting_is_read_in_the_time_of_its_length(level: str, mark: str) -> None:
    """Each line a level deeper: twice as deep is four times as long."""

    def imported(length: int) -> None:
        lines = (f"{level * depth}{mark} x" for depth in range(1, isqrt(length)))
        read("\n".join(lines).encode(), "nested.md")

    assert growth(imported, 75 * 75) < LINEAR


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        *(
            (heading, "went_well")
            for heading in (
                "What went well",
                "What worked",
                "Lo que salió bien",
                "Qué funcionó",
                "Aspectos positivos",
                "Ce qui a bien fonctionné",
                "Points forts",
                "O que deu certo",
                "O que foi bem",
                "Was lief gut",
                "Was gut funktioniert hat",
            )
        ),
        *(
            (heading, "went_wrong")
            for heading in (
                "What went wrong",
                "What didn’t go well",
                "What did not work",
                "Negatives",
                "What could have gone better",
                "Lo que no funcionó",
                "Qué salió mal",
                "Ce qui n’a pas marché",
                "Ce qui s'est mal passé",
                "Points négatifs",
                "O que não funcionou bem",
                "O que deu errado",
                "Was lief nicht gut",
                "Was nicht funktioniert hat",
                "Was schlecht lief",
            )
        ),
        *(
            (heading, "got_lucky")
            for heading in (
                "Where we got lucky",
                "Dónde tuvimos suerte",
                "Où nous avons eu de la chance",
                "Onde tivemos sorte",
                "Wo wir Glück hatten",
            )
        ),
        ("Points à améliorer", "improvements"),
        ("Qué podemos mejorar", "improvements"),
        ("Why the alert did not work", ""),
    ],
)
def test_lessons_are_known_by_their_headings_in_five_languages(heading: str, name: str) -> None:
    assert part_of(heading) == name
