"""A team's own templates: found, listed, copied, and unable to do harm."""

import json
import re
import subprocess
import time

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from pmtui.formats.markdown import render, templates, view
from pmtui.formats.templating import environment, guide
from pmtui.storage.templates import LIMIT

OWN = ".pmtui/templates"


def own(shell, name, source, folder=OWN):
    """A template of the repository."""
    (shell.folder / folder).mkdir(parents=True, exist_ok=True)
    return shell.file(f"{folder}/{name}.md.j2", source)


def test_every_template_is_listed_with_its_origin_and_its_purpose(shell) -> None:
    own(shell, "ours", "{# What our reviewers expect. And more. #}\nx")
    (shell.home / ".config/pmtui/templates").mkdir(parents=True)
    (shell.home / ".config/pmtui/templates/mine.md.j2").write_text("x")
    ended = shell.run("templates")
    assert ended == shell.run("templates", "list")
    assert (ended.code, ended.err) == (0, "")
    assert {line.split()[0] for line in ended.out.splitlines()} == {*templates(), "ours", "mine"}
    assert re.search(rf"^ours +{OWN}/ours.md.j2 +What our reviewers expect\.$", ended.out, re.M)
    assert re.search(r"^mine +~/.config/pmtui/templates/mine.md.j2$", ended.out, re.M)
    assert all(re.search(rf"^{name} +pmtui +\w.*\.$", ended.out, re.M) for name in templates())


def test_the_nearest_template_of_a_name_counts_up_to_the_root_of_the_repository(shell) -> None:
    (shell.folder / "repo/.git").mkdir(parents=True)
    (shell.folder / "repo/services/web").mkdir(parents=True)
    shell.file("repo/services/web/o.toml", shell.sample().read_bytes())
    own(shell, "t", "outside")
    own(shell, "brief", "root", f"repo/{OWN}")
    own(shell, "u", "above", f"repo/{OWN}")
    own(shell, "u", "near", f"repo/services/{OWN}")
    file = "repo/services/web/o.toml"
    assert shell.run("export", file, "-o", "-", "-t", "brief").out == "root\n"
    assert shell.run("export", file, "-o", "-", "-t", "u").out == "near\n"
    refused = shell.run("export", file, "-o", "-", "-t", "t")
    assert refused.code == 1
    assert "there is no template “t”" in refused.err
    assert "brief, github-issue" in refused.err
    assert ", u" in refused.err


def test_a_template_of_the_settings_may_be_ones_own_and_every_form_takes_it(shell) -> None:
    shell.sample()
    own(shell, "ours", "# Hello *{{ document.reference | inline }}*")
    (shell.home / ".config/pmtui").mkdir(parents=True)
    (shell.home / ".config/pmtui/config.toml").write_text('template = "ours"\n')
    assert shell.run("export", "outage.toml", "-o", "-").out == "# Hello *INC-2187*\n"
    assert shell.run("export", "outage.toml", "-f", "slack", "-o", "-").out == (
        "*Hello _INC-2187_*\n"
    )
    assert "<em>INC-2187</em>" in shell.run("export", "outage.toml", "-f", "html", "-o", "-").out
    assert shell.run("export", "outage.toml", "-f", "json", "-o", "-").code == 0


def test_a_copy_is_a_starting_point_that_works_and_overwrites_nothing(shell) -> None:
    document = toml.read(shell.sample().read_bytes())
    assert shell.run("templates", "copy", "google-sre").out.endswith(f"{OWN}/google-sre.md.j2\n")
    path = shell.folder / OWN / "google-sre.md.j2"
    path.write_text(path.read_text().replace('"Trigger"', '"What set it off"'))
    written = shell.run("export", "outage.toml", "-o", "-", "-t", "google-sre").out
    assert written == render(document, "google-sre").replace("**Trigger**", "**What set it off**")
    before = shell.snapshot()
    for arguments in ([], ["outage.toml"], [OWN]):
        ended = shell.run("templates", "copy", "google-sre", *arguments)
        assert (ended.code, ended.out) == (1, "")
        assert "already exists" in ended.err
    assert shell.snapshot() == before
    assert shell.run("templates", "copy", "parts", "pieces.j2").out == "pieces.j2\n"


def test_a_name_that_ends_like_a_folder_is_one(shell) -> None:
    ended = shell.run("templates", "copy", "brief", "forms/ours/")
    assert ended.out == "forms/ours/brief.md.j2\n"
    shell.file("plain", "")
    refused = shell.run("templates", "copy", "brief", "plain/")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("pmtui: plain: ")


