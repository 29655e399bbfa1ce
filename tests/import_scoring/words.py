"""Which words of a source survive its import.

Words are runs of letters, and numbers. What the document says in another form is left out: clock
times with the words that belong to them ("At 2:05 PM EAT", "um 09:50 Uhr"), dates, the numbers of
headings and list points, emoji (`:tada:`), and the marks of HTML (the text of `alt`, `title`, `src`
and `href` is counted). All else is counted as often as it stands there: labels, table headers,
front matter, comments, addresses. A word survives as often as the house Markdown or the fields of
the document hold it, whichever do more often.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser

from pmtui.core.clock.zones import is_abbreviation
from pmtui.core.document import Postmortem
from pmtui.formats.markdown import render

_MONTHS = """
    jan(?:uary|uar|eiro|vier)? ene(?:ro)? feb(?:ruary|ruar|rero)? f[eé]v(?:rier|ereiro)?
    mar(?:ch|zo|s|ço)? märz apr(?:il)? abr(?:il)? avr(?:il)? may mayo mai maio
    ju[nl](?:e|y|i|io|ho)? juin juillet aug(?:ust)? ago(?:sto)? août
    sep(?:t|tember|tiembre|tembre)? set(?:embro)?
    oct(?:ober|ubre|obre)? okt(?:ober)? out(?:ubro)? nov(?:ember|iembre|embre|embro)?
    dec(?:ember)? dic(?:iembre)? d[eé]c(?:embre)? dez(?:ember|embro)?
""".split()
_DAYS = """
    mon(?:day)? tue(?:s|sday)? wed(?:nesday)? thu(?:rs|rsday)? fri(?:day)? sat(?:urday)? sun(?:day)?
    lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi
    dimanche segunda terça quarta quinta sexta montag dienstag mittwoch donnerstag freitag samstag
    sonntag
""".split()
_MONTH = rf"\b(?:{'|'.join(_MONTHS)})\b\.?"
_DAY = rf"\b(?:{'|'.join(_DAYS)})\b"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_CLOCK = (
    rf"(?<![.,]){_BEGIN}\d{{1,2}}(?:(?:[:.]\d{{2}}){{1,2}}(?:\.\d+)?Z?|\s?h\s?\d{{2}})(?!%){_END}"
    rf"|{_BEGIN}\d{{1,2}}(?:[:.]\d{{2}}){{0,2}}\s?[ap](?:\.\s?m\.|m{_END})"
    rf"|{_BEGIN}\d{{1,2}}:\d{{2}}[ap]{_END}"
    rf"|{_BEGIN}\d{{3,4}}\s?hrs?{_END}|^\W*\d{{4}}(?=[\s:,])"
    r"|(?<=\d{4}-\d\d-\d\d )\d{4}(?=[\s:,])"
    rf"|{_BEGIN}T\s?\+\s?\d+(?:[:h]\d+)*\s?m?(?:in)?{_END}|{_BEGIN}T0{_END}"
)
_LEAD = (
    r"\b(?:at|by|from|to|until|till|between|about|around|ca\.?|circa|um|von|bis|gegen|à|de|das?"
    r"|às|las|a)\s+"
)
_TAIL = rf"(?:\s?(?:(?-i:hrs?|h)|uhr|[ap]\.?m){_END}\.?)?"
_DAY_OF_MONTH = (
    rf"\b(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th|º|er)?\.?\s+(?:of\s+|de\s+)?{_MONTH}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
)
_DATE = (
    rf"(?:{_DAY},?\s+)?"
    r"(?:\d{4,5}-\d{1,2}-\d{1,2}(?:T(?=\d))?|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b"
    r"|(?<![\w/])\d{1,2}/\d{1,2}(?=\s\d{1,2}:\d{2})"
    rf"|(?:{_DAY_OF_MONTH})(?:,?\s+(?:de\s+)?\d{{4}}\b)?)"
    rf"(?:\s+\(?{_DAY}\)?)?"
)
_OTHERWISE_SAID = re.compile(
    rf"(?:{_DATE})|(?:{_LEAD})*(?:\*{{1,2}}|_|\[)*(?:{_CLOCK}){_TAIL}|\b(?:UTC|GMT)\s?[+-]\s?\d+\b|(?<=\d)Z\b"
    r"|(?<!\w):[a-z][a-z0-9_+-]*:"
    r"|\b(?:eastern|central|mountain|pacific|greenwich mean)\s+(?:(?:standard|daylight)\s+)?time\b"
    r"|^(?:[ >#*-]*)\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-h])[.)](?=\s)",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_TOLD = frozenset({"alt", "title", "src", "href"})
_INLINE = frozenset(
    "a b code del em font i ins kbd mark s small span strong sub sup tt u var".split()
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center col colgroup dd details div dl
    dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html img li link main meta nav ol
    p pre script section style summary table tbody td tfoot th thead time title tr ul
    """.split()
)


