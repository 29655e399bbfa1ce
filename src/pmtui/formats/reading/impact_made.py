"""The impact of the incident: what is told of it, for how long, and for which share of users."""

import re
from collections.abc import Iterator, Sequence

from pmtui.core.document import Impact
from pmtui.core.shares import plainest, share_of_users
from pmtui.core.text import one_line, replace_controls
from pmtui.formats.reading import facts
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.shares_in_words import share_in_words

_WHOLE = 100
_REACH = 2000
"""The characters of a text in which a share is looked for."""

_LASTED = re.compile(
    r"\b(?:incident|outage|downtime)\s+"
    r"(?:lasted|was (?:fully )?(?:resolved|over|fixed) (?:in|after))\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?]")


def _about_the_whole(text: str) -> Iterator[str]:
    """The sentences that tell of the whole of the outage."""
    at = 0
    for found in _LASTED.finditer(text):
        if found.start() < at:
            continue
        end = _END.search(text, found.end())
        if end is None:
            return
        begin = max(text.rfind(mark, at, found.start()) for mark in ".!?\n") + 1
        yield text[max(at, begin) : end.end()]
        at = end.end()


def made_impact(draft: Draft, title: str) -> Impact:
    """The impact in `draft`; the title may tell how long it was."""
    text = replace_controls("\n\n".join(draft.prose.get("impact", ())))
    durations = _durations(draft, title)
    return Impact(
        text=text,
        percent=_percent(draft, text, durations),
        users=one_line(draft.impact.get("users", "")),
        requests=one_line(draft.impact.get("requests", "")),
        revenue=one_line(draft.impact.get("revenue", "")),
        duration=_joined(durations),
    )


def _durations(draft: Draft, title: str) -> list[str]:
    """What is said of how long it was: labels, else the first sentence that tells a length."""
    durations = [said for said, _ in draft.durations]
    if draft.house:
        return durations
    durations.sort(key=lambda said: not facts.has_length(said))
    if durations and facts.has_length(durations[0]):
        return durations
    if "stated" in draft.impact:
        return [draft.impact["stated"][0], *durations]
    told = [text for text, _ in (*draft.texts, *draft.others)]
    apart = (body for heading, _, _, body in draft.sections if heading and "```" not in body)
    told += [title, *_about_the_whole("\n".join((*draft.prose.get("resolution", ()), *apart)))]
    length = next(filter(None, map(facts.find_length, told)), "")
    return [*([length] if length else []), *durations]


def _percent(draft: Draft, text: str, durations: Sequence[str]) -> float | None:
    """The share of users in percent: of its own label, else what a sentence states most plainly.

    A share without a number of percent counts where there is none with one.
    """
    if "percent" in draft.impact:
        found = re.search(r"[0-9.]+", draft.impact["percent"])
        if found and float(found.group()) <= _WHOLE:
            return float(found.group())
    if draft.house:
        return share_of_users(text)
    told = [text, *(said for said, _ in draft.texts), *durations]
    told += [said for said, _ in draft.others]
    stated = filter(None, (plainest(said[:_REACH]) for said in told))
    best = max(stated, key=lambda share: share.plainness, default=None)
    if best:
        return best.percent
    in_words = (share_in_words(said[:_REACH], of_impact=said is text) for said in told)
    return next((percent for percent in in_words if percent is not None), None)


def _joined(parts: Sequence[str]) -> str:
    said = ""
    for part in dict.fromkeys(parts):
        joint = "" if not said else " " if said.endswith((".", "!", "?", ";", ":")) else "; "
        said = f"{said}{joint}{part}"
    return replace_controls(said)