def test_from_a_folder_of_the_repository_its_templates_are_named_from_there(shell) -> None:
    (shell.folder / ".git").mkdir()
    own(shell, "ours", "{# Ours. #}")
    inside = shell.folder / "services" / "web"
    inside.mkdir(parents=True)
    listed = subprocess.run(
        shell.command("templates"), cwd=inside, env=shell.environ, capture_output=True, text=True
    )
    assert re.search(rf"^ours +\.\./\.\./{re.escape(OWN)}/ours.md.j2 +Ours\.$", listed.stdout, re.M)


def test_what_lies_beside_a_template_can_be_included(shell) -> None:
    shell.sample()
    own(shell, "ours", '{% include "foot.j2" %}{% import "foot" as f %}{{ f.sign("b") }}')
    shell.file(f"{OWN}/foot.j2", "{% macro sign(x) %}<{{ x }}>{% endmacro %}a\n")
    assert shell.run("export", "outage.toml", "-o", "-", "-t", "ours").out == "a\n<b>\n"


@pytest.mark.parametrize(
    ("source", "place", "said"),
    [
        ("a\n{% if %}", ":2", "Expected an expression"),
        ("a\n\n{{ document.nope }}", ":3", "there is no field “nope” in a postmortem"),
        ('\n{% include "gone" %}', ":2", "includes “gone”, which is not there"),
        ("{{ 'a' * 10**8 }}", ":1", "more than"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}\n{% endfor %}{% endfor %}",
         ":1", "does not come to an end"),
        ("\n{{ document.__class__ }}", ":2", ""),
        ("{% import 'parts' as p with context %}\n{{ p.part(1, 2) }}", "", ""),
        ("\n{% set n = namespace(s='aa') %}{% for i in range(90) %}"
         "{% set n.s = [n.s, n.s] | stacked %}{% endfor %}", ":2", "more than"),
        ('{{ "/etc/passwd" | include }}', ":1", "No filter"),
        ("{% include '../../outage.toml' %}", ":1", "not there"),
        ("{% include 'ours' %}", ":1", "not there"),
    ],
)  # fmt: skip
def test_an_error_in_a_template_names_its_file_and_line(shell, source, place, said) -> None:
    shell.sample()
    own(shell, "ours", source)
    begin = time.monotonic()
    ended = shell.run("export", "outage.toml", "-t", "ours")
    assert time.monotonic() - begin < 20
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"pmtui: {OWN}/ours.md.j2{place}" if place else "pmtui: parts.j2:")
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_templates_that_include_each_other_come_to_an_end(shell) -> None:
    shell.sample()
    own(shell, "ours", "{% include 'a' %}")
    shell.file(f"{OWN}/a.j2", "{% include 'b' %}")
    shell.file(f"{OWN}/b.j2", "{% include 'a' %}")
    ended = shell.run("export", "outage.toml", "-t", "ours")
    assert (ended.code, ended.out) == (1, "")
    assert "does not come to an end" in ended.err


def test_what_cannot_be_read_beside_a_template_does_not_keep_it_from_working(shell) -> None:
    shell.sample()
    own(shell, "ours", "fine")
    shell.file(f"{OWN}/bad.j2", b"\xff")
    (shell.folder / OWN / "folder.j2").mkdir()
    (shell.folder / OWN / "gone.j2").symlink_to("nowhere")
    assert shell.run("export", "outage.toml", "-t", "ours", "-o", "-") == (0, "fine\n", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff", "not UTF-8"), (b"x" * (LIMIT + 1), "larger than")],
    ids=["latin", "large"],
)
def test_a_file_that_is_no_template_is_refused_and_listed_with_the_reason(
    shell, content, said
) -> None:
    shell.sample()
    own(shell, "ours", content)
    assert said in shell.run("export", "outage.toml", "-t", "ours").err
    assert said in shell.run("templates").out


def test_the_guide_names_all_that_a_template_can_use() -> None:
    text = guide()
    for name in (*view(Postmortem()), *Postmortem.FIELDS, *environment().globals):
        assert re.search(rf"`{name}\b", text) or name == "unknown", name
    for name in environment().filters:
        assert re.search(rf"`{name}\b", text) or name.startswith("_"), name


def test_a_template_is_shown_without_what_steers_a_terminal(shell) -> None:
    own(shell, "ours", "a\x1b[31mb\n")
    assert shell.run("templates", "show", "ours").out == "a␛[31mb\n"
    assert "{% macro events" in shell.run("templates", "show", "parts").out
    assert shell.run("templates", "show", "nope").code == 1


def test_the_schema_is_printed(shell) -> None:
    assert json.loads(shell.run("schema").out)["properties"]["schema"] == {"const": 1}
