"""The line at the top of the editor: what the document is, what time it is, whether it is saved."""

from textual.content import Content

from pmtui.core.clock.zones import in_zone, zone_label
from pmtui.core.extent import began
from pmtui.core.text import plural
from pmtui.core.times import clock, day_label
from pmtui.tui.guards import visible
from pmtui.tui.session import Session


def head_line(session: Session, counted: Content) -> tuple[Content, ...]:
    """File and head of the document at the left; findings, clock and saved state at the right.

    Then shorter forms of the left one: without the weekday, without the year, without the status,
    without the date, and the file alone.
    """
    document, now = session.document, session.clock()
    zone = document.timezone
    begin = began(document)
    day = day_label(begin, zone) if begin and not document.undated else ""
    undated = "no date" if document.undated else ""
    name = Content.styled(f" {visible(session.path.name)}  ", "bold $text")

    def told(status: str, date: str) -> Content:
        facts = [
            document.severity,
            status,
            "drill" if document.drill else "",
            undated or date,
            zone_label(zone, begin or now) if zone else "no zone",
        ]
        said = Content.styled(" · ".join(fact for fact in facts if fact), "$text-muted")
        return Content.assemble(name, said)

    date = day.partition(" ")[2]
    day_and_month = date.rpartition(" ")[0]
    here = in_zone(now, zone).replace(second=0)
    # The clocks may have changed since the incident: its zone has another name now.
    then = zone_label(zone, begin or now)
    season = f" {zone_label(zone, now)}" if zone_label(zone, now) != then else ""
    right = Content.assemble(
        counted,
        " " if counted else "",
        _waiting(session),
        Content.styled(f"{clock(here)}{season}  ", "$text-muted"),
        _saved_state(session),
        " ",
    )
    status = document.status
    shorter = (told(status, date), told(status, day_and_month), told("", day_and_month))
    return told(status, day), right, *shorter, told("", ""), name.rstrip()


def _waiting(session: Session) -> Content:
    count = len(session.conflicts)
    told = f"{plural(count, 'conflict')}  " if count else ""
    return Content.styled(told, "bold $text-warning")


def _saved_state(session: Session) -> Content:
    if session.read_only:
        return Content.styled("read-only", "bold $text-warning")
    if session.trouble:
        return Content.styled("not saved", "bold $text-error")
    if session.keeper.marked:
        return Content.styled("merged, not saved", "$text-warning")
    if session.history.dirty:
        return Content.styled("● unsaved", "$text-warning")
    if session.saved_at is not None:
        at = in_zone(session.saved_at, session.document.timezone)
        return Content.styled(f"saved {at:%H:%M:%S}", "$text-success")
    return Content.styled("saved" if session.path.exists() else "new", "$text-muted")
