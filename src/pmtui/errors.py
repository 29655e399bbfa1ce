"""The one tree of errors: each says what happened, where, and what to do.

PmtuiError
├── TimeError        a time that was typed cannot be understood
├── EditError        an edit would make a document that cannot be
├── FormatError      bytes that are not the document they should be
│   ├── NotPostmortem    well-formed, but something else
│   └── NewerSchema      written by a later pmtui
├── ExportError      a document that cannot be written in this form
├── StorageError     the file system said no
│   ├── ChangedOnDisk    another program wrote the file meanwhile
│   └── ReadOnlyFile     the file may be read, not written
├── SettingsError    the user's configuration is wrong
├── ClipboardError   no clipboard took the text
└── TerminalError    no terminal that the editor could use
"""

CRASHED = 70
"""The exit code for a mistake in the program itself (EX_SOFTWARE of sysexits.h)."""


class PmtuiError(Exception):
    """Something a person can be told in one sentence.

    `what` says what happened, `remedy` what to do about it, `where` the place (a file, or
    `file:line:column`). `str()` gives the three as one line that editors and CI understand.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class TimeError(PmtuiError):
    """A time that was typed cannot be understood."""


class EditError(PmtuiError):
    """An edit would make a document that cannot be."""


class FormatError(PmtuiError):
    """Bytes that are not the document they should be."""


class NotPostmortem(FormatError):
    """A well-formed file that holds something else."""


class NewerSchema(FormatError):
    """A document written by a later version of the program."""


class ExportError(PmtuiError):
    """A document that cannot be written in the form asked for."""


class StorageError(PmtuiError):
    """The file system refused."""


class ChangedOnDisk(StorageError):
    """Another program wrote the file since it was read."""


class ReadOnlyFile(StorageError):
    """The file may be read but not written."""


class SettingsError(PmtuiError):
    """The user's configuration cannot be used."""


class ClipboardError(PmtuiError):
    """No clipboard took the text."""


class TerminalError(PmtuiError):
    """There is no terminal that the editor could use."""
