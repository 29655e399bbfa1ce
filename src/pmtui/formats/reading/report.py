"""What the reader of other people's documents has to say: assumed, contradictory, replaced."""

from dataclasses import dataclass, field
from typing import Literal

from pmtui.core.document import Postmortem

Missing = Literal["", "timezone", "date"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a person should look at, and its line in the source (0 = the whole file).

    `missing` is what the source does not say, and who has it read could have.
    """

    line: int
    text: str
    missing: Missing = ""


@dataclass(slots=True)
class Report:
    """The findings of one import, and the main headings of the source in their order."""

    findings: list[Finding] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def add(self, line: int, text: str, missing: Missing = "") -> None:
        """Notes `text` once for that line."""
        found = Finding(line, text, missing)
        if found not in self.findings:
            self.findings.append(found)

    def ordered(self) -> tuple[Finding, ...]:
        """The findings by line; what is to be said of several lines is said once, at the first."""
        lines: dict[tuple[str, Missing], list[int]] = {}
        for each in sorted(self.findings):
            lines.setdefault((each.text, each.missing), []).append(each.line)
        return tuple(
            Finding(first, f"{text}{_also(others)}", missing)
            for (text, missing), (first, *others) in lines.items()
        )


def _also(lines: list[int]) -> str:
    """The other lines that are meant: their numbers, or how many where they are too many."""
    if not lines:
        return ""
    if len(lines) > _MOST_NUMBERS:
        return f" (also in {len(lines)} other lines)"
    return f" (also line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))})"


_MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that was read from another form, and what there is to say about it."""

    document: Postmortem
    report: Report
