"""What must not leave with an export: secrets, private addresses, e-mail addresses."""

import re
from collections.abc import Iterator
from functools import partial

from pmtui.core.checks.finding import Find, Fix, Hit, Rule, Subject
from pmtui.core.checks.places import Passage, passages, replaced
from pmtui.core.checks.words import Span, matches
from pmtui.core.document import Postmortem
from pmtui.core.remembering import of_text

_REMOVED = "[removed]"

_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]{0,8000}-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_\w{40,}\b|\bglpat-[\w-]{20,}"
    r"|\bxox[abeoprs]-[A-Za-z0-9-]{10,}"
    r"|\bsk_(?:live|test)_[A-Za-z0-9]{16,}\b|\bsk-[A-Za-z0-9_-]{24,}"
    r"|\bAIza[0-9A-Za-z_-]{35}\b"
    r"|\beyJ[A-Za-z0-9_-]{8,900}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,900}"
)
_LONGEST = 10_000
"""Characters of the longest of these: a private key."""

_ASSIGNED = re.compile(
    r"(?:(?<![^\W_])|\bPG)(?:password|passwd|pwd|passphrase|secret|(?:api|access|secret|private)[_-]?"
    r"key)[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[^\s\"',;]{6,})"
    r"|(?<![^\W_])token[\"']?[ \t]*[:=][ \t]*[\"']?(?P<token>(?![\d.,_]+(?:\s|\Z))[^\s\"',;]{6,})"
    r"|\bpass(?:word|wd|phrase)[ \t]+(?:is|was)[ \t]+[\"'`]?"
    r"(?P<told>(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\s\"'`,;]{6,})"
    r"|--?(?:password|token|secret|api-?key)[ \t]+[\"']?(?P<flag>[^\s\"'<$\[{-][^\s\"']{5,})"
    r"|\bBasic[ \t]+(?P<basic>(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/]{16,}={0,2})"
    r"|\bBearer[ \t]+(?P<bearer>[A-Za-z0-9._~+/-]{16,}=*)"
    r"|://[^\s/:@]+:(?P<in_address>[^\s/@]{3,})@",
    re.IGNORECASE,
)
_IN_WORDS = ("value", "token")
"""What of these may be followed by a word of a sentence."""

