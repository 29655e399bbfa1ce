"""Words that judge people, or tell what did not happen instead of what did."""

import re
from collections.abc import Iterator
from functools import partial

from pmtui.core.checks import languages
from pmtui.core.checks.causes import cause_passages
from pmtui.core.checks.finding import Fix, Hit, Rule, Subject
from pmtui.core.checks.places import Passage, passages, replaced
from pmtui.core.checks.words import asserted, phrases, spoken
from pmtui.core.document import Postmortem

_IRREGULAR = (
    "been|known|seen|done|gone|had|made|taken|caught|run|read|written|thought|told|begun|kept|left"
    "|found|felt|held|put|set|cut|shut|sent|spoken|chosen|given|got|gotten|understood|built|brought"
)
_PEOPLE = (
    r"(?:we|you|he|she|i|nobody|no one|somebody|someone|everyone|anyone"
    r"|(?:the |an? |our |one )?(?:[\w-]{1,30} ){0,2}?(?:teams?|engineers?|developers?"
    r"|devs?|operators?|admins?|sysadmins?|staff|on-?call|responders?|reviewers?|author|manager"
    r"|management|vendor|support|dba|sres?|colleague|person|people|intern|contractor))"
)
_LATE = (
    r"(?:been )?(?:prevented|avoided|caught|detected|noticed|reduced|shortened|limited|spotted"
    r"|found|seen|known|stopped|averted|foreseen|mitigated)"
)
_COUNTERFACTUAL = re.compile(
    r"\b(?:should|ought to)(?:n[’']t| not| never)? have"
    r" (?:\w+ly |also |just |never |at least ){0,2}"
    rf"(?:\w+ed|{_IRREGULAR})\b"
    rf"|\bcould have (?:\w+ly |also |easily ){{0,2}}{_LATE}\b"
    rf"|\b{_PEOPLE} could have (?:\w+ly |also |easily |just ){{0,2}}(?:\w+ed|{_IRREGULAR})\b"
    r"|\bshould(?:n[’']t|nt) have\b|\bshould[’']ve\b"
    r"|\bif only (?:we|you|they|he|she|i|it|the|this|that|there|an?|some\w+)\b"
    rf"|\b{_PEOPLE} (?:have |has |had )?(?:\w+ly )?(?:failed to|neglected to|didn[’']t even"
    r"|did not even)\b"
    r"|\b(?:didn[’']t|did not|never) bother(?:ed)?\b|\bthey (?:had )?neglected to\b",
    re.IGNORECASE,
)
_SIGNS = (
    "should",
    "ought to",
    "could have",
    "if only",
    "failed to",
    "neglected to",
    "even",
    "bother",
)
"""One of them stands in all that the pattern finds, which takes long to find nothing."""

_ELSEWHERE = re.compile("|".join(languages.COUNTERFACTUALS), re.IGNORECASE)
_HEAT = (
    *("careless", "carelessly", "carelessness", "negligent", "negligently", "negligence", "stupid"),
    *("stupidly", "idiot*", "incompetent", "incompetence", "sloppy", "clueless"),
    *("ridiculous", "ridiculously", "inexcusable", "unacceptable behaviour", "irresponsible"),
    *("reckless", "recklessly", "foolish", "foolishly", "his fault"),
    *("her fault", "their fault", "your fault", "my fault", "people to blame", "who is to blame"),
)
_FILLERS = ("obviously", "simply", "of course", "trivially")
_LAZY = re.compile(
    r"\blazy\b(?![ -](?:load|init|eval|creat|import|migrat|connect|fetch|delet|free|alloc|cach"
    r"|restor|renew|expir|propagat|resol|bind|writ|read))",
    re.IGNORECASE,
)
_FAULT_OF = re.compile(
    rf"\b(?:the|only|solely|entirely) fault of\b|\bfault of {_PEOPLE}\b"
    r"|\b(?-i:[A-Z])\w+[’']s fault\b(?![ -](?:tree|toleran|line|injection))",
    re.IGNORECASE,
)
_FAULTS_OF_MACHINES = re.compile(
    r"\b(?:segmentation|page|hardware|power|memory|disk|bus)\s*\Z", re.I
)

_ROLES = frozenset(
    "team support dba dbas ops sre sres devops oncall on-call dev devs it noc soc platform infra"
    " customer customers user users vendor security network database engineering admin root system"
    " monitoring pagerduty statuspage bot alertmanager grafana slack".split()
)
_DID = (
    r"(?:[’']s (?:mistake|error|change|failure|decision|command|deploy\w*|commit|script)\b"
    r"|\s+(?:\w+ly\s+)?(?:had\s+|has\s+|was\s+|did\s+)?(?:not\s+|n[’']t\s+)?"
    r"(?:\w{3,}ed|ran|made|broke|forgot|put|set|wrote|left|gave|took|sent|shut|did|misread)\b)"
)


