"""The share of users: which percentages are one, and which tell of something else."""

import pytest

from pmtui.core.shares import plainest
from pmtui.formats.reading import read


@pytest.mark.parametrize(
    "said",
    [
        "100% of exports failed between 10:00 and 11:00.",
        "Every export (100%) was late.",
        "CPU at 95%, users were affected.",
        "100% CPU left all users with errors.",
        "The disk was at 100% and users could not log in.",
        "Memory use of 92% made the service unavailable.",
        "Packet loss of 60% affected users.",
        "Latency increased by 40% for all users.",
        "Error budget: 45% consumed, customers impacted.",
        "A canary with a change failure rate of 12%",
        "50% of the servers failed, users saw errors.",
        "100% of exports for 3 customers failed.",
        "The fix was rolled out to 10% of users.",
        "Traffic recovered to 80% of users.",
        "Availability: 99.9%",
        "120% of users",
        "70% of users were not affected",
    ],
)
def test_a_percentage_of_something_else_is_no_share_of_users(said: str) -> None:
    assert plainest(said) is None


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("About 30 % of API requests returned 500.", 30),
        ("roughly 80% of active users in the EU", 80),
        ("a **50%** user base unable to pay", 50),
        ("412 of 2,060 employees (20 %) were paid late", 20),
        ("212 people, or 0.4% of those written to", 0.4),
        ("Users affected: 35%", 35),
        ("The site was 100% unavailable", 100),
        ("~16.7% of total service availability", 16.7),
        ("CPU rose to 95% and 40% of customers saw errors.", 40),
        ("70% of customers' exports failed", 70),
        ("a 30% drop in traffic", 30),
        ("a 30% reduction in service availability", 30),
        ("60 por ciento de los usuarios", 60),
        ("The outage met our delivery with an overall error rate of 0.927%.", 0.927),
        ("80 % des utilisateurs", 80),
        ("The flag was rolled out to half of all tenants (50%), who could not log in.", 50),
    ],
)
def test_a_share_of_users_or_of_what_they_ask_for(said: str, percent: float) -> None:
    found = plainest(said)
    assert found is not None
    assert found[0] == percent


def test_a_share_of_something_else_stays_in_the_text_alone() -> None:
    source = b"# Exports\n\n## Impact\n\n100% of exports failed; CPU at 95%.\n"
    impact = read(source, "exports.md").document.impact
    assert impact.percent is None
    assert "100% of exports failed; CPU at 95%." in impact.text


def test_a_label_behind_a_drawing_is_the_label() -> None:
    source = "# Tickets\n\n👥 **Impact:** 43% of buyers got no ticket\n".encode()
    impact = read(source, "tickets.md").document.impact
    assert (impact.text, impact.percent) == ("43% of buyers got no ticket", 43)
