"""The marks of an entry in the house Markdown: its kind, its time, and the details at its end."""

import re

from pmtui.core.vocabulary import KINDS
from pmtui.formats.reading import inline
from pmtui.formats.reading.rows import Row

_KIND = "|".join(KINDS)
_HOUSE_HEAD = re.compile(
    rf"(?P<time>\*\*[^*]+\*\*)?(?P<gap> ?)(?P<mark>\*(?P<kind>{_KIND})\*)(?=:|\s|$)"
)
HOUSE_TIME = re.compile(r"\*\*[^*]+\*\*(?::\s*|$)")
"""The bold time that an entry begins with."""

_KIND_LEAD = re.compile(rf"(?P<kind>{_KIND}):\s+")
_REACH = 100
"""The characters of an entry within which its kind stands."""

_HOUSE_TAIL = re.compile(r"\s*— \*(?P<details>(?:by|from|\[link\]\(|<)[^\n]*)\*\s*$")


def first_told(when: str) -> str:
    """A time, or zone, as the first of the zones tells it in which an export tells all times."""
    return when.partition(" / ")[0]


def house_head(text: str) -> tuple[str, str]:
    """The kind of an entry as the house Markdown marks it, and the text without that mark."""
    found = _HOUSE_HEAD.match(text)
    if found is None:
        return "", text
    return found["kind"], f"{found['time'] or ''}{text[found.end() :]}"


def emphasised_kind(written: str, plain: str) -> tuple[str, str]:
    """The kind that the templates write in emphasis behind the time, and the text behind it.

    `plain` is the text behind the time without the marks that `written` has.
    """
    found = _KIND_LEAD.match(plain)
    if found is None or not re.search(rf"\*{found['kind']}\*{{1,2}}:", written[:_REACH]):
        return "", plain
    return found["kind"], plain[found.end() :]


def house_tail(text: str) -> tuple[str, str]:
    """The text of an entry without the emphasised details at its end, and those."""
    found = _HOUSE_TAIL.search(text) if "— *" in text else None
    return (text[: found.start()], found["details"]) if found else (text, "")


def apply_details(row: Row, details: str) -> None:
    """Who, source and link from the emphasised end of an entry, as the house Markdown writes it."""
    if not details:
        return
    row.links, kept = [], row.links
    rest = details
    if link := re.search(r"(?:, )?(?:\[link\]\((?P<a><[^>]*>|[^)\s]*)\))$", rest):
        row.links = [("link", inline.plain(f"[link]({link['a']})").links[0][1])]
        rest = rest[: link.start()]
    row.links += [pair for pair in kept if pair not in row.links]
    found = re.fullmatch(r"(?:by (?P<who>(?:\\.|[^,\\])*))?(?:, )?(?:from (?P<source>.*))?", rest)
    if found:
        row.who = inline.words(found["who"] or "")
        row.source = inline.words((found["source"] or "").replace("\\,", ","))
    elif rest:
        row.text = f"{row.text} — {inline.words(rest)}"
