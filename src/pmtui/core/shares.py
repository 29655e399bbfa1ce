"""The share of users as the words of an impact state it: "about 70 % of our customers"."""

import re

from pmtui.core.lazy_pattern import pattern

_PEOPLE = (
    r"(?:users?|customers?|clients?|visitors?|subscribers?|members?|people|persons|accounts?"
    r"|tenants?|merchants?|shoppers?|buyers?|sellers?|players?|viewers?|listeners?|readers?"
    r"|passengers?|riders?|drivers?|patients?|students?|employees?|staff|population|audience"
    r"|(?:be)?nutzer\w*|kund(?:en|innen)|anwender\w*|usuarios|clientes|personas|utilisateurs"
    r"|personnes|usuários|pessoas)"
)
_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]+)?)\s?(?:%|percent\b|per\s+cent\b|Prozent\b)"
_ALONE = r"(?<![\w.,–-])"
"""In front of a number that is neither the end of a range nor of another number."""

_WORD = r"(?:[\w’'-]|[.,](?=[0-9]))+"
_SHARE = pattern(
    rf"{_ALONE}(?P<before>{_NUMBER}\s+(?:(?:of|de|der|des|dos|das|von)\s+(?:{_WORD}\s+){{0,4}}?"
    rf"|(?:(?:all|our|the|active|total|aller|unserer)\s+){{0,3}}){_PEOPLE}\b"
    r"(?!\s+(?:was|were|is|are|had|saw)\s+(?:not|un(?:affected|impacted|harmed))\b)"
    rf"|\b{_PEOPLE}\s+(?:(?:were|was|are)\s+)?(?:affected|impacted|hit)(?:\s*[:=(]\s*|\s+)"
    rf"(?:(?:about|around|approximately|approx\.|~)\s*)?{_ALONE}(?P<behind>{_NUMBER}"
    r"(?!\s+(?:more|less|of\s+the\s+time))",
    re.IGNORECASE,
)
_WHOLE = 100


def share_of_users(text: str) -> float | None:
    """The one share of people in percent that `text` states; None for none, or several.

    A percentage of anything else, "CPU at 95%" or "20% of requests", is none, nor is a range.
    """
    found = {
        float((match["before"] or match["behind"]).replace(",", "."))
        for match in _SHARE.finditer(text)
    }
    share = found.pop() if len(found) == 1 else None
    return share if share is not None and share <= _WHOLE else None
