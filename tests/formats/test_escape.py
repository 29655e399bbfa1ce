"""Plain text in Markdown is read as that very text, and is hardly touched where it need not be."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmtui.formats.escape import (
    cell,
    image,
    indented,
    inline,
    item,
    label,
    link,
    listed,
    phrase,
    target,
)
from tests.formats.gfm import html_of, text_of
from tests.strategies import lines, texts

HAZARDS = """\
*emphasis* and _this_ and __that__ and ***all***
2026. year
1) first
- item
+ item
* item
> quote
# heading
C #
###
===
---
- - -
* * *
_ _ _
|---|---|
:-: | -
a | b
`code` and `` ` ``
```
~~~ fence
~~struck~~ and ~one~
[link](http://x) and [ref][x] and [x]
[ref]: http://x "title"
[^1]: note
![image](http://x)
<script>alert(1)</script>
<img onerror=alert(1)>
<!-- hidden
<http://x> and <a@b.co>
<none> </pod> <? <!X
&amp; &copy; &#35; &#x41;
\\* \\ \\\\ C:\\new\\_x
$x$ and $$y$$ and a$
__init__.py and a_b_c and _x
*.log and **/*.py
2*3*4
https://x.co/*a*/_b_/ and http://x.co/a)*
http://x.co/?a=1&copy;=2&b=~c~
(https://x.co/a_(b)_)
www.x.co/_a_*b* and www.
ftp://a.b<b>
http://a>b*c*
http://x/`code`
[ ] not a box
[x] nor this
~5 minutes~
trailing \\
a!
![
<""".splitlines()

UNTOUCHED = """\
database_server
5 < 6
a * b
C#
v1.2.3
(see #12)
R&D, AT&T
it's 100% (or 99.9%) - done!
~5 minutes, ~70% of users
cost $5 to $10 from $HOME
https://grafana.example.com/d/abc?from=now-1h&to=now
mail ana@example.com or @ana
C:\\Users\\ana
x => y, a -> b
14:05 CEST: what's "up"?
-5m
2026 was a year
key=value; path/to/file
snake_case_name and a _ b
日本語 émoji 🔥""".splitlines()

CHARACTERS = "\\`*_[]<>|~#&!$-+=:.()1 a\"'/@^{}\n\té;"
MARKS = ["http://x.com/", "https://", "ftp://a.b", "www.x.co", "://", "a@b.co", "javascript:"]
MARKS += ["&amp;", "&#35;", "  ", "<b>", "<!--", "```", "~~~", "](", "[x]: y", "[^1]", "2026. "]
NASTY = st.one_of(
    st.lists(st.sampled_from([*CHARACTERS, *MARKS]), max_size=12).map("".join), texts(), lines()
)
FRAMES = [
    ("\n{}", "{}"),
    ("# {}", "{}"),
    ("- {}", "\n{}"),
    ("**x**: {}", "x: {}"),
    ("para\n{}", "para\n{}"),
    ("({})", "({})"),
    ("\n{}\n==", "{}"),
]


def literal(text: str) -> str:
    """`text` on one line, as it should be seen."""
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text).strip()


@pytest.mark.parametrize(("frame", "seen"), FRAMES)
@settings(deadline=None)
@given(text=NASTY, footnotes=st.booleans())
@example(text="ftp://a.b<b>", footnotes=False)
@example(text="[^1]: x", footnotes=True)
def test_any_text_renders_as_itself_wherever_it_stands(
    frame: str, seen: str, text: str, footnotes: bool
) -> None:
    shown = literal(text)
    if shown:
        html = html_of(frame.format(inline(text)), footnotes=footnotes)
        assert text_of(html) == seen.format(shown).strip("\n")
        assert not re.search("<(em|del|code|ol|table|blockquote|img|script|b)>", html)


@pytest.mark.parametrize("text", HAZARDS)
def test_every_known_hazard_renders_as_itself(text: str) -> None:
    assert text_of(html_of(inline(text))) == text.strip()
    assert text_of(html_of(f"- **14:00**: {inline(text)} — *by ana*")) == (
        f"\n14:00: {text.strip()} — by ana".strip()
    )


@settings(deadline=None)
@given(st.text(st.characters(categories=("L", "N"), include_characters=" ,.;'\"%/?()-")))
def test_prose_without_marks_is_not_touched(text: str) -> None:
    shown = literal(text)
    if not re.match(r"-(\s|$)|-+$|\d+[.)]|[- ]*$", shown):
        assert inline(text) == shown


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_looks_dangerous_and_is_not_stays_readable(text: str) -> None:
    assert inline(text) == text
    assert phrase(text) == text


@settings(deadline=None)
@given(NASTY)
def test_a_cell_is_one_cell_and_holds_its_text(text: str) -> None:
    text = text.replace("`", "'")
    table = html_of(f"| h | k |\n|---|---|\n| {cell(text)} | z |\n")
    cells = re.findall(r"<td>(.*?)</td>", table, re.DOTALL)
    assert [text_of(found) for found in cells] == [literal(text), "z"]


def test_a_cell_keeps_a_pipe_in_code() -> None:
    table = html_of(f"| h |\n|---|\n| {cell('`a | b` | c')} |\n")
    assert "<td><code>a | b</code> | c</td>" in table


@settings(deadline=None)
@given(NASTY)
def test_the_name_of_a_link_is_its_text_and_no_link_of_its_own(text: str) -> None:
    html = html_of(f"[{label(text)}](http://q)")
    assert text_of(html) == literal(text)
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("run `rm *` now", "run <code>rm *</code> now"),
        ("``a ` b`` and *c*", "<code>a ` b</code> and *c*"),
        ("`open and *c*", "`open and *c*"),
        ("`curl http://x/_a_` x", "<code>curl http://x/_a_</code> x"),
    ],
)
def test_code_in_a_phrase_stays_code_and_the_rest_is_text(text: str, html: str) -> None:
    assert html_of(phrase(text)).strip() == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("https://x.co/a_b?c=d&e=f", "https://x.co/a_b?c=d&e=f"),
        ("./my image (1).png", "<./my image (1).png>"),
        ("mailto:ana@x.co", "mailto:ana@x.co"),
        ("a\\b<c>", "<a\\\\b\\<c\\>>"),
        ("http://x/?a&copy;", "http://x/?a&amp;copy;"),
        ("#anchor", "#anchor"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("C:\\x", None),
        ("", None),
    ],
)
def test_only_harmless_addresses_become_links(url: str, destination: str | None) -> None:
    assert target(url) == destination


@settings(deadline=None)
@given(st.sampled_from(["http://x/", "./", ""]), lines())
def test_an_address_that_is_linked_arrives_whole(start: str, rest: str) -> None:
    url = f"{start}{rest}"
    if target(url) is not None:
        html = html_of(link("x", url))
        assert html.startswith("<p><a href=")
        assert text_of(html) == "x"


def test_an_address_that_should_not_be_linked_is_text() -> None:
    assert text_of(html_of(link("run", "javascript:alert(1)"))) == "run: javascript:alert(1)"
    assert "<a" not in html_of(image("run", "javascript:alert(1)"))
    assert html_of(image("a]b", "x y.png")) == '<p><img src="x%20y.png" alt="a]b" /></p>\n'


def test_short_texts_in_a_row_can_be_told_apart() -> None:
    assert listed(("a", "b, c", " ", "http://x/a,b")) == r"a, b\, c, <http://x/a,b>"


@settings(deadline=None)
@given(NASTY)
def test_an_item_stays_one_item_between_its_neighbours(text: str) -> None:
    bullets = ["before", item(text, head="**x**:", tail="— *by y*"), "after"]
    html = html_of("".join(f"- {bullet}\n" for bullet in bullets))
    assert html.count("<li>") == 3
    assert html.count("<ul>") == 1
    assert "<em>by y</em>" in html


def test_lines_of_an_item_stay_lines_and_its_code_stays_code() -> None:
    text = "ran\nthis *now*\n```\nls *\n\n\nrm\n```\n\nthen"
    assert item(text) == ("ran\\\n  this \\*now\\*\n\n  ```\n  ls *\n\n\n  rm\n  ```\n\n\n  then")


def test_a_fence_that_is_not_closed_is_text_in_an_item() -> None:
    assert text_of(html_of(f"- {item('a ```' + chr(10) + '```' + chr(10) + 'b')}")).split() == [
        "a",
        "```",
        "```",
        "b",
    ]


@pytest.mark.parametrize("text", ["gone", "~5 gone", "a ~~b~~ c", "(x)", "a\nb", "a\n- b\n~c~"])
def test_struck_text_is_struck_whole(text: str) -> None:
    html = html_of(f"- {item(text, struck=True)}")
    assert re.sub("<br />\n *", "\n", html[html.index("<del>") + 5 : html.index("</del>")]) == text
    assert html.count("<del>") == 1


def test_further_lines_stand_under_the_first() -> None:
    assert indented("a\nb\n\nc", 3) == "a\n   b\n\n   c"
