"""The findings pane: what the review finds, the worst first, and what can be done about each."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from pmtui.core.checks.finding import Finding
from pmtui.core.checks.spots import label
from pmtui.core.document import Postmortem, Silenced
from pmtui.core.lazy_dataclass import dataclass
from pmtui.tui.command import Command, Situation
from pmtui.tui.messages import Said
from pmtui.tui.widgets.quick_line import Mode, QuickLine
from pmtui.tui.widgets.row_list import Look, Row, RowList
from pmtui.tui.widgets.text_field import TextField
from pmtui.tui.wrapping import pad, wrap

SIGNS = {"error": "✗", "warning": "▲", "hint": "·"}
"""What stands for a level where there is room for one cell."""

_OFFERED = "◆"
"""The same for what is nothing wrong, but something to accept."""

_LET_STAND = "–"
"""The same for what somebody let stand."""

_ROW_SIGNS = SIGNS | {"milestone": _OFFERED, "muted": _LET_STAND}

TONES = {"error": "$text-error", "warning": "$text-warning", "hint": "$text-muted"}

_LATER = " What is missing is said once it is over."

_WHERE = 20
"""The most cells for what a finding is about."""

_ROOMY = 64
"""From this width on there is room for that."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, each column as text."""

    key: str
    level: str
    where: str
    message: str
    fixable: bool


class FindingsList(RowList):
    """The rows of findings."""

    COMPONENT_CLASSES = {
        "list--error",
        "list--warning",
        "list--hint",
        "list--muted",
        "list--milestone",
        "list--text",
        "list--cursor",
        "list--cursor-blurred",
    }

    def __init__(self) -> None:
        super().__init__("findings-list")
        self._where_width = 0

    def set_findings(self, rows: Sequence[FindingRow]) -> None:
        """Show these, with a column that the longest of what they are about fits into."""
        longest = min(_WHERE, max((cell_len(row.where) for row in rows), default=0))
        if longest != self._where_width:
            self._where_width = longest
            self.forget_drawn()
        self.set_rows(rows)

    def _widths(self, width: int) -> tuple[int, int]:
        """Cells for what a finding is about, none where the sentence needs them, and for that."""
        where = self._where_width if width >= _ROOMY else 0
        return where, max(12, width - where - 8)

    def measure(self, row: Row, width: int) -> int:
        """As many lines as its sentence takes."""
        assert isinstance(row, FindingRow)
        return len(wrap(row.message, self._widths(width)[1]))

    def draw(self, row: Row, look: Look) -> list[list[Segment]]:
        """Level, what it is about, the sentence, and whether a key fixes it."""
        assert isinstance(row, FindingRow)
        where, width = self._widths(look.width)
        result = []
        for at, line in enumerate(wrap(row.message, width)):
            first = at == 0
            segments = [
                Segment(f" {_ROW_SIGNS[row.level] if first else ' '} ", self.part(row.level)),
                Segment(
                    pad(row.where if first else "", where) + " " * bool(where), self.part("muted")
                ),
                Segment(line + " " * (width - cell_len(line)), self.part("text")),
                Segment(" f " if first and row.fixable else "   ", self.part("milestone")),
            ]
            result.append(segments)
        return result


