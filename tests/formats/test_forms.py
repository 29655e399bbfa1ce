"""HTML, Slack and plain text say what the Markdown says, and no text becomes a command."""

import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Kind, Link, Postmortem, Task, Times
from pmtui.formats import FORMATS, by_name
from pmtui.formats.html import rendered
from pmtui.formats.markdown import templates
from tests.formats import golden
from tests.formats.test_markdown import FULL, at, words
from tests.growth import LINEAR, growth
from tests.long_run import besides
from tests.strategies import documents

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></svg></title><img src=x onerror=alert(1)>",
    "]]> <!-- --> &lt;b&gt;",
    '" onmouseover="alert(1)',
    "=HYPERLINK(1)",
    "[x](javascript:alert(1)) ![y](https://e.org/p.png)",
    "<!channel> <@U1> *b* _i_ ~s~ `c`",
    "<details open ontoggle=alert(1)>",
)
FORMS = ("html", "slack", "text")


class Page(HTMLParser):
    """What a browser would find in a page: tags with their attributes, and whether they nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(document: Postmortem, template: str = "issue-summary") -> Page:
    return Page(by_name("html").write(document, template=template).decode())


def is_harmless(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether a tag neither runs nor loads anything, and leads to the web or a mailbox at most."""
    if tag in ("script", "img", "iframe", "link", "object", "embed", "base", "form"):
        return False
    if any(name.startswith("on") or name in ("src", "srcset", "style") for name in attributes):
        return False
    target = attributes.get("href")
    return target is None or re.match(r"(https?|mailto):", target, re.I) is not None


def hostile(text: str) -> Postmortem:
    """A document that says `text` wherever it can."""
    return Postmortem(
        title=text,
        severity=text,
        timezone="UTC",
        summary=text,
        root_cause=text,
        timeline=(
            Entry(id="a", at=at(13), kind="started", text=text, who=text, link=text),
            Entry(id="b", at=at(14), kind="resolved", text=text, source=text),
        ),
        tasks=(Task(id="t", text=text, owner=text, ticket=text),),
        links=(Link(title=text, target=text),),
        images=(Link(title=text, target="https://e.org/pixel.png"),),
    )


@pytest.mark.parametrize(("form", "document", "path"), golden.format_exports())
def test_an_export_is_the_one_that_was_looked_at(form: str, document: str, path: Path) -> None:
    assert by_name(form).write(golden.documents()[document]) == path.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_the_words_of_a_picture_have_no_marks_of_markdown(form: str) -> None:
    picture = Link(title="load_1 *of* [db] `x` & more", target="https://e.org/p.png")
    written = by_name(form).write(Postmortem(images=(picture,))).decode()
    assert "\\" not in written
    assert picture.title in unescape(written).replace("\u200b", "")


@pytest.mark.parametrize("form", FORMS)
@given(document=documents(), template=st.sampled_from(templates()))
@example(document=Postmortem(title="https://e.org/a?b=c&d#e_"), template="atlassian")
@example(
    document=Postmortem(tasks=(Task(id="t", text="¹https://e.org/a?b=c&d#e"),)),
    template="issue-summary",
)
def test_no_word_of_a_list_is_lost(form: str, document: Postmortem, template: str) -> None:
    if template == "brief":
        return
    written = by_name(form).write(document, template=template).decode()
    # A link, or an address between brackets, may be one word with what stands beside it.
    bare = (re.sub(marks, "", written) for marks in ("\u200b|<[^>]*>", "[\u200b<>]"))
    seen = set().union(*(words(text) | words(unescape(text)) for text in (written, *bare)))
    for entry in document.timeline:
        if not entry.internal:
            assert words(entry.text) <= seen
    for text in (document.title, *(task.text for task in document.tasks)):
        assert words(text) <= seen


