"""The file formats, by name and by suffix; each is loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import ExportError, FormatError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem


ZONES = frozenset({"timezones"})
"""The options of a format that tells times."""

TEMPLATES = ZONES | {"template", "pairs"}
"""The options of a format that a template gives its form, and that tells durations."""


@dataclass(frozen=True, slots=True)
class Format:
    """One form that a postmortem can have as bytes; `module` is where its functions live.

    `help` says what it is for, `options` are the names that `write` takes. `reader` is the module
    that reads it where another one does. A document in a format that is `foreign` cannot be edited
    in place: one is made of it beside it.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    module: str
    help: str = ""
    options: frozenset[str] = frozenset()
    reads: bool = False
    writes: bool = False
    reader: str = ""
    foreign: bool = False

    def read(self, data: bytes, name: str = "") -> "Postmortem":
        """The postmortem that `data` holds; `name` is what errors call the file.

        Raises:
            FormatError: The bytes are no postmortem in this format.
        """
        document: Postmortem = import_module(self.reader or self.module).read(data, name)
        return document

    def write(self, document: "Postmortem", **options: Any) -> bytes:
        """The bytes of `document` in this format.

        Raises:
            ExportError: The document cannot be written in this form, or not with such an option.
        """
        for option in options.keys() - self.options:
            what = f"{self.label} has no option “{option}”"
            raise ExportError(what, remedy="leave it out, or choose another format")
        data: bytes = import_module(self.module).write(document, **options)
        return data


_READER = "pmtui.formats.reading.source"

FORMATS = (
    Format(
        "markdown",
        "Markdown",
        (".md", ".markdown"),
        "pmtui.formats.markdown",
        "as GitHub renders it, by a template",
        TEMPLATES | {"diagram"},
        reads=True,
        writes=True,
        reader=_READER,
        foreign=True,
    ),
    Format(
        "html",
        "HTML",
        (".html", ".htm"),
        "pmtui.formats.html",
        "one page with the timeline drawn, to read, print and mail",
        TEMPLATES,
        reads=True,
        writes=True,
        reader=_READER,
        foreign=True,
    ),
    Format(
        "slack",
        "Slack",
        (".mrkdwn",),
        "pmtui.formats.slack",
        "a message in Slack's mrkdwn, by a template",
        TEMPLATES,
        writes=True,
    ),
    Format(
        "text",
        "Plain text",
        (".txt", ".text"),
        "pmtui.formats.text",
        "for mail and tickets, by a template",
        TEMPLATES,
        reads=True,
        writes=True,
        reader=_READER,
        foreign=True,
    ),
    Format(
        "json",
        "JSON",
        (".json",),
        "pmtui.formats.json",
        "all that the file holds, internal events too, for programs",
        frozenset({"pairs"}),
        reads=True,
        writes=True,
        foreign=True,
    ),
    Format(
        "csv",
        "CSV",
        (".csv",),
        "pmtui.formats.csv",
        "the timeline as a table, for spreadsheets",
        ZONES,
        writes=True,
    ),
    Format(
        "ics",
        "iCalendar",
        (".ics",),
        "pmtui.formats.ics",
        "the tasks with a due date, for calendars",
        writes=True,
    ),
    Format(
        "mermaid",
        "Mermaid",
        (".mmd", ".mermaid"),
        "pmtui.formats.mermaid",
        "the timeline as a diagram, for Markdown and wikis",
        ZONES,
        writes=True,
    ),
    Format(
        "toml",
        "TOML",
        (".toml",),
        "pmtui.formats.toml",
        "the file itself",
        reads=True,
        writes=True,
    ),
)


def by_name(name: str) -> Format:
    """The format of that name.

    Raises:
        FormatError: There is none.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in FORMATS)
    raise FormatError(f"there is no format “{name}”", remedy=f"choose one of {names}")


def for_suffix(suffix: str) -> Format | None:
    """The format of files that end in `suffix` (".md", in any case), None where there is none."""
    return next((known for known in FORMATS if suffix.lower() in known.suffixes), None)
