"""Causes: that they go deeper than a person or a single fact, and lead to something to do."""

import re
from collections.abc import Iterator

from pmtui.core.checks import languages
from pmtui.core.checks.finding import Hit, Rule, Subject
from pmtui.core.checks.places import Passage
from pmtui.core.checks.words import asserted, phrases
from pmtui.core.document import Postmortem

_LEAST_ANSWERS = 3
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n")
_GOES_ON = re.compile(
    r"(?:this|that|these|it|they|which|as a result|so|thus|therefore|hence|consequently)\b"
    r"|(?:the|our) (?P<subject>\w+)\b[^.]{0,40}?"
    r"\b(?:led|leads|result\w*|caus\w+|meant|means|made)\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells what followed from the one before it."""

_FURTHER = re.compile(
    r"(?m)^\s*(?:[-*+•]|\d+[.)])\s.*\n\s*(?:[-*+•]|\d+[.)])\s"
    r"|,\s+(?:and|und|y|et|e)\s|\band (?:the|our|an?|its|no|nobody|nothing|there) "
    r"|\b(?:also|additionally|in addition|together|combined with|combination of|contribut\w+"
    r"|furthermore|moreover|as well as|made worse|second(?:ly)?|besides|neither|nor"
    r"|hid|hides?|masked|ignored|unnoticed|undetected|meanwhile|at the same time"
    r"|auch|zudem|außerdem|zusammen|además|también|aussi|de plus|également|também|além disso)\b",
    re.IGNORECASE,
)

_HUMAN_ERROR = (
    "human error*",
    "operator error*",
    "user error*",
    "human mistake*",
    "human factor*",
    "mistake by",
    "mistake made by",
    "error by an engineer",
    "error by the",
    "made a mistake",
    "made an error",
    "forgot",
    "forgot to",
    "forgotten by",
    "careless",
    "carelessly",
    "carelessness",
    "negligence",
    "inattention",
    "oversight by",
    "accidentally",
    "by accident",
    "wrong command",
    "fat finger*",
    *languages.HUMAN_ERROR,
)
_SYSTEMIC = phrases(
    (
        *("made possible", "made it possible", "made easy", "made it easy", "accepts", "accepted"),
        *("because", "allowed", "allows", "let", "lets", "lack of", "lacked", "lacks", "missing"),
        *("no check*", "no test*", "no guard*", "no review*", "no warning*", "no confirmation"),
        *("no validation", "no safeguard*", "no process", "no way", "nothing prevented"),
        *("nothing stopped", "did not warn", "does not warn", "did not check", "not validated"),
        *("without review", "without a check", "without validation", "without confirmation"),
        *("validation", "safeguard*", "guard rail*", "guardrail*", "tooling", "design", "default*"),
        *("procedure*", "process", "runbook*", "documentation", "automation", "training"),
        *languages.SYSTEMIC,
    )
)
_PERSON = re.compile(
    r"\b(?:he|she|someone|somebody|(?:the|an?|our|one) (?:\w+ ){0,2}?(?:engineer|developer|operator"
    r"|admin\w*|sysadmin|intern|employee|technician|contractor|person|colleague|dba|on-call))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    "that this with from have been were which when what where there their then than because cause"
    " caused causing issue issues problem problems incident incidents outage service services"
    " system systems server servers team teams would could should more less also into over after"
    " before being such some other root only very make made".split()
)


def cause_passages(document: Postmortem) -> Iterator[Passage]:
    """The texts that say why it happened."""
    for name in ("cause_summary", "root_cause", "trigger"):
        yield Passage(name, getattr(document, name))
    for factor in document.factors:
        yield Passage(f"factors.{factor.id}.text", factor.text)
    for chain in document.whys:
        for at, answer in enumerate(chain.answers):
            yield Passage(f"whys.{chain.id}.answers.{at}", answer)


def _human_error(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    deep = document.factors or any(len(c.answers) >= _LEAST_ANSWERS for c in document.whys)
    if deep or asserted(document.root_cause, _SYSTEMIC):
        return
    pattern = phrases((*_HUMAN_ERROR, *subject.options.added("human-error")))
    for name in ("cause_summary", "root_cause"):
        text = getattr(document, name)
        for begin, end in asserted(text, pattern):
            yield Hit(
                name,
                f"“{text[begin:end]}” is where the question begins: what let it happen, and what"
                " would have caught it?",
                begin,
                end,
            )


def _single(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    if document.factors or document.whys or not document.root_cause.strip():
        return
    if not _tells_several(document.root_cause):
        yield Hit(
            "factors",
            "one cause alone is rare: what else had to be so, for it to happen or to last so long?",
        )


def _tells_several(text: str) -> bool:
    """Whether a cause is told with what else had to be so: in a list, a chain, or at length."""
    said, *others = [each for each in _SENTENCE.split(text.strip()) if each.strip()]
    for sentence in others:
        goes_on = _GOES_ON.match(sentence)
        if not goes_on or (goes_on["subject"] or "").casefold() not in said.casefold():
            return True
        said += sentence
    return bool(_FURTHER.search(text))


def _short_chain(subject: Subject) -> Iterator[Hit]:
    for chain in subject.document.whys:
        count = len(chain.answers)
        if 0 < count < _LEAST_ANSWERS:
            answers = "one answer" if count == 1 else f"{count} answers"
            yield Hit(
                f"whys.{chain.id}.answers.{count - 1}",
                f"the whys end after {answers}, probably still at a symptom",
                0,
                len(chain.answers[-1]),
            )


def _ends_at_person(subject: Subject) -> Iterator[Hit]:
    pattern = phrases((*_HUMAN_ERROR, *subject.options.added("human-error")))
    for chain in subject.document.whys:
        if not chain.answers:
            continue
        last = chain.answers[-1]
        if asserted(last, _SYSTEMIC):
            continue
        for begin, end in (asserted(last, pattern) or asserted(last, _PERSON))[:1]:
            yield Hit(
                f"whys.{chain.id}.answers.{len(chain.answers) - 1}",
                "the whys end at a person; ask once more what made that the easy thing to do",
                begin,
                end,
            )


def _nothing_preventive(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    kinds: set[str] = {task.kind for task in document.tasks if task.state != "dropped"}
    # Lists headed “corrective” hold what prevents, too; one of no kind may be the one that does.
    prevents = {measure.kind for measure in document.measures} & {"", "preventive"}
    if kinds and not prevents and not {"", "prevent"} & kinds:
        yield Hit("tasks", "nothing here is marked as preventing it, only as repair or detection")


def _without_task(subject: Subject) -> Iterator[Hit]:
    document = subject.document
    texts = [task.text for task in document.tasks] + [each.text for each in document.measures]
    planned = " ".join(texts)
    if not planned.strip():
        return
    stems = _stems(planned)
    for factor in document.factors:
        own = _stems(factor.text)
        if own and not own & stems:
            yield Hit(
                f"factors.{factor.id}.text",
                "no task or measure mentions anything of this factor, so it will stay",
                0,
                len(factor.text),
            )


def _stems(text: str) -> set[str]:
    """The beginnings of the words that mean something, so that forms of one word are equal."""
    return {word[:5] for word in _WORD.findall(text.lower()) if word not in _COMMON}


RULES = (
    Rule(
        "causes.human-error",
        "warning",
        "a root cause that names human error and stops there",
        "People act sensibly with what they see. Say what made the error possible and easy, and"
        " what did not catch it; that can be changed.",
        _human_error,
    ),
    Rule(
        "causes.single",
        "hint",
        "a single cause without contributing factors",
        "List what else had to be so: what hid it, what made it worse, what slowed the recovery.",
        _single,
    ),
    Rule(
        "causes.short-whys",
        "hint",
        "a chain of whys with fewer than three answers",
        "The first answers are symptoms. Ask on until the answer is something you can change.",
        _short_chain,
    ),
    Rule(
        "causes.ends-at-person",
        "warning",
        "a chain of whys that ends at a person",
        "Ask why it was the natural thing to do, and why nothing caught it.",
        _ends_at_person,
    ),
    Rule(
        "causes.nothing-preventive",
        "hint",
        "tasks of which none prevents it",
        "Repairing and detecting is half of it. Mark one as #prevent, or say why there is none.",
        _nothing_preventive,
    ),
    Rule(
        "causes.no-task",
        "hint",
        "a contributing factor that no task mentions",
        "By words alone, and so often wrong: it is off unless `on` in the settings names it.",
        _without_task,
        default=False,
    ),
)
