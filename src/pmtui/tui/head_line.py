"""The line at the top of the editor: what the document is, what time it is, whether it is saved."""

from textual.content import Content

from pmtui.core.edits import head
from pmtui.core.times import clock, day_label
from pmtui.core.zones import in_zone, zone_label
from pmtui.tui.session import Session


def head_line(session: Session, counted: Content) -> tuple[Content, Content]:
    """File and head of the document at the left; findings, clock and saved state at the right."""
    document, now = session.document, session.clock()
    zone = document.timezone
    times = head.all_times(document)
    day = day_label(times[0], zone) if times and not document.undated else ""
    facts = [
        document.severity,
        document.status,
        "drill" if document.drill else "",
        "no date" if document.undated else day,
        zone_label(zone, times[0] if times else now) if zone else "no zone",
    ]
    left = Content.assemble(
        Content.styled(f" {session.path.name}  ", "bold $text"),
        Content.styled(" · ".join(fact for fact in facts if fact), "$text-muted"),
    )
    here = in_zone(now, zone).replace(second=0)
    right = Content.assemble(
        counted, Content.styled(f"{clock(here)}  ", "$text-muted"), _saved_state(session), " "
    )
    return left, right


def _saved_state(session: Session) -> Content:
    if session.read_only:
        return Content.styled("read-only", "bold $text-warning")
    if session.trouble:
        return Content.styled("not saved", "bold $text-error")
    if session.history.dirty:
        return Content.styled("● unsaved", "$text-warning")
    if session.saved_at is not None:
        at = in_zone(session.saved_at, session.document.timezone)
        return Content.styled(f"saved {at:%H:%M:%S}", "$text-success")
    return Content.styled("saved" if session.path.exists() else "new", "$text-muted")