def _told(document: Postmortem) -> Iterator[Passage]:
    """The texts in which the writer tells what people did; not what was said, nor what to do."""
    quoted = {f"timeline.{e.id}.text" for e in document.timeline if e.kind == "message"}
    for passage in passages(document):
        area = passage.place.partition(".")[0]
        lucky = passage.place.startswith("lessons.got_lucky")
        if area not in ("tasks", "measures") and not lucky and passage.place not in quoted:
            yield passage


def _counterfactuals(subject: Subject) -> Iterator[Hit]:
    own = phrases(subject.options.added("counterfactual"))
    for passage in _told(subject.document):
        text = passage.text
        lower = text.lower()
        found = [*spoken(text, _ELSEWHERE), *spoken(text, own)]
        if any(sign in lower for sign in _SIGNS):
            found += spoken(text, _COUNTERFACTUAL)
        for begin, end in found:
            yield Hit(
                passage.place,
                f"“{text[begin:end].strip()}” tells what did not happen; say what was done, and"
                " what made it look right then",
                begin,
                end,
            )


def _heat(subject: Subject) -> Iterator[Hit]:
    pattern = phrases((*_HEAT, *languages.HEAT, *subject.options.added("blame")))
    for passage in _told(subject.document):
        text = passage.text
        found = [*asserted(text, pattern), *asserted(text, _LAZY)]
        for begin, end in asserted(text, _FAULT_OF):
            if not _FAULTS_OF_MACHINES.search(text, 0, text.find("fault", begin)):
                found.append((begin, end))
        for begin, end in found:
            yield Hit(
                passage.place,
                f"“{text[begin:end]}” judges somebody; who fears that tells less the next time",
                begin,
                end,
            )


def _fillers(subject: Subject) -> Iterator[Hit]:
    pattern = phrases(_FILLERS + languages.FILLERS)
    for passage in _told(subject.document):
        text = passage.text
        for begin, end in asserted(text, pattern):
            if text[end : end + 3].lower() == " of" or text[:begin].endswith("matter "):
                continue  # "in short of course of events", "a matter of course"
            word = text[begin:end]
            follows = text[end : end + 1]
            gone = f"{word} " if follows == " " else word
            fix = Fix(
                f"take out “{word}”",
                partial(_take_out, place=passage.place, words=gone, near=begin),
            )
            yield Hit(
                passage.place,
                f"“{word}” says that it was easy to see, which it was not at the time",
                begin,
                end,
                fix,
            )


def _take_out(document: Postmortem, place: str, words: str, near: int) -> Postmortem:
    return replaced(document, place, words, "", near)


def _named(subject: Subject) -> Iterator[Hit]:
    names = _names(subject.document)
    if not names:
        return
    pattern = re.compile(rf"(?<![\w@])@?(?:{'|'.join(map(re.escape, names))})(?={_DID})")
    for passage in cause_passages(subject.document):
        for begin, end in spoken(passage.text, pattern):
            yield Hit(
                passage.place,
                f"{passage.text[begin:end]} is the subject of a cause; name the role and what the"
                " system made of the action",
                begin,
                end,
            )


def _names(document: Postmortem) -> list[str]:
    """The people of the document as a sentence would name them, longest first."""
    whole = {person.name for person in document.people} | {e.who for e in document.timeline}
    found = set()
    for name in whole:
        for each in (name, name.partition(" ")[0]):
            word = each.strip("@ ")
            if len(word) < 3 or not word[0].isalpha() or languages.is_frequent(word):
                continue
            if word.lower() not in _ROLES:
                found.add(word)
                found.add(word[0].upper() + word[1:])
    return sorted(found, key=lambda word: (-len(word), word))


RULES = (
    Rule(
        "blame.counterfactual",
        "warning",
        "what should or could have been done",
        "Hindsight explains nothing: people did what made sense with what they saw. Say what was"
        " done, what was visible, and what will make the other way the easy one.",
        _counterfactuals,
        waits=False,
    ),
    Rule(
        "blame.heat",
        "warning",
        "words that judge people",
        "Who expects to be judged leaves things out, and the next incident is not understood.",
        _heat,
        waits=False,
    ),
    Rule(
        "blame.filler",
        "hint",
        "“obviously”, “simply”, “of course”",
        "What is obvious now was not then. The sentence is better without the word.",
        _fillers,
        waits=False,
    ),
    Rule(
        "blame.person",
        "warning",
        "a person by name as the subject of a cause",
        "Another person in the same seat would have done the same. Name the role and what made the"
        " action possible.",
        _named,
        waits=False,
    ),
)
