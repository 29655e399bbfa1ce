"""Sentences in which rules of words are easily mistaken, beside those in which they are right."""

import pytest

from pmtui.core.accounts import stated_length
from pmtui.core.checks.registry import review
from pmtui.core.document import Impact, Postmortem, Times
from tests.core.checks.cases import impact, reworded, task
from tests.core.checks.sound import SOUND, at, ids, put, puts
from tests.growth import LINEAR, growth

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
        ("It should never have been merged", True),
        ("They neglected to run the tests", True),
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
        ("It is Bob's fault", True),
        ("A fault of the vendor", True),
        ("Bob's fault tree", False),
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
    [
        ("Of course it was full", True),
        ("Of course of events, in short", False),
        ("It restarts as a matter of course", False),
    ],
)
def test_fillers(text: str, fires: bool) -> None:
    assert ("blame.filler" in ids(put(TOLD, text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Deploy rolled back", True),
        ("Rollback complete", True),
        ("Hotfix deployed to all pods", True),
        ("Implemented a temporary fix", True),
        ("The pool was restarted, which fixed the issue", True),
        ("This will be fixed by the vendor", False),
        ("It will be rolled back", False),
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
        ("Ack by Mei", True),
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
        ("HTTP 500s for an hour.", True),
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
        ("The pages stayed empty for the viewers.", False),
        ("15 % of the parcels stayed where they were.", False),
        ("The processor was at 95 % for a while.", True),
        ("Las páginas quedaron vacías durante la tarde.", True),
        ("Los clientes no podían pagar durante la tarde.", False),
        ("Die Seiten blieben den ganzen Nachmittag leer und der Dienst war nicht da.", True),
        ("Die Kunden konnten nicht bezahlen, was erst mittags auffiel.", False),
        ("Les usagers et les clients ne pouvaient pas payer.", False),
        ("Os clientes não conseguiam pagar.", False),
        ("Le pagine erano vuote e non si vedeva nulla per una sera.", False),
        ("De pagina's waren leeg en niet te zien.", False),
        ("Strony były puste przez całe popołudnie i wieczór.", False),
    ],
)
def test_who_was_hit_is_asked_where_the_words_for_people_are_known(text: str, fires: bool) -> None:
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
        "Authorization: Basic dXNlcjpwYXNzd29yZA==",
        "mysql --password 'Tr0ub4dor&3'",
        "DB_PASSWORD=hunter2abc",
        "PGPASSWORD=hunter2abc psql",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG",
        "SECRET_KEY = 'a1b2c3d4e5'",
        "client_secret: a1b2c3d4e5",
        "the password was hunter2abc",
    ],
)
def test_secrets(text: str) -> None:
    assert "privacy.secret" in ids(put(TOLD, f"we saw {text} in the log"))


@pytest.mark.parametrize(
    "text",
    [
        "token: invalid",
        "the password: ********",
        "https://db.example:5432/x",
        "secret = $SECRET_X",
        "max_token: 128000",
        "the password was expired",
        "the password was 30 days old",
        "secret_rotation: enabled",
    ],
)
def test_what_only_looks_like_a_secret(text: str) -> None:
    assert "privacy.secret" not in ids(put(TOLD, f"we saw {text} in the log"))


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("192.168.1.20:8080 is down", True),
        ("fd12:3456:789a::1 is down", True),
        ("fe80::1 is down", True),
        ("172.32.0.9 and 127.0.0.1 are down", False),
        ("version 10.0.0.1-beta", False),
        ("release 10.2.3.4 of the firmware", False),
        ("v 10.2.3.4 is older", False),
        ("at 10:02:03 the fd:12 was", False),
        ("upgraded postgres to 10.4.1.2", False),
        ("We upgraded from 10.4.1.1 to 10.4.1.2", False),
        ("rolled back the agent to 10.4.1.2", False),
        ("updated the plugin to 10.4.1.2", False),
        ("deployed 10.4.1.2", False),
        ("installed: 10.4.1.2", False),
        ("Oracle 10.2.0.4 has that bug", False),
        ("the 10.4.1.2 release has that bug", False),
        ("pip install agent==10.4.1.2", False),
        ("10.300.1.2 and 10.04.1.2 are odd", False),
        ("deployed to 10.4.1.2", True),
        ("upgraded postgres on 10.4.1.2", True),
        ("updated the DNS record to 10.4.1.2", True),
        ("migrated traffic from 10.4.1.2 to 10.4.1.3", True),
        ("failed over to 10.4.1.2", True),
        ("upgraded. Then we moved to 10.4.1.2", True),
        ("upgraded postgres to 10.4.1.2:5432", True),
        ("routes to 10.4.0.0/16 vanished", True),
        ("ssh root@10.4.1.2", True),
        ("postgres on 10.4.1.2.", True),
    ],
)
def test_private_addresses(text: str, fires: bool) -> None:
    assert ("privacy.address" in ids(put(TOLD, text))) is fires


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
    def look(characters: int) -> None:
        text = (piece * characters)[:characters]
        document = puts(root_cause=text, impact=Impact(text=text, duration=text))
        ids(put(TOLD, text, put("tasks.t1.text", text, document)))

    assert growth(look, 2_000) < LINEAR


