"""Zones that are named after a city: "London time", "(Kigali Time)", "heure de Paris"."""

import re
from functools import cache
from typing import NamedTuple

from pmtui.core.clock.zones import zone_names

_CITY_TIME = re.compile(
    r"(?:heure d[e']\s?|hora d[eao] |hor[aá]rio de "
    r"|ora di )(?P<named>[A-ZÀ-Ý][\w' -]{2,30}?)(?=[\s.,;)]|$)"
    r"|\b(?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?: local)? [Tt]ime\b"
)
_BEHIND_CLOCK = re.compile(
    r"\s?\(?\s?(?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)??)"
    r"(?:(?: local)? [Tt]ime\b\s?\)?|\s?\)|(?=\s?:\s| [-–—] ))"
)
_CITIES = {
    "méxico": "America/Mexico_City",
    "ciudad": "America/Mexico_City",
    "brasília": "America/Sao_Paulo",
    "uk": "Europe/London",
}


class CityTime(NamedTuple):
    """A zone, the words that name it, and where they end."""

    zone: str
    written: str
    end: int


def search(text: str) -> CityTime | None:
    """The first zone in `text` that is named after a city."""
    for found in _CITY_TIME.finditer(text):
        if zone := _zone_of(found["named"] or found["city"]):
            return CityTime(zone, found.group(), found.end())
    return None


def behind_clock(text: str, at: int) -> CityTime | None:
    """The zone named after a city that follows a clock time which ends at `at`."""
    found = _BEHIND_CLOCK.match(text, at)
    zone = _zone_of(found["city"]) if found else ""
    return CityTime(zone, found.group().strip(" ()"), found.end()) if found and zone else None


def removed(text: str) -> str:
    """`text` without the zones that are named after cities."""
    found = _BEHIND_CLOCK.search(text)
    if found and _zone_of(found["city"]):
        text = text[: found.start()] + text[found.end() :]
    return text


def _zone_of(city: str) -> str:
    city = city.strip().casefold()
    return _CITIES.get(city.split()[0]) or _cities().get(city.replace(" ", "_"), "")


_REGIONS = tuple("Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific".split())
"""Where the names of zones are those of cities; `US/Pacific` is none."""


@cache
def _cities() -> dict[str, str]:
    named = (name for name in zone_names() if name.startswith(_REGIONS) and "/" in name)
    return {name.rpartition("/")[2].lower(): name for name in named}
