"""How grave an incident was, wherever its writer says so."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words


def imported(text: str) -> Postmortem:
    document = read(text.encode(), "a.md").document
    assert not missing_words(text, document)
    return document


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("# Shop down (SEV-2)\n", "SEV-2"),
        ("# P1 – checkout down\n", "P1"),
        ("# Shop went down\n\n## Summary\n\nThis was a Sev1 incident.\n", "Sev1"),
        ("# Shop went down\n\n## Summary\n\nA severity-2 incident hit us.\n", "2"),
        ("# Shop went down\n\n## Summary\n\nWe declared a P0.\n", "P0"),
        ("# Shop went down\n\n## Summary\n\nIt was rated Priority 1.\n", "1"),
        ("# Shop went down\n\n- **Incident level**: Major\n", "Major"),
        ("# Shop went down\n\nImpact level: Sev 3\n", "Sev 3"),
        ("# Shop went down\n\n**Severity**: High (no order of theirs was lost)\n", "High"),
        ("# Shop went down\n\n**Severity**: SEV-1 (Critical)\n", "SEV-1 (Critical)"),
        ("# Shop went down\n\n## Severity: SEV-1\n\nMore than one team had to help.\n", "SEV-1"),
        ("# Shop went down\n\n## Summary\n\nThe p1 of all times rose.\n", ""),
        ("# Shop went down\n\n## Summary\n\nDisk P1 failed.\n", ""),
        ("# Shop went down\n\n## Action items\n\n- P1: add an alert\n- P2: add docs\n", ""),
    ],
)
def test_a_severity_is_read_where_it_is_stated(text: str, severity: str) -> None:
    assert imported(text).severity == severity


def test_a_length_in_a_heading_is_that_of_the_outage() -> None:
    document = imported("# Shop went down\n\n## Duration: 2 hours\n\nMost of it at night.\n")
    assert document.impact.duration.startswith("2 hours")
