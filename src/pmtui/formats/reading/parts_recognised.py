"""Parts that only their content or their company shows to be what they are."""

from itertools import pairwise

from pmtui.formats.reading import inline
from pmtui.formats.reading.around_actions import promised
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.names import folded
from pmtui.formats.reading.parts import ACTIONS, Part
from pmtui.formats.reading.sentences import clauses_of
from pmtui.formats.reading.status_updates import STAMPED
from pmtui.formats.reading.timed_lines import count_timed
from pmtui.formats.reading.timeline_forms import chat_lines, told

_TOLD_CAUSES = frozenset(
    ("cause", "cause+resolution", "factors", "whys", "lessons", "went_well", "got_lucky")
)
_MAY_LIST_EVENTS = frozenset(("", "preamble", "summary", "times", "resolution"))
"""The parts that are a timeline where their lines begin with times: "When?", "How it was fixed"."""

_TOLD = 4
"""The sentences with a time that make a story a timeline."""


def recognise_parts(parts: list[Part]) -> None:
    """Names the parts that only their content shows to be what they are."""
    names = {part.name for part in parts}
    if "timeline" not in names:
        for part in list(parts):
            if part.name in ("", "preamble", "summary") and _is_stamped(part):
                _make_updates(part, parts)
        best = max(parts, key=lambda part: _timed(part), default=None)
        if any(part.name == "timeline" for part in parts):
            pass
        elif best is not None and best.name in _MAY_LIST_EVENTS and _timed(best) >= 3:
            timed, lines = count_timed(best.blocks)
            if timed * 2 >= lines:
                _make_timeline(best, parts)
    if not any(part.name == "timeline" for part in parts):
        _find_story(parts)
    _rename_mitigations(parts)
    _rename_short_fix(parts, beside=bool(names & _FIXES))
    if not names & _FIXES:
        _rename_remediation(parts)
    if not names & ACTIONS:
        _find_promise(parts)
    if not names & _TOLD_CAUSES:
        for part in parts:
            if part.name == "went_wrong" and part.inside == "" and part.opener is not None:
                # Beside no lessons what went wrong is what broke.
                part.name = "cause"
                break
    if "summary" not in names:
        for part in parts:
            if part.name == "timeline":
                break
            prose = any(block.kind == "text" and len(block.text) > 60 for block in part.blocks)
            if part.name in ("", "preamble") and prose:
                part.name = "summary"
                break


def _rename_mitigations(parts: list[Part]) -> None:
    """Beside a part about the fix a list of mitigations is what is to be done."""
    fixes = [part for part in parts if part.name == "resolution" and part.inside == ""]
    for part in fixes[1:]:
        items = any(block.kind == "item" for block in part.blocks)
        if folded(part.heading) == "mitigations" and items:
            part.name = "measures"


_FIXES = frozenset(("resolution", "cause+resolution"))
_SHORT_FIX = frozenset(
    f"{how} {fix}" for how in ("short term", "immediate", "temporary") for fix in ("fix", "fixes")
)


def _rename_short_fix(parts: list[Part], *, beside: bool) -> None:
    """Makes a heading of the short fix the fix, where no other part but the one around tells it.

    `beside` says that the document has such a part.
    """
    for part in parts:
        alone = not part.inside and not beside
        if part.name == "corrective" and (alone or part.inside in _FIXES):
            part.name = "resolution" if folded(part.heading) in _SHORT_FIX else part.name


def _rename_remediation(parts: list[Part]) -> None:
    """What prose tells of the remediation, above lists of measures, is how it was fixed."""
    for part, following in pairwise(parts):
        prose = bool(part.blocks) and all(block.kind == "text" for block in part.blocks)
        inner = following.level > part.level and following.name in ACTIONS
        if part.name == "measures" and folded(part.heading) == "remediation" and prose and inner:
            part.name = "resolution"


def _find_promise(parts: list[Part]) -> None:
    """Makes a part of its own of the list that prose announces as things to do."""
    for number, part in enumerate(parts):
        if part.name not in ("", "preamble", "summary") or not (
            listed := promised(part.blocks, outright=True)
        ):
            continue
        first = part.blocks.index(listed[0])
        measures = Part("measures", level=part.level, line=listed[0].line, blocks=listed)
        rest = Part("", level=part.level, line=listed[-1].end)
        rest.blocks = part.blocks[first + len(listed) :]
        part.blocks = part.blocks[:first]
        parts[number + 1 : number + 1] = [measures, *([rest] if rest.blocks else [])]
        return


def _find_story(parts: list[Part]) -> None:
    """Makes a timeline of the paragraphs that tell what happened when, sentence by sentence.

    The first paragraph of a document is its summary, whatever times it tells.
    """
    for number, part in enumerate(parts):
        if part.name not in ("", "preamble", "summary"):
            continue
        told_in = [_told(block) for block in part.blocks]
        if part.name != "" or number == 0:
            first = next((at for at, block in enumerate(part.blocks) if block.kind == "text"), 0)
            told_in[: first + 1] = [0] * (first + 1)
        telling = [at for at, count in enumerate(told_in) if count]
        if sum(told_in) < _TOLD or sum(told_in[at] > 1 for at in telling) < 2:
            continue
        begin, end = telling[0], telling[-1] + 1
        story = Part("timeline", level=part.level, line=part.blocks[begin].line)
        rest = Part("", level=part.level, line=part.blocks[end - 1].end)
        story.blocks, rest.blocks = part.blocks[begin:end], part.blocks[end:]
        part.blocks = part.blocks[:begin]
        parts[number + 1 : number + 1] = [story, *([rest] if rest.blocks else [])]
        return


def _told(block: Block) -> int:
    """The sentences of a paragraph that tell a time."""
    if block.kind != "text" or block.depth:
        return 0
    return sum(1 for part in clauses_of(inline.words(block.text)) if next(told("", part), None))


def _make_timeline(part: Part, parts: list[Part]) -> None:
    """Makes `part` the timeline, from its first event on where it is something else before."""
    chats = chat_lines(part.blocks)
    timed = [at for at, block in enumerate(part.blocks) if count_timed([block])[0]]
    first = part.blocks.index(chats[0]) if len(chats) > len(timed) else min(timed, default=0)
    if not first or part.name in ("", "times"):
        part.name = "timeline"
        return
    rest = Part("timeline", "", part.level, part.blocks[first].line, blocks=part.blocks[first:])
    part.blocks = part.blocks[:first]
    parts.insert(next(at for at, each in enumerate(parts) if each is part) + 1, rest)


def _make_updates(part: Part, parts: list[Part]) -> None:
    """Makes the updates of a status page the timeline, and nothing that is said before them."""
    first = next(at for at, block in enumerate(part.blocks) if block.mark == STAMPED)
    if not first:
        part.name = "timeline"
        return
    updates = Part("timeline", "", part.level, part.blocks[first].line)
    updates.blocks, part.blocks = part.blocks[first:], part.blocks[:first]
    parts.insert(next(at for at, each in enumerate(parts) if each is part) + 1, updates)


def _is_stamped(part: Part) -> bool:
    """Whether a part holds updates of a status page."""
    return any(block.kind == "item" and block.mark == STAMPED for block in part.blocks)


def _timed(part: Part) -> int:
    return count_timed(part.blocks)[0]
