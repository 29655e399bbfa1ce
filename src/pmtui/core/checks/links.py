"""Links and images that lead nowhere."""

import re
from collections.abc import Iterator

from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.places import Passage, passages
from pmtui.core.checks.words import quotations

_EMPTY = re.compile(r"(?:#|\?|-+|\.+|/|TODO|TBD|TBA|FIXME|link|url|xxx+|https?:(?://)?)?", re.I)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S|//\S|mailto:\S")
_TITLE = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*')[ \t]*\Z")
_INLINE = re.compile(r"!?\[[^\[\]\n]{0,500}\]\((?P<target>[^()\n]{0,2000})\)")


def _targets(subject: Subject) -> Iterator[tuple[Passage, int, int]]:
    """Every target: of links and images, of events, and of links within texts."""
    document = subject.document
    for name in ("links", "images"):
        for at, link in enumerate(getattr(document, name)):
            yield Passage(f"{name}.{at}.target", link.target), 0, len(link.target)
    for entry in document.timeline:
        if entry.link:
            yield Passage(f"timeline.{entry.id}.link", entry.link), 0, len(entry.link)
    for passage in passages(document):
        for match in _INLINE.finditer(passage.text):
            begin, end = match.span()
            if not any(low < begin and end <= high for low, high in quotations(passage.text)):
                yield passage, begin, end


def _target(passage: Passage, begin: int, end: int) -> str:
    text = passage.text[begin:end]
    inline = _INLINE.fullmatch(text)
    target = _TITLE.sub("", inline["target"]) if inline else text
    return target.strip().strip("<>")


def _empty(subject: Subject) -> Iterator[Hit]:
    for passage, begin, end in _targets(subject):
        target = _target(passage, begin, end)
        if _EMPTY.fullmatch(target):
            shown = f"“{target}”" if target else "it"
            yield Hit(passage.place, f"leads nowhere: {shown} is no address", begin, end)


def _relative(subject: Subject) -> Iterator[Hit]:
    for passage, begin, end in _targets(subject):
        target = _target(passage, begin, end)
        if not _EMPTY.fullmatch(target) and not _SCHEME.match(target) and target[0] != "#":
            what = "lacks its host" if target[0] == "/" else "is a file beside this one"
            yield Hit(
                passage.place,
                f"“{target}” {what}; who reads the export elsewhere cannot open it",
                begin,
                end,
            )


RULES = (
    Rule(
        "links.empty",
        "warning",
        "a link or image without an address",
        "An empty or placeholder target is a promise to the reader that is not kept.",
        _empty,
    ),
    Rule(
        "links.relative",
        "hint",
        "a link or image that is relative",
        "It holds beside the file only. Put it where readers can reach it, or send it along.",
        _relative,
    ),
)