@given(documents(), st.sampled_from(templates()))
def test_no_page_loads_or_runs_anything(document: Postmortem, template: str) -> None:
    page = page_of(document, template)
    assert all(is_harmless(*tag) for tag in page.tags), page.tags


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", templates())
def test_a_hostile_text_is_text_on_the_page(text: str, template: str) -> None:
    page = page_of(hostile(text), template)
    assert all(is_harmless(*tag) for tag in page.tags)
    assert page.open == []
    assert words(text) <= words(page.text) | words(str(page.tags))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](https://e.org)", '<p><a href="https://e.org" rel="noopener noreferrer">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>a (javascript:alert(1))</p>"),
        ("[a](data:text/html,x)", "<p>a (data:text/html,x)</p>"),
        ("[a](../notes.md)", "<p>a (../notes.md)</p>"),
        ("![a](./x.png)", "<p>a (./x.png)</p>"),
        ("![](https://e.org/p)", '<p><a href="https://e.org/p" rel="noopener noreferrer">'),
        ("<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"),
        ("a<br>b <!-- hidden -->", "<p>a<br>b </p>"),
        ("- [x] done", '<li class="task"><input type="checkbox" disabled checked> done</li>'),
        ("- [link](https://e.org)", '<li><a href="https://e.org"'),
        ("https://e.org/a", '<p><a href="https://e.org/a" rel="noopener noreferrer">'),
        ("~~gone~~", "<p><s>gone</s></p>"),
    ],
)
def test_markdown_becomes_safe_html(source: str, html: str) -> None:
    assert html in rendered(source)


def test_the_page_needs_nothing_else() -> None:
    html = by_name("html").write(FULL).decode()
    assert "default-src 'none'" in html
    assert "@media print" in html
    assert "prefers-color-scheme: dark" in html
    assert "@import" not in html
    assert "url(" not in html
    assert html.count("<svg") == 1
    assert '<g class="detect"><title>detect 5m</title>' in html


def test_a_stated_end_of_the_phases_is_marked_and_named_in_the_drawing() -> None:
    entries = (
        Entry(id="a", at=at(13, 10), kind="detected", text="Alert"),
        Entry(id="b", at=at(14), kind="resolved", text="Well again"),
    )
    document = Postmortem(timezone="UTC", times=Times(started=at(13)), timeline=entries)
    html = by_name("html").write(document).decode()
    assert "<title>13:00 UTC started, as stated</title>" in html
    labels = re.findall(r'<text class="label[^>]*>([^<]*)', html)
    assert labels == ["13:00 started", "13:10 detected", "14:00 resolved"]


def test_a_label_of_a_later_day_says_so() -> None:
    entries = (
        Entry(id="a", at=at(23, 30), kind="started"),
        Entry(id="b", at=at(1, day=24), kind="resolved"),
    )
    html = by_name("html").write(Postmortem(timezone="UTC", timeline=entries)).decode()
    labels = re.findall(r'<text class="label[^>]*>([^<]*)', html)
    assert labels == ["23:30 started", "01:00 +2d resolved"]


def test_labels_at_the_edges_of_the_drawing_grow_inwards() -> None:
    kinds: tuple[Kind, ...] = ("started", "mitigated", "resolved")
    entries = tuple(Entry(id=kind, at=at(13 + n), kind=kind) for n, kind in enumerate(kinds))
    html = by_name("html").write(Postmortem(timeline=entries)).decode()
    looks = re.findall(r'<text class="(label[^"]*)" x="([^"]*)"', html)
    assert looks == [("label first", "0.0"), ("label", "480.0"), ("label last", "960.0")]


def drawing_of(*entries: Entry, times: Times | None = None) -> str:
    """The figure on the page of a document in UTC with those events."""
    document = Postmortem(timezone="UTC", times=times or Times(), timeline=entries)
    html = by_name("html").write(document).decode()
    return html[html.index("<figure") : html.index("</figure>")]


STARTED = Entry(id="a", at=at(13), kind="started", text="Down")
RESOLVED = Entry(id="b", at=at(14), kind="resolved", text="Well again")


def test_both_ends_of_the_axis_are_labelled() -> None:
    first = Entry(id="c", at=at(12, 40), about=True, text="A first log line")
    last = Entry(id="d", at=at(14, 30), text="All replayed")
    figure = drawing_of(first, STARTED, RESOLVED, last)
    labels = re.findall(r'<text class="label[^>]*>([^<]*)', figure)
    assert labels == ["about 12:40", "13:00 started", "14:00 resolved", "14:30"]


