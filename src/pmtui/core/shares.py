"""Shares in percent of those whom an outage met: "about 70 % of our customers".

One grammar tells of what a percentage is one: of people, of others that are counted in their
place, of what they ask for, of the one service that is down. A percentage of anything else ("CPU at
95%", "100% of exports") is none. Who asks says which kinds count, and how plainly they have to be
stated.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from pmtui.core.lazy_pattern import pattern

Kind = Literal["people", "counted", "asked", "service", "unsaid"]


class Share(NamedTuple):
    """A share in percent, what it is one of, and how plainly that is told: from 1 to `OUTRIGHT`."""

    percent: float
    kind: Kind
    plainness: int


OUTRIGHT = 4
"""The plainness of a share of those named right behind it, or before it as affected."""

_NAMES: dict[Kind, str] = {
    "people": (
        r"users?|user ?base|customers?|subscribers?|visitors?|clients?|people|persons|population"
        r"|audience|members?|accounts?|tenants?|merchants?|sellers?|buyers?|shoppers?|riders?"
        r"|drivers?|staff|employees?|students?|patients?|players?|viewers?|listeners?|readers?"
        r"|passengers?|usuarios?|usuários|clientes|personas|pessoas|utilisateurs|personnes"
        r"|(?:be)?nutzer\w*|kund(?:en|innen)|anwender\w*"
    ),
    "counted": (
        r"couriers?|workers?|teachers?|guests?|developers?|organi[sz]ations?|companies|company"
        r"|teams?|schools?|sites?|partners?|participants?|attendees|those|residents?|citizens?"
        r"|households?|devices?|everyone|them|abonnés|pacientes|patienten|centros|praxen|filial"
        r"|mitarbeiter\w*"
    ),
    "asked": (
        r"requests?|traffic|sessions?|transactions?|orders?|calls?|visits?|(?:page ?)?views"
        r"|log-?ins?|sign-?(?:ins?|ups?)|attempts?|checkouts?|payments?|purchases?|bookings?|queries"
        r"|messages?|searches|uploads?|downloads?|consultations?|transfers?|renewals"
        r"|anfragen|bestellungen|paiements|pagamentos|pagos|peticiones|requêtes|commandes"
        r"|tentativas|tentatives|intentos|versuche|requisições|solicitudes|solicitações|pedidos"
    ),
}
_AUDIENCE = "|".join(f"(?P<{kind}>{names})" for kind, names in _NAMES.items())
ANYBODY = "|".join(_NAMES.values())
"""Those whom an outage meets, and what they ask for, as alternatives of a pattern."""

_SERVICE = r"(?:web ?)?server|(?:web ?)?site|service|platform|application|app|availability"
"""The one thing that is down, and with it its users in the same share."""

_UNIT = r"(?:%|percent\b|per\s+cent\b|por ciento|por cento|pour cent|Prozent\b)"
_PERCENT = pattern(
    rf"(?<![\w.,])(?P<number>[0-9]{{1,3}}(?:[.,][0-9]+)?)\s?{_UNIT}[*_~`]*", re.IGNORECASE
)
_WHOLE = 100

_SENTENCE_END = pattern(r"(?<=[.!?;])(?<!approx\.)(?<!ca\.)\s+|\n")
_RANGE_BEFORE = pattern(r"[0-9]\s?%?\s?[–-]\s?$")

_OF = (
    r"(?:\([^)]*\)\s*)?(?:of|de|des|der|von|do|dos|da|das|du|los|aller)\s+(?:(?:the|our|all|total|its|"
    r"their|los|las|les|nos|of|nossos|unserer|sus)\s+)*"
)
_WORD = r"(?:[\w'’-]|[.,](?=[0-9]))+"
_OTHER_PART = r"(?:for|in|at|to|by|from|and|which|of|with|on|were|was|is|are|failed)\b"
"""What ends the words that stand before the noun, and begins what another noun belongs to."""

_OF_AUDIENCE = pattern(
    rf"\s*{_OF}(?:(?!{_OTHER_PART}){_WORD}\s+){{0,4}}?(?:{_AUDIENCE})\b", re.IGNORECASE
)
_OF_SERVICE = pattern(rf"\s*{_OF}(?:[\w-]+\s+){{0,1}}?(?:{_SERVICE})\b", re.IGNORECASE)
_OF_OTHERS = pattern(rf"\s*{_OF}\w", re.IGNORECASE)
_NEXT = pattern(
    r"\s+(?:(?:all|our|the|active|total|aller|unserer)\s+){0,3}"
    r"(?:(?!and\b|at\b|for\b|but\b|while\b|so\b|with\b|cpu\b|memory\b|disk\b)\w+\s+)?"
    rf"(?:{_AUDIENCE})\b",
    re.IGNORECASE,
)
"""The users without "of" between: "a 50% user base"."""

_ABOUT = r"(?:(?:or|i\.e\.|about|around|roughly|circa|nearly|all|approximately|approx\.|~)[\s,]*)*"
_AFFECTED_BEFORE = pattern(
    rf"\b(?:{_AUDIENCE})\s+(?:(?:were|was|are)\s+)?(?:affected|impacted|hit)\s*[:=(]?\s*{_ABOUT}$",
    re.IGNORECASE,
)
_MARK_BEFORE = pattern(rf"\b(?:{_AUDIENCE})\s*(?:\(|,|–|—|-|:|=)\s*{_ABOUT}$", re.IGNORECASE)
"""The users before their share: "412 of 2,060 employees (20 %)"."""

_NOT_MET = pattern(
    r"\s+(?:was|were|is|are|had|saw)\s+(?:not|un(?:affected|impacted|harmed))\b", re.IGNORECASE
)
_OF_FAILED = pattern(
    rf"\s*{_OF}(?:error(?:ed|s)?|failed|failing|failures?|rejected|affected|impacted)\s+"
    r"(?:\w+\s+){1,2}(?:was|were|is|are|came|come|stem\w*|originat\w*|had)\b",
    re.IGNORECASE,
)
"""A share of what failed, of which more is told: "half of the failed requests came from bots"."""

_NOT_OF_THEM = pattern(r"\s+(?:more|less|of\s+the\s+time)\b", re.IGNORECASE)
_FEWER = pattern(
    rf"\s+(?:decrease|drop|loss|reduction|decline|fall)"
    rf" (?:in|of) (?:the )?(?:\w+ )?(?:{ANYBODY}|{_SERVICE})\b",
    re.IGNORECASE,
)
_SAID = pattern(rf"\b(?:{ANYBODY})\b", re.IGNORECASE)
_OUTAGE = pattern(
    r"\s+(?:[\w-]+\s+)?(?:outage|downtime|unavailab\w+|down|offline|inaccessible|degradation)\b",
    re.IGNORECASE,
)
AFFECTS = pattern(
    r"\b(?:affect\w*|impact\w*|unable|degrad\w*|afect\w*|touch\w*|betroffen\w*|afetad\w*|outage"
    r"|unavailab\w*|fail\w*|los[et]\b|impacto|reject\w*|could not|declined|waited|late)",
    re.IGNORECASE,
)
"""Words of a sentence that tells whom or what an outage met."""
_OTHER = pattern(
    r"\b(?:cpu|cores?|memory|ram|heap|disks?|storage|volume|capacity|utili[sz]ation|uptime|slo|sla"
    r"|target|availability|usage|full|load|change fail\w*|codebase|code|budget|packet loss"
    r"|cache|hit rates?|quota|pool|latency|discount|coverage|confidence|threshold|limit"
    r"|cr[eé]dit\w*|refund\w*|remboursement|reembolso|gutschrift"
    r"|inodes?|bandwidth|partition|progress|rolled|rollout|canary|ramp\w*|stable|sure"
    r"|increased by|decreased by|rose by|fell by|dropped by|reduced by|grew by)\b",
    re.IGNORECASE,
)
"""What else is told in percent, in the words just before or behind the number."""

_STAGE = pattern(
    r"\b(?:roll(?:ed|ing|s)?[ -]?out|rollout|canary|ramp\w*|enabled|released|deployed|restored"
    r"|recovered|shift\w*|rout\w+|mov\w+|migrat\w+|drain\w*)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
"""A step of a release or of the repair, behind which a share of users stands as well."""

_ERROR_RATE = pattern(
    r"\b(?:(?:overall|total|aggregate|an|elevated|increased) error rates?\s+of"
    r"|error rates?\s+from\s+0(?:\.0+)?\s?%\s+to)\s+"
    r"(?:about |around |approximately |roughly |~)?$",
    re.IGNORECASE,
)
"""The share of failed requests, which are not named."""

_CLAUSE_END = pattern(r"[;.]")
_BEFORE, _BEHIND = 40, 25


def shares(text: str) -> Iterator[Share]:
    """The shares that the sentences of `text` state, in order, among its first `_MOST` percentages.

    Of a sentence without end only what stands around the number is read.
    """
    said = (
        (each, found) for each in _SENTENCE_END.split(text) for found in _PERCENT.finditer(each)
    )
    for sentence, found in islice(said, _MOST):
        number = float(found["number"].replace(",", "."))
        before = sentence[max(0, found.start() - _REACH) : found.start()]
        after = sentence[found.end() : found.end() + _REACH]
        share = _share(number, before, after) if number <= _WHOLE else None
        if share is not None:
            yield share


_MOST, _REACH = 200, 500


def share_of_users(text: str) -> float | None:
    """The one share of people in percent that `text` states outright; None for none, or several.

    A percentage of anything else, "CPU at 95%" or "20% of requests", is none, nor is a range.
    """
    running = " ".join(text.split())
    stated = {share.percent for share in shares(running) if share[1:] == ("people", OUTRIGHT)}
    return stated.pop() if len(stated) == 1 else None


def plainest(text: str) -> Share | None:
    """The first of the shares of any kind that `text` states most plainly."""
    return max(shares(text), key=lambda share: share.plainness, default=None)


def _share(number: float, before: str, after: str) -> Share | None:
    """The share that a number between those words is, None where it is one of something else."""
    if _STAGE.search(before) and not AFFECTS.search(_CLAUSE_END.split(after, maxsplit=1)[0]):
        return None
    if _OF_FAILED.match(after):
        return None
    if named := _OF_AUDIENCE.match(after):
        return _of(named, number, before, after)
    if _OF_SERVICE.match(after):
        return Share(number, "service", 2)
    if _OF_OTHERS.match(after) or _NOT_OF_THEM.match(after):
        return None
    if named := _AFFECTED_BEFORE.search(before):
        return Share(number, _kind(named), OUTRIGHT)
    if named := _MARK_BEFORE.search(before):
        return Share(number, _kind(named), OUTRIGHT - 1)
    if _OUTAGE.match(after) or _FEWER.match(after):
        return Share(number, "unsaid", 2)
    if _OTHER.search(before[-_BEFORE:]) or _OTHER.search(after[:_BEHIND]):
        return None
    if named := _NEXT.match(after):
        return _of(named, number, before, after)
    if _ERROR_RATE.search(before):
        return Share(number, "unsaid", 1)
    around = f"{before} {after}"
    if not _SAID.search(around):
        return None
    return Share(number, "unsaid", 2 if AFFECTS.search(around) else 1)


def _of(named: re.Match[str], number: float, before: str, after: str) -> Share | None:
    """The share of those named behind the number, None where they were not met by the outage."""
    if _NOT_MET.match(after, named.end()):
        return None
    # The end of a range states the share, but not as one number.
    return Share(number, _kind(named), OUTRIGHT - bool(_RANGE_BEFORE.search(before)))


def _kind(named: re.Match[str]) -> Kind:
    return next(kind for kind in _NAMES if named[kind])
