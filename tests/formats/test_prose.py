"""Markdown of the writer's own stays as it is, and stays where it is."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmtui.formats.escape import indented
from pmtui.formats.prose import apart, block, led
from tests.formats.gfm import html_of, text_of
from tests.strategies import texts

MARKS = r"""
    ``` ~~~ ```` ` \ * a é > # === --- | |-|-| $$ ' "
    <!-- --> <script> </script> <style> <textarea> <title> <pre> </pre> <details> </details>
    <div> </div> <b> </b> <none> <? ?> <![CDATA[ ]]> <!DOCTYPE <http://x>
"""
SPACED = ["\n", "\n\n", "> ", "- ", "1. ", "    ", "  ", "\t", "# a", "## b", "b c", "[x]: y"]
SPACED += ["[^1]: z", "<!-- x -->", "<img src=x>", "<img onerror=a>", "<a href='"]
PROSE = st.one_of(
    st.lists(st.sampled_from([*MARKS.split(), *SPACED]), max_size=14).map("".join), texts()
)


class Nesting(HTMLParser):
    """The tags that are open at the end, as a browser counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "hr", "img", "input", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def rest_of(markdown: str, footnotes: bool) -> tuple[str, str]:
    """The HTML of `markdown`, and of a section after it, in one document."""
    html = html_of(f"## First\n\n{markdown}\n\n## Next\n\nend\n", footnotes=footnotes)
    before, _, after = html.partition("<h2>Next</h2>\n")
    return before, after


@settings(deadline=None)
@given(PROSE, st.booleans())
@example("\t<img onerror=a>", False)
def test_nothing_in_prose_reaches_beyond_it(text: str, footnotes: bool) -> None:
    closed = block(text)
    for standing in (
        closed,
        led(closed, "**Lead**:"),
        f"- x\n- {indented(led(closed, '**Lead**:'))}",
    ):
        before, after = rest_of(standing, footnotes)
        assert after.startswith("<p>end</p>")
        before = re.sub("<!--.*?-->", "", before, flags=re.DOTALL)
        nesting = Nesting()
        nesting.feed(before)
        assert nesting.open == []
        assert "<script" not in before
        assert not re.search("<[^>]*onerror", before)


@settings(deadline=None)
@given(PROSE)
def test_headings_stand_below_their_section(text: str) -> None:
    before, _ = rest_of(block(text), False)
    assert "<h1>" not in before
    assert before.count("<h2>") == 1


@settings(deadline=None)
@given(PROSE)
def test_closed_prose_is_not_changed_again(text: str) -> None:
    assert block(block(text)) == block(text)


@settings(deadline=None)
@given(PROSE)
def test_a_list_after_prose_is_its_own(text: str) -> None:
    assert "<ul>\n<li>fact</li>\n</ul>" in html_of(f"{apart(block(text))}\n\n- fact\n")


@pytest.mark.parametrize(
    "text",
    [
        "Plain database_server, 5 < 6.",
        "- a\n- b\n\n1. c",
        "### fine\n\ntext",
        "```sh\nrm <none> # x\n```",
        "<details>\n<summary>More</summary>\n\ntext\n\n</details>",
        "`<none>` and <https://x.co> and <!-- a note -->",
        'x <br> <img src="a.png" width=75%> <kbd>ctrl</kbd>',
        "    indented <code>",
        "| a | b |\n|---|---|\n| c | d |",
        "[x]: http://y",
    ],
)
def test_sound_markdown_is_left_as_it_is(text: str) -> None:
    assert block(text) == text


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("\n\na\n\n", "a"),
        ("```\ncode", "```\ncode\n```"),
        ("~~~~ sh\ncode\n~~~", "~~~~ sh\ncode\n~~~\n~~~~"),
        ("pod <none> died", r"pod \<none> died"),
        ("a <!-- b", r"a \<!-- b"),
        ("<!-- b", "&lt;!-- b"),
        ("<script>\nx", "&lt;script>\nx"),
        ("a <b>c", r"a \<b>c"),
        ("a c</b>", r"a c\</b>"),
        ("<details>\nx", "&lt;details>\nx"),
        ('<a href="javascript:x">y</a>', r'\<a href="javascript:x">y\</a>'),
        ("# Big\n## Small\ntext", "### Big\n#### Small\ntext"),
        ("Big\n===\n\nSmall\n---", "### Big\n\n#### Small"),
        ("- # in a list", "- ### in a list"),
        ("C# and # are fine", "C# and # are fine"),
    ],
)
def test_what_is_open_is_closed_or_shown_as_text(text: str, closed: str) -> None:
    assert block(text) == closed


@pytest.mark.parametrize("text", ["- a", "1. a", "```\na\n```", "> a", "### a", "a | b\n--|--"])
def test_a_lead_stands_above_what_begins_a_block(text: str) -> None:
    assert led(text, "**Trigger**:") == f"**Trigger**:\n\n{text}"


def test_a_lead_stands_before_a_paragraph() -> None:
    assert led("2026 was *it*.", "**Trigger**:") == "**Trigger**: 2026 was *it*."
    assert text_of(html_of(led("a", "**T**:"))) == "T: a"
