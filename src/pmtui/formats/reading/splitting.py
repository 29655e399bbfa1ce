"""Sentences that belong to another field than the paragraph that they stand in."""

import re
from itertools import pairwise

from pmtui.core.text import replace_controls
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.sentences import sentences

_FIXED = re.compile(
    r"\b(?:resolv(?:ed|es|ing)|was (?:fixed|solved|repaired|corrected|mitigated)|fixed (?:the"
    r"|this|it|by)|we (?:fixed|corrected|resolved|rolled back|reverted|restarted)"
    r"|the fix\b|so (?:we|i)\b"
    r"|to (?:fix|resolve|solve|mitigate|address|rectify|remedy|correct) (?:it|this|the)\b"
    r"|(?:team|engineers?|we|they) (?:fixed|corrected|restored|rolled back|reverted"
    r"|resolved)|rolled back|rolling back|revert(?:ed|ing)"
    r"|restor(?:ed|e) (?:the )?(?:service|normal|access|connect)|to restore service"
    r"|resolution (?:was|involved|came)|the (?:\w+ )?(?:solution|resolution|remedy) "
    r"|se (?:resolvio|resolvió|solucion[oó]|corrigi[oó])|fue (?:resuelto|solucionado|corregido)"
    r"|a été (?:résolu|corrigé|rétabli)|foi (?:resolvido|corrigido|solucionado)"
    r"|wurde (?:behoben|gelöst|korrigiert))",
    re.IGNORECASE,
)
_IMPACT = re.compile(r"^(?:the |this |user |customer )*impact\b", re.IGNORECASE)
_RESOLVED = re.compile(
    r"^(?:\w+ ){0,4}?(?:resolved|fixed|solved|corrected) (?:the|this|it)\b.{0,60}?\bby\b"
    r"|\b(?:issue|problem|outage|incident|error|bug|it) (?:was|were|has been|is) "
    r"(?:then |finally |now )?(?:resolved|fixed|solved|corrected) (?:by|after|when|with|through)\b"
    r"|\bthe (?:\w+ )?(?:solution|resolution|fix|remedy) (?:was|is)\b"
    r"|\b(?:was|were) able to (?:fix|resolve)\b"
    r"|^(?:after|by) (?:revert|roll|restart|reboot|restor|replac|scal|increas)\w*ing\b"
    r"[^.;]{3,120}, [^.;]{3,60}\b(?:was|were) (?:again |back |fully )?"
    r"(?:oper(?:able|ational)|available|reachable|restored|working|healthy)\b"
    r"|^(?:\w+ ){0,3}?se (?:resolvió|solucionó|corrigió|arregló)\b"
    r"|\ba été (?:\w+ )?(?:résolu|corrigé|rétabli)e?s? (?:par|en|grâce|après)\b"
    r"|\bfo(?:i|ram) (?:resolvid|corrigid|solucionad)[oa]s? (?:com|por|ap[óo]s|através|ao)\b"
    r"|\bwurden? (?:durch|mit)\b.{3,120}\b(?:behoben|gelöst|korrigiert)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"^(?:[^,;]{0,80} )?(?:identif\w+|found|determined|discovered) (?:that )?the (?:root )?cause\b"
    r"|^(?:the |this |our |main |primary |underlying )*(?:root[- ]cause"
    r"|cause of (?:the|this)"
    r"|cause (?:is|was)(?! (?:\w+ )?(?:un\w+|not|being|under|yet))"
    r"|causa ra[ií]z|la causa|la cause|a causa"
    r"|die (?:grund)?ursache)\b"
    r"|\b(?:was|were|is|being) (?:found to be )?the (?:\w+ )?(?:root[- ]cause|cause of)\b"
    r"|\b(?:outage|incident|issue|problem|error|failure|disruption|downtime|it|this|which)\b"
    r"[^.;,]{0,40}?\b(?:was|were|been|be) (?:\w+ )?caused by\b",
    re.I,
)


def split_summary(draft: Draft) -> None:
    """Moves what the summary says of impact and cause to their fields, where no other part does."""
    said = draft.prose.get("summary", [])
    if len(said) != 1:
        return
    paragraphs = re.split(r"\n[ \t]*\n", said[0])
    moved = _take_listed_fix(paragraphs, draft)
    for at, text in enumerate(paragraphs):
        if text.lstrip().startswith(("-", "*", "+", ">", "|", "`", "#", "<", "!")) or "```" in text:
            continue
        rest = _split_paragraph(text, draft, alone=len(paragraphs) == 1)
        if len(rest) < len(sentences(text)):
            paragraphs[at], moved = " ".join(rest), True
    if moved:
        draft.prose["summary"] = ["\n\n".join(text for text in paragraphs if text)]


