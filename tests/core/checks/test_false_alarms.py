"""Sentences in which rules of words are easily mistaken, beside those in which they are right."""

import time

import pytest

from pmtui.core.accounts import stated_length
from pmtui.core.document import Impact, Postmortem
from tests.core.checks.cases import impact, reworded, task
from tests.core.checks.sound import ids, put, puts

TOLD = "timeline.e4.text"


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("We should have tested the restore", True),
        ("It shouldn't have been possible", True),
        ("This could have been prevented", True),
        ("The on-call could have looked at the graph", True),
        ("The team failed to notice the lag", True),
        ("If only the alert had paged", True),
        ("An intruder could have captured the token", False),
        ("The host failed to boot", False),
        ("Every service should have an owner", False),
        ("It could have been worse", False),
        ("Retry only if only one replica answers", False),
        ("Bob wrote: “we should have tested that”", False),
        ("> we should have tested that", False),
    ],
)
def test_what_did_not_happen(text: str, fires: bool) -> None:
    assert ("blame.counterfactual" in ids(put(TOLD, text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("A careless deploy", True),
        ("That was their fault", True),
        ("Entirely the fault of the night shift", True),
        ("Nobody was careless", False),
        ("Found with git blame", False),
        ("We thought the library was at fault", False),
        ("A page fault of the kernel", False),
        ("the hardware fault of the disk", False),
    ],
)
def test_judgements(text: str, fires: bool) -> None:
    assert ("blame.heat" in ids(put(TOLD, text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [("Of course it was full", True), ("Of course of events, in short", False)],
)
def test_fillers(text: str, fires: bool) -> None:
    assert ("blame.filler" in ids(put(TOLD, text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Deploy rolled back", True),
        ("Rollback complete", True),
        ("Hotfix deployed to all pods", True),
        ("Rollback approved", False),
        ("Rolled back, errors go on", False),
        ("Rolled back, which did not help", False),
        ("Was it rolled back?", False),
        ("A fix will be tried", False),
    ],
)
def test_words_of_a_mitigation(text: str, fires: bool) -> None:
    assert ("milestones.suggested" in ids(reworded("e6", text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Mei acknowledged the page", True),
        ("Alert acked by Mei", True),
        ("The oldest acked message is an hour old", False),
    ],
)
def test_words_of_an_acknowledgement(text: str, fires: bool) -> None:
    assert ("milestones.suggested" in ids(reworded("e3", text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("All users were logged out", True),
        ("Customer data was lost: data loss in one region", True),
        ("No data loss, and not all users were hit", False),
        ("A connection leaked", False),
        ("Data loss was prevented by the replica", False),
    ],
)
def test_severe_words(text: str, fires: bool) -> None:
    document = puts(severity="SEV3", impact=Impact(text=text, users="9"))
    assert ("impact.severity-low" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("HTTP 503 responses and timeouts.", True),
        ("5xx for an hour.", True),
        ("500 customers could not pay.", False),
        ("Users saw 500 errors.", False),
        ("No timeouts.", False),
    ],
)
def test_symptoms(text: str, fires: bool) -> None:
    assert ("impact.symptom" in ids(impact(text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The pages were empty for a while.", True),
        ("Las páginas quedaron vacías durante la tarde.", False),
        ("Die Seiten blieben den ganzen Nachmittag leer.", False),
    ],
)
def test_who_was_hit_is_asked_in_english_only(text: str, fires: bool) -> None:
    assert ("missing.impact-who" in ids(impact(text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Ensure that nothing fails again", True),
        ("Conduct regular audits", True),
        ("Review the flags in production every Monday", False),
        ("Ensure that backups are restored weekly", False),
        ("Ship an irregular-verb checker", False),
    ],
)
def test_vague_tasks(text: str, fires: bool) -> None:
    assert ("tasks.vague" in ids(task(text))) is fires


@pytest.mark.parametrize(
    "text",
    [
        "api_key=AbC123xyz789",
        "https://ana:s3cretpw@db.example",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "a1" * 18,
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "Authorization: Bearer abcdef0123456789abcdef",
    ],
)
def test_secrets(text: str) -> None:
    assert "privacy.secret" in ids(put(TOLD, f"we saw {text} in the log"))


@pytest.mark.parametrize(
    "text",
    ["token: invalid", "the password: ********", "https://db.example:5432/x", "secret = $SECRET_X"],
)
def test_what_only_looks_like_a_secret(text: str) -> None:
    assert "privacy.secret" not in ids(put(TOLD, f"we saw {text} in the log"))


def test_a_clock_time_before_hrs_is_no_length() -> None:
    document = Postmortem(impact=Impact(duration="Sunday 14th January 2024, 0515 to 0740 hrs"))
    assert stated_length(document) is None


@pytest.mark.parametrize(
    "piece",
    [
        *("a ", "x-", "we could ", "the engineer ", "'", '"', "“", "<", "`", "[", "[](", "[x]("),
        *("-----BEGIN PRIVATE KEY-----", "a.b@c", "no ", "1.2.3.", "10.1.1", "eyJa-", "://a:"),
        *("alert ", "monitoring a b ", "service was ", "February 2023, ", "12:00 a: ", "> "),
    ],
)
def test_no_text_keeps_a_rule_busy(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    document = puts(root_cause=text, impact=Impact(text=text, duration=text))
    document = put(TOLD, text, put("tasks.t1.text", text, document))
    begun = time.process_time()
    ids(document)
    assert time.process_time() - begun < 5