@pytest.mark.parametrize(
    ("text", "summary", "fires"),
    [
        ("Checkout was down for customers from 14:00 to 16:00 on 22 May 2024.", "", True),
        ("Customers saw HTTP 503 errors for 2 hours on db-31.", "", True),
        ("Some customers could not pay.", "", True),
        ("Customers could not pay.", "At 3:00 PM 12 unique visitors saw it.", False),
        ("Customers could not pay.", "All our customers were hit.", False),
        ("Customers could not pay.", "About 30,000 mails waited.", False),
        ("Customers could not pay.", "It began at 14:00 and all was well at 16:00.", True),
        ("Half of the customers could not pay.", "", False),
        ("1 in 5 customers could not pay.", "", False),
        ("La mitad de los clientes no podía pagar.", "", False),
        ("Keine Kundin konnte bezahlen, und der Dienst war weg.", "", False),
    ],
)
def test_how_many_were_hit_is_told_by_a_number_that_counts_them(
    text: str, summary: str, fires: bool
) -> None:
    document = impact(text).revise(summary=summary)
    assert ("missing.impact-how-many" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("A wrong limit in the pool.", True),
        ("A wrong limit in the pool. This led to a crash. It took the site down.", True),
        ("A leak in the pool. The leak resulted in a crash.", True),
        ("A wrong limit in the pool. Nothing checks limits.", False),
        ("A wrong limit in the pool, made worse by a retry storm.", False),
        ("- a wrong limit\n- a retry storm\n", False),
        ("Ein falscher Wert, außerdem fehlte der Alarm.", False),
    ],
)
def test_a_cause_that_is_told_with_others_is_not_alone(text: str, fires: bool) -> None:
    document = puts(root_cause=text, factors=(), whys=())
    assert ("causes.single" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Mejorar la supervisión", True),
        ("Améliorer la supervision", True),
        ("Melhorar o monitoramento", True),
        ("Monitoring verbessern", True),
        ("Backups regelmäßig prüfen", True),
        ("Revisar las listas cada semestre", False),
        ("Backups wöchentlich zurückspielen, bis das ohne Hilfe geht", False),
        ("Alarm bei 30 s Rückstand", False),
        ("Vérifier les attributs après chaque migration", False),
    ],
)
def test_vague_tasks_in_other_languages(text: str, fires: bool) -> None:
    assert ("tasks.vague" in ids(task(text))) is fires


ABROAD = {
    "de": ("Der Dienst war nicht da, und die Kunden konnten nicht bezahlen.", "An alle schreiben"),
    "es": ("El servicio no estaba y los clientes no podían pagar.", "No permitir dos imports"),
    "fr": ("Le service était en panne et les clients ne pouvaient pas payer.", "On teste la purge"),
    "pt": ("O serviço não estava no ar e os clientes não pagavam.", "No deploy, validar a chave"),
}