class FindingsPane(Vertical):
    """The findings, why the one at the cursor matters, and a line for why it may stand."""

    @dataclass
    class Chosen(Message):
        """The person wants to see the words of this finding."""

        finding: Finding

    @dataclass
    class FixAsked(Message):
        """The fix of this finding should be applied."""

        finding: Finding

    @dataclass
    class SilenceAsked(Message):
        """This finding should be let stand, for that reason."""

        finding: Finding
        reason: str

    @dataclass
    class HearingAsked(Message):
        """What was let stand should be found again."""

        judged: Silenced

    class DurationsAsked(Message):
        """The durations should be shown."""

    class AssumedAsked(Message):
        """What was assumed when the document was read should be shown."""

    class Closed(Message):
        """Esc: the person has seen enough."""

    def __init__(self, keymap: Mapping[str, Command], read_only: str) -> None:
        super().__init__(id="findings", classes="pane")
        self.read_only = read_only
        self.keymap = keymap
        self._findings: dict[str, Finding] = {}
        self._judged: dict[str, Silenced] = {}
        self._reasons: Mapping[str, str] = {}

    def fill(self) -> None:
        """Make the list, the reason of the finding at the cursor, and the line: now, to be used."""
        detail = Static(id="findings-detail", markup=False)
        self.mount(FindingsList(), detail, QuickLine("reason"))

    @property
    def rows(self) -> FindingsList:
        """The rows."""
        return self.query_one(FindingsList)

    @property
    def line(self) -> QuickLine:
        """The line for the reason."""
        return self.query_one("#reason", QuickLine)

    @property
    def current(self) -> Finding | None:
        """The finding at the cursor."""
        return self._findings.get(self.rows.cursor)

    def show(
        self,
        document: Postmortem,
        findings: Sequence[Finding],
        title: str,
        reasons: Mapping[str, str],
        over: bool,
    ) -> None:
        """Show these findings of the document; `reasons` says for each rule why it matters.

        Before the incident is `over` some rules are silent, which an empty list says.
        """
        self._reasons = reasons
        self._findings = {}
        rows: list[FindingRow] = []
        for finding in findings:
            key = f"{finding.check} {finding.place} {finding.words}"
            while key in self._findings:
                key += "'"
            self._findings[key] = finding
            where = label(document, finding)
            level = "milestone" if finding.is_offer else finding.level
            rows.append(FindingRow(key, level, where, finding.message, finding.fix is not None))
        self._judged = {f"judged {at}": each for at, each in enumerate(document.silenced)}
        for key, judged in self._judged.items():
            told = f"{judged.words or judged.check}: {judged.reason or 'let stand'}"
            rows.append(FindingRow(key, "muted", "let stand", told, False))
        self.border_title = Content(f"Review {title}" if title else "Review")
        self.rows.empty_text = f"  Nothing found.{'' if over else _LATER}"
        self.rows.set_findings(rows)
        self._tell()

    def focus_list(self) -> None:
        """Put the cursor into the list."""
        self.line.remove_class("-open")
        self.screen.set_focus(self.rows, scroll_visible=False)
        self._tell()

    def _tell(self) -> None:
        """Say below the list what the finding at the cursor is about, and what a key would do."""
        finding = self.current
        detail = self.query_one("#findings-detail", Static)
        if judged := self._judged.get(self.rows.cursor):
            detail.update(Content.styled("x: find it again", "$text-accent"))
            self.border_subtitle = Content(judged.check)
            return
        if finding is None:
            detail.update(Content(""))
            self.border_subtitle = Content("")
            return
        fix = finding.fix
        offered = Content.styled(f"f: {fix.label}  ", "$text-accent") if fix else Content("")
        reason = self._reasons.get(finding.check, "")
        detail.update(Content.assemble(offered, Content.styled(reason, "$text-muted")))
        self.border_subtitle = Content(finding.check)

    def situation(self) -> Situation:
        """What decides whether a command of this pane is available."""
        return Situation(read_only=self.read_only, items=len(self.rows.rows))

    # -- keys ----------------------------------------------------------------------------------

    def run(self, command: Command) -> None:
        """Carry out a command of this pane, or say why not."""
        if reason := command.when(self.situation()):
            self.post_message(Said(reason, "warning"))
        else:
            getattr(self, command.method)()

    def on_key(self, event: events.Key) -> None:
        """Keys of the list that the list itself had no use for."""
        if self.screen.focused is not self.rows:
            return
        command = self.keymap.get(event.key) or self.keymap.get(event.character or "")
        if command is not None:
            self.run(command)
        elif event.key == "escape":
            self.post_message(self.Closed())
        elif event.key not in ("up", "down"):
            return
        event.stop()
        event.prevent_default()

    def run_review_jump(self) -> None:
        """Go to the words."""
        if finding := self.current:
            self.post_message(self.Chosen(finding))

    def run_review_fix(self) -> None:
        """Apply the fix, if there is one."""
        finding = self.current
        if finding is None or finding.fix is None:
            self.post_message(Said("This one needs a person; Enter goes there", "warning"))
        else:
            self.post_message(self.FixAsked(finding))

    def run_review_silence(self) -> None:
        """Ask for the reason; what was let stand is found again."""
        if judged := self._judged.get(self.rows.cursor):
            self.post_message(self.HearingAsked(judged))
            return
        self.line.add_class("-open")
        self.line.begin(Mode.EDIT, "")
        self.query_one("#findings-detail", Static).update(
            Content.styled("Why may it stand? Enter keeps the reason, Esc leaves it", "$text")
        )
        self.screen.set_focus(self.line.field, scroll_visible=False)

    def run_review_durations(self) -> None:
        """Show the durations."""
        self.post_message(self.DurationsAsked())

    def run_review_assumed(self) -> None:
        """Show what was assumed when the document was read."""
        self.post_message(self.AssumedAsked())

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._tell()

    @on(RowList.Opened)
    def _opened(self, event: RowList.Opened) -> None:
        event.stop()
        self.run_review_jump()

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        reason, finding = self.line.text.strip(), self.current
        if not reason:
            self.post_message(Said("Say why it may stand, or Esc", "warning"))
            return
        self.focus_list()
        if finding is not None:
            self.post_message(self.SilenceAsked(finding, reason))

    @on(TextField.Escaped)
    def _escaped(self, event: TextField.Escaped) -> None:
        event.stop()
        self.focus_list()

    @on(TextField.Leaving)
    def _leaving(self, event: TextField.Leaving) -> None:
        event.stop()
        if event.step < 0:
            self.focus_list()
