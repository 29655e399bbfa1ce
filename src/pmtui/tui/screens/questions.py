"""What an edit of the head leaves open, and has to be asked before all times move."""

from pmtui.core.document import Postmortem
from pmtui.core.extent import all_times, began
from pmtui.core.fields import Field, Writing
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line
from pmtui.core.times import clock, day_label
from pmtui.errors import PmtuiError
from pmtui.tui.widgets.menu import Option


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the answers; nothing happens without one."""

    title: str
    options: tuple[Option, ...]


def question_of(document: Postmortem, field: Field, text: str, writing: Writing) -> Question | None:
    """What has to be asked before `text` goes into `field`; None if that is clear or refused."""
    ask = {"timezone": _zone, "day": _day}.get(field.id)
    if ask is None or not all_times(document):
        return None
    try:
        changed = field.write(document, text, writing)
        return None if changed is document else ask(document, changed, one_line(text))
    except PmtuiError:
        return None


def _zone(document: Postmortem, changed: Postmortem, typed: str) -> Question | None:
    times = [at for at in all_times(document) if at.tzinfo is not None]
    old, new = document.timezone, changed.timezone
    if not times or not old or not new:
        return None
    at = began(document) or times[0]
    shown, moved = clock(at, old), clock(at, new)
    name = new if typed.casefold() == new.casefold() else f"{typed} ({new})"
    return Question(
        f"{_count(document)} in {old}",
        (
            Option("m", f"Keep the moments: {shown} {old} becomes {moved} {name}", "moment"),
            Option("c", f"Keep the clock times: {shown} stays {shown}, in {name}", "clock"),
        ),
    )


def _day(document: Postmortem, changed: Postmortem, typed: str) -> Question | None:
    if document.undated:
        return None
    if changed.undated:
        label = "Forget the date: only the clock times stay"
    else:
        days = [day_label(at, each.timezone) for each in (document, changed) if (at := began(each))]
        label = f"Move all of them: {days[0]} becomes {days[-1]}"
    return Question(f"{_count(document)} on this date", (Option("m", label, "moment"),))


def _count(document: Postmortem) -> str:
    count = len(all_times(document))
    return "1 time is" if count == 1 else f"{count} times are"