def test_phases_are_drawn_large_though_something_happened_weeks_later() -> None:
    early = Entry(id="c", at=at(9, day=20), text="Deployed")
    late = [Entry(id=f"d{day}", at=at(9, day=day), text="Reviewed") for day in (25, 29)]
    figure = drawing_of(early, STARTED, RESOLVED, *late)
    bar = re.search(r'<rect x="([^"]*)" y="8" width="([^"]*)"', figure)
    assert bar
    assert float(bar[2]) > 900
    assert "Reviewed" not in figure
    assert "not drawn: 1 event long before, 2 events long after" in figure


def test_what_is_not_long_after_is_drawn_with_the_phases() -> None:
    figure = drawing_of(STARTED, RESOLVED, Entry(id="c", at=at(15, 30), text="Replayed"))
    assert "Replayed" in figure
    assert "not drawn" not in figure


def test_stated_phases_are_drawn_without_any_event_near_them() -> None:
    stated = Times(started=at(13), resolved=at(14))
    figure = drawing_of(Entry(id="c", at=at(9, day=25), text="Reviewed"), times=stated)
    assert "not drawn: 1 event long after" in figure


def test_a_milestone_lies_above_the_events_around_it() -> None:
    figure = drawing_of(STARTED, Entry(id="c", at=at(13), text="At the same time"), RESOLVED)
    assert figure.index("At the same time") < figure.index("13:00 UTC Down")


def test_without_phases_there_is_no_room_for_them() -> None:
    figure = drawing_of(*(Entry(id=str(hour), at=at(hour), text="x") for hour in (13, 14)))
    assert 'viewBox="0 50 960 ' in figure


def test_without_two_times_nothing_is_drawn() -> None:
    one = Postmortem(timeline=(Entry(id="a", at=at(13), text="x"),))
    assert "<svg" not in by_name("html").write(one).decode()
    assert "<svg" not in by_name("html").write(Postmortem()).decode()


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("*all* _is_ ~well~", "*\u200ball* _\u200bis_ ~\u200bwell~"),
        ("database_server a * b", "database_server a * b"),
        ("see https://e.org/a_b?c=1&d=2", "see <https://e.org/a_b?c=1&amp;d=2>"),
        ("> not a quote", "\u200b&gt; not a quote"),
        ("`code <b>`", "`code &lt;b&gt;`"),
    ],
)
def test_slack_reads_no_command_into_a_text(text: str, slack: str) -> None:
    document = Postmortem(timeline=(Entry(id="a", text=text),))
    assert f"• {slack}\n" in by_name("slack").write(document).decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_sees_no_mention_and_no_foreign_link(text: str) -> None:
    written = by_name("slack").write(hostile(text)).decode()
    for found in re.findall(r"<([^>]*)>", written):
        assert re.match(r"(https?|mailto):", found), found


def test_plain_text_keeps_to_its_width_and_shows_addresses() -> None:
    long = " ".join(["word"] * 60)
    document = Postmortem(title="Out", summary=f"{long} [graph](https://e.org/x)")
    written = by_name("text").write(document).decode()
    assert written.startswith("Out\n===\n")
    assert max(map(len, written.splitlines())) <= 78
    assert "graph (https://e.org/x)" in written


@pytest.mark.parametrize("form", FORMS)
def test_a_table_becomes_something_that_each_form_can_show(form: str) -> None:
    written = by_name(form).write(FULL, template="google-sre").decode()
    assert {"html": "<td>OPS-12</td>", "slack": "Bug: OPS-12", "text": "Bug: OPS-12"}[
        form
    ] in written


@pytest.mark.parametrize(
    "form", ["markdown", *besides(*(each.name for each in FORMATS[1:] if each.writes))]
)
def test_an_event_takes_as_long_to_write_however_many_there_are(form: str) -> None:
    """No template looks at all events for each of them."""
    options = {"template": "google-sre"} if "template" in by_name(form).options else {}

    def written(count: int) -> None:
        entries = tuple(
            Entry(id=f"e{n}", at=at(13) + timedelta(minutes=n), text=f"host-{n} is *down*")
            for n in range(count)
        )
        tasks = tuple(Task(id=f"t{n}", text="Do", due=date(2024, 6, 1)) for n in range(count))
        document = Postmortem(title="x", timezone="UTC", timeline=entries, tasks=tasks)
        by_name(form).write(document, **options)

    written(1)
    assert growth(written, 100) < LINEAR
