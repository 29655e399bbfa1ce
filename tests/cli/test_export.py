"""`export`, `copy` and `new` write what they say, where they say."""

import pytest

from pmtui.formats import toml
from pmtui.formats.markdown import render


def test_an_export_is_written_beside_and_replaced_only_while_it_is_ours(shell) -> None:
    document = toml.read(shell.sample().read_bytes())
    wanted = render(document)
    first, again = (shell.run("export", "outage.toml") for _ in range(2))
    assert first == again == (0, "outage.md\n", "")
    (shell.folder / "outage.md").write_text("edited by hand\n")
    assert shell.run("export", "outage.toml").out == "outage-2.md\n"
    assert shell.snapshot()["outage.md"] == b"edited by hand\n"
    assert shell.snapshot()["outage-2.md"].decode() == wanted


def test_standard_streams_take_the_place_of_files(shell) -> None:
    content = shell.sample().read_bytes()
    wanted = render(toml.read(content))
    assert shell.run("export", "-", stdin=content) == (0, wanted, "")
    assert shell.run("export", "-o", "-", "outage.toml") == (0, wanted, "")
    assert shell.run("export", "-f", "toml", "-", stdin=content).out.encode() == content
    assert list(shell.snapshot()) == ["outage.toml"]


def test_out_names_the_file_and_by_its_suffix_the_format(shell) -> None:
    content = shell.sample().read_bytes()
    assert shell.run("export", "outage.toml", "-o", "report.md").out == "report.md\n"
    assert shell.run("export", "outage.toml", "-o", "copy.toml").out == "copy.toml\n"
    assert shell.snapshot()["copy.toml"] == content
    assert shell.snapshot()["report.md"].startswith(b"#")


@pytest.mark.parametrize("out", ["outage.toml", "other.toml", "./outage.toml"])
@pytest.mark.parametrize("form", ["markdown", "toml"])
def test_no_postmortem_is_ever_overwritten(shell, out, form) -> None:
    shell.sample()
    shell.sample("other.toml")
    before = shell.snapshot()
    ended = shell.run("export", "outage.toml", "-f", form, "-o", out)
    assert ended.code == 1
    assert "already exists" in ended.err
    assert shell.snapshot() == before


def test_several_files_are_written_though_one_of_them_is_broken(shell) -> None:
    shell.sample("a.toml")
    shell.file("b.toml", "")
    shell.sample("c.toml")
    ended = shell.run("export", "a.toml", "b.toml", "c.toml")
    assert (ended.code, ended.out) == (1, "a.md\nc.md\n")
    assert ended.err.startswith("pmtui: b.toml: ")


def test_an_unknown_template_is_refused_with_those_that_there_are(shell) -> None:
    shell.sample()
    ended = shell.run("export", "outage.toml", "-t", "nope")
    assert (ended.code, ended.out) == (1, "")
    assert "issue-summary" in ended.err


def test_a_copy_that_no_clipboard_took_says_so_and_is_in_the_file(shell) -> None:
    shell.sample()
    ended = shell.run("copy", "outage.toml")
    assert (ended.code, ended.out) == (1, "outage.md\n")
    assert "no clipboard took the text" in ended.err


def test_a_copy_is_taken_by_the_clipboard_tool(shell, tmp_path) -> None:
    tool = tmp_path / "xsel"
    tool.write_text(
        f'#!/bin/sh\ncase "$*" in *-o*) cat {tmp_path}/held;; *) cat > {tmp_path}/held;; esac\n'
    )
    tool.chmod(0o755)
    content = shell.sample().read_bytes()
    path = f"{tmp_path}:{shell.environ['PATH']}"
    ended = shell.run("copy", "outage.toml", environ={"PATH": path, "DISPLAY": ":7"})
    assert ended == (0, "outage.md\nCopied (xsel, checked)\n", "")
    assert (tmp_path / "held").read_text() == render(toml.read(content))


def test_a_new_postmortem_is_named_by_its_title_and_never_takes_a_name(shell) -> None:
    for name in ("checkout-is-down.toml", "checkout-is-down-2.toml"):
        ended = shell.run("new", "Checkout", "is down", "--no-edit", "--timezone", "europe/berlin")
        assert ended == (0, f"{name}\n", "")
        document = toml.read(shell.snapshot()[name])
        assert (document.title, document.timezone) == ("Checkout is down", "Europe/Berlin")
    assert shell.run("new", "x", "--no-edit", "-o", "checkout-is-down.toml").code == 1
    assert shell.run("new", "x", "--no-edit", "-o", "-").out.endswith('timezone = "UTC"\n')
