"""Entries, tasks, measures, factors and whys with their ids, made of what was read."""

from collections.abc import Sequence

from pmtui.core.document import Chain, Entry, Factor, Measure, Task
from pmtui.core.ids import DerivedIds
from pmtui.core.text import one_line, replace_controls
from pmtui.core.vocabulary import PRIORITIES
from pmtui.formats.reading.action_details import Action
from pmtui.formats.reading.draft import Draft
from pmtui.formats.reading.moments_placed import Placed
from pmtui.formats.reading.rows import Row


def made_entries(
    placed: Sequence[tuple[Row, Placed]], draft: Draft
) -> tuple[tuple[Entry, ...], list[tuple[str, str]], list[tuple[str, str]]]:
    ids = DerivedIds()
    made: list[Entry] = []
    links: list[tuple[str, str]] = []
    images: list[tuple[str, str]] = []
    for row, moment in placed:
        text = row.text
        if not (text or moment.at or row.links or row.who or row.source or moment.extra):
            continue
        if moment.extra and moment.extra not in text:
            first, mark, points = text.partition("\n- ")
            text = f"{first} ({moment.extra}){mark}{points}".strip()
        fresh = ids.of(f"{moment.at}\0{text}")
        link, more = (row.links[0], row.links[1:]) if row.links else (("", ""), [])
        links += (
            [link] if link[1] and link[0] not in ("link", link[1]) and link[0] not in text else []
        )
        links += more
        images += row.images
        made.append(
            Entry(
                id=fresh,
                at=moment.at,
                until=moment.until,
                about=moment.about,
                kind=row.event or "note",
                text=replace_controls(text),
                who=one_line(row.who),
                source=one_line(row.source),
                link=one_line(link[1]),
            )
        )
    for row in draft.rows:
        if row.kind != "entry":
            links += row.links
            images += row.images
    return tuple(made), links, images


def made_actions(actions: Sequence[Action]) -> tuple[tuple[Measure, ...], tuple[Task, ...]]:
    measures: list[Measure] = []
    tasks: list[Task] = []
    ids = DerivedIds()
    for action in actions:
        fresh = ids.of(f"{action.text}\0{action.category}")
        text = replace_controls(action.text)
        rich = action.is_task or action.owner or action.due or action.ticket or action.priority
        if action.category == "tasks" or rich:
            tasks.append(
                Task(
                    id=fresh,
                    text=text,
                    state=action.state,
                    owner=one_line(action.owner),
                    due=action.due,
                    priority=action.priority if action.priority in PRIORITIES else "",
                    kind=action.kind,
                    ticket=one_line(action.ticket),
                )
            )
        else:
            kind = action.category if action.category in ("corrective", "preventive") else ""
            measures.append(Measure(id=fresh, text=text, kind=kind))
    return tuple(measures), tuple(tasks)


def with_ids(model: type[Factor], texts: Sequence[str], name: str) -> tuple[Factor, ...]:
    ids = DerivedIds()
    made = []
    for text in texts:
        fresh = ids.of(text)
        made.append(model(id=fresh, **{name: replace_controls(text)}))
    return tuple(made)


def made_chains(whys: Sequence[tuple[str, list[str]]]) -> tuple[Chain, ...]:
    ids = DerivedIds()
    made = []
    for question, answers in whys:
        fresh = ids.of(question + "\0".join(answers))
        made.append(
            Chain(
                id=fresh, question=one_line(question), answers=tuple(map(replace_controls, answers))
            )
        )
    return tuple(made)
