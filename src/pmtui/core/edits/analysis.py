"""Edits of lists that are written one item a line: factors, whys, lessons, links, people."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pmtui.core.document import Chain, Factor, Link, Person, Postmortem
from pmtui.core.ids import NewId

INDENT = "  "
"""What the further lines of an item begin with."""

_LINK = re.compile(r"^\[(?P<title>.*)\]\((?P<target>.*)\)$")
_PERSON = re.compile(r"^(?P<name>.*?) \((?P<role>[^()]*)\)$")


def to_lines(items: Sequence[str]) -> str:
    """Items as text, one a line; what follows an item's first line is indented by two spaces."""
    return "\n".join(item.replace("\n", f"\n{INDENT}") for item in items)


def from_lines(text: str) -> tuple[str, ...]:
    """The items of such a text; empty lines between items are let go."""
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(INDENT) and items:
            items[-1] += "\n" + line.removeprefix(INDENT)
        elif line.strip():
            items.append(line)
    return tuple(item.rstrip() for item in items)


def _keep_ids(old: Sequence[Factor], texts: Sequence[str], new_id: NewId) -> tuple[Factor, ...]:
    """Factors for `texts`: an unchanged text keeps its factor, a rewritten one keeps its id."""
    taken = {factor.id for factor in old}
    result: list[Factor] = []
    matcher = SequenceMatcher(a=[factor.text for factor in old], b=list(texts), autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            result += old[a1:a2]
            continue
        for at, text in enumerate(texts[b1:b2]):
            if a1 + at < a2:
                result.append(old[a1 + at].revise(text=text))
            else:
                fresh = new_id(taken)
                taken.add(fresh)
                result.append(Factor(id=fresh, text=text))
    return tuple(result)


def _with(document: Postmortem, name: str, value: object) -> Postmortem:
    return document if getattr(document, name) == value else document.revise(**{name: value})


def set_factors(document: Postmortem, text: str, new_id: NewId) -> Postmortem:
    """The contributing factors as written in `text`, one a line; ids are kept."""
    return _with(document, "factors", _keep_ids(document.factors, from_lines(text), new_id))


def whys_text(document: Postmortem) -> str:
    """The chains of whys as text: a blank line between chains, the question first with its `?`."""
    blocks = []
    for chain in document.whys:
        question = [chain.question] if chain.question else []
        blocks.append(to_lines([*question, *chain.answers]))
    return "\n\n".join(blocks)


def set_whys(document: Postmortem, text: str, new_id: NewId) -> Postmortem:
    """The chains of whys as written; a first line that ends with `?` is the chain's question."""
    chains: list[Chain] = []
    taken = {chain.id for chain in document.whys}
    for block in re.split(r"\n[ \t]*\n", text):
        lines = from_lines(block)
        if not lines:
            continue
        asked = "\n" not in lines[0] and lines[0].endswith("?")
        question, answers = (lines[0], lines[1:]) if asked else ("", lines)
        if len(chains) < len(document.whys):
            old = document.whys[len(chains)]
            chains.append(old.revise(question=question, answers=answers))
        else:
            fresh = new_id(taken)
            taken.add(fresh)
            chains.append(Chain(id=fresh, question=question, answers=answers))
    return _with(document, "whys", tuple(chains))


def set_lesson(document: Postmortem, name: str, text: str) -> Postmortem:
    """One of went_well, went_wrong and got_lucky as written in `text`, one item a line."""
    return _with(document, "lessons", document.lessons.revise(**{name: from_lines(text)}))


def links_text(links: Sequence[Link]) -> str:
    """Links as text, one a line: `[title](target)`, or the bare target."""
    return "\n".join(
        f"[{link.title}]({link.target})" if link.title else link.target for link in links
    )


def set_links(document: Postmortem, name: str, text: str) -> Postmortem:
    """The `links` or `images` as written in `text`, one a line; empty brackets are none."""
    found = []
    for line in from_lines(text):
        written = _LINK.match(line)
        title, target = written.group("title", "target") if written else ("", line)
        found.append(Link(title=title.strip(), target=target.strip().replace("\n", " ")))
    return _with(document, name, tuple(link for link in found if link.title or link.target))


def people_text(document: Postmortem) -> str:
    """Who took part, one a line: `Name (role)`."""
    return "\n".join(f"{p.name} ({p.role})" if p.role else p.name for p in document.people)


def set_people(document: Postmortem, text: str) -> Postmortem:
    """Who took part as written in `text`, one a line; a role stands in brackets at the end."""
    found = []
    for line in text.split("\n"):
        written = _PERSON.match(line.strip())
        name, role = written.group("name", "role") if written else (line.strip(), "")
        if name:
            found.append(Person(name=name, role=role.strip()))
    return _with(document, "people", tuple(found))
