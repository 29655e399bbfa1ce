"""The file formats, by name and by suffix; each is loaded when it is first used."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pmtui.errors import FormatError

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem


@dataclass(frozen=True, slots=True)
class Format:
    """One form that a postmortem can have as bytes; `module` is where its functions live.

    `reader` is the module that reads it where another one does. A format that is `foreign` is read
    as what somebody wrote elsewhere: a document in it cannot be edited in place.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    module: str
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
            ExportError: The document cannot be written in this form.
        """
        data: bytes = import_module(self.module).write(document, **options)
        return data


_READER = "pmtui.formats.reading.source"

FORMATS = (
    Format("toml", "TOML", (".toml",), "pmtui.formats.toml", reads=True, writes=True),
    Format(
        "markdown",
        "Markdown",
        (".md", ".markdown"),
        "pmtui.formats.markdown",
        reads=True,
        writes=True,
        reader=_READER,
        foreign=True,
    ),
    Format("text", "plain text", (".txt", ".text"), _READER, reads=True, foreign=True),
    Format("html", "HTML", (".html", ".htm"), _READER, reads=True, foreign=True),
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