_FIXED_BY = re.compile(
    r"\b(?:(?:was|were|is|has been|have been|got) (?:\w+ly |then |finally )?"
    r"(?:resolved|fixed|solved|corrected|mitigated|remedied|repaired)"
    r"|(?:we|i|they|team|engineers) (?:\w+ly |then |finally )?"
    r"(?:resolved|fixed|solved|corrected|mitigated) (?:this|it|the \w+))"
    r" (?:by|with|through|via|as follows|in \w+ (?:steps|ways))"
    r"(?: (?:doing )?(?:the|these|two|three)\b[^.:;]{0,40})?:$"
    r"|\bto (?:fix|resolve|solve|correct|remedy) (?:this|it|the \w+),? (?:we|i|they|the team):$"
    r"|\bthe (?:fix|solution|resolution|remedy) (?:was|consisted of|involved|included):$",
    re.IGNORECASE,
)
"""What leads on to a list of what was done to end the outage."""

_ITEM = re.compile(r"(?:[-*+•]|[0-9]{1,2}[.)])[ \t]+\S")


def _take_listed_fix(paragraphs: list[str], draft: Draft) -> bool:
    """Takes the list of what ended the outage from `paragraphs`, with the line that announces it.

    Something of the summary must be left, and no other part tell the fix.
    """
    for at, text in enumerate(paragraphs):
        lines = text.split("\n")
        first = next((n for n, line in enumerate(lines) if _ITEM.match(line)), len(lines))
        lead = "\n".join(lines[:first]).strip()
        said = sentences(lead)[-1] if lead.endswith(":") else ""
        if not _FIXED_BY.search(said):
            continue
        end = at + 1
        while end < len(paragraphs) and _goes_on_list(paragraphs[end]):
            end += 1
        if first == len(lines) and end == at + 1:
            continue
        left = lead.removesuffix(said).strip()
        if _has_fix(draft) or not (left or paragraphs[:at] or paragraphs[end:]):
            return False
        announced = "\n".join([said, *lines[first:]])
        draft.add_prose("resolution", "\n\n".join([announced, *paragraphs[at + 1 : end]]))
        paragraphs[at:end] = [left]
        return True
    return False


def _goes_on_list(text: str) -> bool:
    return bool(_ITEM.match(text)) or text.startswith(("  ", "\t"))


def _split_paragraph(text: str, draft: Draft, *, alone: bool) -> list[str]:
    """The sentences of a paragraph that stay; impact, cause and fix go to their fields."""
    impact, causes, fixes, rest = [], [], [], []
    for sentence in sentences(text):
        if alone and _IMPACT.match(sentence) and not draft.prose.get("impact"):
            impact.append(sentence)
        elif (
            _CAUSE.search(sentence)
            and not draft.causes
            and "whys" not in draft.prose
            and not draft.factors
        ):
            causes.append(sentence)
        elif _RESOLVED.search(sentence) and not _has_fix(draft):
            fixes.append(sentence)
        else:
            rest.append(sentence)
    if rest and impact:
        draft.add_prose("impact", " ".join(impact))
    elif impact:
        rest = [*impact, *rest]
    if causes and (rest or not alone):
        draft.causes.append((" ".join(causes), "cause", True))
    elif causes:
        rest = [*rest, *causes]
    if fixes:
        draft.add_prose("resolution", " ".join(fixes))
    return rest


def _has_fix(draft: Draft) -> bool:
    """Whether a part of the document tells the fix, or the cause part does so."""
    return bool(draft.prose.get("resolution")) or any(
        name == "cause+resolution" or _says_fixed(text) for text, name, _ in draft.causes
    )


def split_causes(draft: Draft) -> dict[str, str]:
    """The fields that the stated causes fill: brief and full cause, resolution."""
    resolution = list(draft.prose.get("resolution", ()))
    brief: list[str] = []
    full: list[str] = []
    for text, name, is_brief in draft.causes:
        if not text.strip():
            continue
        last = (text, name, is_brief)
        others = [
            cause
            for cause in draft.causes
            if cause is not last and cause[0].strip() and not cause[2]
        ]
        if is_brief and (others or draft.factors or draft.whys):
            brief.append(text)
            continue
        if not resolution and (name == "cause+resolution" or _says_fixed(text)):
            whole = name == "cause+resolution" and _is_prose(text)
            cause, fix = _split(text, whole=whole)
            if whole and not fix:
                cause, fix = _split_sentence(text)
            if fix:
                resolution.append(fix)
                text = cause
        if text.strip():
            # The only cause that is told is the cause, wherever it stands.
            full.append(text)
    full += draft.prose.get("root_cause", [])
    resolution = resolution or _fix_of_entries(draft)
    return {
        "cause_summary": replace_controls("\n\n".join(brief)),
        "root_cause": replace_controls("\n\n".join(full)),
        "resolution": replace_controls("\n\n".join(resolution)),
    }


