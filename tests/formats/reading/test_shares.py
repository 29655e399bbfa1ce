"""The share of users: which percentages are one, and which tell of something else."""

import pytest

from pmtui.core.shares import plainest
from pmtui.formats.reading import read
from pmtui.formats.reading.facts import find_length
from pmtui.formats.reading.shares_in_words import share_in_words


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
        ("100% das tentativas de usar a loja falhavam", 100),
        ("el 40% de los intentos de pago fallaron", 40),
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


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("About a third of users saw a blank map.", 33),
        ("Two thirds of our users were affected.", 67),
        ("Checkout failed for one-quarter of all customers.", 25),
        ("Half the requests failed.", 50),
        ("Nearly half of our tenants got their reports late.", 50),
        ("Approximately 1 in 5 users could not join calls.", 20),
        ("One in ten requests timed out.", 10),
        ("5 out of 40 schools were affected.", 12.5),
        ("2 out of every 3 users saw errors.", 67),
        ("The page returned an error for every third customer.", 33),
        ("Die Hälfte der Kunden konnte sich nicht anmelden.", 50),
        ("Un tercio de los usuarios no pudo entrar.", 33),
    ],
)
def test_a_share_told_in_words(said: str, percent: float) -> None:
    assert share_in_words(said) == percent


@pytest.mark.parametrize(
    "said",
    [
        "All users were affected.",
        "Most of our customers could not log in.",
        "More than half of our users were affected.",
        "Between a quarter and half of users were affected.",
        "A third to half of users were affected.",
        "The second cache takes half of the requests, and no errors are seen.",
        "The flag was rolled out to half of the users, who saw errors.",
        "Half of the users were restored by 10:00.",
        "Half of the users were not affected.",
        "Half of the disks failed.",
        "A third of the nodes failed.",
        "9 in 5 users failed.",
        "3 in 2024 customers failed.",
        "Half of users saw the new page.",
    ],
)
def test_what_is_told_in_words_and_is_no_share_of_those_whom_the_outage_met(said: str) -> None:
    assert share_in_words(said) is None


def test_a_percentage_counts_more_than_a_share_in_words() -> None:
    text = (
        "# Outage\n\n## Impact\n\nHalf of our users were affected, 47% of all users to be exact.\n"
    )
    assert read(text.encode(), "a.md").document.impact.percent == 47


def test_whom_a_section_about_the_impact_names_first_was_met() -> None:
    text = "# Outage\n\n## Who was affected?\n\nAbout a quarter of our customers, all in Austria.\n"
    assert read(text.encode(), "a.md").document.impact.percent == 25


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("The outage lasted roughly two and a half hours.", "roughly two and a half hours"),
        ("It was down for an hour and a half.", "an hour and a half"),
        ("The incident lasted about three quarters of an hour.", "about three quarters of an hour"),
        ("Downtime was 1h 45m.", "1h 45m"),
        ("It was unusable for about 1h50m, and unstable for a day.", "about 1h50m"),
        ("The total outage time was 3h 5m 20s.", "3h 5m 20s"),
        ("The outage lasted twenty-five minutes.", "twenty-five minutes"),
        ("We had 47 minutes of downtime.", "47 minutes"),
        ("It was down from 10h30 to 12h.", ""),
        ("We have put up with it for fifty-three days.", ""),
    ],
)
def test_a_length_is_read_to_its_end(said: str, length: str) -> None:
    assert find_length(said) == length