@pytest.mark.parametrize("name", ABROAD)
def test_a_task_of_another_language_begins_as_it_does_there(name: str) -> None:
    summary, text = ABROAD[name]
    bare = Postmortem(title="x", status="in-review", summary=summary, resolution=summary)
    document = bare.revise(root_cause=summary, tasks=(SOUND.tasks[0].revise(text=text),))
    assert "tasks.no-verb" not in ids(document)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Das Team hätte den Alarm sehen müssen", True),
        ("El equipo debería haber probado el cambio", True),
        ("On aurait dû tester la bascule", True),
        ("A equipe deveria ter testado a mudança", True),
        ("Der Alarm muss kommen", False),
        ("Er schrieb: „das hätte auffallen müssen“", False),
    ],
)
def test_what_did_not_happen_in_other_languages(text: str, fires: bool) -> None:
    assert ("blame.counterfactual" in ids(put(TOLD, text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("100% of the users could not pay", True),
        ("100 % of our mobile customers", True),
        ("The CPU of the database was at 100%, which 12 users felt", False),
        ("100% of exports were late", False),
    ],
)
def test_a_share_is_severe_where_it_is_one_of_people(text: str, fires: bool) -> None:
    document = puts(severity="SEV3", impact=Impact(text=text, users="9"))
    assert ("impact.severity-low" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("60% of exports were late", False),
        ("60 % could not pay", True),
        ("60% of our customers", True),
        ("They could not pay", True),
    ],
)
def test_a_stated_share_is_severe_unless_the_words_give_it_to_things(
    text: str, fires: bool
) -> None:
    document = puts(severity="SEV3", summary="", impact=Impact(text=text, percent=60))
    assert ("impact.severity-low" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        *[("", True), ("TBD", True), ("*TODO*", True), ("???", True), ("…", True), ("-", True)],
        *[("To be determined.", True), ("[fill in]", True), ("\u200b", True)],
        *[("TBD: the pool leaks", False), ("Unknown", False), ("A leak.", False), ("漏れ", False)],
    ],
)
def test_what_holds_the_place_of_a_text_is_none(text: str, missing: bool) -> None:
    assert ("missing.title" in ids(puts(title=text))) is missing
    assert ("missing.resolution" in ids(puts(resolution=text))) is missing
    bare = puts(root_cause=text, factors=(), whys=())
    assert ("missing.root-cause" in ids(bare)) is missing
    assert ("tasks.vague" in ids(task(text))) is missing


def test_a_resolution_to_be_written_does_not_end_an_incident() -> None:
    running = puts(status="draft", times=Times(started=at(14)), timeline=SOUND.timeline[:3])
    now = at(14, 30)
    assert review(running.revise(resolution="TBD"), now) == ()
    assert {each.check for each in review(running, now)} == {"missing.resolved"}


@pytest.mark.parametrize(
    ("severity", "fires"),
    [
        *[("SEV3", True), ("sev-4", True), ("P3", True), ("Severity: 3", True), ("3", True)],
        *[("Minor", True), ("low", True), ("SEV1", False), ("P2", False), ("2", False)],
        *[("Critical", False), ("High", False), ("", False), ("2024-3", False)],
    ],
)
def test_severities_that_are_mild(severity: str, fires: bool) -> None:
    document = puts(severity=severity, impact=Impact(text="All customers were affected."))
    assert ("impact.severity-low" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Es gab Datenverlust.", True),
        ("Hubo pérdida de datos.", True),
        ("Tous les clients étaient touchés.", True),
        ("Perda de dados em uma região.", True),
        ("Kein Datenverlust.", False),
        ("Datenverlust gab es nicht.", False),
        ("Sin pérdida de datos.", False),
        ("Il n'y a pas eu de perte de données.", False),
        ("Sem perda de dados.", False),
    ],
)
def test_severe_words_in_other_languages(text: str, fires: bool) -> None:
    document = puts(severity="SEV3", impact=Impact(text=text, users="9"))
    assert ("impact.severity-low" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Es war menschliches Versagen.", True),
        ("Fue un error humano.", True),
        ("Une erreur humaine.", True),
        ("Um erro humano.", True),
        ("Um erro humano, porque faltava a validação.", False),
        ("Kein menschliches Versagen.", False),
        ("Human error, made possible by a form that takes any date.", False),
    ],
)
def test_human_error_that_stops_there(text: str, fires: bool) -> None:
    document = puts(root_cause=text, factors=(), whys=())
    assert ("causes.human-error" in ids(document)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Ended 22. April 2024, 14:05", False),
        ("Ended 22-April 2024, 14:05", False),
        ("Ended April 2024, 14:05", True),
    ],
)
def test_a_month_has_its_day_as_other_languages_write_it(text: str, fires: bool) -> None:
    assert ("times.no-day-of-month" in ids(put("summary", text))) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [("A lazy engineer", True), ("The lazy loading of images", False), ("lazily loaded", False)],
)
def test_what_is_lazy_by_design_judges_nobody(text: str, fires: bool) -> None:
    assert ("blame.heat" in ids(put(TOLD, text))) is fires
