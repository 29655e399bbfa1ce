"""All rules, and the review that runs them."""

from collections.abc import Iterator
from datetime import datetime

from pmtui.core.checks import (
    blame,
    causes,
    consistency,
    impact,
    links,
    milestones,
    missing,
    privacy,
    silences,
    tasks,
)
from pmtui.core.checks.finding import Finding, Hit, Rule, Subject
from pmtui.core.checks.options import LEVELS, Level, Options
from pmtui.core.checks.places import rank, text_at
from pmtui.core.document import Postmortem, Silenced
from pmtui.core.text import one_line

RULES: tuple[Rule, ...] = (
    *missing.RULES,
    *consistency.RULES,
    *milestones.RULES,
    *silences.RULES,
    *causes.RULES,
    *tasks.RULES,
    *blame.RULES,
    *impact.RULES,
    *privacy.RULES,
    *links.RULES,
)
BY_ID = {rule.id: rule for rule in RULES}
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))


_DEFAULT = Options()


def is_known(name: str) -> bool:
    """Whether `name` is a rule or a family of rules."""
    return name in BY_ID or name in FAMILIES


def review(document: Postmortem, now: datetime, options: Options = _DEFAULT) -> tuple[Finding, ...]:
    """What is wrong in `document` at the moment `now` (aware), in the order of the document.

    While the incident runs, nothing is said of what is missing; what was silenced is left out.
    """
    subject = Subject(document, now, options)
    levels = dict(options.levels)
    found = []
    for number, rule in enumerate(_running(options)):
        if rule.waits and not subject.over:
            continue
        level = levels.get(rule.id, levels.get(rule.family, rule.level))
        for hit in rule.find(subject):
            finding = _finding(document, rule.id, level, hit)
            if not _is_silenced(document, finding):
                found.append((rank(document, hit.place), hit.begin, number, finding))
    return tuple(finding for *_, finding in sorted(found, key=lambda each: each[:3]))


def silenced(document: Postmortem, finding: Finding, reason: str) -> Postmortem:
    """The document in which `finding` is let stand, for `reason`."""
    judged = Silenced(
        check=finding.check, place=finding.place, words=_key(finding), reason=one_line(reason)
    )
    return document.revise(silenced=(*document.silenced, judged))


def heard_again(document: Postmortem, judged: Silenced) -> Postmortem:
    """The document in which what `judged` let stand is found again."""
    kept = tuple(each for each in document.silenced if each != judged)
    return document.revise(silenced=kept)


def by_level(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The same with errors first and hints last, but milestones to accept right behind the errors.

    Each of those takes a key, and durations, phases and other findings follow from it.
    """
    return tuple(sorted(findings, key=_weight))


def _weight(finding: Finding) -> tuple[int, bool]:
    level = LEVELS.index(finding.level)
    return (min(level, 1), False) if finding.is_offer else (level, True)


def counts(findings: tuple[Finding, ...]) -> dict[Level, int]:
    """How many findings there are of each level that occurs, errors first."""
    found = {level: sum(each.level == level for each in findings) for level in LEVELS}
    return {level: count for level, count in found.items() if count}


def _running(options: Options) -> Iterator[Rule]:
    for rule in RULES:
        names = {rule.id, rule.family}
        wanted = rule.default or names & set(options.on)
        # A rule that is named goes before the family that it is of.
        off = rule.id in options.off or (rule.family in options.off and rule.id not in options.on)
        if wanted and not off:
            yield rule


def _finding(document: Postmortem, check: str, level: Level, hit: Hit) -> Finding:
    words = text_at(document, hit.place)[hit.begin : hit.end]
    return Finding(check, level, hit.place, hit.message, hit.begin, hit.end, words, hit.fix)


def _is_silenced(document: Postmortem, finding: Finding) -> bool:
    return any(
        judged.check == finding.check
        and judged.place in ("", finding.place)
        and judged.words in ("", _key(finding))
        for judged in document.silenced
    )


def _key(finding: Finding) -> str:
    """The words of a finding on one line, as the document keeps them."""
    return one_line(finding.words)[:200]