_NO_SECRET = re.compile(
    r"[<\[{$*x.]+.*|[•*.x]+|(?:removed|redacted|hidden|secret|changeme|rotated|expired|invalid"
    r"|example|your\w*|none|null|true|false|missing|leaked|authentication|policy|reset\w*)\W*",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?<![\w.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d"
    r"|1[01]\d|12[0-7]))(?:\.\d{1,3}){1,2}(?![\w.]*\d)(?!-[A-Za-z])(?:/\d{1,2})?"
    r"|(?<![\w:.])(?:f[cd][0-9A-Fa-f]{2}|fe80):(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?![\w:])"
)
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|f[0-9A-Fa-f:]+")
_VERSION = re.compile(
    r"\b(?:v|ver|versions?|releases?|builds?|firmware|patch(?:es|ed)?|hot-?fix|kernel|drivers?|chart"
    r"|oracle|postgres(?:ql)?|mysql|mariadb|redis|kafka|nginx|tomcat|weblogic|jboss|java|jdk|windows"
    r"|mac ?os|ios|android|chrome|tag|deploy(?:ed|ing|s)?|install(?:ed|ing|s)?|releas(?:ed|ing)"
    r"|shipp?(?:ed|ing|s)?|pinn?(?:ed|ing|s)?)\b[ .:]*\Z|==\Z",
    re.IGNORECASE,
)
"""What comes right before four numbers that are no address."""

_VERSION_OF = re.compile(
    r"[ ]+(?:versions?|releases?|builds?|upgrades?|patch|firmware)\b", re.IGNORECASE
)
"""What comes right behind them."""

_RAISED = re.compile(
    r"\b(?:(?P<sure>(?:up|down)grad\w*|versions?)"
    r"|updat(?:e[sd]?|ing)|roll(?:s|ed|ing)? ?back|rollback|revert(?:s|ed|ing)?|bump(?:s|ed|ing)?"
    r"|migrat(?:e[sd]?|ing))\b"
    r"(?P<object>(?:(?![.;!?]\s)[^\n]){0,60}?)\b(?:to|from)\s+\Z",
    re.IGNORECASE,
)
"""A change of what runs, up to the version that it is changed to or from."""

_OF_NETWORK = re.compile(
    r"\b(?:dns|records?|ips?|address(?:es)?|hosts?|routes?|routing|gateways?|servers?|nodes?"
    r"|endpoints?|upstreams?|subnets?|vips?|peers?|traffic|load ?balancers?|proxy|firewalls?)\b",
    re.IGNORECASE,
)
"""What is changed to an address rather than to a version."""

_NEAR = 90
"""Characters in front of the numbers that tell what they are."""

_MAIL = re.compile(
    r"(?<![\w.+/:-])(?!(?:help|security|support|info|contact|abuse|press|no-?reply|postmaster)@)"
    r"[A-Za-z0-9][\w.+-]*@(?!(?:[\w-]+\.)*example\.(?:com|org|net)\b)"
    r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"
)
"""An address of a person; those that are published to be written to name nobody."""


def _exported(document: Postmortem) -> Iterator[Passage]:
    """The texts that an export would hold, links and names among them."""
    yield from passages(document)
    for entry in document.timeline:
        if not entry.internal:
            yield Passage(f"timeline.{entry.id}.link", entry.link)
            yield Passage(f"timeline.{entry.id}.source", entry.source)
            yield Passage(f"timeline.{entry.id}.who", entry.who)
    for at, person in enumerate(document.people):
        yield Passage(f"people.{at}.name", person.name)
    for task in document.tasks:
        yield Passage(f"tasks.{task.id}.owner", task.owner)
    for name in ("links", "images"):
        for at, link in enumerate(getattr(document, name)):
            yield Passage(f"{name}.{at}.target", link.target)


def _removing(place: str, words: str, near: int, what: str) -> Fix:
    return Fix(f"remove {what}", partial(_removed, place=place, words=words, near=near))


def _removed(document: Postmortem, place: str, words: str, near: int) -> Postmortem:
    return replaced(document, place, words, _REMOVED, near)


def _secrets(subject: Subject) -> Iterator[Hit]:
    for passage in _exported(subject.document):
        text = passage.text
        for begin, end in _secret_spans(text):
            fix = _removing(passage.place, text[begin:end], begin, "what looks like a secret")
            yield Hit(
                passage.place,
                "looks like a secret, and would be exported: remove it, and have it replaced",
                begin,
                end,
                fix,
            )


@of_text
def _secret_spans(text: str) -> tuple[Span, ...]:
    found = [match.span() for match in matches(_SECRET, text, _LONGEST)]
    for match in matches(_ASSIGNED, text):
        name = str(match.lastgroup)
        if not _NO_SECRET.fullmatch(match[name]) and _is_dense(match[name], name):
            found.append(match.span(name))
    return tuple(_apart(found))


def _is_dense(value: str, name: str) -> bool:
    """Whether a value is no word of a sentence ("token: expired yesterday")."""
    return name not in _IN_WORDS or not value.isalpha() or len(value) >= 20


def _apart(spans: list[Span]) -> Iterator[Span]:
    reached = 0
    for begin, end in sorted(spans):
        if begin >= reached:
            yield begin, end
            reached = end


@of_text
def _spans(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    return tuple(match.span() for match in matches(pattern, text))


def _is_version(text: str, begin: int, end: int) -> bool:
    """Whether the words around four numbers make them a version, or they cannot be an address.

    A port or the length of a prefix behind them makes them an address.
    """
    numbers, _, prefix = text[begin:end].partition("/")
    parts = numbers.split(".")
    if not all(part.isdigit() for part in parts):
        return False
    if any(int(part) > 255 or (part[0] == "0" and len(part) > 1) for part in parts):
        return True
    before = text[max(0, begin - _NEAR) : begin]
    if _VERSION.search(before):
        return True
    if prefix or (text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit()):
        return False
    if _VERSION_OF.match(text, end):
        return True
    raised = _RAISED.search(before)
    return bool(raised and (raised["sure"] or not _OF_NETWORK.search(raised["object"])))


def _finder(pattern: re.Pattern[str], whole: re.Pattern[str], message: str, what: str) -> Find:
    def find(subject: Subject) -> Iterator[Hit]:
        for passage in _exported(subject.document):
            for begin, end in _spans(passage.text, pattern):
                words = passage.text[begin:end]
                if whole.fullmatch(words) and not _is_version(passage.text, begin, end):
                    fix = _removing(passage.place, words, begin, what)
                    yield Hit(passage.place, message, begin, end, fix)

    return find


RULES = (
    Rule(
        "privacy.secret",
        "error",
        "a password, key or token in what would be exported",
        "A secret that was written down is no longer one: remove it here and have it replaced.",
        _secrets,
        waits=False,
    ),
    Rule(
        "privacy.address",
        "hint",
        "a private network address in what would be exported",
        "Readers outside cannot use it, and some should not have it. Name the host's role instead.",
        _finder(
            _PRIVATE,
            _QUAD,
            "is an address of a private network, which would be exported",
            "a private address",
        ),
        waits=False,
    ),
    Rule(
        "privacy.mail",
        "hint",
        "an e-mail address in what would be exported",
        "An address is personal data and is collected by machines. Name the role or the team.",
        _finder(_MAIL, _MAIL, "is an e-mail address, which would be exported", "an e-mail address"),
        waits=False,
    ),
)
