"""Abbreviations of two zones, settled by the places that the same document names."""

import re
from collections.abc import Sequence

_PLACES: dict[str, dict[str, str]] = {
    "IST": {
        "Asia/Kolkata": r"India\w*|Mumbai|Bangalore|Bengaluru|Kolkata|Delhi|Hyderabad|Chennai|Pune",
        "Europe/Dublin": r"Ireland|Irish|Dublin|Cork",
        "Asia/Jerusalem": r"Israel\w*|Tel[ -]Aviv|Jerusalem",
    },
    "CST": {
        "America/Chicago": r"US Central|Central Time|Central Standard|Chicago|Texas|Dallas|Houston",
        "Asia/Shanghai": r"China|Chinese|Beijing|Shanghai|Shenzhen",
        "Asia/Taipei": r"Taiwan\w*|Taipei",
        "America/Havana": r"Cuban?|Havana",
    },
    "BST": {
        "Europe/London": r"London|British|Britain|United Kingdom|UK|England",
        "Asia/Dhaka": r"Bangladesh\w*|Dhaka",
    },
    "AST": {
        "Asia/Riyadh": r"Saudi|Riyadh|Arabia\w*|Kuwait|Qatar",
        "America/Halifax": r"Atlantic|Halifax|Nova Scotia|Bermuda|Puerto Rico",
    },
}
"""The places that settle what an abbreviation means, by the zone that it then is."""


def hinted_zone(texts: Sequence[str]) -> tuple[str, str]:
    """The zone and the abbreviation in `texts` whose meaning one place in them settles, or ""."""
    said = "\n".join(texts)
    for short, zones in _PLACES.items():
        if not re.search(rf"{short}(?<![\w/]{short})(?![\w/])", said):
            continue
        meant = [
            zone
            for zone, places in zones.items()
            if zone in said or re.search(rf"\b(?:{places})\b", said)
        ]
        if len(meant) == 1:
            return meant[0], short
    return "", ""
