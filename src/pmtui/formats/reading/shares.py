"""The share of users that a sentence states, told from every other percentage."""

import re

_REACH = 2000
"""The characters of a text in which a share is looked for."""

_WHOLE = 100

_SHARE = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:[.,][0-9]+)?)\s?(?:[%]|percent\b"
    r"|per cent\b|por ciento|por cento|pour cent|Prozent)[*_~`]*",
    re.IGNORECASE,
)
_PEOPLE = (
    r"users?|user ?base|customers?|subscribers?|visitors?|clients?|people|population|audience"
    r"|members|accounts|tenants?|merchants?|sellers?|buyers?|shoppers?|riders?|drivers?|couriers?"
    r"|staff|employees|workers?|students?|teachers?|patients?|players?|viewers?|listeners?|readers?"
    r"|passengers?|guests?|developers?|organi[sz]ations?|companies|company|teams?|schools?|sites?"
    r"|partners?|participants?|attendees|those|residents?|citizens?|households?|devices?|everyone|them"
    r"|usuarios?|clientes|utilisateurs|abonnés|nutzern?|kunden|usuários|benutzern?|pacientes"
    r"|patienten|centros|praxen|filial|mitarbeiter\w*|personnes|pessoas|personas"
)
_ASKED = (
    r"requests?|traffic|sessions?|transactions?|orders?|calls?|visits?|(?:page ?)?views"
    r"|log-?ins?|sign-?(?:ins?|ups?)|attempts?|checkouts?|payments?|purchases?|bookings?|queries"
    r"|messages?|searches|uploads?|downloads?|logins|consultations?|transfers?|renewals"
    r"|anfragen|bestellungen|paiements|pagamentos|pagos|peticiones|requêtes|commandes"
)
_SERVICE = r"(?:web ?)?server|(?:web ?)?site|service|platform|application|app|availability"
"""The one thing that is down, and with it its users in the same share."""

_AUDIENCE = rf"(?:{_PEOPLE}|{_ASKED})"
_OF = (
    r"(?:\([^)]*\)\s*)?(?:of|de|des|der|do|dos|da|das|du|los|aller)\s+(?:(?:the|our|all|total|its|"
    r"their|los|las|les|nos|of|nossos|unserer|sus)\s+)*"
)
_OTHER_PART = r"(?:for|in|at|to|by|from|and|which|of|with|on|were|was|is|are|failed)\b"
"""What ends the words that stand before the noun, and begins what another noun belongs to."""

_OF_AUDIENCE = re.compile(
    rf"\s*{_OF}(?:(?!{_OTHER_PART})[\w'’-]+\s+){{0,3}}?{_AUDIENCE}\b", re.IGNORECASE
)
_OF_SERVICE = re.compile(rf"\s*{_OF}(?:[\w-]+\s+){{0,1}}?(?:{_SERVICE})\b", re.IGNORECASE)
_OF_OTHERS = re.compile(rf"\s*{_OF}\w", re.IGNORECASE)
_AUDIENCE_NEXT = re.compile(
    rf"\s+(?:(?!and\b|at\b|for\b|but\b|while\b|so\b|with\b|cpu\b|memory\b|disk\b)\w+\s+)?"
    rf"{_AUDIENCE}\b",
    re.IGNORECASE,
)
"""The users without "of" between: "a 50% user base"."""

_AUDIENCE_BEFORE = re.compile(
    rf"\b{_AUDIENCE}\s*(?:\(|,|–|—|-|:|=)\s*(?:(?:or|i\.e\.|about|around|roughly|circa|nearly|all|~)"
    r"[\s,]*)*$",
    re.IGNORECASE,
)
"""The users before their share: "412 of 2,060 employees (20 %)"."""

_FEWER = re.compile(
    rf"\s+(?:decrease|drop|loss|reduction|decline|fall)"
    rf" (?:in|of) (?:the )?(?:\w+ )?(?:{_AUDIENCE}|{_SERVICE})\b",
    re.IGNORECASE,
)

_SAID = re.compile(rf"\b{_AUDIENCE}\b", re.IGNORECASE)
_OUTAGE = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:outage|downtime|unavailab\w+|down|offline|inaccessible|degradation)\b",
    re.IGNORECASE,
)
_AFFECTS = re.compile(
    r"\b(?:affect\w*|impact\w*|unable|degrad\w*|afect\w*|touch\w*|betroffen\w*|afetad\w*|outage"
    r"|unavailab\w*|fail\w*|los[et]\b|impacto|reject\w*|could not|declined|waited|late)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:cpu|cores?|memory|ram|heap|disks?|storage|volume|capacity|utili[sz]ation|uptime|slo|sla"
    r"|target|availability|usage|full|load|change fail\w*|codebase|code|budget|packet loss"
    r"|cache|hit rates?|quota|pool|latency|discount|coverage|confidence|threshold|limit"
    r"|inodes?|bandwidth|partition|progress|rolled|rollout|canary|ramp\w*|stable|sure"
    r"|increased by|decreased by|rose by|fell by|dropped by|reduced by|grew by)\b",
    re.IGNORECASE,
)
"""What else is told in percent, in the words just before or behind the number."""

_STAGE = re.compile(
    r"\b(?:roll(?:ed|ing|s)?[ -]?out|rollout|canary|ramp\w*|enabled|released|deployed|restored"
    r"|recovered|shift\w*|rout\w+|mov\w+|migrat\w+|drain\w*)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
"""A step of a release or of the repair, behind which a share of users stands as well."""

_BEFORE, _BEHIND = 40, 25


def find_share(text: str) -> tuple[float, int] | None:
    """The share of users in percent that `text` states, and how plainly it does so (3 is best).

    What users ask for (requests, payments) counts as the users themselves; a share of anything
    else, as of exports or of a processor, is none of users.
    """
    best: tuple[float, int] | None = None
    for sentence in re.split(r"(?<=[.!?;])\s+|\n", text[:_REACH]):
        for found in _SHARE.finditer(sentence):
            number = float(found["number"].replace(",", "."))
            plain = _plainness(sentence, found) if number <= _WHOLE else 0
            if plain and (best is None or plain > best[1]):
                best = (number, plain)
    return best


def _plainness(sentence: str, found: re.Match[str]) -> int:
    """How plainly a percentage is a share of users; 0 where it is one of something else."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    if _STAGE.search(before) and not _AFFECTS.search(re.split(r"[;.]", after, maxsplit=1)[0]):
        return 0
    if _OF_AUDIENCE.match(after):
        return 3
    if _OF_SERVICE.match(after):
        return 2
    if _OF_OTHERS.match(after):
        return 0
    if _AUDIENCE_BEFORE.search(before):
        return 3
    if _OUTAGE.match(after) or _FEWER.match(after):
        return 2
    if _OTHER.search(before[-_BEFORE:]) or _OTHER.search(after[:_BEHIND]):
        return 0
    if _AUDIENCE_NEXT.match(after):
        return 3
    if not _SAID.search(sentence):
        return 0
    return 2 if _AFFECTS.search(sentence) else 1