_FIX_ENTRY = re.compile(r"resolution\s*:\s+(?P<fix>\S.*)", re.IGNORECASE | re.DOTALL)


def _fix_of_entries(draft: Draft) -> list[str]:
    """The resolution that an event states with a label, if no part does; it stays an event too."""
    for row in draft.rows:
        if row.kind == "entry" and (found := _FIX_ENTRY.fullmatch(row.text)):
            draft.report.add(row.line + 1, "this entry was taken as the resolution")
            return [found["fix"]]
    return []


def stated_causes(draft: Draft) -> dict[str, str]:
    """The fields as the house Markdown states them, each under its own lead."""
    return {
        "cause_summary": "\n\n".join(text for text, _, brief in draft.causes if brief),
        "root_cause": "\n\n".join(text for text, _, brief in draft.causes if not brief),
        "resolution": "\n\n".join(draft.prose.get("resolution", ())),
    }


def _is_prose(text: str) -> bool:
    return not re.search(r"^\s*(?:[-*+>|#`]|\d+[.)])", text, re.MULTILINE)


def _says_fixed(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:was|were|got) (?:fixed|resolved|solved|corrected"
            r"|repaired)\b|\b[Tt]he (?:\w+ )?(?:solution|fix|resolution|remedy) (?:was|is)\b",
            text,
        )
    )


_FIXED_HOW = re.compile(
    r"(?:[,;]|(?<=[^\s,;]))\s+(?P<fix>(?:(?:and|but)\s+)?"
    r"(?:(?:which|that|this|it|the (?:issue|problem|error|bug|outage))\s+)?"
    r"(?:was|were|is|are|got|has been|had been|(?:can|could|must)(?: to)? be)\s+"
    r"(?:\w+ly\s+|then\s+)?(?:fixed|resolved|solved|corrected|repaired|remedied)\s+"
    r"(?:by|with|via|using|through|when|after)\s)",
    re.IGNORECASE,
)
"""Where a sentence goes on from what was wrong to how that was fixed."""

_TELLS = re.compile(
    r"\b(?:was|were|is|are|had|has|did|could|due|because|caus\w+|ran|went|broke|lost|\w+ed)\b", re.I
)
"""What a cause is told with: "The issue" is none, "A disk failed" is one."""


def _split_sentence(text: str) -> tuple[str, str]:
    """A lone sentence up to where it tells the fix, and the rest of it."""
    found = _FIXED_HOW.search(text) if len(sentences(text)) == 1 else None
    if found is None:
        return text, ""
    cause = text[: found.start("fix")].strip()
    return (cause, text[found.start("fix") :].strip()) if _TELLS.search(cause) else (text, "")


def _split_list(text: str) -> tuple[str, str]:
    """A list up to the first item that tells the fix, and the rest."""
    starts = [
        found.start() for found in re.finditer(r"^[-*+](?: |(?=[A-ZÀ-Ý]))", text, re.MULTILINE)
    ]
    for begin, end in pairwise([*starts[1:], len(text)]):
        if _FIXED.search(text[begin:end]):
            return text[:begin].strip(), text[begin:].strip()
    return text, ""


def _split(text: str, *, whole: bool = False) -> tuple[str, str]:
    """The text up to the first sentence that tells the fix, and the rest.

    With `whole` the last sentence is taken for it where none says so.
    """
    if whole and (found := _split(text))[1]:
        return found
    if (listed := _split_list(text))[1]:
        return listed
    paragraphs = re.split(r"(\n[ \t]*\n)", text)
    last = (sentences(paragraphs[-1]) or [""])[-1]
    for at in range(0, len(paragraphs), 2):
        paragraph = paragraphs[at]
        begin = 0
        for number, sentence in enumerate(sentences(paragraph)):
            place = paragraph.find(sentence, begin)
            begin = place + len(sentence) if place >= 0 else begin
            if place < 0 or (number == 0 and at == 0):
                continue
            if _FIXED.search(sentence) or (whole and sentence == last):
                before = "".join(paragraphs[:at]) + paragraph[:place]
                after = paragraph[place:] + "".join(paragraphs[at + 1 :])
                return before.strip(), after.strip()
    return text, ""