def lost(source: str, document: Postmortem, *, is_html: bool = False) -> Counter[str]:
    """The words of `source` that the import lost, and how often."""
    return words(source, is_html=is_html) - kept(document)


def share_kept(wanted: Counter[str], missed: Counter[str]) -> float:
    """The share of the words in `wanted` that is not in `missed`, 1.0 where there are none."""
    return 1 - missed.total() / wanted.total() if wanted else 1.0


def words(source: str, *, is_html: bool = False) -> Counter[str]:
    """The words of a source, in small letters, without what a document says in another form."""
    text = _OTHERWISE_SAID.sub(" ", _plain(source, is_html=is_html))
    return Counter(_split(_CAPITALS.sub(_without_zone, text)))


def kept(document: Postmortem) -> Counter[str]:
    """The words that `document` holds, in its house Markdown or in its fields."""
    exported = Counter(_split(_plain(render(document, columns=0), is_html=False)))
    return exported | Counter(_split("\n".join(_strings(document.as_dict()))))


def decoded(data: bytes) -> str:
    """The text of a file by its byte order mark, else as UTF-8, else as Windows writes it."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def shown(data: bytes, name: str) -> str:
    """The text of the file `name` with the bytes `data` as its reader sees it, with addresses."""
    return _plain(decoded(data), is_html=name.endswith((".html", ".htm")))


def without_comments(text: str) -> str:
    """`text` without the comments of HTML, which nobody sees in what is rendered."""
    return re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)


def in_sight(document: Postmortem) -> Counter[str]:
    """The words of the house Markdown of `document` that its reader sees."""
    return Counter(_split(_plain(without_comments(render(document, columns=0)), is_html=False)))


def _split(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _without_zone(word: re.Match[str]) -> str:
    return "" if is_abbreviation(word.group()) else word.group()


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, date):
        yield value.isoformat().replace("+00:00", "Z")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:g}"


def _plain(text: str, *, is_html: bool) -> str:
    reader = _Text(whole_page=is_html)
    reader.feed(text if is_html else re.sub(r"<(?=[^a-zA-Z/!])", "&lt;", text))
    reader.close()
    return html.unescape("".join(reader.parts))


class _Text(HTMLParser):
    """Collects what a reader sees, and the addresses; of a whole page not what stands in `head`."""

    def __init__(self, *, whole_page: bool) -> None:
        super().__init__(convert_charrefs=not whole_page)
        self.parts: list[str] = []
        self._hidden = frozenset({"head", "script", "style"} if whole_page else ())
        self._depth = 0
        self._whole_page = whole_page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE and tag not in _BLOCKS:  # an address, or a name: <https://…>, <ana>
            self.parts.append(f" {self.get_starttag_text()} ")
            return
        self._depth += tag in self._hidden
        inline = tag in _INLINE
        shown = not self._depth
        told = [value for name, value in attrs if shown and name in _TOLD and value]
        self.parts.append(" ".join(["" if inline and not told else "\n", *told, ""]).rstrip(" "))
        if told:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._hidden:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in self._hidden and self._depth > 0
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag not in _INLINE:
            self.parts.append(f" {tag} ")

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        if not self._whole_page:
            self.parts.append(data)
