"""Other people's postmortems as documents: Markdown, plain text and HTML in any of their forms.

`read` gives the document and a report. Nothing is invented: what is not understood is kept word for
word, what was assumed or contradicts is reported with its line.
"""

from datetime import date
from pathlib import PurePath

from pmtui.formats.reading.report import Finding, Imported, Report

__all__ = ["Finding", "Imported", "Report", "read"]

HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def read(data: bytes, name: str = "", *, day: date | None = None, timezone: str = "") -> Imported:
    """The postmortem in `data`, whose form the suffix of `name` and the text itself tell.

    `day` and `timezone` are those of the incident, where the text does not say its own.
    """
    from pmtui.formats.reading.assemble import assemble
    from pmtui.formats.reading.decoding import decode

    report = Report()
    text = decode(data, report)
    return assemble(text, report, html=is_html(text, name), day=day, timezone=timezone)


def is_html(text: str, name: str = "") -> bool:
    """Whether `text` is a page of HTML rather than Markdown with HTML in it."""
    if PurePath(name).suffix.lower() in HTML_SUFFIXES:
        return True
    start = text[:400].lstrip().lower()
    return start.startswith(("<!doctype html", "<html", "<?xml"))
